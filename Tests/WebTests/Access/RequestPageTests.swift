import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// Requests of persons about their data, over HTTP.
@Suite struct RequestPageTests {
  private static let north = TwoPuskesmas.Side.north
  private static let mother = TwoPuskesmas.Side.north.mother(2)

  private func take(
    _ kind: String, _ browser: inout Browser, received: String = "2025-06-20"
  ) async throws -> Int {
    try await browser.post(
      Links.person(Self.mother) + "/requests",
      [("kind", kind), ("received", received), ("words", "Diminta oleh ibu sendiri")]
    ).status
  }

  @Test func aRequestIsTakenCountedDownAndAnswered() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var cluster = try await server.signIn(.clusterWorker)
    #expect(try await take("", &cluster) == 400)
    #expect(try await take("access", &cluster, received: "2025-06-21") == 400)
    #expect(try await take("access", &cluster, received: "2025-01-01") == 400)
    #expect(try await take("access", &cluster) == 303)
    let list = try await cluster.get("/requests").text
    #expect(list.contains("Sulastri2 \(TwoPuskesmas.northern)"))
    #expect(list.contains("masih 72 jam"))
    #expect(!list.contains("href=\"/requests/"))
    let request = try #require(try server.district.openSubjectRequests().first)
    let path = "/requests/\(request.id.text)"
    #expect(try await cluster.get(path).status == 403)
    clock.advance(hours: 72)
    // The district sees that it is late, and not whose it is.
    let manager = try await server.signIn(.districtManager)
    let late = try await manager.get("/requests").text
    #expect(late.contains("1 menunggu jawaban, 1 terlambat"))
    #expect(!late.contains(TwoPuskesmas.northern))
    var head = try await server.signIn(.puskesmasHead)
    #expect(try await head.get(path).text.contains("terlambat"))
    let refused: [[(String, String)]] = [
      [], [("outcome", "done")], [("outcome", "refused"), ("text", "Tidak.")],
      [("outcome", "erased"), ("text", "Ya.")],
    ]
    for form in refused { #expect(try await head.post(path, form).status == 400) }
    let answer = [("outcome", "done"), ("text", "Catatan dicetak dan diserahkan.")]
    #expect(try await head.post(path, answer).status == 303)
    #expect(try await head.post(path, answer).status == 409)
    #expect(try server.district.openSubjectRequests().isEmpty)
    cluster = try await server.signIn(.clusterWorker)
    let page = try await cluster.get(Links.person(Self.mother) + "/requests").text
    #expect(page.contains("Catatan dicetak dan diserahkan."))
    let history = try await cluster.get(Links.person(Self.mother) + "/history").text
    #expect(history.contains("Diminta oleh ibu sendiri"))
  }

  @Test func anEarlierDayOfReceiptShortensTheTime() async throws {
    let server = try await SignedInServer.start()
    var cluster = try await server.signIn(.clusterWorker)
    #expect(try await take("correction", &cluster, received: "2025-06-18") == 303)
    let request = try #require(try server.district.openSubjectRequests().first)
    // Midnight in Jakarta.
    #expect(request.body.receivedAt.milliseconds % 86_400_000 == 17 * 3_600_000)
    #expect(request.body.dueAt.day(hoursEastOfGreenwich: 7) == TwoPuskesmas.day(2025, 6, 21))
  }

  @Test func erasureIsAnsweredByRestriction() async throws {
    let server = try await SignedInServer.start()
    var head = try await server.signIn(.puskesmasHead)
    #expect(try await take("erasure", &head) == 303)
    let request = try #require(try server.district.openSubjectRequests().first)
    let path = "/requests/\(request.id.text)"
    let page = try await head.get(path).text
    #expect(!page.contains("value=\"done\""))
    #expect(page.contains("25 tahun"))
    let all = [("outcome", "done"), ("text", "Dihapus."), ("law", "-")]
    #expect(try await head.post(path, all).status == 400)
    let manager = try await server.signIn(.dataManager)
    #expect(try await manager.get(Links.person(Self.mother)).status == 200)
    let answer = [("outcome", "doneInPart"), ("text", "Dibatasi."), ("law", "Permenkes 24/2022")]
    #expect(try await head.post(path, answer).status == 303)
    #expect(try await head.get(Links.person(Self.mother)).status == 200)
    #expect(try await manager.get(Links.person(Self.mother)).status == 404)
  }

  @Test func theWholeRecordIsPrintedAndThatIsLogged() async throws {
    let server = try await SignedInServer.start()
    let head = try await server.signIn(.puskesmasHead)
    let child = Self.north.child(2)
    _ = try await head.get(Links.person(child))
    let page = try await head.get(Links.person(child) + "/record").text
    #expect(page.contains("9,0 kg"))
    #expect(page.contains("membuka catatan seseorang"))
    let file = try await head.get(Links.person(child) + "/record.csv").text
    #expect(file.contains("Bagas2 \(TwoPuskesmas.northern)"))
    let forms = try server.log.entries(about: child).entries.map(\.entry.detail.form)
    #expect(forms.contains("print"))
    #expect(forms.contains("csv"))
  }
}

/// Somebody protected is on no page of those who do not care for them.
@Suite struct ProtectionTests {
  private static let north = TwoPuskesmas.Side.north
  private static let mother = TwoPuskesmas.Side.north.mother(1)
  private static let marker = "Sulastri1 \(TwoPuskesmas.northern)"

  private static func protected() async throws -> SignedInServer {
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

  @Test func listsSayHowManyAreLeftOutAndFiguresCountAll() async throws {
    let server = try await SignedInServer.start()
    let list =
      "/nutrition/names?place=\(Self.north.posyandu(1).text)&indicator=D_S&state=denominator"
      + "&month=2025-06"
    let kader = try await server.signIn(.kader)
    let before = try await kader.get(list).text
    #expect(before.contains("Bagas1"))
    var head = try await server.signIn(.puskesmasHead)
    let path = Links.person(Self.north.child(1)) + "/protection"
    #expect(try await head.post(path, [("reason", "ordered")]).status == 303)
    let after = try await kader.get(list).text
    #expect(!after.contains("Bagas1"))
    #expect(after.contains("1 orang dilindungi dan tidak ditampilkan"))
    #expect(try await kader.get(Links.child(Self.north.child(1))).status == 404)
    let family = try await kader.get(Links.family(Self.north.family(1))).text
    #expect(family.contains("1 orang dilindungi dan tidak ditampilkan"))
    // Whoever sees a part of a family only does not change it.
    #expect(try await kader.get(Links.family(Self.north.family(1)) + "/edit").status == 404)
    let page = try await head.get(path).text
    let fact = try #require(PageText.matches("name=\"lift\" value=\"([^\"]+)\"", in: page).first)
    #expect(try await head.post(path, [("lift", fact)]).status == 303)
    #expect(try await kader.get(list).text.contains("Bagas1"))
    // Why it was is for those who care, afterwards too.
    let history = Links.person(Self.north.child(1)) + "/history"
    #expect(try await head.get(history).text.contains("Perintah pengadilan"))
    let seen = try await kader.get(history)
    #expect(seen.status == 200 && !seen.text.contains("Perintah pengadilan"))
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
}
