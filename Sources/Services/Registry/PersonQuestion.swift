import Health
import Journal

/// What somebody knows of the person that they look for.
public struct PersonQuestion: Hashable, Sendable {
  /// The name as heard, in any spelling; the last word may be unfinished.
  public var name = ""
  /// The mother's name as heard.
  public var mother = ""
  /// Years of birth that fit.
  public var birthYears: ClosedRange<Int>?
  /// Only persons who live at one of these places, or lived there until they died or left the
  /// area; nothing for everywhere.
  public var places: [Identifier]?
  /// Only those who are here, or only those who are gone; nothing for both.
  public var presence: Presence?
  /// Whether one word of the name is enough.
  var isAnyWordEnough = false

  /// Whether somebody is here.
  public enum Presence: String, CaseIterable, Sendable {
    /// Alive, and not known to have left the area.
    case here
    /// Died, or left the area.
    case gone
  }

  /// Nothing known.
  public init(
    name: String = "", mother: String = "", birthYears: ClosedRange<Int>? = nil,
    places: [Identifier]? = nil, presence: Presence? = nil
  ) {
    self.name = name
    self.mother = mother
    self.birthYears = birthYears
    self.places = places
    self.presence = presence
  }

  /// The question to the full-text index; nothing where it would ask for everybody.
  ///
  /// Every word of the name must be there, in one reading or the other; or all words as one, so
  /// that Nurhayati finds Nur Hayati.
  ///
  /// - Parameter isOpenEnded: whether the last word may be unfinished.
  func words(_ terms: SearchTerms, isOpenEnded: Bool = true) -> String? {
    var parts: [String] = []
    for (name, prefix) in [(name, ""), (mother, "0")] {
      let keys = terms.keys(of: name)
      let isOpen = isOpenEnded && PersonQuestion.mayGoOn(name, keys)
      if let asked = words(of: keys, prefix: prefix, isOpenEnded: isOpen) {
        parts.append(asked)
      }
    }
    guard !parts.isEmpty else { return nil }
    if let birthYears {
      parts.append(PersonQuestion.any(birthYears.map(SearchTerms.birthYear)))
    }
    if let places { parts.append(PersonQuestion.any(places.map(SearchTerms.place))) }
    let all = parts.joined(separator: " AND ")
    switch presence {
    case .here: return "(\(all)) NOT \(PersonQuestion.quoted(SearchTerms.gone))"
    case .gone: return "\(all) AND \(PersonQuestion.quoted(SearchTerms.gone))"
    case nil: return all
    }
  }

  /// Whether the last word may be the beginning of another: not where several letters, as `zzz`,
  /// make one sound, with which very many names begin.
  private static func mayGoOn(_ name: String, _ keys: NameKeys) -> Bool {
    let typed = name.split(separator: " ").last?.filter(\.isLetter).count ?? 0
    return typed < 2 || keys.words.last?.strict.letters.count ?? 0 > 1
  }

  private func words(of keys: NameKeys, prefix: String, isOpenEnded: Bool) -> String? {
    func text(_ letters: [UInt8], _ isLast: Bool) -> String {
      "\(PersonQuestion.quoted(prefix + String(decoding: letters, as: UTF8.self)))\(isLast && isOpenEnded ? "*" : "")"
    }
    var each: [String] = []
    for (place, word) in keys.words.enumerated() where !word.strict.isEmpty {
      let isLast = place == keys.words.count - 1
      let readings =
        word.strict == word.open || word.open.isEmpty
        ? [word.strict.letters] : [word.strict.letters, word.open.letters]
      each.append(PersonQuestion.any(readings.map { text($0, isLast) }))
    }
    guard !each.isEmpty else { return nil }
    if isAnyWordEnough { return PersonQuestion.any(each) }
    let all = each.joined(separator: " AND ")
    guard keys.words.count > 1, !keys.joinedLetters.isEmpty else { return "(\(all))" }
    return "((\(all)) OR \(text(keys.joinedLetters, true)))"
  }

  private static func any(_ words: [String]) -> String {
    words.isEmpty ? quoted("2nowhere") : "(\(words.joined(separator: " OR ")))"
  }

  private static func quoted(_ word: String) -> String { "\"\(word)\"" }
}
