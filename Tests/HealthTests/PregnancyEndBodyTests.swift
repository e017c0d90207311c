import Health
import Testing

@Suite("The body of an end of a pregnancy")
struct PregnancyEndBodyTests {
  private static func read(_ bytes: [UInt8]) throws -> PregnancyEndBody {
    try bytes.withUnsafeBufferPointer { try PregnancyEndBody($0) }
  }

  @Test(
    "Complications are read as they were written; none is not the same as nothing told",
    arguments: [
      nil, [], .bleeding, [.fits, .infection],
      [.bleeding, .fits, .prolonged, .retainedPlacenta, .tear, .infection],
    ] as [BirthComplications?])
  func complications(told: BirthComplications?) throws {
    var body = PregnancyEndBody(outcome: .liveBirth)
    body.bornAlive = 2
    body.complications = told
    let read = try Self.read(body.bytes)
    #expect(read == body && read.complications == told)
  }

  @Test("What was written before complications were asked stays the same bytes")
  func old() throws {
    var writer = FieldWriter()
    writer.code(2, PregnancyOutcome.stillbirth)
    writer.code(3, BirthMode.caesarean)
    writer.number(7, Int32(1))
    writer.number(8, Int32(260))
    let body = try Self.read(writer.bytes)
    #expect(body.complications == nil && body.outcome == .stillbirth && body.gestation == 260)
    #expect(body.bytes == writer.bytes)
  }
}
