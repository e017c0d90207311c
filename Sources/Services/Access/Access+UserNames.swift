import Foundation
import GRDB
import Health
import Journal

extension Access {
  /// Whose account has a user name; nothing where none has it.
  public func worker(userName: UserName) throws -> Identifier? {
    try pool.read { try AccountRow.fetch($0, userName: userName.text)?.worker }
  }

  /// By which names workers sign in.
  public func userNames() throws -> [String: Identifier] {
    try pool.read { db in
      try Row.fetchAll(db, sql: "SELECT user_name, worker FROM password").reduce(into: [:]) {
        $0[$1["user_name"] as String] = try $1.identifier("worker", of: "password")
      }
    }
  }

  /// Has accounts follow the register, which says who is called how: whoever else had one of these
  /// names signs in by it no more.
  ///
  /// - Parameter names: what the register tells, by worker; those without an account too.
  public func follow(_ names: [Identifier: UserName]) async throws {
    let isInStep = try await pool.read { try Access.isInStep(names, $0) }
    if isInStep { return }
    try await pool.write { db in
      for (worker, name) in names {
        // Nobody signs in by such a name: see ``UserName``.
        try db.execute(
          sql:
            "UPDATE password SET user_name = '#' || hex(worker) WHERE worker = ? OR user_name = ?",
          arguments: [worker.data, name.text])
      }
      // Where the register tells one name of two, the first keeps it.
      for (worker, name) in names.sorted(by: { $0.key < $1.key }) {
        try db.execute(
          sql: "UPDATE OR IGNORE password SET user_name = ? WHERE worker = ?",
          arguments: [name.text, worker.data])
      }
    }
  }

  private static func isInStep(_ names: [Identifier: UserName], _ db: Database) throws -> Bool {
    try names.allSatisfy { worker, name in
      let isFree = try AccountRow.fetch(db, userName: name.text).map { $0.worker == worker } ?? true
      let own = try AccountRow.fetch(db, worker: worker)?.userName
      return isFree && (own == nil || own == name.text)
    }
  }
}
