import Health
import Journal
import Services

/// What of the log is wanted, as far as the visitor may read it.
struct LogChoice {
  var filter = AuditFilter()
  /// By whom.
  let worker: LogWorker
  /// The entries of the visitor's area, or of a place in it; nothing for all.
  let area: AuditArea?
  /// What stands in the form.
  let entered: [(name: String, value: String?)]

  init(_ visit: Visit, for action: Action) throws {
    let query = visit.query
    let rights = visit.visitor.rights
    let place = try query.place(in: visit.tree)
    if let place {
      guard rights.may(action, at: place.id) else { throw PageProblem.outOfReach }
      area = AuditArea(Set(visit.tree.subtree(of: place.id).map(\.id)), in: visit.district)
    } else {
      area = rights.area(of: action).map { AuditArea($0, in: visit.district) }
    }
    worker = try LogWorker(visit)
    if case .one(let id, _) = worker { filter.worker = id }
    filter.actions = try query.required("action") { text in
      AuditText.codes.contains(text) ? AuditCode(rawValue: text).map { [$0] } : nil
    }
    filter.outcome = try query.required("outcome") { text in
      AuditOutcome.allCases.first { $0.code == text }
    }
    let first = try query.day("from")
    let last = try query.day("to")
    if first != nil || last != nil {
      let first = first ?? CivilDate(dayNumber: 0)
      // A range that ends before it begins holds nothing.
      let last = last ?? visit.today
      guard first <= last else {
        throw PageProblem.badParameter(name: "to", value: Format.iso(last))
      }
      filter.limit(
        to: first...last, hoursEastOfGreenwich: visit.district.hoursEastOfGreenwich)
    }
    entered = ["place", "worker", "action", "outcome", "from", "to"].map { ($0, query[$0]) }
  }

  /// Whether it is known whose entries are wanted.
  var isSettled: Bool {
    switch worker {
    case .anybody, .one: true
    case .several, .nobody: false
    }
  }

  subscript(name: String) -> String? { entered.first { $0.name == name }?.value }
}

/// The log of access: who did what, newest first.
struct LogPage {
  private static let pageSize = 25
  /// So many workers are offered to choose from.
  private static let mostChoices = 20

  private let visit: Visit
  private let choice: LogChoice

  private var words: Words { visit.words }

  init(_ visit: Visit) throws {
    self.visit = visit
    choice = try LogChoice(visit, for: .readLog)
  }

  private func link(
    _ path: String, worker: Identifier? = nil, before: Int64? = nil
  ) -> String {
    let entered = choice.entered.map { name, value in
      (name, name == "worker" ? worker?.text ?? value : value)
    }
    return Links.address(path, entered + [("before", before.map { "\($0)" })])
  }

  func rendering() throws -> Rendering {
    let before = try visit.query.before()
    let log = try visit.site.log
    let page =
      choice.isSettled
      ? try log.entries(choice.filter, in: choice.area, before: before, limit: LogPage.pageSize)
      : AuditPage.empty
    visit.log.note(rows: page.entries.count)
    let text = try AuditText(visit, page.entries)
    let entries = try log.head()
    let facts = try visit.district.head()
    let mayExport = visit.visitor.rights.may(.exportLog) && choice.isSettled
    return Rendering(
      template: "log", title: words["audit.title"], crumbs: visit.homeCrumbs(words["audit.title"]),
      section: .log,
      fields: [
        "worker": shownWorker, "choice": workerChoice(), "from": choice["from"], "to": choice["to"],
        "selects": [
          select("place", places), select("action", actions), select("outcome", outcomes),
        ],
        "has_entries": !page.entries.isEmpty,
        "entries": page.entries.map { stored in
          text.row(stored).merging([
            "worker_url": stored.entry.author.worker.map {
              Links.address("/log", [("worker", $0.text)])
            }
          ])
        },
        "newest_url": before == nil ? nil : link("/log"),
        "older_url": page.next.map { link("/log", before: $0) },
        "export_url": mayExport ? link("/log.csv") : nil,
        "log_entries": visit.format.whole(entries.entries),
        "log_chain": LogPage.grouped(entries.chain.hexadecimal),
        "fact_count": visit.format.whole(facts.facts),
        "fact_chain": LogPage.grouped(facts.chain.hexadecimal),
      ])
  }

