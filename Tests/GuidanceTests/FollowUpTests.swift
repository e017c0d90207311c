import Guidance
import Health
import Programmes
import Testing

/// A sick child is seen again: each class on its day, and done by the next visit.
@Suite("Sick child: seen again")
struct FollowUpTests {
  static let day = SickChildClinic.day

  /// Service, age in months, what was found, after how many days, whether only if not better.
  static let rows: [(UInt16, Int, Change, Int32, Bool)] = [
    (200, 14, [.coughOrHardBreathing: 1, .breathsPerMinute: 45], 2, false),
    (201, 14, [.coughOrHardBreathing: 1], 5, true),
    (202, 14, [.diarrhoea: 1, .sunkenEyes: 1, .skinPinch: 2], 2, false),
    (203, 14, [.diarrhoea: 1], 2, false),
    (204, 14, [.diarrhoea: 1, .diarrhoeaDays: 14], 2, false),
    (205, 14, [.diarrhoea: 1, .bloodInStool: 1], 2, false),
    (206, 14, [.fever: 1, .malariaTest: 2], 3, true),
    (206, 14, [.fever: 1, .malariaTest: 1], 3, true),
    (208, 14, [.fever: 1, .measlesLately: 1, .pusInEye: 1], 3, false),
    (209, 14, [.fever: 1, .feverDays: 4, .rash: 1], 1, false),
    (210, 14, [.fever: 1, .feverDays: 4], 2, true),
    (211, 14, [.earProblem: 1, .earPain: 1], 5, false),
    (211, 14, [.earProblem: 1, .earDischarge: 1, .earDischargeDays: 14], 5, false),
    (212, 14, [.pallorDegree: 2], 14, false),
    (212, 14, [.pallorDegree: 2, .malnutritionCare: 1], 14, false),
    (213, 14, [.armCircumference: 1_149], 7, false),
    (214, 14, [.armCircumference: 1_249], 14, false),
    (214, 4, [.weightForLengthScore: -250], 14, false),
    (215, 14, [.weightForLengthScore: 150], 14, false),
    (215, 14, [.weightForLengthScore: 250], 14, false),
    (215, 4, [.weightForLengthScore: 150], 14, false),
    (215, 4, [.weightForLengthScore: 250], 14, false),
    (216, 14, [.feedingProblem: 1], 7, false),
    (230, 0, [.skinPustules: 1], 2, false),
    (230, 0, [.skinPustules: 1, .breathsPerMinute: 66], 2, false),
    (231, 0, [.jaundice: 1], 1, false),
    (232, 0, [.diarrhoea: 1], 1, false),
    (232, 0, [.diarrhoea: 1, .sunkenEyes: 1, .skinPinch: 2], 1, false),
    (233, 0, [.thrush: 1], 2, false), (233, 0, [.breastfed: 0, .bottle: 1], 2, false),
    (234, 0, [.weightForAgeScore: -201], 7, false),
    (234, 0, [.breastfed: 0, .weightForAgeScore: -201], 7, false),
  ]

  static func status(
    _ service: UInt16, _ clinic: SickChildClinic, _ change: Change, later: Int32
  ) throws -> ServiceStatus {
    CarePlan(
      [.sickChild, .youngInfant], for: try clinic.record(change, later: later),
      settings: clinic.clinicalSettings
    ).status(of: service)
  }

  @Test("Each class is seen again on its day", arguments: rows)
  func seenAgain(
    service: UInt16, months: Int, change: Change, after: Int32, ifNotBetter: Bool
  ) throws {
    let clinic = SickChildClinic(months: months, days: months == 0 ? 10 : 5)
    func status(_ later: Int32) throws -> ServiceStatus {
      try Self.status(service, clinic, change, later: later)
    }
    let due = Self.day + .days(after)
    let late = due + .days(ifNotBetter ? 5 : 2)
    #expect(try status(0) == .upcoming(from: due))
    #expect(try status(after - 1) == .upcoming(from: due))
    #expect(try status(after) == .due(since: due, late: late))
    if ifNotBetter {
      #expect(try status(after + 4) == .due(since: due, late: late))
      #expect(try status(after + 5) == .notApplicable)
    } else {
      #expect(try status(after + 1) == .due(since: due, late: late))
      #expect(try status(after + 2) == .overdue(since: due, late: late))
      #expect(try status(after + 13) == .overdue(since: due, late: late))
      #expect(try status(after + 14) == .notApplicable)
    }
  }

