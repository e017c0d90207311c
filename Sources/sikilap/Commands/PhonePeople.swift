import ArgumentParser
import Foundation
import Guidance
import Health
import Programmes
import Simulation

/// `sikilap phone-people OUT`: the timelines of a synthetic population, as `phone-answers` reads
/// them, for the same test.
struct PhonePeople: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phone-people", shouldDisplay: false)

  @Argument var timelines: String
  @Option var people = 20_000

  func run() throws {
    try inWords {
      var plan = PopulationPlan(lastMonth: CivilMonth(year: 2025, ordinal: 12))
      plan.people = people
      plan.puskesmasCount = 2
      let population = SyntheticPopulation(
        plan, on: DistrictGround.example(subdistricts: 2, villagesEach: 6))
      var output = PhoneFrames()
      for timeline in try population.timelines() { output.add(timeline.bytes) }
      try Data(output.bytes).write(to: URL(fileURLWithPath: timelines))
    }
  }
}

/// `sikilap phone-settings OUT`: packed settings of a district, every one of them drawn from its
/// range, for the same test.
struct PhoneSettings: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phone-settings", shouldDisplay: false)

  @Argument var settings: String
  @Option var seed: UInt64 = 1

  func run() throws {
    try inWords {
      var state = seed
      func draw(_ range: ClosedRange<Int32>) -> Int32 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return range.lowerBound + Int32((state >> 33) % UInt64(range.count))
      }
      let known = CareDefinitions.motherAndChild.settings
      var drawn = DistrictSettings()
      for setting in known { _ = drawn.clinical.set(setting, to: draw(setting.range)) }
      for setting in ImmunizationSetting.allCases {
        _ = drawn.immunization.set(setting, to: draw(setting.range))
      }
      drawn.edition = seed % 2 == 0 ? .kmk1098 : .kmk1098Changed2025
      try Data(PackedDistrictSettings.pack(drawn, known: known))
        .write(to: URL(fileURLWithPath: settings))
    }
  }
}
