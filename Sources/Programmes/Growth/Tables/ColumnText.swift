/// Reads the columns of generated tables; the coding is described at ``PackedLMSTable``.
enum ColumnText {
  /// Reads the text of one column of a table that is laid out row by row.
  ///
  /// - Parameters:
  ///   - text: The text of the column.
  ///   - figures: The figures of the table, of which those of the column are set.
  ///   - column: The column's position, from 0.
  ///   - stride: How many columns the table has.
  static func read(
    _ text: StaticString, into figures: inout [Int32], column: Int, of stride: Int
  ) {
    var index = column
    var figure: Int32 = 0
    var difference: Int32 = 0
    var bits: UInt32 = 0
    var shift: UInt32 = 0
    text.withUTF8Buffer { bytes in
      for byte in bytes {
        let sextet = sextet(of: byte)
        bits |= (sextet & 31) << shift
        guard sextet < 32 else {
          shift += 5
          continue
        }
        let magnitude = Int32(bits >> 1)
        let number = bits & 1 == 0 ? magnitude : -magnitude
        if index == column {
          figure = number
        } else {
          difference += number
          figure += difference
        }
        figures[index] = figure
        index += stride
        bits = 0
        shift = 0
      }
    }
    precondition(index == figures.count + column, "The text of a growth table has another length")
  }

  /// The value of a character of the Base64 alphabet.
  private static func sextet(of byte: UInt8) -> UInt32 {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: preconditionFailure("A growth table holds a character that is not Base64")
    }
  }
}
