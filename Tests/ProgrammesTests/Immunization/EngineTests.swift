import Guidance
import Health
import Testing

/// The engine by small schedules made up for the purpose, each rule by itself.
@Suite("Immunization engine")
struct EngineTests {
  static let source = Source(
    id: "test", title: "Test", edition: "1", place: "1", standing: .primary)
  static let one = ProductCode(1)
  static let two = ProductCode(2)
  static let other = ProductCode(3)
  static let antigen = Antigen(0)

  /// A schedule of one antigen with two products, and another antigen with a third.
  private func schedule(
    _ series: [VaccineSeries], overflow: MonthOverflow = .firstOfNextMonth,
    grace: Period = .none, _ change: (inout VaccineSchedule) -> Void = { _ in }
  ) -> VaccineSchedule {
    var schedule = VaccineSchedule(
      source: EngineTests.source, antigenCount: 2, grace: grace, monthOverflow: overflow,
      products: [
        VaccineProduct(EngineTests.one, contents: [AntigenContent(EngineTests.antigen)]),
        VaccineProduct(EngineTests.two, contents: [AntigenContent(EngineTests.antigen)]),
        VaccineProduct(EngineTests.other, contents: [AntigenContent(Antigen(1))]),
      ], series: series, groups: [VaccineGroup([EngineTests.antigen])])
    change(&schedule)
    return schedule
  }

  private func series(
    _ doses: [SeriesDose], kind: SeriesKind = .standard,
    selection: SeriesSelection = SeriesSelection(), indications: [SeriesIndication] = []
  ) -> VaccineSeries {
    VaccineSeries(
      EngineTests.antigen, kind: kind, selection: selection, indications: indications,
      doses: doses)
  }

  private func ask(
    _ schedule: VaccineSchedule, born birth: String = "2020-01-31", _ doses: [GivenDose] = [],
    on today: String, observations: [ImmunizationObservation] = []
  ) -> (forecast: VaccineForecast, doses: [DoseEvaluation?]) {
    var forecaster = ImmunizationForecaster(schedule)
    forecaster.assess(
      ImmunizationPerson(birth: day(birth), sex: .male, observations: observations), doses: doses,
      on: day(today))
    return (
      forecaster.groups[0],
      doses.indices.map { forecaster.evaluation(ofDose: $0, inGroup: 0) }
    )
  }

  private func given(_ product: ProductCode, _ text: String) -> GivenDose {
    GivenDose(product, on: day(text))
  }

  static let month = SeriesDose(ages: [DoseAge(minimum: .months(1))])

