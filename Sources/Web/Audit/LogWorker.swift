import Health
import Journal
import Services

/// Whose entries of the log are wanted, as it was entered: an identifier, a user name, or a name or
/// a part of one.
enum LogWorker {
  /// Everybody's.
  case anybody
  /// Those of one worker.
  case one(Identifier, shown: String)
  /// One of several who are called so: which one must be chosen.
  case several([Worker])
  /// Nobody is called so.
  case nobody

  init(_ visit: Visit) throws {
    guard let text = visit.query["worker"] else {
      self = .anybody
      return
    }
    if let id = Identifier(text: text) {
      self = .one(id, shown: try visit.district.worker(id).map(LogWorker.shown) ?? text)
    } else if let worker = try visit.district.worker(userName: text) {
      self = .one(worker.id, shown: LogWorker.shown(worker))
    } else {
      let found = try WorkersPage.named(text, visit)
      switch found.count {
      case 0: self = .nobody
      case 1: self = .one(found[0].id, shown: LogWorker.shown(found[0]))
      default: self = .several(found)
      }
    }
  }

  private static func shown(_ worker: Worker) -> String {
    worker.body.userName.isEmpty
      ? worker.name : String(decoding: worker.body.userName, as: UTF8.self)
  }
}
