import Health
import Programmes
import Samples
import Testing

/// One index with the names of its columns.
struct GrowthColumns: Sendable {
  let index: GrowthIndex
  let score: String
  let flag: String

  static let childhood = [
    GrowthColumns(index: .lengthHeightForAge, score: "zlen", flag: "flen"),
    GrowthColumns(index: .weightForAge, score: "zwei", flag: "fwei"),
    GrowthColumns(index: .weightForLengthHeight, score: "zwfl", flag: "fwfl"),
    GrowthColumns(index: .bodyMassIndexForAge, score: "zbmi", flag: "fbmi"),
    GrowthColumns(index: .headCircumferenceForAge, score: "zhc", flag: "fhc"),
    GrowthColumns(index: .armCircumferenceForAge, score: "zac", flag: "fac"),
  ]

  static let smart = childhood.filter { $0.index != .headCircumferenceForAge }

  static let mySurvey =
    childhood.map { GrowthColumns(index: $0.index, score: "e_" + $0.score, flag: "") } + [
      GrowthColumns(index: .tricepsSkinfoldForAge, score: "e_zts", flag: ""),
      GrowthColumns(index: .subscapularSkinfoldForAge, score: "e_zss", flag: ""),
    ]
}

/// Counts what was compared and keeps what differs.
struct Comparison {
  private(set) var compared = 0
  private(set) var differences: [String] = []

  mutating func compare(
    _ result: GrowthAssessment, _ row: FixtureTable.Row, _ columns: [GrowthColumns], flagged: Bool
  ) {
    for column in columns {
      compare(
        column.score, result[column.index], flag: flagged ? column.flag : nil, row)
    }
  }

  /// A z-score to both decimals, its flag, and whether there is one at all.
  mutating func compare(
    _ column: String, _ score: IndexScore?, flag: String?, _ row: FixtureTable.Row
  ) {
    let expected = row.hundredths(column)
    if expected != nil { compared += 1 }
    if score?.hundredths != expected {
      differences.append(
        "line \(row.line) \(column): \(row[column]), ours \(score.map { "\($0.exact)" } ?? "")")
    }
    guard let flag else { return }
    let ourFlag = score.map { $0.isImplausible ? "1" : "0" } ?? ""
    if ourFlag != row[flag] {
      differences.append("line \(row.line) \(flag): \(row[flag]), ours \(ourFlag)")
    }
  }

  /// A length or body mass index to all digits that are given.
  mutating func compare(_ column: String, _ value: Double?, _ row: FixtureTable.Row) {
    let expected = row.number(column)
    let agrees =
      switch (value, expected) {
      case (nil, nil): true
      case (let value?, let expected?): abs(value - expected) <= 1e-11 * max(1, abs(expected))
      default: false
      }
    if !agrees {
      differences.append(
        "line \(row.line) \(column): \(row[column]), ours \(value.map { "\($0)" } ?? "")")
    }
  }

  /// What WHO's package worked out before the z-scores.
  mutating func compareLength(_ result: GrowthAssessment, _ row: FixtureTable.Row) {
    compare("clenhei", result.length?.centimetres, row)
    compare("cbmi", result.bodyMassIndex, row)
    guard let length = result.length else { return }
    // WHO's column is the position that was written down and believed; empty where there is none.
    let believed = length.positionAssumed ? "" : row["measure"]
    if believed != row["cmeasure"] {
      differences.append("line \(row.line) cmeasure: \(row["cmeasure"]), ours \(believed)")
    }
    let isIgnored = length.correction == .standingIgnoredBeforeNineMonths
    if isIgnored != (row["c9mo_flag"] == "1") {
      differences.append("line \(row.line) c9mo_flag: \(row["c9mo_flag"])")
    }
  }

  func expectAgreement(
    compared least: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(compared >= least, "too little was compared", sourceLocation: sourceLocation)
    #expect(
      differences.isEmpty,
      "\(differences.count) differ, the first: \(differences.prefix(5).joined(separator: "; "))",
      sourceLocation: sourceLocation)
  }
}

extension Sex {
  /// Reads `m`, `f`, `1` or `2`.
  init?(_ text: String) {
    switch text {
    case "m", "1": self = .male
    case "f", "2": self = .female
    default: return nil
    }
  }
}

extension BodyPosition {
  /// Reads `l` or `h`.
  init?(_ text: String) {
    switch text {
    case "l": self = .lying
    case "h": self = .standing
    default: return nil
    }
  }
}

extension GrowthMeasurement {
  init(generated row: FixtureTable.Row) {
    self.init()
    sex = Sex(row["sex"])
    ageDays = row.number("age").map {
      row["age_unit"] == "months" ? $0 * ChildGrowthStandards.daysPerMonth : $0
    }
    weight = row.number("weight")
    length = row.number("lenhei")
    position = BodyPosition(row["measure"])
    headCircumference = row.number("headc")
    armCircumference = row.number("armc")
    hasOedema = row["oedema"] == "y"
  }

  init(mySurvey row: FixtureTable.Row) {
    self.init()
    sex = Sex(row["GENDER"])
    ageDays = row.number("agemons").map { $0 * ChildGrowthStandards.daysPerMonth }
    weight = row.number("WEIGHT")
    length = row.number("HEIGHT")
    position = BodyPosition(row["measure"])
    headCircumference = row.number("HEAD")
    armCircumference = row.number("MUAC")
    tricepsSkinfold = row.number("TRI")
    subscapularSkinfold = row.number("SUB")
    hasOedema = row["oedema"] == "y"
  }

  init(smart row: FixtureTable.Row) {
    self.init()
    sex = Sex(row["sex"])
    ageDays = row.number("age").map { $0 * ChildGrowthStandards.daysPerMonth }
    weight = row.number("weight")
    length = row.number("height")
    armCircumference = row.number("muac").map { $0 / 10 }
    hasOedema = row["oedema"] == "1"
  }
}
