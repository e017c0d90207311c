import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// What people find where they arrive, by their role.
@Suite struct StartPageTests {
  @Test func everybodyFindsTheOwnWork() async throws {
    let server = try await SignedInServer.start()
    let links: [(Role, String, Bool)] = [
      (.auditor, "/log", true), (.administrator, "/lists/staff", true),
      (.administrator, "/log", false), (.auditor, "/lists/staff", false),
      (.kader, "/people/new", true), (.clusterWorker, "/people/new", true),
      (.puskesmasHead, "/people/new", false),
    ]
    for (role, link, isThere) in links {
      let page = try await server.signIn(role).get("/").text
      let main = page.split(separator: "<main").dropFirst().joined()
      #expect(main.contains("href=\"\(link)\"") == isThere, "\(role) \(link)")
    }
  }

  /// On a phone what the role does stands above the figures, and no way to where one is anyway.
  @Test func whatTheRoleDoesComesFirst() async throws {
    let server = try await SignedInServer.start()
    for role in [Role.kader, .pustuWorker, .clusterWorker, .dataManager, .puskesmasHead] {
      let page = try await server.signIn(role).get("/").text
      let main = try #require(page.split(separator: "<main", maxSplits: 1).last)
      let first = try #require(main.split(separator: "key-figures", maxSplits: 1).first)
      #expect(first.contains("href=\"/families?place="), "\(role)")
      #expect(first.contains("href=\"/people/new\"") == (role != .puskesmasHead), "\(role)")
      #expect(first.contains("href=\"/duplicates?place=") == (role != .kader), "\(role)")
      #expect(!page.contains("class=\"breadcrumbs\""), "\(role)")
    }
    func ways(_ role: Role) async throws -> [String] {
      let page = try await server.signIn(role).get("/").text
      return try PageText.matches("<li><a href=\"([^\"]*)\"><span class=\"result-name\"", in: page)
    }
    #expect(try await ways(.privateFacility).prefix(3) == ["/search", "/people/new", "/referrals"])
    #expect(try await ways(.auditor).first == "/log")
    #expect(
      try await ways(.administrator).prefix(3)
        == ["/workers", "/administration/places", "/lists/staff"])
  }

  @Test func theChildrenWhoWereNotWeighedYetAreOneTapAway() async throws {
    let server = try await SignedInServer.start(.kader, at: SmallDistrict.posyanduTwo)
    let page = try await server.get("/", in: .indonesian).text
    let links = try PageText.matches(
      "href=\"([^\"]*)\">Belum ditimbang Juni 2025: [1-9][0-9]*</a>", in: page)
    let list = PageText.unescaped(try #require(links.first))
    let names = try await server.get(list, in: .indonesian)
    #expect(names.text.contains("Contoh Citra"))
    // Names first: what narrows the list is folded as long as nothing was chosen.
    let folded = "<details class=\"chosen\"><summary>Saring dan urutkan</summary>"
    #expect(names.text.contains(folded))
    let sorted = try await server.get(list + "&sort=age", in: .indonesian)
    #expect(sorted.text.contains("<details class=\"chosen\" open>"))
    let child = try #require(
      try PageText.matches("href=\"/children/([^\"/]*)\"", in: names.text).first)
    let growth = try await server.get("/children/\(child)").text
    for way in ["", "/care", "/visit?form=child"] {
      #expect(growth.contains("href=\"/people/\(child)\(way)\""), "\(way)")
    }
  }

  @Test func afterASavedVisitTheListIsOneTapAway() async throws {
    let server = try await SignedInServer.start()
    let list = Links.address(
      "/nutrition/names",
      [
        ("place", TwoPuskesmas.Side.north.posyandu(1).text), ("indicator", "D_S"),
        ("month", "2025-06"), ("state", "reached"),
      ])
    var kader = try await server.signIn(.kader)
    let care = Links.care(of: TwoPuskesmas.patient)
    let before = try await kader.get("\(care)?done=saved").text
    #expect(before.contains("Orang berikutnya") && !before.contains("Kembali ke daftar"))
    let opened = try await kader.get(list)
    let cookie = try #require(opened["Set-Cookie"]?.split(separator: ";").first)
    let value = String(cookie.drop { $0 != "=" }.dropFirst())
    kader.cookies[Cookies.list] = value
    let saved = try await kader.get("\(care)?done=saved").text
    let link = try #require(
      try PageText.matches("href=\"([^\"]*)\">Kembali ke daftar", in: saved).first)
    #expect(link.hasPrefix("/nutrition/names?"))
    #expect(try await kader.get(PageText.unescaped(link)).status == 200)
    #expect(!(try await kader.get(care).text).contains("Kembali ke daftar"))
    // What somebody else opened in this browser is not theirs.
    var midwife = try await server.signIn(.pustuWorker)
    midwife.cookies[Cookies.list] = value
    #expect(!(try await midwife.get("\(care)?done=saved").text).contains("Kembali ke daftar"))
  }

  /// Who only looks at growth finds the person and the plan, and no form that answers with a refusal.
  @Test func growthLeadsAsFarAsTheRoleMayGo() async throws {
    let child = SmallDistrict.Child.absentInJune.id.text
    let head = try await SignedInServer.start(.puskesmasHead, at: SmallDistrict.puskesmas)
    let page = try await head.get("/children/\(child)").text
    #expect(page.contains("href=\"/people/\(child)/care\""))
    #expect(!page.contains("/visit?form="))
  }

  /// A midwife of a Pustu looks after villages of which none lies in another.
  @Test func whoeverHasSeveralVillagesFindsAllOfThem() async throws {
    let server = try await SignedInServer.start()
    let north = TwoPuskesmas.Side.north
    let worker = try await SignedInServer.addWorker(
      "Bidan Dua Desa", .pustuWorker, at: north.village(1), to: server.district)
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    let more = AssignmentBody(role: .pustuWorker, place: north.village(2))
    _ = try await server.district.record([
      recording.fact(.assignment, of: worker, on: TwoPuskesmas.day(2025, 6, 20), more.bytes)
    ])
    try await server.addAccount("bidan.dua", of: worker)
    let midwife = try await server.signInNow(as: "bidan.dua")
    for language in Language.allCases {
      for path in ["/", "/families"] {
        let answer = try await midwife.get("\(path)?lang=\(language.rawValue)")
        try RouteTests.expectSound(answer, language: language)
      }
    }
    let home = try await midwife.get("/?lang=id").text
    for number in 1...2 as ClosedRange<UInt64> {
      #expect(home.contains("href=\"/places/\(north.village(number).text)\""))
      #expect(home.contains("href=\"/families?place=\(north.village(number).text)\""))
    }
    #expect(home.contains("href=\"/people/new\"") && home.contains("href=\"/families\""))
    #expect(home.components(separatedBy: "2 Posyandu · 2 balita").count == 3)

    func families(_ query: String) async throws -> Set<String> {
      let page = try await midwife.get("/families\(query)").text
      return Set(
        try PageText.matches("<a href=\"/families/[^\"]*\">(Sulastri[0-9]) Utaranita", in: page))
    }
    #expect(try await families("") == ["Sulastri1", "Sulastri2", "Sulastri3", "Sulastri4"])
    #expect(
      try await families("?place=\(north.village(2).text)") == ["Sulastri3", "Sulastri4"])
    for query in ["", "?place=\(north.posyandu(1).text)"] {
      let page = try await midwife.get("/families\(query)").text
      let all = query.isEmpty ? "<option value=\"\" selected>" : "<option value=\"\">"
      #expect(page.contains("\(all)Semua wilayah Anda"))
      for place in [north.village(1), north.village(2), north.posyandu(4)] {
        #expect(page.contains("<option value=\"\(place.text)\">"), "\(query)")
      }
      #expect(!page.contains(north.puskesmas.text))
    }
    let file = try await midwife.get("/families.csv").text
    #expect(file.split(separator: "\r\n").count == 5)
  }

  /// A newborn is told by the mother's NIK and the order of birth: these are not folded away.
  @Test func theFieldsOfANewbornAreOpen() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.clusterWorker)
    func isOpen(_ changes: [String: String]) async throws -> Bool {
      // The relation is missing, so that the form comes back; which alone opens it, too.
      let answer = try await midwife.post("/people", BadEntryTests.entered(changes))
      return answer.text.contains("<details open><summary>Isian lain")
    }
    let mother = TwoPuskesmas.Side.north.mother(1)
    let newborn = try await midwife.get("/people/new?mother_id=\(mother.text)").text
    #expect(newborn.contains("<details open><summary>Isian lain"))
    #expect(!(try await midwife.get("/people/new").text).contains("<details open>"))
    #expect(try await isOpen(["relation": ""]))
    let child = Links.person(TwoPuskesmas.Side.north.child(1)) + "/edit"
    #expect(!(try await midwife.get(child).text).contains("<details open>"))
  }
}