  private var shownWorker: String? {
    if case .one(_, let shown) = choice.worker { return shown }
    return choice["worker"]
  }

  /// Those who are called as was entered, to choose from; or that nobody is.
  private func workerChoice() -> Fields? {
    switch choice.worker {
    case .anybody, .one: return nil
    case .nobody:
      return ["says": words("audit.no_worker", ["name": choice["worker"] ?? ""])]
    case .several(let workers):
      let shown = workers.prefix(LogPage.mostChoices)
      for worker in shown { visit.log.note(worker.id) }
      return [
        "says": words["audit.several_workers"], "has_workers": true,
        "workers": shown.map { worker -> Fields in
          [
            "worker_url": link("/log", worker: worker.id), "name": worker.name,
            "standing": WorkerText(visit).rolesOrStanding(worker),
          ]
        },
        "more": workers.count > shown.count ? words["audit.more_workers"] : nil,
      ]
    }
  }

  /// `0123abcd 4567…`: eight at a time can be copied by hand.
  static func grouped(_ digits: String) -> String {
    var rest = digits[...]
    var groups: [Substring] = []
    while !rest.isEmpty {
      groups.append(rest.prefix(8))
      rest = rest.dropFirst(8)
    }
    return groups.joined(separator: " ")
  }

  private func select(_ name: String, _ options: [(value: String, text: String)]) -> Fields {
    .select(
      name, label: words["audit.\(name)"], [("", words["audit.any"])] + options,
      chosen: choice[name] ?? "")
  }

  /// The visitor's own places and those one step down.
  private var places: [(value: String, text: String)] {
    let own = visit.ownPlaces(for: .readLog)
    var shown = own + own.flatMap { visit.tree.children(of: $0.id) }
    if let id = choice["place"].flatMap({ Identifier(text: $0) }),
      let place = visit.tree.places[id],
      !shown.contains(where: { $0.id == id })
    {
      shown.append(place)
    }
    return shown.map { ($0.id.text, visit.named($0)) }
  }

  private var actions: [(value: String, text: String)] {
    AuditText.codes.map { ($0, AuditText.action($0, words)) }
      .sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map { (value: $0.0, text: $0.1) }
  }

  private var outcomes: [(value: String, text: String)] {
    AuditOutcome.allCases.map { ($0.code, words["audit.outcomes.\($0.code)"]) }
  }
}

/// The log as a file: codes and not words, oldest first. As CSV it has what a checker needs; a cell
/// of a spreadsheet does not hold that much.
struct LogFile {
  private let visit: Visit
  private let choice: LogChoice

  init(_ visit: Visit) throws {
    self.visit = visit
    choice = try LogChoice(visit, for: .exportLog)
    // A file of nobody's entries would look as if nothing had been done.
    guard choice.isSettled else {
      throw PageProblem.badParameter(
        name: "worker", value: String(choice["worker"]?.prefix(40) ?? ""))
    }
  }

  func spreadsheet(as form: Spreadsheet.Form) throws -> Spreadsheet {
    let proves = form == .csv
    let columns = AuditExport.columns + (proves ? AuditExport.proofColumns : [])
    var rows: [[Spreadsheet.Cell]] = [columns.map { .text($0) }]
    try visit.site.log.forEachEntry(choice.filter) { stored, proof in
      if try choice.area?.contains(stored.entry) ?? true {
        let values =
          AuditExport.row(stored) + (proves ? AuditExport.values(of: try proof()) : [])
        rows.append(values.map { .text($0) })
      }
      return true
    }
    visit.log.note(rows: rows.count - 1)
    return Spreadsheet(name: "log-\(Format.iso(visit.today)).csv", rows: rows)
  }
}

extension Query {
  /// A day as `2025-06-20`, or as people write it.
  func day(_ name: String) throws(PageProblem) -> CivilDate? {
    try required(name) { text in
      if case .success(let day?) = PersonForm.day(text),
        CivilDate.recordable.contains(Int64(day.dayNumber))
      {
        return day
      }
      return nil
    }
  }
}
