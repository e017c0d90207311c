import Guidance
import Health
import Programmes
import Testing

/// What a dose table says of one child: the row of its age on the day of the visit, or of a weight
/// that is not too old.
@Suite("Sick child: the dose of one child")
struct ChildDoseTests {
  private static let visit = SickChildClinic.day

  /// A child; nothing where it was never weighed, or nobody knows when it was born.
  struct Child: Sendable {
    var months: Int?
    var days: Int32 = 0
    var grams: Int32?
    var weighedBefore: Int32 = 0

    func record() throws -> HealthRecord {
      let born = months.map { SickChildClinic(months: $0, days: days).born }
      var life = Life(.male, born: born)
      if let grams {
        let day = CivilDate(dayNumber: visit.dayNumber - weighedBefore)
        life.visit(.childDevelopment, on: day, [.weight: grams])
      }
      return try life.record(on: visit)
    }
  }

  enum Said: Equatable {
    case row(Int)
    case weighFirst(Int?)
    case ageMissing
    case outside
  }

  private static func said(
    _ number: UInt16, _ child: Child, _ settings: ClinicalSettings = ClinicalSettings()
  ) throws -> Said {
    let table = try #require(DosingTable.sickChild.first { $0.number == number })
    switch table.dose(of: try child.record(), on: visit, settings: settings) {
    case .row(let place, let weight):
      #expect(weight?.value == (table.goesByWeight ? child.grams : nil))
      return .row(place)
    case .weighFirst(let place): return .weighFirst(place)
    case .ageMissing: return .ageMissing
    case .outside: return .outside
    }
  }

