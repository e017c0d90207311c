import Guidance
import Health
import Programmes
import Testing

/// The forms of sick children ask what matters and no more.
@Suite("Sick child: forms")
struct SickChildFormTests {
  /// The elements that a form asks, after some answers.
  static func asked(
    _ form: VisitForm, born: CivilDate, _ answers: [DataElement: Int32] = [:],
    settings: [ClinicalSetting: Int32] = [:]
  ) throws -> Set<DataElement> {
    var life = Life(.male, born: born)
    life.visit(.sickChild, on: "2026-06-10", answers)
    var all = ClinicalSettings()
    for (setting, value) in settings { _ = all.set(setting, to: value) }
    var evaluation = Evaluation(try life.record(on: "2026-06-10"), settings: all)
    var asked: Set<DataElement> = []
    for section in form.sections(asking: &evaluation) {
      for question in section.questions {
        #expect(!asked.contains(question.element), "\(question.element.name) twice")
        asked.insert(question.element)
      }
    }
    return asked
  }

  static let always: Set<DataElement> = [
    .abnormalAppearance, .abnormalBreathing, .abnormalCirculation, .cannotDrink, .vomitsAll,
    .fits, .lethargic, .stridor, .coldLimbs, .weight, .lengthOrHeight, .bodyPosition,
    .temperature, .oedemaDegree,
    .headCircumference, .coughOrHardBreathing, .diarrhoea, .fever, .earProblem, .pallorDegree,
    .haemoglobin, .motherTest, .virologyTest, .signsForTest,
  ]
  static let fever: Set<DataElement> = [
    .feverDays, .stiffNeck, .malariaTest, .malariaTestNotPossible, .otherCauseOfFever,
    .generalRash, .measlesLately,
  ]
  static let dengue: Set<DataElement> = [
    .slowRefill, .weakPulse, .respiratoryDistress, .gutBleeding, .organTrouble,
    .bellyPainTender, .vomitsAgainAndAgain, .fluidGathers, .mucosalBleeding, .liverEnlarged,
    .bodyAches, .rash, .restless, .tourniquetPositive, .dengueAntigen, .leucocytes,
    .platelets, .haematocritRises,
  ]
  static let diarrhoea: Set<DataElement> = [
    .diarrhoeaDays, .bloodInStool, .restless, .sunkenEyes, .drinking, .skinPinch,
  ]
  static let atFourteenMonths: Set<DataElement> = [
    .armCircumference, .feedingProblem, .serologyTestInfant,
  ]

  static let rows: [([DataElement: Int32], Set<DataElement>)] = [
    ([:], []), ([.coughOrHardBreathing: 0, .diarrhoea: 0, .fever: 0, .earProblem: 0], []),
    (
      [.coughOrHardBreathing: 1],
      [.coughDays, .breathsPerMinute, .chestIndrawing, .wheeze, .oxygenSaturation]
    ),
    ([.diarrhoea: 1], diarrhoea), ([.fever: 1], fever),
    ([.temperature: 374], []), ([.temperature: 375], fever),
    ([.fever: 1, .malariaTest: 1], fever.subtracting([.malariaTestNotPossible])),
    (
      [.fever: 1, .generalRash: 1],
      fever.union([.runnyNose, .redEyes, .corneaClouded, .pusInEye, .mouthSores])
    ),
    ([.fever: 1, .measlesLately: 1], fever.union([.corneaClouded, .pusInEye, .mouthSores])),
    ([.generalRash: 1], []),
    ([.fever: 1, .feverDays: 1], fever), ([.fever: 1, .feverDays: 2], fever.union(dengue)),
    ([.fever: 1, .feverDays: 7], fever.union(dengue)), ([.fever: 1, .feverDays: 8], fever),
    ([.fever: 1, .feverDays: 4, .diarrhoea: 1], fever.union(dengue).union(diarrhoea)),
    ([.earProblem: 1], [.swellingBehindEar, .earPain, .earDischarge]),
    (
      [.earProblem: 1, .earDischarge: 1],
      [.swellingBehindEar, .earPain, .earDischarge, .earDischargeDays]
    ),
    ([.armCircumference: 1_249], [.noAppetite]), ([.armCircumference: 1_250], []),
    ([.oedemaDegree: 1], [.noAppetite]), ([.oedemaDegree: 0], []),
  ]

