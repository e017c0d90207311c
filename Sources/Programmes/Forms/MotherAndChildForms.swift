import Guidance
import Health

extension VisitForm {
  /// A visit in pregnancy (10T, Buku KIA).
  public static let antenatal = VisitForm(
    1, "antenatal", purposes: .antenatal, for: .pregnant,
    [
      FormSection(
        "measured",
        [
          FormQuestion(.weight), FormQuestion(.systolicPressure),
          FormQuestion(.diastolicPressure),
          FormQuestion(
            .armCircumference, when: !DataElement.armCircumference.isKnown(.thisPregnancy)),
          FormQuestion(.lengthOrHeight, when: !DataElement.lengthOrHeight.isKnown(.ever)),
          FormQuestion(.fundalHeight, when: .gestation(fromWeek: 20)),
          FormQuestion(.fetalHeartRate, when: .gestation(fromWeek: 16)),
          FormQuestion(.presentation, when: .gestation(fromWeek: 36)),
        ]),
      FormSection(
        "danger_signs",
        [
          DataElement.bleeding, .headacheBlurredSight, .fits, .severeAbdominalPain, .watersBroke,
          .swollenFaceHands, .feverTwoDays, .vomitsAll, .heartPounding, .coughTwoWeeks,
          .sleeplessAnxious,
        ].map { FormQuestion($0) } + [
          FormQuestion(.fewMovements, when: .gestation(fromWeek: 24))
        ]),
      FormSection(
        "laboratory",
        [
          FormQuestion(
            .haemoglobin,
            when: !DataElement.haemoglobin.isKnown(.last(.months(2)))),
          FormQuestion(.bloodGroup, when: !DataElement.bloodGroup.isKnown(.ever)),
          FormQuestion(.hivTest, when: !DataElement.hivTest.isKnown(.thisPregnancy)),
          FormQuestion(.syphilisTest, when: !DataElement.syphilisTest.isKnown(.thisPregnancy)),
          FormQuestion(
            .hepatitisBTest, when: !DataElement.hepatitisBTest.isKnown(.thisPregnancy)),
          FormQuestion(.urineProtein, when: .gestation(fromWeek: 20)),
        ]),
      FormSection(
        "given",
        [
          FormQuestion(.ironTabletsGiven), FormQuestion(.ironTabletsTaken),
          FormQuestion(
            .supplementaryFood,
            when: DataElement.armCircumference.below(.energyDeficiencyArm, .thisPregnancy)),
          FormQuestion(.counselled),
          FormQuestion(
            .birthPlanMade, when: !DataElement.birthPlanMade.isYes(.thisPregnancy)),
        ]),
    ])

  /// A visit of a mother in the 42 days after birth.
  public static let postnatal = VisitForm(
    2, "postnatal", purposes: .postnatal, for: .afterBirth,
    [
      FormSection(
        "measured", [FormQuestion(.systolicPressure), FormQuestion(.diastolicPressure)]),
      FormSection(
        "danger_signs",
        [
          DataElement.bleeding, .feverTwoDays, .headacheBlurredSight, .fits,
          .severeAbdominalPain, .sleeplessAnxious,
        ].map { FormQuestion($0) }),
      FormSection("given", [FormQuestion(.ironTabletsGiven), FormQuestion(.vitaminA)]),
    ])

  /// A visit of a newborn.
  public static let newborn = VisitForm(
    3, "newborn", purposes: .newborn, for: .isNewborn,
    [
      FormSection("measured", [FormQuestion(.weight), FormQuestion(.temperature)]),
      FormSection(
        "danger_signs",
        [
          DataElement.notSuckling, .fits, .jaundice, .infectedNavel, .diarrhoea, .paleStool,
        ].map { FormQuestion($0) } + [FormQuestion(.breathsPerMinute)]),
      FormSection(
        "given",
        [
          FormQuestion(
            .earlyBreastfeeding, when: !DataElement.earlyBreastfeeding.isKnown(.ever)),
          FormQuestion(.vitaminK, when: !DataElement.vitaminK.isYes(.ever)),
          FormQuestion(.eyeOintment, when: !DataElement.eyeOintment.isYes(.ever)),
          FormQuestion(
            .thyroidSampleTaken, when: !DataElement.thyroidSampleTaken.isYes(.ever)),
        ]),
    ])

  /// A child under six years at the Posyandu.
  public static let child = VisitForm(
    4, "child", purposes: .childDevelopment,
    for: .age(from: .days(29), until: .months(72)),
    [
      FormSection(
        "measured",
        [
          FormQuestion(.weight), FormQuestion(.lengthOrHeight), FormQuestion(.headCircumference),
          FormQuestion(.armCircumference, when: .age(from: .months(6), until: .months(60))),
        ]),
      FormSection(
        "asked",
        [
          FormQuestion(.childTuberculosisSymptom),
          FormQuestion(
            .tuberculosisContact, when: !DataElement.tuberculosisContact.isKnown(.last(.months(6)))),
          FormQuestion(.onlyBreastMilk, when: .age(from: .none, until: .months(6))),
        ]),
      FormSection(
        "given",
        [
          FormQuestion(.vitaminA, when: .age(from: .months(6), until: .months(60))),
          FormQuestion(.deworming, when: .age(from: .months(12), until: .months(60))),
          FormQuestion(.sixMonthCheck, when: .age(from: .months(6), until: .months(9))),
        ]),
    ])

  /// All forms, in the order in which a page offers them.
  public static let all: [VisitForm] = [.antenatal, .postnatal, .newborn, .child]
}

extension Guideline {
  /// The guidelines for mothers and children, in the order in which a plan shows them.
  public static let motherAndChild: [Guideline] = [
    .pregnancy, .newborn, .child, .childDevelopment,
  ]
}
