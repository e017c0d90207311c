import Guidance
import Health

/// Turns the form of a schedule's file into the schedule.
struct ScheduleReading {
  private let antigens: [String: UInt8]
  private(set) var brands: [String] = []

  init(_ form: ScheduleFileForm) {
    antigens = Dictionary(
      form.antigens.prefix(64).enumerated().map { ($1, UInt8($0)) },
      uniquingKeysWith: { first, _ in first })
  }

  mutating func schedule(
    _ form: ScheduleFileForm
  ) throws(ScheduleFileProblem) -> VaccineSchedule {
    guard form.antigens.count <= 64 else { throw .tooMany("antigens", most: 64) }
    guard form.products.count <= 255 else { throw .tooMany("products", most: 255) }
    guard form.groups.count <= 64 else { throw .tooMany("groups", most: 64) }
    let overflow: MonthOverflow =
      switch form.monthOverflow {
      case "firstOfNextMonth": .firstOfNextMonth
      case "lastDayOfMonth": .lastDayOfMonth
      default: throw .word(at: "monthOverflow", form.monthOverflow)
      }
    let complete: CompleteSeriesChoice =
      switch form.completeSeries {
      case nil, "earliest": .earliestComplete
      case "mostDoses": .mostValidDoses
      default: throw .word(at: "completeSeries", form.completeSeries ?? "")
      }
    var series: [VaccineSeries] = []
    for item in form.series { series.append(try self.series(item)) }
    var items: [VaccineProduct] = []
    for item in form.products { items.append(try product(item)) }
    var groups: [VaccineGroup] = []
    for item in form.groups { groups.append(try group(item)) }
    var conflicts: [VaccineConflict] = []
    for item in form.conflicts ?? [] { conflicts += try self.conflicts(item) }
    var immunity: [ImmunityRule] = []
    for item in form.immunity ?? [] {
      immunity.append(
        ImmunityRule(
          try antigen(item.antigen, at: "immunity"),
          bornBefore: try day(item.bornBefore, at: "immunity bornBefore"),
          observation: item.observation, exceptions: item.exceptions ?? []))
    }
    var contraindications: [Contraindication] = []
    for item in form.contraindications ?? [] {
      contraindications.append(
        Contraindication(
          try antigen(item.antigen, at: "contraindications"), observation: item.observation,
          from: try period(item.fromAge, at: "contraindications fromAge"),
          until: try period(item.untilAge, at: "contraindications untilAge")))
    }
    return VaccineSchedule(
      source: ScheduleFile.source, antigenCount: form.antigens.count,
      grace: try period(form.grace, at: "grace") ?? Period.none, monthOverflow: overflow,
      completeSeries: complete, products: items, series: series, groups: groups,
      conflicts: conflicts, immunity: immunity,
      contraindications: contraindications)
  }

  /// The number of a trade name, from 1 on in the order in which they are met.
  mutating func number(ofBrand name: String) throws(ScheduleFileProblem) -> UInt8 {
    if let place = brands.firstIndex(of: name) { return UInt8(place + 1) }
    guard brands.count < 255 else { throw .tooMany("brands", most: 255) }
    brands.append(name)
    return UInt8(brands.count)
  }

  private func antigen(
    _ name: String, at place: String
  ) throws(ScheduleFileProblem) -> Antigen {
    guard let index = antigens[name] else { throw .antigen(at: place, name) }
    return Antigen(index)
  }

  private func product(
    _ item: ScheduleFileForm.Product
  ) throws(ScheduleFileProblem) -> VaccineProduct {
    let place = "products \(item.code)"
    guard let code = UInt16(exactly: item.code) else {
      throw .product(at: "products", "\(item.code)")
    }
    var contents: [AntigenContent] = []
    for content in item.antigens {
      contents.append(
        AntigenContent(
          try antigen(content.antigen, at: place),
          from: try period(content.fromAge, at: place),
          until: try period(content.untilAge, at: place)))
    }
    return VaccineProduct(ProductCode(code), contents: contents)
  }

  private func group(_ item: ScheduleFileForm.Group) throws(ScheduleFileProblem) -> VaccineGroup {
    var members: [Antigen] = []
    for name in item.antigens { members.append(try antigen(name, at: "groups \(item.name)")) }
    return VaccineGroup(members, isGivenWhole: item.whole ?? false)
  }

