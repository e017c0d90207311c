import Health
import Samples
import Testing

@Suite("Bodies of a referral and of the answer to it")
struct ReferralBodyTests {
  private func read(_ bytes: [UInt8]) throws -> ReferralBody {
    try bytes.withUnsafeBufferPointer { try ReferralBody($0) }
  }

  private func answer(_ bytes: [UInt8]) throws -> ReferralAnswerBody {
    try bytes.withUnsafeBufferPointer { try ReferralAnswerBody($0) }
  }

  private func written(_ write: (inout FieldWriter) -> Void) -> [UInt8] {
    var writer = FieldWriter()
    write(&writer)
    return writer.bytes
  }

  private let hospital = Identifier(high: 1, low: 2)

  @Test("They keep what they hold, whatever of it is there")
  func roundTrip() throws {
    var numbers = SeededNumbers(seed: 37)
    for _ in 0..<1000 {
      func text(_ value: String) -> [UInt8] { numbers.once(in: 2) ? Array(value.utf8) : [] }
      let isOurs = numbers.once(in: 2)
      var body = ReferralBody(
        facility: isOurs ? hospital : nil, facilityName: isOurs ? [] : Array("RSUD".utf8))
      if numbers.once(in: 2) {
        body.urgency = ReferralUrgency.allCases.randomElement(using: &numbers)
      }
      for _ in 0..<Int.random(in: 0...4, using: &numbers) {
        let first = UInt16.random(in: 0 ... .max, using: &numbers)
        let row = UInt16.random(in: 0 ... .max, using: &numbers)
        body.reasons.append(
          [
            .danger(first), .classified(table: first, row: row),
            .scored(instrument: first, band: row),
          ][Int.random(in: 0..<3, using: &numbers)])
      }
      body.words = text("kejang")
      body.findings = text("TD 160/110 mmHg")
      body.treatment = text("MgSO4 4 g")
      #expect(try read(body.bytes) == body)
      let reply = ReferralAnswerBody(
        referral: Identifier(high: .random(in: 0 ... .max, using: &numbers), low: 7),
        outcome: ReferralOutcome.allCases.randomElement(using: &numbers) ?? .received,
        findings: text("membaik"), advice: text("kontrol 3 hari lagi"))
      #expect(try answer(reply.bytes) == reply)
    }
  }

  @Test("The bytes of an example, as docs/formats/facts.md has it")
  func example() throws {
    var body = ReferralBody(facility: nil, facilityName: Array("RSUD".utf8))
    body.urgency = .atOnce
    body.reasons = [.danger(143)]
    body.words = Array("syok".utf8)
    let bytes: [UInt8] = [
      0x05, 0x04, 0x52, 0x53, 0x55, 0x44, 0x06, 0x02, 0x09, 0x05, 0x01, 0x00, 0x8F, 0x00, 0x00,
      0x0B, 0x04, 0x73, 0x79, 0x6F, 0x6B,
    ]
    #expect(body.bytes == bytes)
    #expect(try read(bytes) == body)
  }

  @Test("A referral to nowhere is refused; what newer versions add is passed over")
  func limits() throws {
    #expect(throws: WireError.unknownForm) { _ = try read([]) }
    #expect(throws: WireError.unknownForm) { _ = try read(written { $0.bytes(5, [0x61]) }) }
    #expect(throws: WireError.unknownForm) {
      _ = try read(
        written {
          $0.identifier(1, hospital)
          $0.bytes(4, [1, 0, 143, 0])
        })
    }
    let newer = written {
      $0.identifier(1, hospital)
      $0.number(3, Int64(9))
      $0.bytes(4, [9, 0, 1, 0, 2, 2, 0, 46, 0, 1])
      $0.number(900, Int64(1))
    }
    var known = ReferralBody(facility: hospital)
    known.reasons = [.classified(table: 46, row: 1)]
    #expect(try read(newer) == known)
  }

  @Test("An answer to nothing, and one that says nothing, is refused")
  func answers() throws {
    #expect(throws: WireError.unknownForm) { _ = try answer([]) }
    #expect(throws: WireError.unknownForm) {
      _ = try answer(written { $0.identifier(1, hospital) })
    }
    #expect(throws: WireError.unknownForm) {
      _ = try answer(
        written {
          $0.identifier(1, hospital)
          $0.number(2, Int64(9))
        })
    }
    #expect(throws: WireError.unknownForm) { _ = try answer(written { $0.number(2, Int64(1)) }) }
  }
}
