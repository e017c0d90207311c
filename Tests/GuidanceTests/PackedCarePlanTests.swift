import Guidance
import Health
import Programmes
import Testing

/// What is kept of a plan and sent to a phone is the whole plan.
@Suite("Packed care plans")
struct PackedCarePlanTests {
  private static func unpack(_ bytes: [UInt8]) throws -> CarePlan {
    try bytes.withUnsafeBufferPointer { buffer in
      try PackedCarePlan.unpack(buffer) { instrument, number in
        Guideline.motherAndChild.flatMap(\.instruments).first { $0.number == instrument }?
          .band(number)
      }
    }
  }

  @Test("Two hundred plans come back as they were packed")
  func roundTrip() throws {
    var chance = PlanLawTests.Chance(state: 77)
    var (services, classes, scores) = (0, 0, 0)
    for _ in 0..<200 {
      let life = PlanLawTests.life(&chance)
      let day: CivilDate = "2026-01-01" + .days(.random(in: 0...400, using: &chance))
      let plan = try life.plan(on: day, by: Guideline.motherAndChild)
      let bytes = PackedCarePlan.pack(plan)
      #expect(try Self.unpack(bytes) == plan)
      services += plan.services.count
      classes += plan.classes.count
      scores += plan.scores.count
    }
    #expect(services > 1_000 && classes > 500 && scores > 50)
  }

  @Test("Bytes that end early, go on, or are of another format or book are refused")
  func refused() throws {
    let plan = try Plans.pregnant(100, [.bleeding: 1, .haemoglobin: 95])
    let bytes = PackedCarePlan.pack(plan)
    #expect(try Self.unpack(bytes) == plan)
    #expect(!plan.dangers.isEmpty && !plan.scores.isEmpty)
    for length in bytes.indices {
      #expect(throws: WireError.self) { try Self.unpack(Array(bytes.prefix(length))) }
    }
    #expect(throws: WireError.unknownForm) { try Self.unpack(bytes + [0]) }
    #expect(throws: WireError.notThisFormat) { try Self.unpack([0x53, 0x47] + bytes.dropFirst(2)) }
    #expect(throws: WireError.unknownVersion(9)) {
      try Self.unpack(bytes.prefix(2) + [9] + bytes.dropFirst(3))
    }
    #expect(throws: WireError.unknownForm) {
      try bytes.withUnsafeBufferPointer { try PackedCarePlan.unpack($0) { _, _ in nil } }
    }
  }
}
