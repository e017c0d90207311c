import Exchange
import Foundation
import GRDB
import Health
import Journal
import Samples
import Services
import Testing

/// Lists in files of their own, taken into a district of their own.
final class ListDesk: Sendable {
  static let noon = Instant(milliseconds: 1_780_000_000_000)
  static let households = [
    "No KK", "NIK", "Nama", "JK", "Tgl Lahir", "SHDK", "Desa", "RT", "Alamat", "HP", "Sumber Air",
  ]
  static let staff = ["Nama", "NIK", "Peran", "Tempat Tugas", "Klaster", "Akun", "TMT", "Sampai"]
  /// Names of ``ExamplePlaces``.
  static let village = "Tempat Contoh 820"
  static let otherVillage = "Tempat Contoh 821"

  let temporary: TemporaryDistrict
  var district: District { temporary.district }
  private let folder: URL

  init() async throws {
    temporary = try TemporaryDistrict()
    folder = URL.temporaryDirectory.appending(path: "lists-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    _ = try await district.journal.accept(ExamplePlaces.facts, now: Self.noon)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// A family: head, spouse and child of number `n`, whose NIK tell their birth.
  static func family(_ n: Int, village: String = ListDesk.village) -> [[String]] {
    let card = String(format: "99010101082%05d", n)
    return [
      [
        card, String(format: "990101010180%04d", n), "Kepala Contoh \(n)", "L", "1980-01-01",
        "Kepala Keluarga", village, "1", "Jl. Contoh \(n)", "", "PDAM",
      ],
      [
        card, String(format: "990101450882%04d", n), "Istri Contoh \(n)", "P", "1982-08-05",
        "Istri",
        "", "", "", "0812000\(1000 + n)", "",
      ],
      [card, "", "Anak Contoh \(n)", "P", "2015-03-0\(1 + n % 9)", "Anak", "", "", "", "", ""],
    ]
  }

  func file(_ rows: [[String]], heading: [String] = ListDesk.households) throws -> String {
    var writer = CSVWriter()
    writer.row(heading)
    for row in rows { writer.row(row) }
    let path = folder.appending(path: "\(UUID().uuidString).csv").path
    try writer.take().write(to: URL(filePath: path))
    return path
  }

  func list(
    _ rows: [[String]], _ kind: ImportKind = .households, reach: ListReach = .everything,
    rowsPerCommit: Int = 4, at moment: Instant = ListDesk.noon
  ) throws -> ListImport {
    let path = try file(rows, heading: kind == .staff ? Self.staff : Self.households)
    return ListImport(
      ListTask(kind: kind, path: path, place: ExamplePlaces.district, reach: reach),
      into: district.journal, rowsPerCommit: rowsPerCommit, clock: { moment })
  }

  /// The tables that facts give, without short numbers and without persons of whom nothing stands.
  func state() async throws -> [[DatabaseValue]] {
    try await district.journal.pool.read { db in
      try [
        """
        SELECT id, name, mother_name, national_identity_number, sex, birth_on, place, household,
          relation, terms FROM person JOIN person_search ON person = number
        WHERE name <> '' ORDER BY id
        """,
        """
        SELECT id, family_card_number, local_identifier, head, place, neighbourhood, address
        FROM household ORDER BY id
        """,
        "SELECT id, name, user_name, place, national_identity_number FROM worker ORDER BY id",
        "SELECT fact, worker, role, place, clusters, since, until FROM assignment ORDER BY fact",
        "SELECT place, month, bytes FROM cube WHERE bytes <> zeroblob(length(bytes)) ORDER BY 1, 2",
      ].flatMap { sql in try Row.fetchAll(db, sql: sql).map { Array($0.databaseValues) } }
    }
  }

  func count(_ sql: String) async throws -> Int {
    try await district.journal.pool.read { try Int.fetchOne($0, sql: sql) ?? -1 }
  }
}
