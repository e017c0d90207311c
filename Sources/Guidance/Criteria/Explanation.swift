import Health

/// A criterion taken apart: each part with its answer and with the observation it was answered by.
public struct Explanation: Hashable, Sendable {
  /// The criterion.
  public let criterion: Criterion
  /// The answer.
  public let answer: Answer
  /// The observation that it was answered by, where it asks for one.
  public let observation: Observation?
  /// Where it was answered by none: the latest there is, which is too old for what it asks.
  public let older: Observation?
  /// The parts, where it has some; every one, also those that the answer did not need.
  public let parts: [Explanation]

  /// Adds the observations that it and its parts were answered by, each once.
  func collect(into inputs: inout [Observation]) {
    if let observation, !inputs.contains(observation) { inputs.append(observation) }
    for part in parts { part.collect(into: &inputs) }
  }

  /// What was not observed for which it is not known; nothing where it is known.
  public var missing: [Missing] {
    guard case .unknown(let first) = answer else { return [] }
    var missing: [Missing] = []
    for part in parts {
      for one in part.missing where !missing.contains(one) { missing.append(one) }
    }
    return missing.isEmpty ? [first] : missing
  }
}

extension Evaluation {
  /// A criterion taken apart.
  public mutating func explain(_ criterion: Criterion) -> Explanation {
    var parts: [Explanation] = []
    var observation: Observation?
    switch criterion {
    case .all(let criteria), .one(let criteria), .atLeast(_, of: let criteria):
      for part in criteria { parts.append(explain(part)) }
    case .not(let part): parts.append(explain(part))
    case .latest(let element, _, let scope): observation = latest(element, in: scope)
    case .any(let element, let comparison, let scope):
      observation = firstHolding(element, comparison, in: scope) ?? latest(element, in: scope)
    case .whereObserved(let element, _, let scope), .later(let element, _, _, let scope):
      observation = latest(element, in: scope)
    case .asObserved(let element, let scope, let part):
      observation = latest(element, in: scope)
      if let seen = observation { parts = [asOf(seen.on) { $0.explain(part) }] }
    case .inClass(let table, let rows):
      parts =
        atMoment(of: table) { moment in
          table.rows.filter { rows & 1 << UInt32($0.number) != 0 }.map { moment.explain($0.when) }
        } ?? []
    case .score(let instrument, _): parts = instrument.items.map { explain($0.when) }
    case .always, .sex, .after, .pregnant, .afterBirth, .pregnancyFigure, .setting,
      .contacts:
      break
    }
    return Explanation(
      criterion: criterion, answer: answer(criterion), observation: observation,
      older: observation == nil ? criterion.asked.flatMap { latestEver($0) } : nil, parts: parts)
  }

  /// A criterion taken apart as it stood on the day of the latest visit for a purpose; nothing where
  /// there was none.
  public mutating func explain(
    _ criterion: Criterion, atLastVisitFor purpose: CarePurpose
  ) -> Explanation? {
    lastVisit(purpose, before: day + .days(1)).map { visit in
      asOf(visit) { $0.explain(criterion) }
    }
  }

  /// The latest value of an element up to the day, however old it is.
  public func latestEver(_ element: DataElement) -> Observation? {
    record.latest(element, through: day)
  }
}

extension Criterion {
  /// The element of which it asks for a value.
  fileprivate var asked: DataElement? {
    switch self {
    case .latest(let element, _, _), .any(let element, _, _), .whereObserved(let element, _, _),
      .asObserved(let element, _, _), .later(let element, _, _, _):
      element
    default: nil
    }
  }
}
