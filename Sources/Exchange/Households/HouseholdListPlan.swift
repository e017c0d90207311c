import Health

/// What a list of households would bring, before anything of it is written: for a person to look
/// through, and to say yes or no.
public struct HouseholdListPlan: Sendable {
  /// The rows in the file's order; empty ones are left out.
  public let rows: [PlannedHouseholdRow]
  /// How many rows there are of each outcome.
  public let counts: [ListOutcome: Int]
  /// How many households are new.
  public let newHouseholds: Int
  /// Lines of the first member of each new household that names no head of the family.
  public let householdsWithoutHead: [Int]
  /// Headings of columns that nothing is stored of.
  public let unstoredColumns: [String]

  /// Reads a file to its end and compares it with what is known.
  ///
  /// Everything is held in memory; for large files use a ``HouseholdListPlanner`` row by row.
  ///
  /// - Parameter ahead: the same list once more, to learn from later rows of a household; nothing
  ///   where every row says all.
  /// - Throws: what the table or `known` throws. What is wrong with single rows is told in the plan.
  public init(
    of table: some TableReader, after ahead: (any TableReader)? = nil,
    read reader: HouseholdRowReader, known: some KnownHouseholds
  ) throws {
    var table = table
    var planner = HouseholdListPlanner(reader: reader, known: known)
    if let ahead { try planner.lookAhead(in: ahead) }
    var rows: [PlannedHouseholdRow] = []
    while let row = try table.next({ row in
      row.isBlank ? PlannedHouseholdRow?.none : try planner.plan(row)
    }) {
      if let row { rows.append(row) }
    }
    self.rows = rows
    counts = planner.counts
    newHouseholds = planner.newHouseholds
    householdsWithoutHead = planner.householdsWithoutHead
    unstoredColumns = reader.columns.unread
  }
}

/// What taking in a row of a list would do.
public enum ListOutcome: String, Hashable, Sendable, CaseIterable {
  /// Somebody comes to be known.
  case new
  /// Somebody is known, and something about them changes.
  case changed
  /// All of it is known already.
  case same
  /// Nothing: the row cannot be taken.
  case refused
}

/// What a row would change of what is known.
public struct ListChange: Hashable, Sendable {
  /// What changes, by the name that it has in the catalogues under `lists.attributes`.
  public enum Attribute: String, Hashable, Sendable, CaseIterable {
    /// Name.
    case name
    /// NIK.
    case nationalIdentityNumber = "national_identity_number"
    /// Sex.
    case sex
    /// Day of birth.
    case birthDate = "birth_date"
    /// Place of birth.
    case birthPlace = "birth_place"
    /// The mother's name.
    case motherName = "mother_name"
    /// The father's name.
    case fatherName = "father_name"
    /// Telephone.
    case telephone
    /// Where the person lives.
    case place
    /// With whom the person lives.
    case household
    /// How the person stands to the head.
    case relation
    /// The head of the household.
    case head
    /// Where the household lives.
    case householdPlace = "household_place"
    /// RT.
    case neighbourhood
    /// RW.
    case communityUnit = "community_unit"
    /// Address.
    case address
    /// Where the water comes from.
    case water
    /// Latrine.
    case latrine
    /// Health insurance.
    case insurance
    /// Name for signing in.
    case userName = "user_name"
    /// STR.
    case registrationNumber = "registration_number"
    /// SIP.
    case practiceLicence = "practice_licence"
    /// A role at a place.
    case role
    /// Clusters of a role.
    case clusters
    /// The first day in a role.
    case start
    /// The last day in a role.
    case end
  }

  /// What is known, or would be.
  public enum Value: Hashable, Sendable {
    /// Nothing.
    case nothing
    /// Text.
    case text(String)
    /// A day.
    case day(CivilDate)
    /// A sex.
    case sex(Sex)
    /// How a member stands to the head.
    case relation(HouseholdRelation)
    /// Where the water comes from.
    case water(WaterSource)
    /// A latrine.
    case latrine(Latrine)
    /// A health insurance.
    case insurance(InsuranceKind)
    /// A place that is known.
    case place(Identifier)
    /// A household that is known.
    case household(Identifier)
    /// A person who is known.
    case person(Identifier)
    /// A household or person that this very list makes known, by how the list calls it.
    case new(String)
    /// A role at a place.
    case role(Role, Identifier)
    /// Clusters.
    case clusters(Clusters)
  }

  /// What changes.
  public let attribute: Attribute
  /// What is known.
  public let old: Value
  /// What would be.
  public let new: Value
}

/// A row of a list of households, and what taking it in would do.
public struct PlannedHouseholdRow: Sendable {
  /// The line in the file, from 1.
  public let line: Int
  /// What taking it in would do.
  public let outcome: ListOutcome
  /// What it would change of what is known: of the member, and of the household where this is the
  /// row that changes it. Empty of a row that is the same or refused; of a new member it tells only
  /// of a household that is known.
  public let changes: [ListChange]
  /// All that is wrong; empty unless it is refused.
  public let problems: [ListRowProblem]
  /// What somebody should look at again.
  public let warnings: [ListRowWarning]
  /// What would be stored; nothing of a row that is refused.
  public let member: PlannedMember?
  /// The facts that the row was compared with.
  public var seen: [Identifier] = []
}

/// What a row of a list of households would store. A body that is nothing needs no fact.
public struct PlannedMember: Hashable, Sendable {
  /// The row as it was read.
  public var row: HouseholdRow
  /// The person in the register; nothing of a new one.
  public var knownPerson: Identifier?
  /// The household in the register; nothing of a new one.
  public var knownHousehold: Identifier?
  /// The person, known or new; nothing where the planner was not told how to name new ones.
  public var personId: Identifier?
  /// The household, known or new; nothing where the planner was not told how to name new ones.
  public var householdId: Identifier?
  /// The fact that tells of the household and is to be corrected.
  public var replacedHousehold: Identifier?
  /// Who the person is: what is known, with what the row tells in its place.
  public var person: PersonBody?
  /// Where the person lives. Where the household is new its identifier is to be filled in.
  public var residence: ResidenceBody?
  /// The household, as known and told up to this row: of the rows of one household the last that has
  /// it counts. Where the head is a new person their identifier is to be filled in.
  public var household: HouseholdBody?
  /// What is told of the home up to this row; of the rows of one household the last counts.
  public var dwelling: DwellingBody?
  /// How the person is insured; nothing where that is known or the row does not tell it.
  public var insurance: InsuranceBody?
  /// Whether the person is the household's head from now on, or the first who is named so.
  public var becomesHead = false

  /// Whether anything would be stored.
  public var isAnything: Bool {
    person != nil || residence != nil || household != nil || dwelling != nil
      || insurance != nil
  }
}
