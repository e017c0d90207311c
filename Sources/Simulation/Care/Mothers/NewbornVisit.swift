import Guidance
import Health
import Programmes

extension PuskesmasCare {
  /// A visit of the newborns of a birth, the first to the third.
  mutating func visitNewborns(
    _ number: Int, of course: PregnancyCourse, on day: CivilDate, with people: PuskesmasPeople
  ) {
    guard let children = course.children else { return }
    for child in children where Int(child) < people.villagers.count {
      guard isHere(Int(child), on: day, in: people) else { continue }
      visitNewborn(Int(child), number, of: course, on: day, with: people)
    }
  }

  private mutating func visitNewborn(
    _ child: Int, _ number: Int, of course: PregnancyCourse, on day: CivilDate,
    with people: PuskesmasPeople
  ) {
    let villager = people.villagers[child]
    let home = posyandu(of: child, in: people)
    let site =
      number == 1 && course.isCaesarean
      ? sites.hospital(of: home)
      : random.happens(0.5)
        ? sites.home(of: home)
        : random.happens(0.6) ? sites.pustu(of: home) : sites.puskesmas(of: home)
    var visit = VisitBody(
      setting: site.setting, performer: site.setting == .hospital ? .doctor : .midwife,
      purposes: .newborn)
    measure(villager, on: day, &visit)
    visit.note(
      signs: SyntheticRates.newbornSigns,
      times: villager.birthOrder == 2 || course.isTwins ? 2 : 1, &random)
    visit.note(.breathsPerMinute, random.whole(mean: 46, deviation: 5, within: 30...72))
    visit.note(.breastfeedingHelped, random.happens(0.9))
    visit.note(.navelClean, visit[DataElement.infectedNavel.code] == 0)
    let age = Int((day - villager.birth).count)
    if number == 1 { noteBirthCare(of: villager, course, with: people, &visit) }
    screen(villager, atDays: age, site, &visit)
    write(visit, about: child, on: day, at: site, with: people)
    if (2...7).contains(age), visit.value(.thyroidSampleTaken) == nil {
      refuse("thyroid_screened", by: child, on: day, at: site, with: people)
    }
  }

  /// A newborn loses a twentieth in its first days, and gains thirty grams a day from then on.
  private mutating func measure(
    _ child: Villager, on day: CivilDate, _ visit: inout VisitBody
  ) {
    let age = Double((day - child.birth).count)
    let grams = Double(child.sizeAtBirth?.weight.grams ?? 3050)
    let now = age < 4 ? grams * (1 - 0.0125 * age) : grams * 0.95 + 30 * (age - 4)
    visit.note(.weight, Int((now + random.normal(deviation: 25)).rounded() / 10) * 10)
    let length = Double(child.sizeAtBirth?.length.tenthsOfMillimetre ?? 4900) + age * 9
    visit.note(.lengthOrHeight, Int((length / 50).rounded()) * 50)
    if random.happens(0.7) {
      let head = Double(child.sizeAtBirth?.head?.tenthsOfMillimetre ?? 3380) + age * 5
      visit.note(.headCircumference, Int((head / 50).rounded()) * 50)
    }
    visit.note(.temperature, random.whole(mean: 367, deviation: 3, within: 350...388))
  }

  /// What belongs to the first hours, as it is asked at the first visit.
  private mutating func noteBirthCare(
    of child: Villager, _ course: PregnancyCourse, with people: PuskesmasPeople,
    _ visit: inout VisitBody
  ) {
    visit.note(.earlyBreastfeeding, random.happens(course.isCaesarean ? 0.45 : 0.82))
    visit.note(.vitaminK, random.happens(0.95))
    visit.note(.eyeOintment, random.happens(0.93))
    let isSmall = (child.sizeAtBirth?.weight.grams ?? 3000) < 2500
    visit.note(.illAtBirth, random.happens(isSmall ? 0.2 : 0.02))
    let isAlike = course.children.map { twins in
      people.villagers[Int(twins.lowerBound)].sex == people.villagers[Int(twins.upperBound)].sex
    }
    visit.note(.sameSexTwin, course.isTwins && isAlike == true)
    if isSmall { visit.note(.skinToSkin, random.happens(0.6)) }
  }

  private mutating func screen(
    _ child: Villager, atDays age: Int, _ site: CareSite, _ visit: inout VisitBody
  ) {
    if (2...7).contains(age), random.happens(SyntheticRates.thyroidScreened) {
      visit.note(.thyroidSampleTaken, true)
      visit.note(.furtherBloodScreening, site.setting == .hospital && random.happens(0.2))
    }
    if age >= 8 {
      if random.happens(SyntheticRates.thyroidScreened) {
        visit.note(.thyroidResult, random.position(in: [0.992, 0.007_6, 0.000_4]) + 1)
      }
      visit.note(.stoolColour, random.happens(0.004) ? random.whole(1...3) : random.whole(5...7))
    }
    if age >= 1, age <= 3, site.setting != .home, random.happens(0.5) {
      visit.note(.oxygenSaturation, random.happens(0.006) ? 92 : random.whole(96...100))
      visit.note(.footSaturation, random.happens(0.006) ? 93 : random.whole(96...100))
    }
  }
}
