/// One thing that was seen or done: the only thing that Sikilap stores; all else is computed.
///
/// Facts are never changed. A correction is a new fact that `replaces` an older one; both stay.
public struct Fact: Hashable, Sendable {
  /// Made where the fact was entered; the same id is the same fact.
  public var id: Identifier
  /// Whom or what it is about.
  public var subject: Identifier
  /// What kind of thing it tells.
  public var kind: FactKind
  /// The day on which it happened.
  public var occurredOn: CivilDate
  /// When it was recorded, by the clock of the device that recorded it.
  public var recordedAt: Instant
  /// Where it happened: a Posyandu, Pustu, Puskesmas, home's village or practice.
  public var place: Identifier?
  /// Who saw or did it.
  public var recorder: Identifier?
  /// The device, program or file that it came through.
  public var device: Identifier?
  /// The older fact that this one corrects, or that it withdraws.
  public var replaces: Identifier?
  /// The kind's own fields in canonical form; see ``FieldWriter``.
  public var body: [UInt8]

  /// A fact with all that it carries.
  public init(
    id: Identifier, subject: Identifier, kind: FactKind, occurredOn: CivilDate,
    recordedAt: Instant, place: Identifier? = nil, recorder: Identifier? = nil,
    device: Identifier? = nil, replaces: Identifier? = nil, body: [UInt8]
  ) {
    self.id = id
    self.subject = subject
    self.kind = kind
    self.occurredOn = occurredOn
    self.recordedAt = recordedAt
    self.place = place
    self.recorder = recorder
    self.device = device
    self.replaces = replaces
    self.body = body
  }
}
