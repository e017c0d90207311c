/// A place in the tree that care and figures follow: district, Puskesmas, village, Posyandu.
public enum PlaceKind: UInt8, Hashable, Sendable, CaseIterable {
  /// Kabupaten or kota.
  case district = 1
  /// Pusat Kesehatan Masyarakat.
  case puskesmas = 2
  /// Desa or kelurahan.
  case village = 3
  /// Pos Pelayanan Terpadu.
  case posyandu = 4
}

/// What is known of a place.
public struct PlaceBody: Hashable, Sendable {
  /// What kind of place.
  public var kind: PlaceKind
  /// The name, UTF-8.
  public var name: [UInt8]
  /// The Kemendagri code of a district or village, or the code of a facility, UTF-8.
  public var code: [UInt8]
  /// The place one step up: a Posyandu's village, a village's Puskesmas, a Puskesmas' district.
  public var partOf: Identifier?
  /// Whether the code is an example and not an official one.
  public var codeIsExample: Bool

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
    var fields = FieldReader(body)
    var kind: PlaceKind?
    var place = PlaceBody(kind: .village, name: [], code: [], partOf: nil)
    while let (field, value) = try fields.next() {
      switch (field, value) {
      case (1, .number(let code)): kind = PlaceKind(rawValue: UInt8(truncatingIfNeeded: code))
      case (2, .bytes(let text)): place.name = [UInt8](text)
      case (3, .bytes(let text)): place.code = [UInt8](text)
      case (4, .bytes(let id)) where id.count == 16:
        place.partOf = Identifier { id[$0] }
      case (5, .number(let flag)): place.codeIsExample = flag != 0
      default: continue
      }
    }
    guard let kind else { return nil }
    place.kind = kind
    self = place
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.number(1, Int32(kind.rawValue))
    writer.bytes(2, name)
    writer.bytes(3, code)
    writer.identifier(4, partOf)
    writer.number(5, codeIsExample ? Int32(1) : nil)
    return writer.bytes
  }
}

/// Where a person lives and from where they are looked after; the fact's day is "since when".
public struct ResidenceBody: Hashable, Sendable {
  /// The Posyandu, or the village where no Posyandu is known, in whose figures the person counts.
  public var place: Identifier?

  /// Looked after from that place.
  public init(place: Identifier?) { self.place = place }

  /// Reads the fields; those that this version does not know are passed over.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    var fields = FieldReader(body)
    place = nil
    while let (field, value) = try fields.next() {
      if field == 1, case .bytes(let id) = value, id.count == 16 {
        place = Identifier { id[$0] }
      }
    }
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.identifier(1, place)
    return writer.bytes
  }
}
