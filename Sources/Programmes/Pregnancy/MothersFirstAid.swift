import Guidance
import Health

/// What to do at once about signs of danger of mothers that cannot wait until later on the day, as
/// WHO's quick check has it.
extension FirstAid {
  private static func now(_ action: CareAction) -> FirstAid {
    FirstAid([action, .referToHospitalNow], source: .quickCheck)
  }
  static let bleedingInPregnancy = now(.careForBleedingInPregnancy)
  static let bleedingAfterBirth = now(.stopBleedingAfterBirth)
  static let fits = now(.careForFits)
  static let severeBreathing = now(.careForBreathing)
  static let cordOut = now(.careForCordOut)
  /// Severe pain, headache with blurred sight, blood that is vomited.
  static let otherwise = now(.layDownAndWatch)
}

extension Collection<CareAction> {
  /// The same as a kader may do it: whoever is neither midwife, nurse nor doctor lays her down, calls
  /// for help and stays, and treats nothing; a child is kept warm, fed if it can drink, and brought.
  public var asKader: [CareAction] {
    if contains(where: CareAction.firstAid.contains) { return [.kaderFirstAid] }
    if let ofChild = asKaderOfChild { return ofChild }
    return contains(.lookForShock) ? [.bringToMidwifeNow] : Array(self)
  }
}

extension CareAction {
  /// First aid that only health workers give.
  fileprivate static let firstAid: Set<CareAction> = [
    .careForBleedingInPregnancy, .stopBleedingAfterBirth, .careForFits, .careForBreathing,
    .careForCordOut, .layDownAndWatch, .careForShock, .giveMagnesiumSulphate,
  ]

  /// A kader: lay her on her left side, keep her warm, call midwife and transport, stay with her.
  public static let kaderFirstAid = CareAction(332, "kader_first_aid")
  /// A kader: to the midwife now.
  public static let bringToMidwifeNow = CareAction(333, "bring_to_midwife_now")
  /// Bleeding after birth: massage the womb, oxytocin 10 IU into a muscle, infusion, an empty bladder.
  public static let stopBleedingAfterBirth = CareAction(334, "stop_bleeding_after_birth")
  /// Bleeding in pregnancy: no examination by the vagina, infusion.
  public static let careForBleedingInPregnancy = CareAction(335, "care_for_bleeding_in_pregnancy")
  /// Fits: on the left side, airway free, magnesium sulphate by those who may.
  public static let careForFits = CareAction(336, "care_for_fits")
  /// Severe trouble with breathing: sit her up, oxygen.
  public static let careForBreathing = CareAction(337, "care_for_breathing")
  /// The cord or a hand came out: hips higher than the head, nothing is pushed back.
  public static let careForCordOut = CareAction(338, "care_for_cord_out")
  /// On the left side, pressure measured, infusion, somebody stays with her.
  public static let layDownAndWatch = CareAction(339, "lay_down_and_watch")
}
