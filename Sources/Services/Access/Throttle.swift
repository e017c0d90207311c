import Foundation
import GRDB
import Health
import Journal

/// How many failures are let pass in what time, and how long to wait between them.
public struct ThrottleRule: Hashable, Sendable {
  /// After so many failures nothing is tried until the window is over.
  public var limit: Int
  /// How long failures count, from the first.
  public var window: Duration
  /// So many failures cost no waiting.
  public var freeTries: Int
  /// How long to wait after the next failure; twice as long after each further one.
  public var firstDelay: Duration

  /// How long to wait after so many failures, in milliseconds.
  func delay(after count: Int) -> Int64 {
    guard count > freeTries else { return 0 }
    let doubled = firstDelay.milliseconds << Int64(min(count - freeTries - 1, 20))
    return min(doubled, window.milliseconds)
  }
}

/// The address of the network that a request came from, as the server was told by the connection or
/// by a proxy that it trusts.
public struct ClientAddress: Hashable, Sendable {
  /// As text: IPv4, or IPv6.
  public let text: String

  /// An address.
  public init(_ text: String) { self.text = text }

  /// What is counted: of IPv6 the first 64 bits, for a customer has all addresses behind them.
  var network: String {
    var bytes = [UInt8](repeating: 0, count: 16)
    guard inet_pton(AF_INET6, text, &bytes) == 1 else { return text }
    let isIPv4 = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 255 && bytes[11] == 255
    if isIPv4 { return bytes[12...].map(String.init).joined(separator: ".") }
    return bytes[..<8].map(String.init).joined(separator: ",")
  }
}

/// What failures are counted for. A device that is known has a count of its own: whoever fails from
/// elsewhere cannot keep its owner out.
enum Bucket: Hashable, Sendable {
  /// A user name, from devices that are not known.
  case name(String)
  /// A worker on a device that is known.
  case device(Identifier, worker: Identifier)
  /// A session whose owner is asked for the password again.
  case session(Identifier)
  /// An address of the network.
  case address(ClientAddress)
  /// A worker who asks for persons of other facilities by their numbers.
  case numbers(Identifier)
  /// A worker's look-ups of persons out of reach by exact identifier.
  case lookUp(Identifier)

  var key: Data {
    let text =
      switch self {
      case .name(let name): "name " + name
      case .device(let device, let worker): "device " + device.text + " " + worker.text
      case .session(let session): "session " + session.text
      case .address(let address): "address " + address.network
      case .numbers(let worker): "numbers " + worker.text
      case .lookUp(let worker): "look-up " + worker.text
      }
    return Data(Cryptography.digest("sikilap attempt 1", Array(text.utf8)))
  }

  func rule(_ settings: AccessSettings) -> ThrottleRule {
    switch self {
    case .address: settings.addressThrottle
    case .numbers: settings.numberThrottle
    case .lookUp: settings.lookUpThrottle
    case .name, .device, .session: settings.nameThrottle
    }
  }
}

extension Access {
  /// Counts a try in every bucket before it is judged, so that tries at the same moment do not slip
  /// through together.
  ///
  /// - Throws: ``AccessRefusal/wait(seconds:)`` where one of them is full; then none is counted.
  func reserve(_ buckets: [Bucket], at: Instant) async throws {
    let settings = settings
    let wait: Int64 = try await pool.write { db in
      let now = at.milliseconds
      var rows: [(key: Data, started: Int64, count: Int, rule: ThrottleRule)] = []
      var wait: Int64 = 0
      for bucket in buckets {
        let rule = bucket.rule(settings)
        let row = try Row.fetchOne(
          db, sql: "SELECT started_at, count, blocked_until FROM attempt WHERE bucket = ?",
          arguments: [bucket.key])
        var started = row?["started_at"] as Int64? ?? now
        var count = row?["count"] as Int? ?? 0
        if now >= started + rule.window.milliseconds || now < started {
          (started, count) = (now, 0)
        } else if let blocked = row?["blocked_until"] as Int64?, now < blocked {
          wait = max(wait, blocked - now)
        }
        rows.append((bucket.key, started, count + 1, rule))
      }
      if wait > 0 { return wait }
      for row in rows {
        let end = row.started + row.rule.window.milliseconds
        let blocked = row.count >= row.rule.limit ? end : now + row.rule.delay(after: row.count)
        try db.execute(
          sql: "INSERT OR REPLACE INTO attempt VALUES (?, ?, ?, ?)",
          arguments: [row.key, row.started, row.count, blocked])
      }
      return 0
    }
    if wait > 0 { throw AccessRefusal.wait(seconds: Int((wait + 999) / 1000)) }
  }

  /// Counts that a worker asks for a person of another facility by number.
  ///
  /// - Throws: ``AccessRefusal/wait(seconds:)`` after too many.
  public func countNumberSearch(by worker: Identifier, at: Instant) async throws {
    try await reserve([.numbers(worker)], at: at)
  }

  /// Takes a counted try back, for it was none or it succeeded: earlier failures stay.
  static func release(_ buckets: [Bucket], _ db: Database) throws {
    for bucket in buckets {
      try db.execute(
        sql: "UPDATE attempt SET count = count - 1, blocked_until = 0 WHERE bucket = ?",
        arguments: [bucket.key])
      try db.execute(
        sql: "DELETE FROM attempt WHERE bucket = ? AND count <= 0", arguments: [bucket.key])
    }
  }

  /// Forgets all failures of a name, device or session, for its owner was there. Those of an address
  /// stay, less this try: else whoever has one account could go on trying others.
  static func forgive(_ buckets: [Bucket], _ db: Database) throws {
    for bucket in buckets {
      if case .address = bucket {
        try release([bucket], db)
      } else {
        try db.execute(sql: "DELETE FROM attempt WHERE bucket = ?", arguments: [bucket.key])
      }
    }
  }

  /// As ``release(_:_:)`` where the machine was too busy to judge.
  func unlessBusy<Value: Sendable>(
    releasing buckets: [Bucket], _ work: () async throws -> Value
  ) async throws -> Value {
    do {
      return try await work()
    } catch {
      try await pool.write { try Access.release(buckets, $0) }
      throw error
    }
  }
}
