import Foundation
import GRDB
import Health
import Journal

/// A row of `pin`.
private struct PINRow: Sendable {
  let storedHash: String
  let tries: Int

  static func fetch(_ db: Database, _ owner: PINOwner) throws -> PINRow? {
    try Row.fetchOne(
      db, sql: "SELECT hash, tries FROM pin WHERE device = ? AND worker = ?",
      arguments: [owner.device.data, owner.worker.data]
    ).map { PINRow(storedHash: $0["hash"], tries: $0["tries"]) }
  }
}

/// Whose PIN on which phone.
struct PINOwner: Hashable, Sendable {
  let device: Identifier
  let worker: Identifier
}

/// A PIN that was right.
private struct RightPIN: Sendable {
  let owner: PINOwner
  /// By which stored hash it was judged.
  let hash: String
  /// What to store in its place, where parameters rose.
  let stronger: EncodedHash?
}

/// A kader who wants to sign in on an enrolled phone.
public struct PINSignIn: Sendable {
  /// Who of those that use the phone.
  public var worker: Identifier
  /// As it was entered.
  public var pin: Secret
  /// What the phone shows to be known.
  public var deviceKey: DeviceKey
  /// The session that the phone had until now, of whomever: it ends.
  public var replacing: SessionToken?
  /// Where the request came from.
  public var address: ClientAddress

  /// Somebody who wants to sign in.
  public init(
    worker: Identifier, pin: Secret, deviceKey: DeviceKey, replacing: SessionToken? = nil,
    address: ClientAddress
  ) {
    self.worker = worker
    self.pin = pin
    self.deviceKey = deviceKey
    self.replacing = replacing
    self.address = address
  }
}

extension Access {
  /// Signs a kader in by PIN on an enrolled phone.
  ///
  /// Nobody without the phone's key comes to the PIN: who shows a wrong key is counted by address
  /// only, and keeps no kader out. On the phone itself five wrong PINs in a row lock that kader's
  /// PIN there until the midwife enrols anew.
  public func signIn(_ request: PINSignIn, at: Instant) async throws -> Outcome<SignedIn> {
    var device: DeviceRow?
    do {
      device = try read { try DeviceRow.fetch($0, key: request.deviceKey) }
      guard let device, device.kind == .phone else {
        try await reserve([.address(request.address)], at: at)
        throw AccessRefusal.unknownDevice
      }
      let owner = PINOwner(device: device.id, worker: request.worker)
      let right = try await judge(request.pin, request.deviceKey, owner)
      let token = try SessionToken.fresh()
      let row = SessionRow(
        token: token, id: .fresh(at: at), worker: request.worker, device: device.id,
        strength: .pinAndDevice, at: at)
      let (events, ended) = try await pool.write { [self] db in
        let renewed = try Access.accept(right, db, at: at)
        let old = try SessionRow.fetch(
          db, "(device = ? AND worker = ?) OR token_hash = ?",
          [device.id.data, request.worker.data, request.replacing?.digest])
        let ends = try remove(old, db, at: at) { _ in .replaced }
        let begun = try begin(row, db, at: at)
        return (renewed + ends + begun.events, old + begun.ended)
      }
      forgetSeen(ended)
      let signedIn = SignedIn(
        token: token, session: row.session(seen: nil, settings), deviceKey: nil,
        mustChangePassword: false)
      return Outcome(result: .success(signedIn), events: events)
    } catch let refusal as AccessRefusal {
      let event = AccessEvent(
        .signInRefused(refusal), worker: request.worker, device: device?.id,
        address: request.address, at: at)
      return Outcome(result: .failure(refusal), events: [event])
    }
  }

  /// Goes on with a kader's session that asks for the PIN. The session gets a new token.
  public func unlock(
    _ token: SessionToken, pin: Secret, deviceKey: DeviceKey, at: Instant
  ) async throws -> Outcome<SessionToken> {
    var session: Session?
    do {
      let (found, owner) = try await phoneSession(token, deviceKey, at: at)
      session = found
      let right = try await judge(pin, deviceKey, owner)
      let fresh = try SessionToken.fresh()
      let renewed = try await pool.write { db in
        guard try Access.rotate(from: token.digest, to: fresh.digest, seen: at, db) != nil else {
          throw AccessRefusal.sessionEnded
        }
        return try Access.accept(right, db, at: at)
      }
      moveSeen(from: token.digest, to: fresh.digest)
      let event = AccessEvent(
        .unlocked, worker: owner.worker, device: owner.device, session: found.id, at: at)
      return Outcome(result: .success(fresh), events: renewed + [event])
    } catch let refusal as AccessRefusal {
      let event = AccessEvent(
        .unlockRefused(refusal), worker: session?.worker, device: session?.device,
        session: session?.id, at: at)
      return Outcome(result: .failure(refusal), events: [event])
    }
  }

