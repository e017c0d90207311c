import Guidance
import Health

extension KeptVisit {
  /// What puts that which a form now tells in the place of what was kept: facts only for what
  /// changed. What the form did not ask stays as it was.
  ///
  /// - Parameters:
  ///   - asked: the codes of the elements that the form asked.
  ///   - person: of whom the facts are.
  ///   - place: where, where it was not at the place of before.
  public func corrected(
    by entry: VisitEntry, asked: Set<UInt16>, form: VisitForm, of person: Identifier,
    on day: CivilDate, at place: Identifier?, _ recording: Recording
  ) -> [Fact] {
    var visit = visitBody ?? VisitBody(purposes: form.purposes)
    var (measurement, birth) = (measured, birthBody)
    (visit.setting, visit.performer) = (entry.setting, entry.performer)
    for code in asked {
      visit[code] = nil
      measurement.take(code, nil)
      birth.take(code, nil)
    }
    for (element, value) in entry.values
    where !measurement.take(element.code, value) && !birth.take(element.code, value) {
      visit[element.code] = value
    }
    if measurement.length == nil {
      measurement.position = nil
    } else if asked.contains(DataElement.bodyPosition.code) {
      measurement.position = entry.position
    }
    let home = setting == entry.setting ? main?.place : place
    func fact(_ kind: FactKind, _ old: Fact?, _ body: [UInt8]) -> Fact {
      recording.fact(
        kind, of: person, on: day, at: old == nil || setting != entry.setting ? home : old?.place,
        replacing: old?.id, body)
    }
    let hasVisit = self.visit != nil || !visit.observations.isEmpty
    var facts = hasVisit ? [fact(.visit, self.visit, visit.bytes)] : []
    var taken: [Fact] = []
    func keep(_ kind: FactKind, _ old: Fact?, _ body: [UInt8], isEmpty: Bool) {
      if !isEmpty {
        facts.append(fact(kind, old, body))
      } else if old != nil {
        taken += withdrawals(of: kind, about: person, recording)
      }
    }
    keep(
      .measurement, self.measurement, measurement.bytes, isEmpty: measurement == MeasurementBody())
    keep(.person, self.birth, birth.bytes, isEmpty: birth == PersonBody())
    // What is new is written with the visit, so that both are found together again.
    if facts.contains(where: { $0.replaces == nil }) { return facts + taken }
    return facts.filter(hasChanged) + taken
  }

  private func hasChanged(_ fact: Fact) -> Bool {
    guard let old = standing.first(where: { $0.id == fact.replaces }) else { return true }
    return old.body != fact.body || old.occurredOn != fact.occurredOn || old.place != fact.place
  }

  /// What takes it back for good, with what it had corrected. What was written of other visits
  /// stands again.
  ///
  /// - Parameters:
  ///   - kind: of which kind alone; all where nothing is said.
  ///   - person: of whom the facts are, where not of the record in which they stand.
  public func withdrawals(
    of kind: FactKind? = nil, about person: Identifier? = nil, for reason: WithdrawalReason? = nil,
    _ recording: Recording
  ) -> [Fact] {
    written.filter { kind == nil || $0.kind == kind }.map { fact in
      recording.fact(
        .withdrawal, of: person ?? fact.subject, on: fact.occurredOn, at: fact.place,
        replacing: fact.id, WithdrawalBody(reason: reason).bytes)
    }
  }
}
