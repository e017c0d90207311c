import Guidance
import Health

/// What is asked and seen of a sick child of 2 to 59 months (MTBS): what is grave, cough and
/// diarrhoea. Codes 400 to 429.
extension DataElement {
  /// The look of the child is not as it should be: the first side of the triangle (SAGA).
  public static let abnormalAppearance = DataElement(400, "abnormal_appearance", .yesNo)
  /// The work of breathing is not as it should be: the second side.
  public static let abnormalBreathing = DataElement(401, "abnormal_breathing", .yesNo)
  /// The colour of the skin is not as it should be: the third side.
  public static let abnormalCirculation = DataElement(402, "abnormal_circulation", .yesNo)
  /// Cannot drink or breastfeed.
  public static let cannotDrink = DataElement(403, "cannot_drink", .yesNo)
  /// Lethargic or unconscious.
  public static let lethargic = DataElement(404, "lethargic", .yesNo)
  /// Restless or irritable.
  public static let restless = DataElement(405, "restless", .yesNo)
  /// Stridor at rest.
  public static let stridor = DataElement(406, "stridor", .yesNo)
  /// Cough or difficult breathing: a main symptom.
  public static let coughOrHardBreathing = DataElement(410, "cough_or_hard_breathing", .yesNo)
  /// For how many days.
  public static let coughDays = DataElement(411, "cough_days", .quantity(.days, 0...365))
  /// The lower chest draws in.
  public static let chestIndrawing = DataElement(412, "chest_indrawing", .yesNo)
  /// Wheezes.
  public static let wheeze = DataElement(413, "wheeze", .yesNo)
  /// For how many days diarrhoea.
  public static let diarrhoeaDays = DataElement(420, "diarrhoea_days", .quantity(.days, 0...90))
  /// Blood in the stool.
  public static let bloodInStool = DataElement(421, "blood_in_stool", .yesNo)
  /// Sunken eyes.
  public static let sunkenEyes = DataElement(422, "sunken_eyes", .yesNo)
  /// How the child drinks: 1 as usual, 2 eagerly, 3 hardly or not at all.
  public static let drinking = DataElement(423, "drinking", .choice(3))
  /// The skin of the belly after a pinch: 1 back at once, 2 slowly, 3 after more than two
  /// seconds.
  public static let skinPinch = DataElement(424, "skin_pinch", .choice(3))
}
