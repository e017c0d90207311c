import Guidance
import Health

extension Criterion {
  private static let lately = Scope.last(.months(2))
  private static let isReactionWide = Criterion.whereObserved(
    .tuberculin, .atLeast(.fixed(.millimetresOfSkin(10))), lately)
  private static let isReactionEnough = Criterion.whereObserved(
    .tuberculin, .atLeast(.fixed(.millimetresOfSkin(5))), lately)

  /// The tuberculin test is positive: from 10 mm, with weak immunity from 5 mm.
  static let isTuberculinPositive =
    isReactionWide
    || (isReactionEnough && DataElement.weakImmunity.isYes(lately))
  /// Contact with somebody whose tuberculosis is told or proven.
  static let isTuberculosisContact = DataElement.tuberculosisContactKind.isChoice(
    2, 3, in: lately)
  static let isTuberculosisContactProven = DataElement.tuberculosisContactKind.isChoice(
    3, in: lately)
  /// Looks severely malnourished, or has under 70 % of the median for length or 60 % for age.
  static let isVeryThinForTuberculosis = Criterion.one([
    DataElement.clinicallyWasted.isYes(lately),
    .whereObserved(.weightForLengthPercent, .below(.fixed(.percent(70))), lately),
    .whereObserved(.weightForAgePercent, .below(.fixed(.percent(60))), lately),
  ])
  /// Under 90 % of the median for length or 80 % for age.
  static let isThinForTuberculosis = Criterion.one([
    .whereObserved(.weightForLengthPercent, .below(.fixed(.percent(90))), lately),
    .whereObserved(.weightForAgePercent, .below(.fixed(.percent(80))), lately),
  ])
  static let hasLongFever = DataElement.feverTwoWeeks.isYes(lately)
  /// A cough for so long; a child that is known not to cough is not asked for how long.
  static let hasLongCough =
    !.whereObserved(.coughOrHardBreathing, .oneOf(1 << 0), lately)
    && DataElement.coughDays.atLeast(.tuberculosisCoughDays, lately)
  static let hasSwollenNodes = DataElement.swollenNodes.isYes(lately)
  static let hasSwollenJoint = DataElement.swollenJoint.isYes(lately)
  static let isImageSuggestive = Criterion.whereObserved(.chestImage, .oneOf(1 << 2), lately)
  /// A sign of tuberculosis, by which latent infection is told from disease.
  static let hasTuberculosisSymptom = Criterion.one([
    DataElement.childTuberculosisSymptom.isYesWhereObserved(lately), hasLongFever, hasLongCough,
    hasSwollenNodes, hasSwollenJoint,
  ])
  /// The molecular test is positive.
  static let isMolecularTestPositive = Criterion.whereObserved(
    .molecularTest, .oneOf(1 << 2), lately)
  /// The age at which tuberculosis is scored: under 15 years.
  static let isTuberculosisScoreAge = Criterion.age(from: .none, until: .years(15))
  /// Somebody began to score the child: told of its contact, or tested it. A test that decides
  /// needs no answer about the contact.
  static let isTuberculosisScored =
    isTuberculosisScoreAge
    && .one(
      [DataElement.tuberculosisContactKind, .tuberculin, .molecularTest, .chestImage].map {
        .whereObserved($0, .known, lately)
      })
}

extension Instrument {
  /// The score of tuberculosis in children: at most 13. What needs a laboratory gives points where
  /// it was done; so 5 without a tuberculin test or an X-ray is a doubtful 5.
  static let childTuberculosis = Instrument(
    200, "child_tuberculosis_score", source: .integratedPrimaryCare("Tabel 11"),
    for: .isTuberculosisScored,
    [
      Item("contact_told", 2, when: .isTuberculosisContact),
      Item("contact_proven", 1, when: .isTuberculosisContactProven),
      Item("tuberculin_positive", 3, when: .isTuberculinPositive),
      Item("weight_low", 1, when: .isThinForTuberculosis || .isVeryThinForTuberculosis),
      Item("weight_very_low", 1, when: .isVeryThinForTuberculosis),
      Item("fever_two_weeks", 1, when: .hasLongFever),
      Item("cough_long", 1, when: .hasLongCough),
      Item("nodes_swollen", 1, when: .hasSwollenNodes),
      Item("joint_swollen", 1, when: .hasSwollenJoint),
      Item("image_suggestive", 1, when: .isImageSuggestive),
    ],
    bands: Classification(
      source: .integratedPrimaryCare("Tabel 11"),
      [.init(.upTo(5), .init(1, "below_six", .homeCare))], above: .init(2, "six_and_more", .treat)))
}

extension DecisionTable {
  private static func score(_ comparison: Comparison) -> Criterion {
    .score(.childTuberculosis, comparison)
  }
  private static let isSix = score(.oneOf(1 << 6))

  /// What follows from the score.
  static let childTuberculosisResult = DecisionTable(
    240, "child_tuberculosis_result", source: .integratedPrimaryCare("Tabel 11; Gambar 22"),
    for: .isTuberculosisScored,
    [
      Row(
        1, "tuberculosis_proven", .treat, when: .isMolecularTestPositive, .treatTuberculosis),
      Row(
        2, "latent_tuberculosis", .treat,
        when: .setting(.sixWithoutSymptomsIsLatent) && isSix
          && (.isTuberculinPositive || .isTuberculosisContact) && !.hasTuberculosisSymptom,
        .preventTuberculosis),
      Row(
        3, "clinical_tuberculosis", .treat, when: score(.atLeast(.fixed(.points(6)))),
        .treatTuberculosis),
      Row(
        4, "tuberculosis_doubtful", .treat,
        when: .age(from: .none, until: .months(60)) && score(.oneOf(1 << 5)), .referToHospital),
      Row(
        5, "tuberculosis_observed", .treat,
        when: .hasTuberculosisSymptom && !(.isTuberculinPositive && .isTuberculosisContact),
        .observeTwoToFourWeeks),
      Row(
        6, "tuberculosis_contact_well", .treat,
        when: .isTuberculosisContact || .isTuberculinPositive, .assessPreventiveTreatment),
      Row(7, "no_sign_of_tuberculosis", .homeCare, when: .always),
    ])
}
