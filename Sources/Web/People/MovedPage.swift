import Health
import Hummingbird
import Journal
import Services

/// What whoever moved somebody out of the own reach is told afterwards: where to, and who looks
/// after them now. The record itself is no longer shown.
struct MovedPage {
  /// For so long the page stands, in milliseconds: a form sent twice comes here too.
  private static let shownFor: Int64 = 86_400_000

  private let visit: Visit
  private let person: PersonEntry
  private let move: Fact
  private let together: [PersonEntry]

  /// Nothing unless the visitor moved this person out of reach within the last day.
  init?(_ visit: Visit, person id: Identifier) throws {
    // Also of somebody who is protected there: the visitor knew whom they moved, and where to.
    let district = visit.site.district
    guard let worker = visit.visitor.worker,
      let person = try district.person(id)?.person,
      try !visit.may(.movePerson, with: person),
      let move = try district.lastMove(of: person), move.kind == .residence,
      move.recorder == worker.id,
      visit.site.now.milliseconds - move.recordedAt.milliseconds < MovedPage.shownFor
    else { return nil }
    visit.log.note(person.id)
    self.visit = visit
    self.person = person
    self.move = move
    together =
      try district.movedTogether(with: move, of: person, on: visit.today) { _ in true }?.persons
      ?? []
  }

  func rendering() -> Rendering {
    let title = visit.words["people.moved_title"]
    let home = PersonFields(visit: visit).home(person.place)
    let puskesmas = person.place.flatMap { MoveDestinations.area(of: $0, visit.tree) }
    return Rendering(
      template: "moved", title: title, crumbs: visit.homeCrumbs(title),
      fields: [
        "title": title,
        "moved": visit.words(
          "people.moved_to",
          [
            "name": visit.name(of: person), "home": home ?? visit.words["common.unknown_place"],
            "day": visit.format.date(move.occurredOn),
          ]),
        "along": together.isEmpty
          ? nil
          : visit.words(
            "people.moved_with",
            ["others": together.map { visit.name(of: $0) }.joined(separator: ", ")]),
        "lead": visit.words(
          "people.moved_lead",
          [
            "puskesmas": puskesmas.map { visit.named($0) }
              ?? visit.words["common.unknown_place"]
          ]),
      ])
  }
}
