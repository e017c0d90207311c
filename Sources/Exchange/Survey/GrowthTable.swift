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
  /// A value that cannot be used, where leaving it out would make the result wrong.
  case badValue(line: Int, column: String, value: String)
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
    let columns = try SurveyColumns(heading, reference: reference)
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
    var found: [GrowthMeasurement] = []
    try SurveyFile.read(path) { found.append($0.measurement($1, agesInMonths: false)) }
    return found
  }

  private func write(
    from reader: inout CSVReader, heading: [String], columns: SurveyColumns, to out: FileHandle
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

  private func results(for row: CSVRow, _ columns: SurveyColumns) -> [String] {
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
