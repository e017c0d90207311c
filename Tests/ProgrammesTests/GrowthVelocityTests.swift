import Foundation
import Health
import Programmes
import Samples
import Testing

/// Gains of children who grow in steps, beside WHO's growth velocity standards.
@Suite("Growth velocity")
struct GrowthVelocityTests {
  static let born = day("2024-01-01")

  /// A child with visits on days of age: grams, centimetres of length and of head.
  struct Visit {
    var day: Int32
    var grams: Int32?
    var centimetres: Double?
    var head: Double?
    var oedema: Bool?
    var position: BodyPosition? = .lying
  }

  static func record(_ visits: [Visit]) throws -> GrowthRecord { try record(.male, visits) }

  static func record(
    _ sex: Sex?, born: CivilDate? = born, _ visits: [Visit]
  ) throws -> GrowthRecord {
    var story = Story()
    story.person(sex: sex, born: born)
    for visit in visits {
      func length(_ value: Double?) -> Length? {
        value.map { Length(tenthsOfMillimetre: Int32(($0 * 100).rounded())) }
      }
      var body = MeasurementBody()
      body.weight = visit.grams.map { Mass(grams: $0) }
      body.length = length(visit.centimetres)
      body.position = visit.centimetres == nil ? nil : visit.position
      body.headCircumference = length(visit.head)
      body.hasOedema = visit.oedema
      story.tell(.measurement, on: Self.born + AgeInDays(visit.day), body: body.bytes)
    }
    return try story.timeline.reading { try GrowthRecord(timeline: $0) }
  }

  static func weighed(_ days: [Int32], grams: [Int32]? = nil) throws -> GrowthRecord {
    // Near the median of a boy, so that no weight is implausible by itself.
    try record(
      days.enumerated().map { position, day in
        Visit(
          day: day,
          grams: grams?[position]
            ?? Int32(
              ((ChildGrowthStandards.shared.measurement(
                .weightForAge, sex: .male, day: Int(day), zScore: 0) ?? 0) * 1000).rounded()))
      })
  }

  static func told(_ answer: VelocityAnswer) -> GrowthVelocity? {
    switch answer {
    case .known(let velocity), .implausible(let velocity): velocity
    case .unknown: nil
    }
  }

  // MARK: Figures

  @Test("WHO's printed gains of weight at −3 to +3 SD, every row of both sexes")
  func printed() throws {
    var compared = 0
    for row in try FixtureTable("growth/weight_velocity_who2009.csv").rows {
      let sex = try #require(Sex(rawValue: UInt8(row["sex"]) ?? 0))
      let interval = try #require(VelocityInterval(rawValue: UInt8(row["months"]) ?? 0))
      let rows = GrowthVelocityStandards.shared.rows(.weight, interval, sex: sex)
      let position = try #require(Int(row["row"]))
      for z in -3...3 {
        let printed = try #require(row.number("sd\(z)"))
        let ours = rows[position].gain(at: Double(z))
        #expect(abs(ours - printed) <= 0.51, "line \(row.line), \(z) SD: \(ours)")
        compared += 1
      }
    }
    #expect(compared == 490)
  }

