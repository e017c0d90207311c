import Guidance
import Health
import Programmes
import Testing

/// Numbers that nobody can have measured: they are refused, or do no harm.
@Suite("Extreme numbers")
struct ExtremeTests {
  @Test("A visit with a number beyond all measure is refused", arguments: [1, -1] as [Int32])
  func refused(sign: Int32) {
    for (value, isRefused) in [(10_000_000, false), (10_000_001, true), (.max, true)]
      as [(Int32, Bool)]
    {
      var body = VisitBody(setting: .puskesmas)
      body[DataElement.weight.code] = sign * value
      let bytes = body.bytes
      let read: VisitBody? = bytes.withUnsafeBufferPointer { try? VisitBody($0) }
      #expect((read == nil) == isRefused, "\(value)")
    }
  }

  @Test("Whatever was written down, a plan is found", arguments: [10_000_000, -10_000_000, 0])
  func harmless(value: Int32) throws {
    for (sex, born): (Sex, CivilDate) in [(.female, "1998-03-01"), (.male, "2026-01-20")] {
      var life = Life(sex, born: born, weight: 3_000, gestation: 260)
      if sex == .female { life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-01") }
      for day in ["2026-03-01", "2026-05-02", "2026-05-20"] as [CivilDate] {
        var body = VisitBody(
          setting: .puskesmas, performer: .midwife,
          purposes: [.antenatal, .newborn, .childDevelopment, .sickChild])
        for element in UInt16(1)...1_400 { body[element] = day == "2026-03-01" ? 30 : value }
        life.tell(.visit, on: day, body.bytes)
      }
      let plan = try life.plan(on: "2026-05-25", by: Guideline.motherAndChild)
      #expect(!plan.services.isEmpty)
    }
  }
}
