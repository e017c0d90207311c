import ArgumentParser
import Foundation
import Guidance
import Health
import Programmes

/// `sikilap measure-forecasts`: how many children a second one core judges and forecasts for by the
/// whole Indonesian schedule; for benchmarks.
struct MeasureForecasts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure-forecasts", shouldDisplay: false)

  @Option var children = 20_000
  @Option var seconds = 5.0

  func run() throws {
    try inWords {
      let today = CivilDate(dayNumber: 20_500)
      var random = Numbers(state: 7)
      let people = (0..<children).map { Child(number: $0, on: today, &random) }
      var forecaster = ImmunizationForecaster(IndonesianImmunization.schedule())
      var sum: Int64 = 0
      var rounds: [Double] = []
      let start = ContinuousClock.now
      repeat {
        let round = ContinuousClock.now
        sum = 0
        for child in people {
          forecaster.assess(child.person, doses: child.doses, on: today)
          for group in forecaster.groups { sum &+= Int64(group.earliest?.dayNumber ?? 0) }
        }
        rounds.append(sikilap.seconds(since: round).value)
      } while sikilap.seconds(since: start).value < seconds
      rounds.sort()
      print("forecasts_per_second \(rate(rounds[rounds.count / 2])) children/s")
      print("forecasts_per_second_best \(rate(rounds[0])) children/s")
      let given = people.reduce(0) { $0 + $1.doses.count }
      print(
        "forecast_doses_per_child \(String(format: "%.1f", Double(given) / Double(children))) doses"
      )
      print("forecast_checksum \(sum) days")
    }
  }

  private func rate(_ seconds: Double) -> Int { Int(Double(children) / seconds) }

  /// The same numbers on every machine.
  private struct Numbers {
    var state: UInt64

    mutating func next(_ limit: Int32) -> Int32 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int32(truncatingIfNeeded: (state >> 33) % UInt64(limit))
    }
  }

  /// A child of up to five or twelve years with a usual history: one dose in twenty never given, one
  /// in four up to two months late.
  private struct Child {
    let person: ImmunizationPerson
    let doses: [GivenDose]

    private static let plan: [(vaccine: VaccineName, months: Int)] = [
      (.hepatitisB, 0), (.bcg, 1), (.oralPolio, 1), (.pentavalent, 2), (.oralPolio, 2),
      (.rotavirus, 2), (.pneumococcus, 2), (.pentavalent, 3), (.oralPolio, 3), (.rotavirus, 3),
      (.pneumococcus, 3), (.pentavalent, 4), (.oralPolio, 4), (.rotavirus, 4),
      (.injectedPolio, 4), (.measlesRubella, 9), (.injectedPolio, 9), (.pneumococcus, 12),
      (.pentavalent, 18), (.measlesRubella, 18), (.measlesRubella, 84), (.dt, 86), (.td, 98),
      (.td, 135), (.humanPapillomavirus, 133),
    ]

    init(number: Int, on today: CivilDate, _ random: inout Numbers) {
      let birth = today + AgeInDays(-random.next(number % 2 == 0 ? 1826 : 4500))
      person = ImmunizationPerson(birth: birth, sex: number % 3 == 0 ? .male : .female)
      var doses: [GivenDose] = []
      for (vaccine, months) in Child.plan where random.next(20) > 0 {
        let isLate = months > 0 && random.next(4) == 0
        let delay = months == 0 ? random.next(2) : 3 + (isLate ? random.next(60) : 0)
        let given = birth.addingMonths(months) + AgeInDays(delay)
        if given <= today { doses.append(GivenDose(vaccine.code, on: given)) }
      }
      self.doses = doses
    }
  }
}
