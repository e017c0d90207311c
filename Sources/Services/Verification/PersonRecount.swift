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
  private let tree: PlaceTree
  private let shares = Mutex<[PersonShare]>([])
  private let work = DispatchQueue(label: "verification", attributes: .concurrent)
  private let all = DispatchGroup()
  /// Steps that wait or run: more would only fill the memory.
  private let room = DispatchSemaphore(value: 2 * ProcessInfo.processInfo.activeProcessorCount)

  /// Persons that are read before somebody judges them.
  private static let personsPerStep = 512

  init(settings: GrowthSettings, tree: PlaceTree) {
    self.settings = settings
    self.tree = tree
  }

  /// Reads all persons; they are judged beside it.
  func start(in db: Database) throws {
    let statement = try BareStatement(
      """
      SELECT \(PersonEntry.columns), person.name_key, person.local_identifier, person.died_on,
        timeline.bytes, contribution.bytes
      FROM person LEFT JOIN timeline ON timeline.person = person.number
      LEFT JOIN contribution ON contribution.person = person.number
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
      var share =
        shares.withLock { $0.popLast() } ?? PersonShare(settings: settings, tree: tree)
      for person in persons { share.judge(person) }
      shares.withLock { $0.append(share) }
      room.signal()
    }
  }

  /// Waits until all are judged.
  func finish() throws -> PersonShare {
    all.wait()
    return shares.withLock { shares in
      var whole = PersonShare(settings: settings, tree: tree)
      for share in shares { whole.add(share) }
      return whole
    }
  }
}

/// What one processor judged, and then all of them.
struct PersonShare: Sendable {
  private let settings: GrowthSettings
  /// What the stored timelines add up to.
  private(set) var sums: [Identifier: TimelineSum] = [:]
  /// Measurements judged anew.
  private(set) var measurements = 0
  /// What the children add up to.
  private(set) var figures: FigureRecount
  private var wrong: (person: Int64, mismatch: Mismatch)?

  /// Of the first person whose row or contributions do not fit the timeline.
  var mismatch: Mismatch? { wrong?.mismatch }

  fileprivate init(settings: GrowthSettings, tree: PlaceTree) {
    self.settings = settings
    figures = FigureRecount(tree: tree)
  }

  fileprivate mutating func judge(_ stored: StoredPerson) {
    guard let mismatch = compare(stored) else { return }
    let number = stored.entry.number
    if wrong.map({ number < $0.person }) ?? true { wrong = (number, mismatch) }
  }

  private mutating func compare(_ stored: StoredPerson) -> Mismatch? {
    let id = stored.entry.id
    do {
      guard let bytes = stored.timeline else { return .timeline(person: id) }
      sums[id] = try TimelineSum(of: bytes)
      let timeline = Timeline(trusted: bytes)
      guard try stored.matches(PersonSummary(timeline: timeline)) else { return .person(id) }
      let record = try timeline.bytes.withUnsafeBufferPointer { bytes in
        try GrowthRecord(timeline: bytes, settings: settings)
      }
      measurements += record.measurements.count
      let months = record.childMonths(settings: settings)
      guard PackedContributions.pack(months) == stored.contributions else {
        return .contributions(person: id)
      }
      figures.count(months, of: stored.entry.number)
      return nil
    } catch { return .timeline(person: id) }
  }

  fileprivate mutating func add(_ other: PersonShare) {
    sums.merge(other.sums) { first, _ in first }
    measurements += other.measurements
    figures.add(other.figures)
    guard let theirs = other.wrong else { return }
    if wrong.map({ theirs.person < $0.person }) ?? true { wrong = theirs }
  }
}

/// A person as the tables hold it.
private struct StoredPerson: Sendable {
  let entry: PersonEntry
  let nameKey: String
  let localIdentifier: String
  let diedOn: Int64?
  let timeline: [UInt8]?
  let contributions: [UInt8]?

  init?(_ row: BareRow) {
    guard let entry = PersonEntry(row) else { return nil }
    self.entry = entry
    nameKey = row.text(8)
    localIdentifier = row.text(9)
    diedOn = row.optionalInteger(10)
    timeline = row.isNull(11) ? nil : [UInt8](row.bytes(11))
    contributions = row.isNull(12) ? nil : [UInt8](row.bytes(12))
  }

  /// Whether the registry says what the timeline says.
  func matches(_ summary: PersonSummary) -> Bool {
    let person = summary.person
    let name = String(decoding: person.name, as: UTF8.self)
    return entry.name == name && nameKey == PersonSummary.key(of: name)
      && entry.motherName == String(decoding: person.motherName, as: UTF8.self)
      && entry.nationalIdentityNumber
        == String(decoding: person.nationalIdentityNumber, as: UTF8.self)
      && localIdentifier == String(decoding: person.localIdentifier, as: UTF8.self)
      && entry.sex == person.sex && entry.birthDate == person.birthDate
      && entry.place == summary.place && diedOn == summary.diedOn.map { Int64($0.dayNumber) }
  }
}
