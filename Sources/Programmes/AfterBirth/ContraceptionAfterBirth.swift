import Guidance
import Health

/// A method of contraception as WHO's medical eligibility criteria (MEC) judge it after a birth or a
/// loss: category 1 use freely, 2 generally use, 3 generally not, 4 do not.
private struct Eligibility {
  let number: UInt16
  let name: StaticString
  /// The choices of ``DataElement/contraceptiveMethod`` that it is, a bit for each.
  let choices: UInt32
  /// When each category holds, the gravest first; whoever none of these holds for may use it.
  let four: Criterion?
  let three: Criterion?
  let two: Criterion?
  var one = Criterion.always
  /// To whom it is a method at all.
  var among = Criterion.always
  /// Whether it is placed or done once and then stays: the categories say when that may be, and
  /// nothing of who has it already.
  var isPlaced = false
  /// Whether nobody gets it without being counselled first: it lasts for ever.
  var isForEver = false
  /// Of an operation: when it waits whatever else holds (WHO: D, delay).
  var delayed: Criterion?
  /// Of what is placed or operated: when it waits until an infection is excluded or healed, though
  /// nobody has said yet that the womb is infected.
  var waitsForInfection: Criterion?
  /// Of what is placed into the womb: when it waits until a doctor says that a molar pregnancy is over.
  var waitsForHormone: Criterion?
  /// Of an operation: when it is done in a hospital by an experienced team alone (WHO: S, special).
  var special: Criterion?
  /// Whether it is breastfeeding itself, of which no category forbids anything: where it protects too
  /// little (``four``), another method is added and breastfeeding goes on.
  var isBreastfeeding = false

  /// It is the method in use.
  var isUsed: Criterion { .whereObserved(.contraceptiveMethod, .oneOf(choices), .sinceBirth) }

  /// It is the method in use, and that holds; of what stays, on the day on which it was told.
  func isUsed(and reason: Criterion) -> Criterion {
    isUsed && (isPlaced ? .asObserved(.contraceptiveMethod, .sinceBirth, reason) : reason)
  }

  /// It is the method in use, and she needs another; nothing where that never is. What says when
  /// something may be placed takes nothing out again.
  var needsOther: Criterion? {
    isPlaced ? nil : isUnsuitable.map { isUsed(and: $0) }
  }

  /// Who is told of it: who has no method or needs another, and who uses it; of what was placed the
  /// categories say nothing to who has it.
  private var isAsked: Criterion {
    isPlaced
      ? .usesNoMethod || (.needsOtherMethod && !isUsed)
      : .usesNoMethod || isUsed || .needsOtherMethod
  }

  /// It is not for her.
  var isUnsuitable: Criterion? {
    let reasons = [four, delayed, waitsForInfection, waitsForHormone, three, special].compactMap {
      $0
    }
    return reasons.isEmpty ? nil : .one(reasons)
  }

  /// The table of the method. It is said to be allowed only once all is known that would forbid it:
  /// what nobody asked is no "no".
  var table: DecisionTable {
    var rows: [DecisionTable.Row] = []
    // A method that is not for her is advice and no illness: nobody is treated or referred for it.
    if let four {
      rows.append(
        isBreastfeeding
          ? .init(6, "lam_too_little", .homeCare, when: four, .addOtherMethod)
          : .init(4, "mec_4", .homeCare, when: four, .otherMethod))
    }
    if let delayed { rows.append(.init(7, "mec_delay", .homeCare, when: delayed, .otherMethod)) }
    if let waitsForInfection {
      rows.append(
        .init(9, "mec_delay_infection", .homeCare, when: waitsForInfection, .otherMethod))
    }
    if let waitsForHormone {
      rows.append(.init(10, "mec_delay_molar", .homeCare, when: waitsForHormone, .otherMethod))
    }
    if let three { rows.append(.init(3, "mec_3", .homeCare, when: three, .otherMethod)) }
    if let special {
      rows.append(
        .init(
          8, "mec_special", .homeCare, when: special, .otherMethod, .counselBeforeSterilization))
    }
    let isSuitable = isUnsuitable.map { !$0 }
    func allowed(_ criterion: Criterion) -> Criterion {
      isSuitable.map { $0 && criterion } ?? criterion
    }
    if let two { rows.append(.init(2, "mec_2", .homeCare, when: allowed(two))) }
    rows.append(
      isForEver
        ? .init(5, "mec_with_care", .homeCare, when: allowed(one), .counselBeforeSterilization)
        : .init(1, "mec_1", .homeCare, when: allowed(one)))
    return DecisionTable(
      number, name, source: .eligibilityCriteria,
      for: .choosesMethod && among && isAsked, rows)
  }
}

