import Health
import Journal
import Programmes
import Services

/// The families of a place, or of all places that the visitor looks after: sorted, filtered, and as a
/// file.
struct FamiliesPage {
  private static let pageSize = 50

  private enum Order: String, CaseIterable {
    case head, rt, members, index
  }

  /// What may be asked of the index: a class, or that it cannot be told.
  private enum ClassFilter: String, CaseIterable {
    case healthy, pre_healthy, unhealthy, unknown, does_not_apply
  }

  private let visit: Visit
  /// The visitor's own places, each with all below it.
  private let own: [Place]
  /// The place whose families are listed; nothing for all of the visitor's.
  private let place: Place?
  private let order: Order
  private let wanted: ClassFilter?
  private let isWithoutCard: Bool
  private let families: [FamilyEntry]
  private let scores: [Identifier: FamilyIndexScore]

  private var words: Words { visit.words }

  init(_ visit: Visit, for action: Action = .seeFamily) throws {
    self.visit = visit
    own = visit.ownPlaces(for: action).filter { visit.visitor.rights.may(.seeFamily, at: $0.id) }
    if let asked = try visit.query.place(in: visit.tree) {
      let place = try visit.place(asked.id, for: action)
      guard visit.visitor.rights.may(.seeFamily, at: place.id) else { throw PageProblem.outOfReach }
      self.place = place
    } else {
      guard let first = own.first else { throw PageProblem.outOfReach }
      place = own.count == 1 ? first : nil
    }
    order = try visit.query.required("sort") { Order(rawValue: $0) } ?? .head
    wanted = try visit.query.required("class") { ClassFilter(rawValue: $0) }
    isWithoutCard = try visit.query.required("card") { $0 == "none" ? true : nil } ?? false
    let listed = (place.map { [$0] } ?? own).flatMap { visit.tree.subtree(of: $0.id).map(\.id) }
    let lists = try visit.district.families(at: listed)
    let shown = isWithoutCard ? lists.filter { $0.familyCardNumber.isEmpty } : lists
    // Every family's index is worked out only where the order or the choice asks for it.
    if wanted != nil || order == .index {
      let scores = try FamiliesPage.scores(of: shown.map(\.id), visit)
      let wanted = wanted
      families = FamiliesPage.sorted(
        shown.filter { family in
          wanted.map { $0 == FamiliesPage.classFilter(scores[family.id]) } ?? true
        }, order, scores)
      self.scores = scores
    } else {
      families = FamiliesPage.sorted(shown, order, [:])
      scores = [:]
    }
  }

  /// The places of which the list offers the parts: the visitor's own; of a whole district only
  /// the Puskesmas around the place.
  private var scopes: [Place] {
    func isWide(_ place: Place) -> Bool {
      [.district, .province, .subdistrict].contains(place.kind)
    }
    guard let place, own.contains(where: isWide) else { return own }
    let highest = visit.tree.path(from: place.id).last {
      !isWide($0) && visit.visitor.rights.may(.seeFamily, at: $0.id)
    }
    return [highest ?? place]
  }

  private static func classFilter(_ score: FamilyIndexScore?) -> ClassFilter {
    switch score?.familyClass {
    case .known(.healthy): .healthy
    case .known(.preHealthy): .pre_healthy
    case .known(.unhealthy): .unhealthy
    case .doesNotApply: .does_not_apply
    case .unknown, nil: .unknown
    }
  }

