import Guidance
import Health

extension Criterion {
  /// A pregnancy was lost, in the last 42 days.
  static let lost = Criterion.afterBirth && .ended(.miscarriage, .ectopic, .molar)

  /// How much she bleeds was asked when bleeding was last told, or since, and it was little or none.
  private static let bleedsLittle =
    Criterion.whereObserved(.bleedingAmount, .oneOf(1 << 1 | 1 << 2), .last(.days(14)))
    && .later(.bleedingAmount, than: .bleeding, by: .none, .last(.days(14)))

  private static func seen(_ element: DataElement) -> Criterion {
    element.isYesWhereObserved(.last(.days(14)))
  }
  private static func wasNot(_ element: DataElement) -> Criterion {
    .whereObserved(element, .below(.fixed(.times(1))), .last(.days(14)))
  }

  /// After a loss she bleeds little, with no sign of shock; who was not asked how much may bleed much.
  static let bleedsLittleAfterLoss =
    bleedsLittle && !lowPressure && !seen(.shockSigns) && !seen(.unconscious)

  /// Before 20 weeks she bleeds little, and what makes a loss or a pregnancy outside the womb graver
  /// was looked for and is not there: an open mouth of the womb, tissue, severe pain. A miscarriage
  /// threatens, and nobody bleeds to death of it on the way to the Puskesmas.
  static let bleedsLittleEarly = Criterion.all(
    [
      gestation(fromWeek: 0, untilWeek: 20), bleedsLittle, wasNot(.cervixOpen),
      .whereObserved(.tissuePassed, .oneOf(1 << 1), .last(.days(14))),
      wasNot(.severeAbdominalPain), !lowPressure,
      !.whereObserved(
        .temperature, .atLeast(.setting(.mothersFeverFrom)), .last(.days(14))),
    ]
      + [DataElement.shockSigns, .unconscious, .wombTooSmall, .feverTwoDays, .wombInfection].map {
        !seen($0)
      })
}

extension CareService {
  /// Seen again two weeks after a loss. Other visits after birth are not owed.
  static let lossSeenAgain = CareService(
    130, "loss_seen_again", source: .clinicalGuide, for: .lost,
    .once(.pregnancyEnd, opens: .weeks(2), late: .weeks(3), closes: .days(43)),
    doneBy: .one([.yes(.lossReviewed), .contact(.postnatal, by: .healthWorkers)]))
  /// Contraception at once: she can be pregnant again after two weeks.
  static let contraceptionAfterLoss = CareService(
    131, "contraception_after_loss", source: .clinicalGuide, for: .lost,
    .once(.pregnancyEnd, opens: .none, late: .weeks(2), closes: .days(43)),
    doneBy: .contraceptionTalkedAbout)
}

extension DecisionTable {
  private static func seen(_ element: DataElement, _ choices: UInt32...) -> Criterion {
    .whereObserved(
      element, .oneOf(choices.reduce(0) { $0 | 1 << $1 }), .last(.days(7)))
  }
  private static let isOpen = DataElement.cervixOpen.isYesWhereObserved(.last(.days(7)))
  private static let isClosed = Criterion.whereObserved(
    .cervixOpen, .below(.fixed(.times(1))), .last(.days(7)))

  /// Bleeding before 20 weeks, or a womb that stays behind: which kind of miscarriage threatens.
  static let threatenedLoss = DecisionTable(
    52, "threatened_loss", source: .clinicalGuide,
    for: .pregnant && !.gestation(fromWeek: 20)
      && (seen(.bleedingAmount, 1, 2, 3) || DataElement.bleeding.isYesWhereObserved(.last(.days(7)))
        || DataElement.wombTooSmall.isYesWhereObserved(.last(.days(7)))),
    [
      Row(
        1, "loss_with_infection", .refer,
        when: (DataElement.feverTwoDays.isYesWhereObserved(.last(.days(7)))
          || DataElement.wombInfection.isYesWhereObserved(.last(.days(7)))),
        .firstAntibioticAndRefer),
      Row(
        2, "loss_incomplete", .refer, when: isOpen && seen(.tissuePassed, 2),
        .careForShock, .referToHospitalNow),
      Row(
        3, "loss_complete", .treat, when: seen(.tissuePassed, 3) && seen(.bleedingAmount, 1, 2),
        .ironDaily, .seeAgainInTwoWeeks),
      Row(
        4, "loss_inevitable", .refer, when: isOpen || seen(.bleedingAmount, 3),
        .referToHospitalNow),
      Row(
        5, "loss_missed", .refer,
        when: DataElement.wombTooSmall.isYesWhereObserved(.last(.days(7))) && isClosed,
        .referToHospitalNow),
      Row(
        6, "loss_threatens", .treat, when: isClosed, .examineForThreatenedLoss, .restAndWatch,
        .scanEveryFourWeeks),
    ])

