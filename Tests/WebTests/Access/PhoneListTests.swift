import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// The list of phones, for those who may let one in no more.
@Suite struct PhoneListTests {
  private static let north = TwoPuskesmas.Side.north
  private static let south = TwoPuskesmas.Side.south

  /// Enrols a phone, or a further kader on one.
  @discardableResult
  private static func enrol(
    _ worker: Identifier, _ name: String, at place: Identifier, key: DeviceKey? = nil,
    minutes: Int64 = 0, _ server: SignedInServer
  ) async throws -> DeviceKey? {
    let moment = Instant(milliseconds: SmallDistrict.today.milliseconds + minutes * 60_000)
    let code = try await server.access.issueCode(
      .enrolKader, for: worker, at: place, by: TwoPuskesmas.worker(.dataManager), at: moment
    ).get()
    return try await server.access.enrol(
      PhoneEnrolment(
        code: code.short, pin: Secret("807416"), deviceName: name, deviceKey: key,
        address: ClientAddress("127.0.0.1")), at: moment
    ).get().deviceKey
  }

  /// Two phones in the north, the first of which two kader share, and one in the south.
  private static func phones(_ server: SignedInServer) async throws {
    let own = TwoPuskesmas.worker(.kader)
    let second = try await SignedInServer.addWorker(
      "Kader Kedua", .kader, at: north.posyandu(1), to: server.district)
    let other = try await SignedInServer.addWorker(
      "Kader \(TwoPuskesmas.southern)", .kader, at: south.posyandu(1), to: server.district)
    let shared = try await enrol(
      own, "HP Bersama", at: north.posyandu(1), minutes: -60, server)
    try await enrol(second, "HP Bersama", at: north.posyandu(1), key: shared, minutes: -30, server)
    try await enrol(own, "HP Lama", at: north.posyandu(1), minutes: -90, server)
    try await enrol(other, "HP Selatan", at: south.posyandu(1), server)
  }

  private func names(_ page: RawAnswer) throws -> [String] {
    try PageText.matches("<tr><th scope=\"row\">([^<]*)<", in: page.text)
  }

  @Test func theListIsOfTheOwnArea() async throws {
    let server = try await SignedInServer.start()
    try await Self.phones(server)
    for role in [Role.puskesmasHead, .dataManager] {
      let browser = try await server.signIn(role)
      for language in Language.allCases {
        let page = try await browser.get("/phones?lang=\(language.rawValue)")
        #expect(page.status == 200)
        try RouteTests.expectSound(page, language: language)
        #expect(try names(page) == ["HP Bersama", "HP Lama"])
        #expect(!page.text.contains(TwoPuskesmas.southern))
      }
      #expect(try await browser.get("/phones?place=\(Self.south.village(1).text)").status == 404)
      #expect(try await browser.get("/workers").text.contains("href=\"/phones\""))
    }
    let administrator = try await server.signIn(.administrator)
    #expect(try names(try await administrator.get("/phones")).count == 3)
    let kader = try await server.signIn(.kader)
    #expect(try await kader.get("/phones").status == 403)
  }

  @Test func itSortsFiltersAndLeavesAsAFile() async throws {
    let server = try await SignedInServer.start()
    try await Self.phones(server)
    let browser = try await server.signIn(.administrator)
    func shown(_ query: String) async throws -> [String] {
      try names(try await browser.get("/phones" + query))
    }
    #expect(try await shown("?sort=phone") == ["HP Bersama", "HP Lama", "HP Selatan"])
    #expect(try await shown("?sort=used") == ["HP Selatan", "HP Bersama", "HP Lama"])
    #expect(try await shown("?sort=unused") == ["HP Lama", "HP Bersama", "HP Selatan"])
    #expect(try await shown("?q=kedua") == ["HP Bersama"])
    #expect(try await shown("?q=lama") == ["HP Lama"])
    #expect(try await shown("?place=\(Self.south.puskesmas.text)") == ["HP Selatan"])
    #expect(try await shown("?state=revoked").isEmpty)
    for wrong in ["?sort=x", "?state=x", "?page=2", "?page=0"] {
      #expect(try await browser.get("/phones" + wrong).status == 400, "\(wrong)")
    }
    // Who used it last is the second of the two.
    let rows = PageText.rows(try await browser.get("/phones.csv?q=bersama").text)
    let row = try #require(rows.first)
    #expect(row.contains("Petugas uji1; Kader Kedua"))
    let columns = row.split(separator: ",", omittingEmptySubsequences: false)
    #expect(columns.contains("Kader Kedua"))
    #expect(try await browser.get("/phones.xlsx").status == 200)
    // Who was told of users stands in the log.
    var filter = AuditFilter()
    filter.actions = [AuditCode(Action.seeWorkers)]
    let told = try server.log.entries(filter).entries.map(\.entry)
    #expect(told.contains { $0.route == "GET /phones.csv" && $0.detail.form == "csv" })
  }

