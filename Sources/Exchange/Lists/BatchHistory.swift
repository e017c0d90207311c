import GRDB
import Health
import Journal

/// A batch's facts, and all that came after them. A list may have a million facts: of each only
/// numbers are kept, and bodies are opened one at a time.
struct BatchHistory {
  /// A fact of the list.
  struct Own {
    /// Its sequence number behind that of the batch.
    let offset: UInt32
    /// The position of its subject.
    let subject: Int32
    /// The position of the household that a residence names, of the head that a household names;
    /// -1 where the list tells nothing of that one.
    var leansOn: Int32 = -1
    /// The position of the fact of the same list that it corrects; -1 where it corrects none.
    var replaces: Int32 = -1
    /// How many withdrawals of it stand.
    var standingWithdrawals: Int32 = 0
  }

  /// A later fact of others that may build on the list.
  private struct Builder {
    let id: Identifier
    /// Whom of the list it is about, or names.
    let subject: Int32
    /// The fact of the list that it corrects; -1 where it corrects none.
    let corrects: Int32
    /// Whether it is about the subject, and does not only name it.
    let isAbout: Bool
  }

  private let first: Int64
  private(set) var own: [Own] = []
  /// Whom the list tells of, in the order in which it does.
  private(set) var subjects: [Identifier] = []
  /// What stays, by position, with the reason.
  private(set) var kept: [Int32: (reason: ListUndo.Reason, because: Identifier?)] = [:]
  /// What was last told of the batch itself.
  private(set) var told: Identifier
  private var positions: [Identifier: Int32] = [:]
  private var builders: [Builder] = []
  /// Withdrawals of builders and of withdrawals, by what they withdraw.
  private var withdrawalsOf: [Identifier: [Identifier]] = [:]

  func sequence(of fact: Own) -> Int64 { first + Int64(fact.offset) }

  init(of batch: Identifier, from first: Int64, in db: Database) throws {
    self.first = first
    told = batch
    try readOwn(batch, in: db)
    try readOthers(batch, in: db)
    try readWithdrawals(batch, in: db)
  }

  private mutating func position(of subject: Identifier) -> Int32 {
    if let known = positions[subject] { return known }
    let position = Int32(subjects.count)
    positions[subject] = position
    subjects.append(subject)
    return position
  }

  /// The list's own fact with that id; nothing where there is none.
  private func ownFact(_ id: Identifier, of batch: Identifier, in db: Database) throws -> Int32? {
    guard let place = try FactRow.place(of: id, in: db), place.device == batch else { return nil }
    return ownFact(at: place.sequence)
  }

  private func ownFact(at sequence: Int64) -> Int32? {
    var (low, high) = (0, own.count)
    while low < high {
      let middle = (low + high) / 2
      if self.sequence(of: own[middle]) < sequence { low = middle + 1 } else { high = middle }
    }
    return low < own.count && self.sequence(of: own[low]) == sequence ? Int32(low) : nil
  }

  private mutating func readOwn(_ batch: Identifier, in db: Database) throws {
    var replaced: [(own: Int32, id: Identifier)] = []
    try FactRow.forEach(from: first, through: batch, in: db) { sequence, fact in
      // What was erased is gone for good: nothing of it can be withdrawn, and nothing needs to be.
      guard !fact.isErased else { return }
      if fact.kind == .importBatch {
        if fact.replaces == told { told = fact.id }
        return
      }
      var found = Own(offset: UInt32(sequence - first), subject: position(of: fact.subject))
      if let other = try BatchHistory.leansOn(fact) { found.leansOn = position(of: other) }
      if let id = fact.replaces { replaced.append((Int32(own.count), id)) }
      own.append(found)
    }
    for (position, id) in replaced {
      own[Int(position)].replaces = try ownFact(id, of: batch, in: db) ?? -1
    }
  }

  private mutating func readOthers(_ batch: Identifier, in db: Database) throws {
    try FactRow.forEach(from: first, notThrough: batch, in: db) { sequence, fact in
      guard !fact.isErased else { return }
      var corrected: Int32 = -1
      if let id = fact.replaces { corrected = try ownFact(id, of: batch, in: db) ?? -1 }
      if let subject = positions[fact.subject] {
        builders.append(
          Builder(id: fact.id, subject: subject, corrects: corrected, isAbout: true))
      }
      let names = try BatchHistory.named(in: fact) + [fact.recorder].compactMap(\.self)
      for name in names {
        guard let subject = positions[name] else { continue }
        builders.append(Builder(id: fact.id, subject: subject, corrects: -1, isAbout: false))
      }
    }
  }

  private mutating func readWithdrawals(_ batch: Identifier, in db: Database) throws {
    let built = Set(builders.map(\.id))
    var targets: [Identifier: Int32] = [:]
    try FactRow.forEachWithdrawal(from: first, in: db) { _, fact in
      guard !fact.isErased, let target = fact.replaces else { return }
      if built.contains(target) {
        withdrawalsOf[target, default: []].append(fact.id)
      } else if let place = try FactRow.place(of: target, in: db) {
        if place.device == batch, let position = ownFact(at: place.sequence) {
          own[Int(position)].standingWithdrawals += 1
        } else if place.kind == .withdrawal {
          withdrawalsOf[target, default: []].append(fact.id)
          if let first = place.replaces, let position = try ownFact(first, of: batch, in: db) {
            targets[target] = position
          }
        }
      }
    }
    // Withdrawals of the list's facts that were withdrawn themselves.
    for (withdrawal, position) in targets where isWithdrawn(withdrawal) {
      own[Int(position)].standingWithdrawals -= 1
    }
  }

