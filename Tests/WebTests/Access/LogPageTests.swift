import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// The pages about who looked at what.
@Suite struct LogPageTests {
  private static let day = "2025-06-20"

  /// Lines of a CSV file, without its heading.
  private func lines(_ answer: RawAnswer) -> [String] { PageText.rows(answer.text) }

  @Test func aPageThatWasRefusedIsNoActThatWasDone() async throws {
    let server = try await SignedInServer.start()
    let kader = try await server.signIn(.kader)
    #expect(try await kader.get("/lists/households").status == 403)
    let auditor = try await server.signIn(.auditor)
    let log = try await auditor.get("/log").text
    #expect(log.contains("meminta halaman untuk: "))
  }

  @Test func everybodyCanBeToldWhoOpenedTheirRecord() async throws {
    let server = try await SignedInServer.start()
    let midwife = try await server.signIn(.clusterWorker)
    let clinic = try await server.signIn(.privateFacility)
    let path = Links.person(TwoPuskesmas.patient)
    #expect(try await clinic.get(path).status == 200)
    let other = Links.person(TwoPuskesmas.Side.north.child(2))
    #expect(try await clinic.get(other).status == 404)
    let page = try await midwife.get(path + "/access")
    #expect(page.status == 200)
    try RouteTests.expectSound(page, language: .indonesian)
    #expect(page.text.contains("Petugas \(TwoPuskesmas.userName(.privateFacility))"))
    #expect(page.text.contains("Klinik Uji"))
    // Who tried and was kept out stands there, too.
    let refused = try await midwife.get(other + "/access").text
    #expect(refused.contains("Petugas \(TwoPuskesmas.userName(.privateFacility))"))
    #expect(refused.contains("ditolak"))
    // Reading this page is an opening as well.
    let csv = try await midwife.get(path + "/access.csv")
    #expect(csv["Content-Type"]?.hasPrefix("text/csv") == true)
    let rows = lines(csv)
    #expect(rows.count == 2)
    #expect(rows.first?.contains("Petugas \(TwoPuskesmas.userName(.clusterWorker))") == true)
    #expect(rows.last?.contains("Petugas \(TwoPuskesmas.userName(.privateFacility))") == true)
    let numbers = rows.compactMap { Int($0.split(separator: ",")[0]) }
    #expect(numbers == numbers.sorted(by: >))
  }

  @Test func longListsComeInPages() async throws {
    let server = try await SignedInServer.start()
    let midwife = try await server.signIn(.clusterWorker)
    for _ in 0..<120 {
      try await server.log.record(
        AuditEntry(
          at: SmallDistrict.today, by: AuditAuthor(worker: TwoPuskesmas.worker(.kader)),
          action: "seePerson", route: "GET /people/{id}", subjects: [TwoPuskesmas.patient]))
    }
    var path: String? = Links.person(TwoPuskesmas.patient) + "/access"
    var seen: [String] = []
    var pages = 0
    while let next = path, pages < 10 {
      let html = try await midwife.get(next).text
      seen += try PageText.matches("<td class=\"num\"[^>]*>([0-9.]+)</td></tr>", in: html)
      path = try PageText.matches("rel=\"next\" href=\"([^\"]+)\"", in: html).first
        .map(PageText.unescaped)
      pages += 1
    }
    #expect(pages == 3)
    #expect(Set(seen).count == seen.count)
    #expect(seen.count >= 120)
  }

