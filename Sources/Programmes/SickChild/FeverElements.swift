import Guidance
import Health

/// What is asked and seen of a sick child with fever, measles or dengue. Codes 430 to 469.
extension DataElement {
  /// Fever by what the family tells or by touch: a main symptom.
  public static let fever = DataElement(430, "fever", .yesNo)
  /// For how many days.
  public static let feverDays = DataElement(431, "fever_days", .quantity(.days, 0...90))
  /// Stiff neck.
  public static let stiffNeck = DataElement(432, "stiff_neck", .yesNo)
  /// Was in the last weeks where there is malaria.
  public static let travelledToMalaria = DataElement(433, "travelled_to_malaria", .yesNo)
  /// A test for malaria cannot be done here.
  public static let malariaTestNotPossible = DataElement(434, "malaria_test_not_possible", .yesNo)
  /// Another cause of the fever was found.
  public static let otherCauseOfFever = DataElement(435, "other_cause_of_fever", .yesNo)
  /// Rash over the whole body.
  public static let generalRash = DataElement(440, "general_rash", .yesNo)
  /// Runny nose.
  public static let runnyNose = DataElement(441, "runny_nose", .yesNo)
  /// Red eyes.
  public static let redEyes = DataElement(442, "red_eyes", .yesNo)
  /// Had measles in the last three months.
  public static let measlesLately = DataElement(443, "measles_lately", .yesNo)
  /// The cornea is clouded.
  public static let corneaClouded = DataElement(444, "cornea_clouded", .yesNo)
  /// Pus in the eye.
  public static let pusInEye = DataElement(445, "pus_in_eye", .yesNo)
  /// Sores in the mouth: 1 none, 2 some, 3 deep or wide.
  public static let mouthSores = DataElement(446, "mouth_sores", .choice(3))
  /// The nail bed takes more than two seconds to redden again.
  public static let slowRefill = DataElement(450, "slow_refill", .yesNo)
  /// Pulse weak or not to be felt.
  public static let weakPulse = DataElement(451, "weak_pulse", .yesNo)
  /// Hands and feet cold, with paleness or a fast pulse.
  public static let coldLimbs = DataElement(452, "cold_limbs", .yesNo)
  /// Respiratory distress.
  public static let respiratoryDistress = DataElement(453, "respiratory_distress", .yesNo)
  /// Vomits blood, or black or bloody stool.
  public static let gutBleeding = DataElement(454, "gut_bleeding", .yesNo)
  /// An organ is in trouble: consciousness, jaundice, slow heart, no urine for six hours, severe
  /// pain in the belly.
  public static let organTrouble = DataElement(455, "organ_trouble", .yesNo)
  /// Pain in the belly, or tender on the right above.
  public static let bellyPainTender = DataElement(456, "belly_pain_tender", .yesNo)
  /// Vomits again and again.
  public static let vomitsAgainAndAgain = DataElement(457, "vomits_again_and_again", .yesNo)
  /// Fluid gathers: swelling, belly or chest.
  public static let fluidGathers = DataElement(458, "fluid_gathers", .yesNo)
  /// Bleeding of nose or gums.
  public static let mucosalBleeding = DataElement(459, "mucosal_bleeding", .yesNo)
  /// The liver is more than 2 cm below the ribs.
  public static let liverEnlarged = DataElement(460, "liver_enlarged", .yesNo)
  /// Haematocrit rises while platelets fall.
  public static let haematocritRises = DataElement(461, "haematocrit_rises", .yesNo)
  /// Head, muscles, joints or behind the eyes ache.
  public static let bodyAches = DataElement(462, "body_aches", .yesNo)
  /// A rash of any kind.
  public static let rash = DataElement(463, "rash", .yesNo)
  /// The tourniquet test is positive.
  public static let tourniquetPositive = DataElement(464, "tourniquet_positive", .yesNo)
  /// NS1 test: 1 negative, 2 positive.
  public static let dengueAntigen = DataElement(465, "dengue_antigen", .choice(2))
  /// White blood cells in a microlitre.
  public static let leucocytes = DataElement(466, "leucocytes", .quantity(.count, 100...100_000))
  /// Platelets in a microlitre.
  public static let platelets = DataElement(467, "platelets", .quantity(.count, 1_000...1_500_000))
}
