import Foundation
import Health
import Programmes

/// Why a survey file cannot be worked out.
public enum GrowthTableProblem: Error, Hashable, Sendable {
  /// The file cannot be read as a table.
  case file(CSVProblem)
  /// The file has none of these columns.
  case missingColumn([String])
  /// A row has another number of columns than the heading.
  case raggedRow(line: Int)
  /// The result cannot be written there.
  case cannotWrite(path: String)
}

/// The growth standards over any survey file, with no database: every column of the file, then the
/// columns of WHO's own package under its names.
public struct GrowthTable: Sendable {
  /// The standard that is asked for.
  public enum Reference: Sendable {
    /// 0 to 5 years.
    case who2006(agesInMonths: Bool)
    /// 5 to 19 years.
    case who2007
  }

  /// The columns that ``Reference/who2006(agesInMonths:)`` adds.
  public static let columns2006 = [
    "clenhei", "cmeasure", "c9mo_flag", "cbmi", "zlen", "flen", "zwei", "fwei", "zwfl", "fwfl",
    "zbmi", "fbmi", "zhc", "fhc", "zac", "fac", "zts", "fts", "zss", "fss",
  ]
  /// The columns that ``Reference/who2007`` adds.
  public static let columns2007 = ["cbmi", "zhfa", "zwfa", "zbfa", "fhfa", "fwfa", "fbfa"]

  let reference: Reference

  /// A table by that reference.
  public init(reference: Reference) { self.reference = reference }

  /// Reads `input`, writes `output`, row by row. `output` appears only when all of it is written.
  ///
  /// - Returns: how many rows were worked out.
  public func run(input: String, output: String) throws -> Int {
    var reader: CSVReader
    do { reader = try CSVReader(path: input) } catch { throw GrowthTableProblem.file(error) }
    let heading = try reader.next { row in (0..<row.count).map { row.text($0) ?? "" } }
    guard let heading else { throw GrowthTableProblem.file(.empty) }
    let columns = try Columns(heading, reference: reference)
    let paths = [input, output].map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path }
    guard paths[0] != paths[1] else { throw GrowthTableProblem.cannotWrite(path: output) }
    let partial = output + ".partial"
    guard FileManager.default.createFile(atPath: partial, contents: nil),
      let out = FileHandle(forWritingAtPath: partial)
    else { throw GrowthTableProblem.cannotWrite(path: output) }
    do {
      let rows = try write(from: &reader, heading: heading, columns: columns, to: out)
      try out.synchronize()
      try out.close()
      guard rename(partial, output) == 0 else {
        throw GrowthTableProblem.cannotWrite(path: output)
      }
      return rows
    } catch {
      try? out.close()
      unlink(partial)
      if let error = error as? CSVProblem { throw GrowthTableProblem.file(error) }
      throw error
    }
  }

  /// The measurements of a survey file with ages in days.
  public static func measurements(in path: String) throws -> [GrowthMeasurement] {
    var reader = try CSVReader(path: path)
    let heading = try reader.next { row in (0..<row.count).map { row.text($0) ?? "" } }
    let columns = try Columns(heading ?? [], reference: .who2006(agesInMonths: false))
    var found: [GrowthMeasurement] = []
    while try reader.next({ found.append(columns.measurement($0, agesInMonths: false)) }) != nil {}
    return found
  }

  private func write(
    from reader: inout CSVReader, heading: [String], columns: Columns, to out: FileHandle
  ) throws -> Int {
    var writer = CSVWriter(separator: reader.separator)
    let added: [String]
    switch reference {
    case .who2006: added = GrowthTable.columns2006
    case .who2007: added = GrowthTable.columns2007
    }
    writer.row(heading + added)
    var rows = 0
    while try reader.next({ row in
      if row.isBlank { return }
      guard row.count == heading.count else {
        throw GrowthTableProblem.raggedRow(line: row.line)
      }
      writer.row(adding: results(for: row, columns), to: row.raw)
      rows += 1
    }) != nil {
      if writer.bytes.count > 1 << 20 { try out.write(contentsOf: writer.take()) }
    }
    try out.write(contentsOf: writer.take())
    return rows
  }

  private func results(for row: CSVRow, _ columns: Columns) -> [String] {
    switch reference {
    case .who2006(let agesInMonths):
      return GrowthTable.columns(of: columns.measurement(row, agesInMonths: agesInMonths))
    case .who2007:
      let result = SchoolAgeGrowthReference.shared.assess(
        sex: columns.text(.sex, row).flatMap(TextValues.sex),
        ageMonths: columns.number(.ageMonths, row), height: columns.number(.length, row),
        weight: columns.number(.weight, row),
        hasOedema: columns.text(.oedema, row).flatMap(TextValues.flag) ?? false)
      let scores = [result.heightForAge, result.weightForAge, result.bodyMassIndexForAge]
      return [GrowthTable.text(result.bodyMassIndex)] + scores.map(GrowthTable.text)
        + scores.map(GrowthTable.flag)
    }
  }

  private static func columns(of measurement: GrowthMeasurement) -> [String] {
    let result = ChildGrowthStandards.shared.assess(measurement)
    let isIgnored = result.length?.correction == .standingIgnoredBeforeNineMonths
    var standingEarly = isIgnored
    if measurement.length == nil, measurement.position == .standing,
      let age = measurement.ageDays,
      age / ChildGrowthStandards.daysPerMonth < ChildGrowthStandards.standingPossibleMonths
    {
      standingEarly = true
    }
    let measure =
      standingEarly
      ? "" : measurement.position.map { $0 == .lying ? "l" : "h" } ?? ""
    var values = [
      text(result.length?.centimetres), measure, standingEarly ? "1" : "0",
      text(result.bodyMassIndex),
    ]
    for index in [
      GrowthIndex.lengthHeightForAge, .weightForAge, .weightForLengthHeight,
      .bodyMassIndexForAge, .headCircumferenceForAge, .armCircumferenceForAge,
      .tricepsSkinfoldForAge, .subscapularSkinfoldForAge,
    ] {
      values += [text(result[index]), flag(result[index])]
    }
    return values
  }

  private static func text(_ value: Double?) -> String {
    guard let value else { return "" }
    return String(format: "%.15g", value)
  }

  private static func text(_ score: IndexScore?) -> String {
    guard let score else { return "" }
    return String(format: "%.15g", Double(score.hundredths) / 100)
  }

  private static func flag(_ score: IndexScore?) -> String {
    score.map { $0.isImplausible ? "1" : "0" } ?? ""
  }
}

/// Where the columns of a survey file stand.
private struct Columns {
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
