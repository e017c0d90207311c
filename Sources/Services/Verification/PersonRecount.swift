import Foundation
import GRDB
import Health
import Journal
import Monitoring
import Programmes
import Synchronization

/// Every person's registry row and contributions, compared to what the timeline gives, on all
/// processors: persons do not depend on one another.
final class PersonRecount: Sendable {
  private let settings: GrowthSettings
  private let planning: CarePlanProjection
  private let tree: PlaceTree
  private let same: SamePersons
  private let shares = Mutex<[PersonShare]>([])
  private let work = DispatchQueue(label: "verification", attributes: .concurrent)
  private let all = DispatchGroup()
  /// Steps that wait or run: more would only fill the memory.
  private let room = DispatchSemaphore(value: 2 * ProcessInfo.processInfo.activeProcessorCount)

  /// Persons that are read before somebody judges them.
  private static let personsPerStep = 512

  init(
    settings: GrowthSettings, planning: CarePlanProjection, tree: PlaceTree, same: SamePersons
  ) {
    self.settings = settings
    self.planning = planning
    self.tree = tree
    self.same = same
  }

  private func emptyShare() -> PersonShare {
    PersonShare(settings: settings, planning: planning, tree: tree, same: same)
  }

  /// Reads all persons; they are judged beside it.
  func start(in db: Database) throws {
    let statement = try BareStatement(
      """
      SELECT \(PersonEntry.columns), person.name_key, person.local_identifier,
        person_search.terms, timeline.bytes, contribution.bytes, care_plan.edition,
        care_plan.as_of, care_plan.holds_until, care_plan.bytes
      FROM person LEFT JOIN timeline ON timeline.person = person.number
      LEFT JOIN person_search ON person_search.person = person.number
      LEFT JOIN contribution ON contribution.person = person.number
      LEFT JOIN care_plan ON care_plan.person = person.number
      """, in: db)
    var waiting: [StoredPerson] = []
    try statement.forEach { row in
      guard let person = StoredPerson(row) else { throw Found(.damagedFile("person")) }
      waiting.append(person)
      if waiting.count == PersonRecount.personsPerStep {
        judge(waiting)
        waiting.removeAll(keepingCapacity: true)
      }
      return true
    }
    judge(waiting)
  }

  private func judge(_ persons: [StoredPerson]) {
    room.wait()
    work.async(group: all) { [self] in
      var share = shares.withLock { $0.popLast() } ?? emptyShare()
      for person in persons { share.judge(person) }
      shares.withLock { $0.append(share) }
      room.signal()
    }
  }

  /// Waits until all are judged.
  func finish() throws -> PersonShare {
    all.wait()
    return shares.withLock { shares in
      var whole = emptyShare()
      for share in shares { whole.add(share) }
      whole.judgeJoined()
      return whole
    }
  }
}

/// What one processor judged, and then all of them.
struct PersonShare: Sendable {
  private let settings: GrowthSettings
  private let planning: CarePlanProjection
  private let same: SamePersons
  private let terms = SearchTerms()
  /// What the stored timelines add up to.
  private(set) var sums: [Identifier: TimelineSum] = [:]
  /// Measurements judged anew.
  private(set) var measurements = 0
  /// What the children add up to.
  private(set) var figures: FigureRecount
  /// Records that facts say are one person, by the timelines.
  private var saidSame = SamePersons()
  /// Records that are one person with others, and wait until all of them were read.
  private var joined: [Identifier: StoredPerson] = [:]
  private var wrong: (person: Int64, mismatch: Mismatch)?

  /// Of the first person whose row or contributions do not fit the timeline.
  var mismatch: Mismatch? { wrong?.mismatch }

  fileprivate init(
    settings: GrowthSettings, planning: CarePlanProjection, tree: PlaceTree, same: SamePersons
  ) {
    self.settings = settings
    self.planning = planning
    self.same = same
    figures = FigureRecount(tree: tree)
  }

  fileprivate mutating func judge(_ stored: StoredPerson) {
    note(compare(stored), of: stored)
  }

  private mutating func note(_ mismatch: Mismatch?, of stored: StoredPerson) {
    guard let mismatch else { return }
    let number = stored.entry.number
    if wrong.map({ number < $0.person }) ?? true { wrong = (number, mismatch) }
  }

  private mutating func compare(_ stored: StoredPerson) -> Mismatch? {
    let id = stored.entry.id
    do {
      guard let bytes = stored.timeline else { return .timeline(person: id) }
      sums[id] = try TimelineSum(of: bytes)
      let timeline = Timeline(trusted: bytes)
      let summary = try PersonSummary(timeline: timeline)
      for other in summary.sameAs { saidSame.join(id, other) }
      if !same.isEmpty, same.all.contains(id) {
        joined[id] = stored
        return nil
      }
      return try compare(stored, timeline, summary, terms.terms(of: summary), mergedInto: nil)
    } catch { return .timeline(person: id) }
  }

