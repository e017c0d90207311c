import Health

/// The words under which a person stands in the search index, and those that a search asks for.
///
/// Only small letters and digits ever reach the index. A digit in front tells what a word is: none
/// for the person's own name, 0 the mother's, 1 the father's, 2 the place, 3 the year of birth, 4 the
/// card, 5 the mother's NIK, 6 whether the person has died or left. So "only in these places" is one
/// more word of the question and cannot be forgotten in a filter. Who left stands under the place
/// that they left: those who looked after them there still find them.
public struct SearchTerms: Sendable {
  private let reader = NameReader()

  /// Terms by the lists of names that the program carries.
  public init() {}

  /// What a name typed by somebody is read as.
  public func keys(of name: String) -> NameKeys { NameKeys(reader.name([UInt8](name.utf8))) }

  /// Everything that a person is found by; empty where nothing is known.
  public func terms(of summary: PersonSummary) -> String {
    let person = summary.person
    let name = NameKeys(reader.name(person.name))
    let mother = NameKeys(reader.name(person.motherName))
    var terms: [String] = []
    func add(_ prefix: String, _ letters: [[UInt8]]) {
      for word in letters {
        let term = prefix + String(decoding: word, as: UTF8.self)
        if !terms.contains(term) { terms.append(term) }
      }
    }
    add("", name.searchTerms)
    add("0", mother.searchTerms)
    // A newborn without a name is called by the mother's.
    if name.isUnnamedNewborn { add("0", name.searchTerms) }
    add("1", name.fatherWords.map(\.strict.letters).filter { !$0.isEmpty })
    add("1", NameKeys(reader.name(person.fatherName)).searchTerms)
    if let place = summary.lastPlace { terms.append(SearchTerms.place(place)) }
    if let born = person.birthDate { terms.append(SearchTerms.birthYear(born.components.year)) }
    if let card = summary.card { terms.append(SearchTerms.card(card)) }
    let motherNumber = String(decoding: person.motherNationalIdentityNumber, as: UTF8.self)
    if let term = SearchTerms.mother(withNumber: motherNumber) { terms.append(term) }
    if summary.isGone, !terms.isEmpty { terms.append(SearchTerms.gone) }
    return terms.joined(separator: " ")
  }

  /// The word of whoever has died or left the area.
  public static let gone = "6"

  /// The word of a place.
  public static func place(_ id: Identifier) -> String {
    let digits = String(id.low, radix: 16)
    return "2" + String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The word of a card.
  public static func card(_ number: Identifier) -> String {
    "4"
      + [number.high, number.low].map { half in
        let digits = String(half, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
      }.joined()
  }

  /// The word of a mother's NIK; nothing where it is none.
  public static func mother(withNumber number: String) -> String? {
    number.utf8.count == 16 && number.utf8.allSatisfy { (0x30...0x39).contains($0) }
      ? "5" + number : nil
  }

  /// The word of a year of birth.
  public static func birthYear(_ year: Int) -> String { "3\(year)" }
}
