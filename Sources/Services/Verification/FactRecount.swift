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
  /// Withdrawals of what was not here yet: they may have been about places.
  private var earlyWithdrawals: [Identifier: [Fact]] = [:]
  /// Facts of households and workers.
  private var others: [Identifier: Timeline] = [:]
  /// Whose facts have no key any more, with the first of those facts; and who was erased.
  private var withoutKey: [Identifier: Int64] = [:]
  private var erased: Set<Identifier> = []
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

  /// Looks whether every key that is not there any more was destroyed by an erasure.
  func compareKeys() throws {
    let lost = withoutKey.filter { !erased.contains($0.key) }
    if let first = lost.values.min() { throw Found(.lostKey(sequence: first)) }
  }

  private mutating func add(_ fact: FactView, in db: Database) throws {
    // As acceptance asks: of what was here before it.
    let kind = try FactRow.settledKind(
      of: fact.kind, replacing: fact.replaces, through: count, in: db)
    let body: [UInt8]
    switch fact.body {
    case .readable(let bytes): body = bytes
    case .unreadable: throw Found(.unreadableFact(sequence: count + 1))
    case .erased:
      if withoutKey[fact.subject] == nil { withoutKey[fact.subject] = count + 1 }
      // The person stays known, and nothing is told.
      if kind.subject == .person { sums[fact.subject, default: TimelineSum()] = TimelineSum() }
      return
    }
    switch kind.subject {
    case .person: break
    case .place:
      placeFacts[fact.subject, default: []].append(fact.copy(body: body))
      return
    case .household, .worker:
      try others[fact.subject, default: Timeline()].insert(fact.copy(body: body))
      return
    case .system:
      if kind == .erasure { erased.insert(fact.subject) }
      return
    }
    if kind == .withdrawal {
      earlyWithdrawals[fact.subject, default: []].append(fact.copy(body: body))
    }
    entry.removeAll()
    body.withUnsafeBufferPointer { bytes in
      entry.timelineEntry(
        id: fact.id, kind: fact.kind, occurredOn: fact.occurredOn, recordedAt: fact.recordedAt,
        place: fact.place, replaces: fact.replaces, body: bytes)
    }
    entry.bytes.withUnsafeBufferPointer { sums[fact.subject, default: TimelineSum()].add($0) }
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
    var workers: [Identifier: Worker] = [:]
    for (id, known) in others {
      var timeline = known
      for fact in earlyWithdrawals[id] ?? [] { try timeline.insert(fact) }
      let facts = StandingSubject(timeline: timeline)
      if let household = try Household(id, facts) {
        guard try household.isStored(in: db) else { throw Found(.household(id)) }
        households.insert(id)
      }
      if let worker = try Worker(id, facts) {
        guard try worker.isStored(in: db) else { throw Found(.worker(id)) }
        workers[id] = worker
      }
    }
    if let lost = try Household.firstStored(except: households, in: db) {
      throw Found(.household(lost))
    }
    if let lost = try Worker.firstStored(except: Set(workers.keys), in: db) {
      throw Found(.worker(lost))
    }
    // What pages list is read in another way than one worker is.
    let listed = Dictionary(
      try Worker.fetchAll(in: db).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let differing = Set(listed.keys).union(workers.keys).filter { listed[$0] != workers[$0] }
    if let first = differing.min() { throw Found(.worker(first)) }
  }

  /// Compares places, catchments, agreements and boundaries with what is stored.
  func comparePlaces(in db: Database) throws {
    let tree = try PlaceTree.fetch(in: db)
    var expected = RegistryOfPlaces()
    for (id, facts) in placeFacts.sorted(by: { $0.key < $1.key }) {
      let standing = try PlaceStanding(facts + (earlyWithdrawals[id] ?? []))
      expected.add(standing)
      guard let stored = tree.places[id] else {
        if standing.place != nil { throw Found(.place(id)) }
        continue
      }
      guard let body = standing.place, stored == Place(number: stored.number, id: id, body: body)
      else { throw Found(.place(id)) }
    }
    if let more = tree.places.keys.filter({ placeFacts[$0] == nil }).min() {
      throw Found(.place(more))
    }
    if let place = expected.difference(from: try RegistryOfPlaces(in: db)) {
      throw Found(.place(place))
    }
  }
}

/// The tables of places that stand beside the tree.
private struct RegistryOfPlaces {
  private var catchments: Set<Catchment> = []
  private var agreements: Set<Agreement> = []
  private var boundaries: Set<Boundary> = []

  init() {}

  init(in db: Database) throws {
    catchments = Set(try PlaceRows.catchments(in: db))
    agreements = Set(try PlaceRows.agreements(in: db))
    boundaries = Set(try PlaceRows.boundaries(in: db))
  }

  mutating func add(_ standing: PlaceStanding) {
    catchments.formUnion(standing.catchments)
    agreements.formUnion(standing.agreements)
    if let boundary = standing.boundary { boundaries.insert(boundary) }
  }

  /// The first place of which the two say different things.
  func difference(from other: RegistryOfPlaces) -> Identifier? {
    let places =
      catchments.symmetricDifference(other.catchments).map(\.facility)
      + agreements.symmetricDifference(other.agreements).map(\.facility)
      + boundaries.symmetricDifference(other.boundaries).map(\.place)
    return places.min()
  }
}
