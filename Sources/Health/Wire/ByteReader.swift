/// Reads the packed formats from a buffer that it never reads beyond.
public struct ByteReader {
  private let base: UnsafePointer<UInt8>?
  private let end: Int
  /// The next byte's offset.
  public private(set) var offset: Int

  /// A reader at the start of the buffer; the buffer must outlive the reader.
  public init(_ bytes: UnsafeBufferPointer<UInt8>) {
    base = bytes.baseAddress
    end = bytes.count
    offset = 0
  }

  /// Bytes not yet read.
  public var remaining: Int { end - offset }

  /// Whether all bytes are read.
  public var isAtEnd: Bool { offset >= end }

  /// One byte.
  public mutating func byte() throws(WireError) -> UInt8 {
    guard offset < end, let base else { throw .endsEarly }
    let value = base[offset]
    offset += 1
    return value
  }

  /// An unsigned number in groups of seven bits, least significant first (LEB128).
  public mutating func unsigned() throws(WireError) -> UInt64 {
    // Most numbers are small.
    if offset < end, let base, base[offset] < 0x80 {
      offset += 1
      return UInt64(base[offset - 1])
    }
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let next = try byte()
      if shift == 63, next > 1 { throw .numberTooLarge }
      // One number has one form: a last group of zero would be a longer form of the same number.
      if next == 0, shift > 0 { throw .unknownForm }
      value |= UInt64(next & 0x7F) << shift
      if next & 0x80 == 0 { return value }
      shift += 7
      if shift > 63 { throw .numberTooLarge }
    }
  }

  /// A signed number: zigzag, then as ``unsigned()``.
  public mutating func signed() throws(WireError) -> Int64 {
    let value = try unsigned()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  /// A signed number that must fit 32 bits.
  public mutating func signed32() throws(WireError) -> Int32 {
    guard let value = Int32(exactly: try signed()) else { throw .numberTooLarge }
    return value
  }

  /// A day that facts may carry.
  public mutating func day() throws(WireError) -> CivilDate {
    let value = try signed()
    guard CivilDate.recordable.contains(value) else { throw .numberTooLarge }
    return CivilDate(dayNumber: Int32(value))
  }

  /// A length or count, refused above `limit` before anything is allocated for it.
  public mutating func count(limit: Int) throws(WireError) -> Int {
    let value = try unsigned()
    guard value <= UInt64(limit) else { throw .limitExceeded }
    return Int(value)
  }

  /// Sixteen bytes.
  public mutating func identifier() throws(WireError) -> Identifier {
    guard remaining >= 16, let base else { throw .endsEarly }
    let start = UnsafeRawPointer(base + offset)
    offset += 16
    return Identifier(
      high: UInt64(bigEndian: start.loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: start.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }

  /// The next `count` bytes, without copying them.
  public mutating func bytes(_ count: Int) throws(WireError) -> UnsafeBufferPointer<UInt8> {
    guard count >= 0, remaining >= count, let base else {
      if count == 0 { return UnsafeBufferPointer(start: nil, count: 0) }
      throw .endsEarly
    }
    let slice = UnsafeBufferPointer(start: base + offset, count: count)
    offset += count
    return slice
  }
}
