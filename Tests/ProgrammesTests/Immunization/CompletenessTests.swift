import Guidance
import Health
import Programmes
import Testing

/// Imunisasi dasar lengkap, baduta lengkap, antigen baru, zero dose.
@Suite("Completeness")
struct CompletenessTests {
  static let firstYear: [GivenDose] = [
    dose(.hepatitisB, "2024-01-15"), dose(.bcg, "2024-01-20"), dose(.oralPolio, "2024-01-20"),
    dose(.pentavalent, "2024-03-15"), dose(.oralPolio, "2024-03-15"),
    dose(.pneumococcus, "2024-03-15"), dose(.rotavirus, "2024-03-15"),
    dose(.pentavalent, "2024-04-15"), dose(.oralPolio, "2024-04-15"),
    dose(.pneumococcus, "2024-04-15"), dose(.rotavirus, "2024-04-15"),
    dose(.pentavalent, "2024-05-15"), dose(.oralPolio, "2024-05-15"),
    dose(.injectedPolio, "2024-05-15"), dose(.rotavirus, "2024-05-15"),
    dose(.injectedPolio, "2024-10-15"),
  ]

  private func status(
    _ goal: ImmunizationGoal, _ doses: [GivenDose], on today: String,
    settings: ImmunizationSettings = ImmunizationSettings()
  ) -> GoalStatus {
    let schedule = IndonesianImmunization.schedule(settings: settings)
    var forecaster = ImmunizationForecaster(schedule)
    let birth = day("2024-01-15")
    forecaster.assess(
      ImmunizationPerson(birth: birth, sex: .male), doses: doses, on: day(today))
    return goal.status(of: forecaster, by: schedule, birth: birth, on: day(today))
  }

