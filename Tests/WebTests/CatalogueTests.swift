import Journal
import Exchange
import Foundation
import Health
import Monitoring
import Programmes
import Services
import Testing

@testable import Web

/// Both languages say everything.
@Suite struct CatalogueTests {
  @Test func sameKeysAndParameters() throws {
    let indonesian = try Phrases(.indonesian)
    let english = try Phrases(.english)
    #expect(Set(indonesian.keys) == Set(english.keys))
    for key in indonesian.keys {
      let parameters = try [indonesian, english].map {
        Set(try PageText.matches("\\{(\\w+)\\}", in: $0[key]))
      }
      #expect(parameters[0] == parameters[1], "\(key)")
      #expect(!indonesian[key].isEmpty)
      #expect(!english[key].isEmpty)
    }
  }

  @Test func templatesAskForWordsThatAreThere() throws {
    let keys = Set(try Phrases(.indonesian).keys)
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Web/Templates")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    #expect(files.count > 10)
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      for key in try PageText.matches("\\{\\{t\\.([\\w.]+)", in: text) {
        #expect(keys.contains(key), "\(file.lastPathComponent): \(key)")
      }
      // Only charts, which escape what they are given, are put in as markup.
      for name in try PageText.matches("\\{\\{\\{\\s*([\\w.]+)", in: text) {
        #expect(["bars", "trend", "svg"].contains(name))
      }
      #expect(try PageText.matches("\\{\\{&", in: text).isEmpty)
    }
  }

  @Test(arguments: Language.allCases) func everyCodeHasText(_ language: Language) throws {
    let words = Words(try Phrases(language))
    var needed = Reason.allCases.map { "reasons.\($0.code)" }
    for definition in Indicator.definitions {
      needed += ["name", "long", "meaning"].map { "indicators.\(definition.code).\($0)" }
      needed.append("denominators.\(GuidelinesPage.denominator(definition.indicator))")
    }
    needed += AgeGroup.allCases.map { "age_groups.\($0.code)" }
    needed += PlaceKind.allCases.flatMap { ["kinds.\($0.code)", "kinds_plural.\($0.code)"] }
    needed += TargetStatus.allCases.map { "statuses.\($0.rawValue)" }
    needed += WeightForAgeCategory.allCases.map(\.key)
    needed += LengthHeightForAgeCategory.allCases.map(\.key)
    needed += WeightForLengthHeightCategory.allCases.map(\.key)
    needed += HeadCircumferenceCategory.allCases.map(\.key)
    needed += ArmCircumferenceCategory.allCases.map(\.key)
    needed += BirthWeightCategory.allCases.map(\.key) + SizeForGestationalAge.allCases.map(\.key)
    needed += VelocityUnknown.allCases.map { "growth.velocity.unknown.\($0.code)" }
    needed += NewbornUnknown.allCases.map { "birth.unknown.\($0.code)" }
    for code in RowProblem.Code.allCases {
      needed += ["what", "mend"].map { "errors.import.\(code.rawValue).\($0)" }
    }
    for code in RowWarning.Code.allCases {
      needed += ["what", "mend"].map { "warnings.import.\(code.rawValue).\($0)" }
    }
    // What is wrong with a cell of a spreadsheet has words of its own.
    for code in DistrictProblem.Code.allCases where code != .unreadableCell {
      // Without details there is nothing to propose, which some say in other words.
      for key in ["errors.district.\(code.rawValue)", DistrictProblem(code, line: 1).key] {
        needed += ["what", "mend"].map { "\(key).\($0)" }
      }
    }
    for code in DistrictWarning.Code.allCases {
      needed += ["what", "mend"].map { "warnings.district.\(code.rawValue).\($0)" }
    }
    needed += ImportKind.allCases.map { "imports.kinds.\($0.listName)" }
    needed += PlannedChange.allCases.map { "commands.district.changes.\($0.rawValue)" }
    needed += PlaceDetail.allCases.map { "commands.district.details.\($0.rawValue)" }
    for key in needed { #expect(words.find(key) != nil, "\(key)") }
  }

  @Test(arguments: Language.allCases) func everyCodeOfPeopleAndFamiliesHasText(
    _ language: Language
  ) throws {
    let words = Words(try Phrases(language))
    var needed: [String] = []
    for code in IdentityWarning.Code.allCases {
      for (kind, isOfKind) in [
        ("nik", code.isOfNationalIdentityNumber), ("kk", code.isOfFamilyCardNumber),
      ] where isOfKind {
        needed += ["what", "mend"].map { "identity_warnings.\(kind).\(code.name).\($0)" }
      }
    }
    needed += FamilyIndexItem.allCases.flatMap { item in
      ["name", "long"].map { "family_index.items.\(item.name).\($0)" }
    }
    needed += FamilyIndexClass.allCases.map { "family_index.classes.\($0.name)" }
    needed += FamilyIndexUnknown.allCases.map { "family_index.unknown.\($0.name)" }
    needed += FamilyIndexOrigin.allCases.map { "family_index.origins.\($0.name)" }
    needed += FamilyIndexSetting.allCases.map { "family_index.settings.\($0.name)" }
    needed += KaderSkill.allCases.map { "kader_skills.\($0.code)" }
    needed += KaderSkillGroup.allCases.map { "kader_groups.\($0.name)" }
    needed += KaderLevel.allCases.map { "kader_levels.\($0.name)" }
    needed += KaderTerm.allCases.map { "kader_terms.\($0.name)" }
    needed += MadyaRule.allCases.map { "kader_settings.madya.\($0.name)" }
    needed += LifeStage.allCases.map { "life_stages.\($0.name)" }
    needed += AgeBand.allCases.map { "age_bands.\($0.name)" }
    needed += AuditOutcome.allCases.map { "audit.outcomes.\($0.code)" }
    needed += Section.allCases.map { "common.menu_\($0.rawValue)" }
    for code in AuditText.codes { #expect(AuditText.action(code, words) != code, "\(code)") }
    #expect(Set(AuditText.codes).isSuperset(of: Action.allCases.map(\.rawValue)))
    #expect(Set(needed).count == needed.count)
    for key in needed { #expect(words.find(key) != nil, "\(key)") }
  }

  @Test func numbersAsPeopleWriteThem() throws {
    let indonesian = Format(words: Words(try Phrases(.indonesian)), hoursEastOfGreenwich: 7)
    let english = Format(words: Words(try Phrases(.english)), hoursEastOfGreenwich: 8)
    #expect(indonesian.percent(12.5) == "12,5 %")
    #expect(english.percent(12.5) == "12.5%")
    #expect(indonesian.whole(1_234_567) == "1.234.567")
    #expect(english.whole(-1000) == "−1,000")
    #expect(indonesian.whole(999) == "999")
    #expect(indonesian.zScore(-162) == "−1,62 SD")
    #expect(indonesian.zScore(5) == "+0,05 SD")
    #expect(indonesian.zScore(0) == "0,00 SD")
    #expect(indonesian.shortPercent(80) == "80 %")
    #expect(indonesian.kilograms(Mass(grams: 7850)) == "7,85")
    #expect(indonesian.kilograms(Mass(grams: 8000)) == "8,0")
    #expect(indonesian.number(-0.001, digits: 2) == "0,00")
    let moment = Instant(milliseconds: 1_749_866_760_000)
    #expect(indonesian.moment(moment) == "14 Juni 2025, 09.06 WIB")
    #expect(english.moment(moment) == "14 June 2025, 10:06 WITA")
    let born = try #require(CivilDate(year: 2024, month: 1, day: 31))
    let day = try #require(CivilDate(year: 2025, month: 2, day: 28))
    #expect(indonesian.age(born: born, on: day) == "13 bulan 0 hari")
    #expect(indonesian.age(born: day, on: born) == "umur tidak diketahui")
  }
}
