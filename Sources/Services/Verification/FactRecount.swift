import GRDB
import Health
import Journal

/// The facts read once from the first to the last: their chain, their places, and for each person
/// the sum by which a timeline is compared.
struct FactRecount {
  /// Facts read.
  private(set) var count: Int64 = 0
  /// The link of the last fact.
  private(set) var chain: ChainHash = .start
  /// What the timelines must add up to.
  private(set) var sums: [Identifier: TimelineSum] = [:]
  private var placeFacts: [Identifier: [Fact]] = [:]
  /// Facts of households and workers.
  private var others: [Identifier: Timeline] = [:]
  private let digester = Digester()
  private var entry = ByteWriter(capacity: 512)

  mutating func readFacts(in db: Database, progress: (Int64) -> Void) throws {
    try FactRow.forEach(in: db) { row in
      let sequence = row.integer(0)
      guard sequence == count + 1 else { throw Found(.missingFact(sequence: count + 1)) }
      guard let fact = FactView(row), let stored = ChainHash(stored: row.bytes(11)) else {
        throw Found(.unreadableFact(sequence: sequence))
      }
      let link = digester.link(chain, fact)
      guard link == stored else { throw Found(.brokenChain(sequence: sequence)) }
      chain = link
      try add(fact, in: db)
      count = sequence
      if sequence % 50_000 == 0 { progress(sequence) }
      return true
    }
  }

  private mutating func add(_ fact: FactView, in db: Database) throws {
    let isWithdrawal = fact.kind == .withdrawal
    if fact.kind == .place || (isWithdrawal && placeFacts[fact.subject] != nil) {
      placeFacts[fact.subject, default: []].append(fact.copy)
      return
    }
    let subject = fact.kind.subject
    if subject == .household || subject == .worker || (isWithdrawal && others[fact.subject] != nil) {
      try others[fact.subject, default: Timeline()].insert(fact.copy)
      return
    }
    guard fact.kind.isAboutPerson, try !isWithdrawal || !withdrawsOther(fact.replaces, in: db)
    else { return }
    entry.removeAll()
    entry.timelineEntry(
      id: fact.id, kind: fact.kind, occurredOn: fact.occurredOn, recordedAt: fact.recordedAt,
      place: fact.place, replaces: fact.replaces, body: fact.body)
    entry.bytes.withUnsafeBufferPointer { sums[fact.subject, default: TimelineSum()].add($0) }
  }

  /// Whether a withdrawal takes back something that is about no person and was here before it, as
  /// acceptance asks.
  private func withdrawsOther(_ target: Identifier?, in db: Database) throws -> Bool {
    guard let target, let stored = try FactRow.fetchStored(target, in: db) else { return false }
    return stored.sequence <= count && !stored.fact.kind.isAboutPerson
  }

  /// Compares with what the stored timelines add up to.
  func compareTimelines(with stored: [Identifier: TimelineSum]) throws {
    if sums == stored { return }
    let persons = Set(sums.keys).union(stored.keys).filter { sums[$0] != stored[$0] }
    if let first = persons.min() { throw Found(.timeline(person: first)) }
  }

  /// Compares households and workers with what their facts give.
  func compareOthers(in db: Database) throws {
    var households: Set<Identifier> = []
    var workers: Set<Identifier> = []
    for (id, timeline) in others {
      let facts = StandingSubject(timeline: timeline)
      if let household = try Household(id, facts) {
        guard try household.isStored(in: db) else { throw Found(.household(id)) }
        households.insert(id)
      }
      if let worker = try Worker(id, facts) {
        guard try worker.isStored(in: db) else { throw Found(.worker(id)) }
        workers.insert(id)
      }
    }
    if let lost = try Household.firstStored(except: households, in: db) {
      throw Found(.household(lost))
    }
    if let lost = try Worker.firstStored(except: workers, in: db) { throw Found(.worker(lost)) }
  }

  func comparePlaces(in db: Database) throws {
    let tree = try PlaceTree.fetch(in: db)
    for (id, facts) in placeFacts {
      guard let latest = PlaceTree.latest(of: facts), let body = PlaceTree.body(of: latest),
        let place = tree.places[id], place.kind == body.kind, place.partOf == body.partOf,
        place.name == String(decoding: body.name, as: UTF8.self),
        place.code == String(decoding: body.code, as: UTF8.self),
        place.codeIsExample == body.codeIsExample
      else { throw Found(.place(id)) }
    }
    for id in tree.places.keys where placeFacts[id] == nil { throw Found(.place(id)) }
  }
}
