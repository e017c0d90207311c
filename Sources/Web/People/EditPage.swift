import Health
import Hummingbird
import Journal
import Services

/// Where it is corrected who somebody is.
struct EditPage {
  private let visit: Visit
  private let record: PersonRecord
  var form: PersonForm
  /// Whether somebody else was quicker, and this is what stands now.
  var changedMeanwhile = false
  /// The mother's record, which is joined here or parted.
  var mother: MotherChoice

  init(_ visit: Visit, record: PersonRecord, form: PersonForm? = nil) throws {
    self.visit = visit
    self.record = record
    mother = try MotherChoice(visit, record: record)
    self.form = form ?? PersonForm(record)
  }

  func rendering() -> Rendering {
    let name = visit.name(of: record.person)
    let title = visit.words["people.way_correct"]
    let now = PersonForm(record)
    return Rendering(
      template: "edit-person", title: "\(title), \(name)",
      crumbs: [
        Crumb(name: visit.words["common.home"], url: "/"),
        Crumb(name: name, url: Links.person(record.person.id)), Crumb(name: title),
      ],
      fields: [
        "name": name, "url": Links.person(record.person.id),
        "f": PersonFields(visit: visit).form(form), "form_token": visit.visitor.formToken,
        "based_on": record.personFact?.text,
        "changed": changedMeanwhile ? differences(from: now) : nil,
        "has_changed": changedMeanwhile, "mother_choice": mother.fields(),
      ])
  }

  /// Field by field: what was entered, and what stands now.
  private func differences(from now: PersonForm) -> [Fields] {
    PersonForm.Field.allCases.compactMap { field -> Fields? in
      let mine = form.values[field] ?? ""
      let theirs = now.values[field] ?? ""
      guard mine != theirs, let label = visit.words.find("people.field_\(field.rawValue)") else {
        return nil
      }
      return ["label": label, "mine": mine, "theirs": theirs]
    }
  }
}

extension Visit {
  func correct(_ record: PersonRecord, _ form: Form) async throws -> Response {
    if ["join_mother", "part_mother"].contains(form["act"]) {
      return try await changeMother(of: record, form)
    }
    let known = record.summary.person
    var entered = PersonForm(form, known: known, today: today, words: words)
    let isParted = record.mother.map { entered.part(from: $0, known: known) } ?? false
    var page = try EditPage(self, record: record, form: entered)
    guard entered.isFit else { return try respond(page.rendering(), status: .badRequest) }
    // Somebody may have changed the record between the page and this form, or at this very moment.
    let isAsSeen = form["based_on"] == (record.personFact?.text ?? "")
    if isAsSeen, entered.person == record.summary.person {
      return redirect(to: Links.person(record.person.id))
    }
    if isAsSeen,
      try await write(
        record.correction(entered.person, recording, on: today),
        correcting: [record.personFact].compactMap(\.self), action: .correctPerson,
        route: "POST /people/{id}/edit", subjects: [record.person.id])
    {
      let done = isParted ? "corrected_other_mother" : "corrected"
      return redirect(to: Links.address(Links.person(record.person.id), [("done", done)]))
    }
    page = try EditPage(self, record: try person(record.person.id), form: entered)
    page.changedMeanwhile = true
    return try respond(page.rendering(), status: .conflict)
  }
}
