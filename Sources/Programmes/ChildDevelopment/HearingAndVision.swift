import Guidance
import Health

/// The hearing test (TDD) of one band of age; every "no" matters. Elements 1200 to 1229.
struct HearingTest {
  /// Its place in ``all``.
  let index: Int
  /// The completed months from which, and until which, it is put.
  let months: (from: Int32, until: Int32)
  /// How many questions it has.
  let items: Int

  /// The bands of the forms whose questions were counted.
  static let all: [HearingTest] = [
    HearingTest(index: 0, months: (0, 6), items: 3),
    HearingTest(index: 1, months: (6, 9), items: 4),
    HearingTest(index: 2, months: (9, 12), items: 4),
    HearingTest(index: 3, months: (12, 24), items: 5),
    HearingTest(index: 4, months: (24, 36), items: 3),
    HearingTest(index: 5, months: (36, 78), items: 2),
  ]

  private static let itemNames: [StaticString] = [
    "hearing_item_1", "hearing_item_2", "hearing_item_3", "hearing_item_4", "hearing_item_5",
  ]

  /// A question, from 0.
  func element(_ item: Int) -> DataElement {
    DataElement(UInt16(1_200 + index * 5 + item), HearingTest.itemNames[item], .yesNo)
  }

  /// Its questions.
  var elements: [DataElement] { (0..<items).map { element($0) } }

  /// Children of its band.
  var applies: Criterion { .age(from: .months(months.from), until: .months(months.until)) }

  /// Its score: how often "no".
  var instrument: Instrument {
    Instrument(
      UInt16(120 + index), "hearing", source: .healthCheck,
      for: applies && .whereObserved(element(0), .known, .last(.months(6))),
      elements.map { Instrument.Item($0.name, 1, when: !$0.isYes(.last(.months(6)))) },
      bands: Classification(
        source: .healthCheck, [.init(.upTo(0), .init(1, "hearing_normal", .homeCare))],
        above: .init(2, "hearing_doubtful", .referPlanned)))
  }
}

extension DataElement {
  /// Sight of the right eye by the E chart: 1 good, 2 poor. Good is three right in a row, or four of
  /// five.
  public static let rightEye = DataElement(1_240, "right_eye", .choice(2))
  /// Sight of the left eye.
  public static let leftEye = DataElement(1_241, "left_eye", .choice(2))
  /// Red reflex of both eyes: 1 red and equal, 2 absent, white, with dark spots, or unequal.
  public static let redReflex = DataElement(1_242, "red_reflex", .choice(2))
}

extension CareService {
  private static let byHealthWorkers: CareSettings = [
    .pustu, .puskesmas, .school, .privateFacility, .hospital,
  ]

  /// Hearing: every three months in the first year, then every six.
  static let hearingTested = CareService(
    162, "hearing_tested", source: .hearingScreening,
    for: .age(from: .none, until: .months(78)),
    .milestones(
      .birth, [3, 6, 9, 12, 18, 24, 30, 36, 42, 48, 54, 60, 66, 72].map { .months($0) },
      late: .months(1), ends: .months(78)),
    doneBy: .one(HearingTest.all.map { .whole($0.elements) }), in: byHealthWorkers)
  /// Sight: every six months from three years on.
  static let visionTested = CareService(
    163, "vision_tested", source: .visionScreening,
    for: .age(from: .months(35), until: .months(78)),
    .milestones(
      .birth, [36, 42, 48, 54, 60, 66, 72].map { .months($0) }, late: .months(1),
      ends: .months(78)),
    doneBy: .observed(.rightEye), in: byHealthWorkers)
  /// The red reflex, once before three years.
  static let redReflexSeen = CareService(
    164, "red_reflex_seen", source: .redReflexScreening,
    for: .age(from: .none, until: .months(36)),
    .once(
      .birth, opens: .setting(.redReflexFromDays), late: .months(24), closes: .months(36)),
    doneBy: .observed(.redReflex), in: byHealthWorkers)
}

extension DecisionTable {
  private static let hearsNot = Criterion.one(
    HearingTest.all.map { .score($0.instrument, .atLeast(.fixed(.points(1)))) })

  /// Hearing: any "no" may be a problem of hearing.
  static let hearing = DecisionTable(
    84, "hearing_result", source: .healthCheck,
    for: .one(
      HearingTest.all.map {
        $0.applies && .whereObserved($0.element(0), .known, .last(.months(6)))
      }),
    [
      Row(
        1, "hearing_refer", .referPlanned, when: hearsNot && !.setting(.hearingIsRepeatedFirst),
        .referToDoctor),
      Row(2, "hearing_again", .treat, when: hearsNot, .testAgain),
      Row(3, "hearing_good", .homeCare, when: !hearsNot),
    ])

  /// Sight by the E chart: poor in one eye is referred.
  static let vision = DecisionTable(
    79, "vision_result", source: .healthCheck,
    for: .age(from: .months(36), until: .months(78))
      && (.whereObserved(.rightEye, .known, .last(.months(7)))
        || .whereObserved(.leftEye, .known, .last(.months(7)))),
    [
      Row(
        1, "vision_poor", .referPlanned,
        when: DataElement.rightEye.isChoice(2, in: .last(.months(7)))
          || DataElement.leftEye.isChoice(2, in: .last(.months(7))),
        .referToDoctor),
      Row(2, "vision_good", .homeCare, when: .always),
    ])

  /// Red reflex: what is not red and equal is referred at once.
  static let redReflex = DecisionTable(
    86, "red_reflex_result", source: .healthCheck,
    for: .age(from: .none, until: .months(36)) && .whereObserved(.redReflex, .known, .ever),
    [
      Row(
        1, "red_reflex_abnormal", .refer, when: DataElement.redReflex.isChoice(2, in: .ever),
        .referToHospitalNow),
      Row(2, "red_reflex_normal", .homeCare, when: .always),
    ])
}

extension CareAction {
  /// Test again.
  public static let testAgain = CareAction(114, "test_again")
}
