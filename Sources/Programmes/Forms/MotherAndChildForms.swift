import Guidance
import Health

extension VisitForm {
  /// All forms, in the order in which a page offers them.
  public static let all: [VisitForm] = [
    .antenatal, .pregnancyRisks, .birthPlan, .postnatal, .afterLoss, .familyPlanning,
    .motherDangerSigns, .newborn, .child, .development, .growthFollowUp, .sickChild, .youngInfant,
    .childTuberculosis,
  ]
}

extension Guideline {
  /// The guidelines for mothers and children, in the order in which a plan shows them.
  public static let motherAndChild: [Guideline] = [
    .pregnancy, .pregnancyLoss, .contraception, .newborn, .child, .growthFollowUp, .feeding,
    .childDevelopment, .sickChild, .youngInfant, .childTuberculosis,
  ]
}

extension CareDefinitions {
  /// The guidelines and forms for mothers and children.
  public static let motherAndChild = CareDefinitions(
    Guideline.motherAndChild, forms: VisitForm.all,
    more: [
      .liveBirthFromDays, .saturationThatPasses, .saturationDifference, .questionnaireAgainDays,
      .growthByCorrectedAge,
    ])
}
