import Foundation
import Health
import Journal
import Testing

@testable import Services
@testable import Web

/// Passwords that others set, authenticator apps, and phones that several share.
@Suite struct AccountPageTests {
  @Test func passwordOfAnotherMustBeChangedFirst() async throws {
    let server = try await SignedInServer.start()
    let nurse = TwoPuskesmas.worker(.clusterWorker)
    _ = try await server.access.setPassword(
      of: nurse, userName: UserName(TwoPuskesmas.userName(.clusterWorker)),
      Secret(SignedInServer.password), context: [], mustChange: true, by: nil,
      at: SmallDistrict.today
    ).get()
    var browser = try await server.signIn(.clusterWorker)
    let before = try server.facts()
    for path in ["/", "/search?q=su", Links.person(TwoPuskesmas.patient), "/account/app"] {
      let answer = try await browser.get(path)
      #expect(answer.status == 303 && answer["Location"] == "/account", "\(path)")
    }
    let act = try await browser.post(
      Links.person(TwoPuskesmas.patient) + "/death", [("on", "2025-06-01")])
    #expect(act.status == 303 && act["Location"] == "/account")
    #expect(try server.facts() == before)
    #expect(try await browser.get("/account").text.contains("#password"))
    let changed = try await browser.post(
      "/account/password",
      [
        ("current", SignedInServer.password), ("new", "pisang lampu sungai delapan"),
        ("again", "pisang lampu sungai delapan"),
      ])
    #expect(changed.status == 303)
    #expect(try await browser.get(Links.person(TwoPuskesmas.patient)).status == 200)
  }

