import Foundation
import Health
import Journal
import Services
import Synchronization
import Testing

@testable import Web

/// A clock that a test sets.
final class TestClock: Sendable {
  private let at = Mutex(SmallDistrict.today)
  var now: Instant { at.withLock { $0 } }
  func advance(hours: Int64) { advance(milliseconds: hours * 3_600_000) }
  func advance(milliseconds: Int64) {
    at.withLock { $0 = Instant(milliseconds: $0.milliseconds + milliseconds) }
  }
}

/// Opening one person in an emergency and one area for a purpose, over HTTP.
@Suite struct OpeningPageTests {
  private static let south = TwoPuskesmas.Side.south
  private static let north = TwoPuskesmas.Side.north
  private static let said = "Pasien pingsan, perlu riwayat segera"

  private static func form(
    _ number: String, reason: String = "urgentCare", words: String = said
  ) -> [(String, String)] {
    [("number", number), ("reason", reason), ("words", words)]
  }

  private func openingCodes(_ server: SignedInServer) throws -> [AuditEntry] {
    var filter = AuditFilter()
    filter.actions = [AuditCode(Action.breakGlass), AuditCode(Action.openWithPurpose)]
    return try server.log.entries(filter).entries.map(\.entry)
  }

  @Test func anEmergencyOpensOnePersonForFourHours() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var browser = try await server.signIn(.clusterWorker)
    let mother = Links.person(Self.south.mother(1))
    #expect(try await browser.get(mother).status == 404)
    let search = try await browser.get("/search?q=\(Self.south.number(1))").text
    #expect(!search.contains(TwoPuskesmas.southern))
    #expect(search.contains("href=\"/openings/emergency\""))
    let answer = try await browser.post("/openings/emergency", Self.form(Self.south.number(1)))
    #expect(answer.status == 303)
    #expect(answer["Location"] == mother)
    let page = try await browser.get(mother)
    #expect(page.status == 200)
    #expect(page.text.contains("Sulastri1 \(TwoPuskesmas.southern)"))
    #expect(page.text.contains("opening-notice"))
    // Nobody else of the family, no list, no change.
    #expect(try await browser.get(Links.person(Self.south.child(1))).status == 404)
    #expect(try await browser.get(Links.family(Self.south.family(1))).status == 404)
    #expect(try await browser.get(mother + "/edit").status == 404)
    #expect(!(try await browser.get("/search?q=sulastri1").text.contains(TwoPuskesmas.southern)))
    for link in try PageText.matches("href=\"(/[^\"]*)\"", in: page.text)
    where !link.hasPrefix("/assets/") {
      #expect(try await browser.get(PageText.unescaped(link)).status == 200, "\(link)")
    }
    // The log tells of the opening with its reason, and of each view under it.
    let opened = try #require(try openingCodes(server).first)
    #expect(opened.subjects == [Self.south.mother(1)])
    #expect(opened.purpose == "urgentCare")
    #expect(opened.detail.words == Self.said)
    let views = try server.log.entries(about: Self.south.mother(1)).entries.map(\.entry)
      .filter { $0.action == AuditCode(Action.seePerson) && $0.outcome == .allowed }
    #expect(!views.isEmpty)
    #expect(views.allSatisfy { $0.purpose == "urgentCare" })
    clock.advance(hours: 4)
    browser = try await server.signIn(.clusterWorker)
    #expect(try await browser.get(mother).status == 404)
    #expect(!(try await browser.get("/openings").text.contains("opening-notice")))
  }

  @Test func onlyAnExactMatchWithAReasonOpens() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.pustuWorker)
    let number = Self.south.number(1)
    let refused: [([(String, String)], Int)] = [
      (Self.form(number, reason: ""), 400), (Self.form(number, reason: "outbreak"), 400),
      (Self.form(number, words: "darurat"), 400), (Self.form(""), 400),
      (Self.form(String(number.dropLast())), 404), (Self.form("9999010109999999"), 404),
      ([("name", "Sulastri1"), ("born", "1995-03-01")] + Self.form(""), 404),
      (
        [("name", "Sulastri1 \(TwoPuskesmas.southern)"), ("born", "1995-03-02")] + Self.form(""),
        404
      ),
    ]
    for (form, status) in refused {
      let answer = try await browser.post("/openings/emergency", form)
      #expect(answer.status == status, "\(form)")
      #expect(answer.text.contains("role=\"alert\""))
    }
    let named = try await browser.post(
      "/openings/emergency",
      [("name", "SULASTRI1  \(TwoPuskesmas.southern)"), ("born", "01-03-1995")] + Self.form(""))
    #expect(named["Location"] == Links.person(Self.south.mother(1)))
    // Whoever is in reach anyhow is shown, and nothing is opened.
    let own = try await browser.post("/openings/emergency", Self.form(Self.north.number(1)))
    #expect(own["Location"] == Links.person(Self.north.mother(1)))
    #expect(
      try server.access.openings(of: TwoPuskesmas.worker(.pustuWorker), openAt: SmallDistrict.today)
        .count == 1)
  }

  @Test func numbersCannotBeGuessedAndTheSixthOfADayIsRefused() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.clusterWorker)
    for number in [1, 2, 3, 4, 101] as [UInt64] {
      let answer = try await browser.post(
        "/openings/emergency", Self.form(Self.south.number(number)))
      #expect(answer.status == 303)
    }
    let sixth = try await browser.post("/openings/emergency", Self.form(Self.south.number(102)))
    #expect(sixth.status == 400)
    #expect(sixth.text.contains("5 orang hari ini"))
    #expect(try await browser.get(Links.person(Self.south.child(2))).status == 404)
    var statuses: [Int] = []
    for guess in 0..<8 {
      statuses.append(
        try await browser.post("/openings/emergency", Self.form("999901010777770\(guess)")).status)
    }
    #expect(statuses.first == 404)
    #expect(statuses.last == 429)
  }

  @Test func whoMayOpenNobodyAnyMoreTodayFindsNobodyOutEither() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.clusterWorker)
    for number in [1, 2, 3, 4, 101] as [UInt64] {
      #expect(
        try await browser.post("/openings/emergency", Self.form(Self.south.number(number))).status
          == 303)
    }
    // Numbers of people who are there: refused as before, and counted as guesses.
    var statuses: [Int] = []
    for _ in 0..<12 {
      statuses.append(
        try await browser.post("/openings/emergency", Self.form(Self.south.number(102))).status)
    }
    #expect(statuses.first == 400 && statuses.last == 429)
  }

  @Test func withoutALogNothingIsOpened() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.clusterWorker)
    try server.log.close()
    let answer = try await browser.post("/openings/emergency", Self.form(Self.south.number(1)))
    #expect(answer.status == 503)
    #expect(
      try server.access.openings(
        of: TwoPuskesmas.worker(.clusterWorker), openAt: SmallDistrict.today
      ).isEmpty)
    #expect(try await browser.get(Links.person(Self.south.mother(1))).status != 200)
  }

  @Test func theListIsSortedAndLeavesAsAFile() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var clinic = try await server.signIn(.privateFacility)
    var pustu = try await server.signIn(.pustuWorker)
    func open(_ number: UInt64, _ reason: String, _ browser: inout Browser) async throws {
      let form = Self.form(Self.north.number(number), reason: reason)
      try #require(try await browser.post("/openings/emergency", form).status == 303)
      clock.advance(milliseconds: 1)
    }
    try await open(3, "urgentCare", &pustu)
    try await open(4, "childbirth", &clinic)
    try await open(2, "lifeThreatening", &clinic)
    let head = try await server.signIn(.puskesmasHead)
    func order(_ query: String) async throws -> [String] {
      let page = try await head.get("/openings" + query).text
      return try PageText.matches("<h3>(Sulastri[0-9])", in: page)
    }
    #expect(try await order("") == ["Sulastri3", "Sulastri4", "Sulastri2"])
    #expect(try await order("?sort=worker") == ["Sulastri3", "Sulastri4", "Sulastri2"])
    #expect(try await order("?sort=reason") == ["Sulastri2", "Sulastri3", "Sulastri4"])
    #expect(try await head.get("/openings?sort=whim").status == 400)
    let file = try await head.get("/openings.csv?sort=reason").text
    let rows = file.split(separator: "\r\n")
    #expect(rows.count == 4 && rows[1].hasPrefix("Sulastri2 \(TwoPuskesmas.northern)"))
    #expect(rows[1].contains(Self.said) && rows[1].contains("Belum diperiksa"))
    #expect(try await head.get("/openings.xlsx").status == 200)
    let told = try server.log.entries(about: Self.north.mother(2)).entries.map(\.entry)
    #expect(told.filter { $0.action == "seeOpenings" }.compactMap(\.detail.form).count == 2)
    // The clinic's own: what it opened, named as long as it is open.
    #expect(try await clinic.get("/openings.csv").text.split(separator: "\r\n").count == 3)
  }

  @Test func theHomePuskesmasReviewsAndThePersonCanSeeIt() async throws {
    let server = try await SignedInServer.start()
    var clinic = try await server.signIn(.privateFacility)
    let opened = try await clinic.post("/openings/emergency", Self.form(Self.north.number(2)))
    #expect(opened["Location"] == Links.person(Self.north.mother(2)))
    #expect(try await clinic.get(Links.person(Self.north.mother(2))).status == 200)
    var head = try await server.signIn(.puskesmasHead)
    #expect(try await head.get("/").text.contains("1 pembukaan darurat perlu diperiksa"))
    let list = try await head.get("/openings").text
    #expect(list.contains("Sulastri2 \(TwoPuskesmas.northern)"))
    #expect(list.contains(Self.said))
    let id = try #require(try server.access.openingsToReview().first).id
    let path = "/openings/\(id.text)/review"
    // In time it is not the district's business.
    var manager = try await server.signIn(.districtManager)
    #expect(
      try await manager.post(path, [("outcome", "justified"), ("words", "Ya")]).status == 404)
    #expect(!(try await manager.get("/openings").text.contains(Self.said)))
    #expect(try await head.post(path, [("outcome", "justified")]).status == 400)
    let done = try await head.post(path, [("outcome", "justified"), ("words", "Rujukan benar.")])
    #expect(done.status == 303)
    #expect(try await head.post(path, [("outcome", "notJustified"), ("words", "x")]).status == 404)
    #expect(!(try await head.get("/").text.contains("perlu diperiksa")))
    let access = try await head.get(Links.person(Self.north.mother(2)) + "/access").text
    #expect(access.contains(Self.said))
    #expect(access.contains("Rujukan benar."))
    let own = try await clinic.get("/openings").text
    #expect(own.contains("Rujukan benar."))
  }

  @Test func whatIsLateGoesToTheDistrictWithoutTheName() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var cluster = try await server.signIn(.clusterWorker)
    _ = try await cluster.post("/openings/emergency", Self.form(Self.south.number(1)))
    clock.advance(hours: 7 * 24)
    var manager = try await server.signIn(.districtManager)
    let list = try await manager.get("/openings").text
    #expect(list.contains(Self.said))
    #expect(!list.contains(TwoPuskesmas.southern))
    #expect(list.contains("Seseorang di"))
    let id = try #require(try server.access.openingsToReview().first).id
    let done = try await manager.post(
      "/openings/\(id.text)/review", [("outcome", "followUp"), ("words", "Kapus diingatkan.")])
    #expect(done.status == 303)
  }

  @Test func whatIsToBeFollowedUpStaysOnTheListUntilItIsClosed() async throws {
    let server = try await SignedInServer.start()
    var clinic = try await server.signIn(.privateFacility)
    _ = try await clinic.post("/openings/emergency", Self.form(Self.north.number(2)))
    var head = try await server.signIn(.puskesmasHead)
    let id = try #require(try server.access.openingsToReview().first).id
    let path = "/openings/\(id.text)/review"
    let first = [("outcome", "followUp"), ("words", "Klinik ditanya.")]
    #expect(try await head.post(path, first).status == 303)
    let list = try await head.get("/openings").text
    #expect(list.contains(path) && list.contains("Klinik ditanya."))
    let closing = [("outcome", "justified"), ("words", "Jelas.")]
    #expect(try await head.post(path, closing).status == 303)
    #expect(!(try await head.get("/openings").text.contains(path)))
  }

  @Test func ofSeveralWithOneNumberOneIsChosen() async throws {
    let server = try await SignedInServer.start()
    // Another record with the number of a mother of the south.
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    var body = PersonBody()
    body.name = Array("Sulastri Dobel".utf8)
    body.sex = .female
    body.birthDate = TwoPuskesmas.day(1995, 3, 1)
    body.nationalIdentityNumber = Array(Self.south.number(1).utf8)
    let twin = Identifier.fresh(at: SmallDistrict.today)
    _ = try await server.district.record(
      Registration(
        person: body, place: Self.south.posyandu(1), relation: .head,
        since: TwoPuskesmas.day(2025, 1, 1)
      ).facts(recording, as: twin))
    var browser = try await server.signIn(.clusterWorker)
    let form = Self.form(Self.south.number(1))
    let asked = try await browser.post("/openings/emergency", form)
    #expect(asked.status == 409 && asked.text.contains("Sulastri Dobel"))
    #expect(asked.text.contains("value=\"\(twin.text)\"") && asked.text.contains(Self.said))
    #expect(!asked.text.contains("Mawar Selatan"))
    #expect(
      try server.access.lastOpenings(of: TwoPuskesmas.worker(.clusterWorker)).isEmpty)
    let wrong = form + [("person", Self.south.mother(2).text)]
    #expect(try await browser.post("/openings/emergency", wrong).status == 409)
    let chosen = try await browser.post("/openings/emergency", form + [("person", twin.text)])
    #expect(chosen["Location"] == Links.person(twin))
    #expect(try await browser.get(Links.person(twin)).status == 200)
    #expect(try await browser.get(Links.person(Self.south.mother(1))).status == 404)
  }

  @Test func wordsOfAnOpeningDoNotNameThePersonToWhoMayNotKnow() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var cluster = try await server.signIn(.clusterWorker)
    let words = "Ibu Sulastri1, pingsan di jalan raya"
    _ = try await cluster.post(
      "/openings/emergency", Self.form(Self.south.number(1), words: words))
    clock.advance(hours: 7 * 24)
    let manager = try await server.signIn(.districtManager)
    for path in ["/openings", "/openings.csv"] {
      let text = try await manager.get(path).text
      #expect(text.contains("pingsan di jalan raya") && !text.contains("Sulastri1"), "\(path)")
    }
  }

  @Test func aPurposeOpensTheNamesOfOneArea() async throws {
    let server = try await SignedInServer.start()
    var manager = try await server.signIn(.districtManager)
    let names =
      "/nutrition/names?place=\(Self.south.village(1).text)&indicator=D_S&state=denominator"
    #expect(try await manager.get(names).status == 404)
    func form(_ area: Identifier, _ reason: String = "severeMalnutrition") -> [(String, String)] {
      [("area", area.text), ("reason", reason), ("words", "Pelacakan gizi buruk bulan Juni")]
    }
    for wrong in [
      form(TwoPuskesmas.district), form(Self.south.posyandu(1)),
      form(Self.south.village(1), "urgentCare"), form(TwoPuskesmas.id(77)),
    ] { #expect(try await manager.post("/openings/area", wrong).status == 400) }
    #expect(try await manager.post("/openings/area", form(Self.south.village(1))).status == 303)
    let page = try await manager.get(names)
    #expect(page.status == 200)
    #expect(page.text.contains(TwoPuskesmas.southern))
    #expect(page.text.contains("opening-notice"))
    #expect(try await manager.get(Links.person(Self.south.mother(1))).status == 200)
    #expect(try await manager.get(Links.child(Self.south.child(1))).status == 200)
    // Neither the other village nor the north.
    #expect(try await manager.get(Links.person(Self.south.mother(3))).status == 404)
    #expect(try await manager.get(Links.person(Self.north.mother(1))).status == 404)
    let seen = try #require(
      try server.log.entries(about: Self.south.child(1)).entries.map(\.entry)
        .first { $0.outcome == .allowed })
    #expect(seen.purpose == "severeMalnutrition")
    // Another area closes the first, and closing closes.
    #expect(try await manager.post("/openings/area", form(Self.north.puskesmas)).status == 303)
    #expect(try await manager.get(names).status == 404)
    #expect(try await manager.get(Links.person(Self.north.mother(3))).status == 200)
    let worker = TwoPuskesmas.worker(.districtManager)
    let open = try server.access.openings(of: worker, openAt: SmallDistrict.today)
    let id = try #require(open.first).id
    var other = try await server.signIn(.clusterWorker)
    #expect(try await other.post("/openings/\(id.text)/close").status == 404)
    #expect(try await manager.post("/openings/\(id.text)/close").status == 303)
    #expect(try await manager.get(Links.person(Self.north.mother(3))).status == 404)
  }

  @Test func whoLosesTheRoleLosesWhatIsOpen() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.clusterWorker)
    _ = try await browser.post("/openings/emergency", Self.form(Self.south.number(1)))
    #expect(try await browser.get(Links.person(Self.south.mother(1))).status == 200)
    _ = try await server.district.record([TwoPuskesmas.end(of: .clusterWorker)])
    #expect(try await browser.get(Links.person(Self.south.mother(1))).status == 403)
  }
}
