import Health

/// Where the rows of a file that was brought in name whom they are about.
public struct NameColumn: Sendable {
  private let heading: String
  private let position: Int

  /// Finds the column by the headings that lists of its kind have for it.
  ///
  /// - Parameters:
  ///   - kind: what kind of list it is.
  ///   - heading: the file's first row as it stood there.
  /// - Returns: nothing where no column has such a heading, or the heading cannot be read.
  public init?(_ kind: ImportKind, heading: String) {
    let names: [String] =
      switch kind {
      case .measurements: MeasurementMapping.ePPGBM.columns[.name] ?? []
      case .households: HouseholdField.name.headings
      case .staff: StaffField.name.headings
      // No list: there are no rows.
      case .residents: []
      }
    guard let cells = NameColumn.rows(heading).first else { return nil }
    let keys = cells.map { TextValues.key($0) }
    let found = names.lazy.compactMap { keys.firstIndex(of: TextValues.key($0)) }.first
    guard let found else { return nil }
    self.heading = heading
    position = found
  }

  /// Whom a row is about, as it calls them; empty where it cannot be read or does not say so.
  ///
  /// - Parameter row: the row as it stood in the file.
  public func name(in row: String) -> String {
    // Read below its heading: that tells what stands between the columns.
    guard let cells = NameColumn.rows(heading + "\n" + row).dropFirst().first,
      cells.indices.contains(position)
    else { return "" }
    return cells[position]
  }

  private static func rows(_ text: String) -> [[String]] {
    var reader = CSVReader(bytes: Array(text.utf8))
    var rows: [[String]] = []
    // A row that is no CSV names nobody here; it was refused for that.
    while let row = try? reader.next({ row in (0..<row.count).map { row.text($0) ?? "" } }) {
      rows.append(row)
    }
    return rows
  }
}