extension Comparison {
  /// Any method of contraception; "none" is no method.
  fileprivate static let isMethod = Comparison.oneOf(0b1_1111_1111_1100)
}

extension Evidence {
  /// Contraception was talked about, or a method is in use. That she uses none tells of no talk.
  static let contraceptionTalkedAbout = Evidence.one([
    .yes(.contraceptionCounselled), .value(.contraceptiveMethod, .isMethod),
  ])
}

extension Criterion {
  /// In the year after a pregnancy.
  fileprivate static let choosesMethod =
    .after(.pregnancyEnd, from: .none, until: .months(12)) && !.pregnant
  /// The same, once the time after birth with its own form is over.
  static let choosesMethodLater =
    .after(
      .pregnancyEnd, from: .days(PregnancyEpisode.daysAfterEnd + 1), until: .months(12))
    && !.pregnant
  /// No method is known since the birth or loss: nobody asked, or she said "none".
  static let usesNoMethod =
    !Criterion.whereObserved(.contraceptiveMethod, .isMethod, .sinceBirth)
  /// What is known says that the method in use is not for her.
  static let needsOtherMethod = Criterion.one(
    Eligibility.all.compactMap { $0.needsOther?.asFarAsObserved })

  /// The same, what was not observed being no.
  fileprivate var asFarAsObserved: Criterion {
    switch self {
    case .latest(let element, let comparison, let scope): .whereObserved(element, comparison, scope)
    case .all(let parts): .all(parts.map { $0.asFarAsObserved })
    case .one(let parts): .one(parts.map { $0.asFarAsObserved })
    case .asObserved(let element, let scope, let part):
      .asObserved(element, scope, part.asFarAsObserved)
    default: self
    }
  }

  fileprivate static func ended(from: Span, until: Span? = nil) -> Criterion {
    .after(.pregnancyEnd, from: from, until: until)
  }
  fileprivate static let afterChild = Criterion.ended(.liveBirth, .stillbirth)
  fileprivate static let afterLoss = Criterion.ended(.miscarriage, .ectopic, .molar)
  /// Gives the breast, alone or with other food.
  fileprivate static let nurses =
    .ended(.liveBirth)
    && DataElement.breastfeeding.isChoice(
      1, 2, in: .sinceBirth)
  fileprivate static let doesNotNurse =
    !.ended(.liveBirth) || DataElement.breastfeeding.isChoice(3, in: .sinceBirth)
  fileprivate static let infected = DataElement.wombInfection.isYes(.sinceBirth)
  /// Fever or a smell of what flows, in the last 14 days: the womb may be infected, whatever was
  /// answered about that. No where nothing of it was asked or measured.
  fileprivate static let mayBeInfected =
    DataElement.smellyLochia.isYesWhereObserved(.last(.days(14)))
    || DataElement.foulDischarge.isYesWhereObserved(.last(.days(14))) || .hadFever
  /// The latest blood pressure since the end is so high in one of its two figures.
  fileprivate static func pressure(_ systolic: Int32, _ diastolic: Int32) -> Criterion {
    DataElement.systolicPressure.atLeast(.millimetresOfMercury(systolic), .sinceBirth)
      || DataElement.diastolicPressure.atLeast(.millimetresOfMercury(diastolic), .sinceBirth)
  }
  /// Fits, or severe preeclampsia, in the pregnancy or in the 42 days after the birth.
  fileprivate static let severePreeclampsiaAfterBirth =
    .afterChild && .ended(from: .none, until: .days(PregnancyEpisode.daysAfterEnd + 1))
    && (DataElement.birthFits.isYesWhereObserved(.sinceBirth)
      || DataElement.fits.isYesWhereObserved(.sinceBirth)
      || DataElement.severePreeclampsia.isYesWhereObserved(.thisPregnancy)
      || .classified(.pressureInPregnancy, as: 4))
  fileprivate static let nursesBeforeSixWeeks = nurses && .ended(from: .none, until: .weeks(6))
  fileprivate static let clots = DataElement.clotRisk.isYes(.ever)
  /// Lost after the first twelve weeks.
  fileprivate static let lateLoss =
    .afterLoss
    && .pregnancyFigure(
      .gestationAtEnd, .atLeast(.fixed(.days(91))))
  fileprivate static let betweenTwoAndTwentyEightDays = ended(from: .days(2), until: .weeks(4))
}

