import Health
import Journal

/// What a person's record tells of a marriage.
public struct Marriage: Sendable {
  /// Husband or wife.
  public let other: Identifier
  /// The day from which they are married; nothing where only its end was told.
  public let since: CivilDate?
  /// The fact that tells of its end; nothing while it lasts.
  public let end: Fact?
}

extension District {
  /// The marriages of a person, with each husband or wife the last one, in the order in which they
  /// were last told of.
  public func marriages(of person: PersonEntry) throws -> [Marriage] {
    var marriages: [Marriage] = []
    for fact in try standing(of: person, where: { $0 == .relation }) {
      let body = try fact.body.withUnsafeBufferPointer { try RelationBody($0) }
      guard body.kind == .spouse else { continue }
      let known = marriages.first { $0.other == body.other }
      marriages.removeAll { $0.other == body.other }
      marriages.append(
        Marriage(
          other: body.other, since: body.hasEnded ? known?.since : fact.occurredOn,
          end: body.hasEnded ? fact : nil))
    }
    return marriages
  }
}
