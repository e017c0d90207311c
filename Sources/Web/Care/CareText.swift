import Foundation
import Guidance
import Health
import Programmes
import Services

/// Guidelines in words: names of services, classes and questions, values with their units,
/// criteria as sentences.
struct CareText {
  let format: Format
  let settings: ClinicalSettings
  /// Whether it is read by a kader; nothing where it is read by nobody in particular, as in the book
  /// of guidelines.
  let isForKader: Bool?

  var words: Words { format.words }

  init(format: Format, settings: ClinicalSettings, isForKader: Bool? = nil) {
    self.format = format
    self.settings = settings
    self.isForKader = isForKader
  }

  /// In the visitor's language, under the district's settings.
  init(_ visit: Visit) {
    let claims = visit.visitor.rights.careClaims(in: visit.tree)
    self.init(
      format: visit.format, settings: visit.district.edition.care,
      isForKader: claims.onlyPerformer == .kader)
  }

  /// What is to be done, as its reader does it: a kader brings the child to those who examine and
  /// treat it, lays a mother down, calls and stays, and a health worker hands over to nobody. This is
  /// the only place where it depends on the reader. Where readings differ it tells the figure in
  /// force.
  func action(_ action: CareAction) -> String {
    let own = isForKader.flatMap {
      words.find("care.\($0 ? "kader" : "health_worker")_actions.\(action.name)")
    }
    if let own { return own }
    // A kader gives no medicine, but sees to it that the family goes on with it.
    if isForKader == true, !action.doses.isEmpty {
      return words("care.kader_medicine", ["medicine": told(of: action)])
    }
    return told(of: action)
  }

  private func told(of action: CareAction) -> String {
    guard let figure = action.figure else { return words["care.actions.\(action.name)"] }
    return words("care.actions.\(action.name)", ["figure": "\(settings[figure])"])
  }

  /// The first of several names, and how many more there are.
  func fewest(_ names: [String]) -> String {
    let first = names.prefix(3).joined(separator: ", ")
    return names.count <= 3
      ? first : words("care.and_more", ["names": first, "count": "\(names.count - 3)"])
  }

  /// For what somebody is referred today, as its reader does it.
  func alarm(_ level: Alarm.Level, for what: String) -> String {
    words("care.\(isForKader == true ? "kader_alarms" : "alarms").\(level.code)", ["what": what])
  }

  /// That a mother is brought today for something of which a kader may not know.
  func call(_ level: Alarm.Level) -> String { words["care.kader_calls.\(level.code)"] }

  /// Which actions the reader is told: where a child is referred now, a kader reads only what a kader
  /// does.
  func told(_ actions: [CareAction]) -> [CareAction] {
    guard isForKader == true, actions.contains(where: CareAction.ofReferralNow.contains) else {
      return actions
    }
    return actions.filter { words.find("care.kader_actions.\($0.name)") != nil }
  }

  /// A name of the catalogue; a questionnaire's service is named with its age.
  func service(_ number: UInt16) -> String {
    guard let entry = CareBook.motherAndChild.services[number] else {
      return words("care.services.other", ["number": "\(number)"])
    }
    return named("services", entry.name, number)
  }

  /// The name of an instrument.
  func instrument(_ instrument: Instrument) -> String {
    named("instruments", instrument.name, instrument.number)
  }

  /// The name of an item of an instrument.
  func item(_ item: Instrument.Item) -> String {
    if let counted = item.counted { return element(counted) }
    if case .latest(let element, .isYes, _) = item.when { return self.element(element) }
    return words.find("care.items.\(item.name)") ?? words.find("care.elements.\(item.name)")
      ?? sentence(item.when)
  }

