import Guidance
import Health
import Testing

@testable import Programmes

/// How the care of malnutrition goes on from visit to visit.
@Suite("Course of malnutrition in care")
struct MalnutritionCourseTests {
  /// A boy of 12 months, 75 cm, measured on some days with weights in grams; 8.3 kg is wasted,
  /// 7.6 kg severely, 9.5 kg well.
  static func life(_ weights: [(CivilDate, Int32)]) -> Life {
    var life = Life(.male, born: "2025-03-01", weight: 3_000, gestation: 280)
    for (day, weight) in weights {
      life.visit(
        .childDevelopment, on: day,
        [.weight: weight, .lengthOrHeight: 7_500, .armCircumference: 1_400])
    }
    return life
  }

  @Test(
    "Too little weight without improvement is referred after two weeks",
    arguments: [
      ("2026-03-14", "thin", "thin_no_better", "thin"),
      ("2026-03-15", "thin_no_better", "thin_no_better", "thin"),
      ("2026-03-28", "thin_no_better", "thin_no_better", "thin"),
      ("2026-03-29", "thin_no_better", "thin_no_better", "thin_no_better"),
    ] as [(CivilDate, String, String, String)])
  func moderate(day: CivilDate, standard: String, week: String, month: String) throws {
    let life = Self.life([("2026-03-01", 8_000), (day, 8_010)])
    #expect(try life.plan(on: day, by: [.growthFollowUp]).found(70) == standard)
    #expect(
      try life.plan(on: day, by: [.growthFollowUp], settings: Plans.set((.moderateReferralDays, 7)))
        .found(70) == week)
    #expect(
      try life.plan(
        on: day, by: [.growthFollowUp], settings: Plans.set((.moderateReferralDays, 28))
      )
      .found(70) == month)
  }

  @Test("A good measurement between begins anew")
  func improved() throws {
    let life = Self.life([("2026-03-01", 8_000), ("2026-03-10", 9_800), ("2026-03-20", 8_000)])
    #expect(try life.plan(on: "2026-03-20", by: [.growthFollowUp]).found(70) == "thin")
  }

  @Test(
    "Severe malnutrition without improvement is referred after one week",
    arguments: [
      ("2026-03-07", "malnutrition_to_examine"), ("2026-03-08", "malnutrition_no_better"),
    ] as [(CivilDate, String)])
  func severe(day: CivilDate, expected: String) throws {
    let life = Self.life([("2026-03-01", 7_300), (day, 7_310)])
    #expect(try life.plan(on: day, by: [.growthFollowUp]).found(70) == expected)
    #expect(
      try life.plan(on: day, by: [.growthFollowUp], settings: Plans.set((.severeReferralDays, 14)))
        .found(70) == "malnutrition_to_examine")
  }

  @Test(
    "Who is no better after a week of care needs a hospital, and does not go on at home",
    arguments: [
      ("2026-03-07", "malnutrition_at_home", "course_goes_on"),
      ("2026-03-08", "malnutrition_no_better", "course_to_hospital"),
    ] as [(CivilDate, String, String)])
  func severeInCare(day: CivilDate, growth: String, course: String) throws {
    var life = Self.life([("2026-03-01", 7_300)])
    life.visit(.nutritionFollowUp, on: "2026-03-01", [.malnutritionCare: 1, .goodAppetite: 1])
    life.visit(
      .nutritionFollowUp, on: day,
      [.weight: 7_310, .lengthOrHeight: 7_500, .armCircumference: 1_400])
    let plan = try life.plan(on: day, by: Guideline.motherAndChild)
    #expect(plan.found(70) == growth)
    #expect(plan.found(73) == course)
  }

  @Test("Seen again: a thin child after a week, late after two; a well one not")
  func seenAgain() throws {
    let life = Self.life([("2026-03-01", 8_000)])
    let days = ["2026-03-07", "2026-03-08", "2026-03-14", "2026-03-15"] as [CivilDate]
    #expect(
      try days.map { try life.plan(on: $0, by: [.growthFollowUp]).word(155) }
        == ["upcoming", "due", "due", "late"])
    #expect(
      try Self.life([("2026-03-01", 9_800)]).plan(on: "2026-03-10", by: [.growthFollowUp]).word(155)
        == "-")
  }

  @Test(
    "A severely malnourished child every week; one under care who stays away is visited at home")
  func weekly() throws {
    var life = Self.life([("2026-03-01", 7_300)])
    #expect(try life.plan(on: "2026-03-08", by: [.growthFollowUp]).word(156) == "due")
    #expect(try life.plan(on: "2026-03-15", by: [.growthFollowUp]).word(156) == "late")
    #expect(try life.plan(on: "2026-03-15", by: [.growthFollowUp]).word(157) == "-")
    life.visit(.nutritionFollowUp, on: "2026-03-01", [.malnutritionCare: 1])
    #expect(try life.plan(on: "2026-03-14", by: [.growthFollowUp]).word(157) == "upcoming")
    #expect(try life.plan(on: "2026-03-15", by: [.growthFollowUp]).word(157) == "due")
    #expect(try life.plan(on: "2026-03-22", by: [.growthFollowUp]).word(157) == "late")
    life.visit(.nutritionFollowUp, on: "2026-03-16", by: .kader, in: .home)
    #expect(try life.plan(on: "2026-03-16", by: [.growthFollowUp]).word(157) == "done")
  }

  @Test("The care of severe malnutrition ends after two good measurements in a row")
  func course() throws {
    var life = Self.life([("2026-03-01", 7_300)])
    life.visit(.nutritionFollowUp, on: "2026-03-01", [.malnutritionCare: 1])
    func course(_ life: Life, _ day: CivilDate) throws -> String? {
      try life.plan(on: day, by: [.growthFollowUp]).found(73)
    }
    #expect(try course(life, "2026-03-02") == "course_goes_on")
    for (day, weight): (CivilDate, Int32) in [("2026-04-01", 9_800), ("2026-04-08", 9_900)] {
      #expect(try course(life, day) == "course_goes_on")
      life.visit(
        .nutritionFollowUp, on: day,
        [.weight: weight, .lengthOrHeight: 7_500, .goodAppetite: 1])
    }
    #expect(try course(life, "2026-04-08") == "course_may_end")
    var oedema = life
    oedema.visit(.nutritionFollowUp, on: "2026-04-09", [.pittingOedema: 1])
    #expect(try course(oedema, "2026-04-09") == "course_goes_on")
    var ill = life
    ill.visit(.nutritionFollowUp, on: "2026-04-09", [.malnutritionComplication: 1])
    #expect(try course(ill, "2026-04-09") == "course_to_hospital")
    // So long the complication counts; and who does not eat is not fed at home.
    #expect(try course(ill, "2026-04-22") == "course_to_hospital")
    #expect(try course(ill, "2026-04-23") == "course_goes_on")
    var refusing = life
    refusing.visit(.nutritionFollowUp, on: "2026-04-09", [.goodAppetite: 0])
    #expect(try course(refusing, "2026-04-09") == "course_to_hospital")
    var small = Self.life([("2026-03-01", 3_900)])
    small.visit(.nutritionFollowUp, on: "2026-03-01", [.malnutritionCare: 1])
    #expect(try course(small, "2026-03-02") == "course_to_hospital")
    // After 26 weeks it has lasted too long.
    #expect(try course(life, "2026-08-29") != "course_too_long")
    #expect(try course(life, "2026-08-30") == "course_too_long")
    life.visit(.nutritionFollowUp, on: "2026-08-30", [.malnutritionCare: 2])
    #expect(try course(life, "2026-08-30") == nil)
  }

  @Test(
    "After the cure: two weeks later, then every month for six months",
    arguments: [
      ("2026-08-31", "upcoming", "upcoming"), ("2026-09-12", "upcoming", "upcoming"),
      ("2026-09-13", "due", "upcoming"), ("2026-09-19", "due", "upcoming"),
      ("2026-09-20", "late", "upcoming"), ("2026-09-29", "late", "upcoming"),
      ("2026-09-30", "late", "due"), ("2026-10-03", "late", "due"),
      ("2026-10-04", "missed", "due"), ("2026-10-10", "missed", "due"),
      ("2026-10-11", "missed", "late"),
    ] as [(CivilDate, String, String)])
  func cured(day: CivilDate, first: String, monthly: String) throws {
    var life = Self.life([("2026-08-30", 9_900)])
    life.visit(.nutritionFollowUp, on: "2026-08-30", [.malnutritionCare: 2])
    let plan = try life.plan(on: day, by: [.growthFollowUp])
    #expect(plan.word(280) == first)
    #expect(plan.word(281) == monthly)
    // Ended otherwise, or begun anew: not after a cure.
    for other: Int32 in [1, 3] {
      var again = life
      again.visit(.nutritionFollowUp, on: "2026-08-31", [.malnutritionCare: other])
      #expect(try again.plan(on: day, by: [.growthFollowUp]).word(280) == "-")
      #expect(try again.plan(on: day, by: [.growthFollowUp]).word(281) == "-")
    }
  }

  @Test("Weighed after the cure it is done, and the month counts from there; nobody is followed on")
  func curedAndWeighed() throws {
    var life = Self.life([("2026-08-30", 9_900)])
    #expect(try life.plan(on: "2026-09-13", by: [.growthFollowUp]).word(280) == "-")
    life.visit(.nutritionFollowUp, on: "2026-08-30", [.malnutritionCare: 2])
    life.visit(.childDevelopment, on: "2026-09-13", [.weight: 10_000])
    #expect(try life.plan(on: "2026-09-13", by: [.growthFollowUp]).word(280) == "done")
    #expect(try life.plan(on: "2026-10-12", by: [.growthFollowUp]).word(281) == "upcoming")
    #expect(try life.plan(on: "2026-10-13", by: [.growthFollowUp]).word(281) == "due")
    #expect(try life.plan(on: "2027-02-27", by: [.growthFollowUp]).word(281) == "late")
    #expect(try life.plan(on: "2027-03-02", by: [.growthFollowUp]).word(281) == "-")
  }
}
