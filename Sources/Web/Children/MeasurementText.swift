import Guidance
import Health
import Programmes
import Services

/// One measurement as the child's pages speak of it: read from its fact, so that measurements that
/// were replaced can be shown as well.
struct MeasurementText {
  /// A result of one index.
  struct Result {
    /// The element's id and the root of its texts: `zwei`.
    let id: String
    /// The key under `growth.indices`: `zhei` for a height.
    let index: String
    /// The index's score.
    let score: IndexScore?
    /// The category's key in the catalogue, if there is a category.
    let category: String?
    /// How serious it is.
    let tone: String
  }

  let format: Format
  let body: MeasurementBody
  let measurement: GrowthMeasurement
  /// The age by which length and head are judged; nothing before birth or term.
  let ageOfGrowth: AgeInDays?
  let assessment: GrowthAssessment
  let status: GrowthStatus

  private var words: Words { format.words }

  init(
    _ recorded: RecordedMeasurement, sex: Sex?, ages: AgeOfGrowth?, format: Format,
    settings: GrowthSettings
  ) {
    self.format = format
    body = recorded.body
    measurement = GrowthMeasurement(recorded.body, sex: sex, age: recorded.age)
    ageOfGrowth = ages?.age(on: recorded.occurredOn)
    assessment = recorded.assessment
    status = GrowthStatus(recorded, settings: settings)
  }

  init(
    _ body: MeasurementBody, sex: Sex?, age: AgeInDays?, ageOfGrowth: AgeInDays?,
    months: CompletedMonths?, format: Format, settings: GrowthSettings
  ) {
    self.format = format
    self.body = body
    measurement = GrowthMeasurement(body, sex: sex, age: age)
    self.ageOfGrowth = ageOfGrowth
    assessment = ChildGrowthStandards.shared.assess(measurement, lengthAndHeadAt: ageOfGrowth)
    status = GrowthStatus(
      assessment, hasOedema: body.hasOedema ?? false, armCircumference: body.armCircumference,
      ageMonths: months, settings: settings)
  }

  /// The measurement at the age by which an index judges it; nothing where it is not judged yet.
  func judged(by index: GrowthIndex) -> GrowthMeasurement? {
    guard GrowthIndex.judgedByCorrectedAge.contains(index), measurement.ageDays != nil else {
      return measurement
    }
    return ageOfGrowth.map { measurement.at($0) }
  }

  /// Whether the tables of recumbent length apply.
  var isLength: Bool { assessment.length?.isLength ?? true }

  /// The name of an index under `growth.indices`.
  func name(_ index: GrowthIndex) -> (id: String, index: String) {
    switch index {
    case .weightForAge: ("zwei", "zwei")
    case .lengthHeightForAge: ("zlen", isLength ? "zlen" : "zhei")
    case .weightForLengthHeight: ("zwfl", isLength ? "zwfl" : "zwfh")
    case .bodyMassIndexForAge: ("zbmi", "zbmi")
    case .headCircumferenceForAge: ("zhc", "zhc")
    case .armCircumferenceForAge: ("zac", "zac")
    case .tricepsSkinfoldForAge: ("zts", "zts")
    case .subscapularSkinfoldForAge: ("zss", "zss")
    }
  }

  /// The category that an index gave.
  func category(_ index: GrowthIndex) -> (any ShownCategory)? {
    switch index {
    case .weightForAge: status.weightForAge
    case .lengthHeightForAge: status.lengthHeightForAge
    case .weightForLengthHeight: status.weightForLengthHeight
    case .bodyMassIndexForAge: status.bodyMassIndexForAge
    case .headCircumferenceForAge: status.headCircumferenceForAge
    default: nil
    }
  }

  /// What an index says; nothing where neither a score nor a category is there.
  func result(_ index: GrowthIndex) -> Result? {
    let score = assessment[index]
    let category = category(index)
    let name = name(index)
    guard score != nil || category != nil else { return nil }
    if index == .weightForLengthHeight, body.hasOedema == true {
      return Result(
        id: name.id, index: name.index, score: score, category: "growth.categories.oedema",
        tone: "bad")
    }
    if score?.isImplausible == true {
      return Result(
        id: name.id, index: name.index, score: score, category: "growth.flags.implausible",
        tone: "none")
    }
    return Result(
      id: name.id, index: name.index, score: score, category: category?.key,
      tone: category?.tone ?? "none")
  }

