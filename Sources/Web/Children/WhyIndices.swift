import Guidance
import Health
import Journal
import Programmes
import Services

/// The explanation of every index of a measurement.
struct WhyIndices {
  let visit: Visit
  let child: ChildGrowth
  let fact: Fact
  let text: MeasurementText
  let age: AgeInDays?

  private var words: Words { visit.words }
  private var format: Format { visit.format }
  private var sources: SourceText { SourceText(words: words) }
  private var edition: SettingsEdition { visit.district.edition }
  private var rules: RuleText { RuleText(format: format, settings: edition.growth) }

  /// One section each, in the order of the child's page.
  var fields: [Fields] {
    var sections = [
      GrowthIndex.weightForAge, .lengthHeightForAge, .weightForLengthHeight,
      .bodyMassIndexForAge, .headCircumferenceForAge,
    ].compactMap(section)
    if let arm = arm { sections.append(arm) }
    if let armForAge = section(.armCircumferenceForAge) { sections.append(armForAge) }
    if let severe = severe { sections.append(severe) }
    if let weighing = weighing { sections.append(weighing) }
    if let position = child.record.measurements.firstIndex(where: { $0.fact == fact.id }) {
      sections += WhyVelocity(child: child, position: position, format: format).fields
    }
    return sections
  }

  // MARK: Indices

  private func section(_ index: GrowthIndex) -> Fields? {
    guard text.value(index)?.isEmpty == false || text.result(index) != nil else { return nil }
    let name = text.name(index)
    let result = text.result(index)
    var fields: Fields = [
      "id": name.id, "index": words["growth.indices.\(name.index).short"],
      "long": words["growth.indices.\(name.index).name"],
      "category": result?.category.map { words[$0] } ?? words["growth.categories.none"],
      "tone": result?.tone ?? "none",
      "z": result?.score.map { format.zScore($0.hundredths) },
      "rule": rules.find(name.id), "source": sources.title(source(index)),
      "edition": sources.edition(source(index)), "inputs": inputs(index),
      "not_computed": result == nil ? reason(index) : nil,
    ]
    let thresholds = thresholds(index)
    fields["has_thresholds"] = !thresholds.isEmpty
    fields["thresholds"] = thresholds
    if let explanation = text.judged(by: index).flatMap({
      ChildGrowthStandards.shared.explain(index, of: $0)
    }) {
      fields = fields.merging(formula(explanation, name.index))
    }
    return fields
  }

  private func source(_ index: GrowthIndex) -> Source {
    switch index {
    case .headCircumferenceForAge: NutritionalStatus.headCircumferenceSource
    case .armCircumferenceForAge, .tricepsSkinfoldForAge, .subscapularSkinfoldForAge:
      ChildGrowthStandards.source
    default: NutritionalStatus.source
    }
  }

  /// Why an index has no result.
  private func reason(_ index: GrowthIndex) -> String {
    let needsWeight =
      index == .weightForAge || index == .weightForLengthHeight || index == .bodyMassIndexForAge
    let needsLength =
      index == .lengthHeightForAge || index == .weightForLengthHeight
      || index == .bodyMassIndexForAge
    if child.record.sex == nil { return words["reasons.no_sex"] }
    if child.record.birthDate == nil { return words["reasons.no_birth_date"] }
    if needsWeight, text.body.hasOedema == true { return words["reasons.oedema"] }
    if needsWeight, text.body.weight == nil { return words["reasons.no_weight"] }
    if needsLength, text.body.length == nil { return words["reasons.no_length"] }
    if text.judged(by: index) == nil { return words["child.before_term"] }
    return words["reasons.outside_standard"]
  }

  private func inputs(_ index: GrowthIndex) -> [Fields] {
    var inputs: [Fields] = []
    switch index {
    case .weightForAge: inputs = [weight, ageInput]
    case .lengthHeightForAge: inputs = [length, ageInput] + corrected
    case .weightForLengthHeight: inputs = [weight, length]
    case .bodyMassIndexForAge: inputs = [weight, length, massIndex, ageInput].compactMap(\.self)
    case .headCircumferenceForAge:
      inputs = [input("head", text.value(index)), ageInput] + corrected
    default: inputs = [input("muac", text.value(index)), ageInput]
    }
    if index == .weightForLengthHeight, let oedema = text.body.hasOedema {
      inputs.append(input("oedema", words["growth.oedema.\(oedema ? "yes" : "no")"]))
    }
    return inputs + [
      input("sex", words["sexes.\(child.record.sex?.code ?? "unknown")"])
    ]
  }

  private func input(_ key: String, _ value: String?, _ remark: String? = nil) -> Fields {
    ["name": words["why.\(key)"], "value": value ?? words["common.none"], "remark": remark]
  }

  private var weight: Fields { input("weight", text.value(.weightForAge)) }

