import Guidance
import Health
import Journal
import Services

/// Everything that was ever recorded of a person, by whom and when, and what became of it.
struct HistoryPage {
  private let visit: Visit
  private let record: PersonRecord

  private var words: Words { visit.words }

  init(_ visit: Visit, record: PersonRecord) {
    self.visit = visit
    self.record = record
  }

  func rendering() throws -> Rendering {
    let name = visit.name(of: record.person)
    let entries = try visit.district.history(ofPerson: record.person)
      .filter { try mayRead($0.stored.fact) }
    let untold = try visit.untoldLosses(of: record.person)
    func isUntold(_ entry: HistoryEntry) throws -> Bool {
      if refusesUntold(entry.stored.fact) { return true }
      guard let untold else { return false }
      return try untold.tells(entry.stored.fact)
        || entry.withdrawn.map { try untold.tells($0) } ?? false
    }
    let told = try entries.filter { try !isUntold($0) }
    let changeable = try changeable()
    return Rendering(
      template: "history", title: "\(words["people.history"]), \(name)",
      crumbs: visit.crumbs(toPerson: record.person.id, named: name, words["people.history"]),
      fields: [
        "name": name, "url": Links.person(record.person.id),
        // Of a loss nothing but that a pregnancy ended, and neither its day nor its place in the
        // order of days.
        "is_ended": untold?.isLast ?? false, "entries": try told.map { try row($0, changeable) },
      ])
  }

  /// Of a patient who has not agreed that others' records are shared a facility reads its own.
  private func mayRead(_ fact: Fact) throws -> Bool {
    if let place = fact.place, visit.visitor.rights.ownFacilities.contains(place) { return true }
    return try !record.isLimited && visit.mayRead(fact, of: record.person)
  }

  /// Whether something was refused whose name alone tells what the visitor may not know.
  private func refusesUntold(_ fact: Fact) -> Bool {
    guard fact.kind == .refusal,
      let refused = fact.body.withUnsafeBufferPointer({ try? RefusalBody($0) }),
      let service = CareBook.motherAndChild.services[refused.service]
    else { return false }
    return !visit.visitor.rights.sensitiveMatters.isSuperset(of: service.matters)
  }

  /// The addresses of the visits and doses that the visitor may correct, by their facts.
  private func changeable() throws -> [Identifier: String] {
    let person = record.person
    guard try visit.may(.recordCare, with: person) else { return [:] }
    var addresses: [Identifier: String] = [:]
    for kept in try visit.district.keptVisits(of: person)
    where try visit.mayChange(kept, of: person) {
      for fact in kept.standing { addresses[fact.id] = visit.address(of: kept, of: person.id) }
    }
    return try addresses.merging(changeableDoses()) { visit, _ in visit }
  }

  private func changeableDoses() throws -> [Identifier: String] {
    let person = record.person
    guard person.diedOn == nil else { return [:] }
    let doses = try visit.immunization(person.id, for: .recordCare).told.doses
    return Dictionary(
      uniqueKeysWithValues: doses.filter { visit.mayChange($0) }.map { dose in
        (dose.fact, ImmunizationRows.address(person.id, "/\(dose.fact.text)"))
      })
  }

  private func row(_ entry: HistoryEntry, _ changeable: [Identifier: String]) throws -> Fields {
    let fact = entry.stored.fact
    let text = FactText(visit, hidesMother: record.hidesMother)
    return [
      "kind": words["fact_kinds.\(fact.kind.code)"],
      "on": visit.format.date(fact.occurredOn), "recorded": visit.format.moment(fact.recordedAt),
      "recorder": entry.recorder ?? words["people.nobody_named"],
      "place": fact.place.flatMap { visit.tree.places[$0] }.map { visit.named($0) },
      "what": try text.sentence(entry, mayRead: mayRead), "is_over": !entry.stands,
      "corrects": fact.replaces != nil && fact.kind != .withdrawal,
      "sequence": visit.format.whole(entry.stored.sequence), "id": fact.id.text,
      "change": changeable[fact.id].map {
        [
          "correct": KeptVisit.standingAlone.contains(fact.kind) ? nil : $0,
          "withdraw": fact.kind == .vaccination ? "\($0)#undo" : "\($0)/withdraw",
        ] as Fields
      },
    ]
  }
}

extension Visit {
  /// The losses of somebody of which the visitor may not know; nothing where they may.
  func untoldLosses(of person: PersonEntry) throws -> LostPregnancies? {
    visitor.rights.sensitiveMatters.contains(.loss)
      ? nil : try district.lostPregnancies(of: person)
  }

