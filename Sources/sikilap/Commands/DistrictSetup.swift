import ArgumentParser
import Exchange
import Foundation
import Health
import Journal
import Services

/// `sikilap district …`: areas, facilities and boundaries.
struct DistrictCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "district", abstract: words("commands.district.about"),
      subcommands: [
        DistrictSetup.self, DistrictBoundaries.self, DistrictShow.self,
        DistrictMoveResidents.self,
      ])
  }
}

/// `sikilap district setup --area CODE [--area-file FILE] [--facilities FILE]`.
struct DistrictSetup: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "setup", abstract: words("commands.district.setup"))
  }

  @OptionGroup var options: DatabaseOptions
  @OptionGroup var author: AuthorOptions
  @Option(help: ArgumentHelp(words("commands.district.area"))) var area: String?
  @Option(help: ArgumentHelp(words("commands.district.area_file"))) var areaFile: String?
  @Option(help: ArgumentHelp(words("commands.district.facilities"))) var facilities: String?
  @Flag(help: ArgumentHelp(words("commands.district.dry_run"))) var dryRun = false

  func run() throws {
    try inWords {
      guard area != nil || facilities != nil else { throw Refusal("nothing_to_set_up") }
      if areaFile != nil, area == nil { throw Refusal("area_file_without_area") }
      let now = Clock.now()
      let today = now.day(hoursEastOfGreenwich: 7)
      let areas = try area.map { try areaTable($0, today: today) } ?? nil
      let list = try facilities.map { try FacilityTable(path: $0, today: today) }
      if let areas, !areas.problems.isEmpty {
        DistrictText.show(areas.problems, at: "line", of: areaFile ?? area ?? "")
        throw ExitCode.failure
      }
      // From here on all problems and warnings are the facilities'.
      let plan = try plan(areas, list, now: now)
      DistrictText.show(plan.warnings, at: "line", of: facilities ?? "")
      if !plan.problems.isEmpty {
        DistrictText.show(plan.problems, at: "line", of: facilities ?? "")
        throw ExitCode.failure
      }
      show(plan)
      if dryRun {
        tell(words("commands.district.dry_run_done", ["facts": String(plan.factCount)]))
        return
      }
      let district = try options.open(creating: true)
      defer { try? district.journal.close() }
      let worker = try author.worker(in: district, for: .changePlaces, now: now)
      try AccessLog.settle(district)
      try district.carryOut(plan, by: worker, now: now)
      try AccessLog.settle(district)
      tell(words("commands.district.done", ["facts": String(plan.factCount)]))
    }
  }

  /// Works the plan out. Where there is no database yet, in an empty one that goes away again: a
  /// list that is only looked at, or is not taken, leaves none behind.
  private func plan(
    _ areas: AreaTable?, _ facilities: FacilityTable?, now: Instant
  ) throws -> DistrictPlan {
    func plan(_ district: District) throws -> DistrictPlan {
      defer { try? district.journal.close() }
      return try district.plan(areas: areas, of: area, facilities: facilities, now: now)
    }
    if areas == nil || FileManager.default.fileExists(atPath: options.database) {
      return try plan(try options.open())
    }
    let folder = URL.temporaryDirectory.appending(path: "sikilap-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try plan(
      try District(path: folder.appending(path: "empty.sqlite").path, settings: options.edition()))
  }

  /// The list that the file holds or the program brings along; nothing where neither does and the
  /// district's areas are there already.
  private func areaTable(_ code: String, today: CivilDate) throws -> AreaTable? {
    if let areaFile { return try AreaTable(path: areaFile, today: today) }
    guard let path = District.shippedAreas(of: code) else {
      if facilities != nil { return nil }
      throw DistrictSetupProblem.noListOf(code, shipped: District.shippedAreas)
    }
    return try AreaTable(path: path, today: today)
  }

  private func show(_ plan: DistrictPlan) {
    let headings =
      [words("commands.district.kind")]
      + PlannedChange.allCases.map { words("commands.district.changes.\($0.rawValue)") }
    var rows = DistrictText.kinds.filter { kind in plan.places.contains { $0.kind == kind } }
      .map { kind in
        [words("kinds.\(kind.code)")]
          + PlannedChange.allCases.map { String(plan.count(kind, $0)) }
      }
    for (name, counts) in [("catchments", plan.catchments), ("agreements", plan.agreements)]
    where !counts.isEmpty {
      rows.append(
        [words("commands.district.\(name)")]
          + PlannedChange.allCases.map { String(counts[$0] ?? 0) })
    }
    TextTable(headings: headings, rows: rows).write()
    for place in plan.places where place.change == .changed {
      let details = place.details.map { words("commands.district.details.\($0.rawValue)") }
      print(
        words(
          "commands.district.changed_place",
          [
            "kind": words("kinds.\(place.kind.code)"), "name": place.name,
            "details": details.joined(separator: ", "),
          ]))
    }
    let without = plan.villagesWithoutPuskesmas
    if !without.isEmpty {
      tell(
        words(
          "commands.district.without_puskesmas",
          ["count": String(without.count), "names": DistrictText.shortened(without)]))
    }
  }
}

/// `sikilap district boundaries FILE`.
struct DistrictBoundaries: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "boundaries", abstract: words("commands.district.boundaries"))
  }

  @OptionGroup var options: DatabaseOptions
  @OptionGroup var author: AuthorOptions
  @Argument(help: ArgumentHelp(words("commands.district.map"))) var file: String
  @Option(help: ArgumentHelp(words("commands.district.map_source"))) var source: String?
  @Option(help: ArgumentHelp(words("commands.district.as_of"))) var asOf: String?
  @Option(help: ArgumentHelp(words("commands.district.code_property"))) var codeProperty: String?
  @Flag(help: ArgumentHelp(words("commands.district.dry_run"))) var dryRun = false

  func run() throws {
    try inWords {
      let now = Clock.now()
      let today = now.day(hoursEastOfGreenwich: 7)
      let day = try asOf.map { try DistrictText.day($0, notAfter: today) } ?? today
      let map = try BoundaryFile(path: file, property: codeProperty)
      let district = try options.open()
      defer { try? district.journal.close() }
      let name = source ?? URL(fileURLWithPath: file).lastPathComponent
      let plan = try district.plan(boundaries: map, source: name, asOf: day, now: now)
      DistrictText.show(plan.warnings, at: "feature", of: file)
      if !plan.problems.isEmpty {
        DistrictText.show(plan.problems, at: "feature", of: file)
        throw ExitCode.failure
      }
      let counts = PlannedChange.allCases.map { plan.boundaries[$0] ?? 0 }
      if !dryRun {
        let worker = try author.worker(in: district, for: .changePlaces, now: now)
        try AccessLog.settle(district)
        try district.carryOut(plan, by: worker, now: now)
        try AccessLog.settle(district)
      }
      print(
        words(
          dryRun ? "commands.district.boundaries_planned" : "commands.district.boundaries_done",
          [
            "new": String(counts[0]), "changed": String(counts[1]), "same": String(counts[2]),
            "passed": String(plan.warnings.count { $0.code == .unknownCode }),
          ]))
      if counts.reduce(0, +) == 0 { throw Refusal("no_known_area", ["path": file]) }
    }
  }
}
