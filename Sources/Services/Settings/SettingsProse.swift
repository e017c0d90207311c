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

  /// A number of so many decimals that is not below 0, with a decimal point.
  static func decimal(_ value: Int32, _ decimals: Int) -> String {
    let unit = (0..<decimals).reduce(into: Int32(1)) { unit, _ in unit *= 10 }
    guard unit > 1 else { return String(value) }
    let rest = String(value % unit)
    return "\(value / unit)." + String(repeating: "0", count: decimals - rest.count) + rest
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
    var entries = GrowthSetting.allCases.map { entry($0) }
    entries += ProgrammeSetting.allCases.map { entry($0) }
    entries += ClinicalSetting.motherAndChild.map { entry($0) }
    for (position, entry) in entries.enumerated() {
      lines += ["\(position + 1). \(entry.sentence)"] + entry.notes.map { "   " + $0 } + [""]
    }
    lines.append(
      words(
        "settings.summary",
        [
          "count": String(entries.count), "changed": String(entries.count(where: \.isChanged)),
          "memory": String(entries.count { $0.source.standing == .fromMemory }),
        ]))
    return lines + ["", words["settings.signature"]]
  }

  /// A setting as it is printed.
  private struct Entry {
    let sentence: String
    let isChanged: Bool
    let source: SettingSource
    let notes: [String]
  }

  private func entry(_ setting: GrowthSetting) -> Entry {
    entry(
      words(
        "settings.sentences.\(setting.code)", ["value": value(of: setting, in: edition.growth)]),
      preset: value(of: setting, in: GrowthSettings()),
      isChanged: edition.growth[setting] != GrowthSettings()[setting],
      edition.source(of: setting))
  }

  private func entry(_ setting: ProgrammeSetting) -> Entry {
    entry(
      words(
        "settings.sentences.\(setting.code)",
        ["value": value(of: setting, in: edition.programmes)]),
      preset: value(of: setting, in: ProgrammeSettings()),
      isChanged: edition.programmes[setting] != ProgrammeSettings()[setting],
      edition.source(of: setting))
  }

  private func entry(_ setting: ClinicalSetting) -> Entry {
    let number = edition.care[setting]
    let others = setting.readings.filter { $0.value != number }.map { reading in
      words(
        "settings.other_reading",
        [
          "value": value(reading.value, of: setting),
          "title": words.cited("\(reading.source.title)"),
          "edition": words.cited("\(reading.source.edition)"),
          "page": words.cited("\(reading.source.place)"),
        ])
    }
    return entry(
      words(
        "settings.sentences.care",
        [
          "setting": words["care.settings.\(setting.name)"], "value": value(number, of: setting),
        ]),
      preset: value(setting.standard, of: setting), isChanged: number != setting.standard,
      edition.source(of: setting), others: others)
  }

  /// A value of a setting as people write it.
  public func value(_ number: Int32, of setting: ClinicalSetting) -> String {
    switch setting.form {
    case .flag: words[number == 1 ? "settings.yes" : "settings.no"]
    case .number(let unit, let decimals):
      words(
        "settings.units.\(unit)",
        [
          "value": SettingsProse.decimal(number, decimals)
            .replacing(".", with: words["common.decimal"])
        ])
    }
  }

  /// A setting's value as people write it.
  public func value(of setting: ProgrammeSetting, in programmes: ProgrammeSettings) -> String {
    let number = programmes[setting]
    return switch setting.form {
    case .flag: words[number == 1 ? "settings.yes" : "settings.no"]
    case .words(let codes): words["settings.\(setting.code).\(codes[Int(number) - 1])"]
    case .number where setting == .skillMonths && number == 0: words["settings.without_limit"]
    case .number(let unit): words("settings.units.\(unit)", ["value": String(number)])
    }
  }

  private func entry(
    _ sentence: String, preset: String, isChanged: Bool, _ source: SettingSource,
    others: [String] = []
  ) -> Entry {
    let standing =
      switch source.standing {
      case .primary: words["settings.primary"]
      case .secondary: words["settings.secondary"]
      case .fromMemory: words["settings.from_memory"]
      }
    return Entry(
      sentence: sentence, isChanged: isChanged, source: source,
      notes: [
        words(isChanged ? "settings.changed" : "settings.default", ["value": preset]),
        words(
          "settings.source",
          [
            "title": words.cited(source.title), "edition": words.cited(source.edition),
            "page": words.cited(source.page),
          ]),
        standing,
      ] + others)
  }
}
