import Health
import Programmes
import Services

/// The rules in words, with what the district has set filled in.
struct RuleText {
  private let format: Format
  private let settings: GrowthSettings

  private var words: Words { format.words }

  init(format: Format, settings: GrowthSettings) {
    self.format = format
    self.settings = settings
  }

  /// The rule of that name; nothing where the catalogue has none.
  func find(_ code: String) -> String? {
    let key = "growth.rules.\(code)"
    return words.find(key) == nil ? nil : words(key, values)
  }

  private var values: [String: String] {
    [
      "severe_arm": centimetres(settings.severeArmCircumference.centimetres),
      "moderate_arm": centimetres(settings.moderateArmCircumference.centimetres),
      "red_line": format.limit(settings.redLineHundredths, signed: true),
      "signs": signs,
    ]
  }

  private func centimetres(_ value: Double) -> String { format.centimetres(value) }

  /// The signs of gizi buruk, any one of which is enough.
  private var signs: String {
    let all: [(SevereMalnutritionSigns, String)] = [
      (.wasting, "wasting"), (.armCircumference, "arm_circumference"), (.oedema, "oedema"),
    ]
    let arm = centimetres(settings.severeArmCircumference.centimetres)
    return all.filter { settings.severeSigns.contains($0.0) }
      .map { words("growth.severe_signs.\($0.1)", ["severe_arm": arm]) }
      .joined(separator: words["settings.or"])
  }
}
