import Foundation
import Health
import Journal
import Services

/// Places, and children, whose name holds what was typed.
struct SearchPage {
  private static let limit = 50

  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  func rendering() throws -> Rendering {
    let words = visit.words
    let typed = (visit.query["q"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    let query = String(typed.prefix(80))
    let results = query.isEmpty ? [] : try places(query) + children(query)
    let summary =
      query.isEmpty
      ? words["search.type"]
      : words(
        "search.results", ["count": visit.format.whole(results.count), "query": query])
    return Rendering(
      template: "search",
      title: query.isEmpty ? words["search.title"] : "\(words["common.search_button"]): \(query)",
      crumbs: visit.homeCrumbs(words["search.title"]), searched: query.isEmpty ? nil : query,
      fields: [
        "summary": summary, "has_results": !results.isEmpty, "results": results,
        "hint": query.isEmpty ? words["search.hint"] : words["search.none_hint"],
      ])
  }

  private func places(_ query: String) -> [Fields] {
    let key = PersonSummary.key(of: query)
    guard !key.isEmpty else { return [] }
    return visit.tree.places.values
      .filter { PersonSummary.key(of: $0.name).contains(key) || $0.code == query }
      .sorted { ($0.kind.rawValue, $0.name, $0.id) < ($1.kind.rawValue, $1.name, $1.id) }
      .prefix(SearchPage.limit)
      .map { place in
        let above = visit.tree.path(from: place.id).dropFirst().map { visit.named($0) }
        return [
          "name": place.name, "kind": visit.words["kinds.\(place.kind.code)"],
          "path": above.isEmpty ? visit.words["common.none"] : above.joined(separator: ", "),
          "url": Links.place(place),
        ]
      }
  }

  private func children(_ query: String) throws -> [Fields] {
    guard query.count >= 3 else { return [] }
    return try visit.district.search(query, limit: SearchPage.limit).map { person in
      let place = person.place.flatMap { visit.tree.places[$0] }
      let born = person.birthDate.map { visit.format.date($0) }
      let path = [born, place.map { visit.named($0) }].compactMap(\.self)
      return [
        "name": visit.name(of: person), "kind": visit.words["kinds.person"],
        "path": path.isEmpty ? visit.words["common.none"] : path.joined(separator: ", "),
        "url": Links.child(person.id),
      ]
    }
  }
}
