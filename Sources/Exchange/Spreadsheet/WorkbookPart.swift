/// A sheet of a file.
public struct SpreadsheetSheet: Hashable, Sendable {
  /// The name on its tab.
  public let name: String
  /// Whether the program hides the sheet from who opens the file.
  public let isHidden: Bool
  /// The part of the file that holds it.
  let part: String
}

/// The workbook's own part: its sheets and how it counts days.
struct WorkbookPart {
  let sheets: [SpreadsheetSheet]
  let countsFrom1904: Bool
  let sharedTextsPart: String?
  let stylesPart: String?

  init(in file: OpenFile) throws(SpreadsheetProblem) {
    let part = try WorkbookPart.mainPart(in: file)
    let listener = WorkbookListener()
    try file.read(part, to: listener)
    guard listener.isWorkbook else { throw .notASpreadsheet(.otherPacked) }
    let relationships = try Relationships(of: part, in: file)
    var sheets: [SpreadsheetSheet] = []
    for sheet in listener.sheets {
      guard let found = relationships.id(sheet.id), found.kind == "worksheet" else { continue }
      sheets.append(
        SpreadsheetSheet(
          name: sheet.name, isHidden: sheet.isHidden, part: try relationships.part(of: found)))
    }
    guard !sheets.isEmpty else { throw .noSheet }
    self.sheets = sheets
    countsFrom1904 = listener.countsFrom1904
    sharedTextsPart = try relationships.part("sharedStrings")
    stylesPart = try relationships.part("styles")
  }

  private static func mainPart(in file: OpenFile) throws(SpreadsheetProblem) -> String {
    let typesPart = "[Content_Types].xml"
    guard file.archive.has(typesPart) else {
      let isOpenDocument = file.archive.has("content.xml") && file.archive.has("mimetype")
      throw .notASpreadsheet(isOpenDocument ? .openDocument : .otherPacked)
    }
    let types = ContentTypes()
    try file.read(typesPart, to: types)
    let roots = try Relationships(of: "", in: file)
    guard let part = try roots.part("officeDocument") else {
      throw .notASpreadsheet(.otherPacked)
    }
    if let type = types.type(of: part) {
      if type.contains("sheet.binary") { throw .notASpreadsheet(.binaryExcel) }
      guard type.contains("spreadsheetml") || type.contains("ms-excel") else {
        throw .notASpreadsheet(.otherPacked)
      }
    }
    return part
  }
}

private final class WorkbookListener: PartListener {
  var sheets: [(name: String, id: String, isHidden: Bool)] = []
  var countsFrom1904 = false
  var isWorkbook = false
  private var isInSheets = false

  override var wantsText: Bool { false }

  override func start(
    _ name: MarkupName, _ attributes: MarkupAttributes, depth: Int
  ) throws(SpreadsheetProblem) {
    switch depth {
    case 1: isWorkbook = name == "workbook"
    case 2:
      isInSheets = name == "sheets"
      if name == "workbookPr" { countsFrom1904 = attributes.isTrue("date1904") }
    case 3 where isInSheets && name == "sheet":
      let state = attributes["state"] ?? "visible"
      sheets.append((attributes["name"] ?? "", attributes["id"] ?? "", state != "visible"))
    default: break
    }
  }
}
