import Health

/// What one guideline has to say: values that stand as they stand in the book.
public struct Guideline: Sendable {
  /// The number; never used again for another one.
  public let number: UInt16
  /// The name in catalogues.
  public let name: StaticString
  /// The edition.
  public let source: Source
  /// Of whom it speaks at all.
  public let applies: Criterion
  let prepared: PreparedCriterion
  /// Its parts, ready for asking.
  let gates: Gates
  /// The services that it owes.
  public let services: [CareService]
  /// The series of visits that it owes.
  public let series: [ContactSeries]
  /// The services that those visits bring.
  public let matrices: [CareMatrix]
  /// The tables by which it classifies.
  public let tables: [DecisionTable]
  /// The questionnaires that it scores.
  public let instruments: [Instrument]
  /// The signs of danger.
  public let dangerSigns: [DangerSign]

  /// A guideline.
  public init(
    _ number: UInt16, _ name: StaticString, source: Source, for applies: Criterion,
    services: [CareService] = [], series: [ContactSeries] = [],
    matrices: [CareMatrix] = [], tables: [DecisionTable] = [], instruments: [Instrument] = [],
    dangerSigns: [DangerSign] = []
  ) {
    self.number = number
    self.name = name
    self.source = source
    self.applies = applies
    prepared = PreparedCriterion(applies)
    gates = Gates(services, series, matrices, tables, instruments, dangerSigns)
    self.services = services
    self.series = series
    self.matrices = matrices
    self.tables = tables
    self.instruments = instruments
    self.dangerSigns = dangerSigns
  }
}

/// One service with how it stands.
public struct PlannedService: Hashable, Sendable {
  /// Its number.
  public let service: UInt16
  /// How it stands.
  public let status: ServiceStatus

  /// A service and how it stands.
  public init(service: UInt16, status: ServiceStatus) {
    self.service = service
    self.status = status
  }
}

/// One class with what was not excluded.
public struct PlannedClass: Hashable, Sendable {
  /// The number of the table.
  public let table: UInt16
  /// What the table says.
  public let answer: TableAnswer
}

/// One score.
public struct PlannedScore: Hashable, Sendable {
  /// The number of the instrument.
  public let instrument: UInt16
  /// The score.
  public let score: InstrumentScore
}

/// A danger sign that was seen.
public struct SeenDanger: Hashable, Sendable {
  /// The code of the element.
  public let element: UInt16
  /// How urgent it is.
  public let urgency: Urgency
  /// The day.
  public let on: CivilDate
  /// The fact.
  public let fact: Identifier
}

/// What guidelines answer for one person on one day.
public struct CarePlan: Hashable, Sendable {
  /// The day.
  public let day: CivilDate
  /// The first later day on which it can be another one although no fact arrives.
  public private(set) var holdsUntil: CivilDate = Evaluation.never
  /// The services; those that do not apply are left out.
  public private(set) var services: [PlannedService] = []
  /// The classes.
  public private(set) var classes: [PlannedClass] = []
  /// The scores.
  public private(set) var scores: [PlannedScore] = []
  /// The danger signs.
  public private(set) var dangers: [SeenDanger] = []

  /// The plan of a person on the record's day, by these guidelines.
  ///
  /// - Parameter matters: the sensitive matters that its reader may know of. What tells of another
  ///   one is left out, and changes nothing of the rest.
  public init(
    _ guidelines: [Guideline], for record: HealthRecord,
    settings: ClinicalSettings = ClinicalSettings(), knowing matters: SensitiveMatters = .all
  ) {
    day = record.day
    var evaluation = Evaluation(record, settings: settings)
    services.reserveCapacity(64)
    classes.reserveCapacity(32)
    for place in guidelines.indices
    where evaluation.answer(guidelines[place].prepared) != .no {
      add(guidelines[place].gates, knowing: matters, &evaluation)
    }
    holdsUntil = evaluation.nextChange
  }

  /// Adds what is owed by something that is no guideline, as the doses of a schedule of vaccines.
  ///
  /// - Parameter change: the first later day on which it can be another; nothing where there is none.
  public mutating func add(_ others: [PlannedService], holdingUntil change: CivilDate?) {
    services += others
    if let change { holdsUntil = min(holdsUntil, change) }
  }

