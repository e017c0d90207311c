import Foundation
import GRDB
import Health
import Journal
import Samples
import Services
import Testing

/// When a person's data may be erased, who decides it, and what goes along.
@Suite struct ErasureGroundTests {
  private static let now = Instant(milliseconds: 1_780_000_000_000)
  private static let today = day("2026-05-28")
  private static let decider = id(77)
  private static let recording = Recording(at: now, recorder: decider)

  private static func filled(_ facts: [Fact]) async throws -> TemporaryDistrict {
    let temporary = try TemporaryDistrict()
    let all = ExamplePlaces.facts + facts
    let results = try await temporary.district.journal.accept(all, now: now)
    try #require(results.allSatisfy { if case .accepted = $0 { true } else { false } })
    return temporary
  }

  private static func person(_ number: Int, lastSeen: String = "2020-01-01") -> [Fact] {
    var story = Story(person: number)
    story.person(sex: .female, born: day("1950-05-01"))
    story.lives(at: ExamplePlaces.posyandu[0], since: day(lastSeen))
    return story.facts
  }

  private static func consent(
    _ person: Int, _ text: String, _ decision: ConsentDecision, on date: String
  ) -> Fact {
    let body = ConsentBody(text: Array(text.utf8), edition: 1, decision: decision)
    return recording.fact(.consent, of: id(person), on: day(date), body.bytes)
  }

  private static func request(_ kind: SubjectRequestKind, of person: Int) -> Fact {
    recording.fact(
      .subjectRequest, of: id(person), on: today,
      SubjectRequestBody(kind: kind, receivedAt: now).bytes)
  }

  private static func answer(
    _ request: Fact, _ outcome: SubjectRequestOutcome, _ ground: ErasureReason? = nil,
    by worker: Identifier = decider, at place: Identifier = ExamplePlaces.posyandu[0]
  ) -> Fact {
    Recording(at: now, recorder: worker).fact(
      .subjectAnswer, of: request.subject, on: today, at: place,
      SubjectAnswerBody(request: request.id, outcome: outcome, ground: ground).bytes)
  }

  /// A worker with a role at a place, until a day where that is told.
  private static func worker(
    _ worker: Identifier, _ role: Role, at place: Identifier, until end: CivilDate? = nil
  ) -> [Fact] {
    var body = WorkerBody()
    body.name = Array("Petugas Contoh".utf8)
    var assignment = AssignmentBody(role: role, place: place)
    assignment.until = end
    let since = day("2020-01-01")
    return [
      recording.fact(.worker, of: worker, on: since, body.bytes),
      recording.fact(.assignment, of: worker, on: since, assignment.bytes),
    ]
  }

  private static func obstacle(
    _ person: Int, _ reason: ErasureReason, _ district: District
  ) throws -> ErasureProblem? {
    try district.obstacle(toErasing: id(person), because: reason, on: today)
  }

  @Test func aConsentThatHoldsKeepsWhatAnotherWithdrew() async throws {
    let temporary = try await Self.filled(
      Self.person(1) + Self.person(2) + Self.person(3) + [
        Self.consent(1, "research", .withdrawn, on: "2026-01-01"),
        Self.consent(1, "reminders", .yes, on: "2026-01-02"),
        // Given again after it was taken back.
        Self.consent(2, "research", .withdrawn, on: "2026-01-01"),
        Self.consent(2, "research", .yes, on: "2026-01-02"),
        Self.consent(3, "research", .yes, on: "2026-01-01"),
        Self.consent(3, "research", .withdrawn, on: "2026-01-02"),
      ])
    let district = temporary.district
    #expect(try Self.obstacle(1, .consentWithdrawn, district) == .noConsentWithdrawn)
    #expect(try Self.obstacle(2, .consentWithdrawn, district) == .noConsentWithdrawn)
    #expect(try Self.obstacle(3, .consentWithdrawn, district) == nil)
  }

