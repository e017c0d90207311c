import ArgumentParser
import Foundation
import Health
import Journal
import Services
import Simulation

/// `sikilap demo`: a synthetic Puskesmas to try everything on.
struct Demo: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(abstract: words("commands.demo"))
  }

  enum Size: String, ExpressibleByArgument, CaseIterable {
    case tiny, puskesmas
  }

  @Option(name: .long, help: ArgumentHelp(words("commands.database")))
  var database = "demo/sikilap.sqlite"
  @Option(help: ArgumentHelp(words("commands.size"))) var size = Size.puskesmas
  @Option(help: ArgumentHelp(words("commands.port"))) var port = 8080
  @Flag(help: ArgumentHelp(words("commands.prepare"))) var prepare = false
  @OptionGroup var settings: SettingsOptions

  func run() async throws {
    var opened: District?
    try inWords { opened = try filled() }
    guard let district = opened else { return }
    if prepare {
      _ = try await DemoSignIn(district).accounts()
      try inWords { try AccessLog.settle(district) }
      try district.journal.close()
      return
    }
    let demo = try await DemoSignIn(district).accounts()
    try await Serve.run(district, port: port, demo: demo)
  }

  private func filled() throws -> District {
    let folder = URL(fileURLWithPath: database).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let edition = try settings.edition(beside: database)
    if FileManager.default.fileExists(atPath: database) {
      return try District(
        path: database, settings: edition, whereOthers: .recountAloud(under: edition),
        recounting: DatabaseOptions.tellRecount)
    }
    // Filled under another name first: one that was cut off is never taken for a whole one.
    let partial = database + ".partial"
    for ending in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: partial + ending)
    }
    let district = try District(path: partial, settings: edition)
    let start = ContinuousClock.now
    let month = Clock.now().day(hoursEastOfGreenwich: district.hoursEastOfGreenwich).month
    let plan = size == .tiny ? SimulationPlan.tiny : .puskesmas(lastMonth: month.advanced(by: -1))
    var facts = 0
    try SyntheticDistrict(plan).forEachBatch { batch in
      _ = try district.journal.acceptAndWait(batch, now: Clock.now())
      facts += batch.count
      tell(words("commands.filling", ["facts": String(facts)]), end: "\r")
    }
    tell(
      words(
        "commands.filled",
        ["path": database, "facts": String(facts), "seconds": seconds(since: start).text]))
    try district.journal.close()
    // The log was written into the file; only an empty one could still lie beside it.
    let log = try? FileManager.default.attributesOfItem(atPath: partial + "-wal")
    guard ((log?[.size] as? Int) ?? 0) == 0 else { throw JournalError.diskFull }
    try FileManager.default.moveItem(atPath: partial, toPath: database)
    for ending in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: partial + ending) }
    return try District(path: database, settings: edition)
  }
}
