import Foundation
import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

extension Visit {
  func search() async throws -> Response {
    var page = try SearchPage(self)
    guard let number = page.wholeNumber else { return try respond(page.rendering()) }
    do {
      page.elsewhere = try await personsElsewhere(withNumber: number)
      return try respond(page.rendering())
    } catch let refusal as AccessRefusal {
      page.refusal = AccessText(self).sentence(refusal)
      return try respond(page.rendering(), status: refusal.status)
    }
  }

  /// Persons with exactly that NIK who are no patients of the visitor's facility: it may know of
  /// them by that number alone, and only so many in an hour.
  ///
  /// - Throws: ``AccessRefusal/wait(seconds:)``.
  func personsElsewhere(withNumber number: String) async throws -> [PersonEntry] {
    guard visitor.rights.mayForOwnPatients(.searchPersons), let worker = visitor.worker,
      isSigningIn
    else { return [] }
    let found = try district.persons(withNumber: number)
    let others = try found.filter { try !may(.searchPersons, with: $0) }
    // Asking for one's own costs nothing; asking for nobody counts, or numbers could be tried out.
    guard !others.isEmpty || found.isEmpty else { return [] }
    try await access.countNumberSearch(by: worker.id, at: site.now)
    return others
  }
}
