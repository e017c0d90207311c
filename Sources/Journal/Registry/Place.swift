import Health

/// A place as the registry knows it.
public struct Place: Hashable, Sendable {
  /// The short number.
  public let number: Int64
  /// The subject of the place's facts.
  public let id: Identifier
  /// What kind of place.
  public let kind: PlaceKind
  /// The name as written.
  public let name: String
  /// Kemendagri code or facility code, or empty.
  public let code: String
  /// Whether the code is an example and not official.
  public let codeIsExample: Bool
  /// The place one step up in the tree that care and figures follow.
  public let partOf: Identifier?
  /// The area that it lies in by the administration.
  public var within: Identifier?
  /// The last day on which it was, for one that was closed, split or merged.
  public var endedOn: CivilDate?
  /// The place that took over from it.
  public var successor: Identifier?
  /// Millionths of a degree north.
  public var latitude: Int32?
  /// Millionths of a degree east.
  public var longitude: Int32?
  /// The organisation id in SATUSEHAT, or empty.
  public var organizationNumber = ""
  /// Telephone, or empty.
  public var telephone = ""
  /// Where this is known from, or empty.
  public var source = ""

  /// A place of the care tree with what pages need of it.
  public init(
    number: Int64, id: Identifier, kind: PlaceKind, name: String, code: String,
    codeIsExample: Bool, partOf: Identifier?
  ) {
    self.number = number
    self.id = id
    self.kind = kind
    self.name = name
    self.code = code
    self.codeIsExample = codeIsExample
    self.partOf = partOf
  }

  /// A place as its fact tells it.
  public init(number: Int64, id: Identifier, body: PlaceBody) {
    self.init(
      number: number, id: id, kind: body.kind, name: String(decoding: body.name, as: UTF8.self),
      code: String(decoding: body.code, as: UTF8.self), codeIsExample: body.codeIsExample,
      partOf: body.partOf)
    within = body.within
    endedOn = body.endedOn
    successor = body.successor
    latitude = body.latitude
    longitude = body.longitude
    organizationNumber = String(decoding: body.organizationNumber, as: UTF8.self)
    telephone = String(decoding: body.telephone, as: UTF8.self)
    source = String(decoding: body.source, as: UTF8.self)
  }
}
