import Health
import Journal

/// What requests may be answered with, and what an answer does.
public enum SubjectAnswering {
  /// The outcomes that may be chosen. To erase is to decide it: who runs the machine does it, with
  /// the command that the page shows.
  public static func outcomes(for kind: SubjectRequestKind) -> [SubjectRequestOutcome] {
    SubjectRequestOutcome.allCases
  }

  /// Whether an answer must name the law that is its reason: whenever not all is done as asked.
  public static func needsLegalReason(_ outcome: SubjectRequestOutcome) -> Bool {
    outcome != .done
  }

  /// Whether an answer must name the ground on which the data is erased.
  public static func needsGround(
    _ outcome: SubjectRequestOutcome, for kind: SubjectRequestKind
  ) -> Bool {
    kind == .erasure && outcome == .done
  }

  /// Whether an answer must say which consents are taken back.
  public static func needsConsents(
    _ outcome: SubjectRequestOutcome, for kind: SubjectRequestKind
  ) -> Bool {
    kind == .withdrawal && outcome != .refused
  }

  /// The facts by which an answer takes effect, beside the answer itself: the one place where it
  /// does. What is asked to be erased or restricted is restricted at once, and erased by a second
  /// person where that was decided; consents are taken back in the editions that were agreed to; a
  /// correction is an act of its own.
  ///
  /// - Parameter consents: those that are taken back.
  public static func effects(
    of outcome: SubjectRequestOutcome, on request: SubjectRequest,
    withdrawing consents: [ConsentRecord] = [], _ recording: Recording, today: CivilDate
  ) -> [Fact] {
    guard outcome != .refused else { return [] }
    let reason: RestrictionReason
    switch request.body.kind {
    case .erasure: reason = outcome == .done ? .asked : .insteadOfErasure
    case .restriction: reason = .asked
    case .withdrawal:
      return consents.map {
        $0.withdrawal(of: request.person, answering: request.id, recording, on: today)
      }
    case .access, .correction: return []
    }
    return [
      recording.fact(
        .restriction, of: request.person.id, on: today, at: request.person.place,
        RestrictionBody(reason: reason).bytes)
    ]
  }
}

extension ErasureReason {
  /// The ground as it is typed at the command line and sent by forms.
  public var code: String {
    switch self {
    case .recordedUnlawfully: "unlawful"
    case .retentionEnded: "retention"
    case .consentWithdrawn: "consent"
    case .madeByMistake: "mistake"
    }
  }
}
