import Foundation
import Health
import Hummingbird
import Journal
import Services
import Synchronization

/// A form that came when its session was over: what was written in it, for the worker of that
/// session and nobody else.
struct KeptForm: Sendable {
  /// Where it was sent.
  let path: String
  /// The page that it stood on, with `kept`: there it is filled in again.
  let page: String
  /// What was written.
  let items: [(name: String, value: String)]
  /// Since when it is kept.
  let since: Instant
}

/// Forms whose session had ended, in memory and for half an hour, one for each worker. Nothing is
/// written from them: they are filled in again once the same worker has signed in, and sent by the
/// worker.
final class KeptForms: Sendable {
  /// How long a form is kept.
  static let milliseconds: Int64 = 30 * 60_000
  /// For so long after the last page it is known whose form it was.
  private static let ownersMilliseconds: Int64 = 24 * 3_600_000
  private static let mostOwners = 10_000
  /// Forms of up to 64 KiB.
  private static let mostForms = 200
  /// What is never kept, wherever it stands.
  private static let secrets: Set<String> = [
    "form_token", "password", "pin", "current", "new", "again", "time_code", "code",
  ]

  private struct State {
    /// Whose forms carry a token, and when that worker was last seen with it.
    var owners: [String: (worker: Identifier, at: Instant)] = [:]
    var forms: [Identifier: KeptForm] = [:]
  }

  private let state = Mutex(State())

  /// A worker's pages carry this token.
  func note(_ formToken: String, of worker: Identifier, at now: Instant) {
    state.withLock { state in
      if state.owners.count >= KeptForms.mostOwners, state.owners[formToken] == nil {
        let oldest = now.milliseconds - KeptForms.ownersMilliseconds
        state.owners = state.owners.filter { $0.value.at.milliseconds > oldest }
        if state.owners.count >= KeptForms.mostOwners { state.owners.removeAll() }
      }
      state.owners[formToken] = (worker, now)
    }
  }

  /// Keeps what was written, where the form carries the token of a worker's session.
  ///
  /// - Returns: whether it is kept.
  func keep(
    _ items: [(name: String, value: String)], sentTo path: String, from page: String,
    at now: Instant
  ) -> Bool {
    guard let token = items.first(where: { $0.name == "form_token" })?.value else { return false }
    return state.withLock { state in
      guard let owner = state.owners[token],
        now.milliseconds - owner.at.milliseconds < KeptForms.ownersMilliseconds
      else { return false }
      state.forms = state.forms.filter { !$0.value.isOver(at: now) }
      guard state.forms.count < KeptForms.mostForms || state.forms[owner.worker] != nil else {
        return false
      }
      state.forms[owner.worker] = KeptForm(
        path: path, page: page,
        items: items.filter { !KeptForms.secrets.contains($0.name) }, since: now)
      return true
    }
  }

  /// What a worker wrote, where it is still kept.
  func form(of worker: Identifier, at now: Instant) -> KeptForm? {
    state.withLock { $0.forms[worker] }.flatMap { $0.isOver(at: now) ? nil : $0 }
  }

  /// The worker has sent the form anew.
  func forget(of worker: Identifier, sentTo path: String) {
    state.withLock { state in
      if state.forms[worker]?.path == path { state.forms[worker] = nil }
    }
  }
}

extension KeptForm {
  fileprivate func isOver(at now: Instant) -> Bool {
    now.milliseconds - since.milliseconds >= KeptForms.milliseconds
  }

  /// The parameter of the page on which a kept form is filled in.
  static let parameter = "kept"
}

extension Site {
  /// What was sent to a route when its session was over: kept for its worker where that can be, and
  /// never a password.
  ///
  /// - Returns: where the sender is led to: to sign in, and then back to the form.
  func sessionEnded(
    _ form: Form, _ request: Request, _ need: Need, isKader: Bool
  ) -> PageProblem {
    let page = Site.page(of: form, request)
    guard case .oneOf = need else {
      return .signInNeeded(then: page, isKader: isKader, ended: .lost)
    }
    let isKept =
      page.map { keptForms.keep(form.items, sentTo: request.uri.path, from: $0, at: now) } ?? false
    let address = page.map { page in
      isKept ? page + (page.contains("?") ? "&" : "?") + "\(KeptForm.parameter)=1" : page
    }
    return .signInNeeded(then: address, isKader: isKader, ended: isKept ? .kept : .lost)
  }

  /// The page that a form stood on: the one that browsers name, as far as it is one of ours that
  /// can be asked for.
  private static func page(of form: Form, _ request: Request) -> String? {
    let host = request.head.authority ?? ""
    let named = request.headers[.referer].flatMap { address -> String? in
      guard let start = address.range(of: "://\(host)/") else { return nil }
      return SignInPage.ownPath("/" + address[start.upperBound...])
    }
    if let named, RoutePermissions.isPage(named) { return named }
    if RoutePermissions.isPage(request.uri.path) { return request.uri.path }
    guard request.uri.path == "/people" else { return nil }
    // Its own page, which showed the form once more.
    return Links.address(
      "/people/new",
      ["family", "mother_id"].map { name in (name, form[name].isEmpty ? nil : form[name]) })
  }
}

extension RoutePermissions {
  /// Whether an address is that of a page, and no file.
  static func isPage(_ address: String) -> Bool {
    let parts = address.prefix { $0 != "?" }.split(separator: "/")
    return table.keys.contains { route in
      let wanted = route.path.split(separator: "/")
      return route.method == .get && wanted.count == parts.count
        && zip(wanted, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        && !Spreadsheet.Form.allCases.contains { address.contains(".\($0.rawValue)") }
    }
  }
}
