/// How a member of a household stands to its head, as the family card (KK) says.
public enum HouseholdRelation: UInt8, Hashable, Sendable, CaseIterable {
  /// Kepala keluarga.
  case head = 1
  /// Suami atau istri.
  case spouse = 2
  /// Anak.
  case child = 3
  /// Menantu.
  case childInLaw = 4
  /// Cucu.
  case grandchild = 5
  /// Orang tua.
  case parent = 6
  /// Mertua.
  case parentInLaw = 7
  /// Famili lain.
  case otherRelative = 8
  /// Pembantu.
  case domesticWorker = 9
  /// Lainnya.
  case other = 10
}

/// A household: those who live and eat together, most often the members of one family card.
public struct HouseholdBody: Hashable, Sendable {
  /// Nomor Kartu Keluarga, sixteen digits, or empty.
  public var familyCardNumber: [UInt8] = []
  /// The head of the family.
  public var head: Identifier?
  /// The Posyandu, or the village where no Posyandu is known.
  public var place: Identifier?
  /// Rukun tetangga.
  public var neighbourhood: [UInt8] = []
  /// Rukun warga.
  public var communityUnit: [UInt8] = []
  /// Street and number, or how to find the house.
  public var address: [UInt8] = []
  /// Millionths of a degree north.
  public var latitude: Int32?
  /// Millionths of a degree east.
  public var longitude: Int32?
  /// The day on which the household ceased to be.
  public var endedOn: CivilDate?
  /// What the file or facility that it came from calls it.
  public var localIdentifier: [UInt8] = []

  /// Nothing known yet.
  public init() {}

  /// Reads the fields; those that this version does not know are passed over.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    familyCardNumber = fields.text(1)
    head = fields.identifier(2)
    place = fields.identifier(3)
    neighbourhood = fields.text(4)
    communityUnit = fields.text(5)
    address = fields.text(6)
    latitude = try fields.number32(7)
    longitude = try fields.number32(8)
    endedOn = try fields.day(9)
    localIdentifier = fields.text(10)
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.bytes(1, familyCardNumber)
    writer.identifier(2, head)
    writer.identifier(3, place)
    writer.bytes(4, neighbourhood)
    writer.bytes(5, communityUnit)
    writer.bytes(6, address)
    writer.number(7, latitude)
    writer.number(8, longitude)
    writer.day(9, endedOn)
    writer.bytes(10, localIdentifier)
    return writer.bytes
  }
}

/// Where a household's drinking water comes from.
public enum WaterSource: UInt8, Hashable, Sendable, CaseIterable {
  /// Piped into the house or yard (PDAM, PAMSIMAS).
  case piped = 1
  /// Drilled well with a pump.
  case drilledWell = 2
  /// Dug well with wall and cover.
  case protectedWell = 3
  /// Dug well without.
  case unprotectedWell = 4
  /// Spring that is walled in.
  case protectedSpring = 5
  /// Spring that is open.
  case unprotectedSpring = 6
  /// Collected rain.
  case rain = 7
  /// River, canal, lake.
  case surface = 8
  /// Bottled or refilled water.
  case bottled = 9

  /// Whether the family health index counts it as clean water (sarana air bersih).
  public var isProtected: Bool {
    switch self {
    case .unprotectedWell, .unprotectedSpring, .surface: false
    default: true
    }
  }
}

/// What kind of latrine a household uses.
public enum Latrine: UInt8, Hashable, Sendable, CaseIterable {
  /// Own, with a water seal and a septic tank.
  case waterSealOwn = 1
  /// Shared, with a water seal and a septic tank.
  case waterSealShared = 2
  /// Pit without a water seal, or a seat over river or pond.
  case unimproved = 3
  /// None.
  case none = 4

  /// Whether the family health index counts it as a healthy latrine (jamban sehat).
  public var isHealthy: Bool { self == .waterSealOwn || self == .waterSealShared }
}

/// What was seen of a home on a day.
public struct DwellingBody: Hashable, Sendable {
  /// Where the water comes from.
  public var water: WaterSource?
  /// What latrine is used.
  public var latrine: Latrine?
  /// Whether anybody smokes inside.
  public var hasSmokeInside: Bool?
  /// Whether there is a place to wash hands with soap and water.
  public var hasHandWashing: Bool?
  /// Whether the floor is solid (cement, tile, board).
  public var hasSolidFloor: Bool?

  /// Nothing seen yet.
  public init() {}

  /// Reads the fields; those that this version does not know are passed over.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    water = fields.code(1)
    latrine = fields.code(2)
    hasSmokeInside = fields.flag(3)
    hasHandWashing = fields.flag(4)
    hasSolidFloor = fields.flag(5)
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.code(1, water)
    writer.code(2, latrine)
    writer.flag(3, hasSmokeInside)
    writer.flag(4, hasHandWashing)
    writer.flag(5, hasSolidFloor)
    return writer.bytes
  }
}
