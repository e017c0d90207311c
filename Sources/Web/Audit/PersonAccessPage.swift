import Health
import Journal
import Services

/// Who looked at or changed a person's record, newest first: what the law lets everybody ask about
/// themselves, ready to be printed for them.
struct PersonAccessPage {
  private static let pageSize = 50

  private let visit: Visit
  private let record: PersonRecord

  private var words: Words { visit.words }
  private var subjects: [Identifier] { [record.person.id] + record.mergedRecords }

  init(_ visit: Visit, record: PersonRecord) {
    self.visit = visit
    self.record = record
  }

  private var path: String { Links.person(record.person.id) + "/access" }

  func rendering() throws -> Rendering {
    let name = visit.name(of: record.person)
    let before = try visit.query.before()
    let page = try visit.site.log.entries(
      aboutAny: subjects, before: before, limit: PersonAccessPage.pageSize)
    let text = try AuditText(visit, page.entries)
    let title = words["audit.person_title"]
    let openings = before == nil ? try visit.site.access.openings(ofPersons: subjects) : []
    return Rendering(
      template: "person-access", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: record.person.id, named: name, title),
      fields: [
        "name": name, "url": Links.person(record.person.id),
        "nik": PersonText.maskedNumber(record.person.nationalIdentityNumber),
        "printed": words("audit.printed", ["time": visit.format.moment(visit.site.now)]),
        "has_openings": !openings.isEmpty,
        "openings": try openings.map { try OpeningText(visit).fields($0) },
        "has_entries": !page.entries.isEmpty, "entries": page.entries.map(text.row),
        "newest_url": before == nil ? nil : path,
        "older_url": page.next.map { Links.address(path, [("before", "\($0)")]) },
        "export_url": path + ".csv",
      ])
  }

  /// All of them for a spreadsheet.
  func spreadsheet() throws -> Spreadsheet {
    let keys = ["number", "when", "name", "roles", "what", "place", "outcome"]
    var rows: [[Spreadsheet.Cell]] = [keys.map { .text(words["audit.\($0)"]) }]
    var next: Int64?
    repeat {
      let page = try visit.site.log.entries(aboutAny: subjects, before: next, limit: 500)
      let text = try AuditText(visit, page.entries)
      for stored in page.entries {
        let entry = stored.entry
        rows.append([
          .number("\(stored.sequence)"), .text(visit.format.moment(entry.at)),
          .text(text.name(entry)), .text(text.roles(entry).joined(separator: "; ")),
          .text(text.action(entry)), .text(text.place(entry) ?? ""),
          .text(text.outcome(entry)),
        ])
      }
      next = page.next
    } while next != nil
    visit.log.note(rows: rows.count - 1)
    return Spreadsheet(name: "access-\(record.person.id.text).csv", rows: rows)
  }
}

extension Query {
  /// `before=` the number of an entry of the log.
  func before() throws(PageProblem) -> Int64? {
    try required("before") { text in Int64(text).flatMap { $0 > 0 ? $0 : nil } }
  }
}
