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
    var byName: [NameAndBirth: [Identifier]] = [:]
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
    own.byName[key, default: []].append(subject)
  }

  func find(_ row: MeasurementRow, at place: Identifier, in db: Database) throws -> FoundChild {
    let found = try candidates(row, at: place, in: db)
    if found.count > 1 {
      throw RowProblem(
        .ambiguousChild, .name, value: row.name, details: ["count": String(found.count)])
    }
    if let child = found.first {
      try check(row, name: child.name, birth: child.birthDate, sex: child.sex)
      let timeline =
        try waiting(child.subject)
        ?? child.number.flatMap {
          try PersonEntry.timeline($0, in: db)
        }
      return FoundChild(subject: child.subject, timeline: timeline)
    }
    let subject = ChildFinder.subject(of: row, at: place)
    guard let known = try candidate(waitingFor: subject) else {
      return FoundChild(subject: subject, timeline: nil)
    }
    try check(row, name: known.name, birth: known.birthDate, sex: known.sex)
    return FoundChild(subject: subject, timeline: waiting(subject))
  }

  /// A child that a row may mean, as it will be once all rows before it are written.
  private struct Candidate {
    let subject: Identifier
    /// The short number, where the child is stored.
    var number: Int64?
    let name: String
    let mother: String
    let birthDate: CivilDate?
    let sex: Sex?
    let hasNationalIdentityNumber: Bool
    let place: Identifier?
  }

  private func candidate(_ entry: PersonEntry) throws -> Candidate {
    if var waiting = try candidate(waitingFor: entry.id) {
      waiting.number = entry.number
      return waiting
    }
    return Candidate(
      subject: entry.id, number: entry.number, name: entry.name,
      mother: PersonSummary.key(of: entry.motherName), birthDate: entry.birthDate, sex: entry.sex,
      hasNationalIdentityNumber: !entry.nationalIdentityNumber.isEmpty, place: entry.place)
  }

  private func candidate(waitingFor subject: Identifier) throws -> Candidate? {
    guard let timeline = waiting(subject) else { return nil }
    let summary = try PersonSummary(timeline: timeline)
    let person = summary.person
    return Candidate(
      subject: subject, number: nil, name: String(decoding: person.name, as: UTF8.self),
      mother: PersonSummary.key(of: String(decoding: person.motherName, as: UTF8.self)),
      birthDate: person.birthDate, sex: person.sex,
      hasNationalIdentityNumber: !person.nationalIdentityNumber.isEmpty, place: summary.place)
  }

  /// Stored children and those that wait for their commit, each once.
  private func joined(_ stored: [PersonEntry], _ waiting: [Identifier]) throws -> [Candidate] {
    var found = try stored.map(candidate)
    for subject in waiting where !found.contains(where: { $0.subject == subject }) {
      if let child = try candidate(waitingFor: subject) { found.append(child) }
    }
    return found
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
  ) throws -> [Candidate] {
    let number = row.nationalIdentityNumber
    if !number.isEmpty {
      let waiting = [own.byNumber[number], earlier?.byNumber[number]].compactMap(\.self)
      let known = try joined(
        PersonEntry.withNationalIdentityNumber(number, in: db), waiting)
      if !known.isEmpty { return known }
      // The child may have been known before it had a NIK.
      return try named(row, at: place, in: db) { !$0.hasNationalIdentityNumber }
    }
    if !row.localIdentifier.isEmpty {
      return try joined(PersonEntry.withLocalIdentifier(row.localIdentifier, in: db), [])
    }
    return try named(row, at: place, in: db) { _ in true }
  }

  private func named(
    _ row: MeasurementRow, at place: Identifier, in db: Database,
    where isWanted: (Candidate) -> Bool
  ) throws -> [Candidate] {
    guard let birth = row.birthDate, !row.name.isEmpty else { return [] }
    let key = NameAndBirth(name: PersonSummary.key(of: row.name), birth: birth)
    let waiting = (own.byName[key] ?? []) + (earlier?.byName[key] ?? [])
    let mother = PersonSummary.key(of: row.motherName)
    let named = try joined(PersonEntry.named(key.name, born: birth, in: db), waiting).filter {
      isWanted($0) && (mother.isEmpty || $0.mother.isEmpty || $0.mother == mother)
    }
    let here = named.filter { $0.place == place }
    return here.isEmpty ? named : here
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
