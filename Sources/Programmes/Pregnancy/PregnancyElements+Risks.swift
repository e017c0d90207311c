import Guidance
import Health

/// What is asked about risks, beside the score card. Codes 176 to 189.
extension DataElement {
  /// This pregnancy is by another partner than the last one.
  public static let newPartner = DataElement(176, "new_partner", .yesNo)
  /// Pregnant by assisted reproduction or medicine for ovulation.
  public static let assistedReproduction = DataElement(177, "assisted_reproduction", .yesNo)
  /// Mother or sister had preeclampsia.
  public static let familyPreeclampsia = DataElement(178, "family_preeclampsia", .yesNo)
  /// Had preeclampsia before.
  public static let preeclampsiaBefore = DataElement(179, "preeclampsia_before", .yesNo)
  /// High blood pressure since before the pregnancy.
  public static let chronicHypertension = DataElement(180, "chronic_hypertension", .yesNo)
  /// Disease of the kidneys.
  public static let kidneyDisease = DataElement(181, "kidney_disease", .yesNo)
  /// An autoimmune disease, such as lupus.
  public static let autoimmuneDisease = DataElement(182, "autoimmune_disease", .yesNo)
  /// Antiphospholipid syndrome.
  public static let antiphospholipid = DataElement(183, "antiphospholipid", .yesNo)
  /// Palms or eyelids are pale.
  public static let pallor = DataElement(184, "pallor", .yesNo)
  /// What is taken against anaemia: 1 iron and folic acid (TTD), 2 several micronutrients (MMS).
  public static let tabletKind = DataElement(185, "tablet_kind", .choice(2))
  /// Blood glucose after a night without food.
  public static let fastingGlucose = DataElement(
    186, "fasting_glucose", .quantity(.milligramsPerDecilitre, 20...700))
  /// Blood glucose two hours after 75 g of glucose or a meal.
  public static let glucoseAfterTwoHours = DataElement(
    187, "glucose_after_two_hours", .quantity(.milligramsPerDecilitre, 20...900))
  /// The risk of HIV, syphilis and hepatitis B was talked about.
  public static let infectionRiskAsked = DataElement(
    188, "infection_risk_asked", .yesNo, matter: .infection)
  /// Dangers at work were asked for: posture, process, chemicals, tools.
  public static let workHazardsAsked = DataElement(189, "work_hazards_asked", .yesNo)
}

/// What is worked out from what was observed. Codes 190 to 195, and 730.
extension DataElement {
  /// Mean arterial pressure (MAP), two thirds of the diastolic and one of the systolic, rounded up,
  /// so that "more than 90" stays what it is.
  public static let meanArterialPressure = DataElement(
    190, "mean_arterial_pressure", .quantity(.millimetresOfMercury, 30...250))
  /// Iron tablets handed out in the pregnancy so far.
  public static let ironTabletsGivenSoFar = DataElement(
    191, "iron_tablets_given_so_far", .quantity(.count, 0...2_000))
  /// Iron tablets taken in the pregnancy so far.
  public static let ironTabletsTakenSoFar = DataElement(
    192, "iron_tablets_taken_so_far", .quantity(.count, 0...2_000))
  /// Body mass index before the pregnancy.
  public static let bodyMassBefore = DataElement(
    193, "body_mass_before", .quantity(.hundredthsOfBodyMassIndex, 800...8_000))
  /// Grams gained since before the pregnancy.
  public static let weightGained = DataElement(
    194, "weight_gained", .quantity(.grams, -40_000...60_000))
  /// Blood glucose at any time of day, where it was as high as in diabetes.
  public static let highRandomGlucose = DataElement(
    195, "high_random_glucose", .quantity(.milligramsPerDecilitre, 200...700))
  /// From this on a random glucose is that of diabetes, in mg/dL (WHO).
  static let highRandomGlucoseFrom: Int32 = 200
  /// A referral for glucose was answered: the number of the ``ReferralOutcome``.
  public static let glucoseReferralAnswered = DataElement(
    730, "glucose_referral_answered", .choice(3))
}

