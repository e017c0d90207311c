import Guidance
import Health
import Journal
import Monitoring
import Programmes
import Services

/// Why a child's weight and size at birth are what the child's page says: rule, printed row, inputs,
/// and who recorded them.
struct BirthPage {
  private let visit: Visit
  private let child: ChildGrowth
  private let history: FactHistory
  private let text: BirthText

  private var words: Words { visit.words }
  private var format: Format { visit.format }
  private var sources: SourceText { SourceText(words: words) }
  private var person: PersonBody { child.summary.person }

  init(_ visit: Visit, child: ChildGrowth) throws {
    guard let fact = child.personFact, let history = try visit.district.history(of: fact) else {
      throw PageProblem.notFound
    }
    self.visit = visit
    self.child = child
    self.history = history
    text = BirthText(person: child.summary.person, format: visit.format)
  }

  func rendering() throws -> Rendering {
    let marks = try visit.ruleMarks()
    let name = visit.name(of: child.person)
    let place = child.person.place.flatMap { visit.tree.places[$0] }
    let relations = relations
    let provenance = FactProvenance(visit: visit, history: history, line: nil)
    let fields: Fields = [
      "heading": "\(name), \(words["child.at_birth"])",
      "subheading": text.measured ?? words["birth.not_recorded"],
      "child_url": Links.child(child.person.id),
      "indices": [weight] + NewbornMeasure.allCases.map(section),
      "provenance": provenance.fields(recordedBy: "recorded_by", occurred: "holds_since"),
      "has_history": !relations.isEmpty, "history": relations,
    ]
    return Rendering(
      template: "why", title: words["why.title"],
      crumbs: (place.map { visit.crumbs(to: $0) } ?? []) + [
        Crumb(name: name, url: Links.child(child.person.id)),
        Crumb(name: words["child.at_birth"]),
      ], focus: place.map { ($0, visit.snapshot.openingMonth) },
      fields: fields.merging(
        marks.fields(marks.book.chapter(GuidelineBook.growthCode), "rules")))
  }

  /// Other facts about who the child is have no page of their own.
  private var relations: [Fields] {
    func relation(_ key: String, _ other: StoredFact) -> Fields {
      [
        "relation": words[key],
        "text": words("why.record_of", ["moment": format.moment(other.fact.recordedAt)]),
      ]
    }
    return [history.replaces].compactMap(\.self).map { relation("why.replaces", $0) }
      + history.replacedBy.map { relation("why.replaced_by", $0) }
  }

  // MARK: Sections

  private var weight: Fields {
    let source = NewbornSizes.birthWeightSource
    let category = text.weight.flatMap(NewbornSizes.category)
    return [
      "id": "birth-weight", "index": words["birth.weight"], "long": words["birth.weight_long"],
      "category": category.map { words[$0.key] } ?? words["growth.categories.none"],
      "tone": category?.tone ?? "none", "rule": words["growth.rules.birth_weight"],
      "source": sources.title(source), "edition": sources.edition(source),
      "inputs": [input("weight_at_birth", text.value(.weight))],
      "not_computed": category == nil ? words["birth.unknown.not_measured"] : nil,
      "formula": words["growth.formulas.absolute"], "has_thresholds": true,
      "thresholds": ThresholdTable(format: format).rows(
        NewbornSizes.birthWeight, current: category, unit: words["common.g"]),
    ]
  }

  private func section(_ measure: NewbornMeasure) -> Fields {
    let source =
      person.gestationalAgeAtBirth.map(NewbornSizeStandards.source(on:))
      ?? NewbornSizeStandards.source
    let code = BirthPage.code(measure)
    var fields: Fields = [
      "id": "birth-\(code)-for-age", "index": words["birth.\(code)_for_age"],
      "long": words["birth.\(code)_for_age_long"],
      "category": words["growth.categories.none"], "tone": "none",
      "rule": words["growth.rules.size_at_birth"], "source": sources.title(source),
      "edition": sources.edition(source), "has_thresholds": false,
      "inputs": [
        input("\(code)_at_birth", text.value(measure)),
        input("gestational_age", text.gestationalAge),
        input("sex", words["sexes.\(person.sex?.code ?? "unknown")"]),
      ],
    ]
    switch person.sizeAtBirth(measure) {
    case .unknown(let reason):
      fields["not_computed"] = words["birth.unknown.\(reason.code)"]
      return fields
    case .implausible(let size):
      fields["category"] = words["growth.flags.implausible"]
      return fields.merging(told(size))
    case .known(let size):
      fields["category"] =
        measure == .weight
        ? "\(words[size.category.key]), \(text.centile(size))" : text.centile(size)
      if measure == .weight {
        fields["tone"] = size.category.tone
        fields["has_thresholds"] = true
        fields["thresholds"] = ThresholdTable(format: format).rows(
          NewbornSizes.forGestationalAge, current: size.category,
          unit: words["birth.centile_unit"])
      }
      return fields.merging(told(size))
    }
  }

  static func code(_ measure: NewbornMeasure) -> String {
    switch measure {
    case .weight: "weight"
    case .length: "length"
    case .headCircumference: "head"
    }
  }

  private func input(_ key: String, _ value: String?) -> Fields {
    ["name": words["birth.\(key)"], "value": value ?? words["common.none"]]
  }

  /// The printed row, and how the z-score lies between two of its lines.
  private func told(_ size: NewbornSize) -> Fields {
    let unit = words[size.measure == .weight ? "common.kg" : "common.cm"]
    func value(_ hundredths: Double) -> String {
      format.number(hundredths / 100, digits: size.measure == .weight ? 3 : 2)
    }
    let names = NewbornSizeStandards.lines.enumerated().map { position, z in
      position == 2 || position == 6
        ? words("birth.centile", ["centile": position == 2 ? "10" : "90"])
        : "\(z > 0 ? "+" : "")\(format.number(z, digits: 0)) \(words["common.sd"])"
    }
    let source = NewbornSizeStandards.source(on: size.gestationalAge)
    let lines = size.lines
    let z = NewbornSizeStandards.lines
    func bare(_ position: Int) -> String { format.short(z[position], digits: 2) }
    let filled =
      "\(bare(lines.lower)) + (\(value(size.hundredths)) − \(value(Double(size.row[lines.lower]))))"
      + " ÷ (\(value(Double(size.row[lines.upper]))) − \(value(Double(size.row[lines.lower]))))"
      + " × (\(bare(lines.upper)) − (\(bare(lines.lower))))"
      + " = \(format.bareZScore(size.score.hundredths))"
    return [
      "z": format.zScore(size.score.hundredths), "formula": words["growth.formulas.lines"],
      "formula_filled": filled, "has_lines": true,
      "lines_table": "\(sources.short(SettingSource(source))), "
        + "\(words["sexes.\(person.sex?.code ?? "unknown")"]), \(text.gestationalAge ?? "")",
      "lines": zip(names, size.row).enumerated().map { position, line in
        [
          "name": line.0, "value": "\(value(Double(line.1))) \(unit)",
          "current": position == lines.lower || position == lines.upper,
        ] as Fields
      },
    ]
  }
}
