import Foundation
import Health

/// Why a map cannot be read at all.
public enum BoundaryFileProblem: Error, Hashable, Sendable {
  /// There is no such file, or it may not be read.
  case unreadable(path: String)
  /// The file is larger than any map of a district.
  case tooLarge(megabytes: Int)
  /// The file is not UTF-8, or holds bytes that no text has.
  case notText
  /// The file is not JSON; the reason as the reader tells it.
  case notJSON(reason: String)
  /// Brackets are nested deeper than in any map.
  case tooDeep(limit: Int)
  /// JSON, and no GeoJSON FeatureCollection.
  case notAMap
  /// The map's numbers are not degrees: it names another system of coordinates.
  case otherCoordinates(String)
  /// The map has more features than any district has areas.
  case tooManyFeatures(limit: Int)
}

/// Boundaries of areas from a GeoJSON file (RFC 7946): polygons with the Kemendagri code of the area
/// among their properties.
public struct BoundaryFile: Sendable {
  /// An area's boundary.
  public struct Feature: Hashable, Sendable {
    /// Its number in the file, from 1.
    public let number: Int
    /// The Kemendagri code that it carries.
    public let code: String
    /// The name that it carries, or empty: for messages only, never for finding the area.
    public let name: String
    /// The rings, without the repeated last point.
    public let rings: [[BoundaryPoint]]
  }

  /// The largest file, in bytes.
  public static let sizeLimit = 20 << 20
  /// The deepest nesting; a map of many islands has eight.
  public static let depthLimit = 10
  /// The most features.
  public static let featureLimit = 10_000
  /// The properties that may hold the code, in this order.
  public static let codeProperties = ["kode", "code", "kode_kemendagri", "KODE", "KDEPUM"]

  /// The boundaries in the order of the file.
  public private(set) var features: [Feature] = []
  /// What is wrong with features; a map with problems is not taken.
  public private(set) var problems: [DistrictProblem] = []

  /// Reads a file.
  ///
  /// - Parameter property: the property that holds the code; nothing for ``codeProperties``.
  public init(path: String, property: String? = nil) throws(BoundaryFileProblem) {
    guard let file = FileHandle(forReadingAtPath: path),
      let data = try? file.read(upToCount: BoundaryFile.sizeLimit + 1)
    else { throw .unreadable(path: path) }
    try self.init(data: data, property: property)
  }

  /// Reads a map that is in memory.
  public init(data: Data, property: String? = nil) throws(BoundaryFileProblem) {
    let collection = try BoundaryFile.collection(data)
    if let named = BoundaryFile.otherCoordinates(collection) { throw .otherCoordinates(named) }
    guard let entries = collection["features"] as? [Any] else { throw .notAMap }
    guard entries.count <= BoundaryFile.featureLimit else {
      throw .tooManyFeatures(limit: BoundaryFile.featureLimit)
    }
    let properties = property.map { [$0] } ?? BoundaryFile.codeProperties
    var numbers: [String: Int] = [:]
    for (position, entry) in entries.enumerated() {
      do throws(DistrictProblem) {
        let feature = try BoundaryFile.feature(entry, number: position + 1, properties)
        if let first = numbers[feature.code] {
          throw DistrictProblem(
            .codeTwice, line: feature.number, value: feature.code,
            details: ["line": String(first)])
        }
        numbers[feature.code] = feature.number
        features.append(feature)
      } catch { problems.append(error) }
    }
  }

  private static func collection(_ data: Data) throws(BoundaryFileProblem) -> [String: Any] {
    guard data.count <= sizeLimit else { throw .tooLarge(megabytes: sizeLimit >> 20) }
    // Text in two bytes a letter would be read, and would hide its depth from the look at it.
    guard !data.contains(0), String(validating: data, as: UTF8.self) != nil else { throw .notText }
    guard JSONShape.depth(of: data, limit: depthLimit) <= depthLimit else {
      throw .tooDeep(limit: depthLimit)
    }
    let content: Any
    do { content = try JSONSerialization.jsonObject(with: data) } catch {
      let told = (error as NSError).userInfo["NSDebugDescription"] as? String
      throw .notJSON(reason: told ?? error.localizedDescription)
    }
    guard let collection = content as? [String: Any],
      collection["type"] as? String == "FeatureCollection"
    else { throw .notAMap }
    return collection
  }

  /// The older GeoJSON could name a system of coordinates; only degrees of WGS 84 are read.
  private static func otherCoordinates(_ collection: [String: Any]) -> String? {
    guard let system = collection["crs"] as? [String: Any],
      let properties = system["properties"] as? [String: Any],
      let name = properties["name"] as? String
    else { return nil }
    let known = ["CRS84", "4326"]
    return known.contains { name.hasSuffix($0) } ? nil : name
  }