  private static func sorted(
    _ families: [FamilyEntry], _ order: Order, _ scores: [Identifier: FamilyIndexScore]
  ) -> [FamilyEntry] {
    /// RT and RW are numbers that people write with or without zeros; those unknown come last.
    func unit(_ text: String) -> (Int, String) { (Int(text) ?? (text.isEmpty ? .max : 0), text) }
    func name(_ family: FamilyEntry) -> (String, Identifier) {
      (PersonSummary.key(of: family.head.name), family.id)
    }
    switch order {
    case .head:
      return families.map { (name($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    case .rt:
      return families.map {
        ((unit($0.communityUnit), unit($0.neighbourhood), name($0)), $0)
      }.sorted { left, right in
        let (a, b) = (left.0, right.0)
        if a.0 != b.0 { return a.0 < b.0 }
        return a.1 != b.1 ? a.1 < b.1 : a.2 < b.2
      }.map(\.1)
    case .members:
      return families.sorted {
        $0.memberCount != $1.memberCount
          ? $0.memberCount > $1.memberCount : name($0) < name($1)
      }
    case .index:
      // Those who need most first; those of whom nothing can be said last.
      func rank(_ family: FamilyEntry) -> (Int, Int) {
        let score = scores[family.id]
        let place =
          switch FamiliesPage.classFilter(score) {
          case .unhealthy: 0
          case .pre_healthy: 1
          case .healthy: 2
          case .unknown: 3
          case .does_not_apply: 4
          }
        return (place, score?.lowest?.thousandths ?? 0)
      }
      return families.map { (rank($0), $0) }.sorted {
        $0.0 != $1.0 ? $0.0 < $1.0 : name($0.1) < name($1.1)
      }.map(\.1)
    }
  }

  func rendering() throws -> Rendering {
    let page = try visit.query.page()
    let size = FamiliesPage.pageSize
    let pages = max(1, (families.count + size - 1) / size)
    guard page <= pages else { throw PageProblem.badParameter(name: "page", value: "\(page)") }
    let shown = families.dropFirst((page - 1) * size).prefix(size)
    let scores = try known(shown.map(\.id))
    let title = words["families.title"]
    let name = place.map { visit.named($0) } ?? words["families.all_places"]
    let mayExport = (place.map { [$0] } ?? own).allSatisfy {
      visit.visitor.rights.may(.exportNames, at: $0.id)
    }
    return Rendering(
      template: "families", title: "\(title), \(name)",
      crumbs: place.map { visit.crumbs(to: $0) + [Crumb(name: title)] } ?? visit.homeCrumbs(title),
      focus: place.map { ($0, visit.snapshot.openingMonth) },
      fields: [
        "place_name": name,
        "summary": words("families.count", ["count": visit.format.whole(families.count)]),
        "action": "/families", "filters": ["action": "/families", "fields": selects()] as Fields,
        "has_rows": !shown.isEmpty, "rows": shown.map { row($0, scores[$0.id]) },
        "export_url": mayExport ? address("/families.csv") : nil,
        "paging": pages > 1
          ? Paging(visit).fields(page, of: pages, size: size, total: families.count) {
            address("/families", page: $0)
          } : nil,
      ])
  }

  private static func scores(
    of ids: [Identifier], _ visit: Visit
  ) throws -> [Identifier: FamilyIndexScore] {
    try visit.district.familyScores(
      of: ids, on: visit.today, without: visit.visitor.rights.hiddenItems)
  }

  private func known(_ ids: [Identifier]) throws -> [Identifier: FamilyIndexScore] {
    scores.isEmpty ? try FamiliesPage.scores(of: ids, visit) : scores
  }

  private func address(_ path: String, page: Int? = nil) -> String {
    Links.address(
      path,
      [
        ("place", place?.id.text), ("class", wanted?.rawValue),
        ("card", isWithoutCard ? "none" : nil), ("sort", order == .head ? nil : order.rawValue),
        ("page", page.map { "\($0)" }),
      ])
  }

  private func selects() -> [Fields] {
    func select(
      _ name: String, _ options: [(value: String, text: String)], _ chosen: String
    ) -> Fields {
      .select(name, label: words["families.filter_\(name)"], options, chosen: chosen)
    }
    let places = scopes.flatMap { visit.tree.subtree(of: $0.id) }.filter { place in
      [.puskesmas, .pustu, .village, .posyandu].contains(place.kind) && place.endedOn == nil
        && visit.visitor.rights.may(.seeFamily, at: place.id)
    }.map { place in
      let village = visit.tree.path(from: place.id).first { $0.kind == .village }
      let before = place.kind == .posyandu ? village.map { "\($0.name), " } ?? "" : ""
      return (rank: place.kind == .puskesmas ? 0 : 1, name: before + visit.named(place), place)
    }.sorted { ($0.rank, $0.name, $0.2.id) < ($1.rank, $1.name, $1.2.id) }
    let all = [(value: "", text: words["administration.all"])]
    return [
      select(
        "place",
        (own.count > 1 ? [(value: "", text: words["families.all_places"])] : [])
          + places.map { (value: $0.2.id.text, text: $0.name) }, place?.id.text ?? ""),
      select(
        "class",
        all
          + ClassFilter.allCases.map {
            ($0.rawValue, words["family_index.classes.\($0.rawValue)"])
          }, wanted?.rawValue ?? ""),
      select(
        "card", all + [("none", words["families.without_card"])], isWithoutCard ? "none" : ""),
      select(
        "sort", Order.allCases.map { ($0.rawValue, words["families.sort_\($0.rawValue)"]) },
        order.rawValue),
    ]
  }

  private func units(_ family: FamilyEntry) -> String {
    [("RT", family.neighbourhood), ("RW", family.communityUnit)].filter { !$0.1.isEmpty }
      .map { "\($0.0) \($0.1)" }.joined(separator: " ")
  }

  private func posyandu(_ family: FamilyEntry) -> String {
    visit.tree.places[family.place].map { visit.named($0) } ?? words["common.unknown_place"]
  }

  private func className(_ score: FamilyIndexScore?) -> String {
    words["family_index.classes.\(FamiliesPage.classFilter(score).rawValue)"]
  }

  private func row(_ family: FamilyEntry, _ score: FamilyIndexScore?) -> Fields {
    let none = words["common.none"]
    let units = units(family)
    let tone =
      switch FamiliesPage.classFilter(score) {
      case .healthy: "good"
      case .pre_healthy: "fair"
      case .unhealthy: "bad"
      default: "none"
      }
    return [
      "url": Links.family(family.id), "head": visit.name(of: family.head),
      "card": PersonText.maskedNumber(family.familyCardNumber) ?? words["people.no_card"],
      "units": units.isEmpty ? none : units, "address": family.address,
      "posyandu": posyandu(family), "members": visit.format.whole(family.memberCount),
      "class": className(score), "tone": tone,
    ]
  }

  /// All of them for a spreadsheet.
  func spreadsheet() throws -> Spreadsheet {
    let keys = [
      "families.head", "people.field_card", "families.rt", "families.rw", "people.address",
      "people.field_place", "families.members", "family_index.name",
    ]
    var rows: [[Spreadsheet.Cell]] = [keys.map { .text(words[$0]) }]
    let scores = try known(families.map(\.id))
    for family in families {
      rows.append([
        .text(visit.name(of: family.head)),
        .text(PersonText.maskedNumber(family.familyCardNumber) ?? ""),
        .text(family.neighbourhood), .text(family.communityUnit), .text(family.address),
        .text(posyandu(family)), .count(family.memberCount), .text(className(scores[family.id])),
      ])
    }
    return Spreadsheet(name: "families-\(place?.name ?? Format.iso(visit.today)).csv", rows: rows)
  }
}
