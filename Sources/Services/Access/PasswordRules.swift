import Foundation

/// What is wrong with a new password. Each has a sentence in both catalogues under
/// `access.password`.
public enum PasswordProblem: String, Hashable, Sendable, CaseIterable {
  /// Fewer than ten characters.
  case tooShort = "too_short"
  /// More than 128 bytes. It is refused, never cut.
  case tooLong = "too_long"
  /// Among the passwords and words that are tried first, or such a word with little around it.
  case common
  /// The owner's name, user name or place, or a word of this work, with little around it.
  case contextWord = "context_word"
  /// A few characters again and again.
  case repeated
  /// Characters as they follow in the alphabet, in counting or on the keyboard.
  case sequence
}

/// Which passwords are good enough: OWASP ASVS 5.0.0, 6.2.1, 6.2.4, 6.2.5, 6.2.9, 6.2.11.
/// Any characters may stand in any order; nothing asks for capitals or signs.
struct PasswordRules: Sendable {
  static let fewestCharacters = 10
  static let mostBytes = 128
  /// What must be left of a password where a word that can be guessed is taken away.
  static let fewestOthers = 6
  /// The same, where what is left has no letter.
  static let fewestOtherDigits = 9

  /// Words of this work: nobody may lean on them alone.
  static let wordsOfThisWork = [
    "sikilap", "puskesmas", "posyandu", "pustu", "bidan", "perawat", "dokter", "kader", "dinkes",
    "kesehatan", "kemenkes", "admin", "administrator", "password", "sandi", "rahasia", "indonesia",
  ]

  let common: CommonPasswords

  /// All that is wrong; nothing where the password is good.
  ///
  /// - Parameter context: the owner's name, user name, places.
  func problems(_ password: Secret, context: [String]) -> [PasswordProblem] {
    if password.count > PasswordRules.mostBytes { return [.tooLong] }
    let text = password.text
    var problems: [PasswordProblem] = []
    if text.count < PasswordRules.fewestCharacters { problems.append(.tooShort) }
    let folded = PasswordRules.fold(text)
    if PasswordRules.isRepeated(folded) { problems.append(.repeated) }
    if PasswordRules.isSequence(folded) { problems.append(.sequence) }
    if isCommon(folded) { problems.append(.common) }
    let spoken = [folded, PasswordRules.spoken(folded)]
    let words = PasswordRules.wordsOfThisWork + context.flatMap(PasswordRules.words)
    if spoken.contains(where: { PasswordRules.isLittle(without: words, $0) }) {
      problems.append(.contextWord)
    }
    return problems
  }

  /// Whether it is a common password, or a common word with too little before and behind it.
  private func isCommon(_ folded: [Character]) -> Bool {
    let isLetter = { (character: Character) in character.isLetter }
    guard let first = folded.firstIndex(where: isLetter),
      let last = folded.lastIndex(where: isLetter)
    else { return common.contains(String(folded)) }
    // With and without the digits that stand for letters at its edges: p4ssw0rd1 and bunga2024.
    let whole = PasswordRules.spoken(folded)
    let trimmed = Array(folded[first...last])
    if [folded, whole].contains(where: { common.contains(String($0)) }) { return true }
    let others = Array(folded[..<first]) + Array(folded[(last + 1)...])
    guard PasswordRules.isLittle(others) else { return false }
    return [trimmed, PasswordRules.spoken(trimmed)].contains { common.contains(String($0)) }
  }

  private static func fold(_ text: String) -> [Character] {
    Array(text.lowercased().precomposedStringWithCompatibilityMapping)
  }

  private static let letterOfSign: [Character: Character] = [
    "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i",
  ]

  /// With the letters that digits and signs stand for.
  private static func spoken(_ folded: [Character]) -> [Character] {
    folded.map { letterOfSign[$0] ?? $0 }
  }

  /// The words of a name, of four letters and more, and the name without its spaces.
  private static func words(_ name: String) -> [String] {
    let parts = fold(name).split { !$0.isLetter && !$0.isNumber }.map { String($0) }
    return (parts + [parts.joined()]).filter { $0.count >= 4 }
  }

  /// Whether so little is left that it is soon tried out.
  private static func isLittle(_ others: [Character]) -> Bool {
    others.count < fewestOthers
      || (others.count < fewestOtherDigits && !others.contains { $0.isLetter })
  }

  private static func isLittle(without words: [String], _ folded: [Character]) -> Bool {
    let text = String(folded)
    var rest = text
    for word in words.sorted(by: { ($0.count, $0) > ($1.count, $1) }) {
      rest = rest.replacingOccurrences(of: word, with: "")
    }
    return rest != text && isLittle(Array(rest))
  }

  /// Whether it is a piece of up to five characters again and again, or of three characters only.
  private static func isRepeated(_ folded: [Character]) -> Bool {
    guard folded.count > 1 else { return false }
    if Set(folded).count <= 3 { return true }
    return (1...5).contains { period in
      folded.count >= 2 * period
        && folded.indices.dropFirst(period).allSatisfy { folded[$0] == folded[$0 - period] }
    }
  }

  private static let rows = ["01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"].map(Array.init)

  /// Whether each character but one or two follows the one before: abcdef, 987654, qwerty.
  private static func isSequence(_ folded: [Character]) -> Bool {
    guard folded.count > 3 else { return false }
    let breaks = zip(folded, folded.dropFirst()).filter { !isNeighbour($0, $1) }
    return breaks.count <= 1
  }

  private static func isNeighbour(_ left: Character, _ right: Character) -> Bool {
    if let first = left.unicodeScalars.first?.value, let second = right.unicodeScalars.first?.value,
      left.unicodeScalars.count == 1, right.unicodeScalars.count == 1,
      first == second || first + 1 == second || second + 1 == first
    {
      return true
    }
    return rows.contains { row in
      zip(row, row.dropFirst()).contains {
        ($0 == left && $1 == right) || ($0 == right && $1 == left)
      }
    }
  }
}
