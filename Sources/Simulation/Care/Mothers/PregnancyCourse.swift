import Health

/// What happens in the course of a pregnancy.
enum PregnancyStep: Sendable {
  /// A visit in pregnancy; the first to the sixth.
  case antenatal(Int)
  /// Seen again at a hospital for high blood pressure.
  case control
  /// Birth or loss.
  case end
  /// A visit of the mother after birth, 1 to 4.
  case postnatal(Int)
  /// A visit of the newborn, 1 to 3.
  case newborn(Int)
  /// The mother comes for contraception.
  case familyPlanning
  /// Seen again after a loss.
  case afterLoss
}

/// A pregnancy from its first day to the last visit that it leads to.
struct PregnancyCourse: Sendable {
  /// The mother's position among the villagers.
  let mother: Int32
  /// The day from which the weeks are counted.
  let beginning: CivilDate
  /// The day of birth or loss.
  let endDay: CivilDate
  let outcome: PregnancyOutcome
  /// The children's positions; nothing where none was born alive.
  let children: ClosedRange<Int32>?
  /// From which day on she has preeclampsia.
  let preeclampsiaFrom: CivilDate?
  let hasDiabetes: Bool
  /// Kilograms gained until term.
  let gain: Double
  /// The first day of the last period, as she remembers it.
  let period: CivilDate?
  /// What is to happen, the earliest last.
  var steps: [(day: CivilDate, step: PregnancyStep)] = []
  /// The fact by which it is known.
  var episode: Identifier?
  /// Whether it is told how old it is by ultrasound.
  var isDated = false
  /// Whether she was found to have preeclampsia and is seen again.
  var isControlled = false
  /// How the child was born.
  var isCaesarean = false
  /// The method of contraception she uses since.
  var method = 1

  /// Days of gestation on a day.
  func gestation(on day: CivilDate) -> Int { Int((day - beginning).count) }
  /// Completed weeks of gestation on a day.
  func week(on day: CivilDate) -> Int { gestation(on: day) / 7 }
  /// Whether she has preeclampsia on a day.
  func hasPreeclampsia(on day: CivilDate) -> Bool { preeclampsiaFrom.map { $0 <= day } ?? false }
  /// Whether more than one child comes.
  var isTwins: Bool { children.map { $0.count > 1 } ?? false }

  /// Adds a step.
  mutating func add(_ step: PregnancyStep, on day: CivilDate) {
    steps.append((day, step))
  }

  /// Puts the steps in order, the earliest last.
  mutating func putInOrder() {
    steps = steps.indices.sorted {
      (steps[$0].day, $0) > (steps[$1].day, $1)
    }.map { steps[$0] }
  }
}

extension PuskesmasCare {
  /// Lets those pregnancies begin whose births are foreseen.
  mutating func beginPregnancies(in window: MonthWindow, with people: PuskesmasPeople) {
    var begun: [Delivery] = []
    expected.removeAll { delivery in
      // Who is not there yet arrives pregnant.
      guard delivery.beginning <= window.last, Int(delivery.mother) < people.villagers.count
      else { return false }
      begun.append(delivery)
      return true
    }
    for delivery in begun {
      begin(
        of: delivery.mother, on: delivery.beginning, endingOn: delivery.day, .liveBirth,
        children: delivery.children)
    }
  }

  /// Decides the course of a pregnancy: when she comes, what is found, and how it ends.
  mutating func begin(
    of mother: Int32, on beginning: CivilDate, endingOn end: CivilDate,
    _ outcome: PregnancyOutcome, children: ClosedRange<Int32>? = nil
  ) {
    var traits = traits(of: Int(mother))
    let woman = Mother(&traits)
    let isIll = random.happens(SyntheticRates.preeclampsia * (woman.hasHypertension ? 5 : 1))
    let onset = beginning + AgeInDays(Int32(random.whole(24 * 7...38 * 7)))
    var course = PregnancyCourse(
      mother: mother, beginning: beginning, endDay: end, outcome: outcome, children: children,
      preeclampsiaFrom: isIll ? onset : nil,
      hasDiabetes: random.happens(SyntheticRates.diabetesOfPregnancy),
      gain: min(max(random.normal(mean: 10.5, deviation: 3), 2), 22),
      period: rememberedPeriod(beginning))
    planAntenatalVisits(of: &course, leaning: woman.leaning)
    course.add(.end, on: end)
    switch outcome {
    case .liveBirth, .stillbirth: planVisitsAfterBirth(of: &course, leaning: woman.leaning)
    case .miscarriage, .ectopic, .molar:
      if random.happens(0.55) {
        course.add(.afterLoss, on: end + AgeInDays(Int32(random.whole(7...20))))
      }
    }
    course.putInOrder()
    courses.append(course)
  }

