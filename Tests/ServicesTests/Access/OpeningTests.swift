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
      _ = try await access.open(Self.request(Self.person(UInt64(number))), Self.rules)
    }
    await #expect(throws: OpeningRefusal.tooManyToday(most: 5)) {
      try await access.open(Self.request(Self.person(6)), Self.rules)
    }
    let open = try access.openings(of: Self.worker, openAt: Self.evening)
    #expect(open.count == 5)
    let first = try #require(open.first)
    #expect(
      try await access.close(opening: first.id, of: Identifier(high: 1, low: 9), at: Self.later(1))
        == false)
    #expect(try await access.close(opening: first.id, of: Self.worker, at: Self.later(1)))
    #expect(try access.openings(of: Self.worker, openAt: Self.later(1)).count == 4)
    #expect(try access.openings(of: Self.worker, openAt: Self.later(240)).isEmpty)
    let found = Opening.Review(
      by: Identifier(high: 1, low: 2), at: Self.later(300), outcome: .justified, words: "Benar.")
    #expect(try await access.review(opening: first.id, found))
    let other = Opening.Review(
      by: Identifier(high: 1, low: 3), at: Self.later(301), outcome: .notJustified, words: "Tidak.")
    #expect(try await access.review(opening: first.id, other) == false)
    #expect(try access.opening(first.id)?.review == found)
    #expect(try access.openingsToReview().count == 4)
    #expect(try access.openings(ofPersons: [Identifier(high: 2, low: 1)]).count == 1)
  }

  @Test func oneAreaIsOpenAtATime() async throws {
    let temporary = try TemporaryAccess()
    let access = temporary.access
    let places = [Identifier(high: 3, low: 1), Identifier(high: 3, low: 2)]
    for (minute, place) in places.enumerated() {
      _ = try await access.open(
        Self.request(.area(place), .outbreak, at: Self.later(Int64(minute))), Self.rules)
    }
    #expect(
      try access.openings(of: Self.worker, openAt: Self.later(2)).map(\.area) == [places[1]])
    #expect(try access.openingsToReview().isEmpty)
  }
}
