import Guidance
import Health
import Testing

@testable import Programmes

/// Which method of contraception fits in the year after a birth or a loss, and the one in use.
@Suite("Contraception after the end of a pregnancy")
struct ContraceptionTests {
  /// Number of the table, days after, breastfeeding, clot risk, category.
  static let categories: [(UInt16, Int32, Int32, Int32, String)] = [
    (60, 1, 1, 0, "mec_1"), (60, 2, 1, 0, "mec_3"), (60, 27, 1, 0, "mec_3"),
    (60, 28, 1, 0, "mec_1"),
    (61, 1, 1, 0, "mec_2"), (61, 1, 3, 0, "mec_1"), (61, 2, 3, 0, "mec_3"), (61, 28, 1, 0, "mec_1"),
    (62, 41, 1, 0, "mec_2"), (62, 42, 1, 0, "mec_1"), (62, 5, 3, 0, "mec_1"),
    (63, 41, 2, 0, "mec_2"), (63, 42, 2, 0, "mec_1"), (63, 5, 3, 0, "mec_1"),
    (64, 41, 1, 0, "mec_3"), (64, 42, 1, 0, "mec_1"), (64, 5, 3, 0, "mec_1"),
    (65, 41, 1, 0, "mec_4"), (65, 42, 1, 0, "mec_3"), (65, 181, 1, 0, "mec_3"),
    (65, 182, 1, 0, "mec_2"),
    (65, 20, 3, 0, "mec_3"), (65, 20, 3, 1, "mec_4"), (65, 21, 3, 0, "mec_2"),
    (65, 21, 3, 1, "mec_3"), (65, 41, 3, 1, "mec_3"), (65, 42, 3, 1, "mec_1"),
    (65, 42, 3, 0, "mec_1"),
    (66, 5, 1, 0, "mec_1"), (66, 5, 2, 0, "lam_too_little"), (66, 5, 3, 0, "lam_too_little"),
    (66, 181, 1, 0, "mec_1"),
    (66, 182, 1, 0, "lam_too_little"), (66, 183, 1, 0, "lam_too_little"),
    // Tubectomy is never free: it lasts for ever.
    (67, 6, 1, 0, "mec_with_care"), (67, 7, 1, 0, "mec_3"), (67, 41, 1, 0, "mec_3"),
    (67, 42, 1, 0, "mec_with_care"),
    (68, 1, 1, 0, "mec_1"),
  ]

  @Test("Methods after birth by WHO's categories", arguments: categories)
  func methods(table: UInt16, days: Int32, feeding: Int32, clots: Int32, expected: String) throws {
    let plan = try Plans.ended(
      days, .liveBirth,
      Self.healthy.merging([.breastfeeding: feeding, .clotRisk: clots, .mensesReturned: 0]) { $1 })
    #expect(plan.found(table) == expected)
  }

  /// Nothing stands against any method.
  static let healthy: [DataElement: Int32] = [
    .systolicPressure: 120, .diastolicPressure: 80, .wombInfection: 0, .clotRisk: 0,
  ]

  /// Number of the table, days after, what is known, the category or what is missing.
  static let unknowns: [(UInt16, Int32, [DataElement: Int32], String?, DataElement?)] = [
    // Before 21 days no way of feeding allows combined pills.
    (65, 9, [:], "mec_3", nil), (65, 20, [:], "mec_3", nil),
    (65, 9, [.systolicPressure: 120, .diastolicPressure: 80], "mec_3", nil),
    (65, 9, [.systolicPressure: 160, .diastolicPressure: 80], "mec_4", nil),
    (65, 9, [.systolicPressure: 120, .diastolicPressure: 100], "mec_4", nil),
    (65, 21, healthy, nil, .breastfeeding), (65, 60, healthy, nil, .breastfeeding),
    (65, 60, [.breastfeeding: 3], nil, .systolicPressure),
    (65, 30, [.breastfeeding: 3, .systolicPressure: 120, .diastolicPressure: 80], nil, .clotRisk),
    (64, 9, healthy, nil, .breastfeeding), (64, 60, [.breastfeeding: 3], nil, .systolicPressure),
    (64, 42, healthy, "mec_1", nil),
    (60, 1, [:], nil, .wombInfection), (60, 9, [:], "mec_3", nil),
    (61, 60, [:], nil, .wombInfection), (66, 9, [:], nil, .breastfeeding),
    (68, 9, [:], "mec_1", nil),
  ]

