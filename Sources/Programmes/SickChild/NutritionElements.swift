import Guidance
import Health

/// What is asked and seen of ears, blood, nutrition and HIV of a sick child. Codes 470 to 509.
extension DataElement {
  /// A problem of the ear: a main symptom.
  public static let earProblem = DataElement(470, "ear_problem", .yesNo)
  /// Pain or fullness of the ear.
  public static let earPain = DataElement(471, "ear_pain", .yesNo)
  /// Fluid or pus comes out of the ear.
  public static let earDischarge = DataElement(472, "ear_discharge", .yesNo)
  /// For how many days.
  public static let earDischargeDays = DataElement(
    473, "ear_discharge_days", .quantity(.days, 0...365))
  /// Painful swelling behind the ear.
  public static let swellingBehindEar = DataElement(474, "swelling_behind_ear", .yesNo)
  /// Paleness of palms, conjunctiva, lips, tongue or nail beds: 1 none, 2 pale, 3 very pale.
  public static let pallorDegree = DataElement(480, "pallor_degree", .choice(3))
  /// Degree of pitting oedema of both feet: 0 none, to 3.
  public static let oedemaDegree = DataElement(490, "oedema_degree", .quantity(.count, 0...3))
  /// Too weak to suckle.
  public static let tooWeakToFeed = DataElement(491, "too_weak_to_feed", .yesNo)
  /// Weight does not rise, or falls.
  public static let weightNotRising = DataElement(492, "weight_not_rising", .yesNo)
  /// No appetite, or the appetite test was not passed.
  public static let noAppetite = DataElement(493, "no_appetite", .yesNo)
  /// The child is not fed as is good at its age.
  public static let feedingProblem = DataElement(494, "feeding_problem", .yesNo)
  /// Virological test of the child for HIV: 1 negative, 2 positive.
  public static let virologyTest = DataElement(500, "virology_test", .choice(2), matter: .infection)
  /// Serological test for HIV before 18 months: 1 negative, 2 positive.
  public static let serologyTestInfant = DataElement(
    501, "serology_test_infant", .choice(2), matter: .infection)
  /// Serological test for HIV from 18 months on: 1 negative, 2 positive.
  public static let serologyTestChild = DataElement(
    502, "serology_test_child", .choice(2), matter: .infection)
  /// What is known of the mother: 1 negative, 2 positive, 3 not known.
  public static let motherTest = DataElement(503, "mother_test", .choice(3), matter: .infection)
  /// Was breastfed at the child's test, or less than six weeks before it, or is so now.
  public static let breastfedAtTest = DataElement(
    504, "breastfed_at_test", .yesNo, matter: .infection)
  /// Signs that call for a test of HIV.
  public static let signsForTest = DataElement(505, "signs_for_test", .yesNo, matter: .infection)
}
