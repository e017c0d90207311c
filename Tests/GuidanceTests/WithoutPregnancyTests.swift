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
      (.bleeding, .careForBleedingWoman), (.heavyBleeding, .careForBleedingWoman),
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

  @Test("Other signs wait for what is known of her")
  func others() throws {
    #expect(try Self.plan([.watersBroke: 1, .bleeding: 0]).dangers.isEmpty)
  }

  private static func pressureTable(_ observed: [DataElement: Int32]) throws -> String? {
    try plan(observed).found(328)
  }

  @Test("A pressure that would be severe in pregnancy: seen today, and where she goes is made sure")
  func pressure() throws {
    let found = "severe_pressure_without_pregnancy"
    let cases: [([DataElement: Int32], String?)] = [
      ([.systolicPressure: 159, .diastolicPressure: 109], nil),
      ([.systolicPressure: 160, .diastolicPressure: 80], found),
      ([.systolicPressure: 120, .diastolicPressure: 110], found),
      ([.systolicPressure: 160], found), ([.diastolicPressure: 110], found),
      ([.bleeding: 0], nil),
    ]
    for (observed, expected) in cases {
      #expect(try Self.pressureTable(observed) == expected, "\(observed.count)")
      let next = try Self.plan(observed, later: 1)
      #expect(next.classes.isEmpty && next.dangers.isEmpty)
      #expect(try Self.plan(observed, .male).classes.isEmpty)
    }
    let row = try #require(Plans.tables[328]?.rows.first)
    #expect(row.urgency == .refer && row.actions == [.makeSureOfPregnancy, .referToDoctor])
    // Measured again on the day, and lower.
    var life = Life(.female, born: "1998-03-01")
    life.visit(.antenatal, on: Self.day, [.systolicPressure: 170, .diastolicPressure: 100])
    life.visit(.antenatal, on: Self.day, [.systolicPressure: 150, .diastolicPressure: 95])
    #expect(try life.plan(on: Self.day, by: [.pregnancy]).classes.isEmpty)
  }

  @Test("Fever and foul discharge: each alone today, together now, with the help of any woman")
  func infection() throws {
    let (foul, heat, told) = (
      DataElement.foulDischarge, DataElement.temperature, DataElement.feverTwoDays
    )
    let cases: [([DataElement: Int32], [DataElement: Urgency])] = [
      ([heat: 379], [:]), ([heat: 380], [heat: .refer]), ([told: 1], [told: .refer]),
      ([foul: 1], [foul: .refer]), ([foul: 0, told: 0], [:]),
      ([foul: 1, heat: 379], [foul: .refer]),
      ([foul: 1, heat: 380], [foul: .referNow, heat: .refer]),
      ([foul: 1, told: 1], [foul: .referNow, told: .refer]),
      ([foul: 0, heat: 380], [heat: .refer]),
    ]
    for (observed, expected) in cases {
      let plan = try Self.plan(observed)
      var seen: [UInt16: Urgency] = [:]
      for danger in plan.dangers { seen[danger.element] = danger.urgency }
      var wanted: [UInt16: Urgency] = [:]
      for (element, urgency) in expected { wanted[element.code] = urgency }
      #expect(seen == wanted && plan.dangers.count == wanted.count)
      #expect(plan.classes.isEmpty && plan.services.isEmpty)
      #expect(try Self.plan(observed, later: 1).dangers.isEmpty)
      #expect(try Self.plan(observed, .male).dangers.isEmpty)
    }
    let aid = DangerSign.withoutPregnancy.first { $0.element == foul }?.firstAid
    #expect(aid?.actions == [.careForInfectionOfWoman, .referToHospitalNow])
  }

  @Test("Fever and pressure from 10 to 54 years: others have guidelines of their own")
  func childbearing() throws {
    let seen: [DataElement: Int32] = [.temperature: 390, .foulDischarge: 1, .systolicPressure: 170]
    let cases: [(CivilDate, Bool)] = [
      ("2016-05-02", false), ("2016-05-01", true), ("1971-05-02", true), ("1971-05-01", false),
    ]
    for (born, stands) in cases {
      let plan = try Self.plan(seen, born: born)
      #expect(plan.dangers.isEmpty != stands && plan.classes.isEmpty != stands)
    }
  }

  @Test("Foul bleeding as after a birth tells of one: only who may know of a loss reads of it")
  func foulLochia() throws {
    let cases: [([DataElement: Int32], String?)] = [
      ([.smellyLochia: 0, .temperature: 390], nil),
      ([.smellyLochia: 1, .temperature: 379], "foul_without_fever"),
      ([.smellyLochia: 1, .temperature: 380], "foul_with_fever"),
      ([.smellyLochia: 1, .feverTwoDays: 1], "foul_with_fever"),
    ]
    for (observed, found) in cases {
      #expect(try Self.plan(observed).found(329) == found)
      #expect(try Self.plan(observed, later: 1).found(329) == nil)
      var life = Life(.female, born: "1998-03-01")
      life.visit(.postnatal, on: Self.day, observed)
      let kaders = try life.planWithoutLosses(on: Self.day)
      #expect(kaders.found(329) == nil)
      #expect(!kaders.dangers.contains { $0.element == DataElement.smellyLochia.code })
    }
    #expect(Plans.tables[329]?.matter == .loss)
    #expect(Plans.tables[329]?.rows.map(\.urgency) == [.referNow, .refer])
  }

  @Test("Where a loss is taken back and she is pregnant, what was told after it stands for the day")
  func lossTakenBack() throws {
    func plan(_ observed: [DataElement: Int32], later: Int32 = 0) throws -> CarePlan {
      var life = Life(.female, born: "1998-03-01")
      life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
      life.visit(.postnatal, on: Self.day, observed)
      return try life.plan(on: Self.day + .days(later), by: [.pregnancy])
    }
    let cases: [([DataElement: Int32], UInt16, Urgency)] = [
      ([.heavyBleeding: 1], DataElement.heavyBleeding.code, .referNow),
      ([.foulDischarge: 1], DataElement.foulDischarge.code, .refer),
      ([.foulDischarge: 1, .temperature: 380], DataElement.foulDischarge.code, .referNow),
    ]
    for (observed, code, urgency) in cases {
      let seen = try plan(observed).dangers.filter { $0.element == code }
      #expect(seen.map(\.urgency) == [urgency])
      #expect(try !plan(observed, later: 1).dangers.contains { $0.element == code })
    }
    #expect(try plan([.smellyLochia: 1, .temperature: 380]).found(329) == "foul_with_fever")
    #expect(try plan([.smellyLochia: 1]).found(329) == "foul_without_fever")
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
