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
  /// What the form was opened with: by it is known what of it whoever sends it changed.
  var opened: Opened
  /// The mother's record, which is joined here or parted.
  var mother: MotherChoice

  /// What stood when a form was opened: the fact, and each field as it was shown.
  struct Opened {
    let basis: String
    let values: [PersonForm.Field: String]

    /// What stands now.
    init(_ record: PersonRecord) {
      basis = record.personFact?.text ?? ""
      let shown = PersonForm(record).values
      values = shown.merging(PersonForm.corrected.map { ($0, "") }) { value, _ in value }
    }

    /// As a form that was sent carries it; a form that carries no values was changed in all.
    init(_ form: Form) {
      basis = form["based_on"]
      let carried = form.isTicked("was") ? PersonForm.corrected : []
      values = Dictionary(
        uniqueKeysWithValues: carried.map { ($0, form["was_\($0.rawValue)"]) })
    }
  }

  init(_ visit: Visit, record: PersonRecord, form: PersonForm? = nil) throws {
    self.visit = visit
    self.record = record
    opened = Opened(record)
    mother = try MotherChoice(visit, record: record)
    self.form = form ?? PersonForm(record)
  }

  func rendering() -> Rendering {
    let name = visit.name(of: record.person)
    let title = visit.words["people.way_correct"]
    let changed = changedMeanwhile ? differences(from: PersonForm(record)) : []
    var shown = PersonFields(visit: visit).form(form)
    if changed.contains(where: { PersonForm.folded.contains($0.field) }) {
      shown["opens_more"] = true
    }
    return Rendering(
      template: "edit-person", title: "\(title), \(name)",
      crumbs: [
        Crumb(name: visit.words["common.home"], url: "/"),
        Crumb(name: name, url: Links.person(record.person.id)), Crumb(name: title),
      ],
      fields: [
        "name": name, "url": Links.person(record.person.id),
        "f": shown, "form_token": visit.visitor.formToken,
        "opened": opened.basis,
        "has_was": !opened.values.isEmpty,
        "was": PersonForm.corrected.compactMap { field -> Fields? in
          opened.values[field].map { ["field": field.rawValue, "value": $0] }
        },
        "changed": changedMeanwhile ? changed.map(\.row) : nil,
        "has_changed": changedMeanwhile, "mother_choice": mother.fields(),
      ])
  }

  /// Field by field: what was entered, and what stands now.
  private func differences(
    from now: PersonForm
  ) -> [(field: PersonForm.Field, row: Fields)] {
    PersonForm.corrected.compactMap { field in
      let mine = form.values[field] ?? ""
      let theirs = now.values[field] ?? ""
      guard mine != theirs, let label = visit.words.find("people.field_\(field.rawValue)") else {
        return nil
      }
      return (
        field, ["label": label, "mine": text(mine, of: field), "theirs": text(theirs, of: field)]
      )
    }
  }

  /// A value of the form as people read it.
  private func text(_ value: String, of field: PersonForm.Field) -> String {
    switch field {
    case .estimated: return visit.words["common.\(value.isEmpty ? "no" : "yes")"]
    case .sex: return visit.words.find("sexes.\(value)") ?? value
    case .born:
      guard case .success(let day?) = PersonForm.day(value) else { return value }
      return visit.format.date(day)
    default: return value.isEmpty ? visit.words["common.not_known"] : value
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
    let opened = EditPage.Opened(form)
    var page = try EditPage(self, record: record, form: entered)
    // What was opened before stays so until it is saved: a field to be mended changes nothing of it.
    page.opened = opened
    guard entered.isFit else { return try respond(page.rendering(), status: .badRequest) }
    // Somebody may have changed the record between the page and this form, or at this very moment.
    let isAsSeen = opened.basis == (record.personFact?.text ?? "")
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
    let now = try person(record.person.id)
    entered.takeOver(PersonForm(now), unlessChangedFrom: opened.values)
    page = try EditPage(self, record: now, form: entered)
    page.changedMeanwhile = true
    return try respond(page.rendering(), status: .conflict)
  }
}
