import Health

/// A criterion laid out for asking: its parts one after the other, made once where a guideline is
/// written down, so that asking it walks along plain numbers. Every answer comes from here.
public final class PreparedCriterion: Sendable {
  /// One condition; those that it is made of stand behind it.
  struct Part {
    let kind: Kind
    /// The place behind it and all that it is made of.
    var next: Int32
  }

  /// What a part asks. It is kept small: tests, distances and tables stand beside the parts, by
  /// their places.
  enum Kind {
    case always
    case sex(Sex)
    /// Two distances by their places; without an end the second is −1.
    case after(Anchor, from: Int32, until: Int32)
    case pregnant
    case afterBirth
    case latest(UInt16, Int32, Scope)
    case any(UInt16, Int32, Scope)
    case whereObserved(UInt16, Int32, Scope)
    case asObserved(UInt16, Scope)
    case later(UInt16, UInt16, Int32, Scope)
    case inClass(table: Int32, UInt32)
    case score(instrument: Int32, Int32)
    case figure(PregnancyFigure, Int32)
    case all
    case one
    case atLeast(Int32)
    case not
    case setting(SettingNumber)
    case contacts(Int32)
  }

  private nonisolated(unsafe) let parts: UnsafeMutableBufferPointer<Part>
  /// The places of the criteria among the parts.
  let roots: [Int32]
  private let tests: [Test]
  private let distances: [Distance]
  private let tables: [DecisionTable]
  private let instruments: [Instrument]
  private let counts: [ContactCount]

  /// Lays out a criterion.
  public convenience init(_ criterion: Criterion) { self.init([criterion]) }

  /// Lays out several, one behind the other.
  init(_ criteria: [Criterion]) {
    var layout = Layout()
    var roots: [Int32] = []
    for criterion in criteria {
      roots.append(Int32(layout.parts.count))
      layout.add(criterion)
    }
    parts = .allocate(capacity: layout.parts.count)
    _ = parts.initialize(from: layout.parts)
    self.roots = roots
    (tests, distances) = (layout.tests, layout.distances)
    (tables, instruments, counts) = (layout.tables, layout.instruments, layout.counts)
  }

  deinit { parts.deallocate() }

  func answer(_ evaluation: inout Evaluation) -> Answer { answer(0, &evaluation) }

  /// The answer to the criterion that begins at a place.
  func answer(_ place: Int, _ evaluation: inout Evaluation) -> Answer {
    switch parts[place].kind {
    case .always: return .yes
    case .sex(let sex):
      guard let known = evaluation.record.sex else { return .unknown(.sex) }
      return known == sex ? .yes : .no
    case .after(let anchor, let from, let until):
      return evaluation.after(
        anchor, from: distances[Int(from)], until: until < 0 ? nil : distances[Int(until)])
    case .pregnant: return evaluation.isPregnant ? .yes : .no
    case .afterBirth:
      guard let ended = evaluation.anchor(.pregnancyEnd) else { return .no }
      return evaluation.hasCome(ended + .days(PregnancyEpisode.daysAfterEnd + 1)) ? .no : .yes
    case .latest(let element, let test, let scope):
      guard let value = evaluation.latestValue(element, in: scope) else {
        return .unknown(.element(element))
      }
      return evaluation.holds(value, tests[Int(test)]) ? .yes : .no
    case .any(let element, let test, let scope):
      return evaluation.any(element, tests[Int(test)], in: scope)
    case .whereObserved(let element, let test, let scope):
      guard let value = evaluation.latestValue(element, in: scope) else { return .no }
      return evaluation.holds(value, tests[Int(test)]) ? .yes : .no
    case .asObserved(let element, let scope):
      guard let day = evaluation.latestDay(element, in: scope) else {
        return .unknown(.element(element))
      }
      return evaluation.asOf(day) { answer(place + 1, &$0) }
    case .later(let element, let other, let distance, let scope):
      return evaluation.later(element, than: other, by: distances[Int(distance)], in: scope)
    case .inClass(let table, let rows):
      return evaluation.isClass(of: tables[Int(table)], among: rows)
    case .score(let instrument, let test):
      return evaluation.score(of: instruments[Int(instrument)], tests[Int(test)])
    case .figure(let figure, let test):
      guard let value = evaluation.value(of: figure) else {
        return .unknown(.element(figure.element.code))
      }
      return evaluation.holds(value, tests[Int(test)]) ? .yes : .no
    case .all, .one, .atLeast, .not: return combined(place, &evaluation)
    case .setting(let setting): return evaluation.settings[setting] == 0 ? .no : .yes
    case .contacts(let count): return evaluation.counted(counts[Int(count)])
    }
  }

