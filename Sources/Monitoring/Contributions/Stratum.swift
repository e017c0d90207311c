import Health

/// The age groups by which SKDN is split, by completed months on the month's last day.
public enum AgeGroup: UInt8, Hashable, Sendable, CaseIterable {
  /// 0–5 months.
  case months0To5 = 0
  /// 6–11 months.
  case months6To11 = 1
  /// 12–23 months.
  case months12To23 = 2
  /// 24–59 months.
  case months24To59 = 3

  /// The group of an age; nothing from five years on or before birth.
  public init?(_ age: CompletedMonths) {
    switch age.count {
    case 0...5: self = .months0To5
    case 6...11: self = .months6To11
    case 12...23: self = .months12To23
    case 24...59: self = .months24To59
    default: return nil
    }
  }

  /// The name in addresses, files and catalogues.
  public var code: String {
    switch self {
    case .months0To5: "0-5"
    case .months6To11: "6-11"
    case .months12To23: "12-23"
    case .months24To59: "24-59"
    }
  }
}

/// Sex and age group: what every figure can be split by.
public struct Stratum: Hashable, Sendable {
  /// The sex; nothing where it is not known.
  public let sex: Sex?
  /// The age group.
  public let ageGroup: AgeGroup

  /// How many strata there are.
  public static let count = 12

  /// A sex and an age group.
  public init(sex: Sex?, ageGroup: AgeGroup) {
    self.sex = sex
    self.ageGroup = ageGroup
  }

  /// The stratum with that position.
  public init?(position: Int) {
    guard position >= 0, let group = AgeGroup(rawValue: UInt8(position % 4)) else { return nil }
    switch position / 4 {
    case 0: sex = nil
    case 1: sex = .male
    case 2: sex = .female
    default: return nil
    }
    ageGroup = group
  }

  /// The position in packed counts.
  public var position: Int { Int(sex?.rawValue ?? 0) * 4 + Int(ageGroup.rawValue) }
}
