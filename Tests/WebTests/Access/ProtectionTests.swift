import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// Somebody protected is on no page of those who do not care for them.
@Suite struct ProtectionTests {
  private static let north = TwoPuskesmas.Side.north
  private static let mother = TwoPuskesmas.Side.north.mother(1)
  private static let marker = "Sulastri1 \(TwoPuskesmas.northern)"

  /// A server on which a mother is protected.
  static func protected() async throws -> SignedInServer {
    let server = try await SignedInServer.start()
    var head = try await server.signIn(.puskesmasHead)
    let path = Links.person(mother) + "/protection"
    try #require(try await head.post(path, [("reason", "x")]).status == 400)
    try #require(
      try await head.post(path, [("reason", "protection"), ("until", "2025-06-19")]).status == 400)
    try #require(try await head.post(path, [("reason", "protection")]).status == 303)
    return server
  }

  /// Follows every link from everywhere that a role comes to, and every page of the table.
  private func pages(
    _ browser: Browser, _ read: (_ path: String, _ text: String) throws -> Void
  ) async throws {
    var waiting = ExpectedAnswer.table.filter { !$0.route.isAct }.map(\.own)
    waiting += [
      "/", "/search?q=sulastri1", "/search?mother=sulastri1", "/search?q=\(Self.north.number(1))",
      "/search?q=\(Self.north.card(1))", Links.person(Self.mother),
      Links.family(Self.north.family(1)),
      Links.person(Self.north.child(1)) + "/history", Links.person(Self.north.child(1)) + "/record",
    ]
    var seen = Set(waiting)
    while let path = waiting.popLast(), seen.count < 500 {
      let answer = try await browser.get(path)
      try read(path, answer.text)
      guard answer.status == 200, answer["Content-Type"]?.hasPrefix("text/html") == true else {
        continue
      }
      for link in try PageText.matches("href=\"([^\"]+)\"", in: answer.text) {
        let target = PageText.unescaped(link).split(separator: "#").first.map(String.init) ?? ""
        guard target.hasPrefix("/"), !target.contains("lang="), !target.hasPrefix("/assets/"),
          seen.insert(target).inserted
        else { continue }
        waiting.append(target)
      }
    }
    #expect(seen.count > 40)
  }

  @Test(arguments: [Role.kader, .dataManager, .privateFacility, .districtManager, .auditor])
  func onNoPageOf(_ role: Role) async throws {
    let server = try await Self.protected()
    var browser = try await server.signIn(role)
    if role == .districtManager {
      let form = [
        ("area", Self.north.puskesmas.text), ("reason", "outbreak"),
        ("words", "Penyelidikan KLB campak Juni"),
      ]
      try #require(try await browser.post("/openings/area", form).status == 303)
    }
    var others = 0
    try await pages(browser) { path, text in
      #expect(!text.contains(Self.marker), "\(role) \(path)")
      if text.contains(TwoPuskesmas.northern) { others += 1 }
    }
    #expect((others > 3) == (role != .auditor))
  }

  @Test(arguments: [Role.pustuWorker, .clusterWorker, .puskesmasHead])
  func thoseWhoCareSee(_ role: Role) async throws {
    let server = try await Self.protected()
    let browser = try await server.signIn(role)
    let page = try await browser.get(Links.person(Self.mother))
    #expect(page.text.contains(Self.marker))
    #expect(page.text.contains("Dilindungi"))
    #expect(try await browser.get("/search?q=sulastri1").text.contains(Self.marker))
    #expect(try await browser.get(Links.child(Self.north.child(1))).text.contains(Self.marker))
  }

  @Test func listsDoNotTellHowManyAreLeftOutAndFiguresCountAll() async throws {
    let server = try await SignedInServer.start()
    let list =
      "/nutrition/names?place=\(Self.north.posyandu(1).text)&indicator=D_S&state=denominator"
      + "&month=2025-06"
    var household = try #require(
      try server.district.family(Self.north.family(1), on: TwoPuskesmas.day(2025, 6, 20))
    ).household.body
    household.address = Array("Jl. Rahasia 7".utf8)
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    _ = try await server.district.record([
      recording.fact(
        .household, of: Self.north.family(1), on: TwoPuskesmas.day(2025, 6, 1), household.bytes)
    ])
    let kader = try await server.signIn(.kader)
    let before = try await kader.get(list).text
    #expect(before.contains("Bagas1"))
    let family1 = Links.family(Self.north.family(1))
    let familyBefore = try await kader.get(family1).text
    var head = try await server.signIn(.puskesmasHead)
    let path = Links.person(Self.north.child(1)) + "/protection"
    #expect(try await head.post(path, [("reason", "ordered")]).status == 303)
    let after = try await kader.get(list).text
    #expect(!after.contains("Bagas1"))
    // The same sentence where nobody is protected; the figure stays.
    for text in [before, after] {
      #expect(text.contains("Angka dapat memuat orang yang tidak disebut namanya di sini."))
      #expect(text.contains(">1</a>/<a"))
    }
    #expect(!after.contains("dilindungi"))
    #expect(!(try await head.get(list)).text.contains("Angka dapat memuat"))
    #expect(try await kader.get(Links.child(Self.north.child(1))).status == 404)
    // Neither the number of the card nor of the family, no home, and not how many are hidden.
    let family = try await kader.get(family1).text
    for text in [familyBefore, family] {
      #expect(text.contains("Halaman ini mungkin tidak memuat semua data keluarga."))
    }
    for told in [Self.north.card(1), "1 orang", "2 orang", "Sumber air", "Jl. Rahasia"] {
      #expect(!family.contains(told), "\(told)")
    }
    let whole = try await head.get(family1).text
    #expect(!whole.contains("mungkin tidak memuat"))
    for told in [Self.north.card(1), "2 orang", "Sumber air", "Jl. Rahasia"] {
      #expect(whole.contains(told), "\(told)")
    }
    // Whoever sees a part of a family only does not change it.
    #expect(try await kader.get(Links.family(Self.north.family(1)) + "/edit").status == 404)
    let page = try await head.get(path).text
    let fact = try #require(PageText.matches("name=\"lift\" value=\"([^\"]+)\"", in: page).first)
    // What was ordered ends who answers such requests, and not by a slip of the finger.
    var nurse = try await server.signIn(.clusterWorker)
    #expect(try await nurse.post(path, [("lift", fact), ("sure", "1")]).status == 404)
    #expect(try await head.post(path, [("lift", fact)]).status == 400)
    #expect(!(try await kader.get(list)).text.contains("Bagas1"))
    #expect(try await head.post(path, [("lift", fact), ("sure", "1")]).status == 303)
    #expect(try await kader.get(list).text.contains("Bagas1"))
    // Why it was is for those who care, afterwards too.
    let history = Links.person(Self.north.child(1)) + "/history"
    #expect(try await head.get(history).text.contains("Perintah pengadilan"))
    let seen = try await kader.get(history)
    #expect(seen.status == 200 && !seen.text.contains("Perintah pengadilan"))
  }

  @Test func theButtonOfChildrenNotWeighedCountsWhoIsNamed() async throws {
    let server = try await SignedInServer.start()
    let children = try await Self.unlinked(server)
    let kader = try await server.signIn(.kader)
    var head = try await server.signIn(.puskesmasHead)
    func counts(_ browser: Browser) async throws -> (button: [String], tab: [String]) {
      let start = try await browser.get("/").text
      let list = try await browser.get(
        "/nutrition/names?place=\(Self.north.posyandu(1).text)&indicator=D_S&state=missed"
          + "&month=2025-06"
      ).text
      return (
        try PageText.matches("Belum ditimbang Juni 2025: ([0-9]+)</a>", in: start),
        try PageText.matches(
          "class=\"state-missed\"[^>]*><span class=\"segment-count\">([0-9]+)<", in: list)
      )
    }
    for (child, button) in zip([nil] + children.map(Optional.some), [["2"], ["1"], []]) {
      if let child {
        let path = Links.person(child) + "/protection"
        try #require(try await head.post(path, [("reason", "protection")]).status == 303)
      }
      let seen = try await counts(kader)
      #expect(seen.button == button && seen.tab == [button.first ?? "0"])
      let known = try await counts(head)
      #expect(known.button == ["2"] && known.tab == ["2"])
    }
  }

  @Test func anEmergencyStillOpens() async throws {
    let server = try await Self.protected()
    var clinic = try await server.signIn(.privateFacility)
    let form = [
      ("number", Self.north.number(1)), ("reason", "childbirth"),
      ("words", "Persalinan macet, perlu riwayat"),
    ]
    #expect(try await clinic.get(Links.person(Self.mother)).status == 404)
    #expect(try await clinic.post("/openings/emergency", form).status == 303)
    #expect(try await clinic.get(Links.person(Self.mother)).text.contains(Self.marker))
  }

  private static let hers = "Ibu Rahasia"

  /// Children who name a protected mother without her record: one by her NIK, under another name
  /// and in another home, and one by her name in her home.
  private static func unlinked(_ server: SignedInServer) async throws -> [Identifier] {
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    let born = TwoPuskesmas.day(2025, 1, 5)
    func facts(
      _ name: String, _ household: Identifier, _ change: (inout PersonBody) -> Void
    ) -> (Identifier, [Fact]) {
      var body = PersonBody()
      body.name = Array(name.utf8)
      body.sex = .female
      body.birthDate = born
      change(&body)
      let id = Identifier.fresh(at: recording.at)
      let registration = Registration(
        person: body, place: north.posyandu(1), household: household, relation: .child, since: born)
      return (id, registration.facts(recording, as: id))
    }
    let byNumber = facts("Anak Nomor", north.family(2)) { body in
      body.motherName = Array(hers.utf8)
      body.motherNationalIdentityNumber = Array(north.number(1).utf8)
    }
    let byName = facts("Anak Rumah", north.family(1)) { body in
      body.motherName = Array("SULASTRI1 \(TwoPuskesmas.northern.uppercased())".utf8)
    }
    _ = try await server.district.record(byNumber.1 + byName.1)
    return [byNumber.0, byName.0]
  }

  @Test func aMotherWhoseRecordIsNotNamedIsHiddenToo() async throws {
    let server = try await Self.protected()
    let children = try await Self.unlinked(server)
    let names = [Self.hers, "SULASTRI1 \(TwoPuskesmas.northern.uppercased())"]
    for role in [Role.kader, .dataManager] {
      let browser = try await server.signIn(role)
      for (child, name) in zip(children, names) {
        for path in [Links.person(child), Links.person(child) + "/history"] {
          let page = try await browser.get(path)
          #expect(
            page.status == 200 && !page.text.lowercased().contains(name.lowercased()),
            "\(role) \(path)")
        }
        #expect(try await browser.get(Links.person(child) + "/edit").status == 404)
      }
      let search = try await browser.get("/search?mother=ibu+rahasia").text
      #expect(!search.contains(Self.hers) && !search.contains("Anak Nomor"))
    }
    let nurse = try await server.signIn(.clusterWorker)
    for (child, name) in zip(children, names) {
      let page = try await nurse.get(Links.person(child)).text
      #expect(page.lowercased().contains(name.lowercased()))
    }
  }

  @Test func whoLeftIsStillSeenByThoseWhoCaredForHer() async throws {
    let server = try await Self.protected()
    var nurse = try await server.signIn(.clusterWorker)
    let path = Links.person(Self.mother) + "/move"
    let form = try #require(
      try PageForm(to: path, holding: "name=\"goes\"", in: try await nurse.get(path).text))
    let gone = form.filled([("goes", "away"), ("on", "2025-06-10")])
    #expect(try await nurse.post(path, gone).status == 303)
    // A departure that was recorded by mistake can be taken back by whoever recorded it.
    #expect(try await nurse.get(path).status == 200)
    for role in [Role.kader, .dataManager] {
      let other = try await server.signIn(role)
      #expect(try await other.get(Links.person(Self.mother)).status == 404, "\(role)")
    }
  }

  @Test func whoSearchesByAHiddenMotherFindsNoChild() async throws {
    let server = try await SignedInServer.start()
    let manager = try await server.signIn(.dataManager)
    let path = "/search?mother=sulastri1"
    #expect(try await manager.get(path).text.contains("Bagas1"))
    var head = try await server.signIn(.puskesmasHead)
    let protection = Links.person(Self.mother) + "/protection"
    #expect(try await head.post(protection, [("reason", "protection")]).status == 303)
    #expect(!(try await manager.get(path).text.contains("Bagas1")))
    #expect(try await head.get(path).text.contains("Bagas1"))
  }

  @Test func whoIsPerhapsThereAlreadyTellsOfNobodyHidden() async throws {
    let server = try await Self.protected()
    func form(_ more: [(String, String)]) -> [(String, String)] {
      let given = Set(more.map(\.0))
      return more
        + [
          ("name", "Bagas1 \(TwoPuskesmas.northern)"), ("sex", "male"), ("born", "2024-01-01"),
          ("mother", Self.marker), ("relation", "3"), ("since", "2025-06-01"),
          ("place", Self.north.posyandu(1).text),
        ].filter { !given.contains($0.0) }
    }
    var nurse = try await server.signIn(.clusterWorker)
    let known = try await nurse.post("/people", form([])).text
    #expect(known.contains("ibu sama"), "the reason is not worded so any more")
    var kader = try await server.signIn(.kader)
    let child = try await kader.post("/people", form([])).text
    #expect(child.contains(Links.person(Self.north.child(1))))
    #expect(!child.contains("ibu sama") && !child.contains("ibu mirip"))
    // A child of another name is not found by who the mother is.
    let other = try await kader.post("/people", form([("name", "Zulkarnain Abadi")]))
    #expect(!other.text.contains(Links.person(Self.north.child(1))))
    // She herself is not there, whatever is known of her.
    let herself = form([
      ("name", Self.marker), ("sex", "female"), ("born", "1995-03-01"), ("mother", ""),
      ("nik", Self.north.number(1)), ("card", Self.north.card(1)),
    ])
    let answer = try await kader.post("/people", herself)
    #expect(!answer.text.contains(Links.person(Self.mother)))
  }

  @Test func aHomeOfWhichNobodyIsShownIsNotThere() async throws {
    let server = try await Self.protected()
    var head = try await server.signIn(.puskesmasHead)
    let child = Links.person(Self.north.child(1)) + "/protection"
    let kader = try await server.signIn(.kader)
    let home = Links.family(Self.north.family(1))
    #expect(try await kader.get(home).status == 200)
    #expect(try await head.post(child, [("reason", "protection")]).status == 303)
    #expect(try await kader.get(home).status == 404)
    #expect(
      try await kader.get("/people/new?family=\(Self.north.family(1).text)").status == 404)
    #expect(try await head.get(home).status == 200)
  }

  @Test func nobodyRegistersANewbornOfAMotherWhomAnEmergencyOpened() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let south = TwoPuskesmas.Side.south
    let form = [
      ("number", south.number(1)), ("reason", "childbirth"),
      ("words", "Persalinan macet, perlu riwayat"),
    ]
    #expect(try await nurse.post("/openings/emergency", form).status == 303)
    #expect(try await nurse.get(Links.person(south.mother(1))).status == 200)
    let page = "/people/new?mother_id=\(south.mother(1).text)"
    #expect(try await nurse.get(page).status == 404)
  }

  @Test func aPageOfAListThatIsTakenBackNamesNobodyHidden() async throws {
    let server = try await SignedInServer.start()
    var manager = try await server.signIn(.dataManager)
    let answer = try await ListUploadTests.upload(
      ListUploadTests.file(ListUploadTests.family), by: manager)
    let path = try #require(answer["location"])
    _ = try await ListUploadTests.settled(path, manager)
    #expect(try await manager.post(path + "/write").status == 303)
    _ = try await ListUploadTests.settled(path, manager)
    let batch = try #require(try server.district.importBatches().first)
    let found = try server.district.search(PersonQuestion(name: "Uji Kepala Baru"))
    let person = try #require(found.persons.first?.person)
    let record = try #require(try server.district.person(person.id))
    var body = record.summary.person
    body.birthPlace = Array("Kapuas".utf8)
    // What was corrected since stays, and the page says of whom.
    let recording = Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker))
    _ = try await server.district.record(
      record.correction(body, recording, on: TwoPuskesmas.day(2025, 6, 20)))
    let undo = "/imports/\(batch.id.text)/undo"
    #expect(try await manager.get(undo).text.contains("Uji Kepala Baru"))
    var head = try await server.signIn(.puskesmasHead)
    let protection = Links.person(person.id) + "/protection"
    #expect(try await head.post(protection, [("reason", "protection")]).status == 303)
    let page = try await manager.get(undo)
    #expect(page.status == 200 && !page.text.contains("Uji Kepala Baru"))
  }
}