  private var length: Fields {
    guard let read = text.body.length, let used = text.assessment.length else {
      return input("length", nil)
    }
    var remark = "\(format.centimetres(read.centimetres)) \(words["common.cm"])"
    if let position = text.position { remark += " \(position)" }
    if let correction = text.correction { remark += "; \(correction)" }
    return input(
      "used_length", "\(format.centimetres(used.centimetres)) \(words["common.cm"])", remark)
  }

  private var massIndex: Fields? {
    guard let value = text.value(.bodyMassIndexForAge), let length = text.assessment.length,
      let weight = text.value(.weightForAge)
    else { return nil }
    return input(
      "bmi", value, "\(weight) ÷ (\(format.short(length.centimetres / 100, digits: 4)) m)²")
  }

  private var ageInput: Fields {
    guard let age, let born = child.record.birthDate else {
      return input("age", words["ages.unknown"])
    }
    let months = fact.occurredOn.completedMonths(since: born).count
    return input(
      "age",
      words("ages.days_months", ["days": format.whole(age.count), "months": "\(months)"]),
      words["growth.age_basis.days"])
  }

  /// The age from term where length and head go by it, with how early the child was born.
  private var corrected: [Fields] {
    guard child.ages?.isCorrected(on: fact.occurredOn) == true,
      let gestation = child.summary.person.gestationalAgeAtBirth
    else { return [] }
    let early = AgeInDays(PregnancyEpisode.length - gestation.count)
    return [
      input(
        "corrected_age",
        text.ageOfGrowth.map { words("why.day", ["day": format.whole($0.count)]) }
          ?? words["child.before_term"],
        words("why.corrected_by", ["early": format.weeks(early)]))
    ]
  }

  private func formula(_ explanation: GrowthExplanation, _ index: String) -> Fields {
    let isLog = explanation.l == 0
    let sex = words["sexes.\(child.record.sex?.code ?? "unknown")"]
    func digits(_ value: Double, _ count: Int) -> String { format.number(value, digits: count) }
    let l = digits(explanation.l, 4)
    let m = digits(explanation.m, 4)
    let s = digits(explanation.s, 5)
    let value = digits(explanation.value, 2)
    let result = format.bareZScore(explanation.score.hundredths)
    let filled: String? =
      explanation.formula != .boxCox
      ? nil
      : isLog
        ? "ln(\(value) ÷ \(m)) ÷ \(s) = \(result)"
        : "((\(value) ÷ \(m))^\(l) − 1) ÷ (\(l) × \(s)) = \(result)"
    let restricted: String? =
      switch explanation.formula {
      case .boxCox: nil
      case .aboveThird: words["growth.formulas.restricted_above"]
      case .belowThird: words["growth.formulas.restricted_below"]
      }
    let position =
      explanation.index == .weightForLengthHeight
      ? "\(format.centimetres(explanation.position)) \(words["common.cm"])"
      : words("why.day", ["day": format.whole(Int(explanation.position))])
    return [
      "formula": words[isLog ? "growth.formulas.lms_log" : "growth.formulas.lms"],
      "formula_filled": filled, "restricted": restricted,
      "lms": [
        "table": "\(words["sources.who_2006"]), \(words["growth.indices.\(index).short"]) \(sex)",
        "at": position, "l": l, "m": m, "s": s,
      ] as Fields,
    ]
  }

  private func thresholds(_ index: GrowthIndex) -> [Fields] {
    let table = ThresholdTable(format: format)
    switch index {
    case .weightForAge:
      return table.rows(NutritionalStatus.weightForAge, current: text.status.weightForAge)
    case .lengthHeightForAge:
      return table.rows(
        NutritionalStatus.lengthHeightForAge, current: text.status.lengthHeightForAge)
    case .weightForLengthHeight:
      return table.rows(
        NutritionalStatus.weightForLengthHeight,
        current: text.body.hasOedema == true ? nil : text.status.weightForLengthHeight)
    case .bodyMassIndexForAge:
      return table.rows(
        NutritionalStatus.weightForLengthHeight, current: text.status.bodyMassIndexForAge)
    case .headCircumferenceForAge:
      return table.rows(
        NutritionalStatus.headCircumferenceForAge,
        current: text.status.headCircumferenceForAge)
    default: return []
    }
  }

  // MARK: Other rules

  private var arm: Fields? {
    guard let value = text.value(.armCircumferenceForAge) else { return nil }
    let category = text.status.armCircumference
    let source = edition.source(of: .severeArmCircumference)
    return [
      "id": "muac", "index": words["growth.indices.muac.short"],
      "long": words["growth.indices.muac.name"],
      "category": category.map { words[$0.key] } ?? words["growth.categories.none"],
      "tone": category?.tone ?? "none", "rule": rules.find("muac"),
      "source": sources.title(source), "edition": sources.edition(source),
      "inputs": [input("muac", value), ageInput],
      "not_computed": category == nil ? words["growth.muac_ages"] : nil,
      "formula": words["growth.formulas.absolute"], "has_thresholds": true,
      "thresholds": ThresholdTable(format: format).rows(
        NutritionalStatus.armCircumference(edition.growth), current: category,
        unit: words["common.cm"]),
    ]
  }

