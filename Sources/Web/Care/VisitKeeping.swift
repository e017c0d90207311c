import Guidance
import Health
import Hummingbird
import Journal
import Programmes
import Services

/// What a form of care did, as the page that follows it says.
enum CareDone: String {
  case saved
  case savedBefore = "saved_before"
  case withdrawn

  /// What it says where the same form is sent again.
  var again: CareDone { self == .withdrawn ? .withdrawn : .savedBefore }
}

extension Visit {
  /// The form of that name, where it is for this person.
  func visitPage(_ id: Identifier) throws -> VisitPage {
    guard let person = try district.person(id)?.person else { throw PageProblem.notFound }
    try require(.recordCare, of: person)
    let holders = try onlyCare(of: person)
    guard let form = CareBook.motherAndChild.forms.first(where: { "\($0.name)" == query["form"] })
    else { throw PageProblem.notFound }
    let past = pastDay(of: form)
    guard
      let care = try district.care(
        of: id, on: past ?? today, heldBy: holders, knowing: visitor.rights.sensitiveMatters)
    else {
      throw PageProblem.notFound
    }
    var evaluation = care.evaluation
    guard offers(form, &evaluation), care.person.diedOn == nil else { throw PageProblem.notFound }
    var page = VisitPage(self, care: care, form: form, heldBy: holders)
    if let past { page.open(ofPast: past) }
    try page.findMeasured()
    if form.number == VisitForm.newborn.number, care.record.latest(.gestationAtBirth) == nil,
      let gestation = try gestationAtBirth(of: id)
    {
      page.open(withGestation: gestation)
    }
    // Doses of a day that is over are copied by their own form.
    if past == nil, form.hasVaccinations, !vaccinationActs.isEmpty,
      let told = try district.immunization(of: id, on: today, heldBy: holders)
    {
      page.vaccines = try VaccineEntries(self, told, heldBy: holders)
    }
    return page
  }

  /// The gestation at birth of a child whose mother's record the visitor may read, by her pregnancy.
  private func gestationAtBirth(of child: Identifier) throws -> AgeInDays? {
    guard let record = try district.person(child), let born = record.person.birthDate else {
      return nil
    }
    let number = String(
      decoding: record.summary.person.motherNationalIdentityNumber, as: UTF8.self)
    let mothers = try record.mother.map { [$0] } ?? district.persons(withNumber: number)
    return try mothers.count == 1 ? gestation(ofBirthOn: born, by: mothers[0]) : nil
  }

  /// The gestation at a birth by the mother's pregnancy, where the visitor may read her care.
  func gestation(ofBirthOn born: CivilDate, by mother: PersonEntry) throws -> AgeInDays? {
    guard try may(.seeCare, with: mother) else { return nil }
    return try district.gestation(
      ofBirthOn: born, by: mother.id, on: today, heldBy: onlyCare(of: mother))
  }

  /// Whether a form is for somebody, and has something that the visitor asks.
  func offers(_ form: VisitForm, _ evaluation: inout Evaluation) -> Bool {
    // That a form is offered tells what it is for.
    return visitor.rights.sensitiveMatters.isSuperset(of: form.applies.matter)
      && form.isAsked(by: visitor.rights.careClaims(in: tree).performers)
      && evaluation.answer(form.applies) == .yes
  }

  /// The forms that the visitor may fill in for somebody now.
  func forms(of care: PersonCare) throws -> [VisitForm] {
    guard care.person.diedOn == nil, try may(.recordCare, with: care.person) else { return [] }
    var evaluation = care.evaluation
    return CareBook.motherAndChild.forms.filter { offers($0, &evaluation) }
  }

  /// Where somebody is led whose form of care was kept before: sent twice, or sent again after
  /// going back. Nothing is recorded then, and the page says so.
  ///
  /// - Parameters:
  ///   - page: where the form leads; nothing for the care plan.
  ///   - done: what the page says.
  func keptBefore(
    _ form: Form, of id: Identifier, onward page: String? = nil, done: CareDone = .savedBefore
  ) throws -> Response? {
    guard let entry = Identifier(text: form["entry"]), let record = try district.person(id),
      try ([id] + record.mergedRecords).contains(where: { try district.isRecorded(entry, of: $0) })
    else { return nil }
    try require(.recordCare, of: record.person)
    return afterCare(of: id, done, onward: page)
  }

