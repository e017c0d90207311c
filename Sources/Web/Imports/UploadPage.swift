import Health
import Journal
import Services

/// An upload: how far it is, what it would do, or what it did.
struct UploadPage {
  private static let pageSize = 50

  private let visit: Visit
  private let upload: UploadedList
  /// Why what was asked for was not done; nothing at first.
  private let refusal: String?

  private var words: Words { visit.words }
  private var format: Format { visit.format }

  init(_ visit: Visit, _ upload: UploadedList, problem: String? = nil) {
    self.visit = visit
    self.upload = upload
    refusal = problem
    if let place = upload.place { visit.log.note(place: place) }
    // The address is the same for lists of both kinds.
    visit.log.note(action: AuditCode(upload.kind.action))
  }

  func rendering() throws -> Rendering {
    let list = words["lists.titles.\(upload.kind.listName)"]
    let isRunning = upload.state == .checking || upload.state == .writing
    let batch = try upload.batch.flatMap { try visit.district.importBatch($0) }
    let isUndone = upload.state == .written && batch?.undoneAt != nil
    var fields: Fields = [
      "file": upload.fileName, "list": list, "form_token": visit.visitor.formToken,
      "place": upload.place.flatMap { visit.tree.places[$0] }.map { visit.named($0) },
      "status": words["lists.states.\(isUndone ? "undone" : upload.state.rawValue)"],
      "is_running": isRunning, "percent": "\(upload.percent)",
      "refusal": refusal.map { words["lists.upload.\($0)"] },
      "may_go_on": upload.state == .interrupted || upload.state == .stopped, "partly": try partly(),
      "has_counts": !upload.counts.isEmpty,
      "counts": ["new", "changed", "same", "refused"].map { outcome -> Fields in
        [
          "name": words["lists.outcomes.\(outcome)"],
          "count": format.whole(upload.counts[outcome] ?? 0),
        ]
      }, "problem": problem, "notes": notes.map { ["text": $0] as Fields },
      "write_url": "/uploads/\(upload.id)/write", "check_url": "/uploads/\(upload.id)/check",
      "discard_url": "/uploads/\(upload.id)/discard",
      "again_url": "/lists/\(upload.kind.listName)",
    ]
    if upload.state == .ready { fields = fields.merging(try rows()) }
    if isUndone, let batch {
      fields["undone"] = try ImportText(visit, of: [batch]).undone(batch)
    }
    if upload.state == .written, let batch = upload.batch {
      let refused = upload.counts["refused"] ?? 0
      fields = fields.merging([
        "is_written": true, "undo_url": isUndone ? nil : Links.undo(batch),
        "refused_url": refused > 0 ? "/uploads/\(upload.id)/refused.csv" : nil,
        "import_url": visit.visitor.rights.may(.seeImports) ? Links.importBatch(batch) : nil,
      ])
    }
    return Rendering(
      template: "upload", title: upload.fileName,
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: list, url: "/lists/\(upload.kind.listName)"), Crumb(name: upload.fileName),
      ], section: upload.kind == .staff ? .administration : .imports, fields: fields)
  }

  /// The parts that were written before the writing stopped, each with the way to take it back.
  private func partly() throws -> [Fields] {
    let unfinished = [UploadedList.State.stopped, .interrupted].contains(upload.state)
    let batches = upload.earlier + (unfinished ? [upload.batch].compactMap(\.self) : [])
    return try batches.compactMap { try visit.district.importBatch($0) }.map { batch in
      [
        "text": words(
          batch.expectedRows == nil ? "lists.partly" : "lists.partly_of",
          [
            "done": format.whole(batch.rows), "time": format.moment(batch.startedAt),
            "expected": format.whole(batch.expectedRows ?? 0),
          ]), "undo_url": Links.undo(batch.id),
      ]
    }
  }

  private var problem: Fields? {
    guard upload.state == .failed || upload.state == .stopped else { return nil }
    return upload.problem.flatMap { words.explained($0) }
  }

  private var notes: [String] {
    var notes: [String] = []
    if upload.newHouseholds > 0 {
      notes.append(
        words("lists.new_households", ["count": format.whole(upload.newHouseholds)]))
    }
    if upload.headless > 0 {
      notes.append(
        words(
          "lists.without_head",
          [
            "count": format.whole(upload.headless),
            "lines": upload.headlessLines.map(String.init).joined(separator: ", ")
              + (upload.headless > upload.headlessLines.count ? ", …" : ""),
          ]))
    }
    if !upload.unstored.isEmpty {
      notes.append(
        words("lists.unstored", ["columns": upload.unstored.joined(separator: ", ")]))
    }
    return notes
  }

  private static let shown = ["changed", "refused", "new", "doubtful"]

  /// What the address asks for of the preview: the rows of one outcome, in an order.
  private struct Choice {
    let preview: ListPreview
    let counts: [(name: String, count: Int)]
    let show: String
    let order: ListPreview.Order

    var total: Int { counts.first { $0.name == show }?.count ?? 0 }
  }

  private func choice() throws -> Choice {
    let preview = try visit.site.uploads.preview(of: upload)
    let counts = try UploadPage.shown.map { ($0, try preview.count($0)) }
    let chosen = try visit.query.required("show") {
      UploadPage.shown.contains($0) ? $0 : nil
    }
    return Choice(
      preview: preview, counts: counts,
      show: chosen ?? counts.first { $0.1 > 0 }?.0 ?? "new",
      order: try visit.query.required("sort") { ListPreview.Order(rawValue: $0) } ?? .line)
  }

  /// The rows of one outcome, a page at a time.
  private func rows() throws -> Fields {
    let choice = try choice()
    let page = try visit.query.page()
    let pages = max(1, (choice.total + UploadPage.pageSize - 1) / UploadPage.pageSize)
    guard page <= pages else { throw PageProblem.badParameter(name: "page", value: "\(page)") }
    let rows = try choice.preview.rows(
      choice.show, by: choice.order, offset: (page - 1) * UploadPage.pageSize,
      limit: UploadPage.pageSize)
    // In the words of the file, known here or not.
    if !rows.isEmpty { visit.log.note(rows: rows.count) }
    let names = try names(in: rows)
    let sort = choice.order == .line ? nil : choice.order.rawValue
    func address(_ form: String = "", show: String, page: Int? = nil) -> String {
      Links.address(
        "/uploads/\(upload.id)\(form)",
        [("show", show), ("sort", sort), ("page", page.map { "\($0)" })])
    }
    let isAnything = (upload.counts["new"] ?? 0) + (upload.counts["changed"] ?? 0) > 0
    return [
      "is_ready": true, "may_write": isAnything,
      "tabs": choice.counts.map { name, count -> Fields in
        [
          "name": words["lists.shown.\(name)"], "count": format.whole(count),
          "url": address(show: name), "current": name == choice.show,
        ]
      }, "has_rows": !rows.isEmpty, "shown": words["lists.shown.\(choice.show)"],
      "rows": rows.map { row($0, names) }, "export_url": address("/rows.csv", show: choice.show),
      "filters": [
        "action": "/uploads/\(upload.id)",
        "hidden": [["name": "show", "value": choice.show] as Fields],
        "fields": [
          .select(
            "sort", label: words["administration.sort"],
            ListPreview.Order.allCases.map {
              ($0.rawValue, words[$0 == .line ? "import.line" : "lists.upload.who"])
            }, chosen: choice.order.rawValue)
        ] as [Fields],
      ] as Fields,
      "paging": pages > 1
        ? Paging(visit).fields(page, of: pages, size: UploadPage.pageSize, total: choice.total) {
          address(show: choice.show, page: $0)
        } : nil,
    ]
  }

  /// All rows of the outcome that is shown, for a spreadsheet: to ask those who know about them
  /// before anything is written.
  ///
  /// - Parameter size: how many rows are in memory, and have their names read, at once.
  func file(
    as form: Spreadsheet.Form, batch size: Int = RowBatch.size
  ) throws -> SpreadsheetFile {
    guard upload.state == .ready else { throw PageProblem.notFound }
    let choice = try choice()
    let heads = ["import.line", "lists.upload.who", "lists.upload.outcome", "lists.upload.what"]
    let file = try SpreadsheetFile(
      Spreadsheet(
        name: "preview-\(upload.fileName).csv", rows: [heads.map { .text(words[$0]) }]), as: form)
    var count = 0
    try choice.preview.forEach(choice.show, by: choice.order, batch: size) { rows in
      let names = try names(in: rows)
      try file.add(rows.map { line($0, names) })
      count += rows.count
    }
    visit.log.note(rows: count)
    return file
  }

  private func line(
    _ row: ListPreview.Row, _ names: [Identifier: String]
  ) -> [Spreadsheet.Cell] {
    let told =
      row.changes.map { change in
        "\(words["lists.attributes.\(change.attribute)"]): "
          + "\(text(change.old, names)) → \(text(change.new, names))"
      }
      + row.remarks.map { remark in
        let (what, mend) = explanation(of: remark)
        return [remark.column, remark.value, what, mend].filter { !$0.isEmpty }
          .joined(separator: " ")
      }
    return [
      .count(row.line), .text(row.name), .text(words["lists.outcomes.\(row.outcome)"]),
      .text(told.joined(separator: "; ")),
    ]
  }

  /// What those whom rows name are called; whom they change and name is noted as seen.
  private func names(in rows: [ListPreview.Row]) throws -> [Identifier: String] {
    var unnamed: Set<Identifier> = []
    for row in rows {
      if let subject = row.subject { visit.log.note(subject) }
      for value in row.changes.flatMap({ [$0.old, $0.new] }) {
        guard let id = value.named else { continue }
        if value.form == "subject" { visit.log.note(id) }
        if visit.tree.places[id] == nil { unnamed.insert(id) }
      }
    }
    return try visit.district.names(ofSubjects: unnamed, in: visit.tree)
  }

  private func row(_ row: ListPreview.Row, _ names: [Identifier: String]) -> Fields {
    [
      "line": format.whole(row.line),
      "name": row.name.isEmpty ? words["common.none"] : row.name,
      "outcome": words["lists.outcomes.\(row.outcome)"],
      "changes": row.changes.map { change -> Fields in
        [
          "what": words["lists.attributes.\(change.attribute)"], "old": text(change.old, names),
          "new": text(change.new, names),
        ]
      },
      "remarks": row.remarks.map { remark -> Fields in
        let (what, mend) = explanation(of: remark)
        return [
          "column": remark.column.isEmpty ? nil : remark.column,
          "value": remark.value.isEmpty ? nil : remark.value, "what": what, "mend": mend,
        ]
      },
    ]
  }

  private func explanation(of remark: ListPreview.Remark) -> (what: String, mend: String) {
    var values = format.spelled(remark.details)
    values["column"] = values["column"] ?? remark.column
    values["value"] = values["value"] ?? remark.value
    return (words(remark.key + ".what", values), words(remark.key + ".mend", values))
  }

  private func text(_ value: ListedChange.Value, _ names: [Identifier: String]) -> String {
    if let day = value.day { return format.date(day) }
    return value.text({ words[$0] }) { id in
      visit.tree.places[id].map { visit.named($0) } ?? names[id] ?? id.text
    }
  }
}

extension Words {
  /// Why a file cannot be read, and how to mend it, as the uploads tell it: the key of an
  /// explanation, and what that fills in, where a name that ends in `_key` is a key itself.
  func explained(_ problem: [String: String]) -> Fields? {
    guard let key = problem["key"] else { return nil }
    var told = problem
    for (name, value) in problem where name.hasSuffix("_key") {
      told[String(name.dropLast(4))] = self(value, problem)
    }
    return ["what": self(key + ".what", told), "mend": self(key + ".mend", told)]
  }
}
