import Guidance
import Health

/// What a doctor, a dentist and the laboratory owe by trimester.
extension CareService {
  private static let laboratory: CareSettings = [.pustu, .puskesmas, .privateFacility, .hospital]

  /// A doctor saw her and did an ultrasound, on one day.
  private static let doctorWithUltrasound = Evidence.together([
    .contact(.antenatal, by: .doctor), .yes(.ultrasoundDone),
  ])

  /// A doctor's examination with ultrasound in the first trimester.
  static let doctorFirstTrimester = CareService(
    7, "doctor_first_trimester", source: .antenatalMatrix, for: .pregnant,
    .once(
      .pregnancy, opens: .none, late: .setting(.firstTrimesterDays),
      closes: .setting(.secondTrimesterDays)),
    doneBy: doctorWithUltrasound, in: .withDoctor)
  /// A doctor's examination with ultrasound in the third trimester.
  static let doctorThirdTrimester = CareService(
    8, "doctor_third_trimester", source: .antenatalMatrix, for: .pregnant,
    .once(.pregnancy, opens: .setting(.secondTrimesterDays), late: .weeks(36), closes: nil),
    doneBy: doctorWithUltrasound, in: .withDoctor)
  /// A dentist's examination.
  static let teeth = CareService(
    9, "teeth", source: .integratedCare, for: .pregnant, .whenever(late: .weeks(12)),
    doneBy: .yes(.teethExamined))
  /// Haemoglobin in the first trimester, or when she is first seen.
  static let firstHaemoglobin = CareService(
    31, "first_haemoglobin", source: .integratedCare, for: .pregnant, .whenever(late: .weeks(4)),
    doneBy: .observed(.haemoglobin), in: laboratory)
  /// Haemoglobin once more in the third trimester. As long as none was tested the first test is
  /// owed, and after anaemia the one a month later: one sample is both, so one of them is named.
  static let thirdTrimesterHaemoglobin = CareService(
    32, "third_trimester_haemoglobin", source: .motherChildBook,
    for: .pregnant && .whereObserved(.haemoglobin, .known, .thisPregnancy)
      && !.classified(.anaemia, as: 1, 2, 3),
    .once(.pregnancy, opens: .setting(.secondTrimesterDays), late: .weeks(32), closes: nil),
    doneBy: .observed(.haemoglobin), in: laboratory)
  /// Test for HIV, at the first visit whenever it is.
  static let hivTested = CareService(
    33, "hiv_tested", source: .integratedCare, for: .pregnant, .whenever(late: .weeks(4)),
    doneBy: .observed(.hivTest), in: .withDoctor)
  /// Test for syphilis, at the first visit whenever it is.
  static let syphilisTested = CareService(
    34, "syphilis_tested", source: .integratedCare, for: .pregnant, .whenever(late: .weeks(4)),
    doneBy: .observed(.syphilisTest), in: .withDoctor)
  /// Test for hepatitis B, at the first visit whenever it is.
  static let hepatitisBTested = CareService(
    35, "hepatitis_b_tested", source: .integratedCare, for: .pregnant, .whenever(late: .weeks(4)),
    doneBy: .observed(.hepatitisBTest), in: .withDoctor)
  /// Blood group and rhesus factor; once known they stay.
  static let bloodGroupKnown = CareService(
    36, "blood_group_known", source: .integratedCare,
    for: .pregnant && !.whereObserved(.bloodGroup, .known, .ever),
    .whenever(late: .weeks(12)), doneBy: .observed(.bloodGroup))
  /// Glucose at any time of day at the third visit. The tests for diabetes of pregnancy say more, so
  /// that it is not owed after one of them, nor when those are over.
  static let randomGlucose = CareService(
    120, "random_glucose", source: .antenatalMatrix, for: .pregnant,
    .once(
      .pregnancy, opens: .setting(.firstTrimesterDays), late: .setting(.secondTrimesterDays),
      closes: .setting(.gestationalDiabetesUntilDays)),
    doneBy: .one([
      .observed(.bloodGlucose), .observed(.fastingGlucose), .observed(.glucoseAfterTwoHours),
    ]), in: laboratory)
  /// Glucose after a night without food and two hours after sugar, at 24 to 28 weeks; made up for
  /// at the next visit, for as long as the setting says. What was tested earlier and was normal says
  /// nothing of these weeks; whom it told to have diabetes is not tested for it again.
  static let gestationalDiabetes = CareService(
    121, "gestational_diabetes", source: .motherChildBook,
    for: .pregnant && !.diabetesFoundEarly,
    .once(
      .pregnancy, opens: .weeks(24), late: .weeks(28),
      closes: .setting(.gestationalDiabetesUntilDays)),
    doneBy: .one([.observed(.fastingGlucose), .observed(.glucoseAfterTwoHours)]), in: laboratory)
  /// Protein in the urine in the third trimester.
  static let urineProteinTested = CareService(
    122, "urine_protein_tested", source: .motherChildBook, for: .pregnant,
    .once(.pregnancy, opens: .weeks(28), late: .weeks(36), closes: nil),
    doneBy: .observed(.urineProtein), in: laboratory)
  /// Test for malaria at the first visit, where it is frequent.
  static let malariaTested = CareService(
    123, "malaria_tested", source: .integratedCare,
    for: .pregnant && .setting(.malariaIsEndemic), .whenever(late: .weeks(4)),
    doneBy: .observed(.malariaTest), in: laboratory)
  /// Screening for preeclampsia before 20 weeks; what it would have told early is over then. Who is
  /// pregnant for the first time is asked about her family, not about an earlier preeclampsia.
  static let preeclampsiaScreened = CareService(
    124, "preeclampsia_screened", source: .motherChildBook, for: .pregnant,
    .once(.pregnancy, opens: .none, late: .weeks(20), closes: .weeks(20)),
    doneBy: .one([.observed(.preeclampsiaBefore), .observed(.familyPreeclampsia)]))
  /// Haemoglobin again a month after anaemia was found.
  static let haemoglobinAgain = CareService(
    125, "haemoglobin_again", source: .ownReading,
    for: .pregnant && .classified(.anaemia, as: 1, 2, 3),
    .following(.haemoglobin, .known, opens: .months(1), late: .days(45), closes: nil),
    doneBy: .observed(.haemoglobin), in: laboratory)
}

