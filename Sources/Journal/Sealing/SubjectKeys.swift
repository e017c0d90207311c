import GRDB
import Health

/// The keys with which facts about persons and households are sealed, one for each of them, looked
/// up once in a batch.
struct SubjectKeys {
  private enum Known {
    case key(SealingKey)
    case none
    case erased
  }

  private var known: [Identifier: Known] = [:]

  /// Whether the law demanded that what was known of the subject be erased.
  mutating func isErased(_ subject: Identifier, in db: Database) throws -> Bool {
    if case .erased = try look(subject, in: db) { return true }
    return false
  }

  /// The subject's key, made where there is none.
  mutating func key(of subject: Identifier, in db: Database) throws -> SealingKey {
    if case .key(let key) = try look(subject, in: db) { return key }
    let key = SealingKey.fresh()
    let statement = try BareStatement(
      "INSERT INTO subject_key (subject, key) VALUES (?, ?)", in: db)
    statement.bind(subject, at: 1)
    statement.bind(key.bytes, at: 2)
    try statement.execute()
    known[subject] = .key(key)
    return key
  }

  /// Destroys the subject's key.
  mutating func erase(_ subject: Identifier, in db: Database) throws {
    let statement = try BareStatement("DELETE FROM subject_key WHERE subject = ?", in: db)
    statement.bind(subject, at: 1)
    try statement.execute()
    known[subject] = .erased
  }

  private mutating func look(_ subject: Identifier, in db: Database) throws -> Known {
    if let answer = known[subject] { return answer }
    let answer = try stored(subject, in: db)
    known[subject] = answer
    return answer
  }

  private func stored(_ subject: Identifier, in db: Database) throws -> Known {
    let keys = try BareStatement("SELECT key FROM subject_key WHERE subject = ?", in: db)
    keys.bind(subject, at: 1)
    if let key = try keys.first({ SealingKey(stored: $0.bytes(0)) }) { return .key(key) }
    return try Erasures.isErased(subject, in: db) ? .erased : .none
  }
}

/// Whom the journal no longer tells of.
public enum Erasures {
  /// Whether what was known of a person or household was erased.
  public static func isErased(_ subject: Identifier, in db: Database) throws -> Bool {
    try fact(of: subject, in: db) != nil
  }

  /// The fact by which it was erased; nothing where it was not.
  public static func fact(of subject: Identifier, in db: Database) throws -> Fact? {
    let statement = try BareStatement(
      "SELECT \(FactRow.columns) FROM fact WHERE subject = ? AND kind = 97 LIMIT 1", in: db)
    statement.bind(subject, at: 1)
    return try statement.first(FactRow.fact)
  }
}