  @Test("What nobody asked does not make a method allowed", arguments: unknowns)
  func unknownInputs(
    table: UInt16, days: Int32, observed: [DataElement: Int32], expected: String?,
    missing: DataElement?
  ) throws {
    let plan = try Plans.ended(days, .liveBirth, observed)
    #expect(plan.found(table) == expected)
    #expect(plan.missing(table) == missing.map { .element($0.code) })
  }

  @Test(
    "Blood pressure: 140/90 and 160/100, either figure, by method",
    arguments: [
      (139, 89, "mec_1", "mec_1", "mec_1"), (140, 80, "mec_3", "mec_2", "mec_1"),
      (120, 90, "mec_3", "mec_2", "mec_1"), (159, 99, "mec_3", "mec_2", "mec_1"),
      (160, 80, "mec_4", "mec_3", "mec_2"), (120, 100, "mec_4", "mec_3", "mec_2"),
    ] as [(Int32, Int32, String, String, String)])
  func pressure(
    systolic: Int32, diastolic: Int32, combined: String, injection: String, implant: String
  ) throws {
    let observed: [DataElement: Int32] = Self.healthy.merging([
      .breastfeeding: 3, .systolicPressure: systolic, .diastolicPressure: diastolic,
    ]) { $1 }
    let plan = try Plans.ended(60, .liveBirth, observed)
    #expect(plan.found(65) == combined)
    #expect(plan.found(64) == injection)
    for table in [UInt16(61), 62, 63] { #expect(plan.found(table) == implant) }
    #expect(plan.found(60) == "mec_1")
    #expect(try Plans.ended(5, .miscarriage, gestation: 80, observed).found(65) == combined)
  }

  @Test(
    "Tubectomy: special from 160/100, delayed after severe preeclampsia or fits, else with care",
    arguments: [
      (3, [:], "mec_with_care"), (3, [.systolicPressure: 140], "mec_with_care"),
      (3, [.systolicPressure: 159, .diastolicPressure: 99], "mec_with_care"),
      (3, [.systolicPressure: 160], "mec_special"), (3, [.diastolicPressure: 100], "mec_special"),
      (3, [.systolicPressure: 165, .diastolicPressure: 112], "mec_special"),
      (3, [.systolicPressure: 160, .urineProtein: 3], "mec_special"),
      (3, [.systolicPressure: 160, .urineProtein: 4], "mec_delay"),
      (3, [.systolicPressure: 140, .headacheBlurredSight: 1], "mec_delay"),
      (3, [.birthFits: 1], "mec_delay"), (3, [.fits: 1], "mec_delay"),
      // Between 7 and 42 days it waits whatever the pressure is.
      (7, [.systolicPressure: 160], "mec_3"), (42, [.systolicPressure: 160], "mec_special"),
      (42, [.birthFits: 1], "mec_delay"), (43, [.birthFits: 1], "mec_with_care"),
    ] as [(Int32, [DataElement: Int32], String)])
  func tubectomy(days: Int32, changes: [DataElement: Int32], expected: String) throws {
    let plan = try Plans.ended(days, .liveBirth, Self.healthy.merging(changes) { $1 })
    #expect(plan.found(67) == expected)
  }

  @Test(
    "Signs of an infected womb delay tubectomy for two weeks: the last day and the day after",
    arguments: [DataElement.smellyLochia, .foulDischarge, .wombInfection, .feverTwoDays])
  func infectedEarlier(sign: DataElement) throws {
    for (ago, expected): (Int32, String) in [(13, "mec_delay_infection"), (14, "mec_with_care")] {
      var life = Life(.female, born: "1998-03-01")
      life.gaveBirth(on: Plans.day + .days(-60), gestation: 280)
      life.visit(.postnatal, on: Plans.day + .days(-ago), [sign: 1])
      life.visit(.postnatal, on: Plans.day, Self.healthy.filter { $0.key != sign })
      let plan = try life.plan(on: Plans.day, by: Guideline.motherAndChild)
      #expect(plan.found(67) == expected, "\(ago) days ago")
    }
  }

  @Test("Without a pressure nobody says that tubectomy may be done")
  func tubectomyUnmeasured() throws {
    let plan = try Plans.ended(3, .liveBirth)
    #expect(plan.found(67) == nil && plan.missing(67) != nil)
  }

  /// The choice, days after, feeding, what the plan says of the method in use.
  static let inUse: [(Int32, Int32, Int32, String)] = [
    (8, 9, 1, "method_must_not"), (6, 41, 2, "method_must_not"), (8, 42, 1, "method_should_not"),
    (8, 9, 3, "method_should_not"), (8, 42, 3, "method_fits"), (5, 9, 1, "method_should_not"),
    (5, 42, 1, "method_fits"), (2, 9, 1, "method_delayed"), (2, 28, 1, "method_fits"),
    (11, 6, 1, "method_fits"), (11, 7, 1, "method_delayed"),
    (7, 9, 1, "method_fits"), (9, 9, 1, "method_fits"), (10, 9, 2, "lam_over"),
    (10, 9, 3, "lam_over"), (10, 181, 1, "method_fits"), (10, 182, 1, "lam_over"),
    (10, 183, 1, "lam_over"),
    (12, 9, 1, "method_fits"),
  ]

  @Test("A method in use is judged; the others are shown where she needs another", arguments: inUse)
  func chosen(method: Int32, days: Int32, feeding: Int32, expected: String) throws {
    let observed = Self.healthy.merging([
      .breastfeeding: feeding, .mensesReturned: 0, .contraceptiveMethod: method,
    ]) { $1 }
    let plan = try Plans.ended(days, .liveBirth, observed)
    #expect(plan.found(69) == expected)
    let needsOther = ["method_must_not", "method_should_not", "lam_over"].contains(expected)
    // The condom stands there as another method, and as the one in use.
    #expect((plan.found(68) == "mec_1") == (needsOther || method == 9))
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(on: "2026-06-10")
    life.visit(.postnatal, on: "2026-06-10" + .days(days), observed)
    guard days <= 42 else { return }
    // Who needs another is asked again.
    #expect(
      try BookTests.asked(.postnatal, life, on: "2026-06-10" + .days(days))
        .contains(DataElement.contraceptiveMethod.code) == needsOther)
  }

