import Health
import Journal
import Services

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
    let isRunning = batch.state(at: visit.site.now) == .running
    let limits = visit.limits(ofUndoing: batch)
    // While it is written it can only be waited for.
    let undo = isRunning ? nil : try visit.district.plannedUndo(of: batch.id, limits: limits)
    guard isRunning || undo != nil else { throw PageProblem.notFound }
    let all = undo?.kept ?? []
    let count = undo?.count ?? 0
    let list = words["lists.titles.\(batch.kind.listName)"]
    let done = visit.query["done"].flatMap { Int($0) }
    let kept = all.prefix(UndoPage.named)
    let told = try told(of: kept)
    return Rendering(
      template: "import-undo", title: words["lists.undo.title"],
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: list, url: way),
        Crumb(name: words["lists.undo.title"]),
      ], section: batch.kind == .households ? .imports : .administration,
      fields: [
        "batch": try ImportText(visit, of: [batch]).fields(of: batch),
        "form_token": visit.visitor.formToken,
        "action": Links.undo(batch.id),
        "done": done.map { words("lists.undo.done", ["count": format.whole($0)]) },
        "still_written": isRunning ? words["lists.undo.still_written"] : nil,
        "may_undo": count > 0,
        "what": words(
          count > 0 ? "lists.undo.what" : "lists.undo.nothing",
          [
            "count": format.whole(count), "before": format.whole(undo?.withdrawnBefore ?? 0),
          ]),
        "kept_intro": all.isEmpty
          ? nil
          : words(
            "lists.undo.kept",
            ["count": format.whole(all.count), "shown": format.whole(kept.count)]),
        "kept": told.map { fact -> Fields in
          ["kind": fact.kind, "name": fact.name, "reason": fact.reason]
        }, "export_url": Links.undo(batch.id) + "/kept.csv",
        "back_url": maySeeAll ? "/imports" : way,
        "back": maySeeAll ? words["import.back"] : list,
      ])
  }

  /// Everything that would stay, for a spreadsheet: the page names the first only.
  ///
  /// - Parameter size: how many names are read at once.
  func file(
    as form: Spreadsheet.Form, batch size: Int = RowBatch.size
  ) throws -> SpreadsheetFile {
    let words = visit.words
    guard batch.state(at: visit.site.now) != .running,
      let undo = try visit.district.plannedUndo(
        of: batch.id, limits: visit.limits(ofUndoing: batch))
    else { throw PageProblem.notFound }
    let heads = ["lists.upload.who", "lists.undo.fact", "lists.undo.why"]
    let file = try SpreadsheetFile(
      Spreadsheet(
        name: "kept-\(batch.fileName).csv", rows: [heads.map { .text(words[$0]) }]), as: form)
    for start in stride(from: 0, to: undo.kept.count, by: size) {
      let facts = undo.kept[start..<min(start + size, undo.kept.count)]
      try file.add(
        try told(of: facts).map { [.text($0.name), .text($0.kind), .text($0.reason)] })
    }
    visit.log.note(rows: undo.kept.count)
    return file
  }

  private func told(
    of facts: ArraySlice<ListUndoing.Kept>
  ) throws -> [(name: String, kind: String, reason: String)] {
    let words = visit.words
    var names: [Identifier: String] = [:]
    if mayName {
      for fact in facts { visit.log.note(fact.subject) }
      names = try visit.district.names(ofSubjects: Set(facts.map(\.subject)), in: visit.tree)
    }
    return facts.map { fact in
      (
        names[fact.subject] ?? words["lists.undo.unnamed"],
        words["fact_kinds.\(fact.kind.code)"], words["lists.undo.reasons.\(fact.reason)"]
      )
    }
  }

  /// Whether the list of imports is theirs to open.
  private var maySeeAll: Bool { visit.visitor.rights.may(.seeImports) }

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
