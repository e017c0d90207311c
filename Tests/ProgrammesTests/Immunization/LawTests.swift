import Guidance
import Health
import Programmes
import Testing

/// What must hold whatever the history is.
@Suite("Laws of immunization")
struct LawTests {
  /// A history of a child with doses at all kinds of wrong times.
  static func history(_ dice: inout Dice, born birth: CivilDate) -> [GivenDose] {
    (0..<dice.roll(14)).map { _ in
      let name = VaccineName.allCases[dice.roll(VaccineName.allCases.count)]
      let age = dice.roll(3) == 0 ? dice.roll(4000) : dice.roll(700)
      return GivenDose(
        name.code, on: birth.plus(Int32(age)), isSubstandard: dice.roll(20) == 0)
    }
  }

  private func schedule(_ settings: ImmunizationSettings = ImmunizationSettings())
    -> VaccineSchedule
  {
    var settings = settings
    settings.givesJapaneseEncephalitis = true
    return IndonesianImmunization.schedule(settings: settings)
  }

  @Test("the order in which doses arrive changes nothing")
  func order() {
    var dice = Dice(state: 11)
    var forecaster = ImmunizationForecaster(schedule())
    for _ in 0..<400 {
      let birth = CivilDate(dayNumber: Int32(18_000 + dice.roll(1500)))
      let person = ImmunizationPerson(birth: birth, sex: .female)
      let today = birth.plus(Int32(dice.roll(4500)))
      let doses = LawTests.history(&dice, born: birth)
      var places = Array(doses.indices)
      forecaster.assess(person, doses: doses, on: today)
      let groups = forecaster.groups
      let judged = doses.indices.map { dose in
        CardVaccine.allCases.map { forecaster.evaluation(ofDose: dose, inGroup: $0.place) }
      }
      for index in places.indices.reversed() { places.swapAt(index, dice.roll(index + 1)) }
      forecaster.assess(person, doses: places.map { doses[$0] }, on: today)
      #expect(forecaster.groups == groups)
      for (position, place) in places.enumerated() {
        let same = doses.filter { $0 == doses[place] }.count == 1
        guard same else { continue }
        let again = CardVaccine.allCases.map {
          forecaster.evaluation(ofDose: position, inGroup: $0.place)
        }
        #expect(again == judged[place])
      }
    }
  }

  @Test("a dose of another antigen changes nothing, unless it stands in the way")
  func unrelated() {
    var dice = Dice(state: 12)
    var forecaster = ImmunizationForecaster(schedule())
    let inert: [VaccineName] = [.bcg, .rotavirus, .pneumococcus, .oralPolio]
    for round in 0..<300 {
      let birth = CivilDate(dayNumber: Int32(18_000 + dice.roll(1500)))
      let person = ImmunizationPerson(birth: birth, sex: .female)
      let today = birth.plus(Int32(dice.roll(2500)))
      let doses = LawTests.history(&dice, born: birth)
      forecaster.assess(person, doses: doses, on: today)
      let groups = forecaster.groups
      let added = inert[round % inert.count]
      let more = doses + [GivenDose(added.code, on: birth.plus(Int32(dice.roll(700))))]
      forecaster.assess(person, doses: more, on: today)
      let own: CardVaccine =
        switch added {
        case .bcg: .bcg
        case .rotavirus: .rotavirus
        case .pneumococcus: .pneumococcus
        default: .oralPolio
        }
      for vaccine in CardVaccine.allCases where vaccine != own {
        #expect(forecaster.groups[vaccine.place] == groups[vaccine.place])
      }
    }
  }

  @Test("live vaccines on one day or four weeks apart")
  func liveVaccines() {
    var settings = ImmunizationSettings()
    settings.givesJapaneseEncephalitis = true
    func judge(_ given: String) -> DoseEvaluation? {
      IndonesianImmunization.ask(
        born: "2024-01-15",
        [dose(.measlesRubella, "2024-11-20"), dose(.japaneseEncephalitis, given)],
        on: "2025-06-01", row: .japaneseEncephalitis, settings: settings
      ).evaluations[1]
    }
    #expect(judge("2024-11-20")?.status == .valid)
    #expect(judge("2024-11-21") == DoseEvaluation(.notValid, .vaccineConflict))
    #expect(judge("2024-12-17") == DoseEvaluation(.notValid, .vaccineConflict))
    #expect(judge("2024-12-18")?.status == .valid)
    #expect(judge("2024-12-19")?.status == .valid)
    let next = IndonesianImmunization.ask(
      born: "2024-01-15", [dose(.measlesRubella, "2024-11-20")], on: "2024-11-25",
      settings: settings
    ).groups[CardVaccine.japaneseEncephalitis.place]
    #expect(next.earliest == day("2024-12-18"))
    #expect(next.reason == .vaccineConflict)
  }

