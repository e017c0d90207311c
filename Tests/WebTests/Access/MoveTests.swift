import Health
import Journal
import Services
import Testing

@testable import Web

/// Moves as people record and take them back: by the links and forms of the pages.
@Suite struct MoveTests {
  private static let north = TwoPuskesmas.Side.north
  private static let mother = north.mother(2)
  private static let child = north.child(2)

  /// The page behind "Pindah" of a person.
  private static func page(
    of person: Identifier, _ browser: Browser
  ) async throws -> (path: String, text: String) {
    let link = try PageText.link("Pindah", in: try await browser.get(Links.person(person)).text)
    let path = try #require(link)
    return (path, try await browser.get(path).text)
  }

  /// Sends the form of a move with these values.
  private static func move(
    _ person: Identifier, _ values: [(String, String)], _ browser: inout Browser
  ) async throws -> RawAnswer {
    let page = try await page(of: person, browser)
    let form = try #require(try PageForm(to: page.path, holding: "name=\"goes\"", in: page.text))
    return try await browser.post(page.path, form.filled(values))
  }

  private static func undo(
    _ person: Identifier, _ browser: inout Browser
  ) async throws -> RawAnswer {
    let page = try await page(of: person, browser)
    let form = try #require(try PageForm(to: page.path, holding: "value=\"undo\"", in: page.text))
    return try await browser.post(page.path, form.fields)
  }

