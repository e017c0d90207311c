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
    (291, [(2, [15, 1])]),
  ]

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
    256: 60, 280: 60, 281: 60, 290: 19_000, 291: 60,
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