  /// Whether the visitor may learn what a fact tells of a person: why somebody is protected, and
  /// what they asked of their data, is for those who deal with it.
  func mayRead(_ fact: Fact, of person: PersonEntry) throws -> Bool {
    switch fact.kind {
    case .restriction: try may(.seeProtected, with: person)
    case .subjectRequest, .subjectAnswer:
      try may(.takeSubjectRequest, with: person) || may(.answerSubjectRequest, with: person)
    case .consent: try may(.recordConsent, with: person)
    case .measurement: try may(.seeGrowth, with: person)
    case .visit, .vaccination, .pregnancy, .pregnancyEnd, .refusal, .referral, .referralAnswer:
      try may(.seeCare, with: person)
        && onlyCare(of: person).map { own in fact.place.map { own.contains($0) } ?? false } ?? true
    default: true
    }
  }
}

extension Visit {
  /// Whether a worker is the visitor.
  func isVisitor(_ recorder: Identifier?) -> Bool {
    visitor.worker.map { recorder == $0.id } ?? false
  }

  /// Tells the facts of a person that the visitor wrote down; what nobody did yet is the visitor's.
  func ownFacts(of person: PersonEntry) -> (Identifier) -> Bool {
    { fact in
      guard let entries = try? district.history(ofPerson: person) else { return false }
      guard let entry = entries.first(where: { $0.stored.fact.id == fact }) else { return true }
      return isVisitor(entry.stored.fact.recorder)
    }
  }
}

extension LostPregnancies {
  /// Whether a fact would tell of one of them.
  func tells(_ fact: Fact) throws -> Bool {
    try fact.body.withUnsafeBufferPointer {
      try tells(fact.kind, fact.id, on: fact.occurredOn, $0)
    }
  }
}

/// What a fact says, in words.
struct FactText {
  private let visit: Visit

  private var words: Words { visit.words }

  private let hidesMother: Bool
  private let isOwnCopy: Bool

  /// - Parameters:
  ///   - hidesMother: whether the mother's name must not be shown, nor a newborn's that is called by
  ///     it.
  ///   - isOwnCopy: whether it is for the person: then the own numbers stand in it whole, and what
  ///     was measured at birth.
  init(_ visit: Visit, hidesMother: Bool, isOwnCopy: Bool = false) {
    self.visit = visit
    self.hidesMother = hidesMother
    self.isOwnCopy = isOwnCopy
  }

  /// The content of an entry of the history. A withdrawal says what it takes back, as far as the
  /// visitor may read that: `Kematian, 18 Juni 2025, dicatat 20 Juni 2025 08.12`.
  func sentence(_ entry: HistoryEntry, mayRead: (Fact) throws -> Bool) rethrows -> String {
    let fact = entry.stored.fact
    guard fact.kind == .withdrawal else { return sentence(fact) }
    guard let withdrawn = entry.withdrawn, try mayRead(withdrawn) else { return "" }
    let what = words(
      "people.h_withdrawn",
      [
        "kind": words["fact_kinds.\(withdrawn.kind.code)"],
        "day": visit.format.date(withdrawn.occurredOn),
        "time": visit.format.moment(withdrawn.recordedAt),
      ])
    let act = endsTie(fact, withdrawn) ? words["people.h_tie_ended"] : ""
    let reason = fact.body.withUnsafeBufferPointer { try? WithdrawalBody($0) }?.reason
    let why = reason.map { $0.sentence(words, of: withdrawn.kind) } ?? ""
    return [act, why, what, sentence(withdrawn)].filter { !$0.isEmpty }.joined(separator: " · ")
  }

  /// Whether a withdrawal ends a facility's tie: it stands at the facility that only said that
  /// somebody is its patient.
  private func endsTie(_ fact: Fact, _ withdrawn: Fact) -> Bool {
    guard withdrawn.kind == .person, let place = fact.place, place == withdrawn.place,
      let body = withdrawn.body.withUnsafeBufferPointer({ try? PersonBody($0) })
    else { return false }
    return body.isClaim
  }

