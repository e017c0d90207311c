import Guidance
import Health

/// The level of a kader, worked out from the skills that count on a day; never stored.
public enum KaderLevel: UInt8, Hashable, Sendable, CaseIterable, Comparable {
  /// Purwa: management, children, and one more group.
  case purwa = 1
  /// Madya: more groups, by ``MadyaRule``.
  case madya = 2
  /// Utama: all 25 skills.
  case utama = 3

  /// The name in the catalogues, under `kader_levels`.
  public var name: StaticString {
    switch self {
    case .purwa: "purwa"
    case .madya: "madya"
    case .utama: "utama"
    }
  }

  /// Lower levels come first.
  public static func < (left: KaderLevel, right: KaderLevel) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// Which groups make a kader Madya: the publications that we know do not agree.
public enum MadyaRule: UInt8, Hashable, Sendable, CaseIterable {
  /// Purwa, and four of the five groups complete, whichever.
  case fourGroups = 1
  /// Purwa, with school age and adolescents, and adults and older people, complete: so a regional
  /// newspaper described it (pos-kupang, 26 May 2025).
  case schoolAgeAndAdults = 2

  /// The name in the catalogues, under `kader_settings.madya`.
  public var name: StaticString {
    switch self {
    case .fourGroups: "four_groups"
    case .schoolAgeAndAdults: "school_age_and_adults"
    }
  }
}

/// What of the levels is unclear, with its default.
public struct KaderSettings: Hashable, Sendable {
  /// Which groups make a kader Madya. Whoever is Madya by school age and adults has four groups
  /// too, so the default is the wider reading.
  public var madya = MadyaRule.fourGroups
  /// After so many months a skill that was shown no longer counts, where the assessment set no day
  /// of its own; 0 is never.
  public var skillMonths: Int32 = 0
  /// So many kader a Posyandu needs.
  public var leastKader = 5

  /// Where ``skillMonths`` may lie.
  public static let skillMonthsRange: ClosedRange<Int32> = 0...120
  /// Where ``leastKader`` may lie.
  public static let leastKaderRange: ClosedRange<Int> = 1...20

  /// Where Purwa and Utama stand.
  public static let levelSource = Source(
    id: "kader-levels", title: "Tanda Kecakapan Kader: Purwa, Madya, Utama",
    edition: "2024", place: "17 tanda kecakapan untuk Purwa; 25 untuk Utama",
    standing: .secondary)
  /// Where the rule for Madya stands.
  public static let madyaSource = Source(
    id: "kader-madya", title: "Tanda Kecakapan Kader: Madya",
    edition: "default", place: "empat kelompok; atau usia sekolah-remaja dan dewasa-lansia",
    standing: .fromMemory)
  /// Where the months stand after which a skill no longer counts.
  public static let skillMonthsSource = Source(
    id: "kader-skill-months", title: "Masa berlaku tanda kecakapan kader",
    edition: "default", place: "tidak ditentukan", standing: .fromMemory)
  /// Where the number of kader of a Posyandu stands.
  public static let leastKaderSource = Source(
    id: "posyandu-five-kader", title: "Posyandu aktif: jumlah kader",
    edition: "default", place: "paling sedikit lima kader", standing: .secondary)

  /// The defaults.
  public init() {}

  /// The level of somebody with these skills, none where not even Purwa is reached.
  ///
  /// Every level needs management and children complete. Purwa needs one more group, Utama all.
  public func level(having has: (KaderSkill) -> Bool) -> KaderLevel? {
    func isComplete(_ group: KaderSkillGroup) -> Bool {
      KaderSkill.allCases.allSatisfy { $0.group != group || has($0) }
    }
    guard isComplete(.management), isComplete(.children) else { return nil }
    let mothers = isComplete(.mothers)
    let schoolAge = isComplete(.schoolAge)
    let adults = isComplete(.adults)
    let more = [mothers, schoolAge, adults].filter { $0 }.count
    if more == 3 { return .utama }
    if more == 0 { return nil }
    let isMadya =
      switch madya {
      case .fourGroups: more == 2
      case .schoolAgeAndAdults: schoolAge && adults
      }
    return isMadya ? .madya : .purwa
  }
}
