import Health
import Journal
import Monitoring
import Programmes
import Services

/// The children behind a figure, by how they stand to it.
struct NamesPage {
  private static let pageSize = 50

  private let visit: Visit
  private let choice: NutritionChoice
  private let state: Standing
  private let list: NameList
  private let text: FigureText

  private var words: Words { visit.words }
  private var format: Format { visit.format }
  private var indicator: Indicator { choice.indicator }
  private var lastDay: CivilDate { choice.month.lastDay }

  init(_ visit: Visit, choice: NutritionChoice) throws {
    self.visit = visit
    self.choice = choice
    state = try visit.query.standing() ?? NutritionChoice.concern(choice.indicator)
    text = FigureText(format: visit.format)
    list = try visit.district.names(
      behind: choice.indicator, at: choice.place, in: choice.month, filter: choice.filter)
  }

  func rendering() throws -> Rendering {
    let all = list[state]
    let pages = max(1, (all.count + NamesPage.pageSize - 1) / NamesPage.pageSize)
    let page = try visit.query.page()
    guard page <= pages else {
      throw PageProblem.badParameter(name: "page", value: "\(page)")
    }
    let first = (page - 1) * NamesPage.pageSize
    let shown = Array(all[first..<min(all.count, first + NamesPage.pageSize)])
    let name = text.text(indicator, "name")
    let fields: Fields = [
      "heading": "\(name), \(visit.named(choice.place)), \(format.month(choice.month))",
      "subheading": subheading, "filters": filters, "tabs": tabs,
      "intro": text.standing(state, of: indicator, intro: true), "has_rows": !shown.isEmpty,
      "rows": try rows(shown),
      "paging": pages > 1 ? paging(page, of: pages, total: all.count) : nil,
      "export_url": address(state, path: "/nutrition/names.csv"),
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

  private func address(
    _ state: Standing, page: Int? = nil, path: String = "/nutrition/names"
  ) -> String {
    Links.names(
      choice.place, indicator, choice.month, state: state, filter: choice.filter, page: page,
      path: path)
  }

  private var subheading: String {
    var figure = Figure()
    for standing in Standing.allCases { figure[standing] = Int32(list[standing].count) }
    return "\(text.text(indicator, "meaning")): \(text.value(figure, indicator)) "
      + "(\(text.fraction(figure, indicator)))"
  }

  private var filters: Fields {
    let filters = Filters(visit)
    return filters.form(
      "/nutrition/names",
      hidden: [("place", choice.place.id.text), ("state", state.code)],
      [
        filters.indicator(indicator), filters.month(choice.month),
        filters.sex(choice.filter.sex), filters.age(choice.filter.ageGroup),
      ])
  }

  private var tabs: [Fields] {
    [Standing.reached, .missed, .excluded, .unknown].map { standing in
      [
        "state": standing.code, "label": text.standing(standing, of: indicator),
        "count": format.whole(list[standing].count), "url": address(standing),
        "current": standing == state,
      ]
    }
  }

  private func paging(_ page: Int, of pages: Int, total: Int) -> Fields {
    let first = (page - 1) * NamesPage.pageSize
    return [
      "text": words(
        "common.rows_of",
        [
          "from": format.whole(first + 1),
          "to": format.whole(min(total, first + NamesPage.pageSize)),
          "total": format.whole(total),
        ]),
      "previous_url": page > 1 ? address(state, page: page - 1) : nil,
      "next_url": page < pages ? address(state, page: page + 1) : nil,
    ]
  }

  private func reason(_ child: NamedChild) -> String {
    let reason = child.contribution.reason
    return reason == .none
      ? text.standing(child.contribution.standing, of: indicator)
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
        "last": last[person.number].map(measured) ?? words["names.never_measured"],
      ]
    }
  }

  /// `12 Mei 2025: 5,9 kg, 61,0 cm, Berat badan normal`.
  private func measured(_ measurement: RecordedMeasurement) -> String {
    var parts: [String] = []
    if let weight = measurement.body.weight {
      parts.append("\(format.kilograms(weight)) \(words["common.kg"])")
    }
    if let length = measurement.body.length {
      parts.append("\(format.centimetres(length.centimetres)) \(words["common.cm"])")
    }
    let status = GrowthStatus(measurement, settings: visit.district.settings)
    if let weight = status.weightForAge { parts.append(words[weight.key]) }
    if let length = status.lengthHeightForAge, length != .normal {
      parts.append(words[length.key])
    }
    if let wasting = status.weightForLengthHeight, wasting != .normal {
      parts.append(words[wasting.key])
    }
    return "\(format.date(measurement.occurredOn)): \(parts.joined(separator: ", "))"
  }

  /// All children of the chosen standing for a spreadsheet.
  func spreadsheet() throws -> Spreadsheet {
    let keys = [
      "names.name", "names.nik", "child.born", "names.age", "names.sex", "names.posyandu",
      "names.mother", "names.states", "names.reason", "names.last", "child.weight",
      "child.length",
    ]
    var rows: [[Spreadsheet.Cell]] = [keys.map { .text(words[$0]) }]
    let children = list[state]
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
        .text(text.standing(state, of: indicator)), .text(reason(child)),
        .text(measurement.map { Format.iso($0.occurredOn) } ?? ""),
        .decimal(measurement?.body.weight?.kilograms, digits: 2),
        .decimal(measurement?.body.length?.centimetres, digits: 1),
      ])
    }
    let place = choice.place.name
    return Spreadsheet(
      name: "\(indicator.definition.code)-\(state.code)-\(place)-\(Format.iso(choice.month)).csv",
      rows: rows)
  }
}
