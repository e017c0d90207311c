import Guidance
import Health

/// One dose of the programme as the chart of the Buku KIA colours it, by completed months of age.
public struct ImmunizationRow: Sendable {
  /// The vaccine.
  public let vaccine: CardVaccine
  /// The number of the dose.
  public let number: UInt8
  /// White: the ideal months.
  public let ideal: ClosedRange<Int32>
  /// Yellow: the months in which it is still given without a word.
  public let allowed: ClosedRange<Int32>?
  /// Orange: the months in which it is made up for (kejar).
  public let catchUp: ClosedRange<Int32>?
  /// The least distance from the dose before; nothing for a first dose.
  public let interval: Period?
  /// Where the row stands.
  public let source: Source
  /// Where the distance stands, when elsewhere.
  public let intervalSource: Source

  init(
    _ vaccine: CardVaccine, _ number: UInt8, ideal: ClosedRange<Int32>,
    allowed: ClosedRange<Int32>? = nil, catchUp: ClosedRange<Int32>? = nil,
    after interval: Period? = nil, source: Source = .immunizationChart,
    intervalSource: Source = .primaryCareImmunization
  ) {
    self.vaccine = vaccine
    self.number = number
    self.ideal = ideal
    self.allowed = allowed
    self.catchUp = catchUp
    self.interval = interval
    self.source = source
    self.intervalSource = intervalSource
  }

  /// The first completed month in which it is no longer given.
  public var end: Int32 {
    (catchUp ?? allowed ?? ideal).upperBound + 1
  }
}

extension ImmunizationRow {
  /// The doses of the first five years. Every line reads: vaccine, dose number, white months,
  /// yellow months, orange months, least distance from the dose before.
  ///
  /// HB0 goes by days and stands in ``ImmunizationSettings/birthDoseLastDay``.
  public static func childhood(_ settings: ImmunizationSettings) -> [ImmunizationRow] {
    let month = Period.months(1)
    return [
      ImmunizationRow(.bcg, 1, ideal: 0...1, allowed: 2...11),

      ImmunizationRow(.oralPolio, 1, ideal: 0...1, allowed: 2...11, catchUp: 12...59),
      ImmunizationRow(
        .oralPolio, 2, ideal: 2...2, allowed: 3...11, catchUp: 12...59, after: month),
      ImmunizationRow(
        .oralPolio, 3, ideal: 3...3, allowed: 4...11, catchUp: 12...59, after: month),
      ImmunizationRow(
        .oralPolio, 4, ideal: 4...4, allowed: 5...11, catchUp: 12...59, after: month),

      ImmunizationRow(.dptHBHib, 1, ideal: 2...2, allowed: 3...11, catchUp: 12...59),
      ImmunizationRow(
        .dptHBHib, 2, ideal: 3...3, allowed: 4...11, catchUp: 12...59, after: month),
      ImmunizationRow(
        .dptHBHib, 3, ideal: 4...4, allowed: 5...11, catchUp: 12...59, after: month),
      ImmunizationRow(
        .dptHBHib, 4, ideal: 18...18, allowed: 19...23, catchUp: 24...59, after: .months(12)),

      ImmunizationRow(.pneumococcus, 1, ideal: 2...2, allowed: 3...11, catchUp: 12...59),
      ImmunizationRow(
        .pneumococcus, 2, ideal: 3...3, allowed: 4...11, catchUp: 12...59, after: month),
      ImmunizationRow(
        .pneumococcus, 3, ideal: 12...12, allowed: 13...23, catchUp: 24...59, after: .weeks(8)),

      ImmunizationRow(.rotavirus, 1, ideal: 2...2, allowed: 3...4),
      ImmunizationRow(.rotavirus, 2, ideal: 3...3, allowed: 4...6, after: month),
      ImmunizationRow(.rotavirus, 3, ideal: 4...4, allowed: 5...6, after: month),

      ImmunizationRow(.injectedPolio, 1, ideal: 4...4, allowed: 5...11, catchUp: 12...59),
      ImmunizationRow(
        .injectedPolio, 2, ideal: 9...9, allowed: 10...11, catchUp: 12...59,
        after: .months(settings.injectedPolioMonths),
        intervalSource: .immunizationFromMemory),

      ImmunizationRow(.measlesRubella, 1, ideal: 9...9, allowed: 10...11, catchUp: 12...59),
      ImmunizationRow(
        .measlesRubella, 2, ideal: 18...18, allowed: 19...23, catchUp: 24...59,
        after: .months(6)),

      ImmunizationRow(.japaneseEncephalitis, 1, ideal: 10...10, catchUp: 11...59),
    ]
  }
}

/// One dose that is given at school (BIAS).
public struct SchoolRow: Sendable {
  /// The vaccine.
  public let vaccine: CardVaccine
  /// The number of the dose.
  public let number: UInt8
  /// The class.
  public let schoolClass: UInt8
  /// The month of the campaign: 8 for August.
  public let month: UInt8
  /// Whether only girls are given it.
  public let onlyGirls: Bool
  /// The least distance from the dose before; nothing for a first dose.
  public let interval: Period?

  init(
    _ vaccine: CardVaccine, _ number: UInt8, inClass schoolClass: UInt8, month: UInt8,
    onlyGirls: Bool = false, after interval: Period? = nil
  ) {
    self.vaccine = vaccine
    self.number = number
    self.schoolClass = schoolClass
    self.month = month
    self.onlyGirls = onlyGirls
    self.interval = interval
  }

  /// The age that most of the class reach in the calendar year in which it starts: class 1 is that
  /// of the seven-year-olds.
  public var age: UInt8 { schoolClass + 6 }

  /// The doses of school, by edition. Distances are from memory and stand in the settings.
  public static func rows(
    _ edition: ImmunizationEdition, _ settings: ImmunizationSettings
  ) -> [SchoolRow] {
    let tetanus = Period.months(settings.schoolTetanusMonths)
    let august: UInt8 = 8
    let november: UInt8 = 11
    var rows = [
      SchoolRow(.schoolMeaslesRubella, 1, inClass: 1, month: august),
      SchoolRow(.schoolDiphtheriaTetanus, 1, inClass: 1, month: november),
      SchoolRow(.schoolDiphtheriaTetanus, 2, inClass: 2, month: november, after: tetanus),
      SchoolRow(.schoolDiphtheriaTetanus, 3, inClass: 5, month: november, after: tetanus),
      SchoolRow(.humanPapillomavirus, 1, inClass: 5, month: august, onlyGirls: true),
    ]
    if edition == .kmk1098 {
      rows.append(
        SchoolRow(
          .humanPapillomavirus, 2, inClass: UInt8(settings.humanPapillomavirusSecondClass),
          month: august, onlyGirls: true, after: .months(settings.humanPapillomavirusMonths)))
    }
    return rows
  }
}

/// The editions of the national schedule that we know. The raw value is never reused.
public enum ImmunizationEdition: UInt8, Hashable, Sendable, CaseIterable {
  /// KMK 1098/2024 as it was first: HPV in two doses, classes 5 and 6.
  case kmk1098 = 1
  /// KMK 1098/2024 as changed by KMK 35/2025: HPV in one dose, class 5.
  case kmk1098Changed2025 = 2

  /// Where the edition stands.
  public var source: Source {
    switch self {
    case .kmk1098: .routineImmunizationBefore
    case .kmk1098Changed2025: .routineImmunization
    }
  }

  /// A short name that stays the same, for command lines and facts.
  public var name: StaticString {
    switch self {
    case .kmk1098: "id-kmk-1098-2024"
    case .kmk1098Changed2025: "id-kmk-35-2025"
    }
  }
}
