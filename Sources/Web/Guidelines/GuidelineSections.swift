import Guidance
import Health
import Programmes
import Services

/// A table of the book: headings, and rows whose cells are lines.
struct RuleTable {
  let name: String
  let heads: [String]
  /// Where it stands, where a block's tables stand in several publications.
  var source: String?
  var rows: [(id: String?, cells: [[RuleLine]])] = []

  init(_ name: String, _ heads: [String]) {
    self.name = name
    self.heads = heads
  }

  mutating func add(_ id: String? = nil, _ cells: [RuleLine]...) { rows.append((id, cells)) }

  /// What a page draws of it.
  ///
  /// - Parameter title: the title of its rule. With it no two tables of a page have one name.
  func fields(ofRule title: String) -> Fields {
    [
      "table_name": "\(title): \(name == title ? heads.joined(separator: ", ") : name)",
      "heads": heads, "table_source": source,
      "rows": rows.map { row -> Fields in
        [
          "row_id": row.id,
          "cells": row.cells.enumerated().map { place, lines -> Fields in
            ["is_head": place == 0, "lines": lines.map(\.fields)]
          },
        ]
      },
    ]
  }
}

/// One rule of the book with its place on the page, to which every "why?" leads.
struct RuleBlock {
  let id: String
  var title: String
  var terms: [(name: String, lines: [RuleLine])] = []
  var tables: [RuleTable] = []
  var source: String?
}

/// A guideline's definitions as the book prints them, section by section, from the values
/// themselves.
struct GuidelineSections {
  let chapter: GuidelineChapter
  let text: CareText
  /// The district's settings with their sources.
  let edition: SettingsEdition
  /// What was entered of what is wrong, by rule, where a form comes back.
  var entered: [String: String] = [:]

  var words: Words { text.words }
  var format: Format { text.format }

  /// Sections with their contents for the table of contents.
  func fields() -> [Fields] {
    sections().filter { !$0.blocks.isEmpty }.map { section in
      let title = title(of: section.code)
      return [
        "section_id": "part-\(section.code)", "section_title": title,
        // A section of one rule says its title once.
        "is_list": section.blocks.contains { $0.title != title },
        "blocks": section.blocks.map(block),
      ]
    }
  }

  /// The rules that may be objected to.
  var ruleIds: Set<String> { Set(sections().flatMap { $0.blocks.map(\.id) }) }

  /// The title of a rule; nothing where there is no such rule now.
  func title(ofRule id: String) -> String? {
    sections().lazy.flatMap(\.blocks).first { $0.id == id }?.title
  }

  private func title(of code: String) -> String { words["guidelines.parts.\(code)"] }

  private func block(_ block: RuleBlock) -> Fields {
    [
      "block_id": block.id, "block_title": block.title,
      "terms": block.terms.filter { !$0.lines.isEmpty }.map { term -> Fields in
        ["term": term.name, "lines": term.lines.map(\.fields)]
      },
      "tables": block.tables.map { $0.fields(ofRule: block.title) }, "rule_source": block.source,
      "wrong": entered[block.id], "has_wrong": entered[block.id] != nil,
    ]
  }

  private func sections() -> [(code: String, blocks: [RuleBlock])] {
    switch chapter.content {
    case .care(let guideline, let forms, let doses):
      [
        ("whom", [RuleBlock(id: "whom", title: title(of: "whom"), terms: whom(guideline.applies))]),
        ("signs", signs(guideline.dangerSigns)), ("services", guideline.services.map(service)),
        ("visits", guideline.series.map(series) + guideline.matrices.map(matrix)),
        ("tables", numbered(guideline.tables.map(table))),
        ("instruments", numbered(guideline.instruments.map(instrument))),
        ("forms", forms.map(form)),
        ("doses", doses.map { dosing($0) }), ("settings", settings),
      ]
    case .immunization(let edition, let chosen): immunization(edition, chosen)
    // Growth has a layout of its own, shared with the page of definitions.
    case .growth: []
    }
  }

  // MARK: Words that come again

  func term(_ code: String) -> String { words["guidelines.terms.\(code)"] }

  func whom(_ criterion: Criterion) -> [(name: String, lines: [RuleLine])] {
    [(term("whom"), text.lines(criterion))]
  }

  // MARK: Services and visits

  private func service(_ service: CareService) -> RuleBlock {
    RuleBlock(
      id: "service-\(service.number)", title: text.service(service.number),
      terms: whom(service.applies) + [
        (term("when"), text.lines(service.timing)),
        (term("evidence"), [RuleLine(text.evidence(service.evidence))]),
        (term("where"), [RuleLine(text.places(service.settings))]),
      ], source: text.source(service.source))
  }

  private func series(_ series: ContactSeries) -> RuleBlock {
    var table = RuleTable(
      term("visits"), [term("visit"), term("opens"), term("late"), term("closes")])
    for slot in series.slots {
      table.add(
        "service-\(slot.number)", [RuleLine(text.service(slot.number))],
        [RuleLine(text.after(series.anchor, slot.opens, nil))],
        [RuleLine(text.after(series.anchor, slot.late, nil))],
        [
          RuleLine(
            slot.closes.map { text.after(series.anchor, $0, nil) } ?? term("until_end"))
        ])
    }
    let purposes = text.purposes(series.purpose)
    return RuleBlock(
      id: "series-\(series.slots.first?.number ?? 0)",
      title: words("guidelines.series_of", ["visit": purposes]),
      terms: whom(series.applies) + [
        (
          term("counts"),
          [
            RuleLine(
              words(
                "guidelines.evidence.contact",
                ["visit": purposes, "performers": text.performers(series.performers)])
                + (series.showing.map {
                  words("care.criteria.contacts_showing", ["what": text.element($0)])
                } ?? ""))
          ]
        )
      ] + (series.distances.isEmpty ? [] : [(term("distance"), distances(of: series))]),
      tables: [table], source: text.source(series.source))
  }

