import ArgumentParser
import Foundation
import Health
import Journal
import Services

/// `sikilap district move-residents --from PLACE --to PLACE`: those who live in a place that is no
/// more, as a whole or a part of them; only shown until `--write` is given.
struct DistrictMoveResidents: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "move-residents", abstract: words("commands.residents.about"))
  }

  @OptionGroup var options: DatabaseOptions
  @OptionGroup var author: AuthorOptions
  @Option(help: ArgumentHelp(words("commands.residents.from"))) var from: String
  @Option(help: ArgumentHelp(words("commands.residents.to"))) var to: String
  @Option(help: ArgumentHelp(words("commands.residents.posyandu"))) var posyandu: String?
  @Option(help: ArgumentHelp(words("commands.residents.rw"))) var rw: String?
  @Option(help: ArgumentHelp(words("commands.residents.rt"))) var rt: String?
  @Option(help: ArgumentHelp(words("commands.residents.on"))) var on: String?
  @Flag(help: ArgumentHelp(words("commands.residents.write"))) var write = false

  func run() async throws {
    try await inWords { try await move() }
  }

  private func move() async throws {
    let district = try options.open()
    defer { try? district.journal.close() }
    let tree = try district.places()
    let now = Clock.now()
    let today = now.day(hoursEastOfGreenwich: district.hoursEastOfGreenwich)
    let place = try AreaName.find(from, in: tree)
    let target = try AreaName.find(to, in: tree)
    let division: ResidentDivision = rw == nil && rt == nil ? .place : .unit
    let residents = try district.residents(of: place.id, by: division)
    let posyandu = try posyandu.map { try AreaName.find($0, in: tree).id }
    var targets: [ResidentPart: ResidentTarget] = [:]
    for part in residents.parts where isChosen(part, posyandu) {
      targets[part] = way(of: part, to: target, in: tree)
    }
    // The day after the last one of the place, where no other is told.
    let first = place.endedOn.map { CivilDate(dayNumber: $0.dayNumber + 1) } ?? today
    let day = try on.map { try DistrictText.day($0, notAfter: today) } ?? first
    let move = ResidentMove(from: place.id, by: division, to: targets, on: day)
    let plan = try district.plan(move, today: today)
    show(plan, targets, tree)
    var values = [
      "families": String(plan.count.households), "persons": String(plan.count.persons),
      "posyandu": String(plan.posyandu), "from": DistrictText.named(place),
      "to": DistrictText.named(target),
    ]
    guard write else { return tell(words("commands.residents.planned", values)) }
    let worker = try author.worker(in: district, for: .moveResidents, now: now)
    try AccessLog.settle(district)
    let (batch, _) = try await district.carryOut(move, expecting: plan.count, by: worker, at: now)
    try AccessLog.settle(district)
    values["batch"] = batch.text
    tell(words("commands.residents.done", values))
  }

  private func isChosen(_ part: ResidentPart, _ posyandu: Identifier?) -> Bool {
    func same(_ wanted: String?, _ there: String) -> Bool {
      guard let wanted else { return true }
      return (Int(wanted).map(String.init) ?? wanted) == there
    }
    switch part {
    case .place(let id): return posyandu.map { $0 == id } ?? true
    case .unit(let unit, let neighbourhood):
      return same(rw, unit) && same(rt, neighbourhood)
    }
  }

  /// A Posyandu that is still there goes to another village with its people.
  private func way(of part: ResidentPart, to target: Place, in tree: PlaceTree) -> ResidentTarget {
    if case .place(let id) = part, let own = tree.places[id], own.kind == .posyandu,
      own.endedOn == nil, target.kind == .village
    {
      return .along(target.id)
    }
    return .place(target.id)
  }

  private func show(
    _ plan: ResidentMove.Plan, _ targets: [ResidentPart: ResidentTarget], _ tree: PlaceTree
  ) {
    for part in plan.residents.parts {
      let count = plan.residents.count(of: [part])
      let key =
        switch targets[part] {
        case nil: "stays"
        case .place: "moves"
        case .along: "goes_along"
        }
      print(
        words(
          "commands.residents.\(key)",
          [
            "part": name(of: part, tree), "families": String(count.households),
            "persons": String(count.persons),
          ]))
    }
  }

  private func name(of part: ResidentPart, _ tree: PlaceTree) -> String {
    switch part {
    case .place(let id): tree.places[id].map(DistrictText.named) ?? id.text
    case .unit(let unit, let neighbourhood):
      "RW \(unit.isEmpty ? "–" : unit) RT \(neighbourhood.isEmpty ? "–" : neighbourhood)"
    }
  }
}

extension Refusal {
  init(residents problem: ResidentMoveProblem) {
    switch problem {
    case .notEnded: self.init("residents_not_ended")
    case .nobody: self.init("residents_nobody")
    case .unfitTarget, .noPosyandu: self.init("residents_target")
    case .dayTooEarly(let last):
      let day = last.components
      self.init(
        "residents_day",
        ["day": String(format: "%04d-%02d-%02d", day.year, day.month, day.day)])
    case .dayInFuture: self.init("residents_day_in_future")
    case .changedMeanwhile: self.init("too_busy")
    case .refused(let refusal): self.init("district_refused", ["reason": refusal.rawValue])
    }
  }
}
