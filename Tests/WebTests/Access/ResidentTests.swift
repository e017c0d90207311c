import Foundation
import GRDB
import Health
import Journal
import Services
import Testing

@testable import Web

/// A village that was merged into another: its people and Posyandu are moved together, and moved
/// back.
@Suite("Residents of a village that ended")
struct ResidentTests {
  private static let north = TwoPuskesmas.Side.north
  private static let old = north.village(1)
  private static let new = north.village(2)
  private static let path = "\(PlaceListPage.link(old))/residents"
  private static let last = TwoPuskesmas.day(2025, 5, 31)
  private static let first = TwoPuskesmas.day(2025, 6, 1)

  /// Says that a place was there until the end of May.
  private static func end(_ place: Identifier, in server: SignedInServer) async throws {
    let standing = try server.district.placeRecord(place).standing
    var body = try #require(standing.place)
    body.endedOn = last
    if body.kind == .village { body.successor = new }
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    _ = try await server.district.record([
      recording.fact(
        .place, of: place, on: TwoPuskesmas.day(2025, 6, 20), at: place,
        replacing: standing.placeFact, body.bytes)
    ])
  }

  /// The first Posyandu goes to the other village, the people of the second to a third.
  private static let moves = [
    ("move", "place:\(north.posyandu(1).text) along:\(new.text)"),
    ("move", "place:\(north.posyandu(2).text) place:\(north.posyandu(3).text)"),
  ]
  private static let form = [("by", "place"), ("on", "2025-06-01")] + moves

  private func place(_ person: Identifier, _ server: SignedInServer) throws -> Identifier? {
    try server.district.person(person)?.person.place
  }

  @Test("are shown as counts, moved as one act, and moved back")
  func wholeWay() async throws {
    let server = try await SignedInServer.start()
    try await Self.end(Self.old, in: server)
    try await Self.end(Self.north.posyandu(2), in: server)
    var administrator = try await server.signIn(.administrator)
    administrator.cookies[Cookies.language] = Language.english.rawValue
    for language in Language.allCases {
      let page = try await administrator.get("\(Self.path)?lang=\(language.rawValue)")
      try RouteTests.expectSound(page, language: language)
      #expect(page.text.contains("Mawar Utara 1") && page.text.contains("Mawar Utara 2"))
      #expect(!page.text.contains(TwoPuskesmas.northern), "no name of anybody")
    }
    let record = try await administrator.get(PlaceListPage.link(Self.old)).text
    #expect(record.contains(Self.path))

    // Looking writes nothing.
    let before = try server.facts()
    let preview = try await administrator.post(Self.path, Self.form)
    #expect(preview.status == 200 && preview.text.contains("2 families, 4 persons are recorded"))
    #expect(!preview.text.contains(TwoPuskesmas.northern))
    #expect(try server.facts() == before)
    // What was looked at was something else.
    let stale = Self.form + [("confirm", "1"), ("families", "2"), ("persons", "3")]
    #expect(try await administrator.post(Self.path, stale).status == 409)
    #expect(try server.facts() == before)

    let april = CivilMonth(year: 2025, ordinal: 4)
    let figures = try Self.registered(april, server)
    let sent = Self.form + [("confirm", "1"), ("families", "2"), ("persons", "4")]
    let done = try await administrator.post(Self.path, sent)
    #expect(done.status == 303 && done["Location"]?.hasSuffix("&done=4") == true)
    // The act, the Posyandu, a household and its two members.
    #expect(try server.facts() == before + 5)
    #expect(try server.district.places().places[Self.north.posyandu(1)]?.partOf == Self.new)
    #expect(try place(Self.north.mother(1), server) == Self.north.posyandu(1))
    for person in [Self.north.mother(2), Self.north.child(2)] {
      let record = try #require(try server.district.person(person))
      #expect(record.person.place == Self.north.posyandu(3))
      #expect(record.person.household == Self.north.family(2))
      let history = try server.district.history(ofPerson: record.person)
      let fact = try #require(history.first { $0.stored.fact.kind == .residence })
      #expect(fact.stored.fact.occurredOn == Self.first)
      #expect(fact.stored.fact.recorder == TwoPuskesmas.worker(.administrator))
    }
    let family = try #require(
      try server.district.family(Self.north.family(2), on: TwoPuskesmas.day(2025, 6, 20)))
    #expect(family.household.body.place == Self.north.posyandu(3))
    let card = String(decoding: family.household.body.familyCardNumber, as: UTF8.self)
    #expect(card == Self.north.card(2))
    #expect(try server.district.residents(of: Self.old, by: .place).total.persons == 0)
    let told = try server.log.entries(AuditFilter()).entries.map(\.entry)
    let entry = try #require(told.first { $0.action == AuditCode(Action.moveResidents) })
    // It vouches for its own facts, and for no others.
    let facts = try #require(entry.detail.facts)
    let written = try await server.district.journal.pool.read { db in
      try Int.fetchOne(
        db,
        sql: """
          SELECT COUNT(*) FROM fact
          WHERE device = (SELECT id FROM import_batch ORDER BY started_at DESC LIMIT 1)
          """)
    }
    #expect(entry.count == written && facts.sequences.count == written && entry.place == Self.old)
    #expect(try server.district.verify().mismatch == nil)
    // What was counted before the move is where it was, but for the Posyandu that went along.
    let after = try Self.registered(april, server)
    #expect(after[Self.north.posyandu(2)] == figures[Self.north.posyandu(2)])
    #expect(after[Self.new] == (figures[Self.new] ?? 0) + (figures[Self.north.posyandu(1)] ?? 0))

