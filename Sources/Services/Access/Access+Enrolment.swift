import Foundation
import GRDB
import Health
import Journal

/// A kader who enrols a phone with a code from the midwife.
public struct PhoneEnrolment: Sendable {
  /// The code as it was typed, or as the QR code had it.
  public var code: String
  /// The PIN that the kader chose.
  public var pin: Secret
  /// What people shall call the phone; for a phone that is enrolled already it stays.
  public var deviceName: String
  /// What the phone shows, where it is enrolled already for another kader.
  public var deviceKey: DeviceKey?
  /// Where the request came from.
  public var address: ClientAddress

  /// Somebody who enrols a phone.
  public init(
    code: String, pin: Secret, deviceName: String, deviceKey: DeviceKey? = nil,
    address: ClientAddress
  ) {
    self.code = code
    self.pin = pin
    self.deviceName = deviceName
    self.deviceKey = deviceKey
    self.address = address
  }
}

/// A phone that was enrolled, with the kader signed in.
public struct Enrolled: Hashable, Sendable {
  /// The phone.
  public let device: Identifier
  /// For the cookie that stays; the server keeps a digest only.
  public let deviceKey: DeviceKey
  /// The kader's session.
  public let signedIn: SignedIn
}

extension Access {
  /// Enrols a phone, or adds a kader to one that is enrolled for the same Posyandu, and signs the
  /// kader in. Code, phone, PIN and session are written together or not at all.
  public func enrol(_ request: PhoneEnrolment, at: Instant) async throws -> Outcome<Enrolled> {
    var found: CodeRow?
    do {
      let row = try await judge(request.code, request.address, at: at) { found = $0 }
      guard row.grant.purpose == .enrolKader else { throw AccessRefusal.codeForSomethingElse }
      let known = try read { try DeviceRow.fetch($0, key: request.deviceKey) }
      let phone = known?.kind == .phone ? known : nil
      if let phone, phone.place != row.grant.place { throw AccessRefusal.deviceOfOtherPlace }
      let key = try phone.flatMap { _ in request.deviceKey } ?? DeviceKey.fresh()
      let hash = try await newPINHash(request.pin, key)
      let device = phone?.id ?? .fresh(at: at)
      let token = try SessionToken.fresh()
      let session = SessionRow(
        token: token, id: .fresh(at: at), worker: row.grant.worker, device: device,
        strength: .pinAndDevice, at: at)
      let enrolment = Enrolment(
        grant: row.grant, device: device, key: key, name: request.deviceName,
        isNew: phone == nil, hash: hash)
      let (events, ended) = try await pool.write { [self] db in
        let events = try enrolment.write(db, at: at)
        let old = try SessionRow.fetch(
          db, "device = ? AND worker = ?", [device.data, row.grant.worker.data])
        let ends = try remove(old, db, at: at) { _ in .replaced }
        let begun = try begin(session, db, at: at)
        return (events + ends + begun.events, old + begun.ended)
      }
      forgetSeen(ended)
      let signedIn = SignedIn(
        token: token, session: session.session(seen: nil, settings),
        deviceKey: phone == nil ? key : nil, mustChangePassword: false)
      let enrolled = Enrolled(device: device, deviceKey: key, signedIn: signedIn)
      return Outcome(result: .success(enrolled), events: events)
    } catch let refusal as AccessRefusal {
      return codeRefused(refusal, found, request.address, at: at)
    }
  }

  private struct Enrolment: Sendable {
    let grant: CodeGrant
    let device: Identifier
    let key: DeviceKey
    let name: String
    let isNew: Bool
    let hash: EncodedHash

    func write(_ db: Database, at: Instant) throws -> [AccessEvent] {
      let used = try Access.use(grant, db, at: at)
      if isNew {
        try DeviceRow.insert(
          db,
          Device(
            id: device, kind: .phone, name: name, place: grant.place, workers: [],
            enrolledBy: grant.issuedBy, enrolledAt: at, revokedAt: nil), key: key)
      } else if try DeviceRow.fetch(db, key: key) == nil {
        throw AccessRefusal.unknownDevice  // revoked at this very moment
      }
      try DeviceRow.join(db, worker: grant.worker, device: device, at: at)
      try Access.setPIN(hash, PINOwner(device: device, worker: grant.worker), db, at: at)
      let what: AccessEvent.What = isNew ? .deviceEnrolled : .deviceShared
      return [used]
        + [what, .pinSet].map {
          AccessEvent(
            $0, worker: grant.worker, by: grant.issuedBy, device: device, place: grant.place,
            at: at)
        }
    }
  }

  /// Sets a password with a code for a first password or a reset. All sessions of the worker end;
  /// an authenticator app is still asked for. The worker signs in afterwards.
  ///
  /// - Parameters:
  ///   - userName: nothing where the worker keeps the one there is.
  ///   - context: the owner's name and places.
  /// - Returns: whose password it is.
  public func choosePassword(
    code: String, userName: UserName?, _ password: Secret, context: [String],
    address: ClientAddress, at: Instant
  ) async throws -> Outcome<Identifier> {
    var found: CodeRow?
    do {
      let row = try await judge(code, address, at: at) { found = $0 }
      let grant = row.grant
      guard grant.purpose != .enrolKader else { throw AccessRefusal.codeForSomethingElse }
      let existing = try read { try AccountRow.fetch($0, worker: grant.worker) }
      let name = userName?.text ?? existing?.userName ?? ""
      let hash = try await newHash(password, context: context + [name])
      let (events, ended) = try await pool.write { [self] db in
        let used = try Access.use(grant, db, at: at)
        try AccountRow.set(
          db, worker: grant.worker, userName: userName, hash: hash, mustChange: false, at: at)
        let rows = try Access.fetch(.all(worker: grant.worker), db)
        let ends = try remove(rows, db, at: at) { _ in .passwordChanged }
        let what: AccessEvent.What =
          grant.purpose == .firstPassword ? .passwordSet : .passwordReset
        let set = AccessEvent(what, worker: grant.worker, by: grant.issuedBy, at: at)
        return ([used, set] + ends, rows)
      }
      forgetSeen(ended)
      return Outcome(result: .success(grant.worker), events: events)
    } catch let refusal as AccessRefusal {
      return codeRefused(refusal, found, address, at: at)
    }
  }
}
