import Foundation
import Health
import HTTPTypes
import Hummingbird
import Journal
import Services
import Synchronization

/// How people come in.
enum Entrance: Sendable {
  /// They sign in, and what they see is in the log.
  case signIn(Access, AuditFile)
  /// Whoever asks has every right and no log is kept: for tests of pages that are about something
  /// else. No public way leads here.
  case tester
}

/// The made-up accounts of a district of made-up data, which its sign-in page offers.
public struct DemoAccounts: Sendable {
  /// One account.
  public struct Account: Sendable {
    /// The name to sign in with.
    public let userName: String
    /// The role that it shows.
    public let role: Role
    /// The profession that it shows; nothing where the role has only one, or any.
    public let performer: CarePerformer?
    /// Whose it is.
    public let worker: Identifier

    /// An account to try a role with.
    public init(
      userName: String, role: Role, performer: CarePerformer? = nil, worker: Identifier
    ) {
      self.userName = userName
      self.role = role
      self.performer = performer
      self.worker = worker
    }
  }

  /// The accounts: one for each role, and one of a doctor.
  public let accounts: [Account]
  /// The password of all of them.
  public let password: String

  /// Accounts with one password.
  public init(accounts: [Account], password: String) {
    self.accounts = accounts
    self.password = password
  }
}

/// Rights as they were last worked out, for as long as neither roles nor places nor the day change.
final class RightsKept: Sendable {
  private struct Kept {
    let change: LastChange
    let day: CivilDate
    var rights: [Identifier: (worker: Worker, rights: Rights)] = [:]
  }

  private let kept = Mutex<Kept?>(nil)

  /// The worker and the rights, kept or worked out.
  func rights(
    of worker: Identifier, asOf change: LastChange, on day: CivilDate,
    _ work: () throws -> (worker: Worker, rights: Rights)?
  ) rethrows -> (worker: Worker, rights: Rights)? {
    let known = kept.withLock { kept in
      kept.flatMap { $0.change == change && $0.day == day ? $0.rights[worker] : nil }
    }
    if let known { return known }
    guard let fresh = try work() else { return nil }
    kept.withLock { kept in
      if kept?.change != change || kept?.day != day { kept = Kept(change: change, day: day) }
      kept?.rights[worker] = fresh
    }
    return fresh
  }
}

extension Site {
  /// Who asks: a worker with a session that is good, or nobody known.
  func visitor(of request: Request) async throws -> Visitor {
    guard case .signIn(let access, _) = entrance else { return .tester }
    guard let token = Cookies.session(of: request) else { return .nobody }
    let (state, events) = try await access.session(token, at: now)
    try await audit(events, by: Visitor.nobody)
    switch state {
    case .ended: return .nobody
    case .locked(let session):
      return Visitor(worker: nil, session: session, token: token, rights: .none)
    case .active(let session):
      guard let (worker, rights) = try rights(of: session.worker) else { return .nobody }
      keptForms.note(token.formToken, of: worker.id, at: now)
      let openings = try access.openings(of: worker.id, openAt: now)
      var visitor = Visitor(
        worker: worker, session: session, token: token,
        rights: openings.isEmpty ? rights : try self.rights(rights, with: openings),
        openings: openings)
      if session.strength != .pinAndDevice {
        visitor.mustChangePassword =
          try access.account(of: worker.id)?.mustChangePassword ?? false
      }
      return visitor
    }
  }

  /// A worker and what they may do today; nothing where the register does not know them.
  func rights(of id: Identifier) throws -> (worker: Worker, rights: Rights)? {
    let snapshot = try snapshot()
    return try rights.rights(of: id, asOf: snapshot.extent.changed, on: today) {
      try district.rights(of: id, on: today, tree: snapshot.tree)
    }
  }

  /// Rights with what is open just now: never kept, for it closes by itself.
  private func rights(_ rights: Rights, with openings: [Opening]) throws -> Rights {
    let places = try district.places(
      openedBy: openings, on: today, tree: try snapshot().tree)
    return rights.opening(places, persons: Set(openings.compactMap(\.person)))
  }

  /// Writes to the log; nothing is shown where that fails.
  func audit(_ entry: AuditEntry) async throws {
    guard case .signIn(_, let log) = entrance else { return }
    do { _ = try await log.record(entry) } catch { throw PageProblem.logUnavailable }
  }

  /// Writes what happened about signing in.
  func audit(_ events: [AccessEvent], by visitor: Visitor) async throws {
    for event in events { try await audit(event.entry(by: visitor.author)) }
  }
}

extension Visitor {
  /// Somebody who has not signed in.
  static let nobody = Visitor(worker: nil, session: nil, token: nil, rights: .none)
  /// A test.
  static let tester = Visitor(worker: nil, session: nil, token: nil, rights: .everything)

  /// Whether somebody has signed in.
  var isSignedIn: Bool { worker != nil || rights.isEverything }
}

/// Names of cookies, and what stands in them.
enum Cookies {
  /// The prefix makes browsers keep it to this host and to TLS; they take this machine for safe.
  static let session = "__Host-session"
  /// By which a phone or browser is known again.
  static let device = "__Host-device"
  /// The language that was chosen.
  static let language = "__Host-lang"
  /// What a worker of this browser wrote last as who gave the care: see ``VisitDefaults``.
  static let performer = "__Host-performer"
  /// The batches that a worker of this browser wrote today: see ``RememberedBatches``.
  static let batches = "__Host-batches"
  /// The list that a worker of this browser opened last today: see ``RememberedList``.
  static let list = "__Host-list"

  static func value(_ name: String, of request: Request) -> String? {
    for header in request.headers[values: .cookie] {
      for pair in header.split(separator: ";") {
        let parts = pair.split(separator: "=", maxSplits: 1)
        if parts.count == 2, parts[0].trimmingPrefix(while: { $0 == " " }) == name {
          return String(parts[1])
        }
      }
    }
    return nil
  }

  static func session(of request: Request) -> SessionToken? {
    value(session, of: request).flatMap(SessionToken.init(text:))
  }

  static func device(of request: Request) -> DeviceKey? {
    value(device, of: request).flatMap(DeviceKey.init(text:))
  }

  /// A cookie for this browser, for as long as it is open, or for so many seconds.
  static func set(_ name: String, _ value: String, seconds: Int? = nil) -> String {
    "\(name)=\(value); Path=/; Secure; HttpOnly; SameSite=Strict"
      + (seconds.map { "; Max-Age=\($0)" } ?? "")
  }

  static func forget(_ name: String) -> String { set(name, "", seconds: 0) }
}
