import Guidance
import Health

/// What of the immunisation programme is known from memory only, or read differently, and what
/// differs by district, each with its default.
public struct ImmunizationSettings: Hashable, Sendable {
  /// So many days too early a dose still counts. The programme's card counts full calendar months
  /// and knows no grace; other countries allow 4 days.
  public var graceDays: Int32 = 0
  /// Whether Japanese encephalitis is endemic here, so that JE is given.
  public var givesJapaneseEncephalitis = false
  /// The last day of life on which HB0 is given: 7, or 30 for "before one month", as the chart of
  /// the Buku KIA is coloured.
  public var birthDoseLastDay: Int32 = 7
  /// Whether BCG, too, keeps four weeks from injected live viruses. Without: only these do from
  /// one another.
  public var spacesBCG = false
  /// The last age, in completed years, at which a girl who missed it is given HPV.
  public var humanPapillomavirusLastAge: Int32 = 15
  /// The last age, in completed years, at which the doses of school are made up for.
  public var schoolLastAge: Int32 = 12
  /// Whether a card that says only "DPT" means DPT-HB-Hib.
  public var writtenDPTIsPentavalent = true
  /// The least distance, in months, from IPV 1 to IPV 2.
  public var injectedPolioMonths: Int32 = 4
  /// How many PCV doses are given to those who start after the first birthday.
  public var lateStartPneumococcusDoses: Int32 = 2
  /// Whether a dose is overdue after the ideal (white) months; otherwise after the allowed
  /// (yellow) ones.
  public var overdueAfterIdeal = true
  /// How many IPV doses belong to the basic immunisation (IDL): 1, and now 2.
  public var basicInjectedPolioDoses: Int32 = 2
  /// Whether PCV 3 belongs to "baduta lengkap" besides DPT-HB-Hib 4 and MR 2.
  public var badutaNeedsPneumococcus = false
  /// Whether DPT-HB-Hib of the first 18 months counts for T2 at most, as the programme's table
  /// says; otherwise each dose counts by its distance from the one before.
  public var childhoodTetanusByTable = true
  /// The least distance, in months, from one dose of DT or Td at school to the next.
  public var schoolTetanusMonths: Int32 = 6
  /// Whether a dose at school counts from four weeks after the one before; otherwise only from the
  /// whole distance on.
  public var schoolDosesCountFromFourWeeks = true
  /// The age, in completed years, from which a girl may be given HPV.
  public var humanPapillomavirusFirstAge: Int32 = 9
  /// The class in which the second dose of HPV was given, in the edition that has two.
  public var humanPapillomavirusSecondClass: Int32 = 6
  /// The least distance, in months, from HPV 1 to HPV 2, in the edition that has two.
  public var humanPapillomavirusMonths: Int32 = 6

  /// The defaults.
  public init() {}
}

