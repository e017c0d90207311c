import Guidance
import Health
import Monitoring
import Programmes
import Services

/// The definitions of figures and the rules of growth under a district's settings, for the page and
/// for the printed book.
struct GuidelineIndex {
  private let format: Format
  private let edition: SettingsEdition
  private let text: FigureText
  private let sources: SourceText

  private var words: Words { format.words }

  init(format: Format, edition: SettingsEdition) {
    self.format = format
    self.edition = edition
    text = FigureText(format: format)
    sources = SourceText(words: format.words)
  }

  var fields: Fields {
    growth.merging([
      "indicators": Indicator.definitions.map(indicator),
      "settings": words("settings.in_force", ["edition": edition.title]),
    ])
  }

  /// The rules of growth.
  var growth: Fields { ["rules": rules, "kbm": weightGain] }

  /// A chapter in the table of contents.
  func chapter(_ chapter: GuidelineChapter, address: String) -> Fields {
    [
      "chapter_url": address, "chapter_title": GuidelineIndex.title(of: chapter, words),
      "chapter_source": sources.title(chapter.source),
      "chapter_edition": sources.edition(chapter.source), "chapter_digest": chapter.shortDigest,
    ]
  }

  /// The name of a chapter.
  static func title(of chapter: GuidelineChapter, _ words: Words) -> String {
    words.find("care.guidelines.\(chapter.code)")
      ?? words["guidelines.chapters.\(chapter.code)"]
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

  private var rules: [Fields] {
    let table = ThresholdTable(format: format)
    let standard = NutritionalStatus.source
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
      "text": RuleText(format: format, settings: edition.growth).find(code),
      "source": sources.title(source),
      "edition": sources.edition(source), "has_thresholds": !thresholds.isEmpty,
      "thresholds": thresholds,
    ]
  }

  private var weightGain: Fields {
    let table = edition.growth.minimumWeightGain
    func row(_ name: String, _ grams: [Int32]) -> Fields {
      ["name": words[name], "grams": grams.map { format.whole($0) }]
    }
    let source = edition.source(of: .minimumWeightGainBoys)
    return [
      "months": (1...12).map { $0 == 12 ? "12–60" : "\($0)" },
      "rows": [row("common.boys", table.boys), row("common.girls", table.girls)],
      "source": sources.title(source), "edition": sources.edition(source),
    ]
  }
}
