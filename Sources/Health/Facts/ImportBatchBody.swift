/// What kind of list a file held.
public enum ImportKind: UInt8, Hashable, Sendable, CaseIterable {
  /// Weighings and measurements.
  case measurements = 1
  /// Households with their members.
  case households = 2
  /// Workers with their roles.
  case staff = 3
  /// No list: those who lived in a place that is no more, moved together.
  case residents = 4
}

/// A list that was taken in: what file, and what became of its rows. The fact's place is the one
/// that the list is for, its recorder who brought it, its id the device of every fact of the list.
///
/// A correction tells the counts at the end, and what an undo took back.
public struct ImportBatchBody: Hashable, Sendable {
  /// What kind of list it is.
  public var kind: ImportKind
  /// The file's name without its folders.
  public var fileName: [UInt8]
  /// SHA-256 of the file, 32 bytes; empty where it could be read only once.
  public var digest: [UInt8] = []
  /// Rows by which somebody came to be known.
  public var newRows: Int64?
  /// Rows that changed what was known.
  public var changedRows: Int64?
  /// Rows that were known already.
  public var sameRows: Int64?
  /// Rows that were refused.
  public var refusedRows: Int64?
  /// Facts that an undo withdrew.
  public var withdrawnFacts: Int64?
  /// Facts that an undo left, since others have built on them.
  public var keptFacts: Int64?

  /// A list that begins to be taken in.
  public init(kind: ImportKind, fileName: [UInt8], digest: [UInt8] = []) {
    self.kind = kind
    self.fileName = fileName
    self.digest = digest
  }

  /// Reads the fields; a list of no known kind, or with a digest of another length, is of unknown
  /// form.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    guard let kind: ImportKind = fields.code(3) else { throw .unknownForm }
    self.init(kind: kind, fileName: fields.text(1), digest: fields.text(2))
    guard digest.isEmpty || digest.count == 32 else { throw .unknownForm }
    newRows = fields.number(4)
    changedRows = fields.number(5)
    sameRows = fields.number(6)
    refusedRows = fields.number(7)
    withdrawnFacts = fields.number(8)
    keptFacts = fields.number(9)
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.bytes(1, fileName)
    writer.bytes(2, digest)
    writer.code(3, kind)
    writer.number(4, newRows)
    writer.number(5, changedRows)
    writer.number(6, sameRows)
    writer.number(7, refusedRows)
    writer.number(8, withdrawnFacts)
    writer.number(9, keptFacts)
    return writer.bytes
  }
}
