import Guidance
import Health

extension FormQuestion {
  /// Asked as long as nobody has answered it in a scope.
  static func unknown(
    _ element: DataElement, in scope: Scope, and when: Criterion = .always,
    by performers: Performers = .anybody
  ) -> FormQuestion {
    FormQuestion(
      element, when: when && !.whereObserved(element, .known, scope), by: performers)
  }

  /// Lying or standing: WHO's standards for children under five are read by it. Nobody older is
  /// asked.
  static let position = FormQuestion(
    .bodyPosition, when: .age(from: .none, until: .months(60)))

  /// The pulse of a mother who may be very ill.
  fileprivate static let pulseWhereIll = FormQuestion(
    .pulse, when: .mayBeVeryIll, by: .anyHealthWorker)
  /// The breaths of a mother who may be very ill.
  fileprivate static let breathsWhereIll = FormQuestion(
    .breathsPerMinute, when: .mayBeVeryIll, by: .anyHealthWorker)
  /// Signs of shock of a mother whose pressure is low.
  fileprivate static let shockSignsWhereLow = FormQuestion(
    .shockSigns, when: .lowPressure, by: .anyHealthWorker)
}

extension Criterion {
  /// Not known to be a first pregnancy.
  fileprivate static let mayHaveGivenBirth = Criterion.pregnancyFigure(
    .gravida, .atLeast(.fixed(.times(2))))
  /// In the first or in the third trimester, or without a date.
  fileprivate static let doctorsTrimester = !Criterion.after(
    .pregnancy, from: .setting(.firstTrimesterDays), until: .setting(.secondTrimesterDays))
}

extension VisitForm {
  /// A visit in pregnancy (10T, Buku KIA). A kader weighs, measures arm and pressure, asks for
  /// signs of danger and tablets, as at the Posyandu; who asks what, and what publications leave
  /// open of it, stands in docs/decisions/0046-forms-by-role.md.
  public static let antenatal = VisitForm(
    1, "antenatal", purposes: .antenatal, for: .pregnant,
    [
      FormSection(
        "danger_signs", areSigns: true,
        [
          DataElement.bleeding, .headacheBlurredSight, .fits, .unconscious, .severeAbdominalPain,
          .watersBroke, .swollenFaceHands, .feverTwoDays, .vomitsAll, .vomitsBlood,
          .heartPounding, .shortOfBreath, .chestPain, .coughTwoWeeks, .diarrhoea,
          .urinePainOrDischarge, .sleeplessAnxious,
        ].map { FormQuestion($0) } + [
          FormQuestion(.fewMovements, when: .gestation(fromWeek: 24)),
          FormQuestion(.labourPains, when: .gestation(fromWeek: 20) && .mayNeedOperation),
          FormQuestion(.greenWaters, when: .gestation(fromWeek: 36) || watersBrokeLately),
          FormQuestion(
            .cordOrHandOut, when: .gestation(fromWeek: 36) || watersBrokeLately,
            by: .anyHealthWorker),
          FormQuestion(.tooWeakToPush, when: .gestation(fromWeek: 36), by: .anyHealthWorker),
        ]),
      FormSection("measured", antenatalMeasured),
      FormSection(
        "loss_signs",
        [
          FormQuestion(.bleedingAmount, when: losing), FormQuestion(.cervixOpen, when: losing),
          FormQuestion(.tissuePassed, when: losing), FormQuestion(.wombTooSmall, when: losing),
        ].asked(by: .anyHealthWorker)),
      FormSection(
        "laboratory", folds: true, antenatalLaboratory.asked(by: .anyHealthWorker)),
      FormSection("given", antenatalGiven),
      FormSection("counselled", folds: true, antenatalCounselled.asked(by: .anyHealthWorker)),
    ])

  /// The waters broke, at whatever week.
  private static let watersBrokeLately = DataElement.watersBroke.isYesWhereObserved(
    .last(.days(7)))

  /// She bleeds before 20 weeks.
  private static let losing =
    !Criterion.gestation(fromWeek: 20) && DataElement.bleeding.isYesWhereObserved(.last(.days(7)))

