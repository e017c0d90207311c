import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What a form sent: names and values, read once, with limits.
struct Form: Sendable {
  /// The largest form, in bytes; files come another way.
  static let largest = 65_536

  private let query: Query

  /// So many names and values are read: as many as the RT of a large village, and more.
  private static let mostFields = 1024

  init(_ text: String) { query = Query(text, most: Form.mostFields) }

  /// All names and values as they were sent.
  var items: [(name: String, value: String)] { query.items }

  static func read(_ request: inout Request) async throws -> Form {
    guard
      let type = request.headers[.contentType]?.split(separator: ";").first,
      type.trimmingCharacters(in: .whitespaces).lowercased() == "application/x-www-form-urlencoded"
    else { throw PageProblem.unreadableForm }
    let buffer: ByteBuffer
    do { buffer = try await request.collectBody(upTo: largest) } catch {
      throw PageProblem.unreadableForm
    }
    return Form(String(buffer: buffer))
  }

  /// What was entered, without spaces around it; empty where nothing was.
  subscript(name: String) -> String {
    (query[name] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// What was entered, exactly: for passwords.
  func exactly(_ name: String) -> String { query[name] ?? "" }

  /// All values of a name, for boxes that are ticked.
  func all(_ name: String) -> [String] {
    query.items.filter { $0.name == name && !$0.value.isEmpty }.map(\.value)
  }

  /// Whether a box was ticked.
  func isTicked(_ name: String) -> Bool { query[name] != nil }
}
