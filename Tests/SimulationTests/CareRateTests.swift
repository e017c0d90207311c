import Guidance
import Health
import Programmes
import Simulation
import Testing

@Suite("Care of mothers and children happens at plausible rates")
struct CareRateTests {
  let sample: CareSample

  init() throws { sample = try CareSample.usual.get() }

  private func antenatal(_ pregnancy: CareSample.Pregnancy) -> [CareSample.Visit] {
    guard let beginning = pregnancy.beginning, let end = pregnancy.end else { return [] }
    return sample.visits(of: pregnancy.mother, for: .antenatal, in: beginning...end.day)
      .sorted { $0.day < $1.day }
  }

  @Test("Visits in pregnancy: first trimester, four and more, six and more")
  func antenatalVisits() {
    let births = sample.births
    #expect(births.count > 120)
    let visits = births.map { (pregnancy: $0, visits: antenatal($0)) }
    let early = share(of: visits) { own in
      guard let begin = own.pregnancy.beginning, let first = own.visits.first else { return false }
      return (first.day - begin).count < 91
    }
    #expect((0.62...0.88).contains(early))
    #expect((0.70...0.95).contains(share(of: visits) { $0.visits.count >= 4 }))
    #expect((0.38...0.75).contains(share(of: visits) { $0.visits.count >= 6 }))
    #expect((0.01...0.09).contains(share(of: visits) { $0.visits.isEmpty }))
    #expect((0.5...0.92).contains(share(of: births) { $0.hasUltrasound }))
  }

  @Test("Anaemia, thin arms, pressure and reactive tests")
  func findings() {
    let first = sample.births.compactMap { antenatal($0).first }
    let tested = first.compactMap { $0.value(.haemoglobin) }
    #expect(Double(tested.count) / Double(first.count) > 0.8)
    #expect((0.17...0.42).contains(share(of: tested) { $0 < 110 }))
    let arms = first.compactMap { $0.value(.armCircumference) }
    #expect((0.08...0.27).contains(share(of: arms) { $0 < 2350 }))
    let all = sample.visits(for: .antenatal)
    #expect((0.005...0.06).contains(share(of: all) { ($0.value(.systolicPressure) ?? 0) >= 140 }))
    #expect((0.6...0.95).contains(share(of: first) { $0.value(.hepatitisBTest) != nil }))
    let signs = VisitForm.antenatal.sections.filter { "\($0.name)" == "danger_signs" }
      .flatMap(\.questions).map(\.element)
    let alarming = share(of: all) { visit in signs.contains { visit.isYes($0) } }
    #expect((0.02...0.2).contains(alarming))
  }

  @Test("Births: early, by section, attended, at home; losses and stillbirths")
  func ends() {
    let births = sample.pregnancies.filter { $0.end?.body.outcome == .liveBirth }
    #expect((0.05...0.2).contains(share(of: births) { ($0.end?.body.gestation ?? 280) < 259 }))
    #expect((0.09...0.24).contains(share(of: births) { $0.end?.body.mode == .caesarean }))
    #expect((0.85...0.97).contains(share(of: births) { $0.end?.body.attendant != nil }))
    #expect((0.10...0.26).contains(share(of: births) { $0.end?.body.setting == .home }))
    let lost = sample.pregnancies.filter { pregnancy in
      guard let outcome = pregnancy.end?.body.outcome else { return false }
      return [.miscarriage, .ectopic, .molar].contains(outcome)
    }
    #expect((0.03...0.16).contains(Double(lost.count) / Double(births.count)))
    #expect(lost.allSatisfy { ($0.end?.body.gestation ?? 200) < 140 })
    let still = sample.pregnancies.filter { $0.end?.body.outcome == .stillbirth }
    #expect(still.count < births.count / 30)
    #expect(still.allSatisfy { ($0.end?.body.gestation ?? 0) >= 196 })
    // Gravida counts all pregnancies, para those that were born.
    for pregnancy in sample.pregnancies where pregnancy.known != nil {
      let before = (pregnancy.told.para ?? 0) + (pregnancy.told.losses ?? 0)
      #expect(pregnancy.told.gravida == before + 1)
    }
  }