  @Test func anotherSessionEndsOnceThePasswordIsAskedForAgain() async throws {
    let server = try await SignedInServer.start()
    let nurse = TwoPuskesmas.worker(.clusterWorker)
    var browser = try await server.signIn(.clusterWorker)
    let other = try await server.signInNow(as: TwoPuskesmas.userName(.clusterWorker))
    for language in Language.allCases {
      let page = try await browser.get("/account?lang=\(language.rawValue)")
      try RouteTests.expectSound(page, language: language)
    }
    let page = try await browser.get("/account").text
    let path = try #require(
      try PageText.matches("action=\"(/account/sessions/[^\"]+/end)\"", in: page).first)
    for wrong in [[], [("current", "bukan kata sandi")]] {
      let refused = try await browser.post(path, wrong)
      #expect(refused.status == 403 && refused.text.contains("role=\"alert\""))
    }
    #expect(try server.access.sessions(of: nurse, at: SmallDistrict.today).count == 2)
    #expect(try await other.get("/account").status == 200)
    let ended = try await browser.post(path, [("current", SignedInServer.password)])
    #expect(ended.status == 303 && ended["Location"] == "/account")
    #expect(try server.access.sessions(of: nurse, at: SmallDistrict.today).count == 1)
    #expect(try await other.get("/account").status == 303)
  }

  @Test func appIsSetUpAskedForAndTakenOff() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.clusterWorker)
    for language in Language.allCases {
      let page = try await browser.get("/account/app?lang=\(language.rawValue)")
      try RouteTests.expectSound(page, language: language)
    }
    // The password is asked for again: a page that was left open sets up nobody's app.
    #expect(try await browser.post("/account/app").status == 403)
    let own = [("current", SignedInServer.password)]
    let shown = try await browser.post("/account/app", own)
    #expect(shown.text.contains("<svg"))
    let key = try #require(
      try PageText.matches("<strong class=\"mono\">([A-Z2-7 ]+)</strong>", in: shown.text).first)
    // Shown once: the page alone does not tell it.
    #expect(!(try await browser.get("/account/app")).text.contains(key))
    #expect(try await browser.post("/account/app/confirm", [("code", "000000")]).status == 403)
    let code = try #require(Self.code(key, at: SmallDistrict.today))
    let confirmed = try await browser.post("/account/app/confirm", [("code", code)])
    #expect(confirmed["Location"] == "/account?done=app")
    #expect(try server.access.account(of: TwoPuskesmas.worker(.clusterWorker))?.hasTimeCode == true)
    #expect(try await browser.post("/account/app", own).status == 403)
    // From now on the password alone does not let in.
    var other = Browser(client: server.client)
    let asked = try await other.post(
      "/sign-in",
      [
        ("user_name", TwoPuskesmas.userName(.clusterWorker)),
        ("password", SignedInServer.password),
      ])
    #expect(asked.status == 403 && asked.text.contains("name=\"time_code\""))
    // Lost: whoever may change the worker takes it off; a colleague may not.
    let path = "/workers/\(TwoPuskesmas.worker(.clusterWorker).text)"
    var colleague = try await server.signIn(.dataManager)
    #expect(try await colleague.post(path + "/app/end").status == 403)
    var administrator = try await server.signIn(.administrator)
    #expect(try await administrator.get(path).text.contains(path + "/app/end"))
    #expect(try await administrator.post(path + "/app/end").status == 303)
    #expect(
      try server.access.account(of: TwoPuskesmas.worker(.clusterWorker))?.hasTimeCode == false)
    #expect(try await administrator.post(path + "/app/end").status == 404)
    var filter = AuditFilter()
    filter.actions = ["access.time_code_set", "access.time_code_removed"]
    #expect(try server.log.entries(filter).entries.count == 2)
  }

  /// A phone of the south that a kader used there who now works in the north: who has the right over
  /// this kader does not end the work of the other.
  @Test func sharedPhoneIsRevokedByWhoAnswersForItsPlaceOrAllItsUsers() async throws {
    let server = try await SignedInServer.start()
    let (north, south) = (TwoPuskesmas.Side.north, TwoPuskesmas.Side.south)
    let other = try await SignedInServer.addWorker(
      "Kader Selatan", .kader, at: south.posyandu(1), to: server.district)
    let own = TwoPuskesmas.worker(.kader)
    func enrol(_ worker: Identifier, at place: Identifier, key: DeviceKey?) async throws
      -> DeviceKey?
    {
      let code = try await server.access.issueCode(
        .enrolKader, for: worker, at: place, by: TwoPuskesmas.worker(.dataManager),
        at: SmallDistrict.today
      ).get()
      return try await server.access.enrol(
        PhoneEnrolment(
          code: code.short, pin: Secret("807416"), deviceName: "HP Bersama", deviceKey: key,
          address: ClientAddress("127.0.0.1")), at: SmallDistrict.today
      ).get().deviceKey
    }
    let shared = try await enrol(other, at: south.posyandu(1), key: nil)
    _ = try await enrol(own, at: south.posyandu(1), key: shared)
    let device = try #require(try server.access.devices(of: own).first)
    #expect(device.place == south.posyandu(1) && device.workers.count == 2)
    let path = "/workers/\(own.text)"
    let revoke = "\(path)/devices/\(device.id.text)/revoke"
    var manager = try await server.signIn(.dataManager)
    let page = try await manager.get(path).text
    #expect(page.contains("HP Bersama") && !page.contains(revoke))
    #expect(try await manager.post(revoke).status == 404)
    #expect(try server.access.devices(of: own).first?.revokedAt == nil)
    var administrator = try await server.signIn(.administrator)
    #expect(try await administrator.post(revoke).status == 303)
    #expect(try server.access.devices(of: own).first?.revokedAt != nil)
    // A phone of the north is the north's, whoever else uses it.
    let second = try await enrol(own, at: north.posyandu(1), key: nil)
    _ = try await enrol(other, at: north.posyandu(1), key: second)
    let northern = try #require(
      try server.access.devices(of: own).first { $0.place == north.posyandu(1) })
    let answer = try await manager.post("\(path)/devices/\(northern.id.text)/revoke")
    #expect(answer.status == 303)
    // Who lets phones in at a place takes them out, and ends nobody's other sessions.
    _ = try await enrol(own, at: north.posyandu(1), key: nil)
    let third = try #require(
      try server.access.devices(of: own).first { $0.revokedAt == nil })
    var midwife = try await server.signIn(.pustuWorker)
    let lost = "\(path)/devices/\(third.id.text)/revoke"
    let shown = try await midwife.get(path).text
    #expect(shown.contains(lost) && !shown.contains("/sessions/"))
    #expect(try await midwife.post(lost).status == 303)
    #expect(try server.access.devices(of: own).allSatisfy { $0.revokedAt != nil })
  }

  /// The code that an app shows for a key.
  private static func code(_ key: String, at now: Instant) -> String? {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    var bits: [UInt8] = []
    for letter in key where letter != " " {
      guard let value = letters.firstIndex(of: letter) else { return nil }
      for bit in (0..<5).reversed() { bits.append(UInt8(value >> bit & 1)) }
    }
    let secret = stride(from: 0, to: bits.count - bits.count % 8, by: 8).map { start in
      bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | $1 }
    }
    return TimeCode.code(secret, step: now.milliseconds / 30_000)
  }
}
