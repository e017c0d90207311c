import Health

/// The table of a guideline that says which service belongs to which visit of a series: one row for
/// each service, one column for each visit.
///
/// A service that a visit owed and that nobody wrote down stays owed until it is made up for.
public struct CareMatrix: Sendable {
  /// One service with the visits that owe it.
  public struct Row: Sendable {
    /// Its number among the services.
    public let number: UInt16
    /// The name in catalogues.
    public let name: StaticString
    /// By what it is known to have been given.
    public let evidence: Evidence
    /// The visits that owe it, the first being 1.
    public let visits: [UInt8]
    /// The visits that owe it only where ``indication`` holds.
    public let onIndication: [UInt8]
    /// When it is indicated.
    public let indication: Criterion
    let prepared: PreparedCriterion
    /// Where it may be given.
    public let settings: CareSettings
    /// The sensitive matters that it tells of.
    public let matter: SensitiveMatters

    /// A service that these visits owe, and those others where it is indicated.
    public init(
      _ number: UInt16, _ name: StaticString, doneBy evidence: Evidence, at visits: [UInt8],
      onIndication: [UInt8] = [], when indication: Criterion = .always,
      in settings: CareSettings = .everywhere
    ) {
      self.number = number
      self.name = name
      self.evidence = evidence
      self.visits = visits
      self.onIndication = onIndication
      self.indication = indication
      prepared = PreparedCriterion(indication)
      self.settings = settings
      matter = evidence.matter.union(indication.matter)
    }

    /// Whether a visit owes it; where nobody knows whether it is indicated, it does not.
    func isOwed(at visit: UInt8, _ evaluation: inout Evaluation) -> Bool {
      if visits.contains(visit) { return true }
      return onIndication.contains(visit) && evaluation.answer(prepared) == .yes
    }

    /// Whether one visit alone owes it, so that it counts whenever it was done since the beginning.
    var isOnce: Bool { visits.count == 1 }
  }

  /// Where the table stands.
  public let source: Source
  /// The visits.
  public let series: ContactSeries
  /// To whom it is owed.
  public let applies: Criterion
  let prepared: PreparedCriterion
  /// The services.
  public let rows: [Row]

  /// A table of services by visit.
  public init(
    source: Source, for applies: Criterion, at series: ContactSeries, _ rows: [Row]
  ) {
    self.source = source
    self.applies = applies
    prepared = PreparedCriterion(applies)
    self.series = series
    self.rows = rows
  }

  /// How each service stands, told one after the other.
  public func statuses(
    _ evaluation: inout Evaluation, _ tell: (Row, ServiceStatus) -> Void
  ) {
    switch evaluation.answer(prepared) {
    case .no:
      for row in rows { tell(row, .notApplicable) }
      return
    case .unknown(let missing):
      for row in rows { tell(row, .unknown(missing)) }
      return
    case .yes: break
    }
    var visits: [ServiceStatus] = []
    visits.reserveCapacity(series.slots.count)
    series.statuses(&evaluation) { visits.append($1) }
    for row in rows { tell(row, status(of: row, visits, &evaluation)) }
  }

  private func status(
    of row: Row, _ visits: [ServiceStatus], _ evaluation: inout Evaluation
  ) -> ServiceStatus {
    var made: CivilDate?
    var open: (since: CivilDate, late: CivilDate)?
    var upcoming: CivilDate?
    var missed: CivilDate?
    for (place, status) in visits.enumerated() where row.isOwed(at: UInt8(place + 1), &evaluation) {
      switch status {
      case .notApplicable, .unknown: return status
      case .done(let on, _): made = max(made ?? on, on)
      case .due(let since, let late): open = open ?? (since, late ?? Evaluation.never)
      case .overdue(let since, let late): open = open ?? (since, late)
      case .upcoming(let from): upcoming = upcoming ?? from
      case .missed(let since): missed = since
      case .refused: continue
      }
    }
    let from = row.isOnce ? evaluation.anchor(series.anchor) ?? made : made
    if open == nil || row.isOnce, let from,
      let given = row.evidence.given(from: from, through: evaluation.day, evaluation)
    {
      return .done(on: given.on, fact: given.fact)
    }
    if let since = made ?? open?.since {
      let owed = open.map { $0.late } ?? nil
      if let refusal = evaluation.refusal(of: row.number, since: since) { return refusal }
      guard let owed else { return .due(since: since, late: nil) }
      return evaluation.owed(since: open?.since ?? since, late: owed)
    }
    if let upcoming { return .upcoming(from: upcoming) }
    return missed.map { .missed(since: $0) } ?? .notApplicable
  }
}

/// One field of the table for one person.
public enum MatrixCell: Hashable, Sendable {
  /// The visit does not owe the service.
  case notOwed
  /// It was given at the visit.
  case given(on: CivilDate, fact: Identifier)
  /// The visit was made and nobody wrote the service down.
  case notRecorded(on: CivilDate)
  /// The visit is not made yet, and owes it.
  case open
  /// The visit was not made while it could be.
  case missed
  /// It cannot be told; this is missing.
  case unknown(Missing)
}

extension CareMatrix {
  /// The whole table for one person, row by row, as the book prints it: what each visit owed and
  /// whether it was written down on its day.
  public func cells(_ evaluation: inout Evaluation) -> [[MatrixCell]] {
    var visits: [ServiceStatus] = []
    series.statuses(&evaluation) { visits.append($1) }
    var result: [[MatrixCell]] = []
    for row in rows {
      var cells: [MatrixCell] = []
      for (place, status) in visits.enumerated() {
        let isOwed = row.isOwed(at: UInt8(place + 1), &evaluation)
        cells.append(isOwed ? cell(row, status, evaluation) : .notOwed)
      }
      result.append(cells)
    }
    return result
  }

  private func cell(
    _ row: Row, _ status: ServiceStatus, _ evaluation: Evaluation
  ) -> MatrixCell {
    switch status {
    case .done(let on, _):
      row.evidence.given(from: on, through: on, evaluation)
        .map { .given(on: $0.on, fact: $0.fact) } ?? .notRecorded(on: on)
    case .due, .overdue, .upcoming, .refused: .open
    case .missed: .missed
    case .notApplicable: .notOwed
    case .unknown(let missing): .unknown(missing)
    }
  }
}
