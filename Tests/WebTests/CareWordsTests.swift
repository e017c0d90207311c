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
        names += (row.actions + row.actions.asKader).map { "actions.\($0.name)" }
        for dose in row.actions.flatMap(\.doses) {
          names += ["doseLines.\(dose.name)"] + dose.forms.map { "doseForms.\($0)" }
        }
      }
    }
    for aid in book.guidelines.flatMap(\.dangerSigns).compactMap(\.firstAid) {
      names += (aid.actions + aid.actions.asKader).map { "actions.\($0.name)" }
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
