import Guidance
import Health
import Testing

/// Series against one another, skips, seasons, immunity and the like, by made-up schedules.
@Suite("Immunization engine: series")
struct EngineSeriesTests {
  static let product = ProductCode(1)
  static let antigen = Antigen(0)

  private func schedule(_ series: [VaccineSeries]) -> VaccineSchedule {
    VaccineSchedule(
      source: EngineTests.source, antigenCount: 1, grace: .none, monthOverflow: .firstOfNextMonth,
      products: [
        VaccineProduct(
          EngineSeriesTests.product, contents: [AntigenContent(EngineSeriesTests.antigen)])
      ], series: series, groups: [VaccineGroup([EngineSeriesTests.antigen])])
  }

  private func series(
    _ doses: [SeriesDose], kind: SeriesKind = .standard,
    selection: SeriesSelection = SeriesSelection(), indications: [SeriesIndication] = []
  ) -> VaccineSeries {
    VaccineSeries(
      EngineSeriesTests.antigen, kind: kind, selection: selection, indications: indications,
      doses: doses)
  }

  private func forecast(
    _ schedule: VaccineSchedule, _ days: [String] = [], on today: String,
    observations: [ImmunizationObservation] = []
  ) -> VaccineForecast {
    var forecaster = ImmunizationForecaster(schedule)
    forecaster.assess(
      ImmunizationPerson(birth: day("2020-01-15"), sex: .male, observations: observations),
      doses: days.map { GivenDose(EngineSeriesTests.product, on: day($0)) }, on: day(today))
    return forecaster.groups[0]
  }

  static let distance = SeriesDose(
    intervals: [DoseInterval(from: .previousDose, minimum: .weeks(4))])

  @Test("a dose is skipped by age, by distance and by count, when the rule's context says so")
  func skips() {
    func next(_ condition: SkipCondition, _ days: [String], on today: String) -> VaccineForecast {
      var first = SeriesDose(ages: [DoseAge(minimum: .months(2))])
      first.skips = [ConditionalSkip(.forecast, sets: [SkipSet(conditions: [condition])])]
      let second = SeriesDose(ages: [DoseAge(minimum: .months(7))])
      return forecast(
        schedule([series([SeriesDose(), first, second])]), days, on: today)
    }
    let age = SkipCondition.age(from: .months(6), until: nil)
    #expect(next(age, ["2020-02-01"], on: "2020-07-14").earliest == day("2020-03-15"))
    #expect(next(age, ["2020-02-01"], on: "2020-07-15").earliest == day("2020-08-15"))
    let waited = SkipCondition.interval(.months(5))
    #expect(next(waited, ["2020-02-01"], on: "2020-06-30").earliest == day("2020-03-15"))
    #expect(next(waited, ["2020-02-01"], on: "2020-07-01").earliest == day("2020-08-15"))
    let count = SkipCondition.count(DoseCount(onlyValid: true, .equalTo, 1))
    #expect(next(count, ["2020-02-01"], on: "2020-03-01").earliest == day("2020-08-15"))
    let many = SkipCondition.count(DoseCount(onlyValid: false, .moreThan, 1))
    #expect(next(many, ["2020-02-01"], on: "2020-03-01").earliest == day("2020-03-15"))
    let few = SkipCondition.count(DoseCount(onlyValid: false, .fewerThan, 2))
    #expect(next(few, ["2020-02-01"], on: "2020-03-01").earliest == day("2020-08-15"))
    // The forecast is looked at again on its own earliest day.
    let born = SkipCondition.age(from: .months(2), until: nil)
    #expect(next(born, ["2020-02-01"], on: "2020-03-01").earliest == day("2020-08-15"))
  }

  @Test("all or one of several sets and conditions")
  func sets() {
    func isSkipped(allSets: Bool, all: Bool) -> Bool {
      let yes = SkipCondition.age(from: Period.none, until: nil)
      let no = SkipCondition.age(from: .years(50), until: nil)
      var dose = SeriesDose()
      dose.skips = [
        ConditionalSkip(
          .both, needsAllSets: allSets,
          sets: [
            SkipSet(needsAll: all, conditions: [yes, no]),
            SkipSet(needsAll: all, conditions: [yes]),
          ])
      ]
      return forecast(schedule([series([dose])]), on: "2021-01-01").status == .notRecommended
    }
    #expect(isSkipped(allSets: true, all: false))
    #expect(!isSkipped(allSets: true, all: true))
    #expect(isSkipped(allSets: false, all: true))
  }

  @Test("a recurring dose comes again and again; a season opens and closes")
  func recurring() {
    var again = EngineSeriesTests.distance
    again.isRecurring = true
    let rule = schedule([series([SeriesDose(), again])])
    let next = forecast(rule, ["2020-02-01", "2020-03-01", "2020-04-01"], on: "2020-05-01")
    #expect(next.doseNumber == 4)
    #expect(next.earliest == day("2020-04-29"))
    let season = SeriesDose(season: day("2021-07-01")...day("2022-06-30"))
    let seasonal = schedule([series([season])])
    #expect(forecast(seasonal, on: "2021-01-01").earliest == day("2021-07-01"))
    #expect(forecast(seasonal, on: "2022-06-30").status == .notComplete)
    #expect(forecast(seasonal, on: "2022-07-01").reason == .pastSeason)
  }