  private func conflicts(
    _ item: ScheduleFileForm.Conflict
  ) throws(ScheduleFileProblem) -> [VaccineConflict] {
    let begins = try period(item.begins, at: "conflicts begins") ?? .days(1)
    let endsAfterValid =
      try period(item.endsAfterValid, at: "conflicts endsAfterValid") ?? Period.none
    let ends = try period(item.ends, at: "conflicts ends") ?? Period.none
    var result: [VaccineConflict] = []
    for later in try codes(item.later, at: "conflicts later") {
      for earlier in try codes(item.earlier, at: "conflicts earlier") {
        result.append(
          VaccineConflict(
            earlier: earlier, later: later, begins: begins, endsAfterValid: endsAfterValid,
            ends: ends))
      }
    }
    return result
  }

  private mutating func series(
    _ item: ScheduleFileForm.Series
  ) throws(ScheduleFileProblem) -> VaccineSeries {
    let kind: SeriesKind =
      switch item.kind {
      case "standard": .standard
      case "risk": .risk
      case "evaluationOnly": .evaluationOnly
      default: throw .word(at: "\(item.name) kind", item.kind)
      }
    var sexes: SexSet = []
    for word in item.sexes ?? ["male", "female", "unknown"] {
      switch word {
      case "male": sexes.insert(.male)
      case "female": sexes.insert(.female)
      case "unknown": sexes.insert(.notKnown)
      default: throw .word(at: "\(item.name) sexes", word)
      }
    }
    var indications: [SeriesIndication] = []
    for indication in item.indications ?? [] {
      indications.append(
        SeriesIndication(
          indication.observation,
          from: try period(indication.fromAge, at: "\(item.name) indications"),
          until: try period(indication.untilAge, at: "\(item.name) indications")))
    }
    var doses: [SeriesDose] = []
    for (index, dose) in item.doses.enumerated() {
      doses.append(try self.dose(dose, at: "\(item.name) dose \(index + 1)"))
    }
    return VaccineSeries(
      try antigen(item.antigen, at: item.name), kind: kind, for: sexes,
      selection: try selection(item), indications: indications, doses: doses)
  }

  private func selection(
    _ item: ScheduleFileForm.Series
  ) throws(ScheduleFileProblem) -> SeriesSelection {
    guard item.group ?? 1 < 32 else { throw .tooMany("\(item.name) group", most: 31) }
    var groups: UInt32 = 0
    for group in item.equivalentGroups ?? [] where group < 32 { groups |= 1 << UInt32(group) }
    let priority = (item.priority ?? "A").utf8.first ?? UInt8(ascii: "A")
    return SeriesSelection(
      isDefault: item.default ?? false, isProductPath: item.productPath ?? false,
      group: item.group ?? 1, equivalentGroups: groups, priority: priority,
      preference: item.preference ?? 1,
      minimumAge: try period(item.minimumAge, at: "\(item.name) minimumAge"),
      startsBefore: try period(item.startsBefore, at: "\(item.name) startsBefore"),
      startsFrom: try period(item.startsFrom, at: "\(item.name) startsFrom"))
  }

  private mutating func dose(
    _ item: ScheduleFileForm.Dose, at place: String
  ) throws(ScheduleFileProblem) -> SeriesDose {
    var dose = SeriesDose(isRecurring: item.recurring ?? false)
    for limits in item.ages ?? [] {
      dose.ages.append(
        DoseAge(
          absoluteMinimum: try period(limits.absoluteMinimum, at: place),
          minimum: try period(limits.minimum, at: place),
          recommended: try period(limits.recommended, at: place),
          pastDue: try period(limits.pastDue, at: place),
          maximum: try period(limits.maximum, at: place), inForce: try days(limits, at: place)))
    }
    for limits in item.intervals ?? [] {
      dose.intervals.append(try interval(limits, at: place))
    }
    for limits in item.allowableIntervals ?? [] {
      dose.allowableIntervals.append(try interval(limits, at: place))
    }
    dose.preferable = try choices(item.preferable ?? [], at: place)
    dose.allowable = try choices(item.allowable ?? [], at: place)
    dose.inadvertent = try codes(item.inadvertent ?? [], at: place)
    for skip in item.skips ?? [] { dose.skips.append(try self.skip(skip, at: place)) }
    if let season = item.season {
      let first = try day(season.from, at: place) ?? CivilDate(dayNumber: .min)
      let last = try day(season.to, at: place) ?? CivilDate(dayNumber: .max)
      guard first <= last else { throw .day(at: place, "\(season.from) – \(season.to ?? "")") }
      dose.season = first...last
    }
    return dose
  }
}
