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
    if mayName { for fact in kept { visit.log.note(fact.subject) } }
    return Rendering(
      template: "import-undo", title: words["lists.undo.title"],
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: list, url: way),
        Crumb(name: words["lists.undo.title"]),
      ], section: batch.kind == .households ? .imports : .administration,
      fields: [
        "batch": ImportText(visit).fields(of: batch), "form_token": visit.visitor.formToken,
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
        "kept": try kept.map { fact -> Fields in
          let (name, kind, reason) = try told(of: fact)
          return ["kind": kind, "name": name, "reason": reason]
        }, "export_url": Links.undo(batch.id) + "/kept.csv",
        "back_url": maySeeAll ? "/imports" : way,
        "back": maySeeAll ? words["import.back"] : list,
      ])
  }

  /// Everything that would stay, for a spreadsheet: the page names the first only.
  func spreadsheet() throws -> Spreadsheet {
    let words = visit.words
    guard batch.state(at: visit.site.now) != .running,
      let undo = try visit.district.plannedUndo(
        of: batch.id, limits: visit.limits(ofUndoing: batch))
    else { throw PageProblem.notFound }
    let heads = ["lists.upload.who", "lists.undo.fact", "lists.undo.why"]
    var rows: [[Spreadsheet.Cell]] = [heads.map { .text(words[$0]) }]
    for fact in undo.kept {
      if mayName { visit.log.note(fact.subject) }
      let (name, kind, reason) = try told(of: fact)
      rows.append([.text(name), .text(kind), .text(reason)])
    }
    visit.log.note(rows: rows.count - 1)
    return Spreadsheet(name: "kept-\(batch.fileName).csv", rows: rows)
  }

  private func told(of fact: ListUndoing.Kept) throws -> (
    name: String, kind: String, reason: String
  ) {
    let words = visit.words
    return (
      mayName
        ? try visit.district.name(ofSubject: fact.subject, in: visit.tree)
        : words["lists.undo.unnamed"], words["fact_kinds.\(fact.kind.code)"],
      words["lists.undo.reasons.\(fact.reason)"]
    )
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
