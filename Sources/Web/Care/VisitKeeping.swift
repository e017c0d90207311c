import Guidance
import Health
import Hummingbird
import Journal
import Programmes
import Services

extension Visit {
  /// The form of that name, where it is for this person.
  func visitPage(_ id: Identifier) throws -> VisitPage {
    guard let person = try district.person(id)?.person else { throw PageProblem.notFound }
    try require(.recordCare, of: person)
    let holders = try onlyCare(of: person)
    guard let care = try district.care(of: id, on: today, heldBy: holders) else {
      throw PageProblem.notFound
    }
    var evaluation = care.evaluation
    guard let form = CareBook.motherAndChild.forms.first(where: { "\($0.name)" == query["form"] }),
      evaluation.answer(form.applies) == .yes, care.person.diedOn == nil
    else { throw PageProblem.notFound }
    var page = VisitPage(self, care: care, form: form, heldBy: holders)
    if form.hasVaccinations,
      let told = try district.immunization(of: id, on: today, heldBy: holders)
    {
      page.vaccines = VaccineEntries(self, told, heldBy: holders)
    }
    return page
  }

  /// Where somebody is led whose form of care was kept before: sent twice, or sent again after
  /// going back. Nothing is recorded then, and the page says so.
  func keptBefore(_ form: Form, of id: Identifier) throws -> Response? {
    guard let entry = Identifier(text: form["entry"]), try district.isRecorded(entry, of: id),
      let person = try district.person(id)?.person
    else { return nil }
    try require(.recordCare, of: person)
    return afterCare(of: id, isWritten: false)
  }

  /// The care plan after something was kept, or was there already.
  func afterCare(
    of id: Identifier, isWritten: Bool, cookies: [String] = []
  ) -> Response {
    redirect(
      to: Links.address(
        "/people/\(id.text)/care", [("done", isWritten ? "saved" : "saved_before")]),
      cookies: cookies)
  }

  /// Keeps a visit, or shows what would follow from it.
  func keepVisit(of id: Identifier, _ form: Form) async throws -> Response {
    if form["act"] == "save", let answer = try keptBefore(form, of: id) { return answer }
    var page = try visitPage(id)
    if let entry = Identifier(text: form["entry"]) { page.entry = entry }
    guard let facts = try page.facts(form) else {
      return try respond(page.rendering(), status: .badRequest)
    }
    if page.hasMore { return try respond(page.rendering()) }
    guard form["act"] == "save" else {
      try page.show(facts)
      return try respond(page.rendering())
    }
    // What the engine objects to is read before it is kept.
    guard page.vaccines?.isConfirmed ?? true else {
      return try respond(page.rendering(), status: .badRequest)
    }
    let isWritten = try await write(
      [facts[0].identified(as: page.entry)] + facts.dropFirst(),
      provided: [.unrecorded(page.entry)], action: .recordCare,
      route: "POST /people/{id}/visit", subjects: [id])
    return afterCare(
      of: id, isWritten: isWritten,
      cookies: VisitDefaults.cookie(
        UInt8(form["performer"]).flatMap(CarePerformer.init), self)
        + (page.vaccines?.cookies ?? []))
  }
}

extension VisitForm {
  /// Whether its visit is one at which vaccines are given: antenatal, newborn, child.
  var hasVaccinations: Bool { ["antenatal", "newborn", "child"].contains("\(name)") }
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