  @Test func anUntouchedFormMovesNobody() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let before = try server.facts()
    for values in [
      [], [("place", Self.north.posyandu(2).text)], [("relation", "3")],
      // The family where it is.
      [("place", Self.north.posyandu(2).text), ("with_family", "1")],
      [
        ("place", Self.north.posyandu(2).text), ("relation", "3"), ("card", Self.north.card(2)),
      ],
    ] {
      let answer = try await Self.move(Self.child, values, &nurse)
      #expect(answer.status == 400 && answer.text.contains("class=\"wrong\""), "\(values)")
    }
    #expect(try server.facts() == before)
    // Whoever goes with relatives whose card nobody knows heads nothing.
    let gone = try await Self.move(
      Self.child, [("place", Self.north.posyandu(3).text), ("relation", "6")], &nurse)
    #expect(gone.status == 303)
    let entry = try #require(try server.district.entry(Self.child))
    #expect(entry.relation?.rawValue == 6 && entry.household != Self.north.family(2))
    let household = try #require(entry.household)
    #expect(try server.district.household(household)?.body.head == nil)
  }

  /// Where somebody went stands wherever it says that they left; a place of the lists of areas by
  /// its code too.
  @Test(arguments: [
    ("Palangka Raya", "Palangka Raya", ""), ("", nil, ""),
    ("kabupaten kotawaringin barat", "Kabupaten Kotawaringin Barat", "62.01"),
    ("62.01", "Kabupaten Kotawaringin Barat", "62.01"),
  ])
  func whereSomebodyWentIsTold(_ typed: String, _ shown: String?, _ code: String) async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let page = try await Self.page(of: Self.child, nurse).text
    #expect(page.contains("<option value=\"Kabupaten Kotawaringin Barat\"></option>"))
    let values = [("goes", "away"), ("on", "2025-06-02"), ("destination", typed)]
    #expect(try await Self.move(Self.child, values, &nurse).status == 303)
    let told = try #require(try server.district.person(Self.child)?.summary.departedTo)
    #expect(String(decoding: told.area, as: UTF8.self) == code)
    let person = try await nurse.get(Links.person(Self.child)).text
    #expect(person.contains(shown.map { "pindah 2 Juni 2025 ke \($0)" } ?? "pindah 2 Juni 2025<"))
    let family = try await nurse.get(Links.family(Self.north.family(2))).text
    #expect(family.contains(shown.map { "pindah ke \($0)" } ?? "pindah<"))
    let history = try await nurse.get(Links.person(Self.child) + "/history").text
    let undo = try await Self.page(of: Self.child, nurse).text
    for shown in [shown].compactMap(\.self) {
      #expect(history.contains(shown) && undo.contains("Kepindahan · \(shown)"))
    }
    let english = try await nurse.get(Links.person(Self.child) + "?lang=en").text
    #expect(english.contains(shown.map { "left 2 June 2025 for \($0)" } ?? "left 2 June 2025<"))
  }

  @Test func aDayBeforeTheHomeOfNowIsNotSavedAsAMove() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let before = try server.facts()
    for goes in ["here", "away"] {
      let values = [("goes", goes), ("place", Self.north.posyandu(3).text), ("relation", "1")]
      let refused = try await Self.move(Self.mother, values + [("on", "2020-12-31")], &nurse)
      #expect(refused.status == 400 && refused.text.contains("sejak 1 Januari 2021"))
    }
    #expect(try server.facts() == before)
    // On the day itself it takes effect.
    let values = [("place", Self.north.posyandu(3).text), ("relation", "1"), ("on", "2021-01-01")]
    #expect(try await Self.move(Self.mother, values, &nurse).status == 303)
    #expect(try server.district.entry(Self.mother)?.place == Self.north.posyandu(3))
  }

  @Test func whoCameIntoTheFamilyLaterMovesAlong() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let newborn = try await nurse.post(
      "/people",
      [
        ("name", "Bungsu Baru"), ("sex", "female"), ("born", "2025-06-15"), ("relation", "3"),
        ("since", "2025-06-15"), ("place", Self.north.posyandu(2).text), ("is_new", "1"),
        ("family", Self.north.family(2).text),
      ])
    let path = try #require(newborn["Location"]?.split(separator: "?").first)
    let baby = try #require(Identifier(text: String(path.split(separator: "/").last ?? "")))
    // Told of the household today: the move of earlier this month takes effect nevertheless.
    clock.advance(milliseconds: 1)
    let home = Links.family(Self.north.family(2)) + "/edit"
    let form = try #require(try PageForm(to: home, in: try await nurse.get(home).text))
    let seen = form.filled([("address", "Jalan Lama 1"), ("water", "1"), ("latrine", "1")])
    #expect(try await nurse.post(home, seen).status == 303)
    clock.advance(milliseconds: 1)
    let values = [
      ("place", Self.north.posyandu(3).text), ("with_family", "1"), ("on", "2025-06-10"),
    ]
    let moved = try await Self.move(Self.mother, values, &nurse)
    // The page that follows leads to where the new address is told.
    let told = try await nurse.get(try #require(moved["Location"])).text
    #expect(told.contains("Alamat dan rumah barunya belum diketahui"))
    #expect(try PageText.link("Ubah data keluarga", in: told) == home)
    for member in [Self.mother, Self.child, baby] {
      #expect(try server.district.entry(member)?.place == Self.north.posyandu(3))
    }
    let family = try await nurse.get(Links.family(Self.north.family(2))).text
    #expect(!family.contains("Jalan Lama 1") && family.contains("Rumah belum pernah dilihat."))
    #expect(!family.contains("Dilihat "))
    #expect(try server.district.verify().mismatch == nil)
  }

  /// Who belongs to the family and lives elsewhere stays there, and the pages say so.
  @Test func whoLivesElsewhereDoesNotMoveAlong() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    var body = PersonBody()
    body.name = Array("Paijo Perantau".utf8)
    body.sex = .male
    body.birthDate = TwoPuskesmas.day(1990, 2, 3)
    let apart = Identifier.fresh(at: recording.at)
    var registration = Registration(
      person: body, place: Self.north.posyandu(4), relation: .otherRelative,
      since: TwoPuskesmas.day(2025, 1, 1))
    registration.household = Self.north.family(2)
    _ = try await server.district.record(registration.facts(recording, as: apart))
    let line = "Keluarganya tercatat tinggal di Posyandu Mawar Utara"
    let person = try await nurse.get(Links.person(apart)).text
    #expect(person.contains(line))
    #expect(try await !nurse.get(Links.person(Self.mother)).text.contains(line))
    let page = try await nurse.get(Links.person(Self.mother) + "/move").text
    #expect(page.contains("jadi tidak ikut: Paijo Perantau."))
    clock.advance(milliseconds: 1)
    let values = [
      ("place", Self.north.posyandu(3).text), ("with_family", "1"), ("on", "2025-06-10"),
    ]
    _ = try await Self.move(Self.mother, values, &nurse)
    #expect(try server.district.entry(Self.mother)?.place == Self.north.posyandu(3))
    #expect(try server.district.entry(Self.child)?.place == Self.north.posyandu(3))
    #expect(try server.district.entry(apart)?.place == Self.north.posyandu(4))
    let family = try await nurse.get(Links.family(Self.north.family(2))).text
    #expect(family.contains("tinggal di Posyandu Mawar Utara 4"))
    #expect(try server.district.verify().mismatch == nil)
  }

  /// Within the district and out of it: who moved together comes back together, and is named.
  @Test(arguments: ["here", "away"])
  func aFamilyComesBackTogetherAsThePageSays(_ goes: String) async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let values = [
      ("goes", goes), ("place", Self.north.posyandu(3).text), ("with_family", "1"),
      ("on", "2025-06-01"),
    ]
    let away = goes == "away" ? nil : Self.north.posyandu(3)
    // On the head's page or another's.
    for (person, other) in [(Self.mother, "Bagas2"), (Self.child, "Sulastri2")] {
      clock.advance(milliseconds: 1)
      #expect(try await Self.move(Self.mother, values, &nurse).status == 303)
      for member in [Self.mother, Self.child] {
        #expect(try server.district.entry(member)?.place == away)
      }
      clock.advance(milliseconds: 1)
      let page = try await Self.page(of: person, nurse).text
      #expect(page.contains("pindah bersamanya: \(other) \(TwoPuskesmas.northern)."))
      #expect(try await Self.undo(person, &nurse).status == 303)
      for member in [Self.mother, Self.child] {
        #expect(try server.district.entry(member)?.place == Self.north.posyandu(2))
      }
    }
    #expect(try server.district.verify().mismatch == nil)
  }

  @Test func aFamilyThatWasToldOfAnewIsNotBroughtBackInPart() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let values = [
      ("goes", "here"), ("place", Self.north.posyandu(3).text), ("with_family", "1"),
      ("on", "2025-06-01"),
    ]
    clock.advance(milliseconds: 1)
    #expect(try await Self.move(Self.mother, values, &nurse).status == 303)
    clock.advance(milliseconds: 1)
    let edit = Links.family(Self.north.family(2)) + "/edit"
    let form = try #require(try PageForm(to: edit, in: try await nurse.get(edit).text))
    #expect(try await nurse.post(edit, form.filled([("address", "Jalan Baru 1")])).status == 303)
    clock.advance(milliseconds: 1)
    let before = try server.facts()
    let page = try await Self.page(of: Self.child, nurse).text
    #expect(page.contains("catat kepindahan baru") && !page.contains("Batalkan kepindahan ini"))
    #expect(try await Self.undo(Self.child, &nurse).status == 409)
    #expect(try server.facts() == before)
    for member in [Self.mother, Self.child] {
      #expect(try server.district.entry(member)?.place == Self.north.posyandu(3))
    }
  }

  @Test func whoMovedAloneComesBackAlone() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    for goes in ["here", "away"] {
      for person in [Self.mother, Self.child] {
        clock.advance(milliseconds: 1)
        let values = [
          ("goes", goes), ("place", Self.north.posyandu(3).text), ("relation", "1"),
          ("on", "2025-06-01"),
        ]
        #expect(try await Self.move(person, values, &nurse).status == 303)
      }
      clock.advance(milliseconds: 1)
      let page = try await Self.page(of: Self.mother, nurse).text
      #expect(page.contains("untuk Sulastri2 \(TwoPuskesmas.northern) saja."))
      #expect(try await Self.undo(Self.mother, &nurse).status == 303)
      #expect(try server.district.entry(Self.mother)?.place == Self.north.posyandu(2))
      #expect(try server.district.entry(Self.child)?.place != Self.north.posyandu(2))
      clock.advance(milliseconds: 1)
      #expect(try await Self.undo(Self.child, &nurse).status == 303)
    }
  }

  /// Makes the child head of the family today.
  private static func changeHead(_ browser: inout Browser) async throws {
    let edit = Links.family(north.family(2)) + "/edit"
    let form = try #require(try PageForm(to: edit, in: try await browser.get(edit).text))
    let asked = try await browser.post(edit, form.filled([("head", child.text)]))
    let relations = try #require(try PageForm(to: edit, in: asked.text))
    let checked = relations.filled([("head_checked", child.text)])
    try #require(try await browser.post(edit, checked).status == 303)
  }

  /// Another head is no move: a move of an earlier day takes effect, for one or for the family, and
  /// is taken back with all that it had overtaken.
  @Test(arguments: ["here", "away"], [true, false])
  func aMoveBeforeAChangeOfHeadTakesEffect(_ goes: String, _ isFamily: Bool) async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    try await Self.changeHead(&nurse)
    clock.advance(milliseconds: 1)
    let values =
      [("goes", goes), ("place", Self.north.posyandu(3).text), ("relation", "6")]
      + (isFamily ? [("with_family", "1")] : [])
    // The home itself is known since 2021.
    let early = try await Self.move(Self.mother, values + [("on", "2020-12-31")], &nurse)
    #expect(early.status == 400 && early.text.contains("sejak 1 Januari 2021"))
    let moved = try await Self.move(Self.child, values + [("on", "2025-06-10")], &nurse)
    #expect(moved.status == 303)
    let away = goes == "away" ? nil : Self.north.posyandu(3)
    func homes() throws -> [Identifier?] {
      try [Self.child, Self.mother].map { try server.district.entry($0)?.place }
    }
    #expect(try homes() == [away, isFamily ? away : Self.north.posyandu(2)])
    if goes == "here" {
      let entry = try #require(try server.district.entry(Self.child))
      #expect(entry.relation?.rawValue == (isFamily ? 1 : 6))
      #expect((entry.household == Self.north.family(2)) == isFamily)
    }
    clock.advance(milliseconds: 1)
    #expect(try await Self.undo(Self.child, &nurse).status == 303)
    #expect(try homes() == [Self.north.posyandu(2), Self.north.posyandu(2)])
    #expect(try server.district.entry(Self.child)?.relation == .head)
    #expect(try server.district.entry(Self.mother)?.relation == .parent)
    let family = try server.district.family(
      Self.north.family(2), on: TwoPuskesmas.day(2025, 6, 20))
    #expect(family?.head?.id == Self.child)
    #expect(try server.district.verify().mismatch == nil)
  }
}
