import Guidance
import Health
import Programmes
import Testing

/// Z-scores as observations of their own.
@Suite("Growth as guidelines read it")
struct GrowthObservationTests {
  static let born: CivilDate = "2025-01-10"

  static func measured(
    _ life: inout Life, on day: CivilDate, grams: Int32? = nil, millimetres: Int32? = nil,
    head: Int32? = nil, position: BodyPosition? = nil, oedema: Bool? = nil
  ) -> Identifier {
    var body = MeasurementBody()
    body.weight = grams.map { Mass(grams: $0) }
    body.length = millimetres.map { Length(tenthsOfMillimetre: $0 * 10) }
    body.headCircumference = head.map { Length(tenthsOfMillimetre: $0 * 10) }
    body.position = position
    body.hasOedema = oedema
    return life.tell(.measurement, on: day, body.bytes)
  }

  static func value(
    _ element: DataElement, _ record: HealthRecord, on day: CivilDate? = nil
  ) -> Int32? {
    let found = record.latest(element)
    return day == nil || found?.on == day ? found?.value : nil
  }

  @Test("They are those of the growth record, of the fact that told the measurement")
  func same() throws {
    var life = Life(.male, born: Self.born)
    let fact = Self.measured(
      &life, on: "2026-06-10", grams: 9_100, millimetres: 765, head: 460, position: .standing)
    var timeline = Timeline()
    for fact in life.facts { try timeline.insert(fact) }
    let growth = try timeline.bytes.withUnsafeBufferPointer { buffer throws(WireError) in
      try GrowthRecord(timeline: buffer)
    }
    let assessment = try #require(growth.measurements.first?.assessment)
    let record = try life.record(on: "2026-06-20")
    #expect(
      Self.value(.weightForLengthScore, record) == assessment.weightForLengthHeight?.hundredths)
    #expect(Self.value(.lengthForAgeScore, record) == assessment.lengthHeightForAge?.hundredths)
    #expect(Self.value(.weightForAgeScore, record) == assessment.weightForAge?.hundredths)
    #expect(Self.value(.bodyMassIndexScore, record) == assessment.bodyMassIndexForAge?.hundredths)
    #expect(Self.value(.headScore, record) == assessment.headCircumferenceForAge?.hundredths)
    for element in DataElement.derivedFromGrowth {
      #expect(record.latest(element)?.fact == fact, "\(element.name)")
      #expect(record.latest(element)?.on == "2026-06-10", "\(element.name)")
    }
  }

  /// A girl who was born eight weeks early on the first of January; her term is the 26th of February.
  private static func early(
    _ gestation: Int32?, measured day: CivilDate, born: CivilDate = "2026-01-01", length: Int32
  ) -> Life {
    var life = Life(.female, born: born, gestation: gestation)
    _ = measured(
      &life, on: day, grams: length * 10, millimetres: length, head: 340, position: .lying)
    return life
  }

  @Test(
    "Length and head of a child born early go by the age from term until 24 months, not before term",
    arguments: [
      (224, "2026-01-05", 430, "-"), (224, "2026-02-25", 470, "-"),
      (224, "2026-02-26", 470, "corrected"), (224, "2027-12-31", 800, "corrected"),
      (224, "2028-01-01", 800, "as born"), (258, "2026-01-22", 470, "-"),
      (259, "2026-01-05", 470, "as born"), (nil, "2026-01-05", 470, "as born"),
    ] as [(Int32?, CivilDate, Int32, String)])
  func corrected(gestation: Int32?, day: CivilDate, length: Int32, expected: String) throws {
    let life = Self.early(gestation, measured: day, length: length)
    let record = try life.record(on: day)
    let asBorn = try Self.early(nil, measured: day, length: length).record(on: day)
    for element in DataElement.judgedByCorrectedAge {
      let score = Self.value(element, record)
      switch expected {
      case "-": #expect(score == nil)
      case "as born": #expect(score == Self.value(element, asBorn) && score != nil)
      default:
        let term = try Self.early(nil, measured: day, born: "2026-02-26", length: length)
          .record(on: day)
        #expect(score == Self.value(element, term) && score != nil)
        #expect(score != Self.value(element, asBorn))
      }
    }
    // The child's page says the same of length and head, and of the rest what the record says.
    var timeline = Timeline()
    for fact in life.facts { try timeline.insert(fact) }
    let plain = try timeline.bytes.withUnsafeBufferPointer { try GrowthRecord(timeline: $0) }
    let page = plain.judgedAsInCare(
      gestation: gestation.map { AgeInDays($0) }, ClinicalSettings())
    let shown = try #require(page.measurements.first).assessment
    #expect(shown.lengthHeightForAge?.hundredths == Self.value(.lengthForAgeScore, record))
    #expect(shown.headCircumferenceForAge?.hundredths == Self.value(.headScore, record))
    #expect(shown.weightForAge?.hundredths == Self.value(.weightForAgeScore, record))
    #expect((page == plain) == (expected == "as born"))
    // Weight for age goes by the age from birth, weight for length by none.
    for element in [DataElement.weightForAgeScore, .weightForAgePercent, .weightForLengthScore] {
      #expect(Self.value(element, record) == Self.value(element, asBorn), "\(element.name)")
    }
    // By the other reading all goes by the age from birth.
    var settings = ClinicalSettings()
    let isSet = settings.set(.growthByCorrectedAge, to: 0)
    #expect(isSet)
    let other = try life.record(on: day, settings: settings)
    for element in DataElement.derivedFromGrowth {
      #expect(Self.value(element, other) == Self.value(element, asBorn), "\(element.name)")
    }
  }

  @Test(
    "Before term nobody is short or has a small head; from then on by the age from term",
    arguments: [
      (224, "2026-01-05", false), (224, "2026-02-25", false), (224, "2026-02-26", true),
      (258, "2026-01-22", false), (258, "2026-01-23", true), (259, "2026-01-05", true),
      (nil, "2026-01-05", true),
    ] as [(Int32?, CivilDate, Bool)])
  func tables(gestation: Int32?, day: CivilDate, isJudged: Bool) throws {
    let life = Self.early(gestation, measured: day, length: 420)
    let plan = try life.plan(on: day, by: [.growthFollowUp])
    #expect(plan.found(71) == (isJudged ? "very_short" : nil))
    #expect((plan.answer(of: 71) == .notApplicable) == !isJudged)
    #expect((plan.answer(of: 87) == .notApplicable) == !isJudged)
    // Whoever was not measured since term is measured, not judged by what came before.
    if gestation == 224, !isJudged {
      #expect(try life.plan(on: "2026-02-26", by: [.growthFollowUp]).found(71) == nil)
    }
  }

  @Test("A weight that a visit's form holds counts as one that was measured")
  func ofVisit() throws {
    var life = Life(.male, born: Self.born)
    let visit = life.visit(
      .sickChild, on: "2026-06-10", [.weight: 9_100, .lengthOrHeight: 7_650, .bodyPosition: 2])
    let fromVisit = try life.record(on: "2026-06-10")
    #expect(fromVisit.latest(.weightForLengthScore)?.fact == visit)
    var other = Life(.male, born: Self.born)
    _ = Self.measured(
      &other, on: "2026-06-10", grams: 9_100, millimetres: 765, position: .standing)
    let measured = try other.record(on: "2026-06-10")
    for element in DataElement.derivedFromGrowth where element != .headScore {
      #expect(Self.value(element, fromVisit) == Self.value(element, measured), "\(element.name)")
      #expect(Self.value(element, measured) != nil, "\(element.name)")
    }
    // Lying, the child is seven millimetres shorter.
    var lying = Life(.male, born: Self.born)
    _ = Self.measured(&lying, on: "2026-06-10", grams: 9_100, millimetres: 765, position: .lying)
    let shorter = try #require(Self.value(.lengthForAgeScore, try lying.record(on: "2026-06-10")))
    #expect(shorter < Self.value(.lengthForAgeScore, measured) ?? 0)
  }

  @Test("Percent of the median: the boys' table at 75.0 cm has 9.2771 kg (rounded down)")
  func percent() throws {
    func percent(grams: Int32) throws -> Int32? {
      var life = Life(.male, born: Self.born)
      _ = Self.measured(
        &life, on: "2026-06-10", grams: grams, millimetres: 750, position: .lying)
      return Self.value(.weightForLengthPercent, try life.record(on: "2026-06-10"))
    }
    let row = try #require(try percent(grams: 9_500))
    #expect((99...104).contains(row))
    // A step in weight is a step in percent, each figure standing from its limit on.
    var limit: Int32 = 8_000
    while try percent(grams: limit) != 90 { limit += 1 }
    #expect(try percent(grams: limit - 1) == 89)
    #expect(try percent(grams: limit + 1) == 90)
  }

  @Test("Oedema, an unbelievable weight, a length of another day: no score of weight for length")
  func nothing() throws {
    var life = Life(.male, born: Self.born)
    _ = Self.measured(&life, on: "2026-06-10", grams: 9_100, millimetres: 765, oedema: true)
    let swollen = try life.record(on: "2026-06-10")
    #expect(Self.value(.weightForLengthScore, swollen) == nil)
    #expect(Self.value(.weightForAgePercent, swollen) == nil)
    #expect(Self.value(.lengthForAgeScore, swollen) != nil)
    var graded = Life(.male, born: Self.born)
    graded.visit(
      .sickChild, on: "2026-06-10", [.weight: 9_100, .lengthOrHeight: 7_650, .oedemaDegree: 1])
    #expect(Self.value(.weightForAgeScore, try graded.record(on: "2026-06-10")) == nil)
    // What WHO flags is told as it is, and what is further out still as the end of the range.
    var light = Life(.male, born: Self.born)
    _ = Self.measured(&light, on: "2026-06-10", grams: 5_500, millimetres: 765)
    let flagged = try #require(
      Self.value(.weightForLengthScore, try light.record(on: "2026-06-10")))
    #expect(flagged < -500 && flagged > -2_000)
    var typed = Life(.male, born: Self.born)
    _ = Self.measured(&typed, on: "2026-06-10", grams: 91_000, millimetres: 765)
    #expect(Self.value(.weightForLengthScore, try typed.record(on: "2026-06-10")) == 2_000)
    var apart = Life(.male, born: Self.born)
    _ = Self.measured(&apart, on: "2026-06-10", millimetres: 765)
    _ = Self.measured(&apart, on: "2026-06-11", grams: 9_100)
    let record = try apart.record(on: "2026-06-12")
    #expect(Self.value(.weightForLengthScore, record) == nil)
    #expect(Self.value(.lengthForAgeScore, record, on: "2026-06-10") != nil)
    #expect(Self.value(.weightForAgeScore, record, on: "2026-06-11") != nil)
    for unknown in [Life(nil, born: Self.born), Life(.male, born: nil)] {
      var life = unknown
      _ = Self.measured(&life, on: "2026-06-10", grams: 9_100, millimetres: 765)
      let record = try life.record(on: "2026-06-10")
      #expect(Self.value(.weightForAgeScore, record) == nil)
    }
  }

  @Test("Of the last 62 days every measurement is judged, of older ones the latest of each index")
  func horizon() throws {
    var life = Life(.male, born: Self.born)
    _ = Self.measured(&life, on: "2025-08-01", head: 440)
    _ = Self.measured(&life, on: "2025-09-01", head: 445)
    _ = Self.measured(&life, on: "2025-10-01", grams: 7_900, millimetres: 690)
    _ = Self.measured(&life, on: "2026-04-01", grams: 8_800, millimetres: 750)
    _ = Self.measured(&life, on: "2026-05-01", grams: 9_000)
    let record = try life.record(on: "2026-06-01")
    func days(_ element: DataElement, _ record: HealthRecord) -> [CivilDate] {
      record.observations.filter { $0.element == element.code }.map(\.on)
    }
    // 1 April is 61 days ago.
    #expect(days(.weightForAgeScore, record) == ["2026-04-01", "2026-05-01"])
    #expect(days(.weightForLengthScore, record) == ["2026-04-01"])
    #expect(days(.headScore, record) == ["2025-09-01"])
    let later = try life.record(on: "2026-06-02")
    #expect(days(.weightForAgeScore, later) == ["2026-05-01"])
    #expect(days(.weightForLengthScore, later) == ["2026-04-01"])
    let muchLater = try life.record(on: "2026-09-01")
    #expect(days(.weightForAgeScore, muchLater).contains("2026-05-01"))
    #expect(days(.weightForLengthScore, muchLater) == ["2026-04-01"])
    #expect(!days(.weightForAgeScore, muchLater).contains("2025-10-01"))
  }

  @Test("The standards end at five years")
  func end() throws {
    var life = Life(.male, born: "2021-06-10")
    _ = Self.measured(&life, on: "2026-06-10", grams: 17_000, millimetres: 1_080)
    #expect(Self.value(.weightForAgeScore, try life.record(on: "2026-06-10")) != nil)
    var older = Life(.male, born: "2021-06-09")
    _ = Self.measured(&older, on: "2026-06-10", grams: 17_000, millimetres: 1_080)
    #expect(Self.value(.weightForAgeScore, try older.record(on: "2026-06-10")) == nil)
    #expect(Self.value(.weightForLengthScore, try older.record(on: "2026-06-10")) == nil)
  }

  @Test("The nutrition class of a sick child is told by its own measurements")
  func classOfMeasurements() throws {
    var life = Life(.male, born: Self.born)
    var well = SickChildClinic.wellChild
    well[.weight] = nil
    life.visit(.sickChild, on: "2026-06-10", well)
    _ = Self.measured(
      &life, on: "2026-06-10", grams: 7_000, millimetres: 765, head: 460, position: .lying)
    let plan = try life.plan(on: "2026-06-10", by: [.sickChild])
    // 7.0 kg at 76.5 cm is under −3 SD of boys.
    #expect(plan.answer(of: 216) == .row(2, notExcluded: nil))
    #expect(plan.status(of: 213) == .upcoming(from: "2026-06-17"))
    // A later weighing elsewhere does not change what was found then.
    _ = Self.measured(
      &life, on: "2026-06-12", grams: 9_500, millimetres: 765, head: 460, position: .lying)
    let later = try life.plan(on: "2026-06-13", by: [.sickChild])
    #expect(later.answer(of: 216) == .row(2, notExcluded: nil))
  }

  @Test("A child long without a weighing is O, not B")
  func longAway() throws {
    var life = Life(.male, born: "2025-01-01", weight: 3_200)
    life.visit(.childDevelopment, on: "2025-03-05", [.weight: 5_500])
    life.visit(.childDevelopment, on: "2026-03-05", [.weight: 9_500])
    #expect(try life.record(on: "2026-03-05").latest(.weighingStatus)?.value == 2)
  }
}
