import HTTPTypes
import Health
import Hummingbird
import Journal
import Monitoring
import Programmes
import Services

/// The children behind a figure, by how they stand to it.
struct NamesPage {
  private static let pageSize = 50

  private let visit: Visit
  private let choice: NutritionChoice
  private let selection: NameSelection
  private let figure: Figure
  private let text: FigureText
  private let order: NameOrder

  private var words: Words { visit.words }
  private var format: Format { visit.format }
  private var indicator: Indicator { choice.indicator }
  private var lastDay: CivilDate { choice.month.lastDay }

  init(_ visit: Visit, choice: NutritionChoice) throws {
    self.visit = visit
    self.choice = choice
    text = FigureText(format: visit.format)
    figure = try visit.district.figures(
      of: choice.place, from: choice.month, through: choice.month
    ).figure(choice.indicator, in: choice.month, filter: choice.filter)
    // Who does not say whom to list sees a list that is not empty, as far as there is one.
    let opening =
      NutritionChoice.opening(figure, choice.indicator) ?? NutritionChoice.concern(choice.indicator)
    order = try visit.query.required("sort") { NameOrder(rawValue: $0) } ?? .place
    selection = NameSelection(
      choice.indicator, try visit.query.group() ?? .standing(opening),
      without: try visit.query.without())
  }

  private func names(_ range: Range<Int>?) throws -> NameList {
    try visit.district.names(
      selection, at: choice.place, in: choice.month, filter: choice.filter, order: order,
      range: range)
  }

  /// The page, which is led back to from a visit that was opened from it. Whom it names may change
  /// with each visit, so the way back is to its first page.
  func response() throws -> Response {
    var response = try visit.respond(rendering())
    let cookie = RememberedList.cookie(address(selection.group), visit)
    response.headers.append(HTTPField(name: .setCookie, value: cookie))
    return response
  }

  private func rendering() throws -> Rendering {
    let page = try visit.query.page()
    let first = (page - 1) * NamesPage.pageSize
    let list = try names(first..<first + NamesPage.pageSize)
    let pages = max(1, (list.total + NamesPage.pageSize - 1) / NamesPage.pageSize)
    guard page <= pages else {
      throw PageProblem.badParameter(name: "page", value: "\(page)")
    }
    let name = name
    let fields: Fields = [
      "heading": "\(name), \(visit.named(choice.place)), \(format.month(choice.month))",
      "meaning": text.text(indicator, "meaning"), "figure": headline, "filters": filters,
      // Names come first; what was chosen among them stays in sight.
      "is_filtered": choice.filter != StratumFilter() || order != .place,
      "tabs": tabs(list),
      "intro": text.group(selection.group, of: indicator, intro: true),
      // Said whether or not somebody is: else it would tell where somebody is protected.
      "may_hide": !visit.visitor.rights.may(.seeProtected, at: choice.place.id),
      "has_rows": !list.children.isEmpty, "rows": try rows(list.children),
      "paging": pages > 1
        ? Paging(visit).fields(page, of: pages, size: NamesPage.pageSize, total: list.total) {
          address(selection.group, page: $0)
        } : nil,
      "export_url": visit.visitor.rights.may(.exportNames, at: choice.place.id)
        ? address(selection.group, path: "/nutrition/names.csv") : nil,
      "back_url": Links.nutrition(
        choice.place, indicator, choice.month, filter: choice.filter),
    ]
    return Rendering(
      template: "names",
      title: "\(words["common.names"]): \(name), \(visit.named(choice.place))",
      crumbs: visit.crumbs(to: choice.place, month: choice.month) + [
        Crumb(
          name: words["pws.title"],
          url: Links.nutrition(choice.place, indicator, choice.month, filter: choice.filter)),
        Crumb(name: words["common.names"]),
      ], section: .pws, focus: (choice.place, choice.month), fields: fields)
  }

  /// The indicator's name, and who is left out.
  private var name: String {
    let name = text.text(indicator, "name")
    guard let without = selection.without else { return name }
    return words(
      "names.without", ["indicator": name, "other": text.text(without, "name")])
  }

  private func address(
    _ group: NameGroup, page: Int? = nil, path: String = "/nutrition/names"
  ) -> String {
    Links.names(
      NameSelection(indicator, group, without: selection.without), at: choice.place,
      choice.month, filter: choice.filter, order: order, page: page, path: path)
  }

