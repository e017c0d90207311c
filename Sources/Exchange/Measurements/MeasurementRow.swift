import Foundation
import Health

/// A row that could be read: who, where, when, what.
struct MeasurementRow: Sendable {
  var line = 0
  var nationalIdentityNumber = ""
  var localIdentifier = ""
  var name = ""
  var motherName = ""
  var sex: Sex?
  var birthDate: CivilDate?
  var birthDateCertainty = BirthDateCertainty.exact
  var birthWeight: Mass?
  var birthLength: Length?
  var birthHeadCircumference: Length?
  var gestationalAge: AgeInDays?
  var district = ""
  var puskesmas = ""
  var village = ""
  var posyandu = ""
  var visitDate = CivilDate(dayNumber: 0)
  var body = MeasurementBody()
  /// What somebody should look at again, though the row is sound enough to be taken.
  var warnings: [RowWarning] = []
}

/// Reads rows of a file by its mapping; strict, and with every refusal explained.
struct MeasurementRowReader {
  let mapping: MeasurementMapping
  let columns: [MeasurementField: Int]
  let heading: [String]
  let today: CivilDate

  private let order: TextValues.DateOrder

  init(
    mapping: MeasurementMapping, heading: [String], today: CivilDate
  ) throws(MappingProblem) {
    self.mapping = mapping
    self.heading = heading
    self.today = today
    columns = try mapping.columns(in: heading)
    order = mapping.dateOrder.flatMap(TextValues.DateOrder.init) ?? .dayMonthYear
  }

  /// The heading of a field's column, or the field's name where it has none.
  func columnName(of field: MeasurementField?) -> String {
    guard let field else { return "" }
    return columns[field].map { heading[$0] } ?? field.rawValue
  }

  func read(_ row: CSVRow) throws(RowProblem) -> MeasurementRow {
    guard row.count == heading.count else {
      throw RowProblem(
        .wrongColumnCount,
        details: ["found": String(row.count), "expected": String(heading.count)])
    }
    if let column = row.columnWithTextBehindQuote {
      throw RowProblem(
        .textBehindQuote, columns.first { $0.value == column }?.key,
        value: row.text(column) ?? "", details: ["column": heading[column]])
    }
    var result = MeasurementRow()
    result.line = row.line
    result.visitDate = try visitDate(row)
    try readIdentity(row, into: &result)
    result.district = try text(.district, row)
    result.puskesmas = try text(.puskesmas, row)
    result.village = try text(.village, row)
    result.posyandu = try text(.posyandu, row)
    if result.village.isEmpty && result.posyandu.isEmpty {
      throw RowProblem(.missingValue, .village)
    }
    result.body = try measurement(row)
    return result
  }

  private func text(_ field: MeasurementField, _ row: CSVRow) throws(RowProblem) -> String {
    guard let column = columns[field] else { return mapping.constants?[field] ?? "" }
    guard let text = row.text(column) else {
      throw RowProblem(
        .notUTF8, field, value: String(decoding: row.bytes(column), as: UTF8.self))
    }
    if let meaning = mapping.values?[field]?[text] { return meaning }
    return text
  }

  private func visitDate(_ row: CSVRow) throws(RowProblem) -> CivilDate {
    guard let date = try date(.visitDate, row) else { throw RowProblem(.missingValue, .visitDate) }
    if date > today {
      throw RowProblem(
        .dateInFuture, .visitDate, value: try text(.visitDate, row),
        details: ["today": DateText.iso(today)])
    }
    return date
  }

  /// A day since 1900. How late it may be is judged by what it means: no visit lies after today, no
  /// birth after the visit.
  private func date(_ field: MeasurementField, _ row: CSVRow) throws(RowProblem) -> CivilDate? {
    let text = try text(field, row)
    if text.isEmpty { return nil }
    switch TextValues.date(text, order: order) {
    case .day(let date):
      guard date >= DateText.earliest else {
        throw RowProblem(
          .dateTooEarly, field, value: text, details: ["low": DateText.iso(DateText.earliest)])
      }
      return date
    case .noSuchDay: throw RowProblem(.noSuchDay, field, value: text)
    case .notADate: throw RowProblem(.notADate, field, value: text)
    }
  }

