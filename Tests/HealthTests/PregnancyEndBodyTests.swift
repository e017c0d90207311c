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

  @Test("Who attended and where an older version wrote it is read as it was meant")
  func olderAttendants() throws {
    for code in UInt8(1)...7 {
      var writer = FieldWriter()
      writer.code(2, PregnancyOutcome.liveBirth)
      writer.code(4, CareSetting(rawValue: code))
      writer.code(5, CarePerformer(rawValue: code))
      let read = try Self.read(writer.bytes)
      #expect(read.setting?.rawValue == code && read.attendant?.rawValue == code)
      #expect(read.bytes == writer.bytes)
    }
    var body = PregnancyEndBody(outcome: .liveBirth)
    (body.setting, body.attendant) = (.onTheWay, .nobody)
    #expect(try Self.read(body.bytes) == body)
    #expect(!BirthPlace.offered.contains(.school) && !BirthAttendant.offered.contains(.teacher))
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
