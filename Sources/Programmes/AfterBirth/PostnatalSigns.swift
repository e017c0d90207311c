import Guidance
import Health

/// Signs of danger after birth that the book of mothers and the cards of kader name. Codes 932 to 934.
extension DataElement {
  /// Swelling of face, hands or feet.
  public static let swollenFaceHandsFeet = DataElement(932, "swollen_face_hands_feet", .yesNo)
  /// Sad or weeping most of the time.
  public static let persistentSadness = DataElement(
    933, "persistent_sadness", .yesNo, matter: .distress)
  /// Pain in the pit of the stomach.
  public static let upperBellyPain = DataElement(934, "upper_belly_pain", .yesNo)
}