extension Criterion {
  /// A random glucose was as high as in diabetes, and nothing that says more came on a later day:
  /// fasting glucose and that after sugar, or the fasting one alone where a district has set so.
  static let highGlucoseNotTestedAfter =
    whereObserved(.highRandomGlucose, .known, .thisPregnancy)
    && !(testedAfter(.fastingGlucose)
      && (.setting(.normalFastingGlucoseIsEnough) || testedAfter(.glucoseAfterTwoHours)))
  private static func testedAfter(_ element: DataElement) -> Criterion {
    .later(element, than: .highRandomGlucose, by: .days(1), .thisPregnancy)
  }
  /// The latest value is of a day from 24 weeks on; no where there is none.
  static func testedFrom24Weeks(_ element: DataElement) -> Criterion {
    .whereObserved(element, .known, .thisPregnancy) && ofWeeksFrom24(element)
  }
  /// The same; unknown where there is none.
  fileprivate static func ofWeeksFrom24(_ element: DataElement) -> Criterion {
    .asObserved(element, .thisPregnancy, .gestation(fromWeek: 24))
  }
  /// A value was as high as in diabetes of pregnancy; no where there is none.
  private static func wasHigh(_ element: DataElement, from milligrams: Int32) -> Criterion {
    .whereObserved(element, .known, .thisPregnancy)
      && .any(
        element, .atLeast(.fixed(.milligramsPerDecilitre(milligrams))), .thisPregnancy)
  }
  /// Diabetes, or diabetes of pregnancy, by a value of this pregnancy; a random one only as long as
  /// nothing that says more came after it. No where nothing was tested.
  static let diabetesWasMeasured =
    wasHigh(.fastingGlucose, from: 92) || wasHigh(.glucoseAfterTwoHours, from: 153)
    || highGlucoseNotTestedAfter
  /// Diabetes was found before 24 weeks, and nothing was tested since.
  static let diabetesFoundEarly =
    (wasHigh(.fastingGlucose, from: 92) || wasHigh(.glucoseAfterTwoHours, from: 153))
    && !testedFrom24Weeks(.fastingGlucose) && !testedFrom24Weeks(.glucoseAfterTwoHours)
  /// Whoever she was referred to for her glucose sent her on.
  fileprivate static let glucoseReferralIsSentOn = whereObserved(
    .glucoseReferralAnswered, .oneOf(1 << 3), .thisPregnancy)
  /// Whoever she was referred to for her glucose has answered since.
  fileprivate static let glucoseReferralIsAnswered = later(
    .glucoseReferralAnswered, than: .highRandomGlucose, by: .none, .thisPregnancy)
}

