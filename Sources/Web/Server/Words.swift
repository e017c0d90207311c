import Mustache
import Services

/// One language's texts, laid out once for fast look-up by code and by templates.
struct Words: Sendable {
  /// The language.
  let language: Language
  /// The catalogue itself, for those who fill in texts of the command line too.
  let phrases: Phrases
  /// The texts as templates walk them: `t.common.names`.
  let tree: WordTree
  private let flat: [String: String]

  init(_ phrases: Phrases) {
    language = phrases.language
    self.phrases = phrases
    var flat: [String: String] = [:]
    for key in phrases.keys { flat[key] = phrases[key] }
    self.flat = flat
    tree = WordTree(phrases.tree)
  }

  /// The text of a dotted key; the key itself where there is none, so that a gap shows.
  subscript(key: String) -> String { flat[key] ?? key }

  /// The text of a dotted key, if the catalogue has it.
  func find(_ key: String) -> String? { flat[key] }

  /// The text of a dotted key with `{name}` filled in.
  func callAsFunction(_ key: String, _ values: [String: String]) -> String {
    Words.fill(self[Phrases.key(key, values, find: find)], values)
  }

  /// A text with `{name}` filled in; what has no value stays as it is.
  static func fill(_ text: String, _ values: [String: String]) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      guard let close = rest[open...].firstIndex(of: "}") else { break }
      let name = String(rest[rest.index(after: open)..<close])
      result += values[name] ?? String(rest[open...close])
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}

/// A branch of the texts, for templates.
struct WordTree: MustacheParent, Sendable {
  private enum Node: Sendable {
    case text(String)
    case branch(WordTree)
  }

  private let children: [String: Node]

  init(_ tree: Phrases.Tree) {
    guard case .branch(let branch) = tree else {
      children = [:]
      return
    }
    children = branch.mapValues { child in
      switch child {
      case .text(let text): .text(text)
      case .branch: .branch(WordTree(child))
      }
    }
  }

  func child(named name: String) -> Any? {
    switch children[name] {
    case .text(let text): text
    case .branch(let tree): tree
    case nil: nil
    }
  }
}
