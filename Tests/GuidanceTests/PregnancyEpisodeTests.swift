import Guidance
import Health
import Programmes
import Testing

/// What is told of one pregnancy is one pregnancy, whatever was written down first.
@Suite("Facts of one pregnancy are joined in every order")
struct PregnancyEpisodeTests {
  private static let days: [CivilDate] = ["2026-03-02", "2026-03-20", "2026-04-11", "2026-05-30"]

  /// All orders of so many things.
  private static func orders(_ count: Int) -> [[Int]] {
    guard count > 0 else { return [[]] }
    return orders(count - 1).flatMap { order in
      (0...order.count).map { place in
        var longer = order
        longer.insert(count - 1, at: place)
        return longer
      }
    }
  }

  /// A woman; the next fact that is told begins the pregnancy.
  private static func woman() -> (life: Life, pregnancy: Identifier) {
    (Life(.female, born: "2000-01-10"), Identifier(high: 0x7000, low: 2))
  }

  @Test("The beginning, what is added, and the end, on any days", arguments: orders(4))
  func joined(order: [Int]) throws {
    var (life, pregnancy) = Self.woman()
    let days = order.map { Self.days[$0] }
    let begun = life.pregnant(lastPeriod: nil, known: days[0]) {
      $0.gravida = 2
      $0.livingChildren = 1
    }
    #expect(begun == pregnancy)
    let scanned = life.pregnant(lastPeriod: nil, known: days[1]) {
      $0.episode = pregnancy
      $0.ultrasoundOn = "2026-03-02"
      $0.ultrasoundGestation = 60
    }
    life.pregnant(lastPeriod: nil, known: days[2]) {
      $0.episode = pregnancy
      $0.para = 1
      $0.fetuses = 2
    }
    var end = PregnancyEndBody(outcome: .miscarriage)
    end.episode = pregnancy
    let ended = life.tell(.pregnancyEnd, on: days[3], end.bytes)

    let record = try life.record(on: "2026-06-10")
    #expect(record.pregnancies.count == 1)
    let episode = try #require(record.pregnancies.first)
    #expect(episode.id == pregnancy)
    #expect(episode.knownSince == Self.days[0])
    #expect(episode.told.gravida == 2 && episode.told.livingChildren == 1)
    #expect(episode.told.para == 1 && episode.told.fetuses == 2)
    #expect(episode.dating == .ultrasound && episode.datingFact == scanned)
    #expect(episode.beginning == "2026-01-01")
    #expect(episode.endedOn == days[3] && episode.endFact == ended)
    #expect(episode.end?.outcome == .miscarriage)
  }

  /// The period says 2026-01-01, the ultrasound so many days later.
  @Test(
    "An ultrasound from 24 weeks that is more than three weeks away puts the dates in doubt",
    arguments: [
      (168, 21, nil), (168, 22, "dates_differ"), (168, 23, "dates_differ"), (168, -21, nil),
      (168, -22, "dates_differ"), (169, 22, "dates_differ"), (200, 0, nil),
    ] as [(Int32, Int32, String?)])
  func lateUltrasound(gestation: Int32, later: Int32, expected: String?) throws {
    let period: CivilDate = "2026-01-01"
    var life = Life(.female, born: "2000-01-10")
    life.pregnant(lastPeriod: period, known: "2026-02-10") {
      $0.ultrasoundGestation = gestation
      $0.ultrasoundOn = period + .days(gestation + later)
    }
    let day = period + .days(230)
    let record = try life.record(on: day)
    #expect(record.pregnancies.last?.beginning == period)
    #expect(record.pregnancies.last?.lateUltrasoundDifference == abs(later))
    #expect(try life.plan(on: day, by: Guideline.motherAndChild).found(92) == expected)
    life.gaveBirth(on: day)
    #expect(try life.plan(on: day, by: Guideline.motherAndChild).found(92) == nil)
  }

