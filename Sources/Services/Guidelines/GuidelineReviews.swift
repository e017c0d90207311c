import GRDB
import Guidance
import Health
import Journal

/// What a clinician said of a guideline.
public struct GuidelineReview: Hashable, Sendable {
  /// The fact.
  public let id: Identifier
  /// What was said, of which definitions, with which registration number.
  public let body: GuidelineReviewBody
  /// Who said it.
  public let by: Identifier?
  /// When.
  public let at: Instant

  /// The number in the clinician's Surat Tanda Registrasi.
  public var registrationNumber: String {
    String(decoding: body.registrationNumber, as: UTF8.self)
  }
  /// The beginning of the digest that was reviewed, as pages show it.
  public var shortDigest: String {
    body.digest.prefix(6).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}

/// How the guidelines in force stand with those who may sign them.
public struct GuidelineReviews: Sendable {
  /// How one guideline stands.
  public enum Standing: Hashable, Sendable {
    /// Nobody has said anything of these definitions.
    case unsigned
    /// The last who said something signed.
    case signed(GuidelineReview)
    /// The last who said something found something wrong.
    case objected(GuidelineReview)
  }

  private let byCode: [String: [GuidelineReview]]

  /// These reviews, in the order in which they arrived.
  public init(_ reviews: [GuidelineReview]) {
    byCode = Dictionary(grouping: reviews) { String(decoding: $0.body.guideline, as: UTF8.self) }
  }

  /// How a guideline stands: what was said of other definitions than those in force counts no
  /// longer, and of what was said of these the last counts.
  public func standing(of chapter: GuidelineChapter) -> Standing {
    let digest = chapter.digest.bytes
    guard let last = byCode[chapter.code]?.last(where: { $0.body.digest == digest }) else {
      return .unsigned
    }
    return last.body.decision == .signed ? .signed(last) : .objected(last)
  }

  /// All that was said of a guideline, of earlier definitions too; the newest first.
  public func history(of chapter: GuidelineChapter) -> [GuidelineReview] {
    (byCode[chapter.code] ?? []).reversed()
  }

  /// Who said something.
  public var workers: Set<Identifier> { Set(byCode.values.flatMap { $0.compactMap(\.by) }) }
}

/// Why a review cannot be recorded.
public enum GuidelineReviewProblem: Error, Hashable, Sendable {
  /// The register has no registration number of the worker: only a health professional signs.
  case noRegistrationNumber
  /// The definitions are no longer those that were read.
  case definitionsChanged
  /// Something is wrong, and nobody said what.
  case nothingObjected
  /// Too many objections at once.
  case tooManyObjections
  /// The text of an objection is too long.
  case objectionTooLong
}

extension GuidelineChapter {
  /// The fact that a worker signed the chapter, or what is wrong with it.
  ///
  /// - Parameters:
  ///   - digest: what the reader's page said that the definitions are, in hexadecimal.
  ///   - objections: what is wrong; none where it is signed.
  public func review(
    by worker: Worker, reading digest: String, _ decision: GuidelineDecision,
    _ objections: [GuidelineObjection], at place: Identifier?, _ recording: Recording,
    on day: CivilDate
  ) throws(GuidelineReviewProblem) -> Fact {
    guard !worker.body.registrationNumber.isEmpty else { throw .noRegistrationNumber }
    guard digest == self.digest.hexadecimal else { throw .definitionsChanged }
    let told = decision == .signed ? [] : objections.filter { !$0.text.isEmpty }
    if decision == .objections, told.isEmpty { throw .nothingObjected }
    guard told.count <= GuidelineReviewBody.mostObjections else { throw .tooManyObjections }
    guard told.allSatisfy({ $0.text.count <= GuidelineReviewBody.longestText }) else {
      throw .objectionTooLong
    }
    let body = GuidelineReviewBody(
      guideline: Array(code.utf8), edition: Array("\(source.edition)".utf8),
      digest: self.digest.bytes, decision: decision,
      registrationNumber: worker.body.registrationNumber, objections: told)
    return recording.fact(.guidelineReview, of: subject, on: day, at: place, body.bytes)
  }
}

extension District {
  /// What clinicians said of the guidelines.
  public func guidelineReviews() throws -> GuidelineReviews {
    let facts = try journal.pool.read { try FactRow.guidelineReviews(in: $0) }
    return GuidelineReviews(
      try facts.map { fact in
        let body = try fact.body.withUnsafeBufferPointer { try GuidelineReviewBody($0) }
        return GuidelineReview(id: fact.id, body: body, by: fact.recorder, at: fact.recordedAt)
      })
  }
}
