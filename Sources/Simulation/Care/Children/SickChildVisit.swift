import Guidance
import Health
import Programmes

extension PuskesmasCare {
  /// Lets a child fall ill and be brought to the Pustu or the Puskesmas.
  mutating func fallIll(
    _ child: CaredChild, in window: MonthWindow, with people: PuskesmasPeople
  ) {
    guard window.month >= plan.firstVisitMonth else { return }
    let rates = SyntheticRates.sick
    let risk = child.months < 2 ? rates.infant : child.months < 24 ? rates.underTwo : rates.older
    guard random.happens(risk) else { return }
    let day = window.day(random.whole(0...window.days - 1))
    guard day > child.birth + AgeInDays(2), isHere(child.villager, on: day, in: people) else {
      return
    }
    let site =
      random.happens(0.35)
      ? sites.pustu(of: child.posyandu) : sites.childClinic(of: child.posyandu)
    let performer: CarePerformer =
      site.setting == .pustu ? .midwife : random.happens(0.5) ? .doctor : .nurse
    var visit = VisitBody(setting: site.setting, performer: performer, purposes: .sickChild)
    var track = child.track
    guard weigh(on: day, &track, &visit) else { return }
    if day < child.birth + Period.months(2) {
      noteYoungInfant(&visit)
    } else {
      let mustReturn = noteSickChild(atDays: Int((day - child.birth).count), &visit)
      if mustReturn, random.happens(SyntheticRates.seenAgain) {
        recall(child.villager, on: day + AgeInDays(Int32(random.whole(2...3))), for: .sickAgain)
      }
    }
    write(visit, about: child.villager, on: day, at: site, with: people)
  }

  /// Notes weight and arm as they are that day.
  mutating func weigh(
    on day: CivilDate, _ track: inout GrowthTrack, withArm: Bool = true,
    _ visit: inout VisitBody
  ) -> Bool {
    guard let size = track.size(on: day) else { return false }
    visit.note(.weight, Int((size.weight * 10).rounded()) * 100)
    if withArm, let arm = size.arm { visit.note(.armCircumference, Int((arm * 10).rounded()) * 10) }
    return true
  }

  /// What is asked and seen of a sick child of two months and more (MTBS).
  ///
  /// - Returns: whether the child is to be seen again in two days.
  private mutating func noteSickChild(atDays age: Int, _ visit: inout VisitBody) -> Bool {
    visit.note(signs: SyntheticRates.sickSigns, &random)
    // Looked for in every child, and found in those in whom something below goes with it.
    for sign in [DataElement.lethargic, .stridor, .coldLimbs] { visit.note(sign, false) }
    let main = random.position(in: SyntheticRates.complaints)
    let coughs = main == 0 || random.happens(main == 1 ? 0.4 : 0.1)
    let hasFever = main == 1 || random.happens(main == 0 ? 0.35 : 0.15)
    let hasDiarrhoea = main == 2 || random.happens(0.05)
    visit.note(.coughOrHardBreathing, coughs)
    visit.note(.fever, hasFever)
    visit.note(.diarrhoea, hasDiarrhoea)
    visit.note(.earProblem, main == 3)
    visit.note(
      .temperature,
      random.whole(mean: hasFever ? 383 : 368, deviation: 5, within: 355...410))
    visit.note(.oedemaDegree, 0)
    var isGrave = false
    if coughs { isGrave = noteCough(atDays: age, &visit) }
    if hasDiarrhoea { isGrave = noteDiarrhoea(&visit) || isGrave }
    if hasFever { isGrave = noteFever(knowsMovement: hasDiarrhoea, &visit) || isGrave }
    if main == 3 { noteEar(&visit) }
    visit.note(.pallorDegree, random.position(in: [0.94, 0.055, 0.005]) + 1)
    if age < 180 {
      visit.note(signs: [(.tooWeakToFeed, 0.01), (.weightNotRising, 0.06)], &random)
    }
    if age < 730 { visit.note(.feedingProblem, random.happens(0.15)) }
    return isGrave
  }

