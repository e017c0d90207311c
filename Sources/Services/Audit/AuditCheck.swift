import Foundation
import GRDB
import Health
import Journal

/// The first thing in the log that does not fit, and where.
public enum AuditMismatch: Hashable, Sendable {
  /// The order of writing has a gap: an entry is missing.
  case missingEntry(sequence: Int64)
  /// An entry cannot be read.
  case unreadableEntry(sequence: Int64)
  /// An entry's link does not follow from the entries before it: it, its subjects, or one before
  /// it was changed.
  case brokenChain(sequence: Int64)
  /// There are not as many subjects as the entry tells.
  case subjects(entry: Int64)
  /// Subjects stand under an entry that is not there.
  case strayedSubject(entry: Int64)
  /// The list of covered facts is not what the entries tell.
  case coveredList(entry: Int64)
  /// Facts are not those that the entry vouches for, were not recorded by those, or follow other
  /// facts.
  case facts(entry: Int64, first: Int64, last: Int64)
  /// The log vouches for facts that are not in the journal.
  case missingFacts(entry: Int64, last: Int64)
  /// An anchor among the facts names another link, or an entry that is not there: the log was
  /// written anew, or shortened.
  case anchor(fact: Int64, entries: Int64)
  /// The beginning of the log is gone, and the entry that tells of it does not fit: it came before
  /// the time was over, or no anchor among the facts names the link from which the log goes on.
  case removal(entry: Int64)
  /// SQLite itself finds the file damaged.
  case damagedFile(String)
}

/// What a check of the log found.
public struct AuditCheck: Sendable {
  /// The number of the last entry; those after ``removedEntries`` were read and linked.
  public internal(set) var entries: Int64 = 0
  /// So many entries at the beginning are gone since their time was over.
  public internal(set) var removedEntries: Int64 = 0
  /// The link of the last entry.
  public internal(set) var chain: ChainHash = .start
  /// Facts that the log vouches for, each counted once.
  public internal(set) var coveredFacts: Int64 = 0
  /// Facts that nobody has vouched for yet; they are found at the next opening.
  public internal(set) var uncoveredFacts: Int64 = 0
  /// Anchors among the facts that name a link of this log; those that name an entry before the last
  /// removed one are not among them, for nobody can tell any more.
  public internal(set) var anchors = 0
  /// The first thing that does not fit; nothing where all fits.
  public internal(set) var mismatch: AuditMismatch?
}

extension AuditFile {
  /// Computes the log's chain anew and compares it with the facts that it vouches for and with the
  /// anchors among them. The facts' own chain is ``District/verify(progress:)``'s.
  ///
  /// - Parameter progress: called with the number of entries read, now and then.
  public func check(
    against journal: JournalFile, progress: (Int64) -> Void = { _ in }
  ) throws(AuditProblem) -> AuditCheck {
    do {
      // The journal's snapshot is the older one: an anchor follows the entries that it names. Facts
      // that came after it are looked up in a later one.
      let (check, newer) = try journal.pool.read { facts in
        try pool.read { log in
          var run = try AuditCheckRun(log: log, facts: facts)
          try run.all(progress)
          return (run.result, run.newerFacts)
        }
      }
      guard check.mismatch == nil, let newer else { return check }
      let last = try journal.pool.read { db in
        try Int64.fetchOne(db, sql: "SELECT MAX(sequence) FROM fact")
      }
      var result = check
      if last ?? 0 < newer.last {
        result.mismatch = .missingFacts(entry: newer.entry, last: newer.last)
      }
      return result
    } catch { throw AuditProblem(error) }
  }
}

/// One check, inside a snapshot of both files.
private struct AuditCheckRun {
  /// Ends the check at the first thing that does not fit.
  struct Found: Error {
    let mismatch: AuditMismatch
  }

  /// So many milliseconds the moments of two entries may lie against their order: a clock that is
  /// put right.
  private static let clocksApart: Int64 = 86_400_000

  let log: Database
  let facts: Database
  var result = AuditCheck()
  /// The farthest that the log vouches for beyond the journal's snapshot.
  var newerFacts: (entry: Int64, last: Int64)?
  private var covered: [ClosedRange<Int64>] = []
  private var coveringEntries: Int64 = 0
  private let lastFact: Int64

