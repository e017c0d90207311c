import GRDB
import Health

/// Brings persons' rows up to date after their timelines were written, and tells the projections
/// whose facts changed: for records that are one person, the one that stands for all of them.
struct RegistryUpdate {
  private var areThereMerged: Bool
  private var changes: [TimelineChange] = []
  /// Records of persons that are, or were until now, one with another.
  private var joined: Set<Identifier> = []
  private let terms = SearchTerms()

  init(in db: Database) throws { areThereMerged = try SamePersons.areThereAny(in: db) }

  /// A record whose timeline changed and is written.
  mutating func add(
    _ id: Identifier, number: Int64, timeline: Timeline, showsInRegistry: Bool, in db: Database
  ) throws {
    let before = areThereMerged ? try SamePersons.records(of: id, in: db) : [id]
    guard showsInRegistry || before.count > 1 else {
      changes.append(TimelineChange(person: number, timeline: timeline))
      return
    }
    let summary = try PersonSummary(timeline: timeline)
    if before.count > 1 || !summary.sameAs.isEmpty {
      // Those that it was one with until now, and, once this is stored, those that it is one with.
      joined.formUnion(before)
      try SamePersons.store(summary.sameAs, of: id, in: db)
      areThereMerged = true
      return
    }
    try PersonRow.update(number, summary, terms: terms, in: db)
    changes.append(TimelineChange(person: number, timeline: timeline))
  }

  /// Settles those that are one person with others.
  ///
  /// - Returns: each person's timeline that the projections must look at.
  mutating func finish(in db: Database) throws -> [TimelineChange] {
    guard !joined.isEmpty else { return changes }
    var done: Set<Identifier> = []
    for id in joined.sorted() where !done.contains(id) {
      let records = try SamePersons.records(of: id, in: db)
      done.formUnion(records)
      let known = try records.compactMap { try PersonEntry.fetch($0, in: db) }
      let timelines = try known.map {
        try PersonEntry.ownTimeline($0.number, in: db) ?? Timeline()
      }
      guard let first = known.first else { continue }
      let whole = try Timeline.union(timelines)
      try PersonRow.update(
        first.number, PersonSummary(timeline: whole), terms: terms, in: db)
      changes.append(TimelineChange(person: first.number, timeline: whole))
      for (record, timeline) in zip(known, timelines).dropFirst() {
        try PersonRow.update(
          record.number, PersonSummary(timeline: timeline), mergedInto: first.number, in: db)
        changes.append(TimelineChange(person: record.number, timeline: Timeline()))
      }
    }
    return changes
  }
}