  private mutating func compare(
    _ stored: StoredPerson, _ timeline: Timeline, _ summary: PersonSummary, _ terms: String,
    mergedInto other: Int64?
  ) throws -> Mismatch? {
    let id = stored.entry.id
    guard stored.matches(summary, terms: terms), stored.entry.mergedInto == other else {
      return .person(id)
    }
    let counted = other == nil ? timeline : Timeline()
    let record = try counted.bytes.withUnsafeBufferPointer { bytes in
      try GrowthRecord(timeline: bytes, settings: settings)
    }
    measurements += record.measurements.count
    let months = record.childMonths(settings: settings)
    guard PackedContributions.pack(months) == stored.contributions else {
      return .contributions(person: id)
    }
    figures.count(months, of: stored.entry.number)
    return try isPlanned(stored, by: counted) ? nil : .carePlan(person: id)
  }

  /// Whether the stored plan is what guidelines say of the day that it is of. One that other
  /// guidelines wrote is stale and believed by nobody, so it is not judged.
  private func isPlanned(_ stored: StoredPerson, by timeline: Timeline) throws -> Bool {
    guard let plan = stored.plan else { return false }
    guard plan.edition == planning.edition.number else { return true }
    let anew = try planning.plan(of: timeline, on: plan.asOf)
    return anew.bytes == plan.bytes && anew.holdsUntil == plan.holdsUntil
  }

  /// Judges the records that are one person with others: the first known of them by the facts of
  /// all, the others by their own.
  fileprivate mutating func judgeJoined() {
    if saidSame != same, let first = saidSame.firstDifference(from: same) {
      wrong = wrong ?? (0, .person(first))
    }
    var done: Set<Identifier> = []
    for id in joined.keys.sorted() where !done.contains(id) {
      let records = same.records(of: id)
      done.formUnion(records)
      let known = records.compactMap { joined[$0] }
      guard let first = known.first else { continue }
      for record in known { note(compare(record, of: first, with: known), of: record) }
    }
  }

  private mutating func compare(
    _ record: StoredPerson, of first: StoredPerson, with all: [StoredPerson]
  ) -> Mismatch? {
    do {
      let isFirst = record.entry.id == first.entry.id
      let timeline = try Timeline.union(
        (isFirst ? all : [record]).map { Timeline(trusted: $0.timeline ?? []) })
      let summary = try PersonSummary(timeline: timeline)
      return try compare(
        record, timeline, summary, isFirst ? terms.terms(of: summary) : "",
        mergedInto: isFirst ? nil : first.entry.number)
    } catch { return .timeline(person: record.entry.id) }
  }

  fileprivate mutating func add(_ other: PersonShare) {
    sums.merge(other.sums) { first, _ in first }
    measurements += other.measurements
    figures.add(other.figures)
    saidSame.add(other.saidSame)
    joined.merge(other.joined) { first, _ in first }
    guard let theirs = other.wrong else { return }
    if wrong.map({ theirs.person < $0.person }) ?? true { wrong = theirs }
  }
}

/// A person as the tables hold it.
private struct StoredPerson: Sendable {
  let entry: PersonEntry
  let nameKey: String
  let localIdentifier: String
  let terms: String
  let timeline: [UInt8]?
  let contributions: [UInt8]?
  let plan: StoredCarePlan?

  init?(_ row: BareRow) {
    guard let entry = PersonEntry(row) else { return nil }
    self.entry = entry
    let next = PersonEntry.columnCount
    nameKey = row.text(next)
    localIdentifier = row.text(next + 1)
    terms = row.text(next + 2)
    timeline = row.isNull(next + 3) ? nil : [UInt8](row.bytes(next + 3))
    contributions = row.isNull(next + 4) ? nil : [UInt8](row.bytes(next + 4))
    plan = row.isNull(next + 5) ? nil : StoredCarePlan(row, from: next + 5)
  }

  /// Whether the registry says what the timeline says.
  func matches(_ summary: PersonSummary, terms: String) -> Bool {
    let person = summary.person
    let name = String(decoding: person.name, as: UTF8.self)
    return entry.name == name && nameKey == PersonSummary.key(of: name)
      && entry.motherName == String(decoding: person.motherName, as: UTF8.self)
      && entry.nationalIdentityNumber
        == String(decoding: person.nationalIdentityNumber, as: UTF8.self)
      && localIdentifier == String(decoding: person.localIdentifier, as: UTF8.self)
      && entry.sex == person.sex && entry.birthDate == person.birthDate
      && entry.place == summary.place && entry.diedOn == summary.diedOn
      && entry.household == summary.household && entry.relation == summary.relation
      && entry.mother == person.mother
      && entry.birthDateCertainty == person.birthDateCertainty
      && entry.birthOrder == person.birthOrder && self.terms == terms
  }
}