  @Test func whateverWasToldLastKeepsTheRecordAndToAskDoesNot() async throws {
    let temporary = try await Self.filled(
      Self.person(1, lastSeen: "2001-05-29") + Self.person(2, lastSeen: "2001-05-28") + [
        Self.request(.erasure, of: 2), Self.consent(2, "research", .withdrawn, on: "2026-01-02"),
      ])
    // No visit, and yet somebody was here a day too late.
    #expect(
      try Self.obstacle(1, .retentionEnded, temporary.district)
        == .mustBeKept(until: day("2026-05-29")))
    #expect(try Self.obstacle(2, .retentionEnded, temporary.district) == nil)
  }

  @Test func aRequestIsErasedOnlyAsItWasDecided() async throws {
    let access = Self.request(.access, of: 1)
    let open = Self.request(.erasure, of: 1)
    let refused = Self.request(.erasure, of: 1)
    let decided = Self.request(.erasure, of: 1)
    let foreign = Self.request(.erasure, of: 2)
    let temporary = try await Self.filled(
      Self.person(1) + Self.person(2)
        + Self.worker(Self.decider, .puskesmasHead, at: ExamplePlaces.puskesmas[0]) + [
          access, open, refused, decided, foreign, Self.answer(access, .done),
          Self.answer(refused, .doneInPart), Self.answer(decided, .done, .recordedUnlawfully),
          Self.answer(foreign, .done, .recordedUnlawfully),
        ])
    let district = temporary.district
    func erase(
      _ request: Identifier, _ reason: ErasureReason = .recordedUnlawfully,
      by worker: Identifier = Self.decider
    ) async throws {
      _ = try await district.erase(
        id(1), because: reason, answering: request, Recording(at: Self.now, recorder: worker))
    }
    let cases: [(Identifier, ErasureProblem)] = [
      (id(4711), .noSuchRequest), (foreign.id, .noSuchRequest), (access.id, .requestIsNotErasure),
      (open.id, .requestNotDecided), (refused.id, .requestDecidedOtherwise),
    ]
    for (request, problem) in cases {
      await #expect(throws: problem) { try await erase(request) }
    }
    await #expect(throws: ErasureProblem.otherGround(decided: .recordedUnlawfully)) {
      try await erase(decided.id, .madeByMistake)
    }
    await #expect(throws: ErasureProblem.decidedBySomebodyElse) {
      try await erase(decided.id, by: id(78))
    }
    #expect(try district.erasure(of: id(1)) == nil)
    try await erase(decided.id)
    #expect(try district.erasure(of: id(1)) != nil)
    await #expect(throws: ErasureProblem.alreadyErased) { try await erase(decided.id) }
  }

  @Test func whoMayNotDecideErasesNobody() async throws {
    let (kader, neighbour, former, left) = (id(81), id(82), id(83), id(84))
    let deciders = [kader, neighbour, former, left, Self.decider]
    let requests = (1...deciders.count).map { Self.request(.erasure, of: $0) }
    // The day of the decision as the district counts days, seven hours before Greenwich.
    let decided = Self.now.day(hoursEastOfGreenwich: 7)
    let yesterday = CivilDate(dayNumber: decided.dayNumber - 1)
    let workers =
      Self.worker(kader, .kader, at: ExamplePlaces.posyandu[0])
      + Self.worker(neighbour, .puskesmasHead, at: ExamplePlaces.puskesmas[1])
      + Self.worker(former, .puskesmasHead, at: ExamplePlaces.puskesmas[0], until: yesterday)
      + Self.worker(left, .puskesmasHead, at: ExamplePlaces.puskesmas[0], until: decided)
      + Self.worker(Self.decider, .districtManager, at: ExamplePlaces.district)
    let temporary = try await Self.filled(
      (1...deciders.count).flatMap { Self.person($0) } + workers + requests
        + zip(requests, deciders).map { Self.answer($0, .done, .madeByMistake, by: $1) })
    let district = temporary.district
    for (number, (request, decider)) in zip(requests, deciders).enumerated() {
      let erasing = {
        try await district.erase(
          id(number + 1), because: .madeByMistake, answering: request.id,
          // A day later: who decided on the last day of a role decided nevertheless.
          Recording(
            at: Instant(milliseconds: Self.now.milliseconds + 86_400_000), recorder: decider))
      }
      if number < 3 {
        await #expect(throws: ErasureProblem.deciderMayNot) { _ = try await erasing() }
        #expect(try district.erasure(of: id(number + 1)) == nil)
      } else {
        await #expect(throws: Never.self, "\(number)") { _ = try await erasing() }
        #expect(try district.erasure(of: id(number + 1))?.recorder == decider)
      }
    }
  }

  /// A visit that is on its way to the disk when the erasure is asked for.
  @Test func whatArrivesAtThatMomentIsLookedAt() async throws {
    let people = Array(1...30)
    let temporary = try await Self.filled(
      people.flatMap { Self.person($0) }
        + people.map { Self.consent($0, "research", .withdrawn, on: "2026-01-01") })
    let district = temporary.district
    var body = MeasurementBody()
    body.weight = Mass(grams: 52_000)
    for person in people {
      let visit = Self.recording.fact(
        .measurement, of: id(person), on: Self.today, at: ExamplePlaces.posyandu[0], body.bytes)
      let pending = district.journal.acceptLater([visit], now: Self.now)
      await #expect(throws: ErasureProblem.holdsRecordOfCare) {
        _ = try await district.destroy(id(person), because: .consentWithdrawn, Self.recording)
      }
      guard case .accepted = try pending.wait()[0] else {
        Issue.record("the visit of \(person) was not taken")
        continue
      }
    }
    #expect(try district.verify().mismatch == nil)
  }

  @Test func rowsOfFilesThatTellOfThePersonGoAndOthersStay() async throws {
    var body = PersonBody()
    body.name = Array("Zubaidah Penyeimbang".utf8)
    body.birthDate = day("1990-03-04")
    body.nationalIdentityNumber = Array("9901014403900001".utf8)
    var story = Story(person: 1)
    story.tell(.person, on: day("1990-03-04"), body: body.bytes)
    let temporary = try await Self.filled(story.facts)
    let district = temporary.district
    let rows = [
      "9901014403900001,Somebody", "99.01.01.440390.0001;Z", "Zubaidah Penyeimbang,04-03-1990",
      "zubaidah penyeimbang;1990-03-04", "ZUBAIDAH PENYEIMBANG,04/03/1990",
      "Zubaidah Penyeimbang,05-03-1990", "Siti,04-03-1990", "Zubaidah Penyeimbang,",
    ]
    try await district.journal.pool.write { db in
      try db.execute(
        sql: """
          INSERT INTO import_batch
            (id, file_name, started_at, rows_accepted, rows_there, rows_refused)
          VALUES (?, 'x.csv', 0, 0, 0, 0)
          """, arguments: [id(5).data])
      for (line, row) in rows.enumerated() {
        try db.execute(
          sql: "INSERT INTO refused_row VALUES (?, ?, '', '', 'x', '', ?)",
          arguments: [id(5).data, line, row])
        try db.execute(
          sql: "INSERT INTO further_problem VALUES (?, ?, 1, '', '', 'x', '')",
          arguments: [id(5).data, line])
      }
      for (line, value) in ["zubaidah penyeimbang", "9901014403900001", "Siti"].enumerated() {
        try db.execute(
          sql: "INSERT INTO import_warning VALUES (?, ?, 'x', '', ?, '')",
          arguments: [id(5).data, line, value])
      }
    }
    _ = try await district.destroy(id(1), because: .recordedUnlawfully, Self.recording)
    let (left, further, warnings) = try await district.journal.pool.read { db in
      (
        try String.fetchAll(db, sql: "SELECT row FROM refused_row ORDER BY line"),
        try Int.fetchAll(db, sql: "SELECT line FROM further_problem ORDER BY line"),
        try String.fetchAll(db, sql: "SELECT value FROM import_warning")
      )
    }
    #expect(left == Array(rows.suffix(3)))
    #expect(further == [5, 6, 7])
    #expect(warnings == ["Siti"])
  }

  @Test func whatIsDeletedIsOverwritten() async throws {
    let temporary = try TemporaryDistrict()
    let journal = try await temporary.district.journal.pool.write { db in
      try Int.fetchOne(db, sql: "PRAGMA secure_delete")
    }
    #expect(journal == 1)
  }
}
