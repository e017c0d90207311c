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
  let place: Identifier

  func find(_ row: MeasurementRow, in db: Database) throws -> FoundChild {
    let entries = try candidates(row, in: db)
    if entries.count > 1 {
      throw RowProblem(
        .ambiguousChild, .name, value: row.name, details: ["count": String(entries.count)])
    }
    guard let entry = entries.first else {
      return FoundChild(subject: ChildFinder.subject(of: row, at: place), timeline: nil)
    }
    if let birth = entry.birthDate, let stated = row.birthDate, birth != stated,
      row.birthDateCertainty == .exact
    {
      throw RowProblem(
        .otherBirthDate, .birthDate, value: DateText.iso(stated),
        details: ["known": DateText.iso(birth), "name": entry.name])
    }
    if let sex = entry.sex, let stated = row.sex, sex != stated {
      throw RowProblem(.otherSex, .sex, value: "", details: ["name": entry.name])
    }
    return FoundChild(
      subject: entry.id, timeline: try PersonEntry.timeline(entry.number, in: db))
  }

  private func candidates(_ row: MeasurementRow, in db: Database) throws -> [PersonEntry] {
    if !row.nationalIdentityNumber.isEmpty {
      return try PersonEntry.withNationalIdentityNumber(row.nationalIdentityNumber, in: db)
    }
    if !row.localIdentifier.isEmpty {
      return try PersonEntry.withLocalIdentifier(row.localIdentifier, in: db)
    }
    guard let birth = row.birthDate else { return [] }
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
