import Guidance
import Health

/// What is asked and tested for the score of tuberculosis in children. Codes 560 to 579.
extension DataElement {
  /// Contact: 1 none or unclear, 2 told by the family, sputum negative or not known, 3 proven by
  /// a laboratory.
  public static let tuberculosisContactKind = DataElement(
    560, "tuberculosis_contact_kind", .choice(3))
  /// Tuberculin test: how wide the reaction is, written in millimetres.
  public static let tuberculin = DataElement(
    561, "tuberculin", .quantity(.tenthsOfMillimetreOfSkin, 0...400))
  /// The body's defence is weak: severe malnutrition, medicines, illness.
  public static let weakImmunity = DataElement(562, "weak_immunity", .yesNo)
  /// Looks severely malnourished.
  public static let clinicallyWasted = DataElement(563, "clinically_wasted", .yesNo)
  /// Fever for two weeks and more that nothing explains.
  public static let feverTwoWeeks = DataElement(564, "fever_two_weeks", .yesNo)
  /// More than one node of 1 cm and more at neck, armpit or groin that does not hurt.
  public static let swollenNodes = DataElement(565, "swollen_nodes", .yesNo)
  /// Swelling of a bone or joint.
  public static let swollenJoint = DataElement(566, "swollen_joint", .yesNo)
  /// Chest X-ray: 1 normal or not clear, 2 suggests tuberculosis.
  public static let chestImage = DataElement(567, "chest_image", .choice(2))
  /// Molecular test (TCM): 1 negative, 2 positive.
  public static let molecularTest = DataElement(568, "molecular_test", .choice(2))
}
