import Services
import Testing

@testable import Exchange

@Suite("Words of problems")
struct WordsTests {
  static let problems: [SpreadsheetProblem] = [
    .unreadable(path: "a"), .isFolder(path: "a"), .empty, .fileTooLarge(limit: 20 << 20),
    .notASpreadsheet(.webPage), .notASpreadsheet(.pdf), .passwordProtected, .damaged(part: "p"),
    .damagedMarkup(part: "p", line: 1), .missingPart("p"), .tooManyEntries(count: 2, limit: 1),
    .unsafeName("n"), .duplicateName("n"), .unknownPacking(part: "p"),
    .partTooLarge(part: "p", limit: 1), .packedTooTightly(part: "p", limit: 1),
    .unpacksTooLarge(limit: 1), .documentType(part: "p"), .nestedTooDeeply(part: "p", line: 1),
    .tooManyAttributes(part: "p", line: 1), .attributeTooLong(part: "p", line: 1),
    .tagTooLong(part: "p", line: 1), .externalPart(target: "t"), .tooManyFormats(limit: 1),
    .tooManySharedTexts(limit: 1), .sharedTextsTooLarge(limit: 1),
    .noSuchSharedText(sheet: "s", cell: "A1"), .noSheet, .noSuchSheet(name: "n", sheets: ["s"]),
    .severalSheets(["s", "t"]), .noHeading(sheet: "s"), .mergedHeading(sheet: "s", range: "A1:B1"),
    .unreadableHeading(sheet: "s", cell: "A1", .falseLeapDay), .outOfOrder(sheet: "s", line: 1),
    .tooManyColumns(sheet: "s", line: 1, limit: 1), .tooManyRows(sheet: "s", limit: 1),
    .rowTooLong(sheet: "s", line: 1), .textTooLong(sheet: "s", cell: "A1", limit: 1),
    .tooManyMergedRanges(sheet: "s", limit: 1), .tookTooLong(seconds: 1),
  ]

  static let writeProblems: [SpreadsheetWriteProblem] = [
    .cannotWrite(path: "p"), .textTooLong(sheet: "s", cell: "A1"), .tooManyRows(sheet: "s"),
    .tooManyValues(sheet: "s", line: 2), .notANumber(sheet: "s", cell: "A1"),
  ]

  /// The gaps of a sentence.
  static func gaps(_ text: String) -> Set<String> {
    Set(text.matches(of: /\{([a-z]+)\}/).map { String($0.1) })
  }

  /// The gaps of what is wrong and of how to mend it; fails where a sentence is missing.
  static func gaps(_ key: String, _ phrases: Phrases) -> Set<String> {
    let keys = [key + ".what", key + ".mend"]
    for key in keys { #expect(phrases[key] != key, "\(phrases.language): no \(key)") }
    return gaps(keys.map { phrases[$0] }.joined())
  }

  @Test(
    "Every problem has a sentence with exactly the gaps that it fills",
    arguments: Language.allCases)
  func sentences(language: Language) throws {
    let phrases = try Phrases(language)
    #expect(Set(Self.problems.map(\.code)) == Set(SpreadsheetProblem.Code.allCases))
    for problem in Self.problems {
      let gaps = Self.gaps("errors.spreadsheet.\(problem.code.rawValue)", phrases)
      #expect(gaps == Set(problem.details.keys), "\(problem.code)")
      let told = phrases.sentences(problem)
      #expect(Self.gaps(told.what + told.mend).isEmpty, "\(told)")
    }
    let range = try #require(CellRange("A1:B2"))
    let cells: [CellProblem] = [
      .errorValue("e"), .formulaWithoutResult, .falseLeapDay, .dayOutsideCalendar("0"),
      .unreadableValue("u"), .covered(by: range),
    ]
    #expect(Set(cells.map(\.code)) == Set(CellProblem.Code.allCases))
    for problem in cells {
      let gaps = Self.gaps("errors.cell.\(problem.code.rawValue)", phrases)
      #expect(gaps == Set(problem.details.keys), "\(problem.code)")
    }
    #expect(Set(Self.writeProblems.map(\.code)) == Set(SpreadsheetWriteProblem.Code.allCases))
    for problem in Self.writeProblems {
      let gaps = Self.gaps("errors.spreadsheet_write.\(problem.code.rawValue)", phrases)
      #expect(gaps == Set(problem.details.keys), "\(problem.code)")
    }
    for note in CellNotes.named {
      #expect(Self.gaps("warnings.cell.\(note.code)", phrases).isEmpty)
    }
    for kind in OtherFileKind.allCases {
      let key = "errors.spreadsheet_kinds.\(kind.rawValue)"
      #expect(phrases[key] != key)
      #expect(phrases.sentences(.notASpreadsheet(kind)).what.contains(phrases[key]))
    }
  }

  @Test("A heading that cannot be read tells why in the same sentence")
  func heading() throws {
    let problem = SpreadsheetProblem.unreadableHeading(
      sheet: "Data", cell: "B1", .errorValue("#REF!"))
    #expect(
      try Phrases(.english).sentences(problem).what
        == "The heading in cell B1 on sheet Data cannot be read: The cell shows the error #REF!.")
  }
}