  @Test("Mothers and newborns are seen after birth; contraception is chosen")
  func afterBirth() throws {
    let births = sample.births
    let seen = births.map { pregnancy -> [Int32] in
      guard let end = pregnancy.end else { return [] }
      return sample.visits(
        of: pregnancy.mother, for: .postnatal, in: end.day...end.day + AgeInDays(42)
      ).map { ($0.day - end.day).count }
    }
    #expect((0.78...0.98).contains(share(of: seen) { $0.contains { $0 <= 2 } }))
    #expect((0.45...0.85).contains(share(of: seen) { $0.count >= 4 }))
    let newborns = sample.visits(for: .newborn)
    let first = newborns.filter { visit in
      (sample.people.residences[visit.person]?.first?.day).map {
        (visit.day - $0).count <= 2
      } ?? false
    }
    #expect(share(of: first) { $0.isYes(.vitaminK) } > 0.9)
    #expect((0.6...0.92).contains(share(of: first) { $0.isYes(.earlyBreastfeeding) }))
    let methods = (sample.visits(for: .postnatal) + sample.visits(for: .familyPlanning))
      .compactMap { $0.value(.contraceptiveMethod) }
    #expect(methods.count > 80)
    // The injection of three months is the most frequent.
    let counts = Dictionary(grouping: methods.filter { $0 > 1 }, by: { $0 }).mapValues(\.count)
    #expect(counts.max { $0.value < $1.value }?.key == 5)
  }

  @Test("Children: vitamin A, development, feeding")
  func children() {
    let visits = sample.visits(for: .childDevelopment)
    let august = CivilMonth(year: 2025, ordinal: 8)
    let given = Set(
      visits.filter { $0.day.month == august && $0.isYes(.vitaminA) }.map(\.person))
    let eligible = sample.people.last.filter { id, person in
      guard let birth = person.birthDate, sample.people.ends[id] == nil,
        let home = sample.people.residences[id]?.first, home.day < august.firstDay,
        home.body.household != nil
      else { return false }
      return (6...58).contains(august.firstDay.completedMonths(since: birth).count)
    }
    #expect(eligible.count > 500)
    let reached = Double(eligible.keys.count { given.contains($0) }) / Double(eligible.count)
    #expect((0.74...0.95).contains(reached))
    let points = visits.compactMap { visit -> Int? in
      let items = visit.body.observations.filter {
        DevelopmentQuestionnaire.item($0.element) != nil
      }
      return items.count == 10 ? items.count { $0.value == 1 } : nil
    }
    #expect(points.count > 500)
    #expect((0.03...0.16).contains(share(of: points) { (7...8).contains($0) }))
    #expect((0.005...0.07).contains(share(of: points) { $0 < 7 }))
    let only = visits.compactMap { $0.value(.onlyBreastMilk) }
    #expect((0.4...0.8).contains(share(of: only) { $0 == 1 }))
  }

  @Test("Sick children: complaints, pneumonia, danger; thin children are looked at again")
  func sickChildren() {
    let visits = sample.visits(for: .sickChild)
    let older = visits.filter { $0.value(.coughOrHardBreathing) != nil }
    #expect(older.count > 200 && visits.count > older.count)
    #expect((0.35...0.75).contains(share(of: older) { $0.isYes(.coughOrHardBreathing) }))
    let counted = older.filter { $0.isYes(.coughOrHardBreathing) }
    let fast = share(of: counted) { visit in
      guard let birth = sample.birth(of: visit.person) else { return false }
      let isInfant = visit.day.completedMonths(since: birth).count < 12
      return (visit.value(.breathsPerMinute) ?? 0) >= (isInfant ? 50 : 40)
    }
    #expect((0.04...0.22).contains(fast))
    let danger = [
      DataElement.abnormalAppearance, .abnormalBreathing, .abnormalCirculation, .cannotDrink,
      .vomitsAll, .fits, .stridor, .coldLimbs,
    ]
    for sign in danger + [.lethargic] {
      #expect(older.allSatisfy { $0.value(sign) != nil }, "\(sign.name)")
    }
    let inDanger = share(of: older) { visit in danger.contains { visit.isYes($0) } }
    #expect((0.01...0.08).contains(inDanger))
    let followed = sample.visits(for: .nutritionFollowUp)
    #expect((100...700).contains(followed.count))
    // Care of severe malnutrition begins before it ends, and ends once.
    let courses = Dictionary(grouping: followed, by: \.person).mapValues { visits in
      visits.sorted { $0.day < $1.day }.compactMap { $0.value(.malnutritionCare) }
    }
    for steps in courses.values where !steps.isEmpty {
      #expect(steps.enumerated().allSatisfy { ($0.offset % 2 == 0) == ($0.element == 1) })
    }
  }
}
