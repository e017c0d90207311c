import Health

/// The family health index of an area: the sum over its families.
public struct FamilyIndexTally: Hashable, Sendable {
  /// How many families stand how to one item.
  public struct ItemCount: Hashable, Sendable {
    /// Families that are Y.
    public var good = 0
    /// Families that are T.
    public var notGood = 0
    /// Families that are N.
    public var doesNotApply = 0
    /// Families of which it is not known.
    public var unknown = 0

    /// Coverage: Y ÷ (Y + T); nothing where neither is known of any family.
    public var coverage: FamilyIndexShare? { FamilyIndexShare(good, of: good + notGood) }
  }

  /// Healthy families.
  public private(set) var healthy = 0
  /// Pre-healthy families.
  public private(set) var preHealthy = 0
  /// Unhealthy families.
  public private(set) var unhealthy = 0
  /// Families whose class is not known.
  public private(set) var unknown = 0
  /// Families of whom no item is.
  public private(set) var doesNotApply = 0
  private var counts = [ItemCount](repeating: ItemCount(), count: 12)

  /// No families.
  public init() {}

  /// How the families stand to an item.
  public subscript(item: FamilyIndexItem) -> ItemCount { counts[Int(item.rawValue) - 1] }

  /// All families.
  public var families: Int { healthy + preHealthy + unhealthy + unknown + doesNotApply }

  /// The index of the area: healthy families ÷ families whose class is known. How many are not
  /// known belongs beside it.
  public var areaIndex: FamilyIndexShare? {
    FamilyIndexShare(healthy, of: healthy + preHealthy + unhealthy)
  }

  /// Adds a family.
  public mutating func add(_ index: FamilyHealthIndex) {
    switch index.score.familyClass {
    case .known(.healthy): healthy += 1
    case .known(.preHealthy): preHealthy += 1
    case .known(.unhealthy): unhealthy += 1
    case .unknown: unknown += 1
    case .doesNotApply: doesNotApply += 1
    }
    for (position, result) in index.items.enumerated() {
      switch result.standing {
      case .good: counts[position].good += 1
      case .notGood: counts[position].notGood += 1
      case .doesNotApply: counts[position].doesNotApply += 1
      case .unknown: counts[position].unknown += 1
      }
    }
  }
}
