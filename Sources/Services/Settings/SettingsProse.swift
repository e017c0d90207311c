import Guidance
import Journal
import Programmes

extension GrowthSetting.Unit {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .grams: "grams"
    case .zScore: "z_score"
    case .centimetres: "centimetres"
    case .percent: "percent"
    case .times: "times"
    case .signs: "signs"
    }
  }
}

/// An edition of settings as sentences that a clinician can check and sign.
public struct SettingsProse: Sendable {
  private let edition: SettingsEdition
  private let words: Phrases

  /// The sentences for an edition.
  public init(_ edition: SettingsEdition, words: Phrases) {
    self.edition = edition
    self.words = words
  }

  /// The signs of gizi buruk under their names in settings files.
  static let signs: [(code: String, sign: SevereMalnutritionSigns)] = [
    ("wasting", .wasting), ("arm_circumference", .armCircumference), ("oedema", .oedema),
  ]

  /// A number of a unit, with a decimal point.
  static func number(_ value: Int32, _ unit: GrowthSetting.Unit) -> String {
    guard unit == .zScore || unit == .centimetres else {
      return value < 0 ? "−\(value.magnitude)" : String(value)
    }
    let rest = value.magnitude % 100
    let sign = value < 0 ? "−" : unit == .zScore && value > 0 ? "+" : ""
    return sign + String(value.magnitude / 100) + "." + (rest < 10 ? "0\(rest)" : String(rest))
  }

  /// A setting's value as people write it.
  public func value(of setting: GrowthSetting, in growth: GrowthSettings) -> String {
    if setting.unit == .signs {
      return SettingsProse.signs.filter { growth.severeSigns.contains($0.sign) }
        .map { words["settings.signs.\($0.code)"] }.joined(separator: words["settings.or"])
    }
    let numbers = growth[setting].map {
      SettingsProse.number($0, setting.unit).replacing(".", with: words["common.decimal"])
    }
    return words(
      "settings.units.\(setting.unit.code)", ["value": numbers.joined(separator: " ")])
  }

  /// All settings in force, for reading and signing.
  public var lines: [String] {
    var lines = [
      words["settings.title"], "",
      words("settings.edition", ["name": edition.name]),
      words("settings.fingerprint", ["value": edition.fingerprint.hexadecimal]), "",
    ]
    for (position, setting) in GrowthSetting.allCases.enumerated() {
      lines += entry(setting, number: position + 1) + [""]
    }
    let doubted = GrowthSetting.allCases.filter {
      edition.source(of: $0).standing == .fromMemory
    }
    lines.append(
      words(
        "settings.summary",
        [
          "count": String(GrowthSetting.allCases.count),
          "changed": String(GrowthSetting.allCases.filter(isChanged).count),
          "memory": String(doubted.count),
        ]))
    return lines + ["", words["settings.signature"]]
  }

  private func isChanged(_ setting: GrowthSetting) -> Bool {
    edition.growth[setting] != GrowthSettings()[setting]
  }

  private func entry(_ setting: GrowthSetting, number: Int) -> [String] {
    let value = value(of: setting, in: edition.growth)
    let source = edition.source(of: setting)
    let standing =
      switch source.standing {
      case .primary: words["settings.primary"]
      case .secondary: words["settings.secondary"]
      case .fromMemory: words["settings.from_memory"]
      }
    let preset = self.value(of: setting, in: GrowthSettings())
    return [
      "\(number). " + words("settings.sentences.\(setting.code)", ["value": value]),
      "   "
        + (isChanged(setting)
          ? words("settings.changed", ["value": preset])
          : words("settings.default", ["value": preset])),
      "   "
        + words(
          "settings.source",
          ["title": source.title, "edition": source.edition, "page": source.page]),
      "   " + standing,
    ]
  }
}
