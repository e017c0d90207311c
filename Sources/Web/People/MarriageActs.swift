import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

extension Visit {
  private static let marriageRoute = "POST /people/{id}/marriage"
  /// What a marriage is decided on: whom somebody is married to, where they live, whether they do.
  private static let marriageKinds: Set<FactKind> = [.relation, .residence, .departure, .death]

  func marry(_ id: Identifier, _ form: Form) async throws -> Response {
    let other = Identifier(text: form["other"])
    // Read before the records: what changes from here on is noticed when it is written.
    let basis = try district.basis(
      .person(id, Visit.marriageKinds), .person(other ?? id, Visit.marriageKinds))
    let record = try person(id, for: .movePerson)
    if let other, form["act"] == "undo" { return try await undoMarriage(of: record, with: other) }
    if let other, form["act"] == "end" {
      return try await endMarriage(of: record, with: other, basis, form)
    }
    if let other, form["act"] == "resume" {
      return try await resumeMarriage(of: record, with: other, basis)
    }
    var page = try MarriagePage(self, record: record, partner: other)
    guard let facts = try page.facts(form), let partner = page.partner else {
      return try respond(page.rendering(), status: .badRequest)
    }
    let isWritten = try await write(
      facts, provided: [.unchanged(basis)], action: .movePerson, route: Visit.marriageRoute,
      subjects: [record.person.id, partner.person.id])
    guard isWritten else { return try changedMarriage(id, other) }
    let movesLater = facts.contains {
      $0.kind == .residence && $0.occurredOn != facts[0].occurredOn
    }
    return redirect(
      to: Links.address(
        Links.person(record.person.id), [("done", movesLater ? "married_moved_later" : "married")]))
  }

  /// Somebody else changed one of the two: nothing was written, and the page shows what stands now.
  private func changedMarriage(_ id: Identifier, _ other: Identifier?) throws -> Response {
    var page = try MarriagePage(self, record: person(id, for: .movePerson), partner: other)
    page.problems["partner"] = words["people.problems.changed"]
    return try respond(page.rendering(), status: .conflict)
  }

  /// Nothing was written, and the page says why.
  private func refusal(_ record: PersonRecord, _ problem: String) throws -> Response {
    var page = try MarriagePage(self, record: record)
    page.problems["partner"] = problem
    return try respond(page.rendering(), status: .badRequest)
  }

  /// Says that a marriage ended on a day, after which both stay where they live.
  private func endMarriage(
    of record: PersonRecord, with other: Identifier, _ basis: Basis, _ form: Form
  ) async throws -> Response {
    let partner = try person(other, for: .movePerson)
    guard record.spouses.contains(where: { $0.id == partner.person.id }) else {
      throw PageProblem.notFound
    }
    guard let day = try? PersonForm.day(form["on"]).get() else {
      return try refusal(record, words["people.problems.no_date"])
    }
    if today < day { return try refusal(record, words["people.problems.in_future"]) }
    let since = try district.marriages(of: record.person).first {
      $0.other == partner.person.id
    }?.since
    if let since, day < since {
      return try refusal(
        record, words("people.problems.before_marriage", ["date": format.date(since)]))
    }
    let pair = [(record.person, partner.person.id), (partner.person, record.person.id)]
    let facts = pair.map { person, other in
      recording.fact(
        .relation, of: person.id, on: day, at: person.place,
        RelationBody(other: other, kind: .spouse, hasEnded: true).bytes)
    }
    let isWritten = try await write(
      facts, provided: [.unchanged(basis)], action: .movePerson, route: Visit.marriageRoute,
      subjects: [record.person.id, partner.person.id])
    guard isWritten else { return try changedMarriage(record.person.id, nil) }
    return redirect(
      to: Links.address(Links.person(record.person.id), [("done", "marriage_ended")]))
  }

  /// Takes back that a marriage ended, on both records.
  private func resumeMarriage(
    of record: PersonRecord, with other: Identifier, _ basis: Basis
  ) async throws -> Response {
    let partner = try person(other, for: .movePerson)
    let both = [(record, partner), (partner, record)]
    let ends = try both.compactMap { one, other in
      try district.marriages(of: one.person).first { $0.other == other.person.id }?.end
    }.flatMap(\.facts)
    let page = try MarriagePage(self, record: record)
    if let hindrance = page.hindrance(to: partner.person.id) {
      return try refusal(record, hindrance)
    }
    let withdrawals = try ends.flatMap {
      try district.withdrawals(ofChain: $0, by: recording, on: today)
    }
    guard !withdrawals.isEmpty,
      try await write(
        withdrawals, provided: [.unchanged(basis)], action: .movePerson,
        route: Visit.marriageRoute, subjects: [record.person.id, partner.person.id])
    else { return try changedMarriage(record.person.id, nil) }
    return redirect(
      to: Links.address(Links.person(record.person.id), [("done", "marriage_resumed")]))
  }

  /// Takes back a marriage that was recorded by mistake, with the moves and the household recorded
  /// in the same act, as far as nothing was built on them; and says what stays.
  private func undoMarriage(
    of record: PersonRecord, with other: Identifier
  ) async throws -> Response {
    let partner = try person(other, for: .movePerson)
    guard record.spouses.contains(where: { $0.id == partner.person.id }) else {
      throw PageProblem.notFound
    }
    let undone: UndoneMarriage
    do {
      undone = try await district.undoMarriage(
        of: record.person, with: partner.person, recording)
    } catch is ChangedMeanwhile { return try changedMarriage(record.person.id, nil) }
    try await vouch(
      for: undone.results, action: .movePerson, route: Visit.marriageRoute,
      place: record.person.place, subjects: [record.person.id, partner.person.id])
    let done =
      switch (undone.keepsHome, undone.keepsHousehold) {
      case (false, false): "marriage_undone"
      case (true, _): "marriage_undone_home_kept"
      case (false, true): "marriage_undone_household_kept"
      }
    return redirect(to: Links.address(Links.person(record.person.id), [("done", done)]))
  }
}
