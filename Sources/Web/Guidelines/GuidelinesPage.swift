import Guidance
import Health
import Monitoring
import Programmes
import Services

/// Every definition and rule by which figures and statuses come about.
struct GuidelinesPage {
  private let visit: Visit
  private let text: FigureText
  private let sources: SourceText

  private var words: Words { visit.words }
  private var format: Format { visit.format }

  init(_ visit: Visit) {
    self.visit = visit
    text = FigureText(format: visit.format)
    sources = SourceText(words: visit.words)
  }

  func rendering() -> Rendering {
    Rendering(
      template: "guidelines", title: words["guidelines.title"],
      crumbs: visit.homeCrumbs(words["common.menu_guidelines"]), section: .guidelines,
      fields: [
        "indicators": Indicator.definitions.map(indicator), "rules": rules,
        "kbm": weightGain,
        "settings": words("settings.in_force", ["edition": visit.district.edition.title]),
      ])
  }

  private func indicator(_ definition: IndicatorDefinition) -> Fields {
    let indicator = definition.indicator
    let name = text.text(indicator, "name")
    let long = text.text(indicator, "long")
    return [
      "code": definition.code, "name": name == long ? name : "\(name): \(long)",
      "meaning": text.text(indicator, "meaning"),
      "denominator": words["denominators.\(GuidelinesPage.denominator(indicator))"],
      "target": text.bareTarget(indicator) ?? words["lights.none"],
      "direction": words["directions.\(GuidelinesPage.code(definition.direction))"],
      "source": source(definition),
    ]
  }

  /// Where the definition stands, and the target where there is one.
  private func source(_ definition: IndicatorDefinition) -> String {
    guard let target = definition.targetSource else { return sources.title(definition.source) }
    return "\(sources.title(definition.source)) · \(words["common.target"]): "
      + sources.title(target)
  }

  static func denominator(_ indicator: Indicator) -> String {
    switch indicator {
    case .hasChildHealthBook, .weighed: "registered"
    case .gainedOfWeighed, .notGained, .notGainedTwice, .belowRedLine, .firstWeighing,
      .notWeighedLastMonth:
      "weighed"
    case .gainedOfComparable: "judged"
    default: "measured"
    }
  }

  /// The name of a direction in the catalogues.
  static func code(_ direction: Direction) -> String {
    switch direction {
    case .up: "up"
    case .down: "down"
    case .neither: "neither"
    }
  }

  private var rules: [Fields] {
    let table = ThresholdTable(format: format)
    let standard = NutritionalStatus.source
    let edition = visit.district.edition
    return [
      rule("zwei", standard, table.rows(NutritionalStatus.weightForAge, current: nil)),
      rule("zlen", standard, table.rows(NutritionalStatus.lengthHeightForAge, current: nil)),
      rule("zwfl", standard, table.rows(NutritionalStatus.weightForLengthHeight, current: nil)),
      rule("zbmi", standard),
      rule(
        "zhc", NutritionalStatus.headCircumferenceSource,
        table.rows(NutritionalStatus.headCircumferenceForAge, current: nil)),
      rule(
        "muac", edition.source(of: .severeArmCircumference),
        table.rows(
          NutritionalStatus.armCircumference(edition.growth), current: nil,
          unit: words["common.cm"])),
      rule("severe", edition.source(of: .severeSigns)),
      rule("kms", edition.source(of: .minimumWeightGainBoys)),
      rule("velocity", GrowthVelocityStandards.source),
      rule("bgm", edition.source(of: .redLine)),
      rule(
        "birth_weight", NewbornSizes.birthWeightSource,
        table.rows(NewbornSizes.birthWeight, current: nil, unit: words["common.g"])),
      rule(
        "size_at_birth", NewbornSizeStandards.source,
        table.rows(
          NewbornSizes.forGestationalAge, current: nil, unit: words["birth.centile_unit"])),
      rule("position", ChildGrowthStandards.source),
      rule("plausible", ChildGrowthStandards.source),
    ]
  }

  private func rule(_ code: String, _ source: Source, _ thresholds: [Fields] = []) -> Fields {
    rule(code, SettingSource(source), thresholds)
  }

  private func rule(
    _ code: String, _ source: SettingSource, _ thresholds: [Fields] = []
  ) -> Fields {
    [
      "id": "rule-\(code)", "title": words["growth.rule_titles.\(code)"],
      "text": RuleText(format: format, settings: visit.district.settings).find(code),
      "source": sources.title(source),
      "edition": sources.edition(source), "has_thresholds": !thresholds.isEmpty,
      "thresholds": thresholds,
    ]
  }

  private var weightGain: Fields {
    let table = visit.district.settings.minimumWeightGain
    func row(_ name: String, _ grams: [Int32]) -> Fields {
      ["name": words[name], "grams": grams.map { format.whole($0) }]
    }
    let source = visit.district.edition.source(of: .minimumWeightGainBoys)
    return [
      "months": (1...12).map { $0 == 12 ? "12–60" : "\($0)" },
      "rows": [row("common.boys", table.boys), row("common.girls", table.girls)],
      "source": sources.title(source), "edition": sources.edition(source),
    ]
  }
}
