import Guidance
import Health
import Journal
import Monitoring
import Programmes
import Services

/// The explanation of a gain beside WHO's growth velocity standards, for a measurement that stands.
struct WhyVelocity {
  let child: ChildGrowth
  /// Position of the measurement in the child's record.
  let position: Int
  let format: Format

  private var words: Words { format.words }
  private var sources: SourceText { SourceText(words: words) }
  private var record: GrowthRecord { child.record }

  /// The names of a measure under `growth.indices`.
  static func code(_ measure: VelocityMeasure) -> String {
    switch measure {
    case .weight: "vwei"
    case .length: "vlen"
    case .headCircumference: "vhc"
    }
  }

  /// One section for each measure that was taken at the visit.
  var fields: [Fields] { VelocityMeasure.allCases.compactMap(section) }

  private var isBeyondStandard: Bool {
    guard let age = record.measurements[position].age else { return false }
    return age.count > GrowthVelocityStandards.lastDay
  }

  private func section(_ measure: VelocityMeasure) -> Fields? {
    let answer = record.velocity(measure, at: position)
    // From two years on there is no such standard at all, and nothing to be missed.
    if answer == .unknown(.notMeasured) || isBeyondStandard { return nil }
    let code = WhyVelocity.code(measure)
    let source = GrowthVelocityStandards.source
    let common: Fields = [
      "id": code, "index": words["growth.indices.\(code).short"],
      "long": words["growth.indices.\(code).name"], "tone": "none",
      "rule": words["growth.rules.velocity"], "source": sources.title(source),
      "edition": sources.edition(source), "has_thresholds": false,
    ]
    switch answer {
    case .unknown(let reason):
      return common.merging([
        "category": words["growth.categories.none"], "inputs": [Fields](),
        "not_computed": words["growth.velocity.unknown.\(reason.code)"],
      ])
    case .implausible(let velocity):
      return common.merging(told(velocity)).merging([
        "category": words["growth.flags.implausible"],
        "not_computed": velocity.score == nil ? words["growth.velocity.became_smaller"] : nil,
      ])
    case .known(let velocity): return common.merging(told(velocity))
    }
  }

  /// The gain with the days that it took: `+300 g dalam 30 hari`.
  func gain(_ velocity: GrowthVelocity) -> String {
    words(
      "growth.velocity.gain",
      ["gain": amount(velocity.gain, velocity.row.measure), "days": format.whole(velocity.days)])
  }

  private func amount(_ gain: Double, _ measure: VelocityMeasure) -> String {
    let sign = gain > 0 ? "+" : ""
    return measure == .weight
      ? "\(sign)\(format.number(gain, digits: 0)) \(words["common.g"])"
      : "\(sign)\(format.short(gain, digits: 2)) \(words["common.cm"])"
  }

  private func told(_ velocity: GrowthVelocity) -> Fields {
    let row = velocity.row
    let before = record.measurements[velocity.earlier]
    let sex = words["sexes.\(record.sex?.code ?? "unknown")"]
    let position = words(
      "growth.velocity.row",
      ["first": format.whole(row.firstDay), "last": format.whole(row.lastDay)])
    var inputs = [
      input("earlier_measurement", "\(format.date(before.occurredOn)): \(value(before, row))"),
      input("this_measurement", value(record.measurements[velocity.later], row)),
      input("gain", gain(velocity)),
      input(
        "ages",
        words(
          "growth.velocity.ages",
          [
            "first": format.whole(velocity.firstAge.count),
            "last": format.whole(velocity.lastAge.count),
          ]), words("growth.velocity.by_standard", ["row": position])),
      input("sex", sex),
    ]
    if row.added != 0 {
      inputs.append(
        input("added", "\(format.number(row.added, digits: 0)) \(words["common.g"])"))
    }
    let code = WhyVelocity.code(row.measure)
    let table =
      "\(words["sources.who_2009"]), \(words["growth.indices.\(code).short"]), "
      + "\(words("growth.velocity.months", ["months": "\(row.interval.rawValue)"])), \(sex)"
    return formula(velocity).merging([
      "category": gain(velocity),
      "z": velocity.score.map { format.zScore($0.hundredths) }, "inputs": inputs,
      "lms": [
        "table": table, "at": position, "l": format.number(row.l, digits: 4),
        "m": format.number(row.m, digits: 4), "s": format.number(row.s, digits: 5),
      ] as Fields,
    ])
  }

  private func value(_ measurement: RecordedMeasurement, _ row: VelocityRow) -> String {
    guard let value = measurement.value(row.measure) else { return words["common.none"] }
    return row.measure == .weight
      ? "\(format.kilograms(Mass(grams: Int32(value)))) \(words["common.kg"])"
      : "\(format.centimetres(value)) \(words["common.cm"])"
  }

  private func input(_ key: String, _ value: String, _ remark: String? = nil) -> Fields {
    ["name": words["why.\(key)"], "value": value, "remark": remark]
  }

  private func formula(_ velocity: GrowthVelocity) -> Fields {
    let row = velocity.row
    let isWeight = row.added != 0
    var fields: Fields = [
      "formula": words["growth.formulas.\(isWeight ? "velocity_added" : "velocity")"]
    ]
    guard let score = velocity.score else { return fields }
    if row.measure == .weight, !(-3...3).contains(score.exact) {
      fields["restricted"] =
        words["growth.formulas.restricted_\(score.exact > 0 ? "above" : "below")"]
      return fields
    }
    let gain = format.number(velocity.gain, digits: isWeight ? 0 : 2)
    let sum = isWeight ? "(\(gain) + \(format.number(row.added, digits: 0)))" : gain
    let l = format.number(row.l, digits: 4)
    fields["formula_filled"] =
      "((\(sum) ÷ \(format.number(row.m, digits: 4)))^\(l) − 1) ÷ "
      + "(\(l) × \(format.number(row.s, digits: 5))) = \(format.bareZScore(score.hundredths))"
    return fields
  }
}

extension VelocityUnknown {
  /// The name under `growth.velocity.unknown`.
  var code: String {
    switch self {
    case .sex: "sex"
    case .birthDate: "birth_date"
    case .notMeasured: "not_measured"
    case .oedema: "oedema"
    case .earlierMeasurement: "earlier_measurement"
    case .outsideStandard: "outside_standard"
    }
  }
}
