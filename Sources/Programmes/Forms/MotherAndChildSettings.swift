import Guidance

extension ClinicalSetting {
  /// Every setting of the guidelines for mothers and children, in the order in which settings are
  /// printed.
  public static let motherAndChild: [ClinicalSetting] =
    [
      .firstTrimesterDays, .secondTrimesterDays, .energyDeficiencyArm, .anaemiaLimit,
      .anaemiaLimitSecondTrimester, .anaemiaThirdTrimesterDays,
      .pallorOutranksHaemoglobinAfterDays, .ironTablets, .ironAgainstAnaemiaDaily,
      .oneModerateRiskIsEnough, .familyRisksAreHigh, .firstPregnancyAt35CountsTwice,
      .shortIntervalMonths, .malariaIsEndemic, .fetalHeartLeast, .fetalHeartTooFast,
      .fetalHeartDangerBelow, .fetalHeartDangerFrom, .mothersFeverFrom, .lowPressureBelow,
      .fastPulseFrom, .sepsisPulseFrom, .sepsisBreathsFrom, .veryFastPulseFrom,
      .veryFastBreathsFrom, .stillbirthFromDays, .liveBirthFromDays, .hormoneEveryDays,
      .hormoneNormalFromDays,
      .aspirinUntilDays,
      .gestationalDiabetesUntilDays,
      .normalFastingGlucoseIsEnough, .pastDueFromDays, .pastTermFromDays, .lieCountsFromDays,
      .thyroidSampleFrom, .thyroidSampleUntil, .thyroidSamplesNeeded, .saturationThatPasses,
      .saturationDifference, .lateBirthFromDays, .largeBirthWeight, .earlyWeightReferredBelow,
      .smallEarlyWeightReferredBelow, .earlyWeightWatchedBelow, .birthWeightRegainedFrom,
      .vitaminKUntilDays,
      .dewormingInFebruary, .dewormingIsSelective, .severeReferralDays, .moderateReferralDays,
      .growthSeenAgainDays, .curedSeenFirstDays, .growthByCorrectedAge,
      .questionnaireAgainDays, .hearingIsRepeatedFirst, .redReflexFromDays,
      .autismInterviewFirst, .behaviourAgainDays,
    ] + sickChild
}
