import Foundation
import Samples
import Testing

@testable import Exchange

@Suite("Written, then read")
struct RoundTripTests {
  private static let pieces = [
    "Siti", "a", "9,4", "7.9", ",", ";", "\t", "\"", "\"\"", "\n", "\r", "\r\n", "é", "ñ", "漢",
    "Desa Contoh 01", "-", "- 3", " ", "", "'", "0", "=", "+", "@", "x=1", "😀",
  ]

  /// A text that means the same after spaces around it are taken off.
  private static func text(using numbers: inout SeededNumbers) -> String {
    let text = (0..<Int.random(in: 0...6, using: &numbers))
      .map { _ in pieces[Int.random(in: pieces.indices, using: &numbers)] }.joined()
    return text.trimmingCharacters(in: CharacterSet(charactersIn: " \t"))
  }

  @Test("Any texts come back as they were, with every separator, in pieces of any size")
  func texts() {
    for seed in 1...300 as ClosedRange<UInt64> {
      var numbers = SeededNumbers(seed: seed)
      let columns = Int.random(in: 2...6, using: &numbers)
      let separator = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09][Int(seed % 3)]
      let heading = (0..<columns).map { "column\($0)" }
      let rows = (0..<Int.random(in: 0...30, using: &numbers)).map { _ in
        (0..<columns).map { _ in Self.text(using: &numbers) }
      }
      var writer = CSVWriter(separator: separator)
      for row in [heading] + rows { writer.row(row) }
      let bytes = [UInt8](writer.take())
      let wanted = [heading] + rows
      for chunk in [1, 7, 64, CSVReader.chunk] {
        let found = ReadRows(bytes, chunk: chunk)
        #expect(found.problem == nil && found.texts == wanted, "seed \(seed), pieces of \(chunk)")
      }
    }
  }

  @Test("Rows handed on as they stood are the same rows")
  func raw() {
    for seed in 1...100 as ClosedRange<UInt64> {
      var numbers = SeededNumbers(seed: seed)
      var writer = CSVWriter()
      writer.row(["a", "b"])
      for _ in 0..<20 {
        writer.row([Self.text(using: &numbers), Self.text(using: &numbers)])
      }
      let first = ReadRows([UInt8](writer.take()))
      for row in first.rows { writer.raw(row.raw) }
      #expect(ReadRows([UInt8](writer.take())) == first, "seed \(seed)")
      for row in first.rows { writer.row(adding: ["=1", "x,\"y"], to: row.raw) }
      let wanted = first.texts.map { $0 + ["=1", "x,\"y"] }
      #expect(ReadRows([UInt8](writer.take())).texts == wanted, "seed \(seed)")
    }
  }

  @Test("Damaged files end in rows or a problem, the same in pieces of any size")
  func damaged() {
    var problems = Set<String>()
    for seed in 1...2_000 as ClosedRange<UInt64> {
      var numbers = SeededNumbers(seed: seed)
      var writer = CSVWriter()
      writer.row(["a", "b", "c"])
      for _ in 0..<8 { writer.row((0..<3).map { _ in Self.text(using: &numbers) }) }
      let bytes = numbers.damaged([UInt8](writer.take()))
      let whole = ReadRows(bytes)
      for chunk in [1, 5] {
        #expect(ReadRows(bytes, chunk: chunk) == whole, "seed \(seed), pieces of \(chunk)")
      }
      if let problem = whole.problem { problems.insert(String("\(problem)".prefix { $0 != "(" })) }
    }
    #expect(problems.isSuperset(of: ["unclosedQuote", "isBinary"]), "\(problems)")
  }
}
