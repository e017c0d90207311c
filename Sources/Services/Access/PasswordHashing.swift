import CArgon2
import Foundation
import Synchronization

/// Hashes passwords by argon2id on threads of its own: never on those that serve pages, a few at a
/// time because of their memory, and with a line that has an end.
final class PasswordHashing: Sendable {
  private typealias Job = @Sendable () -> Void

  private struct Line {
    var running = 0
    var waiting: [Job] = []
  }

  private static let saltSize = 16
  private static let hashSize = 32
  /// What one hash may take on a slow machine, for telling how long the line is.
  private static let millisecondsEach = 500

  private let line = Mutex(Line())
  private let atOnce: Int
  private let mostWaiting: Int

  init(atOnce: Int, mostWaiting: Int) {
    self.atOnce = atOnce
    self.mostWaiting = mostWaiting
  }

  /// How many hashes run and wait.
  var load: (running: Int, waiting: Int) { line.withLock { ($0.running, $0.waiting.count) } }

  /// The stored text for a secret.
  ///
  /// - Throws: ``AccessRefusal/busy(seconds:)`` where the line is full.
  func hash(_ secret: Secret, _ parameters: HashingParameters) async throws -> EncodedHash {
    let salt = try Cryptography.random(PasswordHashing.saltSize)
    let (code, text) = try await run { PasswordHashing.encode(secret, parameters, salt) }
    try check(code)
    return try EncodedHash(text)
  }

  /// Whether the stored text is of this secret.
  ///
  /// - Throws: ``AccessRefusal/busy(seconds:)`` where the line is full.
  func verify(_ secret: Secret, against stored: EncodedHash) async throws -> Bool {
    let code = try await run {
      secret.withBytes { argon2id_verify(stored.text, $0.baseAddress, $0.count) }
    }
    if code == ARGON2_VERIFY_MISMATCH.rawValue { return false }
    try check(code)
    return true
  }

  /// A stronger hash, where the stored one is weaker than today's; none where the machine is busy,
  /// for the next time will do.
  func stronger(
    than stored: EncodedHash, _ secret: Secret, _ wanted: HashingParameters
  ) async throws -> EncodedHash? {
    guard stored.isWeaker(than: wanted) else { return nil }
    do {
      return try await hash(secret, wanted)
    } catch AccessRefusal.busy {
      return nil
    }
  }

  private func check(_ code: Int32) throws {
    if code == ARGON2_MEMORY_ALLOCATION_ERROR.rawValue { throw AccessRefusal.busy(seconds: 5) }
    guard code == ARGON2_OK.rawValue else { throw AccessProblem.damagedHash }
  }

  private static func encode(
    _ secret: Secret, _ parameters: HashingParameters, _ salt: [UInt8]
  ) -> (code: Int32, text: String) {
    let size = argon2_encodedlen(
      parameters.passes, parameters.memoryKiB, 1, UInt32(salt.count), UInt32(hashSize), Argon2_id)
    var text = [CChar](repeating: 0, count: size)
    let code = secret.withBytes { bytes in
      argon2id_hash_encoded(
        parameters.passes, parameters.memoryKiB, 1, bytes.baseAddress, bytes.count, salt,
        salt.count, hashSize, &text, size)
    }
    let end = text.firstIndex(of: 0) ?? text.count
    return (code, String(decoding: text[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }

  /// Runs work on a thread of its own, when its turn comes.
  func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async throws -> Value {
    let answer: Result<Value, AccessRefusal> = await withCheckedContinuation { continuation in
      if let seconds = enqueue({ continuation.resume(returning: .success(work())) }) {
        continuation.resume(returning: .failure(.busy(seconds: seconds)))
      }
    }
    return try answer.get()
  }

  /// Starts a job or lets it wait; in how many seconds to come again, where the line is full.
  private func enqueue(_ job: @escaping Job) -> Int? {
    let (isStarting, full) = line.withLock { line -> (Bool, Int?) in
      if line.running < atOnce {
        line.running += 1
        return (true, nil)
      }
      guard line.waiting.count < mostWaiting else {
        let ahead = line.waiting.count + line.running
        let seconds = (ahead * PasswordHashing.millisecondsEach / atOnce + 999) / 1000
        return (false, max(seconds, 1))
      }
      line.waiting.append(job)
      return (false, nil)
    }
    guard isStarting else { return full }
    let thread = Thread { [self] in
      var next: Job? = job
      while let current = next {
        current()
        next = line.withLock { line in
          if line.waiting.isEmpty {
            line.running -= 1
            return nil
          }
          return line.waiting.removeFirst()
        }
      }
    }
    thread.name = "argon2"
    thread.start()
    return nil
  }
}
