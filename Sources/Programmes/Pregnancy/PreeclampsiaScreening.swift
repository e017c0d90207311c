import Guidance
import Health

/// The screening for preeclampsia before 20 weeks: two moderate risks, or a high one.
extension Criterion {
  private static func asked(_ element: DataElement) -> Criterion { element.isYes(.ever) }
  private static func figure(_ figure: PregnancyFigure, from value: Amount) -> Criterion {
    .pregnancyFigure(figure, .atLeast(.fixed(value)))
  }

  /// Has not given birth before.
  private static let firstBirth: Criterion =
    .not(figure(.gravida, from: .times(2))) || .not(figure(.para, from: .times(1)))

  /// Had preeclampsia before. A first pregnancy knows none, so that nobody need ask; what was told
  /// all the same counts.
  private static let hadPreeclampsia: Criterion =
    (asked(.preeclampsiaBefore) && figure(.gravida, from: .times(2)))
    || DataElement.preeclampsiaBefore.isYesWhereObserved(.ever)

  /// The risks that change their weight with the edition.
  private static let familyRisks: [Criterion] = [
    DataElement.assistedReproduction.isYes(.thisPregnancy), firstBirth,
    asked(.familyPreeclampsia),
  ]

  /// MAP of more than 90 before 20 weeks; or protein in the urine.
  private static let bodyRisks: [Criterion] = [
    .all([
      .gestation(fromWeek: 0, untilWeek: 20),
      DataElement.meanArterialPressure.atLeast(.millimetresOfMercury(91), .thisPregnancy),
    ]),
    DataElement.urineProtein.isChoice(3, 4, 5, in: .thisPregnancy),
  ]

  /// Moderate risks.
  static let moderatePreeclampsiaRisks: [Criterion] =
    [
      figure(.gravida, from: .times(2)) && DataElement.newPartner.isYes(.thisPregnancy),
      figure(.ageAtBeginning, from: Amount(35, .years)),
      figure(.gravida, from: .times(2)) && figure(.monthsSinceLastPregnancy, from: .times(121)),
      DataElement.bodyMassBefore.atLeast(Amount(3_001, .hundredthsOfBodyMassIndex), .thisPregnancy),
    ] + familyRisks + bodyRisks

  /// High risks.
  static let highPreeclampsiaRisks: [Criterion] = [
    hadPreeclampsia, figure(.fetuses, from: .times(2)), asked(.diabetes),
    asked(.chronicHypertension), asked(.kidneyDisease), asked(.autoimmuneDisease),
    asked(.antiphospholipid),
    .setting(.familyRisksAreHigh) && .one(familyRisks),
  ]
}

/// Blood pressure from which it is severe in pregnancy and after it, in mmHg: one of the two.
enum SeverePressure {
  static let systolic: Int32 = 160
  static let diastolic: Int32 = 110
}

extension DecisionTable {
  /// Whether she needs care in a hospital because preeclampsia is likely.
  static let preeclampsiaRisk = DecisionTable(
    42, "preeclampsia_risk", source: .preeclampsiaGuide, for: .pregnant,
    [
      Row(
        1, "preeclampsia_likely", .refer,
        when: .one(Criterion.highPreeclampsiaRisks)
          || .atLeast(2, of: Criterion.moderatePreeclampsiaRisks)
          || (.setting(.oneModerateRiskIsEnough)
            && .atLeast(1, of: Criterion.moderatePreeclampsiaRisks)),
        .planReferral),
      Row(
        2, "preeclampsia_one_risk", .treat,
        when: .atLeast(1, of: Criterion.moderatePreeclampsiaRisks), .watchPressure),
      Row(
        3, "preeclampsia_unlikely", .homeCare,
        when: !.one(Criterion.highPreeclampsiaRisks + Criterion.moderatePreeclampsiaRisks)),
    ])

  /// Aspirin in low doses, for as long as it may still be begun.
  static let aspirin = DecisionTable(
    90, "aspirin_in_pregnancy", source: .preeclampsiaGuide,
    for: .pregnant && .after(.pregnancy, from: .none, until: .setting(.aspirinUntilDays))
      && .classified(.preeclampsiaRisk, as: 1),
    [Row(1, "aspirin_in_time", .treat, when: .always, .askDoctorAboutAspirin)])

  private static func pressure(_ systolic: Int32, _ diastolic: Int32) -> Criterion {
    DataElement.systolicPressure.atLeast(.millimetresOfMercury(systolic), .last(.days(14)))
      || DataElement.diastolicPressure.atLeast(.millimetresOfMercury(diastolic), .last(.days(14)))
  }
  private static let severeSigns: Criterion = .one(
    [
      DataElement.headacheBlurredSight, .severeAbdominalPain, .upperBellyPain, .fits,
      .shortOfBreath,
    ].map { $0.isYesWhereObserved(.last(.days(14))) })
  private static func protein(_ choices: UInt32...) -> Criterion {
    .whereObserved(
      .urineProtein, .oneOf(choices.reduce(0) { $0 | 1 << $1 }), .last(.days(14)))
  }

  /// The number of the table, by which referrals name it.
  static let pressureInPregnancyNumber: UInt16 = 3

