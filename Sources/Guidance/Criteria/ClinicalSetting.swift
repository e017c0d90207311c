/// A figure that publications disagree on, or that is known from memory only: a district may set
/// it, and every reading is named with its source.
public struct ClinicalSetting: Hashable, Sendable {
  /// One reading of it.
  public struct Reading: Sendable {
    /// The figure.
    public let value: Int32
    /// Who says so.
    public let source: Source
    /// A reading with its source.
    public init(_ value: Int32, _ source: Source) {
      self.value = value
      self.source = source
    }
  }

  /// Its number in packed settings; never used again for another thing.
  public let number: UInt16
  /// The name in settings files and catalogues.
  public let name: StaticString
  /// The unit; nothing where it is yes (1) or no (0).
  public let unit: QuantityUnit?
  /// What it may be.
  public let range: ClosedRange<Int32>
  /// The readings, the default first.
  public let readings: [Reading]

  /// A setting with its readings, the default first.
  public init(
    _ number: UInt16, _ name: StaticString, in unit: QuantityUnit?,
    within range: ClosedRange<Int32>,
    _ readings: Reading...
  ) {
    self.init(number, name, in: unit, within: range, readings: readings)
  }

  /// A setting with its readings, the default first.
  public init(
    _ number: UInt16, _ name: StaticString, in unit: QuantityUnit?,
    within range: ClosedRange<Int32>,
    readings: [Reading]
  ) {
    self.number = number
    self.name = name
    self.unit = unit
    self.range = range
    self.readings = readings
  }

  /// The default: the first reading.
  public var standard: Int32 { readings.first?.value ?? range.lowerBound }

  /// The same setting has the same number.
  public static func == (left: ClinicalSetting, right: ClinicalSetting) -> Bool {
    left.number == right.number
  }

  /// Hashes the number.
  public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

/// What a district has set; all else is as the guidelines' defaults.
public struct ClinicalSettings: Hashable, Sendable {
  /// The figures by the settings' numbers, through the highest that was set: rules ask so often
  /// that looking up must cost next to nothing.
  private var values: [Int32] = []

  /// Stands where the default is in force; outside every range.
  private static let unset = Int32.min

  /// The defaults.
  public init() {}

  /// The figure in force.
  public subscript(setting: ClinicalSetting) -> Int32 {
    self[setting.number] ?? setting.standard
  }

  /// The figure that was set; nothing where the default is in force.
  subscript(number: UInt16) -> Int32? {
    guard Int(number) < values.count, values[Int(number)] != ClinicalSettings.unset else {
      return nil
    }
    return values[Int(number)]
  }

  /// Sets a figure.
  ///
  /// - Returns: whether it lies in the setting's range; else nothing changes.
  public mutating func set(_ setting: ClinicalSetting, to value: Int32) -> Bool {
    guard setting.range.contains(value) else { return false }
    let place = Int(setting.number)
    while values.count <= place { values.append(ClinicalSettings.unset) }
    values[place] = value
    return true
  }
}
