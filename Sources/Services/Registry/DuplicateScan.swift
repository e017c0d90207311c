import GRDB
import Health
import Journal

/// Two records that may be one person.
public struct DuplicatePair: Hashable, Sendable {
  /// The record with the smaller id.
  public let first: Identifier
  /// The other.
  public let second: Identifier
  /// Where the first lived when they were compared.
  public let firstHome: Identifier
  /// Where the other did.
  public let secondHome: Identifier
  /// What speaks for and against it.
  public let evidence: DuplicateEvidence
}

/// What a scan of an area found.
public struct DuplicateFindings: Sendable {
  /// The pairs: very likely ones first, then by score. Those that somebody decided are two people
  /// are left out.
  public let pairs: [DuplicatePair]
  /// How many records were compared.
  public let persons: Int
  /// Groups so large that they were passed over: a name and year that hundreds share.
  public let skippedGroups: Int
  /// Whether more pairs were found than are kept.
  public let isCut: Bool
}

/// Which pairs of an area a scan is after.
public enum DuplicateScope: Sendable {
  /// All of them.
  case all
  /// Only those whose records stand in two Puskesmas.
  case acrossPuskesmas
}

extension District {
  /// The most pairs that a scan keeps: the best of them.
  public static let mostPairs = 5000

  /// Compares all who live at these places with each other.
  ///
  /// A Puskesmas of 40,000 takes some seconds and some ten megabytes, a district of 400,000 some
  /// twenty seconds and somewhat more than a hundred megabytes: it is meant for a thread in the
  /// background, and reads place by place so that it holds up nobody who writes.
  ///
  /// - Parameter limit: the most pairs that are kept, the best of them.
  public func duplicates(
    among places: [Identifier], tree: PlaceTree, scope: DuplicateScope = .all,
    keeping limit: Int = District.mostPairs
  ) throws -> DuplicateFindings {
    var ids: [Identifier] = []
    var homes: [UInt32] = []
    var records: [IdentityEvidence] = []
    var apart: Set<Pair> = []
    for (number, place) in places.enumerated() {
      try journal.pool.read { db in
        var reader = EvidenceReader(tree: tree, in: db)
        for person in try PersonEntry.all(at: place, in: db) {
          guard let timeline = try PersonEntry.timeline(person.number, in: db) else { continue }
          ids.append(person.id)
          homes.append(UInt32(number))
          records.append(try reader.evidence(person))
          for other in try District.notTheSame(by: timeline) {
            apart.insert(Pair(person.id, other))
          }
        }
      }
    }
    let frequencies = NameFrequencies(records)
    for place in records.indices { frequencies.weigh(&records[place]) }
    IdentityEvidence.markTwins(&records)
    func areOfTwoPuskesmas(_ left: IdentityEvidence, _ right: IdentityEvidence) -> Bool {
      left.puskesmas != 0 && right.puskesmas != 0 && left.puskesmas != right.puskesmas
    }
    let score = DuplicateScore()
    var pairs: [DuplicatePair] = []
    var isCut = false
    var skipped = 0
    var scan = CandidateScan(records)
    while let blocks = scan.next() {
      skipped += blocks.skippedBlocks
      blocks.forEachPair { left, right in
        if scope == .acrossPuskesmas, !areOfTwoPuskesmas(records[left], records[right]) { return }
        let evidence = score.score(records[left], records[right])
        let (first, second) = ids[left] < ids[right] ? (left, right) : (right, left)
        guard evidence.proposal != .different,
          !apart.contains(Pair(ids[first], ids[second]))
        else { return }
        pairs.append(
          DuplicatePair(
            first: ids[first], second: ids[second], firstHome: places[Int(homes[first])],
            secondHome: places[Int(homes[second])], evidence: evidence))
        if pairs.count >= 2 * limit { isCut = District.keepBest(limit, &pairs) || isCut }
      }
    }
    isCut = District.keepBest(limit, &pairs) || isCut
    return DuplicateFindings(
      pairs: pairs, persons: records.count, skippedGroups: skipped, isCut: isCut)
  }

  private struct Pair: Hashable {
    let first: Identifier
    let second: Identifier

    init(_ left: Identifier, _ right: Identifier) {
      (first, second) = left < right ? (left, right) : (right, left)
    }
  }

  private static func keepBest(_ limit: Int, _ pairs: inout [DuplicatePair]) -> Bool {
    func order(_ pair: DuplicatePair) -> (Int, Int32, Identifier, Identifier) {
      (
        pair.evidence.proposal == .likely ? 0 : 1, -pair.evidence.total, pair.first, pair.second
      )
    }
    pairs.sort { order($0) < order($1) }
    guard pairs.count > limit else { return false }
    pairs.removeLast(pairs.count - limit)
    return true
  }

  /// Those of whom a standing fact of a person says that they are somebody else.
  private static func notTheSame(by timeline: Timeline) throws -> [Identifier] {
    try timeline.bytes.withUnsafeBufferPointer { bytes in
      try TimelineReader.standingFacts(of: bytes).compactMap { entry in
        entry.kind == .notTheSame ? try SamenessBody(entry.body).other : nil
      }
    }
  }

  /// These records as lists show them, by id; those that nobody has are left out.
  public func entries(_ ids: Set<Identifier>) throws -> [Identifier: PersonEntry] {
    try journal.pool.read { db in
      var found: [Identifier: PersonEntry] = [:]
      for id in ids { found[id] = try PersonEntry.fetch(id, in: db).flatMap(shown) }
      return found
    }
  }
}
