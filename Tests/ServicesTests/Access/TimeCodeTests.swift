import Foundation
import GRDB
import Health
import Samples
import Testing

@testable import Services

@Suite("Authenticator apps") struct TimeCodeTests {
  /// RFC 6238, appendix B.
  private static let examples: [(seconds: Int64, sha1: String, sha256: String, sha512: String)] = [
    (59, "94287082", "46119246", "90693936"),
    (1_111_111_109, "07081804", "68084774", "25091201"),
    (1_111_111_111, "14050471", "67062674", "99943326"),
    (1_234_567_890, "89005924", "91819424", "93441116"),
    (2_000_000_000, "69279037", "90698825", "38618901"),
    (20_000_000_000, "65353130", "77737706", "47863826"),
  ]

  @Test("The examples of RFC 6238")
  func examples() {
    func secret(_ count: Int) -> [UInt8] {
      (0..<count).map { Array("1234567890".utf8)[$0 % 10] }
    }
    for example in Self.examples {
      let step = TimeCode.step(atMilliseconds: example.seconds * 1000)
      #expect(TimeCode.code(secret(20), step: step, digits: 8) == example.sha1)
      #expect(TimeCode.code(secret(32), step: step, digits: 8, .sha256) == example.sha256)
      #expect(TimeCode.code(secret(64), step: step, digits: 8, .sha512) == example.sha512)
    }
    #expect(
      TimeCode.base32(Array("12345678901234567890".utf8)) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    #expect(TimeCode.base32(Array("foob".utf8)) == "MZXW6YQ")
  }

  @Test("This half minute, the one before and the next; each once")
  func window() {
    let secret = Array("12345678901234567890".utf8)
    let now: Int64 = 1_700_000_010_000
    let step = TimeCode.step(atMilliseconds: now)
    for offset in -3...3 {
      let code = TimeCode.code(secret, step: step + Int64(offset))
      let found = TimeCode.step(of: code, secret, atMilliseconds: now, after: 0)
      #expect(found == ((-1...1).contains(offset) ? step + Int64(offset) : nil))
    }
    let code = TimeCode.code(secret, step: step)
    #expect(TimeCode.step(of: code, secret, atMilliseconds: now, after: step) == nil)
    #expect(TimeCode.step(of: code, secret, atMilliseconds: now, after: step - 1) == step)
    let spaced = "\(code.prefix(3)) \(code.suffix(3))"
    #expect(TimeCode.step(of: spaced, secret, atMilliseconds: now, after: 0) == step)
    #expect(TimeCode.step(of: "", secret, atMilliseconds: now, after: 0) == nil)
  }

