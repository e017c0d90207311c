import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// The register of workers says by which name somebody signs in, and nothing else does.
@Suite struct UserNameTests {
  private static let north = TwoPuskesmas.Side.north

  /// A midwife whom the administrator adds, with a user name or without.
  private static func add(
    _ userName: String, _ name: String, to server: SignedInServer, by administrator: inout Browser
  ) async throws -> Identifier {
    let added = try await administrator.post(
      "/workers",
      [
        ("name", name), ("user_name", userName), ("role", "\(Role.clusterWorker.rawValue)"),
        ("place", north.puskesmas.text), ("since", "2025-06-01"),
      ])
    let location = try #require(added["Location"])
    let last = location.split(separator: "?")[0].split(separator: "/").last
    return try #require(Identifier(text: last.map(String.init) ?? ""))
  }

  private static func code(
    for worker: Identifier, _ server: SignedInServer
  ) async throws -> String {
    try await server.access.issueCode(
      .firstPassword, for: worker, at: north.puskesmas, by: TwoPuskesmas.worker(.administrator),
      at: SmallDistrict.today
    ).get().short
  }

  private static func choose(
    _ code: String, _ userName: String, _ server: SignedInServer
  ) async throws -> RawAnswer {
    var browser = Browser(client: server.client)
    return try await browser.post(
      "/enrol",
      [
        ("code", code), ("user_name", userName), ("password", SignedInServer.password),
        ("again", SignedInServer.password),
      ])
  }

  private static func signIn(_ userName: String, _ server: SignedInServer) async throws -> Int {
    var browser = Browser(client: server.client)
    return try await browser.post(
      "/sign-in", [("user_name", userName), ("password", SignedInServer.password)]
    ).status
  }

  @Test func theNameThatWasGivenIsTheOneToSignInBy() async throws {
    let server = try await SignedInServer.start()
    var administrator = try await server.signIn(.administrator)
    let midwife = try await Self.add(
      "uji.bidan2", "Bidan Dua", to: server, by: &administrator)
    let code = try await Self.code(for: midwife, server)
    var browser = Browser(client: server.client)
    let page = try await browser.post("/enrol", [("code", code)])
    #expect(page.text.contains("value=\"uji.bidan2\"") && page.text.contains("readonly"))
    #expect(!page.text.contains("name=\"user_name\""))
    // Whatever is sent, the register's name is the one.
    let chosen = try await Self.choose(code, "lain.sekali", server)
    #expect(chosen.status == 303)
    #expect(chosen["Location"] == "/sign-in?saved=uji.bidan2")
    let saved = try await browser.get("/sign-in?saved=uji.bidan2")
    try RouteTests.expectSound(saved, language: .indonesian)
    #expect(saved.text.contains("Masuk dengan nama pengguna uji.bidan2"))
    #expect(!(try await browser.get("/sign-in?saved=%3Cb%3E").text.contains("tersimpan")))
    #expect(try await Self.signIn("lain.sekali", server) == 403)
    #expect(try await Self.signIn("uji.bidan2", server) == 303)
    let own = try await server.signInNow(as: "uji.bidan2")
    #expect(try await own.get("/account").text.contains("uji.bidan2"))
  }

