import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// The end of a role or of somebody's work, and the way back.
@Suite struct WorkerEndTests {
  private static let north = TwoPuskesmas.Side.north

  @Test func nobodyEndsTheOwnRole() async throws {
    let server = try await SignedInServer.start()
    var administrator = try await server.signIn(.administrator)
    let path = "/workers/\(TwoPuskesmas.worker(.administrator).text)"
    let role = "\(path)/roles/\(TwoPuskesmas.assignment(.administrator).text)/end"
    for language in Language.allCases {
      let page = try await administrator.get("\(path)?lang=\(language.rawValue)")
      try RouteTests.expectSound(page, language: language)
      #expect(!page.text.contains(role))
    }
    let before = try server.facts()
    let refused = try await administrator.post(role, [("until", "2025-06-20")])
    #expect(refused.status == 400 && refused.text.contains("Ini peran Anda sendiri"))
    #expect(try await administrator.post("\(path)/end", [("on", "2025-06-20")]).status == 404)
    #expect(try server.facts() == before)
  }

  @Test func whatEndsIsToldAndTheUserNameStays() async throws {
    let server = try await SignedInServer.start()
    var administrator = try await server.signIn(.administrator)
    let midwife = TwoPuskesmas.worker(.clusterWorker)
    let session = try await server.signIn(.clusterWorker)
    let path = "/workers/\(midwife.text)"
    let asked = try await administrator.post("\(path)/end", [("on", "2025-06-20")])
    #expect(asked.status == 200)
    try RouteTests.expectSound(asked, language: .indonesian)
    let words = Words(try Phrases(.indonesian))
    for said in ["roles.cluster_worker", "administration.end_sessions"] {
      #expect(asked.text.contains(words[said]), "\(said)")
    }
    #expect(asked.text.contains("Akhiri tugas Petugas"))
    #expect(try await session.get("/account").status == 200)
    let sure = [("on", "2025-06-20"), ("confirm", "1")]
    #expect(try await administrator.post("\(path)/end", sure).status == 303)
    #expect(try await session.get("/account").status != 200)
    // Who signed in until today was not "never here": with the end the password is gone.
    for page in [path, "/workers?q=\(TwoPuskesmas.userName(.clusterWorker))"] {
      #expect(try await !administrator.get(page).text.contains("belum pernah masuk"), "\(page)")
    }
    // The name is nobody else's meanwhile.
    let name = TwoPuskesmas.userName(.clusterWorker)
    let other = [
      ("name", "Bidan Lain"), ("user_name", name), ("role", "\(Role.clusterWorker.rawValue)"),
      ("place", Self.north.puskesmas.text), ("since", "2025-06-20"),
    ]
    #expect(try await administrator.post("/workers", other).status == 400)
    #expect(try await administrator.post("\(path)/resume").status == 303)
    let worker = try #require(try server.district.worker(midwife))
    #expect(String(decoding: worker.body.userName, as: UTF8.self) == name)
    #expect(worker.rolesToCome(from: TwoPuskesmas.day(2025, 6, 20)).count == 1)
    // What let in is gone for good: a new code lets in again.
    #expect(try server.access.account(of: midwife) == nil)
    #expect(try await administrator.get(path).text.contains("\(path)/code"))
    #expect(try server.district.verify().mismatch == nil)
  }

  @Test func whoMayNotGiveTheRolesBringsNobodyBack() async throws {
    let server = try await SignedInServer.start()
    let admin = try await SignedInServer.addWorker(
      "Admin Puskesmas", .administrator, at: Self.north.puskesmas, to: server.district)
    var administrator = try await server.signIn(.administrator)
    let path = "/workers/\(admin.text)"
    let sure = [("on", "2025-06-20"), ("confirm", "1")]
    #expect(try await administrator.post("\(path)/end", sure).status == 303)
    var head = try await server.signIn(.puskesmasHead)
    #expect(try await !head.get(path).text.contains("\(path)/resume"))
    #expect(try await head.post("\(path)/resume").status == 404)
    #expect(try await administrator.post("\(path)/resume").status == 303)
  }
}
