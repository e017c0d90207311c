import Health

/// One of the visits that a guideline counts: the third of pregnancy, the second of a newborn.
public struct ContactSlot: Sendable {
  /// Its number among the services.
  public let number: UInt16
  /// The name in catalogues.
  public let name: StaticString
  /// From when after the anchor it may be made.
  public let opens: Span
  /// From when it is late.
  public let late: Span
  /// From when it can no longer be made; nothing where the anchor's own end closes it.
  public let closes: Span?

  /// A visit of a series.
  public init(
    _ number: UInt16, _ name: StaticString, opens: Span, late: Span, closes: Span? = nil
  ) {
    self.number = number
    self.name = name
    self.opens = opens
    self.late = late
    self.closes = closes
  }
}

/// Visits that are counted one after the other, each within its own window. A visit counts once: for
/// the first place in the series that is free and open on its day.
public struct ContactSeries: Sendable {
  /// Where the series stands.
  public let source: Source
  /// To whom it is owed.
  public let applies: Criterion
  let prepared: PreparedCriterion
  /// From what it counts.
  public let anchor: Anchor
  /// Which visits count.
  public let purpose: CarePurpose
  /// Whose visits count.
  public let performers: Performers
  /// The visits.
  public let slots: [ContactSlot]

  /// A series of visits.
  public init(
    source: Source, for applies: Criterion, after anchor: Anchor, counting purpose: CarePurpose,
    by performers: Performers, _ slots: [ContactSlot]
  ) {
    self.source = source
    self.applies = applies
    prepared = PreparedCriterion(applies)
    self.anchor = anchor
    self.purpose = purpose
    self.performers = performers
    self.slots = slots
  }

  /// How each visit stands with the person, told one after the other.
  public func statuses(
    _ evaluation: inout Evaluation, _ tell: (ContactSlot, ServiceStatus) -> Void
  ) {
    var common: ServiceStatus?
    switch evaluation.answer(prepared) {
    case .no: common = .notApplicable
    case .unknown(let missing): common = .unknown(missing)
    case .yes: break
    }
    var windows: [Window] = []
    if common == nil {
      for slot in slots {
        guard let window = Window(anchor, slot.opens, slot.late, slot.closes, evaluation) else {
          common = .unknown(Evaluation.missing(anchor))
          break
        }
        windows.append(window)
      }
    }
    if let common {
      for slot in slots { tell(slot, common) }
      return
    }
    let made = allocate(to: windows, evaluation)
    for (place, slot) in slots.enumerated() {
      tell(slot, windows[place].status(given: made[place], of: slot.number, &evaluation))
    }
  }

  private func allocate(
    to windows: [Window], _ evaluation: Evaluation
  ) -> [(on: CivilDate, fact: Identifier)?] {
    var made = [(on: CivilDate, fact: Identifier)?](repeating: nil, count: windows.count)
    var last: CivilDate?
    for contact in evaluation.record.contacts
    where !contact.purposes.isDisjoint(with: purpose)
      && performers.holds(contact.performer) && contact.on != last
    {
      let place = windows.indices.first {
        made[$0] == nil && windows[$0].opens <= contact.on && contact.on <= windows[$0].last
      }
      guard let place else { continue }
      // Two visits on one day are one.
      last = contact.on
      made[place] = (contact.on, contact.fact)
    }
    return made
  }
}
