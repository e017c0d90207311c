import Health
import Programmes
import Samples
import Testing

@Suite("Family health index")
struct FamilyHealthIndexTests {
  /// The family of the manual calculation that health centres are trained with (scribd 451021627):
  /// father, mother, children of 16 years, 5 years and 11 months. Y 7, T 4, N 1: 63.6 %,
  /// pre-healthy.
  private static func trainingFamily() -> Family {
    var family = Family()
    let father = family.member(.male, born: "1980-03-01")
    let mother = family.member(.female, born: "1984-07-15")
    let eldest = family.member(.male, born: "2010-05-20")
    let second = family.member(.female, born: "2021-08-01")
    let baby = family.member(.male, born: "2025-12-05")
    // Growth: the baby of 11 months was weighed, the child of 5 years is none of it.
    family.tell(baby) { $0.visit("2026-10-12", grams: 9000) }
    // JKN: the parents and the eldest are members, the two little ones are not.
    for member in [father, mother, eldest] {
      family.insured(member, on: "2026-01-10", .nationalSubsidised)
    }
    for member in [second, baby] { family.insured(member, on: "2026-01-10", .none) }
    family.seen(on: "2026-11-01", water: .piped, latrine: Latrine.none)
    family.said(
      on: "2026-11-20",
      [
        .familyPlanning: .yes, .facilityDelivery: .yes, .exclusiveBreastfeeding: .yes,
        .tuberculosisTreated: .no, .hypertensionTreated: .yes, .mentalDisorderTreated: .yes,
        .nobodySmokes: .no,
      ])
    return family
  }