  private static let antenatalMeasured: [FormQuestion] =
    [
      FormQuestion(.weight), FormQuestion(.systolicPressure), FormQuestion(.diastolicPressure),
      FormQuestion(.temperature, by: .anyHealthWorker), .pulseWhereIll, .breathsWhereIll,
      .shockSignsWhereLow,
      .unknown(.armCircumference, in: .thisPregnancy),
      .unknown(.lengthOrHeight, in: .ever),
    ]
    + [
      // Later than half of the pregnancy nobody remembers it, and what was gained is known.
      .unknown(
        .weightBeforePregnancy, in: .thisPregnancy, and: .not(.gestation(fromWeek: 20))),
      FormQuestion(.fundalHeight, when: .gestation(fromWeek: 20)),
      FormQuestion(.fetalHeartRate, when: .gestation(fromWeek: 16)),
      FormQuestion(.otherFetalHeartRate, when: .gestation(fromWeek: 16) && .severalFetuses),
      FormQuestion(.presentation, when: .gestation(fromWeek: 36)),
      FormQuestion(.pallor, when: !.whereObserved(.haemoglobin, .known, .last(.weeks(4)))),
    ].asked(by: .anyHealthWorker)

  /// Neither fasting glucose nor that after sugar is known.
  private static let sugarUntested =
    !Criterion.whereObserved(.fastingGlucose, .known, .thisPregnancy)
    && !.whereObserved(.glucoseAfterTwoHours, .known, .thisPregnancy)

  /// The test of 24 weeks is still wanted: an earlier one was normal, or there was none.
  private static func notTestedSince24Weeks(_ element: DataElement) -> Criterion {
    !.testedFrom24Weeks(element) && !.diabetesFoundEarly
  }

  /// Nobody has tested it on this day: what is known since this morning is not asked again.
  private static func untestedToday(_ element: DataElement) -> Criterion {
    !.whereObserved(element, .known, .today)
  }

  /// A pressure of this day is raised, or she has a sign of preeclampsia: then the urine is tested
  /// again on the same day.
  private static let mayHavePreeclampsiaToday = Criterion.one(
    [DataElement.raisedSystolicPressure, .raisedDiastolicPressure].map {
      .whereObserved($0, .known, .today)
    } + [DataElement.headacheBlurredSight, .fits].map { $0.isYesWhereObserved(.today) })

  private static let antenatalLaboratory: [FormQuestion] = [
    FormQuestion(
      .haemoglobin,
      when: !.whereObserved(.haemoglobin, .known, .last(.months(2)))
        || (.classified(.anaemia, as: 1, 2, 3, 5) && untestedToday(.haemoglobin))),
    .unknown(.bloodGroup, in: .ever), .unknown(.rhesusFactor, in: .ever),
    .unknown(.hivTest, in: .thisPregnancy), .unknown(.syphilisTest, in: .thisPregnancy),
    .unknown(.hepatitisBTest, in: .thisPregnancy),
    .unknown(.malariaTest, in: .thisPregnancy, and: .setting(.malariaIsEndemic)),
    FormQuestion(
      .urineProtein,
      when: .gestation(fromWeek: 20)
        && (untestedToday(.urineProtein) || mayHavePreeclampsiaToday)),
    .unknown(.urineGlucose, in: .last(.weeks(4)), and: .gestation(fromWeek: 28)),
    // One of them is enough until the test with sugar is due at 24 weeks.
    .unknown(
      .bloodGlucose, in: .thisPregnancy, and: .gestation(fromWeek: 13) && sugarUntested),
    FormQuestion(
      .fastingGlucose,
      when: (.gestation(fromWeek: 24) && notTestedSince24Weeks(.fastingGlucose))
        || (.highGlucoseNotTestedAfter && untestedToday(.fastingGlucose))),
    // Sugar is given from 24 to 28 weeks; who comes later is tested fasting.
    FormQuestion(
      .glucoseAfterTwoHours,
      when: (.gestation(fromWeek: 24, untilWeek: 29)
        && notTestedSince24Weeks(.glucoseAfterTwoHours))
        || (.highGlucoseNotTestedAfter && untestedToday(.glucoseAfterTwoHours))),
  ]

