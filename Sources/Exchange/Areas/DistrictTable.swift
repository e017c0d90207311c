import Foundation
import Health

/// What a column of a list of areas or facilities tells.
protocol DistrictField: Hashable, CaseIterable, RawRepresentable, Sendable
where RawValue == String {
  /// The headings under which it may stand beside its own name; capitals and signs do not count.
  var headings: [String] { get }
  /// Whether a file without it cannot be read.
  var isNeeded: Bool { get }
}

/// A short list read whole, with the problems of its rows.
struct DistrictTable<Field: DistrictField> {
  /// The most rows: the largest district has fewer than a thousand villages, and all its schools.
  static var rowLimit: Int { 20_000 }

  /// One row that could be read as text.
  struct Entry {
    let line: Int
    fileprivate let values: [Field: String]
    fileprivate let names: [Field: String]

    /// A column's text; empty where there is none.
    subscript(_ field: Field) -> String { values[field] ?? "" }

    /// The heading of a field's column, or the field's name where it has none.
    func column(_ field: Field) -> String { names[field] ?? field.rawValue }

    /// A problem in a column.
    func problem(
      _ code: DistrictProblem.Code, _ field: Field, details: [String: String] = [:]
    ) -> DistrictProblem {
      DistrictProblem(
        code, line: line, column: column(field), value: self[field], details: details)
    }
  }

  private(set) var entries: [Entry] = []
  private(set) var problems: [DistrictProblem] = []

  /// Reads a file: CSV, or a spreadsheet (XLSX) with one sheet.
  ///
  /// - Throws: ``CSVProblem``, ``SpreadsheetProblem`` or ``DistrictTableProblem`` where it cannot be
  ///   read at all.
  init(path: String) throws {
    var table: any TableReader = try TableFile.open(path: path)
    try read(&table)
  }

  /// Reads a table that is open.
  init(_ table: some TableReader) throws {
    var table: any TableReader = table
    try read(&table)
  }

  private mutating func read(_ table: inout any TableReader) throws {
    try readRows(&table)
  }

  private mutating func readRows(_ table: inout some TableReader) throws {
    let heading = table.heading
    let columns = try DistrictTable.columns(in: heading)
    let names = columns.mapValues { heading[$0] }
    while let found = try table.next({ row -> Result<Entry?, DistrictProblem> in
      if row.isBlank { return .success(nil) }
      return DistrictTable.read(row, columns, heading).map {
        Entry(line: row.line, values: $0, names: names)
      }
    }) {
      switch found {
      case .success(let entry?): entries.append(entry)
      case .success(nil): continue
      case .failure(let problem): problems.append(problem)
      }
      guard entries.count + problems.count <= DistrictTable.rowLimit else {
        throw DistrictTableProblem.tooManyRows(limit: DistrictTable.rowLimit)
      }
    }
  }

  private static func columns(in heading: [String]) throws -> [Field: Int] {
    let keys = heading.map { TextValues.key($0) }
    var columns: [Field: Int] = [:]
    for field in Field.allCases {
      let names = Set(([field.rawValue] + field.headings).map { TextValues.key($0) })
      let found = keys.indices.filter { names.contains(keys[$0]) }
      guard found.count <= 1 else {
        throw DistrictTableProblem.columnTwice(field.rawValue, headings: found.map { heading[$0] })
      }
      columns[field] = found.first
      if found.isEmpty, field.isNeeded {
        throw DistrictTableProblem.missingColumn(field.rawValue, headings: heading)
      }
    }
    return columns
  }

  private static func read(
    _ row: some TableRow, _ columns: [Field: Int], _ heading: [String]
  ) -> Result<[Field: String], DistrictProblem> {
    func refused(
      _ code: DistrictProblem.Code, column: Int? = nil, details: [String: String] = [:]
    ) -> Result<[Field: String], DistrictProblem> {
      .failure(
        DistrictProblem(
          code, line: row.line, column: column.map { heading[$0] } ?? "",
          value: column.map { row.quotedText($0) } ?? "", details: details))
    }
    if let problem = row.problem { return refused(.unreadableCell, details: problem.named) }
    guard row.count == heading.count else {
      return refused(
        .wrongColumnCount,
        details: ["found": String(row.count), "expected": String(heading.count)])
    }
    if let column = row.columnWithTextBehindQuote {
      return refused(.textBehindQuote, column: column)
    }
    var values: [Field: String] = [:]
    for (field, column) in columns {
      if let problem = row.problem(column) {
        return refused(.unreadableCell, column: column, details: problem.named)
      }
      guard let text = row.text(column) else { return refused(.notUTF8, column: column) }
      values[field] = text
    }
    return .success(values)
  }
}

extension CellProblem {
  /// What the explanation fills in, and as `cell` which one it is.
  fileprivate var named: [String: String] {
    details.merging(["cell": code.rawValue]) { first, _ in first }
  }
}

extension DistrictTable.Entry {
  /// The longest name or address, in bytes.
  private static var longestText: Int { 500 }

  /// A text that must be there.
  func required(_ field: Field) throws(DistrictProblem) -> String {
    let text = try short(field)
    guard !text.isEmpty else { throw problem(.missingValue, field) }
    return text
  }

  /// A text of a reasonable length.
  func short(_ field: Field) throws(DistrictProblem) -> String {
    let text = self[field]
    guard text.utf8.count <= Self.longestText else {
      throw problem(.tooLong, field, details: ["limit": String(Self.longestText)])
    }
    return text
  }

  /// A day; nothing where it is empty.
  func day(_ field: Field) throws(DistrictProblem) -> CivilDate? {
    let text = self[field]
    if text.isEmpty { return nil }
    switch TextValues.date(text) {
    case .day(let date): return date
    case .noSuchDay: throw problem(.noSuchDay, field)
    case .notADate: throw problem(.notADate, field)
    }
  }

  /// A day that has come.
  func pastDay(_ field: Field, today: CivilDate) throws(DistrictProblem) -> CivilDate? {
    guard let day = try day(field) else { return nil }
    guard day <= today else {
      throw problem(.dateInFuture, field, details: ["today": DateText.iso(today)])
    }
    return day
  }

  /// Yes or no; nothing where it is empty.
  func flag(_ field: Field) throws(DistrictProblem) -> Bool? {
    if self[field].isEmpty { return nil }
    guard let flag = TextValues.flag(self[field]) else { throw problem(.unknownFlag, field) }
    return flag
  }

  /// A position; nothing where both columns are empty.
  func position(_ latitude: Field, _ longitude: Field) throws(DistrictProblem) -> Position? {
    if self[latitude].isEmpty, self[longitude].isEmpty { return nil }
    for field in [latitude, longitude] where self[field].isEmpty {
      throw problem(.halfAPosition, field)
    }
    guard let north = TextValues.decimal(self[latitude]) else {
      throw problem(.notACoordinate, latitude)
    }
    guard let east = TextValues.decimal(self[longitude]) else {
      throw problem(.notACoordinate, longitude)
    }
    do { return try Position(latitude: north, longitude: east) } catch {
      throw problem(
        error.doubt == .swapped ? .swappedCoordinates : .outsideIndonesia, latitude,
        details: ["latitude": self[latitude], "longitude": self[longitude]])
    }
  }
}
