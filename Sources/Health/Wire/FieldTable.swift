/// A body's fields, read once and then asked for by number: for the kinds whose bodies are told
/// rarely enough that a plain list of fields is worth more than speed.
///
/// Fields of another form than asked for are taken for missing, as a reader that does not know
/// them would.
public struct FieldTable {
  private var fields: [(number: UInt16, value: FieldValue)] = []

  /// Reads a body.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    var reader = FieldReader(body)
    while let (field, value) = try reader.next() { fields.append((field, value)) }
  }

  /// A number.
  public func number(_ field: UInt16) -> Int64? {
    for entry in fields where entry.number == field {
      if case .number(let number) = entry.value { return number }
    }
    return nil
  }

  /// A number that must fit 32 bits.
  public func number32(_ field: UInt16) throws(WireError) -> Int32? {
    guard let number = number(field) else { return nil }
    guard let fitting = Int32(exactly: number) else { throw .numberTooLarge }
    return fitting
  }

  /// A code; nothing where it is missing or not known here.
  public func code<Code: RawRepresentable>(_ field: UInt16) -> Code? where Code.RawValue == UInt8 {
    number(field).flatMap { UInt8(exactly: $0) }.flatMap { Code(rawValue: $0) }
  }

  /// Yes or no; nothing where it was not said.
  public func flag(_ field: UInt16) -> Bool? { number(field).map { $0 != 0 } }

  /// A day that facts may carry.
  public func day(_ field: UInt16) throws(WireError) -> CivilDate? {
    guard let number = number(field) else { return nil }
    guard CivilDate.recordable.contains(number) else { throw .numberTooLarge }
    return CivilDate(dayNumber: Int32(number))
  }

  /// Text as UTF-8, empty where it is missing.
  public func text(_ field: UInt16) -> [UInt8] {
    bytes(field).map { [UInt8]($0) } ?? []
  }

  /// An identifier.
  public func identifier(_ field: UInt16) -> Identifier? {
    guard let bytes = bytes(field), bytes.count == 16 else { return nil }
    return Identifier { bytes[$0] }
  }

  private func bytes(_ field: UInt16) -> UnsafeBufferPointer<UInt8>? {
    for entry in fields where entry.number == field {
      if case .bytes(let bytes) = entry.value { return bytes }
    }
    return nil
  }
}

extension FieldWriter {
  /// A code, if there is one. Fields must come in rising order.
  public mutating func code<Code: RawRepresentable>(_ field: UInt16, _ value: Code?)
  where Code.RawValue == UInt8 {
    number(field, value.map { Int64($0.rawValue) })
  }

  /// Yes or no, if it was said. Fields must come in rising order.
  public mutating func flag(_ field: UInt16, _ value: Bool?) {
    number(field, value.map { $0 ? Int64(1) : 0 })
  }

  /// A day, if there is one. Fields must come in rising order.
  public mutating func day(_ field: UInt16, _ value: CivilDate?) {
    number(field, value?.dayNumber)
  }
}