extension Eligibility {
  /// Each method, as WHO's tables judge it by the time since the end, by feeding, blood pressure
  /// (from 140/90 and from 160/100 mmHg), clots and infection.
  static let all: [Eligibility] = [
    Eligibility(
      number: 60, name: "mec_copper_iud", choices: 1 << 2, four: .infected,
      three: .afterChild && .betweenTwoAndTwentyEightDays, two: .lateLoss, isPlaced: true,
      waitsForInfection: .mayBeInfected, waitsForHormone: .molarNotOver),
    Eligibility(
      number: 61, name: "mec_hormone_iud", choices: 1 << 3, four: .infected,
      three: .afterChild && .betweenTwoAndTwentyEightDays,
      two: .lateLoss || (.nurses && .ended(from: .none, until: .days(2))) || .pressure(160, 100),
      isPlaced: true, waitsForInfection: .mayBeInfected, waitsForHormone: .molarNotOver),
    Eligibility(
      number: 62, name: "mec_nursing_pill", choices: 1 << 7, four: nil, three: nil,
      two: .nursesBeforeSixWeeks || .pressure(160, 100)),
    Eligibility(
      number: 63, name: "mec_implant", choices: 1 << 4, four: nil, three: nil,
      two: .nursesBeforeSixWeeks || .pressure(160, 100)),
    Eligibility(
      number: 64, name: "mec_three_month_injection", choices: 1 << 5, four: nil,
      three: .nursesBeforeSixWeeks || .pressure(160, 100), two: .pressure(140, 90)),
    // Before 21 days no way of feeding allows it, so that who was not asked gets none either.
    Eligibility(
      number: 65, name: "mec_combined", choices: 1 << 6 | 1 << 8,
      four: .nursesBeforeSixWeeks
        || (.afterChild && .doesNotNurse && .clots && .ended(from: .none, until: .days(21)))
        || .pressure(160, 100),
      three: (.nurses && .ended(from: .weeks(6), until: .months(6)))
        || (.afterChild && .ended(from: .none, until: .days(21)))
        || (.afterChild && .doesNotNurse && .clots
          && .ended(from: .days(21), until: .days(42)))
        || .pressure(140, 90),
      two: (.nurses && .ended(from: .months(6)))
        || (.afterChild && .doesNotNurse && .ended(from: .days(21), until: .days(42)))),
    // All three: below six months, breast milk alone, no monthly bleeding yet. Without a child to
    // nurse it is no method.
    Eligibility(
      number: 66, name: "mec_breastfeeding_alone", choices: 1 << 10,
      four: !.ended(.liveBirth) || .ended(from: .months(6))
        || DataElement.breastfeeding.isChoice(2, 3, in: .sinceBirth)
        || DataElement.mensesReturned.isYes(.sinceBirth), three: nil, two: nil,
      among: .ended(.liveBirth), isBreastfeeding: true),
    // WHO: delayed from 7 to 42 days, with caution in the young; whoever she is, after counselling
    // and with consent. Age and number of children decide nothing here: a doctor weighs them. Of
    // pressure WHO has caution (C) from 140/90, a special setting (S) from 160/100, and delay (D)
    // after severe preeclampsia or fits, here for the 42 days, and with an infection or fever.
    Eligibility(
      number: 67, name: "mec_tubectomy", choices: 1 << 11, four: nil,
      three: .ended(from: .days(7), until: .days(42)), two: nil, isPlaced: true,
      isForEver: true, delayed: .severePreeclampsiaAfterBirth,
      waitsForInfection: .mayBeInfected
        || DataElement.wombInfection.isYesWhereObserved(.last(.days(14))),
      special: .pressure(160, 100)),
    Eligibility(
      number: 68, name: "mec_condom", choices: 1 << 9, four: nil, three: nil, two: nil),
  ]
}

