import Guidance
import Health
import Programmes
import Testing

@Suite("Immunization settings")
struct ImmunizationSettingsTests {
  @Test("every setting keeps its number, refuses what lies outside, and has a source")
  func ranges() {
    for setting in ImmunizationSetting.allCases {
      var settings = ImmunizationSettings()
      #expect(setting.range.contains(settings[setting]))
      for number in [setting.range.lowerBound, setting.range.upperBound] {
        let isSet = settings.set(setting, to: number)
        #expect(isSet && settings[setting] == number)
      }
      let before = settings
      let isAbove = settings.set(setting, to: setting.range.upperBound + 1)
      let isBelow = settings.set(setting, to: setting.range.lowerBound - 1)
      #expect(!isAbove && !isBelow && settings == before)
      #expect(setting.source.id.utf8CodeUnitCount > 0)
      #expect(setting.name.utf8CodeUnitCount > 0)
    }
  }

  private func next(
    _ vaccine: CardVaccine, _ doses: [GivenDose], on today: String,
    _ change: (inout ImmunizationSettings) -> Void
  ) -> VaccineForecast {
    var settings = ImmunizationSettings()
    change(&settings)
    return IndonesianImmunization.ask(
      born: "2024-01-15", doses, on: today, settings: settings
    ).groups[vaccine.place]
  }

  @Test("four days of grace make a dose count that is four days early, not five")
  func grace() {
    for (given, counts) in [("2024-03-10", false), ("2024-03-11", true)] {
      let forecast = next(.dptHBHib, [dose(.pentavalent, given)], on: "2024-06-01") {
        $0.graceDays = 4
      }
      #expect(forecast.doseNumber == (counts ? 2 : 1))
    }
    let without = next(.dptHBHib, [dose(.pentavalent, "2024-03-14")], on: "2024-06-01") { _ in }
    #expect(without.doseNumber == 1)
    #expect(without.reason == .age)
  }

