import Health
import Journal
import Services
import Testing

@testable import Web

/// Ends of marriages, and taking them back; and what the form of a marriage keeps.
@Suite struct MarriageEndTests {
  private static let north = TwoPuskesmas.Side.north

  /// The form on a person's marriage page that does something.
  private static func form(
    _ act: String, of person: Identifier, _ browser: Browser
  ) async throws -> PageForm? {
    let path = Links.person(person) + "/marriage"
    return try PageForm(
      to: path, holding: "value=\"\(act)\"", in: try await browser.get(path).text)
  }

  private static func end(
    _ person: Identifier, on day: String, _ browser: inout Browser
  ) async throws {
    let form = try #require(try await form("end", of: person, browser))
    try #require(try await browser.post(form.path, form.filled([("on", day)])).status == 303)
  }

  /// A marriage, and a record of the bride that is older than the one she married with: once they
  /// are joined it stands for both.
  private static func twoRecordsOfABride() async throws -> (
    clock: TestClock, server: SignedInServer, nurse: Browser, first: Identifier,
    groom: Identifier, bride: Identifier
  ) {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let first = try await MarriageTests.register(
      "Rini Penganten", "female", born: "1991-05-05", in: &nurse)
    clock.advance(milliseconds: 1)
    let (groom, bride) = try await MarriageTests.newlyWed(&nurse)
    clock.advance(milliseconds: 1)
    return (clock, server, nurse, first, groom, bride)
  }

  @Test func aMarriageWithARecordThatWasJoinedSinceEnds() async throws {
    let known = try await Self.twoRecordsOfABride()
    let (clock, server, first, groom, bride) = (
      known.clock, known.server, known.first, known.groom, known.bride
    )
    var nurse = known.nurse
    let join = [("other", bride.text), ("decision", "same")]
    #expect(try await nurse.post(Links.person(first) + "/same", join).status == 303)
    #expect(try server.district.person(bride)?.person.id == first)
    #expect(try server.district.person(groom)?.spouses.map(\.id) == [first])
    func spouses() throws -> [Int?] {
      try [groom, first].map { try server.district.person($0)?.spouses.count }
    }
    clock.advance(milliseconds: 1)
    try await Self.end(groom, on: "2025-06-10", &nurse)
    #expect(try spouses() == [0, 0])
    clock.advance(milliseconds: 1)
    let resume = try #require(try await Self.form("resume", of: groom, nurse))
    #expect(resume["other"] == first.text)
    #expect(try await nurse.post(resume.path, resume.fields).status == 303)
    #expect(try spouses() == [1, 1])
    clock.advance(milliseconds: 1)
    // From a page that was opened before they were joined.
    let old = [("other", bride.text), ("act", "end"), ("on", "2025-06-11")]
    #expect(try await nurse.post(Links.person(groom) + "/marriage", old).status == 303)
    #expect(try spouses() == [0, 0])
    #expect(try server.district.verify().mismatch == nil)
  }

  /// One marriage that was recorded with each of two records of the bride, which were joined since.
  @Test func aMarriageToldOfTwoRecordsIsTakenBackAtOnce() async throws {
    let known = try await Self.twoRecordsOfABride()
    let (clock, server, first, groom, bride) = (
      known.clock, known.server, known.first, known.groom, known.bride
    )
    var nurse = known.nurse
    let again = [
      ("other", first.text), ("home", "apart"), ("on", "2025-06-02"), ("is_bound_checked", "1"),
    ]
    let marriage = Links.person(groom) + "/marriage"
    #expect(try await nurse.post(marriage, again).status == 303)
    clock.advance(milliseconds: 1)
    let join = [("other", bride.text), ("decision", "same")]
    #expect(try await nurse.post(Links.person(first) + "/same", join).status == 303)
    clock.advance(milliseconds: 1)
    #expect(try server.district.person(groom)?.spouses.map(\.id) == [first])
    let undo = [("other", first.text), ("act", "undo")]
    #expect(try await nurse.post(marriage, undo).status == 303)
    for person in [groom, first] {
      let record = try #require(try server.district.person(person))
      #expect(record.spouses.isEmpty && record.person.place == Self.north.posyandu(2))
    }
    #expect(try await nurse.post(marriage, undo).status == 404)
    #expect(try server.district.verify().mismatch == nil)
  }