  @Test("too old, and too old before the dose may be given")
  func ages() {
    let first = SeriesDose(ages: [DoseAge(maximum: .months(12))])
    var second = EngineSeriesTests.distance
    second.ages = [DoseAge(maximum: .months(12))]
    let rule = schedule([series([first, second])])
    #expect(forecast(rule, on: "2021-01-14").status == .notComplete)
    #expect(forecast(rule, on: "2021-01-14").latest == day("2021-01-14"))
    #expect(forecast(rule, on: "2021-01-15").reason == .tooOld)
    #expect(forecast(rule, ["2020-12-18"], on: "2020-12-20").reason == .cannotFinishInTime)
    #expect(forecast(rule, ["2020-12-17"], on: "2020-12-20").status == .notComplete)
  }

  @Test("immune by birth or observation, contraindicated by observation")
  func endings() {
    var rule = schedule([series([SeriesDose()])])
    rule.immunity = [
      ImmunityRule(EngineSeriesTests.antigen, bornBefore: day("2020-01-16"), exceptions: [9]),
      ImmunityRule(EngineSeriesTests.antigen, observation: 5),
    ]
    #expect(forecast(rule, on: "2021-01-01").status == .immune)
    let exception = [ImmunizationObservation(9)]
    #expect(forecast(rule, on: "2021-01-01", observations: exception).status == .notComplete)
    rule.immunity[0] = ImmunityRule(EngineSeriesTests.antigen, bornBefore: day("2020-01-15"))
    #expect(forecast(rule, on: "2021-01-01").status == .notComplete)
    #expect(
      forecast(rule, on: "2021-01-01", observations: [ImmunizationObservation(5)]).status
        == .immune)
    rule.contraindications = [
      Contraindication(EngineSeriesTests.antigen, observation: 6, until: .months(12))
    ]
    let allergy = [ImmunizationObservation(6)]
    #expect(forecast(rule, on: "2021-01-14", observations: allergy).status == .contraindicated)
    #expect(forecast(rule, on: "2021-01-15", observations: allergy).status == .notComplete)
  }

  @Test("a risk series applies when its indication is observed at its age")
  func risk() {
    let standard = series([SeriesDose()], selection: SeriesSelection(equivalentGroups: 0b100))
    let more = series(
      [SeriesDose(), EngineSeriesTests.distance], kind: .risk,
      selection: SeriesSelection(isDefault: false, group: 2, equivalentGroups: 0b10),
      indications: [SeriesIndication(4, from: .months(6))])
    let rule = schedule([standard, more])
    let ill = [ImmunizationObservation(4)]
    #expect(forecast(rule, ["2020-02-01"], on: "2020-08-01").status == .complete)
    #expect(
      forecast(rule, ["2020-02-01"], on: "2020-07-14", observations: ill).status == .complete)
    // With the illness the standard series alone would protect: groups that are equivalent.
    let alone = schedule([series([SeriesDose(), EngineSeriesTests.distance]), more])
    #expect(
      forecast(alone, ["2020-02-01"], on: "2020-08-01", observations: ill).doseNumber == 2)
    let onlyRisk = schedule([more])
    #expect(forecast(onlyRisk, on: "2020-08-01").status == .notApplicable)
    #expect(forecast(onlyRisk, on: "2020-08-01", observations: ill).status == .notComplete)
  }

  @Test("of two complete series the earliest, or the one with the most doses")
  func complete() {
    let short = series([SeriesDose()])
    let long = series(
      [SeriesDose(), EngineSeriesTests.distance],
      selection: SeriesSelection(isDefault: false, preference: 2))
    for (choice, status) in [
      (CompleteSeriesChoice.earliestComplete, DoseStatus.extraneous),
      (.mostValidDoses, .valid),
    ] {
      var rule = schedule([short, long])
      rule.completeSeries = choice
      var forecaster = ImmunizationForecaster(rule)
      forecaster.assess(
        ImmunizationPerson(birth: day("2020-01-15"), sex: nil),
        doses: ["2020-02-01", "2020-03-01"].map {
          GivenDose(EngineSeriesTests.product, on: day($0))
        }, on: day("2020-05-01"))
      #expect(forecaster.evaluation(ofDose: 1, inGroup: 0)?.status == status)
    }
  }

  @Test("a series for evaluation only shows when it is complete, and is never forecast")
  func evaluationOnly() {
    let rule = schedule([
      series(
        [SeriesDose(), EngineSeriesTests.distance], kind: .evaluationOnly,
        selection: SeriesSelection(isDefault: false))
    ])
    #expect(forecast(rule, ["2020-02-01"], on: "2020-05-01").status == .notApplicable)
    #expect(
      forecast(rule, ["2020-02-01", "2020-03-01"], on: "2020-05-01").status == .complete)
  }

  @Test("a group given whole takes the least dose number, another the greatest")
  func groups() {
    for (isWhole, number) in [(true, UInt8(1)), (false, 2)] {
      let both = VaccineProduct(
        ProductCode(1), contents: [AntigenContent(Antigen(0)), AntigenContent(Antigen(1))])
      let single = VaccineProduct(ProductCode(2), contents: [AntigenContent(Antigen(0))])
      let doses = [SeriesDose(), EngineSeriesTests.distance]
      let rule = VaccineSchedule(
        source: EngineTests.source, antigenCount: 2, grace: .none,
        monthOverflow: .lastDayOfMonth, products: [both, single],
        series: [
          VaccineSeries(Antigen(0), doses: doses), VaccineSeries(Antigen(1), doses: doses),
        ], groups: [VaccineGroup([Antigen(0), Antigen(1)], isGivenWhole: isWhole)])
      var forecaster = ImmunizationForecaster(rule)
      forecaster.assess(
        ImmunizationPerson(birth: day("2020-01-15"), sex: nil),
        doses: [GivenDose(ProductCode(2), on: day("2020-02-01"))], on: day("2020-02-02"))
      #expect(forecaster.groups[0].doseNumber == number)
      #expect(forecaster.groups[0].earliest == day("2020-02-29"))
    }
  }
}
