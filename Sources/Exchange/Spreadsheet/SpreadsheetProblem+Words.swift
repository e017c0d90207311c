/// What the catalogues need: a name for the explanation, and what it fills in.
extension SpreadsheetProblem {
  /// The names of the explanations.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// See the case of the same name.
    case unreadable, empty, damaged
    /// See the cases of the same names.
    case isFolder = "is_folder"
    case fileTooLarge = "file_too_large"
    case notASpreadsheet = "not_a_spreadsheet"
    /// ``SpreadsheetProblem/notASpreadsheet(_:)`` of what cannot be saved as one.
    case noTable = "no_table"
    case passwordProtected = "password_protected"
    case damagedMarkup = "damaged_markup"
    case missingPart = "missing_part"
    case tooManyEntries = "too_many_entries"
    case unsafeName = "unsafe_name"
    case duplicateName = "duplicate_name"
    case unknownPacking = "unknown_packing"
    case partTooLarge = "part_too_large"
    case packedTooTightly = "packed_too_tightly"
    case unpacksTooLarge = "unpacks_too_large"
    case documentType = "document_type"
    case nestedTooDeeply = "nested_too_deeply"
    case tooManyAttributes = "too_many_attributes"
    case attributeTooLong = "attribute_too_long"
    case tagTooLong = "tag_too_long"
    case externalPart = "external_part"
    case tooManyFormats = "too_many_formats"
    case tooManySharedTexts = "too_many_shared_texts"
    case sharedTextsTooLarge = "shared_texts_too_large"
    case noSuchSharedText = "no_such_shared_text"
    case noSheet = "no_sheet"
    case noSuchSheet = "no_such_sheet"
    case severalSheets = "several_sheets"
    case noHeading = "no_heading"
    case mergedHeading = "merged_heading"
    case unreadableHeading = "unreadable_heading"
    case outOfOrder = "out_of_order"
    case tooManyColumns = "too_many_columns"
    case tooManyRows = "too_many_rows"
    case rowTooLong = "row_too_long"
    case textTooLong = "text_too_long"
    case tooManyMergedRanges = "too_many_merged_ranges"
    case tookTooLong = "took_too_long"
  }

  /// The name of the explanation.
  public var code: Code { words.code }

  /// What the explanation fills in, by the name of the gap. `size` is in MB; `kind` is the raw
  /// value of an ``OtherFileKind``, and `problem` that of a ``CellProblem/Code``.
  /// Long names, which a hostile file may hold, are cut.
  public var details: [String: String] {
    words.details.mapValues { $0.utf8.count > 300 ? $0.prefix(200) + "…" : $0 }
  }

  private var words: (code: Code, details: [String: String]) {
    switch self {
    case .unreadable(let path): (.unreadable, ["path": path])
    case .isFolder(let path): (.isFolder, ["path": path])
    case .empty: (.empty, [:])
    case .fileTooLarge(let limit): (.fileTooLarge, ["size": megabytes(limit)])
    case .notASpreadsheet(let kind):
      (kind.isNoTable ? .noTable : .notASpreadsheet, ["kind": kind.rawValue])
    case .passwordProtected: (.passwordProtected, [:])
    case .damaged(let part): (.damaged, ["part": part ?? ""])
    case .damagedMarkup(let part, let line): (.damagedMarkup, at(part, line))
    case .missingPart(let part): (.missingPart, ["part": part])
    case .tooManyEntries(let count, let limit):
      (.tooManyEntries, ["count": String(count), "limit": String(limit)])
    case .unsafeName(let name): (.unsafeName, ["name": name])
    case .duplicateName(let name): (.duplicateName, ["name": name])
    case .unknownPacking(let part): (.unknownPacking, ["part": part])
    case .partTooLarge(let part, let limit):
      (.partTooLarge, ["part": part, "size": megabytes(limit)])
    case .packedTooTightly(let part, let limit):
      (.packedTooTightly, ["part": part, "limit": String(limit)])
    case .unpacksTooLarge(let limit): (.unpacksTooLarge, ["size": megabytes(limit)])
    case .documentType(let part): (.documentType, ["part": part])
    case .nestedTooDeeply(let part, let line): (.nestedTooDeeply, at(part, line))
    case .tooManyAttributes(let part, let line): (.tooManyAttributes, at(part, line))
    case .attributeTooLong(let part, let line): (.attributeTooLong, at(part, line))
    case .tagTooLong(let part, let line): (.tagTooLong, at(part, line))
    case .externalPart(let target): (.externalPart, ["target": target])
    case .tooManyFormats(let limit): (.tooManyFormats, ["limit": String(limit)])
    case .tooManySharedTexts(let limit): (.tooManySharedTexts, ["limit": String(limit)])
    case .sharedTextsTooLarge(let limit): (.sharedTextsTooLarge, ["size": megabytes(limit)])
    default: sheetWords
    }
  }

  private var sheetWords: (code: Code, details: [String: String]) {
    switch self {
    case .noSuchSharedText(let sheet, let cell):
      (.noSuchSharedText, ["sheet": sheet, "cell": cell])
    case .noSheet: (.noSheet, [:])
    case .noSuchSheet(let name, let sheets):
      (.noSuchSheet, ["name": name, "sheets": sheets.joined(separator: ", ")])
    case .severalSheets(let sheets):
      (.severalSheets, ["sheets": sheets.joined(separator: ", ")])
    case .noHeading(let sheet): (.noHeading, ["sheet": sheet])
    case .mergedHeading(let sheet, let range):
      (.mergedHeading, ["sheet": sheet, "range": range])
    case .unreadableHeading(let sheet, let cell, let problem):
      (
        .unreadableHeading,
        ["sheet": sheet, "cell": cell, "problem": problem.code.rawValue]
          .merging(problem.details) { ours, _ in ours }
      )
    case .outOfOrder(let sheet, let line):
      (.outOfOrder, ["sheet": sheet, "line": String(line)])
    case .tooManyColumns(let sheet, let line, let limit):
      (.tooManyColumns, ["sheet": sheet, "line": String(line), "limit": String(limit)])
    case .tooManyRows(let sheet, let limit):
      (.tooManyRows, ["sheet": sheet, "limit": String(limit)])
    case .rowTooLong(let sheet, let line):
      (.rowTooLong, ["sheet": sheet, "line": String(line)])
    case .textTooLong(let sheet, let cell, let limit):
      (.textTooLong, ["sheet": sheet, "cell": cell, "limit": String(limit)])
    case .tooManyMergedRanges(let sheet, let limit):
      (.tooManyMergedRanges, ["sheet": sheet, "limit": String(limit)])
    case .tookTooLong(let seconds): (.tookTooLong, ["seconds": String(seconds)])
    default: preconditionFailure("\(self) has no words")
    }
  }

  private func megabytes(_ bytes: Int) -> String { String(max(1, bytes >> 20)) }

  private func at(_ part: String, _ line: Int) -> [String: String] {
    ["part": part, "line": String(line)]
  }
}