  private var severe: Fields? {
    guard text.status.hasSevereAcuteMalnutrition else { return nil }
    let source = edition.source(of: .severeSigns)
    return [
      "id": "severe", "index": words["growth.categories.severely_wasted"],
      "long": words["growth.indices.severe.name"],
      "category": words["growth.categories.severely_wasted"], "tone": "bad",
      "rule": rules.find("severe"), "source": sources.title(source),
      "edition": sources.edition(source),
      "inputs": [
        input(
          "wasting",
          text.result(.weightForLengthHeight).map { result in
            [
              result.score.map { format.zScore($0.hundredths) },
              result.category.map { words[$0] },
            ].compactMap(\.self).joined(separator: ", ")
          }),
        input("muac", text.value(.armCircumferenceForAge)),
        input(
          "oedema",
          words["growth.oedema.\(text.body.hasOedema.map { $0 ? "yes" : "no" } ?? "unknown")"]),
      ], "has_thresholds": false,
    ]
  }

  private var weighing: Fields? {
    let record = child.record
    guard let position = record.measurements.firstIndex(where: { $0.fact == fact.id }),
      let month = child.weighingMonth(of: position)
    else { return nil }
    let mark = WeighingMark(month)
    let source = edition.source(
      of: child.record.sex == .female ? .minimumWeightGainGirls : .minimumWeightGainBoys)
    return [
      "id": "kms", "index": words["growth.indices.kms.short"],
      "long": words["growth.indices.kms.name"], "category": words[mark.key], "tone": mark.tone,
      "rule": rules.find("kms"), "source": sources.title(source),
      "edition": sources.edition(source),
      "inputs": weighingInputs(month, record), "has_thresholds": false,
    ]
  }

  private func weighingInputs(_ month: WeighingMonth, _ record: GrowthRecord) -> [Fields] {
    var inputs = [weight]
    if let previous = month.previous {
      let before = record.measurements[previous]
      let grams = before.body.weight.map { "\(format.kilograms($0)) \(words["common.kg"])" }
      inputs.append(
        input("previous", "\(format.date(before.occurredOn)): \(grams ?? words["common.none"])"))
    }
    if let gain = month.gain {
      let sign = gain.grams > 0 ? "+" : ""
      inputs.append(input("gain", "\(sign)\(format.whole(gain.grams)) \(words["common.g"])"))
    }
    if let least = month.leastGain, let age = record.measurements[month.measurement].ageMonths {
      let sex = words["sexes.\(record.sex?.code ?? "unknown")"]
      inputs.append(
        input(
          "kbm", "\(format.whole(least.grams)) \(words["common.g"])",
          words("why.kbm_of", ["sex": sex, "month": "\(age.count)"])))
    }
    let before = record.weighingMonths.last { $0.month < month.month }
    if let before {
      inputs.append(
        input(
          "last_weighing",
          "\(format.month(before.month)): \(words[WeighingMark(before).key])"))
    }
    return inputs
  }
}

/// The table of a classification, lowest first.
struct ThresholdTable {
  let format: Format

  /// The rows; `current` marks the child's. With a unit the values are measured, else z-scores.
  func rows<Category: ShownCategory>(
    _ classification: Classification<Category>, current: Category?, unit: String? = nil
  ) -> [Fields] {
    var rows: [Fields] = []
    var lower: Limit?
    for band in classification.bands {
      rows.append(row(range(lower, band.limit, unit), band.category, current))
      lower = band.limit
    }
    rows.append(row(range(lower, nil, unit), classification.above, current))
    return rows
  }

  private func row<Category: ShownCategory>(
    _ range: String, _ category: Category, _ current: Category?
  ) -> Fields {
    [
      "range": range, "category": format.words[category.key], "tone": category.tone,
      "current": category == current,
    ]
  }

  private func range(_ lower: Limit?, _ upper: Limit?, _ unit: String?) -> String {
    func text(_ limit: Limit) -> String {
      format.limit(limit.hundredths, signed: unit == nil)
    }
    let name = unit == nil ? "z" : ""
    let after = unit.map { " \($0)" } ?? ""
    switch (lower, upper) {
    case (nil, let upper?):
      return "\(name) \(upper.belongsBelow ? "≤" : "<") \(text(upper))\(after)"
        .trimmingPrefix(" ").description
    case (let lower?, nil):
      return "\(name) \(lower.belongsBelow ? ">" : "≥") \(text(lower))\(after)"
        .trimmingPrefix(" ").description
    case (let lower?, let upper?):
      if unit != nil {
        return "\(text(lower)) – \(upper.belongsBelow ? "" : "< ")\(text(upper))\(after)"
      }
      return "\(text(lower)) \(lower.belongsBelow ? "<" : "≤") z "
        + "\(upper.belongsBelow ? "≤" : "<") \(text(upper))"
    case (nil, nil): return ""
    }
  }
}
