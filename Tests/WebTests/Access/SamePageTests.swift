import Health
import Journal
import Services
import Testing

@testable import Web

/// Where two records of one person are found and joined: by the program, by hand, and by way of a
/// move where they stand in two Puskesmas.
@Suite struct SamePageTests {
  private static let north = TwoPuskesmas.Side.north
  private static let south = TwoPuskesmas.Side.south
  private static let one = TwoPuskesmas.id(710_000_001)
  private static let two = TwoPuskesmas.id(710_000_002)

  private static func person(
    _ id: Identifier, _ name: String, born: CivilDate = TwoPuskesmas.day(1981, 4, 17),
    number: String = "", at place: Identifier
  ) -> [Fact] {
    var body = PersonBody()
    body.name = Array(name.utf8)
    body.sex = .male
    body.birthDate = born
    body.birthDateCertainty = .exact
    body.nationalIdentityNumber = Array(number.utf8)
    let homes = [(FactKind.person, body.bytes), (.residence, ResidenceBody(place: place).bytes)]
    return homes.map { kind, bytes in
      Fact(
        id: .fresh(at: SmallDistrict.today), subject: id, kind: kind,
        occurredOn: TwoPuskesmas.day(2025, 6, 1), recordedAt: SmallDistrict.today, place: place,
        recorder: TwoPuskesmas.worker(.clusterWorker), body: bytes)
    }
  }

  private static func same(_ id: Identifier) -> String { Links.person(id) + "/same" }

  /// A name with a word more: either record leads to the other, and so does who is entered anew.
  @Test func aWordMoreIsFoundFromEitherSide() async throws {
    let server = try await SignedInServer.start()
    let place = Self.north.posyandu(1)
    try MoveAcrossTests.accept(
      Self.person(Self.one, "Mulyono Wahyu Pratama", at: place)
        + Self.person(Self.two, "Mulyono Wahyu", at: place), in: server)
    var nurse = try await server.signIn(.clusterWorker)
    for (own, other) in [(Self.one, Self.two), (Self.two, Self.one)] {
      let page = try await nurse.get(Self.same(own)).text
      #expect(page.contains("name=\"other\" value=\"\(other.text)\""))
    }
    for name in ["Mulyono Wahyu Santoso Pratama", "Mulyono Wahyu Pratama", "Mulyono Wahyu"] {
      let before = try server.facts()
      let answer = try await nurse.post(
        "/people",
        [
          ("name", name), ("sex", "male"), ("born", "1981-04-17"), ("relation", "1"),
          ("since", "2025-06-01"), ("place", place.text),
        ])
      #expect(answer.status == 200 && answer.text.contains("Mulyono Wahyu"), "\(name)")
      #expect(try server.facts() == before)
    }
    // On another day words in common are none of one person.
    let other = Self.person(
      TwoPuskesmas.id(710_000_003), "Mulyono Wahyu", born: TwoPuskesmas.day(1981, 9, 2),
      at: Self.north.posyandu(3))
    try MoveAcrossTests.accept(other, in: server)
    let page = try await nurse.get(Self.same(Self.one)).text
    #expect(!page.contains(TwoPuskesmas.id(710_000_003).text))
  }

  /// In another village of the Puskesmas, too.
  @Test func aWordMoreIsFoundAcrossVillages() async throws {
    let server = try await SignedInServer.start()
    try MoveAcrossTests.accept(
      Self.person(Self.one, "Mulyono Wahyu Pratama", at: Self.north.posyandu(1))
        + Self.person(Self.two, "Mulyono Wahyu", at: Self.north.posyandu(3)), in: server)
    let nurse = try await server.signIn(.clusterWorker)
    for (own, other) in [(Self.one, Self.two), (Self.two, Self.one)] {
      let page = try await nurse.get(Self.same(own)).text
      #expect(page.contains("name=\"other\" value=\"\(other.text)\""))
    }
  }

  /// What the list of the Puskesmas shows as a pair stands on the page of either, and of nobody who
  /// may not decide about both.
  @Test func pairsOfTheListStandOnThePageOfEither() async throws {
    let server = try await SignedInServer.start()
    try MoveAcrossTests.accept(
      Self.person(Self.one, "Bejo Santoso", at: Self.north.posyandu(1))
        + Self.person(Self.two, "Bejo Santosa", at: Self.north.posyandu(3)), in: server)
    let nurse = try await server.signIn(.clusterWorker)
    let list = try await DuplicatesAcrossTests.list(nurse)
    #expect(list.contains(Self.one.text) && list.contains(Self.two.text))
    for (own, other) in [(Self.one, Self.two), (Self.two, Self.one)] {
      let page = try await nurse.get(Self.same(own)).text
      #expect(page.contains("name=\"other\" value=\"\(other.text)\""))
    }
    // The village of the first alone.
    let pustu = try await server.signIn(.pustuWorker)
    #expect(!(try await pustu.get(Self.same(Self.one)).text).contains(Self.two.text))
  }

