import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// One person in the registers of two Puskesmas: who learns of it, and how much.
@Suite struct DuplicatesAcrossTests {
  private static let north = TwoPuskesmas.Side.north
  private static let south = TwoPuskesmas.Side.south
  private static let one = TwoPuskesmas.id(700_000_001)
  private static let two = TwoPuskesmas.id(700_000_002)

  /// A server with the same woman in the north and, spelled otherwise, in the south.
  private static func start() async throws -> SignedInServer {
    let server = try await SignedInServer.start()
    try accept(
      person(one, "Siti Aminah Kembarsatu", "3171236311880001", at: north.posyandu(1))
        + person(two, "Sitti Aminnah Kembarsatu", "3171236311880001", at: south.posyandu(1)),
      in: server)
    return server
  }

  private static func person(
    _ id: Identifier, _ name: String, _ number: String, at place: Identifier
  ) -> [Fact] {
    var body = PersonBody()
    body.name = Array(name.utf8)
    body.sex = .female
    body.birthDate = TwoPuskesmas.day(1988, 11, 23)
    body.birthDateCertainty = .exact
    body.motherName = Array("Nurjanah Kembarduo".utf8)
    body.nationalIdentityNumber = Array(number.utf8)
    return [
      fact(.person, of: id, at: place, body.bytes),
      fact(.residence, of: id, at: place, ResidenceBody(place: place).bytes),
    ]
  }

  private static func fact(
    _ kind: FactKind, of subject: Identifier, at place: Identifier? = nil, _ body: [UInt8]
  ) -> Fact {
    Fact(
      id: .fresh(at: SmallDistrict.today), subject: subject, kind: kind,
      occurredOn: TwoPuskesmas.day(2025, 6, 1), recordedAt: SmallDistrict.today, place: place,
      recorder: TwoPuskesmas.worker(.clusterWorker), body: body)
  }

  private static func accept(_ facts: [Fact], in server: SignedInServer) throws {
    for result in try server.district.journal.acceptAndWait(facts, now: SmallDistrict.today) {
      guard case .accepted = result else { throw SmallDistrict.NotAccepted(result: result) }
    }
  }

  /// The list of a Puskesmas once nothing is being compared any more.
  static func list(
    _ browser: Browser, of side: TwoPuskesmas.Side = .north
  ) async throws -> String {
    let path = "/duplicates?place=\(side.puskesmas.text)"
    for _ in 0..<200 {
      let answer = try await browser.get(path)
      #expect(answer.status == 200)
      if !answer.text.contains("\(path)\">") { return answer.text }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw CancellationError()
  }

  @Test func whoSeesOneOfThemIsToldWhereTheOtherStands() async throws {
    let server = try await Self.start()
    for role in [Role.clusterWorker, .dataManager, .puskesmasHead] {
      let page = try await Self.list(try await server.signIn(role))
      #expect(page.contains("Kembarsatu</a>") && page.contains(Self.one.text))
      #expect(page.contains("Puskesmas Selatan"))
      // Nothing of the other record, and no way to join the two.
      #expect(!page.contains(Self.two.text) && !page.contains("Aminnah"))
      #expect(!page.contains("name=\"decision\""))
    }
    // The own person was named; nobody was told the other's name.
    let told = try server.log.entries(about: Self.one).entries
    #expect(told.contains { $0.entry.route == "GET /duplicates" })
    #expect(try server.log.entries(about: Self.two).entries.isEmpty)
    // Those who look after another place of the Puskesmas have no business with it.
    let pustu = try await server.signIn(.pustuWorker)
    let other = try await pustu.get("/duplicates?place=\(Self.north.village(1).text)")
    #expect(other.status == 200)
    #expect(try await pustu.get("/duplicates?place=\(Self.south.puskesmas.text)").status == 404)
  }

  @Test func whoeverIsProtectedIsInNobodysNotice() async throws {
    let server = try await Self.start()
    let restriction = RestrictionBody(reason: .protection)
    try Self.accept([Self.fact(.restriction, of: Self.two, restriction.bytes)], in: server)
    for role in [Role.clusterWorker, .dataManager, .puskesmasHead] {
      let page = try await Self.list(try await server.signIn(role))
      #expect(!page.contains(Self.one.text) && !page.contains("Puskesmas Selatan"))
    }
  }

  @Test func whoSeesBothDecides() async throws {
    let server = try await Self.start()
    // The data manager looks after the other Puskesmas, too.
    let body = AssignmentBody(role: .dataManager, place: Self.south.puskesmas)
    try Self.accept(
      [Self.fact(.assignment, of: TwoPuskesmas.worker(.dataManager), body.bytes)], in: server)
    var browser = try await server.signIn(.dataManager)
    for side in [Self.north, Self.south] {
      let page = try await Self.list(browser, of: side)
      #expect(page.contains(Self.one.text) && page.contains(Self.two.text))
      #expect(page.contains("name=\"decision\""))
    }
    let joined = try await browser.post(
      Links.person(Self.one) + "/same",
      [
        ("other", Self.two.text), ("decision", "same"), ("list", Self.north.puskesmas.text),
      ])
    #expect(joined.status == 303)
    #expect(!(try await Self.list(browser)).contains(Self.one.text))
  }

  @Test func aPairOfOnePuskesmasIsNoPairAcross() async throws {
    let server = try await Self.start()
    let tree = try server.district.places()
    let places = tree.subtree(of: TwoPuskesmas.district).map(\.id)
    try Self.accept(
      Self.person(
        TwoPuskesmas.id(700_000_003), "Siti Aminah Kembarsatu", "", at: Self.north.posyandu(3)),
      in: server)
    func pairs(_ scope: DuplicateScope) throws -> Set<Set<Identifier>> {
      let found = try server.district.duplicates(among: places, tree: tree, scope: scope)
      return Set(found.pairs.map { [$0.first, $0.second] })
    }
    let third = TwoPuskesmas.id(700_000_003)
    let across: Set<Set<Identifier>> = [[Self.one, Self.two], [Self.two, third]]
    #expect(try pairs(.acrossPuskesmas).isSuperset(of: across))
    #expect(!(try pairs(.acrossPuskesmas)).contains([Self.one, third]))
    #expect(try pairs(.all).contains([Self.one, third]))
  }
}
