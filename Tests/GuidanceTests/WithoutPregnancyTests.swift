import Guidance
import Health
import Testing

@testable import Programmes

/// Signs of danger of a woman of whom no pregnancy is known, as where one was taken back on the day
/// on which a sign was seen.
@Suite("Signs of danger without a pregnancy")
struct WithoutPregnancyTests {
  private static let day: CivilDate = "2026-05-01"

  private static func plan(
    _ observed: [DataElement: Int32], _ sex: Sex = .female, born: CivilDate = "1998-03-01",
    later: Int32 = 0
  ) throws -> CarePlan {
    var life = Life(sex, born: born)
    life.visit(.antenatal, on: day, observed)
    return try life.plan(on: day + .days(later), by: [.pregnancy])
  }

  @Test(
    "Each stands on its day, as urgent as in pregnancy, and brings nothing else of pregnancy",
    arguments: [
      (.bleeding, .careForWoman), (.heavyBleeding, .careForWoman),
      (.fits, .careForWomanInFits), (.unconscious, .careForUnconsciousWoman),
      (.shortOfBreath, .careForBreathlessWoman), (.headacheBlurredSight, .careForWoman),
      (.severeAbdominalPain, .careForWoman),
    ] as [(DataElement, CareAction)])
  func stands(sign: DataElement, help: CareAction) throws {
    let seen = try Self.plan([sign: 1])
    #expect(seen.dangers.map(\.element) == [sign.code])
    #expect(seen.dangers.map(\.urgency) == [.referNow])
    #expect(seen.services.isEmpty && seen.classes.isEmpty && seen.scores.isEmpty)
    #expect(seen.holdsUntil == Self.day + .days(1))
    #expect(try Self.plan([sign: 1], later: 1).dangers.isEmpty)
    #expect(try Self.plan([sign: 0]).dangers.isEmpty)
    #expect(try Self.plan([sign: 1], .male).dangers.isEmpty)
    let rules = DangerSign.withoutPregnancy.filter { $0.element == sign }
    #expect(rules.map { $0.firstAid?.actions } == [[help, .referToHospitalNow]])
  }

  @Test(
    "Other signs wait for what is known of her",
    arguments: [DataElement.watersBroke, .feverTwoDays])
  func others(sign: DataElement) throws {
    #expect(try Self.plan([sign: 1, .bleeding: 0]).dangers.isEmpty)
  }

  @Test("From the tenth birthday on: fits of a child are a matter of the child")
  func age() throws {
    #expect(try Self.plan([.fits: 1], born: "2016-05-02").dangers.isEmpty)
    #expect(try Self.plan([.fits: 1], born: "2016-05-01").dangers.count == 1)
  }

  @Test("A later no of the day leaves it standing")
  func standsForTheDay() throws {
    var life = Life(.female, born: "1998-03-01")
    life.visit(.antenatal, on: Self.day, [.fits: 1])
    life.visit(.antenatal, on: Self.day, [.fits: 0])
    #expect(try life.plan(on: Self.day, by: [.pregnancy]).dangers.count == 1)
  }

  @Test("Who is pregnant, or was in the last 42 days, has the help of that, once")
  func known() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    life.visit(.antenatal, on: Self.day, [.bleeding: 1])
    let plan = try life.plan(on: Self.day, by: [.pregnancy])
    #expect(plan.dangers.count == 1 && !plan.services.isEmpty)
    // On the last of the 42 days and on the one after it; on that, nothing of the day before.
    for days: Int32 in [42, 43] {
      var life = Life(.female, born: "1998-03-01")
      life.gaveBirth(on: Self.day + .days(-days), .liveBirth, gestation: 280)
      life.visit(.postnatal, on: Self.day, [.bleeding: 1])
      #expect(try life.plan(on: Self.day, by: [.pregnancy]).dangers.count == 1, "\(days)")
      let later = try life.plan(on: Self.day + .days(1), by: [.pregnancy])
      #expect(later.dangers.isEmpty, "\(days)")
    }
  }
}