/// Raised blood pressure. Codes 940 to 942.
extension DataElement {
  /// Systolic blood pressure, where it was raised.
  public static let raisedSystolicPressure = DataElement(
    940, "raised_systolic_pressure", .quantity(.millimetresOfMercury, 140...280))
  /// Diastolic blood pressure, where it was raised.
  public static let raisedDiastolicPressure = DataElement(
    941, "raised_diastolic_pressure", .quantity(.millimetresOfMercury, 90...180))
  /// From this on a systolic pressure is raised, in mmHg.
  static let raisedSystolicFrom: Int32 = 140
  /// From this on a diastolic pressure is raised, in mmHg.
  static let raisedDiastolicFrom: Int32 = 90
  /// A referral for blood pressure was answered: the number of the ``ReferralOutcome``.
  public static let pressureReferralAnswered = DataElement(
    942, "pressure_referral_answered", .choice(3))
}

/// What makes a visit of pregnancy one that counts. Code 943.
extension DataElement {
  /// She was examined on the day of a visit.
  public static let antenatalExamined = DataElement(943, "antenatal_examined", .yesNo)
  /// What is an examination of a pregnant woman, of the ten of the decree: weight and height,
  /// pressure, arm, fundus, heart and lie of the fetus, laboratory, ultrasound.
  static let antenatalExaminations: [DataElement] = [
    .weight, .lengthOrHeight, .systolicPressure, .diastolicPressure, .armCircumference,
    .fundalHeight, .fetalHeartRate, .presentation, .haemoglobin, .urineProtein, .bloodGlucose,
    .ultrasoundDone,
  ]
}

/// Several children in one pregnancy. Codes 915 and 916.
extension DataElement {
  /// More than one fetus, as the pregnancy's own facts tell.
  public static let severalFetuses = DataElement(915, "several_fetuses", .yesNo)
  /// Heart rate of the other fetus; of three and more the one that is furthest from normal. 0 where
  /// it was not heard.
  public static let otherFetalHeartRate = DataElement(
    916, "other_fetal_heart_rate", .quantity(.perMinute, 0...240))
}

/// Signs of danger in pregnancy, at birth and after it. Codes 127 to 139.
extension DataElement {
  /// Pain in the chest.
  public static let chestPain = DataElement(127, "chest_pain", .yesNo)
  /// Vomits blood.
  public static let vomitsBlood = DataElement(128, "vomits_blood", .yesNo)
  /// Short of breath.
  public static let shortOfBreath = DataElement(129, "short_of_breath", .yesNo)
  /// Pain on passing urine, or an itching discharge.
  public static let urinePainOrDischarge = DataElement(130, "urine_pain_or_discharge", .yesNo)
  /// The cord or a hand came out.
  public static let cordOrHandOut = DataElement(131, "cord_or_hand_out", .yesNo)
  /// The waters are green and smell.
  public static let greenWaters = DataElement(132, "green_waters", .yesNo)
  /// Too weak to push.
  public static let tooWeakToPush = DataElement(133, "too_weak_to_push", .yesNo)
  /// A breast is swollen, red or painful.
  public static let swollenBreast = DataElement(134, "swollen_breast", .yesNo)
  /// Cannot pass urine or stool, or cannot hold them.
  public static let urineOrStoolTrouble = DataElement(135, "urine_or_stool_trouble", .yesNo)
  /// Swelling or a wound of the birth canal.
  public static let birthCanalWound = DataElement(136, "birth_canal_wound", .yesNo)
  /// What flows after birth (lokia) smells, or passing it hurts.
  public static let smellyLochia = DataElement(137, "smelly_lochia", .yesNo)
  /// Heavy bleeding: a pad is soaked in less than five minutes (WHO's quick check, from memory). Until
  /// 2026 it was asked as more than two pads in five minutes.
  public static let heavyBleeding = DataElement(138, "heavy_bleeding", .yesNo)
  /// Fluid leaks from the birth canal.
  public static let leaksFluid = DataElement(139, "leaks_fluid", .yesNo)
}

