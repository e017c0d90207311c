import Guidance
import Health
import Testing

@testable import Programmes

/// From which age on and until which age each thing is asked of a child: the day before the first
/// day, the first day, the last day, the day after it.
@Suite("Windows of age")
struct AgeWindowTests {
  /// What is asked: a service by whether the plan names it, a table by whether it says anything, a
  /// score by whether it is told.
  enum Asked: Sendable {
    case service(UInt16)
    case table(UInt16)
    case score(UInt16)
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let asked: Asked
    /// Nothing where it is asked from birth on.
    let first: Period?
    /// The first age at which it is no longer asked.
    let end: Period
    let observed: [DataElement: Int32]
    let settings: ClinicalSettings

    init(
      _ asked: Asked, from first: Period?, until end: Period,
      _ observed: [DataElement: Int32] = [:],
      settings: ClinicalSettings = ClinicalSettings()
    ) {
      (self.asked, self.first, self.end) = (asked, first, end)
      (self.observed, self.settings) = (observed, settings)
    }

    var testDescription: String { "\(asked)" }

    func isAsked(at age: Period) throws -> Bool {
      let plan = try Plans.child(age, observed, settings: settings)
      switch asked {
      case .service(let number): return plan.word(number) != "-"
      case .table(let number): return plan.answer(of: number) != .notApplicable
      case .score(let number): return plan.score(number) != nil
      }
    }
  }

  static let yes = DevelopmentTests.answers(3, yes: 10)
  static let doubt = DevelopmentTests.answers(3, yes: 7)
  static let deviation = DevelopmentTests.answers(3, yes: 6)
  static let behaviour = ScreeningTests.answers(BehaviourQuestions.behaviour) { $0 < 1 ? 1 : 0 }
  static let attention = ScreeningTests.answers(BehaviourQuestions.attention) { _ in 0 }
    .merging([.attentionConcern: 1]) { $1 }

  /// Newborns: until the 28th day (KN3), the screenings that go on later by their own rules.
  static let newborns: [Row] = [
    Row(.table(20), from: nil, until: .days(29)), Row(.table(58), from: nil, until: .days(29)),
    Row(.table(56), from: nil, until: .days(29)), Row(.table(55), from: nil, until: .days(29)),
    Row(.service(141), from: nil, until: .days(29)), Row(.table(57), from: nil, until: .months(4)),
    Row(.service(143), from: nil, until: .months(4)),
    Row(.table(59), from: nil, until: .months(12), [.thyroidResult: 1]),
  ]

  /// Weighed and measured from the end of the newborn period until under five, then each half year
  /// until 72 months; vitamin A from 6 to 59 months, medicine against worms from 12 months until
  /// under six years, blood at two years.
  static let children: [Row] = [
    Row(.service(51), from: .days(29), until: .months(60)),
    Row(.service(150), from: .days(29), until: .months(60)),
    Row(.service(151), from: nil, until: .months(78)),
    Row(.service(367), from: .months(60), until: .months(78)),
    Row(.service(368), from: .months(60), until: .months(78)),
    Row(.service(52), from: .months(6), until: .months(60)),
    Row(.service(53), from: .months(12), until: .months(72)),
    Row(
      .service(152), from: .months(12), until: .months(72),
      settings: Plans.set((.dewormingInFebruary, 1))),
    Row(.service(54), from: .months(5), until: .months(9)),
    Row(.service(153), from: .months(5), until: .months(12), [.sixMonthFinding: 2]),
    Row(.service(55), from: .months(24), until: .months(72)),
    Row(.service(154), from: .months(24), until: .months(36)),
    Row(.table(30), from: nil, until: .months(72)),
    Row(.table(80), from: .months(24), until: .months(72)),
    Row(.table(74), from: .months(24), until: .months(72), [.cellVolume: 80]),
    Row(.table(81), from: .months(24), until: .months(72), [.bloodGlucose: 90]),
    Row(.table(77), from: nil, until: .months(60)), Row(.table(78), from: nil, until: .months(24)),
  ]

  /// Growth: under five; the arm of an infant from one to under six months; the care of severe
  /// malnutrition may end half a year after the fifth birthday.
  static let growth: [Row] = [
    Row(.table(70), from: nil, until: .months(60)), Row(.table(71), from: nil, until: .months(60)),
    Row(.table(72), from: nil, until: .months(60)), Row(.table(87), from: nil, until: .months(60)),
    Row(.table(88), from: .months(1), until: .months(6)),
    Row(.table(73), from: nil, until: .months(66), [.malnutritionCare: 1]),
  ]

