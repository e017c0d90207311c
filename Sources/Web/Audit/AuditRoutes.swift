import Services

extension WebServer {
  func addAudit(to routes: inout Routes) {
    routes.get("/people/{id}/access") { visit, context in
      let record = try visit.person(try context.identifier("id"), for: .showAccess)
      return try visit.respond(PersonAccessPage(visit, record: record).rendering())
    }
    routes.get("/people/{id}/access.csv") { visit, context in
      let record = try visit.person(try context.identifier("id"), for: .showAccess)
      return visit.respond(try PersonAccessPage(visit, record: record).spreadsheet())
    }
    routes.get("/log") { visit, _ in
      try visit.respond(LogPage(visit).rendering())
    }
    routes.get("/log.csv") { visit, _ in
      visit.respond(try LogFile(visit).spreadsheet())
    }
  }
}