  /// The content of a fact as far as this program knows its kind.
  func sentence(_ fact: Fact) -> String {
    let text = fact.body.withUnsafeBufferPointer { bytes in
      switch fact.kind {
      case .person: (try? PersonBody(bytes)).map(person)
      case .residence: (try? ResidenceBody(bytes)).map(residence)
      case .departure: Destinations(visit).text(try? DepartureBody(bytes))
      case .measurement: (try? MeasurementBody(bytes)).map(measurement)
      case .relation:
        (try? RelationBody(bytes)).map(relation)
      case .merge, .notTheSame:
        (try? SamenessBody(bytes)).map { body in
          words(
            "people.merged_records",
            ["first": recordedName(fact.subject), "second": recordedName(body.other)])
        }
      case .consent:
        (try? ConsentBody(bytes)).map { body in
          let text = String(decoding: body.text, as: UTF8.self)
          return [
            words.find("consents.texts.\(text).\(body.edition).title") ?? text,
            words["consents.decisions.\(body.decision.code)"],
          ].joined(separator: ": ")
        }
      case .card:
        (try? CardBody(bytes)).map { words["people.card_\($0.isRevoked ? "revoked" : "issued")"] }
      case .subjectRequest:
        (try? SubjectRequestBody(bytes)).map { body in
          [words["requests.kinds.\(body.kind.code)"], String(decoding: body.text, as: UTF8.self)]
            .filter { !$0.isEmpty }.joined(separator: ": ")
        }
      case .subjectAnswer:
        (try? SubjectAnswerBody(bytes)).map { body in
          [
            words["requests.outcomes.\(body.outcome.code)"],
            String(decoding: body.text, as: UTF8.self),
            String(decoding: body.legalReason, as: UTF8.self),
          ].filter { !$0.isEmpty }.joined(separator: " · ")
        }
      case .restriction:
        (try? RestrictionBody(bytes)).map {
          words["protection.reasons.\($0.reason?.code ?? "other")"]
        }
      default:
        CareFactText(visit, recordedBy: fact.recorder).sentence(fact.kind, bytes)
      }
    }
    return text ?? ""
  }

  private func person(_ body: PersonBody) -> String {
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    let name = text(body.name)
    // A newborn without a name is called by the mother's.
    let hidesName = hidesMother && SearchTerms().keys(of: name).isUnnamedNewborn
    func told(_ field: PersonForm.Field, _ value: String?) -> String? {
      value.flatMap { $0.isEmpty ? nil : "\(words["people.field_\(field.rawValue)"]): \($0)" }
    }
    let parts = [
      hidesName ? words["common.unnamed"] : name, body.sex.map { words["sexes.\($0.code)"] },
      body.birthDate.map(visit.format.date),
      number(text(body.nationalIdentityNumber)).map { "NIK \($0)" },
      number(text(body.toldIdentityNumber)).map { "\(words["people.told_number"]): \($0)" },
      body.motherName.isEmpty || hidesMother
        ? nil : "\(words["search.mother"]): \(text(body.motherName))",
      hidesMother
        ? nil
        : told(
          .mother_nik, PersonText.maskedNumber(text(body.motherNationalIdentityNumber))),
      told(.father, text(body.fatherName)), told(.birth_place, text(body.birthPlace)),
      told(.birth_order, body.birthOrder.map { "\($0)" }),
      told(.telephone, text(body.telephone)),
      isOwnCopy ? BirthText(person: body, format: visit.format).measured : nil,
    ]
    return parts.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " · ")
  }

  /// A number as far as it is shown; nothing where none was told.
  private func number(_ told: String) -> String? {
    if told.isEmpty { return nil }
    return isOwnCopy ? told : PersonText.maskedNumber(told)
  }

  /// `Menikah dengan Budi`, `Pernikahan dengan Budi berakhir`, `ibu: Siti`.
  private func relation(_ body: RelationBody) -> String {
    let name = recordedName(body.other)
    guard body.kind == .spouse else {
      let kind = words["relation_kinds.\(body.kind.rawValue)"]
      return words(
        body.hasEnded ? "people.h_relation_ended" : "people.h_relation",
        ["kind": kind, "name": name])
    }
    return words(
      body.hasEnded ? "people.h_marriage_ended" : "people.h_married", ["name": name])
  }

  /// Somebody by the name that was recorded there, also where the record was joined to another;
  /// not to be told to who may not see them.
  private func recordedName(_ id: Identifier) -> String {
    guard let person = try? visit.district.person(id)?.person,
      (try? visit.may(.seePerson, with: person)) == true
    else { return words["people.h_not_shown"] }
    visit.log.note(id)
    return (try? visit.district.namesAsRecorded(of: person))?[id] ?? visit.name(of: person)
  }

  private func residence(_ body: ResidenceBody) -> String {
    [
      body.place.flatMap { visit.tree.places[$0] }.map { visit.named($0) },
      body.relation.map { words["relations.\($0.code)"] },
      body.cameFrom.isEmpty ? nil : String(decoding: body.cameFrom, as: UTF8.self),
    ].compactMap(\.self).joined(separator: " · ")
  }

  private func measurement(_ body: MeasurementBody) -> String {
    [
      body.weight.map { "\(visit.format.kilograms($0)) \(words["common.kg"])" },
      body.length.map { "\(visit.format.centimetres($0.centimetres)) \(words["common.cm"])" },
      body.headCircumference.map {
        "\(words["people.head_short"]) \(visit.format.centimetres($0.centimetres)) \(words["common.cm"])"
      },
      body.armCircumference.map {
        "\(words["people.arm_short"]) \(visit.format.centimetres($0.centimetres)) \(words["common.cm"])"
      },
    ].compactMap(\.self).joined(separator: ", ")
  }
}
