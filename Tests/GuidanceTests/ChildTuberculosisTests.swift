import Guidance
import Health
import Programmes
import Testing

/// Tabel 11: the score of tuberculosis in children, and what follows.
@Suite("Tuberculosis in children")
struct ChildTuberculosisTests {
  static let day: CivilDate = "2026-06-10"

  /// A child without any sign; the score is 0.
  static let well: [DataElement: Int32] = [
    .tuberculosisContactKind: 1, .clinicallyWasted: 0, .feverTwoWeeks: 0, .coughDays: 0,
    .swollenNodes: 0, .swollenJoint: 0,
  ]

  static func plan(
    _ change: Change, born: CivilDate = "2023-01-10", later: Int32 = 0,
    settings: ClinicalSettings = ClinicalSettings()
  ) throws -> CarePlan {
    var observed = well
    for (element, value) in change { observed[element] = value }
    var growth: [DataElement: Int32] = [:]
    for element in [DataElement.weightForLengthPercent, .weightForAgePercent] {
      growth[element] = observed.removeValue(forKey: element)
    }
    var life = Life(.male, born: born)
    let fact = life.visit(.tuberculosis, on: day, observed)
    var record = try life.record(on: day + .days(later))
    for (element, value) in growth { record.observe(element.code, value, on: day, fact: fact) }
    return CarePlan([.childTuberculosis], for: record, settings: settings)
  }

  static func row(_ plan: CarePlan) -> Found? {
    Guideline.childTuberculosis.tables.first.map { Found(plan.answer(of: 240), of: $0) }
  }

  static let pointRows: [(Change, Int32)] = [
    ([:], 0), ([.tuberculosisContactKind: 2], 2), ([.tuberculosisContactKind: 3], 3),
    ([.tuberculin: 99, .weakImmunity: 0], 0), ([.tuberculin: 100], 3), ([.tuberculin: 101], 3),
    ([.tuberculin: 49, .weakImmunity: 1], 0), ([.tuberculin: 50, .weakImmunity: 1], 3),
    ([.tuberculin: 50, .weakImmunity: 0], 0),
    ([.weightForLengthPercent: 90], 0), ([.weightForLengthPercent: 89], 1),
    ([.weightForLengthPercent: 70], 1), ([.weightForLengthPercent: 69], 2),
    ([.weightForAgePercent: 80], 0), ([.weightForAgePercent: 79], 1),
    ([.weightForAgePercent: 60], 1), ([.weightForAgePercent: 59], 2),
    ([.tuberculosisContactKind: 3, .clinicallyWasted: 1], 5),
    ([.tuberculosisContactKind: 3, .clinicallyWasted: 1, .swollenNodes: 1], 6),
    ([.clinicallyWasted: 1], 2), ([.feverTwoWeeks: 1], 1),
    ([.coughDays: 13], 0), ([.coughDays: 14], 1), ([.coughDays: 15], 1),
    ([.swollenNodes: 1], 1), ([.swollenJoint: 1], 1), ([.chestImage: 1], 0),
    ([.chestImage: 2], 1),
    (
      [
        .tuberculosisContactKind: 3, .tuberculin: 100, .clinicallyWasted: 1, .feverTwoWeeks: 1,
        .coughDays: 20, .swollenNodes: 1, .swollenJoint: 1, .chestImage: 2,
      ], 13
    ),
  ]

  @Test("Every parameter has its points, and all have thirteen", arguments: pointRows)
  func points(change: Change, score: Int32) throws {
    let found = try #require(try Self.plan(change).scores.first?.score)
    #expect(found.least == score)
    #expect(found.most == score)
    #expect(found.band.number == (score >= 6 ? 2 : 1))
  }

  @Test("What was not asked leaves the score open; what was not done gives no points")
  func open() throws {
    let found = try #require(try Self.plan([.swollenNodes: nil]).scores.first?.score)
    #expect(found.least == 0 && found.most == 1 && found.unanswered == 1)
    #expect(found.missing == .element(DataElement.swollenNodes.code))
    // A child that does not cough is not asked for how long.
    let quiet = try Self.plan([.coughDays: nil, .coughOrHardBreathing: 0])
    #expect(quiet.scores.first?.score.most == 0)
    #expect(try Self.plan([.coughDays: nil]).scores.first?.score.most == 1)
  }

