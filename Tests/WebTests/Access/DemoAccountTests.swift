import Health
import Journal
import Samples
import Services
import Testing

@testable import Web

/// The accounts that the sign-in page of a demo offers: kader, midwife and doctor among them.
@Suite struct DemoAccountTests {
  private static let accounts: [(String, Role, CarePerformer?)] = [
    ("demo.kader", .kader, nil), ("demo.bidan", .pustuWorker, nil),
    ("demo.klaster", .clusterWorker, nil), ("demo.dokter", .clusterWorker, .doctor),
  ]

  @Test func theDoctorIsToldFromTheOtherWorkerOfTheCluster() async throws {
    let folder = try TemporaryFolder.make()
    let demo = DemoAccounts(
      accounts: Self.accounts.map { name, role, performer in
        DemoAccounts.Account(
          userName: name, role: role, performer: performer, worker: TwoPuskesmas.worker(role))
      }, password: SignedInServer.password)
    let server = try await SignedInServer.open(
      TwoPuskesmas.make(in: folder), in: folder, demo: demo)
    let browser = Browser(client: server.client)
    let page = try await browser.get("/sign-in").text
    let words = Words(try Phrases(.indonesian))
    let role = words["roles.\(Role.clusterWorker.code)"]
    #expect(page.contains(">\(role) <") && page.contains(">Dokter · \(role) <"))
    for (name, _, _) in Self.accounts {
      #expect(page.contains("<span class=\"sub\">\(name)</span>"), "\(name)")
    }
  }

  @Test func aVisitByTheAccountOfADoctorIsADoctors() async throws {
    for (performer, chosen) in [(CarePerformer.doctor as CarePerformer?, true), (nil, false)] {
      let folder = try TemporaryFolder.make()
      let account = DemoAccounts.Account(
        userName: TwoPuskesmas.userName(.clusterWorker), role: .clusterWorker, performer: performer,
        worker: TwoPuskesmas.worker(.clusterWorker))
      let server = try await SignedInServer.open(
        TwoPuskesmas.make(in: folder), in: folder,
        demo: DemoAccounts(accounts: [account], password: SignedInServer.password))
      try await server.addAccount(account.userName, of: account.worker)
      let page = try await server.signInNow(as: account.userName).get(
        "/people/\(TwoPuskesmas.patient.text)/visit?form=child"
      ).text
      let doctor = CarePerformer.doctor.rawValue
      #expect(page.contains("<option value=\"\(doctor)\" selected>Dokter") == chosen)
    }
  }
}
