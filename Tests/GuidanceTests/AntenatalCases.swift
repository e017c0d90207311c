import Guidance
import Health
import Samples

@testable import Programmes

/// WHO's test women of antenatal care as timelines, from `Tests/Fixtures/antenatal`.
struct AntenatalCases {
  /// Which figure of a class stands for it: WHO's cases say "10.6 to 10.9", not a figure.
  enum Figure: CaseIterable {
    /// The least of the class.
    case least
    /// The greatest of the class.
    case greatest
  }

  /// One contact of one woman.
  struct Contact {
    let day: CivilDate
    let life: Life

    /// What the plan says on that day, with what had been recorded by then.
    func plan(_ settings: ClinicalSettings = ClinicalSettings()) throws -> CarePlan {
      try life.plan(on: day, by: Guideline.motherAndChild, settings: settings)
    }

    /// The record of that day.
    func record() throws -> HealthRecord { try life.record(on: day) }
  }

  /// The contacts by their names.
  let contacts: [String: Contact]

  /// Reads the women, each contact with the figures that were asked for.
  init(_ figure: Figure) throws {
    var lives: [String: Life] = [:]
    var episodes: [String: Identifier] = [:]
    var days: [(name: String, woman: String, day: CivilDate)] = []
    for row in try FixtureTable("antenatal/who-women.csv").rows {
      let (woman, day) = (row["woman"], CivilDate(stringLiteral: row["day"]))
      var life = lives[woman] ?? Life(.female, born: row.day("born"))
      var body = PregnancyBody()
      body.episode = episodes[woman]
      body.lastMenstrualPeriod = row.day("last_period")
      body.ultrasoundGestation = Int32(row["scan_days"])
      body.ultrasoundOn = row.day("scanned_on")
      body.gravida = Int32(row["gravida"])
      body.para = Int32(row["para"])
      body.losses = Int32(row["losses"])
      body.fetuses = Int32(row["fetuses"])
      let told = life.tell(.pregnancy, on: day, body.bytes)
      episodes[woman] = episodes[woman] ?? told
      life.visit(.antenatal, on: day, Self.observed(row, figure))
      lives[woman] = life
      days.append((row["contact"], woman, day))
    }
    var contacts: [String: Contact] = [:]
    for (name, woman, day) in days {
      contacts[name] = lives[woman].map { Contact(day: day, life: $0) }
    }
    self.contacts = contacts
  }

  private static func observed(
    _ row: FixtureTable.Row, _ figure: Figure
  ) -> [DataElement: Int32] {
    var observed: [DataElement: Int32] = [:]
    for element in elements {
      let figures = row[element.name.description].split(separator: ".")
      if let value = (figure == .least ? figures.first : figures.last).flatMap({ Int32($0) }) {
        precondition(element.believes(value), "\(element.name) cannot be \(value)")
        observed[element] = value
      }
    }
    return observed
  }

  /// The elements that WHO's cases tell of.
  static let elements: [DataElement] = [
    .weight, .lengthOrHeight, .systolicPressure, .diastolicPressure, .haemoglobin,
    .fetalHeartRate, .presentation, .urineProtein, .urineGlucose, .bloodGroup, .rhesusFactor,
    .hivTest, .syphilisTest, .hepatitisBTest, .bloodGlucose, .fastingGlucose,
    .glucoseAfterTwoHours, .weightBeforePregnancy, .pallor, .feverTwoDays,
    .headacheBlurredSight, .severeAbdominalPain, .bleeding, .watersBroke, .fewMovements,
    .swollenFaceHands, .vomitsAll, .fits, .shortOfBreath, .urinePainOrDischarge,
    .caesareanBefore, .pulledBirthBefore, .preeclampsiaBefore, .chronicHypertension,
    .kidneyDisease, .autoimmuneDisease, .diabetes,
  ]
}

