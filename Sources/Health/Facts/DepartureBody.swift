/// Where somebody went who left the district, as far as it was told; the fact's day is the day on
/// which they left. Facts written before this was asked have no fields.
public struct DepartureBody: Hashable, Sendable {
  /// The Kemendagri code of the district or province, UTF-8; empty where the place is not one that
  /// is known here.
  public var area: [UInt8]
  /// Where to, as it was told, UTF-8; empty where it was not.
  public var destination: [UInt8]

  /// To nowhere that was told, or to a place.
  public init(area: [UInt8] = [], destination: [UInt8] = []) {
    self.area = area
    self.destination = destination
  }

  /// Reads the fields; those that this version does not know are passed over.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    self.init(area: fields.text(1), destination: fields.text(2))
  }

  /// The canonical bytes; none where nothing was told.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.bytes(1, area)
    writer.bytes(2, destination)
    return writer.bytes
  }
}
