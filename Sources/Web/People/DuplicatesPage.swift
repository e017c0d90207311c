import Health
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
  private let across: DuplicateReview.Standing?
  private let pairs: [Shown]
  private let elsewhere: [RecordElsewhere]

  private var words: Words { visit.words }

  init(
    _ visit: Visit, _ place: Place, _ standing: DuplicateReview.Standing,
    across: DuplicateReview.Standing?
  ) throws {
    self.visit = visit
    self.place = place
    self.standing = standing
    self.across = across
    order = try visit.query.required("sort") { Order(rawValue: $0) } ?? .score
    isLikelyOnly = try visit.query.required("level") { $0 == "likely" ? true : nil } ?? false
    let here = Set(visit.tree.subtree(of: place.id).map(\.id))
    let acrossHere = (across?.findings?.pairs ?? []).filter {
      here.contains($0.firstHome) || here.contains($0.secondHome)
    }
    let found = ((standing.findings?.pairs ?? []) + acrossHere)
      .filter { [isLikelyOnly] in !isLikelyOnly || $0.evidence.proposal == .likely }
    let entries = try visit.district.entries(Set(found.flatMap { [$0.first, $0.second] }))
    // Records that were joined since, and those who moved out of reach, are no question any more.
    var pairs: [Shown] = []
    var elsewhere: [RecordElsewhere] = []
    for pair in found {
      guard let first = entries[pair.first], let second = entries[pair.second],
        first.mergedInto == nil, second.mergedInto == nil
      else { continue }
      let isHere = [first, second].map { $0.place.map(here.contains) ?? false }
      guard isHere.contains(true) else { continue }
      let may = try (visit.may(.decideMerge, with: first), visit.may(.decideMerge, with: second))
      switch may {
      case (true, true):
        pairs.append(Shown(first: first, second: second, evidence: pair.evidence))
      case (true, false) where isHere[0]:
        elsewhere += [visit.recordElsewhere(of: first, second, pair.evidence)].compactMap(\.self)
      case (false, true) where isHere[1]:
        elsewhere += [visit.recordElsewhere(of: second, first, pair.evidence)].compactMap(\.self)
      default: continue
      }
    }
    switch order {
    case .name: pairs.sort { ($0.first.name, $0.first.id) < ($1.first.name, $1.first.id) }
    case .score: pairs.sort { DuplicatesPage.rank($0) < DuplicatesPage.rank($1) }
    }
    self.pairs = pairs
    // Two records over there are one thing to ask about.
    var told: Set<[Identifier]> = []
    self.elsewhere = elsewhere.filter { told.insert([$0.own.id, $0.puskesmas.id]).inserted }
  }

  private static func rank(_ pair: Shown) -> (Int, Int32, Identifier, Identifier) {
    (
      pair.evidence.proposal == .likely ? 0 : 1, -pair.evidence.total, pair.first.id,
      pair.second.id
    )
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
        "across_running": across.map { $0.isRunning && $0.findings == nil } ?? false
          ? words["duplicates.across_running"] : nil,
        "has_elsewhere": page == 1 && !elsewhere.isEmpty,
        "elsewhere": elsewhere.map(noticeOf),
        "done": try visit.done(
          about: visit.query.required("joined") { Identifier(text: $0) }
            .flatMap { try visit.district.person($0)?.person }),
        "filters": ["action": "/duplicates", "fields": selects()] as Fields,
        "has_rows": !shown.isEmpty, "rows": try shown.map(row), "is_known": findings != nil,
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
    func select(
      _ name: String, _ options: [(value: String, text: String)], _ chosen: String
    ) -> Fields {
      .select(name, label: words["duplicates.filter_\(name)"], options, chosen: chosen)
    }
    let own = visit.ownPlaces(for: .decideMerge)
    let places = DuplicatesPage.areas(own, visit.tree).filter {
      visit.visitor.rights.may(.decideMerge, at: $0.id)
    }.sorted { ($0.kind.rawValue, $0.name, $0.id) < ($1.kind.rawValue, $1.name, $1.id) }
    return [
      select("place", places.map { ($0.id.text, visit.named($0)) }, place.id.text),
      select(
        "level", [("", words["administration.all"]), ("likely", words["people.very_likely"])],
        isLikelyOnly ? "likely" : ""),
      select(
        "sort", Order.allCases.map { ($0.rawValue, words["duplicates.sort_\($0.rawValue)"]) },
        order.rawValue),
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

  private func noticeOf(_ record: RecordElsewhere) -> Fields {
    let text = PersonFields(visit: visit)
    return [
      "name": visit.name(of: record.own), "url": Links.person(record.own.id),
      "born": record.own.birthDate.map(visit.format.date) ?? words["common.not_known"],
      "home": text.home(record.own.place) ?? words["common.not_known"],
      "puskesmas": visit.named(record.puskesmas),
    ]
  }

  private func row(_ pair: Shown) throws -> Fields {
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
    let homes = try MergedHomes(visit, of: pair.first, joinedWith: pair.second)
    return [
      "first": side(pair.first), "second": side(pair.second),
      "same_url": Links.person(pair.first.id) + "/same", "other": pair.second.id.text,
      "score": "\(pair.evidence.total)",
      "bits": visit.format.number(Double(pair.evidence.total) / 100, digits: 1),
      "is_likely": pair.evidence.proposal == .likely, "list": place.id.text,
      "form_token": visit.visitor.formToken, "reasons": text.reasons(pair.evidence),
      "outcome": try text.outcome(of: pair.first, joinedWith: pair.second, homes),
      "homes": homes.fields(),
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
