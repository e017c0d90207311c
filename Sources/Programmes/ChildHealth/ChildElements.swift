import Guidance
import Health

/// What is given to and asked of children. Codes 300 to 339, and 360.
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
  /// What the integrated examination found: 1 nothing, 2 something that is followed.
  public static let sixMonthFinding = DataElement(307, "six_month_finding", .choice(2))
  /// Fever or ill on the day: deworming waits.
  public static let feverOrIll = DataElement(308, "fever_or_ill", .yesNo)
  /// Passed all that the development list of the Buku KIA asks at that age.
  public static let developmentListPassed = DataElement(309, "development_list_passed", .yesNo)
  /// Meals yesterday, without snacks.
  public static let mealsYesterday = DataElement(
    310, "meals_yesterday", .quantity(.count, 0...10))
  /// Of how many of the eight food groups the child ate yesterday.
  public static let foodGroups = DataElement(316, "food_groups", .quantity(.count, 0...8))
  /// Got breast milk yesterday.
  public static let breastMilkYesterday = DataElement(317, "breast_milk_yesterday", .yesNo)
  /// A sign that something else is behind poor growth: does not eat, vomits much, long diarrhoea,
  /// anaemia, heart, tuberculosis or HIV in the family, neglect.
  public static let growthRedFlag = DataElement(318, "growth_red_flag", .yesNo)
  /// A complication of severe malnutrition: no appetite, severe dehydration, lethargic, high fever,
  /// hard or fast breathing, severe anaemia.
  public static let malnutritionComplication = DataElement(
    319, "malnutrition_complication", .yesNo)
  /// Care of severe malnutrition: 1 begun, 2 ended cured, 3 ended otherwise.
  public static let malnutritionCare = DataElement(320, "malnutrition_care", .choice(3))
  /// Eats the therapeutic food with appetite.
  public static let goodAppetite = DataElement(321, "good_appetite", .yesNo)
  /// Local extra food (PMT) was given.
  public static let localFoodGiven = DataElement(322, "local_food_given", .yesNo)
  /// A brother, sister or parent has thalassaemia, or somebody of the family gets blood regularly.
  public static let thalassaemiaInFamily = DataElement(323, "thalassaemia_in_family", .yesNo)
  /// Mean volume of red cells (MCV).
  public static let cellVolume = DataElement(324, "cell_volume", .quantity(.femtolitres, 40...140))
  /// Mean haemoglobin of red cells (MCH), in tenths.
  public static let cellHaemoglobin = DataElement(
    325, "cell_haemoglobin", .quantity(.tenthsOfPicogram, 100...500))
  /// Red cells, in hundredths of a million in a microlitre.
  public static let redCells = DataElement(326, "red_cells", .quantity(.count, 50...900))
  /// Worms or their eggs were found, or the child was chosen for medicine against them.
  public static let wormsFound = DataElement(330, "worms_found", .yesNo)
  /// A sign of diabetes in a child whose glucose is high: drinks much, passes much water or wets
  /// the bed again, loses weight, vomits, breathes deep and fast, or is listless.
  public static let diabetesSigns = DataElement(360, "diabetes_signs", .yesNo)
}

/// What is worked out from what was observed in children. Codes 311 to 315 and 327 to 329.
extension DataElement {
  /// The last weighing on the KMS: 1 B, 2 O, 3 N, 4 T.
  public static let weighingStatus = DataElement(311, "weighing_status", .choice(4))
  /// How many months in a row the weight did not rise enough.
  public static let notGainedInARow = DataElement(
    312, "not_gained_in_a_row", .quantity(.count, 0...60))
  /// For how many days every measurement has shown too little weight for length or age.
  public static let poorGrowthDays = DataElement(
    313, "poor_growth_days", .quantity(.days, 0...2_000))
  /// For how many days every measurement has shown severe malnutrition.
  public static let severeMalnutritionDays = DataElement(
    314, "severe_malnutrition_days", .quantity(.days, 0...2_000))
  /// At how many measurements in a row a child under care was no longer wasted.
  public static let recoveredVisits = DataElement(
    315, "recovered_visits", .quantity(.count, 0...100))
  /// Index of Mentzer, MCV by red cells, in tenths.
  public static let mentzerIndex = DataElement(327, "mentzer_index", .quantity(.count, 10...1_000))
  /// Index of Shine and Lal, MCV · MCV · MCH / 100.
  public static let shineLalIndex = DataElement(
    328, "shine_lal_index", .quantity(.count, 50...10_000))
}

