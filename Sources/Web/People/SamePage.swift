import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// Where records that may be one person are put side by side, joined, and parted again.
struct SamePage {
  private let visit: Visit
  private let record: PersonRecord
  private let similar: [SimilarPerson]
  var problem: String?

  private var words: Words { visit.words }

  init(_ visit: Visit, record: PersonRecord) throws {
    self.visit = visit
    self.record = record
    let own = Set([record.person.id] + record.mergedRecords)
    let draft = PersonDraft(person: record.summary.person, place: record.summary.place)
    similar = try visit.district.similar(to: draft, tree: visit.tree, except: own)
      .filter { try visit.may(.decideMerge, with: $0.person) }
  }

  func rendering() -> Rendering {
    let name = visit.name(of: record.person)
    let title = words["people.way_same"]
    let text = PersonFields(visit: visit)
    return Rendering(
      template: "same", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: record.person.id, named: name, title),
      fields: [
        "name": name, "url": Links.person(record.person.id), "problem": problem,
        "has_similar": !similar.isEmpty,
        "similar": similar.map { entry -> Fields in
          [
            "id": entry.person.id.text, "name": visit.name(of: entry.person),
            "url": Links.person(entry.person.id), "same_url": sameAddress,
            "form_token": visit.visitor.formToken,
            "born": entry.person.birthDate.map(visit.format.date),
            "mother": entry.person.motherName, "home": text.home(entry.person.place),
            "nik": PersonText.maskedNumber(entry.person.nationalIdentityNumber),
            "reasons": text.reasons(entry.evidence),
            "is_likely": entry.evidence.proposal == .likely,
          ]
        },
        "has_merges": !record.merges.isEmpty,
        "merges": record.merges.map { merge -> Fields in
          [
            "fact": merge.fact.text, "same_url": sameAddress, "subject": merge.subject.text,
            "form_token": visit.visitor.formToken,
            "name": other(of: merge).map { visit.name(of: $0) } ?? words["common.unnamed"],
          ]
        },
      ])
  }

  /// How alike a record is to this one, as the page told it; nothing where it was not on it.
  func score(of other: Identifier) -> Int32? {
    similar.first { $0.person.id == other }?.evidence.total
  }

  private var sameAddress: String { Links.person(record.person.id) + "/same" }

  private func other(
    of merge: (fact: Identifier, subject: Identifier, other: Identifier)
  ) -> PersonEntry? {
    let id = merge.subject == record.person.id ? merge.other : merge.subject
    return try? visit.district.entry(id)
  }
}

extension Visit {
  /// Joins two records, says that two are not one, or parts them again.
  func decide(_ record: PersonRecord, _ form: Form) async throws -> Response {
    let path = Links.person(record.person.id)
    if let merge = Identifier(text: form["undo"]) {
      guard let known = record.merges.first(where: { $0.fact == merge }) else {
        throw PageProblem.notFound
      }
      let fact = recording.fact(
        .withdrawal, of: known.subject, on: today, replacing: known.fact)
      _ = try await write(
        [fact], action: .decideMerge, route: "POST /people/{id}/same",
        subjects: [known.subject, known.other])
      return redirect(to: Links.address(path, [("done", "parted")]))
    }
    guard let id = Identifier(text: form["other"]), id != record.person.id else {
      throw PageProblem.notFound
    }
    let other = try person(id, for: .decideMerge)
    let body = SamenessBody(
      other: other.person.id, score: try SamePage(self, record: record).score(of: other.person.id))
    let isSame = form["decision"] == "same"
    let fact = recording.fact(
      isSame ? .merge : .notTheSame, of: record.person.id, on: today, at: record.person.place,
      body.bytes)
    _ = try await write(
      [fact], action: .decideMerge, route: "POST /people/{id}/same",
      subjects: [record.person.id, other.person.id])
    site.duplicates.decided(record.person.id, other.person.id)
    let done = isSame ? "merged" : "not_the_same"
    if let list = Identifier(text: form["list"]), tree.places[list] != nil {
      return redirect(
        to: Links.address("/duplicates", [("place", list.text), ("done", done)]))
    }
    return redirect(to: Links.address(path, [("done", done)]))
  }
}