/// One thing of the immunisation programme that may be set. The raw value is the field of the
/// packed form and is never reused.
public enum ImmunizationSetting: UInt8, Hashable, Sendable, CaseIterable {
  /// ``ImmunizationSettings/graceDays``.
  case graceDays = 1
  /// ``ImmunizationSettings/givesJapaneseEncephalitis``: 0 no, 1 yes.
  case givesJapaneseEncephalitis = 2
  /// ``ImmunizationSettings/birthDoseLastDay``.
  case birthDoseLastDay = 3
  /// ``ImmunizationSettings/spacesBCG``: 0 no, 1 yes.
  case spacesBCG = 4
  /// ``ImmunizationSettings/humanPapillomavirusLastAge``.
  case humanPapillomavirusLastAge = 5
  /// ``ImmunizationSettings/schoolLastAge``.
  case schoolLastAge = 6
  /// ``ImmunizationSettings/writtenDPTIsPentavalent``: 0 no, 1 yes.
  case writtenDPTIsPentavalent = 7
  /// ``ImmunizationSettings/injectedPolioMonths``.
  case injectedPolioMonths = 8
  /// ``ImmunizationSettings/lateStartPneumococcusDoses``.
  case lateStartPneumococcusDoses = 9
  /// ``ImmunizationSettings/overdueAfterIdeal``: 0 no, 1 yes.
  case overdueAfterIdeal = 10
  /// ``ImmunizationSettings/basicInjectedPolioDoses``.
  case basicInjectedPolioDoses = 11
  /// ``ImmunizationSettings/badutaNeedsPneumococcus``: 0 no, 1 yes.
  case badutaNeedsPneumococcus = 12
  /// ``ImmunizationSettings/childhoodTetanusByTable``: 0 no, 1 yes.
  case childhoodTetanusByTable = 13
  /// ``ImmunizationSettings/schoolTetanusMonths``.
  case schoolTetanusMonths = 14
  /// ``ImmunizationSettings/schoolDosesCountFromFourWeeks``: 0 no, 1 yes.
  case schoolDosesCountFromFourWeeks = 15
  /// ``ImmunizationSettings/humanPapillomavirusFirstAge``.
  case humanPapillomavirusFirstAge = 16
  /// ``ImmunizationSettings/humanPapillomavirusSecondClass``.
  case humanPapillomavirusSecondClass = 17
  /// ``ImmunizationSettings/humanPapillomavirusMonths``.
  case humanPapillomavirusMonths = 18

  /// The name in settings files, and under `settings.sentences` in the catalogues of the command
  /// line.
  public var name: StaticString {
    switch self {
    case .graceDays: "grace_days"
    case .givesJapaneseEncephalitis: "gives_japanese_encephalitis"
    case .birthDoseLastDay: "birth_dose_last_day"
    case .spacesBCG: "spaces_bcg"
    case .humanPapillomavirusLastAge: "human_papillomavirus_last_age"
    case .schoolLastAge: "school_last_age"
    case .writtenDPTIsPentavalent: "written_dpt_is_pentavalent"
    case .injectedPolioMonths: "injected_polio_months"
    case .lateStartPneumococcusDoses: "late_start_pneumococcus_doses"
    case .overdueAfterIdeal: "overdue_after_ideal"
    case .basicInjectedPolioDoses: "basic_injected_polio_doses"
    case .badutaNeedsPneumococcus: "baduta_needs_pneumococcus"
    case .childhoodTetanusByTable: "childhood_tetanus_by_table"
    case .schoolTetanusMonths: "school_tetanus_months"
    case .schoolDosesCountFromFourWeeks: "school_doses_count_from_four_weeks"
    case .humanPapillomavirusFirstAge: "human_papillomavirus_first_age"
    case .humanPapillomavirusSecondClass: "human_papillomavirus_second_class"
    case .humanPapillomavirusMonths: "human_papillomavirus_months"
    }
  }

  /// Where it may lie.
  public var range: ClosedRange<Int32> {
    switch self {
    case .graceDays: 0...7
    case .birthDoseLastDay: 1...30
    case .humanPapillomavirusLastAge: 12...20
    case .schoolLastAge: 8...17
    case .injectedPolioMonths: 1...6
    case .lateStartPneumococcusDoses: 1...3
    case .basicInjectedPolioDoses: 1...2
    case .schoolTetanusMonths, .humanPapillomavirusMonths: 1...12
    case .humanPapillomavirusFirstAge: 9...12
    case .humanPapillomavirusSecondClass: 5...6
    case .givesJapaneseEncephalitis, .spacesBCG, .writtenDPTIsPentavalent, .overdueAfterIdeal,
      .badutaNeedsPneumococcus, .childhoodTetanusByTable, .schoolDosesCountFromFourWeeks:
      0...1
    }
  }

