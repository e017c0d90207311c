import Guidance
import Health
import Programmes

extension PuskesmasCare {
  /// A visit of the mother after birth, the first to the fourth.
  mutating func visitPostnatal(
    _ number: Int, of place: Int, on day: CivilDate, with people: PuskesmasPeople
  ) {
    let course = courses[place]
    let mother = Int(course.mother)
    var traits = traits(of: mother)
    let woman = Mother(&traits)
    let site = postnatalSite(number, of: course, at: posyandu(of: mother, in: people))
    var visit = VisitBody(
      setting: site.setting, performer: site.setting == .hospital ? .doctor : .midwife,
      purposes: .postnatal)
    visit.note(.looksWell, random.happens(0.97))
    notePressure(of: woman, course, on: day, &visit)
    visit.note(.temperature, random.whole(mean: 366, deviation: 3, within: 355...392))
    visit.note(signs: SyntheticRates.postnatalSigns, &random)
    visit.note(.lochiaNormal, random.happens(0.98))
    visit.note(.birthCanalClean, random.happens(0.97))
    visit.note(.wombFirm, random.happens(0.99))
    visit.note(.breastsHealthy, visit[DataElement.swollenBreast.code] == 0)
    if course.outcome == .liveBirth {
      visit.note(.breastfeeding, random.position(in: [0.72, 0.23, 0.05]) + 1)
      if number <= 2 {
        visit.note(.motherVitaminACapsules, random.happens(0.85) ? number : number - 1)
      }
    }
    visit.note(.ironTabletsGiven, number == 1 ? 30 : 0)
    visit.note(.ironTabletsTaken, random.whole(0...15))
    visit.note(.counselled, random.happens(0.95))
    visit.note(.mentalHealthScreened, random.happens(0.5))
    visit.note(.contraceptionCounselled, random.happens(0.75))
    if number == 1 { visit.note(.clotRisk, random.happens(0.004)) }
    if number == 4 { chooseMethod(of: place, &visit) }
    write(visit, about: mother, on: day, at: site, with: people)
  }

  private mutating func postnatalSite(
    _ number: Int, of course: PregnancyCourse, at home: Int
  ) -> CareSite {
    if number == 1, course.isCaesarean { return sites.hospital(of: home) }
    switch random.fraction() {
    case ..<0.45: return sites.home(of: home)
    case ..<0.75: return sites.pustu(of: home)
    case ..<0.90: return sites.puskesmas(of: home)
    default: return sites.practice(of: home)
    }
  }

  private mutating func chooseMethod(of place: Int, _ visit: inout VisitBody) {
    let method = random.position(in: SyntheticRates.contraceptives) + 1
    courses[place].method = method
    visit.note(.contraceptiveMethod, method)
  }

  /// She comes for a method in the third month, where she has none.
  mutating func visitFamilyPlanning(
    of place: Int, on day: CivilDate, with people: PuskesmasPeople
  ) {
    guard courses[place].method == 1, random.happens(SyntheticRates.contraceptionLater) else {
      return
    }
    let mother = Int(courses[place].mother)
    let home = posyandu(of: mother, in: people)
    let site = random.happens(0.5) ? sites.pustu(of: home) : sites.practice(of: home)
    var visit = VisitBody(setting: site.setting, performer: .midwife, purposes: .familyPlanning)
    visit.note(.contraceptionCounselled, true)
    visit.note(.mensesReturned, random.happens(0.35))
    // Whoever comes for a method gets one: the first of the choices is none.
    let method = random.position(in: [0] + SyntheticRates.contraceptives.dropFirst()) + 1
    visit.note(.contraceptiveMethod, method)
    courses[place].method = method
    write(visit, about: mother, on: day, at: site, with: people)
  }
}
