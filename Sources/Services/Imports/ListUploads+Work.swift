import Exchange
import Foundation
import Health
import Journal
import Synchronization

/// Whom work on an upload tells of what it did, from the thread on which it is done.
public struct ListWatch: Sendable {
  let clock: @Sendable () -> Instant
  let written: @Sendable (ClosedRange<Int64>) throws -> Void
  let done: @Sendable (UploadedList) -> Void

  /// - Parameters:
  ///   - clock: tells the moment.
  ///   - written: called with the sequence numbers of facts that the list brought, once they are on
  ///     the disk; where it throws the work stops.
  ///   - done: called at the end, however it came.
  public init(
    clock: @escaping @Sendable () -> Instant,
    written: @escaping @Sendable (ClosedRange<Int64>) throws -> Void = { _ in },
    done: @escaping @Sendable (UploadedList) -> Void
  ) {
    self.clock = clock
    self.written = written
    self.done = done
  }
}

extension ListUploads {
  /// Looks a list through, beside whatever else goes on. One that was written is not looked at
  /// again.
  public func check(
    _ upload: UploadedList, limits: ListLimits, watch: ListWatch
  ) throws(UploadProblem) {
    guard upload.state == .checking || upload.mayBeChecked else { throw .cannotWork }
    try work(on: upload, .checking, limits, watch) { [self] work, upload in
      let preview = try ListPreview(makingAt: path(upload.id, "preview"))
      var rows: [ListedRow] = []
      var elsewhere = 0
      let summary = try work.preview(
        { row in
          rows.append(row)
          if row.problems.contains(where: \.isOfElsewhere) { elsewhere += 1 }
        },
        progress: { progress in
          try preview.add(rows)
          rows = []
          note(upload, progress)
        })
      try tellElsewhere(elsewhere, of: summary.rows, in: upload, now: watch.clock())
      var result = upload
      if let batch = upload.batchText {
        result.earlierBatches = (upload.earlierBatches ?? []) + [batch]
        result.batchText = nil
      }
      result.take(summary)
      result.expectedRows = summary.rows
      result.state = .ready
      return result
    }
  }

  /// Writes a list that somebody looked through: rows that would do something else than they saw
  /// are refused.
  public func write(
    _ upload: UploadedList, limits: ListLimits, watch: ListWatch
  ) throws(UploadProblem) {
    guard upload.state == .ready else { throw .cannotWork }
    try work(on: upload, .writing, limits, watch) { [self] work, upload in
      let preview = try ListPreview(path: path(upload.id, "preview"))
      let summary = try work.write(
        expected: upload.expectedRows, expecting: preview.seen, told: watch.written
      ) { note(upload, $0, isWritten: true) }
      var result = upload
      result.take(summary)
      result.batchText = summary.batch.text
      result.state = .written
      // What was uploaded is not needed any more; its refused rows are kept with the batch.
      for ending in ["list", "preview"] {
        try? FileManager.default.removeItem(atPath: path(upload.id, ending))
      }
      return result
    }
  }

  /// What looking through and writing have in common: at most ``atOnce`` lists at a time, each on a
  /// thread of its own, for the work waits for the disk and must hold up no request.
  private func work(
    on upload: UploadedList, _ state: UploadedList.State, _ limits: ListLimits,
    _ watch: ListWatch,
    _ work: @escaping @Sendable (ListImport, UploadedList) throws -> UploadedList
  ) throws(UploadProblem) {
    var upload = upload
    upload.state = state
    upload.percent = 0
    upload.problem = nil
    if state == .checking { upload.counts = [:] }
    let begun = upload
    let problem = running.withLock { running -> UploadProblem? in
      if running[begun.id] != nil { return .cannotWork }
      if running.count >= ListUploads.atOnce { return .busy }
      running[begun.id] = begun
      return nil
    }
    if let problem { throw problem }
    try? store(begun)
    let task = ListTask(
      kind: begun.kind, path: path(begun.id, "list"), fileName: begun.fileName,
      place: begun.place, recorder: begun.worker.flatMap { Identifier(text: $0) },
      reach: limits.reach)
    Thread.detachNewThread { [self] in
      var result = begun
      let list = ListImport(
        task, into: district.journal, hoursEastOfGreenwich: district.hoursEastOfGreenwich,
        clock: watch.clock)
      do {
        result = try work(list, begun)
        result.percent = 100
      } catch {
        if state == .writing {
          // As far as it came: what was written has a batch.
          result = running.withLock { $0[begun.id] } ?? begun
        } else {
          result.counts = [:]
          try? FileManager.default.removeItem(atPath: path(begun.id, "preview"))
        }
        result.state = state == .writing && result.batchText != nil ? .stopped : .failed
        result.problem = ListUploads.problem(error)
      }
      try? store(result)
      running.withLock { $0[result.id] = nil }
      watch.done(result)
    }
  }

  private func note(_ upload: UploadedList, _ progress: ListProgress, isWritten: Bool = false) {
    var now = upload
    // What is counted while it is looked through may turn out to tell too much.
    if isWritten { now.take(progress.summary) }
    now.percent = progress.totalBytes == 0 ? 0 : min(99, progress.bytes * 100 / progress.totalBytes)
    if isWritten { now.batchText = progress.summary.batch.text }
    let told = now
    running.withLock { $0[told.id] = told }
    // Where the program ends now, the batch leads to what was written.
    if isWritten, progress.summary.rows == 0 { try? store(told) }
  }

  /// The key of an explanation, and what that fills in; what ends in `_key` is a key itself.
  static func problem(_ error: any Error) -> [String: String] {
    switch error {
    case let error as ListHeadingProblem:
      return error.details.merging(["key": "errors.list_heading.\(error.code.rawValue)"]) { $1 }
    case let error as SpreadsheetProblem:
      var told = error.details
      told["key"] = "errors.spreadsheet.\(error.code.rawValue)"
      if case .notASpreadsheet(let kind) = error {
        told["kind_key"] = "errors.spreadsheet_kinds.\(kind.rawValue)"
      }
      if case .unreadableHeading(_, _, let cell) = error {
        told["problem_key"] = "errors.cell.\(cell.code.rawValue).what"
      }
      return told
    case let error as CSVProblem: return problem(file: error)
    case let error as ToldElsewhere.TooMany:
      return ["key": "errors.list_file.too_many_elsewhere", "limit": String(error.limit)]
    case ListWriteProblem.stopped: return ["key": "errors.list_file.taken_back"]
    case ListWriteProblem.tooBusy: return ["key": "errors.list_file.too_busy"]
    case is AuditProblem: return ["key": "errors.list_file.log_unavailable"]
    case JournalError.diskFull: return ["key": "errors.file.disk_full"]
    default:
      guard let told = DistrictFileExplanation(error) else {
        return ["key": "errors.list_file.stopped"]
      }
      return told.values.merging(["key": "errors.file.\(told.code)"]) { $1 }
    }
  }

  private static func problem(file error: CSVProblem) -> [String: String] {
    switch error {
    case .empty: ["key": "errors.file.empty"]
    case .isUTF16: ["key": "errors.file.is_utf16"]
    case .unclosedQuote(let line): ["key": "errors.file.unclosed_quote", "line": String(line)]
    case .rowTooLong(let line): ["key": "errors.file.row_too_long", "line": String(line)]
    case .tooManyColumns(let line): ["key": "errors.file.too_many_columns", "line": String(line)]
    case .cutOff(let line): ["key": "errors.file.cut_off", "line": String(line)]
    case .isBinary, .isSpreadsheet, .unreadable, .isFolder:
      ["key": "errors.list_file.not_a_table"]
    }
  }
}
