import Guidance
import Health

extension Criterion {
  /// Of the age of the chart book's first part: 2 months to under 5 years.
  static let isSickChildAge = Criterion.age(from: .months(2), until: .months(60))
  /// Of the age of its second part: under 2 months.
  static let isYoungInfant = Criterion.age(from: .none, until: .months(2))

  private static let asked: [DataElement] = [
    .abnormalAppearance, .abnormalBreathing, .abnormalCirculation, .cannotDrink, .vomitsAll, .fits,
    .lethargic, .stridor, .coldLimbs,
  ]
  /// A side of the triangle is not as it should be, or there is a general danger sign. All are
  /// looked for in every sick child, whatever it came for. One that was seen on that day counts,
  /// though a later form of the day says no.
  static let isInDanger = Criterion.one(asked.map { .any($0, .isYes, .today) })
}

extension DecisionTable {
  /// A table of the chart book, asked as of the latest visit of a sick child.
  static func chartBook(
    _ number: UInt16, _ name: StaticString, _ place: StaticString, for applies: Criterion,
    _ rows: [Row]
  ) -> DecisionTable {
    DecisionTable(
      number, name, source: .chartBook2022(place),
      at: .lastVisit(.sickChild, within: .setting(.sickChildClassesShown)), for: applies, rows)
  }

  /// The first look and the general danger signs.
  static let emergency = chartBook(
    200, "emergency", "tanda bahaya umum", for: .isSickChildAge,
    [
      Row(
        1, "cardiopulmonary_failure", .referNow,
        when: .all([
          DataElement.abnormalAppearance.isYes(.today), DataElement.abnormalBreathing.isYes(.today),
          DataElement.abnormalCirculation.isYes(.today),
        ]), .basicLifeSupport, .referNow),
      Row(
        2, "very_severe_disease", .referNow, when: .isInDanger, .freeAirway, .oxygenThreeToFive,
        .stopFits, .preventLowSugar, .keepWarm, .finishAssessmentQuickly, .referNow),
      Row(3, "stable", .homeCare, when: .always, .goOn),
    ])

  /// A child that is cold. The chart book names it of young infants only; that an older one is
  /// warmed and measured again, and that it counts beside severe malnutrition, is our own reading.
  static let coldChild = DecisionTable(
    316, "cold_child", source: .ownReading,
    at: .lastVisit(.sickChild, within: .setting(.sickChildClassesShown)),
    for: .isSickChildAge
      && .whereObserved(.temperature, .below(.setting(.childColdBelow)), .today),
    [
      Row(
        1, "cold_and_malnourished", .referNow, when: .isSeenSeverelyMalnourished, .keepWarm,
        .preventLowSugar, .referNow),
      Row(2, "cold", .treat, when: .always, .warmAndMeasureAgain),
    ])

  // MARK: Cough

  private static let coughs =
    Criterion.isSickChildAge
    && DataElement.coughOrHardBreathing.isYes(.today)

  /// Fast breathing: from 50 at 2 to under 12 months, from 40 at 12 months and more.
  static let breathesFast =
    (.age(from: .none, until: .months(12))
      && DataElement.breathsPerMinute.atLeast(.perMinute(50), .today))
    || (.age(from: .months(12)) && DataElement.breathsPerMinute.atLeast(.perMinute(40), .today))

  /// Cough or difficult breathing.
  static let cough = chartBook(
    201, "cough", "batuk atau sukar bernapas", for: coughs,
    [
      Row(
        1, "severe_pneumonia", .referNow,
        when: (.setting(.indrawingAloneIsSevere) && DataElement.chestIndrawing.isYes(.today))
          || .whereObserved(.oxygenSaturation, .below(.setting(.lowOxygen)), .today)
          || (!.setting(.indrawingAloneIsSevere) && .isInDanger),
        .oxygenOneToFour, .firstDoseAntibiotics, .treatWheeze, .referNow),
      // Pneumonia is a complication of severe malnutrition: no medicine for home.
      Row(
        4, "pneumonia_beside_severe_malnutrition", .referNow,
        when: (breathesFast || DataElement.chestIndrawing.isYes(.today))
          && .isSeenSeverelyMalnourished,
        .firstDoseAntibiotics, .treatWheeze, .referNow),
      Row(
        2, "pneumonia", .treat,
        when: breathesFast || DataElement.chestIndrawing.isYes(.today),
        .amoxicillinForPneumonia, .treatWheeze, .sootheThroat, .sayWhenToReturn),
      Row(3, "cough_without_pneumonia", .homeCare, when: .always, .sootheThroat, .sayWhenToReturn),
    ])

  /// A cough of two weeks and more.
  static let longCough = chartBook(
    202, "long_cough", "batuk 14 hari atau lebih", for: coughs,
    [
      Row(
        1, "cough_two_weeks", .treat, when: DataElement.coughDays.atLeast(.days(14), .today),
        .examineForTuberculosis, .examineForAsthma)
    ])

  /// Wheezing.
  static let wheezing = chartBook(
    203, "wheezing", "mengi", for: coughs,
    [
      Row(
        1, "wheezes", .treat, when: DataElement.wheeze.isYes(.today), .treatWheeze)
    ])

  // MARK: Ear and blood

  /// Problems of the ear.
  static let ear = chartBook(
    213, "ear", "masalah telinga",
    for: .isSickChildAge && DataElement.earProblem.isYes(.today),
    [
      Row(
        1, "mastoiditis", .referNow, when: DataElement.swellingBehindEar.isYes(.today),
        .firstDoseAntibiotics, .paracetamol, .referNow),
      Row(
        2, "chronic_ear_infection", .treat,
        when: DataElement.earDischarge.isYes(.today)
          && DataElement.earDischargeDays.atLeast(.days(14), .today),
        .dryEar, .quinoloneDrops),
      Row(
        3, "acute_ear_infection", .treat,
        when: DataElement.earDischarge.isYes(.today) || DataElement.earPain.isYes(.today),
        .amoxicillinForEar, .paracetamol, .dryEar, .quinoloneDrops),
      Row(4, "no_ear_infection", .homeCare, when: .always),
    ])

  private static let isAnaemic =
    DataElement.pallorDegree.isChoice(2, in: .today)
    || .whereObserved(.haemoglobin, .below(.setting(.childAnaemiaLimit)), .today)

  /// Anaemia by paleness, and by haemoglobin where it was tested. Beside therapeutic food, which has
  /// iron in it, none is given (WHO, from memory).
  static let childAnaemia = chartBook(
    214, "child_anaemia", "anemia", for: .isSickChildAge,
    [
      Row(
        1, "severe_child_anaemia", .referNow,
        when: DataElement.pallorDegree.isChoice(3, in: .today)
          || .whereObserved(
            .haemoglobin, .below(.fixed(.tenthsOfGramPerDecilitre(70))), .today),
        .goOnBreastfeeding, .referNow),
      Row(
        4, "child_anaemia_of_malnourished", .treat,
        when: isAnaemic && (.isSeenSeverelyMalnourished || .inCare(for: .weeks(26))),
        .noIronBesideTherapeuticFood, .albendazoleIfNone, .testStool, .testMalariaIfEndemic,
        .counselFeeding),
      Row(
        2, "child_anaemia", .treat, when: isAnaemic,
        .ironFourWeeks, .albendazoleIfNone, .testStool, .testMalariaIfEndemic, .counselFeeding),
      Row(
        3, "no_child_anaemia", .homeCare, when: .age(from: .none, until: .months(24)),
        .checkFeedingUnderTwo),
      Row(5, "no_child_anaemia", .homeCare, when: .always),
    ])
}
