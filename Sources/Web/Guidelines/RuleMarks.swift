import Guidance
import Health
import Services

/// Beside every "why?": where the rule stands in the book, and whether a clinician signed it.
struct RuleMarks {
  let book: GuidelineBook
  let reviews: GuidelineReviews
  let names: [Identifier: String]
  let format: Format

  private var words: Words { format.words }

  /// Where the rule stands, and whether it was signed; nothing for a rule of no chapter. Without a
  /// rule the whole chapter.
  func fields(_ chapter: GuidelineChapter?, _ rule: String?) -> Fields {
    guard let chapter else { return [:] }
    return standing(of: chapter).merging([
      "rule_url": Links.guideline(chapter, rule: rule)
    ])
  }

  /// Whether a chapter was signed, by whom and when.
  func standing(of chapter: GuidelineChapter) -> Fields {
    switch reviews.standing(of: chapter) {
    case .unsigned:
      ["is_unsigned": true, "rule_standing": words["guidelines.standings.unsigned"]]
    case .signed(let review):
      ["is_unsigned": false, "rule_standing": told("signed", review)]
    case .objected(let review):
      ["is_unsigned": true, "rule_standing": told("objected", review)]
    }
  }

  private func told(_ key: String, _ review: GuidelineReview) -> String {
    words(
      "guidelines.standings.\(key)",
      [
        "name": name(of: review), "number": review.registrationNumber,
        "date": format.moment(review.at),
      ])
  }

  /// Who said something.
  func name(of review: GuidelineReview) -> String {
    review.by.flatMap { names[$0] } ?? words["people.nobody_named"]
  }
}

extension Visit {
  /// How the guidelines stand with those who may sign them.
  func ruleMarks() throws -> RuleMarks {
    let reviews = try site.district.guidelineReviews()
    return RuleMarks(
      book: site.book, reviews: reviews,
      names: try site.district.workerNames(reviews.workers), format: format)
  }
}

extension Links {
  /// A chapter of the book, or a rule in it.
  static func guideline(_ chapter: GuidelineChapter, rule: String? = nil) -> String {
    "/guidelines/\(chapter.code)" + (rule.map { "#\($0)" } ?? "")
  }
}
