import Foundation
import GRDB
import Health
import Journal

extension Access {
  /// The account of a worker; nothing where the worker has no password.
  public func account(of worker: Identifier) throws -> Account? {
    try pool.read { try AccountRow.fetch($0, worker: worker) }.map {
      Account(
        worker: $0.worker, userName: $0.userName,
        changedAt: Instant(milliseconds: $0.changedAt), mustChangePassword: $0.mustChange,
        hasTimeCode: $0.hasTimeCode)
    }
  }

  /// What is wrong with a new password; nothing where it is good.
  ///
  /// - Parameter context: the owner's name, user name, and places: what whoever knows the owner
  ///   tries first.
  public func problems(with password: Secret, context: [String]) -> [PasswordProblem] {
    rules.problems(password, context: context)
  }

  /// Sets a worker's password and user name, as the command line does for the first administrator
  /// and for demonstrations. All sessions of the worker end.
  ///
  /// - Parameters:
  ///   - userName: nothing where the worker keeps the one there is.
  ///   - mustChange: whether the worker must choose another one at the next sign-in.
  public func setPassword(
    of worker: Identifier, userName: UserName?, _ password: Secret, context: [String],
    mustChange: Bool, by: Identifier?, at: Instant
  ) async throws -> Outcome<Void> {
    do {
      let hash = try await newHash(password, context: context + [userName?.text ?? ""])
      let (events, ended) = try await pool.write { [self] db in
        try AccountRow.set(
          db, worker: worker, userName: userName, hash: hash, mustChange: mustChange, at: at)
        let rows = try Access.fetch(.all(worker: worker), db)
        let event = AccessEvent(.passwordSet, worker: worker, by: by, at: at)
        let ends = try remove(rows, db, by: by, at: at) { _ in .passwordChanged }
        return ([event] + ends, rows)
      }
      forgetSeen(ended)
      return Outcome(result: .success(()), events: events)
    } catch let refusal as AccessRefusal {
      let event = AccessEvent(.changeRefused(refusal), worker: worker, by: by, at: at)
      return Outcome(result: .failure(refusal), events: [event])
    }
  }

  /// Changes the password of whoever is signed in, who gives the current one too. The session gets a
  /// new token.
  ///
  /// - Parameter endingOthers: whether the worker's other sessions end.
  public func changePassword(
    _ token: SessionToken, current: Secret, new: Secret, context: [String],
    endingOthers: Bool = true, at: Instant
  ) async throws -> Outcome<SessionToken> {
    var session: Session?
    do {
      let (owner, account) = try await confirm(token, current, at: at) { session = $0 }
      let hash = try await newHash(new, context: context + [account.userName])
      let fresh = try SessionToken.fresh()
      let (events, ended) = try await pool.write { [self] db in
        guard try AccountRow.fetch(db, worker: owner.worker)?.storedHash == account.storedHash,
          let row = try Access.rotate(from: token.digest, to: fresh.digest, seen: at, db)
        else { throw AccessRefusal.sessionEnded }
        try AccountRow.set(
          db, worker: owner.worker, userName: nil, hash: hash, mustChange: false, at: at)
        let rows =
          endingOthers
          ? try Access.fetch(.others(worker: owner.worker, than: row.id), db) : []
        let events = [
          AccessEvent(
            .passwordChanged, worker: owner.worker, device: row.device, session: row.id, at: at)
        ]
        return (
          events + (try remove(rows, db, at: at) { _ in .passwordChanged }), rows
        )
      }
      forgetSeen(ended)
      moveSeen(from: token.digest, to: fresh.digest)
      return Outcome(result: .success(fresh), events: events)
    } catch let refusal as AccessRefusal {
      return Outcome(
        result: .failure(refusal), events: [changeRefused(refusal, session, at: at)])
    }
  }

  /// Asks whoever is signed in for the password again, before something that needs it.
  public func confirmPassword(
    _ token: SessionToken, _ password: Secret, at: Instant
  ) async throws -> Outcome<Void> {
    var session: Session?
    do {
      _ = try await confirm(token, password, at: at) { session = $0 }
      return Outcome(result: .success(()), events: [])
    } catch let refusal as AccessRefusal {
      return Outcome(
        result: .failure(refusal), events: [changeRefused(refusal, session, at: at)])
    }
  }

  /// Whose session it is and that the password is the owner's; failures are counted by session.
  private func confirm(
    _ token: SessionToken, _ password: Secret, at: Instant, _ found: (Session) -> Void
  ) async throws -> (Session, AccountRow) {
    guard case .active(let session) = try await self.session(token, at: at).state else {
      throw AccessRefusal.sessionEnded
    }
    found(session)
    guard let account = try read({ try AccountRow.fetch($0, worker: session.worker) }) else {
      throw AccessRefusal.noAccount
    }
    let buckets = [Bucket.session(session.id)]
    try await reserve(buckets, at: at)
    let isRight = try await unlessBusy(releasing: buckets) {
      try await hashing.verify(password, against: account.hash)
    }
    guard isRight else { throw AccessRefusal.wrongCurrentPassword }
    try await pool.write { try Access.forgive(buckets, $0) }
    return (session, account)
  }

  func changeRefused(
    _ refusal: AccessRefusal, _ session: Session?, at: Instant
  ) -> AccessEvent {
    AccessEvent(
      .changeRefused(refusal), worker: session?.worker, device: session?.device,
      session: session?.id, at: at)
  }

  /// The hash of a password that is good enough.
  func newHash(_ password: Secret, context: [String]) async throws -> EncodedHash {
    let problems = rules.problems(password, context: context)
    guard problems.isEmpty else { throw AccessRefusal.password(problems) }
    return try await hashing.hash(password, settings.password)
  }

  /// Takes away all that lets a worker in: to be called when the worker's last role ends.
  public func endAccess(
    of worker: Identifier, by: Identifier, at: Instant
  ) async throws -> [AccessEvent] {
    let (events, rows) = try await pool.write { [self] db in
      let rows = try Access.fetch(.all(worker: worker), db)
      let ends = try remove(rows, db, by: by, at: at) { _ in .accessEnded }
      for table in ["password", "device_worker", "one_time_code"] {
        try db.execute(
          sql: "DELETE FROM \(table) WHERE worker = ?", arguments: [worker.data])
      }
      return (ends + [AccessEvent(.accessEnded, worker: worker, by: by, at: at)], rows)
    }
    forgetSeen(rows)
    return events
  }
}
