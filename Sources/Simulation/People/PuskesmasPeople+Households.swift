import Health

/// Households: how they begin, who heads them, how they end.
extension PuskesmasPeople {
  /// A new household, without members.
  mutating func addHome(
    at posyandu: Int, head: Int, on day: CivilDate, moment: Instant
  ) -> Int {
    let card: UInt64
    if random.happens(SyntheticRates.withoutFamilyCard) {
      card = 0
    } else {
      let issued = CivilDate(dayNumber: day.dayNumber - Int32(random.whole(0...3000)))
      card = cards.nextNumber(sex: .male, born: issued)
    }
    homes.append(
      Home(
        id: random.identifier(at: moment), card: card, head: Int32(head), members: [],
        posyandu: posyandu, neighbourhood: UInt8(random.whole(1...12)),
        address: UInt16(random.whole(1...250))))
    return homes.count - 1
  }

  /// Writes what is known of a household.
  mutating func write(
    _ home: Int, on day: CivilDate, moment: Instant, endedOn: CivilDate? = nil
  ) {
    let known = homes[home]
    let posyandu = map.posyandu[known.posyandu]
    let area = map.villages[posyandu.village].area
    var body = HouseholdBody()
    if known.card != 0 { body.familyCardNumber = Digits.sixteen(known.card) }
    body.head = villagers.indices.contains(Int(known.head)) ? villagers[Int(known.head)].id : nil
    body.place = posyandu.posyandu.id
    body.neighbourhood = Digits.three(Int(known.neighbourhood))
    body.communityUnit = Digits.three(1 + Int(known.neighbourhood) / 5)
    body.address =
      Array("Jl. Contoh ".utf8) + Array(SyntheticNames.plant(Int(known.address) % 23).utf8)
      + Array(" \(known.address)".utf8)
    if let latitude = area.latitude, let longitude = area.longitude, known.address % 5 < 2 {
      body.latitude = latitude + Int32(known.address) * 37 % 9000 - 4500
      body.longitude = longitude + Int32(known.address) * 53 % 9000 - 4500
    }
    body.endedOn = endedOn
    scribe.write(
      .household, about: known.id, on: day, at: moment, place: posyandu.posyandu.id,
      by: posyandu.posyandu.bidan, body.bytes, &random)
  }

  /// Writes what was seen of a home. Shares are assumed, for a district of rivers and swamps.
  mutating func writeDwelling(of home: Int, on day: CivilDate, moment: Instant) {
    let waters: [WaterSource] = [.piped, .drilledWell, .protectedWell, .rain, .surface, .bottled]
    let latrines: [Latrine] = [.waterSealOwn, .waterSealShared, .unimproved, .none]
    var body = DwellingBody()
    body.water = waters[dwellings.position(in: [0.22, 0.24, 0.08, 0.10, 0.22, 0.14])]
    body.latrine = latrines[dwellings.position(in: [0.68, 0.08, 0.20, 0.04])]
    body.hasSmokeInside = dwellings.happens(0.55)
    body.hasHandWashing = dwellings.happens(0.1) ? nil : dwellings.happens(0.7)
    body.hasSolidFloor = dwellings.happens(0.96)
    let posyandu = map.posyandu[homes[home].posyandu].posyandu
    scribe.write(
      .dwelling, about: homes[home].id, on: day, at: moment, place: posyandu.id,
      by: posyandu.bidan, body.bytes, &random)
  }

  /// Makes somebody else the head of a household that lost its own, and sets all relations anew.
  mutating func replaceHead(of home: Int, on day: CivilDate, moment: Instant) {
    let members = homes[home].members
    guard
      let head = members.max(by: { rank($0, on: day) < rank($1, on: day) }),
      villagers[Int(head)].years(on: day) >= 15
    else {
      closeHome(home, on: day, moment: moment)
      return
    }
    let former = villagers[Int(head)].relation
    homes[home].head = head
    write(home, on: day, moment: moment)
    for member in members {
      let person = Int(member)
      let relation =
        member == head
        ? .head
        : HouseholdRelation.underNewHead(
          who: villagers[person].relation, whenHeadWas: former,
          isChild: villagers[person].mother == head || villagers[person].father == head,
          isSpouse: villagers[person].spouse == head)
      villagers[person].relation = relation
      let since = max(day, villagers[person].since + AgeInDays(1))
      writeResidence(of: person, on: since, moment: max(moment, momentAfter(since)), reason: nil)
    }
  }

  private func momentAfter(_ day: CivilDate) -> Instant { Scribe.moment(on: day, minute: 1200) }

  /// Wives and husbands first, then grown-up children, then whoever is oldest.
  private func rank(_ member: Int32, on day: CivilDate) -> Int {
    let villager = villagers[Int(member)]
    let years = villager.years(on: day)
    let isGrown = years >= 15
    return switch villager.relation {
    case .spouse: 3000 + years
    case .child where isGrown: 2000 + years
    case .domesticWorker: years
    default: isGrown ? 1000 + years : years
    }
  }

  /// Closes a household; children who are left alone go to another one of the village.
  private mutating func closeHome(_ home: Int, on day: CivilDate, moment: Instant) {
    let left = homes[home].members
    homes[home].hasEnded = true
    homes[home].members = []
    write(home, on: day, moment: moment, endedOn: day)
    guard !left.isEmpty else { return }
    let village = map.posyandu[homes[home].posyandu].village
    let others = homes.indices.filter {
      !homes[$0].hasEnded && map.posyandu[homes[$0].posyandu].village == village
    }
    guard !others.isEmpty else { return }
    let target = random.one(of: others)
    for member in left {
      let since = max(day, villagers[Int(member)].since + AgeInDays(1))
      move(
        Int(member), to: target, as: .otherRelative, on: since, .withinVillage,
        moment: max(moment, momentAfter(since)))
    }
  }
}

extension HouseholdRelation {
  /// How a member stands to a new head, by how both stood to the former one.
  static func underNewHead(
    who: HouseholdRelation, whenHeadWas former: HouseholdRelation, isChild: Bool, isSpouse: Bool
  ) -> HouseholdRelation {
    if isSpouse { return .spouse }
    if isChild { return .child }
    switch (former, who) {
    case (_, .domesticWorker): return .domesticWorker
    case (.spouse, .child), (.spouse, .childInLaw), (.spouse, .grandchild): return who
    case (.spouse, .parent): return .parentInLaw
    case (.spouse, .parentInLaw): return .parent
    case (.child, .parent), (.child, .parentInLaw): return .otherRelative
    case (.parent, .child), (.parentInLaw, .child): return .grandchild
    default: return .otherRelative
    }
  }
}
