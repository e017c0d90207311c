/// What a guideline needs to know and did not find.
public enum Missing: UInt8, Hashable, Sendable, CaseIterable {
  /// No date of birth is known.
  case birthDate = 1
  /// The sex is not known.
  case sex = 2
  /// No weight was taken.
  case weight = 3
  /// No length or height was taken.
  case length = 4
  /// No measurement was taken at all.
  case measurement = 5
  /// Nobody recorded whether the family has the Buku KIA.
  case childHealthBook = 6
  /// Nobody assessed a kader's skill, or too long ago.
  case skillAssessment = 7
}

/// A three-valued answer: what is not known is not "no", and says what is missing.
public enum Answer: Hashable, Sendable {
  /// The facts say so.
  case yes
  /// The facts say the opposite.
  case no
  /// The facts do not tell; this is what is missing.
  case unknown(Missing)

  /// True only where the facts say so.
  public var isYes: Bool { self == .yes }

  /// The opposite; the opposite of unknown is unknown.
  public static prefix func ! (answer: Answer) -> Answer {
    switch answer {
    case .yes: .no
    case .no: .yes
    case .unknown(let missing): .unknown(missing)
    }
  }

  /// Both: a "no" decides, otherwise the first unknown is carried through.
  public static func && (left: Answer, right: Answer) -> Answer {
    switch (left, right) {
    case (.no, _), (_, .no): .no
    case (.unknown(let missing), _): .unknown(missing)
    case (_, .unknown(let missing)): .unknown(missing)
    case (.yes, .yes): .yes
    }
  }

  /// Either: a "yes" decides, otherwise the first unknown is carried through.
  public static func || (left: Answer, right: Answer) -> Answer {
    switch (left, right) {
    case (.yes, _), (_, .yes): .yes
    case (.unknown(let missing), _): .unknown(missing)
    case (_, .unknown(let missing)): .unknown(missing)
    case (.no, .no): .no
    }
  }
}
