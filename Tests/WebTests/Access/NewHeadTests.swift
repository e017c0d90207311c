import Health
import Journal
import Services
import Testing

@testable import Web

/// Another head of a family: how the others stand to them is worked out, shown and saved in one go;
/// and how each member is insured.
@Suite struct NewHeadTests {
  private static let north = TwoPuskesmas.Side.north
  private static let family = north.family(2)
  private static let edit = Links.family(north.family(2)) + "/edit"
  /// The head of the fixture, and her child.
  private static let (mother, child) = (north.mother(2), north.child(2))
  private static let (husband, bride, baby) = (
    TwoPuskesmas.id(720_000_001), TwoPuskesmas.id(720_000_002), TwoPuskesmas.id(720_000_003)
  )

  private static func person(
    _ id: Identifier, _ name: String, _ sex: Sex, _ born: Int, _ relation: HouseholdRelation,
    mother: Identifier? = nil
  ) -> [Fact] {
    var body = PersonBody()
    body.name = Array(name.utf8)
    body.sex = sex
    body.birthDate = TwoPuskesmas.day(born, 5, 5)
    body.mother = mother
    let home = ResidenceBody(place: north.posyandu(2), household: family, relation: relation)
    return [fact(.person, of: id, body.bytes), fact(.residence, of: id, home.bytes)]
  }

  private static func fact(_ kind: FactKind, of subject: Identifier, _ body: [UInt8]) -> Fact {
    Fact(
      id: .fresh(at: SmallDistrict.today), subject: subject, kind: kind,
      occurredOn: TwoPuskesmas.day(2025, 5, 5), recordedAt: SmallDistrict.today,
      place: north.posyandu(2), recorder: TwoPuskesmas.worker(.clusterWorker), body: body)
  }

  /// The mother heads the family; with her live her husband, her child, a daughter-in-law of whom
  /// no husband is known, and that one's baby.
  private static func start(
    _ clock: TestClock
  ) async throws -> (server: SignedInServer, nurse: Browser) {
    let server = try await SignedInServer.start(clock: { clock.now })
    try MoveAcrossTests.accept(
      person(husband, "Karto Suami", .male, 1990, .spouse)
        + person(bride, "Menik Menantu", .female, 2004, .childInLaw)
        + person(baby, "By. Ny. Menik", .female, 2025, .grandchild, mother: bride), in: server)
    return (server, try await server.signIn(.clusterWorker))
  }

  private static func field(_ person: Identifier) -> String { "relation_\(person.text)" }

  private static func relations(_ server: SignedInServer) throws -> [HouseholdRelation?] {
    try [mother, husband, child, bride, baby].map { try server.district.entry($0)?.relation }
  }

  /// The head lives on: her husband becomes head.
  @Test func aChangeOfHeadAsksHowTheOthersStand() async throws {
    let clock = TestClock()
    var (server, nurse) = try await Self.start(clock)
    let before = try server.facts()
    let form = try #require(try PageForm(to: Self.edit, in: try await nurse.get(Self.edit).text))
    clock.advance(milliseconds: 1)
    let asked = try await nurse.post(Self.edit, form.filled([("head", Self.husband.text)]))
    #expect(asked.status == 200 && asked.text.contains("Kepala keluarga menjadi Karto Suami."))
    #expect(try server.facts() == before)
    let told = try #require(try PageForm(to: Self.edit, in: asked.text))
    // Wife for sure; whose the child is nobody told, nor whose wife the daughter-in-law is.
    #expect(told[Self.field(Self.mother)] == "2" && told[Self.field(Self.husband)] == nil)
    #expect(told[Self.field(Self.child)] == "" && told[Self.field(Self.baby)] == "")
    let missing = try await nurse.post(Self.edit, told.fields)
    #expect(missing.status == 400 && missing.text.contains("Belum disimpan"))
    #expect(try server.facts() == before)
    let answers = [(Self.child, "3"), (Self.bride, "4"), (Self.baby, "5")].map {
      (Self.field($0.0), $0.1)
    }
    let saved = try await nurse.post(Self.edit, told.filled(answers))
    #expect(saved.status == 303)
    #expect(try Self.relations(server) == [.spouse, .head, .child, .childInLaw, .grandchild])
    #expect(try server.district.household(Self.family)?.body.head == Self.husband)
    #expect(try server.district.verify().mismatch == nil)
  }

