/// A table of printed lines, for standards that publish no L, M and S: of each row the measurement
/// at some z-scores, in hundredths of its unit.
///
/// Coded as ``PackedLMSTable`` is; `Tools/growth-tables/generate.py` writes it.
struct PackedLineTable: Sendable {
  /// The position of the first row: a day of gestational age.
  let first: Int

  /// The number of rows.
  let count: Int

  /// The text of each line, from the lowest up.
  let lines: [StaticString]

  /// Unpacks the table for look-up. This reads the whole text; keep the result.
  func unpack() -> LineTable {
    var figures = [Int32](repeating: 0, count: count * lines.count)
    for (column, text) in lines.enumerated() {
      ColumnText.read(text, into: &figures, column: column, of: lines.count)
    }
    return LineTable(first: first, stride: lines.count, figures: figures)
  }
}

/// A table of printed lines unpacked for look-up.
struct LineTable: Sendable {
  /// The position of the first row.
  let first: Int
  /// Lines of a row.
  let stride: Int
  /// The lines of the first row, then of the second, and so on, in hundredths.
  let figures: [Int32]

  /// The lines of a row in hundredths, the lowest first; nothing where the table has no such row.
  func row(at position: Int) -> [Int32]? {
    guard position >= first, position - first < figures.count / stride else { return nil }
    let start = (position - first) * stride
    return Array(figures[start..<start + stride])
  }
}
