import GRDB
import Health

/// Brings persons' rows up to date after their timelines were written, and tells the projections
/// whose facts changed: for records that are one person, the one that stands for all of them.
struct RegistryUpdate {
  private var areThereMerged: Bool
  private var changes: [TimelineChange] = []
  /// Records of persons that are, or were until now, one with another.
  private var joined: Set<Identifier> = []
  /// What persons are found by from now on. It is written last, all of it together: the full-text
  /// index writes what it has gathered to the disk before any statement that may fail half-way.
  private var words: [(person: Int64, terms: String)] = []
  private let terms = SearchTerms()

  init(in db: Database) throws { areThereMerged = try SamePersons.areThereAny(in: db) }

  /// A record whose timeline changed. Its row is written here, its timeline by the caller.
  mutating func add(
    _ id: Identifier, _ subject: AcceptingBatch.Subject, in db: Database
  ) throws {
    let (number, timeline) = (subject.number, subject.timeline)
    let before = areThereMerged ? try SamePersons.records(of: id, in: db) : [id]
    guard subject.showsInRegistry || before.count > 1 else {
      if subject.isNew {
        try PersonRow.insert(id, number, PersonSummary(timeline: Timeline()), in: db)
      }
      changes.append(TimelineChange(person: number, timeline: timeline))
      return
    }
    let summary = try PersonSummary(timeline: timeline)
    if subject.isNew { try PersonRow.insert(id, number, summary, in: db) }
    if before.count > 1 || !summary.sameAs.isEmpty {
      // Those that it was one with until now, and, once this is stored, those that it is one with.
      joined.formUnion(before)
      try SamePersons.store(summary.sameAs, of: id, in: db)
      areThereMerged = true
      return
    }
    if !subject.isNew { try PersonRow.update(number, summary, in: db) }
    words.append((number, terms.terms(of: summary)))
    changes.append(TimelineChange(person: number, timeline: timeline))
  }

  /// Writes what persons are found by, in the order of their numbers, which the index can take
  /// without writing in between.
  func index(in db: Database) throws {
    for (person, terms) in words.sorted(by: { $0.person < $1.person }) {
      try SearchRow.update(person, terms: terms, in: db)
    }
    if !words.isEmpty { try SearchRow.join(after: words.count, in: db) }
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
      let summary = try PersonSummary(timeline: whole)
      try PersonRow.update(first.number, summary, standingFor: nil, in: db)
      words.append((first.number, terms.terms(of: summary)))
      changes.append(TimelineChange(person: first.number, timeline: whole))
      for (record, timeline) in zip(known, timelines).dropFirst() {
        try PersonRow.update(
          record.number, PersonSummary(timeline: timeline), standingFor: first.number, in: db)
        words.append((record.number, ""))
        changes.append(TimelineChange(person: record.number, timeline: Timeline()))
      }
    }
    return changes
  }
}
