import Health

/// What a rule would tell of sensitive matters to whoever reads its answer.
extension Criterion {
  /// The sensitive matters of all that it asks.
  public var matter: SensitiveMatters {
    switch self {
    case .latest(let element, _, _), .any(let element, _, _), .whereObserved(let element, _, _):
      return element.matter
    case .asObserved(let element, _, let part): return element.matter.union(part.matter)
    case .later(let element, let other, _, _): return element.matter.union(other.matter)
    case .all(let parts), .one(let parts), .atLeast(_, of: let parts):
      var matter: SensitiveMatters = []
      for part in parts { matter.formUnion(part.matter) }
      return matter
    case .not(let part): return part.matter
    case .inClass(let table, _): return table.matter
    case .score(let instrument, _): return instrument.matter
    case .contacts(let count): return count.showing?.matter ?? []
    case .pregnancyFigure(let figure, let comparison): return figure.matter(comparison)
    case .always, .sex, .after, .pregnant, .afterBirth, .setting: return []
    }
  }
}

extension Criterion {
  /// Whether its answer tells how a pregnancy ended, or how far it had come by then.
  public var asksHowPregnancyEnded: Bool {
    switch self {
    case .pregnancyFigure(.outcome, _), .pregnancyFigure(.gestationAtEnd, _): true
    case .all(let parts), .one(let parts), .atLeast(_, of: let parts):
      parts.contains { $0.asksHowPregnancyEnded }
    case .not(let part): part.asksHowPregnancyEnded
    default: false
    }
  }
}

extension PregnancyFigure {
  /// What a comparison tells: how many pregnancies were lost, or that this one was.
  fileprivate func matter(_ comparison: Comparison) -> SensitiveMatters {
    switch (self, comparison) {
    case (.losses, _): return .loss
    case (.outcome, .oneOf(let choices)):
      let births: UInt32 =
        1 << UInt32(PregnancyOutcome.liveBirth.rawValue)
        | 1 << UInt32(PregnancyOutcome.stillbirth.rawValue)
      return choices & births == 0 ? .loss : []
    default: return []
    }
  }
}

extension DecisionTable {
  /// The sensitive matters that its classes tell of; only who has a right to all of them may see
  /// which class it finds.
  public var matter: SensitiveMatters {
    var matter = applies.matter
    for row in rows { matter.formUnion(row.when.matter) }
    return matter
  }
}

extension Instrument {
  /// The sensitive matters that its score tells of.
  public var matter: SensitiveMatters {
    var matter = applies.matter
    for item in items { matter.formUnion(item.when.matter) }
    return matter
  }
}

extension Instrument {
  /// Whether whoever may know of these matters is told a score: that it is put to the person, and
  /// some of its items.
  func isTold(to matters: SensitiveMatters) -> Bool {
    matters == .all
      || matters.isSuperset(of: applies.matter)
        && items.contains { matters.isSuperset(of: $0.when.matter) }
  }
}

extension Evidence {
  /// The sensitive matters of what shows that a service was given.
  public var matter: SensitiveMatters {
    switch self {
    case .contact: return []
    case .observed(let element), .yes(let element), .value(let element, _): return element.matter
    case .one(let parts), .together(let parts):
      var matter: SensitiveMatters = []
      for part in parts { matter.formUnion(part.matter) }
      return matter
    }
  }
}

extension CareService {
  /// The sensitive matters that it tells of.
  public var matter: SensitiveMatters { applies.matter.union(evidence.matter) }
}
