import Health
import Hummingbird
import Services

extension WebServer {
  func addCare(to routes: inout Routes) {
    routes.get("/people/{id}/care") { visit, context in
      let id = try context.identifier("id")
      return try await visit.care(of: id)
    }
    routes.get("/people/{id}/visit") { visit, context in
      try visit.respond(visit.visitPage(try context.identifier("id")).rendering())
    }
    routes.post("/people/{id}/visit") { visit, form, context in
      try await visit.keepVisit(of: try context.identifier("id"), form)
    }
    routes.post("/people/{id}/visit/consequences") { visit, form, context in
      try visit.visitConsequences(of: try context.identifier("id"), form)
    }
    addCorrections(to: &routes)
    for isEnd in [false, true] {
      let path = "/people/{id}/pregnancy" + (isEnd ? "/end" : "")
      routes.get(path) { visit, context in
        let page = try visit.pregnancyPage(try context.identifier("id"), isEnd: isEnd)
        return try visit.respond(page.rendering())
      }
      routes.post(path) { visit, form, context in
        try await visit.keepPregnancy(of: try context.identifier("id"), isEnd: isEnd, form)
      }
    }
  }
  private func addCorrections(to routes: inout Routes) {
    let path = "/people/{id}/visits/{fact}"
    routes.get(path) { visit, context in
      try visit.correctVisit(
        of: try context.identifier("id"), try context.identifier("fact"))
    }
    routes.post(path) { visit, form, context in
      try await visit.keepVisit(
        of: try context.identifier("id"), correcting: try context.identifier("fact"), form)
    }
    routes.post(path + "/consequences") { visit, form, context in
      try visit.visitConsequences(
        of: try context.identifier("id"), correcting: try context.identifier("fact"), form)
    }
    routes.get(path + "/withdraw") { visit, context in
      let page = try visit.withdrawVisitPage(
        try context.identifier("id"), try context.identifier("fact"))
      return try visit.respond(page.rendering())
    }
    routes.post(path + "/withdraw") { visit, form, context in
      try await visit.withdrawVisit(
        of: try context.identifier("id"), try context.identifier("fact"), form)
    }
  }
}
