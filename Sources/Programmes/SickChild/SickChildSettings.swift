import Guidance

/// Limits of sick children that publications disagree on. Numbers 200 to 229, and 315; what was read of the
/// chart book of 2022 is the default.
extension ClinicalSetting {
  /// Oxygen saturation below this is low in a child of 2 to 59 months.
  public static let lowOxygen = ClinicalSetting(
    200, "low_oxygen", in: .percent, within: 85...96,
    .init(93, .chartBook2022("batuk")), .init(90, .chartBook2015("batuk")),
    .init(90, .emergencyCare("cough or difficult breathing")))
  /// A temperature from this on is fever.
  public static let feverFrom = ClinicalSetting(
    201, "fever_from", in: .tenthsOfDegree, within: 370...385,
    .init(375, .integratedManagement("fever")), .init(376, .chartBook2022("demam")))
  /// A temperature from this on is given paracetamol.
  public static let paracetamolFrom = ClinicalSetting(
    202, "paracetamol_from", in: .tenthsOfDegree, within: 375...390,
    .init(380, .chartBook2022("demam")), .init(385, .chartBook2015FromMemory("demam")),
    .init(385, .integratedManagement("fever")))
  /// A temperature from this on counts as a complication of severe malnutrition.
  public static let highFeverFrom = ClinicalSetting(
    203, "high_fever_from", in: .tenthsOfDegree, within: 380...400,
    .init(385, .proposal("demam tinggi pada gizi buruk")))
  /// Chest indrawing alone is severe pneumonia and referred.
  public static let indrawingAloneIsSevere = ClinicalSetting(
    204, "indrawing_alone_is_severe", in: nil, within: 0...1,
    .init(1, .chartBook2022("batuk")), .init(0, .integratedManagement("cough")))
  /// The district has malaria.
  public static let malariaEndemic = ClinicalSetting(
    205, "malaria_endemic", in: nil, within: 0...1,
    .init(1, .proposal("sampai dinas kesehatan menetapkan")))
  /// Fever where there is malaria is called malaria where no test can be done.
  public static let malariaWithoutTest = ClinicalSetting(
    206, "malaria_without_test", in: nil, within: 0...1,
    .init(0, .proposal("tanpa tes tidak disebut malaria")), .init(1, .chartBook2022("malaria")))
  /// There is an outbreak of cholera.
  public static let choleraOutbreak = ClinicalSetting(
    207, "cholera_outbreak", in: nil, within: 0...1,
    .init(0, .proposal("sampai dinas kesehatan menetapkan")))
  /// Haemoglobin below this is anaemia in a child of 2 to 59 months.
  public static let childAnaemiaLimit = ClinicalSetting(
    208, "child_anaemia_limit", in: .tenthsOfGramPerDecilitre, within: 95...115,
    .init(110, .emergencyCare("anaemia")), .init(100, .chartBook2022("anemia")))
  /// From 2 to under 6 months a complication alone, without a low weight for length, is severe
  /// malnutrition.
  public static let infantComplicationAlone = ClinicalSetting(
    209, "infant_complication_alone", in: nil, within: 0...1,
    .init(0, .proposal("komplikasi hanya bersama BB/PB di bawah −2")),
    .init(1, .chartBook2022("status gizi")))
  /// A young infant's temperature from this on is a sign of severe infection.
  public static let infantFeverFrom = ClinicalSetting(
    210, "infant_fever_from", in: .tenthsOfDegree, within: 370...385,
    .init(376, .chartBook2022("bayi muda, hlm. 40–46")),
    .init(380, .emergencyCare("possible serious bacterial infection")))
  /// A young infant's temperature below this is a sign of severe infection.
  public static let infantColdBelow = ClinicalSetting(
    211, "infant_cold_below", in: .tenthsOfDegree, within: 350...370,
    .init(365, .chartBook2022("bayi muda, hlm. 40–46")),
    .init(355, .emergencyCare("possible serious bacterial infection")))
  /// A young infant who breathes less often than this is very ill.
  public static let infantSlowBreathing = ClinicalSetting(
    212, "infant_slow_breathing", in: .perMinute, within: 20...45,
    .init(40, .chartBook2022("bayi muda, hlm. 40–46")),
    .init(30, .chartBook2015FromMemory("bayi muda")))
  /// Fast breathing alone sends every young infant to hospital; else only in the first week.
  public static let infantFastBreathingRefers = ClinicalSetting(
    213, "infant_fast_breathing_refers", in: nil, within: 0...1,
    .init(1, .chartBook2022("bayi muda, hlm. 40–46")),
    .init(0, .emergencyCare("fast breathing, 7–59 days")))
  /// A red navel or pustules of a young infant are treated with amoxicillin by mouth too.
  public static let infantLocalInfectionByMouth = ClinicalSetting(
    274, "infant_local_infection_by_mouth", in: nil, within: 0...1,
    .init(0, .chartBook2022("bayi muda, hlm. 40–46")),
    .init(1, .emergencyCare("local infection")))
  /// From so many days on a cough counts in the score of tuberculosis.
  public static let tuberculosisCoughDays = ClinicalSetting(
    214, "tuberculosis_cough_days", in: .days, within: 14...28,
    .init(14, .integratedPrimaryCare("Tabel 11")), .init(21, .childTuberculosisGuide("skor")))
  /// A score of six by contact or tuberculin without symptoms is latent infection.
  public static let sixWithoutSymptomsIsLatent = ClinicalSetting(
    215, "six_without_symptoms_is_latent", in: nil, within: 0...1,
    .init(1, .integratedPrimaryCare("Tabel 11")),
    .init(0, .proposal("skor 6 selalu diobati")))
  /// A weight that is the limit of two bands of a dose table belongs to the band below.
  public static let doseLimitBelongsBelow = ClinicalSetting(
    216, "dose_limit_belongs_below", in: nil, within: 0...1,
    .init(0, .proposal("batas bawah termasuk, batas atas tidak")),
    .init(1, .chartBook2015("tabel dosis")))
  /// A child of 2 to 59 months whose temperature is below this is cold: warmed and measured again.
  public static let childColdBelow = ClinicalSetting(
    315, "child_cold_below", in: .tenthsOfDegree, within: 350...365,
    .init(355, .proposal("suhu rendah, 2–59 bulan")))
  /// For so many days after a visit its classes are shown.
  public static let sickChildClassesShown = ClinicalSetting(
    217, "sick_child_classes_shown", in: .days, within: 3...60,
    .init(14, .proposal("lama klasifikasi ditampilkan")))
}

