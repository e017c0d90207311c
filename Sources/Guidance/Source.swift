/// Where a rule comes from, so that every answer can be traced to a page.
public struct Source: Sendable {
  /// How sure we are of the text behind a rule.
  public enum Standing: UInt8, Sendable {
    /// The publication itself was read.
    case primary = 1
    /// Another work that cites the publication was read.
    case secondary = 2
    /// Written down by people who know the programme; to be confirmed before it is relied on.
    case fromMemory = 3
  }

  /// A short name that stays the same, used in catalogues and on the wire: `permenkes-2-2020`.
  public let id: StaticString
  /// The publication's own title.
  public let title: StaticString
  /// Edition, number or year.
  public let edition: StaticString
  /// Chapter, table or page.
  public let place: StaticString
  /// How sure we are of it.
  public let standing: Standing

  /// A publication and a place in it.
  public init(
    id: StaticString, title: StaticString, edition: StaticString, place: StaticString,
    standing: Standing
  ) {
    self.id = id
    self.title = title
    self.edition = edition
    self.place = place
    self.standing = standing
  }
}
