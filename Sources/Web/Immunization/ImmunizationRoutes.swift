import Hummingbird
import Services

extension WebServer {
  func addImmunization(to routes: inout Routes) {
    let path = "/people/{id}/immunizations"
    routes.get(path) { visit, context in
      let told = try visit.immunization(try context.identifier("id"), for: .seeCare).told
      return try visit.respond(try ImmunizationCardPage(visit, told, isPrint: false).rendering())
    }
    routes.get("\(path)/print") { visit, context in
      let told = try visit.immunization(try context.identifier("id"), for: .seeCare).told
      return try visit.respond(try ImmunizationCardPage(visit, told, isPrint: true).rendering())
    }
    routes.get("\(path)/today") { visit, context in
      try visit.respond(visit.todayPage(try context.identifier("id")).rendering())
    }
    routes.post("\(path)/today") { visit, form, context in
      try await visit.keepToday(of: try context.identifier("id"), form)
    }
    routes.get("\(path)/book") { visit, context in
      try visit.respond(visit.bookPage(try context.identifier("id")).rendering())
    }
    routes.post("\(path)/book") { visit, form, context in
      try await visit.keepBook(of: try context.identifier("id"), form)
    }
    routes.get("\(path)/{fact}") { visit, context in
      let id = try context.identifier("id")
      return try visit.respond(
        visit.dosePage(id, try context.identifier("fact")).rendering())
    }
    routes.post("\(path)/{fact}") { visit, form, context in
      let id = try context.identifier("id")
      return try await visit.changeDose(of: id, try context.identifier("fact"), form)
    }
  }
}
