import Health

extension PuskesmasPeople {
  /// Takes a family in: writes household, home, persons, residences and marriages down.
  ///
  /// - Returns: the household's position.
  @discardableResult
  mutating func settle(
    _ family: [FamilyMember], at posyandu: Int, on day: CivilDate, moment: Instant,
    reason: MoveReason?
  ) -> Int {
    let first = villagers.count
    let home = addHome(at: posyandu, head: first, on: day, moment: moment)
    let hasFamilyWord = random.happens(SyntheticRates.familyWord)
    let familyWord = hasFamilyWord ? NameWords.lastWord(&random) : 0
    for member in family {
      let villager = add(
        member, after: first, to: home, familyWord: familyWord, on: day, moment: moment)
      let months = plan.firstVisitMonth.firstDay.completedMonths(since: member.birth).count
      if months < 60 { addChild(villager, on: day) }
      planRecord(of: villager, on: day)
    }
    homes[home].members = (first..<villagers.count).map { Int32($0) }
    noteTwins(from: first)
    write(home, on: day, moment: moment)
    if reason == nil || random.happens(0.5) { writeDwelling(of: home, on: day, moment: moment) }
    for villager in first..<villagers.count {
      register(villager, on: day, moment: moment, reason: reason)
    }
    for villager in first..<villagers.count where villagers[villager].spouse >= 0 {
      let other = villagers[Int(villagers[villager].spouse)].id
      write(
        .relation, about: villager, on: day, moment: moment,
        RelationBody(other: other, kind: .spouse).bytes)
    }
    return home
  }

  /// Adds somebody to the villagers, with a name, a NIK and what registers will know; nothing is
  /// written yet.
  ///
  /// - Parameters:
  ///   - first: the villager who heads the family that the member's positions count from.
  ///   - familyWord: with what the family's children end their names, or 0.
  @discardableResult
  mutating func add(
    _ member: FamilyMember, after first: Int = 0, to home: Int, familyWord: UInt16 = 0,
    on day: CivilDate, moment: Instant
  ) -> Int {
    func position(_ member: Int) -> Int32 { member < 0 ? -1 : Int32(first + member) }
    let isChild = member.relation == .child || member.relation == .grandchild
    let bearsWord = isChild || member.relation == .head && random.happens(0.5)
    let name = SyntheticName(
      of: member.sex, born: member.birth, lastWord: bearsWord ? familyWord : 0, &random)
    var villager = Villager(
      id: random.identifier(at: moment), sex: member.sex, birth: member.birth,
      stated: member.birth, name: name, home: Int32(home), relation: member.relation, since: day,
      fact: random.identifier(at: moment))
    villager.mother = position(member.mother)
    villager.father = position(member.father)
    villager.spouse = position(member.spouse)
    villager.birthOrder = member.birthOrder
    if member.sex == .male, villager.father >= 0, villager.father < villagers.count,
      random.happens(SyntheticRates.fathersName)
    {
      villager.name = villagers[Int(villager.father)].name
    }
    if member.mother < 0 { villager.motherName = motherName(of: villager) }
    estimateBirth(of: &villager, on: day)
    villager.number = identityNumber(of: villager, on: day)
    villagers.append(villager)
    return villagers.count - 1
  }

  /// The name of a mother who is not here; of brothers and sisters it is one.
  private mutating func motherName(of villager: Villager) -> SyntheticName {
    if villager.father >= 0, let last = villagers.last, last.father == villager.father {
      return last.motherName
    }
    return SyntheticName(
      of: .female, born: CivilDate(dayNumber: villager.birth.dayNumber - 9000), &random)
  }

  /// Decides by which birth date registers know somebody; twins by the same.
  private mutating func estimateBirth(of villager: inout Villager, on day: CivilDate) {
    if villager.birthOrder == 2, let first = villagers.last, first.birthOrder == 1 {
      villager.stated = first.stated
      villager.isEstimated = first.isEstimated
      return
    }
    let years = villager.years(on: day)
    if random.happens(SyntheticRates.firstOfMonth(years: years)) {
      let year = villager.birth.components.year + random.whole(-1...1)
      let month = random.happens(0.7) ? 1 : 7
      guard let stated = CivilDate(year: year, month: month, day: 1), stated < day else { return }
      villager.stated = stated
      villager.isEstimated = true
    } else if random.happens(SyntheticRates.estimatedBirthDate(atYears: years)) {
      let error = random.normal(deviation: years < 5 ? 20 : 300)
      let days = Int32(min(max(error, -500), 500))
      villager.stated = CivilDate(
        dayNumber: min(villager.birth.dayNumber + days, day.dayNumber))
      villager.isEstimated = true
    }
  }

  /// A NIK, now and then with a wrong digit; 0 where somebody has none.
  mutating func identityNumber(of villager: Villager, on day: CivilDate) -> UInt64 {
    let isUnderFive = villager.years(on: day) < 5
    if random.happens(SyntheticRates.withoutIdentityNumber(isUnderFive: isUnderFive)) { return 0 }
    let number = numbers.nextNumber(sex: villager.sex, born: villager.stated)
    return random.happens(SyntheticRates.wrongDigits) ? withWrongDigit(number) : number
  }

  /// The number with one of its last ten digits another.
  mutating func withWrongDigit(_ number: UInt64) -> UInt64 {
    var power: UInt64 = 1
    for _ in 0..<random.whole(0...9) { power *= 10 }
    let digit = number / power % 10
    return number - digit * power + (digit + UInt64(random.whole(1...9))) % 10 * power
  }

  private mutating func noteTwins(from first: Int) {
    for villager in first..<villagers.count where villagers[villager].birthOrder == 2 {
      truth.twins.append(
        SyntheticTruth.Pair(villagers[villager - 1].id, villagers[villager].id))
    }
  }
}
