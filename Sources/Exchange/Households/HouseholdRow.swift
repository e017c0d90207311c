import Health

/// A row of a list of households that could be read: one member, where the household lives, and
/// what is told of it. Nothing is compared with what is known yet.
public struct HouseholdRow: Hashable, Sendable {
  /// By what a list names a household.
  public enum Key: Hashable, Sendable {
    /// The sixteen digits of the family card.
    case familyCard(String)
    /// Whatever else stands in that column, where there is no such card yet.
    case local(String)
  }

  /// Where somebody lives, in the file's own words.
  public struct Home: Hashable, Sendable {
    /// Village, by name or code.
    public var village = ""
    /// Kecamatan.
    public var subdistrict = ""
    /// Puskesmas.
    public var puskesmas = ""
    /// Posyandu.
    public var posyandu = ""

    /// Whether the row leaves the place to the household's other rows.
    public var isEmpty: Bool { village.isEmpty && posyandu.isEmpty }
  }

  /// The line in the file, from 1.
  public var line: Int
  /// The household.
  public var key: Key
  /// The member. What the row does not tell is empty.
  public var person = PersonBody()
  /// Where the member lives, and how they stand to the head; the household's identifier is filled
  /// in where it is known.
  public var residence = ResidenceBody(place: nil)
  /// The household's card, place and address.
  public var household = HouseholdBody()
  /// Water and latrine.
  public var dwelling = DwellingBody()
  /// The member's health insurance.
  public var insurance: InsuranceKind?
  /// The place in the file's words.
  public var home = Home()
}

/// What became of reading a row of a list.
public struct ListReading<Row: Sendable>: Sendable {
  /// The row; nothing where it is refused.
  public let row: Row?
  /// All that is wrong with it; empty where it can be taken.
  public let problems: [ListRowProblem]
  /// What somebody should look at again.
  public let warnings: [ListRowWarning]
}
