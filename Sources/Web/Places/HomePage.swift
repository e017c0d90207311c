import Health
import Journal
import Services

/// Where people arrive: their only place, or all of them with what is there, or what to do when there
/// is no data. What their role does comes first.
struct HomePage {
  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  func rendering() throws -> Rendering {
    let words = visit.words
    guard visit.visitor.rights.may(.seeFigures) else { return otherTasks() }
    let roots = visit.ownPlaces(for: .seeFigures)
    if let root = roots.first, roots.count == 1 {
      var page = try PlacePage(visit, place: root).rendering()
      // The way to where one is anyway would push on a phone what is to be done off the screen.
      page.crumbs = []
      page.fields["refused_facts"] = try RefusedFactsPage.notice(visit)
      page.fields["open_requests"] = try RequestListPage.notice(visit)
      return page
    }
    let tasks = PlaceTasks(visit)
    let buttons = tasks.buttons(at: roots)
    return Rendering(
      template: "home", title: words["home.title"],
      fields: [
        "has_places": !roots.isEmpty,
        "places": try roots.map(tasks.row), "has_buttons": !buttons.isEmpty, "buttons": buttons,
        "command": words["imports.command"], "refused_facts": try RefusedFactsPage.notice(visit),
        "open_requests": try RequestListPage.notice(visit),
      ])
  }

  /// What the visitor can do, for roles that see no figures: patients first, then the log, then places
  /// and workers.
  private func otherTasks() -> Rendering {
    let words = visit.words
    let ways: [(Action, String, String)] = [
      (.searchPersons, "search", "/search"), (.registerPerson, "register", "/people/new"),
      (.seeCare, "referrals", "/referrals"), (.readLog, "log", "/log"),
      (.seeWorkers, "workers", "/workers"), (.seePlaces, "places", "/administration/places"),
      (.importStaff, "staff_lists", "/lists/staff"), (.seeImports, "imports", "/imports"),
      (.calculate, "calculator", "/calculator"),
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
