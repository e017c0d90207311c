import Health
import Journal
import Services

/// Who works within the visitor's area, with which roles.
struct WorkersPage {
  private static let pageSize = 50

  private enum Order: String, CaseIterable {
    case name, role, place
  }

  private let visit: Visit
  private let role: Role?
  private let place: Place?
  private let order: Order
  private let text: String
  private let found: [Worker]
  /// Who ever chose a password or PIN.
  private let enrolled: Set<Identifier>

  private var words: Words { visit.words }

  init(_ visit: Visit) throws {
    self.visit = visit
    role = try visit.query.required("role") { UInt8($0).flatMap(Role.init) }
    place = try visit.query.place(in: visit.tree)
    if let place { _ = try visit.place(place.id, for: .seeWorkers) }
    order = try visit.query.required("sort") { Order(rawValue: $0) } ?? .name
    text =
      String(visit.query["q"] ?? "").prefix(80)
      .trimmingPrefix(while: { $0 == " " }).description
    found = try WorkersPage.find(visit, role, place, text, order)
    enrolled = try visit.enrolled()
  }

  /// Those whom the visitor may see and whose name has the text in it, or whose user name begins
  /// with it; all where nothing was entered. In the order of their names.
  static func named(_ text: String, _ visit: Visit) throws -> [Worker] {
    let key = PersonSummary.key(of: text)
    let name = Worker.foldedUserName(text)
    return try visit.district.workers().filter { worker in
      guard visit.visitor.rights.may(.seeWorkers, of: worker, on: visit.today) else {
        return false
      }
      return text.isEmpty || PersonSummary.key(of: worker.name).contains(key)
        || (!name.isEmpty && String(decoding: worker.body.userName, as: UTF8.self).hasPrefix(name))
    }
  }

  private static func find(
    _ visit: Visit, _ role: Role?, _ place: Place?, _ text: String, _ order: Order
  ) throws -> [Worker] {
    let area = place.map { place in
      Set(visit.tree.subtree(of: place.id).map(\.id)).union([place.id])
    }
    let found = try named(text, visit).filter { worker in
      let roles = shown(worker, visit)
      if role == nil && area == nil { return true }
      return roles.contains { assignment in
        role.map { $0 == assignment.body.role } ?? true
          && area.map { $0.contains(assignment.body.place) } ?? true
      }
    }
    func sortKey(_ worker: Worker) -> String {
      let first = shown(worker, visit).first
      switch order {
      case .name: return ""
      case .role: return first.map { visit.words["roles.\($0.body.role.code)"] } ?? "~"
      case .place: return first.flatMap { visit.tree.places[$0.body.place]?.name } ?? "~"
      }
    }
    return found.map { (sortKey($0), $0) }
      .sorted { ($0.0, $0.1.name, $0.1.id) < ($1.0, $1.1.name, $1.1.id) }.map(\.1)
  }

  /// The roles that a row shows: those that hold or come, else the former ones.
  private static func shown(_ worker: Worker, _ visit: Visit) -> [Assignment] {
    let now = worker.rolesToCome(from: visit.today)
    return now.isEmpty ? worker.assignments : now
  }

  func rendering() throws -> Rendering {
    let page = try visit.query.page()
    let pages = max(1, (found.count + WorkersPage.pageSize - 1) / WorkersPage.pageSize)
    guard page <= pages else { throw PageProblem.badParameter(name: "page", value: "\(page)") }
    let rows = found.dropFirst((page - 1) * WorkersPage.pageSize).prefix(WorkersPage.pageSize)
    for worker in rows { visit.log.note(worker.id) }
    return Rendering(
      template: "workers", title: words["administration.workers"],
      crumbs: visit.homeCrumbs(words["administration.workers"]), section: .administration,
      fields: [
        "summary": words(
          "administration.workers_count", ["count": visit.format.whole(found.count)]),
        "new_url": visit.visitor.rights.may(.changeWorkers) ? "/workers/new" : nil,
        "phones_url": visit.visitor.rights.may(.endSessions)
          || visit.visitor.rights.may(.enrolKader)
          ? "/phones" : nil,
        "list_url": visit.visitor.rights.may(.importStaff) ? "/lists/staff" : nil,
        "asked": text, "selects": selects(), "has_rows": !found.isEmpty, "rows": rows.map(row),
        "export_url": address("/workers.csv"),
        "paging": pages > 1
          ? Paging(visit).fields(page, of: pages, size: WorkersPage.pageSize, total: found.count) {
            address("/workers", page: $0)
          } : nil,
      ])
  }

