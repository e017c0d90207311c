import Guidance
import Health
import Programmes

extension PuskesmasCare {
  /// A visit in pregnancy: where, by whom, and what is asked, measured, tested and given.
  mutating func visitAntenatal(
    _ number: Int, of place: Int, on day: CivilDate, with people: PuskesmasPeople
  ) {
    let mother = Int(courses[place].mother)
    var traits = traits(of: mother)
    let woman = Mother(&traits)
    let home = posyandu(of: mother, in: people)
    let isFirst = courses[place].episode == nil
    let isDoctors = isFirst || number == 5
    let sawDoctor = isDoctors && random.happens(SyntheticRates.seenByDoctor)
    let site = sawDoctor ? sites.puskesmas(of: home) : antenatalSite(home)
    // One after the other: that she is pregnant comes before what an ultrasound says of it.
    let moment = evening(of: day, about: mother, with: people, mayBeLate: !isFirst)
    if isFirst { tellPregnancy(of: place, on: day, at: site, with: people, moment: moment) }
    if sawDoctor {
      tellUltrasound(of: place, on: day, at: site, with: people, moment: moment.onNextPage)
    }
    let course = courses[place]
    var visit = VisitBody(
      setting: site.setting, performer: sawDoctor ? .doctor : .midwife, purposes: .antenatal)
    measure(woman, course, on: day, isFirst: isFirst, &visit)
    noteSigns(of: course, on: day, &visit)
    testBlood(of: woman, course, on: day, isFirst: isFirst, isLast: number == 5, &visit)
    give(course, woman, on: day, isFirst: isFirst, &visit)
    if isFirst { noteRisks(of: woman, course, isFirst: births[course.mother] == nil, &visit) }
    if sawDoctor {
      visit.note(.ultrasoundDone, true)
      visit.note(.mentalHealthScreened, random.happens(0.7))
    }
    write(
      visit, about: mother, on: day, at: site, with: people,
      moment: moment.onNextPage.onNextPage)
    if isFirst, visit.value(.hivTest) == nil {
      refuse(
        "hiv_tested", by: mother, on: day, at: site, with: people, moment: moment.onNextPage)
    }
    if let status = visit.value(.tetanusStatus), status < 5 {
      giveTetanus(to: mother, on: day, at: site, with: people, moment: moment.onNextPage)
    }
    if course.hasPreeclampsia(on: day), !course.isControlled {
      courses[place].isControlled = true
      let again = day + AgeInDays(Int32(random.whole(1...6)))
      if again < course.endDay {
        courses[place].add(.control, on: again)
        courses[place].putInOrder()
      }
    }
  }

  /// Td at the first visit, for some of those who are not protected for life.
  private mutating func giveTetanus(
    to mother: Int, on day: CivilDate, at site: CareSite, with people: PuskesmasPeople,
    moment: Instant
  ) {
    guard day >= plan.firstCareMonth.firstDay, random.happens(SyntheticRates.tetanusGiven) else {
      return
    }
    write(
      .vaccination, about: mother, on: day, at: site,
      VaccinationDose.inPregnancy.body(on: day).bytes, with: people, moment: moment)
  }

  private mutating func antenatalSite(_ home: Int) -> CareSite {
    switch random.fraction() {
    case ..<0.50: sites.pustu(of: home)
    case ..<0.72: sites.posyanduDay(of: home)
    case ..<0.87: sites.puskesmas(of: home)
    default: sites.practice(of: home)
    }
  }

  /// Writes that she is pregnant, since when, and what came before.
  private mutating func tellPregnancy(
    of place: Int, on day: CivilDate, at site: CareSite, with people: PuskesmasPeople,
    moment: Instant
  ) {
    let course = courses[place]
    let before = births[course.mother] ?? EarlierBirths()
    var traits = traits(of: Int(course.mother))
    let lost = before.count > 0 && Mother(&traits).hasLostOne ? 1 : 0
    var body = PregnancyBody()
    body.lastMenstrualPeriod = course.period
    body.gravida = Int32(before.count + lost + 1)
    body.para = Int32(before.count)
    body.losses = Int32(lost)
    body.livingChildren = Int32(before.living)
    body.lastPregnancyEnded = before.last
    courses[place].episode = write(
      .pregnancy, about: Int(course.mother), on: day, at: site, body.bytes, with: people,
      moment: moment)
  }

