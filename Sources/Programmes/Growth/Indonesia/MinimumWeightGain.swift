import Guidance
import Health

/// Kenaikan berat badan minimal (KBM): the least gain in grams of each month of life on the KMS.
///
/// Editions of the KMS differ in a few cells; the table is configuration with a named default.
public struct MinimumWeightGain: Sendable {
  /// Where the figures stand.
  public let source: Source
  /// Boys, grams, for the 1st to the 12th month of life; later months as the last.
  public let boys: [Int32]
  /// Girls, grams, for the 1st to the 12th month of life; later months as the last.
  public let girls: [Int32]

  /// A table of twelve months for each sex.
  public init(source: Source, boys: [Int32], girls: [Int32]) {
    precondition(boys.count == 12 && girls.count == 12, "KBM has one figure for each of 12 months")
    self.source = source
    self.boys = boys
    self.girls = girls
  }

  /// Buku KIA 2023 prints 800 900 800 600 500 400 300 200; the boys' 7th month (400) and the step
  /// from 300 to 200 are from the blue and pink KMS, from memory.
  public static let kia2023 = MinimumWeightGain(
    source: Source(
      id: "kbm-kia-2023", title: "Buku KIA, Kartu Menuju Sehat: kenaikan berat badan minimal",
      edition: "2023", place: "KMS laki-laki, KMS perempuan", standing: .fromMemory),
    boys: [800, 900, 800, 600, 500, 400, 400, 300, 300, 300, 300, 200],
    girls: [800, 900, 800, 600, 500, 400, 300, 300, 300, 300, 200, 200])

  /// The least gain of a month of life; month 1 ends when the child completes its first month.
  public func grams(sex: Sex, month: Int) -> Mass {
    let table = sex == .male ? boys : girls
    return Mass(grams: table[min(max(month, 1), 12) - 1])
  }
}

/// What a district may set, each with its default and its reason.
public struct GrowthSettings: Sendable {
  /// The table of least weight gains.
  public var minimumWeightGain: MinimumWeightGain = .kia2023
  /// BB/U below this is "bawah garis merah" (BGM), in hundredths of a z-score.
  public var redLineHundredths: Int32 = -300
  /// BB/U above this is "above the orange line", in hundredths of a z-score.
  public var orangeLineHundredths: Int32 = 100
  /// A change of weight within a month beyond this share of the earlier weight is doubted.
  public var doubtfulWeightChangePercent: Int32 = 25
  /// A change of weight within a month beyond this is doubted.
  public var doubtfulWeightChange = Mass(grams: 5000)
  /// A loss of height beyond this, more than reading error, is doubted.
  public var doubtfulHeightLoss = Length(tenthsOfMillimetre: 100)

  /// The defaults.
  public init() {}
}
