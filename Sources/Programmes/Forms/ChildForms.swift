import Guidance
import Health

extension VisitForm {
  /// A visit of a newborn.
  public static let newborn = VisitForm(
    3, "newborn", purposes: .newborn, for: .isNewborn,
    [
      FormSection(
        "danger_signs", areSigns: true,
        [
          DataElement.notSuckling, .fits, .jaundice, .infectedNavel, .diarrhoea, .weakNewborn,
          .moaning, .blueOrPale,
        ].map { FormQuestion($0) } + breathsOfInfant),
      FormSection(
        "measured",
        [
          FormQuestion(.weight), FormQuestion(.lengthOrHeight), .position,
          FormQuestion(.temperature), FormQuestion(.headCircumference, by: .anyHealthWorker),
          FormQuestion(.oxygenSaturation, when: heartIsOpen, by: .anyHealthWorker),
          FormQuestion(.footSaturation, when: heartIsOpen, by: .anyHealthWorker),
        ]),
      FormSection(
        "at_birth", folds: true,
        [.unknown(.birthWeight, in: .ever)]
          + [
            DataElement.birthLength, .birthHeadCircumference, .gestationAtBirth,
          ].map { FormQuestion.unknown($0, in: .ever, by: .anyHealthWorker) }),
      FormSection(
        "screened", folds: true,
        [
          FormQuestion(.stoolColour, when: .age(from: .days(8)))
        ]
          + [
            FormQuestion(
              .thyroidSampleTaken,
              when: !DataElement.thyroidSampleTaken.isYesWhereObserved(.ever)
                || .needsSecondThyroidSample || DataElement.thyroidResult.isChoice(2, in: .ever)),
            FormQuestion(
              .thyroidResult, when: DataElement.thyroidSampleTaken.isYesWhereObserved(.ever)),
            .unknown(.furtherBloodScreening, in: .ever),
            .unknown(.illAtBirth, in: .ever), .unknown(.sameSexTwin, in: .ever),
          ].asked(by: .anyHealthWorker)),
      FormSection(
        "given",
        [
          FormQuestion(.navelClean)
        ]
          + [
            .unknown(.earlyBreastfeeding, in: .ever),
            FormQuestion(.vitaminK, when: !DataElement.vitaminK.isYesWhereObserved(.ever)),
            FormQuestion(.eyeOintment, when: !DataElement.eyeOintment.isYesWhereObserved(.ever)),
            FormQuestion(.breastfeedingHelped),
            FormQuestion(.infectionPrevented),
            FormQuestion(.skinToSkin, when: .isBornSmall),
          ].asked(by: .anyHealthWorker)),
    ])

  private static let heartIsOpen = !Criterion.classified(.heartScreening, as: 1, 3)

  /// A child until school at the Posyandu.
  public static let child = VisitForm(
    4, "child", purposes: .childDevelopment,
    for: .age(from: .days(29), until: .months(78)),
    [
      FormSection(
        "measured",
        [
          FormQuestion(.weight), FormQuestion(.lengthOrHeight), .position,
          FormQuestion(.headCircumference),
          FormQuestion(.armCircumference, when: .age(from: .months(1), until: .months(60))),
        ]),
      FormSection(
        "asked",
        [
          FormQuestion(.childTuberculosisSymptom, when: underSix),
          .unknown(.tuberculosisContact, in: .last(.months(6)), and: underSix),
          FormQuestion(.onlyBreastMilk, when: .age(from: .none, until: .months(6))),
          FormQuestion(
            .breastMilkYesterday, when: .age(from: .months(6), until: .months(24))),
          FormQuestion(.mealsYesterday, when: .age(from: .months(6), until: .months(24))),
          FormQuestion(.foodGroups, when: .age(from: .months(6), until: .months(24))),
          .unknown(.developmentListPassed, in: .last(.months(3)), and: underSix),
          FormQuestion(.stoolColour, when: .age(from: .none, until: .months(4))),
          .unknown(
            .thalassaemiaInFamily, in: .ever, and: afterTwoYears,
            by: .anyHealthWorker),
        ]),
      FormSection(
        "given",
        [
          FormQuestion(
            .vitaminA,
            when: .age(from: .months(6), until: .months(60))
              && !.whereObserved(.vitaminA, .isYes, .last(.days(30)))),
          FormQuestion(
            .wormsFound,
            when: isOfWormAge && .setting(.dewormingIsSelective),
            by: .anyHealthWorker),
          FormQuestion(
            .deworming,
            when: isOfWormAge
              && (!.whereObserved(.deworming, .isYes, .last(.months(5))) || isChosenSince)),
          FormQuestion(.feverOrIll, when: isOfWormAge),
          FormQuestion(
            .sixMonthCheck,
            when: .age(from: .months(6), until: .months(9))
              && !DataElement.sixMonthCheck.isYesWhereObserved(.ever),
            by: .anyHealthWorker),
          FormQuestion(
            .sixMonthFinding,
            when: .age(from: .months(6), until: .months(9))
              && DataElement.sixMonthCheck.isYesWhereObserved(.ever),
            by: .anyHealthWorker),
        ]),
      FormSection("laboratory", childLaboratory.asked(by: .anyHealthWorker)),
      FormSection(
        "at_birth", folds: true,
        [
          FormQuestion(
            .birthWeight,
            when: birthIsUntold && !.whereObserved(.birthWeight, .known, .ever),
            by: .anyHealthWorker),
          FormQuestion(
            .gestationAtBirth,
            when: birthIsUntold
              && !.whereObserved(.birthWeight, .atLeast(.fixed(.grams(2_500))), .ever),
            by: .anyHealthWorker),
        ]),
    ])

