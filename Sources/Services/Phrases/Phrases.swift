import Foundation

/// The languages that people read here; Indonesian first.
public enum Language: String, Hashable, Sendable, CaseIterable {
  /// Bahasa Indonesia.
  case indonesian = "id"
  /// English.
  case english = "en"
}

/// Why the string catalogues cannot be used.
public enum PhrasesError: Error, Sendable {
  /// A catalogue is missing beside the program, or is not a catalogue.
  case unreadable(language: String)
}

/// A string catalogue: every text that people see, by key.
public struct Phrases: Sendable {
  /// The language.
  public let language: Language
  /// The texts, nested by key; the leaves are strings.
  public let tree: Tree

  /// A text, or texts by key.
  public indirect enum Tree: Sendable {
    /// A text.
    case text(String)
    /// Texts by key.
    case branch([String: Tree])

    /// Both trees; where both have a text the other's.
    func merged(with other: Tree) -> Tree {
      guard case .branch(let mine) = self, case .branch(let theirs) = other else { return other }
      return .branch(mine.merging(theirs) { $0.merged(with: $1) })
    }
  }

  /// Reads a language's catalogue.
  public init(_ language: Language) throws {
    self.language = language
    var merged = Tree.branch([:])
    for name in ["\(language.rawValue)", "commands.\(language.rawValue)"] {
      guard
        let file = Bundle.module.url(
          forResource: name, withExtension: "json", subdirectory: "Resources"),
        let content = try? JSONSerialization.jsonObject(with: Data(contentsOf: file)),
        let tree = Phrases.tree(content)
      else { throw PhrasesError.unreadable(language: name) }
      merged = merged.merged(with: tree)
    }
    tree = merged
  }

  private static func tree(_ value: Any) -> Tree? {
    if let text = value as? String { return .text(text) }
    guard let branch = value as? [String: Any] else { return nil }
    var result: [String: Tree] = [:]
    for (key, value) in branch {
      guard let child = tree(value) else { return nil }
      result[key] = child
    }
    return .branch(result)
  }

  /// The text of a dotted key; the key itself where the catalogue has none, so that a gap shows.
  public subscript(key: String) -> String {
    var node = tree
    for part in key.split(separator: ".") {
      guard case .branch(let children) = node, let child = children[String(part)] else {
        return key
      }
      node = child
    }
    guard case .text(let text) = node else { return key }
    return text
  }

  /// The key of a text that has a gap for which there is nothing to say: `….what_without` beside
  /// `….what`, where the catalogue has one. So no sentence ends in a colon and nothing.
  public static func key(
    _ key: String, _ values: [String: String], find: (String) -> String?
  ) -> String {
    guard let text = find(key),
      values.contains(where: { $0.value.isEmpty && text.contains("{\($0.key)}") })
    else { return key }
    let without = key + "_without"
    return find(without) == nil ? key : without
  }

  /// The text of a dotted key with `{name}` filled in.
  public func callAsFunction(_ key: String, _ values: [String: String] = [:]) -> String {
    func find(_ key: String) -> String? { self[key] == key ? nil : self[key] }
    var text = self[Phrases.key(key, values, find: find)]
    for (name, value) in values { text = text.replacingOccurrences(of: "{\(name)}", with: value) }
    return text
  }

  /// The title, edition or place of a source in the reader's language where the words are our own;
  /// the words of a publication stay in its language.
  public func cited(_ text: String) -> String {
    let key = "sources.own.\(Phrases.citedKey(text))"
    let own = self[key]
    return own == key ? text : own
  }

  /// As the catalogue names such words: letters and digits, with one low line for all between.
  private static func citedKey(_ text: String) -> String {
    text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
      .joined(separator: "_")
  }

  /// All dotted keys.
  public var keys: [String] {
    func keys(_ tree: Tree, _ path: String) -> [String] {
      switch tree {
      case .text: return [path]
      case .branch(let children):
        return children.flatMap { keys($0.value, path.isEmpty ? $0.key : path + "." + $0.key) }
      }
    }
    return keys(tree, "").sorted()
  }
}
