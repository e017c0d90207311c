import Health

/// Births, deaths and departures of single people.
extension PuskesmasPeople {
  /// Lets everybody live through a month: one draw decides whether they die, leave or give birth.
  mutating func liveOn(in window: MonthWindow) {
    for position in villagers.indices where villagers[position].isHere {
      let villager = villagers[position]
      let months = Int((window.first - villager.birth).count) * 16 / 487
      let years = months / 12
      // The first month's deaths were decided at birth.
      let dying = SyntheticRates.death(atMonths: max(1, months)) * window.months
      let leaving = SyntheticRates.leavesAlone(years: years) * window.years
      let fate = random.fraction()
      if fate < dying + leaving {
        let day = someDay(of: window)
        guard day > villager.since, villager.lastBirth.map({ $0 < day }) ?? true else { continue }
        if fate < dying {
          end(position, on: day, .death, noticedWithin: 20)
        } else if villager.spouse < 0, villager.relation != .head {
          end(position, on: day, .departure, noticedWithin: 40)
        }
      } else if villager.sex == .female, (16...49).contains(years) {
        let births = monthlyBirths(of: villager, years: years, in: window)
        if births > 0, fate > 1 - births { deliver(position, in: window) }
      }
    }
  }

  private func monthlyBirths(
    of woman: Villager, years: Int, in window: MonthWindow
  ) -> Double {
    guard woman.spouse >= 0, villagers[Int(woman.spouse)].isHere else { return 0 }
    if let last = woman.lastBirth, (window.first - last).count < 400 { return 0 }
    return SyntheticRates.birthsOfMarried[years / 5 - 3] * window.years
  }

  private mutating func deliver(_ mother: Int, in window: MonthWindow) {
    let day = someDay(of: window)
    guard day > villagers[mother].since else { return }
    villagers[mother].lastBirth = day
    let isTwins = random.happens(SyntheticRates.twins)
    let sex: Sex = random.happens(SyntheticRates.boys) ? .male : .female
    let first = newborn(of: mother, sex: sex, order: 1, on: day)
    let noted = random.whole(1...9)
    writeBirth(of: first, on: day, days: noted)
    if isTwins {
      let isAlike = random.happens(SyntheticRates.twinsOfOneSex)
      let other: Sex = isAlike ? sex : sex == .male ? .female : .male
      let second = newborn(of: mother, sex: other, order: 2, on: day)
      let gestation = villagers[first].sizeAtBirth?.gestationalAge
      villagers[second].sizeAtBirth?.gestationalAge = gestation
      writeBirth(of: second, on: day, days: noted)
      if isKnown(first), isKnown(second) {
        truth.twins.append(SyntheticTruth.Pair(villagers[first].id, villagers[second].id))
      }
      letDieYoung(second, bornOn: day, in: window, timesRisk: 5)
    }
    note(deliveryOf: mother, children: Int32(first)...Int32(villagers.count - 1), on: day)
    letDieYoung(first, bornOn: day, in: window, timesRisk: isTwins ? 5 : 1)
    if random.happens(SyntheticRates.mothersDeaths) {
      let last = day + AgeInDays(Int32(random.whole(0...6) * random.whole(0...6)))
      end(mother, on: min(last, window.last), .death, noticedWithin: 20)
    }
  }

  /// Where nobody noted the gestation, it differs between mothers, not between runs.
  private mutating func note(
    deliveryOf mother: Int, children: ClosedRange<Int32>, on day: CivilDate
  ) {
    let noted = villagers[Int(children.lowerBound)].sizeAtBirth?.gestationalAge?.count
    deliveries.append(
      Delivery(
        mother: Int32(mother), day: day, children: children,
        gestation: noted ?? 266 + Int32(mother % 22)))
  }

  /// Most deaths of the first month come in its first days.
  private mutating func letDieYoung(
    _ child: Int, bornOn day: CivilDate, in window: MonthWindow, timesRisk: Double
  ) {
    guard random.happens(SyntheticRates.death(atMonths: 0) * timesRisk) else { return }
    let death = day + AgeInDays(Int32(random.whole(0...6) * random.whole(0...4)))
    end(child, on: min(death, window.last), .death, noticedWithin: 20)
  }

  private mutating func newborn(
    of mother: Int, sex: Sex, order: UInt8, on day: CivilDate
  ) -> Int {
    let woman = villagers[mother]
    let relation: HouseholdRelation =
      switch woman.relation {
      case .head, .spouse: .child
      case .child, .childInLaw: .grandchild
      default: .otherRelative
      }
    let moment = Scribe.moment(on: day, minute: 720)
    var child = Villager(
      id: random.identifier(at: moment), sex: sex, birth: day, stated: day,
      name: SyntheticName(of: sex, born: day, &random), home: woman.home, relation: relation,
      since: day, fact: random.identifier(at: moment))
    child.mother = Int32(mother)
    child.father = woman.spouse
    child.birthOrder = order
    child.isUnnamed = true
    villagers.append(child)
    let position = villagers.count - 1
    homes[Int(woman.home)].members.append(Int32(position))
    addChild(position, on: day)
    return position
  }

  private mutating func writeBirth(of child: Int, on day: CivilDate, days: Int) {
    // Three families in ten have a name by then; a NIK has none of them.
    villagers[child].isUnnamed = !random.happens(0.3)
    register(child, on: day, moment: evening(after: day, days: days), reason: .birth)
    if random.happens(0.94) { plan(.naming, of: child, after: day, days: 14...150) }
    planRecord(of: child, on: day)
  }

  /// Ends somebody's life in the district; the household goes on without them.
  mutating func end(
    _ position: Int, on day: CivilDate, _ kind: FactKind, noticedWithin days: Int
  ) {
    guard villagers[position].isHere else { return }
    // Not before the person was registered, which takes up to nine days after a birth.
    let moment = evening(after: day, days: random.whole(min(10, days)...days))
    write(kind, about: position, on: day, moment: moment, [])
    villagers[position].until = day
    let home = Int(villagers[position].home)
    homes[home].members.removeAll { $0 == Int32(position) }
    let spouse = Int(villagers[position].spouse)
    if spouse >= 0 {
      villagers[position].spouse = -1
      villagers[spouse].spouse = -1
      if villagers[spouse].isHere {
        let body = RelationBody(other: villagers[position].id, kind: .spouse, hasEnded: true)
        write(.relation, about: spouse, on: day, moment: moment, body.bytes)
      }
    }
    if homes[home].head == Int32(position) { replaceHead(of: home, on: day, moment: moment) }
  }
}
