import Guidance
import Health
import Programmes

extension PuskesmasCare {
  /// What a kader asks and gives on the Posyandu's day: vitamin A in February and August, medicine
  /// against worms in August, how the child is fed in between.
  mutating func fillPosyanduForm(
    of child: CaredChild, in month: CivilMonth, with people: PuskesmasPeople
  ) {
    let isVitaminMonth = month.ordinal == 2 || month.ordinal == 8
    let getsVitamin = isVitaminMonth && child.months >= 6
    guard child.came else {
      if getsVitamin, random.happens(SyntheticRates.vitaminA.atHome) {
        bringVitamin(to: child, with: people)
      }
      return
    }
    let asksFeeding = child.months < 24 && random.happens(SyntheticRates.feedingAsked)
    guard getsVitamin || asksFeeding else { return }
    var visit = VisitBody(
      setting: .posyandu, performer: .kader, purposes: .childDevelopment)
    visit.note(
      .childTuberculosisSymptom, random.happens(SyntheticRates.tuberculosis.symptom))
    visit.note(.tuberculosisContact, child.traits.livesWithTuberculosis)
    if asksFeeding { noteFeeding(of: child, &visit) }
    if getsVitamin { give(child, in: month, &visit) }
    if child.months >= 24, random.happens(0.1) {
      visit.note(.thalassaemiaInFamily, child.traits.hasThalassaemiaInFamily)
    }
    if random.happens(0.5) {
      visit.note(.developmentListPassed, child.traits.development == .usual || random.happens(0.4))
    }
    let posyandu = people.visited(by: people.villagers[child.villager], in: month)
    let site = CareSite(place: posyandu.id, setting: .posyandu, author: posyandu.kader)
    write(visit, about: child.villager, on: child.day, at: site, with: people)
    if visit.value(.vitaminA) == 0 {
      refuse("vitamin_a", by: child.villager, on: child.day, at: site, with: people)
    }
    examineForTuberculosis(child, visit, with: people)
  }

  private mutating func give(
    _ child: CaredChild, in month: CivilMonth, _ visit: inout VisitBody
  ) {
    visit.note(.vitaminA, random.happens(SyntheticRates.vitaminA.came))
    guard month.ordinal == 8, child.months >= 12 else { return }
    let isIll = random.happens(0.05)
    visit.note(.feverOrIll, isIll)
    visit.note(.deworming, !isIll && random.happens(SyntheticRates.deworming))
  }

  /// How the child is fed, as its age lets one ask.
  private mutating func noteFeeding(of child: CaredChild, _ visit: inout VisitBody) {
    if child.months < 6 {
      visit.note(.onlyBreastMilk, child.months < child.traits.onlyBreastMilkUntil)
      if child.months < 4 {
        visit.note(
          .stoolColour, random.happens(0.001) ? random.whole(1...3) : random.whole(5...7))
      }
      return
    }
    visit.note(.breastMilkYesterday, child.months < child.traits.nursedUntil)
    visit.note(
      .mealsYesterday,
      random.whole(mean: child.months < 9 ? 2.3 : 2.9, deviation: 0.7, within: 0...6))
    visit.note(
      .foodGroups,
      random.whole(mean: child.months < 9 ? 3.4 : 4.6, deviation: 1.4, within: 0...8))
  }

  /// A capsule that a kader brings home in the days after the Posyandu.
  private mutating func bringVitamin(to child: CaredChild, with people: PuskesmasPeople) {
    let day = child.day + AgeInDays(Int32(random.whole(1...12)))
    guard day.month == child.day.month, isHere(child.villager, on: day, in: people) else {
      return
    }
    var visit = VisitBody(setting: .home, performer: .kader, purposes: .childDevelopment)
    visit.note(.vitaminA, true)
    let posyandu = people.visited(by: people.villagers[child.villager], in: day.month)
    let site = CareSite(place: posyandu.id, setting: .home, author: posyandu.kader)
    write(visit, about: child.villager, on: day, at: site, with: people)
  }

  /// The doctor's examination at six months (PKAT).
  mutating func examineAtSixMonths(_ child: CaredChild, with people: PuskesmasPeople) {
    guard child.months == 6, random.happens(SyntheticRates.sixMonthChecks) else { return }
    var visit = VisitBody(
      setting: .puskesmas, performer: .doctor, purposes: .childDevelopment)
    visit.note(.sixMonthCheck, true)
    visit.note(.sixMonthFinding, random.happens(0.15) ? 2 : 1)
    visit.note(.redReflex, random.happens(0.002) ? 2 : 1)
    write(
      visit, about: child.villager, on: child.day, at: sites.puskesmas(of: child.posyandu),
      with: people)
  }
}
