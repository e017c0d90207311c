import Guidance
import Health
import Testing

@testable import Programmes

/// Numbers, forms and settings of all guidelines together.
@Suite("Book of mothers and children")
struct BookTests {
  static let guidelines = Guideline.motherAndChild

  @Test("No number stands for two things")
  func numbers() {
    var services: [UInt16: String] = [:]
    var tables: [UInt16: String] = [:]
    var instruments: [UInt16: String] = [:]
    func note(_ number: UInt16, _ name: StaticString, _ known: inout [UInt16: String]) {
      #expect(known[number] == nil, "\(number): \(name) and \(known[number] ?? "")")
      known[number] = name.description
    }
    for guideline in Self.guidelines {
      for service in guideline.services { note(service.number, service.name, &services) }
      for series in guideline.series {
        for slot in series.slots { note(slot.number, slot.name, &services) }
      }
      for matrix in guideline.matrices {
        for row in matrix.rows { note(row.number, row.name, &services) }
      }
      for table in guideline.tables {
        note(table.number, table.name, &tables)
        #expect(Set(table.rows.map { $0.number }).count == table.rows.count, "\(table.name)")
        #expect(table.rows.allSatisfy { $0.number < 32 }, "\(table.name)")
      }
      for instrument in guideline.instruments {
        note(instrument.number, instrument.name, &instruments)
      }
    }
    #expect(Set(Self.guidelines.map { $0.number }).count == Self.guidelines.count)
    #expect(Set(VisitForm.all.map { $0.number }).count == VisitForm.all.count)
  }

  @Test("A form asks each question once, whatever the person")
  func forms() throws {
    for form in VisitForm.all {
      var seen: Set<DataElement> = []
      let questions = form.sections.flatMap { $0.questions.map { $0.element } }
      let twice = Set(questions.filter { !seen.insert($0).inserted })
      // It stands with diarrhoea and, where there is none, with dengue; that nobody is asked it
      // twice is tested with the forms of sick children.
      let expected: Set<DataElement> = form.number == 10 ? [.restless] : []
      #expect(twice == expected, "\(form.name)")
    }
  }

  /// The elements that a form asks of a person.
  static func asked(_ form: VisitForm, _ life: Life, on day: CivilDate) throws -> Set<UInt16> {
    var evaluation = Evaluation(try life.record(on: day))
    return Set(form.sections(asking: &evaluation).flatMap { $0.questions.map { $0.element.code } })
  }

