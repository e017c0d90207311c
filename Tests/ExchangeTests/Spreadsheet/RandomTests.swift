import Foundation
import Health
import Testing

@testable import Exchange

/// Numbers that follow from a seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

@Suite("Random tables and damaged files")
struct RandomTests {
  static let alphabet = Array("abcXYZ09 =+-@_x,;\"'<>&\n\té日😀/.")

  static func value(_ random: inout Seeded) -> SpreadsheetWriter.Value {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return .empty
    case 1: return .number(Double(Int.random(in: -99_999_999...99_999_999, using: &random)) / 1000)
    case 2: return .number(Double(Int.random(in: 0...9_007_199_254_740_992, using: &random)))
    case 3: return .day(CivilDate(dayNumber: .random(in: -25_567...2_932_896, using: &random)))
    case 4: return .boolean(.random(using: &random))
    default:
      let count = Int.random(in: 1...30, using: &random)
      let text = String((0..<count).map { _ in alphabet.randomElement(using: &random) ?? "a" })
      return .text(text)
    }
  }

  static func expected(_ value: SpreadsheetWriter.Value) -> SheetCell.Value? {
    switch value {
    case .empty: nil
    case .text(let text): .text(text)
    case .number(let number): .number(number, digits: 1)
    case .day(let day): .day(day)
    case .boolean(let isTrue): .boolean(isTrue)
    }
  }

  @Test("What was written is read again, whatever it was", arguments: 1...40 as ClosedRange<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = Seeded(state: seed)
    let width = Int.random(in: 1...30, using: &random)
    let rows = (0..<Int.random(in: 0...200, using: &random)).map { _ in
      (0..<Int.random(in: 0...width, using: &random)).map { _ in Self.value(&random) }
    }
    let columns = (0..<width).map { SpreadsheetWriter.Column("Kolom \($0)") }
    let bytes = try WriterTests.bytes(rows, columns: columns)
    var found = try WriterTests.read(bytes)[...]
    let heading = found.popFirst()
    #expect(heading?.cells.map(\.text) == columns.map(\.heading))
    for (position, row) in rows.enumerated() {
      let cells = row.enumerated().compactMap { column, value in
        Self.expected(value).map { (column + 1, $0) }
      }
      if cells.isEmpty { continue }
      let next = found.popFirst()
      let read = try #require(next)
      #expect(read.line == position + 2)
      #expect(read.cells.map(\.column) == cells.map(\.0))
      #expect(read.cells.map(\.value) == cells.map(\.1))
    }
    #expect(found.isEmpty)
  }

  /// Files as different programs shape them.
  static func samples() throws -> [[UInt8]] {
    let rows = (1...40).map { line in
      "<row r=\"\(line)\" spans=\"1:4\"><c r=\"A\(line)\" t=\"s\"><v>\(line % 3)</v></c><c r=\"B\(line)\""
        + " s=\"1\"><v>\(45_000 + line)</v></c><c r=\"C\(line)\"><f>B\(line)*2</f><v>\(line)</v></c>"
        + "<c r=\"D\(line)\" t=\"inlineStr\"><is><t>Nama \(line)</t></is></c></row>"
    }.joined()
    let behind = "<mergeCells count=\"1\"><mergeCell ref=\"A9:B10\"/></mergeCells>"
    let shared = ["<t>a</t>", "<r><t>b</t></r>", "<t>_x000A_</t>"]
    var random = Seeded(state: 7)
    let table = (0..<40).map { _ in (0..<5).map { _ in value(&random) } }
    var stored = HandmadeWorkbook(
      rows: rows, behind: behind, shared: shared, formats: ["14"])
    let packed = try stored.bytes()
    stored.compression = 0
    return [
      packed, try stored.bytes(),
      try WriterTests.bytes(table, columns: (0..<5).map { .init("K\($0)") }),
    ]
  }

  /// Reads everything that can be read.
  static func exhaust(_ bytes: [UInt8]) -> SpreadsheetProblem.Code? {
    do throws(SpreadsheetProblem) {
      let reader = try SpreadsheetReader(bytes: bytes)
      for sheet in reader.sheets {
        let rows = try reader.rows(of: sheet)
        while let row = try rows.next() {
          for cell in row.cells { _ = cell.text.utf8.count }
        }
      }
    } catch {
      precondition(!error.details.keys.contains(""))
      return error.code
    }
    return nil
  }

  @Test("Cut and flipped files are refused or read, and soon")
  func damaged() throws {
    var random = Seeded(state: 20_261_122)
    var outcomes: [String: Int] = [:]
    for sample in try Self.samples() {
      #expect(Self.exhaust(sample) == nil)
      for _ in 0..<500 {
        var bytes = sample
        if Bool.random(using: &random) {
          bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
        }
        for _ in 0..<Int.random(in: 0...4, using: &random) {
          let position = Int.random(in: 0..<bytes.count, using: &random)
          bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        }
        let one = ContinuousClock.now
        let outcome = Self.exhaust(bytes)
        outcomes[outcome?.rawValue ?? "read", default: 0] += 1
        #expect(ContinuousClock.now - one < .seconds(5))
      }
    }
    #expect(outcomes.count > 3, "\(outcomes)")
  }

  @Test("Markup with random changes inside sound files")
  func hostileMarkup() throws {
    var random = Seeded(state: 11)
    var outcomes: [String: Int] = [:]
    let book = HandmadeWorkbook(
      rows:
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>45000.5</v></c></row>",
      behind: "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>", shared: ["<t>a</t>"],
      formats: ["dd/mm/yyyy"])
    let pieces = [
      "<row>", "</row>", "<c>", "<v>", "9999999999", "-", "r=\"A0\"", "\"", ":", "../", "&#0;",
      "&lt;",
      "<is><t>", "e9", "<![CDATA[", "]]>", "<!--", "?>", "XFD1048576", "\u{FFFF}", "[h]", "[", ";",
    ].map { Array($0.utf8) }
    for _ in 0..<500 {
      var changed = book
      let part = Int.random(in: 0..<book.parts.count, using: &random)
      for _ in 0...Int.random(in: 0...3, using: &random) {
        let content = changed.parts[part].content
        let from = Int.random(in: 0...content.count, using: &random)
        let to = min(content.count, from + Int.random(in: 0...6, using: &random))
        changed.parts[part].content.replaceSubrange(
          from..<to, with: pieces.randomElement(using: &random) ?? [])
      }
      outcomes[Self.exhaust(try changed.bytes())?.rawValue ?? "read", default: 0] += 1
    }
    #expect(outcomes.count > 5, "\(outcomes)")
  }

  @Test("Number formats of any text are read")
  func hostileFormats() {
    var random = Seeded(state: 5)
    let alphabet = Array("dmyhs0#?.@\"[];\\_*aApPM/ -EGeneral")
    var kinds: Set<NumberFormat> = []
    for _ in 0..<20_000 {
      let count = Int.random(in: 0...12, using: &random)
      kinds.insert(
        .init(code: (0..<count).map { _ in alphabet.randomElement(using: &random) ?? "d" }))
    }
    #expect(kinds.isSuperset(of: [.number, .day, .time]))
  }
}

extension NumberFormat {
  init(code characters: [Character]) { self = NumberFormats.format(code: String(characters)) }
}
