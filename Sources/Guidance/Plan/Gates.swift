import Health

/// To whom each part of a guideline applies, apart from the part itself: most do not apply to one
/// person, and are not even taken out.
final class Gates: Sendable {
  /// What decides whether a part is looked at.
  struct Gate {
    /// The place of its criterion.
    let place: Int32
    /// Where something is asked as of a visit: that the person was ever seen for that purpose.
    let purpose: CarePurpose?
  }

  private let criteria: PreparedCriterion
  let services: [Gate]
  let tables: [Gate]
  let instruments: [Gate]
  let dangers: [Gate]

  init(
    _ services: [CareService], _ tables: [DecisionTable], _ instruments: [Instrument],
    _ dangers: [DangerSign]
  ) {
    criteria = PreparedCriterion(
      services.map { $0.applies } + tables.map { $0.applies } + instruments.map { $0.applies }
        + dangers.map { $0.applies })
    var next = 0
    let roots = criteria.roots
    func gate(_ purpose: CarePurpose? = nil) -> Gate {
      next += 1
      return Gate(place: roots[next - 1], purpose: purpose)
    }
    self.services = services.map { service in
      guard case .afterVisit(let purpose, _, _, _) = service.timing else { return gate() }
      return gate(purpose)
    }
    self.tables = tables.map { table in
      guard case .lastVisit(let purpose, _) = table.moment else { return gate() }
      return gate(purpose)
    }
    self.instruments = instruments.map { _ in gate() }
    self.dangers = dangers.map { _ in gate() }
  }

  /// Whether a part applies, so far as is known before it is looked at.
  func answer(_ gate: Gate, _ evaluation: inout Evaluation) -> Answer {
    guard let purpose = gate.purpose else {
      return criteria.answer(Int(gate.place), &evaluation)
    }
    return evaluation.record.purposes.isDisjoint(with: purpose) ? .no : .yes
  }
}