  private func readIdentity(
    _ row: CSVRow, into result: inout MeasurementRow
  ) throws(RowProblem) {
    result.name = try text(.name, row)
    result.motherName = try text(.motherName, row)
    let localIdentifier = try text(.localIdentifier, row)
    if !localIdentifier.isEmpty {
      result.localIdentifier = (mapping.source.map { $0 + "/" } ?? "") + localIdentifier
    }
    let number = try nationalIdentityNumber(row)
    if let number { result.nationalIdentityNumber = String(decoding: number.digits, as: UTF8.self) }
    let sexText = try text(.sex, row)
    guard !sexText.isEmpty else { throw RowProblem(.missingValue, .sex) }
    guard let sex = TextValues.sex(sexText) else {
      throw RowProblem(.unknownSex, .sex, value: sexText)
    }
    result.sex = sex
    try readBirth(row, into: &result)
    if number == nil, result.localIdentifier.isEmpty, result.name.isEmpty {
      throw RowProblem(.noIdentity, .name)
    }
    result.birthWeight = try birthWeight(row)
    result.birthLength = try length(.birthLength, row, 20...70)
    result.birthHeadCircumference = try length(.birthHeadCircumference, row, 15...60)
    result.gestationalAge = try gestationalAge(row)
    if let number { result.warnings += RowWarning.contradictions(of: number, with: result) }
  }

  private func nationalIdentityNumber(
    _ row: CSVRow
  ) throws(RowProblem) -> NationalIdentityNumber? {
    var text = try text(.nationalIdentityNumber, row)
    // Spreadsheets keep all sixteen digits only behind an apostrophe.
    if text.hasPrefix("'") { text.removeFirst() }
    if text.isEmpty || text == "-" || text == "0" { return nil }
    guard let number = NationalIdentityNumber(text.utf8) else {
      throw RowProblem(.wrongIdentityNumber, .nationalIdentityNumber, value: text)
    }
    return number
  }

  private func readBirth(_ row: CSVRow, into result: inout MeasurementRow) throws(RowProblem) {
    if let birth = try date(.birthDate, row) {
      guard birth <= result.visitDate else {
        throw RowProblem(
          .beforeBirth, .visitDate, value: try text(.visitDate, row),
          details: ["birth": DateText.iso(birth)])
      }
      result.birthDate = birth
      return
    }
    result.birthDateCertainty = .estimatedFromAge
    if let days = try number(.ageDays, row, 0...7000) {
      result.birthDate = CivilDate(dayNumber: result.visitDate.dayNumber - Int32(days.rounded()))
    } else if let months = try number(.ageMonths, row, 0...230) {
      let days = (months * 30.4375 + 0.5).rounded(.down)
      result.birthDate = CivilDate(dayNumber: result.visitDate.dayNumber - Int32(days))
    } else {
      throw RowProblem(.missingValue, .birthDate)
    }
  }

  /// e-PPGBM holds weights at birth in kilograms, older files in grams; no newborn is both.
  private func birthWeight(_ row: CSVRow) throws(RowProblem) -> Mass? {
    guard let value = try number(.birthWeight, row, 0...8000), value > 0 else { return nil }
    let grams = value < 20 ? value * 1000 : value
    guard (300...8000).contains(grams) else {
      throw RowProblem(
        .outOfRange, .birthWeight, value: try text(.birthWeight, row),
        details: ["low": "0.3", "high": "8"])
    }
    return Mass(grams: Int32(grams.rounded()))
  }

  /// Between 22+0 and 44+6 weeks: earlier it is no birth, and nobody is carried longer.
  private func gestationalAge(_ row: CSVRow) throws(RowProblem) -> AgeInDays? {
    let text = try text(.gestationalAge, row)
    if text.isEmpty || text == "-" { return nil }
    guard let age = TextValues.gestationalAge(text) else {
      throw RowProblem(.notGestationalAge, .gestationalAge, value: text)
    }
    guard (22 * 7...44 * 7 + 6).contains(age.count) else {
      throw RowProblem(
        .outOfRange, .gestationalAge, value: text, details: ["low": "22+0", "high": "44+6"])
    }
    return age
  }

