import Guidance
import Health

extension CareService {
  /// Seen again so long after the visit that found the class; done by the next visit of the sick
  /// child, late after some days (then a kader goes to see), and forgotten after some more.
  private static func again(
    _ number: UInt16, _ name: StaticString, _ due: ClinicalSetting, for applies: Criterion
  ) -> CareService {
    CareService(
      number, name, source: .chartBook2022("tindak lanjut"), for: applies,
      .afterVisit(
        .sickChild, due: .setting(due), late: .setting(.seenAgainLate),
        closes: .setting(.seenAgainCloses)),
      doneBy: .contact(.sickChild, by: .healthWorkersOfIllness),
      in: [.pustu, .puskesmas, .privateFacility, .hospital, .home])
  }

  /// Seen again only if it is not better: open for some days, never late.
  private static func againIfNotBetter(
    _ number: UInt16, _ name: StaticString, _ due: ClinicalSetting, for applies: Criterion
  ) -> CareService {
    CareService(
      number, name, source: .chartBook2022("tindak lanjut"), for: applies,
      .afterVisit(
        .sickChild, due: .setting(due), late: .setting(.seenIfNotBetterCloses),
        closes: .setting(.seenIfNotBetterCloses)),
      doneBy: .contact(.sickChild, by: .healthWorkersOfIllness),
      in: [.pustu, .puskesmas, .privateFacility, .hospital, .home])
  }

  /// All that a sick child of 2 to 59 months is seen again for.
  static let sickChildAgain: [CareService] = [
    again(200, "pneumonia_again", .pneumoniaAgain, for: .classified(.cough, as: 2)),
    againIfNotBetter(201, "cough_again", .coughAgain, for: .classified(.cough, as: 3)),
    again(
      202, "some_dehydration_again", .someDehydrationAgain, for: .classified(.dehydration, as: 4)),
    again(203, "no_dehydration_again", .noDehydrationAgain, for: .classified(.dehydration, as: 5)),
    again(
      204, "persistent_diarrhoea_again", .persistentDiarrhoeaAgain,
      for: .classified(.persistentDiarrhoea, as: 2)),
    again(205, "dysentery_again", .dysenteryAgain, for: .classified(.dysentery, as: 1)),
    againIfNotBetter(206, "malaria_again", .malariaAgain, for: .classified(.fever, as: 2, 4)),
    againIfNotBetter(207, "other_fever_again", .otherFeverAgain, for: .classified(.fever, as: 5)),
    again(208, "measles_again", .measlesAgain, for: .classified(.measles, as: 2)),
    again(209, "dengue_again", .dengueAgain, for: .classified(.dengue, as: 4)),
    againIfNotBetter(210, "no_dengue_again", .noDengueAgain, for: .classified(.dengue, as: 5)),
    again(211, "ear_again", .earAgain, for: .classified(.ear, as: 2, 3)),
    again(212, "anaemia_again", .anaemiaAgain, for: .classified(.childAnaemia, as: 2, 4)),
    again(
      213, "severe_malnutrition_again", .severeMalnutritionAgain,
      for: .classified(.malnutrition, as: 2)),
    again(
      214, "moderate_malnutrition_again", .moderateMalnutritionAgain,
      for: .classified(.malnutrition, as: 3) || .classified(.malnutritionBeforeSixMonths, as: 3)),
    again(
      215, "overweight_again", .overweightAgain,
      for: .classified(.malnutrition, as: 5, 6)
        || .classified(.malnutritionBeforeSixMonths, as: 5, 6)),
    again(216, "feeding_again", .feedingAgain, for: .classified(.feeding, as: 1)),
  ]

  /// All that a sick infant under two months is seen again for.
  static let youngInfantAgain: [CareService] = [
    again(
      230, "local_infection_again", .localInfectionAgain,
      for: .classified(.infantInfection, as: 3, 6, 7)),
    again(231, "jaundice_again", .jaundiceAgain, for: .classified(.infantJaundice, as: 2)),
    again(
      232, "infant_diarrhoea_again", .infantDiarrhoeaAgain,
      for: .classified(.infantDehydration, as: 2, 3)),
    again(
      233, "infant_feeding_again", .infantFeedingAgain,
      for: (.classified(.infantFeeding, as: 2) && .hasBreastfeedingProblem)
        || (.classified(.infantSubstituteFeeding, as: 2) && .hasSubstituteProblem)),
    again(
      234, "infant_weight_again", .infantWeightAgain,
      for: (.classified(.infantFeeding, as: 2) || .classified(.infantSubstituteFeeding, as: 2))
        && .isInfantWeightLow),
  ]

  /// A child whose score of tuberculosis does not decide is looked at again after 2 to 4 weeks.
  static let tuberculosisAgain = CareService(
    240, "tuberculosis_again", source: .integratedPrimaryCare("Tabel 11, 2–4 minggu"),
    for: .classified(.childTuberculosisResult, as: 5),
    .afterVisit(
      .tuberculosis, due: .setting(.tuberculosisAgain), late: .setting(.tuberculosisAgain),
      closes: .weeks(8)),
    doneBy: .contact(.tuberculosis, by: .healthWorkersOfIllness), in: .withDoctor)
}

extension Performers {
  /// Those whose visit of a sick child counts as having seen it again: everybody but a kader, who
  /// goes to see why it did not come.
  static let healthWorkersOfIllness: Performers = [
    .healthWorkers, Performers(.otherHealthWorker),
  ]
}
