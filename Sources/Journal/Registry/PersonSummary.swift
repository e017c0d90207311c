import Foundation
import Health

/// What the registry shows of a person: a pure function of the person's facts.
public struct PersonSummary: Hashable, Sendable {
  /// Name, birth, sex, mother, identity numbers.
  public var person = PersonBody()
  /// Where the person lives, by the latest fact.
  public var place: Identifier?
  /// Where the person lives, or lived until leaving the area.
  public var lastPlace: Identifier?
  /// The day of death.
  public var diedOn: CivilDate?
  /// The day on which the person left the area; nothing while the person lives here.
  public var departedOn: CivilDate?
  /// Where the person went who left; nothing while the person lives here.
  public var departedTo: DepartureBody?
  /// The household, by the latest fact that names one.
  public var household: Identifier?
  /// How the person stands to its head.
  public var relation: HouseholdRelation?
  /// How the person is insured, by the latest fact, and since when that is known.
  public var insurance: InsuranceBody?
  /// The day on which that was told.
  public var insuranceToldOn: CivilDate?
  /// The number of the national insurance as it was told last, also where that ended since: it stays
  /// a person's own. Empty where none was told.
  public var nationalInsuranceNumber: [UInt8] = []
  /// The number of the card that holds; nothing where none was given out, or it was revoked.
  public var card: Identifier?
  /// Records that facts of this one say are the same person.
  public var sameAs: Set<Identifier> = []

  /// Whether the person has died or left the area.
  public var isGone: Bool { diedOn != nil || departedOn != nil }

  /// Reads a timeline.
  public init(timeline: Timeline) throws(WireError) {
    let read: Result<PersonSummary, WireError> = timeline.bytes.withUnsafeBufferPointer { bytes in
      do throws(WireError) {
        return .success(try PersonSummary(packed: bytes))
      } catch { return .failure(error) }
    }
    self = try read.get()
  }

  private init(packed: UnsafeBufferPointer<UInt8>) throws(WireError) {
    var cards: [Identifier] = []
    var revoked: Set<Identifier> = []
    for entry in try TimelineReader.standingFacts(of: packed) {
      switch entry.kind {
      case .person: person = try PersonBody(entry.body).filled(from: person)
      case .residence:
        let residence = try ResidenceBody(entry.body)
        (place, lastPlace, departedOn) = (residence.place, residence.place, nil)
        departedTo = nil
        // A list that knows nothing of households takes nobody out of theirs.
        if let home = residence.household { (household, relation) = (home, residence.relation) }
      case .departure:
        (place, departedOn) = (nil, entry.occurredOn)
        departedTo = try DepartureBody(entry.body)
      case .insurance:
        let told = try InsuranceBody(entry.body)
        (insurance, insuranceToldOn) = (told, entry.occurredOn)
        if told.kind.isNational, !told.number.isEmpty { nationalInsuranceNumber = told.number }
      case .death: diedOn = entry.occurredOn
      case .card:
        let body = try CardBody(entry.body)
        if body.isRevoked { revoked.insert(body.number) } else { cards.append(body.number) }
      case .merge: sameAs.insert(try SamenessBody(entry.body).other)
      default: continue
      }
    }
    // Whatever the order: what was revoked never holds again.
    card = cards.last { !revoked.contains($0) }
  }

  private static func plainKey(of name: some Sequence<UInt8>) -> String {
    var key: [UInt8] = []
    var isBetweenWords = false
    for byte in name {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        if isBetweenWords, !key.isEmpty { key.append(UInt8(ascii: " ")) }
        isBetweenWords = false
        key.append(byte >= UInt8(ascii: "a") ? byte - 32 : byte)
      default: isBetweenWords = true
      }
    }
    return String(decoding: key, as: UTF8.self)
  }

  /// A name folded for searching and matching: capitals without accents, one space between words.
  public static func key(of name: some StringProtocol) -> String {
    if name.utf8.allSatisfy({ $0 < 0x80 }) { return plainKey(of: name.utf8) }
    return name.folding(options: [.diacriticInsensitive, .widthInsensitive], locale: nil)
      .split(whereSeparator: { !$0.isLetter && !$0.isNumber })
      .joined(separator: " ").uppercased()
  }
}