  /// What the program does not find is looked for by hand, and joined.
  @Test func anotherRecordIsLookedForByHand() async throws {
    let server = try await SignedInServer.start()
    try MoveAcrossTests.accept(
      Self.person(Self.one, "Mulyono Wahyu", at: Self.north.posyandu(1))
        + Self.person(
          Self.two, "Pak Haji Bejo", born: TwoPuskesmas.day(1980, 1, 1),
          at: Self.north.posyandu(3)), in: server)
    var nurse = try await server.signIn(.clusterWorker)
    let path = Self.same(Self.one)
    #expect(!(try await nurse.get(path).text).contains(Self.two.text))
    // Out of reach nobody is found, and the own record is not offered beside itself.
    let foreign = try await nurse.get("\(path)?q=\(TwoPuskesmas.southern)").text
    #expect(foreign.contains("Tidak ditemukan di wilayah Anda."))
    let itself = try await nurse.get("\(path)?q=Mulyono").text
    #expect(!itself.contains("name=\"other\" value=\"\(Self.one.text)\""))
    let found = try await nurse.get("\(path)?q=Bejo").text
    let form = try #require(try PageForm(to: path, holding: Self.two.text, in: found))
    let joined = try await nurse.post(path, form.fields + [("decision", "same")])
    #expect(joined.status == 303)
    #expect(try server.district.entry(Self.two)?.mergedInto != nil)
  }

  /// One NIK in two Puskesmas: each side is told where the other stands, and by a move both come
  /// into one list.
  @Test func oneNumberInTwoPuskesmasIsJoinedByWayOfAMove() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    let number = "3171231704810001"
    try MoveAcrossTests.workInTheSouth(.dataManager, server)
    try MoveAcrossTests.accept(
      Self.person(Self.one, "Mulyono Wahyu", number: number, at: Self.north.posyandu(1))
        + Self.person(Self.two, "Bejo Sentosa", number: number, at: Self.south.posyandu(1)),
      in: server)
    var nurse = try await server.signIn(.clusterWorker)
    var southern = try await server.signIn(.dataManager)
    let page = try await nurse.get(Self.same(Self.one)).text
    let notice = "NIK yang sama tercatat juga pada seseorang di wilayah Puskesmas Selatan"
    #expect(page.contains(notice))
    #expect(!page.contains(Self.two.text) && !page.contains("Bejo"))
    let there = try await southern.get(Self.same(Self.two)).text
    #expect(there.contains("wilayah Puskesmas Utara") && !there.contains("Mulyono"))
    // The way that the page offers.
    let link = try #require(try PageText.link("Pindahkan ke wilayah Puskesmas Selatan", in: page))
    let move = try await nurse.get(link).text
    let path = Links.person(Self.one) + "/move"
    let form = try #require(try PageForm(to: path, holding: "name=\"goes\"", in: move))
    clock.advance(milliseconds: 1)
    let moved = try await nurse.post(
      path, form.filled([("place", Self.south.posyandu(1).text), ("relation", "1")]))
    #expect(moved.status == 303)
    // Now the south sees both, and joins them.
    let both = try await southern.get(Self.same(Self.two) + "?q=Mulyono").text
    let join = try #require(try PageForm(to: Self.same(Self.two), holding: Self.one.text, in: both))
    clock.advance(milliseconds: 1)
    let joined = try await southern.post(join.path, join.fields + [("decision", "same")])
    #expect(joined.status == 303)
    #expect(try server.district.entry(Self.two)?.mergedInto != nil)
    #expect(try await southern.get(Links.person(Self.two)).status == 200)
    #expect(try server.district.verify().mismatch == nil)
  }

  /// The list of the area is worked out for whoever asks for one record, as after a restart.
  @Test func theListIsWorkedOutWhenAskedFor() async throws {
    let server = try await SignedInServer.start()
    let nurse = try await server.signIn(.clusterWorker)
    let path = Self.same(Self.north.mother(1))
    #expect(try await nurse.get(path).text.contains("sedang dihitung"))
    var isWorking = true
    for _ in 0..<200 where isWorking {
      try await Task.sleep(for: .milliseconds(50))
      isWorking = try await nurse.get(path).text.contains("sedang dihitung")
    }
    #expect(!isWorking)
  }

  @Test func whoeverIsProtectedIsInNoNotice() async throws {
    let server = try await SignedInServer.start()
    let number = "3171231704810001"
    let restriction = Fact(
      id: .fresh(at: SmallDistrict.today), subject: Self.two, kind: .restriction,
      occurredOn: TwoPuskesmas.day(2025, 6, 1), recordedAt: SmallDistrict.today,
      recorder: TwoPuskesmas.worker(.clusterWorker),
      body: RestrictionBody(reason: .protection).bytes)
    try MoveAcrossTests.accept(
      Self.person(Self.one, "Mulyono Wahyu", number: number, at: Self.north.posyandu(1))
        + Self.person(Self.two, "Mulyono Wahyu", number: number, at: Self.south.posyandu(1))
        + [restriction], in: server)
    let nurse = try await server.signIn(.clusterWorker)
    #expect(!(try await nurse.get(Self.same(Self.one)).text).contains("Puskesmas Selatan"))
  }
}
