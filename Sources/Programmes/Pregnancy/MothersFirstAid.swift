import Guidance
import Health

/// A sign of danger of mothers that the book of mothers does not name by itself. Codes 965 and 981.
extension DataElement {
  /// Unconscious, or fainted and does not answer.
  public static let unconscious = DataElement(965, "unconscious", .yesNo)
  /// Foul discharge, asked of a woman of whom nothing is told but that a pregnancy ended.
  public static let foulDischarge = DataElement(981, "foul_discharge", .yesNo)
}

/// What to do at once about signs of danger of mothers that cannot wait until later on the day, as
/// WHO's quick check has it.
extension FirstAid {
  private static func now(_ action: CareAction) -> FirstAid {
    FirstAid([action, .referToHospitalNow], source: .quickCheck)
  }
  static let bleedingInPregnancy = now(.careForBleedingInPregnancy)
  static let bleedingAfterBirth = now(.stopBleedingAfterBirth)
  static let bleedingAfterLoss = now(.careForBleedingAfterLoss)
  static let infectionOfTheWomb = now(.careForInfectionOfTheWomb)
  static let fits = now(.careForFits)
  static let unconscious = now(.careForUnconscious)
  static let severeBreathing = now(.careForBreathing)
  static let cordOut = now(.careForCordOut)
  /// Waters that broke before the term, or that are green and foul.
  static let watersBroke = now(.careForBrokenWaters)
  /// Severe pain, headache with blurred sight, blood that is vomited.
  static let otherwise = now(.layDownAndWatch)
  /// Of a woman of whom no pregnancy is known.
  static let woman = now(.careForWoman)
  static let bleedingWoman = now(.careForBleedingWoman)
  static let infectionOfWoman = now(.careForInfectionOfWoman)
  static let fitsOfWoman = now(.careForWomanInFits)
  static let unconsciousWoman = now(.careForUnconsciousWoman)
  static let breathlessWoman = now(.careForBreathlessWoman)
}

/// First aid that only health workers give. What a kader does of it stands in the catalogues
/// (`kader_actions`), as of every other action.
extension CareAction {
  /// Bleeding after birth: massage the womb, oxytocin 10 IU into a muscle, infusion, an empty bladder.
  public static let stopBleedingAfterBirth = CareAction(334, "stop_bleeding_after_birth")
  /// Bleeding after a loss: infusion, pressure and pulse, what came out is kept. There is no womb to
  /// massage, and oxytocin does little so early.
  public static let careForBleedingAfterLoss = CareAction(390, "care_for_bleeding_after_loss")
  /// Fever with foul discharge: infusion, first doses of antibiotics.
  public static let careForInfectionOfTheWomb = CareAction(
    396, "care_for_infection_of_the_womb")
  /// Bleeding in pregnancy: no examination by the vagina, infusion.
  public static let careForBleedingInPregnancy = CareAction(335, "care_for_bleeding_in_pregnancy")
  /// Fits: on the left side, airway free, magnesium sulphate by those who may.
  public static let careForFits = CareAction(336, "care_for_fits")
  /// Unconscious: on the left side, airway free, nothing by mouth, never alone.
  public static let careForUnconscious = CareAction(365, "care_for_unconscious")
  /// Severe trouble with breathing: sit her up, oxygen.
  public static let careForBreathing = CareAction(337, "care_for_breathing")
  /// The cord or a hand came out: hips higher than the head, nothing is pushed back.
  public static let careForCordOut = CareAction(338, "care_for_cord_out")
  /// Waters broke: lie down, no examination by the vagina; look for the cord, at colour and smell.
  public static let careForBrokenWaters = CareAction(434, "care_for_broken_waters")
  /// On the left side, pressure measured, infusion, somebody stays with her.
  public static let layDownAndWatch = CareAction(339, "lay_down_and_watch")
  /// Severe pain or headache of a woman of whom no pregnancy is known: what is done in pregnancy or
  /// after birth alone is done where she may be pregnant, or it is not among it.
  public static let careForWoman = CareAction(440, "care_for_woman")
  /// Bleeding of such a woman: no examination by the vagina where she may be pregnant.
  public static let careForBleedingWoman = CareAction(438, "care_for_bleeding_woman")
  /// Fever with foul discharge of such a woman, or of one who is pregnant: infusion, first doses of
  /// antibiotics.
  public static let careForInfectionOfWoman = CareAction(437, "care_for_infection_of_woman")
  /// Fits of such a woman: airway free, glucose and pressure, magnesium sulphate only where she is
  /// pregnant or gave birth.
  public static let careForWomanInFits = CareAction(441, "care_for_woman_in_fits")
  /// Such a woman unconscious.
  public static let careForUnconsciousWoman = CareAction(442, "care_for_unconscious_woman")
  /// Such a woman short of breath.
  public static let careForBreathlessWoman = CareAction(443, "care_for_breathless_woman")
}
