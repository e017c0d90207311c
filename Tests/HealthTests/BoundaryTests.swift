import Health
import Samples
import Testing

@Suite("Boundaries")
struct BoundaryTests {
  static func point(_ longitude: Double, _ latitude: Double) -> BoundaryPoint {
    BoundaryPoint(
      longitude: Int32((longitude * 1e6).rounded()), latitude: Int32((latitude * 1e6).rounded()))
  }

  static func square(_ west: Double, _ south: Double, side: Double) -> [BoundaryPoint] {
    [
      point(west, south), point(west, south + side), point(west + side, south + side),
      point(west + side, south),
    ]
  }

  private func read(_ bytes: [UInt8]) throws -> BoundaryBody {
    try bytes.withUnsafeBufferPointer { try BoundaryBody($0) }
  }

  @Test("Rings come back as they were, two bytes a number where points lie a hundred metres apart")
  func roundTrip() throws {
    var numbers = SeededNumbers(seed: 7)
    for _ in 0..<200 {
      let rings = (0..<Int.random(in: 1...4, using: &numbers)).map { _ in
        (0..<Int.random(in: 3...40, using: &numbers)).map { _ in
          Self.point(
            .random(in: -180...180, using: &numbers), .random(in: -90...90, using: &numbers))
        }
      }
      let body = BoundaryBody(rings: rings, source: Array("Contoh".utf8))
      #expect(try read(body.bytes) == body)
    }
    let near = BoundaryBody(rings: [(0..<500).map { Self.point(111 + Double($0) / 1000, -2) }])
    #expect(near.packedRings.count < 500 * 4)
  }

  @Test("A point inside one ring is inside; in a hole, in the sea between islands it is not")
  func inside() {
    let body = BoundaryBody(rings: [
      Self.square(111, -3, side: 1), Self.square(111.4, -2.6, side: 0.2).reversed(),
      Self.square(113, -3, side: 1),
    ])
    #expect(body.contains(Self.point(111.1, -2.9)))
    #expect(body.contains(Self.point(113.5, -2.5)))
    #expect(!body.contains(Self.point(111.5, -2.5)), "in the hole")
    #expect(!body.contains(Self.point(112.5, -2.5)), "between the islands")
    #expect(!body.contains(Self.point(111.5, -1.9)))
    #expect(!body.contains(Self.point(-2.9, 111.1)), "swapped")
  }

  @Test("What is no boundary is refused, and asks for no more memory than it has bytes")
  func refused() {
    func body(_ form: Int64, _ packed: [UInt8]) -> [UInt8] {
      var writer = FieldWriter()
      writer.number(1, form)
      writer.bytes(2, packed)
      return writer.bytes
    }
    func ring(_ numbers: [Int64]) -> [UInt8] {
      var writer = ByteWriter()
      writer.unsigned(1)
      writer.unsigned(UInt64(numbers.count / 2))
      for number in numbers { writer.signed(number) }
      return writer.bytes
    }
    let good = ring([0, 0, 1, 0, 0, 1])
    #expect(throws: Never.self) { try read(body(1, good)) }
    #expect(throws: WireError.unknownForm) { try read(body(2, good)) }
    #expect(throws: WireError.unknownForm) { try read(body(1, [0])) }
    #expect(throws: WireError.self) { try read(body(1, [])) }
    #expect(throws: WireError.self) { try read(body(1, ring([0, 0, 1, 0]))) }
    #expect(throws: WireError.unknownForm) { try read(body(1, good + [0])) }
    #expect(throws: WireError.endsEarly) {
      try read(body(1, ring([0, 0, 1, 0, 0, 64]).dropLast()))
    }
    #expect(throws: WireError.numberTooLarge) {
      try read(body(1, ring([180_000_000, 0, 1, 0, 0, 1])))
    }
    #expect(throws: WireError.numberTooLarge) {
      try read(body(1, ring([0, 90_000_000, 1, 1, 0, 1])))
    }
    #expect(throws: WireError.limitExceeded) {
      try read(body(1, [0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 3]))
    }
    #expect(throws: WireError.limitExceeded) {
      try read(body(1, [1, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0, 0, 0]))
    }
  }

  @Test("Damaged bytes are refused or read as another boundary; nothing stops")
  func damaged() {
    var numbers = SeededNumbers(seed: 8)
    let body = BoundaryBody(rings: [Self.square(111, -3, side: 1), Self.square(113, -2, side: 2)])
    for _ in 0..<2_000 {
      let bytes = numbers.damaged(body.bytes)
      if let read = try? read(bytes) { #expect(!read.rings.isEmpty) }
    }
  }
}
