import Health
import Journal
import Services

/// Emergency openings that somebody must look at, as far as the visitor answers for them.
struct OpeningReviews {
  private let visit: Visit
  private let rules: OpeningRules

  init(_ visit: Visit) throws {
    self.visit = visit
    rules = visit.openingRules
  }

  /// Those that wait for a review and concern the visitor's area, the oldest first.
  func waiting() throws -> [Opening] {
    guard visit.visitor.rights.may(.reviewBreakGlass) else { return [] }
    let all = try visit.site.access.openingsToReview().filter(isInReach)
    if !isOfDistrict { return all }
    return try all.filter { try mayReview($0) }
  }

  /// Whether the visitor may say what came of it.
  func mayReview(_ opening: Opening) throws -> Bool {
    guard let worker = visit.visitor.worker, isInReach(opening) else { return false }
    let opener = try visit.district.workers([opening.worker]).first
    return rules.mayReview(
      opening, by: worker.id, isOfDistrict: isOfDistrict,
      openedByHead: opener?.assignments.contains { $0.body.role == .puskesmasHead } ?? false,
      at: visit.site.now)
  }

  private var isOfDistrict: Bool { !visit.visitor.rights.roles.contains(.puskesmasHead) }

  private func isInReach(_ opening: Opening) -> Bool {
    guard let home = opening.home else { return visit.reachesEverything(.reviewBreakGlass) }
    return visit.visitor.rights.may(.reviewBreakGlass, at: home)
  }
}

/// What the visitor has open and had open, the ways to open more, and what waits for a review.
struct OpeningsPage {
  private enum Order: String, CaseIterable {
    case time, worker, reason
  }

  private let visit: Visit
  private let order: Order
  var problem: String?

  private var words: Words { visit.words }
  private var format: Format { visit.format }

  init(_ visit: Visit) throws {
    self.visit = visit
    visit.log.note(action: "seeOpenings")
    order = try visit.query.required("sort") { Order(rawValue: $0) } ?? .time
  }

  /// In the order that was asked for; of equals those first that came first.
  private func sorted(_ openings: [Opening]) throws -> [Opening] {
    let keys: [String]
    switch order {
    case .time: return openings
    case .reason: keys = openings.map { words["openings.reasons.\($0.reason.code)"] }
    case .worker:
      let workers = try visit.district.workers(openings.map(\.worker))
      keys = openings.map { opening in
        workers.first { $0.id == opening.worker }?.name ?? "~"
      }
    }
    return openings.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { openings[$0] }
  }

  private func own() throws -> [Opening] {
    try sorted(visit.visitor.worker.map { try visit.site.access.lastOpenings(of: $0.id) } ?? [])
  }

  private var sorting: Fields {
    .select(
      "sort", label: words["administration.sort"],
      Order.allCases.map { ($0.rawValue, words["openings.sort_\($0.rawValue)"]) },
      chosen: order.rawValue)
  }

  func rendering() throws -> Rendering {
    let rights = visit.visitor.rights
    let reviews = try OpeningReviews(visit)
    let waiting = try sorted(reviews.waiting())
    let own = try own()
    let title = words["openings.title"]
    let patients = NewPatients(visit)
    let taken = try patients.fields()
    return Rendering(
      template: "openings", title: title, crumbs: visit.homeCrumbs(title), section: .openings,
      fields: [
        "problem": problem,
        "has_list": !waiting.isEmpty || !own.isEmpty,
        "filters": ["action": "/openings", "fields": [sorting]] as Fields,
        "export_url": waiting.isEmpty && own.isEmpty
          ? nil
          : Links.address("/openings.csv", [("sort", order == .time ? nil : order.rawValue)]),
        "done": visit.query["done"].flatMap { words.find("openings.done_\($0)") },
        "emergency_url": rights.may(.breakGlass) ? "/openings/emergency" : nil,
        "area_url": rights.may(.openWithPurpose) ? "/openings/area" : nil,
        "may_review": rights.may(.reviewBreakGlass), "has_waiting": !waiting.isEmpty,
        "waiting": try waiting.map { try row($0, mayReview: try reviews.mayReview($0)) },
        "outcomes": OpeningOutcome.allCases.map { outcome -> Fields in
          ["code": outcome.code, "text": words["openings.outcomes.\(outcome.code)"]]
        },
        "form_token": visit.visitor.formToken,
        "shows_patients": patients.isAnswering, "has_patients": !taken.isEmpty, "patients": taken,
        "may_open": rights.may(.breakGlass) || rights.may(.openWithPurpose),
        "has_own": !own.isEmpty, "own": try own.map { try row($0, mayReview: false) },
      ])
  }

  /// Those that wait for a review and the visitor's own, for a spreadsheet.
  func spreadsheet() throws -> Spreadsheet {
    let keys = [
      "subject", "worker", "roles", "reason", "words", "opened_at", "until_at", "review",
    ]
    var rows: [[Spreadsheet.Cell]] = [keys.map { .text(words["openings.columns.\($0)"]) }]
    let waiting = try sorted(OpeningReviews(visit).waiting())
    let known = Set(waiting.map(\.id))
    for opening in waiting + (try own().filter { !known.contains($0.id) }) {
      let fields = try OpeningText(visit).fields(opening)
      func cell(_ name: String) -> Spreadsheet.Cell { .text(fields[name] as? String ?? "") }
      let review = cell(opening.review == nil ? "not_reviewed" : "reviewed")
      rows.append([
        .text(try subject(opening)), cell("who"), cell("roles"), cell("reason"),
        .text(try OpeningText(visit).withoutName(opening.words, opening)), cell("opened"),
        cell("until"), review,
      ])
    }
    visit.log.note(rows: rows.count - 1)
    return Spreadsheet(name: "openings-\(Format.iso(visit.today)).csv", rows: rows)
  }

