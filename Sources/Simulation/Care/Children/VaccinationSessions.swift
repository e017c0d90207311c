import Health
import Programmes

/// What is given on one day, and when it is due.
struct VaccinationSession: Sendable {
  /// From which month of age.
  let months: Int32
  /// How many days later families come on average, beside the wait for the Posyandu's day.
  let delay: Double
  /// Children who are brought no more from then on.
  let leaves: Double
  /// The doses, as they are given.
  let doses: [VaccinationDose]

  /// The national schedule by months (KMK 1098/2024), as it is given together.
  static let all = [
    VaccinationSession(
      months: 0, delay: 18, leaves: 0.015,
      doses: [
        VaccinationDose(.bcg, "BCG", .rightArm, .intradermal),
        VaccinationDose(.oralPolio, "OPV 1", .mouth, .oral),
      ]),
    VaccinationSession(
      months: 2, delay: 7, leaves: 0.01,
      doses: [
        VaccinationDose(.pentavalent, "DPT-HB-Hib 1", .leftThigh, .intramuscular),
        VaccinationDose(.oralPolio, "OPV 2", .mouth, .oral),
        VaccinationDose(.pneumococcus, "PCV 1", .rightThigh, .intramuscular),
        VaccinationDose(.rotavirus, "RV 1", .mouth, .oral),
      ]),
    VaccinationSession(
      months: 3, delay: 7, leaves: 0.015,
      doses: [
        VaccinationDose(.pentavalent, "DPT-HB-Hib 2", .leftThigh, .intramuscular),
        VaccinationDose(.oralPolio, "OPV 3", .mouth, .oral),
        VaccinationDose(.pneumococcus, "PCV 2", .rightThigh, .intramuscular),
        VaccinationDose(.rotavirus, "RV 2", .mouth, .oral),
      ]),
    VaccinationSession(
      months: 4, delay: 9, leaves: 0.02,
      doses: [
        VaccinationDose(.pentavalent, "DPT-HB-Hib 3", .leftThigh, .intramuscular),
        VaccinationDose(.oralPolio, "OPV 4", .mouth, .oral),
        VaccinationDose(.injectedPolio, "IPV 1", .rightThigh, .intramuscular),
        VaccinationDose(.rotavirus, "RV 3", .mouth, .oral),
      ]),
    VaccinationSession(
      months: 9, delay: 20, leaves: 0.07,
      doses: [
        VaccinationDose(.measlesRubella, "MR 1", .leftArm, .subcutaneous),
        VaccinationDose(.injectedPolio, "IPV 2", .rightThigh, .intramuscular),
      ]),
    VaccinationSession(
      months: 12, delay: 20, leaves: 0.05,
      doses: [VaccinationDose(.pneumococcus, "PCV 3", .rightThigh, .intramuscular)]),
    VaccinationSession(
      months: 18, delay: 40, leaves: 0.14,
      doses: [
        VaccinationDose(.pentavalent, "DPT-HB-Hib 4", .leftThigh, .intramuscular),
        VaccinationDose(.measlesRubella, "MR 2", .leftArm, .subcutaneous),
      ]),
  ]
}

/// A dose as it is written on the card.
struct VaccinationDose: Sendable {
  let vaccine: VaccineName
  let written: String
  let site: VaccinationSite
  let route: VaccinationRoute

  /// A dose.
  init(
    _ vaccine: VaccineName, _ written: String, _ site: VaccinationSite,
    _ route: VaccinationRoute
  ) {
    self.vaccine = vaccine
    self.written = written
    self.site = site
    self.route = route
  }

  /// HB0.
  static let atBirth = VaccinationDose(.hepatitisB, "HB0", .rightThigh, .intramuscular)
  /// Td of a pregnant woman.
  static let inPregnancy = VaccinationDose(.td, "Td", .leftArm, .intramuscular)

  /// The vaccination with a batch, which every month has a new one of.
  func body(on day: CivilDate) -> VaccinationBody {
    var body = VaccinationBody(
      product: vaccine.rawValue, dose: Array(written.utf8), origin: .givenHere)
    let parts = day.components
    let month = SyntheticNames.padded(parts.month, to: 2)
    body.batch = Array("CTH\(vaccine.rawValue)-\(parts.year % 100)\(month)".utf8)
    body.expiry = day.month.firstDay + Period.months(Int32(14 + parts.month % 8))
    body.site = site
    body.route = route
    return body
  }

  /// The vaccination as the book tells it: without a batch.
  var bookBody: VaccinationBody {
    VaccinationBody(product: vaccine.rawValue, dose: Array(written.utf8), origin: .book)
  }
}
