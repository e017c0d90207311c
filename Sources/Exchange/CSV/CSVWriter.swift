import Foundation

/// Writes rows of a CSV file (RFC 4180).
public struct CSVWriter {
  /// What was written since the last ``take()``.
  public private(set) var bytes: [UInt8] = []
  private let separator: UInt8

  /// A writer with that between columns.
  public init(separator: UInt8 = UInt8(ascii: ",")) { self.separator = separator }

  /// One row. A text that a spreadsheet would take for a formula gets an apostrophe before it.
  public mutating func row(_ values: [String]) {
    for (position, value) in values.enumerated() {
      if position > 0 { bytes.append(separator) }
      field(value)
    }
    bytes.append(0x0A)
  }

  /// A row as it stood in another file.
  public mutating func raw(_ row: some Sequence<UInt8>) {
    bytes.append(contentsOf: row)
    bytes.append(0x0A)
  }

  /// A row as it stood in a file of the same separator, with more columns behind it.
  public mutating func row(adding values: [String], to raw: some Sequence<UInt8>) {
    bytes.append(contentsOf: raw)
    for value in values {
      bytes.append(separator)
      field(value)
    }
    bytes.append(0x0A)
  }

  /// Hands over what was written and starts anew.
  public mutating func take() -> Data {
    defer { bytes.removeAll(keepingCapacity: true) }
    return Data(bytes)
  }

  private mutating func field(_ value: String) {
    let text = CSVWriter.isFormula(value) ? "'" + value : value
    let mustQuote = text.utf8.contains {
      $0 == separator || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D
    }
    guard mustQuote else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Whether a text gets an apostrophe before it: a spreadsheet would run it (numbers with a sign
  /// are no formulas), or reading would take an apostrophe of its own away.
  static func isFormula(_ value: String) -> Bool {
    guard let first = value.utf8.first else { return false }
    switch first {
    case UInt8(ascii: "="), UInt8(ascii: "@"), 0x09, 0x0D: return true
    case UInt8(ascii: "+"), UInt8(ascii: "-"): return Double(value) == nil
    default: return isGuarded(value.utf8)
    }
  }

  /// Whether apostrophes stand before what begins a formula: reading takes the first away again.
  static func isGuarded(_ text: some Sequence<UInt8>) -> Bool {
    var bytes = text.makeIterator()
    guard bytes.next() == UInt8(ascii: "'") else { return false }
    while let byte = bytes.next() {
      switch byte {
      case UInt8(ascii: "'"): continue
      case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D:
        return true
      default: return false
      }
    }
    return false
  }
}