    // And back, by the way that the page shows.
    let page = try await administrator.get(Self.path).text
    let undo = try #require(
      try PageText.matches("href=\"(/imports/[^\"]*/undo)\"", in: page).first)
    let asked = try await administrator.get(undo).text
    #expect(!asked.contains(TwoPuskesmas.northern))
    // The list of imports is not an administrator's to open.
    #expect(try await administrator.get("/imports").status == 403)
    #expect(!asked.contains("href=\"/imports\""))
    #expect(try await administrator.post(undo).status == 303)
    #expect(try server.district.places().places[Self.north.posyandu(1)]?.partOf == Self.old)
    #expect(try place(Self.north.child(2), server) == Self.north.posyandu(2))
    #expect(try server.district.residents(of: Self.old, by: .place).total.persons == 4)
    #expect(try Self.registered(april, server) == figures)
    #expect(try server.district.verify().mismatch == nil)
  }

  /// How many children are registered in the month, by place.
  private static func registered(
    _ month: CivilMonth, _ server: SignedInServer
  ) throws -> [Identifier: Int] {
    let places = try server.district.places().places.values.filter(\.kind.isInCareTree)
    var counts: [Identifier: Int] = [:]
    for place in places {
      counts[place.id] = try server.district.figures(of: place, from: month, through: month)
        .underFives(in: month)
    }
    return counts
  }

  @Test("are told apart by RW and RT, however these are written")
  func byUnit() async throws {
    let server = try await SignedInServer.start()
    for (number, rt) in [(UInt64(1), "01"), (2, "1")] {
      var body = HouseholdBody()
      body.familyCardNumber = Array(Self.north.card(number).utf8)
      body.head = Self.north.mother(number)
      body.place = Self.north.posyandu(number)
      body.neighbourhood = Array(rt.utf8)
      body.communityUnit = Array("2".utf8)
      let before = Instant(milliseconds: SmallDistrict.today.milliseconds - 3_600_000)
      let recording = Recording(at: before, recorder: nil)
      _ = try await server.district.record([
        recording.fact(
          .household, of: Self.north.family(number), on: TwoPuskesmas.day(2025, 6, 2),
          at: Self.north.posyandu(number), body.bytes)
      ])
    }
    try await Self.end(Self.old, in: server)
    var manager = try await server.signIn(.dataManager)
    let page = try await manager.get("\(Self.path)?by=unit").text
    #expect(page.contains("RW 2 RT 1") && !page.contains("RT 01"))
    let form = [
      ("by", "unit"), ("on", "2025-06-01"), ("move", "unit:2:1 place:\(Self.new.text)"),
      ("confirm", "1"), ("families", "2"), ("persons", "4"),
    ]
    #expect(try await manager.post(Self.path, form).status == 303)
    #expect(try place(Self.north.child(1), server) == Self.new)
    // The household was told of after the first day in the new village, and stands there from then.
    let family = try #require(
      try server.district.family(Self.north.family(1), on: TwoPuskesmas.day(2025, 6, 20)))
    #expect(family.household.body.place == Self.new)
    #expect(family.household.body.neighbourhood == Array("01".utf8))
    #expect(try server.district.verify().mismatch == nil)
  }

  @Test("leave a place on the day on which its end is told")
  func sameDay() async throws {
    let server = try await SignedInServer.start()
    var administrator = try await server.signIn(.administrator)
    let (old, new) = (Self.north.posyandu(1), Self.north.posyandu(2))
    let end = [("on", "2025-06-20"), ("successor", new.text), ("confirm", "1")]
    let link = PlaceListPage.link(old)
    #expect(try await administrator.post("\(link)/end", end).status == 303)
    let page = try await administrator.get("\(link)/residents")
    try RouteTests.expectSound(page, language: .indonesian)
    #expect(page.text.contains("value=\"2025-06-20\""))
    let early = [("on", "2025-06-19"), ("move", "place:\(old.text) place:\(new.text)")]
    let refused = try await administrator.post("\(link)/residents", early)
    #expect(refused.status == 400 && refused.text.contains("Pilih hari itu atau sesudahnya"))
    let move = [
      ("on", "2025-06-20"), ("move", "place:\(old.text) place:\(new.text)"), ("confirm", "1"),
      ("families", "1"), ("persons", "2"),
    ]
    #expect(try await administrator.post("\(link)/residents", move).status == 303)
    #expect(try place(Self.north.child(1), server) == new)
    #expect(try server.district.residents(of: old, by: .place).total.persons == 0)
    #expect(try server.district.verify().mismatch == nil)
  }

  @Test("stay where they are while anything is wrong")
  func refused() async throws {
    let server = try await SignedInServer.start()
    var manager = try await server.signIn(.dataManager)
    // A village that is still there.
    #expect(try await manager.get(Self.path).status == 404)
    #expect(!(try await manager.get(PlaceListPage.link(Self.old)).text.contains(Self.path)))
    try await Self.end(Self.old, in: server)
    let before = try server.facts()
    let south = TwoPuskesmas.Side.south.village(1)
    let part = "place:\(Self.north.posyandu(1).text)"
    let wrong: [(String, [(String, String)])] = [
      ("the day before the place's last", [("on", "2025-05-30"), Self.moves[0]]),
      ("a day that has not come", [("on", "2025-06-21"), Self.moves[0]]),
      ("no day", [("on", ""), Self.moves[0]]),
      ("nobody chosen", [("on", "2025-06-01"), ("move", "")]),
      ("out of reach", [("on", "2025-06-01"), ("move", "\(part) place:\(south.text)")]),
      (
        "into itself",
        [("on", "2025-06-01"), ("move", "\(part) place:\(Self.north.posyandu(2).text)")]
      ),
      ("into what ended", [("on", "2025-06-01"), ("move", "\(part) place:\(Self.old.text)")]),
      ("no sense", [("on", "2025-06-01"), ("move", "\(part) x")]),
    ]
    for (what, fields) in wrong {
      let sent = [("by", "place"), ("confirm", "1"), ("families", "1"), ("persons", "2")] + fields
      #expect(try await manager.post(Self.path, sent).status == 400, "\(what)")
    }
    #expect(try server.facts() == before)
    // Of the south's villages no other Puskesmas' data manager decides.
    let foreign = "\(PlaceListPage.link(south))/residents"
    #expect(try await manager.get(foreign).status == 404)
    let nurse = try await server.signIn(.clusterWorker)
    #expect(try await nurse.get(Self.path).status == 403)
  }
}
