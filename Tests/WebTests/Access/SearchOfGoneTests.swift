import Health
import Journal
import Services
import Testing

@testable import Web

/// Who moved away or died is found by those who looked after them, and told apart.
@Suite struct SearchOfGoneTests {
  private static let north = TwoPuskesmas.Side.north
  private static let left = TwoPuskesmas.Side.north.mother(1)
  private static let died = TwoPuskesmas.Side.north.mother(2)

  private static func started() async throws -> SignedInServer {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let move = Links.person(left) + "/move"
    let basis = try #require(
      try PageText.matches(
        "name=\"based_on\" value=\"([^\"]+)\"", in: try await nurse.get(move).text
      ).first)
    let away = [
      ("based_on", basis), ("goes", "away"), ("on", "2025-05-20"), ("destination", "Palangka Raya"),
    ]
    try #require(try await nurse.post(move, away).status == 303)
    let death = try await nurse.post(Links.person(died) + "/death", [("on", "2025-06-02")])
    try #require(death.status == 303)
    return server
  }

  private static func names(_ page: String) throws -> [String] {
    try PageText.matches("result-name\">(Sulastri[0-9])", in: page)
  }

  @Test func whoFindsNobodyIsToldAndAskedForPlacesOnly() async throws {
    let server = try await SignedInServer.start()
    for role in [Role.administrator, .auditor] {
      let browser = try await server.signIn(role)
      for query in ["", "?q=sulastri"] {
        let page = try await browser.get("/search\(query)")
        #expect(page.status == 200)
        try RouteTests.expectSound(page, language: .indonesian)
        #expect(page.text.contains("Nama orang dan NIK tidak dicari"), "\(role) \(query)")
        #expect(!page.text.contains("name=\"mother\"") && !page.text.contains("name=\"born\""))
      }
      #expect(try await browser.get("/search?q=utara").text.contains("result-name"))
    }
    let nurse = try await server.signIn(.clusterWorker)
    let page = try await nurse.get("/search?q=sulastri").text
    #expect(page.contains("name=\"mother\"") && !page.contains("NIK tidak dicari"))
  }

  @Test func whoLeftAndWhoDiedComeLastAndAreMarked() async throws {
    let server = try await Self.started()
    let nurse = try await server.signIn(.clusterWorker)
    for language in Language.allCases {
      let page = try await nurse.get("/search?q=sulastri&lang=\(language.rawValue)")
      try RouteTests.expectSound(page, language: language)
    }
    let page = try await nurse.get("/search?q=sulastri").text
    let names = try Self.names(page)
    #expect(Set(names.prefix(2)) == ["Sulastri3", "Sulastri4"])
    #expect(Set(names.dropFirst(2)) == ["Sulastri1", "Sulastri2"])
    #expect(page.contains("<span class=\"tag\">pindah keluar 20 Mei 2025</span>"))
    #expect(page.contains("<span class=\"tag\">meninggal 2 Juni 2025</span>"))
    // In any order: whoever is gone stands behind those who are here.
    let sorted = try Self.names(try await nurse.get("/search?q=sulastri&sort=name").text)
    #expect(sorted == ["Sulastri3", "Sulastri4", "Sulastri1", "Sulastri2"])
    let here = try await nurse.get("/search?q=sulastri&show=here").text
    #expect(Set(try Self.names(here)) == ["Sulastri3", "Sulastri4"])
    let gone = try await nurse.get("/search?q=sulastri&show=gone").text
    #expect(Set(try Self.names(gone)) == ["Sulastri1", "Sulastri2"])
    #expect(gone.contains("/search.xlsx?q=sulastri&amp;show=gone"))
    #expect(try await nurse.get("/search?q=sulastri&show=x").status == 400)
    // The numbers of those who left find them too, whole or begun.
    let number = Self.north.number(1)
    for typed in [number, String(number.prefix(12)), Self.north.card(1)] {
      let found = try await nurse.get("/search?q=\(typed)").text
      #expect(try Self.names(found).contains("Sulastri1"), "\(typed)")
    }
    let file = try await nurse.get("/search.csv?q=sulastri&show=gone").text
    #expect(file.contains("2025-05-20") && file.contains("2025-06-02"))
    #expect(file.split(separator: "\r\n").count == 3)
    #expect(file.contains("Pindah ke\r\n") && file.contains("2025-05-20,Palangka Raya\r\n"))
    let told = try server.log.entries(about: Self.left).entries
    #expect(told.contains { $0.entry.route == "GET /search.csv" })
  }

  @Test func onlyWhoLookedAfterThemFindsThem() async throws {
    let server = try await Self.started()
    // The kader of the Posyandu where she lived, and nobody else's.
    let kader = try await server.signIn(.kader)
    let own = try await kader.get("/search?q=sulastri").text
    #expect(try Self.names(own) == ["Sulastri1"] && own.contains("pindah keluar"))
    #expect(try await kader.get(Links.person(Self.left)).status == 200)
    let south = try await SignedInServer.addWorker(
      "Bidan Selatan", .clusterWorker, at: TwoPuskesmas.Side.south.puskesmas, to: server.district)
    try await server.addAccount("bidan.selatan", of: south)
    let other = try await server.signInNow(as: "bidan.selatan")
    for typed in ["sulastri", Self.north.number(1), String(Self.north.number(1).prefix(12))] {
      for show in ["", "&show=gone"] {
        let page = try await other.get("/search?q=\(typed)\(show)").text
        #expect(!page.contains(TwoPuskesmas.northern), "\(typed)")
      }
    }
  }
}
