import Foundation
import Health
import Journal
import Synchronization

/// How many numbers of people elsewhere lists told each worker, in a day.
///
/// A row whose NIK or family card belongs to somebody outside the area is refused, for otherwise one
/// person would stand in the register twice; and the refusal tells that the number exists. A list
/// of made-up numbers would find out which do, so that no list tells of more than a few, and nobody
/// is told of more than a day's work of them.
struct ToldElsewhere: Codable {
  /// A list has more of them than it is told: nothing of it is shown.
  struct TooMany: Error { let limit: Int }

  /// Of how many of its rows any list is told.
  static let ofAnyList = 20
  /// Of one in how many rows a larger one is told: in a year some families in a hundred move.
  static let oneIn = 50
  /// Of how many a worker is told in a day.
  static let inADay = 1000

  private struct Entry: Codable {
    let upload: String
    let worker: String
    let at: Int64
    let count: Int
  }

  private var entries: [Entry] = []

  /// How many an upload of so many rows may tell; the same one may tell the same again.
  func limit(of upload: UploadedList, rows: Int) -> Int {
    let told = entries.filter { $0.worker == upload.worker ?? "" && $0.upload != upload.id }
      .reduce(0) { $0 + $1.count }
    let ofThis = max(ToldElsewhere.ofAnyList, rows / ToldElsewhere.oneIn)
    return max(0, min(ofThis, ToldElsewhere.inADay - told))
  }

  /// Forgets what is older than a day.
  mutating func forget(now: Instant) {
    entries.removeAll { $0.at + ListUploads.lifetime < now.milliseconds }
  }

  /// Notes that an upload tells so many.
  mutating func note(_ count: Int, of upload: UploadedList, now: Instant) {
    let before = entries.filter { $0.upload == upload.id }.map(\.count).max() ?? 0
    entries.removeAll { $0.upload == upload.id }
    entries.append(
      Entry(
        upload: upload.id, worker: upload.worker ?? "", at: now.milliseconds,
        count: max(before, count)))
  }
}

extension ListUploads {
  /// Notes what a list tells a worker of people elsewhere; it is kept beside the uploads, so that
  /// throwing one away or starting the program again gives nobody more.
  ///
  /// - Throws: ``ToldElsewhere/TooMany`` where it would tell too much.
  func tellElsewhere(_ count: Int, of rows: Int, in upload: UploadedList, now: Instant) throws {
    guard count > 0 else { return }
    try elsewhere.withLock { _ in
      let path = folder.appending(path: "told-elsewhere").path
      var told =
        try FileManager.default.contents(atPath: path)
        .map { try JSONDecoder().decode(ToldElsewhere.self, from: $0) } ?? ToldElsewhere()
      told.forget(now: now)
      let limit = told.limit(of: upload, rows: rows)
      told.note(min(count, limit), of: upload, now: now)
      try ListUploads.write(JSONEncoder().encode(told), to: path)
      guard count <= limit else { throw ToldElsewhere.TooMany(limit: limit) }
    }
  }
}
