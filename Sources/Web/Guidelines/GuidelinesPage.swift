import Guidance
import Health
import Monitoring
import Programmes
import Services

/// Every definition and rule by which figures and statuses come about, and the guidelines by
/// chapter.
struct GuidelinesPage {
  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  func rendering() throws -> Rendering {
    let words = visit.words
    let index = GuidelineIndex(format: visit.format, edition: visit.district.edition)
    let marks = try visit.ruleMarks()
    return Rendering(
      template: "guidelines", title: words["guidelines.title"],
      crumbs: visit.homeCrumbs(words["common.menu_guidelines"]), section: .guidelines,
      fields: index.fields.merging([
        "chapters": visit.site.book.chapters.map { chapter in
          index.chapter(chapter, address: Links.guideline(chapter))
            .merging(marks.standing(of: chapter))
        }
      ]))
  }

  static func denominator(_ indicator: Indicator) -> String {
    switch indicator {
    case .hasChildHealthBook, .weighed: "registered"
    case .gainedOfWeighed, .notGained, .notGainedTwice, .belowRedLine, .firstWeighing,
      .notWeighedLastMonth:
      "weighed"
    case .gainedOfComparable: "judged"
    default: "measured"
    }
  }

  /// The name of a direction in the catalogues.
  static func code(_ direction: Direction) -> String {
    switch direction {
    case .up: "up"
    case .down: "down"
    case .neither: "neither"
    }
  }
}
