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

  /// Keeps a visit, or shows what would follow from it.
  func keepVisit(of id: Identifier, _ form: Form) async throws -> Response {
    var page = try visitPage(id)
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
    _ = try await write(
      facts, action: .recordCare, route: "POST /people/{id}/visit", subjects: [id])
    return redirect(
      to: Links.address("/people/\(id.text)/care", [("done", "saved")]),
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
