import Guidance
import Health

extension DataElement {
  /// Opens other questions: yes was answered.
  fileprivate var isOpened: Criterion { isYesWhereObserved(.today) }
}

extension FormSection {
  /// Questions that are asked of all to whom the section is put: by health workers, and those that
  /// anybody can answer by a kader too.
  fileprivate init(
    _ name: StaticString, areSigns: Bool = false, when: Criterion = .always,
    anybody: [DataElement] = [], _ elements: [DataElement], and more: [FormQuestion] = []
  ) {
    self.init(
      name, areSigns: areSigns,
      anybody.map { FormQuestion($0, when: when) }
        + (elements.map { FormQuestion($0, when: when) }
        + more.map {
          FormQuestion(
            $0.element, when: when == .always ? $0.when : when && $0.when,
            isNeeded: $0.isNeeded)
        }).asked(by: .anyHealthWorker))
  }
}

extension VisitForm {
  private static let hasFeverNow =
    DataElement.fever.isOpened
    || .whereObserved(.temperature, .atLeast(.setting(.feverFrom)), .today)
  private static let hasFeverOfDengue =
    hasFeverNow
    && .whereObserved(.feverDays, .atLeast(.fixed(.days(2))), .today)
    && .whereObserved(.feverDays, .below(.fixed(.days(8))), .today)
  private static let hasRash = hasFeverNow && DataElement.generalRash.isOpened

  /// A sick child of 2 to 59 months (MTBS). The main symptoms are asked of all; each opens its own
  /// questions once it was answered with yes. The general signs of danger come first and are asked
  /// of all. A kader classifies nobody: those that the family can tell, and the main symptoms, stand
  /// on the kader's form, so that the child is sent on.
  public static let sickChild = VisitForm(
    10, "sick_child", purposes: .sickChild, for: .isSickChildAge,
    [
      FormSection(
        "danger_signs", areSigns: true, anybody: [.cannotDrink, .vomitsAll, .fits, .lethargic],
        [
          .abnormalAppearance, .abnormalBreathing, .abnormalCirculation, .stridor, .coldLimbs,
        ]),
      FormSection(
        "measured", anybody: [.weight, .temperature], [.lengthOrHeight],
        and: [
          .position, FormQuestion(.oedemaDegree),
          FormQuestion(.armCircumference, when: .age(from: .months(6))),
          FormQuestion(.headCircumference),
        ]),
      FormSection(
        "main_symptoms", areSigns: true,
        anybody: [.coughOrHardBreathing, .diarrhoea, .fever, .earProblem], []),
      FormSection(
        "cough", when: DataElement.coughOrHardBreathing.isOpened,
        [.coughDays, .breathsPerMinute, .chestIndrawing, .wheeze, .oxygenSaturation]),
      FormSection(
        "diarrhoea", when: DataElement.diarrhoea.isOpened,
        [
          .diarrhoeaDays, .bloodInStool, .restless, .sunkenEyes, .drinking, .skinPinch,
        ]),
      FormSection(
        "fever", when: hasFeverNow, [.feverDays, .stiffNeck],
        and: [
          FormQuestion(.travelledToMalaria, when: !.setting(.malariaEndemic)),
          FormQuestion(
            .malariaTest,
            when: .setting(.malariaEndemic) || DataElement.travelledToMalaria.isOpened),
          FormQuestion(
            .malariaTestNotPossible,
            when: (.setting(.malariaEndemic) || DataElement.travelledToMalaria.isOpened)
              && !.whereObserved(.malariaTest, .known, .today)),
          FormQuestion(.otherCauseOfFever),
          FormQuestion(.generalRash), FormQuestion(.measlesLately),
        ]),
      FormSection(
        "measles", when: hasRash, [.runnyNose, .redEyes],
        and: []),
      FormSection(
        "measles_complications", areSigns: true,
        when: hasFeverNow
          && (DataElement.generalRash.isOpened || DataElement.measlesLately.isOpened),
        [.corneaClouded, .pusInEye, .mouthSores]),
      FormSection(
        "dengue", areSigns: true, when: hasFeverOfDengue,
        [
          .slowRefill, .weakPulse, .respiratoryDistress, .gutBleeding, .organTrouble,
          .bellyPainTender, .vomitsAgainAndAgain, .fluidGathers, .mucosalBleeding, .liverEnlarged,
          .bodyAches, .rash,
        ],
        and: [
          FormQuestion(.restless, when: !DataElement.diarrhoea.isOpened),
          FormQuestion(.tourniquetPositive), FormQuestion(.dengueAntigen),
          FormQuestion(.leucocytes), FormQuestion(.platelets), FormQuestion(.haematocritRises),
        ]),
      FormSection(
        "ear", when: DataElement.earProblem.isOpened,
        [.swellingBehindEar, .earPain, .earDischarge],
        and: [FormQuestion(.earDischargeDays, when: DataElement.earDischarge.isOpened)]),
      FormSection("blood", [.pallorDegree, .haemoglobin]),
      FormSection(
        "nutrition", [],
        and: [
          FormQuestion(.tooWeakToFeed, when: .age(from: .none, until: .months(6))),
          FormQuestion(.weightNotRising, when: .age(from: .none, until: .months(6))),
          FormQuestion(.noAppetite, when: isThinNow),
          FormQuestion(
            .feedingProblem,
            when: .age(from: .none, until: .months(24)) || isThinNow
              || .whereObserved(.pallorDegree, .oneOf(1 << 2), .today)),
        ]),
      infectionSection(and: FormQuestion(.signsForTest, when: isUntested)),
    ])

