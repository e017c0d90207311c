import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// Two people who change the same thing: the second is told, and nothing is lost.
@Suite struct TwoAtOnceTests {
  private static let north = TwoPuskesmas.Side.north
  private static let home = Links.family(TwoPuskesmas.Side.north.family(1))

  private static func basis(_ page: String) throws -> String {
    try #require(try PageText.matches("name=\"based_on\" value=\"([^\"]+)\"", in: page).first)
  }

  private static func form(
    _ basis: String, _ more: [(String, String)]
  ) -> [(String, String)] {
    [("based_on", basis), ("card", north.card(1)), ("head", north.mother(1).text)] + more
  }

  /// Sends a form from several browsers at once, and counts the answers by status.
  private static func atOnce(
    _ browser: Browser, _ path: String, _ fields: [(String, String)], each field: String? = nil
  ) async throws -> [Int: Int] {
    try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<6 {
        group.addTask {
          var browser = browser
          let own = field.map { [($0, "\(number)")] } ?? []
          return try await browser.post(path, fields + own).status
        }
      }
      return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
  }

  @Test func theSecondWhoSavesAFamilySeesBothVersions() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    var kader = try await server.signIn(.kader)
    let shown = try Self.basis(try await nurse.get(Self.home + "/edit").text)
    #expect(try Self.basis(try await kader.get(Self.home + "/edit").text) == shown)
    let heads = "<option value=\"\(Self.north.mother(1).text)\" selected>"
    #expect(try await nurse.get(Self.home + "/edit").text.contains(heads))
    let first = Self.form(shown, [("address", "Gang Satu"), ("water", "1")])
    #expect(try await nurse.post(Self.home + "/edit", first).status == 303)
    clock.advance(milliseconds: 1)
    let before = try server.facts()
    let second = Self.form(
      shown, [("address", "Gang Dua"), ("water", "2"), ("item_9", "1"), ("rt", "7")])
    let conflict = try await kader.post(Self.home + "/edit", second)
    #expect(conflict.status == 409)
    #expect(try server.facts() == before)
    for text in [
      "Orang lain baru saja mengubah data ini", "<td>Gang Dua</td><td>Gang Satu</td>",
      "name=\"rt\" value=\"7\"", "<option value=\"2\" selected>",
    ] { #expect(conflict.text.contains(text), "\(text)") }
    // What was entered is still there, and can be saved over what was seen now.
    let again = Self.form(
      try Self.basis(conflict.text), [("address", "Gang Dua"), ("water", "2"), ("rt", "7")])
    #expect(try await kader.post(Self.home + "/edit", again).status == 303)
    let family = try #require(
      try server.district.family(Self.north.family(1), on: TwoPuskesmas.day(2025, 6, 20)))
    #expect(family.household.body.address == Array("Gang Dua".utf8))
    #expect(family.household.body.neighbourhood == Array("007".utf8))
  }

  /// Of two who correct a person each writes what they changed, and nothing of what they left.
  @Test func theSecondWhoCorrectsAPersonTakesNothingAway() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    var other = try await server.signIn(.clusterWorker)
    let id = Self.north.mother(1)
    let path = Links.person(id) + "/edit"
    func body() throws -> PersonBody { try #require(try server.district.person(id)).summary.person }
    func form(_ page: String) throws -> PageForm {
      try #require(try PageForm(to: path, holding: "name=\"telephone\"", in: page))
    }
    func details(_ page: String) -> Bool { page.contains("<details open>") }
    // Both open the form before either saves.
    let opened = try await nurse.get(path).text
    let (first, second) = (try form(opened), try form(try await other.get(path).text))
    #expect(first["was_name"] == first["name"] && first["was_telephone"] == "")
    let name = try #require(first["name"])
    let told = [("name", "\(name) Ayu"), ("telephone", "081299999999")]
    #expect(try await nurse.post(path, first.filled(told)).status == 303)
    clock.advance(milliseconds: 1)
    let before = try server.facts()
    // A slip first: what the form was opened with stays.
    let slip = try await other.post(
      path, second.filled([("birth_place", "Kapuas"), ("sex", "")]))
    #expect(slip.status == 400)
    let mended = try form(slip.text)
    #expect(mended["based_on"] == second["based_on"] && mended["was_telephone"] == "")
    let conflict = try await other.post(path, mended.filled([("sex", "female")]))
    #expect(conflict.status == 409)
    #expect(try server.facts() == before)
    // Only what the second changed is in the table, and what is folded is open.
    let rows = try PageText.matches("<tr><th scope=\"row\">([^<]*)</th>", in: conflict.text)
    #expect(rows == ["Tempat lahir"] && details(conflict.text))
    let again = try form(conflict.text)
    #expect(again["telephone"] == "081299999999" && again["name"] == "\(name) Ayu")
    #expect(try await other.post(path, again.fields + [("sex", "female")]).status == 303)
    #expect(try body().telephone == Array("081299999999".utf8))
    #expect(try body().birthPlace == Array("Kapuas".utf8))
    #expect(try body().name == Array("\(name) Ayu".utf8))
    // Where both changed one field both versions are told.
    clock.advance(milliseconds: 1)
    let third = second.filled([("telephone", "0811"), ("sex", "female")])
    let both = try await other.post(path, third)
    #expect(both.status == 409 && both.text.contains("<td>0811</td><td>081299999999</td>"))
  }

  /// Of two who change a family, too.
  @Test func theSecondWhoSavesAFamilyTakesNothingAway() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    var kader = try await server.signIn(.kader)
    let path = Self.home + "/edit"
    func form(_ page: String) throws -> PageForm { try #require(try PageForm(to: path, in: page)) }
    let first = try form(try await nurse.get(path).text)
    let second = try form(try await kader.get(path).text)
    let child = "relation_\(Self.north.child(1).text)"
    let told = [("address", "Gang Satu"), ("water", "1"), (child, "5")]
    #expect(try await nurse.post(path, first.filled(told)).status == 303)
    clock.advance(milliseconds: 1)
    let conflict = try await kader.post(path, second.filled([("rt", "7")]))
    #expect(conflict.status == 409)
    let rows = try PageText.matches("<tr><th scope=\"row\">([^<]*)</th>", in: conflict.text)
    #expect(rows == ["RT"])
    let again = try form(conflict.text)
    #expect(again["address"] == "Gang Satu" && again["water"] == "1" && again[child] == "5")
    #expect(again["rt"] == "7")
    #expect(try await kader.post(path, again.fields).status == 303)
    let household = try #require(try server.district.household(Self.north.family(1)))
    #expect(household.body.address == Array("Gang Satu".utf8))
    #expect(household.body.neighbourhood == Array("007".utf8))
    #expect(household.dwelling?.body.water?.rawValue == 1)
    #expect(try server.district.entry(Self.north.child(1))?.relation?.rawValue == 5)
  }

  @Test func whatWasSeenOfTheHomeAloneIsNoticedToo() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let shown = try Self.basis(try await nurse.get(Self.home + "/edit").text)
    let first = Self.form(shown, [("water", "1")])
    #expect(try await nurse.post(Self.home + "/edit", first).status == 303)
    #expect(
      try await nurse.post(Self.home + "/edit", Self.form(shown, [("water", "2")])).status == 409)
    // And who belongs to it.
    let now = try Self.basis(try await nurse.get(Self.home + "/edit").text)
    let death = Links.person(Self.north.child(1)) + "/death"
    #expect(try await nurse.post(death, [("on", "2025-06-18")]).status == 303)
    #expect(try await nurse.post(Self.home + "/edit", Self.form(now, [("rt", "1")])).status == 409)
  }

  @Test func ofManyAtOnceOneSavesAFamily() async throws {
    let server = try await SignedInServer.start()
    let nurse = try await server.signIn(.clusterWorker)
    let shown = try Self.basis(try await nurse.get(Self.home + "/edit").text)
    let before = try server.facts()
    let answers = try await Self.atOnce(
      nurse, Self.home + "/edit", Self.form(shown, []), each: "address")
    #expect(answers == [303: 1, 409: 5])
    #expect(try server.facts() == before + 1)
  }

  @Test func ofManyAtOnceOneAnswersARequest() async throws {
    let server = try await SignedInServer.start()
    var head = try await server.signIn(.puskesmasHead)
    let path = Links.person(Self.north.mother(1)) + "/requests"
    let taken = [("kind", "restriction"), ("received", "2025-06-20")]
    try #require(try await head.post(path, taken).status == 303)
    let request = try #require(try server.district.openSubjectRequests().first)
    let before = try server.facts()
    let answers = try await Self.atOnce(
      head, "/requests/\(request.id.text)", [("outcome", "done"), ("text", "Dibatasi.")])
    #expect(answers == [303: 1, 409: 5])
    #expect(try server.facts() == before + 2)
    // The condition itself, without luck: whoever decided on what they read before is too late.
    await #expect(throws: ChangedMeanwhile.self) {
      _ = try await server.district.record(
        [
          Recording(at: SmallDistrict.today, recorder: nil).fact(
            .subjectAnswer, of: request.person.id, on: TwoPuskesmas.day(2025, 6, 20),
            SubjectAnswerBody(request: request.id, outcome: .refused).bytes)
        ], provided: [.unanswered(request)])
    }
  }

  @Test func ofManyAtOnceOneGivesOutACardAndOneRecordsADeath() async throws {
    let server = try await SignedInServer.start()
    let nurse = try await server.signIn(.clusterWorker)
    let person = Links.person(Self.north.mother(2))
    var before = try server.facts()
    #expect(
      try await Self.atOnce(nurse, person + "/card", [("act", "issue"), ("held", "")])
        == [303: 1, 409: 5])
    #expect(try server.facts() == before + 1)
    before = try server.facts()
    #expect(
      try await Self.atOnce(nurse, person + "/death", [("on", "2025-06-18")]) == [303: 1, 409: 5])
    #expect(try server.facts() == before + 1)
    var other = nurse
    let late = try await other.post(person + "/death", [("on", "2025-06-17")])
    #expect(late.status == 409 && late.text.contains("18 Juni 2025"))
    let entry = try #require(try server.district.entry(Self.north.mother(3)))
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    let death = recording.fact(.death, of: entry.id, on: TwoPuskesmas.day(2025, 6, 18))
    _ = try await server.district.record([death], provided: [.living(entry)])
    await #expect(throws: ChangedMeanwhile.self) {
      let second = recording.fact(.death, of: entry.id, on: TwoPuskesmas.day(2025, 6, 17))
      _ = try await server.district.record([second], provided: [.living(entry)])
    }
    await #expect(throws: ChangedMeanwhile.self) {
      let card = recording.fact(
        .card, of: entry.id, on: TwoPuskesmas.day(2025, 6, 18),
        CardBody(number: TwoPuskesmas.id(5)).bytes)
      _ = try await server.district.record(
        [card], provided: [.card(of: entry, is: TwoPuskesmas.id(6))])
    }
  }

  @Test func whoWasMovedMeanwhileIsNotMovedAgainUnseen() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let path = Links.person(Self.north.mother(2)) + "/move"
    let shown = try Self.basis(try await nurse.get(path).text)
    func form(_ posyandu: UInt64) -> [(String, String)] {
      [
        ("based_on", shown), ("place", Self.north.posyandu(posyandu).text), ("relation", "1"),
        ("on", "2025-06-01"),
      ]
    }
    #expect(try await nurse.post(path, form(3)).status == 303)
    let before = try server.facts()
    let second = try await nurse.post(path, form(4))
    #expect(second.status == 409 && second.text.contains("Orang lain baru saja"))
    #expect(try server.facts() == before)
    #expect(
      try server.district.entry(Self.north.mother(2))?.place == Self.north.posyandu(3))
  }

  /// Corrections of what households, workers and places are told by are looked for among their own
  /// facts: until now only those of persons were.
  @Test func aCorrectedWorkerOrPlaceIsNoticed() async throws {
    let server = try await SignedInServer.start()
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    let assignment = TwoPuskesmas.assignment(.kader)
    func end() -> Fact {
      recording.fact(
        .assignment, of: TwoPuskesmas.worker(.kader), on: TwoPuskesmas.day(2020, 1, 1),
        replacing: assignment,
        AssignmentBody(
          role: .kader, place: Self.north.posyandu(1), until: TwoPuskesmas.day(2025, 6, 30)
        ).bytes)
    }
    _ = try await server.district.record([end()], correcting: [assignment])
    await #expect(throws: ChangedMeanwhile.self) {
      _ = try await server.district.record([end()], correcting: [assignment])
    }
  }
}
