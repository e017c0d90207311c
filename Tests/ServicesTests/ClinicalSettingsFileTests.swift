import Foundation
import Guidance
import Health
import Programmes
import Testing

@testable import Services

@Suite("The settings of mothers and children in a district's settings file")
struct ClinicalSettingsFileTests {
  private static let source = """
    "source": {"title": "Surat edaran", "edition": "5/2026", "page": "2", "standing": "primary"}
    """

  private static func edition(_ care: String) throws(SettingsProblem) -> SettingsEdition {
    let text = """
      {"sikilap_settings": 1, "name": "Kabupaten Contoh 2026", "growth": {},
      "care": {
      \(care)
      }}
      """
    return try SettingsEdition(text: SettingsText(Array(text.utf8)))
  }

  private static func entry(_ setting: ClinicalSetting, _ number: Int32) -> String {
    let value =
      switch setting.form {
      case .flag: number == 1 ? "true" : "false"
      case .number(_, let decimals): SettingsProse.decimal(number, decimals)
      }
    return "\"\(setting.code)\": {\"value\": \(value), \(source)}"
  }

  @Test("Values are written in the units in which people say them")
  func reads() throws {
    let edition = try Self.edition(
      """
      "anaemia_limit_second_trimester": {"value": 11, \(Self.source)},
      "energy_deficiency_arm": {"value": 23.00, \(Self.source)},
      "fever_from": {"value": 37.6, \(Self.source)},
      "large_birth_weight": {"value": 4000, \(Self.source)},
      "short_interval_months": {"value": 25, \(Self.source)},
      "fetal_heart_least": {"value": 100, \(Self.source)},
      "low_oxygen": {"value": 90, \(Self.source)},
      "first_trimester_days": {"value": 85, \(Self.source)},
      "malaria_endemic": {"value": false, \(Self.source)},
      "malaria_is_endemic": {"value": true, \(Self.source)}
      """)
    let expected: [(ClinicalSetting, Int32)] = [
      (.anaemiaLimitSecondTrimester, 110), (.energyDeficiencyArm, 2_300), (.feverFrom, 376),
      (.largeBirthWeight, 4_000), (.shortIntervalMonths, 25), (.fetalHeartLeast, 100),
      (.lowOxygen, 90), (.firstTrimesterDays, 85), (.malariaEndemic, 0), (.malariaIsEndemic, 1),
    ]
    for (setting, number) in expected {
      #expect(edition.care[setting] == number, "\(setting.code)")
      #expect(edition.source(of: setting).title == "Surat edaran")
    }
    #expect(edition.careNamed.count == expected.count)
    #expect(edition.care[.secondTrimesterDays] == 175)
    #expect(edition.source(of: .secondTrimesterDays).standing == .primary)
    #expect(edition.source(of: .anaemiaLimit).title != "Surat edaran")
  }

  @Test("No figure is counted under them: the fingerprint stays as it is")
  func fingerprint() throws {
    let edition = try Self.edition(
      ClinicalSetting.motherAndChild.filter { $0.form == .flag }
        .map { Self.entry($0, 1 - $0.standard) }.joined(separator: ",\n"))
    #expect(edition.care != ClinicalSettings())
    #expect(edition.fingerprint == SettingsEdition.standard.fingerprint)
    #expect(edition != SettingsEdition.standard)
  }