  @Test(
    "Period and ultrasound are both kept, with the days between them",
    arguments: [
      (7, .lastMenstrualPeriod), (8, .ultrasound), (-7, .lastMenstrualPeriod), (-8, .ultrasound),
    ] as [(Int32, DatingMethod)])
  func bothKept(later: Int32, expected: DatingMethod) throws {
    var life = Life(.female, born: "2000-01-10")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10") {
      $0.ultrasoundGestation = 80
      $0.ultrasoundOn = "2026-01-01" + .days(80 + later)
    }
    let episode = try #require(try life.record(on: "2026-06-01").pregnancies.last)
    #expect(episode.dating == expected)
    #expect(episode.ultrasoundDifference == abs(later))
    #expect(episode.told.lastMenstrualPeriod == "2026-01-01")
    var alone = Life(.female, born: "2000-01-10")
    alone.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    #expect(try alone.record(on: "2026-06-01").pregnancies.last?.ultrasoundDifference == nil)
  }

  @Test("An ultrasound before 24 weeks dates, and without a period nothing differs")
  func noDoubt() throws {
    var early = Life(.female, born: "2000-01-10")
    early.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10") {
      $0.ultrasoundGestation = 167
      $0.ultrasoundOn = "2026-09-01"
    }
    #expect(try early.record(on: "2026-09-01").pregnancies.last?.dating == .ultrasound)
    var alone = Life(.female, born: "2000-01-10")
    alone.pregnant(lastPeriod: nil, known: "2026-02-10") {
      $0.ultrasoundGestation = 200
      $0.ultrasoundOn = "2026-09-01"
    }
    for life in [early, alone] {
      let plan = try life.plan(on: "2026-09-01", by: Guideline.motherAndChild)
      #expect(plan.answer(of: 92) == .notApplicable)
    }
    #expect(try Plans.pregnant(200).answer(of: 92) == .notApplicable)
  }

  @Test("What is told later of the same thing counts, and of ultrasounds the earliest")
  func later() throws {
    for isBegunFirst in [true, false] {
      var (life, pregnancy) = Self.woman()
      life.pregnant(lastPeriod: "2026-01-01", known: Self.days[isBegunFirst ? 0 : 2]) {
        $0.gravida = 2
        $0.ultrasoundOn = "2026-03-10"
        $0.ultrasoundGestation = 70
      }
      life.pregnant(lastPeriod: "2026-01-05", known: Self.days[1]) {
        $0.episode = pregnancy
        $0.ultrasoundOn = "2026-02-20"
        $0.ultrasoundGestation = 50
      }
      life.pregnant(lastPeriod: nil, known: Self.days[3]) {
        $0.episode = pregnancy
        $0.gravida = 3
        $0.ultrasoundOn = "2026-05-01"
        $0.ultrasoundGestation = 120
      }
      let record = try life.record(on: "2026-06-10")
      let episode = try #require(record.pregnancies.first)
      #expect(record.pregnancies.count == 1)
      #expect(episode.told.lastMenstrualPeriod == "2026-01-05" && episode.told.gravida == 3)
      #expect(episode.told.ultrasoundOn == "2026-02-20")
      #expect(episode.told.ultrasoundGestation == 50)
    }
  }

  @Test("Other pregnancies stay others")
  func others() throws {
    var (life, _) = Self.woman()
    let first = life.pregnant(lastPeriod: "2024-01-01", known: "2024-03-01")
    var end = PregnancyEndBody(outcome: .liveBirth)
    end.episode = first
    life.tell(.pregnancyEnd, on: "2024-10-05", end.bytes)
    let second = life.pregnant(lastPeriod: "2026-01-01", known: Self.days[2])
    life.pregnant(lastPeriod: nil, known: Self.days[0]) {
      $0.episode = second
      $0.para = 1
    }
    let record = try life.record(on: "2026-06-10")
    #expect(record.pregnancies.map(\.id) == [first, second])
    #expect(record.pregnancies.map { $0.endedOn != nil } == [true, false])
    #expect(record.pregnancies.map(\.told.para) == [nil, 1])
  }
}
