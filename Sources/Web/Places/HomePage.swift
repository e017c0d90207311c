import Health
import Journal
import Services

/// Where people arrive: the only root place, the list of roots, or what to do when there is no data.
struct HomePage {
  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  func rendering() throws -> Rendering {
    let words = visit.words
    guard visit.visitor.rights.may(.seeFigures) else { return tasks() }
    let roots = visit.ownPlaces(for: .seeFigures)
    if let root = roots.first, roots.count == 1 {
      var page = try PlacePage(visit, place: root).rendering()
      page.fields["refused_facts"] = try RefusedFactsPage.notice(visit)
      page.fields["open_requests"] = try RequestListPage.notice(visit)
      return page
    }
    return Rendering(
      template: "home", title: words["home.title"],
      fields: [
        "has_places": !roots.isEmpty,
        "places": roots.map { place -> Fields in
          [
            "name": place.name, "kind": words["kinds.\(place.kind.code)"],
            "url": Links.place(place),
          ]
        },
        "command": words["imports.command"], "refused_facts": try RefusedFactsPage.notice(visit),
        "open_requests": try RequestListPage.notice(visit),
      ])
  }

  /// What the visitor can do, for roles that see no figures.
  private func tasks() -> Rendering {
    let words = visit.words
    let ways: [(Action, String, String)] = [
      (.seeWorkers, "workers", "/workers"), (.seePlaces, "places", "/administration/places"),
      (.searchPersons, "search", "/search"), (.registerPerson, "register", "/people/new"),
      (.importStaff, "staff_lists", "/lists/staff"), (.readLog, "log", "/log"),
      (.seeImports, "imports", "/imports"), (.calculate, "calculator", "/calculator"),
      (.openGuidelines, "guidelines", "/guidelines"), (.keepOwnAccount, "account", "/account"),
    ]
    return Rendering(
      template: "tasks", title: words["common.home"],
      fields: [
        "name": visit.visitor.worker?.name,
        "tasks": ways.filter { visit.visitor.rights.may($0.0) }.map { way -> Fields in
          ["label": words["tasks.\(way.1)"], "url": way.2]
        },
      ])
  }
}
