import Foundation
import Health
import Hummingbird
import Journal
import Services

/// The phones that were enrolled for kader at the visitor's places, with who used each last, and the
/// way to let a lost one in no more.
struct PhonesPage {
  private static let pageSize = 50
  /// What a form carries on, so that the same list is there afterwards.
  private static let kept = ["q", "place", "state", "sort"]

  private enum Order: String, CaseIterable {
    case place, phone, used, unused
  }

  private enum State: String, CaseIterable {
    case active, locked, revoked
  }

  private let visit: Visit
  private let place: Place?
  private let state: State?
  private let order: Order
  private let text: String
  private let found: [Phone]
  /// Those whom the visitor may see.
  private let workers: [Identifier: Worker]

  private var words: Words { visit.words }

  init(_ visit: Visit) throws {
    self.visit = visit
    // Who uses a phone is shown, as in the list of workers.
    visit.log.note(action: AuditCode(Action.seeWorkers))
    let place = try visit.query.place(in: visit.tree)
    if let place {
      visit.log.note(place: place.id)
      guard visit.mayRevoke(phoneAt: place.id) else { throw PageProblem.outOfReach }
    }
    state = try visit.query.required("state") { State(rawValue: $0) }
    order = try visit.query.required("sort") { Order(rawValue: $0) } ?? .place
    text =
      String(visit.query["q"] ?? "").prefix(80)
      .trimmingPrefix(while: { $0 == " " }).description
    self.place = place
    let shown = try visit.district.workers().filter {
      visit.visitor.rights.may(.seeWorkers, of: $0, on: visit.today)
    }
    workers = Dictionary(shown.map { ($0.id, $0) }) { first, _ in first }
    found = try PhonesPage.find(visit, place, state, text, order, workers)
  }

  private static func find(
    _ visit: Visit, _ place: Place?, _ state: State?, _ text: String, _ order: Order,
    _ workers: [Identifier: Worker]
  ) throws -> [Phone] {
    guard visit.isSigningIn else { return [] }
    let area = place.map { Set(visit.tree.subtree(of: $0.id).map(\.id)).union([$0.id]) }
    let key = PersonSummary.key(of: text)
    let found = try visit.access.phones().filter { phone in
      let device = phone.device
      guard visit.mayRevoke(phoneAt: device.place),
        state.map({ $0 == PhonesPage.state(of: phone) }) ?? true,
        area.map({ area in device.place.map(area.contains) ?? false }) ?? true
      else { return false }
      // Whose name is not shown is not found by it.
      let names = [device.name] + device.workers.compactMap { workers[$0]?.name }
      return text.isEmpty || names.contains { PersonSummary.key(of: $0).contains(key) }
    }
    /// A place, a phone's name, or how long it was not used: the smaller comes first.
    func rank(_ phone: Phone) -> (String, Int64) {
      let used = phone.lastUsed?.milliseconds ?? 0
      switch order {
      case .place: return (phone.device.place.flatMap { visit.tree.places[$0]?.name } ?? "~", 0)
      case .phone: return ("", 0)
      case .used: return ("", -used)
      case .unused: return ("", used)
      }
    }
    return found.map { (rank($0), $0) }.sorted { left, right in
      left.0 != right.0
        ? left.0 < right.0
        : (left.1.device.name, left.1.device.id) < (right.1.device.name, right.1.device.id)
    }.map(\.1)
  }

  private static func state(of phone: Phone) -> State {
    if phone.device.revokedAt != nil { return .revoked }
    return phone.locked.isEmpty ? .active : .locked
  }

