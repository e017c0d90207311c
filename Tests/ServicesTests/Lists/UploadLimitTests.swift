import Exchange
import Foundation
import Health
import Journal
import Samples
import Synchronization
import Testing

@testable import Services

/// What uploads must not take or tell too much of.
@Suite("Limits of uploads")
struct UploadLimitTests {
  private static let worker = id(77)
  private static let here = ListLimits(
    area: [ExamplePlaces.villages[0], ExamplePlaces.posyandu[0]], grants: { _, _ in true },
    changes: { _ in true }, hidden: { _ in false })

  private func keep(
    _ rows: [[String]], _ uploads: ListUploads, at moment: Instant = ListDesk.noon
  ) throws -> UploadedList {
    var writer = CSVWriter()
    writer.row(ListDesk.households)
    for row in rows { writer.row(row) }
    return try uploads.keep(
      [UInt8](writer.take())[...], named: "daftar.csv", kind: .households, worker: Self.worker,
      place: ExamplePlaces.villages[0], now: moment)
  }

  private func check(
    _ upload: UploadedList, _ uploads: ListUploads, at moment: Instant = ListDesk.noon
  ) async throws -> UploadedList {
    try await withCheckedThrowingContinuation { waiting in
      do {
        try uploads.check(
          upload, limits: Self.here,
          watch: ListWatch(clock: { moment }, done: { waiting.resume(returning: $0) }))
      } catch { waiting.resume(throwing: error) }
    }
  }

  /// Members of families who live elsewhere, on cards of their own here.
  private func guesses(_ numbers: ClosedRange<Int>) -> [[String]] {
    numbers.map { n in
      var row = ListDesk.family(n)[1]
      row[0] = String(format: "99010101089%05d", n)
      row[6] = ListDesk.village
      return row
    }
  }

  @Test("A list of numbers does not find out who is registered elsewhere")
  func elsewhere() async throws {
    let desk = try await ListDesk()
    _ = try desk.list((1...60).flatMap { ListDesk.family($0, village: ListDesk.otherVillage) })
      .write()
    let uploads = ListUploads(desk.district)
    // A few are told, as they must be for somebody to mend the list.
    let few = try await check(try keep(guesses(1...15), uploads), uploads)
    #expect(few.state == .ready && few.counts["refused"] == 15)
    #expect(try uploads.preview(of: few).rows("refused", offset: 0, limit: 50).count == 15)
    // More of them, and nothing of the list is shown.
    let many = try await check(try keep(guesses(16...50), uploads), uploads)
    #expect(many.state == .failed && many.problem?["key"] == "errors.list_file.too_many_elsewhere")
    #expect(many.problem?["limit"] == "20" && many.counts.isEmpty)
    #expect(throws: (any Error).self) { try uploads.preview(of: many) }
    // Split into many lists it comes to an end as well, thrown away or not, after a restart or not.
    var told = ToldElsewhere()
    for _ in 0..<3 { uploads.remove(few.id) }
    var shown = 0
    for _ in 0..<100 {
      var upload = few
      upload = UploadedList(
        id: Identifier.fresh(at: ListDesk.noon).text, kindNumber: 2, worker: few.worker,
        placeText: nil, fileName: "", at: few.at, state: .checking)
      let limit = told.limit(of: upload, rows: 20)
      told.note(limit, of: upload, now: ListDesk.noon)
      shown += limit
    }
    #expect(shown == ToldElsewhere.inADay)
    // The same list may be looked through again.
    let again = try await check(try keep(guesses(1...15), ListUploads(desk.district)), uploads)
    #expect(again.state == .ready)
    #expect(try await check(again, uploads).state == .ready)
  }

  @Test("As many lists are worked on and received at once as there is memory for")
  func busy() async throws {
    let desk = try await ListDesk()
    let uploads = ListUploads(desk.district)
    let kept = try (1...3).map { try keep(ListDesk.family($0), uploads) }
    let gate = DispatchSemaphore(value: 0)
    let done = Mutex(0)
    let watch = ListWatch(
      clock: {
        gate.wait()
        gate.signal()
        return ListDesk.noon
      }, done: { _ in done.withLock { $0 += 1 } })
    for upload in kept.prefix(2) { try uploads.check(upload, limits: Self.here, watch: watch) }
    #expect(throws: UploadProblem.busy) {
      try uploads.check(kept[2], limits: Self.here, watch: watch)
    }
    #expect(throws: UploadProblem.busy) { try keep(ListDesk.family(4), uploads) }
    #expect(throws: UploadProblem.cannotWork) {
      try uploads.check(kept[0], limits: Self.here, watch: watch)
    }
    gate.signal()
    while done.withLock({ $0 }) < 2 { try await Task.sleep(for: .milliseconds(5)) }
    while !uploads.isFree { try await Task.sleep(for: .milliseconds(5)) }
    #expect(try await check(kept[2], uploads).state == .ready)

    try await uploads.receive {
      try await uploads.receive {
        _ = await #expect(throws: UploadProblem.busy) { try await uploads.receive {} }
      }
    }
    try await uploads.receive {}
  }

  @Test("A writing that stops leaves the upload so, and it can be gone on with")
  func stopped() async throws {
    struct NoLog: Error {}
    let desk = try await ListDesk()
    let uploads = ListUploads(desk.district)
    let rows = (1...3).flatMap { ListDesk.family($0) }
    let ready = try await check(try keep(rows, uploads), uploads)
    #expect(ready.expectedRows == 9)
    func write(
      _ upload: UploadedList,
      _ written: @escaping @Sendable (ClosedRange<Int64>) throws -> Void = { _ in }
    ) async throws -> UploadedList {
      try await withCheckedThrowingContinuation { waiting in
        do {
          try uploads.write(
            upload, limits: Self.here,
            watch: ListWatch(
              clock: { ListDesk.noon }, written: written,
              done: { waiting.resume(returning: $0) }))
        } catch { waiting.resume(throwing: error) }
      }
    }
    // The log fails at the first part of rows; the batch itself it has vouched for.
    let stopped = try await write(ready) { if $0.count > 1 { throw NoLog() } }
    #expect(stopped.state == .stopped && stopped.mayBeChecked)
    let batch = try #require(stopped.batch)
    let found = try #require(try desk.district.importBatch(batch))
    #expect(found.state(at: ListDesk.noon) == .stopped && found.rows == 9)
    let again = try await check(stopped, uploads)
    #expect(again.state == .ready && again.earlier == [batch] && again.batch == nil)
    #expect(again.counts["same"] == 9)
    let written = try await write(again)
    #expect(written.state == .written && !written.mayBeChecked && written.earlier == [batch])
    #expect(throws: UploadProblem.cannotWork) {
      try uploads.check(
        written, limits: Self.here, watch: ListWatch(clock: { ListDesk.noon }, done: { _ in }))
    }
  }
}
