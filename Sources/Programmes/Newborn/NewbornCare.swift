import Guidance
import Health

/// What is done and seen in the first 28 days. Codes 200 to 259.
extension DataElement {
  /// Early initiation of breastfeeding (IMD).
  public static let earlyBreastfeeding = DataElement(200, "early_breastfeeding", .yesNo)
  /// Vitamin K1 was given.
  public static let vitaminK = DataElement(201, "vitamin_k", .yesNo)
  /// Eye ointment was given.
  public static let eyeOintment = DataElement(202, "eye_ointment", .yesNo)
  /// Blood was taken for the screening of hypothyroidism (SHK).
  public static let thyroidSampleTaken = DataElement(205, "thyroid_sample_taken", .yesNo)
  /// Result of that screening: 1 normal, 2 to be repeated, 3 positive.
  public static let thyroidResult = DataElement(206, "thyroid_result", .choice(3))
  /// Body temperature.
  public static let temperature = DataElement(
    207, "temperature", .quantity(.tenthsOfDegree, 300...430))
  /// Breaths in a minute.
  public static let breathsPerMinute = DataElement(
    208, "breaths_per_minute", .quantity(.perMinute, 5...150))
  /// Oxygen saturation by pulse oximetry, for critical heart disease.
  public static let oxygenSaturation = DataElement(
    209, "oxygen_saturation", .quantity(.percent, 40...100))
  /// Stool is pale by the colour card.
  public static let paleStool = DataElement(210, "pale_stool", .yesNo)
  /// Does not suckle.
  public static let notSuckling = DataElement(220, "not_suckling", .yesNo)
  /// Yellow skin or eyes.
  public static let jaundice = DataElement(221, "jaundice", .yesNo)
  /// Navel red, swollen or smelling.
  public static let infectedNavel = DataElement(222, "infected_navel", .yesNo)
  /// Diarrhoea.
  public static let diarrhoea = DataElement(223, "diarrhoea", .yesNo)
}

extension ClinicalSetting {
  /// From how many days after birth on blood may be taken for SHK.
  public static let thyroidSampleFrom = ClinicalSetting(
    20, "thyroid_sample_from", in: .days, within: 1...3,
    .init(2, .integratedCareAfterBirth), .init(1, .healthCheck))
  /// Until how many days after birth it may still be taken.
  public static let thyroidSampleUntil = ClinicalSetting(
    21, "thyroid_sample_until", in: .days, within: 3...28,
    .init(14, .thyroidScreening), .init(7, .healthCheck))
}

extension Source {
  /// The technical guide of the free health check.
  static let healthCheck = Source(
    id: "ckg-2025", title: "Petunjuk Teknis Pemeriksaan Kesehatan Gratis Hari Ulang Tahun",
    edition: "2025", place: "bayi baru lahir", standing: .secondary)
  /// The guide of the screening of hypothyroidism.
  static let thyroidScreening = Source(
    id: "shk-permenkes-78-2014", title: "Skrining Hipotiroid Kongenital",
    edition: "Permenkes 78/2014", place: "waktu pengambilan", standing: .fromMemory)
  /// Care of every newborn.
  static let essentialNewbornCare = Source(
    id: "neonatal-esensial-permenkes-53-2014", title: "Pelayanan Kesehatan Neonatal Esensial",
    edition: "Permenkes 53/2014", place: "0–6 jam", standing: .fromMemory)
}