  @Test("A well child, one that is referred, and one seen for another class are not")
  func notSeenAgain() throws {
    let clinic = SickChildClinic(months: 14)
    for service: UInt16 in 200...216 {
      #expect(try Self.status(service, clinic, [:], later: 1) == .notApplicable)
    }
    let severe: Change = [.coughOrHardBreathing: 1, .chestIndrawing: 1]
    #expect(try Self.status(200, clinic, severe, later: 1) == .notApplicable)
    #expect(try Self.status(201, clinic, severe, later: 1) == .notApplicable)
    let heavy: Change = [.weightForLengthScore: 301]
    #expect(try Self.status(215, clinic, heavy, later: 1) == .notApplicable)
    // Feeding is seen in two days, weight in seven, each only where it is the matter.
    let infant = SickChildClinic(months: 0, days: 10)
    #expect(try Self.status(234, infant, [.thrush: 1], later: 1) == .notApplicable)
    #expect(try Self.status(233, infant, [.weightForAgeScore: -201], later: 1) == .notApplicable)
  }

  @Test(
    "Care at home is followed up only where every graver class was looked for",
    arguments: [
      (203, 14, [.diarrhoea: 1, .skinPinch: nil, .drinking: nil, .sunkenEyes: nil], false),
      (203, 14, [.diarrhoea: 1, .skinPinch: nil], true),
      (232, 0, [.diarrhoea: 1, .skinPinch: nil, .sunkenEyes: nil], false),
      (201, 14, [.coughOrHardBreathing: 1, .breathsPerMinute: nil], false),
      (201, 14, [.coughOrHardBreathing: 1, .chestIndrawing: nil], false),
      (201, 14, [.coughOrHardBreathing: 1], true),
      (210, 14, [.fever: 1, .feverDays: 4, .slowRefill: nil], false),
      (210, 14, [.fever: 1, .feverDays: 4, .rash: nil], false),
      (210, 14, [.fever: 1, .feverDays: 4], true),
    ] as [(UInt16, Int, Change, Bool)])
  func notEstablished(service: UInt16, months: Int, change: Change, isPlanned: Bool) throws {
    let clinic = SickChildClinic(months: months, days: months == 0 ? 10 : 5)
    let status = try Self.status(service, clinic, change, later: 1)
    var (isUpcoming, isUnknown) = (false, false)
    switch status {
    case .upcoming, .due: isUpcoming = true
    case .unknown: isUnknown = true
    default: break
    }
    #expect(isUpcoming == isPlanned && isUnknown == !isPlanned, "\(status)")
  }

