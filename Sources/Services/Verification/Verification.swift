import Foundation
import GRDB
import Health
import Journal
import Monitoring
import Programmes
import Synchronization

/// The first thing that does not fit, and where.
public enum Mismatch: Hashable, Sendable {
  /// A fact's link does not follow from the facts before it: it, or one before it, was changed.
  case brokenChain(sequence: Int64)
  /// The order of arrival has a gap: a fact is missing.
  case missingFact(sequence: Int64)
  /// A stored fact cannot be read.
  case unreadableFact(sequence: Int64)
  /// The key of a person's or household's facts, of which that is the first, is gone, and no erasure
  /// says why.
  case lostKey(sequence: Int64)
  /// A person's stored timeline is not what the facts give.
  case timeline(person: Identifier)
  /// A person's registry row is not what the facts give.
  case person(Identifier)
  /// A child's stored contributions are not what the timeline gives.
  case contributions(person: Identifier)
  /// A person's stored care plan is not what the timeline gives for the day that it is of.
  case carePlan(person: Identifier)
  /// A cell of the cube is not the sum of the contributions.
  case cube(place: Int64, month: CivilMonth)
  /// A person is listed at a place where the contributions do not count it, or the other way round.
  case countedAt(place: Int64, person: Int64)
  /// A person is listed at a place that is not known yet where the contributions do not count it, or
  /// the other way round.
  case awaited(place: Identifier, person: Int64)
  /// A place, its catchment, its agreements or its boundary are not what its facts give.
  case place(Identifier)
  /// A household's row is not what its facts give.
  case household(Identifier)
  /// A worker's rows are not what the facts give.
  case worker(Identifier)
  /// The index by which persons are found does not hold the words that it is made of.
  case searchIndex
  /// SQLite itself finds the file damaged.
  case damagedFile(String)
}

/// What a verification found.
public struct Verification: Sendable {
  /// Facts read and linked.
  public internal(set) var facts: Int64 = 0
  /// Persons whose timeline was computed anew.
  public internal(set) var persons = 0
  /// Measurements judged anew.
  public internal(set) var measurements = 0
  /// Cells of the cube added up anew.
  public internal(set) var cells = 0
  /// The link of the last fact: two journals with the same link hold the same facts.
  public internal(set) var chain: ChainHash = .start
  /// The first thing that does not fit; nothing where all fits.
  public internal(set) var mismatch: Mismatch?
}

extension District {
  /// Computes everything anew from the facts and compares it to what is stored.
  ///
  /// While the facts are read and linked, the persons' timelines are judged beside it; the facts'
  /// own damage is told first, since all else follows from them.
  ///
  /// - Parameter progress: called with the number of facts read, now and then.
  public func verify(progress: (Int64) -> Void = { _ in }) throws -> Verification {
    let file = FileCheck(journal)
    return try journal.pool.read { db in
      var facts = FactRecount()
      var result = Verification()
      let persons = PersonRecount(
        settings: settings, planning: planning, tree: try PlaceTree.fetch(in: db),
        same: try SamePersons.fetch(in: db))
      let unreadable = try found { try persons.start(in: db) }
      var mismatch = try found { try facts.readFacts(in: db, progress: progress) }
      (result.facts, result.chain) = (facts.count, facts.chain)
      let judged = try persons.finish()
      (result.persons, result.measurements) = (judged.sums.count, judged.measurements)
      if mismatch == nil, let damage = try file.damage() { mismatch = .damagedFile(damage) }
      result.mismatch =
        try mismatch ?? found { try facts.compareKeys() }
        ?? found { try facts.comparePlaces(in: db) }
        ?? found { try facts.compareOthers(in: db) } ?? unreadable
        ?? found { try facts.compareTimelines(with: judged.sums) } ?? judged.mismatch
        ?? found { result.cells = try judged.figures.compare(in: db) }
        ?? found { if try !journal.isSearchIndexIntact() { throw Found(.searchIndex) } }
      return result
    }
  }
}

/// What a step of the verification found not to fit.
private func found(_ step: () throws -> Void) throws -> Mismatch? {
  do {
    try step()
    return nil
  } catch let found as Found {
    return found.mismatch
  } catch let error as DatabaseError where error.isDamage {
    return .damagedFile(error.message ?? error.description)
  }
}

/// Ends a step of the verification at the first thing that does not fit.
struct Found: Error {
  let mismatch: Mismatch

  init(_ mismatch: Mismatch) { self.mismatch = mismatch }
}

/// SQLite's own look at the file, on a connection beside the others.
private final class FileCheck: Sendable {
  private let answer = Mutex<Result<String?, any Error>?>(nil)
  private let finished = DispatchSemaphore(value: 0)

  init(_ journal: JournalFile) {
    journal.pool.asyncRead { reader in
      let result = Result { try FileCheck.answer(of: reader.get()) }
      self.answer.withLock { $0 = result }
      self.finished.signal()
    }
  }

  private static func answer(of db: Database) throws -> String? {
    do {
      let words = try String.fetchOne(db, sql: "PRAGMA quick_check")
      guard words == "ok" else { return words ?? "quick_check" }
      // A row of a person or place that is not there would count without a name behind it.
      let orphan = try Row.fetchOne(db, sql: "PRAGMA foreign_key_check")
      return orphan.map { "\($0[0] as String) → \($0[2] as String)" }
    } catch let error as DatabaseError where error.isDamage {
      return error.message ?? error.description
    }
  }

  /// What is damaged; nothing where all is well.
  func damage() throws -> String? {
    finished.wait()
    return try answer.withLock { try $0?.get() }
  }
}

extension DatabaseError {
  /// Whether the file itself is damaged.
  fileprivate var isDamage: Bool {
    resultCode == .SQLITE_CORRUPT || resultCode == .SQLITE_NOTADB
  }
}