  @Test(
    "Of a method that fits the plan tells its own table alone; of what was placed none",
    arguments: [
      (2, []), (3, []), (4, [63]), (5, [64]), (6, [65]), (7, [62]), (8, [65]), (9, [68]),
      (11, []), (12, []),
    ] as [(Int32, [UInt16])])
  func told(method: Int32, tables: [UInt16]) throws {
    let plan = try Plans.ended(
      60, .liveBirth,
      Self.healthy.merging([.breastfeeding: 3, .contraceptiveMethod: method]) { $1 })
    #expect(plan.found(69) == "method_fits")
    #expect((60...68).filter { plan.answer(of: $0) != .notApplicable } == tables)
  }

  @Test("What was placed or done in time stays, when the days on which it is delayed have come")
  func placed() throws {
    for (method, day) in [(Int32(2), Int32(1)), (3, 1), (11, 6)] {
      var life = Life(.female, born: "1998-03-01")
      life.gaveBirth(on: "2026-06-01")
      life.visit(
        .postnatal, on: "2026-06-01" + .days(day),
        Self.healthy.merging([.contraceptiveMethod: method]) { $1 })
      let plan = try life.plan(on: "2026-06-10", by: Guideline.motherAndChild)
      #expect(plan.found(69) == "method_fits")
    }
  }

  /// The method, days between an infection and today, what the plan says of the method.
  static let infections: [(Int32, Int32, String)] = [
    (2, 0, "device_with_infection"), (3, 0, "device_with_infection"),
    (2, 13, "device_with_infection"), (2, 14, "method_fits"), (2, 15, "method_fits"),
    // No device: the infection says nothing of the method.
    (4, 0, "method_fits"), (11, 0, "method_fits"),
  ]