  @Test("An antenatal visit asks what this woman needs today")
  func antenatalForm() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    let first = try Self.asked(.antenatal, life, on: "2026-02-10")
    #expect(first.isSuperset(of: [1, 100, 101, 102, 110, 112, 113, 114, 2, 4, 117, 118]))
    #expect(first.isDisjoint(with: [103, 104, 105, 145, 108, 115, 710, 186]))
    // Whoever is first seen in the second trimester is owed what the doctor's trimester left.
    #expect(try Self.asked(.antenatal, life, on: "2026-04-03").isSuperset(of: [117, 118]))
    life.visit(
      .antenatal, on: "2026-02-10",
      [
        .ultrasoundDone: 1, .mentalHealthScreened: 1, .armCircumference: 2_600,
        .lengthOrHeight: 15_500, .haemoglobin: 120, .bloodGroup: 1,
        .rhesusFactor: 1, .hivTest: 1, .syphilisTest: 1, .hepatitisBTest: 1,
        .weightBeforePregnancy: 50_000, .tetanusStatus: 5,
      ])
    let second = try Self.asked(.antenatal, life, on: "2026-04-03")
    #expect(second.isDisjoint(with: [4, 2, 102, 110, 111, 112, 113, 114, 122, 120, 117, 118, 126]))
    let late = try Self.asked(.antenatal, life, on: "2026-09-15")
    #expect(late.isSuperset(of: [103, 104, 105, 145, 108, 186, 102, 117, 118]))
    life.visit(.antenatal, on: "2026-04-03", [.bleeding: 1])
    #expect(try Self.asked(.antenatal, life, on: "2026-04-03").isSuperset(of: [710, 711, 712]))
  }

  @Test("Pallor is asked from four weeks after a haemoglobin, and haemoglobin of who is pale")
  func pallorAsked() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    life.visit(.antenatal, on: "2026-03-10", [.haemoglobin: 115])
    let (pallor, haemoglobin) = (DataElement.pallor.code, DataElement.haemoglobin.code)
    for (day, isAsked): (CivilDate, Bool) in [
      ("2026-04-06", false), ("2026-04-07", true), ("2026-04-08", true),
    ] {
      let asked = try Self.asked(.antenatal, life, on: day)
      #expect(asked.contains(pallor) == isAsked, "\(day)")
      #expect(!asked.contains(haemoglobin), "\(day)")
    }
    life.visit(.antenatal, on: "2026-04-07", [.pallor: 1])
    #expect(try Self.asked(.antenatal, life, on: "2026-04-08").contains(haemoglobin))
  }

  static let testedToday: [([DataElement: Int32], [DataElement: Int32], asks: Bool)] = [
    // Tested on the day before: asked.
    ([.urineProtein: 1], [:], true),
    // Tested today: not asked, whatever was found.
    ([:], [.urineProtein: 1], false),
    ([:], [.urineProtein: 3], false),
    // Just below and at raised pressure of today, and signs of today or not.
    ([:], [.urineProtein: 1, .systolicPressure: 139, .diastolicPressure: 89], false),
    ([:], [.urineProtein: 1, .systolicPressure: 140, .diastolicPressure: 89], true),
    ([:], [.urineProtein: 1, .systolicPressure: 139, .diastolicPressure: 90], true),
    ([:], [.urineProtein: 1, .headacheBlurredSight: 0], false),
    ([:], [.urineProtein: 1, .headacheBlurredSight: 1], true),
    ([:], [.urineProtein: 1, .fits: 1], true),
    ([.systolicPressure: 150, .diastolicPressure: 95], [.urineProtein: 1], false),
  ]

  @Test(
    "Urine that was tested today is asked again only beside raised pressure or signs",
    arguments: testedToday)
  func proteinAskedAgain(
    yesterday: [DataElement: Int32], today: [DataElement: Int32], asks: Bool
  ) throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    if !yesterday.isEmpty { life.visit(.antenatal, on: "2026-07-14", yesterday) }
    if !today.isEmpty { life.visit(.antenatal, on: "2026-07-15", today) }
    let asked = try Self.asked(.antenatal, life, on: "2026-07-15")
    #expect(asked.contains(DataElement.urineProtein.code) == asks)
  }

  @Test("Blood that was tested today is not asked again on that day, though it was not well")
  func bloodTestedToday() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    life.visit(.antenatal, on: "2026-07-15", [.haemoglobin: 95, .bloodGlucose: 220])
    let tests: [DataElement] = [.haemoglobin, .fastingGlucose, .glucoseAfterTwoHours]
    func asked(_ day: CivilDate) throws -> [DataElement] {
      let asked = try Self.asked(.antenatal, life, on: day)
      return tests.filter { asked.contains($0.code) }
    }
    #expect(try asked("2026-07-15") == [.fastingGlucose, .glucoseAfterTwoHours])
    // Fasting glucose of the same day does not deal with the random one: asked from the next day on.
    life.visit(.antenatal, on: "2026-07-15", [.fastingGlucose: 100])
    #expect(try asked("2026-07-15") == [.glucoseAfterTwoHours])
    #expect(try asked("2026-07-16") == tests)
  }

  @Test("Risks are asked once; earlier births only where there were some")
  func riskForm() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10") { $0.gravida = 1 }
    let first = try Self.asked(.pregnancyRisks, life, on: "2026-02-10")
    #expect(first.isDisjoint(with: [160, 161, 162, 163, 164, 179, 176]))
    #expect(first.contains(175))
    life.visit(.antenatal, on: "2026-02-10", [.diabetes: 0, .kidneyDisease: 0])
    #expect(try Self.asked(.pregnancyRisks, life, on: "2026-02-11").isDisjoint(with: [167, 181]))
  }

  @Test("The development form asks the questionnaire of the age alone")
  func developmentForm() throws {
    let life = Life(.female, born: "2026-01-01", weight: 3_000, gestation: 280)
    let asked = try Self.asked(.development, life, on: "2026-10-05")
    #expect(asked.filter { (1_000..<1_160).contains($0) } == Set(1_020..<1_030))
    #expect(asked.filter { (1_200..<1_240).contains($0) } == Set(1_210..<1_214))
    #expect(asked.filter { $0 >= 1_250 }.isEmpty)
    let older = Life(.female, born: "2022-01-01", weight: 3_000, gestation: 280)
    let at4 = try Self.asked(.development, older, on: "2026-01-05")
    #expect(at4.isSuperset(of: Set(1_250..<1_264)))
    #expect(at4.isDisjoint(with: Set(1_270..<1_310)))
  }

  @Test("Every setting begins with a reading in its range, and tells a source")
  func settings() {
    for setting in [
      ClinicalSetting.firstTrimesterDays, .secondTrimesterDays, .energyDeficiencyArm,
      .anaemiaLimit, .anaemiaLimitSecondTrimester, .ironTablets, .anaemiaThirdTrimesterDays,
      .pallorOutranksHaemoglobinAfterDays,
      .oneModerateRiskIsEnough, .familyRisksAreHigh, .firstPregnancyAt35CountsTwice,
      .shortIntervalMonths, .malariaIsEndemic, .fetalHeartLeast, .fetalHeartTooFast,
      .stillbirthFromDays, .aspirinUntilDays, .gestationalDiabetesUntilDays, .thyroidSampleFrom,
      .normalFastingGlucoseIsEnough,
      .thyroidSampleUntil, .saturationThatPasses,
      .saturationDifference, .lateBirthFromDays, .largeBirthWeight, .thyroidSamplesNeeded,
      .dewormingInFebruary, .dewormingIsSelective, .severeReferralDays, .moderateReferralDays,
      .growthSeenAgainDays, .curedSeenFirstDays, .questionnaireAgainDays, .hearingIsRepeatedFirst,
      .redReflexFromDays, .autismInterviewFirst, .behaviourAgainDays, .earlyWeightReferredBelow,
      .smallEarlyWeightReferredBelow, .earlyWeightWatchedBelow, .birthWeightRegainedFrom,
    ] {
      #expect(!setting.readings.isEmpty)
      for reading in setting.readings {
        #expect(setting.range.contains(reading.value), "\(setting.name)")
      }
      #expect(Set(setting.readings.map { $0.value }).count == setting.readings.count)
    }
  }
}
