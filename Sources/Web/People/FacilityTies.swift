import Health
import Hummingbird
import Journal
import Services

/// The private facilities to which a person is known, as far as the visitor answers for them: whose
/// area it is sees all of them, a facility itself.
struct FacilityTies {
  private let visit: Visit
  private let person: PersonEntry
  private let home: Identifier?

  /// - Parameter home: where the person lives, whether or not the page shows it.
  init(_ visit: Visit, _ person: PersonEntry, home: Identifier?) {
    self.visit = visit
    self.person = person
    self.home = home
  }

  /// Those that the visitor sees.
  func ties() throws -> [FacilityTie] {
    let rights = visit.visitor.rights
    guard rights.may(.endTie) else { return [] }
    let isAnswering = rights.may(.endTie, at: home)
    return try visit.district.facilityTies(of: person, tree: visit.tree).filter {
      isAnswering || rights.ownFacilities.contains($0.facility)
    }
  }

  func fields() throws -> [Fields] {
    try ties().map { tie in
      [
        "facility": visit.tree.places[tie.facility].map { visit.named($0) },
        "since": visit.words(
          tie.hasRecords ? "people.tie_recorded" : "people.tie_claimed",
          ["time": visit.format.moment(tie.since)]),
        "end_url": tie.canEnd ? FacilityTies.address(of: tie, person.id) : nil,
      ]
    }
  }

  static func address(of tie: FacilityTie, _ person: Identifier) -> String {
    "\(Links.person(person))/facilities/\(tie.facility.text)/end"
  }
}

extension Visit {
  /// Ends the tie of a facility that only said that somebody is its patient.
  func endTie(of id: Identifier, to facility: Identifier) async throws -> Response {
    let record = try person(id)
    let ties = try FacilityTies(self, record.person, home: record.home).ties()
    guard let tie = ties.first(where: { $0.facility == facility && $0.canEnd }) else {
      throw PageProblem.outOfReach
    }
    let facts = try district.end(tie, of: record.person, on: today, recording)
    _ = try await write(
      facts, action: .endTie, route: "POST /people/{id}/facilities/{place}/end",
      subjects: [record.person.id])
    // The facility does not see the person any more.
    guard let now = try district.person(id)?.person, try may(.seePerson, with: now) else {
      return redirect(to: "/search")
    }
    return redirect(to: Links.address(Links.person(id), [("done", "tie_ended")]))
  }
}
