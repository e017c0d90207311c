import Health

/// Marriages, and where couples go to live.
extension PuskesmasPeople {
  /// Lets couples marry.
  mutating func letMarry(in window: MonthWindow) {
    let count = random.count(expecting: Double(people) * SyntheticRates.marriages * window.years)
    guard count > 0 else { return }
    let women = unmarried(.female, years: 17...38, on: window.first)
    let men = unmarried(.male, years: 19...44, on: window.first)
    for _ in 0..<count {
      let day = someDay(of: window)
      if random.happens(SyntheticRates.marriedFromElsewhere) {
        let isWife = random.happens(0.55)
        let here = isWife ? men : women
        guard let own = here.isEmpty ? nil : Int(random.one(of: here)), canMarry(own, on: day)
        else { continue }
        let guest = addGuest(for: own, isWife ? .female : .male, on: day)
        marry(isWife ? guest : own, isWife ? own : guest, guest: guest, on: day)
      } else if let (woman, man) = couple(women, men, on: day) {
        marry(woman, man, guest: nil, on: day)
      }
    }
  }

  private func unmarried(_ sex: Sex, years: ClosedRange<Int>, on day: CivilDate) -> [Int32] {
    villagers.indices.compactMap { position in
      let villager = villagers[position]
      guard villager.sex == sex, villager.spouse < 0, villager.isHere,
        years.contains(villager.years(on: day))
      else { return nil }
      return Int32(position)
    }
  }

  private mutating func couple(
    _ women: [Int32], _ men: [Int32], on day: CivilDate
  ) -> (woman: Int, man: Int)? {
    guard !women.isEmpty, !men.isEmpty else { return nil }
    for _ in 0..<30 {
      let woman = Int(random.one(of: women))
      let man = Int(random.one(of: men))
      let (one, other) = (villagers[woman], villagers[man])
      let older = Int((one.birth - other.birth).count) / 365
      // Most women marry before 26.
      let isUsual = one.years(on: day) < 26 || random.happens(0.3)
      let areSiblings = one.mother >= 0 && one.mother == other.mother
      guard isUsual, (-3...9).contains(older), one.home != other.home, !areSiblings,
        canMarry(woman, on: day), canMarry(man, on: day)
      else { continue }
      return (woman, man)
    }
    return nil
  }

  /// Whoever heads others stays with them.
  private func canMarry(_ position: Int, on day: CivilDate) -> Bool {
    let villager = villagers[position]
    let home = homes[Int(villager.home)]
    return villager.spouse < 0 && villager.isHere && villager.since < day
      && (home.head != Int32(position) || home.members.count == 1)
  }

  /// Somebody from another district, who comes to marry.
  private mutating func addGuest(for own: Int, _ sex: Sex, on day: CivilDate) -> Int {
    let years = Double(villagers[own].years(on: day)) + (sex == .female ? -3 : 4)
    let age = min(max(sex == .female ? 18 : 19.5, years), 50)
    let birth = CivilDate(dayNumber: day.dayNumber - Int32(age * SyntheticRates.daysPerYear))
    let home = Int(villagers[own].home)
    let guest = add(
      FamilyMember(relation: .childInLaw, sex: sex, birth: birth), to: home,
      on: CivilDate(dayNumber: day.dayNumber - 1),
      moment: Scribe.moment(on: day, minute: 600))
    homes[home].members.append(Int32(guest))
    return guest
  }

  /// Marries two people: one joins the other, or they found a household.
  ///
  /// - Parameter guest: who of them is new here and joins the other.
  private mutating func marry(_ woman: Int, _ man: Int, guest: Int?, on day: CivilDate) {
    villagers[woman].spouse = Int32(man)
    villagers[man].spouse = Int32(woman)
    let moment = evening(after: day, days: random.whole(1...25))
    if let guest { writePerson(guest, on: day, moment: moment) }
    let host = guest.map { $0 == woman ? man : woman } ?? host(woman, man)
    let mover = host == woman ? man : woman
    let former = [Int(villagers[woman].home), Int(villagers[man].home)]
    if homes[Int(villagers[host].home)].head == Int32(host) {
      move(mover, to: Int(villagers[host].home), as: .spouse, on: day, .marriage, moment: moment)
    } else if random.happens(SyntheticRates.marriedIntoOwnHousehold) {
      let posyandu = homes[Int(villagers[host].home)].posyandu
      let home = addHome(at: posyandu, head: man, on: day, moment: moment)
      write(home, on: day, moment: moment)
      writeDwelling(of: home, on: day, moment: moment)
      move(man, to: home, as: .head, on: day, .marriage, moment: moment)
      move(woman, to: home, as: .spouse, on: day, .marriage, moment: moment)
    } else {
      let isChild = villagers[host].relation == .child
      move(
        mover, to: Int(villagers[host].home), as: isChild ? .childInLaw : .otherRelative, on: day,
        .marriage, moment: moment)
    }
    for home in former where homes[home].members.isEmpty && !homes[home].hasEnded {
      replaceHead(of: home, on: day, moment: moment)
    }
    for (one, other) in [(woman, man), (man, woman)] {
      let body = RelationBody(other: villagers[other].id, kind: .spouse)
      write(.relation, about: one, on: day, moment: moment, body.bytes)
    }
    planRecord(of: mover, on: day)
  }

  /// Whose household the other joins, where they found none: whoever lives alone, else by chance.
  private mutating func host(_ woman: Int, _ man: Int) -> Int {
    if homes[Int(villagers[man].home)].head == Int32(man) { return man }
    if homes[Int(villagers[woman].home)].head == Int32(woman) { return woman }
    return random.happens(0.55) ? man : woman
  }
}
