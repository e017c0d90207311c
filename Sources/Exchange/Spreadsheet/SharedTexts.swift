/// The table of texts that cells refer to by number.
///
/// It is the one thing of a file that must be held whole. The texts lie packed one behind the
/// other, and become strings only where a row asks for them.
final class SharedTexts: PartListener {
  private static let blockSize = 1 << 20

  private let limits: SpreadsheetLimits
  private var blocks: [[UInt8]] = []
  /// Each text's block (16 bits), start (24) and length (24).
  private var places: [UInt64] = []
  private var bytes = 0
  private var current: [UInt8] = []
  private var isCollecting = false
  private var isRun = false

  init(limits: SpreadsheetLimits) { self.limits = limits }

  /// How many texts there are.
  var count: Int { places.count }

  /// The text with that number, from 0.
  subscript(_ number: Int) -> String? {
    guard places.indices.contains(number) else { return nil }
    let place = places[number]
    let start = Int(place >> 24 & 0xFF_FFFF)
    let length = Int(place & 0xFF_FFFF)
    return blocks[Int(place >> 48)].withUnsafeBufferPointer {
      String(decoding: UnsafeBufferPointer(rebasing: $0[start..<start + length]), as: UTF8.self)
    }
  }

  override func start(
    _ name: MarkupName, _ attributes: MarkupAttributes, depth: Int
  ) throws(SpreadsheetProblem) {
    switch depth {
    case 2:
      current.removeAll(keepingCapacity: true)
      isRun = false
    case 3:
      isCollecting = name == "t"
      isRun = name == "r"
    case 4: isCollecting = isRun && name == "t"
    default: isCollecting = false
    }
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(SpreadsheetProblem) {
    guard isCollecting else { return }
    // A text that is too long for any cell is kept just long enough to be refused where a cell
    // asks for it, for there the message can name the cell.
    current.append(contentsOf: bytes.prefix(max(0, limits.cellText * 3 + 1 - current.count)))
  }

  override func end(depth: Int) throws(SpreadsheetProblem) {
    isCollecting = false
    if depth == 3 { isRun = false }
    guard depth == 2 else { return }
    EscapedText.unescape(&current)
    guard places.count < limits.sharedTexts else {
      throw .tooManySharedTexts(limit: limits.sharedTexts)
    }
    bytes += current.count
    guard bytes <= limits.sharedTextBytes else {
      throw .sharedTextsTooLarge(limit: limits.sharedTextBytes)
    }
    if blocks.last.map({ $0.count + current.count > SharedTexts.blockSize }) ?? true {
      blocks.append([])
      blocks[blocks.count - 1].reserveCapacity(max(SharedTexts.blockSize, current.count))
    }
    let block = blocks.count - 1
    places.append(
      UInt64(block) << 48 | UInt64(blocks[block].count) << 24 | UInt64(current.count))
    blocks[block].append(contentsOf: current)
  }
}

/// Characters that XML has no place for, as spreadsheets write them: `_x000D_`.
enum EscapedText {
  /// Puts the characters back. What is no such mark stays as it is, and so do marks for nothing
  /// (`_x0000_`) and for halves of characters.
  static func unescape(_ bytes: inout [UInt8]) {
    guard bytes.contains(UInt8(ascii: "_")) else { return }
    var read = 0
    var write = 0
    while read < bytes.count {
      if let scalar = scalar(in: bytes, at: read) {
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
          bytes[write] = byte
          write += 1
        }
        read += 7
      } else {
        bytes[write] = bytes[read]
        write += 1
        read += 1
      }
    }
    bytes.removeLast(bytes.count - write)
  }

  private static func scalar(in bytes: [UInt8], at start: Int) -> Unicode.Scalar? {
    guard isMark(bytes, at: start) else { return nil }
    let digits = String(decoding: bytes[start + 2..<start + 6], as: UTF8.self)
    guard let code = UInt32(digits, radix: 16), code != 0 else { return nil }
    return Unicode.Scalar(code)
  }

  /// Whether a mark starts there.
  static func isMark(_ bytes: [UInt8], at start: Int) -> Bool {
    guard start + 7 <= bytes.count, bytes[start] == UInt8(ascii: "_"),
      bytes[start + 1] == UInt8(ascii: "x"), bytes[start + 6] == UInt8(ascii: "_")
    else { return false }
    return bytes[start + 2..<start + 6].allSatisfy {
      (48...57).contains($0) || (65...70).contains($0) || (97...102).contains($0)
    }
  }
}
