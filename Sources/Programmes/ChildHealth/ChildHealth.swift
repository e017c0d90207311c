import Guidance
import Health

/// What is given to and asked of children. Codes 300 to 339.
extension DataElement {
  /// A vitamin A capsule was given.
  public static let vitaminA = DataElement(300, "vitamin_a", .yesNo)
  /// A deworming medicine was given.
  public static let deworming = DataElement(301, "deworming", .yesNo)
  /// Cough for two weeks and more, fever for more than two weeks, weight falling or not rising for
  /// two months, or listless.
  public static let childTuberculosisSymptom = DataElement(
    302, "child_tuberculosis_symptom", .yesNo)
  /// Lives with somebody who has tuberculosis of the lungs.
  public static let tuberculosisContact = DataElement(303, "tuberculosis_contact", .yesNo)
  /// In the last day and night nothing but breast milk.
  public static let onlyBreastMilk = DataElement(304, "only_breast_milk", .yesNo)
  /// The integrated examination at six months (PKAT) was done.
  public static let sixMonthCheck = DataElement(305, "six_month_check", .yesNo)
  /// Screened for thalassaemia.
  public static let thalassaemiaScreened = DataElement(306, "thalassaemia_screened", .yesNo)
}

extension Source {
  /// Vitamin A capsules, months and doses.
  static let vitaminA = Source(
    id: "vitamin-a", title: "Pemberian kapsul vitamin A", edition: "KMK 2015/2023",
    place: "Februari dan Agustus; 6–59 bulan", standing: .secondary)
  /// Deworming in August.
  static let deworming = Source(
    id: "cacing", title: "Pemberian obat cacing", edition: "KMK 2015/2023",
    place: "balita, Agustus", standing: .secondary)
  /// Growth monitoring every month.
  static let growthMonitoring = Source(
    id: "kmk-2015-2023", title: "Petunjuk Teknis Integrasi Pelayanan Kesehatan Primer",
    edition: "HK.01.07/MENKES/2015/2023", place: "pemantauan pertumbuhan balita",
    standing: .secondary)
}

extension CareService {
  /// Weighed in the month.
  static let weighedThisMonth = CareService(
    51, "weighed_this_month", source: .growthMonitoring,
    for: .age(from: .days(29), until: .months(60)), .rounds(0b1_1111_1111_1110),
    doneBy: .observed(.weight))
  /// Vitamin A in February and August, from 6 to 59 months.
  static let vitaminA = CareService(
    52, "vitamin_a", source: .vitaminA, for: .age(from: .months(6), until: .months(60)),
    .rounds(1 << 2 | 1 << 8), doneBy: .yes(.vitaminA))
  /// Deworming in August, from 12 to 59 months.
  static let deworming = CareService(
    53, "deworming", source: .deworming, for: .age(from: .months(12), until: .months(60)),
    .rounds(1 << 8), doneBy: .yes(.deworming))
  /// The doctor's examination from six to under seven months.
  static let sixMonthCheck = CareService(
    54, "six_month_check", source: .growthMonitoring,
    for: .age(from: .months(5), until: .months(9)),
    .once(.birth, opens: .months(6), late: .months(7), closes: .months(9)),
    doneBy: .yes(.sixMonthCheck), in: .withDoctor)
  /// Thalassaemia at two years.
  static let thalassaemia = CareService(
    55, "thalassaemia", source: .healthCheck, for: .age(from: .months(24), until: .months(72)),
    .once(.birth, opens: .months(24), late: .months(36), closes: .months(72)),
    doneBy: .yes(.thalassaemiaScreened), in: .withDoctor)
}

extension DecisionTable {
  /// Signs of tuberculosis, asked at every contact.
  static let childTuberculosis = DecisionTable(
    30, "child_tuberculosis", source: .growthMonitoring,
    for: .age(from: .none, until: .months(72)),
    [
      Row(
        1, "tuberculosis_suspected", .treat,
        when: DataElement.childTuberculosisSymptom.isYes(.last(.months(1))),
        .examineForTuberculosis),
      Row(
        2, "tuberculosis_contact", .treat,
        when: DataElement.tuberculosisContact.isYes(.last(.months(6))),
        .assessPreventiveTreatment),
    ])
}

extension CareAction {
  /// Examine for tuberculosis (TCM or score).
  public static let examineForTuberculosis = CareAction(30, "examine_for_tuberculosis")
  /// See whether preventive treatment (TPT) is needed.
  public static let assessPreventiveTreatment = CareAction(31, "assess_preventive_treatment")
}

extension Guideline {
  /// Children until school age.
  public static let child = Guideline(
    3, "child", source: .growthMonitoring, for: .age(from: .none, until: .months(72)),
    services: [.weighedThisMonth, .vitaminA, .deworming, .sixMonthCheck, .thalassaemia],
    tables: [.childTuberculosis])
}
