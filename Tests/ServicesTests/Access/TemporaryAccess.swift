import Foundation
import GRDB
import Health
import Samples
import Services
import Testing

/// A file of signing in, in a folder of its own, which goes away with it. Hashes cost next to
/// nothing here, save where a test sets them.
final class TemporaryAccess: Sendable {
  static let password = "kuda melati di bawah hujan"
  static let administrator = id(1)
  static let midwife = id(2)
  static let posyandu = id(30)
  static let address = ClientAddress("192.0.2.7")

  let access: Access
  let path: String
  private let folder: URL

  init(_ change: (inout AccessSettings) -> Void = { _ in }) throws {
    folder = URL.temporaryDirectory.appending(path: "sikilap-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = Access.path(beside: folder.appending(path: "district.sqlite").path)
    var settings = AccessSettings()
    settings.password = HashingParameters(passes: 1, memoryKiB: 8)
    settings.pin = HashingParameters(passes: 1, memoryKiB: 8)
    change(&settings)
    access = try Access(path: path, settings: settings)
  }

  deinit {
    try? access.close()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Another connection to the same file, as another program has it.
  func other() throws -> DatabaseQueue { try DatabaseQueue(path: path) }

  /// All bytes of the database and of what SQLite lays beside it.
  func bytes() throws -> Data {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.lastPathComponent.hasPrefix("district.access.sqlite") }
      .reduce(into: Data()) { $0 += try Data(contentsOf: $1) }
  }

  /// An official with ``password``.
  func official(_ number: Int, named name: String) async throws -> Identifier {
    _ = try await access.setPassword(
      of: id(number), userName: UserName(name), Secret(TemporaryAccess.password), context: [],
      mustChange: false, by: nil, at: moment(0)
    ).get()
    return id(number)
  }

  /// A kader with a phone; the PIN is 807 416.
  func kader(
    _ number: Int, at: Instant = moment(0), key: DeviceKey? = nil
  ) async throws -> Enrolled {
    let code = try await code(.enrolKader, for: id(number), at: at)
    return try await access.enrol(
      PhoneEnrolment(
        code: code.short, pin: Secret("807416"), deviceName: "HP Contoh", deviceKey: key,
        address: TemporaryAccess.address), at: at
    ).get()
  }

  func code(
    _ purpose: CodePurpose, for worker: Identifier, at: Instant = moment(0)
  ) async throws -> IssuedCode {
    try await access.issueCode(
      purpose, for: worker, at: TemporaryAccess.posyandu, by: TemporaryAccess.midwife, at: at
    ).get()
  }

  func signIn(
    _ name: String, _ password: String = TemporaryAccess.password, key: DeviceKey? = nil,
    timeCode: String? = nil, address: ClientAddress = TemporaryAccess.address, at: Instant
  ) async throws -> Outcome<SignedIn> {
    try await access.signIn(
      PasswordSignIn(
        userName: name, password: Secret(password), timeCode: timeCode, deviceKey: key,
        address: address), at: at)
  }

  func signIn(
    _ worker: Identifier, pin: String, key: DeviceKey, at: Instant
  ) async throws -> Outcome<SignedIn> {
    try await access.signIn(
      PINSignIn(
        worker: worker, pin: Secret(pin), deviceKey: key, address: TemporaryAccess.address),
      at: at)
  }

  /// What a token is good for, without what happened.
  func state(_ token: SessionToken, at: Instant) async throws -> SessionState {
    try await access.session(token, at: at).state
  }
}

/// A moment so many seconds after the tests begin.
func moment(_ seconds: Int) -> Instant {
  Instant(milliseconds: 1_700_000_000_000 + Int64(seconds) * 1000)
}

extension SessionState {
  var isActive: Bool { if case .active = self { true } else { false } }
  var isLocked: Bool { if case .locked = self { true } else { false } }
}

extension Outcome {
  /// Why not; nothing where it was done.
  var refusal: AccessRefusal? {
    if case .failure(let refusal) = result { refusal } else { nil }
  }
}
