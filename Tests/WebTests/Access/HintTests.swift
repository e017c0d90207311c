import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// That somebody who is very likely known out of reach is hinted at where they are registered again.
@Suite struct HintTests {
  private static let side = TwoPuskesmas.Side.north

  /// Somebody out of reach is hinted at, and no more: neither who nor where.
  @Test(arguments: [Role.kader, .privateFacility])
  func somebodyOutOfReachIsHintedAt(_ role: Role) async throws {
    let server = try await SignedInServer.start()
    var worker = try await server.signIn(role)
    let other = Self.side.child(3)
    let known = try #require(try server.district.person(other)).person
    #expect(try await worker.get(Links.person(other)).status == 404)
    let place = role == .kader ? Self.side.posyandu(1) : Self.side.village(2)
    let fields = BadEntryTests.entered([
      "name": known.name, "sex": "male", "born": "2024-01-03", "mother": known.motherName,
      "place": place.text, "since": "2024-02-01", "relation": "3",
      // A facility is shown whose NIK it is.
      "nik": role == .kader ? known.nationalIdentityNumber : "",
    ])
    let before = try server.facts()
    let answer = try await worker.post("/people", fields)
    #expect(answer.status == 200)
    #expect(answer.text.contains("mungkin sudah terdaftar di Puskesmas"))
    for secret in [other.text, "Mawar Utara 3"] {
      #expect(!answer.text.contains(secret), "\(secret)")
    }
    #expect(try server.facts() == before)
    #expect(try await worker.post("/people", fields + [("is_new", "1")]).status == 303)
    // The Puskesmas sees both.
    let found = try server.district.duplicates(
      among: server.district.places().subtree(of: Self.side.puskesmas).map(\.id),
      tree: server.district.places())
    #expect(found.pairs.contains { $0.first == other || $0.second == other })
    // Whoever has nobody like that out of reach is not warned.
    let fresh = try await worker.post(
      "/people", BadEntryTests.entered(["place": place.text]))
    #expect(fresh.status == 303)
  }

  @Test func hintsCannotBeTriedOut() async throws {
    let server = try await SignedInServer.start()
    var clinic = try await server.signIn(.privateFacility)
    let known = try #require(try server.district.person(Self.side.child(3))).person
    let fields = BadEntryTests.entered([
      "name": known.name, "sex": "male", "born": "2024-01-03", "mother": known.motherName,
      "place": Self.side.village(2).text, "since": "2024-02-01", "relation": "3",
    ])
    for _ in 0..<30 { #expect(try await clinic.post("/people", fields).status == 200) }
    let answer = try await clinic.post("/people", fields)
    #expect(answer.status == 429 && !answer.text.contains("mungkin sudah terdaftar"))
  }
}
