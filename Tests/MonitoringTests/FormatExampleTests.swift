import Health
import Monitoring
import Samples
import Testing

/// The examples in docs/formats are what the program writes.
@Suite("Examples of the format documents")
struct FormatExampleTests {
  static func hexadecimal(_ text: String) -> [UInt8] {
    text.split(whereSeparator: \.isWhitespace).compactMap { UInt8($0, radix: 16) }
  }

  @Test("contributions.md: a boy weighed once")
  func contributions() throws {
    let village = Identifier(high: 0xE515_775D_F299_873A, low: 0xAD2A_81D1_9E19_2920)
    var story = Story()
    story.person(sex: .male, born: day("2024-04-14"))
    story.lives(at: village, since: day("2025-06-14"))
    var body = MeasurementBody()
    body.weight = Mass(grams: 7_900)
    body.length = Length(tenthsOfMillimetre: 7_050)
    body.position = .lying
    body.hasOedema = false
    story.tell(.measurement, on: day("2025-06-14"), body: body.bytes)
    let packed = PackedContributions.pack(try story.months())
    #expect(
      packed
        == Self.hexadecimal(
          """
          02 14 01
          e5 15 77 5d f2 99 87 3a ad 2a 81 d1 9e 19 29 20
          e2 fb 02 01 00 06
          2f 01 1c 1e 1c 1c 40 01 01 40 40 01 40 40 40 40 40 40 1d 1c
          02 09 00 06
          2f 04 07 07 07 07 07 0b 0b 0b 0b 07 0b 0b 07 07 0b 0b 07 07
          02 24 00 07
          2f 04 07 07 07 07 07 0b 0b 0b 0b 07 0b 0b 07 07 0b 0b 07 07
          """))
    #expect(PackedContributions.pack([]) == [0x02, 0x14, 0x00])
  }

  @Test("cube.md: a boy in a month to come")
  func cube() throws {
    var story = Story(.male, born: "2023-01-15")
    var body = MeasurementBody()
    body.weight = Mass(grams: 9_000)
    body.hasChildHealthBook = true
    story.tell(.measurement, on: day("2024-04-10"), body: body.bytes)
    var cell = CubeCell()
    for found in try story.months() where found.month == month("2026-01") {
      cell.add(found, times: 1)
    }
    let packed = cell.packed
    #expect(
      packed.starts(
        with: Self.hexadecimal("02 14 b1 04 01 02 02 01 02 06 01 02 03 01 02")))
    #expect(packed.suffix(3) == [0xC0, 0x02, 0x00])
  }
}
