import Guidance
import Health

/// The stage of life by which ILP sends a person to a service: exactly one at every age.
///
/// Pregnancy and the weeks after birth come before age in sending a woman; they are no stage here,
/// since nothing tells of them yet. The numbers 9 and 10 are kept for them.
public enum LifeStage: UInt8, Hashable, Sendable, CaseIterable {
  /// Bayi baru lahir, 0–28 days.
  case newborn = 1
  /// Bayi, from the 29th day to 11 months.
  case infant = 2
  /// Anak balita, 12–59 months.
  case toddler = 3
  /// Anak prasekolah, from 60 months until school age.
  case preschool = 4
  /// Anak usia sekolah, until 9 years.
  case schoolAge = 5
  /// Remaja, 10–17 years.
  case adolescent = 6
  /// Dewasa, 18–59 years.
  case adult = 7
  /// Lansia, from 60 years.
  case olderAdult = 8

  /// Where the stages stand. Usia sekolah (from 6 to under 18 years) holds remaja (from 10) in it;
  /// the narrower one is the stage, and ``AgeBand`` tells all.
  public static let source = Source.integratedPrimaryCare("siklus hidup")

  /// The name in the catalogues, under `life_stages`.
  public var name: StaticString {
    switch self {
    case .newborn: "newborn"
    case .infant: "infant"
    case .toddler: "toddler"
    case .preschool: "preschool"
    case .schoolAge: "school_age"
    case .adolescent: "adolescent"
    case .adult: "adult"
    case .olderAdult: "older_adult"
    }
  }
}

/// The stage of life of a person on a day.
public enum LifeStageAnswer: Hashable, Sendable {
  /// This one.
  case stage(LifeStage)
  /// The day lies before birth.
  case notBorn
  /// It cannot be told; this is missing.
  case unknown(Missing)
}

/// What of the stages is unclear, with its default.
public struct LifeStageSettings: Hashable, Sendable {
  /// The last completed month of anak prasekolah. KMK 2015/2023 says "5–6 years" and lets school
  /// age begin at 6 years, which makes it 71; Posyandu practice goes to 83.
  public var lastPreschoolMonth: Int32 = 71

  /// Where ``lastPreschoolMonth`` may lie.
  public static let lastPreschoolMonths: ClosedRange<Int32> = 71...83

  /// Where the default stands.
  public static let source = Source(
    id: "ilp-preschool", title: "Petunjuk Teknis Integrasi Pelayanan Kesehatan Primer: apras",
    edition: "HK.01.07/MENKES/2015/2023", place: "5–6 tahun; praktik: 60–83 bulan",
    standing: .secondary)

  /// The defaults.
  public init() {}
}

extension LifeStage {
  /// The stage of somebody of that day of birth.
  public static func stage(
    born birth: CivilDate?, on day: CivilDate, settings: LifeStageSettings = LifeStageSettings()
  ) -> LifeStageAnswer {
    guard let birth else { return .unknown(.birthDate) }
    guard birth <= day else { return .notBorn }
    if (day - birth).count <= AgeBand.lastNewbornDay { return .stage(.newborn) }
    let months = day.completedMonths(since: birth).count
    let stage: LifeStage =
      switch months {
      case ...11: .infant
      case ...59: .toddler
      case ...settings.lastPreschoolMonth: .preschool
      case ..<120: .schoolAge
      case ..<216: .adolescent
      case ..<720: .adult
      default: .olderAdult
      }
    return .stage(stage)
  }
}
