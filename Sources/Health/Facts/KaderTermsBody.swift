/// One of the five T: what a kader needs to do the work well.
public enum KaderTerm: UInt8, Hashable, Sendable, CaseIterable {
  /// Terlatih.
  case trained = 1
  /// Tersupervisi.
  case supervised = 2
  /// Terlengkapi: with tools, forms and materials.
  case equipped = 3
  /// Terinsentif.
  case paid = 4
  /// Terjamin: insured.
  case protected = 5

  /// The name in the catalogues, under `kader_terms`.
  public var name: StaticString {
    switch self {
    case .trained: "trained"
    case .supervised: "supervised"
    case .equipped: "equipped"
    case .paid: "paid"
    case .protected: "protected"
    }
  }
}

/// Which of the five T a kader has, as seen on the fact's day.
public struct KaderTermsBody: Hashable, Sendable {
  /// One place for each term, by its number less 1.
  private var terms = [Bool?](repeating: nil, count: 5)

  /// Nothing seen yet.
  public init() {}

  /// Whether the kader has it; nothing where nobody looked.
  public subscript(term: KaderTerm) -> Bool? {
    get { terms[Int(term.rawValue) - 1] }
    set { terms[Int(term.rawValue) - 1] = newValue }
  }

  /// Reads the fields; those that this version does not know are passed over.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    for term in KaderTerm.allCases { self[term] = fields.flag(UInt16(term.rawValue)) }
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    for term in KaderTerm.allCases { writer.flag(UInt16(term.rawValue), self[term]) }
    return writer.bytes
  }
}
