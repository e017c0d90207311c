import Foundation
import GRDB
import Health
import Journal

/// An official who wants to sign in.
public struct PasswordSignIn: Sendable {
  /// As it was entered.
  public var userName: String
  /// As it was entered.
  public var password: Secret
  /// The code of the authenticator app, where it was asked for.
  public var timeCode: String?
  /// What the browser shows to be known again.
  public var deviceKey: DeviceKey?
  /// The session that the browser had until now: it ends.
  public var replacing: SessionToken?
  /// Where the request came from.
  public var address: ClientAddress

  /// Somebody who wants to sign in.
  public init(
    userName: String, password: Secret, timeCode: String? = nil, deviceKey: DeviceKey? = nil,
    replacing: SessionToken? = nil, address: ClientAddress
  ) {
    self.userName = userName
    self.password = password
    self.timeCode = timeCode
    self.deviceKey = deviceKey
    self.replacing = replacing
    self.address = address
  }
}

extension Access {
  /// Signs an official in.
  ///
  /// A name that nobody has takes as long as one that somebody has, and is counted like it. From a
  /// browser that is remembered failures are counted apart, so that strangers who fail under the
  /// same name do not keep its owner out.
  public func signIn(_ request: PasswordSignIn, at: Instant) async throws -> Outcome<SignedIn> {
    var worker: Identifier?
    do {
      let name = UserName.fold(request.userName)
      let account = try read { try AccountRow.fetch($0, userName: name) }
      worker = account?.worker
      let device = try read { try DeviceRow.fetch($0, key: request.deviceKey) }
      let buckets = try buckets(account, name, device, request.address)
      try await reserve(buckets, at: at)
      let timeStep = try await judge(request, account, buckets, at: at)
      guard let account else { throw AccessRefusal.wrongPassword }
      return try await accept(
        SignInJudged(
          request: request, account: account, timeStep: timeStep, device: device,
          buckets: buckets), at: at)
    } catch let refusal as AccessRefusal {
      let event = AccessEvent(
        .signInRefused(refusal), worker: worker, address: request.address, at: at)
      return Outcome(result: .failure(refusal), events: [event])
    }
  }

  /// Where failures are counted: a browser that this worker has used before has its own count.
  private func buckets(
    _ account: AccountRow?, _ name: String, _ device: DeviceRow?, _ address: ClientAddress
  ) throws -> [Bucket] {
    if let account, let device,
      try read({ try DeviceRow.isUsed($0, device: device.id, by: account.worker) })
    {
      return [.device(device.id, worker: account.worker)]
    }
    return [.name(name), .address(address)]
  }

  /// Judges password and time code, and does not tell which of name and password is wrong.
  ///
  /// - Returns: the half minute of the time code, where one is needed.
  private func judge(
    _ request: PasswordSignIn, _ account: AccountRow?, _ buckets: [Bucket], at: Instant
  ) async throws -> Int64? {
    let isRight = try await unlessBusy(releasing: buckets) {
      let stored = try account?.hash ?? .dummy(settings.password)
      return try await hashing.verify(request.password, against: stored)
    }
    guard let account, isRight else { throw AccessRefusal.wrongPassword }
    guard account.hasTimeCode else { return nil }
    guard let given = request.timeCode, !given.isEmpty else {
      try await pool.write { try Access.release(buckets, $0) }
      throw AccessRefusal.timeCodeNeeded
    }
    return try timeStep(of: given, worker: account.worker, at: at)
  }

  private struct SignInJudged: Sendable {
    let request: PasswordSignIn
    let account: AccountRow
    let timeStep: Int64?
    let device: DeviceRow?
    let buckets: [Bucket]
  }

  /// Begins the session, in one transaction with all that goes with it.
  private func accept(_ judged: SignInJudged, at: Instant) async throws -> Outcome<SignedIn> {
    let account = judged.account
    let stronger = try await hashing.stronger(
      than: account.hash, judged.request.password, settings.password)
    let token = try SessionToken.fresh()
    let isNew = judged.device == nil
    let key = isNew ? try DeviceKey.fresh() : nil
    let deviceId = judged.device?.id ?? .fresh(at: at)
    let row = SessionRow(
      token: token, id: .fresh(at: at), worker: account.worker, device: deviceId,
      strength: judged.timeStep == nil ? .password : .passwordAndTimeCode, at: at)
    let (events, ended) = try await pool.write { [self] db in
      guard try AccountRow.fetch(db, userName: account.userName)?.storedHash == account.storedHash
      else {
        throw AccessRefusal.wrongPassword
      }
      if let step = judged.timeStep { try Access.useTimeStep(step, of: account.worker, db) }
      try Access.forgive(judged.buckets, db)
      var events: [AccessEvent] = []
      if let stronger {
        try db.execute(
          sql: "UPDATE password SET hash = ? WHERE worker = ?",
          arguments: [stronger.text, account.worker.data])
        events.append(AccessEvent(.rehashed, worker: account.worker, at: at))
      }
      let old = try judged.request.replacing.map {
        try SessionRow.fetch(db, "token_hash = ?", [$0.digest])
      }
      events += try remove(old ?? [], db, at: at) { _ in .replaced }
      if let key {
        events += try rememberBrowser(deviceId, key, of: account.worker, db, at: at)
      } else if judged.device?.kind == .browser {
        try DeviceRow.join(db, worker: account.worker, device: deviceId, at: at)
      }
      let begun = try begin(row, db, at: at)
      return (events + begun.events, (old ?? []) + begun.ended)
    }
    forgetSeen(ended)
    let signedIn = SignedIn(
      token: token, session: row.session(seen: nil, settings), deviceKey: key,
      mustChangePassword: account.mustChange)
    return Outcome(result: .success(signedIn), events: events)
  }
}
