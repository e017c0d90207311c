import GRDB
import Health
import Journal

/// How the members of a family stand to each other, as far as records tell: from this follows how
/// they stand to a new head.
///
/// Those who died or left are among them: a grandchild is one by its parent who died, too.
public struct FamilyTies: Sendable {
  /// A member, with those whom the records tell of.
  public struct Member: Sendable {
    /// Who.
    public let id: Identifier
    /// How the member stands to the head of until now.
    public let relation: HouseholdRelation?
    /// Male or female.
    public let sex: Sex?
    /// The mother, where she is known.
    public let mother: Identifier?
    /// The father, where he is known.
    public let father: Identifier?
    /// Husband or wife of a marriage that has not ended, of whom one may have died.
    public let spouses: Set<Identifier>

    /// A member of whom this is known.
    public init(
      _ id: Identifier, _ relation: HouseholdRelation?, _ sex: Sex? = nil,
      mother: Identifier? = nil, father: Identifier? = nil, spouses: Set<Identifier> = []
    ) {
      self.id = id
      self.relation = relation
      self.sex = sex
      self.mother = mother
      self.father = father
      self.spouses = spouses
    }

    fileprivate func isChild(of other: Member) -> Bool {
      mother == other.id || father == other.id
    }

    /// Whether the record names another in the place that this one would have.
    fileprivate func isSurelyNoChild(of other: Member) -> Bool {
      switch other.sex {
      case .female: mother.map { $0 != other.id } ?? false
      case .male: father.map { $0 != other.id } ?? false
      case nil: false
      }
    }

    fileprivate func isMarried(to other: Member) -> Bool {
      spouses.contains(other.id) || other.spouses.contains(id)
    }

    fileprivate func sharesParent(with other: Member) -> Bool {
      (mother != nil && mother == other.mother) || (father != nil && father == other.father)
    }
  }

  private let members: [Member]

  /// The ties of these members.
  public init(_ members: [Member]) { self.members = members }

  /// How a member stands to a new head; nothing where that does not surely follow from what is
  /// recorded, and is to be asked.
  public func relation(of id: Identifier, toNewHead head: Identifier) -> HouseholdRelation? {
    guard let member = members.first(where: { $0.id == id }),
      let head = members.first(where: { $0.id == head }), member.id != head.id
    else { return nil }
    return linked(member, head) ?? inferred(member, head)
  }

  /// By mother, father and marriage.
  private func linked(_ member: Member, _ head: Member) -> HouseholdRelation? {
    if member.isMarried(to: head) { return .spouse }
    if member.isChild(of: head) { return .child }
    if head.isChild(of: member) { return .parent }
    let children = members.filter { $0.isChild(of: head) }
    if children.contains(where: { member.isChild(of: $0) }) { return .grandchild }
    if children.contains(where: { member.isMarried(to: $0) }) { return .childInLaw }
    let spouses = members.filter { $0.isMarried(to: head) }
    if spouses.contains(where: { $0.isChild(of: member) }) { return .parentInLaw }
    let parents = members.filter { head.isChild(of: $0) }
    if parents.contains(where: { $0.isChild(of: member) }) { return .otherRelative }
    return member.sharesParent(with: head) ? .otherRelative : nil
  }

  /// By how both stood to the head of until now.
  private func inferred(_ member: Member, _ head: Member) -> HouseholdRelation? {
    guard let relation = member.relation, let own = head.relation else { return nil }
    let isKin = own != .domesticWorker && own != .other
    // Who belongs to nobody of the family does so under another head, too.
    if relation == .domesticWorker || relation == .other { return isKin ? relation : nil }
    if own == .head { return relation }
    switch own {
    case .head, .domesticWorker, .other: return nil
    case .otherRelative: return relation == .head ? .otherRelative : nil
    case .spouse: return toSpouse(relation)
    case .child: return toChild(relation, member, head)
    case .childInLaw: return toChildInLaw(relation, member, head)
    case .grandchild: return toGrandchild(relation, member, head)
    case .parent: return toParent(relation)
    case .parentInLaw: return toParentInLaw(relation)
    }
  }

