/// A 128-bit identifier, made where the thing was first entered.
///
/// Facts entered by people carry a UUID version 7; facts that come from a file carry a UUID
/// version 8 computed from their content, so that the same row read twice is one fact.
public struct Identifier: Hashable, Comparable, Sendable {
  /// The first eight bytes, big-endian.
  public let high: UInt64
  /// The last eight bytes, big-endian.
  public let low: UInt64

  /// The identifier with these halves.
  @inlinable
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The identifier whose sixteen bytes come from `byte`, called with 0 to 15.
  @inlinable
  public init(bytes byte: (Int) -> UInt8) {
    var high: UInt64 = 0
    var low: UInt64 = 0
    for index in 0..<8 { high = high << 8 | UInt64(byte(index)) }
    for index in 8..<16 { low = low << 8 | UInt64(byte(index)) }
    self.init(high: high, low: low)
  }

  /// A version 8 identifier from the first 128 bits of a digest, as RFC 9562 lays it out.
  public init(contentDigest high: UInt64, _ low: UInt64) {
    self.init(
      high: (high & 0xFFFF_FFFF_FFFF_0FFF) | 0x8000,
      low: (low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000)
  }

  /// A version 7 identifier: 48 bits of time in milliseconds, the rest random, per RFC 9562.
  public init(at instant: Instant, random: (UInt64, UInt64)) {
    let time = UInt64(bitPattern: instant.milliseconds) & 0xFFFF_FFFF_FFFF
    self.init(
      high: time << 16 | 0x7000 | (random.0 & 0x0FFF),
      low: (random.1 & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000)
  }

  /// Whether it was computed from a content (version 8), as the facts that come from files are.
  public var isOfContent: Bool { high >> 12 & 0xF == 8 }

  /// Orders by the bytes.
  @inlinable
  public static func < (left: Identifier, right: Identifier) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }
}

/// What kind of thing a fact tells. Kinds from newer devices are kept under their number.
public struct FactKind: RawRepresentable, Hashable, Sendable {
  /// The number on the wire and in the journal; never reused.
  public let rawValue: UInt16

  /// The kind with that number, known here or not.
  @inlinable
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// A person came to be known: name, birth date, sex, identity numbers, mother.
  public static let person = FactKind(rawValue: 1)
  /// A person lives at, and is looked after from, a Posyandu or village since a day.
  public static let residence = FactKind(rawValue: 2)
  /// Weight, length, circumferences, oedema taken on a day.
  public static let measurement = FactKind(rawValue: 3)
  /// The person died on that day.
  public static let death = FactKind(rawValue: 4)
  /// The person left the area on that day.
  public static let departure = FactKind(rawValue: 5)
  /// The fact in `replaces` no longer stands, and nothing stands in its place.
  public static let withdrawal = FactKind(rawValue: 6)
  /// Another person is this one's mother, father, spouse or guardian since that day.
  public static let relation = FactKind(rawValue: 7)
  /// Another record is the same person.
  public static let merge = FactKind(rawValue: 8)
  /// Another record is not the same person, though it looks it.
  public static let notTheSame = FactKind(rawValue: 9)
  /// How the person is insured.
  public static let insurance = FactKind(rawValue: 10)
  /// Somebody decided on a text that asked for consent.
  public static let consent = FactKind(rawValue: 11)
  /// Somebody asked to see, correct, restrict or erase the person's data.
  public static let subjectRequest = FactKind(rawValue: 12)
  /// The answer to such a request.
  public static let subjectAnswer = FactKind(rawValue: 13)
  /// The person is hidden from all but those who care for them since that day.
  public static let restriction = FactKind(rawValue: 14)
  /// A card by which the person is found was given out, or revoked.
  public static let card = FactKind(rawValue: 15)
  /// A district, Puskesmas, village or Posyandu came to be known.
  public static let place = FactKind(rawValue: 16)
  /// A kader, midwife, nurse or other worker came to be known.
  public static let worker = FactKind(rawValue: 17)
  /// A batch of facts from a file: who brought it, what file, how many rows.
  public static let importBatch = FactKind(rawValue: 18)
  /// A facility looks after a village since that day.
  public static let catchment = FactKind(rawValue: 19)
  /// An agreement with a private facility.
  public static let agreement = FactKind(rawValue: 20)
  /// How an area runs on the map.
  public static let boundary = FactKind(rawValue: 22)
  /// Somebody was seen by a kader or health worker: what for, and what was observed.
  public static let visit = FactKind(rawValue: 32)
  /// A vaccine was given.
  public static let vaccination = FactKind(rawValue: 33)
  /// A pregnancy came to be known, or its dating better known.
  public static let pregnancy = FactKind(rawValue: 34)
  /// A pregnancy ended.
  public static let pregnancyEnd = FactKind(rawValue: 35)
  /// A service was offered and not taken.
  public static let refusal = FactKind(rawValue: 36)
  /// Somebody was referred to another facility.
  public static let referral = FactKind(rawValue: 37)
  /// The facility to which somebody was referred answered.
  public static let referralAnswer = FactKind(rawValue: 38)
  /// A household came to be known.
  public static let household = FactKind(rawValue: 64)
  /// What was seen of a home on that day.
  public static let dwelling = FactKind(rawValue: 65)
  /// What a family said to items of the family health index.
  public static let familyIndexAnswer = FactKind(rawValue: 66)
  /// A worker has a role at a place since that day.
  public static let assignment = FactKind(rawValue: 80)
  /// A kader showed a basic skill on that day, or did not.
  public static let kaderSkill = FactKind(rawValue: 81)
  /// Which of the five T a kader has, as seen on that day.
  public static let kaderTerms = FactKind(rawValue: 82)
  /// The log of access had so many entries, and ended in that link.
  public static let auditAnchor = FactKind(rawValue: 96)
  /// All that was told of a person or household up to now is unreadable from now on.
  public static let erasure = FactKind(rawValue: 97)
  /// A clinician read a guideline as this program has it, and signed it or marked what is wrong.
  public static let guidelineReview = FactKind(rawValue: 98)
}

/// What a fact is about.
public enum FactSubject: Hashable, Sendable {
  /// A person: the fact goes into a timeline.
  case person
  /// A place.
  case place
  /// A household.
  case household
  /// A worker.
  case worker
  /// The system itself: imports, anchors of the log, reviews of guidelines.
  case system
}

extension FactKind {
  /// What facts of this kind are about, by its number: 16 to 31 places, 64 to 79 households, 80 to
  /// 95 workers, 96 to 127 the system, all others persons. Kinds that are not known here are taken
  /// by their number too, so that a person's travel with the person.
  public var subject: FactSubject {
    switch rawValue {
    case 17, 80...95: .worker
    case 18, 96...127: .system
    case 16...31: .place
    case 64...79: .household
    default: .person
    }
  }
}
