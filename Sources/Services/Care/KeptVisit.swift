import GRDB
import Guidance
import Health
import Journal

/// What was written down of one visit, as it stands now: the visit, what was measured at it, what it
/// told of the birth. What came from a list may be a measurement alone.
public struct KeptVisit: Sendable {
  /// The visit.
  public fileprivate(set) var visit: Fact?
  /// What was measured.
  public fileprivate(set) var measurement: Fact?
  /// What was told of the birth.
  public fileprivate(set) var birth: Fact?
  /// What stands by itself, of the kinds ``standingAlone``: it can only be taken back, for what was
  /// entered anew of a pregnancy or a referral counts instead of what was told before.
  public private(set) var alone: Fact?
  /// The vaccinations that were written with it. They have pages of their own.
  public fileprivate(set) var vaccinations: [Fact] = []
  /// The facts that stand with those that they correct, as far as those were written for this visit
  /// and not for another of the same day: all that goes where it is taken back.
  public fileprivate(set) var written: [Fact] = []
  /// The name of who recorded what was measured, or else the visit, where the register knows them.
  public fileprivate(set) var author: String?
  /// What the visit says.
  let visitBody: VisitBody?
  /// What was measured.
  public let measured: MeasurementBody
  /// What was told of the birth.
  let birthBody: PersonBody

  fileprivate init(
    visit: Fact? = nil, measurement: Fact? = nil, birth: Fact? = nil, alone: Fact? = nil,
    written: [Fact], vaccinations: [Fact] = []
  ) throws(WireError) {
    self.alone = alone
    self.visit = visit
    self.measurement = measurement
    self.birth = birth
    self.written = written
    self.vaccinations = vaccinations
    visitBody = try visit.map { (fact) throws(WireError) in try fact.read(VisitBody.init) }
    measured =
      try measurement.map { (fact) throws(WireError) in try fact.read(MeasurementBody.init) }
      ?? MeasurementBody()
    birthBody =
      try birth.map { (fact) throws(WireError) in try fact.read(PersonBody.init) } ?? PersonBody()
  }

  /// The kinds of facts of which each stands by itself: a pregnancy, its end, a referral, the answer
  /// to one.
  public static let standingAlone: Set<FactKind> = [
    .pregnancy, .pregnancyEnd, .referral, .referralAnswer,
  ]
  /// The kinds of facts that are put together.
  public static let kinds = standingAlone.union([.visit, .measurement, .person, .vaccination])

  /// The facts that stand.
  public var standing: [Fact] { [visit, measurement, birth, alone].compactMap(\.self) }

  /// The fact by which it is called.
  public var main: Fact? { standing.first }

  /// Where it was said to be.
  public var setting: CareSetting? { visitBody?.setting }
  /// By whom it was said to be.
  public var performer: CarePerformer? { visitBody?.performer }
  /// For what it was.
  public var purposes: CarePurpose { visitBody?.purposes ?? [] }

  /// What was observed, by the codes of the elements.
  public var values: [UInt16: Int32] {
    var values: [UInt16: Int32] = [:]
    for observed in visitBody?.observations ?? [] { values[observed.element] = observed.value }
    for element in MeasurementBody.elements { values[element.code] = measured.value(of: element) }
    for element in PersonBody.birthElements { values[element.code] = birthBody.value(of: element) }
    values[DataElement.bodyPosition.code] = measured.position.map { Int32($0.rawValue) }
    return values
  }

  /// Whether it was measured here what another measurement tells.
  func overlaps(_ other: MeasurementBody) -> Bool {
    MeasurementBody.elements.contains {
      measured.value(of: $0) != nil && other.value(of: $0) != nil
    }
  }
}

