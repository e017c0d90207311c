import Guidance
import Health

extension DecisionTable {
  private static func positive(_ element: DataElement) -> Criterion {
    .whereObserved(element, .oneOf(1 << 2), .ever)
  }
  private static func negative(_ element: DataElement) -> Criterion {
    .whereObserved(element, .oneOf(1 << 1), .ever)
  }
  private static let isUntested = Criterion.not(
    .one(
      [DataElement.virologyTest, .serologyTestInfant, .serologyTestChild].map {
        .whereObserved($0, .known, .ever)
      }))
  private static let isMotherPositive = DataElement.motherTest.isChoice(2, in: .ever)

  /// HIV of a child of 2 to 59 months. The class is a sensitive matter, as what it is found by.
  static let childInfection = chartBook(
    220, "child_infection", "status HIV", for: .isSickChildAge,
    [
      Row(
        1, "infection_confirmed", .treat,
        when: positive(.virologyTest) || positive(.serologyTestChild), .cotrimoxazolePrevention,
        .referForTreatment, .examineForTuberculosis),
      Row(
        2, "infection_exposed", .treat,
        when: (isMotherPositive
          && (isUntested
            || (negative(.virologyTest) && DataElement.breastfedAtTest.isYes(.ever))))
          || (positive(.serologyTestInfant) && !negative(.serologyTestChild)
            && !negative(.virologyTest)),
        .cotrimoxazolePrevention, .testChildByAge, .referForTreatment),
      Row(
        3, "infection_unlikely", .homeCare,
        when: (DataElement.motherTest.isChoice(1, in: .ever) || isMotherPositive)
          && (negative(.virologyTest) || negative(.serologyTestInfant)
            || negative(.serologyTestChild)),
        .treatInfections),
      Row(
        4, "infection_to_be_tested", .treat,
        when: DataElement.signsForTest.isYes(.ever) && isUntested, .offerTest),
    ])

  /// HIV of an infant under two months.
  static let infantInfectionStatus = chartBook(
    233, "infant_infection_status", "bayi muda: status HIV", for: .isYoungInfant,
    [
      Row(
        1, "infection_confirmed", .treat, when: positive(.virologyTest), .cotrimoxazolePrevention,
        .referForTreatment),
      Row(
        2, "infection_exposed", .treat,
        when: (positive(.serologyTestInfant) && !negative(.virologyTest))
          || (isMotherPositive
            && (isUntested || DataElement.breastfed.isYes(.today)
              || (negative(.virologyTest) && DataElement.breastfedAtTest.isYes(.ever)))),
        .cotrimoxazolePrevention, .preventionWithinThreeDays, .testChildByAge, .referForTreatment),
      Row(
        3, "infection_to_be_tested", .treat,
        when: DataElement.motherTest.isChoice(3, in: .ever) && isUntested, .offerTest),
      Row(
        4, "infection_unlikely", .homeCare,
        when: DataElement.motherTest.isChoice(1, in: .ever) || negative(.virologyTest),
        .treatInfections),
    ])
}