  private static let antenatalGiven: [FormQuestion] =
    [
      FormQuestion(.ironTabletsGiven), FormQuestion(.ironTabletsTaken),
      FormQuestion(.supplementaryFood, when: .classified(.energyDeficiency, as: 1)),
    ]
    + [
      .unknown(.tabletKind, in: .thisPregnancy), .unknown(.tetanusStatus, in: .thisPregnancy),
    ].asked(by: .anyHealthWorker)

  private static let antenatalCounselled: [FormQuestion] = [
    FormQuestion(.counselled), FormQuestion(.infectionRiskAsked),
    FormQuestion(
      .ultrasoundDone,
      when: .doctorsTrimester || !DataElement.ultrasoundDone.isYesWhereObserved(.thisPregnancy)),
    FormQuestion(
      .mentalHealthScreened,
      when: .doctorsTrimester
        || !DataElement.mentalHealthScreened.isYesWhereObserved(.thisPregnancy)),
    FormQuestion(
      .teethExamined, when: !DataElement.teethExamined.isYesWhereObserved(.thisPregnancy)),
    FormQuestion(
      .birthPlanMade, when: !DataElement.birthPlanMade.isYesWhereObserved(.thisPregnancy)),
  ]

  /// What is asked once about a pregnancy: the risks of the score card and of preeclampsia.
  public static let pregnancyRisks = VisitForm(
    5, "pregnancy_risks", purposes: .antenatal, for: .pregnant,
    [
      FormSection(
        "earlier_births", areSigns: true,
        [
          DataElement.failedPregnancy, .pulledBirthBefore, .placentaByHandBefore,
          .transfusionBefore, .caesareanBefore, .preeclampsiaBefore, .newPartner,
        ].map { FormQuestion.unknown($0, in: .thisPregnancy, and: .mayHaveGivenBirth) } + [
          .unknown(
            .longMarriedBeforeFirst, in: .thisPregnancy,
            and: .not(.pregnancyFigure(.gravida, .atLeast(.fixed(.times(2))))))
        ]),
      FormSection(
        "illness", areSigns: true,
        [
          DataElement.diabetes, .chronicHypertension, .kidneyDisease, .autoimmuneDisease,
          .antiphospholipid, .familyPreeclampsia, .tuberculosisOrHeart, .sexuallyTransmitted,
        ].map { .unknown($0, in: .thisPregnancy) }),
      FormSection(
        "this_pregnancy", areSigns: true,
        [
          .unknown(.assistedReproduction, in: .thisPregnancy),
          .unknown(.workHazardsAsked, in: .thisPregnancy),
          FormQuestion(.anaemiaOrMalaria), FormQuestion(.swellingAndPressure),
          FormQuestion(.muchWater, when: .gestation(fromWeek: 20)),
          FormQuestion(.diedInWomb, when: .gestation(fromWeek: 20)),
          FormQuestion(.beyondTerm, when: .gestation(fromWeek: 41)),
          FormQuestion(.bleedingThisPregnancy), FormQuestion(.severePreeclampsia),
        ]),
    ].map { $0.asked(by: .anyHealthWorker) })

  /// The birth plan (P4K).
  public static let birthPlan = VisitForm(
    6, "birth_plan", purposes: .antenatal, for: .pregnant,
    [
      FormSection(
        "birth_plan",
        [
          DataElement.plannedAttendant, .plannedPlace, .plannedMoney, .transportReady,
          .bloodDonors, .companionReady, .contraceptionPlanned, .stickerOnHouse, .birthPlanMade,
        ].map { FormQuestion($0) } + [.unknown(.bloodGroup, in: .ever)])
    ])

