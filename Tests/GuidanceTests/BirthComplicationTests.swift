import Guidance
import Health
import Testing

@testable import Programmes

/// What went wrong at a birth: told with its end, or at a visit after it.
@Suite("Complications of a birth")
struct BirthComplicationTests {
  private static let born: CivilDate = "2026-06-01"

  private static func life(
    _ outcome: PregnancyOutcome = .liveBirth, told: BirthComplications?,
    visits: [(Int32, [DataElement: Int32])] = []
  ) -> Life {
    var life = Life(.female, born: "1998-03-01")
    var end = PregnancyEndBody(outcome: outcome)
    end.complications = told
    life.tell(.pregnancyEnd, on: born, end.bytes)
    for (days, observed) in visits { life.visit(.postnatal, on: born + .days(days), observed) }
    return life
  }

  private static func found(_ life: Life, after days: Int32 = 5) throws -> String? {
    try life.plan(on: born + .days(days), by: [.pregnancy]).found(252)
  }

  @Test("Each complication is told as yes or no once the end of the pregnancy tells of them")
  func told() throws {
    let record = try Self.life(told: [.fits, .tear]).record(on: Self.born)
    let values = DataElement.birthComplications.map { record.latest($0.element)?.value }
    #expect(values == [0, 1, 0, 0, 1, 0])
    let none = try Self.life(told: nil).record(on: Self.born)
    #expect(DataElement.birthComplications.allSatisfy { none.latest($0.element) == nil })
  }

  @Test(
    "Which class follows from what the end tells",
    arguments: [
      (nil, nil), ([], "birth_without_complications"), (.bleeding, "birth_with_bleeding"),
      (.retainedPlacenta, "birth_with_bleeding"),
      ([.bleeding, .retainedPlacenta], "birth_with_bleeding"), (.fits, "birth_with_fits"),
      (.infection, "birth_with_infection"), (.prolonged, "birth_hard_on_womb"),
      (.tear, "birth_hard_on_womb"), ([.tear, .bleeding], "birth_with_bleeding"),
      ([.fits, .bleeding], "several_birth_complications"),
      ([.infection, .retainedPlacenta], "several_birth_complications"),
    ] as [(BirthComplications?, String?)])
  func classes(told: BirthComplications?, expected: String?) throws {
    #expect(try Self.found(Self.life(told: told)) == expected)
    #expect(try Self.found(Self.life(.stillbirth, told: told)) == expected)
    #expect(try Self.found(Self.life(.miscarriage, told: told)) == nil)
  }

  @Test("For the 42 days after the birth", arguments: [(0, true), (42, true), (43, false)])
  func days(after: Int32, isTold: Bool) throws {
    #expect(try (Self.found(Self.life(told: .fits), after: after) != nil) == isTold)
  }

  @Test("A health worker is asked where nobody told, a kader never")
  func asked() throws {
    let codes = Set(DataElement.birthComplications.map(\.element.code))
    let day = Self.born + .days(3)
    let open = try BookTests.asked(.postnatal, Self.life(told: nil), on: day)
    #expect(open.isSuperset(of: codes))
    for told in [BirthComplications(), .tear] {
      let known = try BookTests.asked(.postnatal, Self.life(told: told), on: day)
      #expect(known.isDisjoint(with: codes))
    }
    let section = try #require(
      VisitForm.postnatal.sections.first { $0.questions.contains { $0.element == .birthTear } })
    #expect(section.areSigns)
    #expect(section.questions.allSatisfy { $0.performers.isDisjoint(with: .kader) })
  }

  @Test("What a visit told counts, also against what the end told before")
  func toldAtAVisit() throws {
    let visit: [(Int32, [DataElement: Int32])] = [(2, [.birthBleeding: 1])]
    #expect(try Self.found(Self.life(told: nil, visits: visit)) == "birth_with_bleeding")
    #expect(try Self.found(Self.life(told: [], visits: visit)) == "birth_with_bleeding")
    // One answer does not tell of the others.
    let one: [(Int32, [DataElement: Int32])] = [(2, [.birthBleeding: 0])]
    #expect(try Self.found(Self.life(told: nil, visits: one)) == nil)
  }

  @Test("The birth before says nothing of this one")
  func earlier() throws {
    var life = Life(.female, born: "1998-03-01")
    var end = PregnancyEndBody(outcome: .liveBirth)
    end.complications = .fits
    life.tell(.pregnancyEnd, on: "2024-06-01", end.bytes)
    life.gaveBirth(on: Self.born)
    #expect(try Self.found(life) == nil)
  }
}
