import Guidance
import Health

/// How much of something, as a fraction, so that a third of a tablet stays one.
public struct DoseAmount: Hashable, Sendable {
  /// In what a dose is counted.
  public enum Unit: UInt8, Sendable, CaseIterable {
    /// Tablets.
    case tablet = 1
    /// Millilitres.
    case millilitre = 2
    /// Milligrams.
    case milligram = 3
    /// International units.
    case internationalUnit = 4
  }

  /// The upper number of the fraction.
  public let numerator: Int32
  /// The lower number.
  public let denominator: Int32
  /// In what it is counted.
  public let unit: Unit

  /// So many, or such a part, of a unit.
  public init(_ numerator: Int32, over denominator: Int32 = 1, _ unit: Unit) {
    self.numerator = numerator
    self.denominator = denominator
    self.unit = unit
  }
}

/// The doses of one medicine for one use, as a book prints them. They are shown to staff as a
/// table with its edition, in the chapter of the book of guidelines that clinicians sign. The plan
/// of a child shows the row of its weight or age beside what is to be given, with that weight;
/// nothing is worked out in silence: of a dose for each kilogram the product is shown with both.
public struct DosingTable: Sendable {
  /// By what the rows are entered.
  public enum Key: UInt8, Sendable {
    /// Grams of body weight.
    case grams = 1
    /// Completed months of age.
    case months = 2
    /// Completed days of age.
    case days = 3
  }

  /// How the amounts of a row are read.
  public enum Manner: UInt8, Sendable {
    /// The same dose in the forms in which the medicine comes.
    case forms = 1
    /// For each kilogram of body weight; where there are several, one after the other.
    case perKilogram = 2
    /// From the first to the second.
    case range = 3
  }

  /// One row.
  public struct Row: Sendable {
    /// From this weight or age.
    public let from: Int32
    /// To this one; nothing where it has no end.
    public let until: Int32?
    /// The amounts, read as the table says.
    public let doses: [DoseAmount]
    /// Within how many minutes each is given; empty where it says nothing of it.
    public let minutes: [Int32]

    /// A row.
    public init(
      _ from: Int32, _ until: Int32?, _ doses: DoseAmount..., minutes: [Int32] = []
    ) {
      self.from = from
      self.until = until
      self.doses = doses
      self.minutes = minutes
    }
  }

  /// The number; never used again for another one.
  public let number: UInt16
  /// The name in catalogues: medicine, use, form and how often.
  public let name: StaticString
  /// Where it stands.
  public let source: Source
  /// By what the rows are entered.
  public let key: Key
  /// How the amounts are read.
  public let manner: Manner
  /// The forms of the medicine in the order of the amounts, in catalogues; empty where the unit says
  /// it.
  public let forms: [StaticString]
  /// Within how many hours the amount is given, where publications disagree.
  public let hours: ClinicalSetting?
  /// What is never exceeded at one time, where an amount for each kilogram would.
  public let most: DoseAmount?
  /// The rows, from the smallest child up.
  public let rows: [Row]

  init(
    _ number: UInt16, _ name: StaticString, _ source: Source, by key: Key,
    as manner: Manner = .forms, of forms: [StaticString] = [], within hours: ClinicalSetting? = nil,
    atMost most: DoseAmount? = nil, _ rows: [Row]
  ) {
    self.number = number
    self.name = name
    self.source = source
    self.key = key
    self.manner = manner
    self.forms = forms
    self.hours = hours
    self.most = most
    self.rows = rows
  }

  /// How much it is for a weight in grams, of an amount for each kilogram: never more than ``most``.
  /// - Returns: The amount in the unit of the rate, and whether it was cut off there.
  public func amount(of rate: DoseAmount, grams: Int32) -> (value: Double, isMost: Bool) {
    let value = Double(rate.numerator) * Double(grams) / Double(rate.denominator) / 1_000
    guard let most, most.unit == rate.unit else { return (value, false) }
    let limit = Double(most.numerator) / Double(most.denominator)
    return value > limit ? (limit, true) : (value, false)
  }

  /// The place of the row that a page marks beside the others; nothing where the book has none.
  /// A weight on the limit of two rows belongs to the upper one unless the district has set it
  /// otherwise; an age always does.
  public func row(at value: Int32, settings: ClinicalSettings = ClinicalSettings()) -> Int? {
    let belongsBelow = key == .grams && settings[.doseLimitBelongsBelow] != 0
    return rows.firstIndex { row in
      if belongsBelow {
        return value > row.from && row.until.map { value <= $0 } ?? true
      }
      return value >= row.from && row.until.map { value < $0 } ?? true
    }
  }
}