/// What doses of sick children are reckoned by. Numbers 280, 281 and 320.
extension ClinicalSetting {
  /// A weight that was measured at most so many days before the visit is what a dose goes by.
  public static let doseWeightDays = ClinicalSetting(
    280, "dose_weight_days", in: .days, within: 0...30,
    .init(7, .proposal("berat untuk dosis")))
  /// Oral rehydration by plan B is drunk within so many hours.
  public static let planBHours = ClinicalSetting(
    281, "plan_b_hours", in: .hours, within: 3...4,
    .init(3, .chartBook2015FromMemory("rencana B")), .init(4, .integratedManagement("plan B")))
  /// Amoxicillin for an acute infection of the ear is given for so many days.
  public static let earAmoxicillinDays = ClinicalSetting(
    320, "ear_amoxicillin_days", in: .days, within: 5...10,
    .init(10, .chartBook2022("telinga")), .init(7, .chartBook2015("telinga")),
    .init(5, .integratedManagement("acute ear infection")))
}

/// After how many days a sick child is seen again. Numbers 230 to 259.
extension ClinicalSetting {
  private static func seenAgain(
    _ number: UInt16, _ name: StaticString, _ readings: (Int32, Source)...
  ) -> ClinicalSetting {
    ClinicalSetting(
      number, name, in: .days, within: 1...45,
      readings: readings.map { Reading($0.0, $0.1) })
  }
  /// With pneumonia.
  public static let pneumoniaAgain = seenAgain(
    230, "pneumonia_again", (2, .chartBook2022("tindak lanjut")),
    (3, .integratedManagement("follow-up")))
  /// With a cough that is not pneumonia, if it is not better.
  public static let coughAgain = seenAgain(
    231, "cough_again", (5, .chartBook2022("tindak lanjut")),
    (2, .chartBook2015("tindak lanjut")))
  /// With diarrhoea and some dehydration.
  public static let someDehydrationAgain = seenAgain(
    232, "some_dehydration_again", (2, .chartBook2022("tindak lanjut")),
    (3, .chartBook2015("tindak lanjut")))
  /// With diarrhoea and no dehydration.
  public static let noDehydrationAgain = seenAgain(
    233, "no_dehydration_again", (2, .chartBook2022("tindak lanjut")),
    (3, .chartBook2015("tindak lanjut")), (5, .integratedManagement("follow-up")))
  /// With persistent diarrhoea.
  public static let persistentDiarrhoeaAgain = seenAgain(
    234, "persistent_diarrhoea_again", (2, .chartBook2022("tindak lanjut")),
    (5, .chartBook2015FromMemory("tindak lanjut")), (5, .integratedManagement("follow-up")))
  /// With dysentery.
  public static let dysenteryAgain = seenAgain(
    235, "dysentery_again", (2, .chartBook2022("tindak lanjut")),
    (3, .chartBook2015("tindak lanjut")), (3, .integratedManagement("follow-up")))
  /// With malaria, and where there is malaria with a fever of another cause, if it stays.
  public static let malariaAgain = seenAgain(
    236, "malaria_again", (3, .chartBook2022("tindak lanjut")))
  /// With a fever that is not malaria, if it stays.
  public static let otherFeverAgain = seenAgain(
    237, "other_fever_again", (2, .chartBook2022("tindak lanjut")),
    (3, .integratedManagement("follow-up")))
  /// With measles and complications of eyes or mouth.
  public static let measlesAgain = seenAgain(
    238, "measles_again", (3, .chartBook2022("tindak lanjut")))
  /// With dengue without warning signs.
  public static let dengueAgain = seenAgain(
    239, "dengue_again", (1, .chartBook2022("tindak lanjut")),
    (1, .chartBook2015("tindak lanjut")))
  /// With a fever that is perhaps not dengue, if it stays.
  public static let noDengueAgain = seenAgain(
    240, "no_dengue_again", (2, .chartBook2022("tindak lanjut")),
    (2, .chartBook2015("tindak lanjut")))
  /// With an infection of the ear.
  public static let earAgain = seenAgain(
    241, "ear_again", (5, .chartBook2022("tindak lanjut")))
  /// With anaemia.
  public static let anaemiaAgain = seenAgain(
    242, "anaemia_again", (14, .chartBook2015("tindak lanjut")),
    (14, .integratedManagement("follow-up")), (7, .chartBook2022("tindak lanjut")))
  /// With severe malnutrition without complication.
  public static let severeMalnutritionAgain = seenAgain(
    243, "severe_malnutrition_again", (7, .chartBook2022("tindak lanjut")))
  /// With moderate malnutrition.
  public static let moderateMalnutritionAgain = seenAgain(
    244, "moderate_malnutrition_again", (14, .chartBook2022("tindak lanjut")),
    (30, .chartBook2015("tindak lanjut")), (30, .integratedManagement("follow-up")))
  /// With overweight.
  public static let overweightAgain = seenAgain(
    245, "overweight_again", (14, .chartBook2022("tindak lanjut")))
  /// With a problem of feeding.
  public static let feedingAgain = seenAgain(
    246, "feeding_again", (7, .chartBook2022("tindak lanjut")),
    (7, .integratedManagement("follow-up")))
  /// A young infant with a local infection.
  public static let localInfectionAgain = seenAgain(
    250, "local_infection_again", (2, .chartBook2022("bayi muda, tindak lanjut")),
    (2, .emergencyCare("local infection")))
  /// A young infant with jaundice.
  public static let jaundiceAgain = seenAgain(
    251, "jaundice_again", (1, .chartBook2022("bayi muda, tindak lanjut")),
    (1, .emergencyCare("jaundice")))
  /// A young infant with diarrhoea.
  public static let infantDiarrhoeaAgain = seenAgain(
    252, "infant_diarrhoea_again", (1, .chartBook2022("bayi muda, tindak lanjut")))
  /// A young infant with a problem of feeding or thrush.
  public static let infantFeedingAgain = seenAgain(
    253, "infant_feeding_again", (2, .chartBook2022("bayi muda, tindak lanjut")),
    (2, .emergencyCare("feeding problem")))
  /// A young infant of low weight.
  public static let infantWeightAgain = seenAgain(
    254, "infant_weight_again", (7, .chartBook2022("bayi muda, tindak lanjut")),
    (14, .emergencyCare("low weight for age")))
  /// A child whose score of tuberculosis does not decide, at the earliest.
  public static let tuberculosisAgain = seenAgain(
    255, "tuberculosis_again", (14, .integratedPrimaryCare("Tabel 11, 2–4 minggu")))
  /// So many days after that day the visit is late, and a kader goes to see.
  public static let seenAgainLate = seenAgain(
    256, "seen_again_late", (2, .proposal("kunjungan ulang terlewat")))
  /// So many days after that day the visit is no longer owed: a new one begins anew.
  public static let seenAgainCloses = seenAgain(
    257, "seen_again_closes", (14, .proposal("kunjungan ulang tidak lagi ditunggu")))
  /// So many days after that day a visit that is asked only of those who are not better ends.
  public static let seenIfNotBetterCloses = seenAgain(
    258, "seen_if_not_better_closes", (5, .proposal("bila belum membaik")))

