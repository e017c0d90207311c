import Guidance
import Health

extension Criterion {
  private static let hasOedema =
    DataElement.oedemaDegree.atLeast(.times(1), .today)
    || DataElement.pittingOedema.isYesWhereObserved(.today)
  private static let isThin = DataElement.weightForLengthScore.below(
    .hundredthsOfZScore(-300), .today)

  /// What sends a severely malnourished child to hospital: no appetite, severe dehydration,
  /// drowsiness, high fever, pneumonia, severe anaemia, or any danger sign.
  static let isMalnutritionComplicated = Criterion.one([
    DataElement.noAppetite.isYes(.today), .isInDanger,
    .all([DataElement.diarrhoea.isYes(.today), .isSeverelyDehydrated]),
    DataElement.temperature.atLeast(.highFeverFrom, .today),
    .classified(.cough, as: 1, 2, 4), .classified(.childAnaemia, as: 1),
  ])

  /// Signs of severe malnutrition that were looked for, at any age of the chart book's first part.
  static let isSeenSeverelyMalnourished = Criterion.one([
    .whereObserved(.oedemaDegree, .atLeast(.fixed(.times(1))), .today),
    DataElement.pittingOedema.isYesWhereObserved(.today),
    .whereObserved(
      .weightForLengthScore, .below(.fixed(.hundredthsOfZScore(-300))), .today),
    .age(from: .months(6))
      && .whereObserved(.armCircumference, .below(.fixed(.millimetres(115))), .today),
  ])

  /// Signs of severe malnutrition from six months on.
  static let isSeverelyMalnourished = Criterion.one([
    hasOedema, isThin, DataElement.armCircumference.below(.millimetres(115), .today),
  ])

  /// Under six months every sign of severe malnutrition counts as a complication.
  static let isSeverelyMalnourishedInfant = Criterion.one([
    hasOedema, isThin, DataElement.tooWeakToFeed.isYes(.today),
    DataElement.weightNotRising.isYes(.today),
  ])
}

extension DecisionTable {
  private static func score(atLeast hundredths: Int32) -> Criterion {
    DataElement.weightForLengthScore.atLeast(.hundredthsOfZScore(hundredths), .today)
  }
  private static let isModeratelyThin = DataElement.weightForLengthScore.below(
    .hundredthsOfZScore(-200), .today)

  /// Too much weight: more than so many standard deviations.
  private static let overweightRows = [
    Row(4, "obesity", .treat, when: score(atLeast: 301), .referToHospital),
    Row(
      5, "overweight", .treat, when: score(atLeast: 201), .plotBodyMassIndex, .counselDiet,
      .referIfNotBetter),
    Row(
      6, "risk_of_overweight", .treat, when: score(atLeast: 101), .plotBodyMassIndex, .counselDiet,
      .referIfNotBetter),
  ]

  /// Nutrition from 2 to under 6 months.
  static let malnutritionBeforeSixMonths = chartBook(
    215, "malnutrition_before_six_months", "status gizi, 2 sampai kurang dari 6 bulan",
    for: .age(from: .months(2), until: .months(6)),
    [
      Row(
        1, "severe_malnutrition_complicated", .referNow,
        when: .isSeverelyMalnourishedInfant
          || ((isModeratelyThin || .setting(.infantComplicationAlone))
            && .isMalnutritionComplicated),
        .stabiliseMalnutrition, .keepWarm, .referNow),
      Row(3, "moderate_malnutrition", .treat, when: isModeratelyThin, .counselFeeding),
    ] + overweightRows + [
      Row(
        7, "good_nutrition", .homeCare, when: DataElement.weightForLengthScore.isKnown(.today))
    ])

