import Guidance
import Health
import Programmes
import Testing

/// The laws of plans, for children who fall ill again and again.
@Suite("Laws of plans of sick children")
struct SickChildLawTests {
  typealias Chance = PlanLawTests.Chance
  static let guidelines: [Guideline] = [
    .newborn, .child, .sickChild, .youngInfant, .childTuberculosis,
  ]

  /// Everything that the guidelines of sick children ask.
  static let elements: [DataElement] = {
    var asked: Set<DataElement> = []
    for form in [VisitForm.sickChild, .youngInfant, .childTuberculosis] {
      for section in form.sections { asked.formUnion(section.questions.map(\.element)) }
    }
    return asked.sorted { $0.code < $1.code }
  }()

  static func life(_ chance: inout Chance) -> Life {
    let start: CivilDate = "2026-01-01"
    let bounds: [ClosedRange<Int32>] = [-1_860 ... -1_700, -420 ... -330, -90...60]
    let born =
      start + .days(.random(in: bounds.randomElement(using: &chance) ?? -90...60, using: &chance))
    var life = Life(
      Bool.random(using: &chance) ? .male : nil,
      born: Int.random(in: 0..<8, using: &chance) > 0 ? born : nil)
    var day = start + .days(.random(in: 0...60, using: &chance))
    for _ in 0..<Int.random(in: 1...6, using: &chance) {
      var observed: [DataElement: Int32] = [:]
      let isAnswered = Int.random(in: 2...20, using: &chance)
      for element in elements where Int.random(in: 0..<isAnswered, using: &chance) > 0 {
        observed[element] =
          switch element.form {
          case .yesNo: Int.random(in: 0..<4, using: &chance) == 0 ? 1 : 0
          case .choice(let count): .random(in: 1...Int32(count), using: &chance)
          case .quantity(_, let range):
            switch element {
            case .weight: .random(in: 3_000...15_000, using: &chance)
            case .lengthOrHeight: .random(in: 5_500...10_000, using: &chance)
            case .temperature: .random(in: 360...390, using: &chance)
            case .breathsPerMinute: .random(in: 30...70, using: &chance)
            default: .random(in: range, using: &chance)
            }
          case .day: 20_000
          }
      }
      life.visit(
        [.sickChild, .sickChild, .tuberculosis, .childDevelopment].randomElement(using: &chance)
          ?? .sickChild,
        on: day, by: [.midwife, .doctor, .kader, nil].randomElement(using: &chance) ?? nil, observed
      )
      if Int.random(in: 0..<6, using: &chance) == 0 {
        life.tell(
          .refusal, on: day + .days(1),
          RefusalBody(service: .random(in: 200...216, using: &chance)).bytes)
      }
      day = day + .days(.random(in: 0...40, using: &chance))
    }
    return life
  }

