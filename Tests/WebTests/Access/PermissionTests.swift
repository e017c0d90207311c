import Foundation
import Health
import Hummingbird
import Journal
import NIOCore
import Services
import Testing

@testable import Web

/// Who is let in where, over HTTP.
@Suite struct PermissionTests {
  /// Of these tests alone: where others sign in as the same worker, the oldest session ends.
  private static let started = Task { try await SignedInServer.start() }

  @Test func everyRouteHasALineAndEveryLineARoute() async throws {
    let server = try await Self.started.value
    let site = try WebServer(
      district: server.district, entrance: .tester, version: "0.0-test",
      clock: { SmallDistrict.today })
    let registered = site.routes().registered
    #expect(Set(registered) == Set(RoutePermissions.table.keys))
    #expect(registered.count == Set(registered).count)
    let expected = ExpectedAnswer.table.map(\.route)
    #expect(Set(expected).union(ExpectedAnswer.needsNobody) == Set(registered))
    #expect(expected.count == Set(expected).count)
    for route in ExpectedAnswer.needsNobody { #expect(RoutePermissions.table[route] == .nothing) }
  }

  @Test func nobodyComesInWithoutASession() async throws {
    let server = try await Self.started.value
    let nobody = Browser(client: server.client)
    for line in ExpectedAnswer.table {
      let answer = try await ask(line.route, line.own, nobody)
      #expect(answer.status == 303, "\(line.route)")
      #expect(answer["Location"]?.hasPrefix("/sign-in") == true, "\(line.route)")
      #expect(!answer.text.contains(TwoPuskesmas.northern))
    }
  }

  @Test(arguments: Role.allCases) func everyRoleIsAnsweredAsThePolicySays(
    _ role: Role
  ) async throws {
    let server = try await Self.started.value
    let browser = try await server.signIn(role)
    for line in ExpectedAnswer.table {
      let own = try await ask(line.route, line.own, browser)
      #expect(own.status == line.own(role), "\(role) \(line.route)")
      guard let foreign = line.foreign, let unknown = line.unknown else { continue }
      let hidden = try await ask(line.route, foreign, browser)
      #expect(hidden.status == line.foreign(role), "\(role) \(line.route), of the south")
      if !line.everywhere.contains(ExpectedAnswer.letters[role] ?? "-") {
        #expect(!hidden.text.contains(TwoPuskesmas.southern), "\(role) \(line.route)")
      }
      let missing = try await ask(line.route, unknown, browser)
      #expect(
        missing.status == (line.own(role) == 403 ? 403 : 404), "\(role) \(line.route), of nobody")
      if hidden.status == 404 {
        #expect(hidden.body == missing.body, "\(role) \(line.route) tells what is there")
      }
    }
  }

  private func ask(
    _ route: Route, _ path: String, _ browser: Browser
  ) async throws -> RawAnswer {
    guard route.isAct else { return try await browser.get(path) }
    var fields: [(String, String)] = browser.formToken.map { [("form_token", $0)] } ?? []
    if path == "/account/password" { fields.append(("new", "tidak sama")) }
    return try await browser.send(path, fields, headers: ["Sec-Fetch-Site": "same-origin"])
  }

  /// Whoever knows the number of a family card of the south enters somebody into that family.
  @Test func aCardOpensNoHomeOutOfReach() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.clusterWorker)
    let north = TwoPuskesmas.Side.north
    let south = TwoPuskesmas.Side.south
    let home = Links.family(south.family(1))
    let path = Links.person(north.child(2)) + "/move"
    let basis = try server.district.basis(
      .person(north.child(2), [.residence, .departure, .death])
    ).text
    func move(card: String) -> [(String, String)] {
      [
        ("based_on", basis), ("place", north.posyandu(1).text), ("relation", "3"), ("card", card),
        ("on", "2025-06-01"),
      ]
    }
    let before = try server.facts()
    let refused = try await browser.post(path, move(card: south.card(1)))
    let unknown = try await browser.post(path, move(card: "9999999999999999"))
    #expect(refused.status == 400)
    #expect(unknown.status == 400)
    #expect(
      refused.text.replacing(south.card(1), with: "")
        == unknown.text.replacing("9999999999999999", with: ""))
    #expect(try server.facts() == before)
    let entered = try await browser.post(
      "/people",
      [
        ("name", "Contoh Baru"), ("sex", "female"), ("born", "2025-05-01"), ("is_new", "1"),
        ("place", north.posyandu(1).text), ("relation", "3"), ("card", south.card(1)),
        ("since", "2025-06-01"),
      ])
    #expect(entered.status == 303)
    #expect(try server.facts() > before)
    #expect(try await browser.get(home).status == 404)
    #expect(
      try server.district.family(south.family(1), on: TwoPuskesmas.day(2025, 6, 20))?.members.count
        == 2)
    // Into a family within reach the card leads.
    #expect(try await browser.post(path, move(card: north.card(1))).status == 303)
  }

  /// A form that the page of a kader does not have.
  @Test func whatAPageDoesNotAskIsNotTaken() async throws {
    let server = try await SignedInServer.start()
    let side = TwoPuskesmas.Side.north
    let known = try server.district.family(side.family(1), on: TwoPuskesmas.day(2025, 6, 20))
    let family = try #require(known)
    let path = Links.family(side.family(1)) + "/edit"
    let field = "item_\(FamilyIndexItem.tuberculosisTreated.rawValue)"
    let fields = [
      ("based_on", try server.district.basis(.family(family.household.id)).text),
      ("card", side.card(1)), (field, "1"),
    ]
    var kader = try await server.signIn(.kader)
    #expect(try await !kader.get(path).text.contains("name=\"\(field)\""))
    let before = try server.facts()
    #expect(try await kader.post(path, fields).status == 303)
    #expect(try server.facts() == before)
    var midwife = try await server.signIn(.clusterWorker)
    #expect(try await midwife.get(path).text.contains("name=\"\(field)\""))
    #expect(try await midwife.post(path, fields).status == 303)
    #expect(try server.facts() == before + 1)
  }

  @Test func oneHasRightsOnlyAsLongAsTheRole() async throws {
    let server = try await SignedInServer.start()
    for (role, fact) in [
      (Role.clusterWorker, TwoPuskesmas.end(of: .clusterWorker)),
      (.puskesmasHead, TwoPuskesmas.leaving(.puskesmasHead)),
    ] {
      let browser = try await server.signIn(role)
      #expect(try await browser.get(Links.person(TwoPuskesmas.patient)).status == 200)
      let results = try await server.district.record([fact])
      #expect(results.count == 1)
      for result in results {
        guard case .accepted = result else { throw SmallDistrict.NotAccepted(result: result) }
      }
      for line in ExpectedAnswer.table where line.route.path != "/account" {
        let needs = RoutePermissions.table[line.route]
        guard case .oneOf(let actions)? = needs, !actions.contains(.openGuidelines),
          !actions.contains(.calculate)
        else { continue }
        let answer = try await ask(line.route, line.own, browser)
        #expect(answer.status == 403, "\(role) \(line.route)")
      }
      #expect(!(try await browser.get("/")).text.contains("Mawar"))
      var again = Browser(client: server.client)
      let refused = try await again.post(
        "/sign-in",
        [("user_name", TwoPuskesmas.userName(role)), ("password", SignedInServer.password)])
      #expect(refused.status == 403)
      #expect(again.cookies[Cookies.session] == nil)
    }
  }
}