  /// The head dies: what follows for the widower, and for the daughter-in-law, whose own baby must
  /// not stay her grandchild.
  @Test(arguments: [true, false])
  func afterADeathRelationsFollowTheNewHead(_ isWidower: Bool) async throws {
    let clock = TestClock()
    var (server, nurse) = try await Self.start(clock)
    let died = try await nurse.post(
      Links.person(Self.mother) + "/death", [("on", "2025-06-18")])
    #expect(died.status == 303)
    // The family is not called by the baby.
    let page = try await nurse.get(Links.family(Self.family)).text
    #expect(page.contains("<h1>Keluarga Karto Suami</h1>"))
    clock.advance(milliseconds: 1)
    let form = try #require(try PageForm(to: Self.edit, in: try await nurse.get(Self.edit).text))
    let head = isWidower ? Self.husband : Self.bride
    let asked = try await nurse.post(Self.edit, form.filled([("head", head.text)]))
    let told = try #require(try PageForm(to: Self.edit, in: asked.text))
    #expect(told[Self.field(Self.baby)] == (isWidower ? "" : "3"))
    #expect(told[Self.field(Self.mother)] == nil)
    let answers =
      isWidower
      ? [(Self.child, "3"), (Self.bride, "4"), (Self.baby, "5")]
      : [(Self.husband, "7"), (Self.child, "8")]
    let saved = try await nurse.post(
      Self.edit, told.filled(answers.map { (Self.field($0.0), $0.1) }))
    #expect(saved.status == 303)
    let expected: [HouseholdRelation?] =
      isWidower
      ? [.head, .child, .childInLaw, .grandchild]
      : [.parentInLaw, .otherRelative, .head, .child]
    #expect(try Array(Self.relations(server).dropFirst()) == expected)
    // A correction of the preset is kept, and nothing is asked again.
    let again = try await nurse.get(Self.edit).text
    #expect(!again.contains("name=\"relations_of\""))
    #expect(try server.district.verify().mismatch == nil)
  }

  /// JKN that ended, or was given up for none, is chosen again with the number that it had.
  @Test func theNumberOfAnInsuranceComesBackWithIt() async throws {
    let clock = TestClock()
    var (server, nurse) = try await Self.start(clock)
    let (field, number) = ("insurance_\(Self.child.text)", Array("0001234567890".utf8))
    let ended = InsuranceBody(
      kind: .nationalSubsidised, number: number, until: TwoPuskesmas.day(2025, 6, 1))
    try MoveAcrossTests.accept([Self.fact(.insurance, of: Self.child, ended.bytes)], in: server)
    func insurance() throws -> InsuranceBody? {
      try server.district.person(Self.child)?.summary.insurance
    }
    for (chosen, expected) in [("2", number), ("4", []), ("1", number)] {
      clock.advance(milliseconds: 1)
      let page = try await nurse.get(Self.edit).text
      #expect(page.contains("Jika JKN dipilih, nomor •••7890") == (chosen != "4"), "\(chosen)")
      let form = try #require(try PageForm(to: Self.edit, in: page))
      #expect(try await nurse.post(Self.edit, form.filled([(field, chosen)])).status == 303)
      #expect(try insurance()?.number == expected && insurance()?.until == nil)
    }
  }

  /// What pays for each member's care is told with the family, counts in its index, and stands on
  /// the person's page.
  @Test func insuranceIsToldForEachMember() async throws {
    let clock = TestClock()
    var (server, nurse) = try await Self.start(clock)
    let field = "insurance_\(Self.child.text)"
    let first = try #require(try PageForm(to: Self.edit, in: try await nurse.get(Self.edit).text))
    #expect(first[field] == "")
    clock.advance(milliseconds: 1)
    #expect(try await nurse.post(Self.edit, first.filled([(field, "1")])).status == 303)
    #expect(try server.district.person(Self.child)?.summary.insurance?.kind == .nationalSubsidised)
    #expect(try await nurse.get(Links.person(Self.child)).text.contains("JKN PBI"))
    // The same once more is no fact; another is; unknown again it does not become.
    let before = try server.facts()
    let second = try #require(try PageForm(to: Self.edit, in: try await nurse.get(Self.edit).text))
    #expect(second[field] == "1")
    #expect(try await nurse.post(Self.edit, second.fields).status == 303)
    #expect(try await nurse.post(Self.edit, second.filled([(field, "")])).status == 303)
    #expect(try await nurse.post(Self.edit, second.filled([(field, "9")])).status == 303)
    #expect(try server.facts() == before)
    clock.advance(milliseconds: 1)
    #expect(try await nurse.post(Self.edit, second.filled([(field, "4")])).status == 303)
    #expect(try server.district.person(Self.child)?.summary.insurance?.kind == InsuranceKind.none)
    // Who opened the page before is shown both.
    let late = try await nurse.post(Self.edit, second.filled([(field, "2")]))
    #expect(late.status == 409)
    #expect(late.text.contains("<td>JKN non-PBI</td><td>tidak ada</td>"))
  }
}
