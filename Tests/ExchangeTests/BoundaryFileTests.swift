import Exchange
import Foundation
import Health
import Samples
import Testing

@Suite("Maps of boundaries")
struct BoundaryFileTests {
  static let ring = "[[111,-3],[111,-2],[112,-2],[112,-3],[111,-3]]"

  static func feature(
    _ code: String = "99.01.01.2001", _ coordinates: String = "[\(ring)]",
    type: String = "Polygon", property: String = "kode"
  ) -> String {
    """
    {"type":"Feature","properties":{"\(property)":"\(code)","nama":"Contoh","luas":[1,2]},
     "geometry":{"type":"\(type)","coordinates":\(coordinates)}}
    """
  }

  static func collection(_ features: String...) -> String {
    "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
  }

  static func file(_ text: String, property: String? = nil) throws -> BoundaryFile {
    try BoundaryFile(data: Data(text.utf8), property: property)
  }

  @Test("Polygons and islands are read, their rings without the repeated point")
  func shapes() throws {
    let island = "[[113,-3],[113,-2],[114,-2],[113,-3]]"
    let hole = "[[111.4,-2.6],[111.6,-2.6],[111.6,-2.4],[111.4,-2.6]]"
    let file = try Self.file(
      Self.collection(
        Self.feature("99.01.01.2001", "[\(Self.ring),\(hole)]"),
        Self.feature("99.01.01.2002", "[[\(Self.ring)],[\(island)]]", type: "MultiPolygon")))
    #expect(file.problems.isEmpty)
    #expect(file.features.map(\.code) == ["99.01.01.2001", "99.01.01.2002"])
    #expect(file.features.map { $0.rings.map(\.count) } == [[4, 3], [4, 3]])
    #expect(
      file.features[0].rings[0][1] == BoundaryPoint(longitude: 111_000_000, latitude: -2_000_000))
  }

  @Test("The code is looked for where it was said, else under the usual names")
  func property() throws {
    let text = Self.collection(Self.feature(property: "desa_id"))
    #expect(try Self.file(text).problems.map(\.code) == [.featureWithoutCode])
    #expect(try Self.file(text, property: "desa_id").features.count == 1)
  }

  @Test(
    "A bad feature says what is wrong and which it is",
    arguments: [
      (feature("99.01.01.2001", "[[[111,-3],[111,-2],[112,-2],[112,-3]]]"), .unclosedRing),
      (feature("99.01.01.2001", "[[[111,-3],[111,-2],[111,-3]]]"), .tooFewPoints),
      (feature("99.01.01.2001", "[[]]"), .tooFewPoints),
      (feature("99.01.01.2001", "[]"), .notAnArea),
      (feature("99.01.01.2001", "[111,-3]", type: "Point"), .notAnArea),
      (feature("99.01.01.2001", "[\(ring)]", type: "MultiPolygon"), .notACoordinate),
      (feature("99.01.01.2001", "[[[-3,111],[-2,111],[-2,112],[-3,111]]]"), .swappedCoordinates),
      (feature("99.01.01.2001", "[[[11,-3],[11,-2],[12,-2],[11,-3]]]"), .outsideIndonesia),
      (feature("99.01.01.2001", "[[[111,-3],[\"x\",-2],[112,-2],[111,-3]]]"), .notACoordinate),
      (feature("99.01.01.2001", "[[[111,-3],[111],[112,-2],[111,-3]]]"), .notACoordinate),
      (feature("9901012001"), .statisticsCode), (feature("Contoh"), .badAreaCode),
      (feature(""), .featureWithoutCode), ("{}", .featureWithoutCode), ("7", .featureWithoutCode),
      ("{\"properties\":{\"kode\":\"99.01\"},\"geometry\":null}", .notAnArea),
      (feature("99.01.01.2009"), .codeTwice),
    ] as [(String, DistrictProblem.Code)])
  func bad(feature: String, code: DistrictProblem.Code) throws {
    let file = try Self.file(Self.collection(Self.feature("99.01.01.2009"), feature))
    #expect(file.problems.map(\.code) == [code])
    #expect(file.problems.first?.line == 2)
    #expect(file.features.count == 1)
  }

  @Test("A boundary that does not fit into one fact is refused, one that does is not")
  func tooManyPoints() throws {
    func circle(_ count: Int) -> String {
      var points = (0..<count).map { number in
        let angle = Double(number) * 2 * .pi / Double(count)
        return String(format: "[%.6f,%.6f]", 112 + cos(angle), -2 + sin(angle))
      }
      points.append(points[0])
      return Self.feature("99.01.01.2001", "[[\(points.joined(separator: ","))]]")
    }
    #expect(try Self.file(Self.collection(circle(9_000))).problems.isEmpty)
    #expect(try Self.file(Self.collection(circle(40_000))).problems.map(\.code) == [.tooManyPoints])
  }

  @Test("What is no map is refused as a whole")
  func refused() throws {
    func problem(_ data: Data) -> BoundaryFileProblem? {
      do throws(BoundaryFileProblem) {
        _ = try BoundaryFile(data: data)
        return nil
      } catch { return error }
    }
    func problem(_ text: String) -> BoundaryFileProblem? { problem(Data(text.utf8)) }
    let good = Self.collection(Self.feature())
    #expect(problem(good) == nil)
    #expect(problem("[]") == .notAMap)
    #expect(problem("{\"type\":\"FeatureCollection\"}") == .notAMap)
    #expect(problem(Self.feature()) == .notAMap)
    #expect(problem(try #require(good.data(using: .utf16LittleEndian))) == .notText)
    #expect(problem(Data([0x7B, 0xFF, 0x7D])) == .notText)
    guard case .notJSON = problem(String(good.dropLast(3))) else {
      Issue.record("a map that was cut off is read")
      return
    }
    #expect(problem(String(repeating: "[", count: 100_000)) == .tooDeep(limit: 10))
    let deepText = good.replacingOccurrences(of: "Contoh", with: "\\\"[[[[[[[[[[[[")
    #expect(problem(deepText) == nil, "brackets inside a text are no depth")
    let named = { (name: String) in
      good.replacingOccurrences(
        of: "\"features\"",
        with: "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"\(name)\"}},\"features\"")
    }
    #expect(problem(named("EPSG:32749")) == .otherCoordinates("EPSG:32749"))
    #expect(problem(named("urn:ogc:def:crs:OGC:1.3:CRS84")) == nil)
    let many = String(repeating: "0,", count: 10_000) + "0"
    #expect(
      problem("{\"type\":\"FeatureCollection\",\"features\":[\(many)]}")
        == .tooManyFeatures(limit: 10_000))
    #expect(problem(Data(count: (20 << 20) + 1)) == .tooLarge(megabytes: 20))
  }

  @Test("Damaged maps are refused or read; nothing stops")
  func damaged() {
    var numbers = SeededNumbers(seed: 4)
    let good = Array(Self.collection(Self.feature(), Self.feature("99.01.01.2002")).utf8)
    for _ in 0..<1_000 { _ = try? BoundaryFile(data: Data(numbers.damaged(good))) }
  }
}
