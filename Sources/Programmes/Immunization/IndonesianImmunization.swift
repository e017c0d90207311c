import Guidance
import Health

/// The Indonesian immunisation programme as a schedule for ``ImmunizationForecaster``.
public enum IndonesianImmunization {
  /// The schedule of an edition, with a district's settings.
  public static func schedule(
    _ edition: ImmunizationEdition = .kmk1098Changed2025,
    settings: ImmunizationSettings = ImmunizationSettings()
  ) -> VaccineSchedule {
    VaccineSchedule(
      source: edition.source, antigenCount: ProgrammeAntigen.allCases.count,
      grace: .days(settings.graceDays), monthOverflow: .lastDayOfMonth,
      products: VaccineName.allCases.map { product($0, settings) },
      series: childhood(settings) + school(edition, settings),
      groups: CardVaccine.allCases.map { VaccineGroup($0.antigens.map { $0.antigen }) },
      conflicts: conflicts(settings))
  }

  /// From this age on a dose is one of school.
  static let schoolAge = Period.months(60)

  private static func product(
    _ name: VaccineName, _ settings: ImmunizationSettings
  ) -> VaccineProduct {
    let contents = name.contents(settings).map { held in
      switch held {
      case .hepatitisBAtBirth: AntigenContent(held.antigen, until: .months(1))
      case .hepatitisB where name == .hepatitisB || name == .hepatitisBNotSpecified:
        AntigenContent(held.antigen, from: .months(1))
      case .schoolMeaslesRubella, .schoolDiphtheriaTetanus:
        AntigenContent(held.antigen, from: schoolAge)
      case .diphtheria, .tetanus, .measles, .rubella:
        AntigenContent(held.antigen, until: schoolAge)
      default: AntigenContent(held.antigen)
      }
    }
    return VaccineProduct(name.code, contents: contents)
  }

  // MARK: - The first five years

  private static func childhood(_ settings: ImmunizationSettings) -> [VaccineSeries] {
    let rows = ImmunizationRow.childhood(settings)
    var result = [hepatitisBAtBirth(settings)]
    for vaccine in CardVaccine.allCases {
      if vaccine == .japaneseEncephalitis, !settings.givesJapaneseEncephalitis { continue }
      let doses = rows.filter { $0.vaccine == vaccine }.map { dose($0, settings) }
      guard !doses.isEmpty else { continue }
      var selection = SeriesSelection()
      if vaccine == .pneumococcus { selection.startsBefore = .months(latePneumococcusMonths) }
      for antigen in vaccine.antigens {
        result.append(VaccineSeries(antigen.antigen, selection: selection, doses: doses))
      }
    }
    result.append(latePneumococcus(settings))
    result.append(polioInHexavalent(settings))
    return result
  }

  private static func dose(
    _ row: ImmunizationRow, _ settings: ImmunizationSettings
  ) -> SeriesDose {
    let overdue =
      settings.overdueAfterIdeal ? row.ideal.upperBound : (row.allowed ?? row.ideal).upperBound
    return SeriesDose(
      ages: [
        DoseAge(
          minimum: .months(row.ideal.lowerBound), pastDue: .months(overdue + 1),
          maximum: .months(row.end))
      ],
      intervals: row.interval.map { [DoseInterval(from: .previousDose, minimum: $0)] } ?? [],
      source: row.source)
  }

  /// HB0: in the first 24 hours, which days cannot tell from two days; after the last day never.
  private static func hepatitisBAtBirth(_ settings: ImmunizationSettings) -> VaccineSeries {
    let last = settings.birthDoseLastDay
    return VaccineSeries(
      ProgrammeAntigen.hepatitisBAtBirth.antigen,
      doses: [
        SeriesDose(
          ages: [
            DoseAge(
              minimum: Period.none, pastDue: .days(2),
              maximum: last >= 30 ? .months(1) : .days(last + 1))
          ],
          source: .immunizationFromMemory)
      ])
  }

  /// The age in completed months from which who starts PCV needs fewer doses.
  static let latePneumococcusMonths: Int32 = 12

  /// The least distance of their doses.
  static let latePneumococcusDistance = Period.weeks(8)

