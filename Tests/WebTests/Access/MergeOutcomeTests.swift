import Health
import Journal
import Services
import Testing

@testable import Web

/// Whoever joins two records is told beforehand who they are as one, where, and in which family.
@Suite struct MergeOutcomeTests {
  private static let north = TwoPuskesmas.Side.north

  private static func register(
    _ name: String, at posyandu: UInt64, since: String, card: String = "",
    relation: HouseholdRelation = .head, in browser: inout Browser
  ) async throws -> Identifier {
    let answer = try await browser.post(
      "/people",
      [
        ("name", name), ("sex", "female"), ("born", "1988-11-23"),
        ("mother", "Nurjanah Kembarduo"), ("relation", "\(relation.rawValue)"), ("since", since),
        ("card", card), ("place", north.posyandu(posyandu).text), ("is_new", "1"),
      ])
    let path = try #require(answer["Location"]).split(separator: "?")[0]
    return try #require(Identifier(text: String(path.split(separator: "/").last ?? "")))
  }

  /// The form on the page of one record that joins it with the other.
  private static func form(
    _ one: Identifier, _ browser: Browser
  ) async throws -> (page: String, form: PageForm) {
    let person = try await browser.get(Links.person(one)).text
    let path = try #require(try PageText.link("Data ganda", in: person))
    let page = try await browser.get(path).text
    return (page, try #require(try PageForm(to: path, holding: "name=\"other\"", in: page)))
  }

  /// Where a record's person lives, with whom and as what.
  private static func home(
    _ id: Identifier, _ server: SignedInServer
  ) throws -> [String] {
    let person = try #require(try server.district.person(id)).person
    return [person.place?.text, person.household?.text, person.relation?.code].map { $0 ?? "–" }
  }

  private static func isEnded(
    _ household: Identifier?, _ server: SignedInServer
  ) throws -> Bool {
    try household.flatMap { try server.district.household($0) }?.body.endedOn != nil
  }

  /// Of two families of one person the one known longer stands unless the other is chosen; the
  /// one that nobody is left in ends, and parting brings both back. Whichever record is opened.
  @Test(arguments: [(true, true), (true, false), (false, true), (false, false)])
  func theOutcomeIsToldBeforeItHolds(_ isFirst: Bool, _ takesProposed: Bool) async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let one = try await Self.register(
      "Siti Aminah Kembarsatu", at: 1, since: "2025-05-01", in: &nurse)
    clock.advance(milliseconds: 1)
    let two = try await Self.register(
      "Sitti Aminah Kembarsatu", at: 2, since: "2025-06-01", in: &nurse)
    let before = try [one, two].map { try Self.home($0, server) }
    let opened = isFirst ? one : two
    let (page, form) = try await Self.form(opened, nurse)
    let name = try #require(
      try PageText.matches("Sesudah digabung: ([^,]*), lahir 23 November 1988", in: page).first)
    #expect(page.contains("tinggal bersama keluarga yang dipilih"))
    for posyandu in 1...2 { #expect(page.contains("Posyandu Mawar Utara \(posyandu), Desa Utara")) }
    let values = try PageText.matches("name=\"home\" value=\"([^\"]*)\"", in: page)
    #expect(values.count == 2 && form["home"] == values[0])
    #expect(values[0].hasPrefix(one.text))
    clock.advance(milliseconds: 1)
    let chosen = [("decision", "same"), ("home", values[takesProposed ? 0 : 1])]
    #expect(try await nurse.post(form.path, form.filled(chosen)).status == 303)
    let joined = try #require(try server.district.person(one)).person
    #expect(joined.name == name && joined.place == Self.north.posyandu(takesProposed ? 1 : 2))
    #expect(try Self.home(one, server) == before[takesProposed ? 0 : 1])
    #expect(try server.district.person(two)?.person.id == joined.id)
    let left = Identifier(text: before[takesProposed ? 1 : 0][1])
    #expect(try Self.isEnded(left, server))
    #expect(try !Self.isEnded(joined.household, server))
    #expect(try server.district.verify().mismatch == nil)
    clock.advance(milliseconds: 1)
    let path = Links.person(joined.id) + "/same"
    let merged = try await nurse.get(path).text
    let undo = try #require(try PageForm(to: path, holding: "name=\"undo\"", in: merged))
    #expect(try await nurse.post(path, undo.fields).status == 303)
    #expect(try [one, two].map { try Self.home($0, server) } == before)
    #expect(try !Self.isEnded(left, server))
    #expect(try server.district.verify().mismatch == nil)
  }

  /// A family with a card and others in it is not left for one that came to be by a second
  /// registration, and the words afterwards name it.
  @Test func aFamilyOfOthersStandsUnlessAnotherIsChosen() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let alone = try await Self.register(
      "Siti Aminah Kembarsatu", at: 1, since: "2025-04-01", in: &nurse)
    clock.advance(milliseconds: 1)
    let member = try await Self.register(
      "Sitti Aminah Kembarsatu", at: 1, since: "2025-05-01", card: Self.north.card(1),
      relation: .otherRelative, in: &nurse)
    let family = Self.north.family(1)
    let before = try Self.home(member, server)
    #expect(before[1] == family.text)
    let (page, form) = try await Self.form(alone, nurse)
    #expect(form["home"]?.hasPrefix(member.text) == true)
    #expect(page.contains("KK \(Self.north.card(1)) · 3 orang · "))
    clock.advance(milliseconds: 1)
    let sent = form.filled([("decision", "same")])
    // What is none of the families is not written.
    let facts = try server.facts()
    let strange = form.filled([("decision", "same"), ("home", "\(member.text) \(member.text)")])
    #expect(try await nurse.post(form.path, strange).status == 409)
    #expect(try server.facts() == facts)
    let answer = try await nurse.post(form.path, sent)
    #expect(answer.status == 303)
    #expect(try Self.home(alone, server) == before)
    let told = try await nurse.get(try #require(answer["Location"])).text
    #expect(told.contains("Kedua catatan digabung") && told.contains("KK \(Self.north.card(1))"))
    let names = try await nurse.get(Links.family(family)).text
    #expect(names.contains("3 orang"))
  }

  /// Where both tell the same family and relation there is nothing to choose: it is named.
  @Test func oneFamilyIsNamed() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    for name in ["Siti Aminah Kembarsatu", "Sitti Aminah Kembarsatu"] {
      clock.advance(milliseconds: 1)
      _ = try await Self.register(
        name, at: 1, since: "2025-05-01", card: Self.north.card(1), relation: .otherRelative,
        in: &nurse)
    }
    let family = try #require(
      try server.district.family(Self.north.family(1), on: TwoPuskesmas.day(2025, 6, 20)))
    let one = try #require(family.members.first { $0.name == "Siti Aminah Kembarsatu" })
    let (page, form) = try await Self.form(one.id, nurse)
    #expect(form["home"] == nil && page.contains("Keluarganya: Keluarga "))
    #expect(page.contains("tinggal di Posyandu Mawar Utara 1, Desa Utara 1."))
  }
}
