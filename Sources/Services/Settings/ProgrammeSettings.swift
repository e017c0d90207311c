import Guidance
import Programmes

/// What a district may set of the family health index, of the levels of kader, of the stages of
/// life and of immunisation. All of it is worked out when it is looked at, and no stored figure knows of it: it is not
/// in the fingerprint of the settings, and nothing is counted anew where it changes.
public struct ProgrammeSettings: Hashable, Sendable {
  /// The family health index.
  public var familyIndex = FamilyIndexSettings()
  /// The levels of kader.
  public var kader = KaderSettings()
  /// The stages of life.
  public var lifeStages = LifeStageSettings()
  /// Immunisation.
  public var immunization = ImmunizationSettings()

  /// The defaults.
  public init() {}
}

/// One thing of ``ProgrammeSettings`` that a district may set.
public enum ProgrammeSetting: Hashable, Sendable, CaseIterable {
  /// A setting of the family health index.
  case familyIndex(FamilyIndexSetting)
  /// ``KaderSettings/madya``.
  case madya
  /// ``KaderSettings/skillMonths``.
  case skillMonths
  /// ``KaderSettings/leastKader``.
  case leastKader
  /// ``LifeStageSettings/lastPreschoolMonth``.
  case lastPreschoolMonth
  /// A setting of immunisation.
  case immunization(ImmunizationSetting)

  /// All of them, in the order in which they are printed.
  public static let allCases: [ProgrammeSetting] =
    FamilyIndexSetting.allCases.map { .familyIndex($0) }
    + [.madya, .skillMonths, .leastKader, .lastPreschoolMonth]
    + ImmunizationSetting.allCases.map { .immunization($0) }

  /// The part of a settings file in which a setting stands; the raw value is its name there.
  public enum Group: String, Hashable, Sendable, CaseIterable {
    /// The family health index.
    case familyIndex = "family_index"
    /// The levels of kader.
    case kader
    /// The stages of life.
    case lifeStages = "life_stages"
    /// Immunisation.
    case immunization

    /// The settings that stand in it.
    var settings: [ProgrammeSetting] { ProgrammeSetting.allCases.filter { $0.group == self } }
  }

  /// In what a setting is written.
  enum Form: Hashable {
    /// A whole number of days, months, years, doses or kader: the name of the unit in catalogues.
    case number(unit: String)
    /// `true` or `false`.
    case flag
    /// One of these words, which stand for 1, 2 and so on.
    case words([String])
  }

  /// Where it stands in a settings file.
  public var group: Group {
    switch self {
    case .familyIndex: .familyIndex
    case .madya, .skillMonths, .leastKader: .kader
    case .lastPreschoolMonth: .lifeStages
    case .immunization: .immunization
    }
  }

  /// The name in settings files and catalogues.
  public var code: String {
    switch self {
    case .familyIndex(let setting): "\(setting.name)"
    case .madya: "madya"
    case .skillMonths: "skill_months"
    case .leastKader: "least_kader"
    case .lastPreschoolMonth: "last_preschool_month"
    case .immunization(let setting): "\(setting.name)"
    }
  }

  var form: Form {
    switch self {
    case .familyIndex(.otherInsuranceCounts): .flag
    case .familyIndex(.replyMonths), .familyIndex(.growthMonths), .skillMonths,
      .lastPreschoolMonth:
      .number(unit: "months")
    case .familyIndex: .number(unit: "years")
    case .madya: .words(MadyaRule.allCases.map { "\($0.name)" })
    case .leastKader: .number(unit: "kader")
    case .immunization(let setting): ProgrammeSetting.form(of: setting)
    }
  }