  private mutating func noteCough(atDays age: Int, _ visit: inout VisitBody) -> Bool {
    visit.note(.coughDays, random.happens(0.02) ? random.whole(14...30) : random.whole(1...7))
    let isSevere = random.happens(SyntheticRates.pneumonia.severe)
    let isPneumonia = isSevere || random.happens(SyntheticRates.pneumonia.usual)
    let fast = age < 365 ? 50 : 40
    visit.note(
      .breathsPerMinute,
      isPneumonia ? random.whole(fast...fast + 16) : random.whole(fast - 18...fast - 4))
    visit.note(.chestIndrawing, isSevere)
    visit.note(signs: [(.wheeze, 0.04), (.stridor, 0.002)], &random)
    if random.happens(0.6) {
      visit.note(.oxygenSaturation, isSevere ? random.whole(86...93) : random.whole(95...100))
    }
    return isPneumonia
  }

  private mutating func noteDiarrhoea(_ visit: inout VisitBody) -> Bool {
    visit.note(.diarrhoeaDays, random.happens(0.03) ? random.whole(14...25) : random.whole(1...6))
    visit.note(.bloodInStool, random.happens(0.03))
    let degree = random.position(in: SyntheticRates.dehydration)
    visit.note(.lethargic, degree == 2 && random.happens(0.6))
    visit.note(.restless, degree == 1 && random.happens(0.7))
    visit.note(.sunkenEyes, degree > 0)
    visit.note(.drinking, degree + 1)
    visit.note(.skinPinch, degree + 1)
    return degree > 0
  }

  private mutating func noteFever(
    knowsMovement: Bool, _ visit: inout VisitBody
  ) -> Bool {
    let days = random.whole(1...6)
    visit.note(.feverDays, days)
    visit.note(.stiffNeck, random.happens(0.002))
    visit.note(.travelledToMalaria, random.happens(0.02))
    if visit[DataElement.travelledToMalaria.code] == 1 {
      visit.note(.malariaTest, random.happens(0.05) ? 2 : 1)
    }
    visit.note(.otherCauseOfFever, random.happens(0.6))
    let hasRash = random.happens(0.03)
    visit.note(.generalRash, hasRash)
    visit.note(.measlesLately, random.happens(0.005))
    if hasRash {
      visit.note(signs: [(.runnyNose, 0.5), (.redEyes, 0.2), (.corneaClouded, 0)], &random)
      visit.note(.pusInEye, random.happens(0.02))
      visit.note(.mouthSores, random.happens(0.05) ? 2 : 1)
    }
    guard days >= 2 else { return false }
    let isDengue = random.happens(SyntheticRates.dengue)
    visit.note(signs: SyntheticRates.dengueSigns, times: isDengue ? 1 : 0.02, &random)
    if !knowsMovement { visit.note(.restless, isDengue && random.happens(0.1)) }
    if isDengue {
      visit.note(.tourniquetPositive, random.happens(0.6))
      visit.note(.dengueAntigen, random.happens(0.7) ? 2 : 1)
      visit.note(.leucocytes, random.whole(18...50) * 100)
      visit.note(.platelets, random.whole(40...150) * 1000)
    }
    return isDengue || days >= 3
  }

  private mutating func noteEar(_ visit: inout VisitBody) {
    visit.note(.swellingBehindEar, random.happens(0.01))
    visit.note(.earPain, random.happens(0.7))
    let flows = random.happens(0.4)
    visit.note(.earDischarge, flows)
    if flows {
      visit.note(
        .earDischargeDays, random.happens(0.2) ? random.whole(14...40) : random.whole(1...10))
    }
  }

