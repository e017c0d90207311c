import Foundation
import Health
import Journal
import Services

/// Those who live in a place that is no more, by parts, and where each part goes: chosen, looked
/// at as counts, and then written as one act. Shows nobody by name.
struct ResidentsPage {
  private let visit: Visit
  private let residents: Residents
  private let day: String
  private let chosen: [ResidentPart: ResidentTarget]
  /// What would be done, for whoever decides; nothing while places are still chosen.
  private var plan: ResidentMove.Plan?
  /// What is wrong, in words.
  var problem: String?

  private var words: Words { visit.words }
  private var format: Format { visit.format }
  private var place: Place { residents.place }
  private var path: String { "\(PlaceListPage.link(place.id))/residents" }

  /// The page as it is opened: everybody goes to the successor that is told, and a Posyandu that is
  /// still there goes along.
  init(_ visit: Visit, place: Place) throws {
    let division = try visit.query.required("by") { ResidentDivision(rawValue: $0) } ?? .place
    let residents = try ResidentsPage.residents(of: place, by: division, visit)
    // The day after the last one; where that is today, today.
    let first =
      place.endedOn.map { last in
        last < visit.today ? CivilDate(dayNumber: last.dayNumber + 1) : max(last, visit.today)
      } ?? visit.today
    var chosen: [ResidentPart: ResidentTarget] = [:]
    if let successor = place.successor.flatMap({ visit.tree.places[$0] }),
      ResidentsPage.isFit(successor, visit)
    {
      for part in residents.parts {
        chosen[part] =
          ResidentsPage.goesAlong(part, visit) && successor.kind == .village
          ? .along(successor.id) : .place(successor.id)
      }
    }
    self.init(visit, residents, Format.iso(first), chosen)
  }

  private init(
    _ visit: Visit, _ residents: Residents, _ day: String,
    _ chosen: [ResidentPart: ResidentTarget]
  ) {
    (self.visit, self.residents, self.day, self.chosen) = (visit, residents, day, chosen)
  }

  /// The page as a form was sent.
  init(_ visit: Visit, place: Place, _ form: Form) throws {
    let division = ResidentDivision(rawValue: form["by"]) ?? .place
    var chosen: [ResidentPart: ResidentTarget] = [:]
    for text in form.all("move") {
      let parts = text.split(separator: " ").map(String.init)
      guard parts.count == 2, let part = ResidentPart(code: parts[0]),
        let target = ResidentTarget(code: parts[1])
      else { throw PageProblem.badParameter(name: "move", value: String(text.prefix(40))) }
      chosen[part] = target
    }
    self.init(
      visit, try ResidentsPage.residents(of: place, by: division, visit), form["on"], chosen)
  }

  private static func residents(
    of place: Place, by division: ResidentDivision, _ visit: Visit
  ) throws -> Residents {
    do { return try visit.district.residents(of: place.id, by: division) } catch ResidentMoveProblem
      .notEnded
    { throw PageProblem.notFound }
  }

  private static func isFit(_ place: Place, _ visit: Visit) -> Bool {
    place.endedOn == nil && [.village, .posyandu].contains(place.kind)
      && visit.visitor.rights.may(.moveResidents, at: place.id)
  }

  private static func goesAlong(_ part: ResidentPart, _ visit: Visit) -> Bool {
    guard case .place(let id) = part, let place = visit.tree.places[id] else { return false }
    return place.kind == .posyandu && place.endedOn == nil
  }

  /// What the form asks for; nothing where something on it means nothing.
  mutating func move() -> ResidentMove? {
    guard case .success(let day?) = PersonForm.day(day) else {
      problem = words["people.problems.no_date"]
      return nil
    }
    for target in chosen.values {
      guard let place = visit.tree.places[target.place], ResidentsPage.isFit(place, visit) else {
        problem = words["residents.problems.unfit_target"]
        return nil
      }
    }
    let parts = Set(residents.parts)
    return ResidentMove(
      from: place.id, by: residents.division, to: chosen.filter { parts.contains($0.key) },
      on: day)
  }

  /// Shows what would be done, to be confirmed.
  mutating func show(_ plan: ResidentMove.Plan) { self.plan = plan }

  /// Says why nothing was done.
  mutating func complain(_ reason: ResidentMoveProblem) {
    let (code, day): (String, CivilDate?) =
      switch reason {
      case .notEnded: ("not_ended", nil)
      case .nobody: ("nobody", nil)
      case .unfitTarget: ("unfit_target", nil)
      case .noPosyandu: ("no_posyandu", nil)
      case .dayTooEarly(let day): ("day_too_early", day)
      case .dayInFuture: ("day_in_future", nil)
      case .changedMeanwhile: ("changed_meanwhile", nil)
      case .refused: ("refused", nil)
      }
    problem = words("residents.problems.\(code)", ["date": day.map { format.date($0) } ?? ""])
  }