  init(log: Database, facts: Database) throws {
    self.log = log
    self.facts = facts
    lastFact = try Int64.fetchOne(facts, sql: "SELECT MAX(sequence) FROM fact") ?? 0
  }

  mutating func all(_ progress: (Int64) -> Void) throws {
    do {
      try checkFile()
      try checkRemoval()
      try checkEntries(progress)
      try checkSubjects()
      try checkList()
      countCovered()
      try checkAnchors()
    } catch let found as Found {
      result.mismatch = found.mismatch
    } catch let error as DatabaseError
      where error.resultCode == .SQLITE_CORRUPT || error.resultCode == .SQLITE_NOTADB
    {
      result.mismatch = .damagedFile(error.message ?? error.description)
    }
  }

  private func checkFile() throws {
    let words = try String.fetchOne(log, sql: "PRAGMA quick_check")
    guard words == "ok" else { throw Found(mismatch: .damagedFile(words ?? "quick_check")) }
  }

  /// Where the beginning of the log is gone the chain goes on from the link that stands in its
  /// place. The entry that tells it is itself in the chain, and read with the others.
  private mutating func checkRemoval() throws {
    let first = try Int64.fetchOne(log, sql: "SELECT MIN(sequence) FROM audit_entry") ?? 1
    let last: (entry: Int64, at: Int64, removed: RemovedEntries)?
    do { last = try AuditRemoval.last(in: log) } catch AuditProblem.unreadableEntry(let sequence) {
      throw Found(mismatch: .unreadableEntry(sequence: sequence))
    }
    guard let last else { return }
    guard first == last.removed.through + 1 else {
      throw Found(mismatch: .removal(entry: last.entry))
    }
    let removed = last.removed
    let limit = last.at - RemovedEntries.kept
    let anchors = try BareStatement(
      """
      SELECT body FROM fact WHERE kind = \(FactKind.auditAnchor.rawValue) AND recorded_at <= ?
      """, in: facts)
    anchors.bind(limit, at: 1)
    var isAnchored = false
    try anchors.forEach { row in
      let anchor = try? AuditAnchorBody(row.bytes(0))
      isAnchored = anchor?.entries == removed.through && anchor?.head == removed.link.bytes
      return !isAnchored
    }
    guard isAnchored, removed.moments.upperBound.milliseconds <= limit else {
      throw Found(mismatch: .removal(entry: last.entry))
    }
    // Whoever sets the clock ahead to remove what is young has to set it back some time.
    let later = try Int64.fetchOne(
      log, sql: "SELECT MIN(at) FROM audit_entry WHERE sequence > ?", arguments: [last.entry])
    guard later.map({ last.at - AuditCheckRun.clocksApart <= $0 }) ?? true else {
      throw Found(mismatch: .removal(entry: last.entry))
    }
    if removed.facts > 0 {
      let fact = try BareStatement("SELECT chain FROM fact WHERE sequence = ?", in: facts)
      fact.bind(removed.facts, at: 1)
      guard try fact.first({ ChainHash(stored: $0.bytes(0)) }) == removed.factLink else {
        throw Found(mismatch: .facts(entry: last.entry, first: 1, last: removed.facts))
      }
      covered.append(1...removed.facts)
    }
    result.entries = removed.through
    result.removedEntries = removed.through
    result.chain = removed.link
  }

  private mutating func checkEntries(_ progress: (Int64) -> Void) throws {
    let entries = try BareStatement(
      "SELECT \(AuditRow.columns) FROM audit_entry ORDER BY sequence", in: log)
    let subjects = try BareStatement(
      "SELECT subject FROM audit_subject WHERE entry = ? ORDER BY subject", in: log)
    var stop: Found?
    try entries.forEach { row in
      do {
        try check(row, subjects)
        if result.entries % 10_000 == 0 { progress(result.entries) }
        return true
      } catch let found as Found {
        stop = found
        return false
      }
    }
    if let stop { throw stop }
  }

