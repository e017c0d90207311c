import Guidance
import Health

extension CareService {
  /// A doctor's examination with ultrasound in the first trimester.
  static let doctorFirstTrimester = CareService(
    7, "doctor_first_trimester", source: .integratedCare, for: .pregnant,
    .once(
      .pregnancy, opens: .none, late: .setting(.firstTrimesterDays),
      closes: .setting(.secondTrimesterDays)),
    doneBy: .contact(.antenatal, by: .doctor), in: .withDoctor)
  /// A doctor's examination with ultrasound in the third trimester.
  static let doctorThirdTrimester = CareService(
    8, "doctor_third_trimester", source: .integratedCare, for: .pregnant,
    .once(.pregnancy, opens: .setting(.secondTrimesterDays), late: .weeks(36), closes: nil),
    doneBy: .contact(.antenatal, by: .doctor), in: .withDoctor)
  /// A dentist's examination.
  static let teeth = CareService(
    9, "teeth", source: .integratedCare, for: .pregnant, .whenever(late: .weeks(12)),
    doneBy: .observed(.teethExamined))
  /// Haemoglobin in the first trimester, or when she is first seen.
  static let firstHaemoglobin = CareService(
    31, "first_haemoglobin", source: .integratedCare, for: .pregnant, .whenever(late: .weeks(4)),
    doneBy: .observed(.haemoglobin), in: [.pustu, .puskesmas, .privateFacility, .hospital])
  /// Haemoglobin once more in the third trimester.
  static let thirdTrimesterHaemoglobin = CareService(
    32, "third_trimester_haemoglobin", source: .integratedCare, for: .pregnant,
    .once(.pregnancy, opens: .setting(.secondTrimesterDays), late: .weeks(32), closes: nil),
    doneBy: .observed(.haemoglobin), in: [.pustu, .puskesmas, .privateFacility, .hospital])
  /// Test for HIV.
  static let hivTested = CareService(
    33, "hiv_tested", source: .integratedCare, for: .pregnant, .whenever(late: .weeks(4)),
    doneBy: .observed(.hivTest), in: .withDoctor)
  /// Test for syphilis.
  static let syphilisTested = CareService(
    34, "syphilis_tested", source: .integratedCare, for: .pregnant, .whenever(late: .weeks(4)),
    doneBy: .observed(.syphilisTest), in: .withDoctor)
  /// Test for hepatitis B.
  static let hepatitisBTested = CareService(
    35, "hepatitis_b_tested", source: .integratedCare, for: .pregnant, .whenever(late: .weeks(4)),
    doneBy: .observed(.hepatitisBTest), in: .withDoctor)
  /// Blood group.
  static let bloodGroupKnown = CareService(
    36, "blood_group_known", source: .integratedCare,
    for: .pregnant && !DataElement.bloodGroup.isKnown(.ever),
    .whenever(late: .weeks(12)), doneBy: .observed(.bloodGroup))
  /// The arm was measured.
  static let armMeasured = CareService(
    37, "arm_measured", source: .integratedCare, for: .pregnant, .whenever(late: .weeks(4)),
    doneBy: .observed(.armCircumference))
  /// The birth was planned (P4K).
  static let birthPlanned = CareService(
    38, "birth_planned", source: .motherChildBook, for: .pregnant,
    .once(.pregnancy, opens: .none, late: .weeks(36), closes: nil), doneBy: .yes(.birthPlanMade))
}

extension CareAction {
  /// Send to a doctor of the Puskesmas.
  public static let referToDoctor = CareAction(1, "refer_to_doctor")
  /// Send to the hospital now.
  public static let referToHospitalNow = CareAction(2, "refer_to_hospital_now")
  /// Two iron tablets a day.
  public static let ironTwiceDaily = CareAction(3, "iron_twice_daily")
  /// One iron tablet a day.
  public static let ironDaily = CareAction(4, "iron_daily")
  /// Extra food for at least ninety days.
  public static let extraFood = CareAction(5, "extra_food")
  /// Test the urine for protein.
  public static let testUrineProtein = CareAction(6, "test_urine_protein")
}

