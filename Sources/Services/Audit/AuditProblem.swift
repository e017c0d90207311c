import Journal

/// Why an entry could not be written or the log not be read. Where an entry cannot be written, what
/// it tells of must not be shown.
public enum AuditProblem: Error, Equatable, Sendable {
  /// The file or its folder cannot be opened or written.
  case cannotOpen(path: String, reason: String)
  /// SQLite does not write through to the disk as the log promises.
  case notDurable(level: Int)
  /// A newer Sikilap wrote this file.
  case fromNewerVersion
  /// The disk is full or failing; the entry was not written.
  case diskFull
  /// SQLite could not write or read; its words are for the administrator.
  case failed(reason: String)
  /// A part of the entry is not what the log takes: a bug of whoever made the entry.
  case unusable(AuditPart)
  /// An entry cannot be read.
  case unreadableEntry(sequence: Int64)
  /// The log tells of other facts than the journal beside it holds: it belongs to another one, or
  /// facts were changed. `sikilap verify` tells which.
  case otherJournal(sequence: Int64)
  /// The log tells of facts through that one, and the journal ends before: an older copy of the
  /// journal was put back beside a newer log.
  case journalIsOlder(covered: Int64, facts: Int64)
  /// A stored fact cannot be read.
  case unreadableFact(sequence: Int64)
  /// The journal did not take an anchor.
  case anchorNotTaken
  /// The log does not fit itself or the facts, as `sikilap verify` tells: nothing is removed of it.
  case doesNotFit

  /// The problem that an error of the layers below stands for.
  init(_ error: any Error) {
    switch error {
    case let problem as AuditProblem: self = problem
    case JournalError.cannotOpen(let path, let reason):
      self = .cannotOpen(path: path, reason: reason)
    case JournalError.notDurable(let level): self = .notDurable(level: level)
    case JournalError.fromNewerVersion: self = .fromNewerVersion
    case JournalError.diskFull: self = .diskFull
    case JournalError.unreadableFact(let sequence): self = .unreadableFact(sequence: sequence)
    default: self = .failed(reason: String(describing: error))
    }
  }
}

/// A part of an entry that has limits.
public enum AuditPart: String, Sendable {
  /// The moment lies outside all calendars that people use.
  case moment
  /// A session is eight bytes.
  case session
  /// A route is 1 to 200 printable ASCII characters.
  case route
  /// A count is not negative.
  case count
  /// At most a million subjects.
  case subjects
  /// At most 2,000 bytes of words, and so many facts.
  case detail
}