  static let resultRows: [(Change, CivilDate, Found)] = [
    ([:], "2023-01-10", .row(7)), ([.molecularTest: 2], "2023-01-10", .row(1)),
    ([.molecularTest: 1], "2023-01-10", .row(7)),
    // Six by contact and tuberculin alone.
    ([.tuberculosisContactKind: 3, .tuberculin: 100], "2023-01-10", .row(2)),
    (
      [.tuberculosisContactKind: 3, .tuberculin: 100, .childTuberculosisSymptom: 1],
      "2023-01-10", .row(3)
    ),
    ([.tuberculosisContactKind: 2, .tuberculin: 100, .swollenNodes: 1], "2023-01-10", .row(3)),
    ([.tuberculosisContactKind: 2, .tuberculin: 100, .coughDays: 14], "2023-01-10", .row(3)),
    ([.tuberculosisContactKind: 2, .tuberculin: 100, .feverTwoWeeks: 1], "2023-01-10", .row(3)),
    ([.tuberculosisContactKind: 2, .tuberculin: 100, .swollenJoint: 1], "2023-01-10", .row(3)),
    // Seven without symptoms is disease.
    ([.tuberculosisContactKind: 3, .tuberculin: 100, .chestImage: 2], "2023-01-10", .row(3)),
    // Five: under five years doubtful, after that observed or treated as a contact.
    ([.tuberculosisContactKind: 3, .clinicallyWasted: 1], "2021-06-11", .row(4)),
    ([.tuberculosisContactKind: 3, .clinicallyWasted: 1], "2021-06-10", .row(6)),
    ([.tuberculosisContactKind: 3, .feverTwoWeeks: 1, .coughDays: 20], "2021-06-10", .row(5)),
    (
      [.tuberculosisContactKind: 2, .tuberculin: 100, .swollenNodes: nil], "2021-06-10",
      .open(6, .swollenNodes)
    ),
    ([.feverTwoWeeks: 1], "2023-01-10", .row(5)),
    ([.tuberculosisContactKind: 2], "2023-01-10", .row(6)),
    ([.tuberculin: 100], "2023-01-10", .row(6)),
    ([:], "2011-06-11", .row(7)), ([:], "2011-06-10", .notAsked),
  ]

  @Test("A test that decides needs no answer about the contact; one that does not leaves it asked")
  func contactUnknown() throws {
    func row(_ change: Change) throws -> Found? {
      try Self.row(
        Self.plan(change.merging([.tuberculosisContactKind: nil]) { $1 }))
    }
    #expect(try row([.molecularTest: 2]) == .row(1))
    #expect(try row([.molecularTest: 2, .clinicallyWasted: nil, .swollenNodes: nil]) == .row(1))
    // Six without the contact: it is disease whatever the contact was.
    let six: Change = [.tuberculin: 100, .clinicallyWasted: 1, .feverTwoWeeks: 1]
    #expect(try row(six) == .row(3))
    let contact = DataElement.tuberculosisContactKind
    #expect(try row([.molecularTest: 1]) == .open(7, contact))
    #expect(try row([:]) == .notAsked)
  }

  @Test("What follows from the score", arguments: resultRows)
  func result(change: Change, born: CivilDate, found: Found) throws {
    #expect(Self.row(try Self.plan(change, born: born)) == found)
  }

  @Test("By the other reading six is always disease; by the guide of 2016 a cough counts from 21")
  func otherReadings() throws {
    var settings = ClinicalSettings()
    let isSet = settings.set(.sixWithoutSymptomsIsLatent, to: 0)
    let isSetToo = settings.set(.tuberculosisCoughDays, to: 21)
    #expect(isSet && isSetToo)
    let six = try Self.plan([.tuberculosisContactKind: 3, .tuberculin: 100], settings: settings)
    #expect(Self.row(six) == .row(3))
    #expect(try Self.plan([.coughDays: 20], settings: settings).scores.first?.score.least == 0)
    #expect(try Self.plan([.coughDays: 21], settings: settings).scores.first?.score.least == 1)
  }

  @Test("Nobody is scored until somebody asks for the contact, and then for two months")
  func scored() throws {
    #expect(try Self.plan([.tuberculosisContactKind: nil]).scores.isEmpty)
    #expect(try Self.plan([:], later: 60).scores.count == 1)
    #expect(try Self.plan([:], later: 61).scores.isEmpty)
  }

  @Test(
    "Observed for two to four weeks",
    arguments: [
      (0, ServiceStatus.upcoming(from: "2026-06-24")), (13, .upcoming(from: "2026-06-24")),
      (14, .due(since: "2026-06-24", late: "2026-07-08")),
      (27, .due(since: "2026-06-24", late: "2026-07-08")),
      (28, .overdue(since: "2026-06-24", late: "2026-07-08")),
      (69, .overdue(since: "2026-06-24", late: "2026-07-08")), (70, .notApplicable),
    ] as [(Int32, ServiceStatus)])
  func observed(later: Int32, status: ServiceStatus) throws {
    #expect(try Self.plan([.feverTwoWeeks: 1], later: later).status(of: 240) == status)
  }
}
