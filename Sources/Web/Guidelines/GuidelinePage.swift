import Guidance
import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// One guideline as this program has it, from the values themselves: to be read, printed and
/// signed.
struct GuidelinePage {
  private let visit: Visit
  private let chapter: GuidelineChapter
  private let sections: GuidelineSections
  private let marks: RuleMarks
  /// What was decided on the form that comes back, and what is wrong with it.
  var decision: GuidelineDecision?
  var problem: String?

  private var words: Words { visit.words }
  private var format: Format { visit.format }

  /// The rule that stands for the whole chapter.
  static let whole = "whole"

  init(_ visit: Visit, code: String?, entered: [String: String] = [:]) throws {
    guard let chapter = code.flatMap({ visit.site.book.chapter($0) }) else {
      throw PageProblem.notFound
    }
    self.visit = visit
    self.chapter = chapter
    sections = GuidelineSections(
      chapter: chapter, text: CareText(visit),
      edition: visit.district.edition, entered: entered)
    marks = try visit.ruleMarks()
  }

  func rendering() throws -> Rendering {
    let index = GuidelineIndex(format: format, edition: visit.district.edition)
    let title = GuidelineIndex.title(of: chapter, words)
    let mayRead = visit.visitor.rights.may(.signGuidelines)
    let hasNumber = !(visit.visitor.worker?.body.registrationNumber.isEmpty ?? true)
    var fields = index.chapter(chapter, address: Links.guideline(chapter))
      .merging(marks.standing(of: chapter))
      .merging([
        "sections": sections.fields(), "full_digest": chapter.digest.hexadecimal,
        "settings": words("settings.in_force", ["edition": visit.district.edition.title]),
        "is_growth": false, "history": history, "has_history": !history.isEmpty,
        "may_sign": mayRead && hasNumber, "needs_number": mayRead && !hasNumber,
        "signs_nothing": !mayRead,
        "form_token": visit.visitor.formToken, "problem": problem,
        "chose_signed": decision == .signed, "chose_objections": decision == .objections,
        "whole_wrong": sections.entered[GuidelinePage.whole],
        "done": visit.query["done"].flatMap { words.find("guidelines.done_\($0)") },
      ])
    if case .growth = chapter.content {
      fields = fields.merging(index.growth).merging(["is_growth": true])
    }
    return Rendering(
      template: "guideline", title: title,
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["common.menu_guidelines"], url: "/guidelines"), Crumb(name: title),
      ], section: .guidelines, fields: fields)
  }

  /// What was said so far, of earlier definitions too.
  private var history: [Fields] {
    marks.reviews.history(of: chapter).map { review in
      [
        "review_by": marks.name(of: review), "review_number": review.registrationNumber,
        "review_at": format.moment(review.at),
        "review_decision": words[
          review.body.decision == .signed
            ? "guidelines.decisions.signed" : "guidelines.decisions.objections"],
        "review_edition": String(decoding: review.body.edition, as: UTF8.self),
        "review_digest": review.shortDigest,
        "is_earlier": review.body.digest != chapter.digest.bytes,
        "objections": review.body.objections.map { objection -> Fields in
          let rule = String(decoding: objection.rule, as: UTF8.self)
          return [
            "objection": String(decoding: objection.text, as: UTF8.self),
            "objection_url": sections.ruleIds.contains(rule)
              ? Links.guideline(chapter, rule: rule) : nil,
            "objection_rule": sections.title(ofRule: rule) ?? words["guidelines.whole"],
          ]
        },
      ]
    }
  }

  /// What was entered of what is wrong: of the whole and of each rule.
  fileprivate static func entered(
    _ form: Form, _ rules: Set<String>
  ) -> [(rule: String, text: String)] {
    ([whole] + rules.sorted()).map { ($0, form["wrong-\($0)"]) }.filter { !$0.1.isEmpty }
  }

  fileprivate var rules: Set<String> { sections.ruleIds }
}

extension Visit {
  private static let reviewRoute = "POST /guidelines/{code}"

  /// Records that the visitor signs a guideline, or what is wrong with it.
  func review(_ code: String?, _ form: Form) async throws -> Response {
    guard let chapter = code.flatMap({ site.book.chapter($0) }) else {
      throw PageProblem.notFound
    }
    guard let worker = visitor.worker else { throw PageProblem.notAllowed }
    let entered = GuidelinePage.entered(form, try GuidelinePage(self, code: code).rules)
    let decision: GuidelineDecision? =
      switch form["decision"] {
      case "signed": .signed
      case "objections": .objections
      default: nil
      }
    func refused(
      _ problem: String, _ status: HTTPResponse.Status = .badRequest
    ) throws -> Response {
      var page = try GuidelinePage(
        self, code: code,
        entered: Dictionary(entered.map { ($0.rule, $0.text) }) { first, _ in first })
      page.decision = decision
      page.problem = words["guidelines.problems.\(problem)"]
      return try respond(page.rendering(), status: status)
    }
    guard let decision else { return try refused("no_decision") }
    // Whoever wrote that something is wrong does not sign it by a slip of the thumb.
    if decision == .signed, !entered.isEmpty { return try refused("signed_with_objections") }
    let objections = entered.map { entry in
      GuidelineObjection(
        rule: entry.rule == GuidelinePage.whole ? [] : Array(entry.rule.utf8),
        text: Array(entry.text.utf8))
    }
    let fact: Fact
    do throws(GuidelineReviewProblem) {
      fact = try chapter.review(
        by: worker, reading: form["digest"], decision, objections,
        at: visitor.rights.places.first, recording, on: today)
    } catch {
      return try refused(error.code, error == .definitionsChanged ? .conflict : .badRequest)
    }
    _ = try await write(
      [fact], action: .signGuidelines, route: Visit.reviewRoute, subjects: [])
    let done = decision == .signed ? "signed" : "objections"
    return redirect(to: Links.address(Links.guideline(chapter), [("done", done)]))
  }
}

extension GuidelineReviewProblem {
  /// The name in catalogues, under `guidelines.problems`.
  var code: String {
    switch self {
    case .noRegistrationNumber: "no_registration_number"
    case .definitionsChanged: "definitions_changed"
    case .nothingObjected: "nothing_objected"
    case .tooManyObjections: "too_many_objections"
    case .objectionTooLong: "objection_too_long"
    }
  }
}
