import Guidance

/// A main symptom of the chart book, which opens its own questions and tables.
public struct MainSymptom: Sendable {
  /// What was answered with yes, or shown by a measurement; nothing of what is looked at in all.
  public let element: DataElement?
  /// Its tables; the first is asked of all who have the symptom.
  public let tables: [DecisionTable]
  /// What is asked of the symptom, in the order of the form; none where all counts that its tables
  /// wait for.
  public let questions: [DataElement]

  /// The main symptoms of a child of 2 to 59 months, and of a young infant.
  /// Whether a young infant is very ill or yellow is looked at in all of them, first.
  public static let all: [MainSymptom] = [
    MainSymptom(element: nil, tables: [.infantInfection], questions: []),
    MainSymptom(element: nil, tables: [.infantJaundice], questions: []),
    MainSymptom(
      element: .coughOrHardBreathing, tables: [.cough, .longCough, .wheezing],
      questions: [.coughDays, .breathsPerMinute, .chestIndrawing, .wheeze]),
    MainSymptom(
      element: .diarrhoea, tables: [.dehydration, .persistentDiarrhoea, .dysentery, .cholera],
      questions: [
        .diarrhoeaDays, .bloodInStool, .lethargic, .restless, .sunkenEyes, .drinking, .skinPinch,
      ]),
    MainSymptom(
      element: .diarrhoea, tables: [.infantDehydration],
      questions: [.hardlyMoves, .restless, .sunkenEyes, .skinPinch]),
    MainSymptom(
      element: .fever, tables: [.fever, .longFever, .measles, .dengue],
      questions: [
        .feverDays, .stiffNeck, .travelledToMalaria, .malariaTest, .generalRash, .measlesLately,
        .runnyNose, .redEyes, .corneaClouded, .pusInEye, .mouthSores, .slowRefill, .weakPulse,
        .respiratoryDistress, .gutBleeding, .organTrouble, .bellyPainTender, .vomitsAgainAndAgain,
        .fluidGathers, .mucosalBleeding, .liverEnlarged, .bodyAches, .rash,
      ]),
    MainSymptom(
      element: .earProblem, tables: [.ear],
      questions: [.swellingBehindEar, .earPain, .earDischarge, .earDischargeDays]),
  ]
}
