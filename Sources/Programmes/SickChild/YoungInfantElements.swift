import Guidance
import Health

/// What is asked and seen of a sick infant under two months (MTBM). Codes 510 to 559.
extension DataElement {
  /// Lips or mouth are blue.
  public static let blueLips = DataElement(510, "blue_lips", .yesNo)
  /// Breaths in a minute on a second count.
  public static let breathsCountedAgain = DataElement(
    513, "breaths_counted_again", .quantity(.perMinute, 5...150))
  /// Grunts.
  public static let grunting = DataElement(514, "grunting", .yesNo)
  /// The nostrils flare.
  public static let nasalFlaring = DataElement(515, "nasal_flaring", .yesNo)
  /// The chest draws in very strongly.
  public static let strongIndrawing = DataElement(516, "strong_indrawing", .yesNo)
  /// No stool for 48 hours.
  public static let noStoolTwoDays = DataElement(517, "no_stool_two_days", .yesNo)
  /// Vomits milk again and again, or green.
  public static let vomitsGreen = DataElement(518, "vomits_green", .yesNo)
  /// Belly distended and breathing hard.
  public static let distendedBelly = DataElement(519, "distended_belly", .yesNo)
  /// There is no anus.
  public static let noAnus = DataElement(520, "no_anus", .yesNo)
  /// Pus from the eyes: 1 none, 2 a little, 3 much.
  public static let eyePus = DataElement(521, "eye_pus", .choice(3))
  /// The navel: 1 as it should be, 2 red, 3 pus, or the redness spreads.
  public static let navel = DataElement(522, "navel", .choice(3))
  /// Pustules of the skin.
  public static let skinPustules = DataElement(523, "skin_pustules", .yesNo)
  /// Yellow before 24 hours of age.
  public static let jaundiceFirstDay = DataElement(530, "jaundice_first_day", .yesNo)
  /// Palms or soles are yellow.
  public static let jaundicePalms = DataElement(531, "jaundice_palms", .yesNo)
  /// Moves only when stimulated, or not at all.
  public static let hardlyMoves = DataElement(532, "hardly_moves", .yesNo)
  /// Is breastfed.
  public static let breastfed = DataElement(540, "breastfed", .yesNo)
  /// How often in 24 hours.
  public static let breastfeedsPerDay = DataElement(
    541, "breastfeeds_per_day", .quantity(.count, 0...40))
  /// Drinks from a bottle.
  public static let bottle = DataElement(542, "bottle", .yesNo)
  /// Has other food or drink.
  public static let otherFoodOrDrink = DataElement(543, "other_food_or_drink", .yesNo)
  /// Position, attachment or suck are not good.
  public static let poorSuckling = DataElement(544, "poor_suckling", .yesNo)
  /// Thrush.
  public static let thrush = DataElement(545, "thrush", .yesNo)
  /// Cleft lip or palate.
  public static let cleft = DataElement(546, "cleft", .yesNo)
  /// What is given in the place of breast milk is not suited to the age.
  public static let wrongSubstitute = DataElement(547, "wrong_substitute", .yesNo)
  /// It is too little or too seldom.
  public static let wrongAmount = DataElement(548, "wrong_amount", .yesNo)
  /// It is not prepared cleanly.
  public static let poorHygiene = DataElement(549, "poor_hygiene", .yesNo)
}

extension DataElement {
  /// The answer that says that a sign was looked for and is not there: "no", or the choice that
  /// means it. Nothing of what is measured, and of choices of which none means it.
  public var nothingSeen: Int32? {
    if form == .yesNo { return 0 }
    return [DataElement.eyePus, .navel, .mouthSores].contains(self) ? 1 : nil
  }
}
