import Health
import Journal
import Services

/// Facts that were not accepted: what each says, why it was refused, and what to do.
struct RefusedFactsPage {
  private static let pageSize = 50

  private let visit: Visit
  private let choice: RefusedFactChoice

  private var words: Words { visit.words }
  private var format: Format { visit.format }

  /// All of them, the newest first.
  private init(all visit: Visit) {
    self.visit = visit
    choice = RefusedFactChoice()
  }

  /// Those that the address asks for.
  init(_ visit: Visit) throws {
    self.visit = visit
    choice = RefusedFactChoice(
      reason: try visit.query.required("reason") {
        visit.words.find("refusals.\($0).what") == nil ? nil : $0
      },
      order: try visit.query.required("sort") { RefusedFactChoice.Order(rawValue: $0) } ?? .newest)
  }

  /// That there are some, for the pages that people see first; nothing where there are none.
  static func notice(_ visit: Visit) throws -> Fields? {
    guard visit.visitor.rights.may(.seeImports) else { return nil }
    let count = try RefusedFactsPage(all: visit).count()
    guard count > 0 else { return nil }
    return [
      "text": visit.words("refused.notice", ["count": visit.format.whole(count)]),
      "refused_url": "/refused-facts",
    ]
  }

  /// Those of the visitor's area: recorded there, or about somebody who lives there.
  private func facts(offset: Int = 0, limit: Int = .max) throws -> [RefusedFact] {
    if visit.reachesEverything(.seeImports) {
      return try visit.district.refusedFacts(choice, offset: offset, limit: limit)
    }
    return Array(try own(choice).dropFirst(offset).prefix(limit))
  }

  private func own(_ choice: RefusedFactChoice) throws -> [RefusedFact] {
    let rights = visit.visitor.rights
    return try visit.district.refusedFacts(choice).filter { refused in
      let place = refused.person?.place ?? refused.fact?.place ?? refused.fact?.subject
      return rights.may(.seeImports, at: place)
    }
  }

  private func count() throws -> Int {
    visit.reachesEverything(.seeImports)
      ? try visit.district.refusedFactCount(reason: choice.reason) : try own(choice).count
  }

  /// Why those of the visitor's area were refused, each reason once.
  private func reasons() throws -> [String] {
    visit.reachesEverything(.seeImports)
      ? try visit.district.refusedFactReasons()
      : Set(try own(RefusedFactChoice()).map(\.reason)).sorted()
  }

  private func filters(_ reasons: [String]) -> Fields {
    [
      "action": "/refused-facts",
      "fields": [
        .select(
          "reason", label: words["refused.problem"],
          [("", words["administration.all"])]
            + reasons.filter { words.find("refusals.\($0).what") != nil }
            .map { ($0, words["refusals.\($0).what"]) },
          chosen: choice.reason ?? ""),
        .select(
          "sort", label: words["administration.sort"],
          RefusedFactChoice.Order.allCases.map {
            ($0.rawValue, words["refused.sort_\($0.rawValue)"])
          }, chosen: choice.order.rawValue),
      ] as [Fields],
    ]
  }

  private func address(_ form: String = "", page: Int? = nil) -> String {
    Links.address(
      "/refused-facts\(form)",
      [
        ("reason", choice.reason),
        ("sort", choice.order == .newest ? nil : choice.order.rawValue),
        ("page", page.map { "\($0)" }),
      ])
  }

