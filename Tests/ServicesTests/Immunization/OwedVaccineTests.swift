import GRDB
import Guidance
import Health
import Journal
import Programmes
import Samples
import Testing

@testable import Services

@Suite("Doses that are owed stand in the stored care plan, and lists count them")
struct OwedVaccineTests {
  private static let book = VaccinationBook(settings: ImmunizationSettings())

  private static func person(
    born: CivilDate, _ sex: Sex = .female, pregnantSince: CivilDate? = nil,
    _ doses: [(VaccineName, CivilDate)] = []
  ) -> VaccinatedPerson {
    VaccinatedPerson(
      birth: born, sex: sex, pregnantSince: pregnantSince, tetanusAsked: nil,
      doses: doses.map { product, day in
        RecordedDose(
          fact: id(1), body: VaccinationBody(product: product.rawValue), day: day, place: nil,
          recordedAt: CarePlanTests.noon(day), recorder: nil)
      }.sorted { $0.day < $1.day }, refusals: [])
  }

  private static func services(_ owed: OwedVaccines) -> [UInt16: ServiceStatus] {
    Dictionary(uniqueKeysWithValues: owed.services.map { ($0.service, $0.status) })
  }

  /// Children with some doses of their first years at random days, in order or not.
  private static func someone(_ numbers: inout SeededNumbers) -> VaccinatedPerson {
    let born = day("2018-01-31") + .days(.random(in: 0...400, using: &numbers))
    let products: [VaccineName] = [
      .hepatitisB, .bcg, .oralPolio, .oralPolio, .pentavalent, .pentavalent, .hexavalent,
      .pneumococcus, .pneumococcus, .rotavirus, .injectedPolio, .measlesRubella, .measlesRubella,
      .dt, .humanPapillomavirus,
    ]
    let given = products.filter { _ in Int.random(in: 0...2, using: &numbers) > 0 }.map {
      ($0, born + .days(.random(in: 0...900, using: &numbers)))
    }
    return person(born: born, Bool.random(using: &numbers) ? .female : .male, given)
  }

  @Test(
    "As long as it says that it holds, it says what is so; and it is what the page says",
    arguments: 1...6 as ClosedRange<UInt64>)
  func holds(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let person = Self.someone(&numbers)
    let born = try #require(person.birth)
    let last = person.doses.map(\.day).max() ?? born
    var kept = Self.book.owed(to: person, on: last)
    var changes = 0
    // Until school is over; facts of the future are none.
    for distance in 1...3_000 as ClosedRange<Int32> {
      let today = last + .days(distance)
      let now = Self.book.owed(to: person, on: today)
      if let end = kept.holdsUntil, today >= end {
        if Self.services(now) != Self.services(kept) { changes += 1 }
        kept = now
      } else {
        #expect(Self.services(kept) == Self.services(now), "day \(distance) of \(born)")
      }
      guard distance % 50 == 0 else { continue }
      let owed = Self.book.answer(person, on: today).planned.filter(\.isOwed)
      #expect(owed.map(\.vaccine.service) == now.services.map(\.service))
      for planned in owed {
        let isLate =
          if case .overdue = Self.services(now)[planned.vaccine.service] { true } else { false }
        #expect(isLate == (planned.state == .overdue))
      }
    }
    #expect(changes > 1, "nothing changed: the test says nothing")
  }

  @Test(
    "The day before a dose is owed, the day, the day before it is late, and the day",
    arguments: [
      ("2026-04-30", 0, 0), ("2026-05-01", 1, 0), ("2026-05-31", 1, 0), ("2026-06-01", 0, 1),
    ])
  func days(date: String, due: Int, overdue: Int) {
    let owed = Self.book.owed(to: Self.person(born: day("2026-03-01")), on: day(date))
    let service = OfferedVaccine.card(.dptHBHib).service
    let own = owed.services.filter { $0.service == service }
    #expect(own.count { if case .due = $0.status { true } else { false } } == due)
    #expect(own.count { if case .overdue = $0.status { true } else { false } } == overdue)
  }

