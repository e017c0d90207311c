import Guidance
import Health
import Journal
import Services

/// What would follow from a visit as far as it is filled in, in short: what is dangerous, what is
/// found, what cannot be told yet, what is owed now and what was done, and the questions that answers have opened.
struct VisitConsequences {
  /// The template, which is sent alone.
  static let template = "visit-consequences-alone"

  private let page: VisitPage
  private let sent: Form
  private let changes: CareLines?

  private var words: Words { page.words }

  /// - Parameter draft: what the form says so far.
  init(_ page: VisitPage, _ draft: [Fact], sent: Form) throws {
    self.page = page
    self.sent = sent
    guard !draft.isEmpty, page.problems["on"] == nil,
      let all = try VisitConsequences.changes(page, draft)
    else {
      changes = nil
      return
    }
    let today = try page.urgentToday(draft)
    guard let believed = page.believed else {
      changes = all.adding(urgent: today)
      return
    }
    let sure = believed.isEmpty ? nil : try VisitConsequences.changes(page, believed)
    changes = (sure ?? CareLines()).warning(of: all).adding(urgent: today)
  }

  private static func changes(_ page: VisitPage, _ draft: [Fact]) throws -> CareLines? {
    let after = try page.visit.district.care(
      of: page.care.person.id, on: page.before.plan.day, with: draft, heldBy: page.holders,
      knowing: page.visit.visitor.rights.sensitiveMatters)
    return try after.map {
      try page.rows($0.changes(since: page.before, at: page.form.purposes)).lines()
    }
  }

  func fields() -> Fields {
    var fields = opened()
    guard let changes else { return fields }
    let mild = changes.unfinished + changes.poor + changes.mild
    let owed = changes.groups["now"]?.all ?? []
    let done = changes.groups["done"]?.all.map(\.name) ?? []
    fields["dangers"] = changes.dangers.map(\.fields)
    fields["grave"] = changes.grave.map(\.fields)
    fields["has_dangers"] = !changes.dangers.isEmpty || !changes.grave.isEmpty
    fields["found"] = mild.map(\.fields)
    fields["has_found"] = !mild.isEmpty
    fields["open"] = changes.open.map(\.fields)
    fields["has_open"] = !changes.open.isEmpty
    fields["owed"] = owed.map(\.fields)
    fields["has_owed"] = !owed.isEmpty
    fields["done"] =
      done.isEmpty
      ? nil : words("care.consequences.done", ["names": done.joined(separator: ", ")])
    let warnings =
      [page.doubts["on"], page.problems["performer"]].compactMap(\.self)
      + (page.vaccines?.warnings ?? [])
    fields["warnings"] = warnings.map { ["text": $0] as Fields }
    fields["has_any"] =
      !changes.dangers.isEmpty || !changes.grave.isEmpty || !mild.isEmpty
      || !changes.open.isEmpty || !owed.isEmpty || !done.isEmpty
      || !warnings.isEmpty
    return fields
  }

  /// The questions that were not on the page yet.
  private func opened() -> Fields {
    let asked = VisitPage.asked(sent)
    guard !asked.isEmpty else { return [:] }
    let sections = page.sections()
    let more = sections.map { section in
      section.asking(section.questions.filter { !asked.contains($0.element.code) })
    }.filter { !$0.questions.isEmpty }
    let all = asked.union(sections.flatMap(\.questions).map(\.element.code))
    return [
      "has_opened": !more.isEmpty, "opened": more.map { page.section($0, isOpened: true) },
      "asked": all.sorted().map { "\($0)" }.joined(separator: " "),
    ]
  }
}
