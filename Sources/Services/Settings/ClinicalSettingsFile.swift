import Guidance
import Programmes

extension ClinicalSetting {
  /// The part of a settings file in which the settings of mothers and children stand.
  static let group = "care"

  /// In what a setting is written.
  enum Form: Hashable {
    /// `true` or `false`.
    case flag
    /// A number with so many decimals of a unit: the name of the unit in catalogues.
    case number(unit: String, decimals: Int)
  }

  /// The name in settings files and catalogues.
  var code: String { "\(name)" }

  /// In what it is written; what has no unit that people name is counted.
  var form: Form {
    guard let unit else { return .flag }
    return switch unit {
    case .tenthsOfMillimetre: .number(unit: "centimetres", decimals: 2)
    case .tenthsOfGramPerDecilitre: .number(unit: "grams_per_decilitre", decimals: 1)
    case .tenthsOfDegree: .number(unit: "degrees", decimals: 1)
    case .millimetresOfMercury: .number(unit: "millimetres_of_mercury", decimals: 0)
    case .grams: .number(unit: "grams", decimals: 0)
    case .days: .number(unit: "days", decimals: 0)
    case .hours: .number(unit: "hours", decimals: 0)
    case .percent: .number(unit: "percent", decimals: 0)
    case .perMinute: .number(unit: "per_minute", decimals: 0)
    default: .number(unit: "count", decimals: 0)
    }
  }

  /// Where the default stands, and how sure we are of it.
  public var source: Source {
    guard let reading = readings.first else { preconditionFailure("\(name) has no reading") }
    return reading.source
  }

  /// The first of each must be below the second, or rules contradict one another.
  static let rising: [(lower: ClinicalSetting, higher: ClinicalSetting)] = [
    (.thyroidSampleFrom, .thyroidSampleUntil), (.seenAgainLate, .seenAgainCloses),
  ]
}

extension SettingsEdition {
  /// The part of the file for mothers and children; it may be left out.
  static func care(
    of file: SettingsObject
  ) throws(SettingsProblem) -> (ClinicalSettings, [ClinicalSetting: SettingSource]) {
    var settings = ClinicalSettings()
    guard let part = file.member(ClinicalSetting.group) else { return (settings, [:]) }
    let all = ClinicalSetting.motherAndChild
    let entries = try SettingsObject(
      part.value, key: ClinicalSetting.group, names: all.map(\.code))
    let sources = try entries.sources(of: all, code: \.code) {
      (setting, value, key) throws(SettingsProblem) in
      let number = try ClinicalValueReader(setting: setting, key: key).number(value)
      let isSet = settings.set(setting, to: number)
      precondition(isSet, "\(key) took \(number) and does not hold it")
    }
    for pair in ClinicalSetting.rising where settings[pair.lower] >= settings[pair.higher] {
      throw SettingsProblem(
        .inconsistent, line: entries.line, key: ClinicalSetting.group,
        ["lower": pair.lower.code, "higher": pair.higher.code])
    }
    return (settings, sources)
  }
}

/// Reads the value of a setting of mothers and children, in the unit in which people write it.
private struct ClinicalValueReader {
  let setting: ClinicalSetting
  let key: String

  func number(_ text: SettingsText) throws(SettingsProblem) -> Int32 {
    switch setting.form {
    case .flag: return try text.flag(key: key)
    case .number(let unit, let decimals):
      guard case .number(let written) = text.value else {
        throw text.wrongType("number", key: key)
      }
      guard let scaled = SettingsText.scaled(written, decimals: decimals) else {
        // Too long to be read as a number at all, it is out of every range.
        guard written.contains(where: { ".eE".contains($0) }) else {
          throw outOfRange(written, unit, decimals, text)
        }
        throw SettingsProblem(
          .tooManyDecimals, line: text.line, key: key,
          ["value": written, "decimals": String(decimals)])
      }
      guard let number = Int32(exactly: scaled), setting.range.contains(number) else {
        throw outOfRange(written, unit, decimals, text)
      }
      return number
    }
  }

  private func outOfRange(
    _ written: String, _ unit: String, _ decimals: Int, _ text: SettingsText
  ) -> SettingsProblem {
    SettingsProblem(
      .outOfRange, line: text.line, key: key,
      [
        "value": written, "low": SettingsProse.decimal(setting.range.lowerBound, decimals),
        "high": SettingsProse.decimal(setting.range.upperBound, decimals), "unit": unit,
      ])
  }
}
