import Guidance
import Health
import Programmes
import Testing

/// Weight and weeks at birth of a child who came to us after its first 28 days: asked at the end of
/// the form of a child until two years, of whom nobody told them, by who treats.
@Suite struct BirthAskedLateTests {
  private static func asked(
    _ life: Life, on day: CivilDate, by performers: Performers = .healthWorkers
  ) throws -> Set<DataElement> {
    var evaluation = Evaluation(try life.record(on: day))
    let section = try #require(VisitForm.child.sections.last)
    #expect("\(section.name)" == "at_birth" && section.folds)
    return Set(
      section.questions.filter {
        !$0.performers.isDisjoint(with: performers) && evaluation.answer($0.when) != .no
      }.map(\.element))
  }

  static let rows: [(weight: Int32?, gestation: Int32?, on: CivilDate, Set<DataElement>)] = [
    (nil, nil, "2025-02-08", [.birthWeight, .gestationAtBirth]),
    (nil, nil, "2027-01-09", [.birthWeight, .gestationAtBirth]),
    // Two years old.
    (nil, nil, "2027-01-10", []),
    (2_499, nil, "2025-07-29", [.gestationAtBirth]), (2_500, nil, "2025-07-29", []),
    (nil, 231, "2025-07-29", []), (nil, 280, "2025-07-29", []), (1_800, 231, "2025-07-29", []),
  ]

  @Test(arguments: rows)
  func itIsAskedWhileNobodyToldIt(
    weight: Int32?, gestation: Int32?, on day: CivilDate, expected: Set<DataElement>
  ) throws {
    let life = Life(.female, born: "2025-01-10", weight: weight, gestation: gestation)
    #expect(try Self.asked(life, on: day) == expected)
    // A kader's form is as short as before.
    #expect(try Self.asked(life, on: day, by: .kader).isEmpty)
  }

  /// Who was seen as a newborn was asked then.
  @Test(
    arguments: [("2025-01-10", true), ("2025-02-07", true), ("2025-02-08", false)]
      as [(CivilDate, Bool)])
  func whoWasSeenAsANewbornIsNotAskedAgain(seen: CivilDate, isAsked: Bool) throws {
    var life = Life(.female, born: "2025-01-10")
    life.visit(.newborn, on: seen)
    #expect(try Self.asked(life, on: "2025-07-29").isEmpty == isAsked)
  }
}
