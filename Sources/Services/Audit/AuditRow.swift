import GRDB
import Health
import Journal

/// A row of the log with all that its link is computed over.
struct AuditRow {
  let sequence: Int64
  let at: Int64
  let worker: Identifier?
  let session: [UInt8]?
  let device: Identifier?
  let action: [UInt8]
  let purpose: [UInt8]?
  let route: [UInt8]?
  let place: Identifier?
  let outcome: UInt8
  let count: Int64
  let subjectCount: Int64
  let detail: [UInt8]

  static let columns =
    "sequence, at, worker, session, device, action, purpose, route, place, outcome, count, "
    + "subject_count, detail, chain"

  private static let insertion = """
    INSERT INTO audit_entry (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  private static let naming = "INSERT INTO audit_subject (entry, subject) VALUES (?, ?)"
  private static let end =
    "SELECT sequence, chain FROM audit_entry ORDER BY sequence DESC LIMIT 1"

  /// How many entries the log holds, and the link of the last.
  static func end(of db: Database) throws -> (sequence: Int64, chain: ChainHash) {
    try BareStatement(end, in: db).first { row in
      ChainHash(stored: row.bytes(1)).map { (row.integer(0), $0) }
    } ?? (0, .start)
  }

  /// Writes an entry behind the last one.
  ///
  /// - Returns: its sequence number.
  static func append(_ entry: AuditEntry, in db: Database) throws -> Int64 {
    try entry.check()
    let (last, before) = try end(of: db)
    let subjects = Set(entry.subjects).sorted()
    let row = AuditRow(entry, sequence: last + 1, subjectCount: subjects.count)
    var writer = AuditLink(row, after: before)
    for subject in subjects { writer.add(subject) }
    try row.insert(chain: writer.link, in: db)
    let statement = try BareStatement(naming, in: db)
    for subject in subjects {
      statement.bind(row.sequence, at: 1)
      statement.bind(subject, at: 2)
      try statement.execute()
    }
    if let facts = entry.detail.facts {
      try AuditCoverage.note(facts.sequences, entry: row.sequence, in: db)
    }
    return row.sequence
  }

  private init(_ entry: AuditEntry, sequence: Int64, subjectCount: Int) {
    self.sequence = sequence
    at = entry.at.milliseconds
    worker = entry.author.worker
    session = entry.author.session
    device = entry.author.device
    action = Array(entry.action.rawValue.utf8)
    purpose = entry.purpose.map { Array($0.rawValue.utf8) }
    route = entry.route.map { Array($0.utf8) }
    place = entry.place
    outcome = entry.outcome.rawValue
    count = Int64(entry.count)
    self.subjectCount = Int64(subjectCount)
    detail = entry.detail.packed
  }

  /// Reads a row of ``columns``; nothing where a column holds what the log never writes.
  init?(_ row: BareRow) {
    func identifier(_ column: Int32) -> Identifier?? {
      if row.isNull(column) { return .some(nil) }
      return row.identifier(column).map { .some($0) }
    }
    func bytes(_ column: Int32) -> [UInt8]? {
      row.isNull(column) ? nil : [UInt8](row.bytes(column))
    }
    guard let worker = identifier(2), let device = identifier(4), let place = identifier(8),
      let outcome = UInt8(exactly: row.integer(9)), row.integer(10) >= 0, row.integer(11) >= 0
    else { return nil }
    sequence = row.integer(0)
    at = row.integer(1)
    self.worker = worker
    session = bytes(3)
    self.device = device
    action = [UInt8](row.bytes(5))
    purpose = bytes(6)
    route = bytes(7)
    self.place = place
    self.outcome = outcome
    count = row.integer(10)
    subjectCount = row.integer(11)
    detail = [UInt8](row.bytes(12))
  }

  /// The entry with the subjects given; nothing where it is not of the form that entries have.
  func entry(subjects: [Identifier]) -> AuditEntry? {
    func code(_ bytes: [UInt8]) -> AuditCode? {
      AuditCode(rawValue: String(decoding: bytes, as: UTF8.self))
    }
    guard let action = code(action), let outcome = AuditOutcome(rawValue: outcome),
      let count = Int(exactly: count),
      let detail = try? detail.withUnsafeBufferPointer({ try AuditDetail(packed: $0) })
    else { return nil }
    return AuditEntry(
      at: Instant(milliseconds: at),
      by: AuditAuthor(worker: worker, session: session, device: device), action: action,
      purpose: purpose.flatMap(code), route: route.map { String(decoding: $0, as: UTF8.self) },
      place: place, outcome: outcome, count: count, subjects: subjects, detail: detail)
  }

  private func insert(chain: ChainHash, in db: Database) throws {
    let statement = try BareStatement(AuditRow.insertion, in: db)
    statement.bind(sequence, at: 1)
    statement.bind(at, at: 2)
    statement.bind(worker, at: 3)
    statement.bind(blob: session, at: 4)
    statement.bind(device, at: 5)
    statement.bind(text: action, at: 6)
    statement.bind(text: purpose, at: 7)
    statement.bind(text: route, at: 8)
    statement.bind(place, at: 9)
    statement.bind(Int64(outcome), at: 10)
    statement.bind(count, at: 11)
    statement.bind(subjectCount, at: 12)
    statement.bind(detail, at: 13)
    statement.bind(chain.bytes, at: 14)
    try statement.execute()
  }
}

extension BareStatement {
  fileprivate func bind(blob value: [UInt8]?, at position: Int32) {
    if let value { bind(value, at: position) } else { bind(Identifier?.none, at: position) }
  }

  fileprivate func bind(text value: [UInt8]?, at position: Int32) {
    if let value {
      bind(String(decoding: value, as: UTF8.self), at: position)
    } else {
      bind(Identifier?.none, at: position)
    }
  }
}

/// The link of an entry: SHA-256 over the name of the log, the version, the link before, and the
/// entry's canonical bytes with its subjects in rising order. Format: docs/formats/audit.md.
struct AuditLink {
  private static let domain = Array("sikilap audit".utf8)
  private static let version: UInt8 = 1

  private var writer = ByteWriter(capacity: 512)

  init(_ row: AuditRow, after before: ChainHash) {
    writer.raw(AuditLink.domain)
    writer.byte(AuditLink.version)
    writer.raw(before.bytes)
    writer.unsigned(UInt64(row.sequence))
    writer.signed(row.at)
    let flags: [(isThere: Bool, bit: UInt8)] = [
      (row.worker != nil, 1), (row.session != nil, 2), (row.device != nil, 4),
      (row.purpose != nil, 8), (row.route != nil, 16), (row.place != nil, 32),
    ]
    writer.byte(flags.reduce(0) { $1.isThere ? $0 | $1.bit : $0 })
    if let worker = row.worker { writer.identifier(worker) }
    if let session = row.session { add(session) }
    if let device = row.device { writer.identifier(device) }
    if let purpose = row.purpose { add(purpose) }
    if let route = row.route { add(route) }
    if let place = row.place { writer.identifier(place) }
    add(row.action)
    writer.byte(row.outcome)
    writer.unsigned(UInt64(row.count))
    add(row.detail)
    writer.unsigned(UInt64(row.subjectCount))
  }

  private mutating func add(_ bytes: [UInt8]) {
    writer.unsigned(UInt64(bytes.count))
    writer.raw(bytes)
  }

  /// Adds a subject; they come in rising order.
  mutating func add(_ subject: Identifier) { writer.identifier(subject) }

  /// The entry's canonical bytes alone, after all subjects.
  var canonical: [UInt8] {
    Array(writer.bytes.dropFirst(AuditLink.domain.count + 1 + ChainHash.start.bytes.count))
  }

  /// The link after all subjects.
  var link: ChainHash { ChainHash(of: writer.bytes) }
}
