import Foundation
import GRDB
import Health
import Journal

/// A child that a row is about.
struct FoundChild {
  let subject: Identifier
  /// The packed timeline, where the child is known already.
  let timeline: Timeline?
}

/// Finds the child that a row tells of, by NIK, by the source's own number, or by name, day of
/// birth and place; never by guessing.
struct ChildFinder {
  /// What the rows of a batch bring, before it is on the disk.
  private struct Expected {
    var timelines: [Identifier: Timeline] = [:]
    var byName: [NameAndBirth: [WaitingChild]] = [:]
    var byNumber: [String: Identifier] = [:]
  }

  /// Of the rows of this batch.
  private var own = Expected()
  /// Of the batch before it, which is being written.
  private let earlier: Expected?

  private struct NameAndBirth: Hashable {
    let name: String
    let birth: CivilDate
  }

  private struct WaitingChild {
    let subject: Identifier
    let mother: String
    let place: Identifier
    let hasNumber: Bool
  }

  /// A finder for a batch behind another one that is not on the disk yet.
  init(following earlier: ChildFinder?) { self.earlier = earlier?.own }

  /// The timeline of a child of rows that wait for their commit, as it will be after it.
  private func waiting(_ subject: Identifier) -> Timeline? {
    own.timelines[subject] ?? earlier?.timelines[subject]
  }

  /// The facts of a row are on their way: rows behind it know them.
  mutating func expect(
    _ facts: [Fact], of row: MeasurementRow, _ child: FoundChild, at place: Identifier
  ) throws {
    guard let subject = facts.first?.subject else { return }
    var timeline = child.timeline ?? Timeline()
    for fact in facts { try timeline.insert(fact) }
    own.timelines[subject] = timeline
    let number = row.nationalIdentityNumber
    if !number.isEmpty { own.byNumber[number] = subject }
    // A child that was known before is found by name where it is stored.
    guard child.timeline == nil, let birth = row.birthDate else { return }
    let key = NameAndBirth(name: PersonSummary.key(of: row.name), birth: birth)
    own.byName[key, default: []].append(
      WaitingChild(
        subject: subject, mother: PersonSummary.key(of: row.motherName), place: place,
        hasNumber: !number.isEmpty))
  }

  func find(_ row: MeasurementRow, at place: Identifier, in db: Database) throws -> FoundChild {
    let entries = try candidates(row, at: place, in: db)
    if entries.count > 1 {
      throw RowProblem(
        .ambiguousChild, .name, value: row.name, details: ["count": String(entries.count)])
    }
    guard let entry = entries.first else { return try waitingChild(row, at: place) }
    try check(row, name: entry.name, birth: entry.birthDate, sex: entry.sex)
    let timeline = try waiting(entry.id) ?? PersonEntry.timeline(entry.number, in: db)
    return FoundChild(subject: entry.id, timeline: timeline)
  }

  private func waitingChild(_ row: MeasurementRow, at place: Identifier) throws -> FoundChild {
    var subject = ChildFinder.subject(of: row, at: place)
    let number = row.nationalIdentityNumber
    if let known = own.byNumber[number] ?? earlier?.byNumber[number] {
      subject = known
    } else if row.localIdentifier.isEmpty || !row.nationalIdentityNumber.isEmpty {
      subject = try waitingByName(row, at: place) ?? subject
    }
    guard let timeline = waiting(subject) else {
      return FoundChild(subject: subject, timeline: nil)
    }
    let person = try PersonSummary(timeline: timeline).person
    try check(
      row, name: String(decoding: person.name, as: UTF8.self), birth: person.birthDate,
      sex: person.sex)
    return FoundChild(subject: subject, timeline: timeline)
  }

  /// As ``named(_:at:in:)``, among children that wait for their commit.
  private func waitingByName(
    _ row: MeasurementRow, at place: Identifier
  ) throws(RowProblem) -> Identifier? {
    guard let birth = row.birthDate, !row.name.isEmpty else { return nil }
    let key = NameAndBirth(name: PersonSummary.key(of: row.name), birth: birth)
    let mother = PersonSummary.key(of: row.motherName)
    let named = ((earlier?.byName[key] ?? []) + (own.byName[key] ?? [])).filter {
      (mother.isEmpty || $0.mother.isEmpty || $0.mother == mother)
        && (row.nationalIdentityNumber.isEmpty || !$0.hasNumber)
    }
    let here = named.filter { $0.place == place }
    let found = here.isEmpty ? named : here
    if found.count > 1 {
      throw RowProblem(
        .ambiguousChild, .name, value: row.name, details: ["count": String(found.count)])
    }
    return found.first?.subject
  }

  /// Days by which a birth date that was worked out from an age may differ.
  private static let estimatedBirthTolerance: Int32 = 45

  private func check(
    _ row: MeasurementRow, name: String, birth: CivilDate?, sex: Sex?
  ) throws(RowProblem) {
    if let birth, let stated = row.birthDate, birth != stated,
      row.birthDateCertainty == .exact
        || abs((birth - stated).count) > ChildFinder.estimatedBirthTolerance
    {
      throw RowProblem(
        .otherBirthDate, .birthDate, value: DateText.iso(stated),
        details: ["known": DateText.iso(birth), "name": name])
    }
    if let sex, let stated = row.sex, sex != stated {
      throw RowProblem(
        .otherSex, .sex, value: stated == .male ? "L" : "P", details: ["name": name])
    }
  }

  private func candidates(
    _ row: MeasurementRow, at place: Identifier, in db: Database
  ) throws -> [PersonEntry] {
    if !row.nationalIdentityNumber.isEmpty {
      let known = try PersonEntry.withNationalIdentityNumber(row.nationalIdentityNumber, in: db)
      if !known.isEmpty { return known }
      // The child may have been known before it had a NIK.
      return try named(row, at: place, in: db).filter(\.nationalIdentityNumber.isEmpty)
    }
    if !row.localIdentifier.isEmpty {
      return try PersonEntry.withLocalIdentifier(row.localIdentifier, in: db)
    }
    return try named(row, at: place, in: db)
  }

  private func named(
    _ row: MeasurementRow, at place: Identifier, in db: Database
  ) throws -> [PersonEntry] {
    guard let birth = row.birthDate, !row.name.isEmpty else { return [] }
    let named = try PersonEntry.named(PersonSummary.key(of: row.name), born: birth, in: db)
    let mother = PersonSummary.key(of: row.motherName)
    let byMother =
      mother.isEmpty
      ? named
      : named.filter {
        $0.motherName.isEmpty || PersonSummary.key(of: $0.motherName) == mother
      }
    let here = byMother.filter { $0.place == place }
    return here.isEmpty ? byMother : here
  }

  /// The identity of a child that nobody knows yet: the same row always makes the same child.
  static func subject(of row: MeasurementRow, at place: Identifier) -> Identifier {
    if !row.nationalIdentityNumber.isEmpty {
      return Identifier.ofContent("person-nik", Array(row.nationalIdentityNumber.utf8))
    }
    if !row.localIdentifier.isEmpty {
      return Identifier.ofContent("person-local", Array(row.localIdentifier.utf8))
    }
    let birth = row.birthDate.map(DateText.iso) ?? ""
    let content = [
      PersonSummary.key(of: row.name), birth, PersonSummary.key(of: row.motherName), place.text,
    ].joined(separator: "|")
    return Identifier.ofContent("person-name", Array(content.utf8))
  }
}
