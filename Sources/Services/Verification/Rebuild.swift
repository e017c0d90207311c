import GRDB
import Health
import Journal
import Monitoring

extension District {
  /// Throws away everything that is computed and computes it anew from the facts, in one
  /// transaction: needed after a change of the settings or of what indicators there are.
  ///
  /// - Parameter progress: called with the number of facts read, now and then.
  public func rebuild(progress: @escaping @Sendable (Int64) -> Void = { _ in }) throws {
    try journal.recompute(
      dropping: ["cube", "counted_at", "contribution"], progress: progress)
  }
}
