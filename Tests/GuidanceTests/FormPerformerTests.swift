import Guidance
import Health
import Programmes
import Testing

/// Who asks what: a kader's form has what a kader does at the Posyandu and at home.
@Suite("Forms by role")
struct FormPerformerTests {
  static func asked(_ form: VisitForm, by performers: Performers) -> Set<DataElement> {
    Set(
      form.sections.flatMap(\.questions).filter { !$0.performers.isDisjoint(with: performers) }
        .map(\.element))
  }

  @Test("A kader has no form of tests of development, of risks, of the score of tuberculosis")
  func forms() {
    let kader = VisitForm.all.filter { $0.isAsked(by: .kader) }.map { "\($0.name)" }
    #expect(
      kader == [
        "antenatal", "birth_plan", "postnatal", "after_loss", "family_planning",
        "mother_danger_signs", "newborn",
        "child", "growth_follow_up", "sick_child", "young_infant",
      ])
    #expect(VisitForm.all.allSatisfy { $0.isAsked(by: .anyHealthWorker) })
  }

  @Test("A health worker is asked everything")
  func healthWorkers() {
    for form in VisitForm.all {
      let all = Set(form.sections.flatMap(\.questions).map(\.element))
      #expect(Self.asked(form, by: .anyHealthWorker) == all, "\(form.name)")
      #expect(Self.asked(form, by: Performers(.midwife)) == all, "\(form.name)")
    }
  }

  @Test("A kader weighs a pregnant woman, measures arm and pressure, and asks for signs of danger")
  func antenatal() throws {
    let asked = Self.asked(.antenatal, by: .kader)
    let signs = try #require(VisitForm.antenatal.sections.first { $0.areSigns })
    #expect(
      asked.subtracting(signs.questions.map(\.element)) == [
        .weight, .systolicPressure, .diastolicPressure, .armCircumference, .lengthOrHeight,
        .ironTabletsGiven, .ironTabletsTaken, .supplementaryFood,
      ])
    // What is only seen at an examination is left to who examines.
    #expect(asked.isSuperset(of: [.bleeding, .fewMovements, .greenWaters]))
    #expect(!asked.contains(.cordOrHandOut))
  }

  @Test("A kader examines no mother after birth and takes no blood of a newborn")
  func afterBirth() {
    let mother = Self.asked(.postnatal, by: .kader)
    #expect(
      mother.isSuperset(of: [
        .heavyBleeding, .systolicPressure, .motherVitaminACapsules, .breastfeeding,
      ]))
    #expect(mother.isDisjoint(with: [.birthCanalWound, .wombFirm, .counselled, .clotRisk]))
    let newborn = Self.asked(.newborn, by: .kader)
    #expect(
      newborn.isSuperset(of: [
        .notSuckling, .breathsPerMinute, .breathsCountedAgain, .weight, .stoolColour,
      ]))
    #expect(newborn.isDisjoint(with: [.thyroidSampleTaken, .oxygenSaturation, .vitaminK]))
  }

  @Test("A kader weighs, measures and asks at the Posyandu; a sick child is looked at for danger")
  func children() {
    let child = Self.asked(.child, by: .kader)
    #expect(
      child.isSuperset(of: [.weight, .vitaminA, .developmentListPassed, .foodGroups, .deworming]))
    #expect(child.isDisjoint(with: [.sixMonthCheck, .sixMonthFinding, .thalassaemiaInFamily]))
    #expect(
      Self.asked(.sickChild, by: .kader) == [
        .cannotDrink, .vomitsAll, .fits, .lethargic, .weight, .temperature,
        .coughOrHardBreathing, .diarrhoea, .fever, .earProblem,
      ])
    #expect(
      Self.asked(.youngInfant, by: .kader) == [
        .weight, .temperature, .breathsPerMinute, .breathsCountedAgain, .notSuckling, .fits,
        .hardlyMoves, .jaundice,
        .diarrhoea,
      ])
  }

  @Test("Each sign of danger is asked by a form; pale stool by its colour")
  func signsAreAsked() {
    let asked = Set(VisitForm.all.flatMap(\.sections).flatMap(\.questions).map(\.element))
    for guideline in Guideline.motherAndChild {
      for sign in guideline.dangerSigns where sign.element != .paleStool {
        #expect(asked.contains(sign.element), "\(sign.element.name)")
      }
    }
  }

  @Test(
    "A mother's second capsule is asked in all of the 42 days, until both are taken",
    arguments: [
      (PregnancyOutcome.liveBirth, 8, nil, true), (.liveBirth, 42, 1, true),
      (.stillbirth, 8, 0, true), (.liveBirth, 8, 2, false),
    ] as [(PregnancyOutcome, Int32, Int32?, Bool)])
  func motherVitaminA(
    outcome: PregnancyOutcome, day: Int32, taken: Int32?, isAsked: Bool
  ) throws {
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(on: "2026-06-01", outcome, gestation: 280)
    if let taken {
      life.visit(.postnatal, on: "2026-06-02", [.motherVitaminACapsules: taken])
    }
    let asked = try BookTests.asked(.postnatal, life, on: "2026-06-01" + .days(day))
    #expect(asked.contains(DataElement.motherVitaminACapsules.code) == isAsked)
    // Without it nobody could tell whether breastfeeding alone still protects.
    #expect(asked.contains(DataElement.mensesReturned.code) == (outcome == .liveBirth))
  }

  @Test("The tests that a child owes from two years on can be entered by health workers")
  func childLaboratory() throws {
    let haemoglobin = DataElement.haemoglobin.code
    let glucose = DataElement.bloodGlucose.code
    let fasting = DataElement.fastingGlucose.code
    let cells = Set([DataElement.cellVolume, .cellHaemoglobin, .redCells].map(\.code))
    let all = cells.union([haemoglobin, glucose, fasting])
    var life = Life(.female, born: "2024-06-15")
    func asked(_ day: CivilDate) throws -> Set<UInt16> {
      try BookTests.asked(.child, life, on: day).intersection(all)
    }
    #expect(try asked("2026-06-14") == [])
    #expect(try asked("2026-06-15") == [haemoglobin, glucose])
    life.visit(.childDevelopment, on: "2026-06-15", [.haemoglobin: 110, .bloodGlucose: 139])
    #expect(try asked("2026-06-16") == [])
    life.visit(.childDevelopment, on: "2026-06-16", [.haemoglobin: 109, .bloodGlucose: 140])
    #expect(try asked("2026-06-17") == cells.union([fasting]))
    #expect(Self.asked(.child, by: .kader).isDisjoint(with: [.haemoglobin, .bloodGlucose]))
  }

  @Test("The care of malnutrition can be ended after it has become too long, while it is shown")
  func malnutritionCareEnds() throws {
    for (days, isAsked): (Int32, Bool) in [(181, true), (182, true), (209, true), (210, false)] {
      let day = ("2026-01-01" as CivilDate) + .days(days)
      var life = Life(.female, born: "2025-01-01")
      life.visit(.nutritionFollowUp, on: "2026-01-01", [.malnutritionCare: 1])
      // Well nourished, so that nothing but the care itself opens the question.
      life.visit(
        .nutritionFollowUp, on: day,
        [.weight: 10_300, .lengthOrHeight: 8_000, .bodyPosition: 1, .armCircumference: 1_450])
      let asked = try BookTests.asked(.growthFollowUp, life, on: day)
      #expect(asked.contains(DataElement.malnutritionCare.code) == isAsked, "\(days)")
    }
  }

  @Test("The weight before pregnancy is asked until half of it, sugar in its weeks")
  func windows() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    func asks(_ element: DataElement, onDay day: Int32) throws -> Bool {
      try BookTests.asked(.antenatal, life, on: "2026-01-01" + .days(day)).contains(element.code)
    }
    #expect(try asks(.weightBeforePregnancy, onDay: 139))
    #expect(try !asks(.weightBeforePregnancy, onDay: 140))
    for (day, isAsked) in [(Int32(167), false), (168, true), (202, true), (203, false)] {
      #expect(try asks(.glucoseAfterTwoHours, onDay: day) == isAsked, "\(day)")
    }
    #expect(try asks(.fastingGlucose, onDay: 260))
    #expect(try asks(.bloodGlucose, onDay: 260))
    life.visit(.antenatal, on: "2026-07-01", [.fastingGlucose: 85, .urineGlucose: 1])
    #expect(try !asks(.bloodGlucose, onDay: 260))
    #expect(try !asks(.fastingGlucose, onDay: 260))
    #expect(try !asks(.urineGlucose, onDay: 181 + 27))
    #expect(try asks(.urineGlucose, onDay: 181 + 28))
  }
}