extension DecisionTable {
  private static let reactive = Comparison.oneOf(1 << 2)

  /// HIV: who is reactive is treated, and the child protected (PPIA). A table of its own, so that
  /// only who has the right to it is told.
  static let hivInPregnancy = DecisionTable(
    45, "hiv_in_pregnancy", source: .integratedCare, for: .pregnant || .afterBirth,
    [
      Row(
        1, "hiv_reactive", .treat, when: .any(.hivTest, reactive, .thisPregnancy),
        .treatAndProtectChild, .referToDoctor),
      Row(2, "hiv_not_reactive", .homeCare, when: DataElement.hivTest.isKnown(.thisPregnancy)),
    ])

  /// Syphilis and hepatitis B: who is reactive is treated, and the child protected (PPIA).
  static let syphilisAndHepatitisB = DecisionTable(
    275, "syphilis_and_hepatitis_b", source: .integratedCare, for: .pregnant || .afterBirth,
    [
      Row(
        1, "infection_found", .treat,
        when: .any(.syphilisTest, reactive, .thisPregnancy)
          || .any(.hepatitisBTest, reactive, .thisPregnancy),
        .treatAndProtectChild, .referToDoctor),
      Row(
        2, "no_infection", .homeCare,
        when: DataElement.syphilisTest.isKnown(.thisPregnancy)
          && DataElement.hepatitisBTest.isKnown(.thisPregnancy)),
    ])

  /// A woman with rhesus factor negative: birth in a hospital, and a doctor decides about anti-D.
  /// What the father's factor is nobody asks, so that she counts whatever it is.
  static let rhesusInPregnancy = DecisionTable(
    91, "rhesus_in_pregnancy", source: .ownReading,
    for: .pregnant && .whereObserved(.rhesusFactor, .oneOf(1 << 2), .ever),
    [
      Row(
        1, "rhesus_negative", .treat, when: .always, .planHospitalBirth, .askDoctorAboutAntiD)
    ])

  /// An ultrasound from 24 weeks on does not date, but one that is more than three weeks away from
  /// the period says that one of both is wrong, or that the child is too small or too large.
  static let datingInDoubt = DecisionTable(
    92, "dating_in_doubt", source: .ownReading,
    for: .pregnant && datesDiffer,
    [Row(1, "dates_differ", .referPlanned, when: datesDiffer, .confirmDueDate, .referToDoctor)])
  private static let datesDiffer = Criterion.pregnancyFigure(
    .lateUltrasoundDifference, .atLeast(.fixed(.days(22))))

  private static let fasting = DataElement.fastingGlucose
  private static let afterSugar = DataElement.glucoseAfterTwoHours
  /// The number of the table, by which referrals name it.
  static let diabetesInPregnancyNumber: UInt16 = 47
  private static func glucose(
    _ element: DataElement, atLeast milligrams: Int32
  ) -> Criterion {
    .any(element, .atLeast(.fixed(.milligramsPerDecilitre(milligrams))), .thisPregnancy)
  }

  private static func bothValues(_ criterion: (DataElement) -> Criterion) -> Criterion {
    criterion(fasting) && (.setting(.normalFastingGlucoseIsEnough) || criterion(afterSugar))
  }

