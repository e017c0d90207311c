import Exchange
import Foundation
import Health
import Journal
import Synchronization

/// A list that somebody uploaded: kept in private files beside the database until it is written or a
/// day old, never in the journal.
public struct UploadedList: Codable, Sendable {
  /// Where it stands.
  public enum State: String, Codable, Sendable {
    /// It is being looked at.
    case checking
    /// It can be looked through, and written.
    case ready
    /// It is being written.
    case writing
    /// It was written.
    case written
    /// It cannot be read; see ``problem``.
    case failed
    /// The program ended while it was looked at or written: what was written stays.
    case interrupted
  }

  /// A name that nobody can guess.
  public let id: String
  /// Households or workers.
  public let kindNumber: UInt8
  /// Who uploaded it, as text; only they see it.
  public let worker: String?
  /// The place that it is for, as text.
  public let placeText: String?
  /// The file's name as it was sent.
  public let fileName: String
  /// When it came, milliseconds since 1970 UTC.
  public let at: Int64
  /// Where it stands.
  public var state: State
  /// Why it cannot be read: the key of the explanation, and what that fills in.
  public var problem: [String: String]?
  /// How many rows there are of each outcome.
  public var counts: [String: Int] = [:]
  /// How many households are new.
  public var newHouseholds = 0
  /// How many new households name no head, and the first lines of some of them.
  public var headless = 0
  /// The first lines of some of them.
  public var headlessLines: [Int] = []
  /// Headings of columns that nothing is stored of.
  public var unstored: [String] = []
  /// The batch under which it was written, as text.
  public var batchText: String?
  /// How much of the file was read, in percent.
  public var percent = 0

  /// Households or workers.
  public var kind: ImportKind { ImportKind(rawValue: kindNumber) ?? .households }
  /// The place that it is for.
  public var place: Identifier? { placeText.flatMap { Identifier(text: $0) } }
  /// The batch under which it was written.
  public var batch: Identifier? { batchText.flatMap { Identifier(text: $0) } }
  /// All rows read so far.
  public var rows: Int { counts.values.reduce(0, +) }
}

/// Where a list may tell of anybody, and whom it may give which role; see `ListReach`.
public struct ListLimits: Sendable {
  let reach: ListReach

  /// Limits of a list.
  ///
  /// - Parameters:
  ///   - area: the places; nothing where there is no limit.
  ///   - grants: whether a role may be given at a place.
  ///   - changes: whether a worker may be changed.
  ///   - hidden: who is protected from whoever brings the list.
  public init(
    area: Set<Identifier>?, grants: @escaping @Sendable (Role, Identifier) -> Bool,
    changes: @escaping @Sendable (Worker) -> Bool,
    hidden: @escaping @Sendable (PersonEntry) -> Bool
  ) {
    reach = ListReach(area: area, grants: grants, changes: changes, hidden: hidden)
  }
}

/// Why an upload is not kept.
public enum UploadProblem: Error, Hashable, Sendable {
  /// There are too many that nobody has finished with.
  case tooMany
  /// It cannot be written to the disk.
  case cannotKeep
}

/// The lists that were uploaded, and the work on them.
public final class ListUploads: Sendable {
  /// After how long an upload goes away, in milliseconds: a day.
  public static let lifetime: Int64 = 86_400_000
  /// How many one worker may leave lying about.
  public static let limit = 10

  private let district: District
  private let folder: URL
  /// Uploads that are being worked on, as they stand now.
  private let running = Mutex<[String: UploadedList]>([:])

  /// The uploads of a district.
  public init(_ district: District) {
    self.district = district
    let database = URL(fileURLWithPath: district.journal.path)
    folder = database.deletingLastPathComponent()
      .appending(path: database.deletingPathExtension().lastPathComponent + ".uploads")
  }

  private func path(_ id: String, _ ending: String) -> String {
    folder.appending(path: "\(id).\(ending)").path
  }

  // MARK: Keeping

