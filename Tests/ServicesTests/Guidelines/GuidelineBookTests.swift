import Guidance
import Health
import Programmes
import Testing

@testable import Services

/// What the book holds, and when its digests change.
@Suite("The book of guidelines")
struct GuidelineBookTests {
  private static let book = GuidelineBook()

  /// A guideline of one service, for changes.
  private static func guideline(
    within weeks: Int32 = 4, until setting: ClinicalSetting = .firstTrimesterDays,
    title: StaticString = "Contoh"
  ) -> Guideline {
    let source = Source(
      id: "contoh", title: title, edition: "1", place: "hlm. 1", standing: .fromMemory)
    return Guideline(
      900, "example", source: source, for: .pregnant,
      services: [
        CareService(
          9_000, "example_service", source: source,
          for: .after(.pregnancy, from: .none, until: .setting(setting)),
          .whenever(late: .weeks(weeks)), doneBy: .contact(.antenatal, by: .doctor))
      ])
  }

  private static func chapter(
    _ guideline: Guideline = guideline(), forms: [VisitForm] = [], doses: [DosingTable] = [],
    in force: ClinicalSettings = ClinicalSettings()
  ) -> GuidelineChapter {
    GuidelineChapter(guideline, forms: forms, doses: doses, alsoReads: [], in: force)
  }

  @Test("The same definitions have the same digest, whatever was made before")
  func stable() {
    let again = GuidelineBook()
    #expect(again.chapters.map(\.digest) == Self.book.chapters.map(\.digest))
    #expect(again.chapters.map(\.subject) == Self.book.chapters.map(\.subject))
    #expect(Self.chapter().digest == Self.chapter().digest)
  }

  @Test("Whatever is changed in a definition changes the digest")
  func sensitive() throws {
    var force = ClinicalSettings()
    let isSet = force.set(.firstTrimesterDays, to: 85)
    #expect(isSet)
    let changed = [
      Self.chapter(Self.guideline(within: 5)),
      Self.chapter(Self.guideline(title: "Contoh lain")),
      Self.chapter(Self.guideline(until: .secondTrimesterDays)),
      Self.chapter(forms: [.birthPlan]),
      Self.chapter(doses: [try #require(DosingTable.sickChild.first)]),
      Self.chapter(in: force),
    ]
    let digests = changed.map(\.digest) + [Self.chapter().digest]
    #expect(Set(digests).count == digests.count)
  }

  @Test("A setting that no rule names changes nothing")
  func unrelated() {
    var force = ClinicalSettings()
    let isSet = force.set(.ironTablets, to: 90)
    #expect(isSet)
    #expect(Self.chapter(in: force).digest == Self.chapter().digest)
  }

  @Test("A district's growth settings change the chapter of growth and no other")
  func settings() throws {
    var growth = GrowthSettings()
    growth.redLineHundredths = -250
    let other = GuidelineBook(SettingsEdition(name: "lain", growth: growth, named: [:]))
    for (chapter, standard) in zip(other.chapters, Self.book.chapters) {
      #expect((chapter.digest == standard.digest) == (chapter.code != GuidelineBook.growthCode))
    }
    var programmes = ProgrammeSettings()
    programmes.immunization.birthDoseLastDay = 30
    let late = GuidelineBook(
      SettingsEdition(
        name: "lain", growth: GrowthSettings(), named: [:], programmes: programmes))
    let changed = zip(late.chapters, Self.book.chapters).filter { $0.digest != $1.digest }
    #expect(changed.map(\.0.code) == [GuidelineBook.immunizationCode])
  }

  @Test("Every form and every table of doses stands in exactly one chapter")
  func whole() {
    var forms: [UInt16] = []
    var doses: [UInt16] = []
    for chapter in Self.book.chapters {
      guard case .care(_, let own, let tables) = chapter.content else { continue }
      forms += own.map(\.number)
      doses += tables.map(\.number)
    }
    #expect(forms.sorted() == VisitForm.all.map(\.number).sorted())
    #expect(doses.sorted() == DosingTable.sickChild.map(\.number).sorted())
    #expect(Set(Self.book.chapters.map(\.code)).count == Self.book.chapters.count)
    #expect(Set(Self.book.chapters.map(\.subject)).count == Self.book.chapters.count)
  }

  @Test("Whatever a plan names is found in a chapter")
  func found() throws {
    let care = CareBook.motherAndChild
    for number in care.services.keys {
      #expect(Self.book.chapter(ofService: number) != nil, "service \(number)")
    }
    for guideline in care.guidelines {
      let chapter = try #require(Self.book.chapter("\(guideline.name)"))
      #expect(chapter.source.title.description == guideline.source.title.description)
      for table in guideline.tables {
        #expect(Self.book.chapter(ofTable: table.number) != nil, "table \(table.number)")
      }
      for instrument in guideline.instruments {
        #expect(Self.book.chapter(ofInstrument: instrument.number) != nil)
      }
    }
    #expect(Self.book.chapter("tidak_ada") == nil)
  }

  /// Settings that are looked up before the rules are asked would be missing without a word.
  @Test("Every setting that has a name in the catalogue stands in a chapter")
  func everySetting() throws {
    let words = try Phrases(.indonesian)
    let named = words.keys.filter { $0.hasPrefix("care.settings.") }
      .map { String($0.dropFirst("care.settings.".count)) }
    let printed = Set(Self.book.chapters.flatMap { $0.settings.map { "\($0.name)" } })
    #expect(named.count > 70)
    #expect(Set(named) == printed)
  }
}
