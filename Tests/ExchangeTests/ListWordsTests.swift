import Services
import Testing

@testable import Exchange

@Suite("Words of lists")
struct ListWordsTests {
  @Test(
    "Every problem, warning, change and outcome has its words, with exactly the gaps that it fills",
    arguments: Language.allCases)
  func sentences(language: Language) throws {
    let phrases = try Phrases(language)
    for code in ListRowProblem.Code.allCases {
      let gaps = WordsTests.gaps("errors.list.\(code.rawValue)", phrases)
      #expect(gaps == ListGaps.problems[code] ?? [], "\(code)")
    }
    for code in ListRowWarning.Code.allCases {
      let gaps = WordsTests.gaps("warnings.list.\(code.rawValue)", phrases)
      #expect(gaps == ListGaps.warnings[code] ?? [], "\(code)")
    }
    let headings: [ListHeadingProblem] = [
      .missingColumn(field: "sex", accepted: ["JK"], headings: ["Nama"]),
      .twoColumns(field: "sex", heading: "JK"),
    ]
    #expect(Set(headings.map(\.code)) == Set(ListHeadingProblem.Code.allCases))
    for problem in headings {
      let gaps = WordsTests.gaps("errors.list_heading.\(problem.code.rawValue)", phrases)
      #expect(gaps == Set(problem.details.keys), "\(problem)")
    }
    let names =
      ListChange.Attribute.allCases.map { "lists.attributes.\($0.rawValue)" }
      + ListOutcome.allCases.map { "lists.outcomes.\($0.rawValue)" }
    for key in names { #expect(phrases[key] != key) }
  }
}
