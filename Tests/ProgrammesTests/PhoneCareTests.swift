import Guidance
import Health
import Programmes
import Testing

@Suite("Care as the phone asks for it")
struct PhoneCareTests {
  static let birth = CivilDate(dayNumber: 20_000)

  /// A girl of that birth with HB0 on her first day.
  private func child() throws -> Timeline {
    var person = PersonBody()
    person.birthDate = Self.birth
    person.birthDateCertainty = .exact
    person.sex = .female
    let dose = VaccinationBody(product: VaccineName.hepatitisB.code.number)
    var timeline = Timeline()
    for (number, kind, body) in [
      (UInt64(1), FactKind.person, person.bytes), (2, .vaccination, dose.bytes),
    ] {
      try timeline.insert(
        Fact(
          id: Identifier(high: 0, low: number), subject: Identifier(high: 0, low: 9), kind: kind,
          occurredOn: Self.birth, recordedAt: Instant(milliseconds: 0), body: body))
    }
    return timeline
  }

  private func ask(
    _ settings: DistrictSettings = DistrictSettings(),
    _ question: (PhoneCare, UnsafeBufferPointer<UInt8>) throws -> [UInt8]
  ) throws -> [UInt8] {
    let care = PhoneCare(.motherAndChild, settings: settings, knowing: .all)
    return try child().bytes.withUnsafeBufferPointer { try question(care, $0) }
  }

  @Test("The plan is the one that the server works out")
  func plan() throws {
    for age in [Int32(0), 1, 29, 60, 400] {
      let day = Self.birth + AgeInDays(age)
      let packed = try ask { try $0.plan(of: $1, on: day) }
      let own = try child().bytes.withUnsafeBufferPointer { bytes in
        var record = try HealthRecord(timeline: bytes, on: day)
        record.observeDerived()
        return PackedCarePlan.pack(CarePlan(Guideline.motherAndChild, for: record))
      }
      #expect(packed == own)
    }
  }

  @Test("A district's settings change the plan, and those of vaccination the card")
  func settings() throws {
    var settings = DistrictSettings()
    let changed = settings.clinical.set(.thyroidSampleUntil, to: 3)
    #expect(changed)
    settings.immunization.birthDoseLastDay = 1
    let day = Self.birth + AgeInDays(5)
    let plans = try [DistrictSettings(), settings].map { setting in
      try ask(setting) { try $0.plan(of: $1, on: day) }
    }
    #expect(plans[0] != plans[1])
    settings.immunization = ImmunizationSettings()
    settings.immunization.givesJapaneseEncephalitis = true
    let cards = try [DistrictSettings(), settings].map { setting in
      try ask(setting) { try $0.vaccinations(of: $1, on: day) }
    }
    #expect(cards[0] != cards[1])
  }

  @Test("Questions are those of the forms that are for the person")
  func questions() throws {
    let day = Self.birth + AgeInDays(2)
    let bytes = try ask { try $0.questions(of: $1, on: day) }
    var record = try child().bytes.withUnsafeBufferPointer {
      try HealthRecord(timeline: $0, on: day)
    }
    record.observeDerived()
    var evaluation = Evaluation(record)
    var expected: [(number: UInt16, questions: Int)] = []
    for form in VisitForm.all where evaluation.answer(form.applies) == .yes {
      let asked = form.sections(asking: &evaluation)
      expected.append((form.number, asked.reduce(0) { $0 + $1.questions.count }))
    }
    #expect(expected.contains { $0.number == VisitForm.newborn.number })
    try bytes.withUnsafeBufferPointer { bytes in
      var reader = ByteReader(bytes)
      _ = try reader.bytes(3)
      #expect(try reader.day() == day)
      #expect(try reader.unsigned() == UInt64(expected.count))
      for form in expected {
        #expect(try reader.unsigned() == UInt64(form.number))
        let count = try reader.count(limit: 4_096)
        #expect(count == form.questions)
        for _ in 0..<count * 2 { _ = try reader.unsigned() }
      }
      #expect(reader.isAtEnd)
    }
  }

  @Test("A dose of the first day is HB0, and it counts; on the day before birth it is not there")
  func vaccinations() throws {
    let bytes = try ask { try $0.vaccinations(of: $1, on: Self.birth) }
    try bytes.withUnsafeBufferPointer { bytes in
      var reader = ByteReader(bytes)
      _ = try reader.bytes(3)
      #expect(try reader.day() == Self.birth)
      _ = try reader.byte()
      #expect(try reader.unsigned() == 1)
      #expect(try reader.identifier() == Identifier(high: 0, low: 2))
      #expect(try reader.byte() == CardVaccine.hepatitisBAtBirth.rawValue + 1)
      #expect(try reader.byte() == DoseStatus.valid.rawValue)
      #expect(try reader.byte() == DoseReason.asRecommended.rawValue)
      #expect(try reader.byte() == 0)
      #expect(try reader.byte() == SeriesStatus.complete.rawValue)
    }
    let before = try ask { try $0.vaccinations(of: $1, on: Self.birth + AgeInDays(-1)) }
    #expect(before[3...].dropFirst(4).first == 0)
  }

