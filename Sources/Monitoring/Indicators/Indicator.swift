import Guidance

/// The nutrition indicators of the Posyandu's SKDN and of the PWS. The raw value is the wire's and
/// is never reused.
public enum Indicator: UInt8, Hashable, Sendable, CaseIterable {
  /// K/S: has the Buku KIA or KMS, of all under-fives.
  case hasChildHealthBook = 0
  /// D/S: weighed this month, of all under-fives.
  case weighed = 1
  /// N/D: gained enough, of those weighed.
  case gainedOfWeighed = 2
  /// N/(D−B−O): gained enough, of those weighed this month and last.
  case gainedOfComparable = 3
  /// T/D: did not gain enough, of those weighed.
  case notGained = 4
  /// 2T/D: did not gain enough twice in a row, of those weighed.
  case notGainedTwice = 5
  /// BGM/D: under the red line of the KMS, of those weighed.
  case belowRedLine = 6
  /// PB/U or TB/U under −2 SD, of those measured.
  case stunted = 7
  /// PB/U or TB/U under −3 SD, of those measured.
  case severelyStunted = 8
  /// BB/PB or BB/TB under −2 SD or oedema, of those measured.
  case wasted = 9
  /// BB/PB or BB/TB under −3 SD or oedema, of those measured.
  case severelyWasted = 10
  /// BB/U under −2 SD or oedema, of those weighed.
  case underweight = 11
  /// BB/PB or BB/TB over +2 SD, of those measured.
  case overweight = 12
  /// BB/PB or BB/TB over +3 SD, of those measured.
  case obese = 13
  /// BB/U under −3 SD or oedema, of those weighed.
  case severelyUnderweight = 14
  /// BB/U over +1 SD: a risk of overweight, of those weighed.
  case highWeightForAge = 15
  /// PB/U or TB/U over +3 SD, of those measured.
  case tall = 16
  /// BB/PB or BB/TB over +1 SD: a risk of overweight or more, of those measured.
  case riskOfOverweight = 17
  /// B/D: weighed for the first time, of those weighed.
  case firstWeighing = 18
  /// O/D: weighed this month and not last month, of those weighed.
  case notWeighedLastMonth = 19
}

/// Which way an indicator should go.
public enum Direction: Sendable {
  /// More is better: coverage.
  case up
  /// Less is better: prevalence.
  case down
  /// Neither is better: the share says who is there, not how well the work is done.
  case neither
}

/// An indicator in one declaration: of whom, counts whom, which way, how far, by what source.
public struct IndicatorDefinition: Sendable {
  /// The indicator.
  public let indicator: Indicator
  /// The code in addresses, files and catalogues.
  public let code: String
  /// Which way is good.
  public let direction: Direction
  /// The target in percent; nothing where the programme sets none.
  public let targetPercent: Double?
  /// Whether children of whom it is not known count in the denominator: K/S is of all under-fives.
  public let countsUnknown: Bool
  /// Where the definition stands.
  public let source: Source
  /// Where the target stands.
  public let targetSource: Source?
}

extension Indicator {
  private static let skdn = Source(
    id: "skdn", title: "SKDN: pemantauan pertumbuhan di Posyandu",
    edition: "KMK HK.01.07/MENKES/2015/2023; Buku KIA 2023", place: "SKDN", standing: .secondary)

  private static let districtTargets = Source(
    id: "district-profile-targets",
    title: "Sasaran program gizi pada dasbor profil dinas kesehatan",
    edition: "default", place: "D/S 80; stunting 18,8; wasting 8; underweight 15",
    standing: .secondary)

  /// All declarations, in the order in which pages show them.
  public static let definitions: [IndicatorDefinition] = [
    of(.hasChildHealthBook, "K_S", .up, countsUnknown: true),
    of(.weighed, "D_S", .up, target: 80),
    of(.gainedOfWeighed, "N_D", .up),
    of(.gainedOfComparable, "N_DBO", .up),
    of(.notGained, "T_D", .down),
    of(.notGainedTwice, "T2_D", .down),
    of(.belowRedLine, "BGM_D", .down),
    of(.stunted, "STUNTING", .down, target: 18.8),
    of(.severelyStunted, "SEVERE_STUNTING", .down),
    of(.wasted, "WASTING", .down, target: 8),
    of(.severelyWasted, "SEVERE_WASTING", .down),
    of(.underweight, "UNDERWEIGHT", .down, target: 15),
    of(.overweight, "OVERWEIGHT", .down),
    of(.obese, "OBESITY", .down),
    of(.severelyUnderweight, "SEVERE_UNDERWEIGHT", .down),
    of(.highWeightForAge, "HIGH_WEIGHT_FOR_AGE", .down),
    of(.tall, "TALL", .down),
    of(.riskOfOverweight, "RISK_OF_OVERWEIGHT", .down),
    of(.firstWeighing, "B_D", .neither),
    of(.notWeighedLastMonth, "O_D", .down),
  ]

  private static func of(
    _ indicator: Indicator, _ code: String, _ direction: Direction, target: Double? = nil,
    countsUnknown: Bool = false
  ) -> IndicatorDefinition {
    IndicatorDefinition(
      indicator: indicator, code: code, direction: direction, targetPercent: target,
      countsUnknown: countsUnknown, source: skdn,
      targetSource: target == nil ? nil : districtTargets)
  }

  /// This indicator's declaration.
  public var definition: IndicatorDefinition { Indicator.definitions[Int(rawValue)] }

  /// The indicator with that code.
  public init?(code: some StringProtocol) {
    guard let found = Indicator.definitions.first(where: { $0.code == code }) else { return nil }
    self = found.indicator
  }
}
