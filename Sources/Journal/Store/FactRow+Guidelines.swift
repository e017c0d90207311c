import GRDB
import Health

extension FactRow {
  /// All reviews of guidelines, in their order of arrival.
  public static func guidelineReviews(in db: Database) throws -> [Fact] {
    let statement = try BareStatement(
      """
      SELECT \(columns) FROM fact INDEXED BY fact_of_guideline_review
      WHERE kind = 98 ORDER BY sequence
      """, in: db)
    var facts: [Fact] = []
    try statement.forEach { row in
      if let fact = try fact(row) { facts.append(fact) }
      return true
    }
    return facts
  }
}
