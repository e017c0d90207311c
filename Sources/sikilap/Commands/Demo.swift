import ArgumentParser
import Foundation
import Health
import Journal
import Services
import Simulation

/// `sikilap demo`: a synthetic district, or one synthetic Puskesmas, to try everything on.
struct Demo: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(abstract: words("commands.demo"))
  }

  enum Size: String, ExpressibleByArgument, CaseIterable {
    case tiny, puskesmas, district
  }

  /// How many people the synthetic district has where nobody says: a quarter of those who live in
  /// Kapuas, for filling in all of them takes longer than somebody who wants to look will wait.
  private static let usualPeople = 100_000
  /// How few and how many people a synthetic district may have.
  private static let people = 1000...1_000_000
  /// How few and how many one Puskesmas may look after.
  private static let peopleOfPuskesmas = 1000...50_000

  @Option(name: .long, help: ArgumentHelp(words("commands.database")))
  var database = "demo/sikilap.sqlite"
  @Option(help: ArgumentHelp(words("commands.size"))) var size: Size?
  @Option(help: ArgumentHelp(words("commands.people"))) var people: Int?
  @Option(help: ArgumentHelp(words("commands.puskesmas"))) var puskesmas: Int?
  /// Another district than the usual one of that size, for measurements.
  @Option(help: .hidden) var seed: UInt64?
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
    let batches = try batches()
    // Filled under another name first: one that was cut off is never taken for a whole one.
    let partial = database + ".partial"
    for ending in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: partial + ending)
    }
    let district = try District(path: partial, settings: edition)
    let start = ContinuousClock.now
    let facts = try fill(district, with: batches)
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

  /// The facts of what was asked for, ready to be handed over batch by batch.
  private func batches() throws -> (_ body: ([Fact]) throws -> Void) throws -> Void {
    let month = Clock.now().day(hoursEastOfGreenwich: 7).month.advanced(by: -1)
    switch try asked() {
    case .tiny: return SyntheticDistrict(.tiny).forEachBatch
    case .puskesmas:
      var plan = SimulationPlan.puskesmas(lastMonth: month)
      plan.peoplePerPuskesmas = people ?? plan.peoplePerPuskesmas
      return SyntheticDistrict(plan).forEachBatch
    case .district:
      var plan = PopulationPlan(lastMonth: month)
      plan.people = people ?? Demo.usualPeople
      if let seed { plan.seed = seed }
      let population = SyntheticPopulation(plan, on: try DemoGround.district())
      return { body in _ = try population.forEachBatch(body) }
    }
  }

  private func asked() throws -> Size {
    if let puskesmas, puskesmas != 1 || size == .tiny || size == .district {
      throw Refusal("demo_puskesmas", ["given": String(puskesmas)])
    }
    let size = puskesmas == 1 ? .puskesmas : size ?? .district
    guard let people else { return size }
    guard size != .tiny else { throw Refusal("demo_people_of_district") }
    let range = size == .puskesmas ? Demo.peopleOfPuskesmas : Demo.people
    guard range.contains(people) else {
      throw Refusal(
        "demo_people",
        [
          "given": String(people), "fewest": String(range.lowerBound),
          "most": String(range.upperBound),
        ])
    }
    return size
  }

  /// Fills a journal; while some facts are written to the disk the next are made.
  ///
  /// Batches are gathered into large ones: each commit works out anew whom it touches, and in a
  /// large one a child's visits of several months come together. 20,000 facts take a quarter less
  /// time than 2,000, and 40 MB more memory.
  ///
  /// - Returns: how many facts there are.
  private func fill(
    _ district: District, with batches: (_ body: ([Fact]) throws -> Void) throws -> Void
  ) throws -> Int {
    var facts = 0
    var gathered: [Fact] = []
    var waiting: [PendingCommit<[Acceptance]>] = []
    func settle(downTo count: Int) throws {
      while waiting.count > count {
        for result in try waiting.removeFirst().wait() {
          if case .refused(let refusal) = result {
            throw Refusal("demo_refused", ["reason": refusal.rawValue])
          }
        }
      }
    }
    func commit() throws {
      waiting.append(district.journal.acceptLater(gathered, now: Clock.now()))
      facts += gathered.count
      gathered.removeAll(keepingCapacity: true)
      try settle(downTo: 1)
      tell(words("commands.filling", ["facts": String(facts)]), end: "\r")
    }
    try batches { batch in
      gathered += batch
      if gathered.count >= 20_000 { try commit() }
    }
    try commit()
    try settle(downTo: 0)
    return facts
  }
}
