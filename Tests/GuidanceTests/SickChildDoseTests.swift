import Guidance
import Health
import Programmes
import Testing

/// The dose tables are as printed, and nobody has signed them.
@Suite("Sick child: doses")
struct SickChildDoseTests {
  @Test("Rows of a dose table meet, the limit belongs to the upper one unless it is set")
  func limits() throws {
    var below = ClinicalSettings()
    let isSet = below.set(.doseLimitBelongsBelow, to: 1)
    #expect(isSet)
    for table in DosingTable.sickChild {
      for (row, next) in zip(table.rows, table.rows.dropFirst()) {
        let limit = try #require(row.until)
        #expect(limit == next.from && row.from < limit, "\(table.name)")
      }
      for (place, row) in table.rows.enumerated() {
        #expect(table.row(at: row.from) == place)
        #expect(table.row(at: row.from - 1) == (place == 0 ? nil : place - 1))
        if let until = row.until { #expect(table.row(at: until - 1) == place) }
        let setBelow = table.key == .grams ? (place == 0 ? nil : place - 1) : place
        #expect(table.row(at: row.from, settings: below) == setBelow)
        #expect(table.row(at: row.from + 1, settings: below) == place)
        #expect(row.doses.allSatisfy { $0.numerator > 0 && $0.denominator > 0 })
      }
      if let last = table.rows.last?.until { #expect(table.row(at: last) == nil) }
    }
  }

  /// A medicine by weight stays within these milligrams for each kilogram over its whole table.
  static let perKilogram: [(UInt16, Int32, ClosedRange<Double>)] = [
    (200, 500, 35...63), (202, 1, 38...63), (203, 1, 6...10), (206, 100, 7...16),
    (208, 60, 1.7...2.1),
    (290, 250, 35...46),
  ]

  @Test("Doses by weight are steady for each kilogram", arguments: perKilogram)
  func steady(number: UInt16, milligramsPerUnit: Int32, range: ClosedRange<Double>) throws {
    let table = try #require(DosingTable.sickChild.first { $0.number == number })
    for row in table.rows {
      let dose = try #require(row.doses.first)
      let milligrams = Double(dose.numerator * milligramsPerUnit) / Double(dose.denominator)
      let until = try #require(row.until)
      #expect(range.contains(milligrams / (Double(row.from + until) / 2_000)), "\(row.from)")
    }
  }

  /// Milligrams for each kilogram at the heaviest and at the lightest child of each row, of every
  /// table whose row stands beside a child; of cotrimoxazole those of trimethoprim.
  static let limits: [(UInt16, milligrams: Double, [(least: Double, most: Double)])] = [
    (200, 500, [(41.7, 62.5), (37.5, 62.5), (39.1, 62.5), (39.5, 46.9)]),
    (202, 1, [(41.7, 62.5), (43.8, 58.3), (45.0, 56.3), (42.9, 60.0), (39.5, 53.6)]),
    (203, 1, [(6.7, 10.0), (6.3, 8.3), (7.0, 8.8), (7.1, 10.0), (6.3, 8.6)]),
    (206, 100, [(7.1, 12.5), (7.1, 14.3), (10.5, 14.3)]),
    (207, 20, [(3.3, 5.0), (4.0, 6.7), (3.1, 5.0), (3.2, 3.8)]),
    (208, 60, [(1.5, 2.1), (1.6, 3.0)]),
    (290, 250, [(25.0, 62.5), (35.7, 50.0), (39.5, 53.6)]),
  ]

  @Test("No weight of a row gets more or less for each kilogram than stands here")
  func everyWeight() throws {
    for (number, milligrams, rows) in Self.limits {
      let table = try #require(DosingTable.sickChild.first { $0.number == number })
      #expect(table.rows.count == rows.count, "\(number)")
      for (row, limit) in zip(table.rows, rows) {
        let dose = try #require(row.doses.first)
        let given = Double(dose.numerator) / Double(dose.denominator) * milligrams
        for grams in try row.from..<#require(row.until) {
          let rate = given * 1_000 / Double(grams)
          #expect(
            rate > limit.least - 0.05 && rate < limit.most + 0.06, "\(number), \(grams) g: \(rate)")
        }
      }
    }
    let weighed = DosingTable.sickChild.filter { $0.key == .grams && $0.manner == .forms }
    // Those of the book alone stand beside no child.
    let bookOnly: Set<UInt16> = [201, 204, 205, 213]
    #expect(
      Set(weighed.map(\.number)) == bookOnly.union(Self.limits.map(\.0)))
  }

  /// Grams, what is given of a rate, and whether it was cut off there.
  static let most: [(UInt16, Int, Int32, Double, Bool)] = [
    // Ciprofloxacin: 15 mg/kg, at most 500 mg.
    (291, 0, 7_000, 105, false), (291, 0, 33_333, 499.995, false), (291, 0, 33_334, 500, true),
    (291, 0, 40_000, 500, true),
    // Diazepam: 0.5 mg/kg, at most 10 mg.
    (320, 0, 6_000, 3, false), (320, 0, 15_000, 7.5, false), (320, 0, 20_000, 10, false),
    (320, 0, 20_001, 10, true),
    // Phenobarbital of a young infant: 20 mg/kg.
    (321, 0, 2_500, 50, false), (321, 0, 3_500, 70, false),
    // Artesunate: 3 mg/kg below 20 kg, 2.4 mg/kg from there on.
    (322, 0, 12_000, 36, false), (322, 0, 19_999, 59.997, false), (322, 1, 20_000, 48, false),
    // Amoxicillin of the severely malnourished: 15 mg/kg.
    (327, 0, 6_400, 96, false), (327, 0, 12_000, 180, false),
  ]

  @Test("An amount for each kilogram ends at the most that is given at one time", arguments: most)
  func atMost(number: UInt16, place: Int, grams: Int32, amount: Double, isMost: Bool) throws {
    let table = try #require(DosingTable.sickChild.first { $0.number == number })
    let given = table.amount(of: try #require(table.rows[place].doses.first), grams: grams)
    #expect(abs(given.value - amount) < 0.000_1)
    #expect(given.isMost == isMost)
  }

  /// The tables as the book prints them: from, doses as numerator, denominator.
  static let printed: [(UInt16, [(Int32, [Int32])])] = [
    (
      200,
      [
        (4_000, [1, 2, 10, 1, 5, 1]), (6_000, [3, 4, 15, 1, 15, 2]), (10_000, [5, 4, 25, 1]),
        (16_000, [3, 2, 30, 1]),
      ]
    ),
    (201, [(4_000, [1, 4]), (6_000, [1, 2]), (10_000, [2, 3]), (16_000, [3, 4])]),
    (
      202,
      [
        (4_000, [250, 1, 5, 4]), (6_000, [350, 1]), (8_000, [450, 1]), (10_000, [600, 1]),
        (14_000, [750, 1]),
      ]
    ),
    (
      203,
      [
        (4_000, [40, 1]), (6_000, [50, 1]), (8_000, [70, 1]), (10_000, [100, 1]),
        (14_000, [120, 1]),
      ]
    ),
    (204, [(0, [5, 1]), (10_000, [10, 1])]),
    (205, [(5_000, [1, 2]), (7_000, [1, 1]), (10_000, [3, 2]), (14_000, [2, 1])]),
    (206, [(4_000, [1, 2, 5, 2]), (7_000, [1, 1, 5, 1]), (14_000, [2, 1, 15, 2])]),
    (207, [(4_000, [1, 1]), (6_000, [2, 1]), (10_000, [5, 2]), (16_000, [3, 1])]),
    (208, [(7_000, [1, 4, 5, 2]), (10_000, [1, 2, 5, 1])]),
    (209, [(0, [50_000, 1]), (6, [100_000, 1]), (12, [200_000, 1])]),
    (210, [(12, [200, 1]), (24, [400, 1])]),
    (211, [(4, [1, 2]), (9, [3, 4]), (12, [1, 1]), (36, [3, 2])]),
    (212, [(2, [10, 1]), (6, [20, 1])]),
    (213, [(0, [1, 3]), (4_000, [1, 2]), (10_000, [1, 1]), (17_000, [3, 2])]),
    (214, [(0, [5, 1]), (7, [15, 2])]), (215, [(0, [50, 1])]),
    (216, [(2, [30, 1, 70, 1]), (12, [30, 1, 70, 1])]), (256, [(0, [30, 1, 70, 1])]),
    (280, [(0, [75, 1])]), (281, [(0, [50, 1, 100, 1]), (12, [100, 1, 200, 1])]),
    (290, [(4_000, [1, 1, 5, 1]), (10_000, [2, 1, 10, 1]), (14_000, [3, 1, 15, 1])]),
    (291, [(2, [15, 1])]), (320, [(2, [1, 2])]), (321, [(0, [20, 1])]),
    (322, [(4_000, [3, 1]), (20_000, [12, 5])]), (327, [(6, [15, 1])]),
  ]

  /// The tables that stand beside an antibiotic of the chart book.
  static let antibiotics: [(CareAction, [UInt16])] = [
    (.amoxicillinForPneumonia, [200]), (.amoxicillinForEar, [290]),
    (.firstDoseAntibiotics, [202, 203]), (.stabiliseMalnutrition, [202, 203]),
    (.amoxicillinForMalnutrition, [327]), (.infantFirstDoseAntibiotics, [215, 214]),
    (.dysenteryAntibiotic, [207, 291]),
  ]

  @Test("How much of an antibiotic is given stands beside it", arguments: antibiotics)
  func antibiotic(action: CareAction, tables: [UInt16]) {
    #expect(action.doses.map(\.number) == tables)
  }

  /// Minutes in which the first and the second part run into a vein, by table and row: an hour and
  /// five hours under twelve months, half of it from then on.
  static let drips: [(UInt16, [[Int32]])] = [
    (216, [[60, 300], [30, 150]]), (256, [[60, 300]]),
  ]

  @Test("How fast a drip of plan C runs", arguments: drips)
  func drip(number: UInt16, minutes: [[Int32]]) throws {
    let table = try #require(DosingTable.sickChild.first { $0.number == number })
    #expect(table.rows.map(\.minutes) == minutes)
    #expect(table.rows.allSatisfy { $0.minutes.count == $0.doses.count })
  }

  /// Where each table ends.
  static let ends: [UInt16: Int32] = [
    200: 19_000, 201: 19_000, 202: 19_000, 203: 19_000, 205: 19_000, 206: 19_000, 207: 19_000,
    208: 19_000, 209: 60, 210: 60, 211: 60, 212: 60, 213: 30_000, 214: 60, 215: 60, 216: 60,
    256: 60, 280: 60, 281: 60, 290: 19_000, 291: 60, 320: 60, 321: 60, 322: 40_000,
    327: 60,
  ]

  @Test("The tables are as printed")
  func asPrinted() {
    #expect(DosingTable.sickChild.count == Self.printed.count)
    for (table, (number, rows)) in zip(DosingTable.sickChild, Self.printed) {
      #expect(table.number == number)
      #expect(table.rows.map(\.from) == rows.map(\.0), "\(number)")
      #expect(
        table.rows.map { $0.doses.flatMap { [$0.numerator, $0.denominator] } } == rows.map(\.1),
        "\(number)")
      #expect(table.rows.last?.until == Self.ends[number], "\(number)")
    }
  }
}
