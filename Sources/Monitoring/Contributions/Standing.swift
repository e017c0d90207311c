/// How one child stands to one indicator in one month. Every under-five stands to every indicator.
public enum Standing: UInt8, Hashable, Sendable, CaseIterable {
  /// In the denominator and not counted: not weighed, not stunted.
  case missed = 0
  /// In the denominator and counted: weighed, gained, stunted.
  case reached = 1
  /// Left out of the denominator, for a reason that is no lack of knowledge.
  case excluded = 2
  /// Not known, because something is missing.
  case unknown = 3
}

/// Why a child is missed, excluded or unknown.
public enum Reason: UInt8, Hashable, Sendable, CaseIterable {
  /// Nothing to explain.
  case none = 0
  /// Not weighed this month.
  case notWeighed = 1
  /// Nothing was measured this month.
  case notMeasured = 2
  /// No length or height was taken.
  case noLength = 3
  /// No weight was taken.
  case noWeight = 4
  /// The sex is not known.
  case noSex = 5
  /// The value is too extreme to be believed; measure again.
  case implausible = 6
  /// First weighing ever (B).
  case firstWeighing = 7
  /// Not weighed last month (O).
  case notWeighedLastMonth = 8
  /// Did not gain enough (T).
  case notGained = 9
  /// Gained enough (N).
  case gained = 10
  /// Nobody recorded whether the family has the Buku KIA.
  case bookNotRecorded = 11
  /// The family has no Buku KIA.
  case noBook = 12
  /// Died in this month.
  case died = 13
  /// Outside the lengths that the standard covers.
  case outsideStandard = 14
  /// Oedema in both feet: counted as severely wasted and severely underweight, as WHO counts it.
  case oedema = 15
  /// Within the limits.
  case withinLimits = 16

  /// The name in catalogues.
  public var code: String {
    switch self {
    case .none: "none"
    case .notWeighed: "not_weighed"
    case .notMeasured: "not_measured"
    case .noLength: "no_length"
    case .noWeight: "no_weight"
    case .noSex: "no_sex"
    case .implausible: "implausible"
    case .firstWeighing: "first_weighing"
    case .notWeighedLastMonth: "not_weighed_last_month"
    case .notGained: "not_gained"
    case .gained: "gained"
    case .bookNotRecorded: "book_not_recorded"
    case .noBook: "no_book"
    case .died: "died"
    case .outsideStandard: "outside_standard"
    case .oedema: "oedema"
    case .withinLimits: "within_limits"
    }
  }
}

/// A standing with its reason, in one byte.
public struct Contribution: Hashable, Sendable {
  /// Two bits of standing, six of reason.
  public let rawValue: UInt8

  /// A standing for a reason.
  public init(_ standing: Standing, _ reason: Reason = .none) {
    rawValue = standing.rawValue | reason.rawValue << 2
  }

  /// A byte that was checked before.
  init(trusted rawValue: UInt8) { self.rawValue = rawValue }

  /// A byte as it was packed; nothing where it means nothing.
  public init?(rawValue: UInt8) {
    guard Reason(rawValue: rawValue >> 2) != nil else { return nil }
    self.rawValue = rawValue
  }

  /// The standing.
  public var standing: Standing { Standing(rawValue: rawValue & 3) ?? .unknown }
  /// The reason.
  public var reason: Reason { Reason(rawValue: rawValue >> 2) ?? .none }
}
