import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// Records of an area that may be one person, with a way to decide each.
struct DuplicatesPage {
  private static let pageSize = 20

  private enum Order: String, CaseIterable {
    case score, name
  }

  private struct Shown {
    let first: PersonEntry
    let second: PersonEntry
    let evidence: DuplicateEvidence
  }

  private let visit: Visit
  private let place: Place
  private let order: Order
  private let isLikelyOnly: Bool
  private let standing: DuplicateReview.Standing
  private let pairs: [Shown]

  private var words: Words { visit.words }

  init(_ visit: Visit, _ place: Place, _ standing: DuplicateReview.Standing) throws {
    self.visit = visit
    self.place = place
    self.standing = standing
    order = try visit.query.required("sort") { Order(rawValue: $0) } ?? .score
    isLikelyOnly = try visit.query.required("level") { $0 == "likely" ? true : nil } ?? false
    let found = (standing.findings?.pairs ?? []).filter { [isLikelyOnly] pair in
      !isLikelyOnly || pair.evidence.proposal == .likely
    }
    let entries = try visit.district.entries(Set(found.flatMap { [$0.first, $0.second] }))
    // Records that were joined since, and those who moved out of reach, are no question any more.
    var pairs = try found.compactMap { pair -> Shown? in
      guard let first = entries[pair.first], let second = entries[pair.second],
        first.mergedInto == nil, second.mergedInto == nil,
        try visit.may(.decideMerge, with: first), try visit.may(.decideMerge, with: second)
      else { return nil }
      return Shown(first: first, second: second, evidence: pair.evidence)
    }
    if order == .name {
      pairs.sort { ($0.first.name, $0.first.id) < ($1.first.name, $1.first.id) }
    }
    self.pairs = pairs
  }

  func rendering() throws -> Rendering {
    let page = try visit.query.page()
    let size = DuplicatesPage.pageSize
    let pages = max(1, (pairs.count + size - 1) / size)
    guard page <= pages else { throw PageProblem.badParameter(name: "page", value: "\(page)") }
    let shown = pairs.dropFirst((page - 1) * size).prefix(size)
    let title = words["duplicates.title"]
    let findings = standing.findings
    return Rendering(
      template: "duplicates", title: "\(title), \(visit.named(place))",
      crumbs: visit.crumbs(to: place) + [Crumb(name: title)],
      focus: (place, visit.snapshot.openingMonth),
      fields: [
        "place_name": visit.named(place), "place": place.id.text,
        "form_token": visit.visitor.formToken,
        "summary": findings.map { findings in
          words(
            "duplicates.summary",
            [
              "count": visit.format.whole(pairs.count),
              "persons": visit.format.whole(findings.persons),
              "moment": standing.at.map(visit.format.moment) ?? "",
            ])
        },
        "running": standing.isRunning ? words["duplicates.running"] : nil,
        "failed": standing.hasFailed && !standing.isRunning ? words["duplicates.failed"] : nil,
        "cut": findings?.isCut == true ? words["duplicates.cut"] : nil,
        "skipped": findings.flatMap { findings in
          findings.skippedGroups == 0
            ? nil
            : words(
              "duplicates.skipped", ["count": visit.format.whole(findings.skippedGroups)])
        },
        "reload_url": address("/duplicates"), "is_running": standing.isRunning,
        "done": visit.query["done"].flatMap { words.find("people.done_\($0)") },
        "filters": ["action": "/duplicates", "fields": selects()] as Fields,
        "has_rows": !shown.isEmpty, "rows": shown.map(row), "is_known": findings != nil,
        "export_url": findings != nil && visit.visitor.rights.may(.exportNames, at: place.id)
          ? address("/duplicates.csv") : nil,
        "paging": pages > 1
          ? Paging(visit).fields(page, of: pages, size: size, total: pairs.count) {
            address("/duplicates", page: $0)
          } : nil,
      ])
  }

  private func address(_ path: String, page: Int? = nil) -> String {
    Links.address(
      path,
      [
        ("place", place.id.text), ("level", isLikelyOnly ? "likely" : nil),
        ("sort", order == .score ? nil : order.rawValue), ("page", page.map { "\($0)" }),
      ])
  }

  private func selects() -> [Fields] {
    func select(_ name: String, _ options: [(String, String, Bool)]) -> Fields {
      [
        "name": name, "label": words["duplicates.filter_\(name)"],
        "options": options.map { option -> Fields in
          ["value": option.0, "text": option.1, "selected": option.2]
        },
      ]
    }
    let own = visit.ownPlaces(for: .decideMerge)
    let places = DuplicatesPage.areas(own, visit.tree).filter {
      visit.visitor.rights.may(.decideMerge, at: $0.id)
    }.sorted { ($0.kind.rawValue, $0.name, $0.id) < ($1.kind.rawValue, $1.name, $1.id) }
    return [
      select("place", places.map { ($0.id.text, visit.named($0), $0.id == place.id) }),
      select(
        "level",
        [
          ("", words["administration.all"], !isLikelyOnly),
          ("likely", words["people.very_likely"], isLikelyOnly),
        ]),
      select(
        "sort",
        Order.allCases.map { ($0.rawValue, words["duplicates.sort_\($0.rawValue)"], $0 == order) }),
    ]
  }

