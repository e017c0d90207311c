import Health

/// A child with what its care needs to know of it in a month.
struct CaredChild: Sendable {
  /// The position among the villagers.
  let villager: Int
  /// The position of its Posyandu.
  let posyandu: Int
  let birth: CivilDate
  let sex: Sex
  /// The Posyandu's day of the month.
  let day: CivilDate
  /// Completed months on that day.
  let months: Int
  /// Whether it came that day.
  let came: Bool
  let traits: ChildTraits
  /// How readily the family comes (log-odds).
  let leaning: Double
  var track: GrowthTrack
}

/// A visit of a child that is due on a day.
struct ChildRecall: Sendable {
  enum Purpose: Sendable {
    /// A questionnaire of development, by its place among the ages; once more where doubtful.
    case questionnaire(Int, isAgain: Bool)
    /// Seen again after an illness.
    case sickAgain
    /// Looked at again because it is thin.
    case thin
    /// The next visit under care for severe malnutrition.
    case malnutrition
  }

  let child: Int32
  let day: CivilDate
  let purpose: Purpose
}

extension PuskesmasCare {
  /// Does in a month what is due for children under five.
  mutating func careForChildren(
    in window: MonthWindow, with people: PuskesmasPeople, written: [Fact]
  ) {
    let measured = measurements(in: written)
    var positions: [Int32: Int] = [:]
    for (position, child) in people.children.enumerated() {
      positions[Int32(child.resident)] = position
      guard let cared = cared(child, in: window, with: people, measured: measured) else {
        continue
      }
      vaccinate(cared, in: window, with: people)
      fillPosyanduForm(of: cared, in: window.month, with: people)
      examineAtSixMonths(cared, with: people)
      planQuestionnaire(for: cared, in: window)
      fallIll(cared, in: window, with: people)
      if let body = measured[people.villagers[cared.villager].id] {
        judgeGrowth(of: cared, by: body, in: window)
      }
    }
    answerRecalls(in: window, with: people, positions)
  }

  /// What was measured of whom in a month, as it was written first.
  private func measurements(in written: [Fact]) -> [Identifier: MeasurementBody] {
    var found: [Identifier: MeasurementBody] = [:]
    for fact in written where fact.kind == .measurement && fact.replaces == nil {
      found[fact.subject] = fact.body.withUnsafeBufferPointer { try? MeasurementBody($0) }
    }
    return found
  }

  private mutating func cared(
    _ child: Child, in window: MonthWindow, with people: PuskesmasPeople,
    measured: [Identifier: MeasurementBody]
  ) -> CaredChild? {
    let villager = people.villagers[child.resident]
    let posyandu = posyandu(of: child.resident, in: people)
    let dayOfMonth = people.map.posyandu[posyandu].posyandu.dayOfMonth
    guard
      let day = CivilDate(
        year: window.month.year, month: window.month.ordinal, day: dayOfMonth),
      day > villager.birth, isHere(child.resident, on: day, in: people)
    else { return nil }
    let months = Int(day.completedMonths(since: villager.birth).count)
    guard months < 60 else { return nil }
    var chance = traits(of: child.resident)
    let came =
      window.month >= plan.firstVisitMonth
      ? measured[villager.id] != nil
      : months > 0 && random.happens(SyntheticRates.cameBeforeWeighings)
    return CaredChild(
      villager: child.resident, posyandu: posyandu, birth: villager.birth, sex: villager.sex,
      day: day, months: months, came: came, traits: ChildTraits(&chance), leaning: child.leaning,
      track: child.track)
  }

  /// Decides that a child is to be seen on a day.
  mutating func recall(_ child: Int, on day: CivilDate, for purpose: ChildRecall.Purpose) {
    recalls.append(ChildRecall(child: Int32(child), day: day, purpose: purpose))
  }

  /// Sees the children who are due in the month; what leads to another visit in it as well.
  private mutating func answerRecalls(
    in window: MonthWindow, with people: PuskesmasPeople, _ positions: [Int32: Int]
  ) {
    var place = 0
    while place < recalls.count {
      let due = recalls[place]
      guard due.day <= window.last else {
        place += 1
        continue
      }
      recalls.remove(at: place)
      let child = Int(due.child)
      guard let position = positions[due.child], isHere(child, on: due.day, in: people) else {
        continue
      }
      var track = people.children[position].track
      switch due.purpose {
      case .questionnaire(let index, let isAgain):
        putQuestionnaire(index, isAgain: isAgain, to: child, on: due.day, with: people)
      case .sickAgain: seeSickAgain(child, on: due.day, &track, with: people)
      case .thin: lookAgain(at: child, on: due.day, &track, with: people)
      case .malnutrition: treatMalnutrition(of: child, on: due.day, &track, with: people)
      }
    }
  }
}
