import Guidance
import Health
import Programmes
import Testing

/// One dose of the Indonesian table for a child born on 15 January 2024, written down from the chart
/// of the Buku KIA and not from the program.
struct TableRow: Sendable, CustomTestStringConvertible {
  let vaccine: CardVaccine
  let product: VaccineName
  /// The days of the doses before.
  let before: [String]
  /// The first day on which the dose counts.
  let first: String
  /// The first day on which it no longer counts.
  let end: String
  /// The first day on which it is forecast, where that is not the first on which it counts.
  let due: String
  /// The last day on which it is not overdue.
  let pastDue: String

  init(
    _ vaccine: CardVaccine, _ product: VaccineName, after before: String..., first: String,
    end: String, due: String? = nil, pastDue: String
  ) {
    self.vaccine = vaccine
    self.product = product
    self.before = before
    self.first = first
    self.end = end
    self.due = due ?? first
    self.pastDue = pastDue
  }

  var testDescription: String { "\(vaccine) \(before.count + 1)" }

  /// The doses at their ideal time.
  static let ideal: [TableRow] = [
    TableRow(
      .hepatitisBAtBirth, .hepatitisB, first: "2024-01-15",
      end: "2024-01-23", pastDue: "2024-01-16"),
    TableRow(.bcg, .bcg, first: "2024-01-15", end: "2025-01-15", pastDue: "2024-03-14"),
    TableRow(.oralPolio, .oralPolio, first: "2024-01-15", end: "2029-01-15", pastDue: "2024-03-14"),
    TableRow(
      .oralPolio, .oralPolio, after: "2024-01-20", first: "2024-03-15",
      end: "2029-01-15", pastDue: "2024-04-14"),
    TableRow(
      .oralPolio, .oralPolio, after: "2024-01-20", "2024-03-15", first: "2024-04-15",
      end: "2029-01-15", pastDue: "2024-05-14"),
    TableRow(
      .oralPolio, .oralPolio, after: "2024-01-20", "2024-03-15", "2024-04-15", first: "2024-05-15",
      end: "2029-01-15", pastDue: "2024-06-14"),
    TableRow(
      .dptHBHib, .pentavalent, first: "2024-03-15",
      end: "2029-01-15", pastDue: "2024-04-14"),
    TableRow(
      .dptHBHib, .pentavalent, after: "2024-03-15", first: "2024-04-15",
      end: "2029-01-15", pastDue: "2024-05-14"),
    TableRow(
      .dptHBHib, .pentavalent, after: "2024-03-15", "2024-04-15", first: "2024-05-15",
      end: "2029-01-15", pastDue: "2024-06-14"),
    TableRow(
      .dptHBHib, .pentavalent, after: "2024-03-15", "2024-04-15", "2024-05-15", first: "2025-07-15",
      end: "2029-01-15", pastDue: "2025-08-14"),
    TableRow(
      .pneumococcus, .pneumococcus, first: "2024-03-15",
      end: "2029-01-15", pastDue: "2024-04-14"),
    TableRow(
      .pneumococcus, .pneumococcus, after: "2024-03-15", first: "2024-04-15",
      end: "2029-01-15", pastDue: "2024-05-14"),
    TableRow(
      .pneumococcus, .pneumococcus, after: "2024-03-15", "2024-04-15", first: "2025-01-15",
      end: "2029-01-15", pastDue: "2025-02-14"),
    TableRow(
      .pneumococcus, .pneumococcus, after: "2025-01-15", first: "2025-03-12",
      end: "2029-01-15", pastDue: "2025-04-11"),
    TableRow(.rotavirus, .rotavirus, first: "2024-03-15", end: "2024-06-15", pastDue: "2024-04-14"),
    TableRow(
      .rotavirus, .rotavirus, after: "2024-03-15", first: "2024-04-15",
      end: "2024-08-15", pastDue: "2024-05-14"),
    TableRow(
      .rotavirus, .rotavirus, after: "2024-03-15", "2024-04-15", first: "2024-05-15",
      end: "2024-08-15", pastDue: "2024-06-14"),
    TableRow(
      .injectedPolio, .injectedPolio, first: "2024-05-15",
      end: "2029-01-15", pastDue: "2024-06-14"),
    TableRow(
      .injectedPolio, .injectedPolio, after: "2024-05-15", first: "2024-10-15",
      end: "2029-01-15", pastDue: "2024-11-14"),
    TableRow(
      .injectedPolio, .hexavalent, first: "2024-03-15", end: "2029-01-15", due: "2024-05-15",
      pastDue: "2024-06-14"),
    TableRow(
      .injectedPolio, .hexavalent, after: "2024-03-15", first: "2024-04-15",
      end: "2029-01-15", pastDue: "2024-05-14"),
    TableRow(
      .injectedPolio, .hexavalent, after: "2024-03-15", "2024-04-15", first: "2024-05-15",
      end: "2029-01-15", pastDue: "2024-06-14"),
    TableRow(
      .measlesRubella, .measlesRubella, first: "2024-10-15",
      end: "2029-01-15", pastDue: "2024-11-14"),
    TableRow(
      .measlesRubella, .measlesRubella, after: "2024-10-15", first: "2025-07-15",
      end: "2029-01-15", pastDue: "2025-08-14"),
    TableRow(
      .japaneseEncephalitis, .japaneseEncephalitis, first: "2024-11-15",
      end: "2029-01-15", pastDue: "2024-12-14"),
    TableRow(
      .schoolMeaslesRubella, .measlesRubella, first: "2029-01-15",
      end: "2037-01-15", due: "2031-08-01", pastDue: "2031-08-31"),
    TableRow(
      .schoolDiphtheriaTetanus, .dt, first: "2029-01-15",
      end: "2037-01-15", due: "2031-11-01", pastDue: "2031-11-30"),
    TableRow(
      .schoolDiphtheriaTetanus, .td, after: "2031-11-10", first: "2031-12-08",
      end: "2037-01-15", due: "2032-11-01", pastDue: "2032-11-30"),
    TableRow(
      .schoolDiphtheriaTetanus, .td, after: "2031-11-10", "2032-11-10", first: "2032-12-08",
      end: "2037-01-15", due: "2035-11-01", pastDue: "2035-11-30"),
    TableRow(
      .humanPapillomavirus, .humanPapillomavirus, first: "2033-01-15",
      end: "2040-01-15", due: "2035-08-01", pastDue: "2035-08-31"),
  ]

