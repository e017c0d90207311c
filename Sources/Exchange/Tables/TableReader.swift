/// One row of a table, whatever kind of file it stands in.
///
/// Columns count from 0 here, as in a heading.
public protocol TableRow {
  /// The line, from 1, by which a person finds the row in the file.
  var line: Int { get }
  /// How many columns the row has.
  var count: Int { get }
  /// Whether the row has nothing in it.
  var isBlank: Bool { get }
  /// The row as a line of CSV without its end, to be kept where the row is refused.
  var copy: [UInt8] { get }
  /// The first column in which text stands behind a closing quotation mark, so that nobody knows
  /// which part is meant; only CSV has such.
  var columnWithTextBehindQuote: Int? { get }
  /// Why the whole row tells nothing that may be used.
  var problem: CellProblem? { get }

  /// A column's text without spaces around it; nothing where it is not UTF-8. A number has a
  /// decimal point, a day is `2024-08-05`.
  func text(_ column: Int) -> String?
  /// A column's text as far as it can be read, to be quoted to whoever mends it.
  func quotedText(_ column: Int) -> String
  /// Why a column's value may not be used; ask before ``text(_:)``.
  func problem(_ column: Int) -> CellProblem?
  /// What a reader should know of a column's value.
  func notes(_ column: Int) -> CellNotes
  /// How the file's own program names the place, as `B7`; nothing where it has no such names.
  func reference(_ column: Int) -> String?
}

extension TableRow {
  /// None: only CSV has quotation marks around its values.
  public var columnWithTextBehindQuote: Int? { nil }
  /// The text itself.
  public func quotedText(_ column: Int) -> String { text(column) ?? "" }
}

/// A table with a heading, row by row in a fixed amount of memory.
public protocol TableReader {
  /// Its rows.
  associatedtype Row: TableRow

  /// The columns' names.
  var heading: [String] { get }
  /// The heading as a line of CSV without its end.
  var headingCopy: [UInt8] { get }
  /// How much was read, in bytes; for showing progress.
  var position: Int { get }
  /// How much there is to read, in bytes.
  var size: Int { get }

  /// Calls `body` with the next row.
  ///
  /// - Returns: what `body` returns, or nothing at the end.
  mutating func next<Value>(_ body: (Row) throws -> Value) throws -> Value?
}
