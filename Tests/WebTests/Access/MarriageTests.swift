import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// Births and marriages: what joins and changes families.
@Suite struct MarriageTests {
  private static let north = TwoPuskesmas.Side.north

  /// Somebody who lives alone in the second Posyandu since the begin of the year.
  static func register(
    _ name: String, _ sex: String, born: String, in browser: inout Browser
  ) async throws -> Identifier {
    let answer = try await browser.post(
      "/people",
      [
        ("name", name), ("sex", sex), ("born", born), ("relation", "1"), ("since", "2025-01-01"),
        ("place", north.posyandu(2).text), ("is_new", "1"), ("is_relation_checked", "1"),
      ])
    let path = try #require(answer["Location"]).split(separator: "?")[0]
    return try #require(Identifier(text: String(path.split(separator: "/").last ?? "")))
  }

  @Test func newbornIsRegisteredFromTheMothersPage() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let mother = Self.north.mother(1)
    let link = try #require(
      try PageText.matches(
        "href=\"(/people/new[^\"]*)\"", in: try await nurse.get(Links.person(mother)).text
      ).first.map(PageText.unescaped))
    let family = try await nurse.get(Links.family(Self.north.family(1))).text
    #expect(PageText.unescaped(family).contains(link))
    // A boy of one year bears nobody, and who may register nobody is led nowhere.
    #expect(!(try await nurse.get(Links.person(Self.north.child(1)))).text.contains("/people/new"))
    let head = try await server.signIn(.puskesmasHead)
    #expect(!(try await head.get(Links.person(mother))).text.contains("/people/new"))
    let page = try await nurse.get(link).text
    #expect(page.contains("name=\"mother_id\" value=\"\(mother.text)\""))
    let answer = try await nurse.post(
      "/people",
      [
        ("name", "By. Ny. Sulastri1"), ("sex", "female"), ("born", "2025-06-15"),
        ("mother", "Sulastri1 Utaranita"), ("relation", "3"), ("birth_order", "1"),
        ("place", Self.north.posyandu(1).text), ("family", Self.north.family(1).text),
        ("mother_id", mother.text), ("is_new", "1"),
      ])
    #expect(answer.status == 303)
    let children = try #require(try server.district.person(mother)).children
    let baby = try #require(children.first { $0.name == "By. Ny. Sulastri1" })
    #expect(baby.household == Self.north.family(1))
    let record = try #require(try server.district.person(baby.id))
    #expect(record.mother?.id == mother)
    let residence = try server.district.history(ofPerson: baby).map(\.stored.fact)
      .first { $0.kind == .residence }
    #expect(residence?.occurredOn == TwoPuskesmas.day(2025, 6, 15))
    // A mother out of reach is nobody.
    let foreign = try await nurse.post(
      "/people", [("mother_id", TwoPuskesmas.Side.south.mother(1).text), ("name", "X")])
    #expect(foreign.status == 404)
  }

  @Test func marriageMovesOneIntoTheOthersFamilyAndIsTakenBack() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let groom = try await Self.register(
      "Budi Pengantin", "male", born: "1994-05-05", in: &nurse)
    let bride = Self.north.mother(1)
    let path = Links.person(bride) + "/marriage"
    for language in Language.allCases {
      let found = try await nurse.get("\(path)?q=budi+pengantin&lang=\(language.rawValue)")
      try RouteTests.expectSound(found, language: language)
      #expect(found.text.contains("with=\(groom.text)"))
    }
    #expect(try await nurse.get("\(path)?with=\(groom.text)").text.contains("Budi Pengantin"))
    #expect(
      try await nurse.get("\(path)?with=\(TwoPuskesmas.Side.south.mother(1).text)").status == 404)
    let before = try server.facts()
    let fields = [("other", groom.text), ("home", "here"), ("on", "2025-06-01")]
    for (name, value) in [("on", "2999-01-01"), ("home", ""), ("on", "x"), ("home", "fresh")] {
      let wrong = fields.filter { $0.0 != name } + [(name, value)]
      #expect(try await nurse.post(path, wrong).status == 400, "\(name) \(value)")
    }
    #expect(try await nurse.post(path, [("on", "2025-06-01"), ("home", "here")]).status == 400)
    #expect(try server.facts() == before)
    let old = try #require(try server.district.person(groom)).person.household
    #expect(try await nurse.post(path, fields).status == 303)
    let married = try #require(try server.district.person(groom))
    #expect(married.spouses.map(\.id) == [bride])
    #expect(married.person.household == Self.north.family(1))
    #expect(married.person.relation == .spouse)
    #expect(married.person.place == Self.north.posyandu(1))
    #expect(try server.district.person(bride)?.spouses.map(\.id) == [groom])
    #expect(
      try server.log.entries(about: groom).entries.contains {
        $0.entry.route == "POST /people/{id}/marriage"
      })
    // Twice is once too often; taken back, both are as they were.
    #expect(try await nurse.post(path, fields).status == 400)
    let undo = [("other", groom.text), ("act", "undo")]
    #expect(try await nurse.post(path, undo).status == 303)
    let again = try #require(try server.district.person(groom))
    #expect(again.spouses.isEmpty && again.person.household == old)
    #expect(again.person.relation == .head && again.person.place == Self.north.posyandu(2))
    #expect(try server.district.person(bride)?.spouses.isEmpty == true)
    #expect(try await nurse.post(path, undo).status == 404)
  }

  @Test func newFamilyIsMadeAndMarriageEnds() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let groom = try await Self.register(
      "Joko Pengantin", "male", born: "1990-05-05", in: &nurse)
    let bride = try await Self.register(
      "Rini Pengantin", "female", born: "1991-05-05", in: &nurse)
    let path = Links.person(groom) + "/marriage"
    let fields = [
      ("other", bride.text), ("home", "fresh"), ("on", "2025-06-01"),
      ("place", Self.north.posyandu(3).text),
    ]
    #expect(try await nurse.post(path, fields).status == 303)
    let one = try #require(try server.district.person(groom))
    let two = try #require(try server.district.person(bride))
    #expect(one.person.household != nil && one.person.household == two.person.household)
    #expect(one.person.relation == .head && two.person.relation == .spouse)
    #expect(two.person.place == Self.north.posyandu(3))
    let page = try await nurse.get(path).text
    #expect(page.contains("Rini Pengantin"))
    let end = [("other", bride.text), ("act", "end")]
    #expect(try await nurse.post(path, end + [("on", "never")]).status == 400)
    #expect(try await nurse.post(path, end + [("on", "2025-06-19")]).status == 303)
    #expect(try server.district.person(groom)?.spouses.isEmpty == true)
    #expect(try server.district.person(bride)?.spouses.isEmpty == true)
    // Where they live is another matter.
    #expect(try server.district.person(bride)?.person.household == one.person.household)
  }

  /// Two who are newly wed, in a family of their own.
  static func newlyWed(
    _ nurse: inout Browser
  ) async throws -> (groom: Identifier, bride: Identifier) {
    let groom = try await register("Joko Pengantin", "male", born: "1990-05-05", in: &nurse)
    let bride = try await register("Rini Pengantin", "female", born: "1991-05-05", in: &nurse)
    let answer = try await nurse.post(
      Links.person(groom) + "/marriage",
      [
        ("other", bride.text), ("home", "fresh"), ("on", "2025-06-01"),
        ("place", north.posyandu(3).text),
      ])
    try #require(answer.status == 303)
    return (groom, bride)
  }

  private static func undone(
    _ groom: Identifier, _ bride: Identifier, _ nurse: inout Browser
  ) async throws -> (status: Int, done: String) {
    let answer = try await nurse.post(
      Links.person(groom) + "/marriage", [("other", bride.text), ("act", "undo")])
    return (answer.status, String(answer["Location"]?.split(separator: "=").last ?? ""))
  }

  @Test func aNewFamilyGoesWithTheMarriage() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let (groom, bride) = try await Self.newlyWed(&nurse)
    let household = try #require(try server.district.person(groom)?.person.household)
    let (status, done) = try await Self.undone(groom, bride, &nurse)
    #expect(status == 303 && done == "marriage_undone")
    for person in [groom, bride] {
      let record = try #require(try server.district.person(person))
      #expect(record.spouses.isEmpty && record.person.household != household)
      #expect(record.person.place == Self.north.posyandu(2))
    }
    #expect(
      try server.district.family(household, on: TwoPuskesmas.day(2025, 6, 20)) == nil)
    #expect(try await nurse.get(Links.family(household)).status == 404)
    #expect(try server.district.verify().mismatch == nil)
  }

  @Test func whatWasBuiltOnAMarriageStaysAndIsTold() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    var (groom, bride) = try await Self.newlyWed(&nurse)
    var household = try #require(try server.district.person(groom)?.person.household)
    let member = [
      ("name", "Anak Pengantin"), ("sex", "female"), ("born", "2025-06-02"), ("relation", "3"),
      ("since", "2025-06-02"), ("place", Self.north.posyandu(3).text), ("is_new", "1"),
      ("family", household.text),
    ]
    #expect(try await nurse.post("/people", member).status == 303)
    var answer = try await Self.undone(groom, bride, &nurse)
    #expect(answer.status == 303 && answer.done == "marriage_undone_household_kept")
    let page = try await nurse.get(Links.person(groom) + "?done=\(answer.done)").text
    #expect(page.contains("Keluarga barunya tetap ada"))
    let today = TwoPuskesmas.day(2025, 6, 20)
    #expect(
      try server.district.family(household, on: today)?.members.map(\.name) == ["Anak Pengantin"])
    // One of the two has moved on since.
    (groom, bride) = try await Self.newlyWed(&nurse)
    household = try #require(try server.district.person(groom)?.person.household)
    let path = Links.person(bride) + "/move"
    let basis = try server.district.basis(.person(bride, [.residence, .departure, .death])).text
    let move = [
      ("based_on", basis), ("place", Self.north.posyandu(4).text), ("relation", "1"),
      ("on", "2025-06-10"),
    ]
    #expect(try await nurse.post(path, move).status == 303)
    answer = try await Self.undone(groom, bride, &nurse)
    #expect(answer.status == 303 && answer.done == "marriage_undone_home_kept")
    #expect(try server.district.person(bride)?.person.place == Self.north.posyandu(4))
    #expect(try server.district.person(groom)?.spouses.isEmpty == true)
    // Nobody lives in the new family any more: it goes.
    #expect(try server.district.family(household, on: today) == nil)
    #expect(try await Self.undone(groom, bride, &nurse).status == 404)
  }

  /// The form of a marriage between two, reached from the page of the first by its link.
  static func form(
    of person: Identifier, with partner: String, _ browser: Browser
  ) async throws -> PageForm {
    let page = try await browser.get(Links.person(person)).text
    let path = try #require(try PageText.link("Catat pernikahan", in: page))
    let query = Links.encoded(partner)
    let found = try await browser.get("\(path)?q=\(query)").text
    let choice = try #require(
      try PageText.matches("<a href=\"([^\"]*\\?with=[^\"]*)\"", in: found).first)
    let text = try await browser.get(PageText.unescaped(choice)).text
    return try #require(try PageForm(to: path, holding: "name=\"home\"", in: text))
  }

  @Test func anEndRecordedByMistakeIsTakenBack() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let (groom, bride) = try await Self.newlyWed(&nurse)
    let path = Links.person(bride) + "/marriage"
    let end = try #require(
      try PageForm(
        to: path, holding: "value=\"end\"", in: try await nurse.get(path).text))
    // Before they married nothing ends.
    let before = try server.facts()
    let early = try await nurse.post(path, end.filled([("on", "2025-05-31")]))
    #expect(early.status == 400 && early.text.contains("Sebelum tanggal menikah: 1 Juni 2025."))
    #expect(try server.facts() == before)
    clock.advance(milliseconds: 1)
    #expect(try await nurse.post(path, end.filled([("on", "2025-06-01")])).status == 303)
    #expect(try server.district.person(groom)?.spouses.isEmpty == true)
    clock.advance(milliseconds: 1)
    // On the page of either.
    let other = Links.person(groom) + "/marriage"
    let page = try await nurse.get(other).text
    #expect(page.contains("Rini Pengantin</h3><p>Berakhir 1 Juni 2025</p>"))
    let resume = try #require(try PageForm(to: other, holding: "value=\"resume\"", in: page))
    #expect(try await nurse.post(other, resume.fields).status == 303)
    #expect(try server.district.person(groom)?.spouses.map(\.id) == [bride])
    #expect(try server.district.person(bride)?.spouses.map(\.id) == [groom])
    #expect(try await nurse.post(other, resume.fields).status == 409)
    #expect(!(try await nurse.get(other).text).contains("value=\"resume\""))
    // The history tells begin and end apart, with whom, and what was taken back.
    let link = try #require(
      try PageText.link("Riwayat catatan", in: try await nurse.get(Links.person(groom)).text))
    let history = try await nurse.get(link).text
    #expect(history.contains("<span class=\"sub\">Menikah dengan Rini Pengantin</span>"))
    #expect(
      history.contains("<span class=\"sub\">Pernikahan dengan Rini Pengantin berakhir</span>"))
    #expect(history.contains(" · Pernikahan dengan Rini Pengantin berakhir</span>"))
    #expect(try server.district.verify().mismatch == nil)
  }

  @Test func whoseHomeWasToldOfAfterTheWeddingMovesNevertheless() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let groom = try await Self.register("Budi Pengantin", "male", born: "1994-05-05", in: &nurse)
    // Registered as living in Posyandu 2 since 1 January 2025; what is told later of one day counts.
    clock.advance(milliseconds: 1)
    let form = try await Self.form(of: Self.north.mother(1), with: "Budi Pengantin", nurse)
    let saved = try await nurse.post(
      form.path, form.filled([("home", "here"), ("on", "2024-11-01")]))
    let location = try #require(saved["Location"])
    #expect(try await nurse.get(location).text.contains("berlaku sejak hari itu"))
    let record = try #require(try server.district.person(groom))
    #expect(record.person.household == Self.north.family(1))
    #expect(record.person.relation == .spouse && record.person.place == Self.north.posyandu(1))
    #expect(record.spouses.map(\.id) == [Self.north.mother(1)])
  }

  /// UU 16/2019: nineteen years, counted on the day of the marriage.
  @Test(arguments: [("2006-06-01", false), ("2006-06-02", true), ("2011-05-05", true)])
  func whoIsYoungerThanNineteenIsRecordedAfterAWarning(
    _ born: String, _ isTooYoung: Bool
  ) async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let bride = try await Self.register("Rini Pengantin", "female", born: born, in: &nurse)
    _ = try await Self.register("Joko Pengantin", "male", born: "1990-05-05", in: &nurse)
    let before = try server.facts()
    let form = try await Self.form(of: bride, with: "Joko Pengantin", nurse)
    let answer = try await nurse.post(
      form.path, form.filled([("home", "apart"), ("on", "2025-06-01")]))
    guard isTooYoung else {
      #expect(answer.status == 303)
      return
    }
    #expect(answer.status == 400 && answer.text.contains("UU 16/2019"))
    #expect(answer.text.contains("Rini Pengantin berumur"))
    #expect(!answer.text.contains("Joko Pengantin berumur"))
    #expect(try server.facts() == before)
    let again = try #require(
      try PageForm(to: form.path, holding: "is_age_checked", in: answer.text))
    #expect(again["is_age_checked"] == nil && again["on"] == "2025-06-01")
    let known = try await nurse.post(form.path, again.filled([("is_age_checked", "1")]))
    #expect(known.status == 303)
    #expect(try server.district.person(bride)?.spouses.count == 1)
  }

  @Test func aChildIsNotRecordedAsMarried() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let groom = try await Self.register("Joko Pengantin", "male", born: "1990-05-05", in: &nurse)
    // Ten years old today, and one day younger.
    for (name, born, isOffered) in [
      ("Sekar Anggrek", "2015-06-20", true), ("Wulan Kenanga", "2015-06-21", false),
    ] {
      let child = try await Self.register(name, "female", born: born, in: &nurse)
      let page = try await nurse.get(Links.person(child)).text
      #expect((try PageText.link("Catat pernikahan", in: page) != nil) == isOffered, "\(name)")
      let path = Links.person(child) + "/marriage"
      #expect(try await nurse.get(path).text.contains("di bawah 10 tahun") == !isOffered)
      let before = try server.facts()
      let wed = [
        ("other", groom.text), ("home", "apart"), ("on", "2025-06-19"),
        ("is_age_checked", "1"),
      ]
      let refused = try await nurse.post(path, wed)
      #expect(refused.status == 400 && refused.text.contains("di bawah 10 tahun"))
      #expect(try server.facts() == before)
    }
  }
}
