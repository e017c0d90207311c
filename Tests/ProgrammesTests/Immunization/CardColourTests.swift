import Guidance
import Health
import Testing

@testable import Programmes

/// The coloured chart of the Buku KIA, dose by dose, by completed months: white ideal, yellow
/// allowed, orange made up for, grey not given.
@Suite("Colours of the card")
struct CardColourTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let vaccine: CardVaccine
    let product: VaccineName
    /// The months of the doses before.
    let before: [Int]
    let colours: [(from: Int, VaccinationWindow)]

    init(
      _ vaccine: CardVaccine, _ product: VaccineName, after before: [Int] = [], ideal: Int,
      allowed: Int? = nil, catchUp: Int? = nil, end: Int
    ) {
      (self.vaccine, self.product, self.before) = (vaccine, product, before)
      var colours: [(from: Int, VaccinationWindow)] = [(ideal, .ideal)]
      if let allowed { colours.append((allowed, .allowed)) }
      if let catchUp { colours.append((catchUp, .catchUp)) }
      self.colours = colours + [(end, .tooLate)]
    }

    var testDescription: String { "\(vaccine) \(before.count + 1)" }
  }

  static let chart: [Row] = [
    Row(.bcg, .bcg, ideal: 0, allowed: 2, end: 12),
    Row(.oralPolio, .oralPolio, ideal: 0, allowed: 2, catchUp: 12, end: 60),
    Row(.oralPolio, .oralPolio, after: [0], ideal: 2, allowed: 3, catchUp: 12, end: 60),
    Row(.oralPolio, .oralPolio, after: [0, 2], ideal: 3, allowed: 4, catchUp: 12, end: 60),
    Row(.oralPolio, .oralPolio, after: [0, 2, 3], ideal: 4, allowed: 5, catchUp: 12, end: 60),
    Row(.dptHBHib, .pentavalent, ideal: 2, allowed: 3, catchUp: 12, end: 60),
    Row(.dptHBHib, .pentavalent, after: [2], ideal: 3, allowed: 4, catchUp: 12, end: 60),
    Row(.dptHBHib, .pentavalent, after: [2, 3], ideal: 4, allowed: 5, catchUp: 12, end: 60),
    Row(.dptHBHib, .pentavalent, after: [2, 3, 4], ideal: 18, allowed: 19, catchUp: 24, end: 60),
    Row(.pneumococcus, .pneumococcus, ideal: 2, allowed: 3, catchUp: 12, end: 60),
    Row(.pneumococcus, .pneumococcus, after: [2], ideal: 3, allowed: 4, catchUp: 12, end: 60),
    Row(.pneumococcus, .pneumococcus, after: [2, 3], ideal: 12, allowed: 13, catchUp: 24, end: 60),
    Row(.rotavirus, .rotavirus, ideal: 2, allowed: 3, end: 5),
    Row(.rotavirus, .rotavirus, after: [2], ideal: 3, allowed: 4, end: 7),
    Row(.rotavirus, .rotavirus, after: [2, 3], ideal: 4, allowed: 5, end: 7),
    Row(.injectedPolio, .injectedPolio, ideal: 4, allowed: 5, catchUp: 12, end: 60),
    Row(.injectedPolio, .injectedPolio, after: [4], ideal: 9, allowed: 10, catchUp: 12, end: 60),
    Row(.measlesRubella, .measlesRubella, ideal: 9, allowed: 10, catchUp: 12, end: 60),
    Row(.measlesRubella, .measlesRubella, after: [9], ideal: 18, allowed: 19, catchUp: 24, end: 60),
    Row(.japaneseEncephalitis, .japaneseEncephalitis, ideal: 10, catchUp: 11, end: 60),
  ]

  static let birth = day("2024-01-15")

  @Test("The colour changes on the day, not the day before", arguments: chart)
  func colour(row: Row) {
    var settings = ImmunizationSettings()
    settings.givesJapaneseEncephalitis = true
    var forecaster = ImmunizationForecaster(IndonesianImmunization.schedule(settings: settings))
    let birth = CardColourTests.birth
    let doses = row.before.map { GivenDose(row.product.code, on: birth.addingMonths($0)) }
    func window(on day: CivilDate) -> VaccinationWindow? {
      forecaster.assess(ImmunizationPerson(birth: birth, sex: .female), doses: doses, on: day)
      return CardDose.card(
        of: forecaster, birth: birth, on: day, edition: .kmk1098Changed2025, settings: settings
      ).first { $0.vaccine == row.vaccine && $0.number == UInt8(doses.count + 1) }?.window
    }
    var before = VaccinationWindow.notYet
    for (from, colour) in row.colours {
      let first = birth.addingMonths(from)
      if from > 0 { #expect(window(on: first.plus(-1)) == before, "before \(from) months") }
      #expect(window(on: first) == colour, "\(from) months")
      before = colour
    }
  }

  @Test("The rows of the chart as they are printed", arguments: chart)
  func printed(row: Row) throws {
    let printed = try #require(
      ImmunizationRow.childhood(ImmunizationSettings()).first {
        $0.vaccine == row.vaccine && $0.number == UInt8(row.before.count + 1)
      })
    let months: [VaccinationWindow: ClosedRange<Int32>] = [
      .ideal: printed.ideal, .allowed: printed.allowed ?? 0...0,
      .catchUp: printed.catchUp ?? 0...0,
    ]
    for (place, (from, colour)) in row.colours.dropLast().enumerated() {
      #expect(months[colour] == Int32(from)...Int32(row.colours[place + 1].from - 1))
    }
    #expect(Int(printed.end) == row.colours.last?.from)
  }

  @Test("HB0 may be given before one month of life where that is set, or until a day")
  func birthDose() {
    for (setting, birth, last): (Int32, String, String) in [
      (7, "2024-01-15", "2024-01-22"), (29, "2024-01-15", "2024-02-13"),
      (30, "2024-01-15", "2024-02-14"), (30, "2024-02-10", "2024-03-09"),
    ] {
      var settings = ImmunizationSettings()
      settings.birthDoseLastDay = setting
      func isComplete(_ given: CivilDate) -> Bool {
        IndonesianImmunization.ask(
          born: birth, [GivenDose(VaccineName.hepatitisB.code, on: given)], on: "2024-06-01",
          settings: settings
        ).groups[CardVaccine.hepatitisBAtBirth.place].status == .complete
      }
      #expect(isComplete(day(last)))
      #expect(!isComplete(day(last).plus(1)))
    }
  }

  @Test("Hepatitis B alone is HB0 until the day before one month, and another dose from then on")
  func hepatitisBAlone() {
    for (given, isBirthDose) in [("2024-02-14", true), ("2024-02-15", false)] {
      for row in [CardVaccine.hepatitisBAtBirth, .dptHBHib] {
        let judged = IndonesianImmunization.ask(
          born: "2024-01-15", [dose(.hepatitisB, given)], on: "2024-06-01", row: row
        ).evaluations[0]
        #expect((judged != nil) == (isBirthDose == (row == .hepatitisBAtBirth)))
      }
    }
  }

  @Test("Whoever starts PCV from the first birthday on needs two doses")
  func latePneumococcus() {
    var forecaster = ImmunizationForecaster(IndonesianImmunization.schedule())
    for (first, count) in [("2025-01-14", 3), ("2025-01-15", 2)] {
      forecaster.assess(
        ImmunizationPerson(birth: CardColourTests.birth, sex: .male),
        doses: [dose(.pneumococcus, first)], on: day("2025-02-01"))
      #expect(forecaster.doseCount(of: ProgrammeAntigen.pneumococcus.antigen) == count)
    }
  }

  @Test("The doses of school: class and month, by edition")
  func school() {
    func rows(_ edition: ImmunizationEdition) -> [String] {
      SchoolRow.rows(edition, ImmunizationSettings()).map {
        "\($0.vaccine) \($0.number): class \($0.schoolClass), age \($0.age), month \($0.month)"
      }
    }
    let now = [
      "schoolMeaslesRubella 1: class 1, age 7, month 8",
      "schoolDiphtheriaTetanus 1: class 1, age 7, month 11",
      "schoolDiphtheriaTetanus 2: class 2, age 8, month 11",
      "schoolDiphtheriaTetanus 3: class 5, age 11, month 11",
      "humanPapillomavirus 1: class 5, age 11, month 8",
    ]
    #expect(rows(.kmk1098Changed2025) == now)
    #expect(rows(.kmk1098) == now + ["humanPapillomavirus 2: class 6, age 12, month 8"])
  }

  @Test("What is set where a district says nothing")
  func defaults() {
    let settings = ImmunizationSettings()
    let expected: [(ImmunizationSetting, Int32)] = [
      (.graceDays, 0), (.givesJapaneseEncephalitis, 0), (.birthDoseLastDay, 7), (.spacesBCG, 0),
      (.humanPapillomavirusLastAge, 15), (.schoolLastAge, 12), (.writtenDPTIsPentavalent, 1),
      (.injectedPolioMonths, 4), (.lateStartPneumococcusDoses, 2), (.overdueAfterIdeal, 1),
      (.basicInjectedPolioDoses, 2), (.badutaNeedsPneumococcus, 0), (.childhoodTetanusByTable, 1),
      (.schoolTetanusMonths, 6), (.schoolDosesCountFromFourWeeks, 1),
      (.humanPapillomavirusFirstAge, 9), (.humanPapillomavirusSecondClass, 6),
      (.humanPapillomavirusMonths, 6),
    ]
    #expect(expected.map(\.0) == ImmunizationSetting.allCases)
    for (setting, value) in expected { #expect(settings[setting] == value, "\(setting)") }
    // Yes and no are told apart either way.
    for setting in ImmunizationSetting.allCases where setting.range == 0...1 {
      for value: Int32 in [0, 1] {
        var changed = ImmunizationSettings()
        let isSet = changed.set(setting, to: value)
        #expect(isSet && changed[setting] == value)
      }
    }
  }
}