  /// How far apart the visits of a series are made.
  private func distances(of series: ContactSeries) -> [RuleLine] {
    series.distances.map { distance in
      let apart = text.span(distance.apart)
      guard let until = distance.until else {
        return RuleLine(words("guidelines.distance_later", ["period": apart]))
      }
      return RuleLine(
        words(
          "guidelines.distance_until",
          ["period": apart, "until": text.after(series.anchor, until, nil)]))
    }
  }

  /// The table of services by visit: ● owed at the visit, ○ owed there where it is indicated.
  private func matrix(_ matrix: CareMatrix) -> RuleBlock {
    let slots = matrix.series.slots
    let name = words(
      "guidelines.matrix", ["visit": text.purposes(matrix.series.purpose)])
    var table = RuleTable(
      name,
      [term("service")] + slots.map { text.service($0.number) } + [term("indication")])
    for row in matrix.rows {
      let cells = slots.indices.map { place -> [RuleLine] in
        let visit = UInt8(place + 1)
        if row.visits.contains(visit) { return [RuleLine("●")] }
        return [RuleLine(row.onIndication.contains(visit) ? "○" : "–")]
      }
      let service = [
        RuleLine(text.service(row.number)), RuleLine(text.evidence(row.evidence), level: 1),
      ]
      let indication = row.onIndication.isEmpty ? [RuleLine("–")] : text.lines(row.indication)
      table.rows.append(("service-\(row.number)", [service] + cells + [indication]))
    }
    return RuleBlock(
      id: "matrix-\(matrix.rows.first?.number ?? 0)", title: name,
      terms: whom(matrix.applies) + [
        (term("key"), [RuleLine(words["guidelines.matrix_key"])])
      ], tables: [table], source: text.source(matrix.source))
  }

  // MARK: Classes and scores

  private func table(_ table: DecisionTable) -> RuleBlock {
    var printed = RuleTable(
      words["care.tables.\(table.name)"],
      [term("class"), term("urgency"), term("if"), term("actions")])
    for row in table.rows {
      printed.add(
        "table-\(table.number)-\(row.number)", [RuleLine(words["care.classes.\(row.name)"])],
        [RuleLine(words["care.urgency.\(row.urgency.code)"])], text.lines(row.when),
        lines(of: row.actions))
    }
    let moment: String =
      switch table.moment {
      case .today: words["guidelines.moments.today"]
      case .lastVisit(let purpose, let within):
        words(
          "guidelines.moments.last_visit",
          ["visit": text.purposes(purpose), "period": text.span(within)])
      }
    return RuleBlock(
      id: "table-\(table.number)", title: words["care.tables.\(table.name)"],
      terms: whom(table.applies)
        + (table.services.isEmpty
          ? [] : [(term("while_owed"), table.services.map { RuleLine(text.service($0)) })])
        + [(term("moment"), [RuleLine(moment)])], tables: [printed],
      source: text.source(table.source))
  }

  func lines(of actions: [CareAction]) -> [RuleLine] {
    actions.map { RuleLine(text.action($0)) }
  }

  /// Rules with a number where several have one title, as the hearing tests by age.
  private func numbered(_ blocks: [RuleBlock]) -> [RuleBlock] {
    let titles = blocks.map(\.title)
    return blocks.enumerated().map { place, block in
      guard titles.count(where: { $0 == block.title }) > 1 else { return block }
      var block = block
      block.title += " \(format.whole(titles[...place].count { $0 == block.title }))"
      return block
    }
  }

  private func instrument(_ instrument: Instrument) -> RuleBlock {
    let name = text.instrument(instrument)
    var items = RuleTable(name, [term("item"), term("points"), term("if")])
    for item in instrument.items {
      let points = format.whole(Int(item.points))
      items.add(
        nil, [RuleLine(text.item(item))],
        [
          RuleLine(
            item.counted == nil
              ? points : words("guidelines.points_up_to", ["points": points]))
        ], text.lines(item.when))
    }
    var bands = RuleTable(
      term("classes"), [term("points"), term("class"), term("urgency"), term("actions")])
    for (range, band) in ranges(of: instrument.bands) {
      bands.add(
        nil, [RuleLine(range)], [RuleLine(words["care.bands.\(band.name)"])],
        [RuleLine(words["care.urgency.\(band.urgency.code)"])], lines(of: band.actions))
    }
    let base = [RuleLine(format.whole(Int(instrument.base)))]
    return RuleBlock(
      id: "instrument-\(instrument.number)", title: name,
      terms: whom(instrument.applies) + [(term("base"), base)], tables: [items, bands],
      source: text.source(instrument.source))
  }

  /// The points of each class: `6–11`.
  private func ranges(
    of bands: Classification<Instrument.Band>
  ) -> [(String, Instrument.Band)] {
    var least: Int32?
    var found: [(String, Instrument.Band)] = []
    for band in bands.bands {
      let most = band.limit.belongsBelow ? band.limit.hundredths : band.limit.hundredths - 1
      let text =
        least.map { $0 == most ? format.whole($0) : "\(format.whole($0))–\(format.whole(most))" }
        ?? "≤ \(format.whole(most))"
      found.append((text, band.category))
      least = most + 1
    }
    return found + [(least.map { "≥ \(format.whole($0))" } ?? "–", bands.above)]
  }
}
