import Exchange
import Foundation
import GRDB
import Health
import Journal
import Samples
import Testing

@testable import Services

/// Files of long lists are written a batch of rows at a time: whatever its size, the same rows come.
@Suite("Batches of rows")
struct RowBatchTests {
  private static let sizes = [1, 2, 3, 100]

  private func isWhole(_ counts: [Int], _ size: Int) -> Bool {
    counts.dropLast().allSatisfy { $0 == size } && counts.allSatisfy { (1...size).contains($0) }
  }

  @Test("The rows of a preview", arguments: sizes)
  func preview(size: Int) async throws {
    let desk = try await ListDesk()
    var listed: [ListedRow] = []
    _ = try desk.list((1...3).flatMap { ListDesk.family($0) }).preview { listed.append($0) }
    let path = URL.temporaryDirectory.appending(path: "preview-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let preview = try ListPreview(makingAt: path)
    try preview.add(listed)
    for order in ListPreview.Order.allCases {
      var batches: [[Int]] = []
      try preview.forEach("new", by: order, batch: size) { batches.append($0.map(\.line)) }
      let rows = try preview.rows("new", by: order, offset: 0, limit: 100)
      #expect(rows.count == 9 && batches.flatMap { $0 } == rows.map(\.line))
      #expect(isWhole(batches.map(\.count), size))
    }
    var isCalled = false
    try preview.forEach("refused", batch: size) { _ in isCalled = true }
    #expect(!isCalled)
  }

  @Test("Refused rows, in the file's columns and with what is wrong", arguments: sizes)
  func refused(size: Int) async throws {
    let desk = try await ListDesk()
    var rows = (1...3).flatMap { ListDesk.family($0) }
    for position in [1, 2, 4, 5, 8] { rows[position][3] = "?" }
    rows[4][4] = "kemarin"
    rows[5][8] = "Jl. \"Dua\", belakang"
    let batch = try desk.list(rows).write().batch
    let file = try #require(try desk.district.refusedFile(of: batch))
    #expect(file.separator == "," && file.heading == ListDesk.households)
    var batches: [[[String]]] = []
    try desk.district.forEachRow(of: file, RefusedRowChoice(), batch: size) { batches.append($0) }
    #expect(batches.flatMap { $0 } == [1, 2, 4, 5, 8].map { rows[$0] })
    #expect(isWhole(batches.map(\.count), size))
    for order in RefusedRowChoice.Order.allCases {
      let choice = RefusedRowChoice(column: "JK", order: order)
      var told: [Services.RefusedRow] = []
      try desk.district.forEachRefusedRow(of: batch, choice, batch: size) { told += $0 }
      #expect(told == (try desk.district.refusedRows(of: batch, choice)) && !told.isEmpty)
    }
    let warned = try desk.district.doubtfulRows(of: batch, limit: 100)
    var doubtful: [Services.DoubtfulRow] = []
    try desk.district.forEachDoubtfulRow(of: batch, batch: size) { doubtful += $0 }
    #expect(doubtful == warned)
  }

  @Test("The names of a batch are those of each one")
  func names() async throws {
    let desk = try await ListDesk()
    _ = try desk.list(ListDesk.family(1)).write()
    let person = try #require(
      try await desk.district.journal.pool.read {
        try PersonEntry.withNationalIdentityNumber("9901014508820001", in: $0).first
      })
    let household = try #require(person.household)
    let tree = try await desk.district.journal.pool.read { try PlaceTree.fetch(in: $0) }
    let all: Set<Identifier> = [person.id, household, ExamplePlaces.villages[0], id(4711)]
    let names = try desk.district.names(ofSubjects: all, in: tree)
    #expect(names[person.id] == "Istri Contoh 1" && names[household] == "9901010108200001")
    #expect(names[ExamplePlaces.villages[0]] == ListDesk.village)
    #expect(names[id(4711)] == id(4711).text)
    for subject in all {
      #expect(try desk.district.name(ofSubject: subject, in: tree) == names[subject])
    }
  }
}