  /// Writes how old an ultrasound finds the pregnancy, and how many children.
  private mutating func tellUltrasound(
    of place: Int, on day: CivilDate, at site: CareSite, with people: PuskesmasPeople,
    moment: Instant
  ) {
    let course = courses[place]
    guard !course.isDated, let episode = course.episode else { return }
    courses[place].isDated = true
    let weeks = Double(course.week(on: day))
    let error = random.normal(deviation: weeks < 14 ? 2 : weeks < 24 ? 4 : 9)
    var body = PregnancyBody()
    body.episode = episode
    body.ultrasoundGestation = Int32(course.gestation(on: day)) + Int32(error.rounded())
    body.ultrasoundOn = day
    body.fetuses = course.isTwins ? 2 : 1
    write(
      .pregnancy, about: Int(course.mother), on: day, at: site, body.bytes, with: people,
      moment: moment)
  }

  private mutating func measure(
    _ woman: Mother, _ course: PregnancyCourse, on day: CivilDate, isFirst: Bool,
    _ visit: inout VisitBody
  ) {
    let week = course.week(on: day)
    let share = week < 13 ? 0.13 * Double(week) / 13 : 0.13 + 0.87 * Double(week - 13) / 27
    let weight = woman.weight + course.gain * share + random.normal(deviation: 0.4)
    visit.note(.weight, Int((weight * 10).rounded()) * 100)
    if isFirst {
      visit.note(.lengthOrHeight, Int((woman.height * 2).rounded()) * 50)
      if random.happens(0.8) {
        visit.note(.weightBeforePregnancy, Int(woman.weight.rounded()) * 1000)
      }
      visit.note(.armCircumference, Int((woman.arm * 10).rounded()) * 10)
    }
    notePressure(of: woman, course, on: day, &visit)
    if week >= 20 {
      let height = min(Double(week), 36) - 1 + (course.isTwins ? 3 : 0)
      visit.note(
        .fundalHeight,
        Int((height + random.normal(deviation: 1.2)).rounded()) * 100)
    }
    if week >= 16 {
      visit.note(
        .fetalHeartRate, random.whole(mean: 142, deviation: 8, within: 104...176))
    }
    if week >= 36 {
      visit.note(.presentation, random.position(in: SyntheticRates.presentations) + 1)
    }
  }

  /// Notes the blood pressure, high where she has preeclampsia.
  mutating func notePressure(
    of woman: Mother, _ course: PregnancyCourse, on day: CivilDate, _ visit: inout VisitBody
  ) {
    let raised: Double = course.hasPreeclampsia(on: day) ? max(0, 146 - woman.systolic) : 0
    visit.note(
      .systolicPressure,
      random.whole(mean: woman.systolic + raised, deviation: 6, within: 80...210))
    visit.note(
      .diastolicPressure,
      random.whole(mean: woman.diastolic + raised * 0.65, deviation: 4, within: 45...130))
  }

  private mutating func noteSigns(
    of course: PregnancyCourse, on day: CivilDate, _ visit: inout VisitBody
  ) {
    let week = course.week(on: day)
    visit.note(signs: SyntheticRates.antenatalSigns, &random)
    // Vomiting belongs to the first weeks, water to the last.
    if week < 14, random.happens(0.02) { visit.note(.vomitsAll, true) }
    if week < 34 { visit.note(.watersBroke, false) }
    if course.hasPreeclampsia(on: day) {
      visit.note(signs: [(.headacheBlurredSight, 0.25), (.swollenFaceHands, 0.4)], &random)
    }
    if week >= 24 { visit.note(.fewMovements, random.happens(0.004)) }
    if week >= 36 { visit.note(signs: [(.greenWaters, 0.001), (.cordOrHandOut, 0)], &random) }
  }

  private mutating func testBlood(
    of woman: Mother, _ course: PregnancyCourse, on day: CivilDate, isFirst: Bool, isLast: Bool,
    _ visit: inout VisitBody
  ) {
    let week = course.week(on: day)
    let dilution: Double = week < 13 ? 0 : week < 28 ? 0.6 : 0.2
    let haemoglobin = woman.haemoglobin - dilution + random.normal(deviation: 0.25)
    let value = Int((min(max(haemoglobin, 5), 16.5) * 10).rounded())
    if isFirst || isLast || value < 100, random.happens(0.9) { visit.note(.haemoglobin, value) }
    if visit[DataElement.haemoglobin.code] == nil { visit.note(.pallor, value < 95) }
    if isFirst { testOnce(woman, &visit) }
    let hasProtein = course.hasPreeclampsia(on: day)
    if week >= 20, random.happens(hasProtein ? 0.95 : 0.6) {
      visit.note(
        .urineProtein,
        hasProtein ? random.whole(3...5) : random.happens(0.04) ? 2 : 1)
    }
    if week >= 28, random.happens(0.6) {
      visit.note(.urineGlucose, course.hasDiabetes && random.happens(0.6) ? 2 : 1)
    }
    if (20...30).contains(week), random.happens(0.55) || isFirst {
      let mean: Double = course.hasDiabetes ? 172 : 97
      visit.note(
        .bloodGlucose, random.whole(mean: mean, deviation: 14, within: 60...320))
    }
  }

