import Foundation
import Health
import Journal
import Samples
import Testing

@testable import Services

/// Openings beyond a role: the rules alone, the rights that follow, and the store.
@Suite struct OpeningTests {
  private static let worker = Identifier(high: 1, low: 1)
  private static let rules = OpeningRules(hoursEastOfGreenwich: 7)
  private static let words = "Pasien pingsan di jalan raya"
  /// 20 June 2025, 23.00 in Jakarta.
  private static let evening = Instant(milliseconds: 1_750_435_200_000)

  private static func person(_ number: UInt64) -> OpeningTarget {
    .person(Identifier(high: 2, low: number), home: Identifier(high: 3, low: 1))
  }

  private static func request(
    _ target: OpeningTarget = person(1), _ reason: OpeningReason? = .urgentCare,
    words: String = words, at: Instant = evening
  ) -> OpeningRequest {
    OpeningRequest(worker: worker, target: target, reason: reason, words: words, at: at)
  }

  private static func refusal(
    _ request: OpeningRequest, earlier: [Opening] = []
  ) -> OpeningRefusal? {
    do throws(OpeningRefusal) {
      _ = try rules.decide(request, earlier: earlier, id: Identifier(high: 9, low: 9))
      return nil
    } catch { return error }
  }

  private static func later(_ minutes: Int64) -> Instant {
    Instant(milliseconds: evening.milliseconds + minutes * 60_000)
  }

  @Test func aReasonOfTheRightListAndEnoughWordsAreNeeded() {
    let area = OpeningTarget.area(Identifier(high: 3, low: 1))
    #expect(Self.refusal(Self.request()) == nil)
    #expect(Self.refusal(Self.request(area, .outbreak)) == nil)
    #expect(Self.refusal(Self.request(Self.person(1), nil)) == .noReason)
    #expect(Self.refusal(Self.request(Self.person(1), .outbreak)) == .noReason)
    #expect(Self.refusal(Self.request(area, .lifeThreatening)) == .noReason)
    let few = Self.request(words: "dua belas huru")
    #expect(Self.refusal(few) == .tooFewWords(least: 15))
    #expect(Self.refusal(Self.request(words: "limabelas huruf!")) == nil)
    let blank = String(repeating: " ", count: 30) + "perlu"
    #expect(Self.refusal(Self.request(words: blank)) == .tooFewWords(least: 15))
    for same in ["aaaaaaaaaaaaaaaaaaaa", "....................", "abcde abcde abcde abcde"] {
      #expect(Self.refusal(Self.request(words: same)) == .noWords, "\(same)")
    }
    #expect(Self.refusal(Self.request(words: "abcdef abcdef abcdef")) == nil)
    let long = String(repeating: "a", count: 501)
    #expect(Self.refusal(Self.request(words: long)) == .tooManyWords(most: 500))
  }