  /// Areas of a size that can be compared at once: those of a Puskesmas and what lies in it.
  static func areas(_ places: [Place], _ tree: PlaceTree) -> [Place] {
    places.flatMap { tree.subtree(of: $0.id) }.filter {
      isArea($0) && $0.kind != .posyandu && $0.endedOn == nil
    }
  }

  static func isArea(_ place: Place) -> Bool {
    [.puskesmas, .pustu, .village, .posyandu].contains(place.kind)
  }

  private func row(_ pair: Shown) -> Fields {
    let text = PersonFields(visit: visit)
    func side(_ person: PersonEntry) -> Fields {
      [
        "name": visit.name(of: person), "url": Links.person(person.id),
        "born": person.birthDate.map(visit.format.date) ?? words["common.not_known"],
        "sex": person.sex.map { words["sexes.\($0.code)"] } ?? words["common.not_known"],
        "mother": person.motherName.isEmpty ? words["common.not_known"] : person.motherName,
        "home": text.home(person.place) ?? words["common.not_known"],
        "nik": PersonText.maskedNumber(person.nationalIdentityNumber) ?? words["people.no_nik"],
        "died": person.diedOn.map { words("search.died", ["date": visit.format.date($0)]) },
      ]
    }
    return [
      "first": side(pair.first), "second": side(pair.second),
      "same_url": Links.person(pair.first.id) + "/same", "other": pair.second.id.text,
      "score": "\(pair.evidence.total)",
      "bits": visit.format.number(Double(pair.evidence.total) / 100, digits: 1),
      "is_likely": pair.evidence.proposal == .likely, "list": place.id.text,
      "form_token": visit.visitor.formToken, "reasons": text.reasons(pair.evidence),
    ]
  }

  /// All pairs for a spreadsheet.
  func spreadsheet() -> Spreadsheet {
    let side = [
      "names.name", "people.field_born", "names.nik", "names.mother", "people.field_place",
    ]
    let heads =
      side.map { "\(words[$0]) 1" } + side.map { "\(words[$0]) 2" }
      + [words["duplicates.score"], words["duplicates.level"], words["duplicates.reasons"]]
    var rows: [[Spreadsheet.Cell]] = [heads.map { .text($0) }]
    let text = PersonFields(visit: visit)
    for pair in pairs {
      var row: [Spreadsheet.Cell] = []
      for person in [pair.first, pair.second] {
        row += [
          .text(visit.name(of: person)), .day(person.birthDate),
          .text(PersonText.maskedNumber(person.nationalIdentityNumber) ?? ""),
          .text(person.motherName), .text(text.home(person.place) ?? ""),
        ]
      }
      let reasons = text.reasons(pair.evidence).compactMap { $0["text"] as? String }
      row += [
        .decimal(Double(pair.evidence.total) / 100, digits: 1),
        .text(pair.evidence.proposal == .likely ? words["people.very_likely"] : ""),
        .text(reasons.joined(separator: "; ")),
      ]
      rows.append(row)
    }
    return Spreadsheet(name: "duplicates-\(place.name).csv", rows: rows)
  }
}

extension Visit {
  /// The area whose duplicates are asked for: the one named, or the visitor's first.
  private func duplicatesPlace(_ asked: Identifier?) throws -> Place {
    if let asked {
      let place = try place(asked, for: .decideMerge)
      guard DuplicatesPage.isArea(place) else { throw PageProblem.notFound }
      return place
    }
    let own = ownPlaces(for: .decideMerge)
    guard
      let first = own.first(where: DuplicatesPage.isArea) ?? DuplicatesPage.areas(own, tree).first
    else { throw PageProblem.outOfReach }
    return first
  }

  /// The scan runs in the background; small areas are done while the visitor waits a moment.
  func duplicates() async throws -> DuplicatesPage {
    let asked = try query.place(in: tree)
    let place = try duplicatesPlace(asked?.id)
    log.note(place: place.id)
    func standing() -> DuplicateReview.Standing {
      site.duplicates.standing(
        of: place.id, in: site.district, tree: tree, facts: snapshot.extent.facts, at: site.now)
    }
    var now = standing()
    for _ in 0..<20 where now.findings == nil && (now.isRunning || !now.hasFailed) {
      try await Task.sleep(for: .milliseconds(50))
      now = standing()
    }
    return try DuplicatesPage(self, place, now)
  }

  /// Compares an area anew.
  func scanDuplicates(_ form: Form) throws -> Response {
    let place = try duplicatesPlace(Identifier(text: form["place"]))
    _ = site.duplicates.standing(
      of: place.id, in: site.district, tree: tree, facts: snapshot.extent.facts, at: site.now,
      isAnew: true)
    return redirect(to: Links.address("/duplicates", [("place", place.id.text)]))
  }
}
