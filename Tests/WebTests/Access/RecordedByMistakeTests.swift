import Health
import Journal
import Services
import Testing

@testable import Web

/// What was recorded by mistake is corrected or taken back in the browser, and what is sent twice
/// counts once.
@Suite struct RecordedByMistakeTests {
  private static let north = TwoPuskesmas.Side.north
  private static let person = Links.person(TwoPuskesmas.Side.north.mother(2))

  private static func basis(_ page: String) throws -> String {
    try #require(try PageText.matches("name=\"based_on\" value=\"([^\"]+)\"", in: page).first)
  }

  private static func died(_ server: SignedInServer) throws -> CivilDate? {
    try server.district.entry(north.mother(2))?.diedOn
  }

  @Test func aDeathGetsAnotherDayOrIsTakenBack() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let path = Self.person + "/death"
    #expect(try await nurse.post(path, [("on", "2025-06-18")]).status == 303)
    let known = try await nurse.get(path).text
    #expect(known.contains("18 Juni 2025") && known.contains("value=\"undo\""))
    #expect(try await nurse.get(Self.person).text.contains("Perbaiki kematian"))
    clock.advance(milliseconds: 1)
    let correction = [
      ("act", "correct"), ("based_on", try Self.basis(known)), ("on", "2025-06-17"),
    ]
    for (day, words) in [("2999-01-01", "belum tiba"), ("1900-01-01", "Sebelum"), ("", "Bukan")] {
      let refused = try await nurse.post(path, correction.dropLast() + [("on", day)])
      #expect(refused.status == 400 && refused.text.contains(words), "\(day)")
    }
    #expect(try await nurse.post(path, correction).status == 303)
    #expect(try Self.died(server) == TwoPuskesmas.day(2025, 6, 17))
    // The day that is known already is no correction.
    let corrected = try server.facts()
    let same = [
      ("act", "correct"), ("based_on", try Self.basis(try await nurse.get(path).text)),
      ("on", "2025-06-17"),
    ]
    #expect(try await nurse.post(path, same).status == 303)
    #expect(try server.facts() == corrected)
    // What was seen no longer stands: nothing is written, and the page shows what does.
    let before = try server.facts()
    let stale = try await nurse.post(path, [("act", "undo"), ("based_on", try Self.basis(known))])
    #expect(stale.status == 409 && stale.text.contains("17 Juni 2025"))
    #expect(try server.facts() == before)
    clock.advance(milliseconds: 1)
    let undo = [("act", "undo"), ("based_on", try Self.basis(stale.text))]
    let undone = try await nurse.post(path, undo)
    #expect(undone.status == 303 && undone["Location"]?.contains("done=death_undone") == true)
    #expect(try Self.died(server) == nil)
    #expect(try await nurse.get(Self.person).text.contains("Catat kematian"))
    #expect(try await nurse.post(path, undo).status == 409)
    // The day and its correction can be read back.
    let history = try await nurse.get(Self.person + "/history").text
    #expect(history.contains("17 Juni 2025") && history.contains("18 Juni 2025"))
    // Every line that takes something back says what.
    let withdrawn = try PageText.matches("Pembatalan<span class=\"sub\">([^<]*)<", in: history)
    #expect(!withdrawn.isEmpty)
    #expect(withdrawn.allSatisfy { $0.hasPrefix("Kematian, 1") && $0.contains("dicatat ") })
    // On a phone the rows are cards, and each cell says what it is.
    #expect(history.contains("class=\"data stack\"") && history.contains("data-label=\"Oleh"))
    #expect(try await nurse.post(path, [("on", "2025-06-16")]).status == 303)
    #expect(try Self.died(server) == TwoPuskesmas.day(2025, 6, 16))
  }

  @Test func whoDiedDoesNotMove() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let shown = try Self.basis(try await nurse.get(Self.person + "/move").text)
    #expect(try await nurse.post(Self.person + "/death", [("on", "2025-06-18")]).status == 303)
    let page = try await nurse.get(Self.person + "/move").text
    #expect(page.contains("tercatat meninggal: 18 Juni 2025") && !page.contains("name=\"goes\""))
    let before = try server.facts()
    for basis in [shown, try Self.basis(try await nurse.get(Self.person + "/death").text)] {
      let moved = try await nurse.post(
        Self.person + "/move",
        [
          ("based_on", basis), ("place", Self.north.posyandu(3).text), ("relation", "1"),
          ("on", "2025-06-19"),
        ])
      #expect(moved.status == 400 && moved.text.contains("18 Juni 2025"))
    }
    // Nor does who died marry: the page says so before anybody fills it in.
    let marriage = try await nurse.get(Self.person + "/marriage").text
    #expect(marriage.contains("tercatat meninggal: 18 Juni 2025"))
    #expect(!marriage.contains("/marriage\" method=\"get\""))
    #expect(try server.facts() == before)
  }

  @Test func theLastMoveIsTakenBack() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let path = Self.person + "/move"
    let first = try await nurse.get(path).text
    // Where somebody has always lived there is nothing to take back.
    #expect(!first.contains("Kepindahan terakhir"))
    let home = try #require(try server.district.entry(Self.north.mother(2)))
    let move = [
      ("based_on", try Self.basis(first)), ("place", Self.north.posyandu(3).text),
      ("relation", "1"), ("on", "2025-06-01"),
    ]
    #expect(try await nurse.post(path, move).status == 303)
    clock.advance(milliseconds: 1)
    let moved = try await nurse.get(path).text
    #expect(moved.contains("Kepindahan terakhir") && moved.contains("1 Juni 2025"))
    let stale = [("act", "undo"), ("based_on", try Self.basis(first))]
    #expect(try await nurse.post(path, stale).status == 409)
    let undo = [("act", "undo"), ("based_on", try Self.basis(moved))]
    #expect(try await nurse.post(path, undo).status == 303)
    let again = try #require(try server.district.entry(Self.north.mother(2)))
    #expect(again.place == home.place && again.household == home.household)
    clock.advance(milliseconds: 1)
    let away = [
      ("based_on", try Self.basis(try await nurse.get(path).text)), ("goes", "away"),
      ("on", "2025-06-02"),
    ]
    #expect(try await nurse.post(path, away).status == 303)
    clock.advance(milliseconds: 1)
    let gone = try await nurse.get(path).text
    #expect(
      try await nurse.post(path, [("act", "undo"), ("based_on", try Self.basis(gone))]).status
        == 303)
    let record = try #require(try server.district.person(Self.north.mother(2)))
    #expect(record.summary.departedOn == nil && record.person.place == home.place)
  }

  @Test func aFamilyMovesWithItsHomeAndComesBackWithIt() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let family = Self.north.family(2)
    let members = [Self.north.mother(2), Self.north.child(2)]
    let before = try #require(try server.district.household(family)?.body)
    let path = Self.person + "/move"
    let move = [
      ("based_on", try Self.basis(try await nurse.get(path).text)), ("with_family", "1"),
      ("place", Self.north.posyandu(3).text), ("relation", "1"), ("on", "2025-06-01"),
    ]
    #expect(try await nurse.post(path, move).status == 303)
    let moved = try #require(try server.district.household(family)?.body)
    #expect(moved.place == Self.north.posyandu(3) && moved.address.isEmpty)
    #expect(moved.familyCardNumber == before.familyCardNumber && moved.head == before.head)
    for member in members {
      #expect(try server.district.entry(member)?.place == Self.north.posyandu(3))
    }
    clock.advance(milliseconds: 1)
    let undo = [
      ("act", "undo"), ("based_on", try Self.basis(try await nurse.get(path).text)),
    ]
    #expect(try await nurse.post(path, undo).status == 303)
    #expect(try server.district.household(family)?.body == before)
    for member in members {
      #expect(try server.district.entry(member)?.place == Self.north.posyandu(2))
    }
  }

  /// Whoever only opened a form recorded nothing, and the person is not told otherwise.
  @Test func anOpenedFormIsNoRecordedDeath() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let opened = "tanpa menyimpan: mencatat kematian"
    #expect(try await nurse.get(Self.person + "/death").status == 200)
    for path in [Self.person + "/access", Self.person + "/access.csv"] {
      let told = try await nurse.get(path).text
      #expect(told.contains(opened), "\(path)")
      #expect(!told.replacing(opened, with: "").contains("mencatat kematian"), "\(path)")
    }
    #expect(try await nurse.post(Self.person + "/death", [("on", "2025-06-18")]).status == 303)
    let told = try await nurse.get(Self.person + "/access").text
    #expect(told.replacing(opened, with: "").contains("mencatat kematian"))
  }

  @Test func nobodyIsBornBeforeTheMotherOrMarriesTheSameSex() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let before = try server.facts()
    let child = [
      ("name", "Anak Keliru"), ("sex", "male"), ("born", "1950-01-02"), ("relation", "3"),
      ("since", "2025-06-01"), ("place", Self.north.posyandu(2).text),
      ("mother_id", Self.north.mother(2).text),
    ]
    let refused = try await nurse.post("/people", child)
    #expect(refused.status == 400 && refused.text.contains("ibunya belum lahir"))
    let marriage = try await nurse.post(
      Self.person + "/marriage",
      [("other", Self.north.mother(3).text), ("home", "apart"), ("on", "2025-06-01")])
    #expect(marriage.status == 400 && marriage.text.contains("jenis kelamin sama"))
    #expect(try server.facts() == before)
  }

  @Test func recordsThatAreJoinedAreNotJoinedAgain() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let path = Self.person + "/same"
    let other = Self.north.mother(3).text
    let names = try [Self.north.mother(2), Self.north.mother(3)].map {
      try #require(try server.district.entry($0)).name
    }
    let before = try server.facts()
    let nothing = try await nurse.post(path, [("other", other)])
    #expect(nothing.status == 400 && nothing.text.contains("dua orang berbeda"))
    #expect(try server.facts() == before)
    let join = [("other", other), ("decision", "same")]
    #expect(try await nurse.post(path, join).status == 303)
    // That they are one, and that of their two homes one was none.
    let joined = try server.facts()
    #expect(joined == before + 2)
    let twice = try await nurse.post(path, join)
    #expect(twice.status == 409 && twice.text.contains("sudah digabung"))
    #expect(try server.facts() == joined)
    // Both records by their own names, not the one that heads the page twice.
    #expect(names[0] != names[1])
    #expect(twice.text.contains("<span>\(names[0]) dan \(names[1])</span>"))
    let history = try await nurse.get(Self.person + "/history").text
    #expect(history.contains("<span class=\"sub\">\(names[0]) dan \(names[1])</span>"))
    let merge = try #require(
      try PageText.matches("name=\"undo\" value=\"([^\"]+)\"", in: twice.text).first)
    #expect(try await nurse.post(path, [("undo", merge)]).status == 303)
    #expect(try await nurse.post(path, [("undo", merge)]).status == 409)
    #expect(try server.facts() == joined + 2)
    #expect(try server.district.person(Self.north.mother(2))?.mergedRecords.isEmpty == true)
  }

  @Test func aFormThatIsSentTwiceRegistersOnePerson() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let page = try await nurse.get("/people/new").text
    let subject = try #require(
      try PageText.matches("name=\"subject\" value=\"([^\"]+)\"", in: page).first)
    let form = [
      ("subject", subject), ("name", "Wulan Sari"), ("sex", "female"), ("born", "1990-05-01"),
      ("relation", "1"), ("since", "2025-01-01"), ("place", Self.north.posyandu(2).text),
      ("is_new", "1"),
    ]
    #expect(try await nurse.post("/people", form)["Location"]?.hasSuffix("=registered") == true)
    let before = try server.facts()
    let again = try await nurse.post("/people", form)
    #expect(again["Location"] == "/people/\(subject)?done=registered_already")
    #expect(try server.facts() == before)
    // Nobody is registered over somebody who is there.
    var taken = form
    taken[0].1 = Self.north.mother(1).text
    #expect(try await nurse.post("/people", taken).status == 303)
    #expect(try server.facts() == before)
    #expect(try server.district.entry(Self.north.mother(1))?.name != "Wulan Sari")
  }
}