  @Test("Td is owed to a woman while she is pregnant, and nothing to other adults")
  func tetanus() {
    let born = day("1998-05-05")
    let today = day("2026-06-01")
    #expect(Self.book.owed(to: Self.person(born: born), on: today) == OwedVaccines())
    let since = day("2026-04-01")
    let pregnant = Self.book.owed(to: Self.person(born: born, pregnantSince: since), on: today)
    #expect(
      pregnant.services == [
        PlannedService(
          service: OfferedVaccine.tetanus.service, status: .due(since: since, late: nil))
      ])
    // After the first dose the second waits for four weeks.
    let once = Self.person(born: born, pregnantSince: since, [(.td, day("2026-05-20"))])
    let waiting = Self.book.owed(to: once, on: today)
    #expect(waiting.services.isEmpty && waiting.holdsUntil == day("2026-06-17"))
    #expect(Self.book.owed(to: once, on: day("2026-06-17")).services.count == 1)
  }

  @Test("A child whose only need is a vaccine does not look fine")
  func onlyNeed() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    // No guideline speaks of a boy of nine who is well; nothing was given to him at school.
    let today = day("2026-09-01")
    var boy = Story(.male, born: "2017-03-01")
    _ = try await district.journal.accept(boy.facts, now: CarePlanTests.noon(today))
    let subject = boy.subject
    let entry = try await district.journal.pool.read { db in
      try #require(try PersonEntry.person(subject, in: db))
    }
    func needs() throws -> CareNeeds {
      try #require(try district.careNeeds(of: [entry], on: today, knowing: [])[entry.number])
    }
    let told = try #require(try district.immunization(of: boy.subject, on: today))
    let before = try needs()
    let plan = try #require(try district.care(of: boy.subject, on: today, knowing: .all)).plan
    let without = CareNeeds(plan, knowing: [])
    #expect(!told.owed.isEmpty)
    #expect(before.due + before.overdue == without.due + without.overdue + told.owed.count)
    // A dose that is given is owed no longer, in the same transaction.
    let given = VaccinationBody(product: VaccineName.measlesRubella.rawValue, origin: .givenHere)
    boy.tell(.vaccination, on: today, body: given.bytes)
    _ = try await district.journal.accept(
      Array(boy.facts.suffix(1)), now: CarePlanTests.noon(today))
    let after = try needs()
    #expect(after.due + after.overdue < before.due + before.overdue)
    #expect(try district.verify().mismatch == nil)
    try district.rebuild()
    #expect(try needs() == after)
  }

  @Test("One look at the timeline says what two say")
  func shared() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let today = day("2026-09-01")
    var girl = Story(.female, born: "2025-03-01")
    girl.tell(
      .vaccination, on: day("2025-05-02"),
      body: VaccinationBody(product: VaccineName.pentavalent.rawValue, origin: .givenHere).bytes)
    _ = try await district.journal.accept(girl.facts, now: CarePlanTests.noon(today))
    let both = try #require(
      try district.careAndImmunization(of: girl.subject, on: today, knowing: .all))
    let care = try #require(try district.care(of: girl.subject, on: today, knowing: .all))
    let told = try #require(try district.immunization(of: girl.subject, on: today))
    #expect(both.care.plan == care.plan && both.care.isStored == care.isStored)
    #expect(both.immunization.doses == told.doses)
    #expect(both.immunization.planned.map(\.state) == told.planned.map(\.state))
    #expect(try district.careAndImmunization(of: id(4_711), on: today, knowing: .all) == nil)
  }

  @Test("Another schedule makes another edition of plans")
  func edition() {
    func edition(_ settings: ImmunizationSettings, _ name: ImmunizationEdition) -> CareEdition {
      CareEdition(
        growth: GrowthSettings(), care: ClinicalSettings(),
        vaccinations: VaccinationBook(name, settings: settings))
    }
    let standard = edition(ImmunizationSettings(), .kmk1098Changed2025)
    #expect(standard == CareEdition(growth: GrowthSettings(), care: ClinicalSettings()))
    #expect(edition(ImmunizationSettings(), .kmk1098) != standard)
    for setting in ImmunizationSetting.allCases {
      var settings = ImmunizationSettings()
      let other = setting.range.first { $0 != settings[setting] }
      let isSet = settings.set(setting, to: other ?? -1)
      #expect(isSet, "\(setting)")
      #expect(edition(settings, .kmk1098Changed2025) != standard, "\(setting)")
    }
  }
}
