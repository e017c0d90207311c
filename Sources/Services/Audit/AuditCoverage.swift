import GRDB
import Health
import Journal

/// Which facts the log vouches for.
///
/// Whoever changes a fact's recorder, or takes a fact out, and works the facts' chain out anew, has
/// to change the log as well. Entries may come in another order than the facts that they cover, and
/// cover a fact twice: two programs may write at once.
extension AuditFile {
  /// Vouches for facts that were accepted, in the name of whoever sent them. To be awaited before
  /// the sender is told; where it throws the facts are there nevertheless, and are found at the next
  /// opening.
  ///
  /// - Parameters:
  ///   - results: what ``JournalFile/accept(_:now:)`` returned for one batch.
  ///   - journal: the journal that accepted them.
  ///   - entry: who did what; its count and facts are filled in here. More than
  ///     ``AcceptedFacts/limit`` facts take several entries, of which the first names the subjects.
  public func cover(
    _ results: [Acceptance], of journal: JournalFile, as entry: AuditEntry
  ) async throws(AuditProblem) {
    guard let sequences = Acceptance.sequences(of: results) else { return }
    do {
      let entries = try await journal.pool.read { db in
        try AuditCoverage.entries(for: sequences, like: entry, isFound: false, in: db)
      }
      try await queue.commit { db in
        for entry in entries { _ = try AuditRow.append(entry, in: db) }
      }
    } catch { throw AuditProblem(error) }
  }

  /// As ``cover(_:of:as:)``, for callers with a thread to wait on who know what they wrote by its
  /// sequence numbers, as imports do.
  ///
  /// - Parameter sequences: facts that the journal accepted from the entry's author, and no others.
  public func cover(
    _ sequences: ClosedRange<Int64>, of journal: JournalFile, as entry: AuditEntry
  ) throws(AuditProblem) {
    do {
      let entries = try journal.pool.read { db in
        try AuditCoverage.entries(for: sequences, like: entry, isFound: false, in: db)
      }
      _ = try queue.commitAndWait { db in
        for entry in entries { _ = try AuditRow.append(entry, in: db) }
      }
    } catch { throw AuditProblem(error) }
  }

  /// Makes sure that the log belongs to the journal, and vouches for facts that nobody has vouched
  /// for: they came by the command line, or the program ended between the two files. To be called
  /// when the two files were opened.
  ///
  /// - Returns: how many facts were found so.
  @discardableResult
  public func coverFound(
    in journal: JournalFile, at now: Instant
  ) throws(AuditProblem) -> Int64 {
    try requireOwn(journal)
    let template = AuditEntry(at: now, by: .program, action: .acceptedFacts)
    do {
      let end = try journal.pool.read { db in
        try Int64.fetchOne(db, sql: "SELECT MAX(sequence) FROM fact") ?? 0
      }
      let gaps = try pool.read { try AuditCoverage.gaps(through: end, in: $0) }
      for piece in gaps.flatMap(AcceptedFacts.pieces) {
        let entries = try journal.pool.read { db in
          try AuditCoverage.entries(for: piece, like: template, isFound: true, in: db)
        }
        _ = try queue.commitAndWait { db in
          for entry in entries { _ = try AuditRow.append(entry, in: db) }
        }
      }
      return gaps.reduce(0) { $0 + Int64($1.count) }
    } catch { throw AuditProblem(error) }
  }

  /// Refuses a journal that is not the one that the log tells of.
  public func requireOwn(_ journal: JournalFile) throws(AuditProblem) {
    let last = try read { try AuditCoverage.farthest(in: $0) }
    guard let last else { return }
    do {
      try journal.pool.read { db in
        let statement = try BareStatement("SELECT chain FROM fact WHERE sequence = ?", in: db)
        statement.bind(last.fact, at: 1)
        let stored = try statement.first { ChainHash(stored: $0.bytes(0)) }
        guard let stored else {
          let facts = try Int64.fetchOne(db, sql: "SELECT MAX(sequence) FROM fact")
          throw AuditProblem.journalIsOlder(covered: last.fact, facts: facts ?? 0)
        }
        guard stored == last.link else {
          throw AuditProblem.otherJournal(sequence: last.fact)
        }
      }
    } catch { throw AuditProblem(error) }
  }
}

/// The bookkeeping of what is covered.
enum AuditCoverage {
  /// Entries that vouch for facts; each covers at most ``AcceptedFacts/limit``.
  static func entries(
    for sequences: ClosedRange<Int64>, like template: AuditEntry, isFound: Bool,
    in journal: Database
  ) throws -> [AuditEntry] {
    var entry = template
    return try AcceptedFacts.pieces(of: sequences).map { piece in
      defer { entry.subjects = [] }
      guard let facts = try AcceptedFacts.read(piece, isFound: isFound, in: journal) else {
        throw AuditProblem.unreadableFact(sequence: piece.lowerBound)
      }
      entry.detail.facts = facts
      entry.count = piece.count
      return entry
    }
  }

