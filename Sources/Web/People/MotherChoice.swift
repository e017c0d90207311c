import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// The mother's record beside the correction of a child: a woman of the register is joined as the
/// mother, or parted from the child again. Both are corrections of the child's record, with their
/// author; the history keeps what stood before.
struct MotherChoice {
  private let visit: Visit
  private let record: PersonRecord
  private let asked: String
  private let candidates: [PersonEntry]
  /// Why nobody was joined, in words.
  var problem: String?
  /// Whether it is asked once more before the two are parted.
  var asksToPart = false

  private var words: Words { visit.words }

  init(_ visit: Visit, record: PersonRecord) throws {
    self.visit = visit
    self.record = record
    asked = String((visit.query["q"] ?? "").prefix(80))
    candidates =
      record.summary.person.mother != nil
      ? []
      : try visit.persons(found: asked, for: .seePerson)
        .filter { MotherChoice.isPossible($0, of: record.person) }
  }

  /// Whether a woman may have born somebody: alive on that day and of a mother's age, as far as both
  /// births are known.
  static func isPossible(_ woman: PersonEntry, of child: PersonEntry) -> Bool {
    guard woman.sex == .female, woman.id != child.id else { return false }
    guard let born = child.birthDate else { return true }
    if let died = woman.diedOn, died < born { return false }
    return age(of: woman, at: born).map(Visit.agesOfMothers.contains) ?? true
  }

  /// Whole years on the day of a birth, negative before the woman's own; nothing where nobody knows
  /// when she was born.
  private static func age(of woman: PersonEntry, at birth: CivilDate) -> Int? {
    guard let born = woman.birthDate else { return nil }
    return born <= birth ? Int(birth.completedYears(since: born).count) : -1
  }

  func fields() -> Fields {
    let text = PersonFields(visit: visit)
    let joined = record.mother.flatMap { mother in
      (try? visit.may(.seePerson, with: mother)) == true ? mother : nil
    }
    return [
      "edit_url": Links.person(record.person.id) + "/edit", "asked": asked, "problem": problem,
      "may_part": record.summary.person.mother != nil, "asks_to_part": asksToPart,
      "joined": joined.map { words("people.mother_joined", ["name": visit.name(of: $0)]) }
        ?? words["people.mother_joined_hidden"],
      "based_on": record.personFact?.text, "form_token": visit.visitor.formToken,
      "nobody": asked.count >= 2 && candidates.isEmpty,
      "women": candidates.map { woman -> Fields in
        let age = record.person.birthDate.flatMap { MotherChoice.age(of: woman, at: $0) }
        let about = [
          woman.birthDate.map(visit.format.date),
          age.map { words("people.mother_age", ["age": visit.format.whole($0)]) },
          text.home(woman.place),
        ]
        return [
          "woman": woman.id.text, "woman_name": visit.name(of: woman),
          "about": about.compactMap(\.self).joined(separator: " · "),
        ]
      },
    ]
  }
}

extension Visit {
  /// Joins a woman's record as the mother's, or parts the two again, which is asked about once: then
  /// her name and NIK leave the child's record with her. By a name that stayed she would be found
  /// as the mother again.
  func changeMother(of record: PersonRecord, _ form: Form) async throws -> Response {
    var body = record.summary.person
    let done: String
    var subjects = [record.person.id]
    if form["act"] == "join_mother" {
      let mother = try person(Identifier(text: form["mother_id"]) ?? record.person.id)
      guard body.mother == nil, MotherChoice.isPossible(mother.person, of: record.person) else {
        return try refusedMother(of: record, "mother_unfit", .badRequest)
      }
      body.mother = mother.person.id
      body.motherName = Array(mother.person.name.utf8)
      // Of whom little is shown the number is not carried over to another record.
      if !mother.isLimited {
        body.motherNationalIdentityNumber = Array(mother.person.nationalIdentityNumber.utf8)
      }
      subjects.append(mother.person.id)
      done = "mother_joined"
    } else {
      guard let mother = body.mother else {
        return try refusedMother(of: record, "changed", .conflict)
      }
      guard form.isTicked("sure") else {
        var page = try EditPage(self, record: record)
        page.mother.asksToPart = true
        return try respond(page.rendering())
      }
      (body.mother, body.motherName, body.motherNationalIdentityNumber) = (nil, [], [])
      subjects.append(mother)
      done = "mother_parted"
    }
    guard form["based_on"] == (record.personFact?.text ?? ""),
      try await write(
        record.correction(body, recording, on: today),
        correcting: [record.personFact].compactMap(\.self), action: .correctPerson,
        route: "POST /people/{id}/edit", subjects: subjects)
    else {
      return try refusedMother(of: try person(record.person.id), "changed", .conflict)
    }
    return redirect(to: Links.address(Links.person(record.person.id), [("done", done)]))
  }

  /// Nothing was written: the page shows what stands now, and why.
  private func refusedMother(
    of record: PersonRecord, _ problem: String, _ status: HTTPResponse.Status
  ) throws -> Response {
    var page = try EditPage(self, record: record)
    page.mother.problem = words["people.problems.\(problem)"]
    return try respond(page.rendering(), status: status)
  }
}
