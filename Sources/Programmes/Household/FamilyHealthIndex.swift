import Health

/// The family health index (Indeks Keluarga Sehat, IKS) of one household on a day, from what is
/// recorded of its members and home and from what it said. Permenkes 39/2016.
///
/// What is recorded counts unless the family said otherwise later; where nothing is recorded the
/// family's reply counts, as long as it is fresh and about those who live there now. What neither
/// tells is unknown: never "no".
public struct FamilyHealthIndex: Hashable, Sendable {
  /// The day.
  public let day: CivilDate
  /// The twelve items in order.
  public let items: [FamilyIndexResult]
  /// The index and the class.
  public let score: FamilyIndexScore

  /// Works out the index.
  ///
  /// - Parameters:
  ///   - members: who lives in the household on that day.
  ///   - household: what was seen of the home and what the family said.
  public init(
    members: [FamilyMember], household: HouseholdRecord, on day: CivilDate,
    settings: FamilyIndexSettings = FamilyIndexSettings()
  ) {
    let reader = FamilyIndexReader(
      members: members, household: household, day: day, settings: settings)
    self.day = day
    items = FamilyIndexItem.allCases.map { reader.result(of: $0) }
    score = FamilyIndexScore(items.map { $0.standing })
  }

  /// How the family stands to an item.
  public subscript(item: FamilyIndexItem) -> FamilyIndexResult {
    items[Int(item.rawValue) - 1]
  }
}

/// Settles the items one by one.
private struct FamilyIndexReader {
  let members: [FamilyMember]
  let household: HouseholdRecord
  let day: CivilDate
  let settings: FamilyIndexSettings

  func result(of item: FamilyIndexItem) -> FamilyIndexResult {
    let recorded = item.isAboutHome ? home(item) : family(item, members.map { member($0, item) })
    // Ages are of today, and a weighing of the month is there: no reply changes that.
    if recorded.origin == .ages || (item == .growthMonitored && recorded.standing == .good) {
      return recorded
    }
    guard let reply = household.reply(to: item, on: day) else { return recorded }
    if let problem = problem(of: reply, to: item) {
      return recorded.standing.isUnknown ? recorded.unknown(problem) : recorded
    }
    if !recorded.standing.isUnknown, let on = recorded.on, on >= reply.on { return recorded }
    return FamilyIndexResult(
      item: item, standing: FamilyIndexStanding(reply.body), origin: .reply, fact: reply.fact,
      on: reply.on, members: recorded.members)
  }

  private func home(_ item: FamilyIndexItem) -> FamilyIndexResult {
    let seen =
      item == .cleanWater
      ? household.dwelling(on: day) { $0.water?.isProtected }
      : household.dwelling(on: day) { $0.latrine?.isHealthy }
    guard let seen else {
      return FamilyIndexResult(
        item: item, standing: .unknown(.homeNotSeen), origin: nil, fact: nil, on: nil, members: [])
    }
    return FamilyIndexResult(
      item: item, standing: seen.body ? .good : .notGood, origin: .dwelling, fact: seen.fact,
      on: seen.on, members: [])
  }

  /// T where one member is T; else unknown where one is; else Y where one is; else N.
  private func family(
    _ item: FamilyIndexItem, _ members: [FamilyIndexMember]
  ) -> FamilyIndexResult {
    func result(
      _ standing: FamilyIndexStanding, _ origin: FamilyIndexOrigin?, on: CivilDate?
    ) -> FamilyIndexResult {
      FamilyIndexResult(
        item: item, standing: standing, origin: origin, fact: nil, on: on, members: members)
    }
    let origin: FamilyIndexOrigin = item == .insured ? .insurance : .measurement
    for standing in [FamilyIndexStanding.notGood, .good] {
      if standing == .good, let unknown = members.first(where: { $0.standing.isUnknown }) {
        return result(unknown.standing, nil, on: nil)
      }
      let those = members.filter { $0.standing == standing }
      if !those.isEmpty {
        return result(standing, origin, on: those.compactMap { $0.on }.max())
      }
    }
    // Nobody is known to live there: then ages tell nothing.
    return members.isEmpty
      ? result(.unknown(.notAsked), nil, on: nil) : result(.doesNotApply, .ages, on: nil)
  }