  @Test func aLockedPINIsSeenWithWhoNeedsACodeAndGoesWithTheNextOne() async throws {
    let server = try await SignedInServer.start()
    let kader = TwoPuskesmas.worker(.kader)
    let newcomer = try await SignedInServer.addWorker(
      "Kader Belum Masuk", .kader, at: Self.north.posyandu(1), to: server.district)
    let key = try #require(
      try await Self.enrol(kader, "HP Terkunci", at: Self.north.posyandu(1), server))
    let manager = try await server.signIn(.dataManager)
    let page = "/workers/\(kader.text)"
    for count in 1...5 {
      #expect(try await manager.get("/phones?state=locked").text.contains("HP Terkunci") == false)
      #expect(try await manager.get(page).text.contains("PIN terkunci") == false, "\(count)")
      _ = try await server.access.signIn(
        PINSignIn(
          worker: kader, pin: Secret("807417"), deviceKey: key,
          address: ClientAddress("127.0.0.1")), at: SmallDistrict.today)
    }
    let locked = try await manager.get("/phones?state=locked").text
    #expect(locked.contains("PIN terkunci, perlu kode baru: Petugas"))
    #expect(try await !manager.get("/phones?state=active").text.contains("HP Terkunci"))
    let told = try await manager.get(page).text
    #expect(told.contains("PIN terkunci: beri kode baru"))
    #expect(!told.contains("belum pernah masuk"))
    #expect(try await manager.get("/workers/\(newcomer.text)").text.contains("belum pernah masuk"))
    #expect(try await manager.get("/workers?q=belum").text.contains("aktif, belum pernah masuk"))
    try await Self.enrol(
      kader, "HP Terkunci", at: Self.north.posyandu(1), key: key, minutes: 1, server)
    #expect(try await !manager.get(page).text.contains("PIN terkunci"))
  }

  @Test func aPhoneIsRevokedFromTheListInOneStep() async throws {
    let server = try await SignedInServer.start()
    try await Self.phones(server)
    var manager = try await server.signIn(.dataManager)
    let page = try await manager.get("/phones?q=bersama").text
    let path = try #require(
      try PageText.matches("action=\"(/phones/[^\"]*/revoke)\"", in: page).first)
    let foreign = try #require(
      try server.access.phones().first { $0.device.place == Self.south.posyandu(1) })
    #expect(try await manager.post("/phones/\(foreign.device.id.text)/revoke").status == 404)
    #expect(try server.access.device(foreign.device.id)?.revokedAt == nil)
    let answer = try await manager.post(path, [("q", "bersama"), ("sort", "used")])
    #expect(answer.status == 303)
    #expect(answer["Location"] == "/phones?q=bersama&sort=used&done=revoked")
    let after = try await manager.get("/phones?q=bersama&sort=used&done=revoked").text
    #expect(after.contains("Perangkat dicabut") && after.contains("dicabut 20 Juni 2025"))
    // Who used it last is known still, and it is not revoked twice.
    #expect(after.contains("Kader Kedua") && !after.contains(path))
    let phone = try #require(
      try server.access.phones().first { $0.device.name == "HP Bersama" })
    #expect(phone.lastUser != nil && phone.device.revokedAt == SmallDistrict.today)
    #expect(
      phone.lastUsed?.milliseconds == SmallDistrict.today.milliseconds - 30 * 60_000)
    var filter = AuditFilter()
    filter.actions = ["access.device_revoked"]
    #expect(try server.log.entries(filter).entries.count == 1)
  }
}
