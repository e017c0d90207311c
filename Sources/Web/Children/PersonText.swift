import Health
import Journal
import Programmes
import Services

/// Persons as pages show them.
enum PersonText {
  /// A NIK or family card with district and serial hidden: `••••••150395•••2`; nothing where there
  /// is none. The day of birth or issue, and the last digit, tell relatives and twins apart; with
  /// district and serial, which neighbours share or count up, the whole could be put together.
  static func maskedNumber(_ number: String) -> String? {
    guard !number.isEmpty else { return nil }
    func hidden(_ count: Int) -> String { String(repeating: "•", count: count) }
    guard number.count == 16 else { return hidden(number.count) }
    return hidden(6) + number.dropFirst(6).prefix(6) + hidden(3) + number.suffix(1)
  }
}

extension Visit {
  /// Makes sure that the visitor may do that with a person's record. A person out of reach looks as
  /// if there were nobody.
  func require(_ action: Action, of person: PersonEntry) throws {
    log.note(person.id)
    if let place = person.place { log.note(place: place) }
    guard try may(action, with: person) else { throw PageProblem.outOfReach }
  }

  /// Whether the visitor may do that with a person's record.
  func may(_ action: Action, with person: PersonEntry) throws -> Bool {
    let rights = visitor.rights
    if rights.may(action, at: try home(of: person)) { return true }
    if rights.mayInEmergency(action, with: person.id) {
      if let opening = visitor.openings.first(where: { $0.person == person.id }) {
        log.note(reason: opening.reason)
      }
      return true
    }
    guard rights.mayForOwnPatients(action),
      try district.isKnown(person, to: rights.ownFacilities)
    else { return false }
    // What others have recorded of its patients is for a facility only where they agreed.
    switch action {
    case .seeGrowth: return try district.sharesCare(of: person, with: rights.ownFacilities)
    case .seeFamily: return try district.sharesHome(of: person, with: rights.ownFacilities)
    default: return true
    }
  }

  /// Where somebody lives. Who left stays with those who looked after them last: they may come
  /// back, or never have left.
  private func home(of person: PersonEntry) throws -> Identifier? {
    try person.place ?? district.departure(of: person)?.from
  }

  /// Whose records of care the visitor reads of a person: nothing where those of all, else the
  /// visitor's own facilities, because the person has not agreed that others' are shared.
  func onlyCare(of person: PersonEntry) throws -> [Identifier]? {
    let rights = visitor.rights
    if rights.may(.seeCare, at: try home(of: person)) { return nil }
    if rights.mayInEmergency(.seeCare, with: person.id) { return nil }
    let own = rights.ownFacilities
    return try district.sharesCare(of: person, with: own) ? nil : own
  }

  /// Whether of a person's record the visitor is shown only who it is and what the visitor's own
  /// facilities recorded: a patient who has not agreed that others' records are shared.
  func isLimited(_ person: PersonEntry) throws -> Bool {
    let rights = visitor.rights
    guard !rights.may(.seePerson, at: try home(of: person)),
      !rights.mayInEmergency(.seePerson, with: person.id), !rights.ownFacilities.isEmpty
    else { return false }
    return try !district.sharesIdentity(of: person, with: rights.ownFacilities)
  }

  /// A person with as much of home, mother and death as the visitor may be shown.
  func shown(_ person: PersonEntry) throws -> PersonEntry {
    guard try isLimited(person) else { return person }
    return try district.entry(person, asToldAt: visitor.rights.ownFacilities)
  }

  /// The name as spoken, or that there is none.
  ///
  /// Whoever is named on a page stands in the log as seen.
  func name(of person: PersonEntry) -> String {
    log.note(person.id)
    return person.name.isEmpty ? words["common.unnamed"] : person.name
  }

  /// The child with that identifier.
  func child(_ id: Identifier) throws -> ChildGrowth {
    guard let child = try district.child(id) else { throw PageProblem.notFound }
    try require(.seeGrowth, of: child.person)
    guard try isLimited(child.person) else { return child }
    return try district.growth(child, asToldAt: visitor.rights.ownFacilities)
  }

  /// `12 Mei 2025: 5,9 kg, 61,0 cm, Berat badan normal`.
  func measured(_ measurement: RecordedMeasurement) -> String {
    var parts: [String] = []
    if let weight = measurement.body.weight {
      parts.append("\(format.kilograms(weight)) \(words["common.kg"])")
    }
    if let length = measurement.body.length {
      parts.append("\(format.centimetres(length.centimetres)) \(words["common.cm"])")
    }
    let status = GrowthStatus(measurement, settings: district.settings)
    if let weight = status.weightForAge { parts.append(words[weight.key]) }
    if let length = status.lengthHeightForAge, length != .normal {
      parts.append(words[length.key])
    }
    if let wasting = status.weightForLengthHeight, wasting != .normal {
      parts.append(words[wasting.key])
    }
    return "\(format.date(measurement.occurredOn)): \(parts.joined(separator: ", "))"
  }
}
