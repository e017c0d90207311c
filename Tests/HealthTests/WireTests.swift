import Health
import Samples
import Testing

@Suite("Packed numbers and bytes")
struct WireTests {
  /// Calls `read` with a reader of exactly these bytes.
  static func reading<Value>(
    _ bytes: [UInt8], _ read: (inout ByteReader) throws -> Value
  ) throws -> Value {
    try bytes.withUnsafeBufferPointer { buffer in
      var reader = ByteReader(buffer)
      return try read(&reader)
    }
  }

  @Test("A number that never ends or does not fit is refused")
  func tooLarge() {
    let endless = [UInt8](repeating: 0x80, count: 11)
    #expect(throws: WireError.numberTooLarge) {
      try Self.reading(endless) { try $0.unsigned() }
    }
    let overflowing = [UInt8](repeating: 0xFF, count: 9) + [2]
    #expect(throws: WireError.numberTooLarge) {
      try Self.reading(overflowing) { try $0.unsigned() }
    }
    #expect(throws: WireError.endsEarly) { try Self.reading([0x80]) { try $0.unsigned() } }
    #expect(throws: WireError.endsEarly) { try Self.reading([]) { try $0.byte() } }
    #expect(throws: WireError.endsEarly) {
      try Self.reading([UInt8](repeating: 1, count: 15)) { try $0.identifier() }
    }
    #expect(throws: WireError.endsEarly) { try Self.reading([1, 2]) { try $0.bytes(3).count } }
    #expect(throws: WireError.endsEarly) { try Self.reading([1, 2]) { try $0.bytes(-1).count } }
    #expect(throws: WireError.limitExceeded) { try Self.reading([11]) { try $0.count(limit: 10) } }
  }

  @Test(
    "A signed number that does not fit 32 bits is refused",
    arguments: [Int64(Int32.max) + 1, Int64(Int32.min) - 1, .max, .min])
  func wide(value: Int64) {
    var writer = ByteWriter()
    writer.signed(value)
    #expect(throws: WireError.numberTooLarge) {
      try Self.reading(writer.bytes) { try $0.signed32() }
    }
  }

  @Test(
    "The bytes of some numbers",
    arguments: [
      (0, [0]), (1, [1]), (127, [0x7F]), (128, [0x80, 1]), (300, [0xAC, 2]),
      (.max, [UInt8](repeating: 0xFF, count: 9) + [1]),
    ] as [(UInt64, [UInt8])])
  func bytes(value: UInt64, bytes: [UInt8]) {
    var writer = ByteWriter()
    writer.unsigned(value)
    #expect(writer.bytes == bytes)
  }

  @Test(
    "Small numbers of either sign are short",
    arguments: [(0, 0), (-1, 1), (1, 2), (-2, 3), (63, 126), (-64, 127)] as [(Int64, UInt8)])
  func zigzag(value: Int64, byte: UInt8) {
    var writer = ByteWriter()
    writer.signed(value)
    #expect(writer.bytes == [byte])
  }

  @Test("What is written is read back, of every size and sign")
  func roundTrip() throws {
    var numbers = SeededNumbers(seed: 7)
    var values: [Int64] = [0, 1, -1, .max, .min, Int64(Int32.max), Int64(Int32.min)]
    for bits in 0..<64 { values += [1 << Int64(bits), -(1 << Int64(min(bits, 62)))] }
    for _ in 0..<5_000 {
      let shift = Int64.random(in: 0..<64, using: &numbers)
      values.append(Int64(bitPattern: numbers.next()) >> shift)
    }
    var writer = ByteWriter()
    for value in values {
      writer.signed(value)
      writer.unsigned(UInt64(bitPattern: value))
      writer.identifier(Identifier(high: UInt64(bitPattern: value), low: ~0))
    }
    try Self.reading(writer.bytes) { (reader: inout ByteReader) throws in
      for value in values {
        #expect(try reader.signed() == value)
        #expect(try reader.unsigned() == UInt64(bitPattern: value))
        #expect(try reader.identifier() == Identifier(high: UInt64(bitPattern: value), low: ~0))
      }
      #expect(reader.isAtEnd)
      #expect(reader.remaining == 0)
    }
  }

  @Test("A reader at the end of its buffer does not see what lies behind it")
  func neverBeyond() throws {
    var writer = ByteWriter()
    writer.unsigned(.max)
    writer.signed(.min)
    writer.identifier(id(7))
    writer.raw([1, 2, 3, 4])
    let whole = writer.bytes
    // The bytes behind the prefix are the right ones, so a read beyond it would succeed.
    try whole.withUnsafeBufferPointer { (buffer) throws in
      for length in 0..<whole.count {
        var reader = ByteReader(UnsafeBufferPointer(rebasing: buffer[..<length]))
        #expect(throws: WireError.endsEarly) {
          _ = try reader.unsigned()
          _ = try reader.signed()
          _ = try reader.identifier()
          _ = try reader.bytes(4)
        }
        #expect(reader.offset <= length)
      }
      var reader = ByteReader(buffer)
      _ = try reader.unsigned()
      _ = try reader.signed()
      _ = try reader.identifier()
      #expect(try Array(reader.bytes(4)) == [1, 2, 3, 4])
    }
  }
}

