import Health
import Journal
import Services

/// The areas by administration and the facilities, with what is counted there and what is missing.
struct PlaceListPage {
  /// So many gaps of a kind are listed; more are only told of, for who has more begins with these.
  private static let mostGaps = 100

  private enum Order: String, CaseIterable {
    case tree, name, kind, villages, posyandu, kader
  }

  private let visit: Visit
  private let overview: PlaceOverview
  private let text: String
  private let kind: PlaceKind?
  private let order: Order

  private var words: Words { visit.words }

  init(_ visit: Visit) throws {
    self.visit = visit
    overview = try visit.district.placeOverview(on: visit.today)
    text = String((visit.query["q"] ?? "").prefix(80))
    kind = try visit.query.required("kind") { code in
      PlaceKind.allCases.first { $0.code == code }
    }
    order = try visit.query.required("sort") { Order(rawValue: $0) } ?? .tree
  }

  /// Whether all are shown in the order in which they lie in each other.
  private var isWhole: Bool { text.isEmpty && kind == nil && order == .tree }

  private func isVisible(_ id: Identifier) -> Bool {
    visit.visitor.rights.may(.seePlaces, at: id)
  }

  func rendering() -> Rendering {
    let gaps = gaps()
    return Rendering(
      template: "administration-places", title: words["administration.places"],
      crumbs: visit.homeCrumbs(words["administration.places"]), section: .administration,
      fields: [
        "setup_url": visit.visitor.rights.may(.changePlaces)
          && visit.reachesEverything(.changePlaces)
          ? SetupPage.path : nil,
        "workers_url": visit.visitor.rights.may(.seeWorkers) ? "/workers" : nil,
        "has_gaps": !gaps.isEmpty,
        "gap_kinds": PlaceOverview.Gap.Kind.allCases.compactMap { kind in
          fields(of: gaps.filter { $0.kind == kind })
        },
        "asked": text, "selects": selects(), "export_url": address("/administration/places.csv"),
        "tables": isWhole
          ? [
            table("areas", areaRows()),
            table("facility_list", facilities().map { row($0, level: 0) }),
          ].compactMap(\.self)
          : [table("chosen", chosen().map { row($0, level: 0) })].compactMap(\.self),
        "nobody": !isWhole && chosen().isEmpty,
      ])
  }

  /// What is missing, of the visitor's places; and villages that nobody looks after next to them,
  /// for these are in no Puskesmas' area.
  private func gaps() -> [PlaceOverview.Gap] {
    let nearby = Set(
      visit.tree.places.values.filter { $0.kind == .village && isVisible($0.id) }
        .compactMap(\.within))
    return overview.gaps().filter { gap in
      if isVisible(gap.place) { return true }
      guard gap.kind == .noPuskesmas, let above = visit.tree.places[gap.place]?.within else {
        return false
      }
      return nearby.contains(above)
    }
  }

  /// The gaps of one kind, behind one line that says how many there are; nothing where there are none.
  private func fields(of gaps: [PlaceOverview.Gap]) -> Fields? {
    guard let kind = gaps.first?.kind else { return nil }
    let left = gaps.count - PlaceListPage.mostGaps
    return [
      "gap_kind": words(
        "administration.gap_kinds.\(kind.rawValue)", ["count": visit.format.whole(gaps.count)]),
      "gaps": gaps.prefix(PlaceListPage.mostGaps).map(gap),
      "more_gaps": left > 0
        ? words("administration.more_gaps", ["count": visit.format.whole(left)]) : nil,
    ]
  }

  private func address(_ path: String) -> String {
    Links.address(
      path,
      [
        ("q", text.isEmpty ? nil : text), ("kind", kind?.code),
        ("sort", order == .tree ? nil : order.rawValue),
      ])
  }

  private func selects() -> [Fields] {
    func select(
      _ name: String, _ label: String, _ options: [(value: String, text: String)], _ chosen: String
    ) -> Fields {
      .select(name, label: words["administration.\(label)"], options, chosen: chosen)
    }
    let kinds = Set(everything().map(\.kind))
    return [
      select(
        "kind", "field_kind",
        [("", words["administration.all"])]
          + PlaceKind.allCases.filter(kinds.contains).map { ($0.code, words["kinds.\($0.code)"]) },
        kind?.code ?? ""),
      select(
        "sort", "sort",
        Order.allCases.map { ($0.rawValue, words["administration.sort_\($0.rawValue)"]) },
        order.rawValue),
    ]
  }

  private func everything() -> [Place] {
    overview.tree.places.values.filter { isVisible($0.id) }
  }

  /// The places that fit what was asked, in the order that was asked.
  private func chosen() -> [Place] {
    let key = PersonSummary.key(of: text)
    let fitting = everything().filter { place in
      (kind.map { $0 == place.kind } ?? true)
        && (text.isEmpty || PersonSummary.key(of: place.name).contains(key) || place.code == text)
    }
    func rank(_ place: Place) -> Int {
      switch order {
      case .tree: return self.order(place.kind)
      case .name: return 0
      case .kind: return Int(place.kind.rawValue)
      case .villages: return -overview.counts(of: place.id).villages
      case .posyandu: return -overview.counts(of: place.id).posyandu
      case .kader: return -overview.counts(of: place.id).kader
      }
    }
    return fitting.map { (rank($0), $0) }.sorted {
      ($0.0, $0.1.name, $0.1.id) < ($1.0, $1.1.name, $1.1.id)
    }.map(\.1)
  }

