import Guidance
import Health
import Programmes
import Testing

/// The card as the midwife sees it: colours by the day.
@Suite("Immunization card")
struct CardTests {
  private func card(
    _ doses: [GivenDose], on today: String, sex: Sex? = .female, born: String? = "2024-01-15"
  ) -> [CardDose] {
    var forecaster = ImmunizationForecaster(IndonesianImmunization.schedule())
    let birth = born.map { day($0) }
    forecaster.assess(ImmunizationPerson(birth: birth, sex: sex), doses: doses, on: day(today))
    return CardDose.card(
      of: forecaster, birth: birth, on: day(today), edition: .kmk1098Changed2025,
      settings: ImmunizationSettings())
  }

  private func entry(
    _ vaccine: CardVaccine, _ number: UInt8, _ doses: [GivenDose] = [], on today: String
  ) -> CardDose? {
    card(doses, on: today).first { $0.vaccine == vaccine && $0.number == number }
  }

  static let colours: [(CardVaccine, String, VaccinationWindow)] = [
    (.dptHBHib, "2024-03-14", .notYet), (.dptHBHib, "2024-03-15", .ideal),
    (.dptHBHib, "2024-04-14", .ideal), (.dptHBHib, "2024-04-15", .allowed),
    (.dptHBHib, "2025-01-14", .allowed), (.dptHBHib, "2025-01-15", .catchUp),
    (.dptHBHib, "2029-01-14", .catchUp), (.dptHBHib, "2029-01-15", .tooLate),
    (.bcg, "2024-03-14", .ideal), (.bcg, "2024-03-15", .allowed), (.bcg, "2025-01-14", .allowed),
    (.bcg, "2025-01-15", .tooLate), (.rotavirus, "2024-06-14", .allowed),
    (.rotavirus, "2024-06-15", .tooLate), (.hepatitisBAtBirth, "2024-01-16", .ideal),
    (.hepatitisBAtBirth, "2024-01-17", .allowed), (.hepatitisBAtBirth, "2024-01-22", .allowed),
    (.hepatitisBAtBirth, "2024-01-23", .tooLate), (.measlesRubella, "2024-10-14", .notYet),
    (.measlesRubella, "2024-10-15", .ideal), (.schoolMeaslesRubella, "2031-07-31", .notYet),
    (.schoolMeaslesRubella, "2031-08-01", .ideal), (.schoolMeaslesRubella, "2031-08-31", .ideal),
    (.schoolMeaslesRubella, "2031-09-01", .catchUp),
    (.japaneseEncephalitis, "2024-12-01", .notApplicable),
  ]

  @Test("the colour of a first dose by the day", arguments: colours)
  func colour(_ row: (CardVaccine, String, VaccinationWindow)) {
    #expect(entry(row.0, 1, on: row.1)?.window == row.2)
  }

  @Test("what was given shows its day, what follows shows when it may be given")
  func given() {
    let doses = [dose(.pentavalent, "2024-03-20")]
    let first = entry(.dptHBHib, 1, doses, on: "2024-04-01")
    #expect(first?.window == .given)
    #expect(first?.day == day("2024-03-20"))
    let second = entry(.dptHBHib, 2, doses, on: "2024-04-01")
    #expect(second?.window == .notYet)
    #expect(second?.day == day("2024-04-20"))
    #expect(second?.pastDue == day("2024-05-14"))
    #expect(entry(.dptHBHib, 4, doses, on: "2024-04-01")?.day == day("2025-07-15"))
  }