  /// Doses that wait for the distance from the one before.
  static let distances: [TableRow] = [
    TableRow(
      .oralPolio, .oralPolio, after: "2024-03-10", first: "2024-04-10",
      end: "2029-01-15", pastDue: "2024-04-14"),
    TableRow(
      .oralPolio, .oralPolio, after: "2024-01-20", "2024-03-30", first: "2024-04-30",
      end: "2029-01-15", pastDue: "2024-05-14"),
    TableRow(
      .oralPolio, .oralPolio, after: "2024-01-20", "2024-03-30", "2024-05-20", first: "2024-06-20",
      end: "2029-01-15", pastDue: "2024-06-20"),
    TableRow(
      .dptHBHib, .pentavalent, after: "2024-06-30", first: "2024-07-30",
      end: "2029-01-15", pastDue: "2024-07-30"),
    TableRow(
      .dptHBHib, .pentavalent, after: "2024-06-30", "2024-08-31", first: "2024-09-30",
      end: "2029-01-15", pastDue: "2024-09-30"),
    TableRow(
      .dptHBHib, .pentavalent, after: "2024-03-15", "2024-04-15", "2025-02-10", first: "2026-02-10",
      end: "2029-01-15", pastDue: "2026-02-10"),
    TableRow(
      .pneumococcus, .pneumococcus, after: "2024-03-30", first: "2024-04-30",
      end: "2029-01-15", pastDue: "2024-05-14"),
    TableRow(
      .pneumococcus, .pneumococcus, after: "2024-03-15", "2024-12-20", first: "2025-02-14",
      end: "2029-01-15", pastDue: "2025-02-14"),
    TableRow(
      .rotavirus, .rotavirus, after: "2024-04-20", first: "2024-05-20",
      end: "2024-08-15", pastDue: "2024-05-20"),
    TableRow(
      .rotavirus, .rotavirus, after: "2024-04-20", "2024-05-25", first: "2024-06-25",
      end: "2024-08-15", pastDue: "2024-06-25"),
    TableRow(
      .injectedPolio, .injectedPolio, after: "2024-09-01", first: "2025-01-01",
      end: "2029-01-15", pastDue: "2025-01-01"),
    TableRow(
      .injectedPolio, .hexavalent, after: "2024-04-10", first: "2024-05-10",
      end: "2029-01-15", pastDue: "2024-05-14"),
    TableRow(
      .injectedPolio, .hexavalent, after: "2024-04-10", "2024-05-10", first: "2024-06-10",
      end: "2029-01-15", pastDue: "2024-06-14"),
    TableRow(
      .measlesRubella, .measlesRubella, after: "2025-05-31", first: "2025-11-30",
      end: "2029-01-15", pastDue: "2025-11-30"),
    TableRow(
      .schoolDiphtheriaTetanus, .td, after: "2032-09-01", first: "2032-09-29",
      end: "2037-01-15", due: "2033-03-01", pastDue: "2033-03-01"),
    TableRow(
      .schoolDiphtheriaTetanus, .td, after: "2031-11-10", "2035-10-01", first: "2035-10-29",
      end: "2037-01-15", due: "2036-04-01", pastDue: "2036-04-01"),
  ]

  static let birth = day("2024-01-15")

  /// The schedule with everything switched on.
  static var schedule: VaccineSchedule {
    var settings = ImmunizationSettings()
    settings.givesJapaneseEncephalitis = true
    return IndonesianImmunization.schedule(settings: settings)
  }

  private var given: [GivenDose] { before.map { dose(product, $0) } }

  /// What the dose is worth when given on a day.
  func judge(_ forecaster: inout ImmunizationForecaster, on day: CivilDate) -> DoseEvaluation? {
    let doses = given + [GivenDose(product.code, on: day)]
    forecaster.assess(
      ImmunizationPerson(birth: TableRow.birth, sex: .female), doses: doses, on: day)
    return forecaster.evaluation(ofDose: doses.count - 1, inGroup: vaccine.place)
  }

  /// The forecast on the first day.
  func forecast(_ forecaster: inout ImmunizationForecaster) -> VaccineForecast {
    forecaster.assess(
      ImmunizationPerson(birth: TableRow.birth, sex: .female), doses: given, on: day(first))
    return forecaster.groups[vaccine.place]
  }

  /// Whether a schedule says all that the row says.
  func holds(in forecaster: inout ImmunizationForecaster) -> Bool {
    let (first, end) = (day(first), day(end))
    guard judge(&forecaster, on: first.plus(-1))?.status != .valid,
      judge(&forecaster, on: first)?.status == .valid,
      judge(&forecaster, on: end.plus(-1))?.status == .valid,
      judge(&forecaster, on: end)?.status != .valid
    else { return false }
    let next = forecast(&forecaster)
    return next.earliest == day(due) && next.recommended == day(due)
      && next.pastDue == day(pastDue) && next.latest == end.plus(-1)
  }
}