  @Test("HB0 until the seventh day, or until one month")
  func birthDose() {
    let late = [dose(.hepatitisB, "2024-02-14")]
    #expect(next(.hepatitisBAtBirth, late, on: "2024-02-20") { _ in }.status == .agedOut)
    #expect(
      next(.hepatitisBAtBirth, late, on: "2024-02-20") { $0.birthDoseLastDay = 30 }.status
        == .complete)
  }

  @Test("JE only where it is endemic")
  func endemic() {
    #expect(next(.japaneseEncephalitis, [], on: "2024-12-01") { _ in }.status == .notApplicable)
    #expect(
      next(.japaneseEncephalitis, [], on: "2024-12-01") { $0.givesJapaneseEncephalitis = true }
        .earliest == day("2024-11-15"))
  }

  @Test("the other settings move what they say")
  func others() {
    let ipv = [dose(.injectedPolio, "2024-09-01")]
    #expect(next(.injectedPolio, ipv, on: "2024-10-20") { _ in }.earliest == day("2025-01-01"))
    #expect(
      next(.injectedPolio, ipv, on: "2024-10-20") { $0.injectedPolioMonths = 1 }.earliest
        == day("2024-10-15"))
    #expect(next(.dptHBHib, [], on: "2024-03-20") { _ in }.pastDue == day("2024-04-14"))
    #expect(
      next(.dptHBHib, [], on: "2024-03-20") { $0.overdueAfterIdeal = false }.pastDue
        == day("2025-01-14"))
    let pcv = [dose(.pneumococcus, "2025-02-01")]
    #expect(
      next(.pneumococcus, pcv, on: "2025-05-01") { $0.lateStartPneumococcusDoses = 1 }.status
        == .complete)
    #expect(
      next(.schoolMeaslesRubella, [], on: "2036-01-01") { _ in }.status == .notComplete)
    #expect(
      next(.schoolMeaslesRubella, [], on: "2036-01-01") { $0.schoolLastAge = 9 }.status
        == .agedOut)
    let bcg = [dose(.bcg, "2024-10-10")]
    #expect(next(.measlesRubella, bcg, on: "2024-10-12") { _ in }.earliest == day("2024-10-15"))
    #expect(
      next(.measlesRubella, bcg, on: "2024-10-12") { $0.spacesBCG = true }.earliest
        == day("2024-11-07"))
    for (isSpaced, earliest) in [(false, "2024-11-15"), (true, "2024-12-08")] {
      let japanese = next(
        .japaneseEncephalitis, [dose(.bcg, "2024-11-10")], on: "2024-11-12"
      ) {
        $0.givesJapaneseEncephalitis = true
        $0.spacesBCG = isSpaced
      }
      #expect(japanese.earliest == day(earliest))
    }
    // Measles and rubella, and JE, are both live: on one day or four weeks apart.
    for (measles, earliest) in [("2024-11-10", "2024-12-08"), ("2024-10-15", "2024-11-15")] {
      let japanese = next(
        .japaneseEncephalitis, [dose(.measlesRubella, measles)], on: "2024-11-12"
      ) { $0.givesJapaneseEncephalitis = true }
      #expect(japanese.earliest == day(earliest))
    }
    #expect(
      next(.humanPapillomavirus, [], on: "2038-01-01") { _ in }.status == .notComplete)
    #expect(
      next(.humanPapillomavirus, [], on: "2038-01-01") { $0.humanPapillomavirusLastAge = 12 }
        .status == .agedOut)
  }

  @Test("the distances and ages of school move what they say")
  func school() {
    // Class 1 of 2031; DT late in that school year, so that the distance decides on Td in class 2.
    let late = [dose(.dt, "2032-07-20")]
    #expect(
      next(.schoolDiphtheriaTetanus, late, on: "2032-08-01") { _ in }.earliest == day("2033-01-20"))
    #expect(
      next(.schoolDiphtheriaTetanus, late, on: "2032-08-01") { $0.schoolTetanusMonths = 1 }
        .earliest == day("2032-11-01"))
    #expect(
      next(.schoolDiphtheriaTetanus, late, on: "2032-08-01") { $0.schoolTetanusMonths = 12 }
        .earliest == day("2033-07-20"))
    let soon = late + [dose(.td, "2032-09-20")]
    #expect(next(.schoolDiphtheriaTetanus, soon, on: "2032-10-01") { _ in }.doseNumber == 3)
    #expect(
      next(.schoolDiphtheriaTetanus, soon, on: "2032-10-01") {
        $0.schoolDosesCountFromFourWeeks = false
      }.doseNumber == 2)
    let girl = [dose(.humanPapillomavirus, "2033-01-15")]
    #expect(next(.humanPapillomavirus, girl, on: "2033-02-01") { _ in }.status == .complete)
    #expect(
      next(.humanPapillomavirus, girl, on: "2033-02-01") { $0.humanPapillomavirusFirstAge = 10 }
        .status == .notComplete)
  }

  @Test(
    "the second dose of HPV, in the edition that has it",
    arguments: [
      (class: Int32(6), months: Int32(6), day: "2036-08-01"),
      (class: 5, months: 6, day: "2036-02-20"), (class: 6, months: 12, day: "2036-08-20"),
    ])
  func secondDose(class: Int32, months: Int32, day wanted: String) {
    var settings = ImmunizationSettings()
    settings.humanPapillomavirusSecondClass = `class`
    settings.humanPapillomavirusMonths = months
    let answer = IndonesianImmunization.ask(
      born: "2024-01-15", [dose(.humanPapillomavirus, "2035-08-20")], on: "2035-09-01",
      edition: .kmk1098, settings: settings)
    #expect(answer.groups[CardVaccine.humanPapillomavirus.place].earliest == day(wanted))
  }

  @Test("a rule says where it stands")
  func sources() {
    let schedule = IndonesianImmunization.schedule()
    var forecaster = ImmunizationForecaster(schedule)
    forecaster.assess(
      ImmunizationPerson(birth: day("2024-01-15"), sex: .female), doses: [], on: day("2024-02-01"))
    let source = forecaster.groups[CardVaccine.dptHBHib.place].source(in: schedule)
    #expect("\(source.id)" == "kia-immunization-chart")
    for series in schedule.series {
      for dose in series.doses { #expect(dose.source != nil) }
    }
  }
}
