import Guidance
import Health

/// What is asked, seen and tested in pregnancy (10T, 12T, Buku KIA). Codes 100 to 159.
extension DataElement {
  /// Systolic blood pressure.
  public static let systolicPressure = DataElement(
    100, "systolic_pressure", .quantity(.millimetresOfMercury, 50...280))
  /// Diastolic blood pressure.
  public static let diastolicPressure = DataElement(
    101, "diastolic_pressure", .quantity(.millimetresOfMercury, 30...180))
  /// Haemoglobin.
  public static let haemoglobin = DataElement(
    102, "haemoglobin", .quantity(.tenthsOfGramPerDecilitre, 20...250))
  /// Fundal height (TFU).
  public static let fundalHeight = DataElement(
    103, "fundal_height", .quantity(.tenthsOfMillimetre, 500...5_000))
  /// Fetal heart rate (DJJ); 0 where the heart was not heard, which is referred.
  public static let fetalHeartRate = DataElement(
    104, "fetal_heart_rate", .quantity(.perMinute, 0...240))
  /// How the fetus lies: 1 head first, 2 breech, 3 across, 4 cannot be told.
  public static let presentation = DataElement(105, "presentation", .choice(4))
  /// Iron and folic acid tablets (TTD) handed out.
  public static let ironTabletsGiven = DataElement(
    106, "iron_tablets_given", .quantity(.count, 0...200))
  /// Iron and folic acid tablets taken since the last visit.
  public static let ironTabletsTaken = DataElement(
    107, "iron_tablets_taken", .quantity(.count, 0...200))
  /// Protein in the urine: 1 negative, 2 trace, 3 +1, 4 +2, 5 +3 and more.
  public static let urineProtein = DataElement(108, "urine_protein", .choice(5))
  /// Glucose in the urine: 1 negative, 2 positive.
  public static let urineGlucose = DataElement(109, "urine_glucose", .choice(2))
  /// Blood group: 1 A, 2 B, 3 AB, 4 O.
  public static let bloodGroup = DataElement(110, "blood_group", .choice(4))
  /// Rhesus factor: 1 positive, 2 negative.
  public static let rhesusFactor = DataElement(111, "rhesus_factor", .choice(2))
  /// HIV test: 1 not reactive, 2 reactive.
  public static let hivTest = DataElement(112, "hiv_test", .choice(2), matter: .infection)
  /// Syphilis test: 1 not reactive, 2 reactive.
  public static let syphilisTest = DataElement(
    113, "syphilis_test", .choice(2), matter: .antenatalTests)
  /// Hepatitis B surface antigen: 1 not reactive, 2 reactive.
  public static let hepatitisBTest = DataElement(
    114, "hepatitis_b_test", .choice(2), matter: .antenatalTests)
  /// Malaria test: 1 negative, 2 positive.
  public static let malariaTest = DataElement(115, "malaria_test", .choice(2))
  /// Blood glucose at any time of day (GDS).
  public static let bloodGlucose = DataElement(
    116, "blood_glucose", .quantity(.milligramsPerDecilitre, 20...700))
  /// An ultrasound by a doctor was done.
  public static let ultrasoundDone = DataElement(117, "ultrasound_done", .yesNo)
  /// Mental health was screened.
  public static let mentalHealthScreened = DataElement(
    118, "mental_health_screened", .yesNo, matter: .mentalHealth)
  /// Counselling was given (temu wicara).
  public static let counselled = DataElement(119, "counselled", .yesNo)
  /// Tetanus status as read from the card or asked: 0 to 5.
  public static let tetanusStatus = DataElement(
    120, "tetanus_status", .quantity(.count, 0...5))
  /// A dentist looked at the teeth.
  public static let teethExamined = DataElement(121, "teeth_examined", .yesNo)
  /// Weight before pregnancy.
  public static let weightBeforePregnancy = DataElement(
    122, "weight_before_pregnancy", .quantity(.grams, 25_000...200_000))
  /// Symptoms of tuberculosis were asked for and are there.
  public static let tuberculosisSymptoms = DataElement(123, "tuberculosis_symptoms", .yesNo)
  /// Has the Buku KIA.
  public static let hasMotherChildBook = DataElement(124, "has_mother_child_book", .yesNo)
  /// The birth plan (P4K) was made.
  public static let birthPlanMade = DataElement(125, "birth_plan_made", .yesNo)
  /// Extra food (PMT) was given for KEK.
  public static let supplementaryFood = DataElement(126, "supplementary_food", .yesNo)
}

/// Signs of danger in pregnancy. Codes 140 to 159.
extension DataElement {
  /// Fever for more than two days.
  public static let feverTwoDays = DataElement(140, "fever_two_days", .yesNo)
  /// Severe headache or blurred sight.
  public static let headacheBlurredSight = DataElement(141, "headache_blurred_sight", .yesNo)
  /// Severe pain in the belly.
  public static let severeAbdominalPain = DataElement(142, "severe_abdominal_pain", .yesNo)
  /// Bleeding.
  public static let bleeding = DataElement(143, "bleeding", .yesNo)
  /// Waters broke.
  public static let watersBroke = DataElement(144, "waters_broke", .yesNo)
  /// The child moves less than ten times in twelve hours.
  public static let fewMovements = DataElement(145, "few_movements", .yesNo)
  /// Swelling of face or hands.
  public static let swollenFaceHands = DataElement(146, "swollen_face_hands", .yesNo)
  /// Vomits all.
  public static let vomitsAll = DataElement(147, "vomits_all", .yesNo)
  /// Cannot sleep, very anxious.
  public static let sleeplessAnxious = DataElement(
    148, "sleepless_anxious", .yesNo, matter: .distress)
  /// Heart pounding.
  public static let heartPounding = DataElement(149, "heart_pounding", .yesNo)
  /// Cough for two weeks and more.
  public static let coughTwoWeeks = DataElement(150, "cough_two_weeks", .yesNo)
  /// Fits.
  public static let fits = DataElement(151, "fits", .yesNo)
}