  @Test("a dose that waits for others has the day that is left after them, not that of the next")
  func waiting() {
    let given = ["2024-03-20", "2024-11-25", "2025-01-20"].map { dose(.pentavalent, $0) }
    typealias Row = (given: Int, number: UInt8, today: String, first: String)
    let rows: [Row] = [
      // In time: by age.
      (0, 2, "2024-02-01", "2024-04-15"), (0, 3, "2024-02-01", "2024-05-15"),
      (1, 3, "2024-04-01", "2024-05-20"), (1, 4, "2024-04-01", "2025-07-15"),
      // Late: from today on, each at its distance from the one before.
      (0, 2, "2024-11-24", "2024-12-24"), (0, 3, "2024-11-24", "2025-01-24"),
      (0, 4, "2024-11-24", "2026-01-24"), (1, 3, "2024-11-24", "2024-12-24"),
      // The next one is not due yet: from its own day on.
      (2, 4, "2024-11-26", "2025-12-25"), (2, 3, "2024-11-26", "2024-12-25"),
      (3, 4, "2025-01-21", "2026-01-20"),
    ]
    for row in rows {
      let found = entry(.dptHBHib, row.number, Array(given.prefix(row.given)), on: row.today)
      #expect(found?.day == day(row.first) && found?.window == .notYet, "\(row)")
    }
    // Who starts PCV after the first birthday has eight weeks between the two doses.
    #expect(entry(.pneumococcus, 2, on: "2025-02-01")?.day == day("2025-03-29"))
    #expect(entry(.pneumococcus, 2, on: "2024-12-01")?.day == day("2025-01-01"))
  }

  @Test("every dose of the programme stands on the card once")
  func all() {
    let counts = Dictionary(grouping: card([], on: "2024-02-01"), by: \.vaccine)
      .mapValues(\.count)
    #expect(counts[.oralPolio] == 4 && counts[.dptHBHib] == 4 && counts[.pneumococcus] == 3)
    #expect(counts[.rotavirus] == 3 && counts[.injectedPolio] == 2)
    #expect(counts[.measlesRubella] == 2 && counts[.schoolDiphtheriaTetanus] == 3)
    #expect(counts[.humanPapillomavirus] == 1 && counts[.japaneseEncephalitis] == 1)
    #expect(counts.count == CardVaccine.allCases.count)
  }

  @Test(
    "who starts PCV from the first birthday on has two cells, whoever began before has three",
    arguments: [
      ([], "2025-01-14", 3), ([], "2025-01-15", 2), ([], "2025-05-27", 2), ([], "2028-01-01", 2),
      ([dose(.pneumococcus, "2024-06-01")], "2025-05-27", 3),
      ([dose(.pneumococcus, "2025-02-01")], "2025-05-27", 2),
    ] as [([GivenDose], String, Int)])
  func pneumococcus(doses: [GivenDose], today: String, count: Int) {
    #expect(card(doses, on: today).count { $0.vaccine == .pneumococcus } == count)
  }

  @Test("without a date of birth every dose is unknown and says why")
  func unknown() {
    for entry in card([], on: "2024-02-01", born: nil) {
      #expect(entry.window == .unknown)
      #expect(entry.missing == .birthDate)
    }
  }

  @Test("HB0 stands on the card once, with and without a date of birth, and after its time")
  func birthDoseOnce() {
    for (born, today) in [
      ("2024-01-15", "2024-01-16"), ("2024-01-15", "2025-01-01"), (nil, "2024-02-01"),
    ] {
      let rows = card([], on: today, born: born).filter { $0.vaccine == .hepatitisBAtBirth }
      #expect(rows.map(\.number) == [1])
    }
  }

  @Test("the six-in-one vaccine fills the rows of DPT-HB-Hib and IPV")
  func hexavalent() {
    let doses = ["2024-03-15", "2024-04-15", "2024-05-15"].map { dose(.hexavalent, $0) }
    let card = card(doses, on: "2024-06-01")
    for vaccine in [CardVaccine.dptHBHib, .injectedPolio] {
      for number in UInt8(1)...3 {
        #expect(
          card.first { $0.vaccine == vaccine && $0.number == number }?.window == .given)
      }
    }
    #expect(!card.contains { $0.vaccine == .injectedPolio && $0.window != .given })
  }

  @Test("a vaccination fact is a dose of its day; a spoiled one counts for nothing")
  func facts() {
    var spoiled = VaccinationBody(product: VaccineName.pentavalent.rawValue)
    spoiled.spoiled = .coldChain
    for (body, window) in [
      (VaccinationBody(product: VaccineName.pentavalent.rawValue), VaccinationWindow.given),
      (spoiled, .catchUp),
    ] {
      let given = GivenDose(body, on: day("2024-03-15"))
      #expect(given.product == VaccineName.pentavalent.code)
      let first = card([given], on: "2025-06-01").first { $0.vaccine == .dptHBHib }
      #expect(first?.window == window)
    }
  }
}