  /// Where the default stands, and how sure we are of it.
  public var source: Source {
    switch self {
    case .graceDays, .overdueAfterIdeal: .immunizationChart
    case .givesJapaneseEncephalitis: .primaryCareImmunization
    case .basicInjectedPolioDoses, .badutaNeedsPneumococcus: .immunizationCompleteness
    case .childhoodTetanusByTable: .tetanusStatus
    case .birthDoseLastDay, .spacesBCG, .humanPapillomavirusLastAge, .schoolLastAge,
      .writtenDPTIsPentavalent, .injectedPolioMonths, .lateStartPneumococcusDoses,
      .schoolTetanusMonths, .schoolDosesCountFromFourWeeks, .humanPapillomavirusFirstAge,
      .humanPapillomavirusSecondClass, .humanPapillomavirusMonths:
      .immunizationFromMemory
    }
  }
}

extension ImmunizationSettings {
  /// A setting's number.
  public subscript(setting: ImmunizationSetting) -> Int32 {
    switch setting {
    case .graceDays: graceDays
    case .givesJapaneseEncephalitis: givesJapaneseEncephalitis ? 1 : 0
    case .birthDoseLastDay: birthDoseLastDay
    case .spacesBCG: spacesBCG ? 1 : 0
    case .humanPapillomavirusLastAge: humanPapillomavirusLastAge
    case .schoolLastAge: schoolLastAge
    case .writtenDPTIsPentavalent: writtenDPTIsPentavalent ? 1 : 0
    case .injectedPolioMonths: injectedPolioMonths
    case .lateStartPneumococcusDoses: lateStartPneumococcusDoses
    case .overdueAfterIdeal: overdueAfterIdeal ? 1 : 0
    case .basicInjectedPolioDoses: basicInjectedPolioDoses
    case .badutaNeedsPneumococcus: badutaNeedsPneumococcus ? 1 : 0
    case .childhoodTetanusByTable: childhoodTetanusByTable ? 1 : 0
    case .schoolTetanusMonths: schoolTetanusMonths
    case .schoolDosesCountFromFourWeeks: schoolDosesCountFromFourWeeks ? 1 : 0
    case .humanPapillomavirusFirstAge: humanPapillomavirusFirstAge
    case .humanPapillomavirusSecondClass: humanPapillomavirusSecondClass
    case .humanPapillomavirusMonths: humanPapillomavirusMonths
    }
  }

  /// Sets a setting.
  ///
  /// - Returns: whether the number lies within its range; else nothing changes.
  public mutating func set(_ setting: ImmunizationSetting, to number: Int32) -> Bool {
    guard setting.range.contains(number) else { return false }
    switch setting {
    case .graceDays: graceDays = number
    case .givesJapaneseEncephalitis: givesJapaneseEncephalitis = number == 1
    case .birthDoseLastDay: birthDoseLastDay = number
    case .spacesBCG: spacesBCG = number == 1
    case .humanPapillomavirusLastAge: humanPapillomavirusLastAge = number
    case .schoolLastAge: schoolLastAge = number
    case .writtenDPTIsPentavalent: writtenDPTIsPentavalent = number == 1
    case .injectedPolioMonths: injectedPolioMonths = number
    case .lateStartPneumococcusDoses: lateStartPneumococcusDoses = number
    case .overdueAfterIdeal: overdueAfterIdeal = number == 1
    case .basicInjectedPolioDoses: basicInjectedPolioDoses = number
    case .badutaNeedsPneumococcus: badutaNeedsPneumococcus = number == 1
    case .childhoodTetanusByTable: childhoodTetanusByTable = number == 1
    case .schoolTetanusMonths: schoolTetanusMonths = number
    case .schoolDosesCountFromFourWeeks: schoolDosesCountFromFourWeeks = number == 1
    case .humanPapillomavirusFirstAge: humanPapillomavirusFirstAge = number
    case .humanPapillomavirusSecondClass: humanPapillomavirusSecondClass = number
    case .humanPapillomavirusMonths: humanPapillomavirusMonths = number
    }
    return true
  }
}
