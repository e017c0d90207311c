import Foundation
import GRDB
import Health
import Journal

/// Takes every standing measurement out as CSV, in the columns that the built-in mapping reads.
public struct MeasurementExport {
  /// The headings.
  public static let columns = [
    "NIK", "ID Anak", "Nama", "JK", "Tgl Lahir", "Nama Ortu", "Desa/Kel", "Posyandu",
    "Tanggal Pengukuran", "Berat", "Tinggi", "Cara Ukur", "LK", "LiLA", "Edema",
  ]

  let journal: JournalFile

  /// An export from a journal.
  public init(from journal: JournalFile) { self.journal = journal }

  /// Writes all rows, a piece at a time.
  public func run(_ write: (Data) throws -> Void) throws {
    try journal.pool.read { db in
      let tree = try PlaceTree.fetch(in: db)
      var writer = CSVWriter()
      writer.row(MeasurementExport.columns)
      let rows = try Row.fetchCursor(db, sql: "SELECT bytes FROM timeline ORDER BY person")
      while let row = try rows.next() {
        let timeline = Timeline(trusted: [UInt8](row[0] as Data))
        let person = try PersonSummary(timeline: timeline).person
        try timeline.bytes.withUnsafeBufferPointer { bytes in
          for entry in try TimelineReader.standingFacts(of: bytes) where entry.kind == .measurement
          {
            writer.row(
              MeasurementExport.values(
                person, try MeasurementBody(entry.body), on: entry.occurredOn,
                at: entry.place.map { tree.path(from: $0) } ?? []))
          }
        }
        if writer.bytes.count > 1 << 20 { try write(writer.take()) }
      }
      try write(writer.take())
    }
  }

  private static func values(
    _ person: PersonBody, _ body: MeasurementBody, on day: CivilDate, at path: [Place]
  ) -> [String] {
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    func number(_ value: Double?) -> String { value.map { String(format: "%.15g", $0) } ?? "" }
    func name(_ kind: PlaceKind) -> String { path.first { $0.kind == kind }?.name ?? "" }
    return [
      text(person.nationalIdentityNumber), text(person.localIdentifier), text(person.name),
      person.sex.map { $0 == .male ? "L" : "P" } ?? "",
      person.birthDate.map(DateText.iso) ?? "", text(person.motherName), name(.village),
      name(.posyandu), DateText.iso(day), number(body.weight?.kilograms),
      number(body.length?.centimetres),
      body.position.map { $0 == .lying ? "Terlentang" : "Berdiri" } ?? "",
      number(body.headCircumference?.centimetres), number(body.armCircumference?.centimetres),
      body.hasOedema.map { $0 ? "Ya" : "Tidak" } ?? "",
    ]
  }
}
