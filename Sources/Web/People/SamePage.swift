import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// Where records that may be one person are put side by side, joined, and parted again.
struct SamePage {
  private let visit: Visit
  private let record: PersonRecord
  /// Those whom the visitor may join with this one.
  private let similar: [SimilarPerson]
  /// Those whom the visitor looked for, and who are not among the similar.
  private let found: [SimilarPerson]
  private let asked: String
  /// This record, as it is compared.
  private let draft: PersonDraft
  private let elsewhere: [RecordElsewhere]
  private let recordedNames: [Identifier: String]
  /// Whether more records may be shown in a moment.
  private let isIncomplete: Bool
  var problem: String?

  /// So many are looked at, so that those out of reach do not cut off those within it.
  private static let mostCompared = 30
  /// So many of those within reach are shown.
  private static let mostShown = 8

  private var words: Words { visit.words }

  init(_ visit: Visit, record: PersonRecord) throws {
    self.visit = visit
    self.record = record
    let own = Set([record.person.id] + record.mergedRecords)
    let card = try record.person.household.flatMap { try visit.district.household($0) }
    draft = PersonDraft(
      person: record.summary.person, place: record.summary.place,
      familyCardNumber: String(decoding: card?.body.familyCardNumber ?? [], as: UTF8.self))
    let alike = try visit.district.similar(
      to: draft, tree: visit.tree, except: own, limit: SamePage.mostCompared)
    let within = try alike.filter { try visit.may(.decideMerge, with: $0.person) }
    isIncomplete = visit.isWorkingOutDuplicates(beside: record)
    let listed = try visit.recordsListed(
      beside: record, except: own.union(within.map(\.person.id)))
    let compared = try visit.district.similarity(
      of: SamePage.comparable(draft, of: record), to: listed, tree: visit.tree)
    similar = Array(within.prefix(SamePage.mostShown)) + compared
    asked = String((visit.query["q"] ?? "").prefix(80))
    let shown = own.union(similar.map(\.person.id))
    found = try visit.district.similarity(
      of: SamePage.comparable(draft, of: record),
      to: visit.persons(found: asked, for: .decideMerge).filter { !shown.contains($0.id) },
      tree: visit.tree)
    elsewhere = try visit.recordsElsewhere(
      of: record, as: SamePage.comparable(draft, of: record), alike)
    recordedNames =
      record.merges.isEmpty ? [:] : try visit.district.namesAsRecorded(of: record.person)
  }

  func rendering() throws -> Rendering {
    let name = visit.name(of: record.person)
    let title = words["people.way_same"]
    let text = PersonFields(visit: visit)
    return Rendering(
      template: "same", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: record.person.id, named: name, title),
      fields: [
        "name": name, "url": Links.person(record.person.id), "problem": problem,
        "has_similar": !similar.isEmpty,
        "incomplete": isIncomplete ? words["people.same_incomplete"] : nil,
        "similar": try similar.map { try row($0, text) },
        "same_address": sameAddress, "asked": asked, "has_found": !found.isEmpty,
        "found": try found.map { try row($0, text) },
        "nobody_found": asked.count >= 2 && found.isEmpty,
        "has_elsewhere": !elsewhere.isEmpty, "elsewhere": elsewhere.map(notice),
        "has_merges": !record.merges.isEmpty,
        "merges": record.merges.map { merge -> Fields in
          [
            "fact": merge.fact.text, "same_url": sameAddress, "subject": merge.subject.text,
            "form_token": visit.visitor.formToken,
            "name": words(
              "people.merged_records",
              ["first": recorded(merge.subject), "second": recorded(merge.other)]),
          ]
        },
      ])
  }

  /// What of a record is compared with whom somebody chose: else they would learn by trying whose
  /// child it is whose mother is hidden from them.
  private static func comparable(_ draft: PersonDraft, of record: PersonRecord) -> PersonDraft {
    guard record.hidesMother else { return draft }
    var known = draft
    known.person.mother = nil
    known.person.motherName = []
    known.person.motherNationalIdentityNumber = []
    return known
  }

  /// A record beside this one, with the two answers.
  private func row(_ entry: SimilarPerson, _ text: PersonFields) throws -> Fields {
    let homes = try MergedHomes(visit, of: record.person, joinedWith: entry.person)
    return [
      "outcome": try text.outcome(of: record.person, joinedWith: entry.person, homes),
      "homes": homes.fields(),
      "id": entry.person.id.text, "name": visit.name(of: entry.person),
      "url": Links.person(entry.person.id), "same_url": sameAddress,
      "form_token": visit.visitor.formToken,
      "born": entry.person.birthDate.map(visit.format.date),
      "mother": entry.person.motherName, "home": text.home(entry.person.place),
      "nik": PersonText.maskedNumber(entry.person.nationalIdentityNumber),
      "reasons": text.reasons(entry.evidence),
      "is_likely": entry.evidence.proposal == .likely,
    ]
  }

  /// Where a record out of reach stands, and who can do what about it; not a word of whose it is.
  private func notice(_ other: RecordElsewhere) -> Fields {
    let area = ["puskesmas": visit.named(other.puskesmas)]
    let isNear =
      record.person.place.flatMap { MoveDestinations.area(of: $0, visit.tree) }?.id
      == other.puskesmas.id
    let mayMove =
      !isNear && record.person.diedOn == nil
      && (try? visit.may(.movePerson, with: record.person)) == true
    return [
      "what": words(
        other.sharesNumber ? "people.same_elsewhere_number" : "people.same_elsewhere_likely", area),
      "todo": words(isNear ? "people.same_elsewhere_near" : "people.same_elsewhere_far", area),
      "move_label": words("people.same_elsewhere_move", area),
      "move_url": mayMove
        ? Links.address(
          Links.person(record.person.id) + "/move", [("within", other.puskesmas.id.text)]) : nil,
    ]
  }

  /// How alike a record is to this one.
  func score(of other: PersonRecord) throws -> Int32? {
    if let known = similar.first(where: { $0.person.id == other.person.id }) {
      return known.evidence.total
    }
    let own = SamePage.comparable(draft, of: record)
    return try visit.district.similarity(of: own, to: [other.person], tree: visit.tree)
      .first?.evidence.total
  }

  private var sameAddress: String { Links.person(record.person.id) + "/same" }

  /// A record's own name: the page is headed by one of them, and each must be told from the other.
  private func recorded(_ id: Identifier) -> String {
    visit.log.note(id)
    return recordedNames[id] ?? words["common.unnamed"]
  }
}

