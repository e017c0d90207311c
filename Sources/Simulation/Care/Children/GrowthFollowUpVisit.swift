import Guidance
import Health
import Programmes

/// Care of a child with severe malnutrition that was begun and has not ended.
struct MalnutritionCourse: Sendable {
  /// How many visits there were.
  var visits = 0
  /// At how many in a row it was no longer thin.
  var recovered = 0
}

extension PuskesmasCare {
  /// After how many visits the care ends without a cure: about half a year.
  private static let mostVisits = 22

  /// Decides from what was measured whether a child is looked at again: thin ones in one to two
  /// weeks, severely thin ones at once.
  mutating func judgeGrowth(
    of child: CaredChild, by body: MeasurementBody, in window: MonthWindow
  ) {
    // An arm of 13.5 cm and more goes with a weight that is enough for the length.
    if let arm = body.armCircumference, arm.tenthsOfMillimetre >= 1350 { return }
    let measurement = GrowthMeasurement(body, sex: child.sex, age: child.day - child.birth)
    guard
      let score = ChildGrowthStandards.shared.assess(measurement).weightForLengthHeight,
      !score.isImplausible, malnourished[Int32(child.villager)] == nil
    else { return }
    if score.hundredths < -300 {
      guard child.months >= 6, random.happens(SyntheticRates.growthSeenAgain.severe) else {
        return
      }
      malnourished[Int32(child.villager)] = MalnutritionCourse()
      recall(
        child.villager, on: child.day + AgeInDays(Int32(random.whole(1...6))), for: .malnutrition)
    } else if score.hundredths < -200, random.happens(SyntheticRates.growthSeenAgain.thin) {
      recall(
        child.villager, on: child.day + AgeInDays(Int32(random.whole(7...14))), for: .thin)
    }
  }

  /// A thin child is looked at again by the village's midwife.
  mutating func lookAgain(
    at child: Int, on day: CivilDate, _ track: inout GrowthTrack, with people: PuskesmasPeople
  ) {
    let site = sites.pustu(of: posyandu(of: child, in: people))
    var visit = VisitBody(
      setting: site.setting, performer: .midwife, purposes: .nutritionFollowUp)
    guard measure(people.villagers[child], on: day, &track, &visit) else { return }
    visit.note(.growthRedFlag, random.happens(SyntheticRates.growthSigns.redFlag))
    visit.note(.localFoodGiven, random.happens(0.75))
    write(visit, about: child, on: day, at: site, with: people)
  }

  /// A visit under care for severe malnutrition: every week, until the child is no longer thin at
  /// two visits.
  mutating func treatMalnutrition(
    of child: Int, on day: CivilDate, _ track: inout GrowthTrack, with people: PuskesmasPeople
  ) {
    guard var course = malnourished[Int32(child)] else { return }
    let home = posyandu(of: child, in: people)
    let isIll = random.happens(SyntheticRates.growthSigns.complication)
    let isFirst = course.visits == 0
    let site = isFirst && isIll ? sites.hospital(of: home) : sites.puskesmas(of: home)
    var visit = VisitBody(
      setting: site.setting, performer: isFirst ? .doctor : .otherHealthWorker,
      purposes: .nutritionFollowUp)
    guard measure(people.villagers[child], on: day, &track, &visit),
      let score = weightForLength(of: people.villagers[child], visit, on: day)
    else {
      malnourished[Int32(child)] = nil
      return
    }
    course.visits += 1
    course.recovered = score >= -200 ? course.recovered + 1 : 0
    visit.note(.malnutritionComplication, isFirst && isIll)
    visit.note(.goodAppetite, random.happens(0.85))
    visit.note(.localFoodGiven, true)
    if isFirst {
      visit.note(.growthRedFlag, random.happens(SyntheticRates.growthSigns.redFlag * 2))
      visit.note(.malnutritionCare, 1)
    } else if course.recovered >= 2 {
      visit.note(.malnutritionCare, 2)
    } else if course.visits >= PuskesmasCare.mostVisits {
      visit.note(.malnutritionCare, 3)
    }
    write(visit, about: child, on: day, at: site, with: people)
    let isOver =
      !isFirst && (course.recovered >= 2 || course.visits >= PuskesmasCare.mostVisits)
    malnourished[Int32(child)] = isOver ? nil : course
    if !isOver {
      // One visit in eight is missed.
      let days = random.happens(0.12) ? 14 : 7
      recall(child, on: day + AgeInDays(Int32(days)), for: .malnutrition)
    }
  }

  /// Weight, arm, and length lying under two years, standing later.
  private mutating func measure(
    _ child: Villager, on day: CivilDate, _ track: inout GrowthTrack, _ visit: inout VisitBody
  ) -> Bool {
    guard let size = track.size(on: day), weigh(on: day, &track, &visit) else { return false }
    let stands = (day - child.birth).count >= Int32(ChildGrowthStandards.firstStandingDay)
    let length = size.length - (stands ? ChildGrowthStandards.positionCorrection : 0)
    visit.note(.lengthOrHeight, Int((length * 10).rounded()) * 10)
    visit.note(.pittingOedema, false)
    return true
  }

  /// Hundredths of a z-score of weight for length, as the visit measured them.
  private func weightForLength(
    of child: Villager, _ visit: VisitBody, on day: CivilDate
  ) -> Int? {
    var body = MeasurementBody()
    body.weight = visit[DataElement.weight.code].map { Mass(grams: $0) }
    body.length = visit[DataElement.lengthOrHeight.code].map { Length(tenthsOfMillimetre: $0) }
    let stands = (day - child.birth).count >= Int32(ChildGrowthStandards.firstStandingDay)
    body.position = stands ? .standing : .lying
    let measurement = GrowthMeasurement(body, sex: child.sex, age: day - child.birth)
    return ChildGrowthStandards.shared.assess(measurement).weightForLengthHeight
      .map { Int($0.hundredths) }
  }
}