@Suite("Fields of a body")
struct FieldTests {
  static func fields(_ bytes: [UInt8]) throws -> [String] {
    try bytes.withUnsafeBufferPointer { buffer in
      var reader = FieldReader(buffer)
      var found: [String] = []
      while let (field, value) = try reader.next() {
        switch value {
        case .number(let number): found.append("\(field)=\(number)")
        case .bytes(let bytes): found.append("\(field)=\(Array(bytes))")
        }
      }
      return found
    }
  }

  @Test(
    "Fields out of order, twice, or numbered 0 are refused",
    arguments: [[4, 0, 2, 0], [2, 0, 2, 0], [0, 0], [4, 0, 4, 0], [3, 1, 65, 2, 0]] as [[UInt8]])
  func order(bytes: [UInt8]) {
    #expect(throws: WireError.fieldsOutOfOrder) { try Self.fields(bytes) }
  }

  @Test("A field that is larger than the limit is refused before it is read")
  func limit() {
    var writer = ByteWriter()
    writer.byte(3)
    writer.unsigned(UInt64(FieldReader.largestField) + 1)
    #expect(throws: WireError.limitExceeded) { try Self.fields(writer.bytes) }
  }

  @Test("A field number beyond sixteen bits is refused")
  func number() {
    var writer = ByteWriter()
    writer.unsigned(65_536 << 1)
    writer.byte(0)
    #expect(throws: WireError.numberTooLarge) { try Self.fields(writer.bytes) }
  }

  @Test("What is missing takes no room; the rest comes back in order")
  func roundTrip() throws {
    var writer = FieldWriter()
    writer.number(1, Int32?.none)
    writer.bytes(2, [])
    writer.number(3, Int32(-5))
    writer.bytes(4, [9, 8])
    writer.identifier(5, nil)
    writer.number(65_535, Int64.min)
    #expect(try Self.fields(writer.bytes) == ["3=-5", "4=[9, 8]", "65535=\(Int64.min)"])
  }

  @Test("Every cut of a body is refused or has fewer fields")
  func cut() throws {
    var body = PersonBody()
    body.name = Array("Melati Contoh".utf8)
    body.birthDate = day("2024-02-29")
    body.sex = .female
    body.birthWeight = Mass(grams: 3100)
    body.gestationalAgeAtBirth = AgeInDays(254)
    body.birthHeadCircumference = Length(tenthsOfMillimetre: 3350)
    let whole = body.bytes
    #expect(try whole.withUnsafeBufferPointer { try PersonBody($0) } == body)
    for length in 0..<whole.count {
      let fields = try? Self.fields(Array(whole[..<length]))
      #expect(fields.map { $0.count < 6 } ?? true)
    }
  }

  @Test("A body keeps what it holds, whatever of it is there")
  func measurement() throws {
    var numbers = SeededNumbers(seed: 8)
    for _ in 0..<2_000 {
      func maybe<Value>(_ value: Value) -> Value? { numbers.once(in: 2) ? value : nil }
      var body = MeasurementBody()
      body.weight = maybe(Mass(grams: .random(in: 0...10_000_000, using: &numbers)))
      body.length = maybe(Length(tenthsOfMillimetre: .random(in: 0...20_000, using: &numbers)))
      body.position = maybe(.standing)
      body.headCircumference = maybe(Length(tenthsOfMillimetre: 4_000))
      body.armCircumference = maybe(Length(tenthsOfMillimetre: 1_150))
      body.tricepsSkinfold = maybe(Length(tenthsOfMillimetre: 75))
      body.subscapularSkinfold = maybe(Length(tenthsOfMillimetre: 60))
      body.hasOedema = maybe(numbers.once(in: 2))
      body.hasChildHealthBook = maybe(numbers.once(in: 2))
      body.sourceLine = maybe(Int32(17))
      #expect(try body.bytes.withUnsafeBufferPointer { try MeasurementBody($0) } == body)
    }
  }

  @Test("A field that is not known here is passed over")
  func unknownField() throws {
    var writer = FieldWriter()
    writer.number(1, Int32(9_000))
    writer.number(400, Int64(1))
    writer.bytes(401, [1, 2, 3])
    let body = try writer.bytes.withUnsafeBufferPointer { try MeasurementBody($0) }
    #expect(body.weight == Mass(grams: 9_000))
  }

  @Test("A place of a kind that is not known here cannot be read")
  func unknownPlace() throws {
    var writer = FieldWriter()
    writer.number(1, Int32(99))
    #expect(try writer.bytes.withUnsafeBufferPointer { try PlaceBody($0) } == nil)
    let place = PlaceBody(
      kind: .posyandu, name: Array("Posyandu Contoh".utf8), code: [], partOf: id(3),
      codeIsExample: true)
    #expect(try place.bytes.withUnsafeBufferPointer { try PlaceBody($0) } == place)
  }
}
