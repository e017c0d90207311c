import Foundation
import Guidance
import Health
import Journal
import Programmes
import Samples
import Testing

@testable import Services

@Suite("A district's settings file")
struct SettingsFileTests {
  private static let source = """
    "source": {"title": "Buku KIA", "edition": "2024", "page": "78", "standing": "primary"}
    """

  private static func edition(_ text: String) throws(SettingsProblem) -> SettingsEdition {
    try SettingsEdition(text: SettingsText(Array(text.utf8)))
  }

  private static func file(_ growth: String, _ others: String = "") -> String {
    "{\"sikilap_settings\": 1,\n\"name\": \"Kabupaten Contoh 2026\",\n\"growth\": {\n\(growth)\n}"
      + (others.isEmpty ? "" : ",\n\(others)") + "}"
  }

  @Test("sets what it names, with its source; the rest keeps its default")
  func reads() throws {
    let text = Self.file(
      """
      "red_line": {"value": -2.50, \(Self.source)},
      "minimum_weight_gain_boys": {
        "value": [800, 900, 800, 600, 500, 400, 300, 300, 300, 300, 200, 200], \(Self.source)},
      "arm_circumference_severe": {"value": 11, \(Self.source)},
      "severe_malnutrition_signs": {"value": ["oedema", "wasting"], \(Self.source)}
      """)
    let edition = try Self.edition(text)
    #expect(edition.name == "Kabupaten Contoh 2026")
    #expect(edition.growth.redLineHundredths == -250)
    #expect(edition.growth.minimumWeightGain.boys[6] == 300)
    #expect(edition.growth.minimumWeightGain.girls == MinimumWeightGain.kia2023.girls)
    #expect(edition.growth.severeArmCircumference.tenthsOfMillimetre == 1100)
    #expect(edition.growth.severeSigns == [.oedema, .wasting])
    #expect(edition.growth.orangeLineHundredths == 100)
    #expect(edition.source(of: .redLine).page == "78")
    #expect(edition.source(of: .redLine).standing == .primary)
    #expect(edition.source(of: .orangeLine).standing == .fromMemory)
    #expect(edition.fingerprint != SettingsEdition.standard.fingerprint)
    let empty = try Self.edition(Self.file(""))
    #expect(empty.growth == GrowthSettings())
    #expect(empty.fingerprint == SettingsEdition.standard.fingerprint)
  }

  @Test("sets what of families, kader and stages of life is worked out when it is looked at")
  func programmes() throws {
    let edition = try Self.edition(
      Self.file(
        "",
        """
        "family_index": {
          "reply_months": {"value": 24, \(Self.source)},
          "other_insurance_counts": {"value": false, \(Self.source)}},
        "kader": {
          "madya": {"value": "school_age_and_adults", \(Self.source)},
          "skill_months": {"value": 36, \(Self.source)}},
        "life_stages": {"last_preschool_month": {"value": 83, \(Self.source)}}
        """))
    #expect(edition.programmes.familyIndex.replyMonths == 24)
    #expect(!edition.programmes.familyIndex.otherInsuranceCounts)
    #expect(edition.programmes.familyIndex.smokingFrom == 10)
    #expect(edition.programmes.kader.madya == .schoolAgeAndAdults)
    #expect(edition.programmes.kader.skillMonths == 36 && edition.programmes.kader.leastKader == 5)
    #expect(edition.programmes.lifeStages.lastPreschoolMonth == 83)
    #expect(edition.source(of: .skillMonths).standing == .primary)
    #expect(edition.source(of: .leastKader).standing == .secondary)
    // No stored figure knows of them, so nothing is counted anew.
    #expect(edition.fingerprint == SettingsEdition.standard.fingerprint)
    #expect(edition != SettingsEdition.standard)
    for setting in ProgrammeSetting.allCases {
      var settings = ProgrammeSettings()
      for number in [setting.range.lowerBound, setting.range.upperBound] {
        let isSet = settings.set(setting, to: number)
        #expect(isSet && settings[setting] == number)
      }
      let isSet = settings.set(setting, to: setting.range.upperBound + 1)
      #expect(!isSet && settings[setting] == setting.range.upperBound)
    }
  }

