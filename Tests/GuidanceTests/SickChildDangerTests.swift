import Guidance
import Health
import Programmes
import Testing

/// Danger signs of sick children, and how long the guidelines speak.
@Suite("Sick child: danger signs")
struct SickChildDangerTests {
  static func dangers(
    _ element: DataElement, born: CivilDate, by guidelines: [Guideline] = Guideline.motherAndChild,
    on day: CivilDate = "2026-06-10"
  ) throws -> Int {
    var life = Life(.male, born: born)
    life.visit(.sickChild, on: "2026-06-10", [element: 1])
    return try life.plan(on: day, by: guidelines).dangers.filter { $0.element == element.code }
      .count
  }

  @Test(
    "Every danger sign of a child, from two months to under five years",
    arguments: [
      DataElement.cannotDrink, .vomitsAll, .fits, .lethargic, .stridor, .coldLimbs,
      .abnormalAppearance, .abnormalBreathing, .abnormalCirculation, .stiffNeck,
    ])
  func child(element: DataElement) throws {
    #expect(try Self.dangers(element, born: "2026-04-10", by: [.sickChild]) == 1)
    #expect(try Self.dangers(element, born: "2026-04-11", by: [.sickChild]) == 0)
    #expect(try Self.dangers(element, born: "2021-06-11", by: [.sickChild]) == 1)
    #expect(try Self.dangers(element, born: "2021-06-10", by: [.sickChild]) == 0)
    #expect(try Self.dangers(element, born: "2025-04-10", on: "2026-06-23") == 1)
    #expect(try Self.dangers(element, born: "2025-04-10", on: "2026-06-24") == 0)
  }

  @Test(
    "Every danger sign of an infant under two months",
    arguments: [
      DataElement.blueLips, .grunting, .nasalFlaring, .strongIndrawing, .noStoolTwoDays,
      .vomitsGreen, .distendedBelly, .noAnus, .hardlyMoves, .jaundiceFirstDay, .jaundicePalms,
    ])
  func infant(element: DataElement) throws {
    #expect(try Self.dangers(element, born: "2026-06-10") == 1)
    #expect(try Self.dangers(element, born: "2026-04-11") == 1)
    #expect(try Self.dangers(element, born: "2026-04-10") == 0)
  }

  @Test(
    "What the newborn's list has is shown once: there until 28 days, here from 29",
    arguments: [DataElement.notSuckling, .fits])
  func once(element: DataElement) throws {
    for age: Int32 in [0, 27, 28, 29, 30, 59] {
      let born = ("2026-06-10" as CivilDate) + .days(-age)
      #expect(try Self.dangers(element, born: born) == 1, "\(age)")
      #expect(
        try Self.dangers(element, born: born, by: [.youngInfant]) == (age < 29 ? 0 : 1), "\(age)")
    }
    let isForChildren = element == .fits
    #expect(try Self.dangers(element, born: "2026-04-10") == (isForChildren ? 1 : 0))
    #expect(try Self.dangers(element, born: "2026-04-11") == 1)
  }

  @Test("The guidelines speak a little longer than their ages last, for visits again")
  func speaks() throws {
    func speaks(_ guideline: Guideline, born: CivilDate) throws -> Bool {
      var evaluation = Evaluation(try Life(.male, born: born).record(on: "2026-06-10"))
      return evaluation.answer(guideline.applies) == .yes
    }
    #expect(try speaks(.sickChild, born: "2026-04-10"))
    #expect(!(try speaks(.sickChild, born: "2026-04-11")))
    #expect(try speaks(.sickChild, born: "2021-03-11"))
    #expect(!(try speaks(.sickChild, born: "2021-03-10")))
    #expect(try speaks(.youngInfant, born: "2026-01-11"))
    #expect(!(try speaks(.youngInfant, born: "2026-01-10")))
  }

  /// The day of the second form after that of the fit, what it answers, and whether the sign stands.
  @Test(
    "A fit does not vanish by a later form of its day; a later day takes it away",
    arguments: [(0, 0, true), (1, 0, false), (0, 1, true), (1, 1, true)]
      as [(Int32, Int32, Bool)])
  func standsForItsDay(days: Int32, answer: Int32, stands: Bool) throws {
    let day: CivilDate = "2026-06-10"
    // An infant of nine days, and a child of 14 months.
    for born: CivilDate in ["2026-06-01", "2025-04-10"] {
      var life = Life(.male, born: born)
      life.visit(.sickChild, on: day, [.fits: 1])
      life.visit(.sickChild, on: day + .days(days), [.fits: answer])
      let plan = try life.plan(on: day + .days(days), by: Guideline.motherAndChild)
      #expect(plan.dangerCodes.contains(DataElement.fits.code) == stands, "\(born)")
    }
  }

  @Test("What is measured is set right by a second measurement of the day")
  func measuredAgain() throws {
    var life = Life(.male, born: "2026-06-01")
    life.visit(.newborn, on: "2026-06-06", [.temperature: 378])
    life.visit(.newborn, on: "2026-06-06", [.temperature: 368])
    #expect(try life.plan(on: "2026-06-06", by: Guideline.motherAndChild).dangers.isEmpty)
  }

  @Test("A young infant of whom little was asked is not examined to the end, and that is said")
  func unfinishedInfant() throws {
    let day: CivilDate = "2026-06-10"
    var life = Life(.male, born: "2026-05-28")
    life.visit(.sickChild, on: day, [.temperature: 372])
    let plan = try life.plan(on: day, by: Guideline.motherAndChild)
    let told = Set(MainSymptom.all.flatMap(\.tables).map(\.number))
    for table: UInt16 in [230, 231] {
      #expect(plan.missing(table) != nil && told.contains(table), "\(table)")
    }
  }
}
