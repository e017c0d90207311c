import Guidance
import Health
import Testing

@testable import Programmes

/// Who gives birth in a hospital that can operate, and who goes there now.
@Suite("Lie of the child and caesarean scar")
struct BirthPlaceTests {
  static let table: UInt16 = 300

  @Test(
    "Across and breech count from 36 weeks on, head first and not told never do",
    arguments: [
      (251, 3, nil), (252, 3, "lies_across"), (253, 3, "lies_across"),
      (251, 2, nil), (252, 2, "lies_breech"), (253, 2, "lies_breech"),
      (260, 1, nil), (260, 4, nil),
    ] as [(Int32, Int32, String?)])
  func lie(days: Int32, presentation: Int32, expected: String?) throws {
    #expect(try Plans.pregnant(days, [.presentation: presentation]).found(Self.table) == expected)
  }

  @Test(
    "A district may count the lie from 37 weeks on", arguments: [(258, nil), (259, "lies_across")])
  func setting(days: Int32, expected: String?) throws {
    let settings = Plans.set((.lieCountsFromDays, 259))
    let plan = try Plans.pregnant(days, [.presentation: 3], settings: settings)
    #expect(plan.found(Self.table) == expected)
  }

  @Test("A scar counts at any week; who has none, or was not asked, stands in no class")
  func scar() throws {
    for days: Int32 in [60, 200, 259] {
      #expect(try Plans.pregnant(days, [.caesareanBefore: 1]).found(Self.table) == "caesarean_scar")
      for observed: [DataElement: Int32] in [[:], [.caesareanBefore: 0]] {
        #expect(try Plans.pregnant(days, observed).answer(of: Self.table) == .notApplicable)
      }
    }
  }

  @Test(
    "Waters or pains: now",
    arguments: [
      ([.presentation: 3, .watersBroke: 1], "across_and_birth_begins"),
      ([.presentation: 3, .labourPains: 1], "across_and_birth_begins"),
      ([.presentation: 2, .watersBroke: 1], "breech_and_birth_begins"),
      ([.presentation: 2, .labourPains: 1], "breech_and_birth_begins"),
      ([.caesareanBefore: 1, .watersBroke: 1], "scar_and_birth_begins"),
      ([.caesareanBefore: 1, .labourPains: 1], "scar_and_birth_begins"),
      ([.presentation: 3, .watersBroke: 0, .labourPains: 0], "lies_across"),
      ([.presentation: 3, .caesareanBefore: 1], "lies_across"),
      ([.presentation: 3, .caesareanBefore: 1, .labourPains: 1], "across_and_birth_begins"),
    ] as [([DataElement: Int32], String)])
  func begins(observed: [DataElement: Int32], expected: String) throws {
    let plan = try Plans.pregnant(259, observed)
    #expect(plan.found(Self.table) == expected)
    #expect(try Plans.pregnant(259, [.watersBroke: 1]).found(Self.table) == nil)
  }

  @Test(
    "Waters and pains count for two weeks: the last day and the day after",
    arguments: [
      (.watersBroke, 13, "across_and_birth_begins"), (.watersBroke, 14, "lies_across"),
      (.labourPains, 13, "across_and_birth_begins"), (.labourPains, 14, "lies_across"),
    ] as [(DataElement, Int32, String)])
  func begunEarlier(sign: DataElement, ago: Int32, expected: String) throws {
    let plan = try PregnancyEdgeTests.plan([sign: 1], ago: ago, [.presentation: 3], days: 280)
    #expect(plan.found(Self.table) == expected)
  }

  @Test(
    "How the child lies counts for four weeks: the last day and the day after",
    arguments: [
      (3, 27, "lies_across"), (3, 28, nil), (2, 27, "lies_breech"), (2, 28, nil),
    ] as [(Int32, Int32, String?)])
  func lieEarlier(presentation: Int32, ago: Int32, expected: String?) throws {
    let plan = try PregnancyEdgeTests.plan([.presentation: presentation], ago: ago, days: 280)
    #expect(plan.found(Self.table) == expected)
  }

  @Test(
    "A birth that is planned where nobody operates is told",
    arguments: [
      (1, "birth_planned_without_theatre"), (2, "birth_planned_without_theatre"),
      (3, "birth_plan_open"), (4, "birth_planned_without_theatre"), (5, "birth_planned_at_home"),
    ] as [(Int32, String)])
  func planned(place: Int32, expected: String) throws {
    for observed: [DataElement: Int32] in [[.caesareanBefore: 1], [.presentation: 3]] {
      let plan = try Plans.pregnant(259, observed.merging([.plannedPlace: place]) { $1 })
      #expect(plan.found(46) == expected)
    }
    let other = try Plans.pregnant(259, [.plannedPlace: place]).found(46)
    #expect(other == (place == 5 ? "birth_planned_at_home" : "birth_plan_open"))
  }

  @Test("Planned in a hospital that can operate; begun, to the hospital now")
  func actions() {
    for row in DecisionTable.birthPlace.rows {
      let isNow = row.urgency == .referNow
      #expect(isNow == row.name.description.hasSuffix("birth_begins"))
      #expect(row.actions.contains(isNow ? .referToHospitalNow : .planBirthWhereOperated))
      #expect(!row.actions.contains(.planBirthWithDoctor) && !row.actions.contains(.referToDoctor))
    }
  }

  @Test(
    "Pains are asked of those women alone",
    arguments: [
      ([.presentation: 3], true), ([.presentation: 2], true), ([.caesareanBefore: 1], true),
      ([.presentation: 1], false), ([:], false),
    ] as [([DataElement: Int32], Bool)])
  func asked(observed: [DataElement: Int32], isAsked: Bool) throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    life.visit(.antenatal, on: "2026-09-17", observed)
    let asked = try BookTests.asked(.antenatal, life, on: "2026-09-17")
    #expect(asked.contains(DataElement.labourPains.code) == isAsked)
  }
}
