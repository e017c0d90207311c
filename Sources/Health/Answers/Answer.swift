/// What a guideline needs to know and did not find, by a number that stays the same.
///
/// The first 256 numbers are the matters named here; from ``firstElement`` on they are data
/// elements that nobody observed.
public struct Missing: RawRepresentable, Hashable, Sendable, CaseIterable {
  /// The number.
  public let rawValue: UInt16
  /// What stands under that number.
  @inlinable
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The number that stands for the data element with code 0.
  public static let firstElement: UInt16 = 256
  /// A data element that nobody observed.
  public static func element(_ code: UInt16) -> Missing {
    Missing(rawValue: firstElement + code)
  }
  /// The code of the data element that is missing; nothing where it is another matter.
  public var element: UInt16? {
    rawValue >= Missing.firstElement ? rawValue - Missing.firstElement : nil
  }

  /// No date of birth is known.
  public static let birthDate = Missing(rawValue: 1)
  /// The sex is not known.
  public static let sex = Missing(rawValue: 2)
  /// No weight was taken.
  public static let weight = Missing(rawValue: 3)
  /// No length or height was taken.
  public static let length = Missing(rawValue: 4)
  /// No measurement was taken at all.
  public static let measurement = Missing(rawValue: 5)
  /// Nobody recorded whether the family has the Buku KIA.
  public static let childHealthBook = Missing(rawValue: 6)
  /// Nobody assessed a kader's skill, or too long ago.
  public static let skillAssessment = Missing(rawValue: 7)
  /// Neither the last menstrual period nor an ultrasound tells how far a pregnancy is.
  public static let gestationalAge = Missing(rawValue: 8)

  /// The named matters.
  public static let allCases: [Missing] = [
    .birthDate, .sex, .weight, .length, .measurement, .childHealthBook, .skillAssessment,
    .gestationalAge,
  ]
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
