import Health
import Journal
import Services

/// Facts that were not accepted: what each says, why it was refused, and what to do.
struct RefusedFactsPage {
  private static let pageSize = 50

  private let visit: Visit

  private var words: Words { visit.words }
  private var format: Format { visit.format }

  init(_ visit: Visit) { self.visit = visit }

  /// That there are some, for the pages that people see first; nothing where there are none.
  static func notice(_ visit: Visit) throws -> Fields? {
    guard visit.visitor.rights.may(.seeImports) else { return nil }
    let count = try RefusedFactsPage(visit).count()
    guard count > 0 else { return nil }
    return [
      "text": visit.words("refused.notice", ["count": visit.format.whole(count)]),
      "refused_url": Links.refusedFacts(),
    ]
  }

  /// Those of the visitor's area: recorded there, or about somebody who lives there.
  private func facts(offset: Int = 0, limit: Int = .max) throws -> [RefusedFact] {
    if visit.reachesEverything(.seeImports) {
      return try visit.district.refusedFacts(offset: offset, limit: limit)
    }
    let rights = visit.visitor.rights
    let own = try visit.district.refusedFacts().filter { refused in
      let place = refused.person?.place ?? refused.fact?.place ?? refused.fact?.subject
      return rights.may(.seeImports, at: place)
    }
    return Array(own.dropFirst(offset).prefix(limit))
  }

  private func count() throws -> Int {
    visit.reachesEverything(.seeImports)
      ? try visit.district.refusedFactCount() : try facts().count
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
    return Rendering(
      template: "refused-facts", title: words["refused.title"],
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["common.menu_imports"], url: "/imports"),
        Crumb(name: words["refused.title"]),
      ], section: .imports,
      fields: [
        "has_facts": !facts.isEmpty, "facts": facts.map { row($0, workers) },
        "export_url": "/refused-facts.csv",
        "paging": pages > 1
          ? Paging(visit).fields(page, of: pages, size: RefusedFactsPage.pageSize, total: total) {
            Links.refusedFacts(page: $0)
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

extension FactKind {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .person: "person"
    case .residence: "residence"
    case .measurement: "measurement"
    case .death: "death"
    case .departure: "departure"
    case .withdrawal: "withdrawal"
    case .relation: "relation"
    case .merge: "merge"
    case .notTheSame: "notTheSame"
    case .insurance: "insurance"
    case .consent: "consent"
    case .subjectRequest: "subjectRequest"
    case .subjectAnswer: "subjectAnswer"
    case .restriction: "restriction"
    case .card: "card"
    case .place: "place"
    case .catchment: "catchment"
    case .agreement: "agreement"
    case .worker: "worker"
    case .importBatch: "import"
    default: "other"
    }
  }
}
