import Foundation
import Health
import Programmes

/// Reads a survey file row by row.
enum SurveyFile {
  /// Calls `body` for each row that is not blank.
  static func read(
    _ path: String, body: (SurveyColumns, CSVRow) throws -> Void
  ) throws {
    do {
      var reader = try CSVReader(path: path)
      let heading = try reader.next { row in (0..<row.count).map { row.text($0) ?? "" } }
      guard let heading else { throw GrowthTableProblem.file(.empty) }
      let columns = try SurveyColumns(heading, reference: .who2006(agesInMonths: false))
      while try reader.next({ row in
        if row.isBlank { return }
        guard row.count == heading.count else {
          throw GrowthTableProblem.raggedRow(line: row.line)
        }
        try body(columns, row)
      }) != nil {}
    } catch let error as CSVProblem {
      throw GrowthTableProblem.file(error)
    }
  }
}

/// Where the columns of a survey file stand.
struct SurveyColumns {
  enum Name: String, CaseIterable {
    case sex, age
    case ageMonths = "age_months"
    case birthDate = "birth_date"
    case visitDate = "visit_date"
    case weight
    case length = "lenhei"
    case measure
    case head = "headc"
    case arm = "armc"
    case triceps = "triskin"
    case subscapular = "subskin"
    case oedema
    case cluster, strata
    case samplingWeight = "sw"
  }

  private var positions: [Name: Int] = [:]

  init(_ heading: [String], reference: GrowthTable.Reference) throws(GrowthTableProblem) {
    for (position, text) in heading.enumerated() {
      let plain = text.lowercased()
      let name = plain == "height" ? Name.length : Name(rawValue: plain)
      if let name, positions[name] == nil { positions[name] = position }
    }
    guard positions[.sex] != nil else { throw .missingColumn(["sex"]) }
    switch reference {
    case .who2006:
      let hasDates = positions[.birthDate] != nil && positions[.visitDate] != nil
      // Without age, weight-for-length still has an answer, so only a file with nothing is refused.
      guard positions[.age] != nil || hasDates || positions[.length] != nil else {
        throw .missingColumn(["age", "birth_date + visit_date", "lenhei"])
      }
    case .who2007:
      guard positions[.ageMonths] != nil else { throw .missingColumn(["age_months"]) }
    }
  }

  func has(_ name: Name) -> Bool { positions[name] != nil }

  /// The name of a cluster or stratum; empty where there is none, as R writes it too.
  func label(_ name: Name, _ row: CSVRow) -> String {
    let written = text(name, row)?.trimmingCharacters(in: .whitespaces) ?? ""
    return written == "NA" ? "" : written
  }

  /// How many children a row stands for; nothing where that is not written down.
  func samplingWeight(_ row: CSVRow) throws(GrowthTableProblem) -> Double? {
    let written = label(.samplingWeight, row)
    if written.isEmpty { return nil }
    guard let weight = number(.samplingWeight, row), weight >= 0 else {
      throw .badValue(line: row.line, column: Name.samplingWeight.rawValue, value: written)
    }
    return weight
  }

  func text(_ name: Name, _ row: CSVRow) -> String? {
    positions[name].flatMap { row.text($0) }
  }

  func number(_ name: Name, _ row: CSVRow) -> Double? {
    text(name, row).flatMap { TextValues.decimal($0) ?? TextValues.scientific($0) }
      .flatMap { $0.isFinite ? $0 : nil }
  }

  func measurement(_ row: CSVRow, agesInMonths: Bool) -> GrowthMeasurement {
    var measurement = GrowthMeasurement()
    measurement.sex = text(.sex, row).flatMap(TextValues.sex)
    measurement.ageDays = ageDays(row, inMonths: agesInMonths)
    measurement.weight = number(.weight, row)
    measurement.length = number(.length, row)
    measurement.position = text(.measure, row).flatMap(TextValues.position)
    measurement.headCircumference = number(.head, row)
    measurement.armCircumference = number(.arm, row)
    measurement.tricepsSkinfold = number(.triceps, row)
    measurement.subscapularSkinfold = number(.subscapular, row)
    measurement.hasOedema = text(.oedema, row).flatMap(TextValues.flag) ?? false
    return measurement
  }

  private func ageDays(_ row: CSVRow, inMonths: Bool) -> Double? {
    if let age = number(.age, row) {
      return inMonths ? age * ChildGrowthStandards.daysPerMonth : age
    }
    guard let birth = text(.birthDate, row), let visit = text(.visitDate, row),
      case .day(let born) = TextValues.date(birth), case .day(let seen) = TextValues.date(visit)
    else { return nil }
    return Double((seen - born).count)
  }
}
