import Guidance
import Health
import Testing

@testable import Programmes

/// Pregnancy, the time after it and its loss: ends of windows, and what was seen earlier.
@Suite("Edges of pregnancy")
struct PregnancyEdgeTests {
  /// A woman of 120 days, or so many, with what was seen earlier and today.
  static func plan(
    _ earlier: [DataElement: Int32], ago: Int32, _ today: [DataElement: Int32] = [:],
    days: Int32 = 120
  ) throws -> CarePlan {
    var life = Life(.female, born: "1998-03-01")
    let period = CivilDate(dayNumber: Plans.day.dayNumber - days)
    life.pregnant(lastPeriod: period, known: period + .days(40))
    life.visit(.antenatal, on: CivilDate(dayNumber: Plans.day.dayNumber - ago), earlier)
    if !today.isEmpty { life.visit(.antenatal, on: Plans.day, today) }
    return try life.plan(on: Plans.day, by: Guideline.motherAndChild)
  }

  @Test(
    "Signs of a loss count for a week: the last day and the day after",
    arguments: [
      ([.bleedingAmount: 1], [.cervixOpen: 0], "loss_threatens", nil),
      ([.bleeding: 1], [.cervixOpen: 0], "loss_threatens", nil),
      ([.wombTooSmall: 1], [.cervixOpen: 0], "loss_missed", nil),
      ([.wombTooSmall: 1], [.cervixOpen: 0, .bleeding: 1], "loss_missed", "loss_threatens"),
      (
        [.feverTwoDays: 1], [.cervixOpen: 0, .bleeding: 1], "loss_with_infection", "loss_threatens"
      ),
      (
        [.wombInfection: 1], [.cervixOpen: 0, .bleeding: 1], "loss_with_infection",
        "loss_threatens"
      ),
      ([.cervixOpen: 1], [.bleeding: 1], "loss_inevitable", nil),
      ([.cervixOpen: 0], [.bleeding: 1], "loss_threatens", nil),
    ] as [([DataElement: Int32], [DataElement: Int32], String, String?)])
  func loss(
    earlier: [DataElement: Int32], today: [DataElement: Int32], counts: String, after: String?
  ) throws {
    #expect(try Self.plan(earlier, ago: 6, today).found(52) == counts)
    #expect(try Self.plan(earlier, ago: 7, today).found(52) == after)
  }

  @Test(
    "After a week without a sign of it nobody asks about a loss",
    arguments: [[.bleedingAmount: 3], [.bleeding: 1], [.wombTooSmall: 1]] as [[DataElement: Int32]])
  func asked(earlier: [DataElement: Int32]) throws {
    #expect(try Self.plan(earlier, ago: 6).answer(of: 52) != .notApplicable)
    #expect(try Self.plan(earlier, ago: 7).answer(of: 52) == .notApplicable)
  }

  @Test(
    "After a loss: seen again in two weeks, contraception at once; until 42 days",
    arguments: [
      (130, 13, "upcoming"), (130, 14, "due"), (130, 20, "due"), (130, 21, "late"),
      (130, 42, "late"), (130, 43, "-"), (131, 0, "due"), (131, 13, "due"), (131, 14, "late"),
      (131, 42, "late"), (131, 43, "-"),
    ] as [(UInt16, Int32, String)])
  func afterLoss(service: UInt16, days: Int32, word: String) throws {
    #expect(try Plans.ended(days, .miscarriage, gestation: 80).word(service) == word)
  }

  @Test("Contraception is chosen until the day before a year is over")
  func contraception() throws {
    #expect(try Plans.ended(364).found(68) == "mec_1")
    #expect(try Plans.ended(365).found(68) == nil)
  }

