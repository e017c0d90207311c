import Foundation

/// Passwords and words that are tried first by whoever guesses: leaked passwords, and the most
/// usual Indonesian words and names. Kept as digests, made by Tools/passwords/make.py.
struct CommonPasswords: Sendable {
  private static let heading = Array("SKPW0001".utf8)

  /// First eight bytes of SHA-256 of each word, in order.
  private let digests: [UInt64]

  /// Read once.
  private static let read: CommonPasswords? = {
    let file = Bundle.module.url(
      forResource: "common-passwords", withExtension: "bin", subdirectory: "Resources")
    guard let file, let data = try? Data(contentsOf: file) else { return nil }
    return try? CommonPasswords(bytes: [UInt8](data))
  }()

  /// The list that comes with the program.
  static func shipped() throws(AccessProblem) -> CommonPasswords {
    guard let read else { throw .noPasswordList }
    return read
  }

  /// Reads the file's bytes: eight of heading, then eight for each word, in rising order.
  init(bytes: [UInt8]) throws(AccessProblem) {
    guard bytes.count % 8 == 0, bytes.starts(with: CommonPasswords.heading) else {
      throw .noPasswordList
    }
    digests = bytes.withUnsafeBytes { bytes in
      stride(from: 8, to: bytes.count, by: 8).map { start in
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
      }
    }
    guard zip(digests, digests.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .noPasswordList }
  }

  /// How many there are.
  var count: Int { digests.count }

  /// Whether a text in small letters is one of them.
  func contains(_ text: String) -> Bool {
    let digest = Cryptography.digest("sikilap password 1", Array(text.utf8))
    let wanted = digest[..<8].reduce(0) { $0 << 8 | UInt64($1) }
    var low = 0
    var high = digests.count
    while low < high {
      let middle = (low + high) / 2
      if digests[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    return low < digests.count && digests[low] == wanted
  }
}
