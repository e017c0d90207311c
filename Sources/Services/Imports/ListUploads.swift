import Exchange
import Foundation
import Health
import Journal
import Synchronization

/// Why an upload is not kept.
public enum UploadProblem: Error, Hashable, Sendable {
  /// There are too many that nobody has finished with.
  case tooMany
  /// As many lists are worked on as at one moment can be.
  case busy
  /// It was written already, or is being worked on.
  case cannotWork
  /// It cannot be written to the disk.
  case cannotKeep
}

/// The lists that were uploaded, and the work on them.
public final class ListUploads: Sendable {
  /// After how long an upload goes away, in milliseconds: a day.
  public static let lifetime: Int64 = 86_400_000
  /// How many one worker may leave lying about.
  public static let limit = 10

  /// How many are received, and how many are worked on, at one moment: each takes its file's size
  /// several times in memory, and works on one processor.
  public static let atOnce = 2

  let district: District
  let folder: URL
  /// Uploads that are being worked on, as they stand now.
  let running = Mutex<[String: UploadedList]>([:])
  /// How many files are on their way here.
  private let arriving = Mutex(0)
  /// Taken while ``ToldElsewhere`` is read and written.
  let elsewhere = Mutex(())

  /// The uploads of a district.
  public init(_ district: District) {
    self.district = district
    let database = URL(fileURLWithPath: district.journal.path)
    folder = database.deletingLastPathComponent()
      .appending(path: database.deletingPathExtension().lastPathComponent + ".uploads")
  }

  func path(_ id: String, _ ending: String) -> String {
    folder.appending(path: "\(id).\(ending)").path
  }

  // MARK: Keeping

  /// Receives a file, where not too many are on their way already.
  ///
  /// - Throws: ``UploadProblem/busy``, and what `receive` throws.
  public func receive<Value>(_ receive: () async throws -> Value) async throws -> Value {
    let isFree = arriving.withLock { count in
      guard count < ListUploads.atOnce else { return false }
      count += 1
      return true
    }
    guard isFree else { throw UploadProblem.busy }
    defer { arriving.withLock { $0 -= 1 } }
    return try await receive()
  }

  /// Whether another list can be worked on now.
  public var isFree: Bool { running.withLock { $0.count < ListUploads.atOnce } }

  /// Keeps a file for its uploader alone.
  public func keep(
    _ bytes: ArraySlice<UInt8>, named fileName: String, kind: ImportKind, worker: Identifier?,
    place: Identifier?, now: Instant
  ) throws(UploadProblem) -> UploadedList {
    removeExpired(now: now)
    guard isFree else { throw .busy }
    guard uploads(of: worker).count < ListUploads.limit else { throw .tooMany }
    let upload = UploadedList(
      id: ListUploads.freshName(), kindNumber: kind.rawValue, worker: worker?.text,
      placeText: place?.text,
      fileName: String(fileName.prefix(120)), at: now.milliseconds, state: .checking)
    do {
      try keep(bytes, at: path(upload.id, "list"))
      try store(upload)
    } catch { throw .cannotKeep }
    return upload
  }

  /// A name that nobody can guess.
  static func freshName() -> String {
    var source = SystemRandomNumberGenerator()
    let words = (0..<4).map { _ in UInt32.random(in: 0 ... .max, using: &source) }
    return words.map { String(format: "%08x", $0) }.joined()
  }

  /// Whether a text may be the name of an upload, and leads to no other file.
  static func isName(_ id: String) -> Bool {
    id.utf8.count == 32
      && id.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  /// Writes what was sent into a private file.
  func keep(_ bytes: ArraySlice<UInt8>, at path: String) throws {
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try bytes.withUnsafeBytes { bytes in
      // Where they lie: a copy would be twenty megabytes more.
      let data =
        bytes.baseAddress.map {
          Data(
            bytesNoCopy: UnsafeMutableRawPointer(mutating: $0), count: bytes.count,
            deallocator: .none)
        } ?? Data()
      try ListUploads.write(data, to: path)
    }
  }

  /// Writes a file that its owner alone may read, whole or not at all.
  static func write(_ data: Data, to path: String) throws {
    let fresh = path + ".new"
    guard
      FileManager.default.createFile(
        atPath: fresh, contents: data, attributes: [.posixPermissions: 0o600]),
      rename(fresh, path) == 0
    else { throw UploadProblem.cannotKeep }
  }

  func store(_ upload: UploadedList) throws {
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
    guard ListUploads.isName(id), let upload = read(id), upload.worker == worker?.text
    else { return nil }
    return upload
  }

  /// All that a worker sent, the newest first.
  public func uploads(of worker: Identifier?) -> [UploadedList] {
    all.compactMap { read($0) }.filter { $0.worker == worker?.text }
      .sorted { $0.at > $1.at }
  }

  private var all: [String] { names(ending: "json") }

  /// The names of all uploads that have a file of that ending.
  func names(ending: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix("." + ending) }
      .map { String($0.dropLast(ending.count + 1)) }
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
    removeExpiredSetups(now: now)
    for id in all where (read(id)?.at ?? 0) + ListUploads.lifetime < now.milliseconds {
      remove(id)
    }
  }

  /// What looking through it gave, while there is any.
  public func preview(of upload: UploadedList) throws -> ListPreview {
    try ListPreview(path: path(upload.id, "preview"))
  }
}
