import Guidance
import Health

extension VisitForm {
  /// A visit for contraception from the 43rd day after the end of a pregnancy, for as long as the
  /// guideline looks at it: what is used, how the child is fed, whether she bleeds monthly, and the
  /// pressure, which a kader may ask and measure as in the 42 days before.
  public static let familyPlanning = VisitForm(
    13, "family_planning", purposes: .familyPlanning, for: .choosesMethodLater,
    [
      FormSection(
        "contraception",
        [
          // Asked at every visit: a method changes, and the latest answer is the one that counts.
          FormQuestion(.contraceptiveMethod),
          FormQuestion(.breastfeeding, when: .ended(.liveBirth)),
          FormQuestion(
            .mensesReturned,
            when: .ended(.liveBirth)
              && !DataElement.mensesReturned.isYesWhereObserved(.sinceBirth)),
          FormQuestion(.contraceptionCounselled, by: .anyHealthWorker),
        ]),
      FormSection(
        "measured",
        [
          FormQuestion(.systolicPressure), FormQuestion(.diastolicPressure),
          FormQuestion(.wombInfection, by: .anyHealthWorker),
          FormQuestion(.hormoneNormal, when: .molarNotOver, by: .anyHealthWorker),
        ]),
    ])
}
