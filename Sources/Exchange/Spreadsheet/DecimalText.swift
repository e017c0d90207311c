import Foundation

/// Numbers as text, in the point-and-digits form that all programs share.
enum DecimalText {
  /// Reads what stands in a cell's number; nothing where that is no finite number.
  static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    if let number = short(bytes) { return number }
    let isNumber = bytes.allSatisfy {
      (48...57).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0)
    }
    guard isNumber, !bytes.isEmpty, bytes.count <= 400 else { return nil }
    let number = Double(String(decoding: bytes, as: UTF8.self))
    return number.flatMap { $0.isFinite ? $0 : nil }
  }

  /// Up to 15 digits with a point among them: both the digits and the power of ten are exact, so
  /// that one division rounds correctly.
  private static func short(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    var digits: Int64 = 0
    var count = 0
    var power = 1.0
    var hasPoint = false
    for (position, byte) in bytes.enumerated() {
      switch byte {
      case 48...57:
        digits = digits * 10 + Int64(byte) - 48
        count += 1
        if hasPoint { power *= 10 }
      case UInt8(ascii: ".") where !hasPoint: hasPoint = true
      case UInt8(ascii: "-") where position == 0: continue
      default: return nil
      }
      if count > 15 { return nil }
    }
    guard count > 0 else { return nil }
    let number = Double(digits) / power
    return bytes[0] == UInt8(ascii: "-") ? -number : number
  }

  /// The number as a spreadsheet shows it where it has room: 15 digits, for the rest is what
  /// arithmetic left over. Whole numbers keep all their digits.
  static func text(_ number: Double, digits: Int = 1) -> String {
    if number == number.rounded(), abs(number) < 9e18 {
      let plain = String(Int64(number).magnitude)
      let padded = String(repeating: "0", count: max(0, digits - plain.utf8.count)) + plain
      return number < 0 ? "-" + padded : padded
    }
    let shortest = number.description
    if shortest.utf8.count <= 16 { return shortest }
    return (Double(String(format: "%.15g", number)) ?? number).description
  }

  /// Whether a text is a long number that was shortened: `6.20301E+15`.
  static func isScientific(_ text: String) -> Bool {
    guard let first = text.utf8.first, (49...57).contains(first), text.utf8.count <= 32 else {
      return false
    }
    let parts = text.utf8.split(
      separator: UInt8(ascii: "E"), omittingEmptySubsequences: false)
    guard parts.count == 2 else { return false }
    let mantissa = parts[0].allSatisfy {
      (48...57).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",")
    }
    let exponent = parts[1].first == UInt8(ascii: "+") ? parts[1].dropFirst() : parts[1][...]
    return mantissa && (1...3).contains(exponent.count)
      && exponent.allSatisfy { (48...57).contains($0) }
      && (Int(String(decoding: exponent, as: UTF8.self)) ?? 0) >= 10
  }
}
