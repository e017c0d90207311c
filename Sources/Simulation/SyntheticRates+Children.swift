import Guidance
import Health
import Programmes

/// Newborns, children and what ails them. Sources in short; the table is in docs/simulation.md:
/// - PSG 2016 and Riskesdas 2018: vitamin A of children from 6 to 59 months 83 to 90 %.
/// - SKI 2023, Susenas 2023: nothing but breast milk under six months 55 to 74 %, less in
///   Kalimantan Tengah.
///
/// - Susenas 2023: BCG 90.9 %, DPT3 88.3 %, polio 3 88.6 %, measles 75.4 %, all basic vaccines
///   63.6 % of children of 12 to 23 months.
///
/// What is not named there is from memory or assumed.
extension SyntheticRates {
  /// Newborns whose blood is taken for SHK.
  static let thyroidScreened = 0.55
  /// Signs of danger at a visit of a newborn.
  static let newbornSigns: [(DataElement, Double)] = [
    (.notSuckling, 0.006), (.fits, 0.001), (.jaundice, 0.08), (.infectedNavel, 0.012),
    (.diarrhoea, 0.005), (.weakNewborn, 0.006), (.moaning, 0.003), (.blueOrPale, 0.003),
  ]

  /// Children who come to the Posyandu in a month in which nobody is weighed yet.
  static let cameBeforeWeighings = 0.8
  /// Capsules of vitamin A given to those who came, and brought home to those who did not.
  static let vitaminA = (came: 0.97, atHome: 0.35)
  /// Medicine against worms given in August to those who came.
  static let deworming = 0.78
  /// Visits of children under two in which feeding was asked for and written down.
  static let feedingAsked = 0.3
  /// Until how many months nothing but breast milk is given: 0, 2, 4, 6.
  static let onlyBreastMilk = [0.24, 0.15, 0.19, 0.42]
  /// Children whose mothers still nurse them, at 12 and at 24 months.
  static let nursed = (year: 0.75, twoYears: 0.45)
  /// Children who get the integrated examination at six months.
  static let sixMonthChecks = 0.4
  /// Households with somebody who has tuberculosis of the lungs; signs of it in a child, a month.
  static let tuberculosis = (contact: 0.008, symptom: 0.004, scored: 0.25)
  /// Thalassaemia in the family.
  static let thalassaemia = 0.006

  /// Questionnaires of development that are put at their age (log-odds).
  static let questionnaires = 0.1
  /// Children whose development is doubtful, and late.
  static let development = (doubtful: 0.09, late: 0.03)
  /// A doubtful one that is put again, and is then as expected.
  static let questionnairesAgain = (put: 0.65, better: 0.7)

  /// Children whose families refuse all vaccines.
  static let refusedVaccines = 0.04
  /// Vaccines that were offered and not given, as far as it is written down: to families that refuse
  /// all of them, and to those who come for no more of them, each time that something is newly due;
  /// to a child that came before the family means to have it vaccinated, because it is ill; and of
  /// vaccines that were not there or not given with the others. Assumed.
  static let notGiven = (toRefusers: 0.8, toLeavers: 0.35, unwell: 0.25, outOfStock: 0.5)
  /// Why families refuse. Riskesdas 2013, of children who were never vaccinated: 28.8 % for fear of
  /// fever, 26.3 % because the family does not allow it; the two are kept to each other, those who
  /// just decline and those of faith are assumed.
  static let vaccineReasons: [(reason: RefusalBody.Reason, share: Double)] = [
    (.fear, 0.45), (.family, 0.41), (.declined, 0.09), (.faith, 0.05),
  ]
  /// Children vaccinated against hepatitis B at birth, of families that do not refuse.
  static let vaccinatedAtBirth = 0.92
  /// Children who miss a Posyandu day and come to the Pustu in the month, for what is due.
  static let vaccinatedElsewhere = 0.3
  /// Doses that were spoiled, as was found afterwards.
  static let spoiledDoses = 0.000_5
  /// Women who are given Td at their first visit, of those who are not protected for life.
  static let tetanusGiven = 0.45
  /// Sessions at which a vaccine was out of stock, or was not given with the others.
  static func outOfStock(_ vaccine: VaccineName) -> Double {
    switch vaccine {
    case .rotavirus: 0.15
    case .pneumococcus: 0.08
    case .injectedPolio: 0.06
    default: 0.01
    }
  }

  /// Visits of sick children in a month, under two months, under two years and later.
  static let sick = (infant: 0.05, underTwo: 0.075, older: 0.045)
  /// Main complaint: cough, fever, diarrhoea, ear, another.
  static let complaints = [0.45, 0.35, 0.15, 0.04, 0.01]
  /// Coughs that are pneumonia, and severe.
  static let pneumonia = (usual: 0.10, severe: 0.01)
  /// Diarrhoea without, with some and with severe dehydration.
  static let dehydration = [0.86, 0.125, 0.015]
  /// Fevers of two to seven days that are dengue.
  static let dengue = 0.03
  /// Sick children who are seen again when they were told to come.
  static let seenAgain = 0.5
  /// General signs of danger of a sick child.
  static let sickSigns: [(DataElement, Double)] = [
    (.abnormalAppearance, 0.012), (.abnormalBreathing, 0.010), (.abnormalCirculation, 0.004),
    (.cannotDrink, 0.006), (.vomitsAll, 0.010), (.fits, 0.006),
  ]
  /// Signs of grave dengue, of those who have it.
  static let dengueSigns: [(DataElement, Double)] = [
    (.slowRefill, 0.04), (.weakPulse, 0.04), (.coldLimbs, 0.05), (.respiratoryDistress, 0.02),
    (.gutBleeding, 0.03), (.organTrouble, 0.02), (.bellyPainTender, 0.25),
    (.vomitsAgainAndAgain, 0.2), (.fluidGathers, 0.04), (.mucosalBleeding, 0.12),
    (.liverEnlarged, 0.12), (.bodyAches, 0.7), (.rash, 0.4),
  ]
  /// Signs of a sick infant under two months.
  static let infantSigns: [(DataElement, Double)] = [
    (.notSuckling, 0.02), (.fits, 0.004), (.blueLips, 0.006), (.grunting, 0.01),
    (.nasalFlaring, 0.02), (.strongIndrawing, 0.012), (.noStoolTwoDays, 0.03),
    (.vomitsGreen, 0.004), (.distendedBelly, 0.006), (.skinPustules, 0.07),
  ]

  /// Children found thin who are looked at again, and severely thin ones who come under care.
  static let growthSeenAgain = (thin: 0.6, severe: 0.8)
  /// A sign that something else is behind poor growth; a complication of severe malnutrition.
  static let growthSigns = (redFlag: 0.12, complication: 0.08)
}