  @Test("A main symptom opens its questions", arguments: rows)
  func opens(answers: [DataElement: Int32], more: Set<DataElement>) throws {
    let asked = try Self.asked(.sickChild, born: "2025-04-10", answers)
    #expect(asked == Self.always.union(Self.atFourteenMonths).union(more))
  }

  @Test("The age decides about arm, feeding and tests; the district about malaria")
  func ages() throws {
    let infant: Set<DataElement> = [
      .tooWeakToFeed, .weightNotRising, .feedingProblem, .serologyTestInfant,
    ]
    #expect(try Self.asked(.sickChild, born: "2025-12-11") == Self.always.union(infant))
    #expect(
      try Self.asked(.sickChild, born: "2025-12-10") == Self.always.union(Self.atFourteenMonths))
    #expect(
      try Self.asked(.sickChild, born: "2024-12-11") == Self.always.union(Self.atFourteenMonths))
    #expect(
      try Self.asked(.sickChild, born: "2024-12-10")
        == Self.always.union([.armCircumference, .feedingProblem, .serologyTestChild]))
    #expect(
      try Self.asked(.sickChild, born: "2024-06-10")
        == Self.always.union([.armCircumference, .serologyTestChild]))
    #expect(
      try Self.asked(.sickChild, born: "2024-06-10", [.pallorDegree: 2])
        == Self.always.union([.armCircumference, .serologyTestChild, .feedingProblem]))
    #expect(
      try Self.asked(.sickChild, born: "2024-06-11")
        == Self.always.union([.armCircumference, .serologyTestChild, .feedingProblem]))
    #expect(
      try Self.asked(.sickChild, born: "2024-06-10", [.pallorDegree: 3])
        == Self.always.union([.armCircumference, .serologyTestChild]))
    let noMalaria = try Self.asked(
      .sickChild, born: "2025-04-10", [.fever: 1], settings: [.malariaEndemic: 0])
    #expect(noMalaria.contains(.travelledToMalaria))
    #expect(!noMalaria.contains(.malariaTest) && !noMalaria.contains(.malariaTestNotPossible))
    let travelled = try Self.asked(
      .sickChild, born: "2025-04-10", [.fever: 1, .travelledToMalaria: 1],
      settings: [.malariaEndemic: 0])
    #expect(travelled.contains(.malariaTest) && travelled.contains(.malariaTestNotPossible))
  }

  @Test("Under −2 standard deviations of weight for length the child's appetite is asked")
  func thin() throws {
    // The weight of a boy of 75.0 cm at which the score is −2.00, searched by the gram.
    func score(_ grams: Int32) throws -> Int32? {
      var life = Life(.male, born: "2025-04-10")
      life.visit(
        .sickChild, on: "2026-06-10", [.weight: grams, .lengthOrHeight: 7_500, .bodyPosition: 1])
      return try life.record(on: "2026-06-10").latest(.weightForLengthScore)?.value
    }
    var grams: Int32 = 7_500
    while try score(grams) != -200 { grams += 1 }
    let measured: [DataElement: Int32] = [.lengthOrHeight: 7_500, .bodyPosition: 1]
    func asksAppetite(_ grams: Int32) throws -> Bool {
      try Self.asked(
        .sickChild, born: "2025-04-10", measured.merging([.weight: grams]) { $1 }
      ).contains(.noAppetite)
    }
    #expect(try score(grams - 1) == -201)
    #expect(try asksAppetite(grams - 1))
    #expect(!(try asksAppetite(grams)))
  }

  @Test("What is known of HIV is not asked again")
  func tested() throws {
    let asked = try Self.asked(
      .sickChild, born: "2025-04-10", [.motherTest: 2, .virologyTest: 1])
    #expect(!asked.contains(.motherTest) && !asked.contains(.virologyTest))
    #expect(asked.contains(.breastfedAtTest) && !asked.contains(.signsForTest))
    #expect(try Self.asked(.sickChild, born: "2025-04-10", [.motherTest: 3]).contains(.motherTest))
    let negative = try Self.asked(
      .sickChild, born: "2025-04-10", [.motherTest: 1, .virologyTest: 1])
    #expect(!negative.contains(.motherTest) && !negative.contains(.breastfedAtTest))
    let positive = try Self.asked(
      .sickChild, born: "2025-04-10", [.motherTest: 2, .virologyTest: 2])
    #expect(!positive.contains(.breastfedAtTest))
    for section in VisitForm.sickChild.sections + VisitForm.youngInfant.sections {
      for question in section.questions {
        let isOfStatus = section.name.description == "infection_status"
        #expect(question.element.matter.isEmpty != isOfStatus, "\(question.element.name)")
      }
    }
  }

  @Test("The young infant's form")
  func infant() throws {
    let born: CivilDate = "2026-05-20"
    let plain = try Self.asked(.youngInfant, born: born)
    #expect(!plain.contains(.breathsCountedAgain) && !plain.contains(.jaundicePalms))
    #expect(!plain.contains(.breastfeedsPerDay) && !plain.contains(.wrongAmount))
    #expect(plain.contains(.noAnus) && !plain.contains(.signsForTest))
    #expect(
      !(try Self.asked(.youngInfant, born: born, [.breathsPerMinute: 59]))
        .contains(.breathsCountedAgain))
    #expect(
      try Self.asked(.youngInfant, born: born, [.breathsPerMinute: 60])
        .contains(.breathsCountedAgain))
    // The form of a newborn asks for the second count as well.
    for (breaths, isAsked) in [(nil, false), (59, false), (60, true), (61, true)]
      as [(Int32?, Bool)]
    {
      let counted = breaths.map { [DataElement.breathsPerMinute: $0] } ?? [:]
      let asked = try Self.asked(.newborn, born: born, counted)
      #expect(asked.contains(.breathsCountedAgain) == isAsked, "\(breaths ?? 0)")
    }
    let breast = try Self.asked(.youngInfant, born: born, [.breastfed: 1, .jaundice: 1])
    #expect(breast.isSuperset(of: [.breastfeedsPerDay, .otherFoodOrDrink, .poorSuckling]))
    #expect(breast.isSuperset(of: [.jaundiceFirstDay, .jaundicePalms]))
    let other = try Self.asked(
      .youngInfant, born: born, [.breastfed: 0, .diarrhoea: 1, .noAnus: 0])
    #expect(other.isSuperset(of: [.wrongSubstitute, .wrongAmount, .poorHygiene, .hardlyMoves]))
    #expect(!other.contains(.poorSuckling) && !other.contains(.noAnus))
  }

  @Test("A tuberculin test of 5 mm asks for the child's defence")
  func tuberculosis() throws {
    let born: CivilDate = "2020-05-20"
    #expect(
      !(try Self.asked(.childTuberculosis, born: born, [.tuberculin: 49]))
        .contains(.weakImmunity))
    #expect(
      try Self.asked(.childTuberculosis, born: born, [.tuberculin: 50]).contains(.weakImmunity))
  }

  @Test("Every question of a table is asked by a form, and every answer on it is believed")
  func formsAskAll() {
    var asked: Set<DataElement> = []
    for form in [VisitForm.sickChild, .youngInfant, .childTuberculosis] {
      for section in form.sections { asked.formUnion(section.questions.map(\.element)) }
    }
    for (element, value) in SickChildClinic.wellChild.merging(
      SickChildClinic.wellInfant, uniquingKeysWith: { first, _ in first })
    {
      #expect(asked.contains(element), "\(element.name)")
      #expect(element.believes(value), "\(element.name)")
    }
  }
}