  /// SDIDTK: KPSP from 3 to 72 months and what follows from it, hearing to 72, sight, feelings and
  /// attention from 36 to 72 months (a plan names what comes a month before), M-CHAT-R from 16 to
  /// 30 months. What is put at 72 months can be put until the day before 78.
  static let development: [Row] = [
    Row(.service(160), from: .months(2), until: .months(84), doubt),
    Row(.service(161), from: .months(2), until: .months(84), deviation),
    Row(.table(85), from: .months(2), until: .months(84), yes),
    Row(.service(171), from: .days(29), until: .months(72)),
    Row(.table(89), from: .days(29), until: .months(72), [.developmentListPassed: 1]),
    Row(.service(162), from: nil, until: .months(78)),
    Row(.service(163), from: .months(35), until: .months(78)),
    Row(.table(79), from: .months(36), until: .months(78), [.rightEye: 1]),
    Row(.table(79), from: .months(36), until: .months(78), [.leftEye: 1]),
    Row(.service(164), from: nil, until: .months(36)),
    Row(.table(86), from: nil, until: .months(36), [.redReflex: 1]),
    Row(.service(165), from: .months(35), until: .months(78)),
    Row(.service(166), from: .months(36), until: .months(78), behaviour),
    Row(.score(126), from: .months(36), until: .months(78), behaviour),
    Row(.service(167), from: .months(16), until: .months(31)),
    Row(
      .service(168), from: .months(16), until: .months(31),
      ScreeningTests.autism(risks: 0).merging([.autismConcern: 1]) { $1 }),
    Row(.score(127), from: .months(16), until: .months(37), ScreeningTests.autism(risks: 0)),
    Row(.table(82), from: .months(16), until: .months(37), ScreeningTests.autism(risks: 0)),
    Row(.service(169), from: .months(36), until: .months(78), [.attentionConcern: 1]),
    Row(.service(170), from: .months(36), until: .months(78), attention),
    Row(.score(128), from: .months(36), until: .months(78), attention),
  ]

  @Test(
    "The day before, the first day, the last day, the day after",
    arguments: newborns + children + growth + development)
  func window(row: Row) throws {
    func age(_ period: Period, _ days: Int32) -> Period {
      Period(months: period.months, days: period.days + days)
    }
    if let first = row.first {
      #expect(try !row.isAsked(at: age(first, -1)))
      #expect(try row.isAsked(at: first))
    }
    #expect(try row.isAsked(at: age(row.end, -1)))
    #expect(try !row.isAsked(at: row.end))
  }

  /// A KPSP is named two months before its age.
  @Test("KPSP", arguments: [9, 15, 24, 36, 48, 60, 72] as [Int32])
  func questionnaire(months: Int32) throws {
    let number = DevelopmentTests.number(months)
    #expect(try Plans.child(Period(months: months - 2, days: -1)).word(number) == "-")
    #expect(try Plans.child(.months(months - 2)).word(number) == "upcoming")
  }

  @Test(
    "Weeks of age at which something is late or over",
    arguments: [
      (141, 2, "due"), (141, 3, "late"), (141, 28, "late"), (141, 29, "-"), (142, 3, "due"),
      (142, 4, "late"), (142, 14, "late"), (142, 15, "missed"),
    ] as [(UInt16, Int32, String)])
  func newbornDays(service: UInt16, day: Int32, word: String) throws {
    #expect(try Plans.child(.days(day)).word(service) == word)
  }

  @Test(
    "What nobody did is late, not missed, until the last day",
    arguments: [
      (54, 9), (55, 72), (143, 4), (151, 78), (367, 78), (368, 78), (154, 36), (162, 78), (163, 78),
      (164, 36), (165, 78),
      (167, 31), (171, 72),
    ] as [(UInt16, Int32)])
  func lastDay(service: UInt16, end: Int32) throws {
    #expect(try Plans.child(Period(months: end, days: -1)).word(service) == "late")
    #expect(try Plans.child(.months(end)).word(service) == "-")
  }

  @Test(
    "Since when it is due, and when it is late, in months of age",
    arguments: [(54, 6, 7), (55, 24, 36), (154, 24, 30)] as [(UInt16, Int32, Int32)])
  func due(service: UInt16, since: Int32, late: Int32) throws {
    let birth = Plans.day.addingMonths(-Int(since))
    #expect(
      try Plans.child(.months(since)).status(of: service)
        == .due(since: birth + Period.months(since), late: birth + Period.months(late)))
  }

  @Test("A small newborn who is not known to weigh 2500 g is followed until six months")
  func smallBaby() throws {
    func plan(_ days: Int32) throws -> CarePlan {
      try Plans.child(Period(months: 6, days: days), weight: 2_400)
    }
    #expect(try plan(-1).answer(of: 83) != .notApplicable && plan(-1).word(144) == "late")
    #expect(try plan(0).answer(of: 83) == .notApplicable && plan(0).word(144) == "-")
    #expect(try Plans.child(.days(20), weight: 2_499).word(144) == "late")
    #expect(try Plans.child(.days(20), weight: 2_500).word(144) == "-")
  }

  @Test("Nobody weighed it at birth: late until the 28th day")
  func weighedAtBirth() throws {
    #expect(try Plans.child(.days(28), weight: nil).word(44) == "late")
    #expect(try Plans.child(.days(29), weight: nil).word(44) == "-")
  }

  @Test(
    "The development list of the Buku KIA is late two months after its age",
    arguments: [(3, 0, "due"), (4, 27, "due"), (5, 0, "late"), (6, 0, "due")]
      as [(Int32, Int32, String)])
  func developmentList(months: Int32, days: Int32, word: String) throws {
    #expect(try Plans.child(Period(months: months, days: days)).word(171) == word)
  }
}