  /// Blood pressure, with protein in the urine and the signs of the head and the belly. Once it was
  /// raised in this pregnancy a lower value says nothing of what it was: it stays open until
  /// whoever she was referred to has answered, and is never plainly normal again. What is too low
  /// stands in ``lowPressure`` and is not normal.
  static let pressureInPregnancy = DecisionTable(
    pressureInPregnancyNumber, "pressure_in_pregnancy", source: .clinicalGuide,
    for: .pregnant || .afterBirth,
    [
      Row(
        4, "severe_preeclampsia_class", .referNow,
        when: .notBeforeTwentyWeeks
          && ((pressure(SeverePressure.systolic, SeverePressure.diastolic) && protein(4, 5))
            || (pressure(140, 90) && severeSigns)),
        .referToHospitalNow, .giveMagnesiumSulphate),
      Row(
        1, "severe_hypertension", .refer,
        when: pressure(SeverePressure.systolic, SeverePressure.diastolic), .referToHospitalNow,
        .testUrineProtein),
      Row(
        5, "preeclampsia_class", .refer,
        when: .notBeforeTwentyWeeks && pressure(140, 90) && protein(3, 4, 5), .referToHospitalNow),
      Row(
        2, "hypertension", .refer, when: pressure(140, 90), .referToDoctor, .testUrineProtein),
      Row(
        6, "very_high_pressure_before", .refer,
        when: .pressureWasRaised && !.pressureReferralIsAnswered
          && (.pressureWas(SeverePressure.systolic, SeverePressure.diastolic)
            || (.notBeforeTwentyWeeks && protein(3, 4, 5))),
        .referToDoctor, .testUrineProtein, .watchPressure),
      Row(
        7, "raised_pressure_before", .referPlanned,
        when: .pressureWasRaised && !.pressureReferralIsAnswered, .testUrineProtein,
        .referToDoctor, .watchPressure),
      Row(
        8, "raised_pressure_sent_on", .treat,
        when: .pressureWasRaised
          && .whereObserved(.pressureReferralAnswered, .oneOf(1 << 3), .thisPregnancy),
        .askForReferralAnswer, .watchPressure),
      Row(
        9, "raised_pressure_answered", .treat, when: .pressureWasRaised, .followReferralAnswer,
        .watchPressure),
      Row(
        3, "normal_pressure", .homeCare,
        when: DataElement.systolicPressure.atLeast(.lowPressureBelow, .last(.days(45)))),
    ])
}

extension Criterion {
  /// Not known to be before 20 weeks: after birth, or without a date, preeclampsia is not excluded.
  fileprivate static let notBeforeTwentyWeeks =
    Criterion.afterBirth || .gestation(fromWeek: 20)
  /// A pressure of this pregnancy was raised.
  fileprivate static let pressureWasRaised =
    Criterion.whereObserved(.raisedSystolicPressure, .known, .thisPregnancy)
    || .whereObserved(.raisedDiastolicPressure, .known, .thisPregnancy)
  /// A pressure of this pregnancy was so high; no where none was raised.
  fileprivate static func pressureWas(_ systolic: Int32, _ diastolic: Int32) -> Criterion {
    was(.raisedSystolicPressure, from: systolic) || was(.raisedDiastolicPressure, from: diastolic)
  }
  private static func was(_ element: DataElement, from value: Int32) -> Criterion {
    .whereObserved(element, .known, .thisPregnancy)
      && .any(element, .atLeast(.fixed(.millimetresOfMercury(value))), .thisPregnancy)
  }
  private static func proteinWas(_ choices: UInt32...) -> Criterion {
    .whereObserved(.urineProtein, .known, .thisPregnancy)
      && .any(
        .urineProtein, .oneOf(choices.reduce(0) { $0 | 1 << $1 }), .thisPregnancy)
  }
  /// Pressure and protein of this pregnancy were those of severe preeclampsia, or a raised pressure
  /// came with its signs; no where nothing was measured.
  static let severePreeclampsiaWasMeasured =
    pressureWasRaised && notBeforeTwentyWeeks
    && ((pressureWas(SeverePressure.systolic, SeverePressure.diastolic) && proteinWas(4, 5))
      || .classified(.pressureInPregnancy, as: 4))
  /// They were those of preeclampsia that is not severe.
  static let preeclampsiaWasMeasured =
    pressureWasRaised && notBeforeTwentyWeeks && proteinWas(3, 4, 5)
    && !severePreeclampsiaWasMeasured
  /// Whoever she was referred to for her pressure has answered since it was last raised.
  fileprivate static let pressureReferralIsAnswered =
    Criterion.later(
      .pressureReferralAnswered, than: .raisedSystolicPressure, by: .none, .thisPregnancy)
    && .later(
      .pressureReferralAnswered, than: .raisedDiastolicPressure, by: .none, .thisPregnancy)
}

extension CareAction {
  /// Pregnancy, birth and the time after it in a hospital; the way there is planned.
  public static let planReferral = CareAction(44, "plan_referral")
  /// The doctor decides about low doses of aspirin.
  public static let askDoctorAboutAspirin = CareAction(45, "ask_doctor_about_aspirin")
  /// Blood pressure and signs of danger at every visit.
  public static let watchPressure = CareAction(46, "watch_pressure")
  /// Magnesium sulphate by those who may give it, then refer.
  public static let giveMagnesiumSulphate = CareAction(47, "give_magnesium_sulphate")
}
