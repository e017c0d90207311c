import Health
import Journal
import Services

/// What is asked once about how somebody would stand to the head of a family, before it is written.
struct RelationDoubts {
  private let visit: Visit
  /// The living head of the family whom the visitor may see.
  private let head: PersonEntry?

  /// Heads and husbands or wives so young are hardly ones, in years.
  private static let youngestHead = 10
  /// A parent is hardly fewer years older than a child.
  private static let fewestYearsToParent = 12

  /// - Parameter family: the family into which somebody comes; nothing where it is new.
  init(_ visit: Visit, family: Family?) throws {
    self.visit = visit
    head = try family?.head.flatMap { head in
      try visit.may(.seeFamily, with: head) ? head : nil
    }
  }

  /// The head who lives in the family, where somebody else would come into it as its head: a family
  /// has one head.
  func otherHead(_ relation: HouseholdRelation?) -> PersonEntry? {
    relation == .head ? head : nil
  }

  /// What is hardly so about somebody born on a day, in words; nothing where all is likely.
  func doubt(_ relation: HouseholdRelation, born: CivilDate?) -> String? {
    guard let born else { return nil }
    let name = visit.words["relations.\(relation.code)"]
    switch relation {
    case .head, .spouse, .parent, .parentInLaw:
      if years(from: born, to: visit.today) < RelationDoubts.youngestHead {
        return visit.words(
          "people.relation_too_young",
          [
            "relation": name, "age": visit.format.whole(years(from: born, to: visit.today)),
            "least": visit.format.whole(RelationDoubts.youngestHead),
          ])
      }
    default: break
    }
    guard relation == .parent, let head, let headBorn = head.birthDate,
      years(from: born, to: headBorn) < RelationDoubts.fewestYearsToParent
    else { return nil }
    return visit.words(
      "people.parent_too_young",
      [
        "head": visit.name(of: head),
        "least": visit.format.whole(RelationDoubts.fewestYearsToParent),
      ])
  }

  /// Full years; none where the second day is the earlier one.
  private func years(from first: CivilDate, to second: CivilDate) -> Int {
    first <= second ? Int(second.completedMonths(since: first).count) / 12 : 0
  }
}

extension Family {
  /// How a member stands to the head; nothing where somebody is recorded as head beside the one who
  /// is: that is to be asked, for a family has one head.
  func relation(of member: PersonEntry) -> HouseholdRelation? {
    isSecondHead(member) ? nil : member.relation
  }

  /// Whether somebody who lives there is recorded as head beside the one who is.
  func isSecondHead(_ member: PersonEntry) -> Bool {
    member.relation == .head && head.map { $0.id != member.id } ?? false
      && present.contains { $0.id == member.id }
  }
}