  func rendering() throws -> Rendering {
    let title = words["residents.title"]
    let total = residents.total
    let options = targets()
    let before = try moves()
    return Rendering(
      template: "residents", title: "\(title), \(visit.named(place))",
      crumbs: visit.crumbs(toRecordOf: place, title), section: .administration,
      fields: [
        "place_name": visit.named(place), "problem": problem, "path": path,
        "summary": words(
          "residents.summary",
          [
            "date": place.endedOn.map { format.date($0) } ?? "",
            "families": format.whole(total.households), "persons": format.whole(total.persons),
          ]),
        "done": visit.query["done"].flatMap { Int($0) }.map {
          words("residents.done", ["count": format.whole($0)])
        },
        "form_token": visit.visitor.formToken, "by": residents.division.rawValue, "on": day,
        "divisions": ResidentDivision.allCases.map { division -> Fields in
          [
            "division_url": Links.address(path, [("by", division.rawValue)]),
            "division": words["residents.by_\(division.rawValue)"],
            "is_current": division == residents.division,
          ]
        },
        "chooses": plan == nil && total.persons > 0, "is_nobody": total.persons == 0,
        "parts": residents.parts.map { row($0, options) },
        "plan": plan.map(planned), "has_moves": !before.isEmpty, "moves": before,
      ])
  }

  /// Where people may go: to the successor, to places of the same Puskesmas or kecamatan, and where
  /// there are none to every place in reach.
  private func targets() -> [Place] {
    let tree = visit.tree
    let gone = Set(tree.subtree(of: place.id).map(\.id))
    let village = place.kind == .village ? place : place.partOf.flatMap { tree.places[$0] }
    let villages = tree.places.values.filter { $0.kind == .village && !gone.contains($0.id) }
    let near = villages.filter { other in
      other.id == place.successor || other.id == village?.id
        || (other.within != nil && other.within == village?.within)
        || (other.partOf != nil && other.partOf == village?.partOf)
    }
    let fit = (near.isEmpty ? villages : near).filter { ResidentsPage.isFit($0, visit) }
      .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    return fit.flatMap { village in
      [village]
        + tree.children(of: village.id).filter {
          $0.kind == .posyandu && !gone.contains($0.id) && ResidentsPage.isFit($0, visit)
        }
    }
  }

  private func row(_ part: ResidentPart, _ options: [Place]) -> Fields {
    let count = residents.count(of: [part])
    let goesAlong = ResidentsPage.goesAlong(part, visit)
    var targets = options.map { ResidentTarget.place($0.id) }
    if goesAlong {
      targets = options.filter { $0.kind == .village }.map { .along($0.id) } + targets
    }
    return [
      "part": named(part), "families": format.whole(count.households),
      "persons": format.whole(count.persons),
      "options": targets.map { target -> Fields in
        [
          "value": "\(part.code) \(target.code)", "text": named(target),
          "selected": chosen[part] == target,
        ]
      },
    ]
  }

  private func planned(_ plan: ResidentMove.Plan) -> Fields {
    let lines = residents.parts.map { part -> Fields in
      let count = residents.count(of: [part])
      return [
        "part": named(part), "families": format.whole(count.households),
        "persons": format.whole(count.persons),
        "target": chosen[part].map(named) ?? words["residents.stay"],
        "move": chosen[part].map { "\(part.code) \($0.code)" },
      ]
    }
    return [
      "lines": lines, "expected_families": "\(plan.count.households)",
      "expected_persons": "\(plan.count.persons)",
      "sentence": words(
        "residents.will",
        [
          "families": format.whole(plan.count.households),
          "persons": format.whole(plan.count.persons),
          "posyandu": format.whole(plan.posyandu),
          "date": (try? PersonForm.day(day).get()).flatMap(\.self).map { format.date($0) } ?? day,
        ]),
    ]
  }

  private func named(_ part: ResidentPart) -> String {
    switch part {
    case .place(let id):
      guard let place = visit.tree.places[id] else { return words["common.unknown_place"] }
      return place.id == residents.place.id && place.kind == .village
        ? words("residents.without_posyandu", ["place": visit.named(place)]) : visit.named(place)
    case .unit(let rw, let rt):
      let told = [("RW", rw), ("RT", rt)].filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1)" }
      return told.isEmpty ? words["residents.no_unit"] : told.joined(separator: " ")
    }
  }

  private func named(_ target: ResidentTarget) -> String {
    guard let place = visit.tree.places[target.place] else { return words["common.unknown_place"] }
    if case .along = target {
      return words("residents.along", ["place": visit.named(place)])
    }
    let village = place.kind == .posyandu ? place.partOf.flatMap { visit.tree.places[$0] } : nil
    return [village, place].compactMap(\.self).map { visit.named($0) }.joined(separator: ", ")
  }

  /// What was moved from here before, and the way to take it back.
  private func moves() throws -> [Fields] {
    let batches = try visit.district.importBatches().filter {
      $0.kind == .residents && $0.place == place.id
    }
    let text = try ImportText(visit, of: batches)
    return batches.map { batch in
      text.fields(of: batch).merging([
        "undo_url": visit.mayUndo(batch) ? "/imports/\(batch.id.text)/undo" : nil
      ])
    }
  }
}