  @Test(
    "Combined pills: by the time after birth, nursing, not nursing, with a risk of clots",
    arguments: [
      (41, [.breastfeeding: 1], "mec_4"), (42, [.breastfeeding: 1], "mec_3"),
      // Half a year after the 15th of December.
      (181, [.breastfeeding: 1], "mec_3"), (182, [.breastfeeding: 1], "mec_2"),
      (20, [.breastfeeding: 3, .clotRisk: 1], "mec_4"),
      (21, [.breastfeeding: 3, .clotRisk: 1], "mec_3"),
      (41, [.breastfeeding: 3, .clotRisk: 1], "mec_3"),
      (42, [.breastfeeding: 3, .clotRisk: 1], "mec_1"),
      (20, [.breastfeeding: 3, .clotRisk: 0], "mec_3"),
      (21, [.breastfeeding: 3, .clotRisk: 0], "mec_2"),
      (41, [.breastfeeding: 3, .clotRisk: 0], "mec_2"),
      (42, [.breastfeeding: 3, .clotRisk: 0], "mec_1"),
    ] as [(Int32, [DataElement: Int32], String)])
  func combined(days: Int32, observed: [DataElement: Int32], expected: String) throws {
    let known = ContraceptionTests.healthy.merging(observed) { $1 }
    #expect(try Plans.ended(days, .liveBirth, known).found(65) == expected)
  }

  /// 15 weeks and later: what each service waits for.
  @Test(
    "Laboratory",
    arguments: [
      (122, 195, "upcoming"), (122, 196, "due"), (122, 251, "due"), (122, 252, "late"),
    ] as [(UInt16, Int32, String)])
  func laboratory(service: UInt16, days: Int32, word: String) throws {
    #expect(try Plans.pregnant(days).word(service) == word)
  }

