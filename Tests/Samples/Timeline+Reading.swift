import Health

extension Timeline {
  /// Calls `read` with the packed bytes.
  public func reading<Value>(
    _ read: (UnsafeBufferPointer<UInt8>) throws -> Value
  ) throws -> Value {
    try bytes.withUnsafeBufferPointer(read)
  }

  /// The ids of the facts that stand, in order.
  public var standing: [Identifier] {
    get throws { try reading { try TimelineReader.standingFacts(of: $0).map(\.id) } }
  }
}