  /// The indicator's figure: its parts lead to those counted and to all over whom it is taken.
  private var headline: Fields {
    func link(_ group: NameGroup, count: Int) -> String? {
      count == 0
        ? nil
        : Links.names(
          NameSelection(indicator, group), at: choice.place, choice.month, filter: choice.filter)
    }
    let denominator = figure.denominator(indicator)
    return [
      "value": text.value(figure, indicator), "numerator": format.whole(figure.numerator),
      "numerator_url": link(.standing(.reached), count: figure.numerator),
      "denominator": format.whole(denominator),
      "denominator_url": link(.denominator, count: denominator),
    ]
  }

  private var filters: Fields {
    let filters = Filters(visit)
    return filters.form(
      "/nutrition/names",
      hidden: [("place", choice.place.id.text), ("state", selection.group.code)]
        + (selection.without.map { [("without", $0.definition.code)] } ?? []),
      [
        filters.indicator(indicator), filters.month(choice.month),
        filters.sex(choice.filter.sex), filters.age(choice.filter.ageGroup), filters.sort(order),
      ])
  }

  private func tabs(_ list: NameList) -> [Fields] {
    Standing.asShown.map { standing in
      [
        "state": standing.code, "label": text.group(.standing(standing), of: indicator),
        "count": format.whole(list.figure[standing]), "url": address(.standing(standing)),
        "current": selection.group == .standing(standing),
      ]
    }
  }

  private func reason(_ child: NamedChild) -> String {
    let reason = child.contribution.reason
    return reason == .none
      ? text.group(.standing(child.contribution.standing), of: indicator)
      : words["reasons.\(reason.code)"]
  }

  private func rows(_ children: [NamedChild]) throws -> [Fields] {
    let last = try visit.district.lastMeasurements(
      of: children.map(\.person.number), notAfter: lastDay)
    return children.map { child in
      let person = child.person
      return [
        "name": visit.name(of: person), "url": Links.child(person.id),
        "nik": PersonText.maskedNumber(person.nationalIdentityNumber)
          ?? words["common.none"],
        "age": format.ageInMonths(born: person.birthDate, on: lastDay),
        "sex": person.sex.map { words["sexes.\($0.code)_short"] } ?? words["common.none"],
        "posyandu": visit.tree.places[child.place]?.name ?? words["common.unknown_place"],
        "mother": person.motherName.isEmpty ? words["common.none"] : person.motherName,
        "reason": reason(child),
        "last": last[person.number].map(visit.measured) ?? words["names.never_measured"],
      ]
    }
  }

  /// All children of the chosen group for a spreadsheet.
  func spreadsheet() throws -> Spreadsheet {
    let keys = [
      "names.name", "names.nik", "child.born", "names.age", "names.sex", "names.posyandu",
      "names.mother", "names.states", "names.reason", "names.last", "child.weight",
      "child.length",
    ]
    var rows: [[Spreadsheet.Cell]] = [keys.map { .text(words[$0]) }]
    let children = try names(nil).children
    let last = try visit.district.lastMeasurements(
      of: children.map(\.person.number), notAfter: lastDay)
    for child in children {
      let person = child.person
      let measurement = last[person.number]
      rows.append([
        .text(visit.name(of: person)),
        .text(PersonText.maskedNumber(person.nationalIdentityNumber) ?? ""),
        .text(person.birthDate.map(Format.iso) ?? ""),
        person.birthDate.map { .count(Int(lastDay.completedMonths(since: $0).count)) } ?? "",
        .text(person.sex.map { words["sexes.\($0.code)_short"] } ?? ""),
        .text(visit.tree.places[child.place]?.name ?? ""), .text(person.motherName),
        .text(text.group(.standing(child.contribution.standing), of: indicator)),
        .text(reason(child)),
        .text(measurement.map { Format.iso($0.occurredOn) } ?? ""),
        .decimal(measurement?.body.weight?.kilograms, digits: 2),
        .decimal(measurement?.body.length?.centimetres, digits: 1),
      ])
    }
    let parts =
      [indicator.definition.code, selection.group.code]
      + (selection.without.map { ["without", $0.definition.code] } ?? [])
      + [choice.place.name, Format.iso(choice.month)]
    return Spreadsheet(name: parts.joined(separator: "-") + ".csv", rows: rows)
  }
}