  static let cases: [(UInt16, Child, Said)] = [
    // Zinc by age: a day before six months, six months, the last day below five years, five years.
    (212, Child(months: 2), .row(0)), (212, Child(months: 6, days: -1), .row(0)),
    (212, Child(months: 6), .row(1)), (212, Child(months: 60, days: -1), .row(1)),
    (212, Child(months: 60), .outside), (212, Child(months: 2, days: -1), .outside),
    (212, Child(months: nil), .ageMissing),
    // Amoxicillin by weight: below the first row, its limits, the last row and above it.
    (200, Child(months: 5, grams: 3_999), .outside), (200, Child(months: 5, grams: 4_000), .row(0)),
    (200, Child(months: 5, grams: 5_999), .row(0)), (200, Child(months: 5, grams: 6_000), .row(1)),
    (200, Child(months: 5, grams: 9_999), .row(1)),
    (200, Child(months: 50, grams: 18_999), .row(3)),
    (200, Child(months: 50, grams: 19_000), .outside),
    (200, Child(months: nil, grams: 6_000), .row(1)),
    // A weight of seven days ago, of eight, and none.
    (200, Child(months: 5, grams: 6_000, weighedBefore: 7), .row(1)),
    (200, Child(months: 5, grams: 6_000, weighedBefore: 8), .weighFirst(nil)),
    (200, Child(months: 5), .weighFirst(nil)),
    // Plan C: the row is known by age, the amount is not without a weight.
    (216, Child(months: 12, days: -1, grams: 8_000), .row(0)),
    (216, Child(months: 12, grams: 8_000), .row(1)), (216, Child(months: 12), .weighFirst(1)),
    (216, Child(months: nil, grams: 8_000), .ageMissing),
    (256, Child(months: 1, grams: 3_500), .row(0)), (256, Child(months: 1), .weighFirst(0)),
    // Gentamicin of a young infant changes at seven days.
    (214, Child(months: 0, days: 6, grams: 3_000), .row(0)),
    (214, Child(months: 0, days: 7, grams: 3_000), .row(1)),
    // Amoxicillin for the ear by weight.
    (290, Child(months: 5, grams: 3_999), .outside), (290, Child(months: 5, grams: 4_000), .row(0)),
    (290, Child(months: 12, grams: 9_999), .row(0)),
    (290, Child(months: 12, grams: 10_000), .row(1)),
    (290, Child(months: 40, grams: 13_999), .row(1)),
    (290, Child(months: 40, grams: 14_000), .row(2)),
    (290, Child(months: 58, grams: 19_000), .outside), (290, Child(months: 12), .weighFirst(nil)),
    // Ciprofloxacin for each kilogram.
    (291, Child(months: 2, days: -1, grams: 5_000), .outside),
    (291, Child(months: 2, grams: 5_000), .row(0)),
    (291, Child(months: 60, days: -1, grams: 18_000), .row(0)),
    (291, Child(months: 60, grams: 18_000), .outside), (291, Child(months: 12), .weighFirst(0)),
    // Cotrimoxazole by weight.
    (207, Child(months: 5, grams: 3_999), .outside), (207, Child(months: 5, grams: 4_000), .row(0)),
    (207, Child(months: 5, grams: 5_500), .row(0)), (207, Child(months: 8, grams: 7_000), .row(1)),
    (207, Child(months: 58, grams: 19_000), .outside), (207, Child(months: 12), .weighFirst(nil)),
    // Diazepam from two months on, for each kilogram.
    (320, Child(months: 2, days: -1, grams: 4_000), .outside),
    (320, Child(months: 2, grams: 4_000), .row(0)), (320, Child(months: 12), .weighFirst(0)),
    (320, Child(months: 60, days: -1, grams: 15_000), .row(0)),
    (320, Child(months: 60, grams: 15_000), .outside),
    // Phenobarbital of a young infant, to the last day before sixty.
    (321, Child(months: 0, grams: 2_500), .row(0)), (321, Child(months: 0), .weighFirst(0)),
    (321, Child(months: 0, days: 59, grams: 3_500), .row(0)),
    (321, Child(months: 0, days: 60, grams: 3_500), .outside),
    // Artesunate by weight.
    (322, Child(months: 3, grams: 3_999), .outside), (322, Child(months: 3, grams: 4_000), .row(0)),
    (322, Child(months: 58, grams: 19_999), .row(0)),
    (322, Child(months: 58, grams: 20_000), .row(1)),
    (322, Child(months: 58, grams: 40_000), .outside), (322, Child(months: 12), .weighFirst(nil)),
    // Iron by weight.
    (208, Child(months: 6, grams: 6_999), .outside), (208, Child(months: 6, grams: 7_000), .row(0)),
    (208, Child(months: 12, grams: 9_999), .row(0)),
    (208, Child(months: 12, grams: 10_000), .row(1)),
    (208, Child(months: 12), .weighFirst(nil)),
    // Amoxicillin of the severely malnourished, from six months on.
    (327, Child(months: 6, days: -1, grams: 4_200), .outside),
    (327, Child(months: 6, grams: 4_200), .row(0)), (327, Child(months: 12), .weighFirst(0)),
    (327, Child(months: 60, days: -1, grams: 9_000), .row(0)),
    (327, Child(months: 60, grams: 9_000), .outside),
    (280, Child(months: 0, days: 20, grams: 3_500), .row(0)),
    (281, Child(months: 12, days: -1), .row(0)), (281, Child(months: 12), .row(1)),
  ]

  @Test("The row of a child, at the limits and where something is missing", arguments: cases)
  func table(number: UInt16, child: Child, said: Said) throws {
    #expect(try Self.said(number, child) == said)
  }

  @Test("A district sets how old the weight may be")
  func setting() throws {
    var settings = ClinicalSettings()
    let isSet = settings.set(.doseWeightDays, to: 0)
    #expect(isSet)
    let yesterday = Child(months: 5, grams: 6_000, weighedBefore: 1)
    #expect(try Self.said(200, yesterday, settings) == .weighFirst(nil))
    #expect(try Self.said(200, Child(months: 5, grams: 6_000), settings) == .row(1))
  }

  @Test("Every action that names a dose has a table of the book")
  func actions() {
    let rows = Guideline.motherAndChild.flatMap(\.tables).flatMap(\.rows)
    let told = Set(rows.flatMap(\.actions).flatMap(\.doses).map(\.number))
    #expect(
      told == [
        200, 202, 203, 206, 207, 208, 209, 210, 212, 214, 215, 216, 256, 280, 281, 290, 291, 320,
        321, 322, 327,
      ])
    #expect(told.isSubset(of: DosingTable.sickChild.map(\.number)))
  }
}