extension AntenatalCases.Contact {
  /// What the project says of a group of outcomes on that day, in the fixture's words.
  func outcome(_ group: String, _ plan: CarePlan) throws -> String {
    if let table = table(of: group, plan) {
      return plan.found(table) ?? (plan.missing(table) == nil ? "nothing" : "unknown")
    }
    switch group {
    case "infection": return infection(plan)
    case "gestation": return try gestation().map { "\($0)" } ?? "unknown"
    case "completed_weeks": return try gestation().map { "\($0 / 7)" } ?? "unknown"
    case "expected_birth":
      guard let day = try record().pregnancies.last?.expectedBirth?.components else {
        return "unknown"
      }
      return [day.year, day.month, day.day].map { $0 < 10 ? "0\($0)" : "\($0)" }
        .joined(separator: "-")
    case "dating":
      switch try record().pregnancies.last?.dating {
      case .lastMenstrualPeriod: return "period"
      case .ultrasound: return "ultrasound"
      default: return "unknown"
      }
    case "danger":
      let seen = Set(plan.dangers.map(\.element))
      let names = AntenatalCases.elements.filter { seen.contains($0.code) }
        .map { $0.name.description }
      return seen.count == names.count
        ? (names.isEmpty ? "none" : names.sorted().joined(separator: "+")) : "another sign"
    case "syphilis_test": return plan.isOwed(34) ? "owed" : plan.word(34)
    case "fetal_heart_by_who_limits":
      let limits = Plans.set((.fetalHeartLeast, 100), (.fetalHeartTooFast, 181))
      return try self.plan(limits).found(49) ?? "unknown"
    case "twins", "caesarean_before": return try item(group)
    default: return "no such group"
    }
  }

  /// What is to be done by the class that a table finds; aspirin has a table of its own.
  func actions(_ group: String, _ plan: CarePlan) -> [String] {
    if group == "infection" { return Self.infections.flatMap { actions(of: $0, plan) } }
    let own = table(of: group, plan).map { actions(of: $0, plan) } ?? []
    return group == "preeclampsia_risk" ? own + actions(of: Self.aspirin, plan) : own
  }

  private static let aspirin: UInt16 = 90

  /// The three tests together, as WHO has them: HIV has a table of its own with us.
  private func infection(_ plan: CarePlan) -> String {
    let found = Self.infections.map { plan.found($0) }
    if found.contains("hiv_reactive") || found.contains("infection_found") {
      return "infection_found"
    }
    if found == ["hiv_not_reactive", "no_infection"] { return "no_infection" }
    return Self.infections.allSatisfy { plan.missing($0) == nil } ? "nothing" : "unknown"
  }

  private static let infections: [UInt16] = [45, 275]

  private func actions(of number: UInt16, _ plan: CarePlan) -> [String] {
    guard let table = Plans.tables[number], case .row(let place, _) = plan.answer(of: number)
    else { return [] }
    return table.rows[Int(place)].actions.map { $0.name.description }
  }

  private func gestation() throws -> Int32? {
    try record().pregnancies.last?.gestation(on: day)?.count
  }

  /// An item of the score card: yes, no, or nobody knows.
  private func item(_ name: String) throws -> String {
    var evaluation = Evaluation(try record())
    guard
      let item = Instrument.poedjiRochjati.items.first(where: { $0.name.description == name })
    else { return "no such item" }
    switch evaluation.answer(item.when) {
    case .yes: return "yes"
    case .no: return "no"
    case .unknown: return "unknown"
    }
  }

  /// The table of a group; of twins, where there is another one for them.
  private func table(of group: String, _ plan: CarePlan) -> UInt16? {
    if let twins = Self.tablesOfTwins[group], plan.answer(of: twins) != .notApplicable {
      return twins
    }
    return Self.tables[group]
  }

  private static let tablesOfTwins: [String: UInt16] = ["weight_gain": 251, "body_mass": 250]
  private static let tables: [String: UInt16] = [
    "anaemia": 1, "pressure": 3, "preeclampsia_risk": 42, "weight_gain": 43,
    "diabetes": 47, "body_mass": 48, "fetal_heart": 49,
  ]
}

extension FixtureTable.Row {
  /// A field as a day; nothing where it is empty.
  fileprivate func day(_ name: String) -> CivilDate? {
    self[name].isEmpty ? nil : CivilDate(stringLiteral: self[name])
  }
}
