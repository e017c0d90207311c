import Guidance
import Health
import Journal
import Programmes
import Samples
import Testing

@testable import Services

@Suite("A person's vaccinations: what was given, what it counts as, what is next and why")
struct PersonImmunizationTests {
  private static let worker = id(70)

  /// Tells a dose that was given.
  @discardableResult
  private static func give(
    _ vaccine: VaccineName, on date: String, in story: inout Story,
    replacing replaced: Identifier? = nil, spoiled: SpoiledVaccine? = nil
  ) -> Identifier {
    var body = VaccinationBody(product: vaccine.rawValue, origin: .givenHere)
    body.spoiled = spoiled
    return story.tell(.vaccination, on: day(date), replacing: replaced, body: body.bytes)
  }

  /// A girl of 10 January 2025 with HB0, BCG, OPV 1 and two doses of DPT-HB-Hib, 15 days apart.
  private static func child() -> (story: Story, tooSoon: Identifier) {
    var story = Story(.female, born: "2025-01-10")
    give(.hepatitisB, on: "2025-01-10", in: &story)
    give(.bcg, on: "2025-02-05", in: &story)
    give(.oralPolio, on: "2025-02-05", in: &story)
    give(.pentavalent, on: "2025-04-20", in: &story)
    let tooSoon = give(.pentavalent, on: "2025-05-05", in: &story)
    return (story, tooSoon)
  }

