import Guidance
import Health
import Programmes
import Services
import Testing

@testable import Web

/// Whatever a plan or a form can name has words in both languages.
@Suite struct CareWordsTests {
  private static let book = CareBook.motherAndChild

  /// Every name that a care plan can show.
  private static var planned: [String] {
    var names = book.services.values.map { "services.\($0.name)" }
    names += book.guidelines.map { "guidelines.\($0.name)" }
    for table in book.tables.values {
      names.append("tables.\(table.name)")
      for row in table.rows {
        names.append("classes.\(row.name)")
        names += row.actions.map { "actions.\($0.name)" }
        for dose in row.actions.flatMap(\.doses) {
          names += ["doseLines.\(dose.name)"] + dose.forms.map { "doseForms.\($0)" }
        }
      }
    }
    for aid in book.guidelines.flatMap(\.dangerSigns).compactMap(\.firstAid) {
      names += aid.actions.map { "actions.\($0.name)" }
    }
    for instrument in book.instruments.values {
      names.append("instruments.\(instrument.name)")
      for place in Int32(-1)...200 {
        names.append("bands.\(instrument.bands.category(of: place).name)")
      }
    }
    return names
  }

  /// Every name that a form can show.
  private static var asked: [String] {
    var names: [String] = []
    for form in book.forms {
      names.append("forms.\(form.name)")
      names += form.sections.map { "sections.\($0.name)" }
    }
    for element in book.elements.values where DevelopmentQuestionnaire.item(element.code) == nil {
      names.append("elements.\(element.name)")
      if case .choice(let count) = element.form {
        names += (1...count).map { "choices.\(element.name).\($0)" }
      }
    }
    names += PregnancyFigure.allCases.map { "figures.\($0.element.name)" }
    names += CarePerformer.allCases.map { "performers.\($0.code)" }
    names += CareSetting.allCases.map { "places.\($0.code)" }
    names += BirthPlace.allCases.map { "birth_places.\($0.code)" }
    names += BirthAttendant.allCases.map { "attendants.\($0.code)" }
    names += QuantityUnit.allCases.map { "units.\($0.code)" }
    names += Urgency.allCases.map { "urgency.\($0.code)" }
    for anchor in Anchor.allCases {
      names += ["from", "until", "between"].map { "criteria.\(anchor.code)_\($0)" }
    }
    return names
  }

  @Test(arguments: Language.allCases) func everyNameHasText(_ language: Language) throws {
    let words = Words(try Phrases(language))
    for name in Set(Self.planned + Self.asked).sorted() {
      let item = name.replacing("elements.", with: "items.")
      #expect(words.find("care.\(name)") ?? words.find("care.\(item)") != nil, "\(name)")
    }
  }

  /// Everything that is done at once, and the other help that only health workers give.
  private static var help: [[CareAction]] {
    let aids = book.guidelines.flatMap(\.dangerSigns).compactMap(\.firstAid).map(\.actions)
    let now = book.tables.values.flatMap(\.rows).filter { $0.urgency == .referNow }
    return aids + now.map(\.actions)
      + [[.giveMagnesiumSulphate], [.firstAntibioticAndRefer], [.lookForShock]]
  }

  private static func told(_ actions: [CareAction], in language: Language) throws -> [CareAction] {
    let format = Format(words: Words(try Phrases(language)), hoursEastOfGreenwich: 7)
    return CareText(format: format, settings: ClinicalSettings(), isForKader: true).told(actions)
  }

  private static func read(_ action: CareAction, in language: Language, byKader: Bool?) throws
    -> String
  {
    let format = Format(words: Words(try Phrases(language)), hoursEastOfGreenwich: 7)
    return CareText(format: format, settings: ClinicalSettings(), isForKader: byKader)
      .action(action)
  }