  @Test("A device may stay in an infected womb; it is not placed into one", arguments: infections)
  func infected(method: Int32, days: Int32, expected: String) throws {
    let day: CivilDate = "2026-06-01"
    for outcome in [PregnancyOutcome.liveBirth, .miscarriage] {
      var life = Life(.female, born: "1998-03-01")
      life.gaveBirth(on: day, outcome, gestation: outcome == .liveBirth ? 280 : 80)
      let told = Self.healthy.merging([.contraceptiveMethod: method, .breastfeeding: 3]) { $1 }
      life.visit(.familyPlanning, on: day + .days(60), told)
      life.visit(.familyPlanning, on: day + .days(70), [.wombInfection: 1])
      let plan = try life.plan(on: day + .days(70 + days), by: Guideline.motherAndChild)
      #expect(plan.found(69) == expected)
      // When it may be placed is told to nobody who has it.
      let isDevice = method < 4
      if isDevice { #expect(plan.answer(of: method == 2 ? 60 : 61) == .notApplicable) }
    }
    let none = Self.healthy.merging([.wombInfection: 1]) { $1 }
    #expect(try Plans.ended(60, .liveBirth, none).found(60) == "mec_4")
  }

  @Test("An infected womb is a sign of danger for as long as contraception is looked at")
  func infectionIsDanger() throws {
    let code = DataElement.wombInfection.code
    for (days, isDanger) in [
      (Int32(42), true), (43, true), (44, true), (364, true), (365, false),
    ] {
      let plan = try Plans.ended(days, .liveBirth, [.wombInfection: 1])
      #expect(plan.dangers.filter { $0.element == code }.count == (isDanger ? 1 : 0), "\(days)")
      #expect(try Plans.ended(days, .liveBirth, [.wombInfection: 0]).dangers.isEmpty)
    }
  }

  /// What was observed, the class of a device that is to be placed, and of one in use.
  static let signsOfInfection: [([DataElement: Int32], String, String)] = [
    ([:], "mec_1", "method_fits"),
    ([.feverTwoDays: 1], "mec_delay_infection", "device_may_be_infected"),
    ([.smellyLochia: 1], "mec_delay_infection", "device_may_be_infected"),
    ([.feverTwoDays: 0, .smellyLochia: 0], "mec_1", "method_fits"),
    ([.temperature: 379], "mec_1", "method_fits"),
    ([.temperature: 380], "mec_delay_infection", "device_may_be_infected"),
    ([.temperature: 381], "mec_delay_infection", "device_may_be_infected"),
    ([.wombInfection: 1, .smellyLochia: 1], "mec_4", "device_with_infection"),
  ]

  @Test("Fever or a smell of what flows lets no device be placed", arguments: signsOfInfection)
  func mayBeInfected(observed: [DataElement: Int32], toPlace: String, inUse: String) throws {
    // That the womb is not infected was answered with the other signs.
    let known = Self.healthy.merging([.breastfeeding: 3]) { $1 }.merging(observed) { $1 }
    for (days, outcome) in [(Int32(1), PregnancyOutcome.liveBirth), (3, .miscarriage)] {
      let without = try Plans.ended(days, outcome, gestation: 76, known)
      for table in [UInt16(60), 61] { #expect(without.found(table) == toPlace, "\(outcome)") }
      for method in [Int32(2), 3] {
        let used = known.merging([.contraceptiveMethod: method]) { $1 }
        #expect(try Plans.ended(days, outcome, gestation: 76, used).found(69) == inUse)
      }
      #expect(without.found(68) == "mec_1" && without.found(63) == "mec_1")
      let isFree = toPlace == "mec_1"
      #expect((without.found(67) == "mec_with_care") == isFree)
    }
  }

  @Test("Nobody asked about the womb: a device waits all the same, and no class is left out")
  func notAskedAboutWomb() throws {
    let plan = try Plans.ended(3, .miscarriage, gestation: 76, [.feverTwoDays: 1])
    #expect(plan.found(60) == "mec_delay_infection")
    guard case .row(_, let missing) = plan.answer(of: 60) else {
      Issue.record("no class was found")
      return
    }
    #expect(missing == .element(DataElement.wombInfection.code))
  }

  @Test("Fever counts for 14 days", arguments: [(13, false), (14, true)] as [(Int32, Bool)])
  func feverIsOver(days: Int32, fits: Bool) throws {
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(on: "2026-05-01", .miscarriage, gestation: 76)
    life.visit(.postnatal, on: "2026-05-03", Self.healthy.merging([.feverTwoDays: 1]) { $1 })
    let plan = try life.plan(on: "2026-05-03" + .days(days), by: [.contraception])
    #expect((plan.found(60) == "mec_1") == fits)
  }

  @Test("A device that a kader wrote down is judged by what is known: the day on which it was told")
  func notedByKader() throws {
    for (days, expected): (Int32, String) in [
      (1, "method_fits"), (2, "method_delayed"), (27, "method_delayed"), (28, "method_fits"),
      (60, "method_fits"),
    ] {
      for method in [Int32(2), 3] {
        var life = Life(.female, born: "1998-03-01")
        life.gaveBirth(on: "2026-06-01")
        life.visit(
          .postnatal, on: "2026-06-01" + .days(days), by: .kader, in: .home,
          [.contraceptiveMethod: method])
        let plan = try life.plan(on: "2026-06-01" + .days(days), by: Guideline.motherAndChild)
        #expect(plan.found(69) == expected, "\(days)")
      }
    }
  }

  /// Days after, how it ended, feeding, blood again; what is said of breastfeeding as the method in
  /// use, or what is to be asked.
  static let breastfeedingAlone:
    [(Int32, PregnancyOutcome, Int32?, Int32?, String?, DataElement?)] = [
      (60, .liveBirth, 1, 0, "method_fits", nil), (60, .liveBirth, 1, 1, "lam_over", nil),
      (60, .liveBirth, 1, nil, nil, .mensesReturned),
      (60, .liveBirth, nil, 0, nil, .breastfeeding), (60, .liveBirth, nil, 1, "lam_over", nil),
      (60, .liveBirth, 2, nil, "lam_over", nil), (60, .liveBirth, nil, nil, nil, .breastfeeding),
      // From six months on nothing else needs to be known.
      (181, .liveBirth, nil, nil, nil, .breastfeeding),
      (182, .liveBirth, nil, nil, "lam_over", nil),
      (183, .liveBirth, 1, 0, "lam_over", nil),
      // Without a child to nurse it is no method, and nobody is asked how it is fed.
      (5, .miscarriage, nil, nil, "lam_over", nil), (60, .ectopic, nil, nil, "lam_over", nil),
      (5, .stillbirth, nil, nil, "lam_over", nil),
    ]

  @Test("Breastfeeding alone, while all three hold and are known", arguments: breastfeedingAlone)
  func lactation(
    days: Int32, outcome: PregnancyOutcome, feeding: Int32?, menses: Int32?, expected: String?,
    missing: DataElement?
  ) throws {
    var observed: [DataElement: Int32] = [.contraceptiveMethod: 10]
    observed[.breastfeeding] = feeding
    observed[.mensesReturned] = menses
    let plan = try Plans.ended(
      days, outcome, gestation: outcome.isEarlyLoss ? 80 : 280, observed)
    #expect(plan.found(69) == expected)
    #expect(plan.missing(69) == missing.map { .element($0.code) })
    // Who needs another method is shown the others.
    #expect((plan.found(68) == "mec_1") == (expected == "lam_over"))
  }

  @Test("Breastfeeding that protects no longer asks for another method, and is never stopped")
  func breastfeedingGoesOn() throws {
    let row = try #require(DecisionTable.methodInUse.rows.first { $0.number == 5 })
    #expect(row.urgency == .treat && row.actions == [.addOtherMethod])
    let device = try #require(DecisionTable.methodInUse.rows.first { $0.number == 6 })
    #expect(device.urgency == .treat && device.actions == [.treatInfectionKeepDevice])
    let own = try #require(DecisionTable.contraception.first { $0.number == 66 })
    #expect(own.rows.map { $0.name.description } == ["lam_too_little", "mec_1"])
    #expect(own.rows.first?.actions == [.addOtherMethod])
  }

  @Test("Whether a chosen method fits is not told before what decides it is known")
  func chosenUnknown() throws {
    let plan = try Plans.ended(30, .liveBirth, [.contraceptiveMethod: 8])
    #expect(plan.missing(69) == .element(DataElement.breastfeeding.code))
    #expect(plan.found(68) == nil)
    #expect(try Plans.ended(30).answer(of: 69) == .notApplicable)
    #expect(
      try Plans.ended(30, .liveBirth, [.contraceptiveMethod: 1]).answer(of: 69) == .notApplicable)
  }

  @Test("Methods after a loss, with infection, with blood again, and once one is chosen")
  func otherMethods() throws {
    func lost(_ gestation: Int32, _ observed: [DataElement: Int32] = [:]) throws -> CarePlan {
      try Plans.ended(
        5, .miscarriage, gestation: gestation, Self.healthy.merging(observed) { $1 })
    }
    #expect(try lost(90).found(60) == "mec_1")
    #expect(try lost(91).found(60) == "mec_2")
    #expect(try lost(91).found(61) == "mec_2")
    #expect(
      try Plans.ended(5, .miscarriage, gestation: 90, [.wombInfection: 1]).found(60) == "mec_4")
    #expect(try lost(90, [.clotRisk: 1]).found(65) == "mec_1")
    for table in [UInt16(62), 63, 64] {
      #expect(
        try Plans.ended(0, .miscarriage, gestation: 90, Self.healthy).found(table) == "mec_1")
    }
    let nursing: [DataElement: Int32] = [.breastfeeding: 1, .mensesReturned: 1]
    #expect(try Plans.ended(60, .liveBirth, nursing).found(66) == "lam_too_little")
    #expect(
      try Plans.ended(60, .liveBirth, [.breastfeeding: 1]).missing(66)
        == .element(DataElement.mensesReturned.code))
    #expect(try Plans.ended(60, .liveBirth, [.contraceptiveMethod: 4]).found(68) == nil)
    #expect(try Plans.ended(60, .liveBirth, [.contraceptiveMethod: 1]).found(68) == "mec_1")
  }
}
