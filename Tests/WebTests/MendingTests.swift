import Exchange
import Foundation
import GRDB
import Health
import Journal
import Samples
import Services
import Testing

@testable import Web

/// What was refused is shown with the reason, and comes back in a form that can be mended.
@Suite struct MendingTests {
  private static func server() async throws -> RunningServer {
    try await RunningServer.start(SmallDistrict.make())
  }

  private static func fact(
    _ number: UInt64, of subject: Identifier, on day: Int32, replaces: Identifier? = nil,
    recordedAt: Int64 = 1_750_000_000_000, _ body: [UInt8]
  ) -> Fact {
    Fact(
      id: SmallDistrict.id(number), subject: subject, kind: .measurement,
      occurredOn: CivilDate(dayNumber: day), recordedAt: Instant(milliseconds: recordedAt),
      place: SmallDistrict.posyanduOne, recorder: SmallDistrict.worker, replaces: replaces,
      body: body)
  }

  @Test(arguments: Language.allCases)
  func refusedFactsAreShownWithTheirReason(_ language: Language) async throws {
    let server = try await Self.server()
    let cookie = ["Cookie": "__Host-lang=\(language.rawValue)"]
    #expect(!(try await server.client.get("/", headers: cookie).text.contains("needs-mending")))
    let none = try await server.client.get("/refused-facts", headers: cookie)
    #expect(none.text.contains("class=\"empty\""))
    var body = MeasurementBody()
    body.weight = Mass(grams: 8250)
    let child = SmallDistrict.Child.gaining.id
    let future = Self.fact(5001, of: child, on: 30_000, body.bytes)
    let refused = [
      future, Self.fact(5002, of: child, on: .max, body.bytes),
      Self.fact(5003, of: child, on: 20_200, recordedAt: .min, body.bytes),
      Self.fact(5004, of: SmallDistrict.id(77), on: 20_200, [0xFF, 0xFF, 0xFF]),
      Self.fact(900, of: child, on: 20_200, body.bytes),
    ]
    let results = try await server.district.journal.accept(refused, now: SmallDistrict.today)
    #expect(results.allSatisfy { if case .refused = $0 { true } else { false } })
    let words = Words(try Phrases(language))
    for path in ["/", "/imports"] {
      let html = try await server.client.get(path, headers: cookie).text
      #expect(html.contains(words("refused.notice", ["count": "5"])))
      #expect(html.contains("href=\"/refused-facts\""))
    }
    let answer = try await server.client.get("/refused-facts", headers: cookie)
    try RouteTests.expectSound(answer, language: language)
    #expect(try PageText.matches("<tr><th scope=\"row\"", in: answer.text).count == 5)
    for code in ["happens_in_future", "impossible_day", "unreadable_body", "same_id_other_content"]
    {
      #expect(answer.text.contains(words["refusals.\(code).what"]), "\(code)")
      #expect(answer.text.contains(words["refusals.\(code).mend"]), "\(code)")
    }
    #expect(answer.text.contains("href=\"/children/\(child.text)\""))
    #expect(answer.text.contains("Contoh Kader"))
    #expect(answer.text.contains(words["refused.outside_calendar"]))
    #expect(answer.text.contains(words["refused.unknown_subject"]))
    let csv = try await server.client.get("/refused-facts.csv", headers: cookie)
    #expect(PageText.rows(csv.text).count == 5)
    // By reason, and in each order; a reason that nothing was refused for is no reason.
    let chosen = "/refused-facts?reason=impossible_day&sort=oldest"
    let some = try await server.client.get(chosen, headers: cookie)
    try RouteTests.expectSound(some, language: language)
    let numbers = "<tr><th scope=\"row\"[^>]*>([0-9]+)"
    #expect(try PageText.matches(numbers, in: some.text).count == 1)
    let all = try await server.client.get("/refused-facts?sort=oldest", headers: cookie)
    let oldest = try PageText.matches(numbers, in: all.text).compactMap { Int($0) }
    #expect(oldest.count == 5 && oldest == oldest.sorted())
    #expect(some.text.contains("/refused-facts.csv?reason=impossible_day&amp;sort=oldest"))
    let file = try await server.client.get(
      chosen.replacing("facts", with: "facts.csv"), headers: cookie)
    #expect(PageText.rows(file.text).count == 1)
    let newest = try PageText.matches(numbers, in: answer.text).compactMap { Int($0) }
    #expect(newest == newest.sorted().reversed())
    for wrong in ["reason=x", "sort=x"] {
      #expect(try await server.client.get("/refused-facts?\(wrong)").status == 400, "\(wrong)")
    }
    // Accepted after all, once its day has come: no longer to be mended.
    let later = Instant(milliseconds: 30_001 * 86_400_000)
    _ = try await server.district.journal.accept([future], now: later)
    #expect(try server.district.refusedFactCount() == 4)
    #expect(try await server.client.get("/refused-facts?page=2").status == 400)
  }