  /// Those who start PCV after the first birthday need fewer doses, eight weeks apart.
  private static func latePneumococcus(_ settings: ImmunizationSettings) -> VaccineSeries {
    let first = SeriesDose(
      ages: [DoseAge(maximum: schoolAge)],
      source: .immunizationFromMemory)
    var next = first
    next.intervals = [
      DoseInterval(
        from: .previousDose, minimum: latePneumococcusDistance,
        pastDue: latePneumococcusDistance + .months(1))
    ]
    let more = Int(settings.lateStartPneumococcusDoses) - 1
    return VaccineSeries(
      ProgrammeAntigen.pneumococcus.antigen,
      selection: SeriesSelection(
        isDefault: false, preference: 2, startsFrom: .months(latePneumococcusMonths)),
      doses: [first] + Array(repeating: next, count: more))
  }

  /// Whoever is given IPV in the six-in-one vaccine has it at 2, 3 and 4 months.
  private static func polioInHexavalent(_ settings: ImmunizationSettings) -> VaccineSeries {
    let products = [VaccineName.hexavalent, .hexavalentAcellular, .acellularWithPolioAndHib]
    let doses = [Int32(2), 3, 4].map { month in
      SeriesDose(
        ages: [
          DoseAge(
            minimum: .months(month), pastDue: month == 2 ? nil : .months(month + 1),
            maximum: schoolAge)
        ],
        intervals: month == 2 ? [] : [DoseInterval(from: .previousDose, minimum: .months(1))],
        preferable: products.map { VaccineChoice($0.code) }, source: .immunizationFromMemory)
    }
    return VaccineSeries(
      ProgrammeAntigen.injectedPolio.antigen,
      selection: SeriesSelection(isDefault: false, isProductPath: true, preference: 2),
      doses: doses)
  }

  // MARK: - School

  private static func school(
    _ edition: ImmunizationEdition, _ settings: ImmunizationSettings
  ) -> [VaccineSeries] {
    let rows = SchoolRow.rows(edition, settings)
    let vaccines: [CardVaccine] = [
      .schoolMeaslesRubella, .schoolDiphtheriaTetanus, .humanPapillomavirus,
    ]
    return vaccines.map { vaccine in
      let own = rows.filter { $0.vaccine == vaccine }
      let lastAge =
        vaccine == .humanPapillomavirus
        ? settings.humanPapillomavirusLastAge : settings.schoolLastAge
      // The others hold the school's antigen from five years on.
      let first =
        vaccine == .humanPapillomavirus
        ? Period.years(settings.humanPapillomavirusFirstAge) : nil
      let fourWeeks = settings.schoolDosesCountFromFourWeeks ? Period.weeks(4) : nil
      let doses = own.map { row in
        SeriesDose(
          ages: [DoseAge(minimum: first, maximum: .years(lastAge + 1))],
          intervals: row.interval.map {
            [DoseInterval(from: .previousDose, absoluteMinimum: fourWeeks, minimum: $0)]
          } ?? [],
          schoolMonth: SchoolMonth(month: row.month, age: row.age),
          source: .primaryCareImmunization)
      }
      return VaccineSeries(
        vaccine.antigens[0].antigen,
        for: own.contains { $0.onlyGirls } ? .female : .everybody, doses: doses)
    }
  }

  // MARK: - Live vaccines

  /// Injected live viruses are given on one day or four weeks apart.
  private static func conflicts(_ settings: ImmunizationSettings) -> [VaccineConflict] {
    let live = VaccineName.allCases.filter {
      $0.isLiveVirusInjected || (settings.spacesBCG && $0 == .bcg)
    }
    let gap = Period.weeks(4)
    var result: [VaccineConflict] = []
    for earlier in live {
      for later in live where !earlier.isSameKind(as: later) {
        result.append(
          VaccineConflict(
            earlier: earlier.code, later: later.code,
            endsAfterValid: gap - .days(settings.graceDays), ends: gap))
      }
    }
    return result
  }
}

extension VaccineName {
  /// Whether two names are of one antigen, whose own distances are kept anyway.
  fileprivate func isSameKind(as other: VaccineName) -> Bool {
    func kind(_ name: VaccineName) -> Int {
      switch name {
      case .measles, .measlesRubella, .measlesMumpsRubella: 1
      case .japaneseEncephalitis, .japaneseEncephalitisNotSpecified: 2
      default: 3
      }
    }
    return kind(self) == kind(other)
  }
}
