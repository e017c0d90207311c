import Guidance
import Health

/// By which signs a child counts as gizi buruk (severe acute malnutrition); any one is enough.
public struct SevereMalnutritionSigns: OptionSet, Hashable, Sendable {
  /// The signs as bits.
  public let rawValue: UInt8
  /// These signs.
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// BB/PB or BB/TB under −3 SD.
  public static let wasting = SevereMalnutritionSigns(rawValue: 1)
  /// LiLA under the lower limit, from 6 to 59 months.
  public static let armCircumference = SevereMalnutritionSigns(rawValue: 2)
  /// Pitting oedema of both feet.
  public static let oedema = SevereMalnutritionSigns(rawValue: 4)
}

/// What a district may set, each with its default: everything of the growth rules that is known
/// from memory only, or in which publications differ.
public struct GrowthSettings: Hashable, Sendable {
  /// The table of least weight gains.
  public var minimumWeightGain: MinimumWeightGain = .kia2023
  /// BB/U below this is "bawah garis merah" (BGM), in hundredths of a z-score.
  public var redLineHundredths: Int32 = -300
  /// BB/U above this is "above the orange line", in hundredths of a z-score.
  public var orangeLineHundredths: Int32 = 100
  /// LiLA below this is gizi buruk.
  public var severeArmCircumference = Length(tenthsOfMillimetre: 1150)
  /// LiLA below this, and not below the limit before, is gizi kurang.
  public var moderateArmCircumference = Length(tenthsOfMillimetre: 1250)
  /// The signs of gizi buruk.
  public var severeSigns: SevereMalnutritionSigns = [.wasting, .armCircumference, .oedema]
  /// After so many T in a row a child is referred to the Puskesmas.
  public var referralAfterNotGained: Int32 = 2
  /// A change of weight within a month beyond this share of the earlier weight is doubted.
  public var doubtfulWeightChangePercent: Int32 = 25
  /// A change of weight within a month beyond this is doubted.
  public var doubtfulWeightChange = Mass(grams: 5000)
  /// A loss of height beyond this, more than reading error, is doubted.
  public var doubtfulHeightLoss = Length(tenthsOfMillimetre: 100)

  /// The defaults.
  public init() {}
}

/// One thing that a district may set. The raw value is the field of the packed form and is never
/// reused: docs/formats/settings.md.
public enum GrowthSetting: UInt16, Hashable, Sendable, CaseIterable {
  /// Least weight gains of boys.
  case minimumWeightGainBoys = 1
  /// Least weight gains of girls.
  case minimumWeightGainGirls = 2
  /// The red line of the KMS.
  case redLine = 3
  /// The orange line of the KMS.
  case orangeLine = 4
  /// The limit of LiLA to gizi buruk.
  case severeArmCircumference = 5
  /// The limit of LiLA to gizi kurang.
  case moderateArmCircumference = 6
  /// The signs of gizi buruk.
  case severeSigns = 7
  /// How many T in a row are referred.
  case referralAfterNotGained = 8
  /// The share of the weight by which a change is doubted.
  case doubtfulWeightChangePercent = 9
  /// The grams by which a change of weight is doubted.
  case doubtfulWeightChange = 10
  /// The loss of height that is doubted.
  case doubtfulHeightLoss = 11

  /// In what a setting is counted.
  public enum Unit: UInt8, Hashable, Sendable {
    /// Whole grams.
    case grams
    /// Hundredths of a z-score.
    case zScore
    /// Tenths of a millimetre, which are hundredths of a centimetre.
    case centimetres
    /// Whole percent.
    case percent
    /// A number of times.
    case times
    /// Bits of ``SevereMalnutritionSigns``.
    case signs
  }

  /// The name in settings files and catalogues.
  public var code: StaticString {
    switch self {
    case .minimumWeightGainBoys: "minimum_weight_gain_boys"
    case .minimumWeightGainGirls: "minimum_weight_gain_girls"
    case .redLine: "red_line"
    case .orangeLine: "orange_line"
    case .severeArmCircumference: "arm_circumference_severe"
    case .moderateArmCircumference: "arm_circumference_moderate"
    case .severeSigns: "severe_malnutrition_signs"
    case .referralAfterNotGained: "referral_after_not_gained"
    case .doubtfulWeightChangePercent: "doubtful_weight_change_percent"
    case .doubtfulWeightChange: "doubtful_weight_change"
    case .doubtfulHeightLoss: "doubtful_height_loss"
    }
  }

  /// The unit of its numbers.
  public var unit: Unit {
    switch self {
    case .minimumWeightGainBoys, .minimumWeightGainGirls, .doubtfulWeightChange: .grams
    case .redLine, .orangeLine: .zScore
    case .severeArmCircumference, .moderateArmCircumference, .doubtfulHeightLoss: .centimetres
    case .severeSigns: .signs
    case .referralAfterNotGained: .times
    case .doubtfulWeightChangePercent: .percent
    }
  }

  /// How many numbers it has: one, or one for each of twelve months of life.
  public var count: Int {
    self == .minimumWeightGainBoys || self == .minimumWeightGainGirls ? 12 : 1
  }