  /// The pregnancy in question in a line: weeks, expected birth, from what it is reckoned.
  func pregnancy(of record: HealthRecord, on day: CivilDate) -> String? {
    let evaluation = Evaluation(record, settings: settings)
    guard evaluation.isPregnant, let pregnancy = evaluation.pregnancy else { return nil }
    guard let gestation = pregnancy.gestation(on: day),
      let birth = pregnancy.expectedBirth, let dating = pregnancy.dating
    else { return words["care.pregnant_undated"] }
    let line = words(
      "care.pregnant_line",
      [
        "weeks": "\(gestation.count / 7)", "days": "\(gestation.count % 7)",
        "date": format.date(birth), "by": words["care.dating.\(dating.code)"],
      ])
    var parts = [line]
    if let both = bothDatings(of: pregnancy) { parts.append(both) }
    if let fetuses = pregnancy.told.fetuses, fetuses > 1 {
      parts.append(words("care.several_fetuses", ["count": "\(fetuses)"]))
    }
    return parts.joined(separator: " · ")
  }

  /// Pregnancies, births and losses as midwives write them ("G4 P2 A1"). Who may not know of losses
  /// reads the births alone: pregnancies less births would be the losses.
  func obstetric(_ told: PregnancyBody, knowing matters: SensitiveMatters) -> String? {
    let counts =
      matters.contains(.loss)
      ? [("G", told.gravida), ("P", told.para), ("A", told.losses)] : [("P", told.para)]
    guard counts.contains(where: { $0.1 != nil }) else { return nil }
    return counts.map { "\($0)\($1.map { "\($0)" } ?? "…")" }.joined(separator: " ")
  }

  /// Period and ultrasound with the days between them, where they differ by more than the period may
  /// be wrong: whichever dates, both are kept.
  private func bothDatings(of pregnancy: PregnancyEpisode) -> String? {
    guard let difference = pregnancy.ultrasoundDifference,
      difference > PregnancyEpisode.ultrasoundMayDiffer,
      let period = pregnancy.told.lastMenstrualPeriod, let scanned = pregnancy.told.ultrasoundOn
    else { return nil }
    return words(
      "care.both_datings",
      [
        "period": format.date(period), "scanned": format.date(scanned), "days": "\(difference)",
      ])
  }

  /// That several were born alive at a birth of the last 42 days; nothing of others.
  func severalBorn(of record: HealthRecord, on day: CivilDate) -> String? {
    guard let birth = Evaluation(record, settings: settings).recentBirth, birth.bornAlive > 1
    else { return nil }
    return words(
      "care.several_born", ["count": "\(birth.bornAlive)", "date": format.date(birth.on)])
  }

  /// A score with its class, said to be so far only as long as more can come.
  func score(_ score: InstrumentScore) -> String {
    words(
      score.isCertain ? "care.score" : "care.score_so_far",
      ["points": "\(score.least)", "class": words["care.bands.\(score.band.name)"]])
  }

  private func named(_ group: String, _ name: StaticString, _ number: UInt16) -> String {
    let age = DevelopmentQuestionnaire(serviceNumber: number).map { "\($0.months)" } ?? ""
    return words("care.\(group).\(name)", ["months": age])
  }

  /// The question of a data element.
  func element(_ element: DataElement) -> String {
    guard let (questionnaire, item) = DevelopmentQuestionnaire.item(element.code) else {
      return words.find("care.elements.\(element.name)") ?? words["care.items.\(element.name)"]
    }
    return words("care.kpsp_item", ["number": "\(item + 1)", "months": "\(questionnaire.months)"])
  }

  /// What is missing.
  func missing(_ missing: Missing) -> String {
    if let code = missing.element {
      return CareBook.motherAndChild.elements[code].map { element($0) }
        ?? figure(code).map { words["care.figures.\($0)"] }
        ?? words["care.missing.other"]
    }
    let names: [Missing: String] = [
      .birthDate: "birth_date", .sex: "sex", .gestationalAge: "gestational_age",
    ]
    return words["care.missing.\(names[missing] ?? "other")"]
  }

  private func figure(_ code: UInt16) -> StaticString? {
    PregnancyFigure.allCases.first { $0.element.code == code }?.element.name
  }

  // MARK: Values

  /// A value of an element as people write it.
  func value(_ value: Int32, of element: DataElement) -> String {
    switch element.form {
    case .yesNo: words[value == 1 ? "care.yes" : "care.no"]
    case .choice: words["care.choices.\(element.name).\(value)"]
    case .day: format.date(CivilDate(dayNumber: value))
    case .quantity(.count, _): counted(value, of: element)
    case .quantity(let unit, _): amount(value, unit)
    }
  }

