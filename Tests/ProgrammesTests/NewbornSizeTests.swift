import Guidance
import Health
import Programmes
import Samples
import Testing

/// Newborns beside those of their sex and gestational age.
@Suite("Size at birth")
struct NewbornSizeTests {
  static func newborn(
    _ sex: Sex? = .male, weeks: Int32? = 40, days: Int32 = 0, grams: Int32? = nil,
    centimetres: Double? = nil, head: Double? = nil
  ) -> PersonBody {
    func length(_ value: Double?) -> Length? {
      value.map { Length(tenthsOfMillimetre: Int32(($0 * 100).rounded())) }
    }
    var body = PersonBody()
    body.sex = sex
    body.gestationalAgeAtBirth = weeks.map { AgeInDays($0 * 7 + days) }
    body.birthWeight = grams.map { Mass(grams: $0) }
    body.birthLength = length(centimetres)
    body.birthHeadCircumference = length(head)
    return body
  }

  static func newborn(_ row: FixtureTable.Row, value: Double) throws -> (
    PersonBody, NewbornMeasure
  ) {
    let sex = try #require(Sex(rawValue: UInt8(row["sex"]) ?? 0))
    let day = try #require(Int32(row["gest_days"]))
    func body(_ grams: Int32?, _ centimetres: Double?, _ head: Double?) -> PersonBody {
      newborn(
        sex, weeks: day / 7, days: day % 7, grams: grams, centimetres: centimetres, head: head)
    }
    switch row["measure"] {
    case "weight": return (body(Int32((value * 1000).rounded()), nil, nil), .weight)
    case "length": return (body(nil, value, nil), .length)
    default: return (body(nil, nil, value), .headCircumference)
    }
  }

  static func told(_ answer: NewbornAnswer) -> NewbornSize? {
    switch answer {
    case .known(let size), .implausible(let size): size
    case .unknown: nil
    }
  }

  // MARK: Figures

  @Test("Every printed z-score gives itself, and every printed centile is near itself")
  func printed() throws {
    var compared = 0
    for row in try FixtureTable("growth/newborn_intergrowth21.csv").rows {
      for z in -3...3 {
        let (body, measure) = try Self.newborn(row, value: row.number("sd\(z)") ?? .nan)
        let size = try #require(Self.told(body.sizeAtBirth(measure)))
        #expect(abs(size.score.exact - Double(z)) < 1e-9, "line \(row.line), \(z) SD")
        compared += 1
      }
      // The printed values have two decimals: of the smallest newborns one step is a tenth of an SD.
      for (name, centile, within) in [
        ("p3", 3.0, 0.5), ("p5", 5.0, 1.1), ("p10", 10, 0), ("p50", 50, 1.1), ("p90", 90, 0),
        ("p95", 95, 1.1), ("p97", 97, 0.5),
      ] {
        let (body, measure) = try Self.newborn(row, value: row.number(name) ?? .nan)
        let size = try #require(Self.told(body.sizeAtBirth(measure)))
        let told = Double(size.centileHundredths) / 100
        #expect(abs(told - centile) <= within, "line \(row.line), \(name): \(told)")
        if centile == 10 || centile == 90 {
          let z = centile == 10 ? -1.281_551_565_544_6 : 1.281_551_565_544_6
          #expect(abs(size.score.exact - z) < 1e-12)
        }
        compared += 1
      }
    }
    #expect(compared == 798 * 14)
  }

  @Test("Generated sizes, beside the exact distribution that the printed lines were drawn from")
  func generated() throws {
    var worst = 0.0
    var compared = 0
    for row in try FixtureTable("growth/newborn_generated.csv").rows {
      let (body, measure) = try Self.newborn(row, value: row.number("value") ?? .nan)
      let size = try #require(Self.told(body.sizeAtBirth(measure)))
      let z = try #require(row.number("z"))
      let centile = try #require(row.number("centile"))
      worst = max(worst, abs(size.score.exact - z))
      #expect(abs(size.score.exact - z) < 0.075, "line \(row.line): \(size.score.exact)")
      #expect(abs(Double(size.centileHundredths) / 100 - centile) < 2.1, "line \(row.line)")
      compared += 1
    }
    #expect(compared == 1_596)
    // That the lines are read at all, and not the distribution itself, shows in what is left.
    #expect(worst > 0.02)
  }

  @Test(
    "The centile of a z-score",
    arguments: [
      (-10.0, 0.0), (-3, 0.001_349_898_031_630_1), (-1.281_551_565_544_600_4, 0.1), (0, 0.5),
      (1.281_551_565_544_600_4, 0.9), (1.959_963_984_540_054, 0.975), (5, 0.999_999_713_348_428),
      (10, 1),
    ])
  func share(z: Double, expected: Double) {
    #expect(abs(normalShare(below: z) - expected) < 1e-14)
    #expect(abs(normalShare(below: -z) - (1 - expected)) < 1e-14)
  }

  // MARK: Categories

