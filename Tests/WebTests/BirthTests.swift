import Foundation
import Health
import Journal
import Samples
import Services
import Testing

@testable import Exchange
@testable import Web

/// Size at birth: from a column of a file to the child's page and its reasons.
@Suite struct BirthTests {
  private static let heading =
    "NIK,Nama,JK,Tgl Lahir,BB Lahir,TB Lahir,LK Lahir,gestational_age_weeks,"
    + "Pukesmas,Desa/Kel,Posyandu,Tanggal Pengukuran,Berat"

  /// A district into which a file was brought.
  private static func district(_ rows: [String]) throws -> (District, ImportSummary) {
    let folder = try TemporaryFolder.make()
    let district = try District(path: folder.appending(path: "test.sqlite").path)
    let file = folder.appending(path: "file.csv").path
    let lines = rows.enumerated().map { position, row in
      "637100000000\(2000 + position),Contoh Bayi \(position),\(row),"
        + "Contoh,Contoh Sari,Contoh Melati,2025-06-01,4.5"
    }
    try ([heading] + lines).joined(separator: "\n")
      .write(toFile: file, atomically: true, encoding: .utf8)
    let summary = try MeasurementImport(
      into: district.journal, mapping: MeasurementMapping(named: "eppgbm"), createsPlaces: true,
      clock: { SmallDistrict.today }
    ).run(path: file, refusedPath: file + ".refused.csv")
    return (district, summary)
  }

  @Test(
    arguments: [
      ("36", 252), ("36+2", 254), (" 36 + 2 ", 254), ("36w2d", 254), ("36 2/7", 254),
      ("36 minggu 2 hari", 254), ("36 mgg", 252), ("36 weeks", 252), ("40+0", 280), ("9+6", 69),
      ("36+7", nil), ("36,2", nil), ("36.2", nil), ("36+", nil), ("+36", nil), ("aterm", nil),
      ("252", nil), ("36+2+1", nil), ("-36", nil), ("36+22", nil), ("", nil), ("３６", nil),
    ] as [(String, Int32?)])
  func gestationalAgesAreReadStrictly(text: String, days: Int32?) {
    #expect(TextValues.gestationalAge(text)?.count == days)
  }

  @Test func columnsReachThePage() async throws {
    let (district, summary) = try Self.district([
      "L,2025-05-01,2.0,44.5,31.5,36+2", "P,2025-05-01,2300,,,", "P,2025-05-01,,,,30+1",
      "L,2025-05-01,4.0,52,36,23",
    ])
    #expect(summary.accepted == 4)
    #expect(summary.refused == 0)
    let server = try await RunningServer.start(district)
    func pages(_ position: Int) async throws -> (child: String, birth: String) {
      let found = try #require(
        try district.search(number: "637100000000\(2000 + position)").first)
      let child = try await server.client.get(
        Links.child(found.id), headers: ["Cookie": "__Host-lang=en"])
      let birth = try await server.client.get(
        Links.birth(of: found.id), headers: ["Cookie": "__Host-lang=en"])
      #expect(child.status == 200)
      #expect(birth.status == 200)
      try RouteTests.expectSound(birth, language: .english)
      return (child.text, birth.text)
    }
    let small = try await pages(0)
    #expect(
      small.child.contains(
        "2,000 g: Low birth weight (BBLR) · 44.5 cm · head 31.5 cm · 36+2 weeks"))
    #expect(small.child.contains("Small for gestational age, centile "))
    #expect(small.birth.contains("INTERGROWTH-21st newborn size standards, 2014, male, 36+2 weeks"))
    #expect(small.birth.contains("HK.01.07/MENKES/2015/2023"))
    #expect(small.birth.contains("file.csv"))
    #expect(small.birth.contains("−2 + (2.000 − "))

    let undated = try await pages(1)
    #expect(undated.child.contains("2,300 g: Low birth weight (BBLR)"))
    #expect(
      undated.child.contains(
        "size for gestational age: unknown because gestational age at birth was not recorded"))
    #expect(undated.birth.contains("gestational age at birth was not recorded"))

    let weightless = try await pages(2)
    #expect(weightless.child.contains("30+1 weeks"))
    #expect(!weightless.child.contains("birth weight"))
    #expect(weightless.birth.contains("it was not recorded at birth"))

    let early = try await pages(3)
    #expect(early.child.contains("4,000 g: High birth weight (macrosomia)"))
    #expect(early.child.contains("the tables reach from 24+0 to 42+6 weeks"))
  }

  @Test func nothingRecordedIsSaid() async throws {
    let client = try await RunningServer.shared().client
    let id = SmallDistrict.Child.gaining.id
    #expect(try await client.get(Links.child(id)).text.contains("tidak dicatat"))
    let birth = try await client.get(Links.birth(of: id))
    #expect(birth.status == 200)
    #expect(birth.text.contains("tidak dicatat saat lahir"))
    #expect(try await client.get("/children/\(SmallDistrict.id(12345).text)/birth").status == 404)
  }

  @Test func whatCannotBeIsRefused() throws {
    let (_, summary) = try Self.district([
      "L,2025-05-01,3.0,49,,21+6", "L,2025-05-01,3.0,49,,22+0", "L,2025-05-01,3.0,49,,44+6",
      "L,2025-05-01,3.0,49,,45", "L,2025-05-01,3.0,49,,38.5", "L,2025-05-01,3.0,49,14.9,38",
      "L,2025-05-01,3.0,49,15,-",
    ])
    #expect(summary.accepted == 3)
    #expect(summary.problems == [.outOfRange: 3, .notGestationalAge: 1])
    #expect(summary.examples.contains { $0.column == "gestational_age_weeks" })
  }
}
