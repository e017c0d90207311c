import Guidance
import Health
import Testing

@testable import Programmes

/// Clocks that are moved through whole episodes, day by day.
@Suite("Walks")
struct WalkTests {
  /// Goes through every day and tells on which a service changed its word.
  static func changes(
    of service: UInt16, from first: CivilDate, through last: CivilDate, _ life: Life
  ) throws -> [String] {
    var told: [String] = []
    var before = ""
    var day = first
    while day <= last {
      let word = try life.plan(on: day, by: Guideline.motherAndChild).word(service)
      if word != before { told.append("\((day - first).count) \(word)") }
      before = word
      day = day + .days(1)
    }
    return told
  }

  /// A pregnancy as it should be: six visits, two by a doctor, birth at 39 weeks, four visits after.
  static let period: CivilDate = "2026-01-01"
  static let mother: Life = {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: period, known: period + .days(50)) {
      ($0.gravida, $0.para, $0.livingChildren, $0.losses, $0.fetuses) = (2, 1, 1, 0, 1)
      $0.lastPregnancyEnded = "2022-05-01"
    }
    for (days, isDoctor) in [
      (60, true), (110, false), (150, false), (190, false), (240, true), (265, false),
    ] {
      life.visit(
        .antenatal, on: period + .days(Int32(days)), by: isDoctor ? .doctor : .midwife,
        [
          .weight: 50_000 + Int32(days) * 40, .systolicPressure: 110, .diastolicPressure: 70,
          .ironTabletsGiven: 30, .ironTabletsTaken: 30, .ultrasoundDone: isDoctor ? 1 : 0,
          .haemoglobin: 115,
        ])
    }
    life.gaveBirth(on: period + .days(273))
    for (days, capsules) in [(1, 1), (5, 2), (14, 2), (35, 2)] as [(Int32, Int32)] {
      life.visit(
        .postnatal, on: period + .days(273 + days),
        [.lochiaNormal: 1, .motherVitaminACapsules: capsules])
    }
    return life
  }()

  @Test(
    "A pregnancy from K1 to KF4",
    arguments: [
      (1, ["0 -", "50 due", "60 done", "316 -"]),
      (2, ["0 -", "50 upcoming", "91 due", "110 done", "316 -"]),
      // Four weeks after the visit before until 28 weeks, then two.
      // One is owed at a time: while K2 is, K3 is to come, and K5 and K6 while K4 is.
      (3, ["0 -", "50 upcoming", "138 due", "150 done", "316 -"]),
      (4, ["0 -", "50 upcoming", "178 due", "190 done", "316 -"]),
      (5, ["0 -", "50 upcoming", "218 due", "240 done", "316 -"]),
      (6, ["0 -", "50 upcoming", "254 due", "265 done", "316 -"]),
      (7, ["0 -", "50 due", "60 done", "273 -"]),
      (8, ["0 -", "50 upcoming", "175 due", "240 done", "273 -"]),
      (11, ["0 -", "273 due", "274 done", "316 -"]),
      (12, ["0 -", "273 upcoming", "276 due", "278 done", "316 -"]),
      (13, ["0 -", "273 upcoming", "281 due", "287 done", "316 -"]),
      (14, ["0 -", "273 upcoming", "302 due", "308 done", "316 -"]),
      // Vitamin A: one capsule at KF1, the second at KF2.
      (81, ["0 -", "273 due", "278 done", "316 -"]),
      // Lokia at every visit.
      (
        77,
        [
          "0 -", "273 due", "274 done", "276 due", "278 done", "281 due", "287 done", "302 due",
          "308 done", "316 -",
        ]
      ),
      // Ultrasound at K1 and K5, which has its turn four weeks after K4.
      (70, ["0 -", "50 due", "60 done", "218 due", "240 done", "273 -"]),
      (31, ["0 -", "50 due", "60 done", "273 -"]),
      (36, ["0 -", "50 due", "134 late", "273 -"]),
    ] as [(UInt16, [String])])
  func pregnancy(service: UInt16, expected: [String]) throws {
    #expect(
      try Self.changes(
        of: service, from: Self.period, through: Self.period + .days(330), Self.mother)
        == expected)
  }

  @Test("The same pregnancy is complete, its tablets counted, its classes quiet")
  func complete() throws {
    let term = try Self.mother.plan(on: Self.period + .days(270), by: Guideline.motherAndChild)
    #expect(term.found(40) == "k1_within_trimester")
    #expect(term.found(41) == "k6_complete")
    #expect(term.found(44) == "iron_complete")
    #expect(term.found(1) == "no_anaemia")
    #expect(term.dangers.isEmpty)
    let after = try Self.mother.plan(on: Self.period + .days(309), by: Guideline.motherAndChild)
    #expect(after.found(54) == "kf_complete")
    #expect(after.found(50) == "ended_live_birth")
    let later = try Self.mother.plan(
      on: Self.period + .days(273 + 43), by: Guideline.motherAndChild)
    #expect(later.services.isEmpty)
    #expect(later.found(68) == "mec_1")
  }

  /// A child who comes to the Posyandu on the tenth of every month.
  static let born: CivilDate = "2024-01-20"
  static let child: Life = {
    var life = Life(.female, born: born, weight: 3_100, gestation: 277)
    life.visit(
      .newborn, on: born,
      [.earlyBreastfeeding: 1, .vitaminK: 1, .eyeOintment: 1, .weight: 3_100])
    life.visit(
      .newborn, on: born + .days(1),
      [.oxygenSaturation: 98, .footSaturation: 98, .weight: 3_050, .jaundice: 0])
    life.visit(.newborn, on: born + .days(4), [.thyroidSampleTaken: 1, .weight: 3_100])
    life.visit(.newborn, on: born + .days(15), [.stoolColour: 5, .weight: 3_500])
    for month in 1..<72 as Range<Int32> {
      let day = CivilDate(dayNumber: born.addingMonths(Int(month)).dayNumber - 10)
      var observed: [DataElement: Int32] = [
        .weight: 3_500 + month * 250, .lengthOrHeight: 5_000 + month * 90,
      ]
      if [2, 8].contains(day.components.month), month >= 7 { observed[.vitaminA] = 1 }
      if day.components.month == 8, month >= 13 { observed[.deworming] = 1 }
      for (index, age) in DevelopmentQuestionnaire.ages.enumerated() where age + 1 == month {
        for item in 0..<10 { observed[DevelopmentQuestionnaire.all[index].element(item)] = 1 }
      }
      life.visit(.childDevelopment, on: day, by: .midwife, observed)
    }
    return life
  }()

  @Test(
    "A child from birth to school",
    arguments: [
      (41, ["0 done", "29 -"]), (42, ["0 done", "29 -"]),
      (21, ["0 done", "29 -"]), (22, ["0 upcoming", "3 due", "4 done", "29 -"]),
      (23, ["0 upcoming", "8 due", "15 done", "29 -"]),
      (45, ["0 upcoming", "2 due", "4 done", "29 -"]),
      (141, ["0 upcoming", "1 done", "29 -"]),
      (
        143, ["0 upcoming", "14 due", "15 done", "31 due", "45 late", "60 due", "74 late", "121 -"]
      ),
      (54, ["0 -", "152 upcoming", "182 due", "213 late", "274 -"]),
    ] as [(UInt16, [String])])
  func firstYear(service: UInt16, expected: [String]) throws {
    #expect(
      try Self.changes(of: service, from: Self.born, through: Self.born + .days(300), Self.child)
        == expected)
  }

  @Test("The KPSP of every age is done a month late, and none is missed")
  func questionnaires() throws {
    for (index, age) in DevelopmentQuestionnaire.ages.enumerated() where age < 71 {
      let day = CivilDate(dayNumber: Self.born.addingMonths(Int(age) + 1).dayNumber - 10)
      let before = try Self.child.plan(
        on: CivilDate(dayNumber: day.dayNumber - 1), by: [.childDevelopment])
      #expect(before.word(UInt16(100 + index)) == "due", "\(age)")
      let plan = try Self.child.plan(on: day, by: [.childDevelopment])
      #expect(plan.word(UInt16(100 + index)) == "done", "\(age)")
      #expect(plan.found(85) == "development_as_expected", "\(age)")
    }
  }

  @Test("Vitamin A nine times and deworming five times until six years, none when it is not due")
  func rounds() throws {
    var capsules = 0
    var worms = 0
    for month in 1..<72 {
      let day = CivilDate(dayNumber: Self.born.addingMonths(month).dayNumber - 10)
      let plan = try Self.child.plan(on: day, by: [.child])
      if plan.word(52) == "done" { capsules += 1 }
      if plan.word(53) == "done" { worms += 1 }
      #expect(!plan.isOwed(52))
      #expect(!plan.isOwed(53))
    }
    #expect(capsules == 9)
    #expect(worms == 5)
  }

  @Test("After six years nothing of the child's guidelines but the last development is owed")
  func school() throws {
    let plan = try Self.child.plan(on: "2031-01-20", by: Guideline.motherAndChild)
    #expect(plan.services.isEmpty)
  }
}
