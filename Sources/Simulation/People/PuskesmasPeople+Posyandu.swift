import Health

/// Children under five at their Posyandu.
extension PuskesmasPeople {
  /// Gives somebody a growth track, and what was noted at birth.
  mutating func addChild(_ position: Int, on day: CivilDate) {
    let villager = villagers[position]
    var track = GrowthTrack(sex: villager.sex, birth: villager.birth, &random)
    if random.happens(0.9), let size = track.size(on: villager.birth) {
      var gestationalAge: AgeInDays?
      if random.happens(0.8) {
        let days = 273 + 9 * (size.weight - 3.1) / 0.4 + random.normal(deviation: 8)
        gestationalAge = AgeInDays(Int32(min(max(days, 203), 296)))
      }
      villagers[position].sizeAtBirth = SizeAtBirth(
        weight: Mass(grams: Int32((size.weight * 100).rounded()) * 10),
        length: Length(tenthsOfMillimetre: Int32(size.length.rounded()) * 100),
        gestationalAge: gestationalAge,
        head: random.happens(0.6)
          ? Length(tenthsOfMillimetre: Int32((size.head * 2).rounded()) * 50) : nil)
    }
    let start = max(day.month, plan.firstVisitMonth)
    let months = Int(start.firstDay.completedMonths(since: villager.birth).count)
    track.liveBefore(start, ageMonths: max(0, months), &random)
    children.append(
      Child(
        resident: position, track: track, leaning: random.normal(deviation: 1.5),
        ownsBook: random.happens(0.94)))
  }

  /// Holds every Posyandu's day of the month: who comes is weighed and measured.
  mutating func holdPosyanduDays(in window: MonthWindow) {
    children.removeAll { child in
      let villager = villagers[child.resident]
      return window.first.completedMonths(since: villager.birth).count >= 60
        || villager.until.map { $0 < window.first } ?? false
    }
    for position in children.indices {
      let villager = villagers[children[position].resident]
      let posyandu = visited(by: villager, in: window.month)
      guard
        let day = CivilDate(
          year: window.month.year, month: window.month.ordinal, day: posyandu.dayOfMonth),
        day >= window.first, day <= window.last
      else { continue }
      let months = Int(day.completedMonths(since: villager.birth).count)
      children[position].track.live(through: window.month, ageMonths: months, &random)
      // Newborns and newcomers come once they are registered.
      guard day >= villager.since, villager.until.map({ $0 > day }) ?? true, months < 60,
        villager.knownSince < Scribe.moment(on: day, minute: 480)
      else { continue }
      let open = PosyanduDay(posyandu: posyandu, day: day)
      let attendance = PosyanduDay.attendance(
        ageMonths: months, in: window.month,
        leaning: children[position].leaning + posyandu.leaning)
      if random.happens(attendance) {
        open.recordVisit(
          of: &children[position], born: villager.birth, as: villager.id, in: &scribe, &random)
      } else if random.happens(SyntheticRates.withdrawnEntries) {
        let other = random.whole(0...children.count - 1)
        guard other != position else { continue }
        open.recordVisit(
          of: &children[other], born: villagers[children[other].resident].birth,
          wronglyAs: villager.id, in: &scribe, &random)
      }
    }
  }

  /// The villager's Posyandu; its kader take turns at writing down.
  func visited(by villager: Villager, in month: CivilMonth) -> SyntheticPosyandu {
    let site = map.posyandu[homes[Int(villager.home)].posyandu]
    let kader = site.kader[(month.ordinal / 4) % site.kader.count]
    return site.posyandu.written(by: kader)
  }
}