  private func address(_ path: String, page: Int? = nil) -> String {
    Links.address(
      path,
      [
        ("q", text.isEmpty ? nil : text), ("role", role.map { "\($0.rawValue)" }),
        ("place", place?.id.text), ("sort", order == .name ? nil : order.rawValue),
        ("page", page.map { "\($0)" }),
      ])
  }

  private func selects() -> [Fields] {
    func select(
      _ name: String, _ label: String, _ options: [(value: String, text: String)], _ chosen: String
    ) -> Fields {
      .select(name, label: words["administration.\(label)"], options, chosen: chosen)
    }
    let area = visit.visitor.rights.area(of: .seeWorkers)
    let places = visit.tree.places.values.filter { place in
      [.district, .puskesmas, .pustu, .village].contains(place.kind)
        && area.map { $0.contains(place.id) } ?? true
    }.sorted { ($0.kind.rawValue, $0.name, $0.id) < ($1.kind.rawValue, $1.name, $1.id) }
    let all = [(value: "", text: words["administration.all"])]
    return [
      select(
        "role", "field_role",
        all + Role.allCases.map { ("\($0.rawValue)", words["roles.\($0.code)"]) },
        role.map { "\($0.rawValue)" } ?? ""),
      select(
        "place", "field_place", all + visit.namedApart(places).map { ($0.id.text, $1) },
        place?.id.text ?? ""),
      select(
        "sort", "sort",
        Order.allCases.map { ($0.rawValue, words["administration.field_\($0.rawValue)"]) },
        order.rawValue),
    ]
  }

  private func row(_ worker: Worker) -> Fields {
    [
      "url": "/workers/\(worker.id.text)", "name": shownName(worker),
      "roles": roles(of: worker),
      "standing": WorkerText(visit).standing(worker, enrolled: enrolled),
      "user_name": WorkerText.userName(worker) ?? words["common.none"],
    ]
  }

  private func shownName(_ worker: Worker) -> String {
    worker.name.isEmpty ? words["common.unnamed"] : worker.name
  }

  private func roles(of worker: Worker) -> String {
    let shown = WorkersPage.shown(worker, visit).map { WorkerText(visit).role($0) }
    return shown.isEmpty ? words["administration.no_roles"] : shown.joined(separator: "; ")
  }

  func spreadsheet() -> Spreadsheet {
    let heads = ["field_name", "roles", "standing", "field_user_name", "field_telephone"]
    var rows: [[Spreadsheet.Cell]] = [heads.map { .text(words["administration.\($0)"]) }]
    for worker in found {
      visit.log.note(worker.id)
      rows.append([
        .text(worker.name), .text(roles(of: worker)),
        .text(WorkerText(visit).standing(worker, enrolled: enrolled)),
        .text(WorkerText.userName(worker) ?? ""),
        .text(String(decoding: worker.body.telephone, as: UTF8.self)),
      ])
    }
    return Spreadsheet(name: "workers.csv", rows: rows)
  }
}

/// Workers and roles in words.
struct WorkerText {
  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  static func userName(_ worker: Worker) -> String? {
    worker.body.userName.isEmpty ? nil : String(decoding: worker.body.userName, as: UTF8.self)
  }

  /// Whether somebody works and until when; and, of somebody who never chose a password or PIN, that.
  /// With the work ends the password, so that of who has ended nothing is known of it.
  func standing(_ worker: Worker, enrolled: Set<Identifier>) -> String {
    let isOver = worker.body.endedOn.map { $0 <= visit.today } ?? false
    let isIn =
      isOver || enrolled.contains(worker.id) || worker.rolesToCome(from: visit.today).isEmpty
    return isIn
      ? standing(worker)
      : visit.words("administration.never_enrolled", ["standing": standing(worker)])
  }

  /// Whether somebody works, and until when.
  func standing(_ worker: Worker) -> String {
    if let end = worker.body.endedOn {
      return visit.words("administration.ended_on", ["date": visit.format.date(end)])
    }
    let holds = worker.assignments.contains { $0.holds(on: visit.today) }
    return visit.words[holds ? "administration.active" : "administration.without_role"]
  }

  /// The roles that hold or come, to tell namesakes apart; without any how the worker stands.
  func rolesOrStanding(_ worker: Worker) -> String {
    let roles = worker.rolesToCome(from: visit.today)
    return roles.isEmpty ? standing(worker) : roles.map(role).joined(separator: "; ")
  }

  /// `Kader, Posyandu Melati`.
  func role(_ assignment: Assignment) -> String {
    [visit.words["roles.\(assignment.body.role.code)"], place(assignment.body.place)]
      .joined(separator: ", ")
  }

  func place(_ id: Identifier) -> String {
    visit.tree.places[id].map { visit.named($0) } ?? visit.words["common.unknown_place"]
  }
}
