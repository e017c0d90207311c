import Guidance
import Health
import Journal
import Programmes
import Samples
import Testing

@testable import Services

/// Who signed what, and when that no longer counts.
@Suite("Reviews of guidelines")
struct GuidelineReviewTests {
  private static let now = Instant(milliseconds: 1_750_000_000_000)
  private static let today = now.day(hoursEastOfGreenwich: 7)
  private static let book = GuidelineBook()

  /// A midwife with a registration number, or somebody without.
  private static func worker(
    _ district: District, number: String = "STR 31 02 5 2 2 24-1"
  ) async throws -> Worker {
    var body = WorkerBody()
    body.name = Array("Bidan Contoh".utf8)
    body.registrationNumber = Array(number.utf8)
    let recording = Recording(at: now, recorder: nil)
    let subject = Identifier.fresh(at: now)
    _ = try await district.record([recording.fact(.worker, of: subject, on: today, body.bytes)])
    return try #require(try district.worker(subject))
  }

  private static func review(
    _ chapter: GuidelineChapter, by worker: Worker, _ decision: GuidelineDecision,
    _ objections: [GuidelineObjection] = [], reading digest: String? = nil, after seconds: Int64 = 0
  ) throws(GuidelineReviewProblem) -> Fact {
    let moment = Instant(milliseconds: now.milliseconds + seconds * 1_000)
    return try chapter.review(
      by: worker, reading: digest ?? chapter.digest.hexadecimal, decision, objections, at: nil,
      Recording(at: moment, recorder: worker.id), on: today)
  }

  private static let wrong = GuidelineObjection(
    rule: Array("table-3".utf8), text: Array("Batas keliru".utf8))

  @Test("Unsigned, then signed, then something is found wrong; what was said last counts")
  func course() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let worker = try await Self.worker(district)
    let chapter = try #require(Self.book.chapter("pregnancy"))
    let other = try #require(Self.book.chapter("newborn"))
    #expect(try district.guidelineReviews().standing(of: chapter) == .unsigned)

    _ = try await district.record([try Self.review(chapter, by: worker, .signed)])
    guard case .signed(let signed) = try district.guidelineReviews().standing(of: chapter) else {
      Issue.record("it was signed")
      return
    }
    #expect(signed.by == worker.id)
    #expect(signed.at == Self.now)
    #expect(signed.registrationNumber == "STR 31 02 5 2 2 24-1")
    #expect(signed.shortDigest == chapter.shortDigest)
    #expect(try district.guidelineReviews().standing(of: other) == .unsigned)

    _ = try await district.record([
      try Self.review(chapter, by: worker, .objections, [Self.wrong], after: 60)
    ])
    let reviews = try district.guidelineReviews()
    guard case .objected(let objected) = reviews.standing(of: chapter) else {
      Issue.record("something was found wrong")
      return
    }
    #expect(objected.body.objections == [Self.wrong])
    #expect(reviews.history(of: chapter).map(\.body.decision) == [.objections, .signed])
    #expect(reviews.workers == [worker.id])
  }

  @Test("A changed definition is unsigned again, and the signature stays in the history")
  func changed() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let worker = try await Self.worker(district)
    let chapter = try #require(Self.book.chapter(GuidelineBook.growthCode))
    _ = try await district.record([try Self.review(chapter, by: worker, .signed)])
    var growth = GrowthSettings()
    growth.redLineHundredths = -250
    let later = try #require(
      GuidelineBook(SettingsEdition(name: "lain", growth: growth, named: [:]))
        .chapter(GuidelineBook.growthCode))
    let reviews = try district.guidelineReviews()
    #expect(reviews.standing(of: later) == .unsigned)
    #expect(reviews.history(of: later).count == 1)
    guard case .signed = reviews.standing(of: chapter) else {
      Issue.record("what was signed is signed")
      return
    }
  }

  @Test("What cannot be recorded says why")
  func problems() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let worker = try await Self.worker(district)
    let unregistered = try await Self.worker(district, number: "")
    let chapter = try #require(Self.book.chapter("pregnancy"))
    let other = try #require(Self.book.chapter("newborn"))
    #expect(throws: GuidelineReviewProblem.noRegistrationNumber) {
      try Self.review(chapter, by: unregistered, .signed)
    }
    #expect(throws: GuidelineReviewProblem.definitionsChanged) {
      try Self.review(chapter, by: worker, .signed, reading: other.digest.hexadecimal)
    }
    #expect(throws: GuidelineReviewProblem.nothingObjected) {
      try Self.review(chapter, by: worker, .objections)
    }
    #expect(throws: GuidelineReviewProblem.tooManyObjections) {
      try Self.review(
        chapter, by: worker, .objections,
        Array(repeating: Self.wrong, count: GuidelineReviewBody.mostObjections + 1))
    }
    let long = GuidelineObjection(
      rule: [], text: [UInt8](repeating: 97, count: GuidelineReviewBody.longestText + 1))
    #expect(throws: GuidelineReviewProblem.objectionTooLong) {
      try Self.review(chapter, by: worker, .objections, [long])
    }
    #expect(try district.guidelineReviews().history(of: chapter).isEmpty)
  }

  @Test("A journal with reviews verifies")
  func verifies() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let worker = try await Self.worker(district)
    let chapter = try #require(Self.book.chapter("sick_child"))
    _ = try await district.record([
      try Self.review(chapter, by: worker, .objections, [Self.wrong])
    ])
    #expect(try district.verify().mismatch == nil)
  }
}