  /// The places that fit for a spreadsheet.
  func spreadsheet() -> Spreadsheet {
    let heads = [
      words["administration.field_name"], words["administration.field_kind"],
      words["administration.field_code"], words["administration.place_part_of"],
      words["administration.place_within"], words["kinds_plural.village"], "Posyandu", "Kader",
      words["administration.facilities"], words["administration.standing"],
      words["administration.catchment"], words["administration.agreements"],
    ]
    var rows: [[Spreadsheet.Cell]] = [heads.map { .text($0) }]
    func named(_ id: Identifier?) -> Spreadsheet.Cell {
      .text(id.flatMap { visit.tree.places[$0] }.map { visit.named($0) } ?? "")
    }
    for place in chosen() {
      let counts = overview.counts(of: place.id)
      rows.append([
        .text(place.name), .text(words["kinds.\(place.kind.code)"]), .text(place.code),
        named(place.partOf), named(place.within), .count(counts.villages),
        .count(counts.posyandu), .count(counts.kader), .count(counts.facilities),
        .text(
          place.endedOn.map {
            words("administration.ended_on", ["date": visit.format.date($0)])
          } ?? words["administration.active"]),
        .text(catchment(of: place)), .text(agreements(of: place)),
      ])
    }
    visit.log.note(rows: rows.count - 1)
    return Spreadsheet(name: "places.csv", rows: rows)
  }

  /// The villages that a facility looks after today.
  private func catchment(of place: Place) -> String {
    overview.catchments.filter { $0.facility == place.id && $0.holds(on: visit.today) }
      .compactMap { overview.tree.places[$0.village]?.name }.sorted().joined(separator: "; ")
  }

  /// `PKS-01/2025, 1 Januari 2025 – 31 Desember 2026`, each agreement that began, the last first.
  private func agreements(of place: Place) -> String {
    overview.agreements.filter { $0.facility == place.id }.sorted { $1.start < $0.start }
      .map { agreement in
        let days = [agreement.start, agreement.end].compactMap(\.self).map(visit.format.date)
        return [agreement.number, days.joined(separator: " – ")].filter { !$0.isEmpty }
          .joined(separator: ", ")
      }.joined(separator: "; ")
  }

  private func table(_ heading: String, _ rows: [Fields]) -> Fields? {
    rows.isEmpty ? nil : ["heading": words["administration.\(heading)"], "rows": rows]
  }

  private func gap(_ gap: PlaceOverview.Gap) -> Fields {
    [
      "url": isVisible(gap.place) ? PlaceListPage.link(gap.place) : nil,
      "place": visit.tree.places[gap.place].map { visit.named($0) },
      "gap": words(
        "administration.gap_\(gap.kind.rawValue)",
        [
          "count": visit.format.whole(gap.count), "date": gap.day.map(visit.format.date) ?? "",
        ]),
    ]
  }

  static func link(_ id: Identifier) -> String { "/administration/places/\(id.text)" }

  private static func isArea(_ place: Place) -> Bool {
    [.province, .district, .subdistrict, .village].contains(place.kind)
  }

  /// Areas from the top down, each under the one that it lies in.
  private func areaRows() -> [Fields] {
    let tree = overview.tree
    let areas = tree.places.values.filter { PlaceListPage.isArea($0) && isVisible($0.id) }
    let visible = Set(areas.map(\.id))
    let tops = areas.filter { !($0.within.map { visible.contains($0) } ?? false) }
      .sorted { (order($0.kind), $0.name, $0.id) < (order($1.kind), $1.name, $1.id) }
    var rows: [Fields] = []
    var waiting = tops.reversed().map { ($0, 0) }
    var seen: Set<Identifier> = []
    while let (place, level) = waiting.popLast() {
      guard seen.insert(place.id).inserted else { continue }
      rows.append(row(place, level: level))
      let below = tree.areas(within: place.id).filter { visible.contains($0.id) }
      waiting += below.reversed().map { ($0, level + 1) }
    }
    return rows
  }

  private func order(_ kind: PlaceKind) -> Int {
    switch kind {
    case .province: 0
    case .district: 1
    case .subdistrict: 2
    default: 3
    }
  }

  private func facilities() -> [Place] {
    overview.tree.places.values.filter { place in
      !PlaceListPage.isArea(place) && place.kind != .posyandu && isVisible(place.id)
    }.sorted { ($0.kind.rawValue, $0.name, $0.id) < ($1.kind.rawValue, $1.name, $1.id) }
  }

  private func row(_ place: Place, level: Int) -> Fields {
    let counts = overview.counts(of: place.id)
    return [
      "url": PlaceListPage.link(place.id), "name": place.name, "level": "\(min(level, 3))",
      "kind": words["kinds.\(place.kind.code)"],
      "ended": place.endedOn.map {
        words("administration.ended_on", ["date": visit.format.date($0)])
      },
      "villages": visit.format.whole(counts.villages),
      "posyandu": visit.format.whole(counts.posyandu),
      "kader": visit.format.whole(counts.kader),
      "facilities": visit.format.whole(counts.facilities),
    ]
  }
}

extension Visit {
  /// The way to a page that belongs to a place of the register.
  func crumbs(toRecordOf place: Place, _ title: String) -> [Crumb] {
    [
      Crumb(name: words["common.home"], url: "/"),
      Crumb(name: words["administration.places"], url: "/administration/places"),
      Crumb(name: named(place), url: PlaceListPage.link(place.id)), Crumb(name: title),
    ]
  }
}