  private static func told(
    _ facts: [Fact], on date: String, with draft: [Fact] = [],
    heldBy facilities: [Identifier]? = nil
  ) async throws -> PersonImmunization {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    _ = try await district.journal.accept(facts, now: CarePlanTests.noon(day("2026-06-01")))
    let person = try #require(facts.first?.subject)
    return try #require(
      try district.immunization(of: person, on: day(date), with: draft, heldBy: facilities))
  }

  private static func planned(
    _ vaccine: CardVaccine, in told: PersonImmunization
  ) throws -> PlannedVaccine {
    try #require(told.planned.first { $0.vaccine == .card(vaccine) })
  }

  @Test("A dose that counts has its number, one too soon says from when it would have counted")
  func judged() async throws {
    let (story, tooSoon) = Self.child()
    let told = try await Self.told(story.facts, on: "2025-06-01")
    #expect(told.doses.count == 5)
    #expect(told.dose(1, of: .card(.dptHBHib))?.day == day("2025-04-20"))
    let judgement = try #require(told.dose(tooSoon)?.judgements.first)
    #expect(judgement.vaccine == .card(.dptHBHib) && judgement.number == nil)
    #expect(judgement.evaluation == DoseEvaluation(.notValid, .tooSoon))
    #expect(judgement.earliest == day("2025-05-20"))
  }

  @Test(
    "The day before a dose may be given, and the day",
    arguments: [
      ("2025-06-04", VaccineState.upcoming), ("2025-06-05", .due), ("2025-06-06", .overdue),
    ])
  func next(date: String, state: VaccineState) async throws {
    let told = try await Self.told(Self.child().story.facts, on: date)
    let next = try Self.planned(.dptHBHib, in: told)
    #expect(next.state == state && next.number == 2)
    // The dose that does not count moves the next one.
    #expect(next.reason == .intervalFromInvalidDose && next.earliest == day("2025-06-05"))
    #expect(told.dose(try #require(next.previous))?.day == day("2025-04-20"))
    #expect("\(next.source.id)" == "kia-immunization-chart")
  }

  @Test("Complete, past the age, not for this district: each vaccine says how it stands")
  func states() async throws {
    let told = try await Self.told(Self.child().story.facts, on: "2025-06-10")
    #expect(try Self.planned(.bcg, in: told).state == .complete)
    #expect(try Self.planned(.rotavirus, in: told).state == .tooLate)
    #expect(!told.planned.contains { $0.vaccine == .card(.japaneseEncephalitis) })
    #expect(told.owed.contains { $0.vaccine == .card(.pneumococcus) })
    let school = try Self.planned(.schoolMeaslesRubella, in: told)
    #expect(school.state == .upcoming && told.isFarOff(school))
  }

  @Test("What is given after the day is not looked at")
  func asOf() async throws {
    let told = try await Self.told(Self.child().story.facts, on: "2025-04-19")
    #expect(told.doses.count == 3)
    #expect(try Self.planned(.dptHBHib, in: told).number == 1)
  }

  @Test("A correction takes a dose's place, and one that is taken back was never given")
  func corrected() async throws {
    var (story, tooSoon) = Self.child()
    let correction = Self.give(
      .pentavalent, on: "2025-05-20", in: &story, replacing: tooSoon)
    let told = try await Self.told(story.facts, on: "2025-06-01")
    #expect(told.doses.count == 5 && told.dose(tooSoon) == nil)
    #expect(told.dose(2, of: .card(.dptHBHib))?.fact == correction)
    story.withdraw(correction, on: day("2025-06-01"))
    let without = try await Self.told(story.facts, on: "2025-06-01")
    #expect(without.dose(correction) == nil && without.dose(2, of: .card(.dptHBHib)) == nil)
  }

  @Test("A spoiled dose counts for nothing")
  func spoiled() async throws {
    var story = Story(.male, born: "2025-01-10")
    let dose = Self.give(.bcg, on: "2025-02-05", in: &story, spoiled: .coldChain)
    let told = try await Self.told(story.facts, on: "2025-03-01")
    #expect(told.dose(dose)?.judgements.map(\.evaluation.status) == [.substandard])
    #expect(try Self.planned(.bcg, in: told).number == 1)
  }

  @Test("What was offered and not given stands beside the dose, which is still owed")
  func refused() async throws {
    var (story, _) = Self.child()
    let vaccine = OfferedVaccine.card(.injectedPolio)
    let refusal = story.tell(
      .refusal, on: day("2025-05-15"),
      body: RefusalBody(service: vaccine.service, reason: .unwell).bytes)
    let told = try await Self.told(story.facts, on: "2025-06-01")
    let next = try Self.planned(.injectedPolio, in: told)
    #expect(next.isOwed && next.refusal?.fact == refusal && next.refusal?.reason == .unwell)
    #expect(try Self.planned(.pneumococcus, in: told).refusal == nil)
  }

  @Test("A dose that is not written yet is judged as if it were there, and known by its recorder")
  func draft() async throws {
    let (story, _) = Self.child()
    let body = VaccinationBody(product: VaccineName.rotavirus.rawValue)
    let fact = Fact(
      id: id(4_000_001), subject: story.subject, kind: .vaccination, occurredOn: day("2025-06-01"),
      recordedAt: Instant(milliseconds: 9_000), recorder: Self.worker, body: body.bytes)
    let told = try await Self.told(story.facts, on: "2025-06-01", with: [fact])
    #expect(told.dose(1, of: .card(.rotavirus))?.recorder == Self.worker)
    #expect(try await Self.told(story.facts, on: "2025-06-01").dose(fact.id) == nil)
  }

  @Test("Whoever reads only what its own place recorded is told of that alone")
  func held() async throws {
    let told = try await Self.told(
      Self.child().story.facts, on: "2025-06-01", heldBy: [id(901)])
    #expect(told.doses.isEmpty)
    #expect(try Self.planned(.oralPolio, in: told).number == 1)
  }

  @Test(
    "Basic immunisation is under way while what lacks still fits, and missed from the birthday on")
  func goals() async throws {
    let facts = Self.child().story.facts
    let before = try await Self.told(facts, on: "2025-03-20")
    #expect(before.goals.map(\.kind) == ReachedGoal.Kind.allCases)
    #expect(before.goals.first?.status == .underWay(until: day("2026-01-09")))
    let tooLate = try await Self.told(facts, on: "2026-01-09")
    #expect(tooLate.goals.first?.status == .outOfReach)
    let after = try await Self.told(facts, on: "2026-01-10")
    #expect(after.goals.first?.status == .missed)
    #expect(after.goals.first?.open.contains { $0.vaccine == .dptHBHib && $0.doses == 3 } == true)
  }

  @Test("A pregnant woman is owed Td by her T status, and nothing of the card")
  func pregnant() async throws {
    var story = Story(.female, born: "1995-03-01")
    var pregnancy = PregnancyBody()
    pregnancy.lastMenstrualPeriod = day("2025-03-01")
    story.tell(.pregnancy, on: day("2025-04-01"), body: pregnancy.bytes)
    let first = try await Self.told(story.facts, on: "2025-04-01")
    #expect(first.isPregnant && first.tetanus?.level == 0)
    #expect(first.planned.map(\.vaccine) == [.tetanus] && first.owed.first?.number == 1)
    Self.give(.td, on: "2025-04-01", in: &story)
    let early = Self.give(.td, on: "2025-04-10", in: &story)
    let second = try await Self.told(story.facts, on: "2025-04-28")
    #expect(second.planned.first?.state == .upcoming)
    #expect(second.planned.first?.earliest == day("2025-04-29"))
    let judgement = try #require(second.dose(early)?.judgements.first)
    #expect(judgement.evaluation == DoseEvaluation(.notValid, .tooSoon))
    #expect(judgement.earliest == day("2025-04-29"))
    let third = try await Self.told(story.facts, on: "2025-04-29")
    #expect(third.owed.first?.number == 2)
  }

  @Test("A woman whose T2 is told is owed the third dose, not the first")
  func tetanusTold() async throws {
    var story = Story(.female, born: "1995-03-01")
    story.tell(.pregnancy, on: day("2025-04-01"), body: PregnancyBody().bytes)
    var visit = VisitBody(purposes: .antenatal)
    visit[DataElement.tetanusStatus.code] = 2
    story.tell(.visit, on: day("2025-04-01"), body: visit.bytes)
    let told = try await Self.told(story.facts, on: "2025-04-02")
    #expect(told.tetanus?.level == 2)
    #expect(told.owed.map(\.number) == [3])
    let third = Self.give(.td, on: "2025-04-02", in: &story)
    let after = try await Self.told(story.facts, on: "2025-05-01")
    #expect(after.dose(third)?.judgements.first?.number == 3)
    #expect(after.planned.first?.state == .upcoming)
    #expect(after.planned.first?.earliest == day("2026-04-02"))
  }

  @Test("A woman whose five doses are told needs none; a man has no T status")
  func tetanus() async throws {
    var story = Story(.female, born: "1995-03-01")
    story.tell(.pregnancy, on: day("2025-04-01"), body: PregnancyBody().bytes)
    var visit = VisitBody(purposes: .antenatal)
    visit[DataElement.tetanusStatus.code] = 5
    story.tell(.visit, on: day("2025-04-01"), body: visit.bytes)
    let told = try await Self.told(story.facts, on: "2025-05-01")
    #expect(told.tetanusAsked == 5 && told.owed.isEmpty)
    #expect(told.planned.map(\.state) == [.complete])
    let man = Story(.male, born: "1990-01-01")
    let other = try await Self.told(man.facts, on: "2025-05-01")
    #expect(other.tetanus == nil && other.planned.isEmpty && other.card.isEmpty)
  }

  @Test("Without a date of birth nothing is owed, and what is missing is said")
  func unknown() async throws {
    var story = Story()
    story.person(sex: .female, born: nil)
    story.lives(at: id(900), since: day("2025-01-01"))
    let told = try await Self.told(story.facts, on: "2025-06-01")
    #expect(told.owed.isEmpty && told.goals.isEmpty)
    #expect(told.planned.allSatisfy { $0.state == .unknown(.birthDate) })
    #expect(!told.planned.isEmpty)
  }

  @Test("What a district has set is asked by")
  func settings() throws {
    var settings = ImmunizationSettings()
    let (story, _) = Self.child()
    let person = VaccinatedPerson(
      birth: day("2025-01-10"), sex: .female, pregnantSince: nil, tetanusAsked: nil,
      doses: try story.facts.filter { $0.kind == .vaccination }.map { fact in
        RecordedDose(
          fact: fact.id,
          body: try fact.body.withUnsafeBufferPointer { try VaccinationBody($0) },
          day: fact.occurredOn, place: nil, recordedAt: fact.recordedAt, recorder: nil)
      }, refusals: [])
    func hasJapaneseEncephalitis() -> Bool {
      VaccinationBook(settings: settings).answer(person, on: day("2025-06-01")).planned
        .contains { $0.vaccine == .card(.japaneseEncephalitis) }
    }
    #expect(!hasJapaneseEncephalitis())
    settings.givesJapaneseEncephalitis = true
    #expect(hasJapaneseEncephalitis())
  }

  @Test("The numbers of vaccines are no service's of a guideline, and name one vaccine each")
  func numbers() {
    let numbers = OfferedVaccine.allCases.map(\.service)
    #expect(Set(numbers).count == numbers.count)
    for vaccine in OfferedVaccine.allCases {
      #expect(OfferedVaccine(service: vaccine.service) == vaccine)
      #expect(CareBook.motherAndChild.services[vaccine.service] == nil)
      #expect(DevelopmentQuestionnaire(serviceNumber: vaccine.service) == nil)
      for number in 1...5 { #expect(!vaccine.products(forDose: number).isEmpty) }
    }
    #expect(OfferedVaccine(service: 52) == nil)
    let codes = VaccineName.allCases.map(\.catalogueName)
    #expect(Set(codes).count == codes.count)
  }

  @Test("A product that is offered for a vaccine counts for it")
  func products() async throws {
    let ages: [CardVaccine: String] = [
      .hepatitisBAtBirth: "2025-01-10", .bcg: "2025-02-05", .oralPolio: "2025-02-05",
      .dptHBHib: "2025-04-20", .pneumococcus: "2025-04-20", .rotavirus: "2025-04-20",
      .injectedPolio: "2025-06-01", .measlesRubella: "2025-11-01",
    ]
    for (vaccine, date) in ages {
      for product in OfferedVaccine.card(vaccine).products(forDose: 1) {
        var story = Story(.female, born: "2025-01-10")
        let dose = Self.give(product, on: date, in: &story)
        let told = try await Self.told(story.facts, on: date)
        #expect(told.dose(1, of: .card(vaccine))?.fact == dose, "\(product)")
      }
    }
  }
}
