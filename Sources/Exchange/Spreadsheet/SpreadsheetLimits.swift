/// What a spreadsheet may be at most. Real files of a district stay far below; a file made to
/// bring the program down is stopped here before it has cost anything.
public struct SpreadsheetLimits: Hashable, Sendable {
  /// The file as it was sent, in bytes.
  public var fileBytes = 20 << 20
  /// Files inside the packed file.
  public var entries = 200
  /// One part unpacked, in bytes; counted while it is read, whatever the file says of itself.
  public var partBytes = 200 << 20
  /// All parts that are read, unpacked, in bytes.
  public var unpackedBytes = 300 << 20
  /// How many times larger a part may become by unpacking, where it is larger than
  /// ``ratioFreeBytes``.
  public var ratio = 200
  /// Up to this size a part may unpack by any ratio, in bytes.
  public var ratioFreeBytes = 1 << 20
  /// Elements within elements; real files have seven.
  public var depth = 32
  /// Attributes of one element.
  public var attributes = 64
  /// One attribute, in bytes.
  public var attributeBytes = 8 << 10
  /// One tag, comment or instruction, in bytes.
  public var tagBytes = 1 << 20
  /// One cell's text in UTF-16 units, as spreadsheet programs count.
  public var cellText = 32_767
  /// All texts of one row, in bytes.
  public var rowBytes = 1 << 20
  /// The last row that may hold anything.
  public var rows = 1_048_576
  /// The last column that may hold anything.
  public var columns = 200
  /// Texts in the table of shared texts.
  public var sharedTexts = 2_000_000
  /// The table of shared texts, in bytes.
  public var sharedTextBytes = 64 << 20
  /// Merged ranges of one sheet.
  public var mergedRanges = 100_000
  /// Cell formats.
  public var formats = 65_536
  /// The time that reading may take, in seconds; the caller's own work between rows does not
  /// count.
  public var seconds = 60

  /// What the program allows.
  public static let standard = SpreadsheetLimits()

  /// The standard limits, for changing single ones.
  public init() {}
}