  private mutating func check(_ row: BareRow, _ subjects: BareStatement) throws {
    let next = result.entries + 1
    let sequence = row.integer(0)
    guard sequence == next else { throw Found(mismatch: .missingEntry(sequence: next)) }
    guard let entry = AuditRow(row), let stored = ChainHash(stored: row.bytes(13)),
      let read = entry.entry(subjects: [])
    else { throw Found(mismatch: .unreadableEntry(sequence: sequence)) }
    var link = AuditLink(entry, after: result.chain)
    var count: Int64 = 0
    subjects.bind(sequence, at: 1)
    try subjects.forEach { row in
      guard let subject = row.identifier(0) else { return false }
      link.add(subject)
      count += 1
      return true
    }
    guard count == entry.subjectCount else { throw Found(mismatch: .subjects(entry: sequence)) }
    guard link.link == stored else { throw Found(mismatch: .brokenChain(sequence: sequence)) }
    result.entries = sequence
    result.chain = stored
    if let accepted = read.detail.facts { try check(accepted, of: sequence) }
  }

  /// Reads the facts anew that an entry vouches for.
  private mutating func check(_ accepted: AcceptedFacts, of entry: Int64) throws {
    let (first, last) = (accepted.sequences.lowerBound, accepted.sequences.upperBound)
    coveringEntries += 1
    covered.append(accepted.sequences)
    let listed = try BareStatement(
      "SELECT 1 FROM audit_covered WHERE entry = ? AND first = ? AND last = ?", in: log)
    listed.bind(entry, at: 1)
    listed.bind(first, at: 2)
    listed.bind(last, at: 3)
    guard try listed.first({ $0.integer(0) }) != nil else {
      throw Found(mismatch: .coveredList(entry: entry))
    }
    if last > lastFact {
      if last > newerFacts?.last ?? 0 { newerFacts = (entry, last) }
      return
    }
    let found = try AcceptedFacts.read(
      accepted.sequences, isFound: accepted.isFoundAtOpening, in: facts)
    guard found == accepted else {
      throw Found(mismatch: .facts(entry: entry, first: first, last: last))
    }
  }

  private func checkSubjects() throws {
    let strayed = try Int64.fetchOne(
      log,
      sql: """
        SELECT entry FROM audit_subject
        WHERE entry NOT BETWEEN (SELECT COALESCE(MIN(sequence), 1) FROM audit_entry)
          AND (SELECT COALESCE(MAX(sequence), 0) FROM audit_entry) LIMIT 1
        """)
    if let strayed { throw Found(mismatch: .strayedSubject(entry: strayed)) }
  }

  private func checkList() throws {
    let count = try Int64.fetchOne(log, sql: "SELECT COUNT(*) FROM audit_covered") ?? 0
    guard count != coveringEntries else { return }
    let stray = try Int64.fetchOne(log, sql: "SELECT MAX(entry) FROM audit_covered") ?? 0
    throw Found(mismatch: .coveredList(entry: stray))
  }

  private mutating func countCovered() {
    var next: Int64 = 1
    for facts in covered.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      let from = max(next, facts.lowerBound)
      let through = min(facts.upperBound, lastFact)
      if through >= from { result.coveredFacts += through - from + 1 }
      next = max(next, through + 1)
    }
    result.uncoveredFacts = lastFact - result.coveredFacts
  }

  private mutating func checkAnchors() throws {
    let links = try BareStatement("SELECT chain FROM audit_entry WHERE sequence = ?", in: log)
    let anchors = try BareStatement(
      """
      SELECT sequence, body FROM fact WHERE kind = \(FactKind.auditAnchor.rawValue)
      ORDER BY sequence
      """, in: facts)
    var stop: Found?
    try anchors.forEach { row in
      guard let anchor = try? AuditAnchorBody(row.bytes(1)) else { return true }
      // Of the last removed one the link is compared already.
      if anchor.entries <= result.removedEntries { return true }
      links.bind(anchor.entries, at: 1)
      guard try links.first({ [UInt8]($0.bytes(0)) }) == anchor.head else {
        stop = Found(mismatch: .anchor(fact: row.integer(0), entries: anchor.entries))
        return false
      }
      result.anchors += 1
      return true
    }
    if let stop { throw stop }
  }
}
