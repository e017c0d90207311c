import Health

extension [KeptVisit] {
  /// The measurement of a new visit in the place of those of the same day that told the same: it
  /// keeps what it does not tell anew.
  public func replaced(by facts: [Fact], _ recording: Recording) throws -> [Fact] {
    guard let place = facts.firstIndex(where: { $0.kind == .measurement }) else { return facts }
    let new = try facts[place].read(MeasurementBody.init)
    let others = filter { other in
      other.overlaps(new) && other.measurement?.subject == facts[place].subject
        && other.measurement?.occurredOn == facts[place].occurredOn
    }
    guard let last = others.last, let replaced = last.measurement else { return facts }
    var body = MeasurementBody()
    for measured in others.map(\.measured) + [new] { body.add(measured) }
    var facts = facts
    facts[place].body = body.bytes
    facts[place].replaces = replaced.id
    return facts + others.dropLast().flatMap { $0.withdrawals(of: .measurement, recording) }
  }
}
