import Health
import Programmes
import Samples
import Testing

@Suite("Stages of life")
struct LifeStageTests {
  @Test(
    "The last day of each stage and the first of the next, of somebody born 22 November 2000",
    arguments: [
      ("2000-12-20", LifeStage.newborn), ("2000-12-21", .infant), ("2001-11-21", .infant),
      ("2001-11-22", .toddler), ("2005-11-21", .toddler), ("2005-11-22", .preschool),
      ("2006-11-21", .preschool), ("2006-11-22", .schoolAge), ("2010-11-21", .schoolAge),
      ("2010-11-22", .adolescent), ("2018-11-21", .adolescent), ("2018-11-22", .adult),
      ("2060-11-21", .adult), ("2060-11-22", .olderAdult), ("2100-11-22", .olderAdult),
      ("2000-11-22", .newborn),
    ])
  func boundaries(on date: String, stage: LifeStage) {
    #expect(LifeStage.stage(born: day("2000-11-22"), on: day(date)) == .stage(stage))
  }

  @Test("Without a day of birth it is unknown; before birth there is none")
  func unknown() {
    #expect(LifeStage.stage(born: nil, on: day("2026-11-22")) == .unknown(.birthDate))
    #expect(LifeStage.stage(born: day("2026-11-23"), on: day("2026-11-22")) == .notBorn)
    for band in AgeBand.allCases {
      #expect(band.holds(born: nil, on: day("2026-11-22")) == .unknown(.birthDate))
      #expect(band.holds(born: day("2026-11-23"), on: day("2026-11-22")) == .no)
    }
  }

  @Test("Anak prasekolah until 83 months, where it is set so")
  func preschool() {
    var settings = LifeStageSettings()
    settings.lastPreschoolMonth = 83
    func stage(_ date: String) -> LifeStageAnswer {
      LifeStage.stage(born: day("2000-11-22"), on: day(date), settings: settings)
    }
    #expect(stage("2006-11-22") == .stage(.preschool))
    #expect(stage("2007-11-21") == .stage(.preschool))
    #expect(stage("2007-11-22") == .stage(.schoolAge))
    let sixYears = day("2006-11-22")
    #expect(
      AgeBand.preschool.holds(born: day("2000-11-22"), on: sixYears, settings: settings) == .yes)
    #expect(AgeBand.preschool.holds(born: day("2000-11-22"), on: sixYears) == .no)
    #expect(AgeBand.schoolAge.holds(born: day("2000-11-22"), on: sixYears) == .yes)
  }

  @Test("Bands overlap: their first and last days")
  func bands() {
    let birth = day("2000-11-22")
    let limits: [(AgeBand, first: String, last: String?)] = [
      (.newborn, "2000-11-22", "2000-12-20"), (.infant, "2000-11-22", "2001-11-21"),
      (.underFive, "2000-11-22", "2005-11-21"), (.preschool, "2005-11-22", "2006-11-21"),
      (.schoolAge, "2006-11-22", "2018-11-21"), (.adolescent, "2010-11-22", "2018-11-21"),
      (.adult, "2018-11-22", "2060-11-21"), (.olderAdult, "2060-11-22", nil),
      (.basicEducation, "2007-11-22", "2016-11-21"), (.productive, "2015-11-22", "2060-11-21"),
    ]
    #expect(Set(limits.map(\.0)) == Set(AgeBand.allCases))
    for (band, first, last) in limits {
      #expect(band.holds(born: birth, on: day(first)) == .yes, "\(band)")
      #expect(band.holds(born: birth, on: day(first) + AgeInDays(-1)) == .no, "\(band)")
      guard let last else { continue }
      #expect(band.holds(born: birth, on: day(last)) == .yes, "\(band)")
      #expect(band.holds(born: birth, on: day(last) + AgeInDays(1)) == .no, "\(band)")
    }
  }

  @Test("At every age there is one stage, and they follow one another")
  func everyDay() {
    let birth = day("1999-02-28")
    var last: LifeStage?
    var changes = 0
    for days in Int32(0)...30_000 {
      guard case .stage(let stage) = LifeStage.stage(born: birth, on: birth + AgeInDays(days))
      else {
        Issue.record("no stage after \(days) days")
        return
      }
      if stage != last {
        changes += 1
        #expect(stage.rawValue == UInt8(changes))
      }
      last = stage
    }
    #expect(changes == LifeStage.allCases.count)
  }
}
