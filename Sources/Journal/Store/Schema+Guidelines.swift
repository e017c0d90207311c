extension Schema {
  /// Every "why?" asks who signed the rule: among all facts the few reviews must be found at once.
  static let guidelineReviews =
    "CREATE INDEX fact_of_guideline_review ON fact (sequence) WHERE kind = 98"
}
