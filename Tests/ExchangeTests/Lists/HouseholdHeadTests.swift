import Health
import Testing

@testable import Exchange

@Suite("The head of a family in a list of households")
struct HouseholdHeadTests {
  private typealias List = HouseholdPlanTests

  @Test("Who heads a family by their own record alone is told as the head of until now")
  func headByRelation() throws {
    var known = List.register(after: try List.plan([List.budi, List.siti]))
    let budi = try #require(known.households.first?.household.head)
    let siti = try #require(known.persons.first { $0.id != budi }?.id)
    known.households[0].household.head = nil
    let wife = List.row(List.siti, ["SHDK": "Kepala Keluarga"])
    func heads(_ plan: HouseholdListPlan, _ line: Int = 0) -> [ListChange] {
      plan.rows[line].changes.filter { $0.attribute == .head }
    }
    func told(_ old: ListChange.Value) -> [ListChange] {
      [ListChange(attribute: .head, old: old, new: .person(siti))]
    }
    // Nobody heads the family.
    let headless = try List.plan([wife], known: known)
    #expect(headless.rows[0].warnings.isEmpty && heads(headless) == told(.nothing))
    // Her husband does.
    known.households[0].head = budi
    let other = try List.plan([wife], known: known)
    #expect(other.rows[0].warnings.map(\.key) == ["warnings.list.other_head"])
    #expect(heads(other) == told(.person(budi)))
    #expect(other.rows[0].member?.becomesHead == true)
    // What he is beside her is told on a row before hers.
    let husband = List.row(List.budi, ["SHDK": "Suami"])
    let both = try List.plan([husband, wife], known: known)
    #expect(heads(both, 1) == told(.person(budi)))
    // He is put into another household before.
    let moved = List.row(List.budi, ["No KK": "9903010108200009"])
    let left = try List.plan([moved, wife], known: known)
    #expect(left.rows[1].warnings.isEmpty && heads(left, 1) == told(.nothing))
    // She does.
    known.households[0].head = siti
    let same = try List.plan([wife], known: known)
    #expect(same.rows[0].warnings.isEmpty && heads(same) == told(.nothing))
    // She is named, and comes back to where he heads the family by now.
    known.households[0].head = budi
    known.households[0].household.head = siti
    let back = try List.plan([wife], known: known)
    #expect(back.rows[0].warnings.map(\.key) == ["warnings.list.other_head"])
    #expect(heads(back) == told(.person(budi)) && back.rows[0].member?.becomesHead == false)
  }
}
