import Guidance
import Health
import Programmes
import Testing

/// Criteria that ask as of the day of an observation, and which of two was observed later.
@Suite("What was observed is judged by its own day")
struct ObservedDayTests {
  private static let period: CivilDate = "2026-01-01"

  private static func evaluation(
    on day: Int32, _ observed: (day: Int32, values: [DataElement: Int32])...
  ) throws -> Evaluation {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: period, known: "2026-01-20")
    for visit in observed {
      life.visit(.antenatal, on: period + .days(visit.day), visit.values)
    }
    return Evaluation(try life.record(on: period + .days(day)))
  }

  private static let inTenthWeek = Criterion.asObserved(
    .haemoglobin, .thisPregnancy, .gestation(fromWeek: 10, untilWeek: 11))

  @Test(
    "The weeks of the sample count, day before, day, last day, day after",
    arguments: [(69, Answer.no), (70, .yes), (76, .yes), (77, .no)] as [(Int32, Answer)])
  func weeks(taken: Int32, expected: Answer) throws {
    for read in [taken, 100, 250] {
      var evaluation = try Self.evaluation(on: read, (taken, [.haemoglobin: 110]))
      #expect(evaluation.answer(Self.inTenthWeek) == expected)
      #expect(evaluation.day == Self.period + .days(read))
      // What was so on that day is so for ever: no day is named on which it changes.
      #expect(evaluation.nextChange == Evaluation.never)
    }
  }

  @Test("Without the observation it is unknown; one that left the scope is none")
  func without() throws {
    var evaluation = try Self.evaluation(on: 100)
    let missing = Answer.unknown(.element(DataElement.haemoglobin.code))
    #expect(evaluation.answer(Self.inTenthWeek) == missing)
    let recent = Criterion.asObserved(.haemoglobin, .last(.days(7)), .always)
    for (day, expected) in [(76, Answer.yes), (77, missing)] as [(Int32, Answer)] {
      var evaluation = try Self.evaluation(on: day, (70, [.haemoglobin: 110]))
      #expect(evaluation.answer(recent) == expected)
      if day == 76 { #expect(evaluation.nextChange == Self.period + .days(77)) }
    }
  }

  @Test("What was seen after that day is not asked")
  func after() throws {
    let pale = Criterion.asObserved(
      .haemoglobin, .thisPregnancy, .whereObserved(.pallor, .isYes, .thisPregnancy))
    for (seen, expected) in [(69, Answer.yes), (70, .yes), (71, .no)] as [(Int32, Answer)] {
      let visits: [(Int32, [DataElement: Int32])] = [
        (70, [.haemoglobin: 110]), (seen, [.pallor: 1]),
      ].sorted { $0.0 < $1.0 }
      var evaluation = try Self.evaluation(on: 100, visits[0], visits[1])
      #expect(evaluation.answer(pale) == expected, "seen on \(seen)")
    }
  }

  @Test("The why names the observation, and its parts as they were on its day")
  func why() throws {
    var evaluation = try Self.evaluation(on: 100, (70, [.haemoglobin: 110]))
    let explanation = evaluation.explain(Self.inTenthWeek)
    #expect(explanation.answer == .yes)
    #expect(explanation.observation?.on == Self.period + .days(70))
    #expect(explanation.parts.map(\.answer) == [.yes])
  }

  @Test(
    "Later than another by so long: day before, day, day after",
    arguments: [(79, Answer.no), (80, .yes), (81, .yes)] as [(Int32, Answer)])
  func later(seen: Int32, expected: Answer) throws {
    let criterion = Criterion.later(
      .pallor, than: .haemoglobin, by: .days(10), .thisPregnancy)
    for read in [seen, 200] {
      var evaluation = try Self.evaluation(
        on: read, (70, [.haemoglobin: 110]), (seen, [.pallor: 1]))
      #expect(evaluation.answer(criterion) == expected)
      #expect(evaluation.nextChange == Evaluation.never)
      #expect(evaluation.explain(criterion).observation?.value == 1)
    }
  }

  @Test("Later than what was never observed; but what was never observed is not later")
  func laterThanNone() throws {
    let criterion = Criterion.later(
      .pallor, than: .haemoglobin, by: .days(10), .thisPregnancy)
    var seen = try Self.evaluation(on: 100, (70, [.pallor: 0]))
    #expect(seen.answer(criterion) == .yes)
    var none = try Self.evaluation(on: 100, (70, [.haemoglobin: 110]))
    #expect(none.answer(criterion) == .no)
  }

  @Test("They tell of the matters of all that they ask")
  func matters() {
    let later = Criterion.later(.pallor, than: .hivTest, by: .days(1), .ever)
    #expect(later.matter == .infection)
    let asked = Criterion.asObserved(.haemoglobin, .ever, DataElement.hivTest.isKnown(.ever))
    #expect(asked.matter == .infection)
    #expect(Self.inTenthWeek.matter == [])
  }
}