  /// The end of one marriage that was recorded with each of two records of the bride, which were
  /// joined since: taken back once, it is so of both, and the marriage lasts on both sides.
  @Test func anEndToldOfTwoRecordsIsTakenBackAtOnce() async throws {
    let known = try await Self.twoRecordsOfABride()
    let (clock, server, first, groom, bride) = (
      known.clock, known.server, known.first, known.groom, known.bride
    )
    var nurse = known.nurse
    let marriage = Links.person(groom) + "/marriage"
    let again = [
      ("other", first.text), ("home", "apart"), ("on", "2025-06-02"), ("is_bound_checked", "1"),
    ]
    #expect(try await nurse.post(marriage, again).status == 303)
    clock.advance(milliseconds: 1)
    for (other, day) in [(bride, "2025-06-05"), (first, "2025-06-06")] {
      let end = [("other", other.text), ("act", "end"), ("on", day)]
      #expect(try await nurse.post(marriage, end).status == 303)
      clock.advance(milliseconds: 1)
    }
    let join = [("other", bride.text), ("decision", "same")]
    #expect(try await nurse.post(Links.person(first) + "/same", join).status == 303)
    clock.advance(milliseconds: 1)
    func marriages() throws -> [(spouses: Int, ends: [Int])] {
      try [groom, first].map { id in
        let record = try #require(try server.district.person(id))
        let told = try server.district.marriages(of: record.person)
        return (record.spouses.count, told.map { $0.end?.facts.count ?? 0 })
      }
    }
    #expect(try marriages().allSatisfy { $0.spouses == 0 && $0.ends == [2] })
    let resume = try #require(try await Self.form("resume", of: groom, nurse))
    #expect(try await nurse.post(resume.path, resume.fields).status == 303)
    #expect(try marriages().allSatisfy { $0.spouses == 1 && $0.ends == [0] })
    #expect(try await Self.form("resume", of: first, nurse) == nil)
    #expect(try server.district.verify().mismatch == nil)
  }

