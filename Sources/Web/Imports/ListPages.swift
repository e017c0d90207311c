import Health
import Journal
import Services

/// Where a list of households or workers is uploaded, and what was uploaded before.
struct ListUploadPage {
  private let visit: Visit
  private let kind: ImportKind
  /// What was wrong with the upload; nothing at first.
  var problem: String?

  init(_ visit: Visit, _ kind: ImportKind) {
    self.visit = visit
    self.kind = kind
  }

  /// For which places the visitor may bring a list: the own ones and the Puskesmas in them.
  var places: [Place] {
    let own = visit.ownPlaces(for: kind.action)
    let below = own.flatMap { top in
      visit.tree.subtree(of: top.id).filter { $0.kind == .puskesmas && $0.id != top.id }
    }
    return own + below.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }

  func rendering() throws -> Rendering {
    let (words, format) = (visit.words, visit.format)
    let title = words["lists.titles.\(kind.listName)"]
    let batches = try visit.district.importBatches().filter { $0.kind == kind && visit.mayUndo($0) }
    return Rendering(
      template: "list-upload", title: title, crumbs: visit.homeCrumbs(title),
      section: kind == .staff ? .administration : .imports,
      fields: [
        "title": title, "lead": words["lists.leads.\(kind.listName)"], "problem": problem,
        "action": "/lists/\(kind.listName)", "form_token": visit.visitor.formToken,
        "csv_url": "/lists/\(kind.listName)/template.csv",
        "xlsx_url": "/lists/\(kind.listName)/template.xlsx",
        "columns": words["lists.columns.\(kind.listName)"],
        "places": places.map { ["id": $0.id.text, "name": visit.named($0)] as Fields },
        "uploads": visit.site.uploads.uploads(of: visit.visitor.worker?.id)
          .filter { $0.kind == kind }.map { upload -> Fields in
            [
              "file": upload.fileName, "url": "/uploads/\(upload.id)",
              "time": format.moment(Instant(milliseconds: upload.at)),
              "status": words["lists.states.\(upload.state.rawValue)"],
            ]
          },
        "batches": batches.prefix(50).map { batch -> Fields in
          ImportText(visit).fields(of: batch).merging([
            "undo_url": "/imports/\(batch.id.text)/undo"
          ])
        },
      ])
  }
}

/// An upload: how far it is, what it would do, or what it did.
struct UploadPage {
  private static let pageSize = 50

  private let visit: Visit
  private let upload: UploadedList

  private var words: Words { visit.words }
  private var format: Format { visit.format }

  init(_ visit: Visit, _ upload: UploadedList) {
    self.visit = visit
    self.upload = upload
    if let place = upload.place { visit.log.note(place: place) }
  }