  @Test("Small under the printed 10th centile, large over the 90th, to the gram; at 24 weeks too")
  func limits() throws {
    var compared = 0
    for row in try FixtureTable("growth/newborn_intergrowth21.csv").rows
    where row["measure"] == "weight" {
      let sex = try #require(Sex(rawValue: UInt8(row["sex"]) ?? 0))
      let day = try #require(Int32(row["gest_days"]))
      let low = Int32(try #require(row.number("p10")) * 1000 + 0.5)
      let high = Int32(try #require(row.number("p90")) * 1000 + 0.5)
      for (grams, category) in [
        (low - 1, SizeForGestationalAge.small), (low, .appropriate), (low + 1, .appropriate),
        (high - 1, .appropriate), (high, .appropriate), (high + 1, .large),
      ] {
        let body = Self.newborn(sex, weeks: day / 7, days: day % 7, grams: grams)
        let size = try #require(Self.told(body.sizeAtBirth(.weight)))
        #expect(size.category == category, "line \(row.line), \(grams) g")
        compared += 1
      }
    }
    #expect(compared == 266 * 6)
  }

  @Test(
    "Weight at birth by grams",
    arguments: [
      (1, .extremelyLow), (999, .extremelyLow), (1000, .veryLow), (1499, .veryLow), (1500, .low),
      (2499, .low), (2500, .normal), (3999, .normal), (4000, .high), (Int32.max, .high),
      (0, nil), (-1, nil),
    ] as [(Int32, BirthWeightCategory?)])
  func grams(grams: Int32, category: BirthWeightCategory?) {
    #expect(NewbornSizes.category(of: Mass(grams: grams)) == category)
  }

  @Test("A boy of 36+2 weeks with 2.0 kg is small; the same weight at 33+0 is appropriate")
  func example() throws {
    let late = Self.newborn(.male, weeks: 36, days: 2, grams: 2000)
    #expect(Self.told(late.sizeAtBirth(.weight))?.category == .small)
    let early = Self.newborn(.male, weeks: 33, grams: 2000)
    #expect(Self.told(early.sizeAtBirth(.weight))?.category == .appropriate)
  }

  // MARK: Edges

  @Test(
    "24+0 to 42+6 weeks; before 33+0 the very preterm reference",
    arguments: [
      (Int32(167), nil), (168, "2016"), (230, "2016"), (231, "2014"), (300, "2014"), (301, nil),
      (0, nil), (-300, nil), (.max, nil), (.min, nil),
    ] as [(Int32, String?)])
  func gestationalAges(day: Int32, edition: String?) {
    for sex in Sex.allCases {
      var body = Self.newborn(sex, grams: 2000, centimetres: 45, head: 32)
      body.gestationalAgeAtBirth = AgeInDays(day)
      for measure in NewbornMeasure.allCases {
        let size = Self.told(body.sizeAtBirth(measure))
        #expect((size != nil) == (edition != nil))
        guard let size else {
          #expect(body.sizeAtBirth(measure) == .unknown(.outsideStandard))
          continue
        }
        #expect("\(NewbornSizeStandards.source(on: size.gestationalAge).edition)" == edition)
      }
    }
  }

  @Test("Heavier is never lighter: the z-score rises over all grams and goes on outside the lines")
  func rises() throws {
    for day in [Int32(168), 230, 231, 280, 300] {
      var last = -Double.infinity
      for grams in stride(from: Int32(200), through: 7000, by: 10) {
        var body = Self.newborn(.female, grams: grams)
        body.gestationalAgeAtBirth = AgeInDays(day)
        let z = try #require(Self.told(body.sizeAtBirth(.weight))).score.exact
        #expect(z > last)
        last = z
      }
      #expect(last > 3)
    }
  }

  @Test("Beyond ±5 SD it is an error of measuring, writing or dating")
  func implausible() throws {
    let row = try #require(
      NewbornSizeStandards.shared.row(.weight, sex: .male, gestationalAge: AgeInDays(280)))
    // One SD beyond +3 is as wide as that from +2 to +3.
    let limit = (row[8] + 2 * (row[8] - row[7])) * 10
    guard case .known(let size) = Self.newborn(grams: limit).sizeAtBirth(.weight) else {
      Issue.record("+5 SD is believed")
      return
    }
    #expect(size.score.hundredths == 500)
    guard case .implausible = Self.newborn(grams: limit + 5).sizeAtBirth(.weight) else {
      Issue.record("+5.01 SD is not believed")
      return
    }
    guard case .implausible = Self.newborn(weeks: 40, grams: 600).sizeAtBirth(.weight) else {
      Issue.record("600 g at 40 weeks are not believed")
      return
    }
  }

  // MARK: What is missing

  @Test("Without gestational age only the weight's category; nothing is taken for granted")
  func missing() {
    let undated = Self.newborn(weeks: nil, grams: 2300, centimetres: 45)
    #expect(undated.sizeAtBirth(.weight) == .unknown(.gestationalAge))
    #expect(undated.sizeAtBirth(.length) == .unknown(.gestationalAge))
    #expect(undated.sizeAtBirth(.headCircumference) == .unknown(.notMeasured))
    #expect(undated.birthWeight.flatMap(NewbornSizes.category) == .low)
    #expect(Self.newborn(nil, grams: 2300).sizeAtBirth(.weight) == .unknown(.sex))
    #expect(Self.newborn().sizeAtBirth(.weight) == .unknown(.notMeasured))
    #expect(Self.newborn(grams: 0).sizeAtBirth(.weight) == .unknown(.notMeasured))
    #expect(Self.newborn(grams: -5).sizeAtBirth(.weight) == .unknown(.notMeasured))
  }
}