  /// A woman who was tested for HIV and screened, pregnant for the second time, and how it ended.
  private func mother(
    hivTest: Int32, losses: Int32, ended outcome: PregnancyOutcome?
  ) throws -> Timeline {
    var person = PersonBody()
    person.birthDate = CivilDate(dayNumber: 10_000)
    person.birthDateCertainty = .exact
    person.sex = .female
    var pregnancy = PregnancyBody()
    pregnancy.lastMenstrualPeriod = Self.birth
    (pregnancy.gravida, pregnancy.losses) = (2, losses)
    var visit = VisitBody(setting: .puskesmas, performer: .doctor, purposes: .antenatal)
    visit[DataElement.hivTest.code] = hivTest
    visit[DataElement.mentalHealthScreened.code] = 1
    var facts: [(FactKind, CivilDate, [UInt8])] = [
      (.person, person.birthDate ?? Self.birth, person.bytes),
      (.pregnancy, Self.birth + AgeInDays(40), pregnancy.bytes),
      (.visit, Self.birth + AgeInDays(41), visit.bytes),
    ]
    if let outcome {
      var end = PregnancyEndBody(outcome: outcome)
      end.gestation = 90
      facts.append((.pregnancyEnd, Self.birth + AgeInDays(90), end.bytes))
    }
    var timeline = Timeline()
    for (place, fact) in facts.enumerated() {
      try timeline.insert(
        Fact(
          id: Identifier(high: 0, low: UInt64(place + 1)), subject: Identifier(high: 0, low: 9),
          kind: fact.0, occurredOn: fact.1, recordedAt: Instant(milliseconds: 0), body: fact.2))
    }
    return timeline
  }

  private func plan(
    of timeline: Timeline, after days: Int32, knowing matters: SensitiveMatters
  ) throws -> (bytes: [UInt8], plan: CarePlan) {
    let care = PhoneCare(.motherAndChild, settings: DistrictSettings(), knowing: matters)
    let bytes = try timeline.bytes.withUnsafeBufferPointer {
      try care.plan(of: $0, on: Self.birth + AgeInDays(days))
    }
    let instruments = Guideline.motherAndChild.flatMap(\.instruments)
    let plan = try bytes.withUnsafeBufferPointer { buffer in
      try PackedCarePlan.unpack(buffer) { instrument, number in
        instruments.first { $0.number == instrument }?.band(number)
      }
    }
    return (bytes, plan)
  }

  @Test("A phone is given nothing that its user may not know: a test, a screening, losses")
  func sensitive() throws {
    let told = try plan(
      of: mother(hivTest: 1, losses: 0, ended: nil), after: 60, knowing: .all)
    #expect(told.plan.services.contains { $0.service == 33 })
    let other = try plan(
      of: mother(hivTest: 2, losses: 1, ended: nil), after: 60, knowing: .all)
    #expect(told.bytes != other.bytes)
    // Whatever the answers were, the bytes are the same.
    let hidden = try [(Int32(1), Int32(0)), (2, 1)].map { hivTest, losses in
      try plan(
        of: mother(hivTest: hivTest, losses: losses, ended: nil), after: 60, knowing: [])
    }
    #expect(hidden[0].bytes == hidden[1].bytes)
    // Tests for infections, triple elimination, mental health; the score is told as far as it goes.
    let services = Set(hidden[0].plan.services.map(\.service))
    #expect(services.isDisjoint(with: [33, 34, 35, 71, 74]))
    #expect(services.isSuperset(of: [31, 60, 61]))
    #expect(!hidden[0].plan.classes.contains { $0.table == 45 || $0.table == 275 })
    #expect(hidden[0].plan.scores.contains { $0.instrument == 1 })
  }

  @Test("A kader's phone is given neither the plan nor the form of a loss")
  func loss() throws {
    let timeline = try mother(hivTest: 1, losses: 0, ended: .miscarriage)
    let midwife = try plan(of: timeline, after: 95, knowing: .loss).plan
    let kader = try plan(of: timeline, after: 95, knowing: []).plan
    #expect(Set(midwife.services.map(\.service)).contains(131))
    #expect(Set(kader.services.map(\.service)).isDisjoint(with: [130, 131]))
    #expect(midwife.classes.contains { $0.table == 50 })
    #expect(!kader.classes.contains { $0.table == 50 || $0.table == 60 })
    for (matters, isGiven) in [(SensitiveMatters.loss, true), ([], false)] {
      let care = PhoneCare(.motherAndChild, settings: DistrictSettings(), knowing: matters)
      let bytes = try timeline.bytes.withUnsafeBufferPointer {
        try care.questions(of: $0, on: Self.birth + AgeInDays(95))
      }
      let forms = try forms(in: bytes)
      #expect(forms.contains(VisitForm.afterLoss.number) == isGiven)
      #expect(forms.contains(VisitForm.motherDangerSigns.number) == !isGiven)
    }
  }

