import Foundation

/// A file of expected values under `Tests/Fixtures`.
public struct FixtureTable: Sendable {
  /// One line, its fields by the names in the first line.
  public struct Row: Sendable {
    /// The line, counted from 1.
    public let line: Int
    fileprivate let columns: [String: Int]
    fileprivate let fields: [String]

    /// A field as text; empty where the file has no such column.
    public subscript(name: String) -> String { columns[name].map { fields[$0] } ?? "" }

    /// A field as a number; nothing where it is empty.
    public func number(_ name: String) -> Double? { Double(self[name]) }

    /// A number with two decimals, in hundredths; nothing where the field is empty.
    public func hundredths(_ name: String) -> Int32? {
      number(name).map { Int32(($0 * 100).rounded()) }
    }
  }

  /// The lines after the first.
  public let rows: [Row]

  /// Reads a file.
  public init(_ name: String, of file: StaticString = #filePath) throws {
    let folder = URL(filePath: "\(file)").deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(
      contentsOf: folder.appending(path: "Fixtures/\(name)"), encoding: .utf8)
    let lines = text.split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "\"\r ")) }
    }
    let names = lines.first ?? []
    let columns = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    rows = lines.enumerated().dropFirst().map { position, fields in
      precondition(fields.count == names.count, "\(name):\(position + 1) has another width")
      return Row(line: position + 1, columns: columns, fields: fields)
    }
  }
}
