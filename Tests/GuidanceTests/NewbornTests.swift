import Guidance
import Health
import Testing

@testable import Programmes

/// The first days, the screenings, small newborns.
@Suite("Newborns")
struct NewbornTests {
  @Test(
    "What is owed when",
    arguments: [
      // At the breast in the first hour.
      (41, 0, "due"), (41, 1, "missed"),
      // Vitamin K1 as long as it is a newborn, eye ointment until KN1 is over.
      (42, 0, "due"), (42, 1, "late"), (42, 3, "late"), (42, 28, "late"), (42, 29, "-"),
      (43, 2, "late"), (43, 3, "missed"),
      // SHK from 48 hours to 14 days.
      (45, 1, "upcoming"), (45, 2, "due"), (45, 3, "due"), (45, 4, "late"), (45, 14, "late"),
      (45, 15, "missed"), (142, 1, "upcoming"), (142, 2, "due"), (142, 15, "missed"),
      // Heart at 24 to 48 hours.
      (141, 0, "upcoming"), (141, 1, "due"), (141, 2, "due"), (141, 3, "late"), (141, 28, "late"),
      (141, 29, "-"),
      // Colour of the stool at two weeks, one month, from two months.
      (143, 13, "upcoming"), (143, 14, "due"), (143, 27, "due"), (143, 28, "late"),
    ] as [(UInt16, Int32, String)])
  func windows(service: UInt16, days: Int32, word: String) throws {
    #expect(try Plans.child(.days(days), purpose: []).word(service) == word)
  }

  @Test("A district may end vitamin K1 with KN1; who has it owes nothing")
  func vitaminK() throws {
    let settings = Plans.set((.vitaminKUntilDays, 3))
    #expect(try Plans.child(.days(2), settings: settings).word(42) == "late")
    #expect(try Plans.child(.days(3), settings: settings).word(42) == "missed")
    for (answer, word): (Int32, String) in [(0, "late"), (1, "done")] {
      let plan = try Plans.child(.days(9), [.vitaminK: answer], purpose: .newborn)
      #expect(plan.word(42) == word)
    }
  }

  @Test(
    "Under 2000 g and of unknown weight at birth: to a hospital, until two months of age",
    arguments: [
      // Weight at birth, on day 3, now; the age in days; the class of table 332; that of table 70,
      // nothing where it hangs on how long the infant was thin.
      (nil, nil, 1_800, 10, "light_young_infant_to_refer", "thin_newborn_referred"),
      (nil, nil, 1_999, 10, "light_young_infant_to_refer", "thin_newborn_referred"),
      (nil, nil, 2_000, 10, nil, "thin_infant"),
      (nil, nil, 1_999, 28, "light_young_infant_to_refer", "thin_newborn_referred"),
      (nil, nil, 1_999, 40, "light_young_infant_to_refer", "thin_infant"),
      (nil, nil, 1_999, 58, "light_young_infant_to_refer", "thin_infant"),
      (nil, nil, 1_999, 62, nil, "thin_infant"),
      // Told by the class of the weight at birth, or by the first week.
      (1_999, nil, 1_800, 10, nil, "thin_newborn_referred"),
      (nil, 1_900, 1_900, 10, nil, "thin_newborn_referred"),
      (nil, 1_999, 1_990, 10, nil, "thin_newborn_referred"),
      (nil, 2_000, 1_990, 10, "light_young_infant_to_refer", "thin_newborn_referred"),
      (nil, 1_900, 1_999, 40, "light_young_infant_to_refer", nil),
      // Nothing refers whoever is known to have been born with more, and well.
      (2_100, 2_010, 1_990, 8, nil, "thin_infant"), (2_100, 2_010, 1_999, 8, nil, "thin_infant"),
      (2_100, 2_010, 2_000, 8, nil, "small_newborn_followed"),
    ] as [(Int32?, Int32?, Int32, Int32, String?, String?)])
  func lightYoungInfant(
    birth: Int32?, third: Int32?, weight: Int32, days: Int32, found: String?, growth: String?
  ) throws {
    let born: CivilDate = "2026-03-01"
    let today = born + .days(days)
    var life = Life(.male, born: born, weight: birth)
    if let third { life.visit(.newborn, on: "2026-03-04", [.weight: third]) }
    let fact = life.visit(.newborn, on: today, [.weight: weight])
    var record = try life.record(on: today)
    record.observe(DataElement.weightForAgeScore.code, -390, on: today, fact: fact)
    record.observe(DataElement.weightForLengthScore.code, 0, on: today, fact: fact)
    var evaluation = Evaluation(record, settings: ClinicalSettings())
    func name(of table: DecisionTable) -> String? {
      guard case .row(let place, _) = table.classify(&evaluation) else { return nil }
      return table.rows[Int(place)].name.description
    }
    #expect(name(of: .lightYoungInfant) == found)
    if let growth { #expect(name(of: .growthFollowUp) == growth) }
    // What is said to be referred is.
    if growth == "thin_newborn_referred" {
      let classes: [DecisionTable] = [.lightYoungInfant, .birthWeightClass]
      #expect(
        classes.contains {
          guard case .row(let place, _) = $0.classify(&evaluation) else { return false }
          return $0.rows[Int(place)].actions.contains(.referToHospitalNow)
        })
    }
  }

