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

  /// So many rows leave that show no person, and are told of nevertheless.
  func note(rows: Int) { seen.withLock { $0.rows = rows } }

  /// Whose names and data, where, and how many rows that is.
  var content: (subjects: [Identifier], place: Identifier?, rows: Int?) {
    seen.withLock { ($0.subjects, $0.place, $0.rows) }
  }
}