  /// What is asked and seen of a sick infant under two months (MTBM).
  private mutating func noteYoungInfant(_ visit: inout VisitBody) {
    visit.note(
      .temperature, random.whole(mean: 368, deviation: 4, within: 348...392))
    visit.note(
      .breathsPerMinute, random.whole(mean: 47, deviation: 6, within: 28...80))
    visit.note(signs: SyntheticRates.infantSigns, &random)
    visit.note(.eyePus, random.position(in: [0.9, 0.08, 0.02]) + 1)
    visit.note(.navel, random.position(in: [0.92, 0.06, 0.02]) + 1)
    let isYellow = random.happens(0.2)
    visit.note(.jaundice, isYellow)
    if isYellow {
      visit.note(signs: [(.jaundiceFirstDay, 0.03), (.jaundicePalms, 0.06)], &random)
    }
    visit.note(.diarrhoea, false)
    visit.note(.breastfed, random.happens(0.95))
    visit.note(signs: [(.thrush, 0.08), (.cleft, 0.002), (.bottle, 0.2)], &random)
    if visit[DataElement.breastfed.code] == 1 {
      visit.note(
        .breastfeedsPerDay, random.whole(mean: 9, deviation: 2, within: 3...18))
      visit.note(signs: [(.otherFoodOrDrink, 0.15), (.poorSuckling, 0.1)], &random)
    }
  }

  /// Seen again two days after an illness: nine of ten are well.
  mutating func seeSickAgain(
    _ child: Int, on day: CivilDate, _ track: inout GrowthTrack, with people: PuskesmasPeople
  ) {
    let site = sites.childClinic(of: posyandu(of: child, in: people))
    var visit = VisitBody(setting: site.setting, performer: .nurse, purposes: .sickChild)
    guard weigh(on: day, &track, &visit) else { return }
    visit.note(signs: SyntheticRates.sickSigns, times: 0.3, &random)
    visit.note(.coughOrHardBreathing, false)
    visit.note(.diarrhoea, random.happens(0.05))
    visit.note(.fever, false)
    visit.note(.earProblem, false)
    visit.note(.temperature, random.whole(mean: 368, deviation: 3, within: 360...374))
    visit.note(.pallorDegree, 1)
    write(visit, about: child, on: day, at: site, with: people)
  }

  /// A child with signs of tuberculosis is scored by a doctor.
  mutating func examineForTuberculosis(
    _ child: CaredChild, _ asked: VisitBody, with people: PuskesmasPeople
  ) {
    let hasSign = asked[DataElement.childTuberculosisSymptom.code] == 1
    guard hasSign || child.traits.livesWithTuberculosis,
      random.happens(SyntheticRates.tuberculosis.scored)
    else { return }
    let day = child.day + AgeInDays(Int32(random.whole(3...20)))
    guard isHere(child.villager, on: day, in: people) else { return }
    var visit = VisitBody(setting: .puskesmas, performer: .doctor, purposes: .tuberculosis)
    var track = child.track
    guard weigh(on: day, &track, withArm: false, &visit) else { return }
    let isContact = child.traits.livesWithTuberculosis
    visit.note(.tuberculosisContactKind, isContact ? random.whole(2...3) : 1)
    visit.note(.clinicallyWasted, random.happens(0.04))
    visit.note(.feverTwoWeeks, hasSign && random.happens(0.3))
    visit.note(.coughDays, hasSign ? random.whole(5...30) : 0)
    visit.note(signs: [(.swollenNodes, 0.06), (.swollenJoint, 0.003)], &random)
    if random.happens(0.6) {
      visit.note(.tuberculin, random.happens(isContact ? 0.3 : 0.05) ? random.whole(100...180) : 0)
    }
    if random.happens(0.4) { visit.note(.chestImage, random.happens(0.12) ? 2 : 1) }
    if random.happens(0.3) { visit.note(.molecularTest, random.happens(0.05) ? 2 : 1) }
    write(
      visit, about: child.villager, on: day, at: sites.puskesmas(of: child.posyandu),
      with: people)
  }
}