  @Test("a month that is too short ends on its last day, or on the first of the next")
  func overflow() {
    let rule = [series([EngineTests.month])]
    #expect(ask(schedule(rule), on: "2020-02-01").forecast.earliest == day("2020-03-01"))
    #expect(
      ask(schedule(rule, overflow: .lastDayOfMonth), on: "2020-02-01").forecast.earliest
        == day("2020-02-29"))
    let year = [series([SeriesDose(ages: [DoseAge(minimum: .years(1) - .days(4))])])]
    #expect(
      ask(schedule(year), born: "2020-02-29", on: "2020-03-01").forecast.earliest
        == day("2021-02-25"))
  }

  @Test("months are added alike by the table and by the calendar, whatever the day")
  func months() {
    var dice = Dice(state: 5)
    for _ in 0..<50 {
      let months = Int32(dice.roll(1200))
      let rule = [series([SeriesDose(ages: [DoseAge(minimum: .months(months))])])]
      var forecaster = ImmunizationForecaster(schedule(rule, overflow: .lastDayOfMonth))
      for _ in 0..<40 {
        let birth = CivilDate(dayNumber: Int32(dice.roll(60_000)) - 20_000)
        forecaster.assess(ImmunizationPerson(birth: birth, sex: nil), doses: [], on: birth)
        #expect(forecaster.groups[0].earliest == birth.addingMonths(Int(months)))
      }
    }
  }

  @Test("grace: within it a dose counts and says so, before it not")
  func grace() {
    let rule = schedule([series([EngineTests.month])], grace: .days(4))
    let late = ask(rule, [given(EngineTests.one, "2020-02-26")], on: "2020-05-01")
    #expect(late.doses == [DoseEvaluation(.valid, .withinGrace)])
    let early = ask(rule, [given(EngineTests.one, "2020-02-25")], on: "2020-05-01")
    #expect(early.doses == [DoseEvaluation(.notValid, .tooYoung)])
    #expect(early.forecast.earliest == day("2020-03-01"))
  }

  @Test("distances: from the dose before, from a dose of the series, from the latest of products")
  func starts() {
    let second = SeriesDose(
      intervals: [DoseInterval(from: .previousDose, minimum: .weeks(4))])
    let third = SeriesDose(intervals: [
      DoseInterval(from: .previousDose, minimum: .weeks(4)),
      DoseInterval(from: .dose(1), minimum: .months(6)),
      DoseInterval(from: .latest([EngineTests.other]), minimum: .weeks(10)),
    ])
    let rule = schedule([series([SeriesDose(), second, third])])
    let doses = [given(EngineTests.one, "2020-03-01"), given(EngineTests.two, "2020-04-01")]
    #expect(ask(rule, doses, on: "2020-05-01").forecast.earliest == day("2020-09-01"))
    let more = doses + [given(EngineTests.other, "2020-07-20")]
    #expect(ask(rule, more, on: "2020-08-01").forecast.earliest == day("2020-09-28"))
    // A dose that did not count is kept distance from as well.
    let early = [given(EngineTests.one, "2020-03-01"), given(EngineTests.one, "2020-03-20")]
    let asked = ask(rule, early, on: "2020-05-01")
    #expect(asked.doses[1] == DoseEvaluation(.notValid, .tooSoon))
    #expect(asked.forecast.earliest == day("2020-04-17"))
    #expect(asked.forecast.reason == .intervalFromInvalidDose)
  }

  @Test("a shorter distance that is allowed makes a given dose count, and forecasts none sooner")
  func allowableInterval() {
    let second = SeriesDose(
      intervals: [DoseInterval(from: .previousDose, minimum: .months(6))],
      allowableIntervals: [DoseInterval(from: .previousDose, minimum: .months(4))])
    let rule = schedule([series([SeriesDose(), second])])
    let first = given(EngineTests.one, "2020-03-01")
    #expect(ask(rule, [first], on: "2020-04-01").forecast.earliest == day("2020-09-01"))
    #expect(
      ask(rule, [first, given(EngineTests.one, "2020-07-01")], on: "2020-08-01").forecast.status
        == .complete)
    #expect(
      ask(rule, [first, given(EngineTests.one, "2020-06-30")], on: "2020-08-01").doses[1]
        == DoseEvaluation(.notValid, .tooSoon))
  }

  @Test("products: recommended, allowed, allowed at another age, by mistake, not at all")
  func products() {
    var dose = SeriesDose(
      preferable: [VaccineChoice(EngineTests.one, from: .months(2), until: .months(12))])
    let rule = schedule([series([dose])])
    func judge(_ rule: VaccineSchedule, _ product: ProductCode, _ text: String)
      -> DoseEvaluation?
    {
      ask(rule, [given(product, text)], on: "2022-01-01").doses[0]
    }
    #expect(judge(rule, EngineTests.one, "2020-04-01")?.status == .valid)
    #expect(
      judge(rule, EngineTests.one, "2020-03-30") == DoseEvaluation(.notValid, .wrongAgeForVaccine))
    #expect(
      judge(rule, EngineTests.two, "2020-04-01") == DoseEvaluation(.notValid, .wrongVaccine))
    dose.allowable = [VaccineChoice(EngineTests.two)]
    dose.inadvertent = [EngineTests.one]
    let next = schedule([series([dose])])
    #expect(judge(next, EngineTests.two, "2020-04-01")?.status == .valid)
    #expect(
      judge(next, EngineTests.one, "2020-04-01") == DoseEvaluation(.notValid, .inadvertentVaccine))
    #expect(
      ask(
        next, [GivenDose(EngineTests.two, on: day("2020-04-01"), isSubstandard: true)],
        on: "2022-01-01"
      ).doses[0] == DoseEvaluation(.substandard, .substandard))
  }

  @Test("a trade name that a rule asks for must be written")
  func brands() {
    let rule = schedule([
      series([SeriesDose(preferable: [VaccineChoice(EngineTests.one, brand: 7)])])
    ])
    func status(_ brand: UInt8) -> DoseStatus? {
      let dose = GivenDose(EngineTests.one, on: day("2020-04-01"), brand: brand)
      return ask(rule, [dose], on: "2022-01-01").doses[0]?.status
    }
    #expect(status(7) == .valid)
    #expect(status(0) == .notValid)
    #expect(status(8) == .notValid)
  }
}
