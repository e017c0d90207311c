import Foundation
import Health
import Journal
import Services
import Simulation
import Web

/// Makes one account for each role in a district of made-up data, and one of a doctor: a cluster has
/// midwives, nurses and doctors, and whoever tries the demo wants to see what each sees.
struct DemoSignIn {
  /// Made up of words that have nothing to do with one another, as the page advises.
  static let password = "hujan sawah lampu"

  private static let userNames: [(role: Role, name: String)] = [
    (.kader, "demo.kader"), (.pustuWorker, "demo.bidan"), (.clusterWorker, "demo.klaster"),
    (.puskesmasHead, "demo.kapus"), (.dataManager, "demo.data"),
    (.privateFacility, "demo.klinik"), (.districtManager, "demo.kabupaten"),
    (.auditor, "demo.auditor"), (.otherSector, "demo.sektor"), (.administrator, "demo.admin"),
  ]

  /// The doctor of the mother and child cluster, beside the cluster worker of any profession.
  private static let doctor = "demo.dokter"

  private let district: District
  private let tree: PlaceTree

  init(_ district: District) throws {
    self.district = district
    tree = try district.places()
  }

  /// The accounts; those that are not there yet are made, workers included.
  func accounts() async throws -> DemoAccounts {
    let files = try SignInFiles(beside: district)
    defer { try? files.close() }
    var accounts: [DemoAccounts.Account] = []
    let all = DemoSignIn.userNames.flatMap { entry in
      entry.role == .clusterWorker ? [entry, (.clusterWorker, DemoSignIn.doctor)] : [entry]
    }
    for (role, userName) in all {
      guard let worker = try await worker(role, userName) else { continue }
      if try files.access.account(of: worker) == nil, let name = UserName(userName) {
        let outcome = try await files.access.setPassword(
          of: worker, userName: name, Secret(DemoSignIn.password), context: [], mustChange: false,
          by: worker, at: Clock.now())
        try await files.record(outcome.events)
        _ = try outcome.get()
      }
      accounts.append(
        DemoAccounts.Account(
          userName: userName, role: role,
          performer: userName == DemoSignIn.doctor ? .doctor : nil, worker: worker))
    }
    try files.log.coverFound(in: district.journal, at: Clock.now())
    return DemoAccounts(accounts: accounts, password: DemoSignIn.password)
  }

  private func worker(_ role: Role, _ userName: String) async throws -> Identifier? {
    if let known = try district.worker(userName: userName) { return known.id }
    guard let place = try colleague(of: role, userName) ?? place(for: role) else { return nil }
    let now = Clock.now()
    let since = CivilDate(year: 2020, month: 1, day: 1) ?? CivilDate(dayNumber: 0)
    var body = WorkerBody()
    body.name = Array(words("commands.demo_worker", ["name": userName]).utf8)
    body.userName = Array(userName.utf8)
    body.registrationNumber = Array(SyntheticPopulation.demoRegistrationNumber(of: role).utf8)
    body.place = place
    let worker = Identifier.ofContent("demo-worker", Array(userName.utf8))
    func fact(_ kind: FactKind, _ bytes: [UInt8]) -> Fact {
      Fact(
        id: .fresh(at: now), subject: worker, kind: kind, occurredOn: since, recordedAt: now,
        recorder: worker, body: bytes)
    }
    let clusters: Clusters = role == .clusterWorker ? .motherAndChild : []
    let assignment = AssignmentBody(
      role: role, place: place, clusters: clusters,
      sensitiveMatters: PopulationPlan.sensitiveMatters(of: role, in: clusters))
    _ = try await district.journal.accept(
      [fact(.worker, body.bytes), fact(.assignment, assignment.bytes)], now: now)
    return worker
  }

  /// Where the account of the same role works that the made-up district has already: kader, midwife
  /// and doctor look after the same families.
  private func colleague(of role: Role, _ userName: String) throws -> Identifier? {
    guard let other = DemoSignIn.userNames.first(where: { $0.role == role && $0.name != userName })
    else { return nil }
    return try district.worker(userName: other.name)?.assignments
      .first { $0.body.role == role }?.body.place
  }

  /// Where a role is held: the first place of its kind.
  private func place(for role: Role) -> Identifier? {
    let root = tree.roots.first { $0.kind == .district } ?? tree.roots.first
    let puskesmas = root.flatMap { root in
      root.kind == .puskesmas ? root : tree.children(of: root.id).first
    }
    let village = puskesmas.flatMap { tree.children(of: $0.id).first }
    let posyandu = village.flatMap { tree.children(of: $0.id).first }
    return switch role {
    case .kader: posyandu?.id
    case .pustuWorker: village?.id
    case .clusterWorker, .puskesmasHead, .privateFacility: puskesmas?.id
    // Of the whole small district: imports do not say which Puskesmas they are for.
    case .dataManager, .districtManager, .auditor, .otherSector, .administrator: root?.id
    }
  }
}
