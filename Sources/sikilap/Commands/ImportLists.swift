import ArgumentParser
import Exchange
import Foundation
import GRDB
import Health
import Journal
import Services

/// What the commands that take in lists have in common.
struct ListOptions: ParsableArguments {
  @Argument(help: ArgumentHelp(words("commands.list_file"))) var files: [String]
  @Option(help: ArgumentHelp(words("commands.list_place"))) var place: String?
  @Option(help: ArgumentHelp(words("commands.refused_option"))) var refused: String?
  @Flag(help: ArgumentHelp(words("commands.preview"))) var preview = false
  @Flag(help: ArgumentHelp(words("commands.acknowledge"))) var acknowledge = false
}

/// `sikilap import households FILE …`.
struct ImportHouseholds: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "households", abstract: words("commands.import_households"))
  }

  @OptionGroup var options: DatabaseOptions
  @OptionGroup var list: ListOptions

  func run() throws { try ListCommand(.households, options, list).run() }
}

/// `sikilap import staff FILE …`.
struct ImportStaff: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "staff", abstract: words("commands.import_staff"))
  }

  @OptionGroup var options: DatabaseOptions
  @OptionGroup var list: ListOptions

  func run() throws { try ListCommand(.staff, options, list).run() }
}

/// Takes lists in, or only looks at them.
private struct ListCommand {
  private let kind: ImportKind
  private let options: DatabaseOptions
  private let list: ListOptions

  init(_ kind: ImportKind, _ options: DatabaseOptions, _ list: ListOptions) {
    self.kind = kind
    self.options = options
    self.list = list
  }

  func run() throws {
    try inWords {
      let district = try options.open()
      defer { try? district.journal.close() }
      let tree = try district.places()
      let chosen = try list.place.map { try AreaName.find($0, in: tree) }
      let place = chosen ?? (tree.roots.count == 1 ? tree.roots[0] : nil)
      let today = Clock.now().day(hoursEastOfGreenwich: district.hoursEastOfGreenwich)
      var reach =
        try chosen.map {
          ListReach(area: try district.reach(of: $0.id, on: today, in: tree))
        } ?? .everything
      if kind == .staff { reach.userNamesOfAccounts = try userNames(beside: district) }
      if !list.preview { try AccessLog.settle(district) }
      var isAnythingTaken = false
      for file in list.files {
        let work = ListImport(
          ListTask(kind: kind, path: file, place: place?.id, reach: reach),
          into: district.journal, hoursEastOfGreenwich: district.hoursEastOfGreenwich,
          clock: Clock.now)
        let start = ContinuousClock.now
        let summary =
          try list.preview
          ? work.preview(progress: show)
          : work.write(refusedPath: list.refused ?? file + ".ditolak.csv", progress: show)
        finish(summary, file, seconds(since: start).text, district, tree)
        if summary.rows > summary[.refused] || summary.rows == 0 { isAnythingTaken = true }
      }
      if !list.preview { try AccessLog.settle(district) }
      if !isAnythingTaken { throw ExitCode.failure }
    }
  }

  /// By which names workers sign in, where anybody does.
  private func userNames(beside district: District) throws -> [String: Identifier] {
    let path = Access.path(beside: district.journal.path)
    guard FileManager.default.fileExists(atPath: path) else { return [:] }
    let access = try Access(path: path)
    defer { try? access.close() }
    return try access.userNames()
  }

  private func counts(_ summary: ListSummary) -> [String: String] {
    var counts: [String: String] = [:]
    for outcome in ListOutcome.allCases { counts[outcome.rawValue] = String(summary[outcome]) }
    return counts
  }

  private func show(_ progress: ListProgress) {
    if list.acknowledge, !list.preview {
      let line = progress.summary.lastLine
      FileHandle.standardOutput.write(Data("committed through line \(line)\n".utf8))
      return
    }
    let percent = progress.totalBytes == 0 ? 100 : progress.bytes * 100 / progress.totalBytes
    var values = counts(progress.summary)
    values["percent"] = String(percent)
    values["line"] = String(progress.summary.lastLine)
    tell(words("commands.list_progress", values), end: "\r")
  }