  /// A length, an arm or feet that speak of too little weight.
  private static let isThinNow = Criterion.one([
    .whereObserved(.weightForLengthScore, .below(.fixed(.hundredthsOfZScore(-200))), .today),
    .whereObserved(.armCircumference, .below(.fixed(.millimetres(125))), .today),
    .whereObserved(.oedemaDegree, .atLeast(.fixed(.times(1))), .today),
  ])

  /// Nobody tested the child, so far as is known.
  private static let isUntested = !Criterion.one(
    [DataElement.virologyTest, .serologyTestInfant, .serologyTestChild].map {
      .whereObserved($0, .known, .ever)
    })

  /// Questions on HIV: seen and asked only by those who have a right to the matter.
  private static func infectionSection(and more: FormQuestion...) -> FormSection {
    FormSection(
      "infection_status", (infectionQuestions + more).asked(by: .anyHealthWorker))
  }

  private static let infectionQuestions = [
    FormQuestion(.motherTest, when: !DataElement.motherTest.isChoice(1, 2, in: .ever)),
    FormQuestion(.virologyTest, when: !.whereObserved(.virologyTest, .known, .ever)),
    FormQuestion(
      .serologyTestInfant,
      when: .age(from: .none, until: .months(18))
        && !.whereObserved(.serologyTestInfant, .known, .ever)),
    FormQuestion(
      .serologyTestChild,
      when: .age(from: .months(18)) && !.whereObserved(.serologyTestChild, .known, .ever)),
    FormQuestion(
      .breastfedAtTest,
      when: .whereObserved(.motherTest, .oneOf(1 << 2), .ever)
        && .whereObserved(.virologyTest, .oneOf(1 << 1), .ever)),
  ]

  /// The breaths of an infant, and a second count by whoever made the first, where that was fast.
  static let breathsOfInfant = [
    FormQuestion(.breathsPerMinute),
    FormQuestion(
      .breathsCountedAgain,
      when: .whereObserved(.breathsPerMinute, .atLeast(.fixed(.perMinute(60))), .today)),
  ]

  /// A sick infant under two months (MTBM).
  public static let youngInfant = VisitForm(
    11, "young_infant", purposes: .sickChild, for: .isYoungInfant,
    [
      FormSection(
        "measured",
        [FormQuestion(.weight), FormQuestion(.temperature)] + breathsOfInfant
          + [
            FormQuestion(.lengthOrHeight), .position, FormQuestion(.oxygenSaturation),
            FormQuestion(.footSaturation),
          ].asked(by: .anyHealthWorker)),
      FormSection(
        "infant_infection", areSigns: true, anybody: [.notSuckling, .fits, .hardlyMoves],
        [
          .blueLips, .grunting, .nasalFlaring, .strongIndrawing,
          .noStoolTwoDays, .vomitsGreen, .distendedBelly, .eyePus, .navel, .skinPustules,
        ],
        and: [
          FormQuestion(.noAnus, when: !.whereObserved(.noAnus, .known, .ever))
        ]),
      FormSection(
        "main_symptoms", areSigns: true, anybody: [.jaundice, .diarrhoea], []),
      FormSection(
        "jaundice", when: DataElement.jaundice.isOpened, [.jaundiceFirstDay, .jaundicePalms]),
      FormSection(
        "diarrhoea", when: DataElement.diarrhoea.isOpened,
        [.restless, .sunkenEyes, .skinPinch]),
      FormSection(
        "infant_feeding", [.breastfed, .thrush, .cleft, .bottle],
        and: [
          FormQuestion(.breastfeedsPerDay, when: DataElement.breastfed.isOpened),
          FormQuestion(.otherFoodOrDrink, when: DataElement.breastfed.isOpened),
          FormQuestion(.poorSuckling, when: DataElement.breastfed.isOpened),
        ]
          + [DataElement.wrongSubstitute, .wrongAmount, .poorHygiene].map {
            FormQuestion(
              $0, when: .whereObserved(.breastfed, .oneOf(1 << 0), .today))
          }),
      infectionSection(),
    ])

  /// The score of tuberculosis of a child.
  public static let childTuberculosis = VisitForm(
    12, "child_tuberculosis", purposes: .tuberculosis, for: .isTuberculosisScoreAge,
    [
      FormSection(
        "tuberculosis_score",
        [
          .tuberculosisContactKind, .weight, .lengthOrHeight,
        ],
        and: [
          .position, FormQuestion(.clinicallyWasted), FormQuestion(.feverTwoWeeks),
          FormQuestion(.coughDays), FormQuestion(.swollenNodes), FormQuestion(.swollenJoint),
          FormQuestion(.tuberculin),
          FormQuestion(
            .weakImmunity,
            when: .whereObserved(.tuberculin, .atLeast(.fixed(.millimetresOfSkin(5))), .today)),
          FormQuestion(.chestImage), FormQuestion(.molecularTest),
        ])
    ])
}