  @Test("Settings in force change what is worked out of a kader")
  func programmesInForce() throws {
    let folder = URL.temporaryDirectory.appending(path: "sikilap-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let edition = try Self.edition(
      Self.file("", "\"kader\": {\"skill_months\": {\"value\": 12, \(Self.source)}}"))
    var timeline = Timeline()
    try timeline.insert(
      Fact(
        id: id(1), subject: id(2), kind: .kaderSkill, occurredOn: day("2025-01-10"),
        recordedAt: Instant(milliseconds: 1),
        body: KaderSkillBody(skill: 1, isMastered: true).bytes))
    let record = try timeline.bytes.withUnsafeBufferPointer { try KaderRecord(facts: $0) }
    for (settings, counts) in [(SettingsEdition.standard, true), (edition, false)] {
      let district = try District(
        path: folder.appending(path: "\(settings.name).sqlite").path, settings: settings)
      defer { try? district.journal.close() }
      let standing = district.standing(of: record, on: day("2026-06-01"))
      #expect((standing.masteredCount == 1) == counts)
    }
  }

  private struct Wrong: Sendable {
    let growth: String
    var others = ""
    let code: SettingsProblem.Code
    let line: Int
    let key: String
  }

  private static let wrong = [
    Wrong(
      growth: "\n\"red_lien\": {\"value\": -3, \(source)}", code: .unknownKey, line: 5,
      key: "growth.red_lien"),
    Wrong(
      growth: "\"red_line\": {\"value\": -3}", code: .noSource, line: 4, key: "growth.red_line"),
    Wrong(growth: "\"red_line\": -3", code: .wrongType, line: 4, key: "growth.red_line"),
    Wrong(
      growth: "\"red_line\": {\(source)}", code: .missingKey, line: 4,
      key: "growth.red_line.value"),
    Wrong(
      growth: "\"red_line\": {\"value\": \"-3\", \(source)}", code: .wrongType, line: 4,
      key: "growth.red_line.value"),
    Wrong(
      growth: "\"red_line\": {\"value\": 3, \(source)}", code: .outOfRange, line: 4,
      key: "growth.red_line.value"),
    Wrong(
      growth: "\"red_line\": {\"value\": -2.505, \(source)}", code: .tooManyDecimals, line: 4,
      key: "growth.red_line.value"),
    Wrong(
      growth: "\"red_line\": {\"value\": -3e0, \(source)}", code: .tooManyDecimals, line: 4,
      key: "growth.red_line.value"),
    Wrong(
      growth: "\"doubtful_weight_change\": {\"value\": 99999999999999999999, \(source)}",
      code: .outOfRange, line: 4, key: "growth.doubtful_weight_change.value"),
    Wrong(
      growth: "\"minimum_weight_gain_girls\": {\n\"value\": [800, 900], \(source)}",
      code: .wrongCount, line: 5, key: "growth.minimum_weight_gain_girls.value"),
    Wrong(
      growth: "\"severe_malnutrition_signs\": {\"value\": [\"muac\"], \(source)}",
      code: .unknownWord, line: 4, key: "growth.severe_malnutrition_signs.value"),
    Wrong(
      growth: "\"severe_malnutrition_signs\": {\"value\": [], \(source)}",
      code: .wrongCount, line: 4, key: "growth.severe_malnutrition_signs.value"),
    Wrong(
      growth: "\"red_line\": {\"value\": -3, \(source)},\n\"red_line\": {\"value\": -2, \(source)}",
      code: .duplicateKey, line: 5, key: "red_line"),
    Wrong(
      growth: "\"arm_circumference_severe\": {\"value\": 12.6, \(source)}",
      code: .inconsistent, line: 3, key: "growth"),
    Wrong(
      growth: "\"red_line\": {\"value\": -3, \"source\": {\"title\": \" \", \"edition\": \"1\", "
        + "\"page\": \"2\", \"standing\": \"primary\"}}",
      code: .badText, line: 4, key: "growth.red_line.source.title"),
    Wrong(
      growth: "\"red_line\": {\"value\": -3, \"source\": {\"title\": \"A\", \"edition\": \"1\", "
        + "\"page\": \"2\", \"standing\": \"sure\"}}",
      code: .unknownWord, line: 4, key: "growth.red_line.source.standing"),
    Wrong(
      growth: "\"red_line\": {\"value\": -3, \(source)},", code: .notJSON, line: 5, key: ""),
    Wrong(
      growth: "", others: "\"kader\": {\"skill_month\": {\"value\": 3, \(source)}}",
      code: .unknownKey, line: 6, key: "kader.skill_month"),
    Wrong(
      growth: "", others: "\"kader\": {\"least_kader\": {\"value\": 0, \(source)}}",
      code: .outOfRange, line: 6, key: "kader.least_kader.value"),
    Wrong(
      growth: "", others: "\"kader\": {\"least_kader\": {\"value\": 4.5, \(source)}}",
      code: .tooManyDecimals, line: 6, key: "kader.least_kader.value"),
    Wrong(
      growth: "", others: "\"kader\": {\"madya\": {\"value\": \"four\", \(source)}}",
      code: .unknownWord, line: 6, key: "kader.madya.value"),
    Wrong(
      growth: "", others: "\"kader\": {\"madya\": {\"value\": 1, \(source)}}",
      code: .wrongType, line: 6, key: "kader.madya.value"),
    Wrong(
      growth: "",
      others: "\"family_index\": {\"other_insurance_counts\": {\"value\": 1, \(source)}}",
      code: .wrongType, line: 6, key: "family_index.other_insurance_counts.value"),
    Wrong(
      growth: "", others: "\"family_index\": {\n\"reply_months\": {\"value\": 12}}",
      code: .noSource, line: 7, key: "family_index.reply_months"),
    Wrong(
      growth: "", others: "\"life_stages\": {\"last_preschool_month\": {\"value\": 84, \(source)}}",
      code: .outOfRange, line: 6, key: "life_stages.last_preschool_month.value"),
    Wrong(growth: "", others: "\"kader\": []", code: .wrongType, line: 6, key: "kader"),
  ]

