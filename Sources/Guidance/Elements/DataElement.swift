import Health

/// In what a quantity is counted. Quantities are whole numbers of these, so that no two machines
/// round differently.
public enum QuantityUnit: UInt8, Hashable, Sendable, CaseIterable {
  /// A number of times or things.
  case count = 1
  /// Grams.
  case grams = 2
  /// Tenths of a millimetre.
  case tenthsOfMillimetre = 3
  /// Tenths of a gram in a decilitre.
  case tenthsOfGramPerDecilitre = 4
  /// Millimetres of mercury.
  case millimetresOfMercury = 5
  /// Tenths of a degree Celsius.
  case tenthsOfDegree = 6
  /// Milligrams in a decilitre.
  case milligramsPerDecilitre = 7
  /// Times in a minute.
  case perMinute = 8
  /// Days.
  case days = 9
  /// Hours.
  case hours = 10
  /// Hundredths of a z-score.
  case hundredthsOfZScore = 11
  /// Hundredths of a kilogram in a square metre.
  case hundredthsOfBodyMassIndex = 12
  /// Percent.
  case percent = 13
  /// Points of a score.
  case points = 14
  /// Femtolitres.
  case femtolitres = 15
  /// Tenths of a picogram.
  case tenthsOfPicogram = 16
  /// Years.
  case years = 17
  /// Tenths of a millimetre of a reaction of the skin: as ``tenthsOfMillimetre``, but people read
  /// and write it in millimetres.
  case tenthsOfMillimetreOfSkin = 18
}

/// One thing that can be asked, seen or tested. A form asks it, a visit holds its value, a
/// guideline decides by it; all three by its code, which is never used again for another thing.
public struct DataElement: Hashable, Sendable {
  /// What kind of value it has.
  public enum Form: Hashable, Sendable {
    /// Yes (1) or no (0).
    case yesNo
    /// A whole number of a unit, and between which numbers it is believed.
    case quantity(QuantityUnit, ClosedRange<Int32>)
    /// One of so many choices, from 1; the catalogues name them.
    case choice(UInt8)
    /// A day, as its number.
    case day
  }

  /// The code: from 1 to ``VisitBody/largestElement``.
  public let code: UInt16
  /// The name in catalogues and settings files.
  public let name: StaticString
  /// What kind of value it has.
  public let form: Form
  /// The sensitive matter that it tells of; only who has a right to that matter may see it.
  public let matter: SensitiveMatters

  /// An element of that code.
  public init(
    _ code: UInt16, _ name: StaticString, _ form: Form, matter: SensitiveMatters = []
  ) {
    self.code = code
    self.name = name
    self.form = form
    self.matter = matter
  }

  /// The same element has the same code.
  public static func == (left: DataElement, right: DataElement) -> Bool {
    left.code == right.code
  }

  /// Hashes the code.
  public func hash(into hasher: inout Hasher) { hasher.combine(code) }

  /// Whether a value is of its form and can be believed.
  public func believes(_ value: Int32) -> Bool {
    switch form {
    case .yesNo: value == 0 || value == 1
    case .quantity(_, let range): range.contains(value)
    case .choice(let count): value >= 1 && value <= Int32(count)
    case .day: CivilDate.recordable.contains(Int64(value))
    }
  }
}

/// A value with its unit, as a guideline writes its thresholds.
public struct Amount: Hashable, Sendable {
  /// How many.
  public let value: Int32
  /// Of what.
  public let unit: QuantityUnit

  /// So many of a unit.
  public init(_ value: Int32, _ unit: QuantityUnit) {
    self.value = value
    self.unit = unit
  }

  /// So many times or things.
  public static func times(_ value: Int32) -> Amount { Amount(value, .count) }
  /// So many grams.
  public static func grams(_ value: Int32) -> Amount { Amount(value, .grams) }
  /// So many millimetres.
  public static func millimetres(_ value: Int32) -> Amount {
    Amount(value * 10, .tenthsOfMillimetre)
  }
  /// A reaction of the skin that is so many millimetres wide.
  public static func millimetresOfSkin(_ value: Int32) -> Amount {
    Amount(value * 10, .tenthsOfMillimetreOfSkin)
  }
  /// So many tenths of a gram in a decilitre: 110 is 11 g/dL.
  public static func tenthsOfGramPerDecilitre(_ value: Int32) -> Amount {
    Amount(value, .tenthsOfGramPerDecilitre)
  }
  /// So many millimetres of mercury.
  public static func millimetresOfMercury(_ value: Int32) -> Amount {
    Amount(value, .millimetresOfMercury)
  }
  /// So many tenths of a degree Celsius: 375 is 37.5 °C.
  public static func tenthsOfDegree(_ value: Int32) -> Amount { Amount(value, .tenthsOfDegree) }
  /// So many times in a minute.
  public static func perMinute(_ value: Int32) -> Amount { Amount(value, .perMinute) }
  /// So many milligrams in a decilitre.
  public static func milligramsPerDecilitre(_ value: Int32) -> Amount {
    Amount(value, .milligramsPerDecilitre)
  }
  /// So many hundredths of a z-score: −200 is −2 SD.
  public static func hundredthsOfZScore(_ value: Int32) -> Amount {
    Amount(value, .hundredthsOfZScore)
  }
  /// So many days.
  public static func days(_ value: Int32) -> Amount { Amount(value, .days) }
  /// So many of a hundred.
  public static func percent(_ value: Int32) -> Amount { Amount(value, .percent) }
  /// So many points.
  public static func points(_ value: Int32) -> Amount { Amount(value, .points) }
}