extension CareService {
  private static func atBirth(
    _ number: UInt16, _ name: StaticString, _ element: DataElement
  ) -> CareService {
    CareService(
      number, name, source: .essentialNewbornCare, for: .age(from: .none, until: .days(29)),
      .once(.birth, opens: .none, late: .days(1), closes: .days(29)), doneBy: .yes(element))
  }
  static let earlyBreastfeeding = atBirth(41, "early_breastfeeding", .earlyBreastfeeding)
  static let vitaminK = atBirth(42, "vitamin_k", .vitaminK)
  static let eyeOintment = atBirth(43, "eye_ointment", .eyeOintment)
  /// Weighed at birth.
  static let weighedAtBirth = CareService(
    44, "weighed_at_birth", source: .essentialNewbornCare,
    for: .age(from: .none, until: .days(29)),
    .once(.birth, opens: .none, late: .days(1), closes: .days(29)),
    doneBy: .observed(.birthWeight))
  /// Blood taken for SHK.
  static let thyroidScreened = CareService(
    45, "thyroid_screened", source: .integratedCareAfterBirth,
    for: .age(from: .none, until: .days(29)),
    .once(
      .birth, opens: .setting(.thyroidSampleFrom), late: .days(4),
      closes: .setting(.thyroidSampleUntil, plus: 1)),
    doneBy: .yes(.thyroidSampleTaken))
}

extension DecisionTable {
  /// Size at birth: BBLASR, BBLSR, BBLR, BBLC, BBLB.
  static let birthWeightClass = DecisionTable(
    20, "birth_weight_class", source: .integratedCareAfterBirth,
    for: .age(from: .none, until: .days(29)),
    [
      Row(
        1, "extremely_low_birth_weight", .refer,
        when: DataElement.birthWeight.below(.grams(1_000), .ever), .referToHospitalNow),
      Row(
        2, "very_low_birth_weight", .refer,
        when: DataElement.birthWeight.below(.grams(1_500), .ever), .referToHospitalNow),
      Row(
        3, "low_birth_weight_to_refer", .refer,
        when: DataElement.birthWeight.below(.grams(2_000), .ever), .referToHospitalNow),
      Row(
        4, "low_birth_weight", .treat,
        when: DataElement.birthWeight.below(.grams(2_500), .ever), .kangarooCare),
      Row(
        5, "enough_birth_weight", .homeCare,
        when: !DataElement.birthWeight.atLeast(.grams(4_001), .ever)),
      Row(6, "large_birth_weight", .treat, when: DataElement.birthWeight.isKnown(.ever)),
    ])
}

extension CareAction {
  /// Skin to skin (PMK), the book for small babies, followed by the Pustu until 2500 g.
  public static let kangarooCare = CareAction(20, "kangaroo_care")
}

extension DangerSign {
  static let newborn: [DangerSign] = [
    DangerSign(.notSuckling, in: .isNewborn, source: .motherChildBook),
    DangerSign(.fits, in: .isNewborn, source: .motherChildBook),
    DangerSign(
      .breathsPerMinute, .atLeast(.fixed(.perMinute(60))), in: .isNewborn,
      source: .motherChildBook),
    DangerSign(
      .temperature, .below(.fixed(.tenthsOfDegree(365))), in: .isNewborn,
      source: .motherChildBook),
    DangerSign(
      .temperature, .atLeast(.fixed(.tenthsOfDegree(376))), in: .isNewborn,
      source: .motherChildBook),
    DangerSign(.jaundice, in: .isNewborn, source: .motherChildBook),
    DangerSign(.infectedNavel, in: .isNewborn, source: .motherChildBook),
    DangerSign(.diarrhoea, in: .isNewborn, source: .motherChildBook),
    DangerSign(.paleStool, in: .isNewborn, source: .motherChildBook),
  ]
}

extension Criterion {
  /// In the first 28 days.
  static let isNewborn = Criterion.age(from: .none, until: .days(29))
}

extension Guideline {
  /// The first 28 days of life.
  public static let newborn = Guideline(
    2, "newborn", source: .integratedCareAfterBirth, for: .isNewborn,
    services: [
      .earlyBreastfeeding, .vitaminK, .eyeOintment, .weighedAtBirth, .thyroidScreened,
    ],
    series: [.newbornContacts], tables: [.birthWeightClass], dangerSigns: DangerSign.newborn)
}
