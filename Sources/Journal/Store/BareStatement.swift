import GRDB
import GRDBSQLite
import Health

/// A prepared statement that binds and reads values where they lie, for the few statements that run
/// once or more for every fact: rows and arguments as objects cost several times what SQLite itself
/// needs there. Everything else goes through GRDB's own rows.
///
/// Use it on the connection's own queue only, and never inside itself.
public struct BareStatement {
  private let owner: Statement
  private let statement: OpaquePointer

  /// A statement that stays prepared for the next time.
  public init(_ sql: String, in db: Database) throws {
    owner = try db.cachedStatement(sql: sql)
    statement = owner.sqliteStatement
  }

  /// Binds a number.
  public func bind(_ value: Int64, at position: Int32) {
    sqlite3_bind_int64(statement, position, value)
  }

  /// Binds a number, or nothing.
  public func bind(_ value: Int64?, at position: Int32) {
    guard let value else {
      sqlite3_bind_null(statement, position)
      return
    }
    bind(value, at: position)
  }

  /// Binds an identifier's sixteen bytes, or nothing.
  public func bind(_ value: Identifier?, at position: Int32) {
    guard let value else {
      sqlite3_bind_null(statement, position)
      return
    }
    withUnsafeBytes(of: (value.high.bigEndian, value.low.bigEndian)) { bytes in
      _ = sqlite3_bind_blob(statement, position, bytes.baseAddress, 16, BareStatement.copied)
    }
  }

  /// Binds bytes.
  public func bind(_ value: [UInt8], at position: Int32) {
    // No bytes have no address, which SQLite would take for NULL.
    guard !value.isEmpty else {
      sqlite3_bind_zeroblob(statement, position, 0)
      return
    }
    value.withUnsafeBytes { bytes in
      _ = sqlite3_bind_blob64(
        statement, position, bytes.baseAddress, UInt64(bytes.count), BareStatement.copied)
    }
  }

  /// Binds text.
  public func bind(_ value: String, at position: Int32) {
    var text = value
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        _ = sqlite3_bind_text(
          statement, position, characters.baseAddress, Int32(characters.count),
          BareStatement.copied)
      }
    }
  }

  /// Runs a statement that returns no rows.
  public func execute() throws {
    defer { sqlite3_reset(statement) }
    while try step() {}
  }

  /// Reads the first row; nothing where there is none.
  public func first<Value>(_ read: (BareRow) throws -> Value?) throws -> Value? {
    defer { sqlite3_reset(statement) }
    return try step() ? try read(BareRow(statement: statement)) : nil
  }

  /// Reads rows until the last, or until `read` says that it has enough.
  public func forEach(_ read: (BareRow) throws -> Bool) throws {
    defer { sqlite3_reset(statement) }
    while try step() {
      guard try read(BareRow(statement: statement)) else { return }
    }
  }

  private func step() throws -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      let message = sqlite3_errmsg(sqlite3_db_handle(statement)).map { String(cString: $0) }
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
  }

  /// SQLite takes a copy before the call returns.
  private static var copied: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }
}

/// The row on which a ``BareStatement`` stands; valid until the next one.
public struct BareRow {
  fileprivate let statement: OpaquePointer

  /// A number; zero where there is none.
  public func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

  /// A number; nothing where there is none.
  public func optionalInteger(_ column: Int32) -> Int64? {
    isNull(column) ? nil : sqlite3_column_int64(statement, column)
  }

  /// Whether the column holds nothing.
  public func isNull(_ column: Int32) -> Bool {
    sqlite3_column_type(statement, column) == SQLITE_NULL
  }

  /// The bytes of a blob or text, where they lie.
  public func bytes(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
    let start = sqlite3_column_blob(statement, column)
    let count = Int(sqlite3_column_bytes(statement, column))
    return UnsafeBufferPointer(start: start?.assumingMemoryBound(to: UInt8.self), count: count)
  }

  /// An identifier; nothing where the column does not hold sixteen bytes.
  public func identifier(_ column: Int32) -> Identifier? {
    let bytes = bytes(column)
    return bytes.count == 16 ? Identifier { bytes[$0] } : nil
  }

  /// Text.
  public func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }
}
