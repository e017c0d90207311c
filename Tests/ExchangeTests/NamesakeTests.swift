import Foundation
import GRDB
import Health
import Journal
import Services
import Testing

@testable import Exchange

/// Children with one name and birth date, however the rows that tell of them fall into commits: what
/// is stored, what is being written and what waits are one register.
@Suite("Namesakes across commits")
struct NamesakeTests {
  private static func row(_ identity: String, _ posyandu: String, _ day: String) -> String {
    "\(identity),Contoh Budi,L,2024-01-01,,Desa Contoh,\(posyandu),\(day),9.4,78.5"
  }

  private static let one = "9901010101240001"
  private static let two = "9901010101240002"

  /// What a register holds: each child's NIK with the days on which it was measured.
  private static func children(_ imported: ImportedDistrict) throws -> [String] {
    try imported.district.journal.pool.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT person.national_identity_number, timeline.bytes FROM person
          JOIN timeline ON timeline.person = person.number
          """
      ).map { row in
        let bytes = [UInt8](row[1] as Data)
        let days = try bytes.withUnsafeBufferPointer { bytes in
          try TimelineReader.standingFacts(of: bytes).filter { $0.kind == .measurement }
            .map { DateText.iso($0.occurredOn) }
        }
        return "\(row[0] as String): \(days.joined(separator: " "))"
      }.sorted()
    }
  }

  @Test(
    "A child that has just learned its NIK is not taken for the next one", arguments: [1, 2, 50])
  func learned(rowsPerCommit: Int) throws {
    let imported = try ImportedDistrict()
    let rows = [
      Self.row("", "Melati", "2025-01-10"), Self.row(Self.one, "Melati", "2025-02-10"),
      Self.row(Self.two, "Melati", "2025-03-10"),
    ]
    _ = try imported.bring(rows, rowsPerCommit: rowsPerCommit)
    let expected = ["\(Self.one): 2025-01-10 2025-02-10", "\(Self.two): 2025-03-10"]
    #expect(try Self.children(imported) == expected)
    let facts = try imported.facts
    let again = try imported.bring(rows, rowsPerCommit: rowsPerCommit)
    #expect(again.accepted == 0)
    #expect(try imported.facts == facts && Self.children(imported) == expected)
    #expect(try imported.district.verify().mismatch == nil)
  }

  @Test("A child that waits is weighed against one that is stored", arguments: [1, 2, 50])
  func nearer(rowsPerCommit: Int) throws {
    let imported = try ImportedDistrict()
    _ = try imported.bring([Self.row(Self.one, "Melati", "2025-01-10")])
    let summary = try imported.bring(
      [Self.row(Self.two, "Mawar", "2025-02-10"), Self.row("", "Mawar", "2025-03-10")],
      rowsPerCommit: rowsPerCommit)
    #expect(summary.accepted == 2)
    #expect(
      try Self.children(imported) == [
        "\(Self.one): 2025-01-10", "\(Self.two): 2025-02-10 2025-03-10",
      ])
  }

  @Test("The facts of a file do not depend on its commits", arguments: [1, 2, 3, 7])
  func commits(rowsPerCommit: Int) throws {
    var rows: [String] = []
    for visit in 0..<60 {
      let identity = ["", Self.one, Self.two][visit * 7 % 3]
      let month = visit % 12 + 1
      rows.append(
        Self.row(
          identity, ["Melati", "Mawar"][visit % 2],
          "2025-\(month < 10 ? "0" : "")\(month)-\(10 + visit / 12)"))
      rows.append(ImportedDistrict.row(visit % 9, on: "2025-0\(visit % 9 + 1)-15"))
    }
    let whole = try ImportedDistrict()
    let parts = try ImportedDistrict()
    let expected = try whole.bring(rows, rowsPerCommit: 500)
    let found = try parts.bring(rows, rowsPerCommit: rowsPerCommit)
    #expect(found.accepted == expected.accepted && found.refused == expected.refused)
    #expect(found.alreadyThere == expected.alreadyThere)
    #expect(try Self.children(parts) == Self.children(whole))
    #expect(try parts.figures() == whole.figures())
  }

  @Test("What was being written when a file breaks off is told, and its refused rows are kept")
  func brokenOff() throws {
    let imported = try ImportedDistrict()
    let endless = String(repeating: "x", count: CSVReader.rowLimit + 10)
    let rows = [
      ImportedDistrict.row(1, on: "2025-01-10"), ImportedDistrict.row(2, on: "2031-01-10"),
      ImportedDistrict.row(3, on: "2025-01-10"), endless,
    ]
    #expect(throws: ImportProblem.self) { _ = try imported.bring(rows, rowsPerCommit: 2) }
    #expect(try imported.records().count == 1)
    #expect(imported.refusedFiles == 1)
  }
}
