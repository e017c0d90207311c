import Guidance
import Health
import Journal
import Programmes
import Services

/// The Kartu Menuju Sehat of a child as two sheets of paper: until two years, and until five.
struct KMSPage {
  private let visit: Visit
  private let child: ChildGrowth
  /// The child's care; nothing for who may not see it.
  private let care: PersonCare?

  private var words: Words { visit.words }
  private var format: Format { visit.format }
  private var record: GrowthRecord { child.record }

  init(_ visit: Visit, child: ChildGrowth, care: PersonCare?) {
    self.visit = visit
    self.child = child
    self.care = care
  }

  func rendering() -> Rendering {
    let name = visit.name(of: child.person)
    let title = words["kms_sheet.title"]
    var fields: Fields = [
      "name": name, "url": Links.child(child.person.id),
      "printed": words("audit.printed", ["time": format.moment(visit.site.now)]),
      "missing": record.sex == nil || record.birthDate == nil ? words["kms_sheet.missing"] : nil,
      "head": head(name), "weighings": weighings, "has_weighings": !weighings.isEmpty,
      "sources": sources,
    ]
    if let sex = record.sex, let born = record.birthDate {
      let sheets = KMSSheets(
        format: format, settings: visit.district.settings, record: record,
        statuses: child.statuses, sex: sex, born: born,
        breastMilk: breastMilk(born))
      fields["sheets"] = sheets.charts(of: name).map { chart -> Fields in
        ["title": chart.title, "svg": chart.svg(), "name": name, "head": head(name)]
      }
      fields["sex"] = sex.code
    }
    return Rendering(
      template: "kms", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: child.person.id, named: name, title), fields: fields)
  }

  /// Who the child is, as at the head of each sheet.
  private func head(_ name: String) -> [Fields] {
    let person = child.person
    let birth = BirthText(person: child.summary.person, format: format)
    let lines: [(String, String?)] = [
      ("kms_sheet.name", name), ("kms_sheet.sex", record.sex.map { words["sexes.\($0.code)"] }),
      ("child.born", record.birthDate.map { format.born($0, record.birthDateCertainty) }),
      ("kms_sheet.nik", PersonText.maskedNumber(person.nationalIdentityNumber)),
      ("child.mother", person.motherName), ("child.at_birth", birth.measured),
      ("kms_sheet.home", PersonFields(visit: visit).home(person.place)),
    ]
    return lines.map { ["label": words[$0.0], "value": $0.1] }
  }

  /// Each weighing in words, for those who read the page on a screen or do not see the chart.
  private var weighings: [Fields] {
    record.weighingMonths.reversed().map { month in
      let measurement = record.measurements[month.measurement]
      let mark = WeighingMark(month)
      let status = child.statuses[month.measurement]
      return [
        "date": format.date(measurement.occurredOn),
        "age": format.age(born: record.birthDate, on: measurement.occurredOn),
        "weight": measurement.body.weight.map(format.kilograms),
        "gain": month.gain.map { KMSSheets.gain($0, format) },
        "least": month.leastGain.map { format.whole($0.grams) },
        "mark": mark.letters ?? words["common.none"], "mark_long": words[mark.key],
        "tone": mark.tone,
        "below": status.isBelowRedLine ? words["kms_sheet.below_red"] : nil,
      ]
    }
  }

  /// For each of the first six months of life whether the child was said to get breast milk alone.
  private func breastMilk(_ born: CivilDate) -> [Bool?] {
    guard let care else { return Array(repeating: nil, count: KMSSheets.monthsOfBreastMilk) }
    return (0..<KMSSheets.monthsOfBreastMilk).map { month in
      care.record.latest(
        .onlyBreastMilk, since: born.addingMonths(month),
        through: born.addingMonths(month + 1) + .days(-1)
      ).map { $0.value == 1 }
    }
  }

  private var sources: [Fields] {
    let edition = visit.district.edition
    let text = SourceText(words: words)
    let gain: GrowthSetting =
      record.sex == .female ? .minimumWeightGainGirls : .minimumWeightGainBoys
    return [
      text.title(ChildGrowthStandards.source), text.title(edition.source(of: gain)),
      text.title(edition.source(of: .redLine)),
    ].map { ["text": $0] }
  }
}

/// What stands on the two sheets of one child.
struct KMSSheets {
  /// The months of life in which nothing but breast milk is given.
  static let monthsOfBreastMilk = 6

  let format: Format
  let settings: GrowthSettings
  let record: GrowthRecord
  let statuses: [GrowthStatus]
  let sex: Sex
  let born: CivilDate
  let breastMilk: [Bool?]

  private var words: Words { format.words }

  /// The first two years, and the three after them.
  func charts(of name: String) -> [KMSChart] {
    [0...24, 24...60].map { chart(of: name, $0) }
  }

  private func chart(of name: String, _ months: ClosedRange<Int>) -> KMSChart {
    let weighed = record.weighingMonths.filter { month in
      months.contains(Int(month.month.number - born.month.number))
    }
    let last = weighed.last.map { record.measurements[$0.measurement] }
    let span = ["from": "\(months.lowerBound)", "to": "\(months.upperBound)"]
    return KMSChart(
      id: "kms-\(months.upperBound)",
      title: words("kms_sheet.chart_title", span.merging(["name": name]) { $1 }),
      description: last.map {
        words(
          "kms_sheet.chart_desc",
          [
            "count": format.whole(weighed.count), "date": format.date($0.occurredOn),
            "weight": $0.body.weight.map(format.kilograms) ?? words["common.none"],
          ])
      } ?? words["kms_sheet.chart_empty"],
      ageRows: [words["kms_sheet.least_gain"], words["kms_sheet.breast_milk"]],
      rows: ["month", "weight", "gain", "mark", "below"].map { words["kms_sheet.row_\($0)"] },
      ageName: words["charts.age_months"], weightName: words["charts.weight_kg"],
      bands: bands, lines: lines,
      ages: months.map(age), columns: columns(months), points: points)
  }