  @Test("Generated gains, judged as two visits of a child")
  func generated() throws {
    var compared: [VelocityMeasure: Int] = [:]
    var wrong: [String] = []
    for row in try FixtureTable("growth/velocity_generated.csv").rows {
      let sex = try #require(Sex(rawValue: UInt8(row["sex"]) ?? 0))
      let interval = try #require(VelocityInterval(rawValue: UInt8(row["months"]) ?? 0))
      let (measure, index): (VelocityMeasure, GrowthIndex) =
        switch row["measure"] {
        case "weight": (.weight, .weightForAge)
        case "length": (.length, .lengthHeightForAge)
        default: (.headCircumference, .headCircumferenceForAge)
        }
      let position = try #require(Int(row["row"]))
      let of = GrowthVelocityStandards.shared.rows(measure, interval, sex: sex)[position]
      let gain = try #require(row.number("gain"))
      let start = try #require(
        ChildGrowthStandards.shared.measurement(
          index, sex: sex, day: Int(of.firstDay), zScore: 0))
      var visits = [Visit(day: of.firstDay), Visit(day: of.lastDay)]
      switch measure {
      case .weight:
        let grams = Int32((start * 1000).rounded())
        visits[0].grams = grams
        visits[1].grams = grams + Int32(gain)
      case .length:
        visits[0].centimetres = (start * 100).rounded() / 100
        visits[1].centimetres = (start * 100).rounded() / 100 + gain
      case .headCircumference:
        visits[0].head = (start * 100).rounded() / 100
        visits[1].head = (start * 100).rounded() / 100 + gain
      }
      let answer = try Self.record(sex, visits).velocity(measure, interval, at: 1)
      let z = try #require(Self.told(answer)?.score?.exact, "line \(row.line)")
      if abs(z - (row.number("z") ?? .nan)) > 1e-6 { wrong.append("line \(row.line): \(z)") }
      compared[measure, default: 0] += 1
    }
    #expect(wrong.isEmpty, "\(wrong.count), the first: \(wrong.prefix(3))")
    #expect(compared == [.weight: 840, .length: 552, .headCircumference: 264])
  }

  @Test("The intervals that are tabulated, and their days")
  func intervals() throws {
    let standards = GrowthVelocityStandards.shared
    for sex in Sex.allCases {
      let month = standards.rows(.weight, .oneMonth, sex: sex)
      #expect(month.map(\.firstDay).prefix(4) == [0, 28, 61, 91])
      #expect(month.map(\.lastDay).prefix(4) == [28, 61, 91, 122])
      #expect(month.last?.lastDay == 365)
      #expect(standards.rows(.weight, .twoMonths, sex: sex).last?.lastDay == 731)
      #expect(GrowthVelocityStandards.lastDay == 754)
      #expect(standards.rows(.length, .twoMonths, sex: sex).last?.lastDay == 731)
      #expect(standards.rows(.headCircumference, .twoMonths, sex: sex).last?.lastDay == 365)
      #expect(standards.rows(.length, .oneMonth, sex: sex).isEmpty)
      #expect(standards.rows(.headCircumference, .oneMonth, sex: sex).isEmpty)
    }
  }

  @Test("More grams, a higher z-score: without a jump at the third SD, and below a loss of δ")
  func monotone() throws {
    for interval in VelocityInterval.allCases {
      for position in [0, 5, 11] {
        let row = GrowthVelocityStandards.shared.rows(.weight, interval, sex: .female)[position]
        var last = -Double.infinity
        for gain in stride(from: Int32(-900), through: 4000, by: 10) {
          // Birth weights of 4 kg: a loss of 900 g is no implausible weight on day 28.
          let visits = [
            Visit(day: row.firstDay, grams: 6000), Visit(day: row.lastDay, grams: 6000 + gain),
          ]
          let answer = try Self.record(.female, visits).velocity(.weight, interval, at: 1)
          let z = try #require(Self.told(answer)?.score?.exact)
          #expect(z > last && (gain == -900 || z - last < 0.1), "\(gain) g: \(z) after \(last)")
          last = z
        }
      }
    }
  }

  // MARK: Intervals

  @Test(
    "A month of 31 days may be 26 to 36 days, two months of 61 may be 54 to 68",
    arguments: [
      (VelocityInterval.oneMonth, 26, true), (.oneMonth, 25, false), (.oneMonth, 36, true),
      (.oneMonth, 37, false), (.twoMonths, 54, true), (.twoMonths, 53, false),
      (.twoMonths, 68, true), (.twoMonths, 69, false),
    ] as [(VelocityInterval, Int32, Bool)])
  func tolerance(interval: VelocityInterval, days: Int32, isTold: Bool) throws {
    // From the completed fifth month on: by one month 31 days (152 to 183), by two 61 (152 to 213).
    let record = try Self.weighed([152, 152 + days])
    let answer = record.velocity(.weight, interval, at: 1)
    #expect((Self.told(answer) != nil) == isTold, "\(answer)")
    if !isTold { #expect(answer == .unknown(.earlierMeasurement)) }
  }

  @Test(
    "A weight of the first two days is one at birth; until day 11 no interval begins",
    arguments: [(0, 0), (2, 0), (3, nil), (11, nil), (12, 28), (44, 28), (45, 61)]
      as [(Int32, Int32?)])
  func beginning(first: Int32, row: Int32?) throws {
    let answer = try Self.weighed([first, first + 30]).velocity(.weight, .oneMonth, at: 1)
    #expect(Self.told(answer)?.row.firstDay == row)
    if row == nil { #expect(answer == .unknown(.outsideStandard)) }
  }

  @Test(
    "The last interval of a month begins until day 351",
    arguments: [(335, true), (351, true), (352, false), (380, false)] as [(Int32, Bool)])
  func end(first: Int32, isTold: Bool) throws {
    let answer = try Self.weighed([first, first + 30]).velocity(.weight, .oneMonth, at: 1)
    #expect((Self.told(answer) != nil) == isTold)
    if !isTold { #expect(answer == .unknown(.outsideStandard)) }
  }

  @Test("The end of two years: length until day 686 + 61, head circumference until 320 + 61")
  func endOfTwoMonths() throws {
    for (measure, last) in [(VelocityMeasure.length, 686), (.headCircumference, 320)] {
      for (first, isTold) in [(Int32(last), true), (Int32(last) + 1, false)] {
        let record = try Self.record([
          Visit(day: first, centimetres: 80, head: 45),
          Visit(day: first + 61, centimetres: 81.5, head: 45.4),
        ])
        let answer = record.velocity(measure, .twoMonths, at: 1)
        #expect((Self.told(answer) != nil) == isTold, "\(measure) from day \(first)")
        if !isTold { #expect(answer == .unknown(.outsideStandard)) }
      }
    }
  }

  @Test("Of several earlier measurements the one nearest the standard's days is taken")
  func nearest() throws {
    let record = try Self.weighed([88, 92, 95, 122])
    let velocity = try #require(Self.told(record.velocity(.weight, .oneMonth, at: 3)))
    #expect(velocity.earlier == 1)
    #expect(velocity.later == 3)
    #expect(velocity.days == 30)
    #expect(velocity.row.firstDay == 91)
    #expect(
      velocity.gain == Double(record.measurements[3].body.weight?.grams ?? 0)
        - Double(record.measurements[1].body.weight?.grams ?? 0))
  }

  @Test("One month is told before two; where only two months lie between, those")
  func shortestFirst() throws {
    let monthly = try Self.weighed([122, 152, 183])
    #expect(Self.told(monthly.velocity(.weight, at: 2))?.row.interval == .oneMonth)
    let missed = try Self.weighed([122, 183])
    #expect(Self.told(missed.velocity(.weight, at: 1))?.row.interval == .twoMonths)
    let older = try Self.weighed([426, 457, 487])
    #expect(Self.told(older.velocity(.weight, at: 2))?.row.interval == .twoMonths)
    #expect(try Self.weighed([426, 457]).velocity(.weight, at: 1) == .unknown(.earlierMeasurement))
    #expect(try Self.weighed([122, 220]).velocity(.weight, at: 1) == .unknown(.earlierMeasurement))
    #expect(try Self.weighed([800, 861]).velocity(.weight, at: 1) == .unknown(.outsideStandard))
  }

  // MARK: What is missing

  @Test("Nothing is told without sex, birth date, an earlier or this measurement")
  func missing() throws {
    let visits = [Visit(day: 122, grams: 7000), Visit(day: 152, grams: 7500)]
    #expect(try Self.record(nil, visits).velocity(.weight, at: 1) == .unknown(.sex))
    #expect(
      try Self.record(.male, born: nil, visits).velocity(.weight, at: 1) == .unknown(.birthDate))
    #expect(
      try Self.record(.male, born: day("2025-01-01"), visits).velocity(.weight, at: 1)
        == .unknown(.birthDate))
    let record = try Self.record(visits)
    #expect(record.velocity(.weight, at: 0) == .unknown(.earlierMeasurement))
    #expect(record.velocity(.length, at: 1) == .unknown(.notMeasured))
    #expect(record.velocity(.headCircumference, at: 1) == .unknown(.notMeasured))
    let only = try Self.record([Visit(day: 122, grams: 7000), Visit(day: 152, centimetres: 65)])
    #expect(only.velocity(.weight, at: 1) == .unknown(.notMeasured))
    #expect(only.velocity(.length, at: 1) == .unknown(.earlierMeasurement))
  }

  @Test("Oedema at either visit: water is no gain; lengths are told all the same")
  func oedema() throws {
    for (first, second) in [(true, false), (false, true)] {
      let record = try Self.record([
        Visit(day: 122, grams: 7000, centimetres: 64, oedema: first),
        Visit(day: 183, grams: 7900, centimetres: 67, oedema: second),
      ])
      #expect(record.velocity(.weight, .twoMonths, at: 1) == .unknown(.oedema))
      #expect(Self.told(record.velocity(.length, at: 1)) != nil)
    }
  }

  // MARK: What cannot be believed

  @Test("Beyond ±5 SD, and of a weight that is implausible by itself, the gain is not believed")
  func implausible() throws {
    let sound = try Self.weighed([122, 152], grams: [7000, 7500])
    guard case .known = sound.velocity(.weight, at: 1) else {
      Issue.record("500 g within a month at four months is believed")
      return
    }
    let row = GrowthVelocityStandards.shared.rows(.weight, .oneMonth, sex: .male)[4]
    let third = row.gain(at: 3)
    // +5 SD lies two more distances from the second to the third SD beyond the third.
    let limit = Int32((third + 2 * (third - row.gain(at: 2))).rounded(.down))
    let below = try Self.weighed([122, 152], grams: [7000, 7000 + limit])
    guard case .known(let velocity) = below.velocity(.weight, at: 1) else {
      Issue.record("\(limit) g is believed")
      return
    }
    #expect(velocity.score?.hundredths == 500)
    let above = try Self.weighed([122, 152], grams: [7000, 7000 + limit + 3])
    guard case .implausible(let far) = above.velocity(.weight, at: 1) else {
      Issue.record("\(limit + 3) g is not believed")
      return
    }
    #expect(far.score?.isImplausible == true)
    #expect(!far.comesFromImplausibleMeasurement)
    let light = try Self.weighed([122, 152], grams: [2000, 2500])
    guard case .implausible(let wrong) = light.velocity(.weight, at: 1) else {
      Issue.record("a boy of four months with 2 kg is not believed")
      return
    }
    #expect(wrong.comesFromImplausibleMeasurement)
    #expect(wrong.score?.isImplausible == false)
  }

  @Test("A length that stays has a z-score, one that falls has none and is not believed")
  func smaller() throws {
    func answer(_ second: Double) throws -> VelocityAnswer {
      try Self.record([
        Visit(day: 122, centimetres: 64), Visit(day: 183, centimetres: second),
      ]).velocity(.length, at: 1)
    }
    let row = GrowthVelocityStandards.shared.rows(.length, .twoMonths, sex: .male)[4]
    guard case .known(let same) = try answer(64) else {
      Issue.record("no gain is a gain of nothing")
      return
    }
    #expect(abs((same.score?.exact ?? 0) + 1 / (row.l * row.s)) < 1e-12)
    guard case .implausible(let less) = try answer(63.9) else {
      Issue.record("nobody becomes shorter")
      return
    }
    #expect(less.score == nil)
  }

  @Test(
    "Lengths are compared as those of a lying child, also at 24 months",
    arguments: [
      (609, BodyPosition.lying, BodyPosition.standing, 1.5), (609, .standing, .lying, 0.1),
      (609, .standing, .standing, 0.8), (670, .lying, .lying, 0.8), (670, .lying, .standing, 1.5),
      (670, .standing, .standing, 0.8),
    ] as [(Int32, BodyPosition, BodyPosition, Double)])
  func position(first: Int32, one: BodyPosition, two: BodyPosition, gain: Double) throws {
    let record = try Self.record([
      Visit(day: first, centimetres: 84, position: one),
      Visit(day: first + 61, centimetres: 84.8, position: two),
    ])
    let velocity = try #require(Self.told(record.velocity(.length, at: 1)))
    #expect(abs(velocity.gain - gain) < 1e-9)
  }

  // MARK: Beside the KBM

  @Test("From the third month on the KBM lies near the middle of WHO's gains, before it lower")
  func leastGain() throws {
    for sex in Sex.allCases {
      let rows = GrowthVelocityStandards.shared.rows(.weight, .oneMonth, sex: sex)
      for month in 1...12 {
        let row = rows[month - 1]
        let least = MinimumWeightGain.kia2023.grams(sex: sex, month: month).grams
        let (low, high) = month <= 2 ? (-1.0, -0.28) : (-0.24, 0.38)
        #expect(
          Double(least) > row.gain(at: low) && Double(least) < row.gain(at: high),
          "\(sex), month \(month)")
      }
    }
  }
}
