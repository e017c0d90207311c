import Health

/// Why it is not known how a family, or a member, stands to an item.
public enum FamilyIndexUnknown: UInt8, Hashable, Sendable, CaseIterable {
  /// Nobody asked.
  case notAsked = 1
  /// The family's reply is older than replies count.
  case replyTooOld = 2
  /// Somebody whom the item is about came into the family, or into its ages, after the reply.
  case replyBeforeSomebodyCame = 3
  /// The family said that the item is about nobody, and a member is of its ages.
  case replyAgainstAges = 4
  /// The day of birth is not known, so it is not known whether the item is about the member.
  case birthDate = 5
  /// The child was never weighed as far as is recorded here.
  case neverWeighed = 6
  /// Nobody recorded how the member is insured.
  case insuranceNotRecorded = 7
  /// The insurance that was recorded has ended, and nobody recorded what came after.
  case insuranceEnded = 8
  /// Nobody recorded water or latrine.
  case homeNotSeen = 9

  /// The name in the catalogues, under `family_index.unknown`.
  public var name: StaticString {
    switch self {
    case .notAsked: "not_asked"
    case .replyTooOld: "reply_too_old"
    case .replyBeforeSomebodyCame: "reply_before_somebody_came"
    case .replyAgainstAges: "reply_against_ages"
    case .birthDate: "birth_date"
    case .neverWeighed: "never_weighed"
    case .insuranceNotRecorded: "insurance_not_recorded"
    case .insuranceEnded: "insurance_ended"
    case .homeNotSeen: "home_not_seen"
    }
  }
}

/// How a family, or a member, stands to an item.
public enum FamilyIndexStanding: Hashable, Sendable {
  /// Y: it is so.
  case good
  /// T: it is not so.
  case notGood
  /// N: it is about nobody here.
  case doesNotApply
  /// It is not known, for this reason.
  case unknown(FamilyIndexUnknown)

  /// Whether it is not known.
  public var isUnknown: Bool {
    if case .unknown = self { return true }
    return false
  }

  /// What a reply says.
  init(_ reply: FamilyIndexReply) {
    switch reply {
    case .yes: self = .good
    case .no: self = .notGood
    case .doesNotApply: self = .doesNotApply
    }
  }
}

/// What a standing rests on.
public enum FamilyIndexOrigin: UInt8, Hashable, Sendable, CaseIterable {
  /// The members' ages alone.
  case ages = 1
  /// Measurements.
  case measurement = 2
  /// What is recorded of insurance.
  case insurance = 3
  /// What was seen of the home.
  case dwelling = 4
  /// What the family said.
  case reply = 5

  /// The name in the catalogues, under `family_index.origins`.
  public var name: StaticString {
    switch self {
    case .ages: "ages"
    case .measurement: "measurement"
    case .insurance: "insurance"
    case .dwelling: "dwelling"
    case .reply: "reply"
    }
  }
}

/// How one member stands to an item.
public struct FamilyIndexMember: Hashable, Sendable {
  /// Who.
  public let person: Identifier
  /// How.
  public let standing: FamilyIndexStanding
  /// The fact that tells it, where one does.
  public let fact: Identifier?
  /// The day of that fact.
  public let on: CivilDate?
}

/// How a family stands to an item, and what tells it.
public struct FamilyIndexResult: Hashable, Sendable {
  /// The item.
  public let item: FamilyIndexItem
  /// How the family stands.
  public let standing: FamilyIndexStanding
  /// What the standing rests on; nothing where it is not known.
  public let origin: FamilyIndexOrigin?
  /// The fact that tells it, where a single one does: a reply, or what was seen of the home.
  public let fact: Identifier?
  /// The day of the latest fact that it rests on.
  public let on: CivilDate?
  /// How the members stand by what is recorded of them, without the reply; none for the home.
  public let members: [FamilyIndexMember]
}