  @Test("The training family: seven Y, four T, one N, 0.636, pre-healthy")
  func workedExample() throws {
    let index = try Self.trainingFamily().index(on: "2026-11-22")
    #expect(index[.basicImmunization].standing == .doesNotApply, "no child of 12 to 23 months")
    #expect(index[.basicImmunization].origin == .ages)
    #expect(index[.growthMonitored].standing == .good)
    #expect(index[.growthMonitored].origin == .measurement)
    #expect(index[.insured].standing == .notGood && index[.insured].origin == .insurance)
    #expect(index[.cleanWater].standing == .good && index[.healthyLatrine].standing == .notGood)
    #expect(index[.healthyLatrine].origin == .dwelling)
    #expect(index[.nobodySmokes].standing == .notGood && index[.nobodySmokes].origin == .reply)
    #expect(index[.nobodySmokes].on == day("2026-11-20"))
    #expect(index.score == FamilyIndexScore(good: 7, notGood: 4, doesNotApply: 1, unknown: 0))
    #expect(index.score.lowest == FamilyIndexShare(7, of: 11))
    #expect(index.score.lowest?.thousandths == 636 && index.score.highest?.thousandths == 636)
    #expect(index.score.familyClass == .known(.preHealthy))
    let growth = index[.growthMonitored].members.map(\.standing)
    #expect(
      growth == [.doesNotApply, .doesNotApply, .doesNotApply, .doesNotApply, .good])
    #expect(index.items.map(\.item) == FamilyIndexItem.allCases)
  }

  @Test("The index without illness is the same whatever is replied of illness")
  func withoutIllness() throws {
    var scores: Set<FamilyIndexScore> = []
    for (tuberculosis, mentalDisorder) in [
      (FamilyIndexReply.no, FamilyIndexReply.yes), (.yes, .no), (.doesNotApply, .no),
    ] {
      var family = Self.trainingFamily()
      family.said(
        on: "2026-11-21",
        [.tuberculosisTreated: tuberculosis, .mentalDisorderTreated: mentalDisorder])
      scores.insert(
        try family.index(on: "2026-11-22").score(
          without: [.tuberculosisTreated, .mentalDisorderTreated]))
    }
    #expect(scores == [FamilyIndexScore(good: 6, notGood: 3, doesNotApply: 1, unknown: 0)])
  }

  @Test("A family of whom nothing is known but who they are: no class, and every item says why")
  func nothingKnown() throws {
    var family = Family()
    family.member(.male, born: "1980-03-01")
    family.member(.female, born: nil)
    let index = try family.index(on: "2026-11-22")
    #expect(index[.familyPlanning].standing == .unknown(.notAsked))
    #expect(index[.growthMonitored].standing == .unknown(.birthDate))
    #expect(index[.insured].standing == .unknown(.insuranceNotRecorded))
    #expect(index[.cleanWater].standing == .unknown(.homeNotSeen))
    #expect(index[.mentalDisorderTreated].standing == .unknown(.notAsked))
    #expect(index.score == FamilyIndexScore(good: 0, notGood: 0, doesNotApply: 0, unknown: 12))
    #expect(index.score.familyClass == .unknown)
    #expect(index.score.lowest?.thousandths == 0 && index.score.highest?.thousandths == 1000)
    #expect(index.items.allSatisfy { $0.origin == nil && $0.on == nil })
  }

  @Test("A household of nobody tells nothing by ages")
  func nobody() throws {
    let index = try Family().index(on: "2026-11-22")
    #expect(index.score.unknown == 12)
  }

  @Test(
    "Ages, the day before and the day on which they begin and end",
    arguments: [
      (FamilyIndexItem.facilityDelivery, "2026-11-21", "2026-11-22", true),
      (.facilityDelivery, "2027-11-21", "2027-11-22", false),
      (.basicImmunization, "2027-11-21", "2027-11-22", true),
      (.basicImmunization, "2028-11-21", "2028-11-22", false),
      (.exclusiveBreastfeeding, "2027-06-21", "2027-06-22", true),
      (.exclusiveBreastfeeding, "2028-11-21", "2028-11-22", false),
      (.growthMonitored, "2027-01-21", "2027-01-22", true),
      (.growthMonitored, "2031-11-21", "2031-11-22", false),
      (.tuberculosisTreated, "2041-11-21", "2041-11-22", true),
      (.hypertensionTreated, "2041-11-21", "2041-11-22", true),
      (.familyPlanning, "2036-11-21", "2036-11-22", true),
      (.familyPlanning, "2081-11-21", "2081-11-22", false),
      (.nobodySmokes, "2036-11-21", "2036-11-22", true),
    ])
  func ages(item: FamilyIndexItem, before: String, on: String, begins: Bool) throws {
    var family = Family()
    // A grandmother beyond all ages, so that the family is never of nobody.
    family.member(.female, born: "1930-01-01")
    let child = family.member(.female, born: "2026-11-22")
    func applies(on date: String) throws -> Bool {
      let members = try family.index(on: date)[item].members
      let found = members.first { $0.person == id(child + 1) }
      return found.map { $0.standing != .doesNotApply } ?? false
    }
    #expect(try applies(on: before) == !begins)
    #expect(try applies(on: on) == begins)
  }

  @Test("A weighing counts in its month and in the next: the last days of both")
  func growthWindow() throws {
    var family = Family()
    let child = family.member(.male, born: "2025-01-10")
    family.tell(child) { $0.visit("2026-08-31", grams: 9800) }
    for (date, standing) in [
      ("2026-08-30", FamilyIndexStanding.unknown(.neverWeighed)), ("2026-08-31", .good),
      ("2026-09-01", .good), ("2026-09-30", .good), ("2026-10-01", .notGood),
    ] {
      #expect(try family.index(on: date)[.growthMonitored].standing == standing, "\(date)")
    }
    var settings = FamilyIndexSettings()
    let isSet = settings.set(.growthMonths, to: 0)
    #expect(isSet)
    #expect(try family.index(on: "2026-09-01", settings)[.growthMonitored].standing == .notGood)
    // Of the month before, its first day counts; the day before that does not.
    for (weighed, standing) in [
      ("2026-08-01", FamilyIndexStanding.good), ("2026-07-31", .notGood),
    ] {
      var other = Family()
      let baby = other.member(.male, born: "2025-01-10")
      other.tell(baby) { $0.visit(weighed, grams: 9800) }
      #expect(try other.index(on: "2026-09-30")[.growthMonitored].standing == standing)
    }
    // A visit without a weight is no weighing.
    family.tell(child) { $0.visit("2026-10-05", centimetres: 80) }
    #expect(try family.index(on: "2026-10-06")[.growthMonitored].standing == .notGood)
  }

  @Test("One child not weighed is T, one never weighed leaves it unknown, unless another is T")
  func twoChildren() throws {
    var family = Family()
    let first = family.member(.male, born: "2024-01-10")
    family.member(.female, born: "2025-06-10")
    family.tell(first) { $0.visit("2026-11-02", grams: 11_000) }
    let open = try family.index(on: "2026-11-22")[.growthMonitored]
    #expect(open.standing == .unknown(.neverWeighed))
    #expect(open.members.map(\.standing) == [.good, .unknown(.neverWeighed)])
    #expect(try family.index(on: "2027-02-01")[.growthMonitored].standing == .notGood)
  }

  @Test("What the family said of growth is said of that month")
  func growthReply() throws {
    var family = Family()
    family.member(.male, born: "2024-01-10")
    family.said(on: "2026-09-15", [.growthMonitored: .yes])
    #expect(try family.index(on: "2026-09-14")[.growthMonitored].standing.isUnknown)
    let heard = try family.index(on: "2026-10-31")[.growthMonitored]
    #expect(heard.standing == .good && heard.origin == .reply)
    #expect(
      try family.index(on: "2026-11-01")[.growthMonitored].standing == .unknown(.replyTooOld))
    // A weighing of the month proves it, whatever was said later.
    family.tell(0) { $0.visit("2026-11-03", grams: 12_000) }
    family.said(on: "2026-11-10", [.growthMonitored: .no])
    let proved = try family.index(on: "2026-11-22")[.growthMonitored]
    #expect(proved.standing == .good && proved.origin == .measurement)
  }

  @Test("Insurance: what is recorded later wins, on one day what is recorded")
  func laterWins() throws {
    var family = Family()
    let mother = family.member(.female, born: "1990-01-01")
    family.insured(mother, on: "2026-03-01", .none)
    func standing(on date: String) throws -> FamilyIndexResult {
      try family.index(on: date)[.insured]
    }
    #expect(try standing(on: "2026-03-01").standing == .notGood)
    let reply = family.said(on: "2026-03-01", [.insured: .yes])
    #expect(try standing(on: "2026-03-01").origin == .insurance)
    family.home.withdraw(reply, on: day("2026-03-01"))
    let later = family.said(on: "2026-03-02", [.insured: .yes])
    #expect(try standing(on: "2026-03-01").standing == .notGood)
    #expect(try standing(on: "2026-03-02").standing == .good)
    #expect(try standing(on: "2026-03-02").fact == later)
    family.insured(mother, on: "2026-03-03", .none)
    #expect(try standing(on: "2026-03-03").standing == .notGood)
  }

  @Test("An insurance that has ended is unknown, not none; other insurance is a setting")
  func insuranceKinds() throws {
    var family = Family()
    let father = family.member(.male, born: "1980-01-01")
    family.insured(father, on: "2026-01-01", .nationalContributing, until: "2026-06-30")
    #expect(try family.index(on: "2026-06-30")[.insured].standing == .good)
    #expect(try family.index(on: "2026-07-01")[.insured].standing == .unknown(.insuranceEnded))
    family.insured(father, on: "2026-07-02", .privateInsurance)
    #expect(try family.index(on: "2026-07-02")[.insured].standing == .good)
    var strict = FamilyIndexSettings()
    let isSet = strict.set(.otherInsuranceCounts, to: 0)
    #expect(isSet)
    #expect(try family.index(on: "2026-07-02", strict)[.insured].standing == .notGood)
  }

  @Test("A reply counts for twelve months: the last day and the day after")
  func replyAge() throws {
    var family = Family()
    family.member(.female, born: "1990-01-01")
    family.said(on: "2025-11-22", [.hypertensionTreated: .doesNotApply, .cleanWater: .yes])
    let last = try family.index(on: "2026-11-22")
    #expect(last[.hypertensionTreated].standing == .doesNotApply)
    #expect(last[.hypertensionTreated].origin == .reply && last[.cleanWater].standing == .good)
    let after = try family.index(on: "2026-11-23")
    #expect(after[.hypertensionTreated].standing == .unknown(.replyTooOld))
    #expect(after[.cleanWater].standing == .unknown(.replyTooOld))
    var settings = FamilyIndexSettings()
    let isSet = settings.set(.replyMonths, to: 13)
    #expect(isSet)
    #expect(try family.index(on: "2026-12-22", settings)[.cleanWater].standing == .good)
    #expect(try family.index(on: "2026-12-23", settings)[.cleanWater].standing.isUnknown)
  }

  @Test("Home: what was seen later wins over what was said, and the other way")
  func home() throws {
    var family = Family()
    family.member(.female, born: "1990-01-01")
    family.seen(on: "2026-02-01", water: .surface)
    family.seen(on: "2026-03-01", latrine: .waterSealOwn)
    let first = try family.index(on: "2026-03-01")
    #expect(first[.cleanWater].standing == .notGood, "a later look at the latrine keeps the water")
    #expect(first[.cleanWater].on == day("2026-02-01"))
    #expect(first[.healthyLatrine].standing == .good)
    family.said(on: "2026-04-01", [.cleanWater: .yes, .healthyLatrine: .no])
    let said = try family.index(on: "2026-04-01")
    #expect(said[.cleanWater].standing == .good && said[.healthyLatrine].standing == .notGood)
    family.seen(on: "2026-05-01", water: .unprotectedWell)
    #expect(try family.index(on: "2026-05-01")[.cleanWater].standing == .notGood)
  }
}
