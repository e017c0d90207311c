import Health
import Journal

/// The name that an official signs in with: 3 to 40 small letters, digits, dots, hyphens and
/// underscores, beginning with a letter. Capitals are taken for small letters.
///
/// Other letters are not allowed, for many look alike.
public struct UserName: Hashable, Sendable {
  /// In small letters.
  public let text: String

  /// Reads what somebody entered; nothing where it is no user name.
  public init?(_ entered: String) {
    let folded = UserName.fold(entered)
    let isFit = folded.utf8.enumerated().allSatisfy { position, byte in
      97...122 ~= byte || (position > 0 && (48...57 ~= byte || [45, 46, 95].contains(byte)))
    }
    guard isFit, 3...40 ~= folded.utf8.count else { return nil }
    text = folded
  }

  /// The name that the register tells of a worker; nothing where it tells none, or one that is unfit.
  public init?(of worker: Worker) {
    self.init(String(decoding: worker.body.userName, as: UTF8.self))
  }

  /// Without spaces around it and with small letters, whatever it is.
  static func fold(_ entered: String) -> String {
    let inside = entered.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace)
    let bytes = String(inside.reversed()).utf8.map { 65...90 ~= $0 ? $0 + 32 : $0 }
    return String(decoding: bytes, as: UTF8.self)
  }
}
