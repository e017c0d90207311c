import Health
import Journal
import Services

/// Where somebody can move within the district: the areas of its Puskesmas, and the places of the
/// one that was chosen. The whole district in one list would be hundreds of places on a phone.
struct MoveDestinations {
  private let visit: Visit
  /// The areas, the visitor's own first.
  private let areas: [Place]
  /// The one whose places are offered.
  let chosen: Place?

  /// - Parameters:
  ///   - asked: the area that was chosen; one that is no area is as good as none.
  ///   - home: where the person lives now.
  init(_ visit: Visit, asked: Identifier?, home: Identifier?) {
    self.visit = visit
    let tree = visit.tree
    let homes = tree.places.values.filter(MoveDestinations.isHome)
    let all = Set(homes.compactMap { MoveDestinations.area(of: $0.id, tree)?.id })
    let own = Set(
      visit.ownPlaces(for: .movePerson).compactMap { MoveDestinations.area(of: $0.id, tree)?.id })
    areas = all.compactMap { tree.places[$0] }.sorted {
      (own.contains($0.id) ? 0 : 1, visit.named($0), $0.id)
        < (own.contains($1.id) ? 0 : 1, visit.named($1), $1.id)
    }
    let known = home.flatMap { MoveDestinations.area(of: $0, tree)?.id }
    chosen =
      areas.first { $0.id == asked } ?? areas.first { $0.id == known } ?? areas.first
  }

  /// Whether somebody can come to live at a place: a Posyandu or village that has not ended.
  static func isHome(_ place: Place) -> Bool {
    place.endedOn == nil && (place.kind == .posyandu || place.kind == .village)
  }

  /// The Puskesmas that looks after a place, else the top of the tree that it stands in.
  static func area(of place: Identifier, _ tree: PlaceTree) -> Place? {
    let path = tree.path(from: place)
    return path.first { $0.kind == .puskesmas } ?? path.last
  }

  /// The fields of the choice of an area.
  func fields() -> Fields {
    [
      "within": chosen?.id.text, "has_areas": areas.count > 1,
      "areas": areas.map { area -> Fields in
        [
          "value": area.id.text, "name": visit.named(area), "chosen": area.id == chosen?.id,
        ]
      },
      "places_label": chosen.map {
        visit.words("people.move_places_of", ["area": visit.named($0)])
      },
    ]
  }

  /// The places of the area that was chosen.
  var places: [Place] {
    visit.tree.places.values.filter { place in
      MoveDestinations.isHome(place)
        && MoveDestinations.area(of: place.id, visit.tree)?.id == chosen?.id
    }
  }
}