  // MARK: The standard

  private func curve(_ hundredths: Int32) -> [GrowthChart.Position] {
    let standards = ChildGrowthStandards.shared
    return (0...120).compactMap { half in
      let month = Double(half) / 2
      let day = min(
        ChildGrowthStandards.lastDay, Int((month * ChildGrowthStandards.daysPerMonth).rounded()))
      return standards.measurement(
        .weightForAge, sex: sex, day: day, zScore: Double(hundredths) / 100
      ).map { GrowthChart.Position(x: month, y: $0) }
    }
  }

  private var lines: [KMSChart.Line] {
    let red = settings.redLineHundredths
    let orange = settings.orangeLineHundredths
    let plain = [-300, -200, -100, 0, 100, 200, 300].filter { $0 != red && $0 != orange }
    func label(_ hundredths: Int32) -> String { format.limit(hundredths, signed: true) }
    var lines = plain.map { score in
      KMSChart.Line(
        mark: score == 0 ? .median : .plain, label: label(score), points: curve(score))
    }
    lines.append(
      KMSChart.Line(
        mark: .red, label: "\(label(red)) \(words["kms_sheet.red_line"])", points: curve(red)))
    lines.append(
      KMSChart.Line(
        mark: .orange, label: "\(label(orange)) \(words["kms_sheet.orange_line"])",
        points: curve(orange)))
    return lines
  }

  private var bands: [KMSChart.Band] {
    func band(_ shade: String, _ lower: Int32, _ upper: Int32) -> KMSChart.Band {
      KMSChart.Band(shade: shade, lower: curve(lower), upper: curve(upper))
    }
    return [
      band("yellow", -300, -200), band("light", -200, -100), band("green", -100, 100),
      band("yellow", 100, 300),
    ]
  }

  // MARK: The child

  private func months(_ day: CivilDate) -> Double {
    Double((day - born).count) / ChildGrowthStandards.daysPerMonth
  }

  private var points: [(position: GrowthChart.Position, isDoubtful: Bool, outside: String)] {
    let weighed = record.measurements.filter { $0.body.weight != nil && $0.age != nil }
    // Of several of one day the last one stands: a line between them would show a fall of no time.
    let days = weighed.map(\.occurredOn)
    return zip(weighed, days.dropFirst().map(Optional.some) + [nil]).compactMap {
      measurement, next in
      guard let weight = measurement.body.weight, let age = measurement.age,
        measurement.occurredOn != next
      else { return nil }
      return (
        GrowthChart.Position(
          x: Double(age.count) / ChildGrowthStandards.daysPerMonth, y: weight.kilograms),
        measurement.assessment.weightForAge?.isImplausible ?? true,
        words("kms_sheet.outside", ["weight": format.kilograms(weight)])
      )
    }
  }

  private func age(_ month: Int) -> KMSChart.AgeCell {
    KMSChart.AgeCell(
      month: month,
      leastGain: month == 0
        ? "" : format.whole(settings.minimumWeightGain.grams(sex: sex, month: month).grams),
      breastMilk: month < KMSSheets.monthsOfBreastMilk
        ? breastMilk[month].map { words[$0 ? "kms_sheet.milk_yes" : "kms_sheet.milk_no"] } ?? ""
        : nil)
  }

  /// From the month of birth on, as the KMS has them.
  private func columns(_ range: ClosedRange<Int>) -> [KMSChart.Column] {
    let weighed = Dictionary(
      record.weighingMonths.map { ($0.month, $0) }, uniquingKeysWith: { $1 })
    return range.map { number in
      let month = born.month.advanced(by: number)
      return KMSChart.Column(
        start: months(month.firstDay), end: months(month.advanced(by: 1).firstDay),
        month: format.shortMonth(month),
        year: number == range.lowerBound || month.ordinal == 1 ? "\(month.year)" : nil,
        cells: [format.shortMonth(month)] + cells(weighed[month]))
    }
  }

  private func cells(_ month: WeighingMonth?) -> [String] {
    guard let month else { return [] }
    return [
      record.measurements[month.measurement].body.weight.map(format.kilograms) ?? "",
      month.gain.map { KMSSheets.gain($0, format) } ?? "", WeighingMark(month).letters ?? "",
      statuses[month.measurement].isBelowRedLine ? words["kms_sheet.below_red_short"] : "",
    ]
  }

  /// `+400`, `−100`.
  static func gain(_ mass: Mass, _ format: Format) -> String {
    "\(mass.grams > 0 ? "+" : "")\(format.whole(mass.grams))"
  }
}

extension Format {
  /// A day of birth with how far it can be trusted.
  func born(_ day: CivilDate, _ certainty: BirthDateCertainty?) -> String {
    switch certainty {
    case .estimatedFromAge: words("child.born_estimated", ["date": date(day)])
    case .fromIdentityNumber: words("child.born_from_nik", ["date": date(day)])
    case .exact, nil: date(day)
    }
  }
}
