import Guidance
import Health
import Programmes

/// Pregnancy, birth and the weeks after it. Sources in short; the table is in docs/simulation.md:
/// - SKI 2023 (Survei Kesehatan Indonesia): anaemia of pregnant women 27.7 %, KEK 16.9 %, births
///   before 37 weeks 11.1 %, caesarean sections 25.9 % of all, as articles quote it.
/// - SDKI 2017: four visits and more 77 %; BPS, Susenas 2022: 92.3 % of births in Kalimantan Tengah
///   attended by health workers.
/// - Riskesdas 2013: the page of the birth plan is empty in 64 % of books.
///
/// What is not named there is from memory or assumed.
extension SyntheticRates {
  /// Pregnancies without any visit before their end.
  static let withoutAntenatalCare = 0.04
  /// Pregnancies whose first visit is at any week between the 14th and the 34th.
  static let lateFirstVisit = 0.07
  /// The median week of the first visit of all others.
  static let firstVisitWeek = 8.8
  /// How much that differs (of its logarithm).
  static let firstVisitSpread = 0.33
  /// How readily visits after the first are made (log-odds), and how much women differ.
  static let antenatalVisits = (mean: 3.6, deviation: 1.2)
  /// First and fifth visits that a doctor makes with an ultrasound.
  static let seenByDoctor = 0.72
  /// Visits after birth that are made (log-odds).
  static let postnatalVisits = 2.9
  /// Visits of newborns that are made (log-odds).
  static let newbornVisits = 2.8

  /// Of those who were offered a test or a capsule and did not get it: who refused it.
  static let refused = 0.15

  /// Recorded losses per birth: 12 of 100 recognised pregnancies, of which not all come to care.
  static let lossesPerBirth = 0.136
  /// Lost pregnancies of which nobody learned before, and that are told afterwards.
  static let unknownLossTold = 0.35
  /// Stillbirths per birth.
  static let stillbirths = 0.009
  /// Losses that are miscarriages, outside the womb, and molar.
  static let lossKinds = [0.945, 0.045, 0.010]

  /// Caesarean sections: of women without an earlier one, and with one.
  static let caesareans = (first: 0.13, again: 0.85)
  /// Births with vacuum or forceps.
  static let assistedBirths = 0.02
  /// Where births happen that are no caesarean section: home, Pustu, Puskesmas, practice, hospital.
  static let birthPlaces = [0.20, 0.14, 0.32, 0.16, 0.18]
  /// Births at home attended by a midwife; the others by a traditional one.
  static let midwifeAtHome = 0.62

  /// Haemoglobin in g/dL before 13 weeks, and how much women differ.
  static let haemoglobin = (mean: 11.75, deviation: 1.2)
  /// Arm circumference in cm of a woman of middling body mass index, and its own spread.
  static let arm = (mean: 26.3, deviation: 1.5)
  /// Preeclampsia of pregnancies.
  static let preeclampsia = 0.04
  /// High pressure since before the pregnancy.
  static let chronicHypertension = 0.015
  /// Diabetes of pregnancy.
  static let diabetesOfPregnancy = 0.06
  /// Reactive tests for HIV, syphilis, hepatitis B.
  static let reactive = (hiv: 0.002_5, syphilis: 0.007, hepatitisB: 0.016)
  /// Tested at the first visit for HIV, syphilis, hepatitis B.
  static let tested = (hiv: 0.72, syphilis: 0.66, hepatitisB: 0.80)
  /// Blood groups A, B, AB and O; rhesus negative.
  static let bloodGroups = [0.26, 0.29, 0.07, 0.38]
  /// Rhesus negative.
  static let rhesusNegative = 0.005
  /// How a child lies from 36 weeks on: head, breech, across, not to be told.
  static let presentations = [0.955, 0.035, 0.005, 0.005]
  /// Women who make a birth plan.
  static let birthPlans = 0.45
  /// Women of whom a pregnancy was lost before.
  static let lostBefore = 0.14

  /// Methods of contraception six weeks after birth, in the order of the element's choices; nine of
  /// twenty start one.
  static let contraceptives = [
    0.55, 0.045, 0.005, 0.05, 0.19, 0.02, 0.05, 0.005, 0.02, 0.045, 0.019, 0.001,
  ]
  /// Women who use none after six weeks and come for one in the following weeks.
  static let contraceptionLater = 0.4

  /// Signs of danger at a visit in pregnancy.
  static let antenatalSigns: [(DataElement, Double)] = [
    (.bleeding, 0.006), (.headacheBlurredSight, 0.004), (.fits, 0.000_2),
    (.severeAbdominalPain, 0.004), (.watersBroke, 0.002), (.swollenFaceHands, 0.006),
    (.feverTwoDays, 0.005), (.vomitsAll, 0.006), (.heartPounding, 0.003),
    (.shortOfBreath, 0.004), (.chestPain, 0.002), (.coughTwoWeeks, 0.006), (.diarrhoea, 0.005),
    (.urinePainOrDischarge, 0.012), (.sleeplessAnxious, 0.007),
  ]
  /// Signs of danger at a visit after birth.
  static let postnatalSigns: [(DataElement, Double)] = [
    (.heavyBleeding, 0.004), (.bleeding, 0.006), (.smellyLochia, 0.006), (.feverTwoDays, 0.008),
    (.headacheBlurredSight, 0.005), (.fits, 0.000_3), (.severeAbdominalPain, 0.005),
    (.shortOfBreath, 0.002), (.swollenBreast, 0.02), (.urineOrStoolTrouble, 0.012),
    (.birthCanalWound, 0.015), (.sleeplessAnxious, 0.01),
  ]
  /// Risks that are asked once, of those who gave birth before.
  static let risksOfEarlierBirths: [(DataElement, Double)] = [
    (.pulledBirthBefore, 0.02), (.placentaByHandBefore, 0.01), (.transfusionBefore, 0.012),
    (.preeclampsiaBefore, 0.02), (.newPartner, 0.03),
  ]
  /// Illnesses that are asked once.
  static let illnesses: [(DataElement, Double)] = [
    (.kidneyDisease, 0.002), (.autoimmuneDisease, 0.002), (.antiphospholipid, 0.000_5),
    (.familyPreeclampsia, 0.03), (.tuberculosisOrHeart, 0.005), (.sexuallyTransmitted, 0.006),
    (.assistedReproduction, 0.003),
  ]
}