/// What is seen in the time after birth. Codes 152 to 159.
extension DataElement {
  /// Looks well.
  public static let looksWell = DataElement(152, "looks_well", .yesNo)
  /// What flows after birth (lokia) is as it should be.
  public static let lochiaNormal = DataElement(153, "lochia_normal", .yesNo)
  /// The birth canal is clean and heals.
  public static let birthCanalClean = DataElement(154, "birth_canal_clean", .yesNo)
  /// The womb is firm and goes down.
  public static let wombFirm = DataElement(155, "womb_firm", .yesNo)
  /// The breasts are healthy.
  public static let breastsHealthy = DataElement(156, "breasts_healthy", .yesNo)
  /// How the child is fed: 1 breast milk alone, 2 breast milk and other things, 3 no breast milk.
  public static let breastfeeding = DataElement(157, "breastfeeding", .choice(3))
  /// The method of contraception in use: 1 none, 2 IUD of copper, 3 IUD with hormone, 4 implant,
  /// 5 injection of three months, 6 injection of one month, 7 pill for nursing mothers, 8 combined
  /// pill, 9 condom, 10 breastfeeding alone (MAL), 11 tubectomy, 12 vasectomy.
  public static let contraceptiveMethod = DataElement(
    158, "contraceptive_method", .choice(12))
  /// Contraception was talked about.
  public static let contraceptionCounselled = DataElement(
    159, "contraception_counselled", .yesNo)
}

/// What is given after birth. Codes from 914.
extension DataElement {
  /// Capsules of vitamin A that the mother took since the birth.
  public static let motherVitaminACapsules = DataElement(
    914, "mother_vitamin_a_capsules", .quantity(.count, 0...2))
}

/// The birth plan (P4K), losses, and what decides a method of contraception. Codes 700 to 729.
extension DataElement {
  /// Who will attend: 1 midwife, 2 doctor, 3 somebody else.
  public static let plannedAttendant = DataElement(700, "planned_attendant", .choice(3))
  /// Where: 1 Pustu or village post, 2 Puskesmas, 3 hospital, 4 practice or clinic, 5 at home.
  public static let plannedPlace = DataElement(701, "planned_place", .choice(5))
  /// How it is paid: 1 JKN, 2 Jamkesda, 3 own insurance, 4 own money, 5 otherwise.
  public static let plannedMoney = DataElement(702, "planned_money", .choice(5))
  /// Transport is arranged.
  public static let transportReady = DataElement(703, "transport_ready", .yesNo)
  /// How many have agreed to give blood.
  public static let bloodDonors = DataElement(704, "blood_donors", .quantity(.count, 0...20))
  /// Who goes with her is agreed.
  public static let companionReady = DataElement(705, "companion_ready", .yesNo)
  /// Contraception after birth is chosen.
  public static let contraceptionPlanned = DataElement(
    706, "contraception_planned", .yesNo)
  /// The P4K sticker is on the house.
  public static let stickerOnHouse = DataElement(707, "sticker_on_house", .yesNo)
  /// How much she bleeds: 1 none, 2 little, 3 much.
  public static let bleedingAmount = DataElement(710, "bleeding_amount", .choice(3))
  /// The mouth of the womb is open.
  public static let cervixOpen = DataElement(
    711, "cervix_open", .yesNo, matter: .abortion)
  /// What came out: 1 nothing, 2 part, 3 all.
  public static let tissuePassed = DataElement(
    712, "tissue_passed", .choice(3), matter: .abortion)
  /// The womb is smaller than the weeks.
  public static let wombTooSmall = DataElement(713, "womb_too_small", .yesNo)
  /// Looked after again when a pregnancy was lost.
  public static let lossReviewed = DataElement(
    714, "loss_reviewed", .yesNo, matter: .abortion)
  /// Had a clot in a vein, or another risk of one.
  public static let clotRisk = DataElement(720, "clot_risk", .yesNo)
  /// Infection of the womb after birth or loss.
  public static let wombInfection = DataElement(721, "womb_infection", .yesNo)
  /// Has bled as each month again since the birth.
  public static let mensesReturned = DataElement(722, "menses_returned", .yesNo)
}
