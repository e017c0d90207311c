import Guidance
import Health

/// A range of ages that a programme counts by. They overlap, and ILP and SPM cut differently, so a
/// person belongs to several.
public enum AgeBand: UInt8, Hashable, Sendable, CaseIterable {
  /// Bayi baru lahir: 0–28 days.
  case newborn = 1
  /// Bayi: 0–11 months.
  case infant = 2
  /// Balita: 0–59 months.
  case underFive = 3
  /// Anak prasekolah: from 60 months until ``LifeStageSettings/lastPreschoolMonth``.
  case preschool = 4
  /// Usia sekolah (ILP): 6 to under 18 years.
  case schoolAge = 5
  /// Remaja: 10 to under 18 years.
  case adolescent = 6
  /// Dewasa (ILP): 18–59 years.
  case adult = 7
  /// Lansia: 60 years and more.
  case olderAdult = 8
  /// Usia pendidikan dasar (SPM): 7–15 years.
  case basicEducation = 9
  /// Usia produktif (SPM): 15–59 years.
  case productive = 10

  /// The last day of life, from 0, of a newborn.
  static let lastNewbornDay: Int32 = 28

  /// The name in the catalogues, under `age_bands`.
  public var name: StaticString {
    switch self {
    case .newborn: "newborn"
    case .infant: "infant"
    case .underFive: "under_five"
    case .preschool: "preschool"
    case .schoolAge: "school_age"
    case .adolescent: "adolescent"
    case .adult: "adult"
    case .olderAdult: "older_adult"
    case .basicEducation: "basic_education"
    case .productive: "productive"
    }
  }

  /// Where the limits stand.
  public var source: Source {
    switch self {
    case .basicEducation, .productive: AgeBand.minimumServices
    case .preschool: LifeStageSettings.source
    default: LifeStage.source
    }
  }

  private static let minimumServices = Source(
    id: "spm-ages", title: "Standar Pelayanan Minimal bidang Kesehatan: kelompok umur",
    edition: "Permenkes 4/2019", place: "usia pendidikan dasar; usia produktif",
    standing: .fromMemory)

  /// Whether somebody of that day of birth belongs to it. Before birth nobody belongs to any.
  public func holds(
    born birth: CivilDate?, on day: CivilDate, settings: LifeStageSettings = LifeStageSettings()
  ) -> Answer {
    guard let birth else { return .unknown(.birthDate) }
    guard birth <= day else { return .no }
    if self == .newborn {
      return (day - birth).count <= AgeBand.lastNewbornDay ? .yes : .no
    }
    return months(settings).contains(day.completedMonths(since: birth).count) ? .yes : .no
  }

  /// The first and the last completed month.
  private func months(_ settings: LifeStageSettings) -> ClosedRange<Int32> {
    switch self {
    case .newborn: 0...0
    case .infant: 0...11
    case .underFive: 0...59
    case .preschool: 60...settings.lastPreschoolMonth
    case .schoolAge: 72...215
    case .adolescent: 120...215
    case .adult: 216...719
    case .olderAdult: 720...Int32.max
    case .basicEducation: 84...191
    case .productive: 180...719
    }
  }
}