  @Test("the last dose the day before the birthday, on it, and not at all")
  func basic() {
    let goal = ImmunizationGoal.basic(ImmunizationSettings())
    let all = CompletenessTests.firstYear
    #expect(
      status(goal, all + [dose(.measlesRubella, "2025-01-14")], on: "2025-06-01")
        == .reached(day("2025-01-14")))
    #expect(
      status(goal, all + [dose(.measlesRubella, "2025-01-15")], on: "2025-06-01")
        == .reachedLate(day("2025-01-15")))
    #expect(status(goal, all, on: "2025-01-14") == .underWay(until: day("2025-01-14")))
    #expect(status(goal, all, on: "2025-01-15") == .missed)
  }

  @Test("each of the basic doses is needed", arguments: [0, 1, 2, 3, 13, 15])
  func eachDose(_ place: Int) {
    var doses = CompletenessTests.firstYear + [dose(.measlesRubella, "2024-10-15")]
    doses.remove(at: place)
    #expect(
      status(.basic(ImmunizationSettings()), doses, on: "2025-06-01") == .missed)
  }

  @Test("one IPV is enough where that is set")
  func oneInjectedPolio() {
    var settings = ImmunizationSettings()
    settings.basicInjectedPolioDoses = 1
    var doses = CompletenessTests.firstYear + [dose(.measlesRubella, "2024-10-15")]
    doses.remove(at: 15)
    #expect(
      status(.basic(settings), doses, on: "2025-06-01", settings: settings)
        == .reached(day("2024-10-15")))
  }

  @Test("the second year: DPT-HB-Hib 4 and MR 2, PCV 3 where set")
  func secondYear() {
    var settings = ImmunizationSettings()
    let doses =
      CompletenessTests.firstYear + [
        dose(.measlesRubella, "2024-10-15"), dose(.pentavalent, "2025-07-15"),
        dose(.measlesRubella, "2026-01-14"),
      ]
    #expect(
      status(.secondYear(settings), doses, on: "2026-06-01") == .reached(day("2026-01-14")))
    // Each of them is needed: the first MR, the fourth DPT-HB-Hib, the second MR.
    for place in doses.indices.suffix(3) {
      var fewer = doses
      fewer.remove(at: place)
      #expect(status(.secondYear(settings), fewer, on: "2026-06-01") == .missed)
    }
    let late = Array(doses.dropLast()) + [dose(.measlesRubella, "2026-01-15")]
    #expect(
      status(.secondYear(settings), late, on: "2026-06-01") == .reachedLate(day("2026-01-15")))
    settings.badutaNeedsPneumococcus = true
    #expect(
      status(.secondYear(settings), doses, on: "2026-06-01", settings: settings) == .missed)
    #expect(
      status(
        .secondYear(settings), doses + [dose(.pneumococcus, "2025-01-15")], on: "2026-06-01",
        settings: settings) == .reached(day("2026-01-14")))
  }

  @Test("the new antigens, and zero dose")
  func others() {
    #expect(
      status(.newAntigens, CompletenessTests.firstYear, on: "2025-06-01")
        == .reached(day("2024-10-15")))
    for (last, expected) in [
      ("2025-01-14", GoalStatus.reached(day("2025-01-14"))),
      ("2025-01-15", .reachedLate(day("2025-01-15"))),
    ] {
      let doses = CompletenessTests.firstYear.dropLast() + [dose(.injectedPolio, last)]
      #expect(status(.newAntigens, Array(doses), on: "2025-06-01") == expected)
    }
    // PCV 2, RV 3 and IPV 2 are each needed.
    for place in [9, 14, 15] {
      var doses = CompletenessTests.firstYear
      doses.remove(at: place)
      #expect(status(.newAntigens, doses, on: "2025-06-01") == .missed)
    }
    let first = ImmunizationGoal.doses(1, of: .dptHBHib, before: 12)
    #expect(status(first, [], on: "2025-01-14") == .underWay(until: day("2025-01-14")))
    #expect(status(first, [], on: "2025-01-15") == .missed)
  }

  static let outOfReach: [(ImmunizationGoal, [GivenDose], String, GoalStatus, [CardVaccine])] = {
    let basic = ImmunizationGoal.basic(ImmunizationSettings())
    let under = GoalStatus.underWay(until: day("2025-01-14"))
    let birth = dose(.hepatitisB, "2024-01-15")
    let polio = [
      birth, dose(.oralPolio, "2024-01-20"), dose(.oralPolio, "2024-03-15"),
    ]
    let others =
      CompletenessTests.firstYear.filter { $0.product != VaccineName.oralPolio.code }
      + [dose(.measlesRubella, "2024-10-15")]
    let polioAndOthers = others + polio.dropFirst()
    let noTriple = CompletenessTests.firstYear.filter {
      $0.product != VaccineName.pentavalent.code
    }
    let firstTriple = noTriple + [dose(.pentavalent, "2024-11-14")]
    return [
      // HB0 is given until the 7th day.
      (basic, [], "2024-01-22", under, []),
      (basic, [], "2024-01-23", .outOfReach, [.hepatitisBAtBirth]),
      (basic, [birth], "2024-01-23", under, []),
      (basic, [], "2025-01-15", .missed, [.hepatitisBAtBirth, .bcg]),
      // The fourth polio drop is given a month after the third.
      (basic, polioAndOthers + [dose(.oralPolio, "2024-12-13")], "2024-12-20", under, []),
      (basic, polioAndOthers + [dose(.oralPolio, "2024-12-14")], "2024-12-20", under, []),
      (
        basic, polioAndOthers + [dose(.oralPolio, "2024-12-15")], "2024-12-20", .outOfReach,
        [.oralPolio]
      ),
      // Three doses of DPT-HB-Hib take two months: the last day to begin, and the day after it.
      (basic, noTriple, "2024-11-14", under, []),
      (basic, noTriple, "2024-11-15", .outOfReach, [.dptHBHib]),
      (basic, noTriple, "2024-12-31", .outOfReach, [.dptHBHib]),
      // After the first one there is a month less to go.
      (basic, firstTriple, "2024-12-14", under, []),
      (basic, firstTriple, "2024-12-15", .outOfReach, [.dptHBHib]),
      // Rotavirus is not begun from five months on.
      (.newAntigens, [], "2024-06-14", under, []),
      (.newAntigens, [], "2024-06-15", .outOfReach, [.rotavirus]),
      // Its third dose is given until under seven months.
      (.newAntigens, [dose(.rotavirus, "2024-06-14")], "2024-07-14", under, []),
      (.newAntigens, [dose(.rotavirus, "2024-06-14")], "2024-07-15", .outOfReach, [.rotavirus]),
    ]
  }()

  @Test("what was not given in its time closes a goal before the birthday", arguments: outOfReach)
  func closed(_ row: (ImmunizationGoal, [GivenDose], String, GoalStatus, [CardVaccine])) {
    let (goal, doses, today, expected, closed) = row
    #expect(status(goal, doses, on: today) == expected)
    let schedule = IndonesianImmunization.schedule()
    var forecaster = ImmunizationForecaster(schedule)
    let birth = day("2024-01-15")
    forecaster.assess(
      ImmunizationPerson(birth: birth, sex: .male), doses: doses, on: day(today))
    let found = goal.closed(
      in: forecaster, by: schedule, birth: birth, on: day(today)
    ).map(\.vaccine)
    // After the birthday all that is open is over as well.
    if expected == .missed {
      #expect(Set(found).isSuperset(of: closed))
    } else {
      #expect(found == closed)
    }
    #expect(goal.closed(in: forecaster, by: schedule, birth: nil, on: day(today)).isEmpty)
  }

  @Test("without a date of birth it is unknown; what is open is listed")
  func missing() {
    let schedule = IndonesianImmunization.schedule()
    var forecaster = ImmunizationForecaster(schedule)
    forecaster.assess(
      ImmunizationPerson(birth: nil, sex: .male), doses: CompletenessTests.firstYear,
      on: day("2025-06-01"))
    let goal = ImmunizationGoal.basic(ImmunizationSettings())
    let unknown = goal.status(
      of: forecaster, by: schedule, birth: nil, on: day("2025-06-01"))
    #expect(unknown == .unknown(.birthDate))
    forecaster.assess(
      ImmunizationPerson(birth: day("2024-01-15"), sex: .male), doses: CompletenessTests.firstYear,
      on: day("2024-12-01"))
    let open = goal.open(in: forecaster)
    #expect(open.map(\.vaccine) == [.measlesRubella])
  }
}