  /// Whether a withdrawal that is not itself withdrawn points at a fact of others.
  private func isWithdrawn(_ id: Identifier, depth: Int = 0) -> Bool {
    depth < 64
      && (withdrawalsOf[id] ?? []).contains { !isWithdrawn($0, depth: depth + 1) }
  }

  private static func leansOn(_ fact: FactView) throws -> Identifier? {
    guard fact.kind == .residence || fact.kind == .household else { return nil }
    return try body(of: fact).withUnsafeBufferPointer { body in
      fact.kind == .residence
        ? try ResidenceBody(body).household : try HouseholdBody(body).head
    }
  }

  private static func body(of fact: FactView) throws -> [UInt8] {
    switch fact.body {
    case .readable(let body): body
    case .erased: []
    case .unreadable: throw WireError.unknownForm
    }
  }

  private static let naming: Set<FactKind> = [
    .person, .residence, .relation, .merge, .notTheSame, .household,
  ]

  private static func named(in fact: FactView) throws -> [Identifier] {
    naming.contains(fact.kind) ? try named(in: fact.kind, try body(of: fact)) : []
  }

  /// Whom else a fact tells of than its subject.
  static func named(in kind: FactKind, _ body: [UInt8]) throws -> [Identifier] {
    try body.withUnsafeBufferPointer { bytes in
      switch kind {
      case .person:
        let body = try PersonBody(bytes)
        return [body.mother, body.father].compactMap(\.self)
      case .residence: return [try ResidenceBody(bytes).household].compactMap(\.self)
      case .relation: return [try RelationBody(bytes).other]
      case .merge, .notTheSame: return [try SamenessBody(bytes).other]
      case .household: return [try HouseholdBody(bytes).head].compactMap(\.self)
      default: return []
      }
    }
  }
}

extension BatchHistory {
  /// Settles what stays.
  mutating func settle(_ reach: ListReach, in db: Database) throws {
    let standing = builders.filter { !isWithdrawn($0.id) }
    for builder in standing where builder.corrects >= 0 {
      kept[builder.corrects] = (.corrected, builder.id)
    }
    // Of a fact and its corrections by the list itself all stay where one does.
    for position in own.indices.reversed() where own[position].replaces >= 0 {
      if let reason = kept[Int32(position)] { kept[own[position].replaces] = reason }
    }
    var used: [Int32: Identifier?] = [:]
    for isAbout in [true, false] {
      for builder in standing where builder.isAbout == isAbout && used[builder.subject] == nil {
        if try isFresh(builder.subject, in: db) { used[builder.subject] = builder.id }
      }
    }
    // Who stays keeps the household, and a household that stays keeps its head.
    var isSettled = used.isEmpty
    while !isSettled {
      isSettled = true
      for fact in own where fact.leansOn >= 0 && used[fact.subject] != nil {
        guard used[fact.leansOn] == nil, fact.standingWithdrawals == 0,
          try isFresh(fact.leansOn, in: db)
        else { continue }
        used.updateValue(nil, forKey: fact.leansOn)
        isSettled = false
      }
    }
    if !used.isEmpty {
      for (position, fact) in own.enumerated() where kept[Int32(position)] == nil {
        if let because = used[fact.subject] { kept[Int32(position)] = (.used, because) }
      }
    }
    try settleRights(reach, in: db)
  }

  /// Whom the list made known: nothing was told of them before.
  private func isFresh(_ subject: Int32, in db: Database) throws -> Bool {
    let id = subjects[Int(subject)]
    let timeline: Timeline
    if let person = try PersonEntry.fetch(id, in: db) {
      let statement = try BareStatement("SELECT bytes FROM timeline WHERE person = ?", in: db)
      statement.bind(person.number, at: 1)
      timeline =
        try statement.first { Timeline(trusted: [UInt8]($0.bytes(0))) } ?? Timeline()
    } else {
      timeline = try StandingSubject.fetch(id, in: db).timeline
    }
    var known: [Identifier] = []
    try timeline.bytes.withUnsafeBufferPointer { bytes in
      var reader = try TimelineReader(bytes)
      while let entry = try reader.next() { known.append(entry.id) }
    }
    return try known.allSatisfy { try FactRow.place(of: $0, in: db)?.sequence ?? 0 >= first }
  }

  /// What is told of workers whom whoever takes the list back may not change stays.
  private mutating func settleRights(_ reach: ListReach, in db: Database) throws {
    guard reach.limitsWorkers else { return }
    var allowed: [Int32: Bool] = [:]
    for (position, fact) in own.enumerated() where kept[Int32(position)] == nil {
      let mayChange =
        try allowed[fact.subject]
        ?? Worker.fetch(subjects[Int(fact.subject)], in: db).map(reach.mayChange) ?? true
      allowed[fact.subject] = mayChange
      if !mayChange { kept[Int32(position)] = (.notAllowed, nil) }
    }
  }
}
