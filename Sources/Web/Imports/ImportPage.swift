import Health
import Journal
import Services

/// One import with its refused rows.
struct ImportPage {
  private static let pageSize = 50

  private let visit: Visit
  private let batch: ImportBatch
  private let choice: RefusedRowChoice

  init(_ visit: Visit, id: Identifier) throws {
    guard let batch = try visit.district.importBatch(id) else { throw PageProblem.notFound }
    if let place = batch.place { visit.log.note(place: place) }
    guard visit.mayOpen(batch) else { throw PageProblem.outOfReach }
    self.visit = visit
    self.batch = batch
    choice = RefusedRowChoice(
      column: try visit.query.required("column") { String($0.prefix(200)) },
      order: try visit.query.required("sort") { RefusedRowChoice.Order(rawValue: $0) } ?? .line)
  }

  /// A list that the visitor has just brought.
  init(_ visit: Visit, own id: Identifier) throws {
    guard let batch = try visit.district.importBatch(id) else { throw PageProblem.notFound }
    self.visit = visit
    self.batch = batch
    choice = RefusedRowChoice()
  }

  func rendering() throws -> Rendering {
    let words = visit.words
    let page = try visit.query.page()
    let total = try visit.district.refusedRowCount(of: batch.id, choice)
    let pages = max(1, (total + ImportPage.pageSize - 1) / ImportPage.pageSize)
    guard page <= pages else {
      throw PageProblem.badParameter(name: "page", value: "\(page)")
    }
    let first = (page - 1) * ImportPage.pageSize
    let rows = try visit.district.refusedRows(
      of: batch.id, choice, offset: first, limit: ImportPage.pageSize)
    if !rows.isEmpty { visit.log.note(rows: rows.count) }
    let doubtful = try visit.district.doubtfulRows(of: batch.id, limit: ImportPage.pageSize)
    let warnings = try visit.district.warningCount(of: batch.id)
    return Rendering(
      template: "import", title: batch.fileName,
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["common.menu_imports"], url: "/imports"), Crumb(name: batch.fileName),
      ], section: .imports,
      fields: [
        "undo_url": visit.mayUndo(batch) ? Links.undo(batch.id) : nil,
        "batch": try ImportText(visit, of: [batch]).fields(of: batch), "has_refused": !rows.isEmpty,
        "has_filters": batch.refused > 0, "filters": try filters(),
        "none_refused": words[batch.refused > 0 ? "import.none_such" : "import.none_refused"],
        "download_url": address("/refused.csv"),
        "refused_rows": rows.map(row), "has_warnings": !doubtful.isEmpty,
        "warnings_url": "\(Links.importBatch(batch.id))/warnings.csv",
        "warnings_intro": words(
          "import.warnings_intro",
          ["shown": visit.format.whole(doubtful.count), "total": visit.format.whole(warnings)]),
        "doubtful_rows": doubtful.map(row),
        "paging": pages > 1
          ? Paging(visit).fields(
            page, of: pages, size: ImportPage.pageSize, total: total
          ) { address(page: $0) } : nil,
      ])
  }

  private func filters() throws -> Fields {
    let words = visit.words
    let columns = try visit.district.refusedColumns(of: batch.id).filter { !$0.isEmpty }
    return [
      "action": Links.importBatch(batch.id),
      "fields": [
        .select(
          "column", label: words["import.column"],
          [("", words["administration.all"])] + columns.map { ($0, $0) },
          chosen: choice.column ?? ""),
        .select(
          "sort", label: words["administration.sort"],
          RefusedRowChoice.Order.allCases.map { ($0.rawValue, words["import.\($0.rawValue)"]) },
          chosen: choice.order.rawValue),
      ] as [Fields],
    ]
  }

  private func address(_ form: String = "", page: Int? = nil) -> String {
    Links.address(
      Links.importBatch(batch.id) + form,
      [
        ("column", choice.column), ("sort", choice.order == .line ? nil : choice.order.rawValue),
        ("page", page.map { "\($0)" }),
      ])
  }

  private func row(_ row: RefusedRow) -> Fields {
    [
      "line": visit.format.whole(row.line),
      "name": row.name.isEmpty ? visit.words["common.none"] : row.name,
      "problems": ImportText(visit).problems(of: row),
    ]
  }

  /// The refused rows in the columns of the file that they came from, so that they can be mended
  /// and imported again.
  func refusedFile() throws -> SpreadsheetFile {
    // Rows of a file name people, in the words of the file.
    visit.log.note(rows: try visit.district.refusedRowCount(of: batch.id, choice))
    guard let refused = try visit.district.refusedFile(of: batch.id) else {
      return try explained()
    }
    var empty = Spreadsheet(
      name: "refused-\(batch.fileName).csv", rows: [refused.heading.map { .text($0) }])
    empty.separator = refused.separator
    let file = try SpreadsheetFile(empty, as: .csv)
    try visit.district.forEachRow(of: refused, choice) { rows in
      try file.add(rows.map { $0.map { .text($0) } })
    }
    return file
  }

  private func row(_ row: DoubtfulRow) -> Fields {
    let text = ImportText(visit)
    return [
      "line": visit.format.whole(row.line), "column": row.column, "value": row.value,
      "problem": text.explanation(of: row, "what"), "mend": text.explanation(of: row, "mend"),
    ]
  }

  /// The refused rows with what is wrong: for imports from before headings were kept.
  private func explained() throws -> SpreadsheetFile {
    let text = ImportText(visit)
    let file = try file("refused", ["line", "column", "value", "problem", "mend", "row"])
    try visit.district.forEachRefusedRow(of: batch.id, choice) { rows in
      try file.add(
        rows.map { row in
          [
            .count(row.line), .text(row.column), .text(row.value),
            .text(text.explanation(of: row, "what")), .text(text.explanation(of: row, "mend")),
            .text(row.row),
          ]
        })
    }
    return file
  }

  /// The rows that were taken with a warning, and what to look at.
  func warningFile() throws -> SpreadsheetFile {
    let text = ImportText(visit)
    let file = try file("warnings", ["line", "column", "value", "problem", "mend"])
    try visit.district.forEachDoubtfulRow(of: batch.id) { rows in
      try file.add(
        rows.map { row in
          [
            .count(row.line), .text(row.column), .text(row.value),
            .text(text.explanation(of: row, "what")), .text(text.explanation(of: row, "mend")),
          ]
        })
    }
    return file
  }

  private func file(_ title: String, _ columns: [String]) throws -> SpreadsheetFile {
    try SpreadsheetFile(
      Spreadsheet(
        name: "\(title)-\(batch.fileName).csv",
        rows: [columns.map { .text(visit.words["import.\($0)"]) }]), as: .csv)
  }
}
