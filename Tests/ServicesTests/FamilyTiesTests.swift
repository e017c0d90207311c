import Health
import Services
import Testing

/// How a family stands to a new head: what follows from mothers, fathers, marriages and from the
/// head before, and what does not.
@Suite struct FamilyTiesTests {
  private typealias Member = FamilyTies.Member

  private static func id(_ number: UInt64) -> Identifier { Identifier(high: 1, low: number) }
  private static let (man, wife, son, bride) = (id(1), id(2), id(3), id(4))
  private static let (baby, daughter, nephew, aunt) = (id(5), id(6), id(7), id(8))
  private static let (hisMother, herMother, maid) = (id(9), id(10), id(11))

  /// Man and wife, their son with his wife and baby, a daughter, a grandchild of another mother,
  /// a wife's aunt, both mothers, a maid.
  private static let family = FamilyTies([
    Member(man, .head, .male, mother: hisMother),
    Member(wife, .spouse, .female, spouses: [man]),
    Member(son, .child, .male, mother: wife, father: man, spouses: [bride]),
    Member(bride, .childInLaw, .female, spouses: [son]),
    Member(baby, .grandchild, .female, mother: bride, father: son),
    Member(daughter, .child, .female, mother: wife),
    Member(nephew, .grandchild, .male, mother: id(99)),
    Member(aunt, .otherRelative, .female),
    Member(hisMother, .parent, .female),
    Member(herMother, .parentInLaw, .female),
    Member(maid, .domesticWorker, .female),
  ])

  /// A new head, and how each member stands to them; nothing where it is asked.
  static let rows: [(head: Identifier, expected: [(Identifier, HouseholdRelation?)])] = [
    (
      wife,
      [
        (man, .spouse), (son, .child), (bride, .childInLaw), (baby, .grandchild),
        (daughter, .child), (nephew, nil), (aunt, .otherRelative), (hisMother, .parentInLaw),
        (herMother, .parent), (maid, .domesticWorker),
      ]
    ),
    (
      bride,
      [
        (man, .parentInLaw), (wife, .parentInLaw), (son, .spouse), (baby, .child),
        (daughter, .otherRelative), (nephew, .otherRelative), (aunt, nil),
        (hisMother, .otherRelative), (herMother, .otherRelative), (maid, .domesticWorker),
      ]
    ),
    (
      son,
      [
        (man, .parent), (wife, .parent), (bride, .spouse), (baby, .child),
        (daughter, .otherRelative), (nephew, nil), (hisMother, .otherRelative),
        (maid, .domesticWorker),
      ]
    ),
    (
      daughter,
      [
        (man, .parent), (wife, .parent), (son, .otherRelative), (bride, .otherRelative),
        (baby, .otherRelative), (nephew, .otherRelative),
      ]
    ),
    (
      hisMother,
      [
        (man, .child), (wife, .childInLaw), (son, .grandchild), (baby, .otherRelative),
        (herMother, .otherRelative), (aunt, nil),
      ]
    ),
    (herMother, [(man, .childInLaw), (wife, nil), (son, nil), (hisMother, .otherRelative)]),
    (baby, [(man, .otherRelative), (son, .parent), (bride, .parent), (daughter, .otherRelative)]),
    (aunt, [(man, .otherRelative), (wife, nil), (son, nil), (maid, .domesticWorker)]),
    (maid, [(man, nil), (son, nil)]),
  ]

  @Test(arguments: rows.indices)
  func membersStandSoToANewHead(_ row: Int) {
    let (head, expected) = Self.rows[row]
    for (member, relation) in expected {
      #expect(Self.family.relation(of: member, toNewHead: head) == relation, "\(member)")
    }
  }

  /// A child of whom no mother is known is not said to be the widow's.
  @Test func aStepchildIsAskedFor() {
    let family = FamilyTies([
      Member(Self.man, .head, .male), Member(Self.wife, .spouse, .female, spouses: [Self.man]),
      Member(Self.son, .child, .male), Member(Self.daughter, .child, .female, mother: Self.aunt),
    ])
    #expect(family.relation(of: Self.son, toNewHead: Self.wife) == nil)
    #expect(family.relation(of: Self.daughter, toNewHead: Self.wife) == nil)
    #expect(family.relation(of: Self.wife, toNewHead: Self.son) == nil)
  }
}
