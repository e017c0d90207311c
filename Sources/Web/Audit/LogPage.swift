import Health
import Journal
import Services

/// What of the log is wanted, as far as the visitor may read it.
struct LogChoice {
  var filter = AuditFilter()
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
    filter.worker = try query["worker"].map { name throws -> Identifier in
      if let id = Identifier(text: name) { return id }
      guard let worker = try visit.district.worker(userName: name) else {
        throw PageProblem.badParameter(name: "worker", value: String(name.prefix(40)))
      }
      return worker.id
    }
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

  subscript(name: String) -> String? { entered.first { $0.name == name }?.value }
}

/// The log of access: who did what, newest first.
struct LogPage {
  private static let pageSize = 50

  private let visit: Visit
  private let choice: LogChoice

  private var words: Words { visit.words }

  init(_ visit: Visit) throws {
    self.visit = visit
    choice = try LogChoice(visit, for: .readLog)
  }

  private func link(_ path: String, before: Int64? = nil) -> String {
    Links.address(
      path, choice.entered.map { ($0.name, $0.value) } + [("before", before.map { "\($0)" })])
  }

  func rendering() throws -> Rendering {
    let before = try visit.query.before()
    let log = try visit.site.log
    let page = try log.entries(
      choice.filter, in: choice.area, before: before, limit: LogPage.pageSize)
    visit.log.note(rows: page.entries.count)
    let text = try AuditText(visit, page.entries)
    let entries = try log.head()
    let facts = try visit.district.head()
    let mayExport = visit.visitor.rights.may(.exportLog)
    return Rendering(
      template: "log", title: words["audit.title"], crumbs: visit.homeCrumbs(words["audit.title"]),
      section: .log,
      fields: [
        "worker": choice["worker"], "from": choice["from"], "to": choice["to"],
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
