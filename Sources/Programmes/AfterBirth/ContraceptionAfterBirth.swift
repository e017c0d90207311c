import Guidance
import Health

/// A method of contraception as WHO's medical eligibility criteria (MEC) judge it after a birth or a
/// loss: category 1 use freely, 2 generally use, 3 generally not, 4 do not.
private struct Eligibility {
  let number: UInt16
  let name: StaticString
  /// When each category holds, the gravest first; whoever none of these holds for may use it.
  let four: Criterion?
  let three: Criterion?
  let two: Criterion?
  let one: Criterion
  /// Whether nobody gets it without being counselled first: it lasts for ever.
  var isForEver = false

  /// The table of the method.
  var table: DecisionTable {
    var rows: [DecisionTable.Row] = []
    // A method that is not for her is advice and no illness: nobody is treated or referred for it.
    if let four { rows.append(.init(4, "mec_4", .homeCare, when: four, .otherMethod)) }
    if let three { rows.append(.init(3, "mec_3", .homeCare, when: three, .otherMethod)) }
    if let two { rows.append(.init(2, "mec_2", .homeCare, when: two)) }
    rows.append(
      isForEver
        ? .init(5, "mec_with_care", .homeCare, when: one, .counselBeforeSterilization)
        : .init(1, "mec_1", .homeCare, when: one))
    return DecisionTable(number, name, source: .eligibilityCriteria, for: .choosesMethod, rows)
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
  /// In the year after a pregnancy, as long as no method is written down.
  fileprivate static let choosesMethod =
    .after(.pregnancyEnd, from: .none, until: .months(12)) && !.pregnant && .usesNoMethod
  /// No method is known since the birth or loss: nobody asked, or she said "none".
  static let usesNoMethod =
    !Criterion.whereObserved(.contraceptiveMethod, .isMethod, .sinceBirth)

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
  fileprivate static let infected = DataElement.wombInfection.isYesWhereObserved(.sinceBirth)
  fileprivate static let clots = DataElement.clotRisk.isYes(.ever)
  /// Lost after the first twelve weeks.
  fileprivate static let lateLoss =
    .afterLoss
    && .pregnancyFigure(
      .gestationAtEnd, .atLeast(.fixed(.days(91))))
  fileprivate static let betweenTwoAndTwentyEightDays = ended(from: .days(2), until: .weeks(4))
}

extension DecisionTable {
  /// Which method fits after a birth or a loss, one table for each method.
  static let contraception: [DecisionTable] = [
    Eligibility(
      number: 60, name: "mec_copper_iud", four: .infected,
      three: .afterChild && .betweenTwoAndTwentyEightDays, two: .lateLoss, one: .always),
    Eligibility(
      number: 61, name: "mec_hormone_iud", four: .infected,
      three: .afterChild && .betweenTwoAndTwentyEightDays,
      two: .lateLoss || (.nurses && .ended(from: .none, until: .days(2))), one: .always),
    Eligibility(
      number: 62, name: "mec_nursing_pill", four: nil, three: nil,
      two: .nurses && .ended(from: .none, until: .weeks(6)), one: .always),
    Eligibility(
      number: 63, name: "mec_implant", four: nil, three: nil,
      two: .nurses && .ended(from: .none, until: .weeks(6)), one: .always),
    Eligibility(
      number: 64, name: "mec_three_month_injection", four: nil,
      three: .nurses && .ended(from: .none, until: .weeks(6)), two: nil, one: .always),
    Eligibility(
      number: 65, name: "mec_combined",
      four: (.nurses && .ended(from: .none, until: .weeks(6)))
        || (.afterChild && .doesNotNurse && .clots && .ended(from: .none, until: .days(21))),
      three: (.nurses && .ended(from: .weeks(6), until: .months(6)))
        || (.afterChild && .doesNotNurse && .ended(from: .none, until: .days(21)))
        || (.afterChild && .doesNotNurse && .clots
          && .ended(from: .days(21), until: .days(42))),
      two: (.nurses && .ended(from: .months(6)))
        || (.afterChild && .doesNotNurse && .ended(from: .days(21), until: .days(42))),
      one: .always),
    Eligibility(
      number: 66, name: "mec_breastfeeding_alone",
      four: .ended(from: .months(6)) || .doesNotNurse
        || DataElement.breastfeeding.isChoice(2, in: .sinceBirth)
        || DataElement.mensesReturned.isYesWhereObserved(.sinceBirth), three: nil, two: nil,
      one: DataElement.breastfeeding.isChoice(1, in: .sinceBirth)
        && !DataElement.mensesReturned.isYes(.sinceBirth)),
    // WHO: delayed from 7 to 42 days, with caution in the young; whoever she is, after counselling
    // and with consent. Age and number of children decide nothing here: a doctor weighs them.
    Eligibility(
      number: 67, name: "mec_tubectomy", four: nil,
      three: .ended(from: .days(7), until: .days(42)), two: nil, one: .always, isForEver: true),
    Eligibility(number: 68, name: "mec_condom", four: nil, three: nil, two: nil, one: .always),
  ].map { $0.table }
}

extension Guideline {
  /// Contraception in the year after a birth or a loss.
  public static let contraception = Guideline(
    21, "contraception", source: .eligibilityCriteria,
    for: .after(.pregnancyEnd, from: .none, until: .months(12)),
    tables: DecisionTable.contraception)
}

extension CareAction {
  /// Choose another method.
  public static let otherMethod = CareAction(67, "other_method")
  /// Counsel: it lasts for ever; her own decision, in writing; with caution where she is young or
  /// has few children.
  public static let counselBeforeSterilization = CareAction(68, "counsel_before_sterilization")
}
