import Guidance
import Health

extension Guideline {
  /// Pregnancy, from the first visit to 42 days after its end. What is found in a woman of whom no
  /// pregnancy is known stands here as well: it is asked of her who was thought to be pregnant.
  public static let pregnancy = Guideline(
    1, "pregnancy", source: .integratedCare,
    for: .pregnant || .afterBirth || .endUntold || .askedWithoutPregnancy,
    services: [
      .doctorFirstTrimester, .doctorThirdTrimester, .teeth, .firstHaemoglobin,
      .thirdTrimesterHaemoglobin, .haemoglobinAgain, .hivTested, .syphilisTested,
      .hepatitisBTested, .bloodGroupKnown, .randomGlucose, .gestationalDiabetes,
      .urineProteinTested, .malariaTested, .preeclampsiaScreened, .extraFoodGiven, .birthPlanned,
      .motherVitaminA,
    ],
    series: [.antenatalContacts, .postnatalContacts],
    matrices: [.antenatal, .postnatal],
    tables: [
      .firstVisit, .antenatalCompleteness, .datingInDoubt, .pastTerm, .birthPlace, .anaemia,
      .anaemiaCourse, .energyDeficiency,
      .bodyMassBefore, .weightGain, .bodyMassBeforeTwins, .weightGainWithTwins, .ironCourse,
      .pressureInPregnancy, .lowPressure, .mothersSepsis, .preeclampsiaRisk,
      .aspirin, .diabetesInPregnancy, .hivInPregnancy, .syphilisAndHepatitisB, .rhesusInPregnancy,
      .fetalHeart,
      .birthPlan,
      .postnatalCompleteness, .birthComplications, .pressureWithoutPregnancy,
      .foulLochiaTakenBack,
    ],
    instruments: [.poedjiRochjati],
    dangerSigns: DangerSign.ofPregnancy + DangerSign.ofLatePregnancy + DangerSign.ofBirth
      + DangerSign.afterBirth + DangerSign.afterUntoldEnd + DangerSign.withoutPregnancy
      + DangerSign.afterEndTakenBack)
}