  /// Diabetes in pregnancy, by WHO's limits, which the national guide shares. That there is none is
  /// said after both values of 24 weeks or later; after the fasting one alone only where a district
  /// has set so. A high random glucose is dealt with by those values on a later day. The answer to a
  /// referral ends that she is referred, and not that she is looked after: it names no class.
  static let diabetesInPregnancy = DecisionTable(
    diabetesInPregnancyNumber, "diabetes_in_pregnancy", source: .smartAntenatalCare, for: .pregnant,
    [
      Row(
        1, "diabetes_found", .refer,
        when: glucose(fasting, atLeast: 126) || glucose(afterSugar, atLeast: 200)
          || (.highGlucoseNotTestedAfter && !.glucoseReferralIsAnswered),
        .referToDoctor),
      Row(
        2, "diabetes_of_pregnancy", .referPlanned,
        when: glucose(fasting, atLeast: 92) || glucose(afterSugar, atLeast: 153),
        .referToDoctor),
      Row(
        6, "high_glucose_sent_on", .treat,
        when: .highGlucoseNotTestedAfter && .glucoseReferralIsSentOn, .askForReferralAnswer),
      Row(
        4, "high_glucose_answered", .treat, when: .highGlucoseNotTestedAfter,
        .followReferralAnswer),
      Row(
        5, "glucose_normal_so_far", .homeCare,
        when: bothValues { $0.isKnown(.thisPregnancy) } && !bothValues { .ofWeeksFrom24($0) }),
      Row(3, "no_diabetes", .homeCare, when: bothValues { .ofWeeksFrom24($0) }),
    ])

  private static let hearts: [DataElement] = [.fetalHeartRate, .otherFetalHeartRate]
  private static func heart(_ element: DataElement, _ comparison: Comparison) -> Criterion {
    .whereObserved(element, comparison, .last(.days(14)))
  }
  private static let otherHeartAbnormal: Criterion =
    heart(.otherFetalHeartRate, .below(.setting(.fetalHeartLeast)))
    || heart(.otherFetalHeartRate, .atLeast(.setting(.fetalHeartTooFast)))
  private static let heartAbnormal: Criterion =
    DataElement.fetalHeartRate.below(.fetalHeartLeast, .last(.days(14)))
    || DataElement.fetalHeartRate.atLeast(.fetalHeartTooFast, .last(.days(14)))
    || otherHeartAbnormal

  /// A heart so slow or so fast that the child is in danger. That none is heard says so from 24
  /// weeks on: before, it is often not found.
  private static let heartInDanger = Criterion.one(
    hearts.flatMap { element in
      [
        heart(element, .below(.setting(.fetalHeartDangerBelow)))
          && (heart(element, .atLeast(.fixed(Amount(1, .perMinute)))) || .gestation(fromWeek: 24)),
        heart(element, .atLeast(.setting(.fetalHeartDangerFrom))),
      ]
    })

  /// It moves less, from the week on in which movements count.
  private static let movesLess =
    DataElement.fewMovements.isYesWhereObserved(.last(.days(14)))
    && !.gestation(fromWeek: 0, untilWeek: 24)

  /// The heart of the fetus; of twins each, so that one that was counted says nothing of the other.
  /// Very slow or fast, or abnormal in a child that moves less, it goes to a hospital now, counted
  /// again meanwhile: the latest count stands.
  static let fetalHeart = DecisionTable(
    49, "fetal_heart", source: .clinicalGuide, for: .pregnant,
    [
      Row(
        3, "fetal_heart_danger", .referNow,
        when: heartInDanger || (heartAbnormal && movesLess),
        .countFetalHeartAgain, .referToHospitalNow),
      Row(
        1, "fetal_heart_abnormal", .refer, when: heartAbnormal, .countFetalHeartAgain,
        .referToDoctor),
      Row(
        2, "fetal_heart_normal", .homeCare,
        when: DataElement.fetalHeartRate.isKnown(.last(.days(14)))
          && (!.severalFetuses || DataElement.otherFetalHeartRate.isKnown(.last(.days(14))))),
    ])
}

extension CareAction {
  /// Treat her, test her husband, and protect the child (PPIA).
  public static let treatAndProtectChild = CareAction(42, "treat_and_protect_child")
  /// Count the heart of the fetus again after she lay on her left side.
  public static let countFetalHeartAgain = CareAction(43, "count_fetal_heart_again")
  /// Make sure of the expected day of birth.
  public static let confirmDueDate = CareAction(59, "confirm_due_date")
  /// Do what the answer to the referral advises.
  public static let followReferralAnswer = CareAction(69, "follow_referral_answer")
  /// Ask whether she was seen where she was sent on to, and what was found.
  public static let askForReferralAnswer = CareAction(283, "ask_for_referral_answer")
  /// Plan the birth in a hospital.
  public static let planHospitalBirth = CareAction(58, "plan_hospital_birth")
}
