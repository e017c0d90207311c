/// A limit between two categories, in hundredths of the unit that is classified.
///
/// Z-scores and centimetres are rounded to two decimals before they are classified, as WHO does,
/// so that whole numbers decide and no two machines can differ.
public struct Limit: Hashable, Sendable {
  /// Hundredths.
  public let hundredths: Int32
  /// Whether the limit itself still belongs to the category below it.
  public let belongsBelow: Bool

  /// A category for all that is less than the limit: `z < −2`.
  public static func below(_ hundredths: Int32) -> Limit {
    Limit(hundredths: hundredths, belongsBelow: false)
  }

  /// A category up to the limit and with it: `z ≤ +1`.
  public static func upTo(_ hundredths: Int32) -> Limit {
    Limit(hundredths: hundredths, belongsBelow: true)
  }

  func holds(_ value: Int32) -> Bool {
    belongsBelow ? value <= hundredths : value < hundredths
  }
}

/// A guideline's table of categories, from the lowest up.
public struct Classification<Category: Sendable>: Sendable {
  /// One row of the table.
  public struct Band: Sendable {
    /// The limit that the category lies under.
    public let limit: Limit
    /// The category.
    public let category: Category

    /// A row of the table.
    public init(_ limit: Limit, _ category: Category) {
      self.limit = limit
      self.category = category
    }
  }

  /// Where the table stands.
  public let source: Source
  /// The rows, lowest first.
  public let bands: [Band]
  /// The category of all that lies above the last row.
  public let above: Category

  /// A table of categories.
  public init(source: Source, _ bands: [Band], above: Category) {
    self.source = source
    self.bands = bands
    self.above = above
  }

  /// The category of a value in hundredths.
  public func category(of hundredths: Int32) -> Category {
    for band in bands where band.limit.holds(hundredths) { return band.category }
    return above
  }
}