  /// Where the editions of a chart book differ: all settings of sick children, for pages that show
  /// the editions side by side.
  public static let sickChild: [ClinicalSetting] = [
    .lowOxygen, .feverFrom, .paracetamolFrom, .highFeverFrom, .indrawingAloneIsSevere,
    .malariaEndemic, .malariaWithoutTest, .choleraOutbreak, .childAnaemiaLimit,
    .infantComplicationAlone, .childColdBelow,
    .infantFeverFrom,
    .infantColdBelow, .infantSlowBreathing, .infantFastBreathingRefers,
    .infantLocalInfectionByMouth, .tuberculosisCoughDays,
    .sixWithoutSymptomsIsLatent, .doseLimitBelongsBelow, .sickChildClassesShown, .pneumoniaAgain,
    .coughAgain, .someDehydrationAgain, .noDehydrationAgain, .persistentDiarrhoeaAgain,
    .dysenteryAgain, .malariaAgain, .otherFeverAgain, .measlesAgain, .dengueAgain,
    .noDengueAgain, .earAgain, .anaemiaAgain, .severeMalnutritionAgain,
    .moderateMalnutritionAgain, .overweightAgain, .feedingAgain, .localInfectionAgain,
    .jaundiceAgain, .infantDiarrhoeaAgain, .infantFeedingAgain, .infantWeightAgain,
    .tuberculosisAgain, .seenAgainLate, .seenAgainCloses, .seenIfNotBetterCloses, .doseWeightDays,
    .planBHours, .earAmoxicillinDays,
  ]
}

extension ClinicalSettings {
  /// An edition of the chart book of sick children.
  public enum ChartBook: UInt8, Sendable, CaseIterable {
    /// Of 2022. The defaults follow it but for a few figures that its only reader seems to have
    /// written down wrongly.
    case edition2022 = 1
    /// Of 2015.
    case edition2015 = 2

    fileprivate func says(_ source: Source) -> Bool {
      switch self {
      case .edition2022: source.id.isEqual(to: "mtbs-2022")
      case .edition2015: source.id.isEqual(to: "mtbs-2015")
      }
    }
  }

  /// Follows an edition of the chart book in every setting that it has a reading of; the others
  /// stay as they are.
  public mutating func follow(_ edition: ChartBook) {
    for setting in ClinicalSetting.sickChild {
      if let reading = setting.readings.first(where: { edition.says($0.source) }) {
        _ = set(setting, to: reading.value)
      }
    }
  }
}

extension StaticString {
  fileprivate func isEqual(to other: StaticString) -> Bool {
    guard utf8CodeUnitCount == other.utf8CodeUnitCount else { return false }
    for place in 0..<utf8CodeUnitCount where utf8Start[place] != other.utf8Start[place] {
      return false
    }
    return true
  }
}
