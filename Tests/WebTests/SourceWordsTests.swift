import Guidance
import Monitoring
import Programmes
import Services
import Testing

@testable import Web

/// Where a rule stands is told in the reader's language, unless the words are a publication's own.
@Suite struct SourceWordsTests {
  /// Publications whose chapters and tables are named as they name them.
  private static let quoted: Set<String> = [
    "kmk-2015-2023", "kmk-2015-2023-birth-weight", "kmk-2015-2023-idl",
    "kmk-2015-2023-immunization", "kmk-1098-2024", "kmk-1098-2024-first", "kmk-1186-2022",
    "permenkes-2-2020", "permenkes-39-2016", "permenkes-12-2017-t", "permenkes-66-2014",
    "shk-permenkes-78-2014", "ckg-2025", "spm-ages", "ilp-preschool", "iks-growth",
    "iks-insurance", "buku-kia-2024", "kia-immunization-chart", "kbm-kia-2023", "kms-red-line",
    "kms-orange-line", "vitamin-a", "cacing", "gizi-buruk-2019", "gizi-buruk-2011", "sdidtk",
    "sdidtk-kpsp", "sdidtk-2016", "kspr", "pnpk-preeklampsia", "mtbs-2022", "mtbs-2015",
    "tb-anak-2016", "skdn", "kader-levels", "kader-25", "who-2006", "who-2007",
    "who-2009-velocity", "intergrowth-21-newborn", "intergrowth-21-very-preterm", "who-smart-anc",
    "who-smart-emcare", "who-imci-2014",
  ]
  /// Limits that are written alike in both languages.
  private static let marks: Set<String> = ["±2 SD"]

  /// Every source that a plan, a form, the book of guidelines or a page of figures can cite.
  private static var cited: [Source] {
    var sources: [Source] = []
    for guideline in Guideline.motherAndChild {
      sources.append(guideline.source)
      sources += guideline.services.map(\.source) + guideline.series.map(\.source)
      sources += guideline.matrices.map(\.source) + guideline.tables.map(\.source)
      sources += guideline.instruments.map(\.source) + guideline.dangerSigns.map(\.source)
      sources += guideline.dangerSigns.compactMap(\.firstAid?.source)
      sources +=
        GuidelineBook().chapter(of: guideline)?.settings
        .flatMap { $0.readings.map(\.source) } ?? []
    }
    sources += ClinicalSetting.motherAndChild.flatMap { $0.readings.map(\.source) }
    sources += Indicator.definitions.map(\.source)
    sources += Indicator.definitions.compactMap(\.targetSource)
    sources += GrowthSetting.allCases.map(\.source) + FamilyIndexSetting.allCases.map(\.source)
    sources += ImmunizationSetting.allCases.map(\.source)
    sources += ImmunizationRow.childhood(ImmunizationSettings())
      .flatMap { [$0.source, $0.intervalSource] }
    sources += [
      KaderSettings.levelSource, KaderSettings.madyaSource, KaderSettings.skillMonthsSource,
      KaderSettings.leastKaderSource, NutritionalStatus.headCircumferenceSource,
      .tetanusStatus, .immunizationFromMemory, .immunizationCompleteness,
    ]
    return sources
  }

  @Test func everyPlaceIsAPublicationsOwnOrHasWordsInBothLanguages() throws {
    let indonesian = try Phrases(.indonesian)
    let english = try Phrases(.english)
    #expect(Self.cited.count > 200)
    for source in Self.cited where !Self.quoted.contains("\(source.id)") {
      let place = "\(source.place)"
      #expect(
        Self.marks.contains(place) || indonesian.cited(place) != english.cited(place),
        "\(source.id): \(place)")
    }
  }

  /// No code of ours stands where a midwife reads where a rule comes from.
  @Test(arguments: Language.allCases) func noCodesOfOurs(_ language: Language) throws {
    let text = SourceText(words: Words(try Phrases(language)))
    for source in Self.cited {
      let line = text.line(source)
      #expect(!line.contains("default"), "\(line)")
      #expect(!line.contains("docs/"), "\(line)")
    }
  }

  @Test func wordsOfOurOwnAreInTheReadersLanguage() throws {
    let indonesian = try Phrases(.indonesian)
    let english = try Phrases(.english)
    #expect(english.cited("nifas, setelah keguguran") == "after birth, after a miscarriage")
    #expect(indonesian.cited("nifas, setelah keguguran") == "nifas, setelah keguguran")
    #expect(indonesian.cited("default") == "kebiasaan Sikilap (belum dari pedoman)")
    #expect(english.cited("tanda bahaya umum") == "tanda bahaya umum")
    #expect(indonesian.cited("pulse, breaths, temperature") == "nadi, napas, suhu")
    #expect(english.cited("") == "")
  }
}
