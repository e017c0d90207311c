import Health
import Journal
import Services

/// The files that were brought in.
struct ImportsPage {
  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  func rendering() throws -> Rendering {
    let words = visit.words
    let batches = try visit.district.importBatches()
    // Rows of a file tell of persons from anywhere.
    let mayOpen = visit.reachesEverything(.seeImports)
    return Rendering(
      template: "imports", title: words["imports.title"],
      crumbs: visit.homeCrumbs(words["common.menu_imports"]), section: .imports,
      fields: [
        "has_batches": !batches.isEmpty, "command": words["imports.command"],
        "refused_facts": try RefusedFactsPage.notice(visit),
        "batches": batches.map { batch -> Fields in
          ImportText(visit).fields(of: batch).merging([
            "url": mayOpen ? Links.importBatch(batch.id) : nil
          ])
        },
      ])
  }
}

/// An import in words.
struct ImportText {
  private static let longestRun: Int64 = 3_600_000

  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  func fields(of batch: ImportBatch) -> Fields {
    let format = visit.format
    return [
      "file": batch.fileName, "time": format.moment(batch.startedAt),
      "rows": format.whole(batch.rows), "accepted": format.whole(batch.accepted),
      "already": format.whole(batch.alreadyThere), "refused": format.whole(batch.refused),
      "status": status(of: batch),
    ]
  }

  /// An import without an end runs, or was cut off where it began long ago.
  private func status(of batch: ImportBatch) -> Fields {
    let (code, tone) =
      if batch.finishedAt != nil {
        batch.refused > 0 ? ("done_refused", "poor") : ("done", "good")
      } else if visit.site.now.milliseconds - batch.startedAt.milliseconds
        < ImportText.longestRun
      {
        ("running", "fair")
      } else {
        ("failed", "bad")
      }
    return ["word": visit.words["imports.status.\(code)"], "tone": tone]
  }

  /// A part of a refused row's explanation: `what` or `mend`.
  func explanation(of row: RefusedRow, _ part: String) -> String {
    let code = row.problem.hasPrefix("import.") ? row.problem : "import.\(row.problem)"
    guard let text = visit.words.find("errors.\(code).\(part)") else {
      return visit.words["errors.import.other.\(part)"]
    }
    var values = row.details
    values["column"] = values["column"] ?? row.column
    values["value"] = values["value"] ?? row.value
    return Words.fill(text, values)
  }

  /// A part of a warning's explanation: `what` or `mend`.
  func explanation(of row: DoubtfulRow, _ part: String) -> String {
    Words.fill(visit.words["warnings.import.\(row.warning).\(part)"], row.details)
  }
}

/// One import with its refused rows.
struct ImportPage {
  private static let pageSize = 50

  private let visit: Visit
  private let batch: ImportBatch

  init(_ visit: Visit, id: Identifier) throws {
    guard let batch = try visit.district.importBatch(id) else { throw PageProblem.notFound }
    guard visit.reachesEverything(.seeImports) else { throw PageProblem.outOfReach }
    self.visit = visit
    self.batch = batch
  }

  func rendering() throws -> Rendering {
    let words = visit.words
    let page = try visit.query.page()
    let pages = max(1, (batch.refused + ImportPage.pageSize - 1) / ImportPage.pageSize)
    guard page <= pages else {
      throw PageProblem.badParameter(name: "page", value: "\(page)")
    }
    let first = (page - 1) * ImportPage.pageSize
    let rows = try visit.district.refusedRows(
      of: batch.id, offset: first, limit: ImportPage.pageSize)
    let doubtful = try visit.district.doubtfulRows(of: batch.id, limit: ImportPage.pageSize)
    let warnings = try visit.district.warningCount(of: batch.id)
    return Rendering(
      template: "import", title: batch.fileName,
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["common.menu_imports"], url: "/imports"), Crumb(name: batch.fileName),
      ], section: .imports,
      fields: [
        "batch": ImportText(visit).fields(of: batch), "has_refused": !rows.isEmpty,
        "download_url": "\(Links.importBatch(batch.id))/refused.csv",
        "refused_rows": rows.map(row), "has_warnings": !doubtful.isEmpty,
        "warnings_url": "\(Links.importBatch(batch.id))/warnings.csv",
        "warnings_intro": words(
          "import.warnings_intro",
          ["shown": visit.format.whole(doubtful.count), "total": visit.format.whole(warnings)]),
        "doubtful_rows": doubtful.map(row),
        "paging": pages > 1
          ? Paging(visit).fields(
            page, of: pages, size: ImportPage.pageSize, total: batch.refused
          ) { Links.importBatch(batch.id, page: $0) } : nil,
      ])
  }

  private func row(_ row: RefusedRow) -> Fields {
    let text = ImportText(visit)
    return [
      "line": visit.format.whole(row.line),
      "column": row.column.isEmpty ? visit.words["common.none"] : row.column,
      "value": row.value.isEmpty ? visit.words["import.empty_value"] : row.value,
      "problem": text.explanation(of: row, "what"), "mend": text.explanation(of: row, "mend"),
    ]
  }

  /// The refused rows in the columns of the file that they came from, so that they can be mended
  /// and imported again.
  func spreadsheet() throws -> Spreadsheet {
    guard let file = try visit.district.refusedFile(of: batch.id) else {
      return try explained()
    }
    var sheet = Spreadsheet(
      name: "refused-\(batch.fileName).csv", rows: file.rows.map { $0.map { .text($0) } })
    sheet.separator = file.separator
    return sheet
  }

  private func row(_ row: DoubtfulRow) -> Fields {
    let text = ImportText(visit)
    return [
      "line": visit.format.whole(row.line), "column": row.column, "value": row.value,
      "problem": text.explanation(of: row, "what"), "mend": text.explanation(of: row, "mend"),
    ]
  }

  /// The refused rows with what is wrong: for imports from before headings were kept.
  private func explained() throws -> Spreadsheet {
    let words = visit.words
    let text = ImportText(visit)
    let keys = ["line", "column", "value", "problem", "mend", "row"]
    var rows: [[Spreadsheet.Cell]] = [keys.map { .text(words["import.\($0)"]) }]
    for row in try visit.district.refusedRows(of: batch.id) {
      rows.append([
        .count(row.line), .text(row.column), .text(row.value),
        .text(text.explanation(of: row, "what")), .text(text.explanation(of: row, "mend")),
        .text(row.row),
      ])
    }
    return Spreadsheet(name: "refused-\(batch.fileName).csv", rows: rows)
  }

  /// The rows that were taken with a warning, and what to look at.
  func warningSpreadsheet() throws -> Spreadsheet {
    let words = visit.words
    let text = ImportText(visit)
    let keys = ["line", "column", "value", "problem", "mend"]
    var rows: [[Spreadsheet.Cell]] = [keys.map { .text(words["import.\($0)"]) }]
    for row in try visit.district.doubtfulRows(of: batch.id) {
      rows.append([
        .count(row.line), .text(row.column), .text(row.value),
        .text(text.explanation(of: row, "what")), .text(text.explanation(of: row, "mend")),
      ])
    }
    return Spreadsheet(name: "warnings-\(batch.fileName).csv", rows: rows)
  }
}
