import Health

/// A member of a family that is being made; others of the family by their positions, −1 for none.
struct FamilyMember: Sendable {
  var relation: HouseholdRelation
  var sex: Sex
  var birth: CivilDate
  var mother = -1
  var father = -1
  var spouse = -1
  /// 1 and 2 for twins, 0 for others.
  var birthOrder: UInt8 = 0
}

/// Makes households with their families, as they are found on a day. How the kinds are mixed, and
/// where the figures come from: ``SyntheticRates``.
struct FamilyMaker: Sendable {
  /// The day on which the family is as it is.
  let today: CivilDate
  /// The family made last; its head comes first.
  private(set) var members: [FamilyMember] = []

  /// A maker of families as they are on that day.
  init(on today: CivilDate) { self.today = today }

  /// Makes a household of any kind.
  mutating func makeHousehold(_ random: inout SeededRandom) {
    members.removeAll(keepingCapacity: true)
    switch HouseholdKind.allCases[random.position(in: SyntheticRates.householdKinds)] {
    case .couple: makeCouple(wifeYears: wifeYears(&random), &random)
    case .motherAlone: makeParentAlone(.female, &random)
    case .fatherAlone: makeParentAlone(.male, &random)
    case .onePerson: makeOnePerson(&random)
    case .grandparent: makeGrandparent(&random)
    case .siblings: makeSiblings(&random)
    }
  }

  /// Makes a family that comes from elsewhere: young, with few members.
  mutating func makeNewcomers(_ random: inout SeededRandom) {
    members.removeAll(keepingCapacity: true)
    if random.happens(0.35) {
      add(.head, random.happens(0.65) ? .male : .female, years: 18 + 17 * random.fraction())
      return
    }
    let wife = 19 + 19 * random.fraction()
    addCouple(wifeYears: wife, &random)
    addChildren(of: 1, father: 0, as: .child, &random)
  }

  @discardableResult
  private mutating func add(
    _ relation: HouseholdRelation, _ sex: Sex, years: Double
  ) -> Int {
    let days = Int32(years * SyntheticRates.daysPerYear)
    members.append(
      FamilyMember(
        relation: relation, sex: sex, birth: CivilDate(dayNumber: today.dayNumber - days)))
    return members.count - 1
  }

  private func years(of member: Int) -> Double {
    Double((today - members[member].birth).count) / SyntheticRates.daysPerYear
  }

  private func wifeYears(_ random: inout SeededRandom) -> Double {
    let group = random.position(in: SyntheticRates.wives)
    return 15 + 5 * (Double(group) + random.fraction()) + (group == 0 ? 2 : 0)
  }

  private mutating func addCouple(wifeYears: Double, _ random: inout SeededRandom) {
    let older = random.normal(mean: 4.2, deviation: 4)
    add(.head, .male, years: min(max(18.5, wifeYears + older), 96))
    add(.spouse, .female, years: wifeYears)
    marry(0, 1)
  }

  private mutating func marry(_ one: Int, _ other: Int) {
    members[one].spouse = other
    members[other].spouse = one
  }

  private mutating func makeCouple(wifeYears: Double, _ random: inout SeededRandom) {
    addCouple(wifeYears: wifeYears, &random)
    addChildren(of: 1, father: 0, as: .child, &random)
    addChildsFamily(&random)
    if wifeYears < 52, random.happens(SyntheticRates.withParents) { addParents(&random) }
    if random.happens(SyntheticRates.withRelative) {
      add(
        .otherRelative, random.happens(0.7) ? .male : .female, years: 12 + 20 * random.fraction())
    }
    if random.happens(SyntheticRates.withDomesticWorker) {
      add(.domesticWorker, .female, years: 17 + 30 * random.fraction())
    }
  }

  private mutating func makeParentAlone(_ sex: Sex, _ random: inout SeededRandom) {
    let years = 26 + 46 * (random.fraction() + random.fraction()) / 2
    add(.head, sex, years: years)
    if sex == .female {
      addChildren(of: 0, father: -1, as: .child, atLeast: 1, &random)
    } else {
      addChildren(of: 0, father: 0, as: .child, atLeast: 1, &random)
      for position in members.indices where members[position].mother == 0 {
        members[position].mother = -1
      }
    }
    addChildsFamily(&random)
  }

