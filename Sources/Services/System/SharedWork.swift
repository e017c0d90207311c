import Foundation
import Synchronization

extension Array where Element: Sendable {
  /// As `map`, for work on elements that do not depend on one another: a large array is shared among
  /// the processors. Where several elements fail, the error of the first share that failed is
  /// thrown.
  func sharedMap<Value: Sendable>(
    _ work: @escaping @Sendable (Element) throws -> Value
  ) throws -> [Value] {
    guard count >= 64 else { return try map(work) }
    let shares = Swift.max(2, Swift.min(8, ProcessInfo.processInfo.activeProcessorCount))
    let results = Mutex<[Int: Result<[Value], any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: shares) { share in
      let start = count * share / shares
      let end = count * (share + 1) / shares
      let result = Result { try self[start..<end].map(work) }
      results.withLock { $0[share] = result }
    }
    return try (0..<shares).flatMap { share in
      try results.withLock { try $0[share]?.get() ?? [] }
    }
  }
}
