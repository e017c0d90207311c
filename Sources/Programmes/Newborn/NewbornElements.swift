import Guidance
import Health

/// What is done and seen in the first 28 days. Codes 200 to 259, and 262.
extension DataElement {
  /// Early initiation of breastfeeding (IMD).
  public static let earlyBreastfeeding = DataElement(200, "early_breastfeeding", .yesNo)
  /// Vitamin K1 was given.
  public static let vitaminK = DataElement(201, "vitamin_k", .yesNo)
  /// Eye ointment was given.
  public static let eyeOintment = DataElement(202, "eye_ointment", .yesNo)
  /// Blood was taken for the screening of hypothyroidism (SHK).
  public static let thyroidSampleTaken = DataElement(205, "thyroid_sample_taken", .yesNo)
  /// Result of that screening: 1 normal, 2 to be repeated, 3 positive.
  public static let thyroidResult = DataElement(206, "thyroid_result", .choice(3))
  /// Body temperature.
  public static let temperature = DataElement(
    207, "temperature", .quantity(.tenthsOfDegree, 300...430))
  /// Breaths in a minute.
  public static let breathsPerMinute = DataElement(
    208, "breaths_per_minute", .quantity(.perMinute, 5...150))
  /// Oxygen saturation by pulse oximetry; for critical heart disease that of the right hand.
  public static let oxygenSaturation = DataElement(
    209, "oxygen_saturation", .quantity(.percent, 40...100))
  /// Stool is pale by the colour card.
  public static let paleStool = DataElement(210, "pale_stool", .yesNo)
  /// Oxygen saturation of a foot.
  public static let footSaturation = DataElement(
    211, "foot_saturation", .quantity(.percent, 40...100))
  /// Colour of the stool by the card, from 1 (white) to 7 (brown).
  public static let stoolColour = DataElement(214, "stool_colour", .choice(7))
  /// Medicine or vaccine that protects the child of a mother with HIV, syphilis or hepatitis B.
  public static let infectionPrevented = DataElement(
    216, "infection_prevented", .yesNo, matter: .infection)
  /// The navel was cared for and is clean and dry.
  public static let navelClean = DataElement(217, "navel_clean", .yesNo)
  /// The mother was watched and helped at the breast.
  public static let breastfeedingHelped = DataElement(218, "breastfeeding_helped", .yesNo)
  /// Does not suckle.
  public static let notSuckling = DataElement(220, "not_suckling", .yesNo)
  /// Yellow skin or eyes.
  public static let jaundice = DataElement(221, "jaundice", .yesNo)
  /// Navel red, swollen or smelling.
  public static let infectedNavel = DataElement(222, "infected_navel", .yesNo)
  /// Diarrhoea.
  public static let diarrhoea = DataElement(223, "diarrhoea", .yesNo)
  /// Weak or sleepy.
  public static let weakNewborn = DataElement(224, "weak_newborn", .yesNo)
  /// Moans.
  public static let moaning = DataElement(225, "moaning", .yesNo)
  /// Blue or pale.
  public static let blueOrPale = DataElement(226, "blue_or_pale", .yesNo)
  /// Ill when it was born: needed more than the usual care.
  public static let illAtBirth = DataElement(227, "ill_at_birth", .yesNo)
  /// One of twins of the same sex.
  public static let sameSexTwin = DataElement(228, "same_sex_twin", .yesNo)
  /// Skin to skin (PMK) is practised.
  public static let skinToSkin = DataElement(229, "skin_to_skin", .yesNo)
  /// Blood was taken for G6PD and for adrenal hyperplasia.
  public static let furtherBloodScreening = DataElement(
    230, "further_blood_screening", .yesNo)
}

/// What is worked out from what was observed in newborns.
extension DataElement {
  /// By how much the saturations of hand and foot differ.
  public static let saturationDifference = DataElement(
    212, "saturation_difference", .quantity(.percent, 0...60))
  /// How many times in a row the saturation was neither passed nor plainly low.
  public static let borderlineSaturations = DataElement(
    213, "borderline_saturations", .quantity(.count, 0...20))
  /// Grams gained a day since the last weighing, of a child of ten days and more.
  public static let dailyGain = DataElement(215, "daily_gain", .quantity(.grams, -1_000...1_000))
  /// The weight of a weighing in the first seven days.
  public static let firstWeekWeight = DataElement(
    231, "first_week_weight", .quantity(.grams, 300...7_000))
  /// The weight of a weighing after the day of birth.
  public static let weightAfterBirth = DataElement(
    262, "weight_after_birth", .quantity(.grams, 300...30_000))
  /// Breaths in a minute; where they were counted twice at a visit, the lesser count.
  public static let lesserBreathCount = DataElement(
    232, "lesser_breath_count", .quantity(.perMinute, 5...150))
  /// How often blood was taken for SHK.
  public static let thyroidSamples = DataElement(
    219, "thyroid_samples", .quantity(.count, 0...10))
}