  /// Notes what a new entry covers, and through which fact everything is covered with it.
  static func note(_ sequences: ClosedRange<Int64>, entry: Int64, in db: Database) throws {
    var through = try through(in: db)
    if sequences.lowerBound <= through + 1 {
      through = max(through, sequences.upperBound)
      // What came before its turn follows on; nothing that starts farther back can reach beyond.
      let following = try BareStatement(
        "SELECT MAX(last) FROM audit_covered WHERE first BETWEEN ? AND ?", in: db)
      while true {
        following.bind(through - AcceptedFacts.limit, at: 1)
        following.bind(through + 1, at: 2)
        guard let next = try following.first({ $0.optionalInteger(0) }), next > through else {
          break
        }
        through = next
      }
    }
    let statement = try BareStatement(
      "INSERT INTO audit_covered (entry, first, last, through) VALUES (?, ?, ?, ?)", in: db)
    statement.bind(entry, at: 1)
    statement.bind(sequences.lowerBound, at: 2)
    statement.bind(sequences.upperBound, at: 3)
    statement.bind(through, at: 4)
    try statement.execute()
  }

  /// All facts through that one are covered; 0 where none is.
  static func through(in db: Database) throws -> Int64 {
    try BareStatement("SELECT through FROM audit_covered ORDER BY entry DESC LIMIT 1", in: db)
      .first { $0.integer(0) } ?? AuditRemoval.last(in: db)?.removed.facts ?? 0
  }

  /// The facts through `last` that nobody has vouched for.
  static func gaps(through last: Int64, in db: Database) throws -> [ClosedRange<Int64>] {
    var next = try through(in: db) + 1
    var gaps: [ClosedRange<Int64>] = []
    let ahead = try BareStatement(
      "SELECT first, last FROM audit_covered WHERE first > ? ORDER BY first", in: db)
    ahead.bind(next, at: 1)
    try ahead.forEach { row in
      let first = row.integer(0)
      if first > last { return false }
      if first > next { gaps.append(next...(first - 1)) }
      next = max(next, row.integer(1) + 1)
      return true
    }
    if next <= last { gaps.append(next...last) }
    return gaps
  }

  /// The last of the covered facts that reach farthest, and where the facts' chain stood after it.
  static func farthest(in db: Database) throws -> (fact: Int64, link: ChainHash)? {
    let entry = try BareStatement(
      "SELECT entry FROM audit_covered ORDER BY first DESC, last DESC LIMIT 1", in: db
    ).first { $0.integer(0) }
    guard let entry else {
      // All that vouched for facts is older than the log is kept.
      return try AuditRemoval.last(in: db).flatMap { last in
        last.removed.facts > 0 ? (last.removed.facts, last.removed.factLink) : nil
      }
    }
    let statement = try BareStatement("SELECT detail FROM audit_entry WHERE sequence = ?", in: db)
    statement.bind(entry, at: 1)
    let facts = try statement.first { try? AuditDetail(packed: $0.bytes(0)).facts }
    guard let facts else { throw AuditProblem.unreadableEntry(sequence: entry) }
    return (facts.sequences.upperBound, facts.link)
  }
}

extension AcceptedFacts {
  /// Pieces that fit an entry.
  static func pieces(of sequences: ClosedRange<Int64>) -> [ClosedRange<Int64>] {
    stride(from: sequences.lowerBound, through: sequences.upperBound, by: Int(limit)).map { first in
      first...min(first + limit - 1, sequences.upperBound)
    }
  }

  /// What is to be vouched for, from the journal; nothing where a fact is missing or unreadable.
  static func read(
    _ sequences: ClosedRange<Int64>, isFound: Bool, in journal: Database
  ) throws -> AcceptedFacts? {
    var content = ByteWriter(capacity: sequences.count * 33)
    var marks = ByteWriter(capacity: sequences.count * markLength)
    var link: ChainHash?
    var next = sequences.lowerBound
    let facts = try BareStatement(
      """
      SELECT sequence, id, recorder, chain FROM fact WHERE sequence BETWEEN ? AND ?
      ORDER BY sequence
      """, in: journal)
    facts.bind(sequences.lowerBound, at: 1)
    facts.bind(sequences.upperBound, at: 2)
    try facts.forEach { row in
      guard row.integer(0) == next, let id = row.identifier(1),
        let chain = ChainHash(stored: row.bytes(3))
      else { return false }
      let recorder = row.identifier(2)
      guard recorder != nil || row.isNull(2) else { return false }
      content.identifier(id)
      content.byte(recorder == nil ? 0 : 1)
      if let recorder { content.identifier(recorder) }
      marks.raw([UInt8](row.bytes(1).suffix(2)))
      marks.raw(recorder == nil ? [0, 0] : [UInt8](row.bytes(2).suffix(2)))
      marks.raw([UInt8](row.bytes(3).prefix(2)))
      link = chain
      next += 1
      return true
    }
    guard next == sequences.upperBound + 1, let link else { return nil }
    return AcceptedFacts(
      sequences: sequences, digest: ChainHash(of: content.bytes), link: link, marks: marks.bytes,
      isFoundAtOpening: isFound)
  }
}
