import Guidance
import Health
import Programmes
import Testing

/// T1; T2 four weeks later, 3 years; T3 six months later, 5 years; T4 a year later, 10 years; T5 a
/// year later, 25 years.
@Suite("T status")
struct TetanusStatusTests {
  private func status(
    born birth: String? = nil, _ days: [String], product: VaccineName = .td, byTable: Bool = true
  ) -> TetanusStatus {
    var settings = ImmunizationSettings()
    settings.childhoodTetanusByTable = byTable
    return TetanusStatus(
      birth: birth.map { day($0) }, doses: days.map { dose(product, $0) }, settings: settings)
  }

  @Test("nothing given is T0, one dose is T1 and protects nobody")
  func first() {
    #expect(status([]).level == 0)
    #expect(status([]).nextFrom == nil)
    let one = status(["2020-01-31"])
    #expect(one.level == 1)
    #expect(one.protectedUntil == nil)
    #expect(one.nextFrom == day("2020-02-28"))
    #expect(!one.isProtected(on: day("2020-02-01")))
  }

  static let steps: [(doses: [String], next: String, level: UInt8)] = [
    (["2020-01-31"], "2020-02-28", 2),
    (["2020-01-31", "2020-02-28"], "2020-08-28", 3),
    (["2020-01-31", "2020-02-28", "2020-08-28"], "2021-08-28", 4),
    (["2020-01-31", "2020-02-28", "2020-08-28", "2021-08-28"], "2022-08-28", 5),
  ]

  @Test("the day before the distance, the day, the day after", arguments: steps)
  func distances(_ step: (doses: [String], next: String, level: UInt8)) {
    let next = day(step.next)
    let given = step.doses.map { dose(.td, $0) }
    for (shift, level) in [(Int32(-1), step.level - 1), (0, step.level), (1, step.level)] {
      let found = TetanusStatus(
        birth: nil, doses: given + [GivenDose(VaccineName.td.code, on: next.plus(shift))])
      #expect(found.level == level)
    }
  }

  @Test("how long T2 to T5 protect")
  func protection() {
    #expect(status(["2020-01-31", "2020-03-01"]).protectedUntil == day("2023-02-28"))
    #expect(status(["2020-01-01", "2020-02-01", "2020-08-01"]).protectedUntil == day("2025-07-31"))
    #expect(
      status(["2020-01-01", "2020-02-01", "2020-08-01", "2021-08-01"]).protectedUntil
        == day("2031-07-31"))
    let all = status(["2020-01-01", "2020-02-01", "2020-08-01", "2021-08-01", "2022-08-01"])
    #expect(all.protectedUntil == day("2047-07-31"))
    #expect(all.nextFrom == nil)
    #expect(all.isProtected(on: day("2047-07-31")))
    #expect(!all.isProtected(on: day("2047-08-01")))
    #expect(!all.isProtected(on: day("2022-07-31")))
    // A sixth dose gives no more than the fifth.
    let six = status([
      "2020-01-01", "2020-02-01", "2020-08-01", "2021-08-01", "2022-08-01", "2023-08-01",
    ])
    #expect(six.level == 5 && six.reached == day("2022-08-01"))
  }

  @Test("the usual childhood: DPT-HB-Hib 1–3 give T2, the booster T3, DT T4, Td T5")
  func childhood() {
    let infant = ["2017-03-15", "2017-04-15", "2017-05-15"].map { dose(.pentavalent, $0) }
    let booster = [dose(.pentavalent, "2018-07-15")]
    let school = [dose(.dt, "2024-11-12"), dose(.td, "2025-11-20")]
    let birth = day("2017-01-15")
    #expect(TetanusStatus(birth: birth, doses: infant).level == 2)
    #expect(TetanusStatus(birth: birth, doses: infant + booster).level == 3)
    #expect(TetanusStatus(birth: birth, doses: infant + booster + [school[0]]).level == 4)
    #expect(TetanusStatus(birth: birth, doses: infant + booster + school).level == 5)
    #expect(TetanusStatus(birth: birth, doses: (infant + booster + school).reversed()).level == 5)
  }

  @Test("doses of the first months far apart: T2 by the table, T3 by distance")
  func readings() {
    let days = ["2017-03-15", "2017-05-15", "2018-05-20"]
    #expect(status(born: "2017-01-15", days, product: .pentavalent).level == 2)
    #expect(status(born: "2017-01-15", days, product: .pentavalent, byTable: false).level == 3)
    #expect(status(days, product: .pentavalent).level == 3)
    // Childhood ends with 18 months.
    for (third, level): (String, UInt8) in [("2018-07-14", 2), ("2018-07-15", 3)] {
      let given = Array(days.dropLast()) + [third]
      #expect(status(born: "2017-01-15", given, product: .pentavalent).level == level)
    }
  }

  private func told(_ level: UInt8, on date: String, _ days: [String] = []) -> TetanusStatus {
    TetanusStatus(
      birth: nil, doses: days.map { dose(.td, $0) },
      told: TetanusStatus.Told(level: level, on: day(date)))
  }

  @Test("a told status counts as doses without days, and what is given then comes on top")
  func toldStatus() {
    let two = told(2, on: "2026-02-01")
    #expect(two.level == 2 && two.reached == nil)
    #expect(two.protectedUntil == nil && two.nextFrom == nil)
    let three = told(2, on: "2026-02-01", ["2026-02-01"])
    #expect(three.level == 3 && three.reached == day("2026-02-01"))
    #expect(three.protectedUntil == day("2031-01-31"))
    #expect(three.nextFrom == day("2027-02-01"))
    #expect(told(4, on: "2026-02-01").level == 4 && told(5, on: "2026-02-01").level == 5)
    #expect(told(6, on: "2026-02-01").level == 5)
    #expect(told(5, on: "2026-02-01").nextFrom == nil)
    #expect(told(5, on: "2026-02-01", ["2026-03-01"]).level == 5)
    #expect(told(0, on: "2026-02-01", ["2026-03-01"]).level == 1)
  }

  @Test("doses that are written down contradict a lower status, and a higher one takes their days")
  func toldBesideDoses() {
    let doses = ["2020-01-01", "2020-02-01", "2020-08-01"]
    let lower = told(1, on: "2026-02-01", doses)
    #expect(lower.level == 3 && lower.reached == day("2020-08-01"))
    let same = told(3, on: "2026-02-01", doses)
    #expect(same.level == 3 && same.protectedUntil == day("2025-07-31"))
    let higher = told(4, on: "2026-02-01", doses)
    #expect(higher.level == 4 && higher.reached == nil)
    // A dose before the day on which it was told is among those that were told.
    let among = told(2, on: "2026-02-02", ["2026-02-01"])
    #expect(among.level == 2 && among.reached == nil && among.protectedUntil == nil)
    // Its day is known: the next one keeps its distance from it.
    #expect(among.nextFrom == day("2026-08-01"))
    #expect(told(4, on: "2026-02-15", ["2026-02-01", "2026-02-15"]).level == 4)
    #expect(told(4, on: "2026-02-15", ["2026-02-01", "2027-02-01"]).level == 5)
  }

  @Test("a spoiled dose and a dose without tetanus count for nothing")
  func nothing() {
    let spoiled = GivenDose(VaccineName.td.code, on: day("2020-01-01"), isSubstandard: true)
    #expect(TetanusStatus(birth: nil, doses: [spoiled, dose(.bcg, "2020-01-01")]).level == 0)
  }
}