  private func finish(
    _ summary: ListSummary, _ file: String, _ took: String, _ district: District,
    _ tree: PlaceTree
  ) {
    var values = counts(summary)
    values["file"] = file
    values["facts"] = String(summary.facts)
    values["seconds"] = took
    values["batch"] = summary.batch.text
    tell("\n" + words(list.preview ? "commands.list_previewed" : "commands.list_done", values))
    if summary.newHouseholds > 0 {
      tell(words("commands.list_new_households", ["count": String(summary.newHouseholds)]))
    }
    let headless = summary.householdsWithoutHead
    if !headless.isEmpty {
      tell(
        words(
          "commands.list_without_head",
          [
            "count": String(headless.count),
            "lines": DistrictText.shortened(headless.map(String.init)),
          ]))
    }
    if !summary.unstoredColumns.isEmpty {
      let columns = summary.unstoredColumns.joined(separator: ", ")
      tell(words("commands.list_unstored", ["columns": columns]))
    }
    for row in summary.examples { show(row, district.text(of: row, words, in: tree)) }
    let told = summary.examples.count { $0.outcome == .refused }
    if summary[.refused] > told {
      tell(words("commands.refused_more", ["count": String(summary[.refused] - told)]))
    }
    if let path = summary.refusedFile { tell(words("commands.refused_file", ["path": path])) }
    if !list.preview, summary.facts > 0 {
      tell(words("commands.list_undo_hint", ["batch": summary.batch.text]))
    }
  }

  private func show(_ row: ListedRow, _ changes: String) {
    if row.outcome == .changed {
      tell(
        words(
          "commands.list_change",
          ["line": String(row.line), "name": row.name, "changes": changes]))
    }
    for problem in row.problems {
      let key = problem.column.isEmpty ? "commands.list_refused_row" : "commands.refused_line"
      tell(
        words(
          key,
          [
            "line": String(row.line), "column": problem.column, "value": problem.value,
            "what": words(problem.key + ".what", problem.details),
            "mend": words(problem.key + ".mend", problem.details),
          ]))
    }
    for warning in row.warnings where row.outcome != .refused {
      tell(
        words(
          "commands.warning_line",
          [
            "line": String(row.line), "column": warning.column, "value": warning.value,
            "what": words(warning.key + ".what", warning.details),
            "mend": words(warning.key + ".mend", warning.details),
          ]))
    }
  }
}

/// `sikilap import undo BATCH`.
struct ImportUndo: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "undo", abstract: words("commands.import_undo"))
  }

  /// How many of the facts that stay are named.
  private static let named = 50

  @OptionGroup var options: DatabaseOptions
  @Argument(help: ArgumentHelp(words("commands.batch"))) var batch: String
  @Flag(help: ArgumentHelp(words("commands.preview"))) var preview = false

  func run() throws {
    try inWords {
      guard let id = Identifier(text: batch) else {
        throw Refusal("no_such_batch", ["batch": batch])
      }
      let district = try options.open()
      defer { try? district.journal.close() }
      do {
        try run(id, district)
      } catch ListUndoProblem.noSuchBatch {
        throw Refusal("no_such_batch", ["batch": batch])
      }
    }
  }

  private func run(_ id: Identifier, _ district: District) throws {
    let tree = try district.places()
    let done: ListUndo
    if preview {
      done = try district.journal.pool.read { try ListUndo(of: id, in: $0) }
    } else {
      try AccessLog.settle(district)
      done = try ListUndo.carryOut(
        of: id, in: district.journal, by: nil, now: Clock.now(),
        hoursEastOfGreenwich: district.hoursEastOfGreenwich,
        progress: { done, total in
          tell(
            words("commands.undo_progress", ["done": String(done), "total": String(total)]),
            end: "\r")
        })
      try AccessLog.settle(district)
    }
    let values = [
      "count": String(done.count), "facts": String(done.facts),
      "before": String(done.withdrawnBefore), "kept": String(done.kept.count),
    ]
    tell((preview ? "" : "\n") + words("commands.undo_\(preview ? "planned" : "done")", values))
    for kept in done.kept.prefix(ImportUndo.named) {
      tell(
        words(
          "commands.undo_kept",
          [
            "kind": words("fact_kinds.\(kept.kind.code)"),
            "name": try district.name(ofSubject: kept.subject, in: tree),
            "reason": words("commands.undo_reasons.\(kept.reason.rawValue)"),
          ]))
    }
    if done.kept.count > ImportUndo.named {
      let more = done.kept.count - ImportUndo.named
      tell(words("commands.refused_more", ["count": String(more)]))
    }
  }
}
