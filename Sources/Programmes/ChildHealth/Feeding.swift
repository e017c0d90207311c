import Guidance
import Health

extension DecisionTable {
  /// What a child eats at its age (PMBA).
  static let feedingAdvice = DecisionTable(
    77, "feeding_advice", source: .motherChildBookOnChildren,
    for: .age(from: .none, until: .months(60)),
    [
      Row(
        1, "feeding_breast_alone", .homeCare, when: .age(from: .none, until: .months(6)),
        .breastMilkAlone),
      Row(
        2, "feeding_6_to_8", .homeCare, when: .age(from: .none, until: .months(9)),
        .feedTwoToThreeTimes, .animalFoodDaily),
      Row(
        3, "feeding_9_to_11", .homeCare, when: .age(from: .none, until: .months(12)),
        .feedThreeToFourTimesMashed, .animalFoodDaily),
      Row(
        4, "feeding_12_to_23", .homeCare, when: .age(from: .none, until: .months(24)),
        .feedThreeToFourTimesFamily, .animalFoodDaily),
      Row(
        5, "feeding_24_to_59", .homeCare, when: .age(from: .months(24)), .feedThreeTimes,
        .animalFoodDaily),
    ])

  private static let lately = Scope.last(.days(45))

  /// Whether meals and food groups of the day before were enough; breast milk alone before six
  /// months.
  static let feedingPractice = DecisionTable(
    78, "feeding_practice", source: .feedingIndicators, for: .age(from: .none, until: .months(24)),
    [
      Row(
        1, "not_breast_milk_alone", .treat,
        when: .age(from: .none, until: .months(6)) && !DataElement.onlyBreastMilk.isYes(lately),
        .breastMilkAlone, .breastfeedingHelp),
      Row(
        2, "too_few_meals", .treat,
        when: .age(from: .months(6))
          && ((!DataElement.breastMilkYesterday.isYes(lately)
            && DataElement.mealsYesterday.below(.times(4), lately))
            || (.age(from: .months(9)) && DataElement.mealsYesterday.below(.times(3), lately))
            || DataElement.mealsYesterday.below(.times(2), lately)),
        .foodAdvice),
      Row(
        3, "too_few_food_groups", .treat,
        when: .age(from: .months(6)) && DataElement.foodGroups.below(.times(5), lately),
        .foodAdvice, .animalFoodDaily),
      Row(
        4, "fed_well", .homeCare,
        when: (.age(from: .none, until: .months(6)) && DataElement.onlyBreastMilk.isYes(lately))
          || (.age(from: .months(6)) && DataElement.mealsYesterday.isKnown(lately)
            && DataElement.foodGroups.isKnown(lately)
            && DataElement.breastMilkYesterday.isKnown(lately))
      ),
    ])
}

extension Guideline {
  /// What children eat.
  public static let feeding = Guideline(
    23, "feeding", source: .motherChildBookOnChildren, for: .age(from: .none, until: .months(60)),
    tables: [.feedingAdvice, .feedingPractice])
}

extension CareAction {
  /// Nothing but breast milk, eight to twelve times in a day and night.
  public static let breastMilkAlone = CareAction(100, "breast_milk_alone")
  /// Two to three meals and one to two snacks, two to three spoons up to half a bowl, thick.
  public static let feedTwoToThreeTimes = CareAction(101, "feed_two_to_three_times")
  /// Three to four meals and one to two snacks, half to three quarters of a bowl, mashed, chopped.
  public static let feedThreeToFourTimesMashed = CareAction(
    102, "feed_three_to_four_times_mashed")
  /// Three to four meals and one to two snacks, three quarters to one bowl of the family's food.
  public static let feedThreeToFourTimesFamily = CareAction(
    103, "feed_three_to_four_times_family")
  /// Three meals and two snacks of one bowl of the family's food.
  public static let feedThreeTimes = CareAction(104, "feed_three_times")
  /// Egg, fish, meat or chicken every day.
  public static let animalFoodDaily = CareAction(105, "animal_food_daily")
}
