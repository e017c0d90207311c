import GRDB

/// How many rows of a long list are in memory at once while it leaves.
public enum RowBatch {
  /// So many: their names are read together, and they take less than a megabyte.
  public static let size = 500
}

extension Cursor {
  /// Hands over all that is read, so many at a time: the last time fewer.
  func inBatches<Value>(
    of size: Int, _ make: (Element) throws -> Value, _ body: ([Value]) throws -> Void
  ) throws {
    precondition(size > 0, "a batch of \(size)")
    var batch: [Value] = []
    while let next = try next() {
      batch.append(try make(next))
      guard batch.count == size else { continue }
      try body(batch)
      batch.removeAll(keepingCapacity: true)
    }
    if !batch.isEmpty { try body(batch) }
  }
}