  /// The children of a spouse may be another's: only their records tell.
  private func toSpouse(_ relation: HouseholdRelation) -> HouseholdRelation? {
    switch relation {
    case .head: return .spouse
    case .parent: return .parentInLaw
    case .parentInLaw:
      return members.filter { $0.relation == .spouse }.count == 1 ? .parent : nil
    case .otherRelative: return .otherRelative
    default: return nil
    }
  }

  private func toChild(
    _ relation: HouseholdRelation, _ member: Member, _ head: Member
  ) -> HouseholdRelation? {
    switch relation {
    case .head: .parent
    case .child, .parent, .parentInLaw, .otherRelative: .otherRelative
    // Of a brother or sister, unless it is the head's own.
    case .childInLaw: member.spouses.isEmpty ? nil : .otherRelative
    case .grandchild: member.isSurelyNoChild(of: head) ? .otherRelative : nil
    default: nil
    }
  }

  private func toChildInLaw(
    _ relation: HouseholdRelation, _ member: Member, _ head: Member
  ) -> HouseholdRelation? {
    switch relation {
    case .head: .parentInLaw
    case .childInLaw, .parent, .parentInLaw: .otherRelative
    case .child: head.spouses.isEmpty ? nil : .otherRelative
    case .grandchild: member.isSurelyNoChild(of: head) ? .otherRelative : nil
    default: nil
    }
  }

  private func toGrandchild(
    _ relation: HouseholdRelation, _ member: Member, _ head: Member
  ) -> HouseholdRelation? {
    switch relation {
    case .head, .spouse, .parent, .parentInLaw, .grandchild: .otherRelative
    // Father or mother, or uncle or aunt.
    case .child, .childInLaw: head.isSurelyNoChild(of: member) ? .otherRelative : nil
    default: nil
    }
  }

  private func toParent(_ relation: HouseholdRelation) -> HouseholdRelation? {
    switch relation {
    case .head: .child
    case .spouse: .childInLaw
    case .child: .grandchild
    case .grandchild, .childInLaw, .parentInLaw: .otherRelative
    default: nil
    }
  }

  private func toParentInLaw(_ relation: HouseholdRelation) -> HouseholdRelation? {
    switch relation {
    case .head: .childInLaw
    case .grandchild, .childInLaw, .parent: .otherRelative
    default: nil
    }
  }
}

extension District {
  /// How the members of a family stand to each other. Who was recorded as husband or wife of the
  /// head is married to them, unless the end of the marriage was told.
  public func ties(of family: Family) throws -> FamilyTies {
    let records = try family.members.compactMap { try person($0.id) }
    let marriages = try records.map { try self.marriages(of: $0.person) }
    func ended(_ place: Int, with other: Identifier) -> Bool {
      marriages[place].contains { $0.other == other && $0.end != nil }
    }
    return FamilyTies(
      try records.enumerated().map { place, record in
        let person = record.person
        var spouses = Set(marriages[place].filter { $0.end == nil }.map(\.other))
        if person.relation == .spouse {
          let heads = records.filter {
            $0.person.relation == .head && $0.person.sex != person.sex
          }
          // Who died as head is still called so beside the one who became head.
          let living = heads.filter { $0.person.diedOn == nil }
          spouses.formUnion(
            (living.isEmpty ? heads : living).map(\.person.id).filter { !ended(place, with: $0) })
        }
        let fatherName = String(decoding: record.summary.person.fatherName, as: UTF8.self)
        return FamilyTies.Member(
          person.id, person.relation, person.sex,
          mother: try record.mother?.id
            ?? parent(named: person.motherName, .female, of: person)?.id,
          father: try parent(named: fatherName, .male, of: person)?.id, spouses: spouses)
      })
  }
}