  private func member(_ member: FamilyMember, _ item: FamilyIndexItem) -> FamilyIndexMember {
    func standing(
      _ standing: FamilyIndexStanding, _ fact: Identifier? = nil, on: CivilDate? = nil
    ) -> FamilyIndexMember {
      FamilyIndexMember(person: member.person, standing: standing, fact: fact, on: on)
    }
    if let ages = item.ages(settings) {
      guard let months = member.months(on: day) else { return standing(.unknown(.birthDate)) }
      guard ages.contains(months) else { return standing(.doesNotApply) }
    }
    switch item {
    case .growthMonitored:
      guard let last = member.lastWeighing else { return standing(.unknown(.neverWeighed)) }
      return standing(
        last.on >= weighingsFrom ? .good : .notGood, last.fact, on: last.on)
    case .insured:
      guard let last = member.insurance else {
        return standing(.unknown(.insuranceNotRecorded))
      }
      if let until = last.body.until, until < day {
        return standing(.unknown(.insuranceEnded), last.fact, on: last.on)
      }
      let isInsured =
        last.body.kind.isNational
        || (settings.otherInsuranceCounts && last.body.kind == .privateInsurance)
      return standing(isInsured ? .good : .notGood, last.fact, on: last.on)
    default: return standing(.unknown(.notAsked))
    }
  }

  /// The first day whose weighings count.
  private var weighingsFrom: CivilDate {
    day.month.advanced(by: -Int(settings.growthMonths)).firstDay
  }

  /// Why a reply does not count; nothing where it does.
  private func problem(
    of reply: FamilyMember.Seen<FamilyIndexReply>, to item: FamilyIndexItem
  ) -> FamilyIndexUnknown? {
    if reply.on.addingMonths(Int(settings.replyMonths)) < day { return .replyTooOld }
    // That a child was weighed last month is said of that month.
    if item == .growthMonitored, reply.on < weighingsFrom { return .replyTooOld }
    if item.isAboutHome {
      return household.movedHome(until: day).flatMap { reply.on < $0 ? .homeNotSeen : nil }
    }
    let ages = item.ages(settings)
    let concerned = members.filter { member in
      guard let ages, let months = member.months(on: day) else { return true }
      return ages.contains(months)
    }
    if item.isDecidedByAge, reply.body == .doesNotApply,
      concerned.contains(where: { $0.birthDate != nil })
    {
      return .replyAgainstAges
    }
    for member in concerned {
      // Somebody smoked before another came, and does so still.
      if reply.body == .no, !item.isDecidedByAge { continue }
      guard member.wasThere(on: reply.on) else { return .replyBeforeSomebodyCame }
      if item.isDecidedByAge, let ages, let months = member.months(on: reply.on),
        !ages.contains(months)
      {
        return .replyBeforeSomebodyCame
      }
    }
    return nil
  }
}

extension FamilyIndexResult {
  /// The same, not known for another reason.
  fileprivate func unknown(_ reason: FamilyIndexUnknown) -> FamilyIndexResult {
    FamilyIndexResult(
      item: item, standing: .unknown(reason), origin: nil, fact: nil, on: nil, members: members)
  }
}

extension FamilyIndexItem {
  /// Whether the item tells that somebody in the family is ill with what a neighbour should not
  /// learn.
  public var tellsOfIllness: Bool { self == .tuberculosisTreated || self == .mentalDisorderTreated }
}

extension FamilyHealthIndex {
  /// The index over the items that are not hidden: from this one beside those items nobody can
  /// work out the others.
  public func score(without hidden: Set<FamilyIndexItem>) -> FamilyIndexScore {
    hidden.isEmpty
      ? score : FamilyIndexScore(items.filter { !hidden.contains($0.item) }.map { $0.standing })
  }
}