  /// A kader lays down, calls and stays, and treats nothing.
  @Test(arguments: Language.allCases) func aKaderReadsNoTreatment(_ language: Language) throws {
    let treats = [
      "infus", "oksitosin", "oxytocin", "magnes", "oksigen", "oxygen", "antibiot", "vagin",
      "periksa dalam", "tekanan darah", "pressure", "nadi", "pulse",
    ]
    let all = Self.help.flatMap(\.self)
    #expect(all.contains(.careForUnconscious) && all.contains(.careForChildFits))
    for list in Self.help {
      let told = try Self.told(list, in: language)
      #expect(!told.isEmpty)
      for action in told {
        let kader = try Self.read(action, in: language, byKader: true)
        #expect(try kader != Self.read(action, in: language, byKader: false), "\(action.name)")
        for word in treats { #expect(!kader.lowercased().contains(word), "\(action.name)") }
      }
    }
  }

  /// Whoever helps at once calls for help, and puts nothing into the mouth of who could choke on it.
  @Test func aKaderCallsAndStays() throws {
    let aids = Self.book.guidelines.flatMap(\.dangerSigns).compactMap(\.firstAid)
    let firsts = try aids.compactMap { try Self.told($0.actions, in: .indonesian).first }
    for first in Set(
      firsts.filter { $0 != .referNow && $0 != .warmNewborn } + [
        CareAction.careForShock, .giveMagnesiumSulphate,
      ])
    {
      let kader = try Self.read(first, in: .indonesian, byKader: true)
      #expect(kader.contains("panggil bidan dan ambulans"), "\(first.name)")
      #expect(kader.contains("jangan tinggalkan"), "\(first.name)")
      let chokes = [
        CareAction.careForFits, .careForUnconscious, .careForChildFits, .careForWomanInFits,
        .careForUnconsciousWoman,
      ].contains(first)
      #expect((kader.contains("jangan beri") || kader.contains("mulut")) == chokes)
      let sits = [CareAction.careForBreathing, .careForBreathlessWoman].contains(first)
      #expect(kader.contains("Dudukkan") == sits)
    }
  }

  /// Whoever brings a dry child goes on giving it to drink, wherever whoever refers it does; it says
  /// that the child has to be able to.
  @Test(arguments: ["dehydration", "infant_dehydration"])
  func aKaderGivesDrinkOnTheWay(table name: String) throws {
    let table = try #require(Self.book.tables.values.first { "\($0.name)" == name })
    let dry = table.rows.filter { $0.urgency == .referNow }
    #expect(dry.count == (name == "dehydration" ? 3 : 1))
    for row in dry {
      #expect(try Self.told(row.actions, in: .indonesian).contains(.salineOnTheWay), "\(row.name)")
    }
    let sips = try Self.read(.salineOnTheWay, in: .indonesian, byKader: true)
    #expect(sips.contains("oralit sedikit demi sedikit selama perjalanan"))
    #expect(sips.contains("bila anak sadar dan dapat minum"))
  }

  /// Of whom no pregnancy is known nothing is done or called as in pregnancy or after birth, but
  /// where she may be pregnant: "if", and never to a kader.
  @Test func helpOfAnyWomanNamesNoPregnancy() throws {
    let aids = Guideline.pregnancy.dangerSigns.filter {
      $0.shownFor == .days(1) && $0.applies != .pregnant
    }.compactMap(\.firstAid)
    #expect(Set(aids.flatMap(\.actions)).count == 7)
    let conditions = [
      "Jangan periksa dalam bila mungkin hamil; ",
      "magnesium sulfat oleh yang berwenang bila hamil atau baru melahirkan; ",
    ]
    let bleeding = try Self.read(.careForBleedingWoman, in: .indonesian, byKader: false)
    let fits = try Self.read(.careForWomanInFits, in: .indonesian, byKader: false)
    #expect(bleeding.contains(conditions[0]) && fits.contains(conditions[1]))
    let words = ["hamil", "P4K", "persalinan", "nifas", "rahim", "oksitosin", "magnesium", "ibu"]
    for action in Set(aids.flatMap(\.actions) + [.makeSureOfPregnancy]) {
      for byKader in action == .makeSureOfPregnancy ? [true] : [true, false] {
        var read = try Self.read(action, in: .indonesian, byKader: byKader)
        if !byKader { for condition in conditions { read = read.replacing(condition, with: "") } }
        for word in words { #expect(!read.contains(word), "\(action.name): \(word)") }
      }
    }
  }

  /// What is done only where something is seen keeps its "if" for whoever reads it.
  @Test(arguments: [
    (CareAction.treatWheeze, "mengi", "Bila napas berbunyi"),
    (.treatThrush, "bila ada", "Bila ada bercak putih"),
  ]) func aConditionStaysOne(_ action: CareAction, worker: String, kader: String) throws {
    #expect(try Self.read(action, in: .indonesian, byKader: false).contains(worker))
    #expect(try Self.read(action, in: .indonesian, byKader: true).hasPrefix(kader))
  }

  /// Words for a reader of an action that is none would never be read.
  @Test(arguments: Language.allCases) func wordsOfReadersAreOfActions(_ language: Language) throws {
    guard case .branch(let all) = try Phrases(language).tree,
      case .branch(let care)? = all["care"]
    else {
      Issue.record("no words of care")
      return
    }
    let named = Set(Self.planned.filter { $0.hasPrefix("actions.") }.map { $0.dropFirst(8) })
    for reader in ["kader_actions", "health_worker_actions"] {
      guard case .branch(let own)? = care[reader] else {
        Issue.record("no words of \(reader)")
        continue
      }
      for name in own.keys { #expect(named.contains(name[...]), "\(reader): \(name)") }
    }
  }

  /// A criterion that has no words would stand as a dotted key on the page.
  @Test(arguments: Language.allCases) func everyCriterionIsASentence(_ language: Language) throws {
    let format = Format(words: Words(try Phrases(language)), hoursEastOfGreenwich: 7)
    let text = CareText(format: format, settings: ClinicalSettings())
    var criteria = Self.book.services.values.map(\.applies) + Self.book.forms.map(\.applies)
    for table in Self.book.tables.values {
      criteria += [table.applies] + table.rows.map(\.when)
    }
    for instrument in Self.book.instruments.values {
      criteria += [instrument.applies] + instrument.items.map(\.when)
    }
    for form in Self.book.forms {
      criteria += form.sections.flatMap(\.questions).map(\.when)
    }
    for criterion in criteria {
      let sentence = text.sentence(criterion)
      #expect(!sentence.isEmpty && !sentence.contains("care."), "\(sentence)")
    }
  }
}
