/// Why a person came to live somewhere.
public enum MoveReason: UInt8, Hashable, Sendable, CaseIterable {
  /// Born there.
  case birth = 1
  /// Moved within the village.
  case withinVillage = 2
  /// From another village.
  case otherVillage = 3
  /// From another Puskesmas' area.
  case otherPuskesmas = 4
  /// From another district.
  case otherDistrict = 5
  /// From outside the country.
  case abroad = 6
  /// Married into the household.
  case marriage = 7
  /// What was known before was wrong.
  case correction = 8
  /// The village or Posyandu was split, merged or renamed; nobody moved house.
  case areaChanged = 9
}

/// Where a person lives, with whom, and from where they are looked after; the fact's day is "since
/// when".
public struct ResidenceBody: Hashable, Sendable {
  /// The Posyandu, or the village where no Posyandu is known, in whose figures the person counts.
  public var place: Identifier?
  /// The household.
  public var household: Identifier?
  /// How the person stands to its head.
  public var relation: HouseholdRelation?
  /// Why the person came.
  public var reason: MoveReason?
  /// Where the person came from, UTF-8, where it is not a place that is known here.
  public var cameFrom: [UInt8] = []
  /// Whether the person means to go back.
  public var isTemporary = false

  /// Looked after from that place.
  public init(
    place: Identifier?, household: Identifier? = nil, relation: HouseholdRelation? = nil,
    reason: MoveReason? = nil
  ) {
    self.place = place
    self.household = household
    self.relation = relation
    self.reason = reason
  }

  /// Reads the fields; those that this version does not know are passed over.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    var fields = FieldReader(body)
    self.init(place: nil)
    while let (field, value) = try fields.next() {
      switch (field, value) {
      case (1, .bytes(let id)) where id.count == 16: place = Identifier { id[$0] }
      case (2, .bytes(let id)) where id.count == 16: household = Identifier { id[$0] }
      case (3, .number(let code)):
        relation = UInt8(exactly: code).flatMap(HouseholdRelation.init)
      case (4, .number(let code)): reason = UInt8(exactly: code).flatMap(MoveReason.init)
      case (5, .bytes(let text)): cameFrom = [UInt8](text)
      case (6, .number(let flag)): isTemporary = flag != 0
      default: continue
      }
    }
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.identifier(1, place)
    writer.identifier(2, household)
    writer.code(3, relation)
    writer.code(4, reason)
    writer.bytes(5, cameFrom)
    writer.flag(6, isTemporary ? true : nil)
    return writer.bytes
  }
}
