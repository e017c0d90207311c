import Guidance
import Health

/// Questions on behaviour: 14 of the KMPE (1250 to 1263), 20 of the M-CHAT-R (1270 to 1289), 10 of
/// the GPPH (1300 to 1309). The wording is not ours; catalogues name them by number alone.
enum BehaviourQuestions {
  private static let numbers: [StaticString] = [
    "question_1", "question_2", "question_3", "question_4", "question_5", "question_6",
    "question_7", "question_8", "question_9", "question_10", "question_11", "question_12",
    "question_13", "question_14", "question_15", "question_16", "question_17", "question_18",
    "question_19", "question_20",
  ]

  /// KMPE: "yes" is a sign of a problem of feelings or behaviour.
  static let behaviour: [DataElement] = (0..<14).map {
    DataElement(1_250 + UInt16($0), numbers[$0], .yesNo)
  }
  /// M-CHAT-R: "no" is a risk but in questions 2, 5 and 12, where "yes" is.
  static let autism: [DataElement] = (0..<20).map {
    DataElement(1_270 + UInt16($0), numbers[$0], .yesNo)
  }
  /// GPPH: from 0 (not at all) to 3 (always).
  static let attention: [DataElement] = (0..<10).map {
    DataElement(1_300 + UInt16($0), numbers[$0], .quantity(.points, 0...3))
  }
  /// The questions of the M-CHAT-R in which "yes" is a risk, from 1.
  static let risksByYes = [2, 5, 12]

  /// The ages in completed months from which the M-CHAT-R is put to every child.
  static let autismAges: [Int32] = [18, 24]
  /// The age in completed months from which it is put no more.
  static let autismEnds: Int32 = 31
  /// The ages at which it may be put; before the first of its ages on a worry alone.
  static let autismWindow = Criterion.age(from: .months(16), until: .months(autismEnds))

  /// Of whom the form asks the M-CHAT-R: from the first of its ages on, as long as the plan can owe
  /// it, and before on a worry of the last three months.
  static let isAutismAsked: Criterion =
    .age(from: .months(autismAges[0]), until: .months(autismEnds))
    || (autismWindow && DataElement.autismConcern.isYesWhereObserved(.last(.months(3))))
}

extension DataElement {
  /// The family or a teacher fears that the child is not like others with people.
  public static let autismConcern = DataElement(1_244, "autism_concern", .yesNo)
  /// The family or a teacher fears that the child cannot sit still or attend.
  public static let attentionConcern = DataElement(1_245, "attention_concern", .yesNo)
  /// Questions that the interview after the M-CHAT-R left as risks.
  public static let autismInterviewRisks = DataElement(
    1_290, "autism_interview_risks", .quantity(.count, 0...20))
}

extension Instrument {
  private static let half = Scope.last(.months(6))

  /// Problems of feelings and behaviour: none, one, two and more.
  static let behaviour = Instrument(
    126, "behaviour", source: .behaviourScreening,
    for: .age(from: .months(36), until: .months(78))
      && .whereObserved(BehaviourQuestions.behaviour[0], .known, half),
    BehaviourQuestions.behaviour.map { Item($0, 1, half) },
    bands: Classification(
      source: .behaviourScreening,
      [
        .init(.upTo(0), .init(1, "behaviour_normal", .homeCare)),
        .init(.upTo(1), .init(2, "behaviour_counsel", .treat)),
      ], above: .init(3, "behaviour_refer", .referPlanned)))

  /// Risk of autism: 0 to 2 low, 3 to 7, 8 to 20.
  static let autism = Instrument(
    127, "autism", source: .autismScreening,
    for: .age(from: .months(16), until: .months(37))
      && .whereObserved(BehaviourQuestions.autism[0], .known, half),
    BehaviourQuestions.autism.enumerated().map { place, element in
      let isYes = element.isYes(half)
      return Item(
        element.name, 1, when: BehaviourQuestions.risksByYes.contains(place + 1) ? isYes : !isYes)
    },
    bands: Classification(
      source: .autismScreening,
      [
        .init(.upTo(2), .init(1, "autism_low", .homeCare)),
        .init(.upTo(7), .init(2, "autism_medium", .referPlanned)),
      ], above: .init(3, "autism_high", .referPlanned)))

  /// Attention and unrest: 13 points and more are referred.
  static let attention = Instrument(
    128, "attention", source: .developmentRegulation,
    for: .age(from: .months(36), until: .months(78))
      && .whereObserved(BehaviourQuestions.attention[0], .known, half),
    BehaviourQuestions.attention.map { Item(pointsOf: $0, upTo: 3, half) },
    bands: Classification(
      source: .developmentRegulation,
      [.init(.upTo(12), .init(1, "attention_below_limit", .homeCare))],
      above: .init(2, "attention_refer", .referPlanned)))
}

