import Foundation
import Health
import Journal
import Services
import Synchronization

/// Who is at the other end: a worker with a session and today's rights, or somebody who has not
/// signed in.
struct Visitor: Sendable {
  /// The worker; nothing before somebody has signed in.
  let worker: Worker?
  let session: Session?
  let token: SessionToken?
  let rights: Rights
  /// Whether somebody else set the password: until its owner has chosen another, every page leads
  /// to where that is done.
  var mustChangePassword = false
  /// What the worker has open just now beyond the role.
  var openings: [Opening] = []

  /// What forms of this session carry.
  var formToken: String? { token?.formToken }

  /// Who the log says it was.
  var author: AuditAuthor {
    AuditAuthor(
      worker: worker?.id, session: token?.shortDigest, device: session?.device)
  }
}

/// What a page showed of whom; written to the log before the page leaves.
final class VisitLog: Sendable {
  private struct Seen {
    var subjects: [Identifier] = []
    var known: Set<Identifier> = []
    var place: Identifier?
    var rows: Int?
    var reason: OpeningReason?
    var action: AuditCode?
    var once: ToldOnce?
  }

  private let seen = Mutex(Seen())

  /// A person's name or data stands on the page.
  func note(_ person: Identifier) {
    seen.withLock { seen in
      if seen.known.insert(person).inserted { seen.subjects.append(person) }
    }
  }

  /// The page is about a place.
  func note(place: Identifier) { seen.withLock { $0.place = $0.place ?? place } }

  /// A person is seen because an emergency has opened the record.
  func note(reason: OpeningReason) { seen.withLock { $0.reason = reason } }

  /// The page is told of under a name of its own, for the route's action is another.
  func note(action: AuditCode) { seen.withLock { $0.action = action } }

  /// The page is asked for again and again while a form is filled in: it is told of once.
  func note(once: ToldOnce) { seen.withLock { $0.once = once } }

  /// So many rows leave that show no person, and are told of nevertheless.
  func note(rows: Int) { seen.withLock { $0.rows = rows } }

  /// Whose names and data, where, how many rows that is, and why it was opened.
  var content: VisitContent {
    seen.withLock {
      VisitContent(
        subjects: $0.subjects, place: $0.place, rows: $0.rows, reason: $0.reason,
        action: $0.action, once: $0.once)
    }
  }
}

/// One form in one session about one person, whose consequences are told of in the log once.
struct ToldOnce: Hashable, Sendable {
  let session: [UInt8]
  let subject: Identifier
  let form: Identifier
}

/// What was told of once, for an hour.
final class ToldBefore: Sendable {
  private static let milliseconds: Int64 = 3_600_000
  private static let most = 4_096

  private let known = Mutex<[ToldOnce: Instant]>([:])

  /// Whether it stands in the log since less than an hour.
  func contains(_ told: ToldOnce, at now: Instant) -> Bool {
    known.withLock { known in
      known[told].map { now.milliseconds - $0.milliseconds < ToldBefore.milliseconds } ?? false
    }
  }

  /// It stands in the log from now on. Where there are very many, all are forgotten and told of
  /// once more.
  func note(_ told: ToldOnce, at now: Instant) {
    known.withLock { known in
      if known.count >= ToldBefore.most { known.removeAll() }
      known[told] = now
    }
  }
}

/// What a page showed.
struct VisitContent: Sendable {
  let subjects: [Identifier]
  let place: Identifier?
  let rows: Int?
  let reason: OpeningReason?
  let action: AuditCode?
  let once: ToldOnce?
}
