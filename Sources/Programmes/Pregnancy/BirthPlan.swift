import Guidance
import Health

extension CareService {
  /// The birth was planned (P4K) before the last month.
  static let birthPlanned = CareService(
    38, "birth_planned", source: .motherChildBook, for: .pregnant,
    .once(.pregnancy, opens: .none, late: .weeks(36), closes: nil), doneBy: .yes(.birthPlanMade))
}

extension DecisionTable {
  /// What the family has agreed on for the birth: who, where, money, way, blood, company,
  /// contraception.
  static let birthPlan = DecisionTable(
    46, "birth_plan", source: .motherChildBook, for: .pregnant,
    [
      Row(
        1, "birth_planned_at_home", .treat,
        when: DataElement.plannedPlace.isChoice(5, in: .thisPregnancy), .birthInFacility),
      // Somewhere that cannot operate, for one who may need it.
      Row(
        4, "birth_planned_without_theatre", .treat,
        when: .mayNeedOperation
          && .whereObserved(.plannedPlace, .oneOf(1 << 1 | 1 << 2 | 1 << 4), .thisPregnancy),
        .planBirthWhereOperated),
      Row(
        2, "birth_plan_complete", .homeCare,
        when: DataElement.plannedAttendant.isKnown(.thisPregnancy)
          && DataElement.plannedPlace.isKnown(.thisPregnancy)
          && DataElement.plannedMoney.isKnown(.thisPregnancy)
          && DataElement.transportReady.isYes(.thisPregnancy)
          && DataElement.bloodDonors.atLeast(.times(4), .thisPregnancy)
          && DataElement.companionReady.isYes(.thisPregnancy)
          && DataElement.contraceptionPlanned.isYes(.thisPregnancy)),
      Row(3, "birth_plan_open", .treat, when: .always, .completeBirthPlan),
    ])
}

extension CareAction {
  /// Birth in a facility, not at home.
  public static let birthInFacility = CareAction(56, "birth_in_facility")
  /// Complete the birth plan with the family.
  public static let completeBirthPlan = CareAction(57, "complete_birth_plan")
}