  /// A loss of which outcome and weeks do not fit, by the limit between miscarriage and stillbirth.
  private static let isInDoubt: Criterion =
    (.ended(.stillbirth)
      && .pregnancyFigure(.gestationAtEnd, .below(.setting(.stillbirthFromDays))))
    || (.ended(.miscarriage)
      && .pregnancyFigure(.gestationAtEnd, .atLeast(.setting(.stillbirthFromDays))))

  /// How a pregnancy ended, as it was told: that decides forms, visits and words alike. Where the
  /// weeks say otherwise, somebody makes sure of it.
  static let endOfPregnancy = DecisionTable(
    50, "end_of_pregnancy", source: .clinicalGuide, for: .afterBirth,
    [
      Row(1, "ended_live_birth", .homeCare, when: .ended(.liveBirth)),
      Row(2, "ended_outside_womb", .treat, when: .ended(.ectopic), .supportFamily),
      Row(6, "ended_molar", .treat, when: .ended(.molar), .supportFamily),
      Row(5, "end_in_doubt", .treat, when: isInDoubt, .makeSureOfEnd, .supportFamily),
      Row(3, "ended_stillbirth", .treat, when: .ended(.stillbirth), .supportFamily),
      Row(4, "ended_miscarriage", .treat, when: .ended(.miscarriage), .supportFamily),
    ])

  /// A woman with rhesus factor negative after a birth or loss: a doctor decides about anti-D, today
  /// for as long as the 72 hours last in which it is given.
  static let rhesusAfterEnd = DecisionTable(
    51, "rhesus_after_end", source: .programmePractice,
    for: .afterBirth && .whereObserved(.rhesusFactor, .oneOf(1 << 2), .ever),
    [
      Row(
        2, "rhesus_negative_just_ended", .refer,
        when: .after(.pregnancyEnd, from: .none, until: .days(4)), .askAboutAntiDToday),
      Row(1, "rhesus_negative", .treat, when: .always, .askDoctorAboutAntiD),
    ])
}

extension Guideline {
  /// The loss of a pregnancy.
  public static let pregnancyLoss = Guideline(
    20, "pregnancy_loss", source: .clinicalGuide, for: .pregnant || .afterBirth,
    services: [.lossSeenAgain, .contraceptionAfterLoss],
    tables: [.threatenedLoss, .endOfPregnancy, .rhesusAfterEnd])
}

extension CareAction {
  /// First dose of antibiotics by those who may give it, then refer.
  public static let firstAntibioticAndRefer = CareAction(60, "first_antibiotic_and_refer")
  /// Care for shock.
  public static let careForShock = CareAction(61, "care_for_shock")
  /// See again in two weeks.
  public static let seeAgainInTwoWeeks = CareAction(62, "see_again_in_two_weeks")
  /// Examined by the doctor of the Puskesmas on the same day, with an ultrasound where there is one.
  public static let examineForThreatenedLoss = CareAction(395, "examine_for_threatened_loss")
  /// Rest, tablets go on, come at once when she bleeds again.
  public static let restAndWatch = CareAction(63, "rest_and_watch")
  /// Ultrasound every four weeks.
  public static let scanEveryFourWeeks = CareAction(64, "scan_every_four_weeks")
  /// Make sure how the pregnancy ended and in which week, and correct what was written down.
  public static let makeSureOfEnd = CareAction(117, "make_sure_of_end")
  /// Support for the family in their loss.
  public static let supportFamily = CareAction(65, "support_family")
  /// The doctor decides about anti-D.
  public static let askDoctorAboutAntiD = CareAction(66, "ask_doctor_about_anti_d")
  /// The doctor decides about anti-D today: it is given within 72 hours.
  public static let askAboutAntiDToday = CareAction(435, "ask_about_anti_d_today")
}