  @Test("No tablet handed out is no iron", arguments: [(0, "due"), (1, "done")])
  func noTablets(given: Int32, word: String) throws {
    #expect(
      try Plans.pregnant(80, [.ironTabletsGiven: given, .weight: 50_000]).word(66) == word)
  }

  @Test("The blood group is late twelve weeks after the pregnancy is known")
  func bloodGroup() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    #expect(try life.plan(on: "2026-05-04", by: [.pregnancy]).word(36) == "due")
    #expect(try life.plan(on: "2026-05-05", by: [.pregnancy]).word(36) == "late")
  }

  @Test("Each degree of anaemia is tested again, and referred after ninety tablets")
  func anaemia() throws {
    for (haemoglobin, isAnaemia): (Int32, Bool) in [
      (60, true), (80, true), (104, true), (115, false),
    ] {
      let plan = try Plans.pregnant(
        120, [.haemoglobin: haemoglobin, .ironTabletsTaken: 90])
      #expect(plan.word(125) == (isAnaemia ? "upcoming" : "-"))
      #expect(plan.found(53) == (isAnaemia ? "anaemia_no_better" : nil))
      let laboratory = try Self.plan([.haemoglobin: haemoglobin], ago: 28).word(67)
      #expect(laboratory == (isAnaemia ? "due" : "done"))
    }
    #expect(
      try Plans.pregnant(120, [.haemoglobin: 80, .ironTabletsTaken: 89]).found(53) == nil)
  }

  /// K1 with its blood test, pale at some day; K2 is owed.
  @Test("Pale palms of the last four weeks indicate the laboratory")
  func pallor() throws {
    for (ago, word): (Int32, String) in [(27, "due"), (28, "done")] {
      var life = Life(.female, born: "1998-03-01")
      let period = CivilDate(dayNumber: Plans.day.dayNumber - 120)
      life.pregnant(lastPeriod: period, known: period + .days(40))
      life.visit(.antenatal, on: period + .days(60), [.haemoglobin: 115])
      life.visit([], on: CivilDate(dayNumber: Plans.day.dayNumber - ago), [.pallor: 1])
      #expect(try life.plan(on: Plans.day, by: [.pregnancy]).word(67) == word)
    }
  }

  @Test("K4 needs a visit in each trimester, and two in the third")
  func fourVisits() throws {
    for (visits, expected): ([Int32], String) in [
      ([90, 91, 175, 190], "k4_reached"), ([90, 175, 190], "visits_going_on"),
      ([91, 175, 190], "visits_going_on"), ([90, 91, 175], "visits_going_on"),
    ] { #expect(try VisitCompletenessTests.plan(visits).found(41) == expected) }
    #expect(try VisitCompletenessTests.plan([100]).found(40) == "k1_later")
  }

  /// 110 with 80 is no risk; so is nothing else.
  @Test("What is a risk only of those who gave birth before, and of the first weeks")
  func preeclampsia() throws {
    typealias Risk = PreeclampsiaTests
    #expect(
      try Risk.found([:], gravida: 1, para: 0, lastEnded: "2010-01-01") == "preeclampsia_one_risk")
    #expect(try Risk.found([.newPartner: 1], gravida: 1, para: 0) == "preeclampsia_one_risk")
    #expect(try Risk.found([:], gravida: 1, para: 1) == "preeclampsia_one_risk")
    #expect(try Risk.found([.urineProtein: 4]) == "preeclampsia_one_risk")
    #expect(
      try Risk.found([.systolicPressure: 140, .diastolicPressure: 80], days: 5)
        == "preeclampsia_one_risk")
    #expect(
      try Risk.found([:], settings: Plans.set((.oneModerateRiskIsEnough, 1)))
        == "preeclampsia_unlikely")
  }

  @Test(
    "Pressure, protein and signs of the last two weeks",
    arguments: [
      ([.systolicPressure: 150], [:], "hypertension", "raised_pressure_before"),
      (
        [.diastolicPressure: 95], [.systolicPressure: 120], "hypertension",
        "raised_pressure_before"
      ),
      (
        [.urineProtein: 3], [.systolicPressure: 120, .diastolicPressure: 90], "preeclampsia_class",
        "hypertension"
      ),
      (
        [.urineProtein: 5], [.systolicPressure: 140, .diastolicPressure: 80], "preeclampsia_class",
        "hypertension"
      ),
      (
        [.fits: 1], [.systolicPressure: 140, .diastolicPressure: 80], "severe_preeclampsia_class",
        "hypertension"
      ),
    ] as [([DataElement: Int32], [DataElement: Int32], String, String)])
  func pressure(
    earlier: [DataElement: Int32], today: [DataElement: Int32], counts: String, after: String
  ) throws {
    #expect(try Self.plan(earlier, ago: 13, today, days: 200).found(3) == counts)
    #expect(try Self.plan(earlier, ago: 14, today, days: 200).found(3) == after)
  }

  @Test(
    "Score card: what is measured counts for four weeks",
    arguments: [
      ([.presentation: 2], [:], 8), ([.presentation: 3], [:], 8),
      ([.swollenFaceHands: 1], [.systolicPressure: 140], 4),
      ([.systolicPressure: 140], [.swollenFaceHands: 1], 4),
      ([.diastolicPressure: 90], [.swollenFaceHands: 1], 4),
    ] as [([DataElement: Int32], [DataElement: Int32], Int32)])
  func score(earlier: [DataElement: Int32], today: [DataElement: Int32], points: Int32) throws {
    let counts = try Self.plan(earlier, ago: 27, today).score(1)
    let after = try Self.plan(earlier, ago: 28, today).score(1)
    #expect(counts?.least == 2 + points)
    #expect(after?.least == 2)
  }

  @Test("Few movements are a danger from 24 weeks on")
  func movements() throws {
    let code = DataElement.fewMovements.code
    for (days, isDanger): (Int32, Bool) in [(5, false), (167, false), (168, true)] {
      let plan = try Plans.pregnant(days, [.fewMovements: 1])
      #expect(plan.dangerCodes.contains(code) == isDanger)
    }
  }

  /// Visits on days after birth, the day of the plan, and what it says.
  @Test(
    "KF: a visit of the day before or after a window does not stand in for it",
    arguments: [
      ([2, 8, 29], 42, "kf_incomplete"), ([3, 8, 29], 42, "kf_incomplete"),
      ([0, 7, 29], 42, "kf_incomplete"), ([0, 3, 28], 42, "kf_going_on"),
      ([-1, 3, 8, 29], 42, "kf_incomplete"), ([0, 3, 8, 29], 42, "kf_complete"),
      ([2, 7, 28, 42], 42, "kf_complete"), ([2], 7, "kf_going_on"), ([3], 7, "kf_incomplete"),
      ([-1], 7, "kf_incomplete"), ([0], 8, "kf_incomplete"), ([0, 2], 8, "kf_incomplete"),
      ([0, 7], 8, "kf_going_on"), ([0, 3, 8], 29, "kf_going_on"), ([0, 7], 29, "kf_incomplete"),
      ([0, 3, 28], 29, "kf_going_on"), ([0, 3, 29], 29, "kf_incomplete"),
    ] as [([Int32], Int32, String)])
  func mothers(visits: [Int32], day: Int32, expected: String) throws {
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(on: Plans.day)
    for visit in visits { life.visit(.postnatal, on: Plans.day + .days(visit)) }
    #expect(try life.plan(on: Plans.day + .days(day), by: [.pregnancy]).found(54) == expected)
  }

  @Test(
    "KN: the same",
    arguments: [
      ([2, 8], 28, "kn_incomplete"), ([3, 8], 28, "kn_incomplete"), ([0, 7], 28, "kn_going_on"),
      ([2, 7, 28], 28, "kn_complete"), ([0, 3, 8], 28, "kn_complete"), ([2], 7, "kn_going_on"),
      ([3], 7, "kn_incomplete"), ([0], 7, "kn_going_on"), ([0], 8, "kn_incomplete"),
      ([0, 2], 8, "kn_incomplete"), ([0, 3], 8, "kn_going_on"), ([0, 7], 8, "kn_going_on"),
      ([0, 8], 8, "kn_incomplete"), ([-1, 3, 8], 28, "kn_incomplete"),
    ] as [([Int32], Int32, String)])
  func newborns(visits: [Int32], day: Int32, expected: String) throws {
    var life = Life(.female, born: Plans.day)
    for visit in visits { life.visit(.newborn, on: Plans.day + .days(visit)) }
    #expect(try life.plan(on: Plans.day + .days(day), by: [.newborn]).found(55) == expected)
  }

  @Test("A live birth before 20 weeks is asked about, and in another reading before 22")
  func liveBirth() {
    let setting = ClinicalSetting.liveBirthFromDays
    #expect(ClinicalSettings()[setting] == 20 * 7)
    #expect(setting.readings.map(\.value) == [20 * 7, 22 * 7])
  }

  @Test("Index and tablets as they are worked out")
  func figures() throws {
    func record(_ observed: [DataElement: Int32]...) throws -> HealthRecord {
      var life = Life(.female, born: "1998-03-01")
      life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
      for (place, values) in observed.enumerated() {
        life.visit(.antenatal, on: ("2026-03-01" as CivilDate) + .days(Int32(place)), values)
      }
      return try life.record(on: "2026-04-01")
    }
    // 63.1 kg / (1.4015 m)² = 32.125001 and 66.7 kg / (1.408 m)² = 33.644999.
    for (weight, height, index): (Int32, Int32, Int32?) in [
      (63_100, 14_015, 3_213), (66_700, 14_080, 3_364), (60_000, 0, nil), (60_000, 1, nil),
    ] {
      let found = try record([.weightBeforePregnancy: weight, .lengthOrHeight: height])
      #expect(found.latest(.bodyMassBefore)?.value == index)
    }
    let tablets = try record(
      [.ironTabletsGiven: 1_000, .ironTabletsTaken: 1_000],
      [.ironTabletsGiven: 1_500, .ironTabletsTaken: 1_500])
    #expect(tablets.latest(.ironTabletsGivenSoFar)?.value == 2_000)
    #expect(tablets.latest(.ironTabletsTakenSoFar)?.value == 2_000)
  }
}
