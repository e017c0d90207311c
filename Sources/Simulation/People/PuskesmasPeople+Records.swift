import Health

/// What becomes of records later: newborns get name and NIK, slips are corrected, and some people
/// are registered a second time by somebody who did not look.
extension PuskesmasPeople {
  /// Decides that something happens to somebody's record so many days later.
  mutating func plan(
    _ kind: Pending.Kind, of villager: Int, after day: CivilDate, days: ClosedRange<Int>
  ) {
    let due = day + AgeInDays(Int32(random.whole(days)))
    pending.append(Pending(villager: Int32(villager), day: due, kind: kind))
  }

  /// Decides whether, and when, somebody is registered a second time. Children are more often: at
  /// birth, and at the practice where they are vaccinated.
  mutating func planRecord(of villager: Int, on day: CivilDate) {
    let years = villagers[villager].years(on: day)
    let share = Double(plan.registeredTwicePerThousand) / 1000 * (years < 5 ? 2.5 : 0.85)
    guard random.happens(share) else { return }
    let last = max(2, Int((plan.lastDay - day).count) - 1)
    plan(.secondRecord, of: villager, after: day, days: 1...(years < 1 ? min(120, last) : last))
  }

  /// Writes what is due in the month.
  mutating func writeWhatIsDue(in window: MonthWindow) {
    var due: [Pending] = []
    pending.removeAll { entry in
      guard entry.day <= window.last else { return false }
      due.append(entry)
      return true
    }
    due.sort { ($0.day, $0.villager) < ($1.day, $1.villager) }
    for entry in due {
      let villager = Int(entry.villager)
      guard villagers[villager].isHere else { continue }
      // What was decided for a day that is past by now is written at once; nothing before the
      // person is known.
      let known = villagers[villager].knownSince.day(hoursEastOfGreenwich: 7)
      let day = max(entry.day, window.first, known + AgeInDays(1))
      switch entry.kind {
      case .naming:
        villagers[villager].isUnnamed = false
        let number = numbers.nextNumber(
          sex: villagers[villager].sex, born: villagers[villager].stated)
        let isWrong = random.happens(SyntheticRates.wrongDigits)
        villagers[villager].number = isWrong ? withWrongDigit(number) : number
        correct(villager, on: day, by: posyandu(of: villager).posyandu.bidan)
      case .correction: correct(villager, on: day, by: site.dataManager)
      case .secondRecord: registerAgain(villager, on: day)
      }
    }
  }

  /// Writes who somebody is, copied from their papers, in place of what was written before.
  private mutating func correct(_ villager: Int, on day: CivilDate, by author: Author) {
    let body = personBody(of: villager, habit: .card)
    villagers[villager].fact = scribe.write(
      .person, about: villagers[villager].id, on: day, at: evening(after: day, days: 0),
      place: posyandu(of: villager).posyandu.id, by: author, replaces: villagers[villager].fact,
      body.bytes, &random)
  }

  private mutating func registerAgain(_ position: Int, on day: CivilDate) {
    let villager = villagers[position]
    let own = posyandu(of: position)
    let kind = random.fraction()
    let (author, place): (Author, Identifier) =
      if kind < 0.5 {
        // The practice writes down where people say that they live; sometimes its own village.
        (
          practice.author,
          random.happens(0.75)
            ? own.posyandu.id
            : map.posyandu[map.posyandu(in: practice.village, &random)].posyandu.id
        )
      } else if kind < 0.8 {
        elsewhere(than: own)
      } else {
        (own.kader[random.whole(0...4)], own.posyandu.id)
      }
    let moment = evening(after: day, days: random.whole(0...2))
    let body = heardBody(of: position, on: day, withoutNumber: kind >= 0.8)
    let id = random.identifier(at: moment)
    guard moment < scribe.lastMoment else { return }
    scribe.write(
      .person, about: id, on: day, at: moment, place: place, by: author, body.bytes, &random)
    scribe.write(
      .residence, about: id, on: day, at: moment, place: place, by: author,
      ResidenceBody(place: place).bytes, &random)
    truth.same.append(SyntheticTruth.Pair(villager.id, id))
  }

  private mutating func elsewhere(than own: PosyanduSite) -> (Author, Identifier) {
    let villages = site.villages
    let village = random.whole(villages.lowerBound...villages.upperBound - 1)
    let posyandu = map.posyandu[map.posyandu(in: village, &random)].posyandu
    return (posyandu.bidan, posyandu.id)
  }

  /// What somebody writes down who asks anew: as heard, and without what people do not carry.
  private mutating func heardBody(
    of position: Int, on day: CivilDate, withoutNumber: Bool
  ) -> PersonBody {
    let villager = villagers[position]
    var body = personBody(of: position, habit: .heard)
    body.mother = nil
    body.father = nil
    body.motherNationalIdentityNumber = []
    body.fatherName = []
    if random.happens(0.5) { body.birthOrder = nil }
    if !villager.isUnnamed, villager.years(on: day) < 1, random.happens(0.4),
      !body.motherName.isEmpty
    {
      body.name = Array("By Ny ".utf8) + body.motherName
    }
    if random.happens(0.25) { body.motherName = [] }
    if random.happens(0.005) { body.sex = villager.sex == .male ? .female : .male }
    if withoutNumber || random.happens(0.3) {
      body.nationalIdentityNumber = []
    } else if villager.number != 0, random.happens(0.05) {
      body.nationalIdentityNumber = Digits.sixteen(withWrongDigit(villager.number))
    }
    misstateBirth(of: &body, isInfant: villager.years(on: day) < 1, before: day)
    return body
  }

  private mutating func misstateBirth(
    of body: inout PersonBody, isInfant: Bool, before day: CivilDate
  ) {
    guard let birth = body.birthDate else { return }
    let parts = birth.components
    var stated: CivilDate?
    switch random.whole(0...99) {
    case 0..<3: stated = CivilDate(year: parts.year, month: parts.day, day: parts.month)
    case 3..<7: stated = CivilDate(dayNumber: birth.dayNumber + Int32(random.whole(-4...4)))
    case 7..<14 where !isInfant:
      let month = random.happens(0.6) ? 1 : 7
      stated = CivilDate(year: parts.year + random.whole(-1...1), month: month, day: 1)
      body.birthDateCertainty = .estimatedFromAge
    case 14..<16 where !isInfant: body.birthDateCertainty = nil
    default: break
    }
    if !isInfant, body.birthDateCertainty == nil {
      body.birthDate = nil
    } else if let stated, stated <= day {
      body.birthDate = stated
    }
  }
}