  @Test("SHK may begin after 24 hours and end after seven days")
  func thyroidSettings() throws {
    let settings = Plans.set((.thyroidSampleFrom, 1), (.thyroidSampleUntil, 7))
    #expect(try Plans.child(.days(1), settings: settings).word(45) == "due")
    #expect(try Plans.child(.days(7), settings: settings).word(45) == "late")
    #expect(try Plans.child(.days(8), settings: settings).word(45) == "missed")
  }

  @Test(
    "A second sample for those who need it",
    arguments: [
      (2_499, 280, [:], "due"), (2_500, 280, [:], "-"), (3_000, 258, [:], "due"),
      (3_000, 259, [:], "-"),
      (3_000, 280, [.illAtBirth: 1], "due"), (3_000, 280, [.sameSexTwin: 1], "due"),
      (3_000, 280, [.thyroidResult: 2], "due"), (3_000, 280, [.thyroidResult: 1], "-"),
    ] as [(Int32, Int32, [DataElement: Int32], String)])
  func secondSample(
    weight: Int32, gestation: Int32, observed: [DataElement: Int32], word: String
  ) throws {
    var life = Life(.male, born: "2026-03-01", weight: weight, gestation: gestation)
    life.visit(.newborn, on: "2026-03-03", observed.merging([.thyroidSampleTaken: 1]) { $1 })
    #expect(
      try life.plan(on: "2026-03-16", by: [.newborn]).word(140) == (word == "-" ? "-" : "upcoming"))
    #expect(try life.plan(on: "2026-03-17", by: [.newborn]).word(140) == word)
    #expect(
      try life.plan(on: "2026-03-24", by: [.newborn]).word(140) == (word == "-" ? "-" : "late"))
    life.visit(.newborn, on: "2026-03-18", [.thyroidSampleTaken: 1])
    #expect(try life.plan(on: "2026-04-05", by: [.newborn]).word(140) == "-")
  }

  @Test("A third sample where the district wants it")
  func thirdSample() throws {
    var life = Life(.male, born: "2026-03-01", weight: 2_000)
    life.visit(.newborn, on: "2026-03-03", [.thyroidSampleTaken: 1])
    life.visit(.newborn, on: "2026-03-17", [.thyroidSampleTaken: 1])
    let settings = Plans.set((.thyroidSamplesNeeded, 3))
    #expect(try life.plan(on: "2026-03-31", by: [.newborn]).word(140) == "-")
    #expect(try life.plan(on: "2026-03-31", by: [.newborn], settings: settings).word(140) == "due")
  }

  @Test(
    "Size at birth",
    arguments: [
      (999, "extremely_low_birth_weight"), (1_000, "very_low_birth_weight"),
      (1_499, "very_low_birth_weight"), (1_500, "low_birth_weight_to_refer"),
      (1_999, "low_birth_weight_to_refer"), (2_000, "low_birth_weight"),
      (2_499, "low_birth_weight"), (2_500, "enough_birth_weight"), (4_000, "enough_birth_weight"),
      (4_001, "large_birth_weight"),
    ] as [(Int32, String)])
  func birthWeight(weight: Int32, expected: String) throws {
    #expect(try Plans.child(.days(2), weight: weight).found(20) == expected)
  }

  @Test("A small newborn who is ill is referred; 4000 g may count as large")
  func birthWeightSettings() throws {
    #expect(
      try Plans.child(.days(2), [.illAtBirth: 1], weight: 2_300).found(20)
        == "low_birth_weight_ill")
    let weighedLater = try Plans.child(
      .days(3), [.weight: 2_200, .illAtBirth: 1], weight: nil, purpose: .newborn)
    #expect(weighedLater.found(20) == "low_birth_weight_ill")
    #expect(
      try Plans.child(.days(2), weight: 4_000, settings: Plans.set((.largeBirthWeight, 4_000)))
        .found(20) == "large_birth_weight")
  }

  @Test(
    "The weight at birth: what was told as such, else the first weighing of the day of birth",
    arguments: [
      // Told by the register; told at a visit; weighings by day.
      (nil, nil, [(0, 2_520), (0, 2_480)], 2_520), (nil, nil, [(0, 2_480), (0, 2_520)], 2_480),
      (nil, nil, [(1, 2_480)], nil), (nil, nil, [(-1, 2_480)], nil), (nil, nil, [], nil),
      (nil, nil, [(0, 2_520), (1, 2_400)], 2_520),
      (2_600, nil, [(0, 2_520), (0, 2_480)], 2_600), (nil, 2_600, [(0, 2_520)], 2_600),
      (2_600, nil, [], 2_600), (nil, 2_600, [], 2_600),
    ] as [(Int32?, Int32?, [(Int32, Int32)], Int32?)])
  func weightAtBirth(
    told: Int32?, atVisit: Int32?, weighings: [(Int32, Int32)], expected: Int32?
  ) throws {
    let born: CivilDate = "2026-03-01"
    var life = Life(.male, born: born, weight: told)
    for (days, weight) in weighings {
      life.visit(.newborn, on: born + .days(days), [.weight: weight])
    }
    if let atVisit { life.visit(.newborn, on: born + .days(3), [.birthWeight: atVisit]) }
    #expect(try life.record(on: born + .days(5)).latest(.birthWeight)?.value == expected)
  }

  @Test(
    "A slower second count stays for as long as the first one counts", arguments: [0, 1, 13, 14])
  func secondCountLater(days: Int32) throws {
    let day: CivilDate = "2026-03-03"
    for (again, isDanger): (Int32, Bool) in [(59, false), (60, true)] {
      var life = Life(.male, born: "2026-03-01", weight: 3_000)
      life.visit(.sickChild, on: day, [.breathsPerMinute: 66, .breathsCountedAgain: again])
      let plan = try life.plan(on: day + .days(days), by: [.newborn])
      #expect(plan.dangerCodes.isEmpty == !(isDanger && days < 14), "\(again)")
    }
  }

  @Test("A slower second count takes the danger of the first away; the next visit counts anew")
  func secondCount() throws {
    var life = Life(.male, born: "2026-03-01", weight: 3_000)
    life.visit(.sickChild, on: "2026-03-06", [.breathsPerMinute: 66])
    let breaths: Set<UInt16> = [DataElement.breathsPerMinute.code]
    #expect(try life.plan(on: "2026-03-06", by: [.newborn]).dangerCodes == breaths)
    life.visit(.sickChild, on: "2026-03-07", [.breathsPerMinute: 66, .breathsCountedAgain: 60])
    #expect(try life.plan(on: "2026-03-07", by: [.newborn]).dangerCodes == breaths)
    life.visit(.sickChild, on: "2026-03-08", [.breathsPerMinute: 66, .breathsCountedAgain: 59])
    #expect(try life.plan(on: "2026-03-08", by: [.newborn]).dangerCodes.isEmpty)
    life.visit(.sickChild, on: "2026-03-09", [.breathsPerMinute: 61])
    #expect(try life.plan(on: "2026-03-09", by: [.newborn]).dangerCodes == breaths)
  }

  @Test(
    "Weeks at birth",
    arguments: [
      (258, "born_early"), (259, "born_in_time"), (293, "born_in_time"), (294, "born_late"),
    ] as [(Int32, String)])
  func gestation(days: Int32, expected: String) throws {
    #expect(try Plans.child(.days(2), gestation: days).found(58) == expected)
  }

  @Test(
    "Saturation of hand and foot",
    arguments: [
      (95, 95, "heart_passes"), (98, 95, "heart_passes"), (95, 98, "heart_passes"),
      (99, 95, "heart_again"), (94, 95, "heart_again"), (97, 94, "heart_again"),
      (90, 90, "heart_again"), (89, 95, "heart_refer"), (95, 89, "heart_refer"),
    ] as [(Int32, Int32, String)])
  func heart(hand: Int32, foot: Int32, expected: String) throws {
    let observed: [DataElement: Int32] = [.oxygenSaturation: hand, .footSaturation: foot]
    #expect(try Plans.child(.days(1), observed).found(56) == expected)
  }

  @Test("The Buku KIA wants more than 95 and less than 3")
  func heartByBook() throws {
    let settings = Plans.set((.saturationThatPasses, 96), (.saturationDifference, 3))
    for (hand, foot, expected): (Int32, Int32, String) in [
      (96, 98, "heart_passes"), (95, 97, "heart_again"), (96, 99, "heart_again"),
    ] {
      let observed: [DataElement: Int32] = [.oxygenSaturation: hand, .footSaturation: foot]
      #expect(
        try Plans.child(.days(1), observed, settings: settings).found(56) == expected)
    }
  }

  @Test("The third borderline saturation is referred; a good one begins anew")
  func heartThrice() throws {
    var life = Life(.male, born: "2026-03-01", weight: 3_000)
    for _ in 0..<2 {
      life.visit(.newborn, on: "2026-03-02", [.oxygenSaturation: 93, .footSaturation: 93])
    }
    #expect(try life.plan(on: "2026-03-02", by: [.newborn]).found(56) == "heart_again")
    var well = life
    life.visit(.newborn, on: "2026-03-02", [.oxygenSaturation: 93, .footSaturation: 93])
    #expect(try life.plan(on: "2026-03-02", by: [.newborn]).found(56) == "heart_refer")
    well.visit(.newborn, on: "2026-03-02", [.oxygenSaturation: 97, .footSaturation: 97])
    #expect(try well.plan(on: "2026-03-02", by: [.newborn]).found(56) == "heart_passes")
    well.visit(.newborn, on: "2026-03-03", [.oxygenSaturation: 93, .footSaturation: 93])
    #expect(try well.plan(on: "2026-03-03", by: [.newborn]).found(56) == "heart_again")
  }

  @Test("A hand alone is not enough, and it says what is missing")
  func handAlone() throws {
    #expect(
      try Plans.child(.days(1), [.oxygenSaturation: 97]).missing(56)
        == .element(DataElement.footSaturation.code))
  }

  @Test(
    "Colour of the stool",
    arguments: [(1, "stool_pale"), (3, "stool_pale"), (4, "stool_coloured"), (7, "stool_coloured")]
      as [(Int32, String)])
  func stool(colour: Int32, expected: String) throws {
    #expect(try Plans.child(.days(20), [.stoolColour: colour]).found(57) == expected)
    #expect(try Plans.child(.months(4), [.stoolColour: colour]).found(57) == nil)
  }

  @Test("Each age of the stool's colour is owed for itself")
  func stoolAges() throws {
    var life = Life(.male, born: "2026-03-01", weight: 3_000)
    life.visit(.newborn, on: "2026-03-16", [.stoolColour: 5])
    let words =
      ["2026-03-31", "2026-04-01", "2026-04-30", "2026-05-01", "2026-06-30", "2026-07-01"]
      as [CivilDate]
    #expect(
      try words.map { try life.plan(on: $0, by: [.newborn]).word(143) }
        == ["done", "due", "late", "due", "late", "-"])
  }

  @Test(
    "Result of SHK",
    arguments: [(1, "thyroid_normal"), (2, "thyroid_unclear"), (3, "thyroid_positive")]
      as [(Int32, String)])
  func thyroid(result: Int32, expected: String) throws {
    #expect(try Plans.child(.days(20), [.thyroidResult: result]).found(59) == expected)
  }

  @Test("A small newborn is seen weekly until it weighs 2500 g")
  func weekly() throws {
    var life = Life(.male, born: "2026-03-01", weight: 2_200)
    #expect(try life.plan(on: "2026-03-07", by: [.newborn]).word(144) == "upcoming")
    #expect(try life.plan(on: "2026-03-08", by: [.newborn]).word(144) == "due")
    #expect(try life.plan(on: "2026-03-15", by: [.newborn]).word(144) == "late")
    life.visit(.newborn, on: "2026-03-10", [.weight: 2_180])
    #expect(try life.plan(on: "2026-03-16", by: [.newborn]).word(144) == "done")
    #expect(try life.plan(on: "2026-03-17", by: [.newborn]).word(144) == "due")
    var heavy = life
    heavy.visit(.newborn, on: "2026-03-17", [.weight: 2_500])
    #expect(try heavy.plan(on: "2026-04-17", by: [.newborn]).word(144) == "-")
    life.visit(.newborn, on: "2026-03-17", [.weight: 2_499])
    #expect(try life.plan(on: "2026-04-17", by: [.newborn]).word(144) == "late")
    #expect(try Plans.child(.days(20), weight: 2_500).word(144) == "-")
  }

  @Test(
    "From the tenth day a small newborn gains 20 g a day",
    arguments: [
      (9, 15, 2_119, "small_baby_gains_little"), (9, 15, 2_120, "small_baby_gains"),
      (9, 15, 1_990, "small_baby_gains_little"), (3, 9, 1_900, nil),
      (4, 10, 1_900, "small_baby_gains_little"),
    ] as [(Int32, Int32, Int32, String?)])
  func dailyGain(first: Int32, second: Int32, weight: Int32, expected: String?) throws {
    let born: CivilDate = "2026-03-01"
    var life = Life(.male, born: born, weight: 2_100)
    life.visit(.newborn, on: born + .days(first), [.weight: 2_000])
    life.visit(.newborn, on: born + .days(second), [.weight: weight])
    #expect(try life.plan(on: born + .days(second), by: [.newborn]).found(83) == expected)
  }

  @Test("Signs of danger of a newborn")
  func danger() throws {
    for sign in [
      DataElement.notSuckling, .fits, .jaundice, .infectedNavel, .diarrhoea, .paleStool,
      .weakNewborn, .moaning, .blueOrPale,
    ] {
      #expect(try Plans.child(.days(5), [sign: 1]).dangerCodes == [sign.code], "\(sign.name)")
      // From the 29th day only what the young infant's page still calls a danger.
      let later: Set<UInt16> = [.notSuckling, .fits].contains(sign) ? [sign.code] : []
      #expect(try Plans.child(.days(29), [sign: 1]).dangerCodes == later, "\(sign.name)")
    }
    for (element, value, isDanger): (DataElement, Int32, Bool) in [
      (.breathsPerMinute, 59, false), (.breathsPerMinute, 60, true), (.temperature, 364, true),
      (.temperature, 365, false), (.temperature, 375, false), (.temperature, 376, true),
    ] {
      #expect(try Plans.child(.days(5), [element: value]).dangerCodes.isEmpty == !isDanger)
    }
  }

  @Test("Asked for the medicine and answered no is not given; what was once given counts")
  func infectionPrevented() throws {
    for (answers, word): ([Int32], String) in [([0], "due"), ([1], "done"), ([1, 0], "done")] {
      var life = Life(.male, born: "2026-03-01", weight: 3_000)
      for answer in answers {
        life.visit(.newborn, on: "2026-03-02", [.infectionPrevented: answer])
      }
      #expect(try life.plan(on: "2026-03-03", by: [.newborn]).word(91) == word, "\(answers)")
      // It is asked at each visit: KN2 and KN3 owe it too.
      #expect(
        try BookTests.asked(.newborn, life, on: "2026-03-04")
          .contains(DataElement.infectionPrevented.code))
    }
  }

  @Test("Without a date of birth nothing is told")
  func noBirth() throws {
    let life = Life(.male, born: nil)
    let plan = try life.plan(on: "2026-03-03", by: [.newborn])
    #expect(plan.status(of: 42) == .unknown(.birthDate))
    #expect(plan.status(of: 143) == .unknown(.birthDate))
  }
}