  private mutating func makeOnePerson(_ random: inout SeededRandom) {
    let kind = random.fraction()
    if kind < 0.26 {
      add(.head, .female, years: 52 + 32 * random.fraction())
    } else if kind < 0.38 {
      add(.head, .male, years: 52 + 30 * random.fraction())
    } else {
      add(.head, random.happens(0.9) ? .male : .female, years: 19 + 30 * random.fraction())
    }
  }

  private mutating func makeGrandparent(_ random: inout SeededRandom) {
    add(.head, .female, years: 55 + 20 * random.fraction())
    for _ in 0..<random.whole(1...2) {
      let sex: Sex = random.happens(SyntheticRates.boys) ? .male : .female
      add(.grandchild, sex, years: 2 + 15 * random.fraction())
    }
  }

  private mutating func makeSiblings(_ random: inout SeededRandom) {
    add(.head, random.happens(0.8) ? .male : .female, years: 19 + 10 * random.fraction())
    for _ in 0..<random.whole(1...2) {
      add(.otherRelative, random.happens(0.7) ? .male : .female, years: 15 + 9 * random.fraction())
    }
  }

  /// A mother, or both parents, of head or wife.
  private mutating func addParents(_ random: inout SeededRandom) {
    let isOfHead = random.happens(0.5)
    let child = isOfHead ? 0 : 1
    let relation: HouseholdRelation = isOfHead ? .parent : .parentInLaw
    let motherYears = years(of: child) + 18 + 17 * random.fraction()
    if motherYears < 92, random.happens(0.85) {
      members[child].mother = add(relation, .female, years: motherYears)
    }
    let fatherYears = motherYears + max(0, random.normal(mean: 4, deviation: 3))
    if fatherYears < 90, random.happens(0.3) {
      let father = add(relation, .male, years: fatherYears)
      members[child].father = father
      if members[child].mother >= 0 { marry(members[child].mother, father) }
    }
  }

  /// Lets one grown-up child live there with wife or husband, and with their children.
  private mutating func addChildsFamily(_ random: inout SeededRandom) {
    guard
      let child = members.indices.first(where: {
        members[$0].relation == .child && years(of: $0) >= 19.5
      }), random.happens(SyntheticRates.childMarriedAtHome(years: years(of: child)))
    else { return }
    let own = years(of: child)
    let isSon = members[child].sex == .male
    let other = min(max(18.5, own + random.normal(mean: isSon ? -3 : 4, deviation: 3)), 60)
    let inLaw = add(.childInLaw, isSon ? .female : .male, years: other)
    marry(child, inLaw)
    addChildren(
      of: isSon ? inLaw : child, father: isSon ? child : inLaw, as: .grandchild, &random)
  }

  /// The children of a woman who live with her, by her own history.
  private mutating func addChildren(
    of mother: Int, father: Int, as relation: HouseholdRelation, atLeast least: Int = 0,
    _ random: inout SeededRandom
  ) {
    let now = min(years(of: mother), 90)
    let married = min(max(random.normal(mean: 21.3, deviation: 3.2), 16.2), 36)
    let wanted = max(least, SyntheticRates.childrenWanted(motherYears: now, &random))
    var atBirth = married + 0.85 - 0.7 * naturalLogarithm(1 - random.fraction())
    // Nor was the father a child.
    if father >= 0 { atBirth = max(atBirth, 17.5 + now - years(of: father)) }
    var born = 0
    while born < wanted, atBirth < min(now - 0.02, 46) {
      born += 1
      let age = now - atBirth
      let isTwins = random.happens(SyntheticRates.twins)
      let sex: Sex = random.happens(SyntheticRates.boys) ? .male : .female
      if random.happens(SyntheticRates.livesAtHome(years: age, sex: sex)) {
        let child = add(relation, sex, years: age)
        members[child].mother = mother
        members[child].father = father
        if isTwins { addTwin(of: child, &random) }
      }
      atBirth += 1.7 - SyntheticRates.waitForNext * naturalLogarithm(1 - random.fraction())
    }
  }

  private mutating func addTwin(of first: Int, _ random: inout SeededRandom) {
    members[first].birthOrder = 1
    var second = members[first]
    second.birthOrder = 2
    if !random.happens(SyntheticRates.twinsOfOneSex) {
      second.sex = second.sex == .male ? .female : .male
    }
    members.append(second)
  }
}

/// The kinds of households, in the order of ``SyntheticRates/householdKinds``.
enum HouseholdKind: CaseIterable {
  case couple, motherAlone, fatherAlone, onePerson, grandparent, siblings
}
