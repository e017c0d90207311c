import Foundation
import Programmes
import Services

/// The growth calculator, which works in the browser alone: the page brings its words.
struct CalculatorPage {
  private static let messages = [
    "bad_date", "too_old", "need_something", "need_dates", "bad_number", "no_result", "flagged",
    "age_result", "used_length", "days", "months",
  ]
  private static let indices = [
    "zwei", "zlen", "zhei", "zwfl", "zwfh", "zbmi", "zhc", "zac", "muac", "kms",
  ]
  private static let corrections = [
    "standing_to_length", "lying_to_height", "assumed_lying", "assumed_standing",
    "length_under_9_months", "none",
  ]
  private static let categories = [
    "severely_underweight", "underweight", "weight_normal", "weight_risk_over",
    "severely_stunted", "stunted", "height_normal", "tall", "severely_wasted", "wasted",
    "nutrition_normal", "nutrition_risk_over", "overweight", "obese", "microcephaly",
    "head_normal", "macrocephaly", "muac_severe", "muac_moderate", "muac_normal", "oedema",
    "none",
  ]

  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  func rendering() -> Rendering {
    let words = visit.words
    let texts =
      CalculatorPage.categories.map { ($0, "growth.categories.\($0)") }
      + CalculatorPage.indices.map { ("index.\($0)", "growth.indices.\($0).short") }
      + CalculatorPage.corrections.map { ("correction.\($0)", "growth.corrections.\($0)") }
      + CalculatorPage.messages.map { ("ui.\($0)", "calculator.\($0)") }
    return Rendering(
      template: "calculator", title: words["calculator.title"],
      crumbs: visit.homeCrumbs(words["common.menu_calculator"]), section: .calculator,
      fields: [
        "wasm_url": "/assets/core.wasm",
        "settings": Data(PackedSettings.pack(visit.district.settings)).base64EncodedString(),
        "words": texts.map { ["code": $0.0, "text": words[$0.1]] as Fields },
      ])
  }
}