  /// The care plan, or another page, after something was kept, was there already, or was taken back.
  func afterCare(
    of id: Identifier, _ done: CareDone, onward page: String? = nil, cookies: [String] = []
  ) -> Response {
    redirect(
      to: Links.address(page ?? "/people/\(id.text)/care", [("done", done.rawValue)]),
      cookies: cookies)
  }

  /// Writes the facts of a form of care, the first under the form's identifier.
  ///
  /// - Returns: whether they were written; where the form was kept before, nothing is.
  func writeOnce(
    _ facts: [Fact], as entry: Identifier, provided conditions: [Condition] = [], route: String,
    subject: Identifier
  ) async throws -> Bool {
    try await write(
      [facts[0].identified(as: entry)] + facts.dropFirst(),
      provided: [.unrecorded(entry)] + conditions, action: .recordCare, route: route,
      subjects: [subject])
  }

  /// What a form of care that led to this page did; nothing where none did.
  var doneOfCare: CareDone? { query["done"].flatMap(CareDone.init) }

  /// What a page says after a form that led to it; nothing where none did.
  var saidOfCare: String? { doneOfCare.map { words["care.\($0.rawValue)"] } }

  /// Keeps a visit or its correction, or shows what would follow from it.
  func keepVisit(
    of id: Identifier, correcting fact: Identifier? = nil, _ form: Form
  ) async throws -> Response {
    if form["act"] == "save", let answer = try keptBefore(form, of: id) { return answer }
    var page = try fact.map { try correctionPage(id, $0) } ?? visitPage(id)
    if let entry = Identifier(text: form["entry"]) { page.entry = entry }
    guard let facts = try page.facts(form) else {
      return try respond(page.rendering(), status: .badRequest)
    }
    // Nothing is kept before what was opened stood on the page, but a danger is told at once.
    if page.hasMore { page.known = try VisitConsequences(page, facts, sent: form).fields() }
    guard form["act"] == "save" else {
      // What is known already is told, though answers have opened questions.
      try page.show(facts)
      return try respond(page.rendering())
    }
    if page.hasMore { return try respond(page.rendering()) }
    // What the engine objects to, and what is hardly believed, is read before it is kept.
    guard page.isConfirmed else {
      return try respond(page.rendering(), status: .badRequest)
    }
    if let correction = page.correction {
      return try await keepCorrection(facts, correction, of: id, form)
    }
    let isWritten = try await writeOnce(
      facts, as: page.entry, route: "POST /people/{id}/visit", subject: id)
    return afterCare(
      of: id, isWritten ? .saved : .savedBefore,
      cookies: VisitDefaults.cookie(
        UInt8(form["performer"]).flatMap(CarePerformer.init), self)
        + (page.vaccines?.cookies ?? []))
  }

  /// What would follow from a visit as far as it is filled in, as a part of the page: nothing is
  /// kept. The form stands in the log since it was opened, and its consequences once.
  func visitConsequences(
    of id: Identifier, correcting fact: Identifier? = nil, _ form: Form
  ) throws -> Response {
    var page = try fact.map { try correctionPage(id, $0) } ?? visitPage(id)
    if let entry = Identifier(text: form["entry"]) { page.entry = entry }
    let draft = try page.read(form)
    let consequences = try VisitConsequences(page, draft, sent: form)
    log.note(action: AuditCode(Action.seeCare))
    if let session = visitor.token?.shortDigest {
      log.note(once: ToldOnce(session: session, subject: id, form: page.entry))
    }
    return try respondAlone(consequences.fields(), template: VisitConsequences.template)
  }
}

extension VisitForm {
  /// Whether its visit is one at which vaccines are given: antenatal, newborn, child.
  var hasVaccinations: Bool { ["antenatal", "newborn", "child"].contains("\(name)") }

  /// Whether its visit is the usual one of a child, well or newborn, at which it is weighed.
  var isRoutineOfChildren: Bool {
    number == VisitForm.newborn.number || number == VisitForm.child.number
  }
}

extension CareSetting {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .posyandu: "posyandu"
    case .pustu: "pustu"
    case .puskesmas: "puskesmas"
    case .home: "home"
    case .school: "school"
    case .privateFacility: "private_facility"
    case .hospital: "hospital"
    }
  }
}

extension CarePerformer {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .kader: "kader"
    case .midwife: "midwife"
    case .nurse: "nurse"
    case .doctor: "doctor"
    case .dentist: "dentist"
    case .otherHealthWorker: "other"
    case .teacher: "teacher"
    }
  }
}