  /// Keeps a file for its uploader alone.
  public func keep(
    _ bytes: [UInt8], named fileName: String, kind: ImportKind, worker: Identifier?,
    place: Identifier?, now: Instant
  ) throws(UploadProblem) -> UploadedList {
    removeExpired(now: now)
    guard uploads(of: worker).count < ListUploads.limit else { throw .tooMany }
    var source = SystemRandomNumberGenerator()
    let words = (0..<4).map { _ in UInt32.random(in: 0 ... .max, using: &source) }
    let id = words.map { String(format: "%08x", $0) }.joined()
    let upload = UploadedList(
      id: id, kindNumber: kind.rawValue, worker: worker?.text, placeText: place?.text,
      fileName: String(fileName.prefix(120)), at: now.milliseconds, state: .checking)
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try ListUploads.write(Data(bytes), to: path(id, "list"))
      try store(upload)
    } catch { throw .cannotKeep }
    return upload
  }

  /// Writes a file that its owner alone may read, whole or not at all.
  private static func write(_ data: Data, to path: String) throws {
    let fresh = path + ".new"
    guard
      FileManager.default.createFile(
        atPath: fresh, contents: data, attributes: [.posixPermissions: 0o600]),
      rename(fresh, path) == 0
    else { throw UploadProblem.cannotKeep }
  }

  private func store(_ upload: UploadedList) throws {
    try ListUploads.write(JSONEncoder().encode(upload), to: path(upload.id, "json"))
  }

  private func read(_ id: String) -> UploadedList? {
    guard let data = FileManager.default.contents(atPath: path(id, "json")),
      var upload = try? JSONDecoder().decode(UploadedList.self, from: data)
    else { return nil }
    if let now = running.withLock({ $0[id] }) { return now }
    // Nobody works on it any more.
    if upload.state == .checking || upload.state == .writing { upload.state = .interrupted }
    return upload
  }

  /// The upload with that name, where that worker sent it.
  public func upload(_ id: String, of worker: Identifier?) -> UploadedList? {
    guard id.utf8.count == 32,
      id.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }),
      let upload = read(id), upload.worker == worker?.text
    else { return nil }
    return upload
  }

  /// All that a worker sent, the newest first.
  public func uploads(of worker: Identifier?) -> [UploadedList] {
    all.compactMap { read($0) }.filter { $0.worker == worker?.text }
      .sorted { $0.at > $1.at }
  }

  private var all: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
  }

  /// Removes an upload, unless it is being worked on.
  public func remove(_ id: String) {
    guard running.withLock({ $0[id] }) == nil else { return }
    for ending in ["list", "json", "preview", "preview-wal", "preview-shm"] {
      try? FileManager.default.removeItem(atPath: path(id, ending))
    }
  }

  /// Removes what is older than ``lifetime``.
  public func removeExpired(now: Instant) {
    for id in all where (read(id)?.at ?? 0) + ListUploads.lifetime < now.milliseconds {
      remove(id)
    }
  }

  /// What looking through it gave, while there is any.
  public func preview(of upload: UploadedList) throws -> ListPreview {
    try ListPreview(path: path(upload.id, "preview"))
  }

  // MARK: Work

  private func task(_ upload: UploadedList, _ limits: ListLimits) -> ListTask {
    ListTask(
      kind: upload.kind, path: path(upload.id, "list"), fileName: upload.fileName,
      place: upload.place, recorder: upload.worker.flatMap { Identifier(text: $0) },
      reach: limits.reach)
  }

  private func work(
    on upload: UploadedList, _ state: UploadedList.State,
    _ work: @escaping @Sendable (UploadedList) throws -> UploadedList,
    then: @escaping @Sendable (UploadedList) -> Void
  ) {
    var upload = upload
    upload.state = state
    upload.percent = 0
    let begun = upload
    let isFree = running.withLock { running in
      if running[begun.id] != nil { return false }
      running[begun.id] = begun
      return true
    }
    guard isFree else { return }
    try? store(begun)
    // A thread of its own: the work waits for the disk, and must hold up no request.
    Thread.detachNewThread { [self] in
      var result = begun
      do { result = try work(begun) } catch {
        result.state = .failed
        result.problem = ListUploads.problem(error)
      }
      try? store(result)
      running.withLock { $0[result.id] = nil }
      then(result)
    }
  }

  private func note(_ upload: UploadedList, _ progress: ListProgress) {
    var now = upload
    now.take(progress.summary)
    now.percent = progress.totalBytes == 0 ? 0 : min(99, progress.bytes * 100 / progress.totalBytes)
    let told = now
    running.withLock { $0[told.id] = told }
  }

  /// Looks a list through, beside whatever else goes on.
  ///
  /// - Parameter then: called when that is done.
  public func check(
    _ upload: UploadedList, limits: ListLimits, clock: @escaping @Sendable () -> Instant,
    then: @escaping @Sendable (UploadedList) -> Void
  ) {
    let task = task(upload, limits)
    let path = path(upload.id, "preview")
    let district = district
    work(
      on: upload, .checking,
      { [self] upload in
        let preview = try ListPreview(makingAt: path)
        let work = ListImport(
          task, into: district.journal, hoursEastOfGreenwich: district.hoursEastOfGreenwich,
          clock: clock)
        var rows: [ListedRow] = []
        let summary = try work.preview(
          { rows.append($0) },
          progress: { progress in
            try preview.add(rows)
            rows = []
            note(upload, progress)
          })
        try preview.add(rows)
        var result = upload
        result.take(summary)
        result.state = .ready
        result.percent = 100
        return result
      }, then: then)
  }

  /// Writes a list that somebody looked through: rows that would do something else than they saw
  /// are refused.
  ///
  /// - Parameter then: called when that is done.
  public func write(
    _ upload: UploadedList, limits: ListLimits, clock: @escaping @Sendable () -> Instant,
    then: @escaping @Sendable (UploadedList) -> Void
  ) {
    guard upload.state == .ready else { return }
    let task = task(upload, limits)
    let path = path(upload.id, "preview")
    let district = district
    work(
      on: upload, .writing,
      { [self] upload in
        let preview = try ListPreview(path: path)
        let work = ListImport(
          task, into: district.journal, hoursEastOfGreenwich: district.hoursEastOfGreenwich,
          clock: clock)
        let summary = try work.write(expecting: preview.seen) { note(upload, $0) }
        var result = upload
        result.take(summary)
        result.batchText = summary.batch.text
        result.state = .written
        result.percent = 100
        // What was uploaded is not needed any more; its refused rows are kept with the batch.
        for ending in ["list", "preview"] {
          try? FileManager.default.removeItem(atPath: self.path(upload.id, ending))
        }
        return result
      }, then: then)
  }

  /// The key of an explanation, and what that fills in; what ends in `_key` is a key itself.
  private static func problem(_ error: any Error) -> [String: String] {
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
    case JournalError.diskFull: return ["key": "errors.file.disk_full"]
    default: return ["key": "errors.list_file.stopped"]
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

extension UploadedList {
  mutating func take(_ summary: ListSummary) {
    counts = [:]
    for outcome in ListOutcome.allCases { counts[outcome.rawValue] = summary[outcome] }
    newHouseholds = summary.newHouseholds
    headless = summary.householdsWithoutHead.count
    headlessLines = Array(summary.householdsWithoutHead.prefix(10))
    unstored = summary.unstoredColumns
  }
}
