/// A place: in the tree that care and figures follow (district, Puskesmas, village, Posyandu), in
/// the tree of the administration (province, district, kecamatan, village), or a facility in a
/// village.
public enum PlaceKind: UInt8, Hashable, Sendable, CaseIterable {
  /// Kabupaten or kota.
  case district = 1
  /// Pusat Kesehatan Masyarakat.
  case puskesmas = 2
  /// Desa or kelurahan.
  case village = 3
  /// Pos Pelayanan Terpadu.
  case posyandu = 4
  /// Provinsi.
  case province = 5
  /// Kecamatan.
  case subdistrict = 6
  /// Puskesmas Pembantu.
  case pustu = 7
  /// School or madrasah.
  case school = 8
  /// Klinik.
  case clinic = 9
  /// Doctor's practice.
  case doctorPractice = 10
  /// Midwife's practice.
  case midwifePractice = 11
  /// Apotek.
  case pharmacy = 12
  /// Laboratory.
  case laboratory = 13
  /// Hospital.
  case hospital = 14

  /// Whether figures are summed along this place: see ``PlaceBody/partOf``.
  public var isInCareTree: Bool { rawValue <= PlaceKind.posyandu.rawValue }

  /// Whether it is a private or hospital facility of the district's network.
  public var isNetworkFacility: Bool { rawValue >= PlaceKind.clinic.rawValue }

  /// Whether such a facility looks after villages.
  public var hasCatchment: Bool { self == .puskesmas || self == .pustu || isNetworkFacility }
}

/// What is known of a place.
public struct PlaceBody: Hashable, Sendable {
  /// What kind of place.
  public var kind: PlaceKind
  /// The name, UTF-8.
  public var name: [UInt8]
  /// The Kemendagri code of an area, or the code of a facility, UTF-8.
  public var code: [UInt8]
  /// The place one step up in the care tree: a Posyandu's village, a village's Puskesmas, a
  /// Puskesmas' district, a Pustu's Puskesmas. Figures follow it.
  public var partOf: Identifier?
  /// Whether the code is an example and not an official one.
  public var codeIsExample: Bool
  /// The area that it lies in by the administration: a village's kecamatan, a kecamatan's
  /// district, a district's province, a facility's village.
  public var within: Identifier?
  /// The last day on which it was, for one that was closed, split or merged.
  public var endedOn: CivilDate?
  /// The place that took over from it.
  public var successor: Identifier?
  /// Where this is known from, UTF-8.
  public var source: [UInt8] = []
  /// Millionths of a degree north.
  public var latitude: Int32?
  /// Millionths of a degree east.
  public var longitude: Int32?
  /// The organisation id in SATUSEHAT, UTF-8, or empty.
  public var organizationNumber: [UInt8] = []
  /// Telephone, or empty.
  public var telephone: [UInt8] = []

  /// A place with what is known of it.
  public init(
    kind: PlaceKind, name: [UInt8], code: [UInt8], partOf: Identifier?, codeIsExample: Bool = false
  ) {
    self.kind = kind
    self.name = name
    self.code = code
    self.partOf = partOf
    self.codeIsExample = codeIsExample
  }

  /// Reads the fields; nothing where the kind of place is not known here.
  public init?(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    guard let kind: PlaceKind = fields.code(1) else { return nil }
    self.init(
      kind: kind, name: fields.text(2), code: fields.text(3), partOf: fields.identifier(4),
      codeIsExample: fields.flag(5) ?? false)
    within = fields.identifier(6)
    endedOn = try fields.day(7)
    successor = fields.identifier(8)
    source = fields.text(9)
    latitude = try fields.number32(10)
    longitude = try fields.number32(11)
    organizationNumber = fields.text(12)
    telephone = fields.text(13)
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.code(1, kind)
    writer.bytes(2, name)
    writer.bytes(3, code)
    writer.identifier(4, partOf)
    writer.flag(5, codeIsExample ? true : nil)
    writer.identifier(6, within)
    writer.day(7, endedOn)
    writer.identifier(8, successor)
    writer.bytes(9, source)
    writer.number(10, latitude)
    writer.number(11, longitude)
    writer.bytes(12, organizationNumber)
    writer.bytes(13, telephone)
    return writer.bytes
  }
}

/// That a facility looks after a village since the fact's day.
public struct CatchmentBody: Hashable, Sendable {
  /// The village.
  public var village: Identifier
  /// The last day, where it ended.
  public var until: CivilDate?

  /// The facility looks after this village.
  public init(village: Identifier, until: CivilDate? = nil) {
    self.village = village
    self.until = until
  }

  /// Reads the fields; a catchment without a village is of unknown form.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    guard let village = fields.identifier(1) else { throw .unknownForm }
    self.init(village: village, until: try fields.day(2))
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.identifier(1, village)
    writer.day(2, until)
    return writer.bytes
  }
}

/// An agreement by which a private facility takes part in the network.
public struct AgreementBody: Hashable, Sendable {
  /// The number of the paper, UTF-8.
  public var number: [UInt8]
  /// The first day.
  public var start: CivilDate
  /// The last day.
  public var end: CivilDate?
  /// With whom: a Puskesmas or the district.
  public var with: Identifier?

  /// An agreement.
  public init(number: [UInt8], start: CivilDate, end: CivilDate?, with: Identifier?) {
    self.number = number
    self.start = start
    self.end = end
    self.with = with
  }

  /// Reads the fields; an agreement without a first day is of unknown form.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    guard let start = try fields.day(2) else { throw .unknownForm }
    self.init(
      number: fields.text(1), start: start, end: try fields.day(3), with: fields.identifier(4))
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.bytes(1, number)
    writer.day(2, start)
    writer.day(3, end)
    writer.identifier(4, with)
    return writer.bytes
  }
}
