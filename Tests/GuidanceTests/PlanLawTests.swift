import Guidance
import Health
import Programmes
import Testing

/// Laws that hold for every plan, whatever guidelines say.
@Suite("Laws of plans")
struct PlanLawTests {
  /// A small generator with a seed, so that a failure can be seen again.
  struct Chance: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
  }

  static let guidelines = Guideline.motherAndChild
  static let ofMothers: [DataElement] = [
    .haemoglobin, .pallor, .armCircumference, .systolicPressure, .diastolicPressure, .bleeding,
    .fits,
    .hivTest, .bloodGroup, .birthPlanMade, .teethExamined, .weight, .lengthOrHeight,
    .weightBeforePregnancy, .ironTabletsGiven, .ironTabletsTaken, .urineProtein, .breastfeeding,
    .contraceptiveMethod, .ultrasoundDone, .counselled, .fetalHeartRate, .fastingGlucose,
    .bleedingAmount, .cervixOpen, .preeclampsiaBefore, .vitaminA, .motherVitaminACapsules,
    .lossReviewed,
  ]
  static let ofChildren: [DataElement] =
    [
      .weight, .lengthOrHeight, .headCircumference, .vitaminA, .deworming, .oxygenSaturation,
      .footSaturation, .thyroidSampleTaken, .thyroidResult, .stoolColour, .jaundice,
      .temperature, .sixMonthCheck, .sixMonthFinding, .malnutritionCare, .pittingOedema,
      .onlyBreastMilk, .mealsYesterday, .haemoglobin, .autismConcern, .attentionConcern,
      .redReflex, .developmentListPassed,
    ] + (0..<10).map { DevelopmentQuestionnaire.all[2].element($0) }

  static func life(_ chance: inout Chance) -> Life {
    let isChild = Int.random(in: 0..<3, using: &chance) == 0
    let start: CivilDate = "2026-01-01"
    var life = Life(
      isChild ? .male : .female,
      born: isChild ? start + .days(.random(in: -900...200, using: &chance)) : "1998-03-01",
      weight: isChild ? .random(in: 1_200...4_200, using: &chance) : nil,
      gestation: isChild && Bool.random(using: &chance)
        ? .random(in: 210...295, using: &chance) : nil)
    if Int.random(in: 0..<5, using: &chance) > 0, !isChild {
      let period = start + .days(.random(in: -60...30, using: &chance))
      let isDated = Int.random(in: 0..<6, using: &chance) > 0
      life.pregnant(
        lastPeriod: isDated ? period : nil,
        known: period + .days(.random(in: 25...200, using: &chance)))
      if Bool.random(using: &chance) {
        // An ultrasound later tells another date.
        let episode = life.facts.last?.id
        life.pregnant(lastPeriod: nil, known: period + .days(210)) {
          $0.episode = episode
          $0.gravida = .random(in: 1...5, using: &chance)
          $0.ultrasoundOn = period + .days(.random(in: 50...200, using: &chance))
          $0.ultrasoundGestation = .random(in: 40...190, using: &chance)
        }
      }
      if Bool.random(using: &chance) {
        life.gaveBirth(
          on: period + .days(.random(in: 60...295, using: &chance)),
          PregnancyOutcome.allCases.randomElement(using: &chance) ?? .liveBirth)
      }
    }
    let elements = isChild ? ofChildren : ofMothers
    for _ in 0..<Int.random(in: 0...12, using: &chance) {
      var observed: [DataElement: Int32] = [:]
      for element in elements where Int.random(in: 0..<3, using: &chance) == 0 {
        observed[element] =
          switch element.form {
          case .yesNo: .random(in: 0...1, using: &chance)
          case .choice(let count): .random(in: 1...Int32(count), using: &chance)
          case .quantity(_, let range): .random(in: range, using: &chance)
          case .day: 20_000
          }
      }
      let purposes: [CarePurpose] =
        isChild
        ? [.newborn, .childDevelopment, .nutritionFollowUp] : [.antenatal, .postnatal]
      life.visit(
        purposes.randomElement(using: &chance) ?? [],
        on: start + .days(.random(in: 0...380, using: &chance)),
        by: ([.midwife, .doctor, .kader, nil].randomElement(using: &chance) ?? nil), observed)
    }
    return life
  }

  /// What a plan says, without the day that it was asked on.
  static func content(_ plan: CarePlan) -> [AnyHashable] {
    [plan.services, plan.classes, plan.scores, plan.dangers]
  }

  @Test("A plan stays as it is until the day that it names", arguments: 0..<24)
  func holds(seed: UInt64) throws {
    var chance = Chance(state: seed)
    let life = Self.life(&chance)
    var day: CivilDate = "2025-12-01"
    var standing = try life.plan(on: day, by: Self.guidelines)
    while day < "2027-06-01" {
      day = day + .days(1)
      let plan = try life.plan(on: day, by: Self.guidelines)
      if day < standing.holdsUntil {
        #expect(Self.content(plan) == Self.content(standing), "seed \(seed), \(day.components)")
      } else {
        standing = plan
      }
    }
  }

  @Test("Nothing is missed or late since a day that has not come", arguments: 0..<40)
  func notSinceTomorrow(seed: UInt64) throws {
    var chance = Chance(state: seed &+ 4000)
    let life = Self.life(&chance)
    var day: CivilDate = "2025-12-01"
    while day < "2027-06-01" {
      for planned in try life.plan(on: day, by: Self.guidelines).services {
        switch planned.status {
        case .missed(let since), .overdue(let since, _):
          #expect(since <= day, "seed \(seed), \(day.components), \(planned.service)")
        default: continue
        }
      }
      day = day + .days(3)
    }
  }

  @Test("The order in which facts arrive changes nothing", arguments: 0..<60)
  func order(seed: UInt64) throws {
    var chance = Chance(state: seed &+ 1000)
    let life = Self.life(&chance)
    let day = ("2026-01-01" as CivilDate) + .days(.random(in: 0...400, using: &chance))
    let shuffled = life.facts.indices.shuffled(using: &chance)
    #expect(
      try life.plan(on: day, by: Self.guidelines)
        == CarePlan(Self.guidelines, for: try life.record(on: day, inOrder: shuffled)))
  }

  @Test("A fact of another matter changes nothing", arguments: 0..<40)
  func unrelated(seed: UInt64) throws {
    var chance = Chance(state: seed &+ 2000)
    var life = Self.life(&chance)
    let day: CivilDate = "2026-07-15"
    let before = try life.plan(on: day, by: Self.guidelines)
    life.tell(.residence, on: "2026-03-03", ResidenceBody(place: Identifier(high: 9, low: 9)).bytes)
    #expect(try life.plan(on: day, by: Self.guidelines) == before)
  }

  @Test("What happened after the day changes nothing on the day", arguments: 0..<40)
  func later(seed: UInt64) throws {
    var chance = Chance(state: seed &+ 3000)
    var life = Self.life(&chance)
    let day: CivilDate = "2027-03-15"
    let before = try life.plan(on: day, by: Self.guidelines)
    life.visit(.antenatal, on: "2027-03-16", [.haemoglobin: 60, .bleeding: 1])
    life.gaveBirth(on: "2027-03-17")
    let after = try life.plan(on: day, by: Self.guidelines)
    #expect(Self.content(after) == Self.content(before))
    #expect(after.holdsUntil <= "2027-03-16")
  }
}
