import Guidance
import Health
import Programmes
import Testing

/// What a kader's form tells of illness. The child is 17 months old, the infant 20 days.
@Suite("Illness that a kader is told of")
struct ToldIllnessTests {
  private static let day: CivilDate = "2026-06-10"

  private static func answer(
    _ observed: [DataElement: Int32], ofInfant isInfant: Bool = false, later: Int32 = 0
  ) throws -> Explanation? {
    var life = Life(.male, born: isInfant ? "2026-05-21" : "2025-01-10")
    life.visit(.sickChild, on: day, by: .kader, in: .posyandu, observed)
    var evaluation = Evaluation(try life.record(on: day + .days(later)))
    return evaluation.explain(.tellsOfIllness, atLastVisitFor: .sickChild)
  }

  /// All that a kader answers with yes or no on a form.
  private static func asked(_ form: VisitForm) -> [DataElement] {
    FormPerformerTests.asked(form, by: .kader).filter { $0.form == .yesNo }
  }

  @Test(
    "Every answer of a kader counts, alone, and none where all is no", arguments: [false, true])
  func everyAnswer(isInfant: Bool) throws {
    let asked = Self.asked(isInfant ? .youngInfant : .sickChild)
    let well = Dictionary(uniqueKeysWithValues: asked.map { ($0, Int32(0)) })
    #expect(asked.count >= 5)
    #expect(try #require(try Self.answer(well, ofInfant: isInfant)).answer != .yes)
    for element in asked {
      var told = well
      told[element] = 1
      let found = try #require(try Self.answer(told, ofInfant: isInfant))
      #expect(found.answer == .yes, "\(element.name)")
      // What made it is named, and nothing else.
      let made = found.parts.filter { $0.answer == .yes }
      #expect(made.compactMap(\.observation?.element) == [element.code])
    }
  }

  static let temperatures: [(tenths: Int32, isInfant: Bool, isIll: Bool)] = [
    (354, false, true), (355, false, false), (368, false, false), (374, false, false),
    (375, false, true), (364, true, true), (365, true, false), (375, true, false),
    (376, true, true),
  ]

  @Test("A temperature alone, at its limits", arguments: temperatures)
  func temperature(tenths: Int32, isInfant: Bool, isIll: Bool) throws {
    let found = try #require(try Self.answer([.temperature: tenths], ofInfant: isInfant))
    #expect((found.answer == .yes) == isIll)
  }

  @Test("Where nothing was asked, nothing is told")
  func nothing() throws {
    #expect(try Self.answer([.weight: 10_000])?.answer != .yes)
    var evaluation = Evaluation(HealthRecord(bornOn: "2025-01-10", on: Self.day))
    #expect(evaluation.explain(.tellsOfIllness, atLastVisitFor: .sickChild) == nil)
  }

  @Test("Read on a later day, it is told of the day of the visit")
  func later() throws {
    #expect(try Self.answer([.diarrhoea: 1], later: 3)?.answer == .yes)
    #expect(try Self.answer([.diarrhoea: 0, .fits: 0], later: 3)?.answer != .yes)
  }
}
