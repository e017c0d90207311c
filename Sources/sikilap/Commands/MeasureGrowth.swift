import ArgumentParser
import Exchange
import Programmes
import Services

/// `sikilap measure-growth FILE`: how many z-scores a second one core works out; for benchmarks.
struct MeasureGrowth: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure-growth", shouldDisplay: false)

  @Argument var file: String
  @Option var seconds = 5.0

  func run() throws {
    try inWords {
      let children = try GrowthTable.measurements(in: file)
      let start = ContinuousClock.now
      var scores = 0
      var rounds = 0
      var sum: Int64 = 0
      repeat {
        for child in children {
          let assessment = ChildGrowthStandards.shared.assess(child)
          for index in GrowthIndex.allCases {
            guard let score = assessment[index] else { continue }
            scores += 1
            sum &+= Int64(score.hundredths)
          }
        }
        rounds += 1
      } while sikilap.seconds(since: start).value < seconds
      let took = sikilap.seconds(since: start).value
      print("zscores_per_second \(Int(Double(scores) / took)) 1/s")
      print("children_per_second \(Int(Double(rounds * children.count) / took)) 1/s")
      print("checksum \(sum / Int64(rounds)) hundredths")
    }
  }
}