  private func bytes(base32 text: String) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    let bits = text.flatMap { character -> [Int] in
      let value = alphabet.firstIndex(of: character) ?? 0
      return (0..<5).map { value >> (4 - $0) & 1 }
    }
    return stride(from: 0, to: bits.count - 7, by: 8).map { start in
      UInt8(bits[start..<start + 8].reduce(0) { $0 << 1 | $1 })
    }
  }

  private func code(_ secret: String, at moment: Instant) -> String {
    TimeCode.code(
      bytes(base32: secret), step: TimeCode.step(atMilliseconds: moment.milliseconds))
  }

  @Test("Set up, asked for, used once, kept through a reset, removed")
  func life() async throws {
    let temporary = try TemporaryAccess()
    let access = temporary.access
    let siti = try await temporary.official(5, named: "siti")
    let token = try await temporary.signIn("siti", at: moment(0)).get().token
    let setup = try await access.prepareTimeCode(token, at: moment(1)).get()
    #expect(setup.secret.count == 32)
    #expect(setup.address.hasPrefix("otpauth://totp/Sikilap:siti?secret=\(setup.secret)&"))
    // Not asked for before it is confirmed.
    #expect(try await temporary.signIn("siti", at: moment(2)).refusal == nil)
    #expect(
      try await access.confirmTimeCode(token, "000000", at: moment(3)).refusal == .wrongTimeCode)
    let confirmed = try await access.confirmTimeCode(
      token, code(setup.secret, at: moment(4)), at: moment(4))
    #expect(confirmed.events.map(\.what) == [.timeCodeSet])
    #expect(try access.account(of: siti)?.hasTimeCode == true)
    #expect(try await access.prepareTimeCode(token, at: moment(5)).refusal == .timeCodeThere)

    #expect(try await temporary.signIn("siti", at: moment(100)).refusal == .timeCodeNeeded)
    #expect(
      try await temporary.signIn("siti", "bukan sandinya", at: moment(100)).refusal
        == .wrongPassword)
    #expect(
      try await temporary.signIn("siti", timeCode: "000000", at: moment(101)).refusal
        == .wrongTimeCode)
    let now = code(setup.secret, at: moment(130))
    let outcome = try await temporary.signIn("siti", timeCode: now, at: moment(130))
    #expect(try outcome.get().session.strength == .passwordAndTimeCode)
    #expect(
      try await temporary.signIn("siti", timeCode: now, at: moment(131)).refusal == .wrongTimeCode)

    let reset = try await temporary.code(.resetPassword, for: siti, at: moment(200))
    _ = try await access.choosePassword(
      code: reset.long, userName: nil, Secret("pohon ember sepeda biru"), context: [],
      address: TemporaryAccess.address, at: moment(201)
    ).get()
    #expect(
      try await temporary.signIn("siti", "pohon ember sepeda biru", at: moment(300)).refusal
        == .timeCodeNeeded)
    let events = try await access.removeTimeCode(
      of: siti, by: TemporaryAccess.administrator, at: moment(301))
    #expect(events.map(\.what) == [.timeCodeRemoved])
    #expect(
      try await temporary.signIn("siti", "pohon ember sepeda biru", at: moment(302)).refusal == nil)
  }

  @Test("One code at two browsers at the same moment lets one in")
  func together() async throws {
    let temporary = try TemporaryAccess()
    _ = try await temporary.official(5, named: "siti")
    let token = try await temporary.signIn("siti", at: moment(0)).get().token
    let setup = try await temporary.access.prepareTimeCode(token, at: moment(1)).get()
    _ = try await temporary.access.confirmTimeCode(
      token, code(setup.secret, at: moment(4)), at: moment(4)
    ).get()
    let now = code(setup.secret, at: moment(100))
    let refusals = try await withThrowingTaskGroup(of: AccessRefusal?.self) { group in
      for _ in 0..<2 {
        group.addTask {
          try await temporary.signIn("siti", timeCode: now, at: moment(100)).refusal
        }
      }
      return try await group.reduce(into: [AccessRefusal?]()) { $0.append($1) }
    }
    #expect(Set(refusals) == [nil, .wrongTimeCode])
  }

  @Test("The secret is sealed: another worker, another key, a changed bit, a lost key")
  func sealed() throws {
    let folder = URL.temporaryDirectory.appending(path: "sikilap-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = KeyFile(path: folder.appending(path: "access.key").path)
    let secret = Array("12345678901234567890".utf8)
    let sealed = try file.seal(secret, of: [1])
    #expect(sealed.count == secret.count + 29)
    #expect(try file.open(sealed, of: [1]) == secret)
    #expect(try file.seal(secret, of: [1]) != sealed)
    #expect(throws: AccessProblem.damagedSecret) { try file.open(sealed, of: [2]) }
    for position in sealed.indices {
      var changed = sealed
      changed[position] ^= 1
      #expect(throws: AccessProblem.damagedSecret) { try file.open(changed, of: [1]) }
    }
    #expect(throws: AccessProblem.damagedSecret) { try file.open([1, 2], of: [1]) }
    let other = KeyFile(path: folder.appending(path: "other.key").path)
    #expect(throws: AccessProblem.keyMissing(path: other.path)) { try other.open(sealed, of: [1]) }
    _ = try other.seal(secret, of: [1])
    #expect(throws: AccessProblem.damagedSecret) { try other.open(sealed, of: [1]) }
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect(attributes[.posixPermissions] as? Int == 0o400)
    #expect(attributes[.size] as? Int == 32)
    try FileManager.default.setAttributes([.posixPermissions: 0o440], ofItemAtPath: file.path)
    #expect(throws: AccessProblem.self) { try file.open(sealed, of: [1]) }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["access.key", "other.key"])
  }
}
