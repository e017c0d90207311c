import Foundation
import GRDB

/// Random bytes of this journal that go into the ids of whom a list makes known: without them
/// nobody who sees an id can find the NIK that it was made of by trying all NIK.
public enum ImportSecret {
  /// How many bytes there are.
  static let length = 32

  /// The secret.
  ///
  /// - Throws: where the journal has none, which no version of the program leaves behind.
  public static func fetch(in db: Database) throws -> [UInt8] {
    guard let bytes = try Data.fetchOne(db, sql: "SELECT bytes FROM import_secret") else {
      throw DatabaseError(message: "import_secret is empty")
    }
    return [UInt8](bytes)
  }

  static func make(in db: Database) throws {
    var source = SystemRandomNumberGenerator()
    let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &source) }
    try db.execute(sql: "INSERT INTO import_secret (bytes) VALUES (?)", arguments: [Data(bytes)])
  }
}