  /// A visit of a mother in the 42 days after birth. After a loss there is a form of its own.
  public static let postnatal = VisitForm(
    2, "postnatal", purposes: .postnatal,
    for: .afterBirth && .ended(.liveBirth, .stillbirth),
    [
      FormSection(
        "danger_signs", areSigns: true,
        [
          DataElement.heavyBleeding, .bleeding, .smellyLochia, .feverTwoDays,
          .headacheBlurredSight, .fits, .unconscious, .swollenFaceHandsFeet,
          .severeAbdominalPain, .upperBellyPain, .shortOfBreath, .swollenBreast,
          .urineOrStoolTrouble,
          .sleeplessAnxious, .persistentSadness, .heartPounding, .leaksFluid,
        ].map { FormQuestion($0) }
          + [DataElement.birthCanalWound, .wombInfection].map {
            FormQuestion($0, by: .anyHealthWorker)
          }),
      FormSection(
        "measured",
        [
          FormQuestion(.looksWell, by: .anyHealthWorker), FormQuestion(.systolicPressure),
          FormQuestion(.diastolicPressure), FormQuestion(.temperature),
          FormQuestion(.pulse, by: .anyHealthWorker),
          FormQuestion(.breathsPerMinute, by: .anyHealthWorker), .shockSignsWhereLow,
        ]),
      FormSection(
        "birth_complications", areSigns: true,
        DataElement.birthComplications.map {
          .unknown($0.element, in: .sinceBirth, by: .anyHealthWorker)
        }),
      FormSection(
        "after_birth",
        [DataElement.lochiaNormal, .birthCanalClean, .wombFirm, .breastsHealthy].map {
          FormQuestion($0, by: .anyHealthWorker)
        } + [
          FormQuestion(.breastfeeding, when: .ended(.liveBirth)),
          FormQuestion(.mensesReturned, when: .ended(.liveBirth)),
        ]),
      FormSection(
        "given",
        [
          FormQuestion(.ironTabletsGiven), FormQuestion(.ironTabletsTaken),
          // The second capsule is made up for in all of the 42 days.
          FormQuestion(.motherVitaminACapsules, when: .owedMotherVitaminA),
          FormQuestion(.contraceptiveMethod, when: .usesNoMethod || .needsOtherMethod),
        ]),
      FormSection(
        "counselled", folds: true,
        [
          FormQuestion(.counselled), FormQuestion(.mentalHealthScreened),
          FormQuestion(.contraceptionCounselled),
          .unknown(.clotRisk, in: .sinceBirth), .unknown(.rhesusFactor, in: .ever),
        ].asked(by: .anyHealthWorker)),
    ])

  /// Signs of danger, asked by whoever may know no more of a pregnancy than that it ended: after a
  /// loss a kader has this form and no other. Nothing on it says what is looked for.
  public static let motherDangerSigns = VisitForm(
    22, "mother_danger_signs", purposes: .dangerSigns, for: .endUntold,
    [
      FormSection(
        "danger_signs", areSigns: true, DangerSign.ofAnyWoman.map { FormQuestion($0) }),
      FormSection("measured", [FormQuestion(.temperature)]),
    ])

  /// Seen again after a loss.
  public static let afterLoss = VisitForm(
    7, "after_loss", purposes: .postnatal, for: .lost,
    [
      FormSection(
        "danger_signs", areSigns: true,
        [
          // Swelling: preeclampsia of a molar pregnancy.
          DataElement.heavyBleeding, .bleeding, .fits, .unconscious, .shortOfBreath, .smellyLochia,
          .feverTwoDays, .severeAbdominalPain, .swollenFaceHandsFeet, .persistentSadness,
          .sleeplessAnxious,
        ].map { FormQuestion($0) } + [FormQuestion(.wombInfection, by: .anyHealthWorker)]),
      // Fever is a sign of danger, pressure decides which contraception fits.
      FormSection(
        "measured",
        [DataElement.systolicPressure, .diastolicPressure, .temperature].map { FormQuestion($0) }
          + [
            FormQuestion(.pulse, by: .anyHealthWorker),
            FormQuestion(.breathsPerMinute, by: .anyHealthWorker), .shockSignsWhereLow,
            FormQuestion(
              .bleedingAmount, when: DataElement.bleeding.isYesWhereObserved(.last(.days(7))),
              by: .anyHealthWorker),
          ]),
      FormSection(
        "given",
        [
          FormQuestion(.contraceptiveMethod, when: .usesNoMethod || .needsOtherMethod)
        ]
          + [
            FormQuestion(.lossReviewed), FormQuestion(.hormoneNormal, when: .molarNotOver),
            FormQuestion(.haemoglobin),
            FormQuestion(.contraceptionCounselled), .unknown(.rhesusFactor, in: .ever),
          ].asked(by: .anyHealthWorker)),
    ])
}
