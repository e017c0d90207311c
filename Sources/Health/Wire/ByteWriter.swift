/// Writes the packed formats; what it writes ``ByteReader`` reads back.
public struct ByteWriter: Sendable {
  /// What was written.
  public private(set) var bytes: [UInt8] = []

  /// An empty writer.
  public init() {}

  /// An empty writer with room for `capacity` bytes.
  public init(capacity: Int) { bytes.reserveCapacity(capacity) }

  /// One byte.
  public mutating func byte(_ value: UInt8) { bytes.append(value) }

  /// An unsigned number in groups of seven bits, least significant first (LEB128).
  public mutating func unsigned(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// A signed number: zigzag, then as ``unsigned(_:)``.
  public mutating func signed(_ value: Int64) {
    unsigned(UInt64(bitPattern: value << 1) ^ UInt64(bitPattern: value >> 63))
  }

  /// Sixteen bytes.
  public mutating func identifier(_ value: Identifier) {
    withUnsafeBytes(of: (value.high.bigEndian, value.low.bigEndian)) {
      bytes.append(contentsOf: $0)
    }
  }

  /// Bytes as they are.
  public mutating func raw(_ values: [UInt8]) { bytes.append(contentsOf: values) }

  /// Bytes as they are.
  public mutating func raw(_ values: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: values)
  }

  /// Empties the writer and keeps its room.
  public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
