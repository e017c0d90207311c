import ArgumentParser
import Foundation
import Health
import Journal
import Services
import Simulation

/// `sikilap measure-duplicates`: all records of a synthetic district compared with each other, how
/// long that takes, and how much of what is known to be double it finds; for benchmarks.
struct MeasureDuplicates: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure-duplicates", shouldDisplay: false)

  @OptionGroup var options: DatabaseOptions
  /// As `demo` was given it when the database was filled, in the same month.
  @Option var people: Int
  /// As `demo` was given it; the usual one where it was not.
  @Option var seed: UInt64?

  func run() throws {
    try inWords {
      let district = try options.open()
      try measure(district)
      try district.journal.close()
    }
  }

  private func measure(_ district: District) throws {
    var plan = PopulationPlan(
      lastMonth: Clock.now().day(hoursEastOfGreenwich: 7).month.advanced(by: -1))
    plan.people = people
    if let seed { plan.seed = seed }
    let ground = try DemoGround.district()
    let truth = SyntheticPopulation(plan, on: ground).forEachBatch { _ in }
    func pair(_ left: Identifier, _ right: Identifier) -> [Identifier] { [left, right].sorted() }
    let known = Set(truth.same.map { pair($0.first, $0.second) })
    let twins = Set(truth.twins.map { pair($0.first, $0.second) })
    let tree = try district.places()
    // Who left is compared no more.
    let entries = try district.entries(Set(known.joined()))
    let same = known.filter { $0.allSatisfy { entries[$0]?.place != nil } }
    let start = ContinuousClock.now
    let found = try district.duplicates(
      among: tree.places.keys.sorted(), tree: tree, keeping: 1_000_000)
    let time = seconds(since: start).value
    let likely = found.pairs.filter { $0.evidence.proposal == .likely }
    func isSame(_ found: DuplicatePair) -> Bool { same.contains(pair(found.first, found.second)) }
    func percent(_ part: Int, of whole: Int) -> String {
      String(format: "%.1f", whole == 0 ? 0 : 100 * Double(part) / Double(whole))
    }
    let (rightly, either) = (likely.filter(isSame).count, found.pairs.filter(isSame).count)
    print("duplicates_records \(found.persons) records")
    print("duplicates_known \(same.count) pairs")
    print("duplicates_known_of_whom_one_left \(known.count - same.count) pairs")
    print("duplicates_scan \(String(format: "%.1f", time)) s")
    print("duplicates_likely_precision \(percent(rightly, of: likely.count)) %")
    print("duplicates_likely_recall \(percent(rightly, of: same.count)) %")
    print("duplicates_shown_precision \(percent(either, of: found.pairs.count)) %")
    print("duplicates_shown_recall \(percent(either, of: same.count)) %")
    let likelyTwins = likely.filter { twins.contains(pair($0.first, $0.second)) }
    print("duplicates_twins_among_likely \(likelyTwins.count) pairs")
    print("duplicates_groups_passed_over \(found.skippedGroups) groups")
  }
}