  /// A result in a table's cell.
  func cell(_ index: GrowthIndex) -> Fields? {
    result(index).map { result in
      [
        "z": result.score.map { format.zScore($0.hundredths) },
        "category": result.category.map { words[$0] }, "tone": result.tone,
      ]
    }
  }

  /// What was done to the length before it was compared; nothing where no length was taken.
  var correction: String? {
    guard let length = assessment.length else { return nil }
    switch length.correction {
    case .standingBeforeTwoYears: return words["growth.corrections.standing_to_length"]
    case .lyingAfterTwoYears: return words["growth.corrections.lying_to_height"]
    case .standingIgnoredBeforeNineMonths:
      return words["growth.corrections.length_under_9_months"]
    case .none:
      guard length.positionAssumed else { return nil }
      return words[
        length.isLength
          ? "growth.corrections.assumed_lying" : "growth.corrections.assumed_standing"]
    }
  }

  /// `terlentang`, `berdiri` or that nobody wrote it down; nothing without a length.
  var position: String? {
    guard body.length != nil else { return nil }
    switch body.position {
    case .lying: return words["growth.positions.lying"]
    case .standing: return words["growth.positions.standing"]
    case nil: return words["growth.positions.unknown"]
    }
  }

  /// The measured value that an index judges, with its unit.
  func value(_ index: GrowthIndex) -> String? {
    switch index {
    case .weightForAge: weight
    case .lengthHeightForAge:
      body.length.map { "\(format.centimetres($0.centimetres)) \(words["common.cm"])" }
    case .weightForLengthHeight:
      [weight, value(.lengthHeightForAge)].compactMap(\.self).joined(separator: " · ")
    case .bodyMassIndexForAge:
      assessment.bodyMassIndex.map {
        "\(format.number($0, digits: 2)) \(words["common.kg_m2"])"
      }
    case .headCircumferenceForAge:
      body.headCircumference.map { "\(format.centimetres($0.centimetres)) \(words["common.cm"])" }
    case .armCircumferenceForAge:
      body.armCircumference.map { "\(format.centimetres($0.centimetres)) \(words["common.cm"])" }
    case .tricepsSkinfoldForAge:
      body.tricepsSkinfold.map {
        "\(format.short($0.millimetres, digits: 1)) \(words["common.mm"])"
      }
    case .subscapularSkinfoldForAge:
      body.subscapularSkinfold.map {
        "\(format.short($0.millimetres, digits: 1)) \(words["common.mm"])"
      }
    }
  }

  private var weight: String? {
    body.weight.map { "\(format.kilograms($0)) \(words["common.kg"])" }
  }
}

/// Sources as pages name them.
struct SourceText {
  let words: Words

  /// The title and place, and a warning where we are not sure of it.
  func title(_ source: Source) -> String { title(SettingSource(source)) }

  /// The title and page, and a warning where we are not sure of it.
  func title(_ source: SettingSource) -> String {
    let text = "\(written(source.title)), \(written(source.page))"
    guard let doubt = doubt(source) else { return text }
    return "\(text) (\(doubt))"
  }

  /// Title and edition in few words.
  func short(_ source: SettingSource) -> String {
    "\(written(source.title)), \(edition(source))"
  }

  /// The edition.
  func edition(_ source: Source) -> String { written("\(source.edition)") }

  /// The edition.
  func edition(_ source: SettingSource) -> String { written(source.edition) }

  /// Title, edition, place, and how sure we are of it, in one line.
  func line(_ source: Source) -> String {
    words(
      "guidelines.source_line",
      [
        "title": written("\(source.title)"), "edition": edition(source),
        "place": written("\(source.place)"),
        "standing": words["care.standing.\(source.standing.code)"],
      ])
  }

  /// The same as fields of a page.
  func fields(_ source: Source) -> Fields {
    [
      "source": written("\(source.title)"), "edition": edition(source),
      "place": written("\(source.place)"),
      "standing": words["care.standing.\(source.standing.code)"],
    ]
  }

  private func written(_ text: String) -> String { words.phrases.cited(text) }

  private func doubt(_ source: SettingSource) -> String? {
    switch source.standing {
    case .primary: nil
    case .secondary: words["standings.secondary"]
    case .fromMemory: words["standings.from_memory"]
    }
  }
}