  /// A number with what is counted: `30 tablet`; the number alone of degrees, status, indices.
  func counted(_ value: Int32, of element: DataElement) -> String {
    let number = format.whole(Int(value))
    return words.find("care.counted.\(element.name)")?.replacing("{value}", with: number) ?? number
  }

  /// A number of a unit: `11,5 cm`.
  func amount(_ value: Int32, _ unit: QuantityUnit) -> String {
    let number = format.short(Double(value) / Double(unit.parts), digits: unit.decimals)
    return words("care.units.\(unit.code)", ["value": number])
  }

  /// A number as people write it beside a field that names its unit; of times and points the number
  /// alone.
  func written(_ value: Int32, _ unit: QuantityUnit) -> String {
    unit.isNamed ? amount(value, unit) : format.whole(Int(value))
  }

  /// A number as it is typed into a field: `11,5`.
  func typed(_ value: Int32, _ unit: QuantityUnit) -> String {
    let plain = "\(Double(value) / Double(unit.parts))"
    let short = plain.hasSuffix(".0") ? String(plain.dropLast(2)) : plain
    return short.replacing(".", with: words["common.decimal"])
  }

  /// What stands beside a field: the unit, or between which numbers a score lies.
  func hint(_ unit: QuantityUnit, _ range: ClosedRange<Int32>) -> String? {
    guard unit.isNamed else {
      return unit == .points
        ? words(
          "care.points_between",
          ["from": format.whole(Int(range.lowerBound)), "to": format.whole(Int(range.upperBound))])
        : nil
    }
    return words("care.units.\(unit.code)", ["value": ""]).trimmingCharacters(in: .whitespaces)
  }
}

extension QuantityUnit {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .count: "count"
    case .grams: "kilograms"
    case .tenthsOfMillimetre: "centimetres"
    case .tenthsOfGramPerDecilitre: "grams_per_decilitre"
    case .millimetresOfMercury: "millimetres_of_mercury"
    case .tenthsOfDegree: "degrees"
    case .milligramsPerDecilitre: "milligrams_per_decilitre"
    case .perMinute: "per_minute"
    case .days: "days"
    case .hours: "hours"
    case .hundredthsOfZScore: "z_score"
    case .hundredthsOfBodyMassIndex: "body_mass_index"
    case .percent: "percent"
    case .points: "points"
    case .femtolitres: "femtolitres"
    case .tenthsOfPicogram: "picograms"
    case .years: "years"
    case .tenthsOfMillimetreOfSkin: "millimetres"
    }
  }

  /// Whether people say the unit with the number.
  var isNamed: Bool { self != .count && self != .points }

  /// How many of it make one of what people write: grams are written as kilograms.
  var parts: Int32 {
    switch self {
    case .grams: 1_000
    case .tenthsOfMillimetre, .hundredthsOfZScore, .hundredthsOfBodyMassIndex: 100
    case .tenthsOfGramPerDecilitre, .tenthsOfDegree, .tenthsOfPicogram,
      .tenthsOfMillimetreOfSkin:
      10
    default: 1
    }
  }

  /// How many decimals people write.
  var decimals: Int {
    switch parts {
    case 1_000: 3
    case 100: 2
    case 10: 1
    default: 0
    }
  }
}

extension Anchor {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .birth: "age"
    case .pregnancy: "gestation"
    case .pregnancyEnd: "since_birth"
    case .termBirth: "term_age"
    }
  }
}

extension CarePurpose {
  /// The name in catalogues, of one purpose.
  var code: String {
    switch self {
    case .antenatal: "antenatal"
    case .postnatal: "postnatal"
    case .newborn: "newborn"
    case .childDevelopment: "child_development"
    case .sickChild: "sick_child"
    case .antenatalClass: "antenatal_class"
    case .familyPlanning: "family_planning"
    case .nutritionFollowUp: "nutrition_follow_up"
    case .dangerSigns: "danger_signs"
    default: "tuberculosis"
    }
  }
}