  @Test(
    "A local infection that is treated by mouth, where that is set, is seen again in two days",
    arguments: [[.navel: 2], [.skinPustules: 1]] as [Change])
  func infectionByMouth(change: Change) throws {
    let infant = SickChildClinic(
      months: 0, days: 10, settings: [.infantLocalInfectionByMouth: 1])
    #expect(try infant.finds(230, change) == .row(7))
    #expect(
      try Self.status(230, infant, change, later: 2)
        == .due(since: "2026-06-12", late: "2026-06-14"))
  }

  @Test("Where there is no malaria a fever is seen again in two days if it stays")
  func otherFever() throws {
    let clinic = SickChildClinic(months: 14, settings: [.malariaEndemic: 0])
    #expect(
      try Self.status(207, clinic, [.fever: 1], later: 2)
        == .due(since: "2026-06-12", late: "2026-06-17"))
  }

  static func pneumonia() -> Life {
    var life = Life(.male, born: "2025-01-10")
    life.visit(
      .sickChild, on: day, [.coughOrHardBreathing: 1, .breathsPerMinute: 50, .chestIndrawing: 0])
    return life
  }

  @Test("The next visit of the sick child is what was owed; a kader's is not")
  func done() throws {
    var life = Self.pneumonia()
    life.visit(.sickChild, on: "2026-06-12", by: .kader)
    #expect(
      try life.plan(on: "2026-06-13", by: [.sickChild]).status(of: 200)
        == .unknown(.element(DataElement.coughOrHardBreathing.code)))
    life = Self.pneumonia()
    life.visit(.childDevelopment, on: "2026-06-12")
    #expect(
      try life.plan(on: "2026-06-13", by: [.sickChild]).status(of: 200)
        == .due(since: "2026-06-12", late: "2026-06-14"))
    let visit = life.visit(.sickChild, on: "2026-06-13", [.coughOrHardBreathing: 0])
    #expect(
      try life.plan(on: "2026-06-13", by: [.sickChild]).status(of: 200)
        == .done(on: "2026-06-13", fact: visit))
    // Shown as done until it would have been forgotten.
    #expect(
      try life.plan(on: "2026-06-25", by: [.sickChild]).status(of: 200)
        == .done(on: "2026-06-13", fact: visit))
    #expect(try life.plan(on: "2026-06-26", by: [.sickChild]).status(of: 200) == .notApplicable)
  }

  @Test("Still pneumonia: seen again, and owed anew")
  func again() throws {
    var life = Self.pneumonia()
    life.visit(
      .sickChild, on: "2026-06-12",
      [.coughOrHardBreathing: 1, .breathsPerMinute: 45, .chestIndrawing: 0])
    #expect(
      try life.plan(on: "2026-06-12", by: [.sickChild]).status(of: 200)
        == .upcoming(from: "2026-06-14"))
  }

  @Test("Refused")
  func refused() throws {
    var life = Self.pneumonia()
    let fact = life.tell(.refusal, on: "2026-06-12", RefusalBody(service: 200).bytes)
    #expect(
      try life.plan(on: "2026-06-13", by: [.sickChild]).status(of: 200)
        == .refused(on: "2026-06-12", fact: fact))
  }

  @Test("A visit that is written down late counts from its own day")
  func lateEntry() throws {
    var life = Life(.male, born: "2025-01-10")
    life.visit(.sickChild, on: "2026-06-12", [.coughOrHardBreathing: 0])
    life.visit(
      .sickChild, on: "2026-06-10",
      [.coughOrHardBreathing: 1, .breathsPerMinute: 50, .chestIndrawing: 0])
    guard
      case .done(on: "2026-06-12", _) = try life.plan(on: "2026-06-13", by: [.sickChild])
        .status(of: 200)
    else {
      Issue.record("not done")
      return
    }
  }

  @Test("A child that turns five, or two months, is still seen again")
  func birthdays() throws {
    let five = SickChildClinic(months: 59, days: 27)
    let change: Change = [.armCircumference: 1_249]
    #expect(
      try Self.status(214, five, change, later: 14)
        == .due(since: "2026-06-24", late: "2026-06-26"))
    let infant = SickChildClinic(months: 1, days: 29)
    #expect(
      try Self.status(234, infant, [.weightForAgeScore: -201], later: 7)
        == .due(since: "2026-06-17", late: "2026-06-19"))
  }

  @Test("By the edition of 2015")
  func edition2015() throws {
    var settings = ClinicalSettings()
    settings.follow(.edition2015)
    let expected: [(ClinicalSetting, Int32)] = [
      (.lowOxygen, 90), (.paracetamolFrom, 385), (.infantSlowBreathing, 30),
      (.doseLimitBelongsBelow, 1), (.pneumoniaAgain, 2), (.coughAgain, 2),
      (.someDehydrationAgain, 3), (.noDehydrationAgain, 3), (.persistentDiarrhoeaAgain, 5),
      (.dysenteryAgain, 3), (.dengueAgain, 1), (.noDengueAgain, 2), (.anaemiaAgain, 14),
      (.moderateMalnutritionAgain, 30), (.earAgain, 5),
    ]
    for (setting, value) in expected {
      #expect(settings[setting] == value, "\(setting.name)")
    }
    settings.follow(.edition2022)
    for (setting, value) in [
      (ClinicalSetting.lowOxygen, 93), (.paracetamolFrom, 380), (.anaemiaAgain, 7),
      (.childAnaemiaLimit, 100), (.feverFrom, 376), (.moderateMalnutritionAgain, 14),
    ] as [(ClinicalSetting, Int32)] {
      #expect(settings[setting] == value, "\(setting.name)")
    }
  }
}
