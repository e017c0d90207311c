/// One row of a growth table: the parameters of the Box-Cox normal distribution of a measurement.
struct LMSRow: Equatable, Sendable {
  /// The Box-Cox power L.
  let l: Double

  /// The median M, in the unit of the measurement.
  let m: Double

  /// The coefficient of variation S.
  let s: Double
}

/// A growth table unpacked for look-up.
///
/// Rows are consecutive positions. What a position counts depends on the table: days of age,
/// months of age, or tenths of a centimetre of length or height. L, M and S of a row lie next to
/// each other, so one look-up touches one cache line, seldom two.
struct LMSTable: Sendable {
  /// Figures per row.
  static let stride = 3

  /// Units of L and M: ten-thousandths.
  static let unitsOfLAndM = 10_000.0

  /// Units of S: hundred-thousandths.
  static let unitsOfS = 100_000.0

  /// The position of the first row.
  let first: Int

  /// The number of rows.
  let count: Int

  /// L, M and S of the first row, then of the second, and so on, as whole numbers of units.
  private let figures: [Int32]

  /// Makes a table of figures laid out row by row.
  ///
  /// - Parameters:
  ///   - first: The position of the first row.
  ///   - figures: L, M and S of each row, as whole numbers of ``unitsOfLAndM`` and ``unitsOfS``.
  init(first: Int, figures: [Int32]) {
    precondition(figures.count % Self.stride == 0)
    self.first = first
    self.count = figures.count / Self.stride
    self.figures = figures
  }

  /// The position of the last row.
  var last: Int { first + count - 1 }

  /// The row at a position, or nothing where the table has none.
  ///
  /// The units are powers of ten and the quotient is correctly rounded, so each value is the very
  /// `Double` that the published decimal figure reads as.
  ///
  /// - Parameter position: A day, a month, or a length in tenths of a centimetre.
  @inline(__always)
  func row(at position: Int) -> LMSRow? {
    guard position >= first, position - first < count else { return nil }
    let start = (position - first) * Self.stride
    return LMSRow(
      l: Double(figures[start]) / Self.unitsOfLAndM,
      m: Double(figures[start + 1]) / Self.unitsOfLAndM,
      s: Double(figures[start + 2]) / Self.unitsOfS)
  }
}

/// A growth table as it is kept in the program: three short texts.
///
/// Each column is a list of whole numbers: its first figure, its first difference, then second
/// differences. A number is written as Base64 VLQ, as in source maps: the lowest bit is the sign
/// and the rest the magnitude, in sextets of five bits, lowest first, where the sixth bit says
/// that more follow. `Tools/growth-tables/generate.py` writes these texts.
struct PackedLMSTable: Sendable {
  /// The position of the first row: a day, a month, or a length in tenths of a centimetre.
  let first: Int

  /// The number of rows.
  let count: Int

  /// L in ten-thousandths.
  let l: StaticString

  /// M in ten-thousandths.
  let m: StaticString

  /// S in hundred-thousandths.
  let s: StaticString

  /// Unpacks the table for look-up.
  ///
  /// This reads the whole text; keep the result.
  func unpack() -> LMSTable {
    var figures = [Int32](repeating: 0, count: count * LMSTable.stride)
    for (column, text) in [l, m, s].enumerated() {
      ColumnText.read(text, into: &figures, column: column, of: LMSTable.stride)
    }
    return LMSTable(first: first, figures: figures)
  }
}
