import Foundation
import Health
import Journal
import Services

/// What is entered of places.
struct PlaceForm {
  static let correction = ["name", "telephone", "organization", "latitude", "longitude"]
  static let below = ["kind", "name", "code", "telephone"]
  static let end = ["on", "successor"]
  static let catchment = ["villages", "since"]
  static let agreement = ["number", "start", "end", "with"]
  static let assign = ["puskesmas", "since"]

  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  /// What may be added below a place. A place of the care tree is part of it, all else lies in it.
  static func kinds(below kind: PlaceKind) -> [PlaceKind] {
    switch kind {
    case .province: [.district]
    case .district: [.subdistrict, .puskesmas, .hospital]
    case .subdistrict: [.village]
    case .puskesmas: [.village, .pustu]
    case .village: [.posyandu, .school] + PlaceKind.allCases.filter(\.isNetworkFacility)
    default: []
    }
  }

  /// Whether a new place is part of the one above in the tree that figures follow.
  static func isPart(_ kind: PlaceKind, of above: PlaceKind) -> Bool {
    switch (above, kind) {
    case (.district, .puskesmas), (.puskesmas, .village), (.puskesmas, .pustu),
      (.village, .posyandu):
      true
    default: false
    }
  }

  /// Who may have taken over: others of the same kind that are there.
  func successors(of place: Place) -> [Place] {
    visit.tree.places.values.filter {
      $0.kind == place.kind && $0.id != place.id && $0.endedOn == nil
        && visit.visitor.rights.may(.changePlaces, at: $0.id)
    }
  }

  /// Places above one that has ended which must be there again before it can be: all that ended,
  /// save the Puskesmas of a village. A village may be without one until another takes it, as when
  /// its Puskesmas ends; a Posyandu is never without a village.
  func missingAbove(_ place: Place) -> [Place] {
    [place.partOf, place.within].compactMap { $0.flatMap { visit.tree.places[$0] } }
      .filter { $0.endedOn != nil && !PlaceForm.mayGoWithout($0, place) }
  }

  /// The Puskesmas of a village, where that has ended: the village can be there without it.
  func endedPuskesmas(of place: Place) -> Place? {
    place.partOf.flatMap { visit.tree.places[$0] }.flatMap { above in
      above.endedOn != nil && PlaceForm.mayGoWithout(above, place) ? above : nil
    }
  }

  private static func mayGoWithout(_ above: Place, _ place: Place) -> Bool {
    place.kind == .village && above.kind == .puskesmas
  }

  /// Villages that a Puskesmas may take: those of its own that are not told of yet, and those that
  /// no Puskesmas looks after, or one that ended; of a Pustu, those of its Puskesmas. A facility of
  /// the network looks after any, beside their Puskesmas.
  func villages(for place: Place, _ overview: PlaceOverview) -> [Place] {
    let holding = overview.catchments.filter { $0.holds(on: visit.today) }
    let own = Set(holding.filter { $0.facility == place.id }.map(\.village))
    let without = overview.villagesWithoutPuskesmas
    return visit.tree.places.values.filter { village in
      guard village.kind == .village, overview.isThere(village), !own.contains(village.id),
        visit.visitor.rights.may(.changePlaces, at: village.id)
      else { return false }
      switch place.kind {
      case .pustu: return village.partOf != nil && village.partOf == place.partOf
      case .puskesmas:
        return village.partOf == place.id || without.contains(village.id)
      default: return place.kind.isNetworkFacility
      }
    }
  }

  /// With whom an agreement may be: those who run the network.
  func partners() -> [Place] {
    visit.tree.places.values.filter {
      ($0.kind == .puskesmas || $0.kind == .district) && $0.endedOn == nil
        && visit.visitor.rights.may(.seePlaces, at: $0.id)
    }
  }

  /// The fields of an agreement.
  func agreementEntries() -> [Entry] {
    [
      Entry(name: "number", isNeeded: true), Entry(name: "start", kind: .date, isNeeded: true),
      Entry(name: "end", kind: .date),
      Entry(name: "with", kind: .select, options: options(partners()), isNeeded: true),
    ]
  }

  /// What stands on the form of an agreement that is known.
  func entries(of agreement: Agreement) -> Entries {
    Entries(
      visit.words,
      [
        "number": agreement.number, "start": Format.iso(agreement.start),
        "end": agreement.end.map { Format.iso($0) } ?? "",
        "with": agreement.with?.text ?? "",
      ])
  }