  func rendering() throws -> Rendering {
    let total = try count()
    let page = try visit.query.page()
    let pages = max(1, (total + RefusedFactsPage.pageSize - 1) / RefusedFactsPage.pageSize)
    guard page <= pages else {
      throw PageProblem.badParameter(name: "page", value: "\(page)")
    }
    let first = (page - 1) * RefusedFactsPage.pageSize
    let facts = try facts(offset: first, limit: RefusedFactsPage.pageSize)
    let workers = try visit.district.workerNames(Set(facts.compactMap { $0.fact?.recorder }))
    let reasons = try reasons()
    return Rendering(
      template: "refused-facts", title: words["refused.title"],
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["common.menu_imports"], url: "/imports"),
        Crumb(name: words["refused.title"]),
      ], section: .imports,
      fields: [
        "has_facts": !facts.isEmpty, "facts": facts.map { row($0, workers) },
        "has_filters": !reasons.isEmpty, "filters": filters(reasons),
        "export_url": address(".csv"),
        "paging": pages > 1
          ? Paging(visit).fields(page, of: pages, size: RefusedFactsPage.pageSize, total: total) {
            address(page: $0)
          } : nil,
      ])
  }

  private func row(_ refused: RefusedFact, _ workers: [Identifier: String]) -> Fields {
    let none = words["common.none"]
    return [
      "number": format.whole(refused.number), "kind": kind(of: refused), "who": who(refused),
      "child_url": refused.person.flatMap { person in
        (try? visit.may(.seeGrowth, with: person)) == true ? Links.child(person.id) : nil
      },
      "content": content(of: refused) ?? none, "day": day(of: refused) ?? none,
      "by": recorded(refused, workers) ?? none, "problem": explanation(of: refused, "what"),
      "mend": explanation(of: refused, "mend"),
    ]
  }

  private func explanation(of refused: RefusedFact, _ part: String) -> String {
    words.find("refusals.\(refused.reason).\(part)") ?? words["refusals.other.\(part)"]
  }

  private func kind(of refused: RefusedFact) -> String {
    words["fact_kinds.\(refused.fact?.kind.code ?? "other")"]
  }

  private func who(_ refused: RefusedFact) -> String {
    if let person = refused.person { return visit.name(of: person) }
    if let subject = refused.fact?.subject, let place = visit.tree.places[subject] {
      return visit.named(place)
    }
    return words["refused.unknown_subject"]
  }

  /// What was measured, or the name that was told; nothing where it cannot be read.
  private func content(of refused: RefusedFact) -> String? {
    guard let fact = refused.fact else { return nil }
    return fact.body.withUnsafeBufferPointer { bytes in
      switch fact.kind {
      case .measurement: (try? MeasurementBody(bytes)).flatMap(measured)
      case .person: (try? PersonBody(bytes)).map { String(decoding: $0.name, as: UTF8.self) }
      case .place:
        ((try? PlaceBody(bytes)) ?? nil).map { String(decoding: $0.name, as: UTF8.self) }
      default: nil
      }
    }
  }

  private func measured(_ body: MeasurementBody) -> String? {
    var parts: [String] = []
    if let weight = body.weight {
      parts.append("\(format.kilograms(weight)) \(words["common.kg"])")
    }
    if let length = body.length {
      parts.append("\(format.centimetres(length.centimetres)) \(words["common.cm"])")
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private func day(of refused: RefusedFact) -> String? {
    guard let day = refused.fact?.occurredOn else { return nil }
    return CivilDate.recordable.contains(Int64(day.dayNumber))
      ? format.date(day) : words["refused.outside_calendar"]
  }

  private func recorded(_ refused: RefusedFact, _ workers: [Identifier: String]) -> String? {
    guard let fact = refused.fact else { return nil }
    let moment =
      Instant.recordable.contains(fact.recordedAt.milliseconds)
      ? format.moment(fact.recordedAt) : words["refused.outside_calendar"]
    return ([fact.recorder.flatMap { workers[$0] }, moment] as [String?]).compactMap(\.self)
      .joined(separator: ", ")
  }

  /// All of them for a spreadsheet.
  func spreadsheet() throws -> Spreadsheet {
    let keys = ["number", "kind", "who", "content", "day", "recorded", "problem", "mend", "id"]
    var rows: [[Spreadsheet.Cell]] = [keys.map { .text(words["refused.\($0)"]) }]
    let facts = try facts()
    let workers = try visit.district.workerNames(Set(facts.compactMap { $0.fact?.recorder }))
    for refused in facts {
      rows.append([
        .number("\(refused.number)"), .text(kind(of: refused)), .text(who(refused)),
        .text(content(of: refused) ?? ""), .text(day(of: refused) ?? ""),
        .text(recorded(refused, workers) ?? ""), .text(explanation(of: refused, "what")),
        .text(explanation(of: refused, "mend")), .text(refused.id.text),
      ])
    }
    return Spreadsheet(name: "refused-facts.csv", rows: rows)
  }
}