  private mutating func testOnce(_ woman: Mother, _ visit: inout VisitBody) {
    let tested = SyntheticRates.tested
    let reactive = SyntheticRates.reactive
    if random.happens(0.9) {
      visit.note(.bloodGroup, woman.bloodGroup)
      visit.note(.rhesusFactor, woman.isRhesusNegative ? 2 : 1)
    }
    visit.note(.infectionRiskAsked, true)
    if random.happens(tested.hiv) {
      visit.note(.hivTest, random.happens(reactive.hiv) ? 2 : 1)
    }
    if random.happens(tested.syphilis) {
      visit.note(.syphilisTest, random.happens(reactive.syphilis) ? 2 : 1)
    }
    if random.happens(tested.hepatitisB) {
      visit.note(.hepatitisBTest, woman.hasHepatitis ? 2 : 1)
    }
  }

  private mutating func give(
    _ course: PregnancyCourse, _ woman: Mother, on day: CivilDate, isFirst: Bool,
    _ visit: inout VisitBody
  ) {
    visit.note(.ironTabletsGiven, random.happens(0.93) ? 30 : 0)
    if isFirst {
      visit.note(.tabletKind, random.happens(0.15) ? 2 : 1)
      visit.note(.tetanusStatus, [2, 3, 4, 5, 1, 0][random.position(in: [30, 20, 18, 15, 12, 5])])
      visit.note(.teethExamined, random.happens(0.4))
    } else {
      visit.note(.ironTabletsTaken, random.whole(mean: 25, deviation: 6, within: 0...60))
    }
    visit.note(.counselled, random.happens(0.96))
    if woman.arm < 23.5 { visit.note(.supplementaryFood, random.happens(0.7)) }
    // The birth plan of half of all books stays empty.
    guard course.week(on: day) >= 28, random.happens(SyntheticRates.birthPlans / 2) else { return }
    visit.note(.birthPlanMade, true)
    visit.note(.plannedAttendant, random.happens(0.78) ? 1 : 2)
    visit.note(.plannedPlace, random.position(in: [0.16, 0.36, 0.24, 0.18, 0.06]) + 1)
    if random.happens(0.5) { visit.note(.plannedMoney, random.happens(0.8) ? 1 : 4) }
    if random.happens(0.45) { visit.note(.transportReady, random.happens(0.8)) }
    if random.happens(0.35) { visit.note(.bloodDonors, random.whole(0...4)) }
    if random.happens(0.5) { visit.note(.companionReady, true) }
    if random.happens(0.5) { visit.note(.contraceptionPlanned, random.happens(0.6)) }
    visit.note(.stickerOnHouse, random.happens(0.6))
  }

  /// What is asked once: the score card of Poedji Rochjati and the risks of preeclampsia.
  private mutating func noteRisks(
    of woman: Mother, _ course: PregnancyCourse, isFirst: Bool, _ visit: inout VisitBody
  ) {
    guard random.happens(0.85) else { return }
    if isFirst {
      visit.note(.longMarriedBeforeFirst, random.happens(0.05))
    } else {
      visit.note(signs: SyntheticRates.risksOfEarlierBirths, &random)
      visit.note(.caesareanBefore, woman.hadCaesarean)
      visit.note(.failedPregnancy, woman.hasLostOne)
    }
    visit.note(signs: SyntheticRates.illnesses, &random)
    visit.note(.diabetes, random.happens(0.008))
    visit.note(.chronicHypertension, woman.hasHypertension)
    visit.note(.workHazardsAsked, random.happens(0.8))
    visit.note(.anaemiaOrMalaria, woman.haemoglobin < 11)
    visit.note(.swellingAndPressure, false)
    visit.note(.bleedingThisPregnancy, visit[DataElement.bleeding.code] == 1)
    visit.note(.severePreeclampsia, false)
  }

  /// Seen by a doctor of the hospital for high blood pressure.
  mutating func controlPressure(of place: Int, on day: CivilDate, with people: PuskesmasPeople) {
    let course = courses[place]
    var traits = traits(of: Int(course.mother))
    let woman = Mother(&traits)
    let site = sites.hospital(of: posyandu(of: Int(course.mother), in: people))
    var visit = VisitBody(setting: site.setting, performer: .doctor, purposes: .antenatal)
    notePressure(of: woman, course, on: day, &visit)
    visit.note(.urineProtein, random.whole(3...5))
    visit.note(.swellingAndPressure, true)
    visit.note(.severePreeclampsia, random.happens(0.3))
    visit.note(.counselled, true)
    write(visit, about: Int(course.mother), on: day, at: site, with: people)
  }
}