  private static func form(of setting: ImmunizationSetting) -> Form {
    switch setting {
    case .graceDays: .number(unit: "days")
    case .birthDoseLastDay: .number(unit: "day_of_life")
    case .humanPapillomavirusFirstAge, .humanPapillomavirusLastAge, .schoolLastAge:
      .number(unit: "years")
    case .injectedPolioMonths, .schoolTetanusMonths, .humanPapillomavirusMonths:
      .number(unit: "months")
    case .lateStartPneumococcusDoses, .basicInjectedPolioDoses: .number(unit: "doses")
    case .humanPapillomavirusSecondClass: .number(unit: "school_class")
    case .givesJapaneseEncephalitis, .spacesBCG, .writtenDPTIsPentavalent, .overdueAfterIdeal,
      .badutaNeedsPneumococcus, .childhoodTetanusByTable, .schoolDosesCountFromFourWeeks:
      .flag
    }
  }

  /// What its number may be. Beyond this it is taken for a slip of the pen.
  public var range: ClosedRange<Int32> {
    switch self {
    case .familyIndex(let setting): setting.range
    case .madya: 1...Int32(MadyaRule.allCases.count)
    case .skillMonths: KaderSettings.skillMonthsRange
    case .leastKader:
      Int32(
        KaderSettings.leastKaderRange.lowerBound)...Int32(
          KaderSettings.leastKaderRange.upperBound)
    case .lastPreschoolMonth: LifeStageSettings.lastPreschoolMonths
    case .immunization(let setting): setting.range
    }
  }

  /// Where the default stands, and how sure we are of it.
  public var source: Source {
    switch self {
    case .familyIndex(let setting): setting.source
    case .madya: KaderSettings.madyaSource
    case .skillMonths: KaderSettings.skillMonthsSource
    case .leastKader: KaderSettings.leastKaderSource
    case .lastPreschoolMonth: LifeStageSettings.source
    case .immunization(let setting): setting.source
    }
  }
}

extension ProgrammeSettings {
  /// A setting's number; a flag is 0 or 1.
  public subscript(setting: ProgrammeSetting) -> Int32 {
    switch setting {
    case .familyIndex(let setting): familyIndex[setting]
    case .madya: Int32(kader.madya.rawValue)
    case .skillMonths: kader.skillMonths
    case .leastKader: Int32(kader.leastKader)
    case .lastPreschoolMonth: lifeStages.lastPreschoolMonth
    case .immunization(let setting): immunization[setting]
    }
  }

  /// Sets a setting.
  ///
  /// - Returns: whether the number lies within its range; else nothing changes.
  public mutating func set(_ setting: ProgrammeSetting, to number: Int32) -> Bool {
    guard setting.range.contains(number) else { return false }
    switch setting {
    case .familyIndex(let setting): return familyIndex.set(setting, to: number)
    case .madya: kader.madya = MadyaRule(rawValue: UInt8(number)) ?? kader.madya
    case .skillMonths: kader.skillMonths = number
    case .leastKader: kader.leastKader = Int(number)
    case .lastPreschoolMonth: lifeStages.lastPreschoolMonth = number
    case .immunization(let setting): return immunization.set(setting, to: number)
    }
    return true
  }
}

/// Reads the value of such a setting.
struct ProgrammeValueReader {
  let setting: ProgrammeSetting
  let key: String

  func number(_ text: SettingsText) throws(SettingsProblem) -> Int32 {
    switch setting.form {
    case .flag: return try text.flag(key: key)
    case .words(let words):
      guard case .text(let word) = text.value else { throw text.wrongType("text", key: key) }
      guard let position = words.firstIndex(of: word) else {
        throw SettingsProblem(
          .unknownWord, line: text.line, key: key,
          ["value": word, "words": words.joined(separator: ", ")])
      }
      return Int32(position + 1)
    case .number(let unit):
      guard case .number(let written) = text.value else {
        throw text.wrongType("number", key: key)
      }
      guard let whole = Int32(written), setting.range.contains(whole) else {
        if written.contains(where: { ".eE".contains($0) }) {
          throw SettingsProblem(
            .tooManyDecimals, line: text.line, key: key, ["value": written, "decimals": "0"])
        }
        throw SettingsProblem(
          .outOfRange, line: text.line, key: key,
          [
            "value": written, "low": "\(setting.range.lowerBound)",
            "high": "\(setting.range.upperBound)", "unit": unit,
          ])
      }
      return whole
    }
  }
}
