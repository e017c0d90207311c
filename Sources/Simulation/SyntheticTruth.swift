import Health

/// What a synthetic population knows of its own records, to measure how duplicates are found:
/// which records are one person, and which only look it.
public struct SyntheticTruth: Sendable {
  /// Two records.
  public struct Pair: Hashable, Sendable {
    /// The record that was there first.
    public let first: Identifier
    /// The other one.
    public let second: Identifier

    /// Two records.
    public init(_ first: Identifier, _ second: Identifier) {
      self.first = first
      self.second = second
    }
  }

  /// Records that are one person: registered a second time by somebody else.
  public internal(set) var same: [Pair] = []
  /// Twins: one mother, one day of birth, two people.
  public internal(set) var twins: [Pair] = []
  /// Two people with one name: father and son, or born within two years in one Puskesmas' area.
  public internal(set) var namesakes: [Pair] = []

  /// Nothing known yet.
  public init() {}

  /// Adds what another part of the population knows.
  public mutating func add(_ other: SyntheticTruth) {
    same += other.same
    twins += other.twins
    namesakes += other.namesakes
  }
}
