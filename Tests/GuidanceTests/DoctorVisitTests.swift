import Guidance
import Health
import Programmes
import Testing

/// The examination by a doctor with ultrasound, in the first and the third trimester.
@Suite("A doctor with ultrasound")
struct DoctorVisitTests {
  static let period: CivilDate = "2026-01-01"

  /// Visits of a pregnancy, so many days after the last period.
  static func life(
    _ visits: [(days: Int32, performer: CarePerformer, observed: [DataElement: Int32])]
  ) -> Life {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: period, known: period + .days(40))
    for visit in visits {
      life.visit(
        .antenatal, on: period + .days(visit.days), by: visit.performer, visit.observed)
    }
    return life
  }

  static func word(
    _ service: UInt16, on day: Int32,
    _ visits: [(days: Int32, performer: CarePerformer, observed: [DataElement: Int32])]
  ) throws -> String {
    try life(visits).plan(on: period + .days(day), by: [.pregnancy]).word(service)
  }

  @Test("Both count only on one day", arguments: [(7, 60), (8, 200)] as [(UInt16, Int32)])
  func together(service: UInt16, day: Int32) throws {
    let scan: [DataElement: Int32] = [.ultrasoundDone: 1]
    #expect(try Self.word(service, on: day, [(day, .doctor, scan)]) == "done")
    #expect(try Self.word(service, on: day, [(day, .doctor, [:])]) == "due")
    #expect(try Self.word(service, on: day, [(day, .doctor, [.ultrasoundDone: 0])]) == "due")
    #expect(try Self.word(service, on: day, [(day, .midwife, scan)]) == "due")
    // The midwife wrote the ultrasound down on the day of the doctor, or a day after it.
    #expect(
      try Self.word(service, on: day + 1, [(day, .doctor, [:]), (day, .midwife, scan)]) == "done")
    #expect(
      try Self.word(service, on: day + 1, [(day, .doctor, [:]), (day + 1, .midwife, scan)])
        == "due")
  }

  @Test("An earlier visit with both counts behind a later one without")
  func earlier() throws {
    let visits: [(Int32, CarePerformer, [DataElement: Int32])] = [
      (50, .doctor, [.ultrasoundDone: 1]), (60, .doctor, [:]), (70, .midwife, [.ultrasoundDone: 1]),
    ]
    let plan = try Self.life(visits).plan(on: Self.period + .days(80), by: [.pregnancy])
    guard case .done(on: let day, _) = plan.status(of: 7) else {
      Issue.record("\(plan.status(of: 7))")
      return
    }
    #expect(day == Self.period + .days(50))
  }

  @Test("Whether a dentist saw her is asked until one did")
  func teethAskedAgain() throws {
    func isAsked(_ answer: Int32) throws -> Bool {
      let life = Self.life([(60, .midwife, [.teethExamined: answer])])
      return try BookTests.asked(.antenatal, life, on: Self.period + .days(90))
        .contains(DataElement.teethExamined.code)
    }
    #expect(try isAsked(0))
    #expect(try !isAsked(1))
  }

  @Test("What was asked for and not done is owed: teeth, the risk of infections, the mind")
  func answeredNo() throws {
    for (service, element) in [
      (9, DataElement.teethExamined), (74, .infectionRiskAsked), (71, .mentalHealthScreened),
    ] as [(UInt16, DataElement)] {
      for (answer, word): (Int32, String) in [(0, "due"), (1, "done")] {
        let seen: [DataElement: Int32] = [element: answer, .weight: 50_000]
        #expect(try Self.word(service, on: 60, [(60, .midwife, seen)]) == word)
      }
    }
  }
}
