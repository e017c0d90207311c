import Guidance
import Health
import Programmes
import Testing

/// BIAS: MR in August and DT in November of class 1, Td in November of classes 2 and 5, HPV for
/// girls in August of class 5.
@Suite("School immunization")
struct SchoolTests {
  private func next(
    _ vaccine: CardVaccine, born birth: String, sex: Sex? = .female, _ doses: [GivenDose] = [],
    on today: String, edition: ImmunizationEdition = .kmk1098Changed2025, yearsBehind: Int8 = 0
  ) -> VaccineForecast {
    var forecaster = ImmunizationForecaster(IndonesianImmunization.schedule(edition))
    var person = ImmunizationPerson(birth: day(birth), sex: sex)
    person.yearsBehindAtSchool = yearsBehind
    forecaster.assess(person, doses: doses, on: day(today))
    return forecaster.groups[vaccine.place]
  }

  @Test("the school months of a child who turns seven in 2026", arguments: ["01-01", "12-31"])
  func months(birthday: String) {
    let birth = "2019-" + birthday
    #expect(
      next(.schoolMeaslesRubella, born: birth, on: "2026-07-31").earliest == day("2026-08-01"))
    #expect(
      next(.schoolMeaslesRubella, born: birth, on: "2026-07-31").pastDue == day("2026-08-31"))
    let first = next(.schoolDiphtheriaTetanus, born: birth, on: "2026-09-01")
    #expect(first.earliest == day("2026-11-01"))
    #expect(first.pastDue == day("2026-11-30"))
    let given = [dose(.dt, "2026-11-12")]
    let second = next(.schoolDiphtheriaTetanus, born: birth, given, on: "2027-01-01")
    #expect(second.earliest == day("2027-11-01"))
    let third = next(
      .schoolDiphtheriaTetanus, born: birth, given + [dose(.td, "2027-11-12")], on: "2028-01-01")
    #expect(third.earliest == day("2030-11-01"))
    #expect(third.doseNumber == 3)
    #expect(
      next(.humanPapillomavirus, born: birth, on: "2026-09-01").earliest == day("2030-08-01"))
  }

  @Test("a child in a lower class than others of the year is due a year later")
  func lowerClass() {
    #expect(
      next(.schoolMeaslesRubella, born: "2019-05-05", on: "2026-07-31", yearsBehind: 1).earliest
        == day("2027-08-01"))
  }

  @Test("HPV: one dose now, two before January 2025; never for boys; unknown without the sex")
  func humanPapillomavirus() {
    let given = [dose(.humanPapillomavirus, "2030-08-20")]
    let now = next(.humanPapillomavirus, born: "2019-05-05", given, on: "2030-09-01")
    #expect(now.status == .complete)
    let before = next(
      .humanPapillomavirus, born: "2019-05-05", given, on: "2030-09-01", edition: .kmk1098)
    #expect(before.status == .notComplete)
    #expect(before.doseNumber == 2)
    #expect(before.earliest == day("2031-08-01"))
    let boy = next(.humanPapillomavirus, born: "2019-05-05", sex: .male, on: "2030-09-01")
    #expect(boy.status == .notApplicable)
    let somebody = next(.humanPapillomavirus, born: "2019-05-05", sex: nil, on: "2030-09-01")
    #expect(somebody.status == .unknown)
    #expect(somebody.missing == .sex)
  }

  @Test("HPV is made up for until the day before the sixteenth birthday")
  func catchUp() {
    #expect(
      next(.humanPapillomavirus, born: "2019-05-05", on: "2035-05-04").status == .notComplete)
    #expect(next(.humanPapillomavirus, born: "2019-05-05", on: "2035-05-05").status == .agedOut)
  }

  @Test("a dose of MR before five is one of childhood, from five on one of school")
  func fifthBirthday() {
    let early = [dose(.measlesRubella, "2024-05-04")]
    #expect(
      next(.schoolMeaslesRubella, born: "2019-05-05", early, on: "2026-09-01").status
        == .notComplete)
    let late = [dose(.measlesRubella, "2024-05-05")]
    #expect(
      next(.schoolMeaslesRubella, born: "2019-05-05", late, on: "2026-09-01").status
        == .complete)
  }
}