  /// Changes the PIN of whoever is signed in on the phone, who gives the current one too. The
  /// session gets a new token.
  public func changePIN(
    _ token: SessionToken, current: Secret, new: Secret, deviceKey: DeviceKey, at: Instant
  ) async throws -> Outcome<SessionToken> {
    var session: Session?
    do {
      let (found, owner) = try await phoneSession(token, deviceKey, at: at)
      session = found
      // First, so that a weak or unlucky choice costs no try.
      let newHash = try await newPINHash(new, deviceKey)
      let right = try await judge(current, deviceKey, owner)
      let fresh = try SessionToken.fresh()
      try await pool.write { db in
        _ = try Access.accept(right, db, at: at)
        try Access.setPIN(newHash, owner, db, at: at)
        guard try Access.rotate(from: token.digest, to: fresh.digest, seen: at, db) != nil else {
          throw AccessRefusal.sessionEnded
        }
      }
      moveSeen(from: token.digest, to: fresh.digest)
      let event = AccessEvent(
        .pinSet, worker: owner.worker, device: owner.device, session: found.id, at: at)
      return Outcome(result: .success(fresh), events: [event])
    } catch let refusal as AccessRefusal {
      return Outcome(
        result: .failure(refusal), events: [changeRefused(refusal, session, at: at)])
    }
  }

  /// Asks whoever is signed in on the phone for the PIN again, before something that needs it.
  public func confirmPIN(
    _ token: SessionToken, _ pin: Secret, deviceKey: DeviceKey, at: Instant
  ) async throws -> Outcome<Void> {
    var session: Session?
    do {
      let (found, owner) = try await phoneSession(token, deviceKey, at: at)
      session = found
      let right = try await judge(pin, deviceKey, owner)
      try await pool.write { db in _ = try Access.accept(right, db, at: at) }
      return Outcome(result: .success(()), events: [])
    } catch let refusal as AccessRefusal {
      return Outcome(
        result: .failure(refusal), events: [changeRefused(refusal, session, at: at)])
    }
  }

  /// A session, locked or not, that goes with the phone that shows its key.
  private func phoneSession(
    _ token: SessionToken, _ key: DeviceKey, at: Instant
  ) async throws -> (Session, PINOwner) {
    let session: Session
    switch try await self.session(token, at: at).state {
    case .active(let found), .locked(let found): session = found
    case .ended: throw AccessRefusal.sessionEnded
    }
    guard let device = try read({ try DeviceRow.fetch($0, key: key) }),
      device.id == session.device, session.strength == .pinAndDevice
    else { throw AccessRefusal.unknownDevice }
    return (session, PINOwner(device: device.id, worker: session.worker))
  }

  /// Counts the try, then judges the PIN.
  ///
  /// - Throws: ``AccessRefusal/wrongPIN(triesLeft:)`` or ``AccessRefusal/pinLocked`` where it is wrong.
  private func judge(
    _ pin: Secret, _ key: DeviceKey, _ owner: PINOwner
  ) async throws -> RightPIN {
    let most = settings.pinTries
    let row = try await pool.write { db in
      guard let row = try PINRow.fetch(db, owner) else { throw AccessRefusal.notOnThisDevice }
      guard row.tries < most else { throw AccessRefusal.pinLocked }
      try db.execute(
        sql: "UPDATE pin SET tries = tries + 1 WHERE device = ? AND worker = ?",
        arguments: [owner.device.data, owner.worker.data])
      return row
    }
    do {
      let stored = try EncodedHash(row.storedHash)
      let secret = key.bound(to: pin)
      if try await hashing.verify(secret, against: stored) {
        return RightPIN(
          owner: owner, hash: row.storedHash,
          stronger: try await hashing.stronger(than: stored, secret, settings.pin))
      }
    } catch {
      try await pool.write { db in
        try db.execute(
          sql: "UPDATE pin SET tries = max(tries - 1, 0) WHERE device = ? AND worker = ?",
          arguments: [owner.device.data, owner.worker.data])
      }
      throw error
    }
    let left = most - row.tries - 1
    throw left > 0 ? AccessRefusal.wrongPIN(triesLeft: left) : .pinLocked
  }

  /// Forgets wrong tries, if the PIN is still the one that was judged.
  private static func accept(
    _ right: RightPIN, _ db: Database, at: Instant
  ) throws -> [AccessEvent] {
    let owner = right.owner
    try db.execute(
      sql: "UPDATE pin SET tries = 0, hash = ? WHERE device = ? AND worker = ? AND hash = ?",
      arguments: [
        right.stronger?.text ?? right.hash, owner.device.data, owner.worker.data, right.hash,
      ])
    guard db.changesCount > 0 else { throw AccessRefusal.notOnThisDevice }
    guard right.stronger != nil else { return [] }
    return [AccessEvent(.rehashed, worker: owner.worker, device: owner.device, at: at)]
  }

  static func setPIN(
    _ hash: EncodedHash, _ owner: PINOwner, _ db: Database, at: Instant
  ) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO pin VALUES (?, ?, ?, ?, 0)",
      arguments: [owner.device.data, owner.worker.data, hash.text, at.milliseconds])
  }

  /// The hash of a PIN that is good enough, together with the phone's key.
  func newPINHash(_ pin: Secret, _ key: DeviceKey) async throws -> EncodedHash {
    if let problem = PINRules.problem(pin) { throw AccessRefusal.pin(problem) }
    return try await hashing.hash(key.bound(to: pin), settings.pin)
  }
}