  /// An account that is older than the register's user names: the form shows its name, and saving
  /// it writes it down.
  @Test func theNameOfAnAccountStandsOnTheForm() async throws {
    let server = try await SignedInServer.start()
    let worker = try await SignedInServer.addWorker(
      "Petugas Lama", .clusterWorker, at: TwoPuskesmas.place(of: .clusterWorker),
      to: server.district)
    let name = "nama.lama"
    try await server.addAccount(name, of: worker)
    var administrator = try await server.signIn(.administrator)
    let path = "/workers/\(worker.text)"
    #expect(try server.district.worker(worker)?.body.userName == [])
    let form = try #require(
      try PageForm(
        to: path, holding: "name=\"user_name\"", in: try await administrator.get(path).text))
    #expect(form["user_name"] == name)
    #expect(try await administrator.post(path, form.fields).status == 303)
    #expect(try server.district.worker(worker)?.body.userName == Array(name.utf8))
    #expect(try await Self.signIn(name, server) == 303)
    #expect(try server.access.userNames()[name] == worker)
  }

  @Test func aNewNameInTheRegisterTakesTheOldOnesPlace() async throws {
    let server = try await SignedInServer.start()
    var administrator = try await server.signIn(.administrator)
    let midwife = try await Self.add("bidan.lama", "Bidan Dua", to: server, by: &administrator)
    #expect(
      try await Self.choose(Self.code(for: midwife, server), "", server).status == 303)
    let path = "/workers/\(midwife.text)"
    let empty = try await administrator.post(path, [("name", "Bidan Dua"), ("user_name", "")])
    #expect(empty.status == 400 && empty.text.contains("kosong tidak"))
    let renamed = [("name", "Bidan Dua"), ("user_name", "bidan.baru")]
    #expect(try await administrator.post(path, renamed).status == 303)
    #expect(try server.access.account(of: midwife)?.userName == "bidan.baru")
    #expect(try await Self.signIn("bidan.lama", server) == 403)
    #expect(try await Self.signIn("bidan.baru", server) == 303)
    // A list renames too, and asks nobody: the name counts from the next sign-in.
    let worker = try #require(try server.district.worker(midwife))
    var body = worker.body
    body.userName = Array("bidan.daftar".utf8)
    let fact = Recording(at: SmallDistrict.today, recorder: nil).fact(
      .worker, of: midwife, on: TwoPuskesmas.day(2025, 6, 20), at: body.place,
      replacing: worker.fact, body.bytes)
    _ = try await server.district.record([fact])
    #expect(try await Self.signIn("bidan.baru", server) == 403)
    #expect(try await Self.signIn("bidan.daftar", server) == 303)
  }

  @Test func aNameThatTheWorkerChoseIsWrittenIntoTheRegister() async throws {
    let server = try await SignedInServer.start()
    var administrator = try await server.signIn(.administrator)
    let midwife = try await Self.add("", "Bidan Dua", to: server, by: &administrator)
    let code = try await Self.code(for: midwife, server)
    let taken = TwoPuskesmas.userName(.auditor)
    #expect(try await Self.choose(code, taken, server).status == 403)
    #expect(try await Self.choose(code, "bidan.pilihan", server).status == 303)
    let worker = try #require(try server.district.worker(midwife))
    #expect(String(decoding: worker.body.userName, as: UTF8.self) == "bidan.pilihan")
    #expect(try await administrator.get("/workers/\(midwife.text)").text.contains("bidan.pilihan"))
    #expect(try await Self.signIn("bidan.pilihan", server) == 303)
    #expect(try server.district.verify().mismatch == nil)
  }

  @Test func kaderComeOutWhereTheyCameIn() async throws {
    let server = try await SignedInServer.start()
    let posyandu = Self.north.posyandu(1)
    let kader = try await SignedInServer.addWorker(
      "Kader Uji", .kader, at: posyandu, to: server.district)
    let code = try await server.access.issueCode(
      .enrolKader, for: kader, at: posyandu, by: TwoPuskesmas.worker(.dataManager),
      at: SmallDistrict.today
    ).get().short
    var phone = Browser(client: server.client)
    let enrolled = try await phone.post(
      "/enrol", [("code", code), ("pin", "480271"), ("again", "480271"), ("device", "HP Uji")])
    #expect(enrolled.status == 303)
    #expect(try await phone.post("/sign-out")["Location"] == "/kader")
    var official = try await server.signIn(.clusterWorker)
    #expect(try await official.post("/sign-out")["Location"] == "/sign-in")
    // When the phone was used last is known still.
    let manager = try await server.signIn(.dataManager)
    let page = try await manager.get("/workers/\(kader.text)").text
    let rows = try PageText.matches("data-label=\"Terakhir dipakai\">([^<]*)<", in: page)
    #expect(rows.first?.contains("2025") == true)
    // Who is locked out is offered no form that cannot work.
    for left in (0..<5).reversed() {
      let answer = try await phone.post("/kader", [("worker", kader.text), ("pin", "111222")])
      #expect(answer.text.contains("name=\"pin\"") == (left > 0), "\(left)")
      #expect(answer.text.contains("Minta bidan mendaftarkan ulang HP ini; lalu") == (left == 0))
    }
  }
}