extension Fact {
  /// Its body.
  func read<Body>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(WireError) -> Body
  ) throws(WireError) -> Body {
    let result: Result<Body, WireError> = self.body.withUnsafeBufferPointer { bytes in
      do throws(WireError) { return .success(try body(bytes)) } catch { return .failure(error) }
    }
    return try result.get()
  }

  /// What all facts of one act of one visit share.
  fileprivate var act: Act {
    Act(at: recordedAt, recorder: recorder, subject: subject, on: occurredOn)
  }

  /// The fact with what it corrects, the newest first.
  fileprivate func chain(in all: [Identifier: Fact]) -> [Fact] {
    var chain = [self]
    while let older = chain.last?.replaces.flatMap({ all[$0] }), !chain.contains(older) {
      chain.append(older)
    }
    return chain
  }
}

/// One act by which something was written down of somebody's day.
private struct Act: Hashable {
  let at: Instant
  let recorder: Identifier?
  let subject: Identifier
  let on: CivilDate
}

extension District {
  /// The visits of a person as they were written down, in the order in which they happened.
  public func keptVisits(of person: PersonEntry) throws -> [KeptVisit] {
    try journal.pool.read { db in
      guard let timeline = try PersonEntry.timeline(person.number, in: db) else { return [] }
      let kinds = KeptVisit.kinds
      var all: [Identifier: Fact] = [:]
      var standing: [Fact] = []
      try timeline.bytes.withUnsafeBufferPointer { bytes in
        var reader = try TimelineReader(bytes)
        while let entry = try reader.next() {
          guard kinds.contains(entry.kind) else { continue }
          all[entry.id] = try FactRow.fetch(entry.id, in: db)
        }
        standing = try TimelineReader.standingFacts(of: bytes).compactMap { all[$0.id] }
      }
      var visits = try KeptVisit.visits(standing, in: all)
      for place in visits.indices {
        let recorder = (visits[place].measurement ?? visits[place].main)?.recorder
        visits[place].author = try recorder.flatMap { try Worker.fetch($0, in: db)?.name }
      }
      return visits
    }
  }
}

extension KeptVisit {
  /// Puts facts that stand together as they were written down.
  fileprivate static func visits(
    _ standing: [Fact], in all: [Identifier: Fact]
  ) throws(WireError) -> [KeptVisit] {
    let visits = standing.filter { $0.kind == .visit }
    let chains = visits.map { $0.chain(in: all) }
    let acts = chains.map { Set($0.map(\.act)) }
    var parts = visits.map { _ in (measurement: [Fact](), birth: [Fact](), vaccines: [Fact]()) }
    var alone: [[Fact]] = []
    var single: [[Fact]] = []
    for fact in standing where fact.kind != .visit {
      let chain = fact.chain(in: all)
      if standingAlone.contains(fact.kind) {
        single.append(chain)
        continue
      }
      // The newest of the chain that was written with a visit tells to which it belongs. What stands
      // in the chain before the oldest of that visit was written for another.
      let owner = chain.lazy.compactMap { old in acts.firstIndex { $0.contains(old.act) } }.first
      guard let owner else {
        if fact.kind == .measurement { alone.append(chain) }
        continue
      }
      let last = chain.lastIndex { acts[owner].contains($0.act) } ?? 0
      let own = Array(chain[...last])
      switch fact.kind {
      case .vaccination: parts[owner].vaccines.append(fact)
      case .measurement where parts[owner].measurement.isEmpty: parts[owner].measurement = own
      case .measurement: alone.append(own)
      default:
        if try fact.read(PersonBody.init).tellsBirthAlone { parts[owner].birth = own }
      }
    }
    var found: [KeptVisit] = []
    for (place, part) in parts.enumerated() {
      found.append(
        try KeptVisit(
          visit: visits[place], measurement: part.measurement.first, birth: part.birth.first,
          written: chains[place] + part.measurement + part.birth, vaccinations: part.vaccines))
    }
    for chain in alone { found.append(try KeptVisit(measurement: chain.first, written: chain)) }
    for chain in single { found.append(try KeptVisit(alone: chain.first, written: chain)) }
    return found
  }
}
