import Guidance
import Health
import Programmes

/// A person as the schedule looks at one, with the doses in their order.
struct VaccinatedPerson {
  let birth: CivilDate?
  let sex: Sex?
  /// The day from which the pregnancy is known that has not ended; nothing where she is not pregnant.
  let pregnantSince: CivilDate?
  let tetanusAsked: TetanusStatus.Told?
  let doses: [RecordedDose]
  let refusals: [VaccineRefusal]

  var isPregnant: Bool { pregnantSince != nil }

  var given: [GivenDose] { doses.map { GivenDose($0.body, on: $0.day) } }

  var asked: ImmunizationPerson { ImmunizationPerson(birth: birth, sex: sex) }
}

/// What the engine says of a person on a day.
struct VaccinationAnswer: Sendable {
  var doses: [RecordedDose] = []
  var planned: [PlannedVaccine] = []
  var card: [CardDose] = []
  var goals: [ReachedGoal] = []
  var tetanus: TetanusStatus?
}

extension VaccinationBook {
  /// Goals are shown until this age.
  private static let goalsEnd = Period.years(6)
  /// From this age on nothing of the card is given any more, whatever the district has set.
  static let adulthood = Period.years(21)
  /// From this age on Td is given by the T status and no longer by classes.
  private static let womanhood = Period.years(13)
  /// Until this age a woman's T status is asked for.
  private static let childbearingEnd = Period.years(50)

  /// Judges the doses, and says what is next.
  func answer(_ person: VaccinatedPerson, on day: CivilDate) -> VaccinationAnswer {
    let given = person.given
    var answer: VaccinationAnswer = ask { forecaster in
      forecaster.assess(person.asked, doses: given, on: day)
      var answer = VaccinationAnswer()
      answer.doses = judged(person, forecaster)
      answer.planned = CardVaccine.allCases.compactMap { planned($0, forecaster, on: day) }
      answer.card = CardDose.card(
        of: forecaster, birth: person.birth, on: day, edition: edition, settings: settings)
      answer.goals = goals(person, forecaster, on: day)
      findEarliest(&answer.doses, person, &forecaster)
      return answer
    }
    // Of adults the card tells what they were given; that childhood is over needs no line.
    if let birth = person.birth, day >= birth + VaccinationBook.adulthood {
      answer.planned.removeAll { $0.state != .complete }
      answer.card.removeAll { $0.window != .given }
    }
    // Until she has given birth only Td is given by the programme: live vaccines and HPV wait.
    if person.isPregnant { answer.planned.removeAll { $0.state != .complete } }
    if isOfWomanhood(person, on: day) {
      let status = TetanusStatus(
        birth: person.birth, doses: given, told: person.tetanusAsked, settings: settings)
      answer.tetanus = status
      if let next = tetanus(status, person, on: day) { answer.planned.append(next) }
    }
    for place in answer.planned.indices {
      complete(&answer.planned[place], answer.doses, person.refusals)
    }
    return answer
  }

  // MARK: Given doses

  private func judged(
    _ person: VaccinatedPerson, _ forecaster: borrowing ImmunizationForecaster
  ) -> [RecordedDose] {
    var doses = person.doses
    for place in doses.indices {
      for vaccine in CardVaccine.allCases {
        guard let found = forecaster.evaluation(ofDose: place, inGroup: vaccine.place),
          !isOfWomanhood(doses[place], vaccine, person)
        else { continue }
        let number =
          found.status == .valid
          ? number(of: vaccine, on: doses[place].day, forecaster) : nil
        doses[place].judgements.append(
          DoseJudgement(
            vaccine: .card(vaccine), number: number, evaluation: found, earliest: nil))
      }
      if let judgement = tetanus(place, person) { doses[place].judgements.append(judgement) }
    }
    return doses
  }

  /// As which dose of a vaccine a dose of that day counts: the last of its antigens' numbers.
  private func number(
    of vaccine: CardVaccine, on day: CivilDate, _ forecaster: borrowing ImmunizationForecaster
  ) -> Int? {
    for antigen in vaccine.antigens {
      let count = forecaster.validDoses(of: antigen.antigen)
      for number in stride(from: count, to: 0, by: -1)
      where forecaster.day(ofValidDose: number, of: antigen.antigen) == day { return number }
    }
    return nil
  }

  /// The class is over for a woman whose Td goes by the T status.
  private func isOfWomanhood(
    _ dose: RecordedDose, _ vaccine: CardVaccine, _ person: VaccinatedPerson
  ) -> Bool {
    guard vaccine == .schoolDiphtheriaTetanus, let birth = person.birth else { return false }
    return dose.day >= birth + VaccinationBook.womanhood
  }

  /// What a woman's dose of tetanus vaccine counts as.
  private func tetanus(_ place: Int, _ person: VaccinatedPerson) -> DoseJudgement? {
    let dose = person.doses[place]
    guard let product = dose.product, product.holdsTetanus, person.sex == .female,
      person.birth.map({ dose.day >= $0 + VaccinationBook.womanhood }) ?? true
    else { return nil }
    guard dose.body.spoiled == nil else {
      return DoseJudgement(
        vaccine: .tetanus, number: nil,
        evaluation: DoseEvaluation(.substandard, .substandard), earliest: nil)
    }
    let given = person.given
    // What was told later says nothing of what a dose was worth on its day.
    let told = person.tetanusAsked.flatMap { $0.on <= dose.day ? $0 : nil }
    let before = TetanusStatus(
      birth: person.birth, doses: Array(given[..<place]), told: told, settings: settings)
    let after = TetanusStatus(
      birth: person.birth, doses: Array(given[...place]), told: told, settings: settings)
    if after.level > before.level {
      return DoseJudgement(
        vaccine: .tetanus, number: Int(after.level),
        evaluation: DoseEvaluation(.valid, .asRecommended), earliest: nil)
    }
    let isOver = before.level == 5
    return DoseJudgement(
      vaccine: .tetanus, number: nil,
      evaluation: isOver
        ? DoseEvaluation(.extraneous, .seriesComplete) : DoseEvaluation(.notValid, .tooSoon),
      earliest: before.nextFrom)
  }

