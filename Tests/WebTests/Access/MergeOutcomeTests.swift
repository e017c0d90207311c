import Health
import Journal
import Services
import Testing

@testable import Web

/// Whoever joins two records is told beforehand who they are as one, and where.
@Suite struct MergeOutcomeTests {
  private static let north = TwoPuskesmas.Side.north

  private static func register(
    _ name: String, at posyandu: UInt64, since: String, in browser: inout Browser
  ) async throws -> Identifier {
    let answer = try await browser.post(
      "/people",
      [
        ("name", name), ("sex", "female"), ("born", "1988-11-23"),
        ("mother", "Nurjanah Kembarduo"), ("relation", "1"), ("since", since),
        ("place", north.posyandu(posyandu).text), ("is_new", "1"),
      ])
    let path = try #require(answer["Location"]).split(separator: "?")[0]
    return try #require(Identifier(text: String(path.split(separator: "/").last ?? "")))
  }

  /// The home that was told of last is the one that holds, whichever record is opened.
  @Test(arguments: [true, false])
  func theOutcomeIsToldBeforeItHolds(_ isFirst: Bool) async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let one = try await Self.register(
      "Siti Aminah Kembarsatu", at: 1, since: "2025-05-01", in: &nurse)
    let two = try await Self.register(
      "Sitti Aminah Kembarsatu", at: 2, since: "2025-06-01", in: &nurse)
    let person = try await nurse.get(Links.person(isFirst ? one : two)).text
    let path = try #require(try PageText.link("Data ganda", in: person))
    let page = try await nurse.get(path).text
    let name = try #require(
      try PageText.matches("Sesudah digabung: ([^,]*), lahir 23 November 1988", in: page).first)
    #expect(page.contains("tinggal di Posyandu Mawar Utara 2, Desa Utara 1."))
    let form = try #require(try PageForm(to: path, holding: "name=\"other\"", in: page))
    #expect(try await nurse.post(path, form.filled([("decision", "same")])).status == 303)
    let joined = try #require(try server.district.person(one)).person
    #expect(joined.place == Self.north.posyandu(2) && joined.name == name)
    #expect(try server.district.person(two)?.person.id == joined.id)
  }
}
