import Guidance
import Health

/// What is known of hCG after a molar pregnancy. Code 982.
extension DataElement {
  /// A doctor said that hCG is normal and follow-up is over.
  public static let hormoneNormal = DataElement(982, "hormone_normal", .yesNo)
}

extension Criterion {
  /// The last pregnancy was a molar one, and no doctor has said that hCG is normal.
  static let molarNotOver =
    Criterion.ended(.molar) && !DataElement.hormoneNormal.isYesWhereObserved(.sinceBirth)
}

extension DecisionTable {
  /// After a molar pregnancy hCG is followed in a hospital until it is normal, since what is left may
  /// grow; a new pregnancy would hide that. WHO's criteria place no IUD meanwhile. For as long as
  /// contraception is looked at.
  static let molarFollowUp = DecisionTable(
    326, "molar_follow_up", source: .ownReading, for: .ended(.molar) && !.pregnant,
    [
      Row(
        1, "hormone_to_be_followed", .referPlanned, when: .molarNotOver, .followHormone,
        .noPregnancyYet),
      Row(2, "hormone_is_normal", .homeCare, when: .always),
    ])
}

extension CareAction {
  /// Refer by appointment to a hospital: hCG is tested there until a doctor says that it is normal.
  public static let followHormone = CareAction(432, "follow_hormone")
  /// No new pregnancy until then, and no IUD; another method now.
  public static let noPregnancyYet = CareAction(433, "no_pregnancy_yet")
}
