import Guidance
import Health

/// What of the family health index is known from memory only, or read differently, each with its
/// default.
public struct FamilyIndexSettings: Hashable, Sendable {
  /// For so many months a family's reply counts.
  public var replyMonths: Int32 = 12
  /// A weighing counts in its own calendar month and in so many after it: "bulan yang lalu".
  public var growthMonths: Int32 = 1
  /// Whether another health insurance counts as JKN does.
  public var otherInsuranceCounts = true
  /// The first age, in years, at which family planning is asked.
  public var familyPlanningFrom: Int32 = 10
  /// The last age, in years, at which family planning is asked.
  public var familyPlanningTo: Int32 = 54
  /// The first age, in years, at which smoking is asked.
  public var smokingFrom: Int32 = 10

  /// The defaults.
  public init() {}
}

/// One thing of the family health index that may be set.
public enum FamilyIndexSetting: UInt8, Hashable, Sendable, CaseIterable {
  /// ``FamilyIndexSettings/replyMonths``.
  case replyMonths = 1
  /// ``FamilyIndexSettings/growthMonths``.
  case growthMonths = 2
  /// ``FamilyIndexSettings/otherInsuranceCounts``: 0 no, 1 yes.
  case otherInsuranceCounts = 3
  /// ``FamilyIndexSettings/familyPlanningFrom``.
  case familyPlanningFrom = 4
  /// ``FamilyIndexSettings/familyPlanningTo``.
  case familyPlanningTo = 5
  /// ``FamilyIndexSettings/smokingFrom``.
  case smokingFrom = 6

  /// The name in the catalogues, under `family_index.settings`.
  public var name: StaticString {
    switch self {
    case .replyMonths: "reply_months"
    case .growthMonths: "growth_months"
    case .otherInsuranceCounts: "other_insurance_counts"
    case .familyPlanningFrom: "family_planning_from"
    case .familyPlanningTo: "family_planning_to"
    case .smokingFrom: "smoking_from"
    }
  }

  /// Where it may lie.
  public var range: ClosedRange<Int32> {
    switch self {
    case .replyMonths: 1...120
    case .growthMonths: 0...3
    case .otherInsuranceCounts: 0...1
    case .familyPlanningFrom: 10...20
    case .familyPlanningTo: 44...59
    case .smokingFrom: 0...18
    }
  }

  /// Where the default stands, and how sure we are of it.
  public var source: Source {
    switch self {
    case .replyMonths:
      Source(
        id: "iks-reply-months", title: "Sikilap: masa berlaku jawaban keluarga",
        edition: "1", place: "docs/decisions/0029", standing: .fromMemory)
    case .growthMonths:
      Source(
        id: "iks-growth", title: "Definisi operasional 12 indikator keluarga sehat",
        edition: "Permenkes 39/2016", place: "indikator 5: bulan yang lalu ditimbang",
        standing: .secondary)
    case .otherInsuranceCounts:
      Source(
        id: "iks-insurance", title: "Definisi operasional 12 indikator keluarga sehat",
        edition: "Permenkes 39/2016", place: "indikator 10: BPJS dan/atau asuransi lainnya",
        standing: .fromMemory)
    case .familyPlanningFrom, .familyPlanningTo:
      Source(
        id: "iks-family-planning", title: "Prokesga: umur yang ditanya tentang KB",
        edition: "default", place: "10–54 tahun, kawin, tidak hamil", standing: .fromMemory)
    case .smokingFrom:
      Source(
        id: "iks-smoking", title: "Prokesga: umur yang ditanya tentang merokok",
        edition: "default", place: "10 tahun ke atas", standing: .fromMemory)
    }
  }
}

extension FamilyIndexSettings {
  /// A setting's number.
  public subscript(setting: FamilyIndexSetting) -> Int32 {
    switch setting {
    case .replyMonths: replyMonths
    case .growthMonths: growthMonths
    case .otherInsuranceCounts: otherInsuranceCounts ? 1 : 0
    case .familyPlanningFrom: familyPlanningFrom
    case .familyPlanningTo: familyPlanningTo
    case .smokingFrom: smokingFrom
    }
  }

  /// Sets a setting.
  ///
  /// - Returns: whether the number lies within its range; else nothing changes.
  public mutating func set(_ setting: FamilyIndexSetting, to number: Int32) -> Bool {
    guard setting.range.contains(number) else { return false }
    switch setting {
    case .replyMonths: replyMonths = number
    case .growthMonths: growthMonths = number
    case .otherInsuranceCounts: otherInsuranceCounts = number == 1
    case .familyPlanningFrom: familyPlanningFrom = number
    case .familyPlanningTo: familyPlanningTo = number
    case .smokingFrom: smokingFrom = number
    }
    return true
  }
}

extension FamilyIndexItem {
  /// The operational definitions of the twelve items, with their ages.
  public static let source = Source(
    id: "permenkes-39-2016",
    title: "Pedoman Penyelenggaraan Program Indonesia Sehat dengan Pendekatan Keluarga",
    edition: "Permenkes 39/2016", place: "12 indikator keluarga sehat", standing: .secondary)

  /// The ages, in completed months, of those whom the item is about; nothing where it is about
  /// members of all ages, or about the home.
  func ages(_ settings: FamilyIndexSettings) -> ClosedRange<Int32>? {
    switch self {
    // "Pasangan usia subur …".
    case .familyPlanning:
      settings.familyPlanningFrom * 12...settings.familyPlanningTo * 12 + 11
    // "… ibu pasca bersalin (usia bayi 0–11 bulan) …": told by the child.
    case .facilityDelivery: 0...11
    // "… bayi (usia 12–23 bulan) …".
    case .basicImmunization: 12...23
    // "… bayi usia 7–23 bulan …".
    case .exclusiveBreastfeeding: 7...23
    // "… balita (usia 2–59 bulan 29 hari) …".
    case .growthMonitored: 2...59
    // "… anggota keluarga berusia ≥ 15 tahun …".
    case .tuberculosisTreated, .hypertensionTreated: 180...Int32.max
    case .nobodySmokes: settings.smokingFrom * 12...Int32.max
    case .mentalDisorderTreated, .insured, .cleanWater, .healthyLatrine: nil
    }
  }

  /// Whether it is about everybody of its ages; otherwise only about those of them who are married
  /// or ill, which is asked.
  var isDecidedByAge: Bool {
    switch self {
    case .facilityDelivery, .basicImmunization, .exclusiveBreastfeeding, .growthMonitored: true
    default: false
    }
  }
}
