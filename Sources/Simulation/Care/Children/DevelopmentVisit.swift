import Guidance
import Health
import Programmes

extension PuskesmasCare {
  /// Decides whether the questionnaire is put to a child that reaches its age in the month.
  mutating func planQuestionnaire(for child: CaredChild, in window: MonthWindow) {
    let months = window.last.completedMonths(since: child.birth).count
    guard let index = DevelopmentQuestionnaire.ages.firstIndex(of: months) else { return }
    let reached = child.birth + Period.months(months)
    guard reached >= window.first,
      comes(SyntheticRates.questionnaires + child.leaning * 0.5)
    else { return }
    recall(
      child.villager, on: reached + AgeInDays(Int32(random.whole(0...24))),
      for: .questionnaire(index, isAgain: false))
  }

  /// Puts a questionnaire; a doubtful one again after two weeks.
  mutating func putQuestionnaire(
    _ index: Int, isAgain: Bool, to child: Int, on day: CivilDate, with people: PuskesmasPeople
  ) {
    var chance = traits(of: child)
    let development = ChildTraits(&chance).development
    let home = posyandu(of: child, in: people)
    let site = random.happens(0.6) ? sites.pustu(of: home) : sites.childClinic(of: home)
    var visit = VisitBody(
      setting: site.setting, performer: random.happens(0.7) ? .midwife : .nurse,
      purposes: .childDevelopment)
    let isBetter = isAgain && random.happens(SyntheticRates.questionnairesAgain.better)
    let points: Int
    switch isBetter ? .usual : development {
    case .usual: points = random.whole(9...10)
    case .doubtful: points = random.whole(7...8)
    case .late: points = random.whole(3...6)
    }
    noteItems(of: index, points: points, &visit)
    let months = Int(DevelopmentQuestionnaire.ages[index])
    if !isAgain { noteHearingAndSight(atMonths: months, &visit) }
    if points < 7 { visit.note(.developmentReferred, random.happens(0.7)) }
    write(visit, about: child, on: day, at: site, with: people)
    if !isAgain, (7...8).contains(points),
      random.happens(SyntheticRates.questionnairesAgain.put)
    {
      recall(
        child, on: day + AgeInDays(Int32(random.whole(14...20))),
        for: .questionnaire(index, isAgain: true))
    }
  }

  /// Answers of which so many are yes; which ones is left to chance.
  private mutating func noteItems(of index: Int, points: Int, _ visit: inout VisitBody) {
    let count = DevelopmentQuestionnaire.itemCount
    var missing = count - points
    for item in 0..<count {
      let isMissed = random.happens(Double(missing) / Double(count - item))
      if isMissed { missing -= 1 }
      visit.note(DevelopmentQuestionnaire.all[index].element(item), !isMissed)
    }
  }

  private mutating func noteHearingAndSight(atMonths months: Int, _ visit: inout VisitBody) {
    if months == 12 || months == 24, random.happens(0.5) {
      visit.note(.redReflex, random.happens(0.002) ? 2 : 1)
    }
    guard months >= 36 else { return }
    if random.happens(0.6) {
      visit.note(.rightEye, random.happens(0.02) ? 2 : 1)
      visit.note(.leftEye, random.happens(0.02) ? 2 : 1)
    }
    visit.note(.attentionConcern, random.happens(0.01))
  }
}