  @Test("A plan stays as it is until the day that it names", arguments: 0..<40)
  func holds(seed: UInt64) throws {
    var chance = Chance(state: seed &+ 5000)
    let life = Self.life(&chance)
    var day: CivilDate = "2025-12-28"
    var standing = try life.plan(on: day, by: Self.guidelines)
    while day < "2026-11-01" {
      day = day + .days(1)
      let plan = try life.plan(on: day, by: Self.guidelines)
      if day < standing.holdsUntil {
        #expect(
          PlanLawTests.content(plan) == PlanLawTests.content(standing),
          "seed \(seed), \(day.components)")
      } else {
        standing = plan
      }
    }
  }

  @Test("The order in which facts arrive changes nothing", arguments: 0..<60)
  func order(seed: UInt64) throws {
    var chance = Chance(state: seed &+ 6000)
    let life = Self.life(&chance)
    let day = ("2026-01-01" as CivilDate) + .days(.random(in: 0...150, using: &chance))
    let shuffled = life.facts.indices.shuffled(using: &chance)
    #expect(
      try life.plan(on: day, by: Self.guidelines)
        == CarePlan(Self.guidelines, for: try life.record(on: day, inOrder: shuffled)))
  }

  @Test("What happened after the day changes nothing on the day", arguments: 0..<60)
  func later(seed: UInt64) throws {
    var chance = Chance(state: seed &+ 7000)
    var life = Self.life(&chance)
    let day = ("2026-01-01" as CivilDate) + .days(.random(in: 0...150, using: &chance))
    let before = try life.plan(on: day, by: Self.guidelines)
    life.visit(.sickChild, on: day + .days(1), [.coughOrHardBreathing: 1, .chestIndrawing: 1])
    let after = try life.plan(on: day, by: Self.guidelines)
    #expect(PlanLawTests.content(after) == PlanLawTests.content(before))
    #expect(after.holdsUntil == day + .days(1))
  }

  /// Every criterion of the guidelines with all its parts.
  static let criteria: [Criterion] = {
    var all: [Criterion] = []
    for guideline in guidelines {
      all.append(guideline.applies)
      all += guideline.services.map(\.applies)
      for table in guideline.tables { all += [table.applies] + table.rows.map(\.when) }
      for instrument in guideline.instruments { all += instrument.items.map(\.when) }
    }
    return all
  }()

  @Test("Not unknown is unknown; an explanation answers as its criterion does", arguments: 0..<40)
  func threeValues(seed: UInt64) throws {
    var chance = Chance(state: seed &+ 8000)
    let record = try Self.life(&chance).record(on: "2026-02-20")
    var evaluation = Evaluation(record)
    for criterion in Self.criteria {
      let answer = evaluation.answer(criterion)
      #expect(evaluation.answer(!criterion) == !answer)
      #expect(evaluation.answer(!(!criterion)) == answer)
      #expect(evaluation.explain(criterion).answer == answer)
    }
  }

  @Test("Knowing more never turns a yes into a no", arguments: 0..<60)
  func more(seed: UInt64) throws {
    var chance = Chance(state: seed &+ 9000)
    let months = Int.random(in: 2...59, using: &chance)
    let clinic = SickChildClinic(months: months)
    var changes: Change = [:]
    for (element, value) in SickChildClinic.wellChild.sorted(by: { $0.key.code < $1.key.code }) {
      switch element.form {
      case .yesNo where value == 0 && Int.random(in: 0..<5, using: &chance) == 0:
        changes[element] = 1
      case .choice(let count): changes[element] = .random(in: 1...Int32(count), using: &chance)
      default: break
      }
    }
    var fewer = changes
    for element in SickChildClinic.wellChild.keys.sorted(by: { $0.code < $1.code })
    where Int.random(in: 0..<6, using: &chance) == 0 {
      fewer[element] = .some(nil)
    }
    var full = Evaluation(try clinic.record(changes))
    var part = Evaluation(try clinic.record(fewer))
    for criterion in Self.criteria where !Self.looksOnlyWhereObserved(criterion) {
      let answer = part.answer(criterion)
      if case .unknown = answer { continue }
      #expect(full.answer(criterion) == answer)
    }
  }

  /// Whether a criterion takes something into account only where it was done: then knowing more
  /// may well change its answer.
  static func looksOnlyWhereObserved(_ criterion: Criterion) -> Bool {
    switch criterion {
    case .whereObserved: true
    case .all(let parts), .one(let parts), .atLeast(_, of: let parts):
      parts.contains(where: looksOnlyWhereObserved)
    case .not(let part): looksOnlyWhereObserved(part)
    // A table's class is the first that is known to hold; a graver one may come to light.
    case .inClass, .score: true
    default: false
    }
  }

  @Test("Numbers and names are used once, within the ranges of these guidelines")
  func numbers() {
    let mine: [Guideline] = [.sickChild, .youngInfant, .childTuberculosis]
    func once<Value: Hashable>(_ values: [Value], _ what: String) {
      #expect(Set(values).count == values.count, "\(what)")
    }
    let services = mine.flatMap(\.services)
    once(services.map(\.number), "services")
    once(services.map { $0.name.description }, "names of services")
    #expect(services.allSatisfy { (200...299).contains($0.number) })
    let tables = mine.flatMap(\.tables)
    once(tables.map(\.number), "tables")
    #expect(tables.allSatisfy { (200...329).contains($0.number) })
    for table in tables {
      once(table.rows.map(\.number), "rows")
      #expect(table.rows.allSatisfy { $0.number < 32 })
    }
    once(Self.elements.map(\.code), "elements")
    once(Self.elements.map { $0.name.description }, "names of elements")
    once(ClinicalSetting.sickChild.map(\.number), "settings")
    once(ClinicalSetting.sickChild.map { $0.name.description }, "names of settings")
    for setting in ClinicalSetting.sickChild {
      #expect((200...329).contains(setting.number) && !setting.readings.isEmpty)
      for reading in setting.readings {
        #expect(setting.range.contains(reading.value), "\(setting.name)")
      }
    }
    for action in tables.flatMap({ $0.rows.flatMap(\.actions) }) {
      #expect((1...99).contains(action.number) || (200...449).contains(action.number))
    }
    once(VisitForm.all.map(\.number), "forms")
  }
}
