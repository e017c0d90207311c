/// A point on the ground in millionths of a degree (about eleven centimetres).
public struct BoundaryPoint: Hashable, Sendable {
  /// Millionths of a degree east.
  public var longitude: Int32
  /// Millionths of a degree north.
  public var latitude: Int32

  /// The point there.
  public init(longitude: Int32, latitude: Int32) {
    self.longitude = longitude
    self.latitude = latitude
  }
}

/// How an area runs: rings of points, each closed by its first point, which is not repeated.
///
/// Islands and holes are rings like any other: a point lies inside where it lies inside an odd
/// number of rings. So neither the direction of a ring nor its part in the whole is needed.
public struct BoundaryBody: Hashable, Sendable {
  /// The rings, each of three points and more.
  public var rings: [[BoundaryPoint]]
  /// Where this is known from, UTF-8.
  public var source: [UInt8]

  /// The most points of one boundary.
  public static let pointLimit = 100_000
  /// The largest packed boundary in bytes, for it is one field: ``FieldReader/largestField``.
  public static let packedLimit = FieldReader.largestField

  /// How the rings are packed; a body of another form is refused.
  private static let form: Int32 = 1

  /// A boundary of these rings.
  public init(rings: [[BoundaryPoint]], source: [UInt8] = []) {
    self.rings = rings
    self.source = source
  }

  /// Reads the fields; a boundary without a ring, or of another form, is of unknown form.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    guard fields.number(1) == Int64(BoundaryBody.form) else { throw .unknownForm }
    let packed = fields.text(2)
    let read: Result<[[BoundaryPoint]], WireError> = packed.withUnsafeBufferPointer { bytes in
      do throws(WireError) { return .success(try BoundaryBody.unpack(bytes)) } catch {
        return .failure(error)
      }
    }
    self.init(rings: try read.get(), source: fields.text(3))
  }

  /// The canonical bytes. The packed rings must not be larger than ``packedLimit``.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.number(1, BoundaryBody.form)
    writer.bytes(2, packedRings)
    writer.bytes(3, source)
    return writer.bytes
  }

  /// The rings: how many; for each how many points, and for each point the step east and north
  /// from the one before, the first from zero degrees.
  public var packedRings: [UInt8] {
    var writer = ByteWriter(capacity: 64)
    writer.unsigned(UInt64(rings.count))
    for ring in rings {
      writer.unsigned(UInt64(ring.count))
      var last = BoundaryPoint(longitude: 0, latitude: 0)
      for point in ring {
        writer.signed(Int64(point.longitude) - Int64(last.longitude))
        writer.signed(Int64(point.latitude) - Int64(last.latitude))
        last = point
      }
    }
    return writer.bytes
  }

  /// Reads ``packedRings``.
  public static func unpack(
    _ packed: UnsafeBufferPointer<UInt8>
  ) throws(WireError) -> [[BoundaryPoint]] {
    var reader = ByteReader(packed)
    // A ring has three points of two bytes at least, so no count can ask for more than is there.
    let count = try reader.count(limit: packed.count / 6)
    guard count > 0 else { throw .unknownForm }
    var rings: [[BoundaryPoint]] = []
    var total = 0
    for _ in 0..<count {
      let points = try reader.count(limit: min(pointLimit - total, reader.remaining / 2))
      guard points >= 3 else { throw .unknownForm }
      total += points
      rings.append(try ring(of: points, from: &reader))
    }
    guard reader.isAtEnd else { throw .unknownForm }
    return rings
  }

  private static func ring(
    of count: Int, from reader: inout ByteReader
  ) throws(WireError) -> [BoundaryPoint] {
    var ring: [BoundaryPoint] = []
    ring.reserveCapacity(count)
    var (longitude, latitude): (Int64, Int64) = (0, 0)
    for _ in 0..<count {
      longitude += Int64(try reader.signed32())
      latitude += Int64(try reader.signed32())
      guard abs(longitude) <= 180_000_000, abs(latitude) <= 90_000_000 else {
        throw .numberTooLarge
      }
      ring.append(BoundaryPoint(longitude: Int32(longitude), latitude: Int32(latitude)))
    }
    return ring
  }

  /// Whether a point lies inside: inside an odd number of rings. On the line itself either.
  public func contains(_ point: BoundaryPoint) -> Bool {
    var isInside = false
    for ring in rings {
      guard var last = ring.last else { continue }
      for corner in ring {
        if (corner.latitude > point.latitude) != (last.latitude > point.latitude) {
          let rise = Int64(last.latitude) - Int64(corner.latitude)
          let run = Int64(last.longitude) - Int64(corner.longitude)
          let above = Int64(point.latitude) - Int64(corner.latitude)
          let beside = Int64(point.longitude) - Int64(corner.longitude)
          // The line is crossed east of the point; multiplied out, for a division would round.
          if rise > 0 ? beside * rise < run * above : beside * rise > run * above {
            isInside.toggle()
          }
        }
        last = corner
      }
    }
    return isInside
  }
}
