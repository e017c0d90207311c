import Health
import Journal
import Programmes
import Services

/// The children of a place whose birth date nobody recorded: they are in no figure until it is.
struct UndatedPage {
  private static let pageSize = 50

  private enum Order: String, CaseIterable {
    case place, name
  }

  private let visit: Visit
  private let place: Place
  private let order: Order
  private let children: [PersonEntry]

  private var words: Words { visit.words }

  init(_ visit: Visit, place: Place) throws {
    self.visit = visit
    self.place = place
    let order = try visit.query.required("sort") { Order(rawValue: $0) } ?? .place
    let children = try visit.district.childrenWithoutBirthDate(at: place)
    self.order = order
    self.children =
      order == .place
      ? children
      : children.map { (PersonSummary.key(of: $0.name), $0) }
        .sorted { ($0.0, $0.1.number) < ($1.0, $1.1.number) }.map(\.1)
  }

  private func last(_ children: some Sequence<PersonEntry>) throws -> [Int64: RecordedMeasurement] {
    try visit.district.lastMeasurements(of: children.map(\.number), notAfter: visit.today)
  }

  func rendering() throws -> Rendering {
    let page = try visit.query.page()
    let size = UndatedPage.pageSize
    let pages = max(1, (children.count + size - 1) / size)
    guard page <= pages else {
      throw PageProblem.badParameter(name: "page", value: "\(page)")
    }
    let shown = children.dropFirst((page - 1) * size).prefix(size)
    let last = try last(shown)
    let none = words["common.none"]
    return Rendering(
      template: "undated", title: "\(words["undated.title"]), \(visit.named(place))",
      crumbs: visit.crumbs(to: place) + [Crumb(name: words["undated.title"])],
      focus: (place, visit.snapshot.openingMonth),
      fields: [
        "place": ["kind": visit.kindBefore(place), "name": place.name] as Fields,
        "has_rows": !shown.isEmpty, "filters": filters,
        "export_url": visit.visitor.rights.may(.exportNames, at: place.id)
          ? Links.withoutBirthDate(place, sort: sort, form: ".csv") : nil,
        "back_url": Links.place(place),
        "rows": shown.map { person -> Fields in
          [
            "name": visit.name(of: person), "url": Links.child(person.id),
            "nik": PersonText.maskedNumber(person.nationalIdentityNumber) ?? none,
            "sex": person.sex.map { words["sexes.\($0.code)_short"] } ?? none,
            "posyandu": home(of: person),
            "mother": person.motherName.isEmpty ? none : person.motherName,
            "last": last[person.number].map(visit.measured) ?? words["names.never_measured"],
          ]
        },
        "paging": pages > 1
          ? Paging(visit).fields(page, of: pages, size: size, total: children.count) {
            Links.withoutBirthDate(place, sort: sort, page: $0)
          } : nil,
      ])
  }

  private var sort: String? { order == .place ? nil : order.rawValue }

  private var filters: Fields {
    [
      "action": Links.withoutBirthDate(place),
      "fields": [
        Fields.select(
          "sort", label: words["common.sort"],
          Order.allCases.map { ($0.rawValue, words["names.sort_\($0.rawValue)"]) },
          chosen: order.rawValue)
      ],
    ]
  }

  private func home(of person: PersonEntry) -> String {
    person.place.flatMap { visit.tree.places[$0]?.name } ?? words["common.unknown_place"]
  }

  /// All of them for a spreadsheet.
  func spreadsheet() throws -> Spreadsheet {
    let keys = [
      "names.name", "names.nik", "names.sex", "names.posyandu", "names.mother", "names.last",
    ]
    var rows: [[Spreadsheet.Cell]] = [keys.map { .text(words[$0]) }]
    let last = try last(children)
    for person in children {
      rows.append([
        .text(visit.name(of: person)),
        .text(PersonText.maskedNumber(person.nationalIdentityNumber) ?? ""),
        .text(person.sex.map { words["sexes.\($0.code)_short"] } ?? ""), .text(home(of: person)),
        .text(person.motherName),
        .text(last[person.number].map { Format.iso($0.occurredOn) } ?? ""),
      ])
    }
    return Spreadsheet(name: "without-birth-date-\(place.name).csv", rows: rows)
  }
}
