import Samples
import Testing

@testable import Programmes

@Suite("Rounding and flags")
struct RoundingTests {
  @Test(
    "A tie goes to the even hundredth",
    arguments: [
      (0.125, 12), (-0.125, -12), (0.375, 38), (-0.375, -38), (0.625, 62), (0.875, 88),
      (2.125, 212), (-2.125, -212),
    ])
  func ties(z: Double, hundredths: Int32) {
    #expect(IndexScore.roundedHundredths(z) == hundredths)
  }

  @Test(
    "Otherwise to the nearer",
    arguments: [
      (0, 0), (-0.0, 0), (0.004, 0), (0.006, 1), (-0.004, 0), (-0.006, -1), (-1.994_9, -199),
      (-1.995_1, -200), (-2.004_9, -200), (-2.005_1, -201), (-2, -200), (-2.01, -201), (3, 300),
      (1.004_999, 100), (1.005_001, 101), (-3.005_001, -301),
    ] as [(Double, Int32)])
  func nearer(z: Double, hundredths: Int32) {
    #expect(IndexScore.roundedHundredths(z) == hundredths)
  }

  @Test("Every decimal with two places is itself")
  func decimals() {
    let wrong = (-2_000...2_000).filter {
      IndexScore.roundedHundredths(Double($0) / 100) != Int32($0)
    }
    #expect(wrong.isEmpty)
  }

  @Test("What is no number in range gives an extreme and is not believed")
  func extremes() {
    for z in [Double.infinity, -.infinity, .nan, 1e300, -1e300] {
      for index in GrowthIndex.allCases {
        #expect(IndexScore(z, index: index).isImplausible, "\(z)")
      }
    }
  }

  @Test(
    "Values are flagged beyond the limits of their index, and not at them",
    arguments: [
      (GrowthIndex.lengthHeightForAge, -6.0, 6.0), (.weightForAge, -6, 5),
      (.weightForLengthHeight, -5, 5), (.bodyMassIndexForAge, -5, 5),
      (.headCircumferenceForAge, -5, 5), (.armCircumferenceForAge, -5, 5),
      (.tricepsSkinfoldForAge, -5, 5), (.subscapularSkinfoldForAge, -5, 5),
    ])
  func flags(index: GrowthIndex, low: Double, high: Double) {
    #expect(!IndexScore(low, index: index).isImplausible)
    #expect(!IndexScore(high, index: index).isImplausible)
    #expect(IndexScore(low - 0.01, index: index).isImplausible)
    #expect(IndexScore(high + 0.01, index: index).isImplausible)
    // Rounded before it is flagged.
    #expect(!IndexScore(low - 0.004, index: index).isImplausible)
    #expect(!IndexScore(high + 0.004, index: index).isImplausible)
  }

  @Test(
    "Ages are rounded to days, halves up; nothing beyond the standards",
    arguments: [
      (-0.51, nil), (-0.5, 0), (0, 0), (0.49, 0), (0.5, 1), (730.5, 731), (730.49, 730),
      (1826, 1826), (1826.49, 1826), (1826.5, nil), (1e300, nil), (-1e300, nil),
      (.infinity, nil), (.nan, nil),
    ] as [(Double, Int?)])
  func days(age: Double, day: Int?) {
    #expect(ChildGrowthStandards.tableDay(age) == day)
  }
}

@Suite("Tables")
struct TableTests {
  typealias Spot = (table: PackedLMSTable, position: Int, l: Double, m: Double, s: Double)

  /// Rows as WHO printed them.
  static let spots: [(String, Spot)] = [
    ("boys' length", (WHO2006Tables.boysLengthHeightForAge, 0, 1, 49.8842, 0.03795)),
    ("girls' length", (WHO2006Tables.girlsLengthHeightForAge, 0, 1, 49.1477, 0.0379)),
    ("boys' weight", (WHO2006Tables.boysWeightForAge, 0, 0.3487, 3.3464, 0.14602)),
    ("girls' weight", (WHO2006Tables.girlsWeightForAge, 0, 0.3809, 3.2322, 0.14171)),
    ("boys' BMI", (WHO2006Tables.boysBMIForAge, 0, -0.3053, 13.4069, 0.0956)),
    ("girls' BMI", (WHO2006Tables.girlsBMIForAge, 0, -0.0631, 13.3363, 0.09272)),
    ("boys' head", (WHO2006Tables.boysHeadCircumferenceForAge, 0, 1, 34.4618, 0.03686)),
    ("girls' head", (WHO2006Tables.girlsHeadCircumferenceForAge, 0, 1, 33.8787, 0.03496)),
    ("boys' 45 cm", (WHO2006Tables.boysWeightForLength, 450, -0.3521, 2.441, 0.09182)),
    ("girls' 45 cm", (WHO2006Tables.girlsWeightForLength, 450, -0.3833, 2.4607, 0.09029)),
    ("boys' 65 cm", (WHO2006Tables.boysWeightForHeight, 650, -0.3521, 7.4327, 0.08217)),
    ("girls' 65 cm", (WHO2006Tables.girlsWeightForHeight, 650, -0.3833, 7.2402, 0.09113)),
  ]

  @Test("Spot rows", arguments: spots.indices)
  func spot(position: Int) throws {
    let (name, expected) = Self.spots[position]
    let row = try #require(expected.table.unpack().row(at: expected.position), "\(name)")
    #expect(row == LMSRow(l: expected.l, m: expected.m, s: expected.s), "\(name)")
  }

  @Test("A table ends where it ends")
  func ends() {
    let table = WHO2006Tables.boysWeightForAge.unpack()
    #expect(table.row(at: -1) == nil)
    #expect(table.row(at: 1827) == nil)
    #expect(table.row(at: .max) == nil)
    #expect(table.row(at: .min) == nil)
    #expect(table.row(at: 1826) != nil)
    let arm = WHO2006Tables.girlsArmCircumferenceForAge.unpack()
    #expect(arm.row(at: 90) == nil)
    #expect(arm.row(at: 91) != nil)
  }

  @Test("Medians grow with length, and every row is a distribution")
  func plausible() throws {
    let standards = ChildGrowthStandards.shared
    for tables in [standards.boys, standards.girls] {
      for table in tables.byAge + [tables.weightForLength, tables.weightForHeight] {
        for position in table.first...table.last {
          let row = try #require(table.row(at: position))
          #expect(row.m > 0 && row.s > 0 && row.s < 0.5 && abs(row.l) < 4)
        }
      }
      for table in [tables.byAge[0], tables.weightForLength, tables.weightForHeight] {
        // From day 730 to 731 the median falls by 0.7 cm: lying before, standing after.
        let falls = (table.first..<table.last).filter {
          (table.row(at: $0 + 1)?.m ?? 0) < (table.row(at: $0)?.m ?? 0)
        }
        #expect(falls == (table.first == 0 ? [730] : []))
      }
    }
  }
}
