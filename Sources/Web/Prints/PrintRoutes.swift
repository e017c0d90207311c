import Guidance
import Health
import Hummingbird
import Journal
import Services

extension WebServer {
  /// Sheets of paper with the data of one person.
  func addPrints(to routes: inout Routes) {
    routes.get("/children/{id}/kms") { visit, context in
      let child = try visit.child(try context.identifier("id"))
      let care = try visit.careIfSeen(of: child.person)
      return try visit.respond(KMSPage(visit, child: child, care: care).rendering())
    }
    routes.get("/people/{id}/pregnancy/sheet") { visit, context in
      let record = try visit.person(try context.identifier("id"), for: .seeCare)
      guard let care = try visit.careIfSeen(of: record.person),
        let episode = care.record.pregnancies.last
      else { throw PageProblem.notFound }
      let page = PregnancySheet(visit, record: record, care: care, episode: episode)
      return try visit.respond(try page.rendering())
    }
  }
}

extension Route {
  /// What is made to be printed: the log of access says so.
  static let printed: Set<Route> = [
    .get("/people/{id}/record"), .get("/people/{id}/immunizations/print"),
    .get("/children/{id}/kms"), .get("/people/{id}/pregnancy/sheet"), .get("/referrals"),
  ]
}

extension Visit {
  /// What guidelines say of somebody; nothing where the visitor may not know it.
  func careIfSeen(of person: PersonEntry) throws -> PersonCare? {
    guard try may(.seeCare, with: person) else { return nil }
    return try district.care(
      of: person.id, on: today, heldBy: onlyCare(of: person),
      knowing: visitor.rights.sensitiveMatters)
  }
}