extension Visit {
  /// Joins two records, says that two are not one, or parts them again.
  func decide(_ id: Identifier, _ form: Form) async throws -> Response {
    // Read before the records: what changes from here on is noticed when it is written.
    let asked = Identifier(text: form["other"])
    let basis = try district.basis(
      .person(id, Visit.samenessKinds), .person(asked ?? id, Visit.samenessKinds))
    // One moment for all: by it they are known to have been decided together.
    let recording = recording
    let record = try person(id, for: .decideMerge)
    let path = Links.person(record.person.id)
    if let merge = Identifier(text: form["undo"]) {
      guard let known = record.merges.first(where: { $0.fact == merge }) else {
        return try undecided(record.person.id, "changed")
      }
      let isWritten = try await write(
        district.parting(known.fact, of: record.person, recording, today: today),
        provided: [.unchanged(basis)], action: .decideMerge,
        route: "POST /people/{id}/same", subjects: [known.subject, known.other])
      guard isWritten else { return try undecided(record.person.id, "changed") }
      return redirect(to: Links.address(path, [("done", "parted")]))
    }
    guard let asked, asked != record.person.id else { throw PageProblem.notFound }
    let other = try person(asked, for: .decideMerge)
    // Sent twice, or joined by somebody else meanwhile.
    guard other.person.id != record.person.id else {
      return try undecided(record.person.id, "merged_already")
    }
    guard ["same", "different"].contains(form["decision"]) else {
      return try undecided(record.person.id, "no_decision", status: .badRequest)
    }
    let isSame = form["decision"] == "same"
    // Who belongs to either family is read before the families are.
    let homes = [record, other].compactMap(\.person.household)
    let families = try isSame ? homes.map { try district.basis(.family($0)) } : []
    let settled = try isSame ? settling(record.person, other.person, form, recording) : []
    guard let settled else { return try undecided(record.person.id, "changed") }
    let score = try SamePage(self, record: record).score(of: other)
    let body = SamenessBody(other: other.person.id, score: score)
    let fact = recording.fact(
      isSame ? .merge : .notTheSame, of: record.person.id, on: today, at: record.person.place,
      body.bytes)
    let isWritten = try await write(
      [fact] + settled, provided: ([basis] + families).map { .unchanged($0) },
      action: .decideMerge, route: "POST /people/{id}/same",
      subjects: [record.person.id, other.person.id])
    guard isWritten else { return try undecided(record.person.id, "changed") }
    site.duplicates.decided(record.person.id, other.person.id)
    let done = isSame ? "merged" : "not_the_same"
    if let list = Identifier(text: form["list"]), tree.places[list] != nil {
      return redirect(
        to: Links.address(
          "/duplicates",
          [("place", list.text), ("done", done), ("joined", isSame ? record.person.id.text : nil)]))
    }
    return redirect(to: Links.address(path, [("done", done)]))
  }

  /// What a decision about two records is made on.
  private static let samenessKinds: Set<FactKind> = [
    .merge, .notTheSame, .residence, .departure, .death,
  ]

  /// The facts by which the home that was chosen holds, else the one that the page proposes;
  /// nothing where what was chosen is none of the homes any more.
  private func settling(
    _ one: PersonEntry, _ other: PersonEntry, _ form: Form, _ recording: Recording
  ) throws -> [Fact]? {
    let homes = try district.homes(of: one, joinedWith: other)
    guard homes.count > 1 else { return [] }
    guard form.isTicked("home") else {
      return try district.settling(homes[0], of: homes, recording, today: today)
    }
    let chosen = homes.first { "\($0.record.text) \($0.household.text)" == form["home"] }
    return try chosen.map {
      try district.settling($0, of: homes, recording, today: today)
    }
  }

  /// Nothing was written: the page shows what stands now, and why.
  private func undecided(
    _ id: Identifier, _ problem: String, status: HTTPResponse.Status = .conflict
  ) throws -> Response {
    var page = try SamePage(self, record: person(id, for: .decideMerge))
    page.problem = words["people.problems.\(problem)"]
    return try respond(page.rendering(), status: status)
  }
}