extension CareService {
  private static let byHealthWorkers: CareSettings = [
    .pustu, .puskesmas, .school, .privateFacility, .hospital,
  ]
  private static func first(_ elements: [DataElement]) -> DataElement { elements[0] }

  /// Feelings and behaviour: every six months from three years on.
  static let behaviourAsked = CareService(
    165, "behaviour_asked", source: .behaviourScreening,
    for: .age(from: .months(35), until: .months(78)),
    .milestones(
      .birth, [36, 42, 48, 54, 60, 66, 72].map { .months($0) }, late: .months(1),
      ends: .months(78)),
    doneBy: .whole(BehaviourQuestions.behaviour), in: byHealthWorkers)
  /// One "yes": counselled, and asked again after three months.
  static let behaviourAgain = CareService(
    166, "behaviour_again", source: .behaviourScreening,
    for: .age(from: .months(36), until: .months(84))
      && .score(.behaviour, .atLeast(.fixed(.points(1))))
      && .not(.score(.behaviour, .atLeast(.fixed(.points(2))))),
    .following(
      first(BehaviourQuestions.behaviour), .known, opens: .setting(.behaviourAgainDays),
      late: .setting(.behaviourAgainDays, plus: 30), closes: .months(6)),
    doneBy: .whole(BehaviourQuestions.behaviour), in: byHealthWorkers)
  /// Autism: at 18 and at 24 months.
  static let autismAsked = CareService(
    167, "autism_asked", source: .autismScreening, for: BehaviourQuestions.autismWindow,
    .milestones(
      .birth, BehaviourQuestions.autismAges.map { .months($0) }, late: .months(1),
      ends: .months(BehaviourQuestions.autismEnds)),
    doneBy: .whole(BehaviourQuestions.autism), in: byHealthWorkers)
  /// Autism: whenever the family is worried.
  static let autismAskedOnConcern = CareService(
    168, "autism_asked_on_concern", source: .autismScreening,
    for: BehaviourQuestions.autismWindow,
    .following(.autismConcern, .isYes, opens: .none, late: .weeks(2), closes: nil),
    doneBy: .whole(BehaviourQuestions.autism), in: byHealthWorkers)
  /// Attention: only where somebody is worried.
  static let attentionAsked = CareService(
    169, "attention_asked", source: .developmentRegulation,
    for: .age(from: .months(36), until: .months(78)),
    .following(.attentionConcern, .isYes, opens: .none, late: .weeks(2), closes: .months(6)),
    doneBy: .whole(BehaviourQuestions.attention), in: byHealthWorkers)
  /// Attention below the limit while the worry stays: asked again after a month.
  static let attentionAgain = CareService(
    170, "attention_again", source: .developmentRegulation,
    for: .age(from: .months(36), until: .months(78))
      && DataElement.attentionConcern.isYesWhereObserved(.last(.months(6)))
      && .whereObserved(first(BehaviourQuestions.attention), .known, .last(.months(6)))
      && .not(.score(.attention, .atLeast(.fixed(.points(13))))),
    .following(
      first(BehaviourQuestions.attention), .known, opens: .months(1), late: .months(2),
      closes: .months(4)),
    doneBy: .whole(BehaviourQuestions.attention), in: byHealthWorkers)
}

extension DecisionTable {
  private static func risks(from points: Int32) -> Criterion {
    .score(.autism, .atLeast(.fixed(.points(points))))
  }

  /// What the M-CHAT-R asks for: by the ministry 3 points are referred; by its authors 3 to 7 are
  /// talked through first, and two risks that stay are referred.
  static let autismRisk = DecisionTable(
    82, "autism_risk", source: .autismScreening,
    for: .age(from: .months(16), until: .months(37))
      && .whereObserved(BehaviourQuestions.autism[0], .known, .last(.months(6))),
    [
      Row(1, "autism_risk_high", .referPlanned, when: risks(from: 8), .referForDevelopment),
      Row(
        2, "autism_risk_medium", .referPlanned,
        when: risks(from: 3)
          && (!.setting(.autismInterviewFirst)
            || .whereObserved(
              .autismInterviewRisks, .atLeast(.fixed(.times(2))), .last(.months(6)))),
        .referForDevelopment),
      Row(
        3, "autism_interview", .treat,
        when: risks(from: 3) && !.whereObserved(.autismInterviewRisks, .known, .last(.months(6))),
        .followUpInterview),
      Row(4, "autism_risk_low", .homeCare, when: .always, .goOnStimulating),
    ])
}

extension CareAction {
  /// The interview that belongs to the questions with a risk.
  public static let followUpInterview = CareAction(115, "follow_up_interview")
}
