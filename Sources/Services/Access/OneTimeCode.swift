import Foundation
import Health

/// What a one-time code is for.
public enum CodePurpose: Int, Hashable, Sendable, CaseIterable {
  /// A kader's phone is enrolled, and the kader chooses a PIN.
  case enrolKader = 1
  /// An official chooses user name and password for the first time.
  case firstPassword = 2
  /// An official chooses a new password.
  case resetPassword = 3

  /// The key of the words in the catalogues, under `access.purposes`.
  public var code: String {
    switch self {
    case .enrolKader: "enrol_kader"
    case .firstPassword: "first_password"
    case .resetPassword: "reset_password"
    }
  }
}

/// A code that was just made: the only moment at which anybody sees it.
public struct IssuedCode: Hashable, Sendable, CustomStringConvertible {
  /// What the log calls it.
  public let id: Identifier
  /// For typing: eight characters, in two groups of four.
  public let short: String
  /// For the QR code: 32 characters, to stand behind `#` of an address.
  public let long: String
  /// Until when it can be used.
  public let expiresAt: Instant

  /// Never the code: it shall not come into any log.
  public var description: String { "a one-time code" }
}

/// What somebody is let in for who has a code.
public struct CodeGrant: Hashable, Sendable {
  /// What the log calls the code.
  public let id: Identifier
  /// What it is for.
  public let purpose: CodePurpose
  /// For whom.
  public let worker: Identifier
  /// At which Posyandu or facility.
  public let place: Identifier
  /// Who gave it out.
  public let issuedBy: Identifier
  /// Until when it can be used.
  public let expiresAt: Instant
}

/// A code as text: Crockford's base 32, which has no I, L, O and U.
enum CodeText: Hashable, Sendable {
  /// Two characters to find it by, five that are secret, one to tell typing errors.
  case short(String)
  /// 160 random bits.
  case long(String)

  static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  /// Reads what somebody entered: small letters, spaces, hyphens, O for 0, I and L for 1 are no
  /// errors.
  ///
  /// - Throws: ``AccessRefusal/codeMistyped`` where it can be no code.
  init(_ entered: String) throws(AccessRefusal) {
    var values: [UInt8] = []
    for byte in entered.uppercased().utf8 where byte != 32 && byte != 45 {
      let usual: UInt8 =
        switch byte {
        case UInt8(ascii: "O"): UInt8(ascii: "0")
        case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
        default: byte
        }
      guard let value = CodeText.alphabet.firstIndex(of: usual), values.count < 32 else {
        throw .codeMistyped
      }
      values.append(UInt8(value))
    }
    let text = CodeText.text(values)
    switch values.count {
    case 8 where CodeText.check(values[..<7]) == values[7]: self = .short(text)
    case 32: self = .long(text)
    default: throw .codeMistyped
    }
  }

  /// A fresh short code; the first two characters may be taken by a code that still lives.
  static func freshShort() throws(AccessProblem) -> String {
    let values = try Cryptography.random(7).map { $0 & 31 }
    return text(values + [check(values[...])])
  }

  static func freshLong() throws(AccessProblem) -> String {
    text(try Cryptography.random(32).map { $0 & 31 })
  }

  static func selector(_ short: String) -> String { String(short.prefix(2)) }

  /// The digest of a long code: 160 random bits need no slow hash.
  static func digest(_ long: String) -> Data {
    Data(Cryptography.digest("sikilap code 1", Array(long.utf8)))
  }

  private static func text(_ values: [UInt8]) -> String {
    String(decoding: values.map { alphabet[Int($0)] }, as: UTF8.self)
  }

  /// The last character: the sum of the others, each times another power of two in the field of 32
  /// elements. It tells every single wrong character and every two that changed places.
  private static func check(_ values: ArraySlice<UInt8>) -> UInt8 {
    values.reduce(0) { sum, value in
      let doubled = (sum ^ value) << 1
      return doubled & 32 == 0 ? doubled : (doubled ^ 0b10_0101) & 31
    }
  }
}
