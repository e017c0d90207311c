import Guidance
import Health

/// What is worked out from questionnaires, and what follows from them. Codes 900 to 909.
extension DataElement {
  /// The age in months of the KPSP that was put.
  public static let questionnaireMonths = DataElement(
    900, "questionnaire_months", .quantity(.count, 3...72))
  /// Its answers "yes", where all ten were given.
  public static let questionnairePoints = DataElement(
    901, "questionnaire_points", .quantity(.points, 0...10))
  /// What it says: 1 a likely deviation, 2 doubtful, 3 as expected, 4 doubtful again.
  public static let questionnaireResult = DataElement(902, "questionnaire_result", .choice(4))
  /// Was sent to a facility for growth and development.
  public static let developmentReferred = DataElement(903, "development_referred", .yesNo)
}

extension ClinicalSetting {
  /// After how many days a doubtful KPSP is put again.
  public static let questionnaireAgainDays = ClinicalSetting(
    80, "questionnaire_again_days", in: .days, within: 7...28,
    .init(14, .healthCheck), .init(7, .developmentScreening))
  /// Whether a hearing test with a "no" is put again before the child is referred.
  public static let hearingIsRepeatedFirst = ClinicalSetting(
    81, "hearing_is_repeated_first", in: nil, within: 0...1,
    .init(0, .healthCheck), .init(1, .olderScreening))
  /// From how many days of life the red reflex of the eyes is looked at.
  public static let redReflexFromDays = ClinicalSetting(
    82, "red_reflex_from_days", in: .days, within: 0...365,
    .init(0, .redReflexScreening), .init(365, .healthCheck))
  /// Whether an M-CHAT-R of 3 to 7 points is followed by the interview before the child is
  /// referred.
  public static let autismInterviewFirst = ClinicalSetting(
    83, "autism_interview_first", in: nil, within: 0...1,
    .init(0, .autismScreening), .init(1, .autismAuthors))
  /// After how many days behaviour with one "yes" is asked again.
  public static let behaviourAgainDays = ClinicalSetting(
    84, "behaviour_again_days", in: .days, within: 28...92,
    .init(90, .behaviourScreening), .init(30, .behaviourScreening))
}

extension Source {
  /// The editions before 2022.
  static let olderScreening = Source(
    id: "sdidtk-2016", title: "Pedoman SDIDTK", edition: "2005–2016", place: "TDD, TDL",
    standing: .fromMemory)
  /// The authors of the questionnaire on autism.
  static let autismAuthors = Source(
    id: "m-chat-r", title: "Modified Checklist for Autism in Toddlers, Revised, with Follow-Up",
    edition: "2009", place: "cara menilai", standing: .fromMemory)
  /// The regulation on growth and development.
  static let developmentRegulation = Source(
    id: "permenkes-66-2014",
    title: "Pemantauan Pertumbuhan, Perkembangan, dan Gangguan Tumbuh Kembang Anak",
    edition: "66/2014", place: "GPPH", standing: .secondary)
}

extension HealthRecord {
  /// Adds the results of questionnaires that were answered whole, all on one day. A doubtful one that is put again
  /// after two weeks and is still doubtful is doubtful again. To be called once, after reading.
  public mutating func observeQuestionnaires(settings: ClinicalSettings = ClinicalSettings()) {
    guard hasQuestionnaire else { return }
    // Which questions of one questionnaire were answered on one day, and which of them with yes.
    var answers = (on: CivilDate?.none, form: -1, fact: Identifier?.none, given: 0, yes: 0)
    let whole = 1 << DevelopmentQuestionnaire.itemCount - 1
    var doubtful: (form: Int, on: CivilDate)?
    for place in 0..<observations.count {
      let seen = observations[place]
      guard let (questionnaire, item) = DevelopmentQuestionnaire.item(seen.element) else {
        continue
      }
      let isPutAgain = answers.fact != seen.fact && answers.given == whole
      if answers.on != seen.on || answers.form != questionnaire.index || isPutAgain {
        (answers.given, answers.yes) = (0, 0)
      }
      (answers.on, answers.form, answers.fact) = (seen.on, questionnaire.index, seen.fact)
      answers.given |= 1 << item
      answers.yes = answers.yes & ~(1 << item) | (seen.value == 1 ? 1 << item : 0)
      guard answers.given == whole else { continue }
      let points = Int32(answers.yes.nonzeroBitCount)
      var result: Int32 = points >= 9 ? 3 : points >= 7 ? 2 : 1
      if result == 2 {
        if let before = doubtful, before.form == questionnaire.index,
          (seen.on - before.on).count >= settings[.questionnaireAgainDays]
        {
          result = 4
        }
        // The first day of doubt counts, however often it is put before the time.
        if doubtful?.form != questionnaire.index { doubtful = (questionnaire.index, seen.on) }
      } else {
        doubtful = nil
      }
      observe(
        DataElement.questionnaireMonths.code, questionnaire.months, on: seen.on, fact: seen.fact)
      observe(DataElement.questionnairePoints.code, points, on: seen.on, fact: seen.fact)
      observe(DataElement.questionnaireResult.code, result, on: seen.on, fact: seen.fact)
    }
  }