  /// The Puskesmas that a village may be given to: none where one looks after it already.
  func puskesmas(for village: Place, _ overview: PlaceOverview) -> [Place] {
    guard overview.villagesWithoutPuskesmas.contains(village.id), overview.isThere(village) else {
      return []
    }
    return visit.tree.places.values.filter { place in
      place.kind == .puskesmas && place.endedOn == nil
        && visit.visitor.rights.may(.changePlaces, at: place.id)
        && villages(for: place, overview).contains { $0.id == village.id }
    }
  }

  private func options(_ places: [Place]) -> [Entry.Option] {
    places.map { Entry.Option(value: $0.id.text, text: visit.named($0)) }
      .sorted { ($0.text, $0.value) < ($1.text, $1.value) }
  }

  /// Places of which there may be hundreds: by Puskesmas, or by kecamatan where they have none.
  private func groupedOptions(_ places: [Place]) -> [Entry.Option] {
    places.map { place in
      Entry.Option(
        value: place.id.text, text: visit.named(place), group: visit.groupName(of: place))
    }.sorted { ($0.group, $0.text, $0.value) < ($1.group, $1.text, $1.value) }
  }

  /// Those of the same kind that may take over: villages and Posyandu by groups, of others there
  /// are few.
  private func successorOptions(of place: Place) -> [Entry.Option] {
    let places = successors(of: place)
    return [.village, .posyandu, .school].contains(place.kind)
      ? groupedOptions(places) : options(places)
  }

  /// The forms that make sense at a place.
  func forms(of place: Place, _ overview: PlaceOverview) -> [EntryForm] {
    let path = PlaceListPage.link(place.id)
    var forms = [
      EntryForm(
        code: "place_correct", action: path,
        entries: [
          Entry(name: "name", isNeeded: true), Entry(name: "telephone", kind: .tel, longest: 30),
          Entry(name: "organization", longest: 64), Entry(name: "latitude", longest: 12),
          Entry(name: "longitude", longest: 12),
        ])
    ]
    guard place.endedOn == nil else {
      if missingAbove(place).isEmpty {
        forms.append(EntryForm(code: "place_reopen", action: "\(path)/reopen", entries: []))
      }
      return forms
    }
    let kinds = PlaceForm.kinds(below: place.kind)
    if !kinds.isEmpty {
      let options = kinds.map {
        Entry.Option(value: "\($0.rawValue)", text: visit.words["kinds.\($0.code)"])
      }
      forms.append(
        EntryForm(
          code: "below", action: "\(path)/below",
          entries: [
            Entry(name: "kind", kind: .select, options: options, isNeeded: true),
            Entry(name: "name", isNeeded: true), Entry(name: "code", longest: 30),
            Entry(name: "telephone", kind: .tel, longest: 30),
          ]))
    }
    let villages = villages(for: place, overview)
    if !villages.isEmpty {
      forms.append(
        EntryForm(
          code: "catchment", action: "\(path)/catchment",
          entries: [
            Entry(name: "villages", kind: .checks, options: groupedOptions(villages)),
            Entry(name: "since", kind: .date, isNeeded: true),
          ]))
    }
    let takers = puskesmas(for: place, overview)
    if !takers.isEmpty {
      forms.append(
        EntryForm(
          code: "assign", action: "\(path)/puskesmas",
          entries: [
            Entry(name: "puskesmas", kind: .select, options: options(takers), isNeeded: true),
            Entry(name: "since", kind: .date, isNeeded: true),
          ]))
    }
    if place.kind.isNetworkFacility {
      forms.append(
        EntryForm(
          code: "agreement", action: "\(path)/agreements", entries: agreementEntries()))
    }
    return forms + [end(of: place)]
  }

  /// The form that ends a place.
  func end(of place: Place) -> EntryForm {
    EntryForm(
      code: "place_end", action: "\(PlaceListPage.link(place.id))/end",
      entries: [
        Entry(name: "on", kind: .date, isNeeded: true),
        Entry(name: "successor", kind: .select, options: successorOptions(of: place)),
      ])
  }

  /// What stands on the form of a place that is known.
  func entries(of place: Place) -> Entries {
    Entries(
      visit.words,
      [
        "name": place.name, "telephone": place.telephone,
        "organization": place.organizationNumber, "latitude": degrees(place.latitude),
        "longitude": degrees(place.longitude),
      ])
  }

  private func degrees(_ millionths: Int32?) -> String {
    guard let millionths else { return "" }
    let rest = String(millionths.magnitude % 1_000_000)
    let sign = millionths < 0 ? "-" : ""
    return "\(sign)\(millionths.magnitude / 1_000_000)."
      + String(repeating: "0", count: 6 - rest.count) + rest
  }
}
