/// What a column of a list tells; its raw value names it in the catalogues.
public protocol ListField: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// The headings under which it may stand, the preferred one first; capitals, spaces and signs do
  /// not count.
  var headings: [String] { get }
  /// Whether a list without it tells too little to be read.
  var isNeeded: Bool { get }
}

/// Why a list cannot be read at all.
public enum ListHeadingProblem: Error, Hashable, Sendable {
  /// There is no column for something that every row needs.
  case missingColumn(field: String, accepted: [String], headings: [String])
  /// Two columns have the same heading, and nobody knows which is meant.
  case twoColumns(field: String, heading: String)

  /// The names of the explanations.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// See the cases of ``ListHeadingProblem``.
    case missingColumn = "missing_column"
    case twoColumns = "two_columns"
  }

  /// The name of the explanation.
  public var code: Code {
    switch self {
    case .missingColumn: .missingColumn
    case .twoColumns: .twoColumns
    }
  }

  /// What the explanation fills in, by the name of the gap.
  public var details: [String: String] {
    switch self {
    case .missingColumn(_, let accepted, let headings):
      [
        "accepted": accepted.joined(separator: ", "),
        "headings": headings.filter { !$0.isEmpty }.joined(separator: ", "),
      ]
    case .twoColumns(_, let heading): ["heading": heading]
    }
  }
}

/// Where the columns of a list stand, found by their headings.
public struct ListColumns<Field: ListField>: Sendable {
  /// The file's headings.
  public let heading: [String]
  /// The position of each column that was recognised, from 0.
  public let positions: [Field: Int]

  /// Finds the columns.
  ///
  /// - Parameters:
  ///   - heading: the file's headings.
  ///   - chosen: the heading that somebody chose for a field, where the usual ones do not fit.
  public init(
    heading: [String], chosen: [Field: String] = [:]
  ) throws(ListHeadingProblem) {
    let keys = heading.map { TextValues.key($0) }
    var found: [Field: Int] = [:]
    for field in Field.allCases {
      let accepted = chosen[field].map { [$0] } ?? field.headings
      for name in accepted {
        let key = TextValues.key(name)
        guard let position = keys.firstIndex(of: key) else { continue }
        if keys.lastIndex(of: key) != position {
          throw .twoColumns(field: field.rawValue, heading: heading[position])
        }
        found[field] = position
        break
      }
      if field.isNeeded, found[field] == nil {
        throw .missingColumn(
          field: field.rawValue, accepted: Array(accepted.prefix(4)), headings: heading)
      }
    }
    self.heading = heading
    positions = found
  }

  /// The heading of a field's column; the field's own name where the file has none.
  public func name(of field: Field) -> String {
    positions[field].map { heading[$0] } ?? field.rawValue
  }

  /// The headings of columns that nothing is read from, so that nobody takes them for stored.
  public var unread: [String] {
    let read = Set(positions.values)
    return heading.indices.filter { !read.contains($0) && !heading[$0].isEmpty }
      .map { heading[$0] }
  }
}
