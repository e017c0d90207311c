import ArgumentParser
import Foundation
import Journal
import Services

/// The log of access beside a database, as the commands use it.
enum AccessLog {
  /// Opens the log, or makes it; makes sure that it belongs to the database, vouches for facts that
  /// nobody has vouched for, and writes an anchor where one is due. Commands that bring facts in do
  /// this before and after.
  static func settle(_ district: District) throws {
    let log = try AuditFile(path: AuditFile.path(beside: district.journal.path))
    defer { try? log.close() }
    let found = try log.coverFound(in: district.journal, at: Clock.now())
    if found > 0 { tell(words("commands.log_found", ["facts": String(found)])) }
    try log.anchorIfDueAndWait(
      in: district.journal, at: Clock.now(), hoursEastOfGreenwich: district.hoursEastOfGreenwich)
  }

  /// Checks the log against the facts, and says what was found.
  static func check(_ district: District) throws {
    let path = AuditFile.path(beside: district.journal.path)
    guard FileManager.default.fileExists(atPath: path) else {
      tell(words("commands.log_none", ["path": path]))
      return
    }
    let log = try AuditFile(path: path)
    defer { try? log.close() }
    let found = try log.check(against: district.journal)
    if let mismatch = found.mismatch {
      tell(words("commands.log_mismatch", ["what": text(of: mismatch)]))
      throw ExitCode.failure
    }
    print(
      words(
        "commands.log_verified",
        [
          "entries": String(found.entries), "covered": String(found.coveredFacts),
          "anchors": String(found.anchors), "head": found.chain.hexadecimal,
        ]))
    if found.removedEntries > 0 {
      tell(words("commands.log_begins_later", ["entries": String(found.removedEntries)]))
    }
    if found.uncoveredFacts > 0 {
      tell(words("commands.log_uncovered", ["facts": String(found.uncoveredFacts)]))
    }
  }

  private static func text(of mismatch: AuditMismatch) -> String {
    func text(_ key: String, _ values: KeyValuePairs<String, Int64>) -> String {
      words(
        "commands.log_mismatch_\(key)",
        Dictionary(uniqueKeysWithValues: values.map { ($0, String($1)) }))
    }
    return switch mismatch {
    case .missingEntry(let sequence): text("missing", ["sequence": sequence])
    case .unreadableEntry(let sequence): text("unreadable", ["sequence": sequence])
    case .brokenChain(let sequence): text("chain", ["sequence": sequence])
    case .subjects(let entry): text("subjects", ["sequence": entry])
    case .strayedSubject(let entry): text("strayed", ["sequence": entry])
    case .coveredList(let entry): text("list", ["sequence": entry])
    case .facts(let entry, let first, let last):
      text("facts", ["sequence": entry, "first": first, "last": last])
    case .missingFacts(let entry, let last): text("gone", ["sequence": entry, "last": last])
    case .anchor(let fact, let entries): text("anchor", ["fact": fact, "sequence": entries])
    case .removal(let entry): text("removal", ["sequence": entry])
    case .damagedFile(let problem): words("commands.mismatch_damaged", ["text": problem])
    }
  }
}

extension Refusal {
  /// The words for what keeps the log from being written or read.
  init(log problem: AuditProblem) {
    switch problem {
    case .cannotOpen(let path, let reason):
      self.init("cannot_open_database", ["path": path, "reason": reason])
    case .notDurable(let level): self.init("not_durable", ["level": String(level)])
    case .fromNewerVersion: self.init("newer_database")
    case .diskFull: self.init("disk_full")
    case .otherJournal(let sequence):
      self.init("log_of_other_journal", ["sequence": String(sequence)])
    case .journalIsOlder(let covered, let facts):
      self.init("journal_older_than_log", ["covered": String(covered), "facts": String(facts)])
    case .unreadableEntry(let sequence):
      self.init("unreadable_entry", ["sequence": String(sequence)])
    case .unreadableFact(let sequence):
      self.init("unreadable_fact", ["sequence": String(sequence)])
    case .doesNotFit: self.init("log_does_not_fit")
    case .failed(let reason): self.init("unexpected", ["reason": reason])
    case .unusable(let part): self.init("unexpected", ["reason": part.rawValue])
    case .anchorNotTaken: self.init("unexpected", ["reason": String(describing: problem)])
    }
  }
}
