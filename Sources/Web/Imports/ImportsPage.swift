import Foundation
import Health
import Journal
import Services

/// The files that were brought in, of which the visitor may see the rows.
struct ImportsPage {
  private static let pageSize = 50

  private enum Order: String, CaseIterable {
    case time, file, refused
  }

  private let visit: Visit
  private let kind: ImportKind?
  private let state: ImportBatch.State?
  private let order: Order
  private let text: String
  private let found: [ImportBatch]

  private var words: Words { visit.words }

  init(_ visit: Visit) throws {
    self.visit = visit
    let kind = try visit.query.required("kind") { name in
      ImportKind.allCases.first { $0.listName == name }
    }
    let state = try visit.query.required("state") { name in
      ImportBatch.State.allCases.first { $0.code == name }
    }
    let order = try visit.query.required("sort") { Order(rawValue: $0) } ?? .time
    let text = String(visit.query["q"] ?? "").prefix(80).description
    let now = visit.site.now
    let batches = try visit.district.importBatches().filter { batch in
      visit.mayOpen(batch) && kind.map { $0 == batch.kind } ?? true
        && state.map { $0 == batch.state(at: now) } ?? true
        && (text.isEmpty || batch.fileName.localizedCaseInsensitiveContains(text))
    }
    // They come newest first, and alike ones stay so.
    switch order {
    case .time: found = batches
    case .file:
      found = batches.enumerated().sorted { left, right in
        (left.element.fileName.lowercased(), left.offset)
          < (right.element.fileName.lowercased(), right.offset)
      }.map(\.element)
    case .refused:
      found = batches.enumerated().sorted { left, right in
        (-left.element.refused, left.offset) < (-right.element.refused, right.offset)
      }.map(\.element)
    }
    (self.kind, self.state, self.order, self.text) = (kind, state, order, text)
  }

  func rendering() throws -> Rendering {
    let page = try visit.query.page()
    let pages = max(1, (found.count + ImportsPage.pageSize - 1) / ImportsPage.pageSize)
    guard page <= pages else { throw PageProblem.badParameter(name: "page", value: "\(page)") }
    let rows = found.dropFirst((page - 1) * ImportsPage.pageSize).prefix(ImportsPage.pageSize)
    let text = try ImportText(visit, of: rows)
    let isFiltered = kind != nil || state != nil || !self.text.isEmpty
    return Rendering(
      template: "imports", title: words["imports.title"],
      crumbs: visit.homeCrumbs(words["common.menu_imports"]), section: .imports,
      fields: [
        "has_batches": !found.isEmpty, "command": words["imports.command"],
        "empty": words[isFiltered ? "imports.none_such" : "imports.empty"],
        "refused_facts": try RefusedFactsPage.notice(visit),
        "households_url": visit.visitor.rights.may(.importPersons) ? "/lists/households" : nil,
        "staff_url": visit.visitor.rights.may(.importStaff) ? "/lists/staff" : nil,
        "asked": self.text, "selects": selects(), "export_url": address("/imports.csv"),
        "batches": rows.map { batch -> Fields in
          text.fields(of: batch).merging([
            "url": Links.importBatch(batch.id),
            "kind": words["imports.kinds.\(batch.kind.listName)"],
          ])
        },
        "paging": pages > 1
          ? Paging(visit).fields(page, of: pages, size: ImportsPage.pageSize, total: found.count) {
            address("/imports", page: $0)
          } : nil,
      ])
  }

  private func address(_ path: String, page: Int? = nil) -> String {
    Links.address(
      path,
      [
        ("q", text.isEmpty ? nil : text), ("kind", kind?.listName), ("state", state?.code),
        ("sort", order == .time ? nil : order.rawValue), ("page", page.map { "\($0)" }),
      ])
  }

  private func selects() -> [Fields] {
    func select(
      _ name: String, _ label: String, _ options: [(value: String, text: String)], _ chosen: String
    ) -> Fields {
      .select(name, label: words[label], options, chosen: chosen)
    }
    let all = [(value: "", text: words["administration.all"])]
    return [
      select(
        "kind", "imports.kind",
        all + ImportKind.allCases.map { ($0.listName, words["imports.kinds.\($0.listName)"]) },
        kind?.listName ?? ""),
      select(
        "state", "pws.status",
        all + ImportBatch.State.allCases.map { ($0.code, words["imports.status.\($0.code)"]) },
        state?.code ?? ""),
      select(
        "sort", "administration.sort",
        Order.allCases.map { ($0.rawValue, words["imports.\($0.rawValue)"]) }, order.rawValue),
    ]
  }

  /// All that were found for a spreadsheet.
  func spreadsheet() throws -> Spreadsheet {
    let heads = ["file", "kind", "place", "time", "rows", "accepted", "already", "refused"]
    var rows: [[Spreadsheet.Cell]] = [
      heads.map { .text(words["imports.\($0)"]) }
        + [.text(words["pws.status"]), .text(words["imports.undone"])]
    ]
    let text = try ImportText(visit, of: found)
    for batch in found {
      let place = batch.place.flatMap { visit.tree.places[$0] }
      rows.append([
        .text(batch.fileName), .text(words["imports.kinds.\(batch.kind.listName)"]),
        .text(place.map { visit.named($0) } ?? ""), .text(visit.format.moment(batch.startedAt)),
        .count(batch.rows), .count(batch.accepted), .count(batch.alreadyThere),
        .count(batch.refused), .text(text.state(of: batch)), .text(text.undone(batch) ?? ""),
      ])
    }
    return Spreadsheet(name: "imports.csv", rows: rows)
  }
}

extension ImportBatch.State {
  /// The name in catalogues and addresses.
  var code: String {
    switch self {
    case .running: "running"
    case .done: "done"
    case .doneWithRefused: "done_refused"
    case .stopped: "stopped"
    case .undone: "undone"
    }
  }
}

extension Visit {
  /// Whether the rows of a file may be shown: they tell of persons of the place that it was for, or,
  /// where nobody told that, from anywhere.
  func mayOpen(_ batch: ImportBatch) -> Bool {
    batch.place.map { visitor.rights.may(.seeImports, at: $0) } ?? reachesEverything(.seeImports)
  }
}