  func rendering() throws -> Rendering {
    let list = words["lists.titles.\(upload.kind.listName)"]
    let isRunning = upload.state == .checking || upload.state == .writing
    var fields: Fields = [
      "file": upload.fileName, "list": list, "form_token": visit.visitor.formToken,
      "place": upload.place.flatMap { visit.tree.places[$0] }.map { visit.named($0) },
      "status": words["lists.states.\(upload.state.rawValue)"],
      "is_running": isRunning, "percent": "\(upload.percent)",
      "is_interrupted": upload.state == .interrupted,
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
    if upload.state == .written, let batch = upload.batch {
      let refused = upload.counts["refused"] ?? 0
      fields = fields.merging([
        "is_written": true, "undo_url": "/imports/\(batch.text)/undo",
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

  private var problem: Fields? {
    guard upload.state == .failed, var told = upload.problem, let key = told["key"] else {
      return nil
    }
    for (name, value) in told where name.hasSuffix("_key") {
      told[String(name.dropLast(4))] = words(value, told)
    }
    return ["what": words(key + ".what", told), "mend": words(key + ".mend", told)]
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

  /// The rows of one outcome, a page at a time.
  private func rows() throws -> Fields {
    let preview = try visit.site.uploads.preview(of: upload)
    let counts = try UploadPage.shown.map { ($0, try preview.count($0)) }
    let chosen = visit.query["show"]
    guard chosen.map({ UploadPage.shown.contains($0) }) ?? true else {
      throw PageProblem.badParameter(name: "show", value: chosen ?? "")
    }
    let show = chosen ?? counts.first { $0.1 > 0 }?.0 ?? "new"
    let total = counts.first { $0.0 == show }?.1 ?? 0
    let page = try visit.query.page()
    let pages = max(1, (total + UploadPage.pageSize - 1) / UploadPage.pageSize)
    guard page <= pages else { throw PageProblem.badParameter(name: "page", value: "\(page)") }
    let rows = try preview.rows(
      show, offset: (page - 1) * UploadPage.pageSize, limit: UploadPage.pageSize)
    let path = "/uploads/\(upload.id)"
    let isAnything = (upload.counts["new"] ?? 0) + (upload.counts["changed"] ?? 0) > 0
    return [
      "is_ready": true, "may_write": isAnything,
      "tabs": counts.map { name, count -> Fields in
        [
          "name": words["lists.shown.\(name)"], "count": format.whole(count),
          "url": Links.address(path, [("show", name)]), "current": name == show,
        ]
      }, "has_rows": !rows.isEmpty, "shown": words["lists.shown.\(show)"],
      "rows": try rows.map(row),
      "paging": pages > 1
        ? Paging(visit).fields(page, of: pages, size: UploadPage.pageSize, total: total) {
          Links.address(path, [("show", show), ("page", "\($0)")])
        } : nil,
    ]
  }

  private func row(_ row: ListPreview.Row) throws -> Fields {
    if let subject = row.subject { visit.log.note(subject) }
    return [
      "line": format.whole(row.line),
      "name": row.name.isEmpty ? words["common.none"] : row.name,
      "outcome": words["lists.outcomes.\(row.outcome)"],
      "changes": try row.changes.map { change -> Fields in
        [
          "what": words["lists.attributes.\(change.attribute)"], "old": try text(change.old),
          "new": try text(change.new),
        ]
      },
      "remarks": row.remarks.map { remark -> Fields in
        var values = remark.details
        values["column"] = values["column"] ?? remark.column
        values["value"] = values["value"] ?? remark.value
        return [
          "column": remark.column.isEmpty ? nil : remark.column,
          "value": remark.value.isEmpty ? nil : remark.value,
          "what": words(remark.key + ".what", values), "mend": words(remark.key + ".mend", values),
        ]
      },
    ]
  }

  private func text(_ value: ListedChange.Value) throws -> String {
    if value.form == "subject", let id = Identifier(text: value.text) { visit.log.note(id) }
    if let day = value.day { return format.date(day) }
    return value.text({ words[$0] }) { id in
      if let place = visit.tree.places[id] { return visit.named(place) }
      return (try? visit.district.name(ofSubject: id, in: visit.tree)) ?? id.text
    }
  }
}

/// What taking a list back does, before and after.
struct UndoPage {
  private static let named = 50

  private let visit: Visit
  private let batch: ImportBatch

  init(_ visit: Visit, _ batch: ImportBatch) {
    self.visit = visit
    self.batch = batch
  }

  func rendering() throws -> Rendering {
    let (words, format) = (visit.words, visit.format)
    guard let undo = try visit.district.plannedUndo(of: batch.id) else {
      throw PageProblem.notFound
    }
    let list = words["lists.titles.\(batch.kind.listName)"]
    let back = way
    let done = visit.query["done"].flatMap { Int($0) }
    let kept = undo.kept.prefix(UndoPage.named)
    if mayName { for fact in kept { visit.log.note(fact.subject) } }
    return Rendering(
      template: "import-undo", title: words["lists.undo.title"],
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: list, url: back), Crumb(name: words["lists.undo.title"]),
      ], section: batch.kind == .households ? .imports : .administration,
      fields: [
        "batch": ImportText(visit).fields(of: batch), "form_token": visit.visitor.formToken,
        "action": "/imports/\(batch.id.text)/undo",
        "done": done.map { words("lists.undo.done", ["count": format.whole($0)]) },
        "may_undo": undo.count > 0,
        "what": words(
          undo.count > 0 ? "lists.undo.what" : "lists.undo.nothing",
          ["count": format.whole(undo.count), "before": format.whole(undo.withdrawnBefore)]),
        "kept_intro": undo.kept.isEmpty
          ? nil
          : words(
            "lists.undo.kept",
            ["count": format.whole(undo.kept.count), "shown": format.whole(kept.count)]),
        "kept": try kept.map { fact -> Fields in
          [
            "kind": words["fact_kinds.\(fact.kind.code)"],
            "name": mayName
              ? try visit.district.name(ofSubject: fact.subject, in: visit.tree)
              : words["lists.undo.unnamed"],
            "reason": words["lists.undo.reasons.\(fact.reason)"],
          ]
        }, "back_url": back,
      ])
  }

  /// Where one of its kind is begun.
  private var way: String {
    guard batch.kind == .residents else { return "/lists/\(batch.kind.listName)" }
    return batch.place.map { "\(PlaceListPage.link($0))/residents" } ?? "/administration/places"
  }

  /// An administrator moves those whom no administrator sees.
  private var mayName: Bool {
    batch.kind != .residents || visit.visitor.rights.may(.seePerson, at: batch.place)
  }
}