  private var hasQuestionnaire: Bool {
    DevelopmentQuestionnaire.all.contains { latest($0.element(0)) != nil }
  }
}

extension CareService {
  /// The same KPSP again two weeks after it was doubtful.
  static let questionnaireAgain = CareService(
    160, "kpsp_again", source: .healthCheck, for: .age(from: .months(2), until: .months(84)),
    .following(
      .questionnaireResult, .oneOf(1 << 2), opens: .setting(.questionnaireAgainDays),
      late: .setting(.questionnaireAgainDays, plus: 14), closes: .months(3)),
    doneBy: .observed(.questionnairePoints), in: [.pustu, .puskesmas, .privateFacility, .hospital])
  /// Sent on after a likely deviation, or doubt that stays.
  static let developmentReferral = CareService(
    161, "development_referral", source: .healthCheck,
    for: .age(from: .months(2), until: .months(84)),
    .following(
      .questionnaireResult, .oneOf(1 << 1 | 1 << 4), opens: .none, late: .weeks(2),
      closes: .months(6)),
    doneBy: .yes(.developmentReferred), in: .withDoctor)
  /// The development list of the Buku KIA at the end of each of its bands.
  static let developmentList = CareService(
    171, "development_list", source: .motherChildBookOnChildren,
    for: .age(from: .days(29), until: .months(72)),
    .milestones(
      .birth, [.days(29)] + [3, 6, 9, 12, 18, 24, 36, 48, 60].map { .months($0) },
      late: .months(2), ends: .months(72)),
    doneBy: .observed(.developmentListPassed))
}

extension DecisionTable {
  /// What the last KPSP means.
  static let developmentResult = DecisionTable(
    85, "development_result", source: .healthCheck,
    for: .age(from: .months(2), until: .months(84))
      && .whereObserved(.questionnaireResult, .known, .last(.months(7))),
    [
      Row(
        1, "development_deviation", .referPlanned,
        when: DataElement.questionnaireResult.isChoice(1, in: .last(.months(7))),
        .referForDevelopment),
      Row(
        2, "development_doubtful_again", .referPlanned,
        when: DataElement.questionnaireResult.isChoice(4, in: .last(.months(7))),
        .referForDevelopment),
      Row(
        3, "development_doubtful", .treat,
        when: DataElement.questionnaireResult.isChoice(2, in: .last(.months(7))),
        .stimulateMore, .questionnaireInTwoWeeks),
      Row(
        4, "development_as_expected", .homeCare,
        when: DataElement.questionnaireResult.isChoice(3, in: .last(.months(7))),
        .goOnStimulating),
    ])

  /// The development list: what is not passed goes to a health worker.
  static let developmentList = DecisionTable(
    89, "development_list_class", source: .growthTasks,
    for: .age(from: .days(29), until: .months(72))
      && .whereObserved(.developmentListPassed, .known, .last(.months(6))),
    [
      Row(
        1, "list_not_passed", .treat,
        when: !DataElement.developmentListPassed.isYes(.last(.months(6))),
        .handToHealthWorker),
      Row(2, "list_passed", .homeCare, when: .always, .goOnStimulating),
    ])
}

extension CareAction {
  /// Refer to a facility for growth and development, with the number and kind of "no".
  public static let referForDevelopment = CareAction(110, "refer_for_development")
  /// Teach the family to stimulate more.
  public static let stimulateMore = CareAction(111, "stimulate_more")
  /// The same questionnaire again in two weeks.
  public static let questionnaireInTwoWeeks = CareAction(112, "questionnaire_in_two_weeks")
  /// Praise, and go on stimulating.
  public static let goOnStimulating = CareAction(113, "go_on_stimulating")
}

extension Guideline {
  /// The development of children until school age (SDIDTK).
  public static let childDevelopment = Guideline(
    4, "child_development", source: .developmentScreening,
    for: .age(from: .none, until: .months(84)),
    services: DevelopmentQuestionnaire.all.map { $0.service } + [
      .questionnaireAgain, .developmentReferral, .developmentList, .hearingTested,
      .visionTested, .redReflexSeen, .behaviourAsked, .behaviourAgain, .autismAsked,
      .autismAskedOnConcern, .attentionAsked, .attentionAgain,
    ],
    tables: [
      .developmentResult, .developmentList, .hearing, .vision, .redReflex, .autismRisk,
    ],
    instruments: DevelopmentQuestionnaire.all.map { $0.instrument }
      + HearingTest.all.map { $0.instrument }
      + [.behaviour, .autism, .attention])
}
