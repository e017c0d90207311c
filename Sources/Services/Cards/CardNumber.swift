import GRDB
import Health
import Journal

/// The number of a person's card: 128 random bits that tell nothing of the person.
///
/// As text it is 26 symbols of Crockford's base 32 and his check symbol (the remainder by 37), so
/// that one wrong symbol, or two neighbours that are swapped, are noticed before anybody is looked
/// for. Small letters, O for 0, I and L for 1, spaces and hyphens are read as they are meant.
public struct CardNumber: Hashable, Sendable {
  /// The bits, as facts carry them.
  public let identifier: Identifier

  /// The number that a fact carries.
  public init(_ identifier: Identifier) { self.identifier = identifier }

  /// A new number, whose check symbol is a letter or digit too: signs like "=" are hard to read out.
  /// That leaves 127.8 of 128 bits.
  ///
  /// - Throws: ``AccessProblem/noRandomness``.
  public static func random() throws(AccessProblem) -> CardNumber {
    while true {
      let bytes = try Cryptography.random(16)
      let number = CardNumber(Identifier { bytes[$0] })
      if number.value % 37 < 32 { return number }
    }
  }

  private static let symbols = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U")
  private static let length = 26

  private var value: UInt128 { UInt128(identifier.high) << 64 | UInt128(identifier.low) }

  /// The text in groups of five, as it stands on the card: `2RM9K-…`.
  public var text: String {
    let digits = (0..<CardNumber.length).map { position in
      CardNumber.symbols[Int((value >> UInt128(5 * (CardNumber.length - 1 - position))) & 31)]
    }
    let all = digits + [CardNumber.symbols[Int(value % 37)]]
    return stride(from: 0, to: all.count, by: 5)
      .map { String(all[$0..<min($0 + 5, all.count)]) }.joined(separator: "-")
  }

  /// Reads what was typed or scanned; nothing where it is no number of a card, or the check symbol
  /// does not fit.
  public init?(text: String) {
    var symbols: [Int] = []
    for character in text.uppercased() where !character.isWhitespace && character != "-" {
      let meant: Character =
        switch character {
        case "O": "0"
        case "I", "L": "1"
        default: character
        }
      guard let symbol = CardNumber.symbols.firstIndex(of: meant),
        symbols.count <= CardNumber.length
      else { return nil }
      symbols.append(symbol)
    }
    // Twenty-six symbols are 130 bits: the first two bits are nought.
    guard symbols.count == CardNumber.length + 1, symbols[0] < 8,
      symbols.dropLast().allSatisfy({ $0 < 32 })
    else { return nil }
    let value = symbols.dropLast().reduce(UInt128(0)) { $0 << 5 | UInt128($1) }
    guard Int(value % 37) == symbols[CardNumber.length] else { return nil }
    identifier = Identifier(
      high: UInt64(truncatingIfNeeded: value >> 64), low: UInt64(truncatingIfNeeded: value))
  }
}

extension District {
  /// The person who holds a card that was not revoked; nobody, or somebody hidden, is nothing.
  public func person(withCard number: CardNumber) throws -> PersonEntry? {
    try journal.pool.read { db in
      try PersonEntry.found(
        by: "\"\(SearchTerms.card(number.identifier))\"", limit: 1, in: db)
    }.first.flatMap(shown)
  }
}
