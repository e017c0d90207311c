import Services

extension WebServer {
  func addAudit(to routes: inout Routes) {
    routes.get("/people/{id}/access") { visit, context in
      let record = try visit.person(try context.identifier("id"), for: .showAccess)
      return try visit.respond(PersonAccessPage(visit, record: record).rendering())
    }
    routes.sheet("/people/{id}/access") { visit, context in
      let record = try visit.person(try context.identifier("id"), for: .showAccess)
      return try PersonAccessPage(visit, record: record).spreadsheet()
    }
    routes.get("/log") { visit, _ in
      try visit.respond(LogPage(visit).rendering())
    }
    for form in Spreadsheet.Form.allCases {
      routes.get("/log.\(form.rawValue)") { visit, _ in
        try visit.respond(LogFile(visit).spreadsheet(as: form), as: form)
      }
    }
  }
}
