import Health

/// Moves and arrivals.
extension PuskesmasPeople {
  /// Moves one person into a household.
  ///
  /// - Returns: whether it was possible: nobody moves twice on one day.
  @discardableResult
  mutating func move(
    _ villager: Int, to home: Int, as relation: HouseholdRelation, on day: CivilDate,
    _ reason: MoveReason, moment: Instant
  ) -> Bool {
    guard villagers[villager].isHere, day > villagers[villager].since else { return false }
    homes[Int(villagers[villager].home)].members.removeAll { $0 == Int32(villager) }
    homes[home].members.append(Int32(villager))
    villagers[villager].home = Int32(home)
    villagers[villager].relation = relation
    writeResidence(of: villager, on: day, moment: moment, reason: reason)
    return true
  }

  /// Lets whole households move within the village, to other villages, out of the district.
  mutating func letHouseholdsMove(in window: MonthWindow) {
    let rates = SyntheticRates.householdMoves
    let all = (rates.village + rates.puskesmas + rates.district + rates.away) * window.years
    for home in homes.indices where !homes[home].hasEnded && !homes[home].members.isEmpty {
      let fate = random.fraction()
      guard fate < all else { continue }
      let day = someDay(of: window)
      guard homes[home].members.allSatisfy({ villagers[Int($0)].since < day }) else { continue }
      let share = fate / window.years
      if share < rates.away {
        leave(home, on: day)
      } else {
        let (target, reason) = destination(of: home, share - rates.away)
        moveHousehold(home, to: target, reason, on: day)
      }
    }
  }

  private mutating func destination(of home: Int, _ share: Double) -> (Int, MoveReason) {
    let rates = SyntheticRates.householdMoves
    let here = map.posyandu[homes[home].posyandu].village
    let puskesmas = map.villages[here].puskesmas
    if share < rates.village { return (map.posyandu(in: here, &random), .withinVillage) }
    if share < rates.village + rates.puskesmas || map.puskesmas.count == 1 {
      let range = map.puskesmas[puskesmas].villages
      let village = random.whole(range.lowerBound...range.upperBound - 1)
      let reason: MoveReason = village == here ? .withinVillage : .otherVillage
      return (map.posyandu(in: village, &random), reason)
    }
    var other = random.whole(0...map.puskesmas.count - 2)
    if other >= puskesmas { other += 1 }
    let range = map.puskesmas[other].villages
    let village = random.whole(range.lowerBound...range.upperBound - 1)
    return (map.posyandu(in: village, &random), .otherPuskesmas)
  }

  private mutating func moveHousehold(
    _ home: Int, to posyandu: Int, _ reason: MoveReason, on day: CivilDate
  ) {
    homes[home].posyandu = posyandu
    homes[home].neighbourhood = UInt8(random.whole(1...12))
    homes[home].address = UInt16(random.whole(1...250))
    let moment = evening(after: day, days: random.whole(0...30))
    write(home, on: day, moment: moment)
    for member in homes[home].members {
      writeResidence(of: Int(member), on: day, moment: moment, reason: reason)
    }
  }

  private mutating func leave(_ home: Int, on day: CivilDate) {
    let moment = evening(after: day, days: random.whole(5...40))
    for member in homes[home].members {
      let villager = Int(member)
      write(.departure, about: villager, on: day, moment: moment, [])
      villagers[villager].until = day
      let spouse = Int(villagers[villager].spouse)
      // A marriage with somebody of another household is rare, and its end is not ours to know.
      if spouse >= 0, villagers[spouse].home != Int32(home) { villagers[spouse].spouse = -1 }
    }
    homes[home].members = []
    homes[home].hasEnded = true
    write(home, on: day, moment: moment, endedOn: day)
  }

  /// Lets families and single people arrive from elsewhere.
  mutating func letArrive(in window: MonthWindow) {
    let expected = Double(people) * SyntheticRates.householdArrivals * window.years
    guard expected > 0 else { return }
    for _ in 0..<random.count(expecting: expected) {
      let day = someDay(of: window)
      var maker = FamilyMaker(on: day)
      maker.makeNewcomers(&random)
      let village = random.whole(site.villages.lowerBound...site.villages.upperBound - 1)
      settle(
        maker.members, at: map.posyandu(in: village, &random), on: day,
        moment: evening(after: day, days: random.whole(0...20)), reason: .otherDistrict)
    }
  }
}
