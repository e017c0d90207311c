import Health
import Journal
import Services

/// A place as the register has it: what is known, what it looks after, its agreements, what was
/// ever told of it, and what the visitor may change.
struct PlaceRecordPage {
  private let visit: Visit
  private let place: Place
  private let overview: PlaceOverview
  private let facts: [Fact]
  private let standing: PlaceStanding
  /// What was entered, by form.
  var entered: [String: Entries] = [:]
  /// Why nothing was written, in words.
  var changed: String?

  private var words: Words { visit.words }
  private var path: String { PlaceListPage.link(place.id) }

  init(_ visit: Visit, place: Place) throws {
    self.visit = visit
    self.place = place
    overview = try visit.district.placeOverview(on: visit.today)
    let record = try visit.district.placeRecord(place.id)
    facts = record.facts
    standing = record.standing
  }

  func rendering() throws -> Rendering {
    let below = overview.tree.areas(within: place.id) + overview.tree.parts(of: place.id)
    let shown = Dictionary(below.map { ($0.id, $0) }) { first, _ in first }.values
      .filter { visit.visitor.rights.may(.seePlaces, at: $0.id) }
      .sorted { ($0.kind.rawValue, $0.name, $0.id) < ($1.kind.rawValue, $1.name, $1.id) }
    let catchments = catchments()
    let agreements = overview.agreements.filter { $0.facility == place.id }
    let forms = forms()
    return Rendering(
      template: "administration-place", title: visit.named(place),
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["administration.places"], url: "/administration/places"),
        Crumb(name: visit.named(place)),
      ], section: .administration,
      fields: [
        "place_name": place.name, "kind": words["kinds.\(place.kind.code)"],
        "ended": place.endedOn.map {
          words("administration.ended_on", ["date": visit.format.date($0)])
        },
        "above": above(),
        "residents_url": mayMoveResidents ? "\(path)/residents" : nil,
        "done": visit.query["done"].flatMap { words.find("administration.done_\($0)") },
        "changed": changed, "details": details(), "has_below": !shown.isEmpty,
        "below": shown.map { row($0.id, words["kinds.\($0.kind.code)"]) },
        "has_catchments": !catchments.isEmpty, "catchments": catchments,
        "has_agreements": !agreements.isEmpty, "agreements": agreements.map(agreement),
        "has_forms": !forms.isEmpty, "forms": forms, "history": try history(),
      ])
  }

  /// What stands in the way of taking the end of the place back, or is to be known before, with the
  /// way there.
  private func above() -> [Fields] {
    guard place.endedOn != nil, mayChange else { return [] }
    let form = PlaceForm(visit)
    let named =
      form.missingAbove(place).map { ("above_ended", $0) }
      + [form.endedPuskesmas(of: place)].compactMap(\.self).map { ("puskesmas_ended", $0) }
    return named.map { code, above in
      [
        "what": words["administration.\(code)"], "above_name": visit.named(above),
        "above_url": visit.visitor.rights.may(.seePlaces, at: above.id)
          ? PlaceListPage.link(above.id) : nil,
      ]
    }
  }

  private var mayMoveResidents: Bool {
    place.endedOn != nil && [.village, .posyandu].contains(place.kind)
      && visit.visitor.rights.may(.moveResidents, at: place.id)
  }

  private func row(_ id: Identifier, _ path: String) -> Fields {
    [
      "url": PlaceListPage.link(id), "path": path,
      "name": visit.tree.places[id].map { visit.named($0) } ?? words["common.unknown_place"],
    ]
  }

  private func details() -> [Fields] {
    func named(_ id: Identifier?) -> String {
      id.map { visit.tree.places[$0].map { visit.named($0) } ?? words["common.unknown_place"] }
        ?? ""
    }
    let counts = overview.counts(of: place.id)
    let values = PlaceForm(visit).entries(of: place)
    let at = values["latitude"].isEmpty ? "" : "\(values["latitude"]), \(values["longitude"])"
    let said: [(String, String)] = [
      ("code", place.code), ("part_of", named(place.partOf)), ("within", named(place.within)),
      ("telephone", place.telephone), ("organization", place.organizationNumber),
      ("coordinates", at), ("source", place.source), ("successor", named(place.successor)),
      ("villages", visit.format.whole(counts.villages)),
      ("posyandu", visit.format.whole(counts.posyandu)),
      ("kader", visit.format.whole(counts.kader)),
      ("facilities", visit.format.whole(counts.facilities)),
      ("living", visit.format.whole(overview.living(in: place.id))),
    ]
    return said.filter { !$0.1.isEmpty }.map { field, value -> Fields in
      ["detail": words["administration.place_\(field)"], "said": value]
    }
  }

  private func catchments() -> [Fields] {
    overview.catchments.filter { $0.facility == place.id || $0.village == place.id }
      .map { catchment -> Fields in
        let other = catchment.facility == place.id ? catchment.village : catchment.facility
        let since = words(
          "administration.since_day", ["date": visit.format.date(catchment.since)])
        let until = catchment.until.map {
          words("administration.until_day", ["date": visit.format.date($0)])
        }
        var fields = row(other, [since, until].compactMap(\.self).joined(separator: ", "))
        guard mayChange, catchment.until.map({ visit.today <= $0 }) ?? true,
          let fact = standing.catchmentFacts[catchment]
        else { return fields }
        // An end to come can be moved, and lifted by leaving the day empty.
        // Only of a Puskesmas a village is part: the others look after it besides.
        let end = place.kind == .puskesmas ? "catchment_end" : "served_village_end"
        let form = EntryForm(
          code: catchment.until == nil ? end : "catchment_change",
          action: "\(path)/catchment/\(fact.text)/end",
          entries: [Entry(name: "until", kind: .date, isNeeded: catchment.until == nil)])
        fields["form"] = form.fields(
          visit,
          entered["catchment_\(fact.text)"]
            ?? Entries(words, ["until": Format.iso(catchment.until ?? visit.today)]))
        return fields
      }
  }

  private var mayChange: Bool { visit.visitor.rights.may(.changePlaces, at: place.id) }

  private func agreement(_ agreement: Agreement) -> Fields {
    let none = words["common.none"]
    var form: Fields?
    if mayChange, let fact = standing.agreementFacts[agreement] {
      form = EntryForm(
        code: "agreement_correct", action: "\(path)/agreements/\(fact.text)",
        entries: PlaceForm(visit).agreementEntries()
      ).fields(
        visit,
        entered["agreement_\(fact.text)"] ?? PlaceForm(visit).entries(of: agreement))
    }
    return [
      "form": form,
      "number": agreement.number.isEmpty ? none : agreement.number,
      "start": visit.format.date(agreement.start),
      "end": agreement.end.map(visit.format.date) ?? none,
      "with": agreement.with.flatMap { visit.tree.places[$0] }.map { visit.named($0) } ?? none,
    ]
  }

  private func history() throws -> [Fields] {
    let names = try visit.district.workerNames(Set(facts.compactMap(\.recorder)))
    return facts.map { fact -> Fields in
      [
        "recorded": visit.format.moment(fact.recordedAt), "on": visit.format.date(fact.occurredOn),
        "who": fact.recorder.flatMap { names[$0] }
          ?? words[
            District.isOfCommandLine(fact)
              ? "administration.told_by_command" : "people.nobody_named"],
        "what": [words["fact_kinds.\(fact.kind.code)"], sentence(fact)].compactMap(\.self)
          .filter { !$0.isEmpty }.joined(separator: ": "),
      ]
    }
  }

  private func sentence(_ fact: Fact) -> String? {
    func named(_ id: Identifier?) -> String? {
      id.flatMap { visit.tree.places[$0] }.map { visit.named($0) }
    }
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    let said: [String?]? = fact.body.withUnsafeBufferPointer { bytes in
      switch fact.kind {
      case .place:
        ((try? PlaceBody(bytes)) ?? nil).map { body in
          [
            text(body.name), text(body.code), named(body.partOf) ?? named(body.within),
            text(body.telephone),
            body.endedOn.map {
              words("administration.ended_on", ["date": visit.format.date($0)])
            },
          ]
        }
      case .catchment:
        (try? CatchmentBody(bytes)).map { body in
          [named(body.village), body.until.map(visit.format.date)]
        }
      case .agreement:
        (try? AgreementBody(bytes)).map { body in
          [
            text(body.number), visit.format.date(body.start), body.end.map(visit.format.date),
            named(body.with),
          ]
        }
      default: nil
      }
    }
    return said?.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " · ")
  }

  private func forms() -> [Fields] {
    guard visit.visitor.rights.may(.changePlaces, at: place.id) else { return [] }
    return PlaceForm(visit).forms(of: place, overview).map { form in
      let before =
        form.code == "place_correct"
        ? PlaceForm(visit).entries(of: place)
        : Entries(words, ["since": Format.iso(visit.today), "on": Format.iso(visit.today)])
      return form.fields(visit, entered[form.code] ?? before)
    }
  }
}