  @Test func whoDiedIsNotMarriedOn() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let (groom, bride) = try await MarriageTests.newlyWed(&nurse)
    clock.advance(milliseconds: 1)
    try await Self.end(bride, on: "2025-06-05", &nurse)
    let opened = try #require(try await Self.form("resume", of: bride, nurse))
    let death = Links.person(groom) + "/death"
    #expect(try await nurse.post(death, [("on", "2025-06-10")]).status == 303)
    let before = try server.facts()
    for person in [bride, groom] {
      let page = try await nurse.get(Links.person(person) + "/marriage").text
      #expect(page.contains("Joko Pengantin tercatat meninggal: 10 Juni 2025"))
      #expect(!page.contains("value=\"resume\""))
    }
    let refused = try await nurse.post(opened.path, opened.fields)
    #expect(
      refused.status == 400 && refused.text.contains("batalkan dahulu di “Perbaiki kematian”"))
    #expect(try server.facts() == before)
    clock.advance(milliseconds: 1)
    let mistaken = try #require(
      try PageForm(
        to: death, holding: "value=\"undo\"", in: try await nurse.get(death).text))
    #expect(try await nurse.post(death, mistaken.fields).status == 303)
    let again = try #require(try await Self.form("resume", of: bride, nurse))
    #expect(try await nurse.post(again.path, again.fields).status == 303)
    #expect(try server.district.person(bride)?.spouses.map(\.id) == [groom])
  }

  /// A man may have had two wives at once; who married after the end of a marriage is not married
  /// on in it.
  @Test(arguments: [("2025-06-04", true), ("2025-06-05", false), ("2025-06-06", false)])
  func whoMarriedSinceIsNotMarriedOn(_ day: String, _ mayResume: Bool) async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let (groom, bride) = try await MarriageTests.newlyWed(&nurse)
    let third = try await MarriageTests.register(
      "Sari Melati", "female", born: "1992-05-05", in: &nurse)
    clock.advance(milliseconds: 1)
    try await Self.end(bride, on: "2025-06-05", &nurse)
    let opened = try #require(try await Self.form("resume", of: bride, nurse))
    clock.advance(milliseconds: 1)
    let path = Links.person(groom) + "/marriage"
    let married = [("other", third.text), ("home", "apart"), ("on", day)]
    #expect(try await nurse.post(path, married).status == 303)
    clock.advance(milliseconds: 1)
    let before = try server.facts()
    for person in mayResume ? [] : [bride, groom] {
      let page = try await nurse.get(Links.person(person) + "/marriage").text
      #expect(page.contains("Joko Pengantin tercatat menikah dengan orang lain: "))
      #expect(!page.contains("value=\"resume\""))
    }
    let answer = try await nurse.post(opened.path, opened.fields)
    guard !mayResume else {
      #expect(answer.status == 303)
      return
    }
    #expect(answer.status == 400 && answer.text.contains("menikah dengan orang lain: "))
    // That the later marriage is over, too, changes nothing of it.
    #expect(try server.facts() == before)
    try await Self.end(third, on: "2025-06-15", &nurse)
    #expect(try await nurse.post(opened.path, opened.fields).status == 400)
    clock.advance(milliseconds: 1)
    // Recorded by mistake, it is taken back.
    for act in ["resume", "undo"] {
      let form = try #require(try await Self.form(act, of: third, nurse))
      #expect(try await nurse.post(form.path, form.fields).status == 303)
      clock.advance(milliseconds: 1)
    }
    #expect(try await nurse.post(opened.path, opened.fields).status == 303)
    #expect(try server.district.person(groom)?.spouses.map(\.id) == [bride])
    #expect(try server.district.verify().mismatch == nil)
  }

  @Test func anEndThatIsToComeIsToldSo() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let (groom, _) = try await MarriageTests.newlyWed(&nurse)
    let form = try #require(try await Self.form("end", of: groom, nurse))
    let before = try server.facts()
    for (day, told) in [("2025-06-21", "belum tiba"), ("x", "Bukan tanggal")] {
      let refused = try await nurse.post(form.path, form.filled([("on", day)]))
      #expect(refused.status == 400 && refused.text.contains(told), "\(day)")
    }
    #expect(try server.facts() == before)
  }

  /// Who is recorded as married to somebody out of reach is told so, and not whom.
  @Test func aSpouseOutOfReachIsNotNamed() async throws {
    let server = try await SignedInServer.start()
    let nurse = try await server.signIn(.clusterWorker)
    let spouse = TwoPuskesmas.Side.south.mother(1)
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    _ = try await server.district.record([
      recording.fact(
        .relation, of: Self.north.mother(1), on: TwoPuskesmas.day(2025, 6, 1),
        RelationBody(other: spouse, kind: .spouse).bytes)
    ])
    let page = try await nurse.get(Links.person(Self.north.mother(1)) + "/marriage").text
    #expect(page.contains("di luar wilayah Anda") && !page.contains(TwoPuskesmas.southern))
    #expect(!page.contains("value=\"end\""))
  }

  @Test func theFormKeepsThatTheAgeWasLookedAt() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let bride = try await MarriageTests.register(
      "Rini Pengantin", "female", born: "2008-05-05", in: &nurse)
    _ = try await MarriageTests.register("Joko Pengantin", "male", born: "1990-05-05", in: &nurse)
    let form = try await MarriageTests.form(of: bride, with: "Joko Pengantin", nurse)
    let known = [("is_age_checked", "1"), ("on", "2025-06-01")]
    let before = try server.facts()
    for wrong in [[("home", "fresh"), ("place", "")], [("home", "apart"), ("on", "x")]] {
      let names = Set(wrong.map(\.0))
      let answer = try await nurse.post(
        form.path, form.filled(known.filter { !names.contains($0.0) } + wrong))
      #expect(answer.status == 400 && answer.text.contains("class=\"wrong\""))
      let kept = try #require(
        try PageForm(to: form.path, holding: "name=\"home\"", in: answer.text))
      #expect(kept["is_age_checked"] == "1", "\(wrong)")
    }
    #expect(try server.facts() == before)
    // Who did not tick is asked still.
    let unseen = form.filled([("home", "fresh"), ("place", ""), ("on", "2025-06-01")])
    let asked = try await nurse.post(form.path, unseen)
    let again = try #require(
      try PageForm(to: form.path, holding: "is_age_checked", in: asked.text))
    #expect(again["is_age_checked"] == nil)
    let mended = again.filled(known + [("place", Self.north.posyandu(3).text)])
    #expect(try await nurse.post(form.path, mended).status == 303)
  }

  /// Of whom no home is known, that of the person whose page it is is not shown.
  @Test func aPartnerWithoutAHomeHasNone() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let groom = try await MarriageTests.register(
      "Joko Pengantin", "male", born: "1990-05-05", in: &nurse)
    func homes() async throws -> Int {
      let path = Links.person(Self.north.mother(1)) + "/marriage?with=\(groom.text)"
      return try await nurse.get(path).text.split(separator: "Tinggal di").count - 1
    }
    #expect(try await homes() == 2)
    clock.advance(milliseconds: 1)
    let basis = try server.district.basis(.person(groom, [.residence, .departure, .death])).text
    let away = [("based_on", basis), ("goes", "away"), ("on", "2025-06-10")]
    #expect(try await nurse.post(Links.person(groom) + "/move", away).status == 303)
    #expect(try await homes() == 1)
  }

  /// Who came to head a family after the wedding moves from the day of the wedding, and heads it
  /// again where the marriage is taken back.
  @Test func whoHeadsAFamilySinceTheWeddingMoves() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let family = Self.north.family(2)
    let registered = try await nurse.post(
      "/people",
      [
        ("name", "Joko Pengantin"), ("sex", "male"), ("born", "1994-05-05"), ("relation", "8"),
        ("since", "2025-01-01"), ("place", Self.north.posyandu(2).text), ("is_new", "1"),
        ("family", family.text),
      ])
    let path = try #require(registered["Location"]?.split(separator: "?").first)
    let groom = try #require(Identifier(text: String(path.split(separator: "/").last ?? "")))
    clock.advance(milliseconds: 1)
    let edit = Links.family(family) + "/edit"
    let form = try #require(try PageForm(to: edit, in: try await nurse.get(edit).text))
    let asked = try await nurse.post(edit, form.filled([("head", groom.text)]))
    let relations = try #require(try PageForm(to: edit, in: asked.text))
    let child = ("relation_\(Self.north.child(2).text)", "8")
    #expect(try await nurse.post(edit, relations.filled([child])).status == 303)
    clock.advance(milliseconds: 1)
    let married = try await nurse.post(
      Links.person(Self.north.mother(1)) + "/marriage",
      [("other", groom.text), ("home", "here"), ("on", "2025-05-01")])
    #expect(married["Location"]?.hasSuffix("done=married") == true)
    let entry = try #require(try server.district.entry(groom))
    #expect(entry.household == Self.north.family(1) && entry.relation == .spouse)
    #expect(try server.district.homeKnownSince(entry) == TwoPuskesmas.day(2025, 5, 1))
    clock.advance(milliseconds: 1)
    let undo = try #require(try await Self.form("undo", of: groom, nurse))
    #expect(try await nurse.post(undo.path, undo.fields).status == 303)
    let again = try #require(try server.district.entry(groom))
    #expect(again.household == family && again.relation == .head)
    #expect(try server.district.verify().mismatch == nil)
  }

  @Test func aHusbandWhoDiedIsShownAsSuch() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let (groom, bride) = try await MarriageTests.newlyWed(&nurse)
    let death = Links.person(groom) + "/death"
    #expect(try await nurse.post(death, [("on", "2025-06-10")]).status == 303)
    for path in [Links.person(bride), Links.person(bride) + "/marriage"] {
      #expect(try await nurse.get(path).text.contains("meninggal 10 Juni 2025"), "\(path)")
    }
  }
}
