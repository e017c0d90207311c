import Health

/// The parts of a guideline behind the criteria of those to whom they apply: most do not apply to
/// one person, and are not even taken out.
final class Gates: Sendable {
  /// What decides whether a part is looked at.
  struct Gate {
    /// The place of its criterion.
    let place: Int32
    /// The number by which plans know the part: of a service, a table, an instrument, an element.
    let number: UInt16
    /// Where something is asked as of a visit: that the person was ever seen for that purpose.
    let purpose: CarePurpose?
    /// The sensitive matters that it tells of; of an instrument without those of its items.
    let matter: SensitiveMatters
  }

  private let criteria: PreparedCriterion
  let services: [CareService]
  let serviceGates: [Gate]
  let series: [ContactSeries]
  let matrices: [CareMatrix]
  let tables: [DecisionTable]
  let tableGates: [Gate]
  let instruments: [Instrument]
  let instrumentGates: [Gate]
  let dangers: [DangerSign]
  let dangerGates: [Gate]

  init(
    _ services: [CareService], _ series: [ContactSeries], _ matrices: [CareMatrix],
    _ tables: [DecisionTable], _ instruments: [Instrument], _ dangers: [DangerSign]
  ) {
    criteria = PreparedCriterion(
      services.map { $0.applies } + tables.map { $0.applies } + instruments.map { $0.applies }
        + dangers.map { $0.applies })
    var next = 0
    let roots = criteria.roots
    func gate(
      _ number: UInt16, telling matter: SensitiveMatters, _ purpose: CarePurpose? = nil
    ) -> Gate {
      next += 1
      return Gate(place: roots[next - 1], number: number, purpose: purpose, matter: matter)
    }
    serviceGates = services.map { service in
      guard case .afterVisit(let purpose, _, _, _) = service.timing else {
        return gate(service.number, telling: service.matter)
      }
      return gate(service.number, telling: service.matter, purpose)
    }
    tableGates = tables.map { table in
      guard case .lastVisit(let purpose, _) = table.moment else {
        return gate(table.number, telling: table.matter)
      }
      return gate(table.number, telling: table.matter, purpose)
    }
    // Items of matters that a reader may not know stand as not answered; they hide no score.
    instrumentGates = instruments.map { gate($0.number, telling: $0.applies.matter) }
    dangerGates = dangers.map { gate($0.element.code, telling: $0.element.matter) }
    (self.services, self.series, self.matrices) = (services, series, matrices)
    (self.tables, self.instruments, self.dangers) = (tables, instruments, dangers)
  }

  /// Whether a part applies, so far as is known before it is looked at.
  func answer(_ gate: Gate, _ evaluation: inout Evaluation) -> Answer {
    guard let purpose = gate.purpose else {
      return criteria.answer(Int(gate.place), &evaluation)
    }
    return evaluation.record.purposes.isDisjoint(with: purpose) ? .no : .yes
  }
}