  /// What each number may be, in ``unit``. Beyond this it is taken for a slip of the pen.
  public var range: ClosedRange<Int32> {
    switch self {
    case .minimumWeightGainBoys, .minimumWeightGainGirls: 0...2000
    case .redLine: -500 ... -100
    case .orangeLine: 0...300
    case .severeArmCircumference: 900...1300
    case .moderateArmCircumference: 1000...1400
    case .severeSigns: 1...7
    case .referralAfterNotGained: 1...6
    case .doubtfulWeightChangePercent: 5...100
    case .doubtfulWeightChange: 500...10_000
    case .doubtfulHeightLoss: 10...500
    }
  }

  /// Where the default stands, and how sure we are of it.
  public var source: Source {
    switch self {
    case .minimumWeightGainBoys, .minimumWeightGainGirls: .weightGain
    case .redLine: .growthChartRedLine
    case .orangeLine: .growthChartOrangeLine
    case .severeArmCircumference, .moderateArmCircumference: .armCircumference
    case .severeSigns: .severeSigns
    case .referralAfterNotGained: .referral
    case .doubtfulWeightChangePercent, .doubtfulWeightChange, .doubtfulHeightLoss: .doubts
    }
  }
}

extension Source {
  fileprivate static let weightGain = Source(
    id: "kbm-kia-2023", title: "Buku KIA, Kartu Menuju Sehat: kenaikan berat badan minimal",
    edition: "2023", place: "KMS laki-laki, KMS perempuan", standing: .fromMemory)
  fileprivate static let growthChartRedLine = Source(
    id: "kms-red-line", title: "Buku KIA, Kartu Menuju Sehat: garis merah",
    edition: "2023", place: "KMS laki-laki, KMS perempuan", standing: .fromMemory)
  fileprivate static let growthChartOrangeLine = Source(
    id: "kms-orange-line", title: "Buku KIA, Kartu Menuju Sehat: garis oranye",
    edition: "2023", place: "KMS laki-laki, KMS perempuan", standing: .fromMemory)
  fileprivate static let armCircumference = Source(
    id: "lila-6-59", title: "LiLA 6–59 bulan: ambang gizi buruk dan gizi kurang",
    edition: "default", place: "11,5 cm; 12,5 cm", standing: .fromMemory)
  fileprivate static let severeSigns = Source(
    id: "severe-signs", title: "Penetapan gizi buruk: BB/PB atau BB/TB, LiLA, pitting edema",
    edition: "default", place: "–3 SD; 11,5 cm; bilateral", standing: .fromMemory)
  fileprivate static let referral = Source(
    id: "referral-2t", title: "Rujukan balita yang tidak naik berat badannya",
    edition: "default", place: "2T; Buku KIA 2023: T", standing: .fromMemory)
  fileprivate static let doubts = Source(
    id: "soft-checks", title: "Sikilap: pemeriksaan kewajaran pengukuran",
    edition: "1", place: "docs/decisions/0013", standing: .fromMemory)
}

extension GrowthSettings {
  /// A setting's numbers, in its unit.
  public subscript(setting: GrowthSetting) -> [Int32] {
    switch setting {
    case .minimumWeightGainBoys: minimumWeightGain.boys
    case .minimumWeightGainGirls: minimumWeightGain.girls
    case .redLine: [redLineHundredths]
    case .orangeLine: [orangeLineHundredths]
    case .severeArmCircumference: [severeArmCircumference.tenthsOfMillimetre]
    case .moderateArmCircumference: [moderateArmCircumference.tenthsOfMillimetre]
    case .severeSigns: [Int32(severeSigns.rawValue)]
    case .referralAfterNotGained: [referralAfterNotGained]
    case .doubtfulWeightChangePercent: [doubtfulWeightChangePercent]
    case .doubtfulWeightChange: [doubtfulWeightChange.grams]
    case .doubtfulHeightLoss: [doubtfulHeightLoss.tenthsOfMillimetre]
    }
  }

  /// Sets a setting to numbers of its unit.
  ///
  /// - Returns: whether they are as many as it needs, and each within its range; else nothing
  ///   changes.
  public mutating func set(_ setting: GrowthSetting, to numbers: [Int32]) -> Bool {
    guard numbers.count == setting.count else { return false }
    for number in numbers where !setting.range.contains(number) { return false }
    let first = numbers[0]
    switch setting {
    case .minimumWeightGainBoys:
      minimumWeightGain = MinimumWeightGain(boys: numbers, girls: minimumWeightGain.girls)
    case .minimumWeightGainGirls:
      minimumWeightGain = MinimumWeightGain(boys: minimumWeightGain.boys, girls: numbers)
    case .redLine: redLineHundredths = first
    case .orangeLine: orangeLineHundredths = first
    case .severeArmCircumference: severeArmCircumference = Length(tenthsOfMillimetre: first)
    case .moderateArmCircumference: moderateArmCircumference = Length(tenthsOfMillimetre: first)
    case .severeSigns: severeSigns = SevereMalnutritionSigns(rawValue: UInt8(first))
    case .referralAfterNotGained: referralAfterNotGained = first
    case .doubtfulWeightChangePercent: doubtfulWeightChangePercent = first
    case .doubtfulWeightChange: doubtfulWeightChange = Mass(grams: first)
    case .doubtfulHeightLoss: doubtfulHeightLoss = Length(tenthsOfMillimetre: first)
    }
    return true
  }

  /// Whether the settings fit one another: gizi kurang begins above gizi buruk.
  public var isConsistent: Bool { severeArmCircumference < moderateArmCircumference }
}