  @Test("is refused with what is wrong and where", arguments: wrong.indices)
  func refused(position: Int) throws {
    let wrong = Self.wrong[position]
    let problem = try #require(throws: SettingsProblem.self) {
      try Self.edition(Self.file(wrong.growth, wrong.others))
    }
    #expect(problem.code == wrong.code)
    #expect(problem.line == wrong.line)
    #expect(problem.key == wrong.key)
  }

  @Test(
    "that is no settings file at all is refused",
    arguments: [
      "", "{", "[]", "{} {}", "nul", "{\"sikilap_settings\": 2, \"name\": \"a\", \"growth\": {}}",
      "{\"sikilap_settings\": 1, \"name\": \"\", \"growth\": {}}",
      "{\"sikilap_settings\": 1, \"growth\": {}}", "{\"sikilap_settings\": 1, \"name\": \"a\"}",
      "{\"sikilap_settings\": 1, \"name\": \"a\\q\", \"growth\": {}}",
      String(repeating: "[", count: 100_000), "{\"name\": \"\u{1}\"}",
    ])
  func nothingLikeIt(text: String) {
    #expect(throws: SettingsProblem.self) { try Self.edition(text) }
  }

  @Test("Every problem has words in both languages that fill in what they name")
  func words() throws {
    for language in Language.allCases {
      let words = try Phrases(language)
      for code in SettingsProblem.Code.allCases {
        for part in ["what", "mend"] {
          let key = "errors.settings.\(code.rawValue).\(part)"
          #expect(words[key] != key)
        }
      }
      for position in Self.wrong.indices {
        var problem = try #require(throws: SettingsProblem.self) {
          try Self.edition(
            Self.file(Self.wrong[position].growth, Self.wrong[position].others))
        }
        problem.path = "settings.json"
        let text = problem.text(words)
        #expect(!text.contains("{") || text.contains("{ …"), "\(text)")
        #expect(!text.contains("settings.kinds"))
        #expect(text.contains("settings.json"))
      }
    }
  }

  @Test("as prose names every setting with its default and source, and doubts what is from memory")
  func prose() throws {
    let edition = try Self.edition(Self.file("\"red_line\": {\"value\": -2.5, \(Self.source)}"))
    for language in Language.allCases {
      let words = try Phrases(language)
      let text = SettingsProse(edition, words: words).lines.joined(separator: "\n")
      for setting in GrowthSetting.allCases {
        let preset = SettingsProse(edition, words: words).value(of: setting, in: GrowthSettings())
        #expect(text.contains(preset))
        #expect(text.contains(words.cited(edition.source(of: setting).page)))
      }
      #expect(text.contains(language == .english ? "−2.50 SD" : "−2,50 SD"))
      #expect(
        text.contains(
          words("settings.changed", ["value": language == .english ? "−3.00 SD" : "−3,00 SD"])))
      let doubted = text.components(separatedBy: words["settings.from_memory"]).count - 1
      var sources = GrowthSetting.allCases.map { edition.source(of: $0) }
      sources += ProgrammeSetting.allCases.map { edition.source(of: $0) }
      sources += ClinicalSetting.motherAndChild.map { edition.source(of: $0) }
      #expect(doubted == sources.count { $0.standing == .fromMemory })
      for setting in ProgrammeSetting.allCases {
        let preset = SettingsProse(edition, words: words)
          .value(of: setting, in: ProgrammeSettings())
        #expect(text.contains(words("settings.default", ["value": preset])))
        #expect(text.contains(words.cited(edition.source(of: setting).page)))
      }
      #expect(!text.contains("{"))
      #expect(!text.contains("settings."), "\(text)")
    }
  }
}