  private static func feature(
    _ entry: Any, number: Int, _ codes: [String]
  ) throws(DistrictProblem) -> Feature {
    let feature = entry as? [String: Any] ?? [:]
    let properties = feature["properties"] as? [String: Any] ?? [:]
    func text(_ key: String) -> String? {
      (properties[key] as? String)?.trimmingCharacters(in: .whitespaces)
    }
    let name = ["nama", "name", "NAMA", "NAMOBJ"].lazy.compactMap { text($0) }.first ?? ""
    guard let code = codes.lazy.compactMap({ text($0) }).first(where: { !$0.isEmpty }) else {
      throw DistrictProblem(
        .featureWithoutCode, line: number, value: name,
        details: ["properties": codes.joined(separator: ", ")])
    }
    guard AreaCode.kind(of: code) != nil else {
      throw DistrictProblem(
        AreaCode.isStatistical(code) ? .statisticsCode : .badAreaCode, line: number, value: code,
        details: ["example": "62.03.01.2001", "dotted": AreaCode.dotted(code), "name": ""])
    }
    let reader = RingReader(feature: number, code: code)
    return Feature(
      number: number, code: code, name: name, rings: try reader.rings(feature["geometry"]))
  }
}

/// Reads the rings of one feature.
private struct RingReader {
  let feature: Int
  let code: String

  private func problem(
    _ problem: DistrictProblem.Code, _ details: [String: String] = [:]
  ) -> DistrictProblem {
    DistrictProblem(problem, line: feature, value: code, details: details)
  }

  func rings(_ geometry: Any?) throws(DistrictProblem) -> [[BoundaryPoint]] {
    let shape = geometry as? [String: Any] ?? [:]
    let type = shape["type"] as? String ?? ""
    let polygons: [Any]
    switch (type, shape["coordinates"] as? [Any]) {
    case ("Polygon", let coordinates?): polygons = [coordinates]
    case ("MultiPolygon", let coordinates?): polygons = coordinates
    default: throw problem(.notAnArea, ["type": type.isEmpty ? "–" : String(type.prefix(40))])
    }
    var rings: [[BoundaryPoint]] = []
    var total = 0
    for polygon in polygons {
      guard let parts = polygon as? [[Any]] else { throw problem(.notAnArea, ["type": type]) }
      for part in parts {
        total += part.count
        guard total <= BoundaryBody.pointLimit else { throw tooMany }
        rings.append(try ring(part, number: rings.count + 1))
      }
    }
    guard !rings.isEmpty else { throw problem(.notAnArea, ["type": type]) }
    guard BoundaryBody(rings: rings).packedRings.count <= BoundaryBody.packedLimit else {
      throw tooMany
    }
    return rings
  }

  private var tooMany: DistrictProblem {
    problem(
      .tooManyPoints,
      ["limit": String(BoundaryBody.pointLimit), "bytes": String(BoundaryBody.packedLimit)])
  }

  private func ring(_ positions: [Any], number: Int) throws(DistrictProblem) -> [BoundaryPoint] {
    var ring: [BoundaryPoint] = []
    ring.reserveCapacity(positions.count)
    for position in positions {
      let point = try point(position, ring: number)
      // Points that fall together once they are rounded are one.
      if ring.last != point { ring.append(point) }
    }
    guard ring.count > 1, ring.first == ring.last else {
      throw problem(ring.count > 1 ? .unclosedRing : .tooFewPoints, ["ring": String(number)])
    }
    ring.removeLast()
    guard ring.count >= 3 else { throw problem(.tooFewPoints, ["ring": String(number)]) }
    return ring
  }

  private func point(_ position: Any, ring: Int) throws(DistrictProblem) -> BoundaryPoint {
    guard let numbers = position as? [Any], numbers.count >= 2,
      let longitude = (numbers[0] as? NSNumber)?.doubleValue,
      let latitude = (numbers[1] as? NSNumber)?.doubleValue, longitude.isFinite,
      latitude.isFinite
    else { throw problem(.notACoordinate, ["ring": String(ring)]) }
    do {
      let found = try Position(latitude: latitude, longitude: longitude)
      return BoundaryPoint(longitude: found.longitude, latitude: found.latitude)
    } catch {
      throw problem(
        error.doubt == .swapped ? .swappedCoordinates : .outsideIndonesia,
        [
          "latitude": String(latitude), "longitude": String(longitude), "ring": String(ring),
        ])
    }
  }
}