  /// Finds out when a dose that came too early would have counted: the day that the engine forecasts
  /// for it from the doses before it.
  private func findEarliest(
    _ doses: inout [RecordedDose], _ person: VaccinatedPerson,
    _ forecaster: inout ImmunizationForecaster
  ) {
    let given = person.given
    for place in doses.indices {
      let day = doses[place].day
      let early = doses[place].judgements.indices.filter { position in
        let judgement = doses[place].judgements[position]
        let reasons: [DoseReason] = [.tooYoung, .tooSoon, .vaccineConflict]
        return judgement.evaluation.status == .notValid && judgement.vaccine != .tetanus
          && reasons.contains(judgement.evaluation.reason)
      }
      if early.isEmpty { continue }
      let others = given.indices.filter { $0 != place && given[$0].day <= day }.map { given[$0] }
      forecaster.assess(person.asked, doses: others, on: day)
      for position in early {
        let judgement = doses[place].judgements[position]
        guard case .card(let vaccine) = judgement.vaccine,
          let earliest = forecaster.groups[vaccine.place].earliest, earliest > day
        else { continue }
        doses[place].judgements[position] = DoseJudgement(
          vaccine: judgement.vaccine, number: nil, evaluation: judgement.evaluation,
          earliest: earliest)
      }
    }
  }

  // MARK: The next doses

  private func planned(
    _ vaccine: CardVaccine, _ forecaster: borrowing ImmunizationForecaster, on day: CivilDate
  ) -> PlannedVaccine? {
    let forecast = forecaster.groups[vaccine.place]
    guard let state = VaccinationBook.state(of: forecast, on: day) else { return nil }
    return PlannedVaccine(
      vaccine: .card(vaccine), number: Int(forecast.doseNumber), state: state,
      reason: forecast.reason, earliest: forecast.earliest, pastDue: forecast.pastDue,
      latest: forecast.latest, source: forecast.source(in: schedule))
  }

  /// How the next dose stands; nothing where the schedule has none for the person.
  static func state(of forecast: VaccineForecast, on day: CivilDate) -> VaccineState? {
    switch forecast.status {
    case .notApplicable: return nil
    case .unknown: return .unknown(forecast.missing ?? .birthDate)
    case .complete: return .complete
    case .agedOut: return .tooLate
    case .contraindicated: return .contraindicated
    case .immune, .notRecommended: return .notNeeded
    case .notComplete:
      let isOpen = forecast.earliest.map { $0 <= day } ?? true
      let isLate = forecast.pastDue.map { $0 < day } ?? false
      return isOpen ? isLate ? .overdue : .due : .upcoming
    }
  }

  func isOfWomanhood(_ person: VaccinatedPerson, on day: CivilDate) -> Bool {
    guard person.sex == .female else { return false }
    guard let birth = person.birth else { return person.isPregnant }
    let isOfAge =
      day >= birth + VaccinationBook.womanhood && day < birth + VaccinationBook.childbearingEnd
    return person.isPregnant || isOfAge
  }

  /// The next Td of a woman: owed while she is pregnant, as soon as its distance from the last one
  /// has passed.
  func tetanus(
    _ status: TetanusStatus, _ person: VaccinatedPerson, on day: CivilDate
  ) -> PlannedVaccine? {
    let isDone = status.level == 5
    guard person.isPregnant || isDone else { return nil }
    let earliest = status.nextFrom
    let state: VaccineState =
      isDone ? .complete : earliest.map { $0 > day } == true ? .upcoming : .due
    return PlannedVaccine(
      vaccine: .tetanus, number: isDone ? 0 : Int(status.level) + 1, state: state,
      reason: isDone ? .complete : earliest == nil ? .age : .interval, earliest: earliest,
      pastDue: nil, latest: nil, source: .tetanusStatus)
  }

  /// Adds the dose before, and that it was offered in vain since it may be given.
  private func complete(
    _ planned: inout PlannedVaccine, _ doses: [RecordedDose], _ refusals: [VaccineRefusal]
  ) {
    let vaccine = planned.vaccine
    planned.previous =
      doses.last { dose in
        dose.judgements.contains { $0.vaccine == vaccine && $0.evaluation.status == .valid }
      }?.fact
    guard planned.isOwed else { return }
    let since = planned.earliest
    planned.refusal = refusals.last { refusal in
      refusal.vaccine == vaccine && (since.map { refusal.day >= $0 } ?? true)
    }
  }

  // MARK: Complete immunisation

  private func goals(
    _ person: VaccinatedPerson, _ forecaster: borrowing ImmunizationForecaster,
    on day: CivilDate
  ) -> [ReachedGoal] {
    guard let birth = person.birth, day < birth + VaccinationBook.goalsEnd else { return [] }
    return ReachedGoal.Kind.allCases.map { kind in
      let goal =
        switch kind {
        case .basic: ImmunizationGoal.basic(settings)
        case .secondYear: ImmunizationGoal.secondYear(settings)
        case .newAntigens: ImmunizationGoal.newAntigens
        }
      return ReachedGoal(
        kind: kind, goal: goal,
        status: goal.status(of: forecaster, by: schedule, birth: birth, on: day),
        open: goal.open(in: forecaster),
        closed: goal.closed(in: forecaster, by: schedule, birth: birth, on: day))
    }
  }
}