  /// Nobody has told how early a child under two years was born that was never seen as a newborn:
  /// that decides by which age it is judged. One that did not weigh little is not asked.
  private static let birthIsUntold =
    Criterion.age(from: .none, until: .months(24))
    && !.contacts(
      ContactCount(
        1, .newborn, by: .anybody, after: .birth, from: .none, until: .days(29)))
    && !.whereObserved(.gestationAtBirth, .known, .ever)

  /// Chosen for medicine against worms after the last dose: that of a round does not count for it.
  private static let isChosenSince =
    Criterion.setting(.dewormingIsSelective)
    && .any(.wormsFound, .isYes, .last(.months(6)))
    && .later(.wormsFound, than: .deworming, by: .days(1), .last(.months(6)))

  /// As long as medicine against worms is given at the Posyandu: until school.
  private static let isOfWormAge = Criterion.age(from: .months(12), until: .months(72))
  private static let underSix = Criterion.age(from: .none, until: .months(72))
  private static let lately = Scope.last(.years(1))
  private static let afterTwoYears = Criterion.age(from: .months(24), until: .months(72))

  /// The tests that are owed from two years on: haemoglobin, and the indices of red cells where it
  /// or the family speaks of thalassaemia; glucose, that without food where it was raised, and
  /// signs of diabetes where it was high.
  private static let childLaboratory: [FormQuestion] =
    [.unknown(.haemoglobin, in: lately, and: afterTwoYears)]
    + [DataElement.cellVolume, .cellHaemoglobin, .redCells].map {
      .unknown(
        $0, in: lately,
        and: afterTwoYears
          && (.whereObserved(
            .haemoglobin, .below(.fixed(.tenthsOfGramPerDecilitre(110))), lately)
            || DataElement.thalassaemiaInFamily.isYesWhereObserved(.ever))
      )
    } + [
      .unknown(
        .bloodGlucose, in: lately,
        and: .age(from: .months(24), until: .months(36))
          && !.whereObserved(.fastingGlucose, .known, lately)),
      FormQuestion(.diabetesSigns, when: afterTwoYears && .isChildGlucoseUnanswered),
      // Nobody waits for a night without food on the day of a glucose like that of diabetes.
      FormQuestion(
        .fastingGlucose,
        when: afterTwoYears && .isChildGlucoseRaised
          && !.whereObserved(
            .bloodGlucose,
            .atLeast(.fixed(.milligramsPerDecilitre(DataElement.highRandomGlucoseFrom))), .today)
      ),
    ]

  /// The tests of development that are due at the child's age: KPSP, hearing, sight, behaviour. A
  /// kader has the list of the Buku KIA instead, on the form of a child.
  public static let development = VisitForm(
    8, "development", purposes: .childDevelopment,
    for: .age(from: .days(29), until: .months(84)),
    (DevelopmentQuestionnaire.all.map { questionnaire in
      FormSection(
        "kpsp",
        questionnaire.elements.map { FormQuestion($0, when: questionnaire.isPut) })
    }
      + HearingTest.all.map { test in
        FormSection("hearing", test.elements.map { FormQuestion($0, when: test.applies) })
      } + [
        FormSection(
          "sight",
          [
            .unknown(.redReflex, in: .ever, and: .age(from: .none, until: .months(36))),
            FormQuestion(.rightEye, when: .age(from: .months(36), until: .months(78))),
            FormQuestion(.leftEye, when: .age(from: .months(36), until: .months(78))),
          ]),
        FormSection(
          "concerns",
          [
            FormQuestion(.autismConcern, when: BehaviourQuestions.autismWindow),
            FormQuestion(.attentionConcern, when: .age(from: .months(36), until: .months(78))),
            FormQuestion(
              .autismInterviewRisks, when: .classified(.autismRisk, as: 3)),
            FormQuestion(
              .developmentReferred,
              when: DataElement.questionnaireResult.isChoice(1, 4, in: .last(.months(6)))),
          ]),
        FormSection(
          "behaviour", areSigns: true,
          BehaviourQuestions.behaviour.map {
            FormQuestion($0, when: .age(from: .months(36), until: .months(78)))
          }),
        // Owed at two ages of this time only: folded once it was answered.
        FormSection(
          "autism", folds: true,
          BehaviourQuestions.autism.map {
            FormQuestion($0, when: BehaviourQuestions.isAutismAsked)
          }),
        FormSection(
          "attention",
          BehaviourQuestions.attention.map {
            FormQuestion(
              $0,
              when: .age(from: .months(36), until: .months(78))
                && DataElement.attentionConcern.isYesWhereObserved(.last(.months(6))))
          }),
      ]).map { $0.asked(by: .anyHealthWorker) })

  /// Follow-up of a child whose growth falters.
  public static let growthFollowUp = VisitForm(
    9, "growth_follow_up", purposes: .nutritionFollowUp,
    for: .age(from: .none, until: .months(66)),
    [
      FormSection(
        "measured",
        [
          FormQuestion(.weight), FormQuestion(.lengthOrHeight), .position,
          FormQuestion(.armCircumference), FormQuestion(.pittingOedema),
        ]),
      FormSection(
        "asked",
        [
          FormQuestion(.growthRedFlag), FormQuestion(.malnutritionComplication),
          FormQuestion(
            .goodAppetite,
            when: .inCare(for: .weeks(30)) || .classified(.growthFollowUp, as: 1, 2, 3, 12)),
        ].asked(by: .anyHealthWorker)),
      FormSection(
        "given",
        [
          FormQuestion(.localFoodGiven, when: .eatsBesideBreastMilk),
          FormQuestion(
            .malnutritionCare,
            when: .inCare(for: .weeks(30)) || .classified(.growthFollowUp, as: 1, 2, 3, 12),
            by: .anyHealthWorker),
        ]),
    ])
}
