import Guidance
import Health
import Testing

@testable import Programmes

/// What a page says of why something stands as it does.
@Suite("Why")
struct WhyTests {
  static let period: CivilDate = "2026-01-01"

  static func evaluation(on day: Int32, _ change: (inout Life) -> Void = { _ in }) throws
    -> Evaluation
  {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: period, known: period + .days(40)) {
      ($0.gravida, $0.para, $0.losses) = (3, 1, 1)
    }
    change(&life)
    return Evaluation(try life.record(on: period + .days(day)))
  }

  @Test(
    "A value that is too old is told as such: the last day on which it counts, and the next",
    arguments: [(14, false), (15, true)] as [(Int32, Bool)])
  func tooOld(after: Int32, isOld: Bool) throws {
    var evaluation = try Self.evaluation(on: 100 + after - 1) {
      $0.visit(.antenatal, on: Self.period + .days(100), [.fetalHeartRate: 140])
    }
    let criterion = DataElement.fetalHeartRate.isKnown(.last(.days(14)))
    let explanation = evaluation.explain(criterion)
    #expect((explanation.observation == nil) == isOld)
    #expect(explanation.older?.value == (isOld ? 140 : nil))
    #expect(explanation.older?.on == (isOld ? Self.period + .days(100) : nil))
    #expect(evaluation.explain(DataElement.haemoglobin.isKnown(.ever)).older == nil)
  }

  @Test("The window of a service and of a visit, as days")
  func windows() throws {
    let evaluation = try Self.evaluation(on: 100)
    let screened = try #require(CareService.preeclampsiaScreened.window(evaluation))
    #expect(screened.opens == Self.period)
    #expect(screened.late == Self.period + .days(140))
    #expect(screened.closes == Self.period + .days(140))
    let series = ContactSeries.antenatalContacts
    let third = try #require(series.window(of: series.slots[2], evaluation))
    // K1 and K2 were not made: K1 today, K2 and K3 four and eight weeks later.
    #expect(third.opens == Self.period + .days(156))
    #expect(third.closes == Self.period + .days(175))
    #expect(CareService.teeth.window(evaluation) == nil)
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: nil, known: Self.period)
    let undated = Evaluation(try life.record(on: Self.period + .days(1)))
    #expect(CareService.preeclampsiaScreened.window(undated) == nil)
  }

  @Test("A doctor's visit without ultrasound is told with what it lacks")
  func lacking() throws {
    func found(_ observed: [DataElement: Int32], by performer: CarePerformer) throws
      -> [Evidence]?
    {
      let evaluation = try Self.evaluation(on: 80) {
        $0.visit(.antenatal, on: Self.period + .days(60), by: performer, observed)
      }
      return CareService.doctorFirstTrimester.incomplete(evaluation)?.lacking
    }
    #expect(try found([:], by: .doctor) == [.yes(.ultrasoundDone)])
    #expect(try found([.ultrasoundDone: 1], by: .doctor) == nil)
    #expect(try found([:], by: .midwife) == nil)
  }

  @Test("A score for whoever may not know an item is the same whatever was answered to it")
  func hiddenItem() throws {
    func score(_ answer: Int32?, knowing matters: SensitiveMatters) throws -> InstrumentScore? {
      var evaluation = try Self.evaluation(on: 100) {
        var observed: [DataElement: Int32] = [.caesareanBefore: 1]
        observed[.sexuallyTransmitted] = answer
        $0.visit(.antenatal, on: Self.period + .days(90), observed)
      }
      return Instrument.poedjiRochjati.score(&evaluation, knowing: matters)
    }
    let whole = try #require(try score(1, knowing: [.infection, .loss]))
    #expect(whole.least == 2 + 8 + 4 + 4)
    let told = try #require(try score(1, knowing: .loss))
    #expect(told.least == 2 + 8 + 4)
    #expect(try score(0, knowing: .loss) == told)
    #expect(try score(nil, knowing: .loss) == told)
    #expect(try score(1, knowing: [])?.least == 2 + 8)
    #expect(try score(1, knowing: [])?.band.name.description == "high_risk")
  }

  @Test("What tells of a lost pregnancy is a sensitive matter, a birth is none")
  func loss() {
    #expect(CareService.contraceptionAfterLoss.matter.contains(.loss))
    #expect(DecisionTable.endOfPregnancy.matter.contains(.loss))
    #expect(VisitForm.afterLoss.applies.matter.contains(.loss))
    #expect(Instrument.poedjiRochjati.matter.contains(.loss))
    #expect(DecisionTable.postnatalCompleteness.matter == [])
    #expect(CareMatrix.postnatal.applies.matter == [])
    #expect(ContactSeries.antenatalContacts.applies.matter == [])
  }
}
