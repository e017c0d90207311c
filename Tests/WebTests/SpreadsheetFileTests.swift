import Foundation
import HTTPTypes
import Health
import Hummingbird
import NIOCore
import Testing

@testable import Web

/// Collects what leaves, and how often.
private final class Collected: @unchecked Sendable {
  var pieces: [[UInt8]] = []
  var isFinished = false
}

private struct Collector: ResponseBodyWriter {
  let collected: Collected

  mutating func write(_ buffer: ByteBuffer) async throws {
    collected.pieces.append(Array(buffer.readableBytesView))
  }

  consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
    collected.isFinished = true
  }
}

@Suite("Long lists as files")
struct SpreadsheetFileTests {
  private static let heading: [Spreadsheet.Cell] = ["Baris", "Nama", "Lahir"]

  private static func rows(_ count: Int) -> [[Spreadsheet.Cell]] {
    (0..<count).map { number in
      [
        .count(number), .text("=Contoh; \"\(number)\""),
        .day(CivilDate(dayNumber: Int32(15_000 + number))),
      ]
    }
  }

  private static func sent(
    _ rows: [[Spreadsheet.Cell]], _ form: Spreadsheet.Form, batch: Int
  ) async throws -> (pieces: [[UInt8]], length: Int?) {
    let file = try SpreadsheetFile(Spreadsheet(name: "daftar.csv", rows: [heading]), as: form)
    for start in stride(from: 0, to: rows.count, by: batch) {
      try file.add(Array(rows[start..<min(start + batch, rows.count)]))
    }
    let body = try file.finish()
    let length = body.contentLength
    let collected = Collected()
    try await body.write(Collector(collected: collected))
    #expect(collected.isFinished)
    return (collected.pieces, length)
  }

  @Test("What is written in batches is what is written at once", arguments: [1, 2, 7, 1000])
  func same(batch: Int) async throws {
    for count in [0, 1, 5, 30] {
      let rows = Self.rows(count)
      let whole = Spreadsheet(name: "daftar.csv", rows: [Self.heading] + rows)
      let text = try await Self.sent(rows, .csv, batch: batch)
      #expect(text.pieces.flatMap { $0 } == Array(whole.text.utf8))
      #expect(text.length == whole.text.utf8.count)
      let table = try await Self.sent(rows, .xlsx, batch: batch)
      #expect(table.pieces.flatMap { $0 }.starts(with: [0x50, 0x4B, 0x03, 0x04]))
      #expect(table.length == table.pieces.map(\.count).reduce(0, +))
      // The first batch decides how wide columns are; one that holds all gives the same bytes.
      if batch > count { #expect(table.pieces.flatMap { $0 } == (try whole.workbook())) }
    }
  }

  @Test("A long list leaves in pieces")
  func pieces() async throws {
    let sent = try await Self.sent(Self.rows(20_000), .csv, batch: 500)
    #expect(sent.pieces.count > 5 && sent.pieces.allSatisfy { $0.count <= 1 << 16 })
  }
}
