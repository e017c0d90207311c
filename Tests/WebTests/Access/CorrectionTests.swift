import Health
import Journal
import Services
import Testing

@testable import Web

/// What a correction of who somebody is does, and what of it can be read back.
@Suite struct CorrectionTests {
  private static let north = TwoPuskesmas.Side.north
  private static let child = north.child(1)

  private static func correct(
    _ changes: [(String, String)], _ browser: inout Browser
  ) async throws -> String {
    let path = Links.person(child) + "/edit"
    let form = try #require(try PageForm(to: path, in: try await browser.get(path).text))
    let answer = try await browser.post(path, form.filled(changes))
    try #require(answer.status == 303)
    return try #require(answer["Location"])
  }

  @Test func whoIsNotTheMotherIsNoLongerJoined() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let mother = Self.north.mother(1)
    func isHers() throws -> Bool {
      let children = try server.district.person(mother)?.children ?? []
      return try server.district.person(Self.child)?.mother?.id == mother
        && children.contains { $0.id == Self.child }
    }
    // Something else, another spelling, and a slip of the finger leave her there.
    for changes in [
      [("father", "Ayah Bagas")], [("mother", "SULASTRI1 \(TwoPuskesmas.northern)")],
      [("mother", "Sulastri1 Utaranitaa")],
    ] {
      clock.advance(milliseconds: 1)
      #expect(try await Self.correct(changes, &nurse).hasSuffix("done=corrected"))
      #expect(try isHers(), "\(changes)")
    }
    clock.advance(milliseconds: 1)
    let other = try await Self.correct([("mother", "Rahmawati Dewi")], &nurse)
    #expect(!(try isHers()))
    let page = try await nurse.get(other).text
    #expect(page.contains("tidak lagi terhubung dengan catatan ibu yang lama"))
    #expect(page.contains("Rahmawati Dewi") && !page.contains(Links.person(mother) + "\""))
    #expect(try server.district.verify().mismatch == nil)
  }

  /// Who was parted from a wrong mother is joined to another, and that is taken back too.
  @Test func anotherMotherIsJoinedAndPartedAgain() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let (path, mother) = (Links.person(Self.child) + "/edit", Self.north.mother(2))
    func joined() throws -> Identifier? {
      try server.district.person(Self.child)?.summary.person.mother
    }
    func form(_ act: String, _ query: String = "") async throws -> PageForm? {
      try PageForm(
        to: path, holding: "value=\"\(act)\"", in: try await nurse.get(path + query).text)
    }
    let search = "?q=Sulastri2"
    // While a mother is joined another is not offered.
    #expect(try await form("join_mother", search) == nil)
    let part = try #require(try await form("part_mother"))
    // Asked once: nothing is written before.
    let standing = try server.facts()
    let question = try await nurse.post(path, part.fields)
    #expect(question.status == 200 && question.text.contains("Benar-benar dilepas"))
    #expect(try server.facts() == standing)
    let sure = try #require(
      try PageForm(to: path, holding: "value=\"part_mother\"", in: question.text))
    #expect(try await nurse.post(path, sure.fields).status == 303)
    // By a name that stayed she would be taken for the mother again.
    let parted = try #require(try server.district.person(Self.child)).summary.person
    #expect(try joined() == nil)
    #expect(parted.motherName.isEmpty && parted.motherNationalIdentityNumber.isEmpty)
    clock.advance(milliseconds: 1)
    #expect(try await form("join_mother", "?q=Bagas2") == nil)
    let join = try #require(try await form("join_mother", search))
    #expect(join["mother_id"] == mother.text)
    let before = try server.facts()
    // A boy is nobody's mother, and who is out of reach is as good as not there.
    let boy = try await nurse.post(
      path, join.filled([("mother_id", Self.north.child(2).text)]))
    #expect(boy.status == 400 && boy.text.contains("tidak dapat menjadi ibunya"))
    let stranger = TwoPuskesmas.Side.south.mother(1).text
    #expect(try await nurse.post(path, join.filled([("mother_id", stranger)])).status == 404)
    #expect(try await nurse.post(path, join.filled([("based_on", "")])).status == 409)
    #expect(try server.facts() == before)
    #expect(try await nurse.post(path, join.fields).status == 303)
    #expect(try joined() == mother)
    #expect(try server.district.person(mother)?.children.map(\.id).contains(Self.child) == true)
    let told = try server.log.entries(about: mother).entries
    #expect(told.contains { $0.entry.route == "POST /people/{id}/edit" })
    clock.advance(milliseconds: 1)
    let again = try #require(try await form("part_mother"))
    #expect(try await nurse.post(path, again.filled([("sure", "1")])).status == 303)
    #expect(try joined() == nil && server.district.verify().mismatch == nil)
  }

  @Test func aMotherWhoIsTakenAwayIsNotJoined() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    _ = try await Self.correct([("mother", "")], &nurse)
    #expect(try server.district.person(Self.child)?.summary.person.mother == nil)
  }

  /// Each correction can be told from the one before; what is another's is masked for everybody.
  @Test func allThatWasToldOfAPersonIsReadBack() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let record = try #require(try server.district.person(Self.child))
    var body = record.summary.person
    body.birthWeight = Mass(grams: 2300)
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    _ = try await server.district.record(
      record.correction(body, recording, on: TwoPuskesmas.day(2025, 6, 20)))
    _ = try await Self.correct(
      [
        ("father", "Ayah Bagas"), ("telephone", "0812-3456"), ("birth_place", "Kuala Kapuas"),
        ("birth_order", "2"), ("mother_nik", Self.north.number(1)),
      ], &nurse)
    let told = [
      "Nama ayah: Ayah Bagas", "Telepon: 0812-3456", "Tempat lahir: Kuala Kapuas",
      "Urutan lahir (bila kembar): 2", "NIK ibu: ••••••",
    ]
    let path = Links.person(Self.child)
    for page in [path + "/history", path + "/record", path + "/record.csv"] {
      let text = try await nurse.get(page).text
      for part in told { #expect(text.contains(part), "\(page) \(part)") }
      #expect(!text.contains(Self.north.number(1)), "\(page)")
      let isOwn = page.contains("/record")
      #expect(text.contains("2.300 g") == isOwn, "\(page)")
      #expect(text.contains(Self.north.number(101)) == isOwn, "\(page)")
    }
  }

  /// A newborn stands to the head of the house as its mother's child does.
  @Test func aNewbornStandsToTheHeadByItsMother() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let family = Self.north.family(1)
    let registered = try await nurse.post(
      "/people",
      [
        ("name", "Putri Anggrek"), ("sex", "female"), ("born", "2004-05-05"), ("relation", "3"),
        ("since", "2025-01-01"), ("place", Self.north.posyandu(1).text), ("is_new", "1"),
        ("family", family.text),
      ])
    let page = try await nurse.get(try #require(registered["Location"])).text
    let link = try #require(try PageText.link("Daftarkan bayi", in: page))
    let hers = try #require(try PageForm(to: "/people", in: try await nurse.get(link).text))
    #expect(hers["relation"] == "5" && hers["family"] == family.text)
    let head = "/people/new?family=\(family.text)&mother_id=\(Self.north.mother(1).text)"
    let own = try #require(try PageForm(to: "/people", in: try await nurse.get(head).text))
    #expect(own["relation"] == "3")
  }

  /// Who may be the same is told apart by as much of the NIK as is shown of it.
  @Test func whoIsPerhapsThereIsShownWithTheNIK() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let answer = try await nurse.post(
      "/people",
      [
        ("name", "Sulastri2 \(TwoPuskesmas.northern)"), ("sex", "female"), ("born", "1995-03-02"),
        ("relation", "1"), ("since", "2025-06-01"), ("place", Self.north.posyandu(2).text),
      ])
    let number = try #require(PersonText.maskedNumber(Self.north.number(2)))
    #expect(answer.text.contains("NIK \(number)"))
  }
}
