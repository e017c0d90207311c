import Health

/// What a set of facts adds up to, whatever their order: equal sums mean equal facts, byte for byte.
///
/// Each fact adds its digest of 64 bits under a key that is drawn anew whenever the program starts,
/// so that nobody can make facts that cancel out. So a whole district is compared in a few bytes for
/// each person, where the facts themselves would fill the memory.
struct TimelineSum: Hashable, Sendable {
  private var count = 0
  private var sum: UInt64 = 0

  mutating func add(_ packed: UnsafeBufferPointer<UInt8>) {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(packed))
    sum &+= UInt64(truncatingIfNeeded: hasher.finalize())
    count += 1
  }
}

extension TimelineSum {
  /// The sum of a packed timeline's facts, which must be in order.
  init(of timeline: [UInt8]) throws(WireError) {
    self.init()
    let read: Result<TimelineSum, WireError> = timeline.withUnsafeBufferPointer { bytes in
      do throws(WireError) {
        var sum = TimelineSum()
        var entries = try TimelineReader(bytes)
        while let entry = try entries.next() { sum.add(entry.packed) }
        return .success(sum)
      } catch { return .failure(error) }
    }
    self = try read.get()
  }
}