  private func combined(_ place: Int, _ evaluation: inout Evaluation) -> Answer {
    let end = Int(parts[place].next)
    var part = place + 1
    switch parts[place].kind {
    case .all:
      var answer = Answer.yes
      while part < end {
        answer = answer && self.answer(part, &evaluation)
        if answer == .no { return .no }
        part = Int(parts[part].next)
      }
      return answer
    case .one:
      var answer = Answer.no
      while part < end {
        answer = answer || self.answer(part, &evaluation)
        if answer == .yes { return .yes }
        part = Int(parts[part].next)
      }
      return answer
    case .atLeast(let least):
      var (certain, possible): (Int32, Int32) = (0, 0)
      var missing: Missing?
      while part < end {
        switch answer(part, &evaluation) {
        case .yes: certain += 1
        case .no: break
        case .unknown(let what):
          possible += 1
          missing = missing ?? what
        }
        part = Int(parts[part].next)
      }
      if certain >= least { return .yes }
      guard let missing, certain + possible >= least else { return .no }
      return .unknown(missing)
    default: return !answer(part, &evaluation)
    }
  }
}

/// A criterion while it is laid out.
private struct Layout {
  var parts: [PreparedCriterion.Part] = []
  var tests: [Test] = []
  var distances: [Distance] = []
  var tables: [DecisionTable] = []
  var instruments: [Instrument] = []
  var counts: [ContactCount] = []

  mutating func add(_ criterion: Criterion) {
    let place = parts.count
    var made: [Criterion] = []
    let kind: PreparedCriterion.Kind
    switch criterion {
    case .always: kind = .always
    case .sex(let sex): kind = .sex(sex)
    case .after(let anchor, let from, let until):
      kind = .after(anchor, from: index(of: from), until: until.map { index(of: $0) } ?? -1)
    case .pregnant: kind = .pregnant
    case .afterBirth: kind = .afterBirth
    case .latest(let element, let comparison, let scope):
      kind = .latest(element.code, index(of: comparison), scope)
    case .any(let element, let comparison, let scope):
      kind = .any(element.code, index(of: comparison), scope)
    case .whereObserved(let element, let comparison, let scope):
      kind = .whereObserved(element.code, index(of: comparison), scope)
    case .asObserved(let element, let scope, let part):
      (kind, made) = (.asObserved(element.code, scope), [part])
    case .later(let element, let other, let span, let scope):
      kind = .later(element.code, other.code, index(of: span), scope)
    case .inClass(let table, let rows):
      kind = .inClass(table: Int32(tables.count), rows)
      tables.append(table)
    case .score(let instrument, let comparison):
      kind = .score(instrument: Int32(instruments.count), index(of: comparison))
      instruments.append(instrument)
    case .pregnancyFigure(let figure, let comparison): kind = .figure(figure, index(of: comparison))
    case .all(let parts): (kind, made) = (.all, parts)
    case .one(let parts): (kind, made) = (.one, parts)
    case .atLeast(let least, let parts): (kind, made) = (.atLeast(least), parts)
    case .not(let part): (kind, made) = (.not, [part])
    case .setting(let setting): kind = .setting(SettingNumber(setting))
    case .contacts(let count):
      kind = .contacts(Int32(counts.count))
      counts.append(count)
    }
    parts.append(PreparedCriterion.Part(kind: kind, next: 0))
    for part in made { add(part) }
    parts[place].next = Int32(parts.count)
  }

  private mutating func index(of comparison: Comparison) -> Int32 {
    tests.append(Test(comparison))
    return Int32(tests.count - 1)
  }

  private mutating func index(of span: Span) -> Int32 {
    distances.append(Distance(span))
    return Int32(distances.count - 1)
  }
}