  private func measurement(_ row: CSVRow) throws(RowProblem) -> MeasurementBody {
    var body = MeasurementBody()
    if let kilograms = try number(.weight, row, 0.3...200) {
      let grams = mapping.units?[.weight] == "g" ? kilograms : kilograms * 1000
      body.weight = Mass(grams: Int32(grams.rounded()))
    }
    body.length = try length(.length, row, 20...230)
    body.headCircumference = try length(.headCircumference, row, 20...70)
    body.armCircumference = try length(.armCircumference, row, 5...50)
    body.tricepsSkinfold = try skinfold(.tricepsSkinfold, row)
    body.subscapularSkinfold = try skinfold(.subscapularSkinfold, row)
    let position = try text(.position, row)
    if !position.isEmpty {
      guard let known = TextValues.position(position) else {
        throw RowProblem(.unknownPosition, .position, value: position)
      }
      body.position = known
    }
    body.hasOedema = try flag(.oedema, row)
    body.hasChildHealthBook = try flag(.childHealthBook, row)
    if body.weight == nil, body.length == nil, body.armCircumference == nil,
      body.headCircumference == nil
    {
      throw RowProblem(.nothingMeasured, .weight)
    }
    body.sourceLine = Int32(truncatingIfNeeded: row.line)
    return body
  }

  private func flag(_ field: MeasurementField, _ row: CSVRow) throws(RowProblem) -> Bool? {
    let text = try text(field, row)
    if text.isEmpty { return nil }
    guard let flag = TextValues.flag(text) else {
      throw RowProblem(.unknownFlag, field, value: text)
    }
    return flag
  }

  /// A length in centimetres, or millimetres where the mapping says so.
  private func length(
    _ field: MeasurementField, _ row: CSVRow, _ range: ClosedRange<Double>
  ) throws(RowProblem) -> Length? {
    let isMillimetres = mapping.units?[field] == "mm"
    let limits = isMillimetres ? range.lowerBound * 10...range.upperBound * 10 : range
    guard let value = try number(field, row, limits) else { return nil }
    return Length(tenthsOfMillimetre: Int32((isMillimetres ? value * 10 : value * 100).rounded()))
  }

  private func skinfold(_ field: MeasurementField, _ row: CSVRow) throws(RowProblem) -> Length? {
    guard let value = try number(field, row, 1...80) else { return nil }
    return Length(tenthsOfMillimetre: Int32((value * 10).rounded()))
  }

  /// A number in a range; an empty cell and a lone hyphen are nothing.
  private func number(
    _ field: MeasurementField, _ row: CSVRow, _ range: ClosedRange<Double>
  ) throws(RowProblem) -> Double? {
    let text = try text(field, row)
    if text.isEmpty || text == "-" { return nil }
    guard let value = TextValues.decimal(text) else {
      throw RowProblem(.notANumber, field, value: text)
    }
    let isGrams = mapping.units?[field] == "g"
    let limits = isGrams ? range.lowerBound * 1000...range.upperBound * 1000 : range
    guard limits.contains(value) else {
      throw RowProblem(
        .outOfRange, field, value: text,
        details: [
          "low": DateText.plain(limits.lowerBound), "high": DateText.plain(limits.upperBound),
        ])
    }
    return value
  }
}

/// Dates and numbers as files and messages write them.
public enum DateText {
  /// 1900-01-01: nobody in a file of children was born before it.
  static let earliest = CivilDate(dayNumber: -25_567)

  /// A day as 2001-08-05.
  public static func iso(_ date: CivilDate) -> String {
    let parts = date.components
    return String(format: "%04d-%02d-%02d", parts.year, parts.month, parts.day)
  }

  static func plain(_ value: Double) -> String {
    value == value.rounded() ? String(Int(value)) : String(value)
  }
}