  @Test func fiveADayByTheCalendarOfTheDistrict() throws {
    let earlier = try (1...5).map { number in
      try Self.rules.decide(
        Self.request(Self.person(UInt64(number))), earlier: [],
        id: Identifier(high: 8, low: UInt64(number)))
    }
    #expect(Self.refusal(Self.request(), earlier: Array(earlier.prefix(4))) == nil)
    #expect(Self.refusal(Self.request(), earlier: earlier) == .tooManyToday(most: 5))
    // A minute before midnight in Jakarta, and midnight, which is five in the evening in Greenwich.
    #expect(
      Self.refusal(Self.request(at: Self.later(59)), earlier: earlier) == .tooManyToday(most: 5))
    #expect(Self.refusal(Self.request(at: Self.later(60)), earlier: earlier) == nil)
    // Areas count for nothing here.
    let area = Self.request(.area(Identifier(high: 3, low: 1)), .outbreak)
    #expect(Self.refusal(area, earlier: earlier) == nil)
  }

  @Test func itIsOpenUntilItsEndAndNotAtIt() throws {
    let opening = try Self.rules.decide(
      Self.request(), earlier: [], id: Identifier(high: 8, low: 1))
    let end = Self.later(240)
    #expect(opening.until == end)
    #expect(!opening.isOpen(at: Instant(milliseconds: Self.evening.milliseconds - 1)))
    #expect(opening.isOpen(at: Self.evening))
    #expect(opening.isOpen(at: Instant(milliseconds: end.milliseconds - 1)))
    #expect(!opening.isOpen(at: end))
  }

  @Test func theDistrictReviewsWhatIsLateAndWhatAHeadOpened() throws {
    let opening = try Self.rules.decide(
      Self.request(), earlier: [], id: Identifier(high: 8, low: 1))
    let reviewer = Identifier(high: 1, low: 2)
    let due = Self.rules.reviewDue(opening)
    #expect(due == Self.later(7 * 1440))
    let before = Instant(milliseconds: due.milliseconds - 1)
    func may(_ by: Identifier, _ isOfDistrict: Bool, _ byHead: Bool, _ at: Instant) -> Bool {
      Self.rules.mayReview(
        opening, by: by, isOfDistrict: isOfDistrict, openedByHead: byHead, at: at)
    }
    #expect(may(reviewer, false, false, before))
    #expect(!may(Self.worker, false, false, before))
    #expect(!may(reviewer, true, false, before))
    #expect(may(reviewer, true, false, due))
    #expect(may(reviewer, true, true, before))
    #expect(Self.rules.isOverdue(opening, at: due))
    #expect(!Self.rules.isOverdue(opening, at: before))
  }

  @Test func whoHasNoRoleAnyMoreHasNothingOpen() {
    let patient = Identifier(high: 2, low: 1)
    let place = Identifier(high: 3, low: 1)
    #expect(
      !Rights.none.opening([place], persons: [patient]).mayInEmergency(
        .seePerson, with: patient))
    #expect(!Rights.none.opening([place], persons: []).may(.openNames, at: place))
  }

  @Test func theStoreKeepsTheLimitAndTheFirstReview() async throws {
    let temporary = try TemporaryAccess()
    let access = temporary.access
    for number in 1...5 {
      _ = try await access.open(
        Self.request(Self.person(UInt64(number))), Self.rules, logging: { _ in })
    }
    await #expect(throws: OpeningRefusal.tooManyToday(most: 5)) {
      try await access.open(Self.request(Self.person(6)), Self.rules, logging: { _ in })
    }
    let open = try access.openings(of: Self.worker, openAt: Self.evening)
    #expect(open.count == 5)
    let first = try #require(open.first)
    #expect(
      try await access.close(
        opening: first.id, of: Identifier(high: 1, low: 9), at: Self.later(1), logging: {}) == false
    )
    #expect(
      try await access.close(
        opening: first.id, of: Self.worker, at: Self.later(1), logging: {}))
    #expect(try access.openings(of: Self.worker, openAt: Self.later(1)).count == 4)
    #expect(try access.openings(of: Self.worker, openAt: Self.later(240)).isEmpty)
    let found = Opening.Review(
      by: Identifier(high: 1, low: 2), at: Self.later(300), outcome: .justified, words: "Benar.")
    #expect(try await access.review(opening: first.id, found, logging: {}))
    let other = Opening.Review(
      by: Identifier(high: 1, low: 3), at: Self.later(301), outcome: .notJustified, words: "Tidak.")
    #expect(try await access.review(opening: first.id, other, logging: {}) == false)
    #expect(try access.opening(first.id)?.review == found)
    #expect(try access.openingsToReview().count == 4)
    #expect(try access.openings(ofPersons: [Identifier(high: 2, low: 1)]).count == 1)
  }

  @Test func whatIsToBeFollowedUpWaitsUntilItIsClosed() async throws {
    let temporary = try TemporaryAccess()
    let access = temporary.access
    let opening = try await access.open(
      Self.request(Self.person(1)), Self.rules, logging: { _ in })
    func review(_ outcome: OpeningOutcome, _ words: String) async throws -> Bool {
      try await access.review(
        opening: opening.id,
        Opening.Review(
          by: Identifier(high: 1, low: 2), at: Self.later(300), outcome: outcome, words: words),
        logging: {})
    }
    #expect(try await review(.followUp, "Tanya bidan."))
    var known = try #require(try access.openingsToReview().first)
    #expect(!known.isSettled)
    #expect(
      Self.rules.mayReview(
        known, by: Identifier(high: 1, low: 2), isOfDistrict: false, openedByHead: false,
        at: Self.later(301)))
    #expect(Self.rules.isOverdue(known, at: Self.rules.reviewDue(known)))
    #expect(try await review(.justified, "Sudah jelas."))
    #expect(try access.openingsToReview().isEmpty)
    known = try #require(try access.opening(opening.id))
    #expect(known.isSettled && known.review?.words == "Tanya bidan. · Sudah jelas.")
    #expect(try await review(.notJustified, "Terlambat.") == false)
  }

  @Test func oneAreaIsOpenAtATime() async throws {
    let temporary = try TemporaryAccess()
    let access = temporary.access
    let places = [Identifier(high: 3, low: 1), Identifier(high: 3, low: 2)]
    for (minute, place) in places.enumerated() {
      _ = try await access.open(
        Self.request(.area(place), .outbreak, at: Self.later(Int64(minute))), Self.rules,
        logging: { _ in })
    }
    #expect(
      try access.openings(of: Self.worker, openAt: Self.later(2)).map(\.area) == [places[1]])
    #expect(try access.openingsToReview().isEmpty)
  }

  private struct LogFull: Error {}

  @Test func nothingIsOpenedClosedOrReviewedThatTheLogDoesNotTell() async throws {
    let temporary = try TemporaryAccess()
    let access = temporary.access
    await #expect(throws: LogFull.self) {
      _ = try await access.open(Self.request(), Self.rules) { _ in throw LogFull() }
    }
    #expect(try access.lastOpenings(of: Self.worker).isEmpty)
    let opening = try await access.open(Self.request(), Self.rules) { opening in
      #expect(opening.words == Self.words)
    }
    await #expect(throws: LogFull.self) {
      _ = try await access.close(
        opening: opening.id, of: Self.worker, at: Self.later(1)
      ) { throw LogFull() }
    }
    #expect(try access.openings(of: Self.worker, openAt: Self.later(1)).count == 1)
    let found = Opening.Review(
      by: Identifier(high: 1, low: 2), at: Self.later(2), outcome: .justified, words: "Ya.")
    await #expect(throws: LogFull.self) {
      _ = try await access.review(opening: opening.id, found) { throw LogFull() }
    }
    #expect(try access.opening(opening.id)?.review == nil)
  }

  @Test func theWordsOfOpeningsGoWithThePerson() async throws {
    let temporary = try TemporaryAccess()
    let access = temporary.access
    let words = "Zubaidah Penyeimbang pingsan di jalan"
    let opening = try await access.open(
      Self.request(Self.person(1), words: words), Self.rules, logging: { _ in })
    let other = try await access.open(Self.request(Self.person(2)), Self.rules, logging: { _ in })
    let found = Opening.Review(
      by: Identifier(high: 1, low: 2), at: Self.later(2), outcome: .justified,
      words: "Zubaidah Penyeimbang memang gawat")
    #expect(try await access.review(opening: opening.id, found, logging: {}))
    func holds() throws -> Bool { try temporary.bytes().range(of: Data("Zubaidah".utf8)) != nil }
    #expect(try holds(), "the test looks at the wrong place")
    try await access.forgetWords(ofOpeningsOf: [Identifier(high: 2, low: 1)])
    #expect(try !holds())
    let left = try #require(try access.opening(opening.id))
    #expect(left.words.isEmpty && left.review?.words == "" && left.review?.outcome == .justified)
    #expect(left.worker == Self.worker && left.reason == .urgentCare)
    #expect(try access.opening(other.id)?.words == Self.words)
  }
}