  /// The numbers of the forms of packed questions.
  private func forms(in bytes: [UInt8]) throws -> [UInt16] {
    try bytes.withUnsafeBufferPointer { bytes in
      var reader = ByteReader(bytes)
      _ = try reader.bytes(3)
      _ = try reader.day()
      var numbers: [UInt16] = []
      for _ in 0..<(try reader.count(limit: 100)) {
        numbers.append(UInt16(try reader.unsigned()))
        for _ in 0..<(try reader.count(limit: 4_096)) * 2 { _ = try reader.unsigned() }
      }
      return numbers
    }
  }

  @Test("A day that no fact may carry, and what is no timeline, is refused")
  func refused() throws {
    let care = PhoneCare(.motherAndChild, settings: DistrictSettings(), knowing: .all)
    for day in [CivilDate(dayNumber: 200_001), CivilDate(dayNumber: -100_001)] {
      try child().bytes.withUnsafeBufferPointer { bytes in
        #expect(throws: WireError.numberTooLarge) { try care.plan(of: bytes, on: day) }
        #expect(throws: WireError.numberTooLarge) { try care.questions(of: bytes, on: day) }
        #expect(throws: WireError.numberTooLarge) { try care.vaccinations(of: bytes, on: day) }
      }
    }
    _ = [UInt8]("ST?".utf8).withUnsafeBufferPointer { bytes in
      #expect(throws: WireError.self) { try care.plan(of: bytes, on: Self.birth) }
    }
  }
}

@Suite("A district's settings in packed form")
struct PackedDistrictSettingsTests {
  let known = CareDefinitions.motherAndChild.settings

  private func unpack(_ bytes: [UInt8]) throws(WireError) -> DistrictSettings {
    let result: Result<DistrictSettings, WireError> = bytes.withUnsafeBufferPointer { bytes in
      do throws(WireError) {
        return .success(try PackedDistrictSettings.unpack(bytes, known: known))
      } catch { return .failure(error) }
    }
    return try result.get()
  }

  @Test("Every setting comes back, at both ends of its range")
  func same() throws {
    for isUpper in [true, false] {
      var settings = DistrictSettings()
      settings.edition = .kmk1098
      for setting in known {
        let end = isUpper ? setting.range.upperBound : setting.range.lowerBound
        let isTaken = settings.clinical.set(setting, to: end)
        #expect(isTaken)
      }
      for setting in ImmunizationSetting.allCases {
        let end = isUpper ? setting.range.upperBound : setting.range.lowerBound
        let isTaken = settings.immunization.set(setting, to: end)
        #expect(isTaken)
      }
      let growth = settings.growth.set(.referralAfterNotGained, to: [isUpper ? 6 : 1])
      #expect(growth)
      let bytes = PackedDistrictSettings.pack(settings, known: known)
      let read = try unpack(bytes)
      #expect(read.clinical == settings.clinical)
      #expect(read.immunization == settings.immunization)
      #expect(read.edition == .kmk1098)
      #expect(PackedDistrictSettings.pack(read, known: known) == bytes)
    }
  }

  @Test("No bytes are the defaults")
  func defaults() throws {
    let read = try unpack([])
    #expect(
      PackedDistrictSettings.pack(read, known: known)
        == PackedDistrictSettings.pack(DistrictSettings(), known: known))
  }

  @Test(
    "What is not known, out of range, out of order or cut short is refused",
    arguments: [
      [0x53], [0x53, 0x45, 1], [0x53, 0x44, 2], [0x53, 0x44, 1], [0x53, 0x44, 1, 0],
      // 9999 is no setting; 110 is out of 84 to 97; 2 stands before 1.
      [0x53, 0x44, 1, 0, 1, 0x8F, 0x4E, 2, 2, 0],
      [0x53, 0x44, 1, 0, 1, 1, 0xDC, 1, 2, 0],
      [0x53, 0x44, 1, 0, 2, 2, 0xDE, 2, 1, 0xB6, 1, 2, 0],
      // No edition 9; no setting 99 of immunisation; a byte more than there should be.
      [0x53, 0x44, 1, 0, 0, 9, 0], [0x53, 0x44, 1, 0, 0, 2, 1, 99, 2],
      [0x53, 0x44, 1, 0, 0, 2, 0, 0],
    ] as [[UInt8]])
  func refused(_ bytes: [UInt8]) {
    #expect(throws: WireError.self) { try unpack(bytes) }
  }

  @Test("The same without what is wrong is taken")
  func taken() throws {
    let one = try unpack([0x53, 0x44, 1, 0, 1, 1, 0xB6, 1, 2, 0])
    #expect(one.clinical[.firstTrimesterDays] == 91)
    let two = try unpack([0x53, 0x44, 1, 0, 0, 1, 1, 1, 8])
    #expect(two.immunization.graceDays == 4 && two.edition == .kmk1098)
  }
}