  /// Nutrition from 6 to 59 months. Signs of too little come before those of too much, so that a
  /// thin arm is not missed in a heavy child.
  static let malnutrition = chartBook(
    216, "malnutrition", "status gizi, 6–59 bulan",
    for: .age(from: .months(6), until: .months(60)),
    [
      Row(
        1, "severe_malnutrition_complicated", .referNow,
        when: DataElement.oedemaDegree.atLeast(.times(3), .today)
          || DataElement.weight.below(.grams(4_000), .today)
          || (.isSeverelyMalnourished && .isMalnutritionComplicated),
        .stabiliseMalnutrition, .vitaminATreatment, .keepWarm, .referNow),
      // Nothing is eaten at home before the child was seen to eat.
      Row(
        8, "severe_malnutrition_to_examine", .treat,
        when: .isSeverelyMalnourished && !.whereObserved(.noAppetite, .known, .today),
        .testAppetite, .vitaminATreatment, .referToDoctor),
      Row(
        2, "severe_malnutrition", .treat, when: .isSeverelyMalnourished,
        .amoxicillinForMalnutrition, .vitaminATreatment, .referToDoctor, .outpatientFeeding,
        .screenDevelopment),
      Row(
        3, "moderate_malnutrition", .treat,
        when: isModeratelyThin || DataElement.armCircumference.below(.millimetres(125), .today),
        .counselFeeding, .referToDoctor, .screenDevelopment),
    ] + overweightRows + [
      Row(
        7, "good_nutrition", .homeCare,
        when: DataElement.weightForLengthScore.isKnown(.today)
          && DataElement.armCircumference.isKnown(.today),
        .weighMonthly)
    ])

  /// Length or height for age. The chart book has a short child of two years and more confirmed in
  /// the Puskesmas before it is referred; the monitoring of growth (``stunting``) refers every short
  /// child under five with an appointment. That is what both tables say.
  static let stature = chartBook(
    217, "stature", "panjang atau tinggi menurut umur", for: .isSickChildAge && .hasReachedTerm,
    [
      Row(
        1, "very_short", .treat,
        when: DataElement.lengthForAgeScore.below(.hundredthsOfZScore(-300), .today),
        .referToHospital),
      Row(
        2, "short_before_two_years", .treat,
        when: DataElement.lengthForAgeScore.below(.hundredthsOfZScore(-200), .today)
          && .age(from: .none, until: .months(24)),
        .referToHospital),
      Row(
        3, "short_after_two_years", .treat,
        when: DataElement.lengthForAgeScore.below(.hundredthsOfZScore(-200), .today),
        .referToHospital),
      Row(
        4, "tall", .treat,
        when: DataElement.lengthForAgeScore.atLeast(.hundredthsOfZScore(301), .today),
        .referToHospital),
      Row(5, "normal_stature", .homeCare, when: DataElement.lengthForAgeScore.isKnown(.today)),
    ])

  /// The head.
  static let sickChildHeadSize = chartBook(
    218, "head_size", "lingkar kepala menurut umur", for: .isSickChildAge && .hasReachedTerm,
    [
      Row(
        1, "small_head", .treat,
        when: DataElement.headScore.below(.hundredthsOfZScore(-200), .today), .referToHospital),
      Row(
        2, "large_head", .treat,
        when: DataElement.headScore.atLeast(.hundredthsOfZScore(201), .today), .referToHospital),
      Row(3, "normal_head", .homeCare, when: DataElement.headScore.isKnown(.today)),
    ])

  /// Feeding, looked at under two years and in thin or pale children.
  static let feeding = chartBook(
    219, "feeding", "pemberian makan",
    for: .isSickChildAge && .isFeedingLookedAt,
    [
      Row(
        1, "feeding_problem", .treat, when: DataElement.feedingProblem.isYes(.today),
        .counselFeeding),
      Row(2, "no_feeding_problem", .homeCare, when: .always),
    ])
}

extension Criterion {
  /// Under two years, moderately malnourished, or anaemic.
  static let isFeedingLookedAt =
    Criterion.age(from: .none, until: .months(24))
    || .classified(.malnutrition, as: 3) || .classified(.childAnaemia, as: 2, 4)
}
