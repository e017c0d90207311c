import Exchange
import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// The lists of families and of possible duplicates, and lists as files.
@Suite struct ListTests {
  private static let north = TwoPuskesmas.Side.north
  private static let south = TwoPuskesmas.Side.south

  @Test func familiesOfThePlacesInReach() async throws {
    let server = try await SignedInServer.start()
    let nurse = try await server.signIn(.clusterWorker)
    for language in Language.allCases {
      let page = try await nurse.get("/families?lang=\(language.rawValue)")
      try RouteTests.expectSound(page, language: language)
      for number in 1...4 { #expect(page.text.contains("Sulastri\(number) Utaranita")) }
      #expect(!page.text.contains(TwoPuskesmas.southern))
    }
    let told = try server.log.entries(about: Self.north.mother(3)).entries
    #expect(told.contains { $0.entry.author.worker == TwoPuskesmas.worker(.clusterWorker) })
    // A kader: the families of the own Posyandu.
    let kader = try await server.signIn(.kader)
    let own = try await kader.get("/families").text
    #expect(own.contains("Sulastri1") && !own.contains("Sulastri2"))
    #expect(!own.contains("/families.xlsx"))
    #expect(try await kader.get("/families?place=\(Self.north.posyandu(2).text)").status == 404)
    #expect(try await nurse.get("/families?sort=x").status == 400)
    #expect(try await nurse.get("/families?page=2").status == 400)
  }

  @Test func familiesAreSortedAndChosen() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    func order(_ query: String) async throws -> [String] {
      let page = try await nurse.get("/families?place=\(Self.north.puskesmas.text)&\(query)").text
      return try PageText.matches("<a href=\"/families/[^\"]*\">([^<]*) Utaranita", in: page)
    }
    #expect(try await order("") == (1...4).map { "Sulastri\($0)" })
    // One more member, an RT, and a family without a card.
    let member = [
      ("name", "Bungsu \(TwoPuskesmas.northern)"), ("sex", "female"), ("born", "2025-06-01"),
      ("relation", "3"), ("since", "2025-06-01"), ("place", Self.north.posyandu(3).text),
      ("family", Self.north.family(3).text), ("is_new", "1"),
    ]
    #expect(try await nurse.post("/people", member).status == 303)
    #expect(try await order("sort=members").first == "Sulastri3")
    func change(_ number: UInt64, _ rt: String, card: String) async throws {
      let family = try #require(
        try server.district.family(Self.north.family(number), on: TwoPuskesmas.day(2025, 6, 20)))
      let answer = try await nurse.post(
        Links.family(family.household.id) + "/edit",
        [
          ("based_on", try server.district.basis(.family(family.household.id)).text),
          ("card", card), ("rt", rt), ("rw", "1"),
          ("head", Self.north.mother(number).text),
        ])
      #expect(answer.status == 303)
    }
    try await change(4, "2", card: "")
    try await change(2, "010", card: Self.north.card(2))
    #expect(try await order("sort=rt") == ["Sulastri4", "Sulastri2", "Sulastri1", "Sulastri3"])
    #expect(try await order("card=none") == ["Sulastri4"])
    let known = try server.district.familyScores(
      of: (1...4).map(Self.north.family), on: TwoPuskesmas.day(2025, 6, 20),
      without: [])
    #expect(known.count == 4)
    var chosen: [String] = []
    for name in ["healthy", "pre_healthy", "unhealthy", "unknown", "does_not_apply"] {
      chosen += try await order("class=\(name)&sort=index")
    }
    #expect(Set(chosen) == Set((1...4).map { "Sulastri\($0)" }) && chosen.count == 4)
  }

  @Test func listsLeaveAsCSVAndAsXLSXOfTheSameRows() async throws {
    let server = try await SignedInServer.start()
    let lists: [(Role, String)] = [
      (.clusterWorker, "/families"), (.clusterWorker, "/nutrition/names"),
      (.clusterWorker, "/nutrition"),
      (.clusterWorker, "/nutrition/report"), (.administrator, "/workers"), (.auditor, "/log"),
      (.clusterWorker, "/places/\(Self.north.posyandu(1).text)/without-birth-date"),
      (.dataManager, "/people/\(TwoPuskesmas.patient.text)/access"),
      (.dataManager, "/refused-facts"), (.dataManager, "/imports"),
      (.clusterWorker, "/duplicates"), (.clusterWorker, "/search"),
      (.kader, "/children/\(TwoPuskesmas.patient.text)/measurements"),
      (.administrator, "/administration/places"),
    ]
    var browsers: [Role: Browser] = [:]
    for (role, path) in lists {
      if browsers[role] == nil { browsers[role] = try await server.signIn(role) }
      let browser = try #require(browsers[role])
      let csv = try await browser.get(path + ".csv")
      let xlsx = try await browser.get(path + ".xlsx")
      #expect(csv.status == 200 && xlsx.status == 200, "\(path)")
      #expect(xlsx["Content-Type"]?.hasSuffix("spreadsheetml.sheet") == true)
      #expect(xlsx["Content-Disposition"]?.hasSuffix(".xlsx\"") == true)
      #expect(xlsx["Cache-Control"] == "no-store")
      let rows = try SpreadsheetReader(bytes: xlsx.body).lines()
      let lines = csv.text.split(separator: "\r\n")
      // Two looks at the log, or at who looked, are two more lines of it.
      let mayGrow = path == "/log" || path.hasSuffix("/access")
      #expect(mayGrow ? rows.count >= lines.count : rows.count == lines.count, "\(path)")
      let heads = lines[0].split(separator: ",", omittingEmptySubsequences: false)
      // What the chain of the log is computed over is more than a cell of a spreadsheet holds.
      let more = path == "/log" ? AuditExport.proofColumns.count : 0
      #expect(lines[0].contains("\"") || heads.count == rows[0].count + more, "\(path)")
    }
    var filter = AuditFilter()
    filter.actions = [AuditCode(Action.exportNames)]
    let forms = try server.log.entries(filter).entries.compactMap(\.entry.detail.form)
    #expect(forms.contains("csv") && forms.contains("xlsx"))
  }

  @Test func whatWasFoundIsSortedAndLeavesAsAFile() async throws {
    let server = try await SignedInServer.start()
    let nurse = try await server.signIn(.clusterWorker)
    let name = TwoPuskesmas.northern
    func order(_ query: String) async throws -> [String] {
      let page = try await nurse.get("/search?q=\(name)&\(query)").text
      return try PageText.matches("result-name\">([A-Za-z]+[0-9]) \(name)", in: page)
    }
    let all = (1...4).flatMap { ["Bagas\($0)", "Sulastri\($0)"] }
    #expect(try await order("sort=name") == all.sorted())
    #expect(
      try await order("sort=age").prefix(4).allSatisfy { $0.hasPrefix("Bagas") })
    #expect(try await order("sort=place").map { $0.last } == Array("11223344"))
    #expect(Set(try await order("")) == Set(all))
    #expect(try await nurse.get("/search?q=\(name)&sort=x").status == 400)
    let page = try await nurse.get("/search?q=\(name)&sort=name").text
    #expect(page.contains("/search.xlsx?q=\(name)&amp;sort=name"))

    let file = try await nurse.get("/search.csv?q=\(name)&sort=name")
    let lines = file.text.split(separator: "\r\n")
    #expect(lines.count == 9 && lines[1].hasPrefix("Bagas1"))
    #expect(!file.text.contains(Self.north.number(1)), "numbers leave masked")
    let told = try server.log.entries(about: Self.north.mother(4)).entries
    let export = try #require(told.first { $0.entry.route == "GET /search.csv" })
    #expect(export.entry.action == AuditCode(Action.exportNames))
    #expect(export.entry.detail.form == "csv" && export.entry.count == 8)
    #expect(export.entry.author.worker == TwoPuskesmas.worker(.clusterWorker))

    // A kader finds, and takes no file away; others of the district find nobody to take away.
    let kader = try await server.signIn(.kader)
    let found = try await kader.get("/search?q=\(name)").text
    #expect(found.contains("Sulastri1") && !found.contains("/search.csv"))
    #expect(try await kader.get("/search.csv?q=\(name)").status == 403)
    let south = try await nurse.get("/search.csv?q=\(TwoPuskesmas.southern)").text
    #expect(!south.contains(TwoPuskesmas.southern))
  }

  @Test func namesBehindAFigureAreSorted() async throws {
    let server = try await SignedInServer.shared()
    let nurse = try await server.signIn(.clusterWorker)
    let query =
      "place=\(Self.north.puskesmas.text)&indicator=D_S&state=denominator&month=2025-06"
    func order(_ sort: String) async throws -> [String] {
      try PageText.matches(
        "(Bagas[0-9])", in: try await nurse.get("/nutrition/names.csv?\(query)&sort=\(sort)").text)
    }
    let all = try await order("place").sorted()
    #expect(all == (1...4).map { "Bagas\($0)" })
    #expect(try await order("name") == all)
    // Each is a day younger than the one before.
    #expect(try await order("age") == all.reversed())
    #expect(try await nurse.get("/nutrition/names?\(query)&sort=x").status == 400)
    let page = try await nurse.get("/nutrition/names?\(query)&sort=age").text
    #expect(page.contains("sort=age\">") && page.contains("value=\"age\" selected"))
  }

  @Test func duplicatesAreFoundInTheBackgroundAndDecided() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    func register(_ name: String) async throws -> Identifier {
      let answer = try await nurse.post(
        "/people",
        [
          ("name", name), ("sex", "female"), ("born", "1988-11-23"),
          ("mother", "Nurjanah Kembarduo"), ("relation", "1"), ("since", "2025-06-01"),
          ("place", Self.north.posyandu(1).text), ("is_new", "1"),
        ])
      let path = try #require(answer["Location"]).split(separator: "?")[0]
      return try #require(Identifier(text: String(path.split(separator: "/").last ?? "")))
    }
    let one = try await register("Siti Aminah Kembarsatu")
    let two = try await register("Sitti Aminah Kembarsatu")
    let path = "/duplicates?place=\(Self.north.puskesmas.text)"
    func list(_ more: String = "") async throws -> String {
      for _ in 0..<100 {
        let page = try await nurse.get(path + more).text
        if !page.contains("/duplicates?place=\(Self.north.puskesmas.text)\">") { return page }
        try await Task.sleep(for: .milliseconds(50))
      }
      throw CancellationError()
    }
    let shown = try await list()
    #expect(shown.contains(one.text) && shown.contains(two.text))
    #expect(
      try server.log.entries(about: two).entries.contains { $0.entry.route == "GET /duplicates" })
    #expect(!shown.contains(TwoPuskesmas.southern))
    #expect(try await nurse.get("/duplicates?place=\(Self.south.puskesmas.text)").status == 404)
    // Those of another area see nothing of it, and the list of a district as a whole is nobody's.
    let other = try await server.signIn(.pustuWorker)
    #expect(try await other.get(path).status == 404)
    let same = Links.person(min(one, two)) + "/same"
    let fields = [
      ("other", max(one, two).text), ("score", "900"), ("list", Self.north.puskesmas.text),
    ]
    let decided = try await nurse.post(same, fields + [("decision", "different")])
    #expect(decided["Location"]?.hasPrefix("/duplicates?place=") == true)
    #expect(!(try await list()).contains(one.text))
    // A new comparison knows of the decision.
    #expect(
      try await nurse.post("/duplicates", [("place", Self.north.puskesmas.text)]).status == 303)
    #expect(!(try await list()).contains(one.text))
    let found = try server.district.duplicates(
      among: server.district.places().subtree(of: Self.north.puskesmas).map(\.id),
      tree: server.district.places())
    #expect(!found.pairs.contains { [$0.first, $0.second].contains(one) })
    #expect(found.persons == 10)
  }
}

extension SpreadsheetReader {
  /// The cells of the first sheet as text, row by row.
  fileprivate func lines() throws -> [[String]] {
    let reader = try rows(of: try sheet())
    var lines: [[String]] = []
    while let row = try reader.next() { lines.append(row.cells.map(\.text)) }
    return lines
  }
}
