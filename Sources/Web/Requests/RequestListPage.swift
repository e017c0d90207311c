import Health
import Journal
import Services

/// Requests that wait for an answer, or for the erasure that was decided, as far as the visitor
/// takes or answers them: sorted, and as a file.
struct RequestListPage {
  private enum Order: String, CaseIterable {
    case due, kind, place
  }

  private let visit: Visit
  private let order: Order
  private let requests: [SubjectRequest]

  private var words: Words { visit.words }

  init(_ visit: Visit) throws {
    self.visit = visit
    visit.log.note(action: "seeRequests")
    let order = try visit.query.required("sort") { Order(rawValue: $0) } ?? .due
    self.order = order
    let rights = visit.visitor.rights
    let reached = try visit.site.district.openSubjectRequests().filter { request in
      rights.may(.answerSubjectRequest, at: request.person.place)
        || (rights.may(.takeSubjectRequest, at: request.person.place)
          && !visit.hides(request.person))
    }
    // The one due first comes first; among equals of another order, too.
    requests = reached.enumerated().map { position, request -> (String, Int, SubjectRequest) in
      let key =
        switch order {
        case .due: ""
        case .kind: visit.words["requests.kinds.\(request.body.kind.code)"]
        case .place: request.person.place.flatMap { visit.tree.places[$0]?.name } ?? "~"
        }
      return (key, position, request)
    }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }

  /// How many wait for an answer that is the visitor's to give, and how many of them too long: for
  /// the first page. Nothing where none waits.
  static func notice(_ visit: Visit) throws -> String? {
    let rights = visit.visitor.rights
    guard rights.may(.answerSubjectRequest) else { return nil }
    let waiting = try visit.site.district.openSubjectRequests().filter {
      $0.answer == nil && rights.may(.answerSubjectRequest, at: $0.person.place)
    }
    guard !waiting.isEmpty else { return nil }
    let overdue = waiting.count { $0.isOverdue(at: visit.site.now) }
    return visit.words(
      "requests.notice",
      ["count": visit.format.whole(waiting.count), "overdue": visit.format.whole(overdue)])
  }

  func rendering() throws -> Rendering {
    let rights = visit.visitor.rights
    let overdue = requests.filter { $0.isOverdue(at: visit.site.now) }.count
    let waiting = requests.filter { $0.answer == nil }.count
    let title = words["requests.title"]
    let text = RequestText(visit)
    return Rendering(
      template: "requests", title: title, crumbs: visit.homeCrumbs(title), section: .requests,
      fields: [
        "has_rows": !requests.isEmpty,
        "summary": words(
          "requests.summary",
          ["count": visit.format.whole(waiting), "overdue": visit.format.whole(overdue)]),
        "filters": ["action": "/requests", "fields": [sorting]] as Fields,
        "export_url": requests.isEmpty
          ? nil : Links.address("/requests.csv", [("sort", sortParameter)]),
        "rows": try requests.map { request -> Fields in
          let subject = try visit.subject(of: request)
          let mayAnswer = rights.may(.answerSubjectRequest, at: request.person.place)
          return try text.fields(request).merging([
            "subject": subject.text, "url": subject.url,
            "answer_url": mayAnswer ? "/requests/\(request.id.text)" : nil,
          ])
        },
      ])
  }

  private var sortParameter: String? { order == .due ? nil : order.rawValue }

  private var sorting: Fields {
    .select(
      "sort", label: words["administration.sort"],
      Order.allCases.map { ($0.rawValue, words["requests.sort_\($0.rawValue)"]) },
      chosen: order.rawValue)
  }

  /// All of them for a spreadsheet.
  func spreadsheet() throws -> Spreadsheet {
    let keys = ["subject", "what", "in_words", "received", "taken_by_whom", "due", "standing"]
    var rows: [[Spreadsheet.Cell]] = [keys.map { .text(words["requests.\($0)"]) }]
    let text = RequestText(visit)
    for request in requests {
      let fields = try text.fields(request)
      func cell(_ name: String) -> Spreadsheet.Cell { .text(fields[name] as? String ?? "") }
      let standing =
        request.awaitsErasure
        ? words["requests.awaits_erasure"]
        : request.isOverdue(at: visit.site.now)
          ? words["requests.overdue"] : words["requests.waits"]
      rows.append([
        .text(try visit.subject(of: request).text), cell("kind"), cell("said"), cell("received"),
        cell("taken_by"), cell("due"), .text(standing),
      ])
    }
    visit.log.note(rows: requests.count)
    return Spreadsheet(name: "requests-\(Format.iso(visit.today)).csv", rows: rows)
  }
}