extension DecisionTable {
  private static let secondTrimester = Criterion.after(
    .pregnancy, from: .setting(.firstTrimesterDays), until: .setting(.secondTrimesterDays))

  /// Anaemia by haemoglobin.
  static let anaemia = DecisionTable(
    1, "anaemia", source: .anaemiaInPregnancy, for: .pregnant,
    [
      Row(
        1, "severe_anaemia", .refer,
        when: DataElement.haemoglobin.below(.tenthsOfGramPerDecilitre(70), .thisPregnancy),
        .referToHospitalNow),
      Row(
        2, "moderate_anaemia", .treat,
        when: DataElement.haemoglobin.below(.tenthsOfGramPerDecilitre(100), .thisPregnancy),
        .ironTwiceDaily, .referToDoctor),
      Row(
        3, "mild_anaemia", .treat,
        when: (!secondTrimester && DataElement.haemoglobin.below(.anaemiaLimit, .thisPregnancy))
          || (secondTrimester
            && DataElement.haemoglobin.below(.anaemiaLimitSecondTrimester, .thisPregnancy)),
        .ironTwiceDaily),
      Row(
        4, "no_anaemia", .homeCare, when: DataElement.haemoglobin.isKnown(.thisPregnancy),
        .ironDaily),
    ])

  /// Chronic energy deficiency (KEK) by the arm.
  static let energyDeficiency = DecisionTable(
    2, "energy_deficiency", source: .integratedCare, for: .pregnant,
    [
      Row(
        1, "energy_deficient", .treat,
        when: DataElement.armCircumference.below(.energyDeficiencyArm, .thisPregnancy),
        .referToDoctor, .extraFood),
      Row(
        2, "energy_sufficient", .homeCare,
        when: DataElement.armCircumference.isKnown(.thisPregnancy)),
    ])

  /// Blood pressure.
  static let pressureInPregnancy = DecisionTable(
    3, "pressure_in_pregnancy", source: .integratedCare, for: .pregnant || .afterBirth,
    [
      Row(
        1, "severe_hypertension", .refer,
        when: DataElement.systolicPressure.atLeast(.millimetresOfMercury(160), .last(.days(14)))
          || DataElement.diastolicPressure.atLeast(.millimetresOfMercury(110), .last(.days(14))),
        .referToHospitalNow, .testUrineProtein),
      Row(
        2, "hypertension", .refer,
        when: DataElement.systolicPressure.atLeast(.millimetresOfMercury(140), .last(.days(14)))
          || DataElement.diastolicPressure.atLeast(.millimetresOfMercury(90), .last(.days(14))),
        .referToDoctor, .testUrineProtein),
      Row(
        3, "normal_pressure", .homeCare,
        when: DataElement.systolicPressure.isKnown(.last(.days(45)))),
    ])
}

extension Guideline {
  /// Pregnancy, from the first visit to 42 days after its end.
  public static let pregnancy = Guideline(
    1, "pregnancy", source: .integratedCare, for: .sex(.female),
    services: [
      .doctorFirstTrimester, .doctorThirdTrimester, .teeth, .firstHaemoglobin,
      .thirdTrimesterHaemoglobin, .hivTested, .syphilisTested, .hepatitisBTested,
      .bloodGroupKnown, .armMeasured, .birthPlanned,
    ],
    series: [.antenatalContacts, .postnatalContacts],
    tables: [.anaemia, .energyDeficiency, .pressureInPregnancy],
    instruments: [.poedjiRochjati],
    dangerSigns: [
      .feverTwoDays, .headacheBlurredSight, .severeAbdominalPain, .bleeding, .watersBroke,
      .fewMovements, .swollenFaceHands, .vomitsAll, .sleeplessAnxious, .heartPounding,
      .coughTwoWeeks, .fits,
    ].map { DangerSign($0, in: .pregnant, source: .motherChildBook) })
}
