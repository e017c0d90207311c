import Foundation
import GRDB
import Health
import Journal
import Monitoring
import Programmes
import Services

@testable import Exchange

/// A district in a folder of its own into which tests import files; it goes away with the test.
final class ImportedDistrict {
  let district: District
  private let folder: URL
  private var files = 0
  /// Each import happens an hour after the one before.
  private var moment: Int64 = 1_767_225_600_000

  static let heading = "NIK,Nama,JK,Tgl Lahir,Nama Ortu,Desa,Posyandu,Tgl Ukur,Berat,Tinggi"

  init() throws {
    folder = URL.temporaryDirectory.appending(path: "sikilap-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    district = try District(path: folder.appending(path: "district.sqlite").path())
  }

  deinit {
    try? district.journal.close()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Imports rows as one file; places that nobody knows are made.
  func bring(
    _ rows: [String], bringsBack: Bool = false,
    rowsPerCommit: Int = MeasurementImport.rowsPerCommit
  ) throws -> ImportSummary {
    files += 1
    moment += 3_600_000
    let now = Instant(milliseconds: moment)
    let path = folder.appending(path: "file\(files).csv").path()
    let text = ([ImportedDistrict.heading] + rows).joined(separator: "\n") + "\n"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return try MeasurementImport(
      into: district.journal, mapping: .ePPGBM, createsPlaces: true, bringsBack: bringsBack,
      rowsPerCommit: rowsPerCommit, clock: { now }
    ).run(path: path, refusedPath: path + ".refused.csv")
  }

  /// How many files with refused rows there are.
  var refusedFiles: Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.count { $0.hasSuffix(".refused.csv") }
  }

  /// A sound row of child `number`.
  static func row(
    _ number: Int, on day: String, kilograms: String = "9.4", posyandu: String = "Melati",
    identity: String? = nil
  ) -> String {
    let identity = identity ?? "99010101012400" + (number < 10 ? "0" : "") + String(number)
    return "\(identity),Contoh Anak \(number),L,2024-01-01,Contoh Ibu \(number),Desa Contoh,"
      + "\(posyandu),\(day),\(kilograms),78.5"
  }

  var facts: Int64 { get throws { try district.extent().facts } }

  /// Each child's growth by its name.
  func records() throws -> [String: GrowthRecord] {
    try district.journal.pool.read { db in
      var records: [String: GrowthRecord] = [:]
      for row in try Row.fetchAll(
        db,
        sql: """
          SELECT person.name, timeline.bytes FROM person
          JOIN timeline ON timeline.person = person.number
          """)
      {
        let bytes = [UInt8](row[1] as Data)
        records[row[0]] = try bytes.withUnsafeBufferPointer { try GrowthRecord(timeline: $0) }
      }
      return records
    }
  }

  /// The only child's standing weights in grams.
  func weights() throws -> [Int32] {
    try records().values.flatMap { $0.measurements.compactMap { $0.body.weight?.grams } }
  }

  /// The figures: cells that are not empty, by the place's name and the month.
  func figures() throws -> [String: CubeCell] {
    try district.journal.pool.read { db in
      var cells: [String: CubeCell] = [:]
      for row in try Row.fetchAll(
        db,
        sql: """
          SELECT place.name, month, bytes FROM cube JOIN place ON place.number = cube.place
          """)
      {
        let bytes = [UInt8](row[2] as Data)
        let cell = try bytes.withUnsafeBufferPointer { try CubeCell(packed: $0) }
        if cell != CubeCell() { cells["\(row[0] as String) \(row[1] as Int)"] = cell }
      }
      return cells
    }
  }
}
