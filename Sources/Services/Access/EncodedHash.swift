/// An argon2id hash as it is stored: `$argon2id$v=19$m=65536,t=3,p=1$salt$hash`.
///
/// libargon2 does what the stored text tells it. Therefore the text is read first, and what would
/// eat the machine's memory or time is refused.
struct EncodedHash: Hashable, Sendable {
  static let mostMemoryKiB: UInt32 = 131_072
  static let mostPasses: UInt32 = 10

  let text: String
  let parameters: HashingParameters

  /// - Throws: ``AccessProblem/damagedHash`` where it is anything else.
  init(_ text: String) throws(AccessProblem) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard text.utf8.count <= 256, parts.count == 6, parts[0].isEmpty, parts[1] == "argon2id",
      parts[2] == "v=19",
      let parameters = EncodedHash.parameters(parts[3]),
      EncodedHash.bytes(parts[4]).map({ 16...48 ~= $0 }) == true,
      EncodedHash.bytes(parts[5]).map({ 32...64 ~= $0 }) == true
    else { throw .damagedHash }
    self.text = text
    self.parameters = parameters
  }

  /// Whether it is made with less than these parameters.
  func isWeaker(than wanted: HashingParameters) -> Bool {
    parameters.memoryKiB < wanted.memoryKiB || parameters.passes < wanted.passes
  }

  /// A hash of nothing at all: who is not known takes as long as who is.
  static func dummy(_ parameters: HashingParameters) throws(AccessProblem) -> EncodedHash {
    let salt = String(repeating: "A", count: 22)
    let hash = String(repeating: "A", count: 43)
    return try EncodedHash(
      "$argon2id$v=19$m=\(parameters.memoryKiB),t=\(parameters.passes),p=1$\(salt)$\(hash)")
  }

  private static func parameters(_ text: Substring) -> HashingParameters? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2] == "p=1", let memory = number(parts[0], "m="),
      let passes = number(parts[1], "t="), 8...mostMemoryKiB ~= memory, 1...mostPasses ~= passes
    else { return nil }
    return HashingParameters(passes: passes, memoryKiB: memory)
  }

  private static func number(_ text: Substring, _ name: String) -> UInt32? {
    guard text.hasPrefix(name) else { return nil }
    let digits = text.dropFirst(name.count)
    guard digits.utf8.count <= 7, digits.utf8.allSatisfy({ 48...57 ~= $0 }) else { return nil }
    return UInt32(digits)
  }

  /// How many bytes a text of base64 without padding holds.
  private static func bytes(_ text: Substring) -> Int? {
    let isBase64 = text.utf8.allSatisfy {
      65...90 ~= $0 || 97...122 ~= $0 || 48...57 ~= $0 || $0 == 43 || $0 == 47
    }
    return isBase64 && text.utf8.count % 4 != 1 ? text.utf8.count * 3 / 4 : nil
  }
}
