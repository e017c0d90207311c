import Guidance
import Health

/// What to do at once about signs of danger of children: the treatment before referral that the
/// chart book has for the class that each of them alone makes red.
extension FirstAid {
  private static func child(_ actions: CareAction...) -> FirstAid {
    FirstAid(actions + [.referNow], source: .chartBook2022("tanda bahaya umum"))
  }
  private static func infant(_ actions: CareAction...) -> FirstAid {
    FirstAid(actions + [.referNow], source: .chartBook2022("bayi muda, hlm. 40–46"))
  }

  // MARK: 2 to 59 months

  /// Fits. How the child lies, and that nothing goes into its mouth, is WHO's emergency triage.
  static let childFits = FirstAid(
    [.careForChildFits, .stopFits, .preventLowSugar, .keepWarm, .referNow],
    source: .emergencyTriage)
  /// Stridor at rest, breathing that is not as it should be.
  static let childBreathing = child(.freeAirway, .oxygenThreeToFive, .keepWarm)
  /// Drowsy or unconscious, a look or a colour of the skin that is not as it should be, cold limbs.
  static let childVeryIll = child(.freeAirway, .oxygenThreeToFive, .preventLowSugar, .keepWarm)
  /// Cannot drink, or vomits everything.
  static let childCannotDrink = child(.preventLowSugar, .keepWarm)
  /// A stiff neck.
  static let childStiffNeck = child(.firstDoseAntibiotics, .preventLowSugar)

  // MARK: Under two months

  /// Fits.
  static let infantFits = FirstAid(
    [
      .careForChildFits, .stopInfantFits, .infantFirstDoseAntibiotics, .sugarDrip, .keepWarm,
      .referNow,
    ], source: .emergencyTriage)
  /// Blue, grunting, flaring, drawing in.
  static let infantBreathing = infant(
    .freeAirway, .oxygenOne, .infantFirstDoseAntibiotics, .keepWarm)
  /// Does not suckle, hardly moves, is weak.
  static let infantVeryIll = infant(.infantFirstDoseAntibiotics, .sugarDrip, .keepWarm)
  /// No stool, green vomit, a distended belly, no anus.
  static let infantGut = infant(.openStomachTube, .sugarDrip, .keepWarm)
  /// Jaundice of the first day, or of palms and soles.
  static let infantJaundice = infant(.goOnBreastfeeding, .keepWarm)
}

extension CareAction {
  /// One of these stands in every red class of the chart book, and in what is done at once about a
  /// sign of danger of a child. A kader reads of such a list only what has words for a kader in the
  /// catalogue (`kader_actions`): all else only health workers give.
  public static let ofReferralNow: Set<CareAction> = [.referNow, .planC]

  /// Fits: on the side, airway free, nothing into the mouth.
  public static let careForChildFits = CareAction(371, "care_for_child_fits")
}
