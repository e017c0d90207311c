import Health

/// What is written down of persons and households.
extension PuskesmasPeople {
  /// Writes who somebody is and where they live.
  mutating func register(
    _ villager: Int, on day: CivilDate, moment: Instant, reason: MoveReason?
  ) {
    writePerson(villager, on: day, moment: moment, mayErr: reason != .birth)
    writeResidence(of: villager, on: day, moment: moment, reason: reason)
  }

  /// Writes who somebody is, now and then with a slip that is corrected later.
  mutating func writePerson(
    _ villager: Int, on day: CivilDate, moment: Instant, mayErr: Bool = true
  ) {
    let village = registrar(at: homes[Int(villagers[villager].home)].posyandu)
    var body = personBody(of: villager, habit: village.habit)
    let slip = mayErr ? random.fraction() : 1
    if slip < SyntheticRates.correctedNames {
      body.name = SpellingHabit(otherwise: 0.4, slips: 1).spelled(villagers[villager].name, &random)
      plan(.correction, of: villager, after: day, days: 20...700)
    } else if slip < SyntheticRates.correctedNames + SyntheticRates.correctedBirths {
      body.birthDate = wrongBirth(villagers[villager].stated, before: day)
      plan(.correction, of: villager, after: day, days: 20...700)
    }
    villagers[villager].knownSince = moment
    villagers[villager].fact = write(.person, about: villager, on: day, moment: moment, body.bytes)
  }

  /// A birth date as somebody mistypes it: day and month in each other's place, or a day beside.
  private mutating func wrongBirth(_ birth: CivilDate, before day: CivilDate) -> CivilDate {
    let parts = birth.components
    if parts.day != parts.month, parts.day <= 12,
      let swapped = CivilDate(year: parts.year, month: parts.day, day: parts.month), swapped < day
    {
      return swapped
    }
    return CivilDate(dayNumber: birth.dayNumber - Int32(random.whole(1...9)))
  }

  /// All that registers know of somebody.
  mutating func personBody(of position: Int, habit: SpellingHabit) -> PersonBody {
    let villager = villagers[position]
    var body = PersonBody()
    body.sex = villager.sex
    body.birthDate = villager.stated
    body.birthDateCertainty = villager.isEstimated ? .estimatedFromAge : .exact
    if villager.number != 0 { body.nationalIdentityNumber = Digits.sixteen(villager.number) }
    if villager.mother >= 0 {
      let mother = villagers[Int(villager.mother)]
      body.motherName = habit.spelled(mother.name, &random)
      body.mother = mother.id
      if villager.isUnnamed, mother.number != 0 {
        body.motherNationalIdentityNumber = Digits.sixteen(mother.number)
      }
    } else if villager.motherName.count > 0 {
      body.motherName = habit.spelled(villager.motherName, &random)
    }
    if villager.isUnnamed {
      body.name = Array("By. Ny. ".utf8) + body.motherName
      if villager.birthOrder == 2 { body.name += Array(" 2".utf8) }
    } else {
      body.name = habit.spelled(villager.name, &random)
    }
    if villager.father >= 0 {
      let father = villagers[Int(villager.father)]
      body.father = father.id
      body.fatherName = habit.spelled(father.name, &random)
    }
    body.birthOrder = villager.birthOrder == 0 ? nil : villager.birthOrder
    if let size = villager.sizeAtBirth {
      body.birthWeight = size.weight
      body.birthLength = size.length
      body.gestationalAgeAtBirth = size.gestationalAge
      body.birthHeadCircumference = size.head
    }
    return body
  }

  /// Writes where somebody lives from that day on.
  mutating func writeResidence(
    of villager: Int, on day: CivilDate, moment: Instant, reason: MoveReason?,
    cameFrom: [UInt8] = []
  ) {
    let home = homes[Int(villagers[villager].home)]
    var body = ResidenceBody(
      place: map.posyandu[home.posyandu].posyandu.id, household: home.id,
      relation: villagers[villager].relation, reason: reason)
    body.cameFrom = cameFrom
    villagers[villager].since = day
    write(.residence, about: villager, on: day, moment: moment, body.bytes)
  }

  /// Writes a fact about somebody, as the midwife of their village; not before they are known.
  @discardableResult
  mutating func write(
    _ kind: FactKind, about villager: Int, on day: CivilDate, moment: Instant,
    replaces: Identifier? = nil, _ body: [UInt8]
  ) -> Identifier {
    let posyandu = posyandu(of: villager).posyandu
    return scribe.write(
      kind, about: villagers[villager].id, on: day,
      at: max(moment, villagers[villager].knownSince), place: posyandu.id,
      by: posyandu.bidan, replaces: replaces, body, &random)
  }
}
