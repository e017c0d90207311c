import Foundation
import GRDB
import Samples
import Synchronization
import Testing

@testable import Services

@Suite("Hashing of passwords") struct HashingTests {
  private static let light = HashingParameters(passes: 1, memoryKiB: 8)

  @Test("A hash is of its password only, and never twice the same")
  func roundTrip() async throws {
    let hashing = PasswordHashing(atOnce: 2, mostWaiting: 32)
    let first = try await hashing.hash(Secret("sandi pertama"), Self.light)
    let second = try await hashing.hash(Secret("sandi pertama"), Self.light)
    #expect(first != second)
    #expect(first.text.hasPrefix("$argon2id$v=19$m=8,t=1,p=1$"))
    #expect(first.parameters == Self.light)
    #expect(try await hashing.verify(Secret("sandi pertama"), against: first))
    #expect(try await !hashing.verify(Secret("sandi pertamA"), against: first))
    #expect(try await !hashing.verify(Secret(""), against: first))
    #expect(try await !hashing.verify(Secret("sandi pertama\u{0}"), against: first))
  }

  @Test("A password is taken as it is: long, with other letters, not cut")
  func asItIs() async throws {
    let hashing = PasswordHashing(atOnce: 1, mostWaiting: 2)
    let long = String(repeating: "é", count: 64)
    let stored = try await hashing.hash(Secret(long), Self.light)
    #expect(try await hashing.verify(Secret(long), against: stored))
    #expect(try await !hashing.verify(Secret(String(long.dropLast()) + "e"), against: stored))
    #expect(
      try await !hashing.verify(
        Secret(long.decomposedStringWithCanonicalMapping), against: stored))
  }

  @Test("A hash that argon2-cffi 25.1 made for the same password is verified")
  func knownAnswer() async throws {
    let stored = try EncodedHash(
      "$argon2id$v=19$m=64,t=2,p=1$Z2FyYW1kYXB1cjAxMjM0NQ"
        + "$dkqyS4mGRNYjY1XnL02o5ikGffTDcMiFRDTO3RmmA3c")
    let hashing = PasswordHashing(atOnce: 1, mostWaiting: 1)
    #expect(try await hashing.verify(Secret("kuda melati"), against: stored))
    #expect(try await !hashing.verify(Secret("kuda mawar"), against: stored))
  }

  @Test(
    "A damaged or greedy stored hash is refused before anything is computed",
    arguments: [
      "", "sandi", "$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA",
      "$argon2i$v=19$m=8,t=1,p=1$S$H", "$argon2id$v=16$m=8,t=1,p=1$S$H",
      "$argon2id$v=19$m=131073,t=1,p=1$S$H", "$argon2id$v=19$m=8,t=11,p=1$S$H",
      "$argon2id$v=19$m=8,t=1,p=2$S$H", "$argon2id$v=19$m=7,t=1,p=1$S$H",
      "$argon2id$v=19$m=8,t=0,p=1$S$H", "$argon2id$v=19$m=4294967296,t=1,p=1$S$H",
      "$argon2id$v=19$m=-8,t=1,p=1$S$H", "$argon2id$v=19$t=1,m=8,p=1$S$H",
      "$argon2id$v=19$m=8,t=1,p=1$S$", "$argon2id$v=19$m=8,t=1,p=1$S$H$H",
      "$argon2id$v=19$m=8,t=1,p=1$S!$H", "$argon2id$v=19$m=8,t=1,p=1$S$H\u{0}",
    ])
  func damaged(text: String) throws {
    let whole = text.replacingOccurrences(of: "$S", with: "$" + String(repeating: "A", count: 22))
      .replacingOccurrences(of: "$H", with: "$" + String(repeating: "A", count: 43))
    #expect(throws: AccessProblem.damagedHash) { try EncodedHash(whole) }
  }

  @Test("The bounds themselves are read")
  func bounds() throws {
    let salt = String(repeating: "A", count: 22)
    let hash = String(repeating: "A", count: 43)
    let stored = try EncodedHash("$argon2id$v=19$m=131072,t=10,p=1$\(salt)$\(hash)")
    #expect(stored.parameters == HashingParameters(passes: 10, memoryKiB: 131_072))
  }

  /// How many run at a time.
  private final class Gauge: Sendable {
    private let counts = Mutex((now: 0, most: 0))

    var now: Int { counts.withLock { $0.now } }
    var most: Int { counts.withLock { $0.most } }

    func begin() {
      counts.withLock {
        $0.now += 1
        $0.most = max($0.most, $0.now)
      }
    }

    func end() { counts.withLock { $0.now -= 1 } }
  }

  @Test("So many run, so many wait, and whoever comes then is asked to come again")
  func line() async throws {
    let hashing = PasswordHashing(atOnce: 2, mostWaiting: 3)
    let gate = DispatchSemaphore(value: 0)
    let gauge = Gauge()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<5 {
        group.addTask {
          try await hashing.run {
            gauge.begin()
            gate.wait()
            gauge.end()
          }
        }
      }
      while hashing.load != (2, 3) || gauge.now != 2 { try await Task.sleep(for: .milliseconds(1)) }
      await #expect(throws: AccessRefusal.busy(seconds: 2)) { try await hashing.run {} }
      for _ in 0..<5 { gate.signal() }
      try await group.waitForAll()
    }
    #expect(gauge.most == 2)
    try await hashing.run {}
    #expect(hashing.load == (0, 0))
  }

  @Test("What the settings say of strength")
  func settings() {
    let settings = AccessSettings.standard
    #expect(settings.pin == HashingParameters(passes: 2, memoryKiB: 19_456))
    #expect(settings.password == HashingParameters(passes: 3, memoryKiB: 65_536))
    #expect(settings.hashesAtOnce == 2)
    #expect(settings.hashesWaiting == 32)
  }

  @Test("Who is not known takes as long as who is")
  func timing() async throws {
    let slow = HashingParameters(passes: 2, memoryKiB: 16_384)
    let temporary = try TemporaryAccess { $0.password = slow }
    _ = try await temporary.official(5, named: "siti")
    // The shortest of three: other tests run beside this one.
    func shortest(_ name: String) async throws -> Duration {
      var times: [Duration] = []
      for day in 1...3 {
        times.append(
          try await ContinuousClock().measure {
            let outcome = try await temporary.signIn(
              name, "salah salah salah", at: moment(day * 86_400))
            #expect(outcome.refusal == .wrongPassword)
          })
      }
      return times.min() ?? .zero
    }
    let known = try await shortest("siti")
    let unknown = try await shortest("bukan-siti")
    #expect(unknown > known / 3, "\(unknown) beside \(known)")
  }
}
