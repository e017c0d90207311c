import Health
import Journal
import Services

/// The areas by administration and the facilities, with what is counted there and what is missing.
struct PlaceListPage {
  /// So many gaps are listed; more are only told of, for who has more begins with these.
  private static let mostGaps = 100

  private let visit: Visit
  private let overview: PlaceOverview

  private var words: Words { visit.words }

  init(_ visit: Visit) throws {
    self.visit = visit
    overview = try visit.district.placeOverview(on: visit.today)
  }

  private func isVisible(_ id: Identifier) -> Bool {
    visit.visitor.rights.may(.seePlaces, at: id)
  }

  func rendering() -> Rendering {
    let gaps = overview.gaps().filter { isVisible($0.place) }
    let left = gaps.count - PlaceListPage.mostGaps
    return Rendering(
      template: "administration-places", title: words["administration.places"],
      crumbs: visit.homeCrumbs(words["administration.places"]), section: .administration,
      fields: [
        "workers_url": visit.visitor.rights.may(.seeWorkers) ? "/workers" : nil,
        "has_gaps": !gaps.isEmpty, "gaps": gaps.prefix(PlaceListPage.mostGaps).map(gap),
        "more_gaps": left > 0
          ? words("administration.more_gaps", ["count": visit.format.whole(left)]) : nil,
        "tables": [
          table("areas", areaRows()),
          table("facility_list", facilities().map { row($0, level: 0) }),
        ].compactMap(\.self),
      ])
  }

  private func table(_ heading: String, _ rows: [Fields]) -> Fields? {
    rows.isEmpty ? nil : ["heading": words["administration.\(heading)"], "rows": rows]
  }

  private func gap(_ gap: PlaceOverview.Gap) -> Fields {
    [
      "url": PlaceListPage.link(gap.place),
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