extension Source {
  /// Vitamin A capsules, months and doses.
  static let vitaminA = Source(
    id: "vitamin-a", title: "Pemberian kapsul vitamin A", edition: "KMK 2015/2023; Buku KIA 2024",
    place: "Februari dan Agustus; 6–59 bulan", standing: .secondary)
  /// Deworming in August.
  static let deworming = Source(
    id: "cacing", title: "Pemberian obat cacing", edition: "KMK 2015/2023",
    place: "balita dan anak prasekolah, Agustus", standing: .secondary)
  /// Growth monitoring every month.
  static let growthMonitoring = integratedPrimaryCare("pemantauan pertumbuhan balita")
  /// Its figure of who decides what about growth, seen as a picture of the page.
  static let growthTasks = integratedPrimaryCare("Gambar 17", .primary)
  /// Its figure of the integrated examination at six months, seen as a picture of the page.
  static let sixMonthExamination = integratedPrimaryCare("Gambar 18–19", .primary)
  /// Its figure of the screening for thalassaemia, seen as a picture of the page.
  static let thalassaemia = integratedPrimaryCare("Gambar 23", .primary)
  /// The clinical guide's figure on when malnutrition is referred, seen as a picture of the page.
  static let malnutritionReferral = Source(
    id: "kmk-1186-2022", title: "Panduan Praktik Klinis bagi Dokter di FKTP",
    edition: "HK.01.07/MENKES/1186/2022", place: "Gambar 12.6", standing: .primary)
  /// The national guide on malnutrition, remembered: what follows the care of severe malnutrition.
  static let malnutritionGuide = Source(
    id: "gizi-buruk-2019", title: "Pedoman Pencegahan dan Tatalaksana Gizi Buruk pada Balita",
    edition: "2019", place: "tindak lanjut setelah sembuh", standing: .fromMemory)
  /// The charts before it, remembered: every week in the first month.
  static let malnutritionGuideBefore = Source(
    id: "gizi-buruk-2011", title: "Bagan Tatalaksana Anak Gizi Buruk",
    edition: "2011", place: "fase tindak lanjut", standing: .fromMemory)
  /// WHO's indicators of the feeding of infants and young children.
  static let feedingIndicators = Source(
    id: "who-iycf-2021", title: "Indicators for assessing infant and young child feeding practices",
    edition: "2021", place: "ragam dan frekuensi makan minimal", standing: .fromMemory)
}

extension ClinicalSetting {
  /// Whether deworming is also owed in February.
  public static let dewormingInFebruary = ClinicalSetting(
    70, "deworming_in_february", in: nil, within: 0...1,
    .init(0, .deworming), .init(1, .motherChildBookOnChildren))
  /// Whether worms are so rare here that only chosen children get the medicine.
  public static let dewormingIsSelective = ClinicalSetting(
    71, "deworming_is_selective", in: nil, within: 0...1, .init(0, .deworming))
  /// After how many days severe malnutrition without improvement is referred.
  public static let severeReferralDays = ClinicalSetting(
    72, "severe_referral_days", in: .days, within: 5...28,
    .init(7, .growthMonitoring), .init(14, .malnutritionReferral))
  /// After how many days too little weight without improvement is referred.
  public static let moderateReferralDays = ClinicalSetting(
    73, "moderate_referral_days", in: .days, within: 5...42,
    .init(14, .healthCheck), .init(7, .growthMonitoring), .init(28, .malnutritionReferral))
  /// After how many days a child with too little weight is seen again.
  public static let growthSeenAgainDays = ClinicalSetting(
    74, "growth_seen_again_days", in: .days, within: 5...28,
    .init(7, .growthMonitoring), .init(14, .healthCheck))
  /// After how many days a child that was cured of severe malnutrition is first seen again.
  public static let curedSeenFirstDays = ClinicalSetting(
    259, "cured_seen_first_days", in: .days, within: 7...31,
    .init(14, .malnutritionGuide), .init(7, .malnutritionGuideBefore))
}