  @Test(arguments: Language.allCases) func everyRefusalHasWords(_ language: Language) throws {
    let words = Words(try Phrases(language))
    for code in Refusal.allCases.map(\.rawValue) + ["other"] {
      #expect(words.find("refusals.\(code).what") != nil, "\(code)")
      #expect(words.find("refusals.\(code).mend") != nil, "\(code)")
    }
  }

  @Test func bytesThatNobodyCanReadAreShownToo() async throws {
    let server = try await Self.server()
    try await server.district.journal.pool.write { db in
      try db.execute(
        sql: "INSERT INTO refused_fact (id, reason, bytes) VALUES (?, 'of_a_newer_program', ?)",
        arguments: [SmallDistrict.id(1).data, Data([9, 9])])
    }
    let answer = try await server.client.get("/refused-facts")
    try RouteTests.expectSound(answer, language: .indonesian)
    #expect(answer.text.contains("Catatan ini tidak dapat diterima."))
  }

  private static let heading =
    "NIK;Nama;JK;Tgl Lahir;Desa/Kel;Posyandu;Tanggal Pengukuran;Berat;Tinggi;Cara Ukur"

  private func imported(_ text: String, into district: District) throws -> ImportSummary {
    let folder = try TemporaryFolder.make()
    let file = folder.appending(path: "juni.csv")
    try Data(text.utf8).write(to: file)
    return try MeasurementImport(
      into: district.journal, mapping: MeasurementMapping(named: "eppgbm"),
      clock: { SmallDistrict.today }
    ).run(path: file.path, refusedPath: folder.appending(path: "ditolak.csv").path)
  }

  @Test func refusedRowsComeBackInTheFilesOwnColumns() async throws {
    let server = try await Self.server()
    let rows = [
      ";Contoh Lina;P;05-03-2024;Contoh Sari;Contoh Melati 1;11-06-2025;9,4;78,2;Berdiri",
      ";=Contoh Rumus;L;11-05-2024;Contoh Sari;Contoh Melati 1;11-06-2025;900;79;Terlentang",
      "-;\"Contoh \"\"Dua\"\"; Nama\";L;12-05-2024;Contoh Sari;Contoh Melati 1;11-06-2025;-9;79;",
    ]
    let text = "\u{FEFF}" + ([Self.heading] + rows).joined(separator: "\r\n")
    let summary = try imported(text, into: server.district)
    #expect(summary.accepted == 1)
    #expect(summary.refused == 2)
    let path = "/imports/\(summary.batch.text)/refused.csv"
    let answer = try await server.client.get(path)
    #expect(answer["Content-Type"] == "text/csv; charset=utf-8")
    let lines = answer.text.split(separator: "\r\n").map(String.init)
    #expect(lines.count == 3)
    #expect(lines[0] == "\u{FEFF}" + Self.heading)
    #expect(lines[1].hasPrefix(";'=Contoh Rumus;L;"))
    #expect(lines[2].hasPrefix("'-;\"Contoh \"\"Dua\"\"; Nama\";L;"))
    // One column's rows, by what stood there: on the page and in the file.
    let page = try await server.client.get("/imports/\(summary.batch.text)?sort=value").text
    #expect(page.contains("<option value=\"Berat\">"))
    // -9 comes before 900.
    let order = try PageText.matches("<tr><th scope=\"row\"[^>]*>([0-9]+)", in: page)
    #expect(order.prefix(2) == ["4", "3"])
    let column = try await server.client.get(path + "?column=Berat&sort=value").text
    #expect(column.split(separator: "\r\n").count == 3)
    let none = try await server.client.get("/imports/\(summary.batch.text)?column=Nama")
    #expect(none.status == 200 && none.text.contains("Tidak ada baris ditolak seperti ini"))
    #expect(try await server.client.get("/imports/\(summary.batch.text)?sort=x").status == 400)
    let mended = answer.text.replacing(";900;", with: ";9,0;").replacing(";'-9;", with: ";9,1;")
    let again = try imported(mended, into: server.district)
    #expect(again.accepted == 2)
    #expect(again.refused == 0)
    let found = try server.district.search(PersonQuestion(name: "Contoh Rumus")).persons
    #expect(found.map(\.person.name) == ["=Contoh Rumus"])
  }

  @Test func importsFromBeforeHeadingsWereKeptAreExplained() async throws {
    let server = try await Self.server()
    let row = ";Contoh Lina;P;05-03-2024;Contoh Sari;Contoh Melati 1;11-06-2025;900;78,2;Berdiri"
    let summary = try imported(Self.heading + "\n" + row, into: server.district)
    try await server.district.journal.pool.write { db in
      try db.execute(sql: "DELETE FROM import_heading")
    }
    let answer = try await server.client.get("/imports/\(summary.batch.text)/refused.csv")
    #expect(answer.text.contains("Baris,Kolom,Nilai,Masalah,Cara memperbaiki"))
    #expect(PageText.rows(answer.text).count == 1)
  }
}
