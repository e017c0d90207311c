/// Writes a fact's body: numbered fields in rising order, each at most once, so that one content
/// has one form and one hash.
///
/// A field is a key (`number × 2`, plus 1 for bytes) followed by a signed number or by a length
/// and that many bytes. Readers keep fields that they do not know.
public struct FieldWriter: Sendable {
  private var writer = ByteWriter()
  private var last: UInt16 = 0

  /// An empty body.
  public init() {}

  /// The body so far.
  public var bytes: [UInt8] { writer.bytes }

  /// A number, if there is one. Fields must come in rising order.
  public mutating func number(_ field: UInt16, _ value: Int64?) {
    guard let value else { return }
    begin(field, isBytes: false)
    writer.signed(value)
  }

  /// A number, if there is one. Fields must come in rising order.
  public mutating func number(_ field: UInt16, _ value: Int32?) {
    guard let value else { return }
    number(field, Int64(value))
  }

  /// Bytes, if there are any. Fields must come in rising order.
  public mutating func bytes(_ field: UInt16, _ value: [UInt8]?) {
    guard let value, !value.isEmpty else { return }
    begin(field, isBytes: true)
    writer.unsigned(UInt64(value.count))
    writer.raw(value)
  }

  /// An identifier, if there is one. Fields must come in rising order.
  public mutating func identifier(_ field: UInt16, _ value: Identifier?) {
    guard let value else { return }
    begin(field, isBytes: true)
    writer.unsigned(16)
    writer.identifier(value)
  }

  private mutating func begin(_ field: UInt16, isBytes: Bool) {
    precondition(field > last, "fields must be written in rising order")
    last = field
    writer.unsigned(UInt64(field) << 1 | (isBytes ? 1 : 0))
  }
}

/// One field of a body.
public enum FieldValue {
  /// A signed number.
  case number(Int64)
  /// Bytes inside the buffer that is being read.
  case bytes(UnsafeBufferPointer<UInt8>)
}

/// Reads a fact's body field by field.
public struct FieldReader {
  private var reader: ByteReader
  private var last: UInt16 = 0

  /// The largest field, in bytes: far more than any name or address needs.
  public static let largestField = 65_536

  /// A reader at the first field.
  public init(_ body: UnsafeBufferPointer<UInt8>) { reader = ByteReader(body) }

  /// The next field, or nothing at the end.
  public mutating func next() throws(WireError) -> (field: UInt16, value: FieldValue)? {
    if reader.isAtEnd { return nil }
    let key = try reader.unsigned()
    guard let field = UInt16(exactly: key >> 1) else { throw .numberTooLarge }
    guard field > last else { throw .fieldsOutOfOrder }
    last = field
    if key & 1 == 0 { return (field, .number(try reader.signed())) }
    let count = try reader.count(limit: FieldReader.largestField)
    guard count > 0 else { throw .unknownForm }
    return (field, .bytes(try reader.bytes(count)))
  }
}