  /// Three of four women know the day; others round it, or know nothing of it.
  private mutating func rememberedPeriod(_ day: CivilDate) -> CivilDate? {
    switch random.fraction() {
    case ..<0.74: return day
    case ..<0.90: return day + AgeInDays(Int32(random.whole(-5...5)))
    case ..<0.95: return day + AgeInDays(Int32(random.whole(-21...21)))
    default: return nil
    }
  }

  /// Whether something happens for which the log-odds are known.
  mutating func comes(_ logOdds: Double) -> Bool {
    let odds = exponential(logOdds)
    return random.happens(odds / (1 + odds))
  }

  private mutating func planAntenatalVisits(
    of course: inout PregnancyCourse, leaning: Double
  ) {
    guard !random.happens(SyntheticRates.withoutAntenatalCare) else { return }
    let isLate = random.happens(SyntheticRates.lateFirstVisit)
    let week =
      isLate
      ? 14 + 20 * random.fraction()
      : min(
        SyntheticRates.firstVisitWeek
          * exponential(random.normal(deviation: SyntheticRates.firstVisitSpread)), 22)
    func day(_ week: Double) -> CivilDate { course.beginning + AgeInDays(Int32(week * 7)) }
    var last = max(week, 5)
    course.add(.antenatal(1), on: day(last))
    // The second to the sixth visit in the weeks that are meant for them.
    for (number, weeks) in [(14.0, 18.5), (20, 24.5), (26, 31), (32, 35.5), (36, 39)].enumerated() {
      guard comes(SyntheticRates.antenatalVisits.mean + leaning) else { continue }
      let next = weeks.0 + (weeks.1 - weeks.0) * random.fraction()
      guard next >= last + 1 else { continue }
      last = next
      course.add(.antenatal(number + 2), on: day(next))
    }
    course.steps.removeAll { $0.day >= course.endDay }
  }

  private mutating func planVisitsAfterBirth(of course: inout PregnancyCourse, leaning: Double) {
    func day(_ days: ClosedRange<Int>) -> CivilDate {
      course.endDay + AgeInDays(Int32(random.whole(days)))
    }
    for (number, days) in [0...2, 3...7, 8...28, 29...42].enumerated() {
      let odds = SyntheticRates.postnatalVisits + leaning - 0.25 * Double(number)
      guard comes(odds) else { continue }
      course.add(.postnatal(number + 1), on: day(days))
    }
    if course.outcome == .liveBirth {
      for (number, days) in [0...2, 3...7, 8...28].enumerated() {
        guard comes(SyntheticRates.newbornVisits + leaning) else { continue }
        course.add(.newborn(number + 1), on: day(days))
      }
    }
    course.add(.familyPlanning, on: day(45...110))
  }

  /// Lives through the steps of the month.
  mutating func goOnWithPregnancies(in window: MonthWindow, with people: PuskesmasPeople) {
    for place in courses.indices {
      while let next = courses[place].steps.last, next.day <= window.last {
        courses[place].steps.removeLast()
        // Of what came before the register was opened, only the last is told when it is.
        if let later = courses[place].steps.last, later.day < plan.firstDay { continue }
        take(next.step, of: place, on: max(next.day, plan.firstDay), with: people)
      }
    }
    courses.removeAll { $0.steps.isEmpty }
  }

  private mutating func take(
    _ step: PregnancyStep, of place: Int, on day: CivilDate, with people: PuskesmasPeople
  ) {
    let mother = Int(courses[place].mother)
    // A newborn may outlive its mother; all else is about her.
    if case .newborn(let number) = step {
      visitNewborns(number, of: courses[place], on: day, with: people)
      return
    }
    // What happened before she lived here is told when she comes; her birth is hers wherever.
    guard isHere(mother, on: day, in: people) || isEnd(step, of: mother, on: day, in: people)
    else { return }
    switch step {
    case .antenatal(let number): visitAntenatal(number, of: place, on: day, with: people)
    case .control: controlPressure(of: place, on: day, with: people)
    case .end: end(place, on: day, with: people)
    case .postnatal(let number): visitPostnatal(number, of: place, on: day, with: people)
    case .familyPlanning: visitFamilyPlanning(of: place, on: day, with: people)
    case .afterLoss: visitAfterLoss(of: place, on: day, with: people)
    case .newborn: break
    }
  }

  /// Whether the step is a birth that the register has: on the day of her death or move as well.
  private func isEnd(
    _ step: PregnancyStep, of mother: Int, on day: CivilDate, in people: PuskesmasPeople
  ) -> Bool {
    if case .end = step { return people.villagers[mother].until.map { $0 >= day } ?? true }
    return false
  }
}
