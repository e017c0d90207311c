import Health
import Journal
import Services

/// Everything that is kept of a person and everybody who looked at it, to be printed or handed over
/// when they ask for it.
struct WholeRecordPage {
  private let visit: Visit
  private let record: PersonRecord

  private var words: Words { visit.words }
  private var format: Format { visit.format }
  private var subjects: [Identifier] { [record.person.id] + record.mergedRecords }

  init(_ visit: Visit, record: PersonRecord) {
    self.visit = visit
    self.record = record
  }

  func rendering() throws -> Rendering {
    let name = visit.name(of: record.person)
    let title = words["requests.record_title"]
    let url = Links.person(record.person.id)
    let facts = try facts()
    let views = try views()
    let openings = try visit.site.access.openings(ofPersons: subjects)
    return Rendering(
      template: "record", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: record.person.id, named: name, title), section: .requests,
      fields: [
        "name": name, "url": url, "export_url": url + "/record.csv",
        "printed": words("audit.printed", ["time": format.moment(visit.site.now)]),
        "nik": record.person.nationalIdentityNumber,
        "born": record.person.birthDate.map(format.date),
        "home": PersonFields(visit: visit).home(record.person.place),
        "facts": facts.map { row -> Fields in
          [
            "recorded": row.recorded, "kind": row.kind, "what": row.what, "on": row.on,
            "who": row.who, "over": row.isOver ? words["people.h_over"] : nil,
          ]
        },
        "has_openings": !openings.isEmpty,
        "openings": try openings.map { try OpeningText(visit).fields($0) },
        "has_views": !views.isEmpty, "views": views,
      ])
  }

  private struct Row {
    let recorded: String
    let kind: String
    let what: String
    let on: String
    let who: String
    let isOver: Bool
  }

  private func facts() throws -> [Row] {
    // It is the person's own copy: their number stands in it whole.
    let text = FactText(
      visit, hidesMother: visit.district.hidesMother(of: record.person), isOwnCopy: true)
    func mayRead(_ fact: Fact) throws -> Bool { try visit.mayRead(fact, of: record.person) }
    return try visit.district.history(ofPerson: record.person).reversed().filter { entry in
      try mayRead(entry.stored.fact)
    }.map { entry in
      let fact = entry.stored.fact
      return Row(
        recorded: format.moment(fact.recordedAt),
        kind: words["fact_kinds.\(fact.kind.code)"],
        what: try text.sentence(entry, mayRead: mayRead),
        on: format.date(fact.occurredOn), who: entry.recorder ?? words["people.nobody_named"],
        isOver: !entry.stands)
    }
  }

  /// Everybody who looked, the newest first.
  private func views() throws -> [Fields] {
    var rows: [Fields] = []
    var next: Int64?
    repeat {
      let page = try visit.site.log.entries(aboutAny: subjects, before: next, limit: 500)
      let text = try AuditText(visit, page.entries)
      rows += page.entries.map(text.row)
      next = page.next
    } while next != nil
    return rows
  }

  /// All facts for a spreadsheet.
  func spreadsheet() throws -> Spreadsheet {
    let keys = ["h_recorded", "h_what", "h_content", "h_on", "h_who", "h_state"]
    var rows: [[Spreadsheet.Cell]] = [keys.map { .text(words["people.\($0)"]) }]
    _ = visit.name(of: record.person)
    for row in try facts() {
      rows.append([
        .text(row.recorded), .text(row.kind), .text(row.what), .text(row.on), .text(row.who),
        .text(words[row.isOver ? "people.h_over" : "people.h_stands"]),
      ])
    }
    return Spreadsheet(name: "record-\(record.person.id.text).csv", rows: rows)
  }
}