  @Test("widening a window never makes a dose later")
  func widening() {
    var dice = Dice(state: 13)
    let narrow = schedule()
    for _ in 0..<60 {
      var wide = narrow
      let series = dice.roll(wide.series.count)
      let number = dice.roll(wide.series[series].doses.count)
      LawTests.widen(&wide.series[series].doses[number], &dice)
      var one = ImmunizationForecaster(narrow)
      var other = ImmunizationForecaster(wide)
      for _ in 0..<60 {
        let birth = CivilDate(dayNumber: Int32(18_000 + dice.roll(1500)))
        let person = ImmunizationPerson(birth: birth, sex: .female)
        let today = birth.plus(Int32(dice.roll(4000)))
        let doses = LawTests.history(&dice, born: birth)
        one.assess(person, doses: doses, on: today)
        other.assess(person, doses: doses, on: today)
        for vaccine in CardVaccine.allCases where vaccine.antigens.count == 1 {
          let before = one.groups[vaccine.place]
          let after = other.groups[vaccine.place]
          guard before.doseNumber == after.doseNumber, let first = before.earliest else { continue }
          #expect((after.earliest ?? first) <= first)
        }
      }
    }
  }

  private static func widen(_ dose: inout SeriesDose, _ dice: inout Dice) {
    switch dice.roll(3) {
    case 0:
      let less = Period.days(Int32(1 + dice.roll(20)))
      dose.ages[0].minimum = dose.ages[0].minimum.map { $0 - less }
      dose.ages[0].recommended = dose.ages[0].recommended.map { $0 - less }
    case 1:
      dose.ages[0].maximum = dose.ages[0].maximum.map { $0 + .months(Int32(1 + dice.roll(9))) }
    default:
      for place in dose.intervals.indices {
        dose.intervals[place].minimum = dose.intervals[place].minimum.map { $0 - .days(3) }
      }
    }
  }

  @Test("without a date of birth nothing is told, and what is missing is said")
  func missingBirthDate() {
    let answer = IndonesianImmunization.ask(
      born: nil, [dose(.pentavalent, "2024-03-15")], on: "2024-06-01")
    for forecast in answer.groups {
      #expect(forecast.status == .unknown)
      #expect(forecast.reason == .missing)
      #expect(forecast.missing == .birthDate)
      #expect(forecast.earliest == nil)
    }
    #expect(answer.evaluations == [nil])
  }

  @Test("a card that says only DPT counts as DPT-HB-Hib, or as DPT where that is set")
  func writtenDPT() {
    let doses = [dose(.dptAsWritten, "2024-03-15")]
    let usual = IndonesianImmunization.ask(born: "2024-01-15", doses, on: "2024-05-01")
    #expect(usual.evaluations[0]?.status == .valid)
    #expect(usual.groups[CardVaccine.dptHBHib.place].doseNumber == 2)
    var settings = ImmunizationSettings()
    settings.writtenDPTIsPentavalent = false
    let strict = IndonesianImmunization.ask(
      born: "2024-01-15", doses, on: "2024-05-01", settings: settings)
    #expect(strict.groups[CardVaccine.dptHBHib.place].doseNumber == 1)
  }

  @Test("a product that the schedule does not know counts for nothing and harms nothing")
  func unknownProduct() {
    let answer = IndonesianImmunization.ask(
      born: "2024-01-15", [GivenDose(ProductCode(60_000), on: day("2024-03-15"))],
      on: "2024-05-01")
    #expect(answer.evaluations == [nil])
    #expect(answer.groups[CardVaccine.dptHBHib.place].doseNumber == 1)
  }

  @Test("a dose on a day that facts cannot carry is not looked at; nor is such a birth")
  func impossibleDays() {
    let far = GivenDose(VaccineName.pentavalent.code, on: CivilDate(dayNumber: .max))
    let early = GivenDose(VaccineName.pentavalent.code, on: CivilDate(dayNumber: .min))
    let answer = IndonesianImmunization.ask(
      born: "2024-01-15", [dose(.pentavalent, "2024-05-02"), far, early], on: "2024-05-01")
    #expect(answer.evaluations.map { $0?.status } == [.valid, nil, nil])
    #expect(answer.groups[CardVaccine.dptHBHib.place].doseNumber == 2)
    var forecaster = ImmunizationForecaster(schedule())
    forecaster.assess(
      ImmunizationPerson(birth: CivilDate(dayNumber: .min), sex: .female), doses: [],
      on: day("2024-05-01"))
    #expect(forecaster.groups[0].missing == .birthDate)
  }

  @Test("of more doses than fit, the latest are kept")
  func manyDoses() {
    let birth = day("2000-01-15")
    var forecaster = ImmunizationForecaster(schedule())
    let many = (0..<100).map { GivenDose(VaccineName.bcg.code, on: birth.plus(Int32($0))) }
    forecaster.assess(
      ImmunizationPerson(birth: birth, sex: .female), doses: many.reversed(),
      on: birth.plus(300))
    #expect(forecaster.groups[CardVaccine.bcg.place].status == .complete)
    #expect(forecaster.evaluation(ofDose: 99, inGroup: CardVaccine.bcg.place) == nil)
    #expect(forecaster.evaluation(ofDose: 0, inGroup: CardVaccine.bcg.place) != nil)
  }
}