  func rendering() throws -> Rendering {
    let page = try visit.query.page()
    let pages = max(1, (found.count + PhonesPage.pageSize - 1) / PhonesPage.pageSize)
    guard page <= pages else { throw PageProblem.badParameter(name: "page", value: "\(page)") }
    let rows = found.dropFirst((page - 1) * PhonesPage.pageSize).prefix(PhonesPage.pageSize)
    return Rendering(
      template: "phones", title: words["phones.title"],
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["administration.workers"], url: "/workers"),
        Crumb(name: words["phones.title"]),
      ], section: .administration,
      fields: [
        "summary": words("phones.count", ["count": visit.format.whole(found.count)]),
        "done": visit.query["done"] == nil ? nil : words["administration.done_device_revoked"],
        "asked": text, "selects": selects(), "form_token": visit.visitor.formToken,
        "kept": PhonesPage.kept.compactMap { name in
          visit.query[name].map { ["kept_name": name, "kept_value": $0] as Fields }
        },
        "has_rows": !found.isEmpty, "rows": rows.map(row),
        "export_url": address("/phones.csv"),
        "paging": pages > 1
          ? Paging(visit).fields(page, of: pages, size: PhonesPage.pageSize, total: found.count) {
            address("/phones", page: $0)
          } : nil,
      ])
  }

  /// The list as it was before a form of it was sent.
  static func address(after form: Form) -> String {
    Links.address(
      "/phones",
      kept.map { name in (name, form[name].isEmpty ? nil : form[name]) } + [("done", "revoked")])
  }

  private func address(_ path: String, page: Int? = nil) -> String {
    Links.address(
      path,
      [
        ("q", text.isEmpty ? nil : text), ("place", place?.id.text), ("state", state?.rawValue),
        ("sort", order == .place ? nil : order.rawValue), ("page", page.map { "\($0)" }),
      ])
  }

  private func selects() -> [Fields] {
    let places = visit.tree.places.values.filter { place in
      [.district, .puskesmas, .pustu, .village].contains(place.kind)
        && visit.mayRevoke(phoneAt: place.id)
    }.sorted { ($0.kind.rawValue, $0.name, $0.id) < ($1.kind.rawValue, $1.name, $1.id) }
    let all = [(value: "", text: words["administration.all"])]
    return [
      .select(
        "place", label: words["administration.field_place"],
        all + visit.namedApart(places).map { ($0.id.text, $1) }, chosen: place?.id.text ?? ""),
      .select(
        "state", label: words["administration.standing"],
        all + State.allCases.map { ($0.rawValue, words["phones.states.\($0.rawValue)"]) },
        chosen: state?.rawValue ?? ""),
      .select(
        "sort", label: words["administration.sort"],
        Order.allCases.map { ($0.rawValue, words["phones.sorts.\($0.rawValue)"]) },
        chosen: order.rawValue),
    ]
  }

  private func row(_ phone: Phone) -> Fields {
    [
      "phone": name(of: phone), "place": place(of: phone),
      "users": phone.device.workers.map { id -> Fields in
        ["user": shownName(id), "user_url": workers[id] != nil ? "/workers/\(id.text)" : nil]
      },
      "used": phone.lastUsed.map { moment in
        [visit.format.moment(moment), phone.lastUser.map(shownName)].compactMap(\.self)
          .joined(separator: ", ")
      } ?? words["phones.not_noted"],
      "standing": standing(of: phone),
      "revoke_url": phone.device.revokedAt == nil
        ? "/phones/\(phone.device.id.text)/revoke" : nil,
    ]
  }

  private func name(of phone: Phone) -> String {
    phone.device.name.isEmpty ? words["administration.phone"] : phone.device.name
  }

  private func place(of phone: Phone) -> String {
    phone.device.place.map { WorkerText(visit).place($0) } ?? words["common.unknown_place"]
  }

  private func standing(of phone: Phone) -> String {
    switch PhonesPage.state(of: phone) {
    case .active: words["phones.states.active"]
    case .locked:
      words(
        "phones.locked_for", ["names": phone.locked.map(shownName).joined(separator: "; ")])
    case .revoked:
      words(
        "administration.revoked_at",
        ["moment": phone.device.revokedAt.map(visit.format.moment) ?? ""])
    }
  }

  /// A worker's name, where the visitor may see who it is.
  private func shownName(_ id: Identifier) -> String {
    guard let worker = workers[id] else { return words["administration.somebody_elsewhere"] }
    visit.log.note(id)
    return worker.name.isEmpty ? words["common.unnamed"] : worker.name
  }

  /// All that were found for a spreadsheet.
  func spreadsheet() -> Spreadsheet {
    let heads = [
      "administration.phone", "kinds.posyandu", "phones.users", "phones.last_user",
      "administration.last_used", "administration.enrolled", "administration.standing",
    ]
    var rows: [[Spreadsheet.Cell]] = [heads.map { .text(words[$0]) }]
    for phone in found {
      rows.append([
        .text(name(of: phone)), .text(place(of: phone)),
        .text(phone.device.workers.map(shownName).joined(separator: "; ")),
        .text(phone.lastUser.map(shownName) ?? ""),
        .text(phone.lastUsed.map(visit.format.moment) ?? ""),
        .text(visit.format.moment(phone.device.enrolledAt)), .text(standing(of: phone)),
      ])
    }
    return Spreadsheet(name: "phones.csv", rows: rows)
  }
}

extension Visit {
  /// Lets a phone in no more. One that is out of reach looks as if it were not there.
  func revokePhone(_ id: Identifier, _ form: Form) async throws -> Response {
    guard let device = try access.device(id), device.kind == .phone else {
      throw PageProblem.notFound
    }
    try await revoke(device)
    return redirect(to: PhonesPage.address(after: form))
  }
}
