import Health
import Journal
import Services
import Testing

@testable import Web

/// A family has one head: who comes into it as a second one is asked about, and relations that are
/// hardly so are asked about once.
@Suite struct RegisteredHeadTests {
  private static let north = TwoPuskesmas.Side.north
  private static let family = north.family(2)

  private static func fields(_ changes: [String: String]) -> [(String, String)] {
    BadEntryTests.entered(
      [
        "name": "Slamet Bertamu", "born": "1970-05-05", "place": north.posyandu(2).text,
        "since": "2025-06-01", "is_new": "1",
      ].merging(changes) { $1 })
  }

  @Test(arguments: ["family", "card"])
  func aSecondHeadIsNotStored(_ way: String) async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let home = way == "family" ? Self.family.text : Self.north.card(2)
    let before = try server.facts()
    clock.advance(milliseconds: 1)
    let asked = try await nurse.post("/people", Self.fields([way: home, "relation": "1"]))
    #expect(asked.status == 400 && asked.text.contains("sudah punya kepala keluarga"))
    #expect(asked.text.contains("name=\"becomes_head\""))
    #expect(try server.facts() == before)
    // Named brother of the head, and head from then on: the others are asked about.
    clock.advance(milliseconds: 1)
    let saved = try await nurse.post(
      "/people", Self.fields([way: home, "relation": "8", "becomes_head": "1"]))
    #expect(saved.status == 303)
    let next = try #require(saved["location"])
    #expect(next.hasPrefix(Links.family(Self.family) + "/edit?head="))
    let page = try await nurse.get(next).text
    #expect(page.contains("Kepala keluarga menjadi Slamet Bertamu."))
    let form = try #require(try PageForm(to: Links.family(Self.family) + "/edit", in: page))
    let newcomer = try #require(form["head"])
    #expect(next.hasSuffix(newcomer))
    let field = "relation_\(Self.north.child(2).text)"
    clock.advance(milliseconds: 1)
    let changed = try await nurse.post(form.path, form.filled([(field, "8")]))
    #expect(changed.status == 303)
    #expect(try server.district.household(Self.family)?.body.head?.text == newcomer)
    #expect(try server.district.entry(Self.north.mother(2))?.relation == .otherRelative)
  }

  /// Of records that name two heads one is shown as head.
  @Test func oneHeadIsShown() async throws {
    let server = try await SignedInServer.start()
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    let id = Identifier.fresh(at: recording.at)
    var body = PersonBody()
    body.name = Array("Kepala Kedua".utf8)
    body.sex = .male
    body.birthDate = TwoPuskesmas.day(1960, 1, 1)
    _ = try await server.district.record(
      Registration(
        person: body, place: Self.north.posyandu(2), household: Self.family, relation: .head,
        since: TwoPuskesmas.day(2025, 1, 1)
      ).facts(recording, as: id))
    let nurse = try await server.signIn(.clusterWorker)
    let page = try await nurse.get(Links.family(Self.family)).text
    #expect(page.contains("perlu ditanyakan") && page.contains("Tercatat sebagai kepala juga"))
    let heads = try PageText.matches(">(kepala keluarga)<", in: page)
    #expect(heads.count == 1)
  }

  /// The day before the tenth birthday is too young to head a family, the birthday is not; twelve
  /// years are enough for a parent.
  @Test func hardlyLikelyRelationsAreAskedAboutOnce() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let today = SmallDistrict.today.day(hoursEastOfGreenwich: 7)
    func answer(_ changes: [String: String]) async throws -> RawAnswer {
      clock.advance(milliseconds: 1)
      return try await nurse.post(
        "/people", Self.fields(changes.merging(["since": Format.iso(today)]) { $1 }))
    }
    let tenth = TwoPuskesmas.day(2015, 6, 20)
    let young = ["born": Format.iso(tenth + AgeInDays(1)), "relation": "1"]
    let asked = try await answer(young)
    #expect(asked.status == 400 && asked.text.contains("name=\"is_relation_checked\""))
    #expect(
      try await answer(young.merging(["is_relation_checked": "1"]) { $1 }).status == 303)
    #expect(try await answer(["born": Format.iso(tenth), "relation": "1"]).status == 303)
    // The head was born on 2 March 1995.
    let twelve = TwoPuskesmas.day(1983, 3, 2)
    let parent = ["family": Self.family.text, "relation": "6"]
    let late = Format.iso(twelve + AgeInDays(1))
    #expect(try await answer(parent.merging(["born": late]) { $1 }).status == 400)
    #expect(
      try await answer(parent.merging(["born": Format.iso(twelve)]) { $1 }).status == 303)
  }

  /// The day before the tenth birthday is asked about once where a member is made head, too; the
  /// birthday is not, nor who was asked about at the registration already.
  @Test func aChildMadeHeadIsAskedAboutOnce() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    let tenth = TwoPuskesmas.day(2015, 6, 20)
    func member(born: CivilDate) async throws -> Identifier {
      let id = Identifier.fresh(at: recording.at)
      var body = PersonBody()
      body.name = Array("Anak \(Format.iso(born))".utf8)
      body.sex = .male
      body.birthDate = born
      _ = try await server.district.record(
        Registration(
          person: body, place: Self.north.posyandu(2), household: Self.family, relation: .child,
          since: TwoPuskesmas.day(2025, 6, 20)
        ).facts(recording, as: id))
      return id
    }
    let young = try await member(born: tenth + AgeInDays(1))
    let old = try await member(born: tenth)
    var nurse = try await server.signIn(.clusterWorker)
    let edit = Links.family(Self.family) + "/edit"
    let question = "name=\"head_checked\""
    func chosen(_ head: Identifier, _ checked: Bool) async throws -> RawAnswer {
      clock.advance(milliseconds: 1)
      let way = edit + "?head=\(head.text)" + (checked ? "&head_checked=\(head.text)" : "")
      let form = try #require(try PageForm(to: edit, in: try await nurse.get(way).text))
      #expect(form["head_checked"] == (checked ? head.text : nil))
      let others = [young, old, Self.north.mother(2), Self.north.child(2)].filter { $0 != head }
      return try await nurse.post(
        edit, form.filled(others.map { ("relation_\($0.text)", "8") }))
    }
    let before = try server.facts()
    let asked = try await chosen(young, false)
    #expect(asked.status == 400 && asked.text.contains(question))
    #expect(asked.text.contains("berumur 9 tahun") && asked.text.contains(young.text))
    #expect(try server.facts() == before)
    let other = try #require(try PageForm(to: edit, in: asked.text))
    // That somebody else was looked at says nothing of this one.
    let wrong = other.filled([("head_checked", old.text)])
    #expect(try await nurse.post(edit, wrong).status == 400)
    #expect(try server.facts() == before)
    #expect(try await chosen(old, false).status == 303)
    #expect(try server.district.household(Self.family)?.body.head == old)
    #expect(try await chosen(young, true).status == 303)
    #expect(try server.district.household(Self.family)?.body.head == young)
  }

  /// By the number of its card into the family of another Posyandu: asked about once, with all else
  /// that is asked, and anew where another place is chosen.
  @Test func whoComesIntoAFamilyElsewhereIsAskedAbout() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    func register(at posyandu: UInt64, _ more: [String: String]) async throws -> RawAnswer {
      clock.advance(milliseconds: 1)
      let place = Self.north.posyandu(posyandu).text
      return try await nurse.post(
        "/people",
        Self.fields(
          ["place": place, "card": Self.north.card(2), "relation": "8"].merging(more) { $1 }))
    }
    let question = "type=\"checkbox\" name=\"lives_there\""
    let before = try server.facts()
    let asked = try await register(at: 3, [:])
    #expect(asked.status == 400 && asked.text.contains(question))
    let told = try #require(
      try PageText.matches("\(question) value=\"([^\"]*)\"", in: asked.text).first)
    // With a second head in the same answer; what was said is kept, and not asked again.
    let both = try await register(at: 3, ["relation": "1"])
    #expect(both.text.contains(question) && both.text.contains("name=\"becomes_head\""))
    let kept = try await register(at: 3, ["relation": "1", "lives_there": told])
    #expect(kept.status == 400 && !kept.text.contains(question))
    #expect(kept.text.contains("name=\"lives_there\" value=\"\(told)\""))
    #expect(try await register(at: 1, ["lives_there": told]).text.contains(question))
    #expect(try server.facts() == before)
    #expect(try await register(at: 3, ["lives_there": told]).status == 303)
  }

  @Test func whoLivesWithTheFamilyOfTheCardIsNotAskedAbout() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let fields = Self.fields(["card": Self.north.card(2), "relation": "8"])
    #expect(try await nurse.post("/people", fields).status == 303)
  }

  /// With one Posyandu there is nothing to choose; how a newcomer stands to the head is asked.
  @Test func aKaderChoosesNoPosyanduAndIsAskedForTheRelation() async throws {
    let server = try await SignedInServer.start()
    let kader = try await server.signIn(.kader)
    let form = try #require(
      try PageForm(to: "/people", in: try await kader.get("/people/new").text))
    #expect(form["place"] == Self.north.posyandu(1).text && form["relation"] == "")
    let added = try await kader.get("/people/new?family=\(Self.north.family(1).text)").text
    let member = try #require(try PageForm(to: "/people", in: added))
    #expect(member["place"] == Self.north.posyandu(1).text && member["relation"] == "")
    let nurse = try await server.signIn(.clusterWorker)
    let several = try #require(
      try PageForm(to: "/people", in: try await nurse.get("/people/new").text))
    #expect(several["place"] == "")
    let done = try await kader.get(Links.person(Self.north.mother(1)) + "?done=registered").text
    #expect(done.contains("Daftarkan orang berikutnya"))
  }

  /// Into the family of another Posyandu, and to live at a third: asked about once.
  @Test func aMoveIntoAFamilyElsewhereIsAskedAbout() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let path = Links.person(Self.north.child(1)) + "/move"
    let form = try #require(
      try PageForm(to: path, holding: "name=\"card\"", in: try await nurse.get(path).text))
    func move(to posyandu: UInt64, _ more: [(String, String)] = []) async throws -> RawAnswer {
      clock.advance(milliseconds: 1)
      let values = [
        ("place", Self.north.posyandu(posyandu).text), ("card", Self.north.card(2)),
        ("relation", "8"), ("on", "2025-06-19"), ("goes", "here"),
      ]
      return try await nurse.post(path, form.filled(values + more))
    }
    let before = try server.facts()
    let asked = try await move(to: 3)
    #expect(asked.status == 400 && asked.text.contains("name=\"lives_there\""))
    #expect(try server.facts() == before)
    #expect(try await move(to: 3, [("lives_there", "1")]).status == 303)
    #expect(try server.district.entry(Self.north.child(1))?.household == Self.family)
  }

  @Test func aMoveToWhereTheFamilyLivesIsNotAskedAbout() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let path = Links.person(Self.north.child(1)) + "/move"
    let form = try #require(
      try PageForm(to: path, holding: "name=\"card\"", in: try await nurse.get(path).text))
    let values = [
      ("place", Self.north.posyandu(2).text), ("card", Self.north.card(2)), ("relation", "8"),
      ("on", "2025-06-19"), ("goes", "here"),
    ]
    #expect(try await nurse.post(path, form.filled(values)).status == 303)
  }
}
