import Guidance
import Health
import Programmes
import Samples
import Testing

@Suite("Index and class of a family")
struct FamilyIndexScoreTests {
  /// Y, T, N of all ways in which unknown items may turn out.
  private func completions(_ score: FamilyIndexScore) -> [(good: Int, notGood: Int)] {
    (0...score.unknown).flatMap { good in
      (0...(score.unknown - good)).map { notGood in
        (score.good + good, score.notGood + notGood)
      }
    }
  }

  /// The class by the publication's limits, in tenths of thousandths and without our code.
  private func plainClass(_ good: Int, of total: Int) -> FamilyIndexClass {
    let value = Double(good) / Double(total)
    if value > 0.8 + 1e-9 { return .healthy }
    return value < 0.5 - 1e-9 ? .unhealthy : .preHealthy
  }

  @Test("Of every mixture of Y, T, N and unknown the interval holds all that may come of it")
  func exhaustive() {
    var seen = 0
    for good in 0...12 {
      for notGood in 0...(12 - good) {
        for doesNotApply in 0...(12 - good - notGood) {
          let score = FamilyIndexScore(
            good: good, notGood: notGood, doesNotApply: doesNotApply,
            unknown: 12 - good - notGood - doesNotApply)
          seen += 1
          let ends = completions(score).filter { $0.good + $0.notGood > 0 }
          guard let lowest = score.lowest, let highest = score.highest else {
            #expect(doesNotApply == 12 && score.familyClass == .doesNotApply)
            continue
          }
          var classes: Set<FamilyIndexClass> = []
          for end in ends {
            let total = end.good + end.notGood
            #expect(end.good * lowest.total >= lowest.reached * total)
            #expect(end.good * highest.total <= highest.reached * total)
            classes.insert(plainClass(end.good, of: total))
          }
          // The class is known just where all that may come of it agree.
          if classes.count == 1, let only = classes.first {
            #expect(score.familyClass == .known(only))
          } else {
            #expect(score.familyClass == .unknown)
          }
        }
      }
    }
    #expect(seen == 455)
  }

  @Test(
    "The limits belong to the middle",
    arguments: [
      (9, 11, FamilyIndexClass.healthy), (10, 12, .healthy), (4, 5, .preHealthy),
      (8, 10, .preHealthy), (9, 12, .preHealthy), (7, 11, .preHealthy), (6, 12, .preHealthy),
      (1, 2, .preHealthy), (5, 11, .unhealthy), (5, 12, .unhealthy), (0, 12, .unhealthy),
      (12, 12, .healthy), (1, 1, .healthy), (0, 1, .unhealthy),
    ])
  func limits(reached: Int, total: Int, expected: FamilyIndexClass) throws {
    #expect(try #require(FamilyIndexShare(reached, of: total)).familyClass == expected)
  }

  @Test("Thousandths, halves upwards")
  func thousandths() throws {
    for (reached, total, expected) in [
      (7, 11, 636), (1, 3, 333), (2, 3, 667), (1, 12, 83), (5, 12, 417), (1, 16, 63),
      (0, 5, 0), (5, 5, 1000),
    ] {
      #expect(try #require(FamilyIndexShare(reached, of: total)).thousandths == expected)
    }
    #expect(FamilyIndexShare(0, of: 0) == nil)
  }

  @Test("Unknown items leave the class open only where they can change it")
  func someUnknown() {
    // 9 Y, 1 T, 1 unknown: 9/11 or 10/11, healthy either way.
    #expect(
      FamilyIndexScore(good: 9, notGood: 1, doesNotApply: 1, unknown: 1).familyClass
        == .known(.healthy))
    // 8 Y, 1 T, 1 unknown: 0.8 or 0.9.
    #expect(
      FamilyIndexScore(good: 8, notGood: 1, doesNotApply: 2, unknown: 1).familyClass == .unknown)
    // 1 Y, 8 T, 3 unknown: at most 4 of 12.
    #expect(
      FamilyIndexScore(good: 1, notGood: 8, doesNotApply: 0, unknown: 3).familyClass
        == .known(.unhealthy))
  }

  @Test("An area: healthy families of those whose class is known, coverage of each item")
  func area() throws {
    var tally = FamilyIndexTally()
    #expect(tally.areaIndex == nil && tally[.insured].coverage == nil)
    var family = Family()
    let mother = family.member(.female, born: "1960-01-01")
    family.insured(mother, on: "2026-01-01", .nationalSubsidised)
    family.seen(on: "2026-01-01", water: .piped, latrine: .waterSealOwn)
    family.said(
      on: "2026-01-02",
      [
        .tuberculosisTreated: .doesNotApply, .hypertensionTreated: .yes,
        .mentalDisorderTreated: .doesNotApply, .nobodySmokes: .yes,
      ])
    let healthy = try family.index(on: "2026-01-03")
    #expect(healthy.score.familyClass == .known(.healthy))
    tally.add(healthy)
    family.insured(mother, on: "2026-01-04", .none)
    family.seen(on: "2026-01-04", water: .surface, latrine: Latrine.none)
    tally.add(try family.index(on: "2026-01-05"))
    tally.add(try Family().index(on: "2026-01-05"))
    #expect(tally.families == 3 && tally.unknown == 1 && tally.healthy == 1)
    #expect(tally.unhealthy == 1 && tally.preHealthy == 0, "2 of 5")
    #expect(tally.areaIndex == FamilyIndexShare(1, of: 2))
    #expect(tally[.insured].coverage == FamilyIndexShare(1, of: 2))
    #expect(tally[.insured].unknown == 1)
    #expect(tally[.growthMonitored].doesNotApply == 2)
    #expect(tally[.growthMonitored].coverage == nil)
  }

  @Test("Settings: numbers outside their range change nothing, every default has a source")
  func settings() {
    for setting in FamilyIndexSetting.allCases {
      var settings = FamilyIndexSettings()
      #expect(setting.range.contains(settings[setting]))
      for outside in [setting.range.lowerBound - 1, setting.range.upperBound + 1] {
        let isSet = settings.set(setting, to: outside)
        #expect(!isSet)
      }
      #expect(settings == FamilyIndexSettings())
      for inside in [setting.range.lowerBound, setting.range.upperBound] {
        let isSet = settings.set(setting, to: inside)
        #expect(isSet && settings[setting] == inside)
      }
      #expect(!"\(setting.source.title)".isEmpty && !"\(setting.source.place)".isEmpty)
    }
  }
}
