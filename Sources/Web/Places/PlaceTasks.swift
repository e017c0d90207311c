import Health
import Journal
import Monitoring
import Services

/// What is done with the people of a place, in the order of a day at the Posyandu: register whoever
/// is new, weigh, look after the families. To find somebody, the search stands above every page.
struct PlaceTasks {
  private let visit: Visit
  private var words: Words { visit.words }
  private var rights: Rights { visit.visitor.rights }

  init(_ visit: Visit) { self.visit = visit }

  /// The buttons of one place.
  func buttons(at place: Place) throws -> [Fields] {
    [
      register(at: [place]), try unweighed(at: place),
      families(at: place).map { button(words["families.title"], $0) },
      DuplicatesPage.isArea(place) && rights.may(.decideMerge, at: place.id)
        ? button(words["duplicates.title"], list("/duplicates", of: place)) : nil,
    ].compactMap(\.self)
  }

  /// The buttons of somebody who looks after several places, for all of them together.
  func buttons(at places: [Place]) -> [Fields] {
    [
      register(at: places),
      places.contains { rights.may(.seeFamily, at: $0.id) }
        ? button(words["families.title"], "/families") : nil,
    ].compactMap(\.self)
  }

  /// A place among several: what is there, and the ways to its people.
  func row(_ place: Place) throws -> Fields {
    let posyandu = visit.tree.subtree(of: place.id).filter {
      $0.kind == .posyandu && $0.id != place.id && $0.endedOn == nil
    }.count
    let about = [
      words["kinds.\(place.kind.code)"],
      posyandu == 0
        ? nil : words("home.posyandu", ["count": visit.format.whole(posyandu)]),
      rights.hidesSmallCounts(at: place.id)
        ? nil
        : words(
          "home.children",
          ["count": visit.format.whole(try count(SKDNColumn.registered.selection, at: place))]),
    ]
    let buttons = [
      try unweighed(at: place), families(at: place).map { button(words["families.title"], $0) },
    ].compactMap(\.self)
    return [
      "name": place.name, "place_url": Links.place(place),
      "about": about.compactMap(\.self).joined(separator: " · "),
      // Told for each place: what is missing here would be taken from the whole page.
      "has_buttons": !buttons.isEmpty, "buttons": buttons,
    ]
  }

  private func register(at places: [Place]) -> Fields? {
    guard places.contains(where: { rights.may(.registerPerson, at: $0.id) }) else { return nil }
    return ["label": words["people.register"], "task_url": "/people/new"]
  }

  /// The way to the children of a place who were not weighed yet in the month that runs; nothing
  /// where there are none.
  private func unweighed(at place: Place) throws -> Fields? {
    guard rights.may(.openNames, at: place.id) else { return nil }
    let selection = NameSelection(.weighed, .standing(.missed))
    let month = visit.currentMonth
    // As many as the list behind it names: one more would tell that somebody is protected.
    let count = try visit.district.namedCount(selection, at: place, in: month)
    guard count > 0 else { return nil }
    return button(
      words(
        "place.unweighed",
        ["month": visit.format.month(month), "count": visit.format.whole(count)]),
      Links.names(selection, at: place, month))
  }

  private func count(_ selection: NameSelection, at place: Place) throws -> Int {
    let month = visit.currentMonth
    let figures = try visit.district.figures(of: place, from: month, through: month)
    return selection.count { figures.figure($0, in: month) }
  }

  private func families(at place: Place) -> String? {
    rights.may(.seeFamily, at: place.id) ? list("/families", of: place) : nil
  }

  private func list(_ path: String, of place: Place) -> String {
    Links.address(path, [("place", place.id.text)])
  }

  private func button(_ label: String, _ url: String) -> Fields {
    ["label": label, "task_url": url, "is_quiet": true]
  }
}