  @Test(
    "Every one is read at both ends of its range and refused beyond",
    arguments: ClinicalSetting.motherAndChild.indices)
  func ranges(place: Int) throws {
    let setting = ClinicalSetting.motherAndChild[place]
    for number in [setting.range.lowerBound, setting.range.upperBound] {
      var wanted = ClinicalSettings()
      let isSet = wanted.set(setting, to: number)
      #expect(isSet)
      guard ClinicalSetting.rising.allSatisfy({ wanted[$0.lower] < wanted[$0.higher] }) else {
        let problem = #expect(throws: SettingsProblem.self) {
          try Self.edition(Self.entry(setting, number))
        }
        #expect(problem?.code == .inconsistent)
        continue
      }
      let edition = try Self.edition(Self.entry(setting, number))
      #expect(edition.care == wanted)
      #expect(edition.careNamed.keys.map(\.code) == [setting.code])
    }
    guard setting.form != .flag else { return }
    for number in [setting.range.lowerBound - 1, setting.range.upperBound + 1] {
      let problem = #expect(throws: SettingsProblem.self) {
        try Self.edition(Self.entry(setting, number))
      }
      #expect(problem?.code == .outOfRange)
      #expect(problem?.key == "care.\(setting.code).value")
    }
  }

  @Test("The list of them is what the chapters of the guidelines print, each once")
  func complete() {
    let all = ClinicalSetting.motherAndChild
    let printed = Set(GuidelineBook().chapters.flatMap(\.settings))
    #expect(Set(all) == printed)
    #expect(Set(all).count == all.count && Set(all.map(\.code)).count == all.count)
    for setting in all {
      #expect(!setting.readings.isEmpty, "\(setting.code)")
      #expect(setting.readings.allSatisfy { setting.range.contains($0.value) }, "\(setting.code)")
      // A unit without a way to write it would be taken for a plain number.
      #expect((setting.form == .number(unit: "count", decimals: 0)) == (setting.unit == .count))
    }
  }

  private struct Wrong: Sendable {
    let care: String
    let code: SettingsProblem.Code
    let line: Int
    let key: String
  }

  private static let wrong = [
    Wrong(
      care: "\"anaemia_limt\": {\"value\": 11, \(source)}", code: .unknownKey, line: 3,
      key: "care.anaemia_limt"),
    Wrong(
      care: "\"anaemia_limit\": {\n\"value\": 11}", code: .noSource, line: 3,
      key: "care.anaemia_limit"),
    Wrong(
      care: "\"anaemia_limit\": {\n\"value\": 110, \(source)}", code: .outOfRange, line: 4,
      key: "care.anaemia_limit.value"),
    Wrong(
      care: "\"anaemia_limit\": {\"value\": 10.55, \(source)}", code: .tooManyDecimals, line: 3,
      key: "care.anaemia_limit.value"),
    Wrong(
      care: "\"iron_tablets\": {\"value\": 99999999999999999999, \(source)}", code: .outOfRange,
      line: 3, key: "care.iron_tablets.value"),
    Wrong(
      care: "\"first_trimester_days\": {\"value\": 90.5, \(source)}", code: .tooManyDecimals,
      line: 3, key: "care.first_trimester_days.value"),
    Wrong(
      care: "\"first_trimester_days\": {\"value\": \"90\", \(source)}", code: .wrongType, line: 3,
      key: "care.first_trimester_days.value"),
    Wrong(
      care: "\"malaria_endemic\": {\"value\": 1, \(source)}", code: .wrongType, line: 3,
      key: "care.malaria_endemic.value"),
    Wrong(
      care: "\"malaria_endemic\": {\"value\": null, \(source)}", code: .wrongType, line: 3,
      key: "care.malaria_endemic.value"),
    Wrong(
      care: "\"malaria_endemic\": true", code: .wrongType, line: 3, key: "care.malaria_endemic"),
    Wrong(
      care: "\"seen_again_late\": {\"value\": 14, \(source)}", code: .inconsistent, line: 2,
      key: "care"),
  ]

  @Test("What is wrong is refused with its place and words", arguments: wrong.indices)
  func refused(position: Int) throws {
    let wrong = Self.wrong[position]
    var problem = try #require(throws: SettingsProblem.self) { try Self.edition(wrong.care) }
    #expect(problem.code == wrong.code)
    #expect(problem.line == wrong.line)
    #expect(problem.key == wrong.key)
    problem.path = "settings.json"
    for language in Language.allCases {
      let text = problem.text(try Phrases(language))
      #expect(text.contains("settings.json") && text.contains(wrong.key))
      #expect(!text.contains("settings.kinds") && !text.contains("{value}"), "\(text)")
    }
  }

  @Test("A name that is nearly one of them is told, and a range in the unit that is written")
  func told() throws {
    let near = try #require(throws: SettingsProblem.self) { try Self.edition(Self.wrong[0].care) }
    #expect(near.details["near"] == "anaemia_limit")
    let range = try #require(throws: SettingsProblem.self) { try Self.edition(Self.wrong[2].care) }
    let text = range.text(try Phrases(.indonesian))
    #expect(text.contains("110 di luar 9.0 sampai 13.0 g/dL"), "\(text)")
  }

  @Test("They are printed as sentences with value, default, source and the other readings")
  func prose() throws {
    let edition = try Self.edition(Self.entry(.energyDeficiencyArm, 2_300))
    for language in Language.allCases {
      let words = try Phrases(language)
      let prose = SettingsProse(edition, words: words)
      let text = prose.lines.joined(separator: "\n")
      for setting in ClinicalSetting.motherAndChild {
        let value = prose.value(edition.care[setting], of: setting)
        let sentence = words(
          "settings.sentences.care",
          ["setting": words["care.settings.\(setting.code)"], "value": value])
        #expect(text.contains(sentence), "\(setting.code)")
        for reading in setting.readings where reading.value != edition.care[setting] {
          #expect(text.contains("\(prose.value(reading.value, of: setting)), "))
        }
      }
      let (from, to) = language == .english ? ("23.50 cm", "23.00 cm") : ("23,50 cm", "23,00 cm")
      #expect(text.contains(words("settings.changed", ["value": from])))
      let arm = words["care.settings.energy_deficiency_arm"]
      #expect(text.contains("\(arm): \(to)."))
      #expect(text.contains("Surat edaran"))
      #expect(!text.contains("{") && !text.contains("settings."), "\(text)")
    }
  }

  @Test("docs/formats/settings.md lists every one as it is")
  func documented() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../docs/formats/settings.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    for setting in ClinicalSetting.motherAndChild {
      let row = Self.row(setting)
      #expect(text.contains("\n\(row)\n"), "settings.md needs the row: \(row)")
    }
  }

  /// A setting's row of the table.
  private static func row(_ setting: ClinicalSetting) -> String {
    func value(_ number: Int32) -> String {
      switch setting.form {
      case .flag: "`\(number == 1)`"
      case .number(_, let decimals): SettingsProse.decimal(number, decimals)
      }
    }
    let units = [
      "centimetres": "cm", "grams_per_decilitre": "g/dL", "degrees": "°C", "grams": "g",
      "percent": "%", "per_minute": "per minute", "count": "whole number",
      "millimetres_of_mercury": "mmHg",
    ]
    let standings: [Source.Standing: String] = [
      .primary: "read", .secondary: "cited", .fromMemory: "from memory",
    ]
    var (unit, range) = ("`true` or `false`", "")
    if case .number(let name, _) = setting.form {
      unit = units[name] ?? name
      range = "\(value(setting.range.lowerBound)) to \(value(setting.range.upperBound))"
    }
    let readings = setting.readings.map { reading in
      let source = reading.source
      return "\(value(reading.value)): \(source.title), \(source.edition), \(source.place) "
        + "(\(standings[source.standing] ?? ""))"
    }
    let cells = [
      "`\(setting.code)`", unit, range, value(setting.standard), readings.joined(separator: "; "),
    ]
    return "| \(cells.joined(separator: " | ")) |"
  }
}