  /// Adds what one guideline answers. Most that it holds does not apply to one person; that is
  /// found by its criterion alone, before the thing itself is taken out.
  private mutating func add(
    _ guideline: Gates, knowing matters: SensitiveMatters, _ evaluation: inout Evaluation
  ) {
    for place in guideline.serviceGates.indices
    where matters.isSuperset(of: guideline.serviceGates[place].matter) {
      let answer = guideline.answer(guideline.serviceGates[place], &evaluation)
      if answer == .no { continue }
      let status = guideline.services[place].status(whereItApplies: answer, &evaluation)
      if status != .notApplicable {
        services.append(
          PlannedService(service: guideline.serviceGates[place].number, status: status))
      }
    }
    for series in guideline.series {
      series.statuses(&evaluation) { slot, status in
        if status != .notApplicable {
          services.append(PlannedService(service: slot.number, status: status))
        }
      }
    }
    for matrix in guideline.matrices {
      matrix.statuses(&evaluation) { row, status in
        if status != .notApplicable, matters.isSuperset(of: row.matter) {
          services.append(PlannedService(service: row.number, status: status))
        }
      }
    }
    for place in guideline.tableGates.indices
    where matters.isSuperset(of: guideline.tableGates[place].matter) {
      if guideline.answer(guideline.tableGates[place], &evaluation) == .no { continue }
      let bound = guideline.tables[place].services
      guard bound.isEmpty || bound.contains(where: { isOwed($0) }) else { continue }
      let answer = guideline.tables[place].classify(&evaluation)
      if answer != .notApplicable {
        classes.append(PlannedClass(table: guideline.tableGates[place].number, answer: answer))
      }
    }
    for place in guideline.instrumentGates.indices
    where matters.isSuperset(of: guideline.instrumentGates[place].matter) {
      if guideline.answer(guideline.instrumentGates[place], &evaluation) == .no { continue }
      if let score = guideline.instruments[place].score(&evaluation, knowing: matters) {
        scores.append(
          PlannedScore(instrument: guideline.instrumentGates[place].number, score: score))
      }
    }
    for place in guideline.dangerGates.indices
    where matters.isSuperset(of: guideline.dangerGates[place].matter) {
      if guideline.answer(guideline.dangerGates[place], &evaluation) == .no { continue }
      let sign = guideline.dangers[place]
      if let seen = sign.seen(&evaluation) {
        add(SeenDanger(element: seen.element, urgency: sign.urgency, on: seen.on, fact: seen.fact))
      }
    }
  }

  /// Adds a danger sign. Where it is not known which of two signs of the same element holds, as
  /// without a date of the pregnancy, the more urgent one stands.
  private mutating func add(_ danger: SeenDanger) {
    guard let place = dangers.firstIndex(where: { $0.element == danger.element }) else {
      dangers.append(danger)
      return
    }
    if dangers[place].urgency < danger.urgency { dangers[place] = danger }
  }

  /// Whether a service is owed on the day, in time or late.
  private func isOwed(_ number: UInt16) -> Bool {
    services.contains { planned in
      planned.service == number && planned.status.isOwed
    }
  }

  /// A plan as it was packed, or a part of one.
  public init(
    day: CivilDate, holdsUntil: CivilDate, services: [PlannedService], classes: [PlannedClass],
    scores: [PlannedScore], dangers: [SeenDanger]
  ) {
    self.day = day
    self.holdsUntil = holdsUntil
    self.services = services
    self.classes = classes
    self.scores = scores
    self.dangers = dangers
  }

  /// The first day on which somebody should be seen: what is owed today, or the next that comes.
  public var nextVisit: CivilDate? {
    var next: CivilDate?
    for planned in services {
      let day: CivilDate? =
        switch planned.status {
        case .due(let since, _), .overdue(let since, _): max(since, self.day)
        case .upcoming(let from): from
        default: nil
        }
      if let day, next.map({ day < $0 }) ?? true { next = day }
    }
    return next
  }
}
