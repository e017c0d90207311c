import Health
import Journal
import Services

/// What ends with a place, told before it is done: what lies in it, who lives and works there, and
/// who takes over.
struct PlaceEndPage {
  private let visit: Visit
  private let place: Place
  private let entered: Entries

  init(_ visit: Visit, place: Place, entered: Entries) {
    self.visit = visit
    self.place = place
    self.entered = entered
  }

  func rendering() throws -> Rendering {
    let words = visit.words
    let title = words("administration.end_title", ["name": visit.named(place)])
    let counts = try counts()
    var form = PlaceForm(visit).end(of: place).fields(visit, entered)
    form["confirm"] = true
    form["button"] = words["administration.end_confirm"]
    let leaves = counts.contains { $0.count > 0 }
    return Rendering(
      template: "place-end", title: title,
      crumbs: visit.crumbs(toRecordOf: place, title), section: .administration,
      fields: [
        "counts": counts.map { count -> Fields in
          [
            "detail": words["administration.\(count.label)"],
            "said": visit.format.whole(count.count),
          ]
        },
        "no_successor": leaves && entered["successor"].isEmpty
          ? words["administration.end_no_successor"] : nil,
        "form": form, "back_url": PlaceListPage.link(place.id),
      ])
  }

  private func counts() throws -> [(label: String, count: Int)] {
    let overview = try visit.district.placeOverview(on: visit.today)
    let below = overview.counts(of: place.id)
    let places = Set(overview.tree.subtree(of: place.id).map(\.id))
    let workers = try visit.district.workers().filter { worker in
      worker.isActive(on: visit.today)
        && worker.rolesToCome(from: visit.today).contains { places.contains($0.body.place) }
    }
    let sessions =
      visit.isSigningIn
      ? try visit.access.sessionCount(of: Set(workers.map(\.id)), at: visit.site.now) : 0
    return [
      ("place_villages", below.villages), ("place_posyandu", below.posyandu),
      ("place_facilities", below.facilities), ("place_living", overview.living(in: place.id)),
      ("end_workers", workers.count), ("end_sessions", sessions),
    ]
  }
}