  @Test func aHeadReadsTheLogOfTheOwnPuskesmas() async throws {
    let server = try await SignedInServer.start()
    let inside = AuditAuthor(worker: TwoPuskesmas.worker(.kader))
    let outside = AuditAuthor(worker: TwoPuskesmas.worker(.districtManager))
    let entries: [(AuditAuthor, Identifier?, [Identifier], AuditCode)] = [
      (inside, nil, [], "calculate"),
      (outside, TwoPuskesmas.Side.north.posyandu(3), [], "seeFigures"),
      (outside, nil, [TwoPuskesmas.Side.north.mother(2)], "openNames"),
      (outside, TwoPuskesmas.Side.south.posyandu(3), [], "exportFigures"),
      (outside, nil, [TwoPuskesmas.Side.south.mother(2)], "exportNames"),
    ]
    for (author, place, subjects, action) in entries {
      try await server.log.record(
        AuditEntry(
          at: SmallDistrict.today, by: author, action: action, place: place, subjects: subjects))
    }
    let head = try await server.signIn(.puskesmasHead)
    let words = Words(try Phrases(.indonesian))
    func table(_ path: String, _ browser: Browser) async throws -> String {
      let answer = try await browser.get(path)
      #expect(answer.status == 200)
      try RouteTests.expectSound(answer, language: .indonesian)
      let html = answer.text
      return html.range(of: "<tbody>").map { String(html[$0.lowerBound...]) } ?? ""
    }
    let own = try await table("/log", head)
    for (index, entry) in entries.enumerated() {
      let text = words["actions.\(entry.3.rawValue)"]
      #expect(own.contains(text) == (index < 3), "\(entry.3.rawValue)")
    }
    let auditor = try await server.signIn(.auditor)
    let all = try await table("/log", auditor)
    for entry in entries { #expect(all.contains(words["actions.\(entry.3.rawValue)"])) }
    // Nobody's name but those of workers.
    #expect(!all.contains(TwoPuskesmas.northern))
    #expect(!all.contains(TwoPuskesmas.southern))
    let south = TwoPuskesmas.Side.south.puskesmas.text
    let narrowed = try await table(
      "/log?place=\(south)&worker=\(TwoPuskesmas.userName(.districtManager))&outcome=allowed"
        + "&from=\(Self.day)&to=\(Self.day)&action=exportNames", auditor)
    #expect(narrowed.contains(words["actions.exportNames"]))
    #expect(!narrowed.contains(words["actions.exportFigures"]))
    #expect(try await table("/log?to=2025-06-19", auditor).isEmpty)
    #expect(try await head.get("/log?place=\(south)").status == 404)
    for wrong in ["action=x", "outcome=x", "from=x", "before=0"] {
      #expect(try await auditor.get("/log?\(wrong)").status == 400, "\(wrong)")
    }
  }

  @Test func entriesOfAWorkerAreFoundByNameOrUserName() async throws {
    let server = try await SignedInServer.start()
    let kader = try await SignedInServer.addWorker(
      "Kader Tanpa Akun", .kader, at: TwoPuskesmas.Side.north.posyandu(1), to: server.district)
    try await server.log.record(
      AuditEntry(
        at: SmallDistrict.today, by: AuditAuthor(worker: kader), action: "calculate",
        subjects: []))
    let auditor = try await server.signIn(.auditor)
    let words = Words(try Phrases(.indonesian))
    func page(_ worker: String) async throws -> String {
      let answer = try await auditor.get("/log?worker=\(Links.encoded(worker))")
      #expect(answer.status == 200, "\(worker)")
      try RouteTests.expectSound(answer, language: .indonesian)
      return answer.text
    }
    func rows(_ html: String) throws -> Int {
      try PageText.matches("data-label=\"\(words["audit.what"])\"", in: html).count
    }
    // A part of the name of somebody without a user name.
    let one = try await page("tanpa akun")
    #expect(try rows(one) == 1 && one.contains(words["actions.calculate"]))
    // Several: nobody's entries before it is said whose.
    let several = try await page("petugas")
    #expect(try rows(several) == 0 && several.contains(words["audit.several_workers"]))
    let id = TwoPuskesmas.worker(.auditor)
    let choice = "/log?worker=\(id.text)"
    #expect(several.contains(choice) && !several.contains("/log.csv"))
    #expect(try rows(await page(id.text)) > 0)
    let user = TwoPuskesmas.userName(.auditor)
    #expect(try rows(await page(user)) > 0)
    let nobody = try await page("tidak ada")
    #expect(try rows(nobody) == 0 && nobody.contains("Tidak ada petugas bernama"))
    // A file of nobody's entries would look as if nothing had been done.
    #expect(try await auditor.get("/log.csv?worker=petugas").status == 400)
  }

  @Test func takingTheLogAwayStandsInTheLog() async throws {
    let server = try await SignedInServer.start()
    let auditor = try await server.signIn(.auditor)
    let csv = try await auditor.get("/log.csv")
    #expect(csv.text.hasPrefix("\u{FEFF}" + AuditExport.columns.joined(separator: ",")))
    #expect(try PageText.matches(",chain,(before,canonical)\r\n", in: csv.text).count == 1)
    let sheet = try await auditor.get("/log.xlsx")
    #expect(sheet.status == 200)
    var filter = AuditFilter()
    filter.actions = ["exportLog"]
    let told = try server.log.entries(filter).entries
    #expect(told.map(\.entry.detail.form) == ["xlsx", "csv"])
    #expect(told.last?.entry.author.worker == TwoPuskesmas.worker(.auditor))
    #expect(told.last?.entry.count == lines(csv).count)
    let head = try server.log.head()
    let page = try await auditor.get("/log").text
    #expect(page.contains(LogPage.grouped(head.chain.hexadecimal)))
    let facts = try server.district.head()
    #expect(page.contains(LogPage.grouped(facts.chain.hexadecimal)))
    filter.actions = ["readLog"]
    #expect(try server.log.entries(filter).entries.count == 1)
  }
}
