import Guidance
import Health
import Programmes

extension CarePlan {
  /// The name of the class that a table finds; a table of which nothing is said gives nothing.
  func found(_ table: UInt16) -> String? {
    guard case .row(let place, _) = answer(of: table) else { return nil }
    return Plans.tables[table]?.rows[Int(place)].name.description
  }

  /// What is missing for a table; nothing where it finds a class or does not apply.
  func missing(_ table: UInt16) -> Missing? {
    guard case .unknown(let missing) = answer(of: table) else { return nil }
    return missing
  }

  /// The score of an instrument.
  func score(_ instrument: UInt16) -> InstrumentScore? {
    scores.first { $0.instrument == instrument }?.score
  }

  /// The codes of the danger signs.
  var dangerCodes: Set<UInt16> { Set(dangers.map { $0.element }) }

  /// Whether a service is owed today, in time or late.
  func isOwed(_ service: UInt16) -> Bool {
    switch status(of: service) {
    case .due, .overdue: true
    default: false
    }
  }

  /// The word for how a service stands.
  func word(_ service: UInt16) -> String {
    switch status(of: service) {
    case .done: "done"
    case .due: "due"
    case .overdue: "late"
    case .upcoming: "upcoming"
    case .missed: "missed"
    case .refused: "refused"
    case .notApplicable: "-"
    case .unknown: "unknown"
    }
  }
}

/// What the guidelines hold, for looking it up by number.
enum Plans {
  static let tables: [UInt16: DecisionTable] = {
    var tables: [UInt16: DecisionTable] = [:]
    for guideline in Guideline.motherAndChild {
      for table in guideline.tables { tables[table.number] = table }
    }
    return tables
  }()

  /// A woman who is so many days pregnant on ``day``, with what was observed at one visit then.
  static func pregnant(
    _ days: Int32, _ observed: [DataElement: Int32] = [:], born: CivilDate = "1998-03-01",
    settings: ClinicalSettings = ClinicalSettings(),
    _ change: (inout PregnancyBody) -> Void = { _ in }
  ) throws -> CarePlan {
    var life = Life(.female, born: born)
    life.pregnant(
      lastPeriod: CivilDate(dayNumber: day.dayNumber - days),
      known: CivilDate(dayNumber: day.dayNumber - min(days, 30)), change)
    if !observed.isEmpty { life.visit(.antenatal, on: day, observed) }
    return try life.plan(on: day, by: Guideline.motherAndChild, settings: settings)
  }

  /// A woman whose pregnancy ended so many days before ``day``.
  static func ended(
    _ days: Int32, _ outcome: PregnancyOutcome = .liveBirth, gestation: Int32? = 280,
    _ observed: [DataElement: Int32] = [:]
  ) throws -> CarePlan {
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(
      on: CivilDate(dayNumber: day.dayNumber - days), outcome, gestation: gestation)
    if !observed.isEmpty { life.visit(.postnatal, on: day, observed) }
    return try life.plan(on: day, by: Guideline.motherAndChild)
  }

  /// A child of that age on ``day``, with what was observed at one visit then and at an earlier
  /// one so many days ago, which is also the day of the z-scores that are given.
  static func child(
    _ age: Period, _ observed: [DataElement: Int32] = [:], scores: [DataElement: Int32] = [:],
    weight: Int32? = 3_000, gestation: Int32? = 280, purpose: CarePurpose = .childDevelopment,
    earlier: [DataElement: Int32] = [:], ago: Int32 = 0,
    settings: ClinicalSettings = ClinicalSettings()
  ) throws -> CarePlan {
    let past = CivilDate(dayNumber: day.dayNumber - ago)
    let born = CivilDate(dayNumber: day.addingMonths(-Int(age.months)).dayNumber - age.days)
    var life = Life(.male, born: born, weight: weight, gestation: gestation)
    if !earlier.isEmpty { life.visit(purpose, on: past, earlier) }
    let visit = life.visit(purpose, on: day, observed)
    var record = try life.record(on: day, settings: settings)
    for (element, value) in scores { record.observe(element.code, value, on: past, fact: visit) }
    return CarePlan(Guideline.motherAndChild, for: record, settings: settings)
  }

  /// The day of those plans.
  static let day: CivilDate = "2026-06-15"

  /// Settings with some changed.
  static func set(_ changes: (ClinicalSetting, Int32)...) -> ClinicalSettings {
    var settings = ClinicalSettings()
    for (setting, value) in changes {
      precondition(settings.set(setting, to: value), "\(setting.name) cannot be \(value)")
    }
    return settings
  }
}