extension DecisionTable {
  /// Which method fits after a birth or a loss: what she uses first, then a table for each method.
  static let contraception: [DecisionTable] = [methodInUse] + Eligibility.all.map { $0.table }

  /// The method in use, judged by the same categories: one that is not for her needs another.
  static let methodInUse = DecisionTable(
    69, "method_in_use", source: .eligibilityCriteria,
    for: .choosesMethod && !.usesNoMethod,
    [
      Row(
        4, "method_must_not", .treat,
        when: inUse { $0.isPlaced || $0.isBreastfeeding ? nil : $0.four }, .giveOtherMethodNow),
      Row(
        3, "method_should_not", .treat, when: inUse { $0.isPlaced ? nil : $0.three },
        .otherMethod),
      Row(
        5, "lam_over", .treat, when: inUse { $0.isBreastfeeding ? $0.four : nil },
        .addOtherMethod),
      // WHO: with an infection a device is not placed (4), and one that is there may stay (2).
      Row(
        6, "device_with_infection", .treat,
        when: .whereObserved(.contraceptiveMethod, .oneOf(1 << 2 | 1 << 3), .sinceBirth)
          && DataElement.wombInfection.isYesWhereObserved(.last(.days(14))),
        .treatInfectionKeepDevice),
      Row(
        7, "device_may_be_infected", .treat,
        when: .whereObserved(.contraceptiveMethod, .oneOf(1 << 2 | 1 << 3), .sinceBirth)
          && .mayBeInfected,
        .lookForWombInfection),
      Row(
        2, "method_delayed", .homeCare, when: inUse { $0.isPlaced ? $0.three : nil }, .otherMethod),
      Row(
        1, "method_fits", .homeCare,
        when: !.one(Eligibility.all.compactMap { $0.needsOther })),
    ])

  /// A method is in use to which that applies.
  private static func inUse(_ reason: (Eligibility) -> Criterion?) -> Criterion {
    .one(
      Eligibility.all.compactMap { method in reason(method).map { method.isUsed(and: $0) } })
  }
}

extension Guideline {
  /// Contraception in the year after a birth or a loss, and what follows a molar pregnancy: that also
  /// where she is pregnant again.
  public static let contraception = Guideline(
    21, "contraception", source: .eligibilityCriteria,
    for: .after(.pregnancyEnd, from: .none, until: .months(12)) || .pregnantTooSoonAfterMolar,
    services: [.hormoneTested], tables: [.molarFollowUp] + DecisionTable.contraception,
    dangerSigns: [.lateWombInfection])
}

extension DangerSign {
  /// An infection of the womb after the 42 days, in which it is a sign of danger like others.
  fileprivate static let lateWombInfection = DangerSign(
    .wombInfection, in: .choosesMethodLater, source: .clinicalGuide)
}

extension CareAction {
  /// Choose another method.
  public static let otherMethod = CareAction(67, "other_method")
  /// Do not give it, or stop it; choose another method, and have one until then.
  public static let giveOtherMethodNow = CareAction(116, "give_other_method_now")
  /// Add another method, with condoms until then; breastfeeding goes on.
  public static let addOtherMethod = CareAction(284, "add_other_method")
  /// Treat the infection; the device may stay. It is taken out where she wishes it or nothing is
  /// better after two or three days of treatment.
  public static let treatInfectionKeepDevice = CareAction(285, "treat_infection_keep_device")
  /// Look for an infection of the womb today; no device is placed until then, and one that is there
  /// may stay.
  public static let lookForWombInfection = CareAction(391, "look_for_womb_infection")
  /// Counsel: it lasts for ever; her own decision, in writing; with caution where she is young or
  /// has few children.
  public static let counselBeforeSterilization = CareAction(68, "counsel_before_sterilization")
}