  private func row(_ opening: Opening, mayReview: Bool) throws -> Fields {
    let rules = visit.openingRules
    let text = OpeningText(visit)
    let isOwn = opening.worker == visit.visitor.worker?.id
    return try text.fields(opening).merging([
      "subject": try subject(opening), "id": opening.id.text, "may_review": mayReview,
      "is_own": isOwn, "is_open": opening.isOpen(at: visit.site.now),
      "url": try opening.isOpen(at: visit.site.now) && isOwn ? link(opening) : nil,
      "due": words(
        "openings.review_due", ["time": format.moment(rules.reviewDue(opening))]),
      "is_overdue": rules.isOverdue(opening, at: visit.site.now),
    ])
  }

  private func link(_ opening: Opening) throws -> String? {
    switch opening.target {
    case .person(let person, _):
      try visit.district.entry(person).flatMap { visit.link(to: $0) }
    case .area(let area):
      visit.tree.places[area].flatMap { visit.link(to: $0) }
    }
  }

  /// Who or what was opened: a name only for who may see it.
  private func subject(_ opening: Opening) throws -> String {
    switch opening.target {
    case .area(let area):
      return visit.tree.places[area].map { visit.named($0) } ?? words["common.unknown_place"]
    case .person(let person, let home):
      if let entry = try visit.district.entry(person), try visit.may(.seePerson, with: entry) {
        return visit.name(of: entry)
      }
      let place = home.flatMap { visit.tree.places[$0] }.map { visit.named($0) }
      return words("openings.somebody", ["place": place ?? words["common.unknown_place"]])
    }
  }
}

/// An opening in words.
struct OpeningText {
  private let visit: Visit

  private var words: Words { visit.words }
  private var format: Format { visit.format }

  init(_ visit: Visit) { self.visit = visit }

  /// Who, when, why, and what came of it.
  func fields(_ opening: Opening) throws -> Fields {
    let workers = try visit.district.workers(
      [opening.worker] + (opening.review.map { [$0.by] } ?? []))
    func name(_ id: Identifier) -> String {
      workers.first { $0.id == id }?.name ?? words["audit.unknown_worker"]
    }
    let day = opening.openedAt.day(hoursEastOfGreenwich: visit.district.hoursEastOfGreenwich)
    let reviewWords = try opening.review.map { try withoutName($0.words, opening) } ?? ""
    let roles = workers.first { $0.id == opening.worker }?.assignments
      .filter { $0.holds(on: day) }
      .map { assignment in
        let role = words["roles.\(assignment.body.role.code)"]
        return visit.tree.places[assignment.body.place].map { "\(role), \(visit.named($0))" }
          ?? role
      }
    return [
      "who": name(opening.worker), "roles": roles?.joined(separator: "; "),
      "reason": words["openings.reasons.\(opening.reason.code)"],
      "said": opening.words.isEmpty ? nil : "“\(try withoutName(opening.words, opening))”",
      "opened": format.moment(opening.openedAt),
      "until": format.moment(opening.closedAt ?? opening.until),
      "reviewed": opening.review.map { review in
        words(
          "openings.reviewed",
          [
            "outcome": words["openings.outcomes.\(review.outcome.code)"],
            "name": name(review.by), "time": format.moment(review.at), "words": reviewWords,
          ])
      },
      "not_reviewed": opening.review != nil
        ? nil
        : words[opening.person == nil ? "openings.area_not_reviewed" : "openings.not_reviewed"],
    ]
  }
}

extension OpeningText {
  /// What somebody wrote of an opening, without the words of the person's name where the visitor may
  /// not know who it is: whoever reviews needs the rest.
  func withoutName(_ said: String, _ opening: Opening) throws -> String {
    guard opening.worker != visit.visitor.worker?.id, let id = opening.person,
      let person = try visit.site.district.entry(id), try !visit.mayName(person)
    else { return said }
    let names = Set(OpeningText.letters(of: person.name))
    return said.split(separator: " ", omittingEmptySubsequences: false).map { word in
      let isName = OpeningText.letters(of: String(word)).contains { names.contains($0) }
      return isName ? "…" : String(word)
    }.joined(separator: " ")
  }

  /// The words of a text, of more than two letters.
  private static func letters(of text: String) -> [String] {
    text.lowercased().split { !$0.isLetter }.map(String.init).filter { $0.count > 2 }
  }
}

extension Visit {
  /// What stands above every page while something is open, and where reviews wait.
  func openingFields() throws -> (notices: [Fields], reviews: String?) {
    let notices = visitor.openings.map { opening -> Fields in
      let time = format.moment(opening.until)
      let area = opening.area.flatMap { tree.places[$0] }.map { named($0) }
      return [
        "notice": area.map { words("openings.notice_area", ["place": $0, "time": time]) }
          ?? words("openings.notice_person", ["time": time]),
        "why": words["openings.reasons.\(opening.reason.code)"],
        "notice_url": opening.person.map { Links.person($0) }, "opening": opening.id.text,
      ]
    }
    guard case .signIn = site.entrance, visitor.rights.may(.reviewBreakGlass) else {
      return (notices, nil)
    }
    let waiting = try OpeningReviews(self).waiting()
    let overdue = waiting.filter { openingRules.isOverdue($0, at: site.now) }.count
    let text =
      waiting.isEmpty
      ? nil
      : words(
        "openings.waiting",
        ["count": format.whole(waiting.count), "overdue": format.whole(overdue)])
    return (notices, text)
  }
}
