import Health
import Monitoring
import Programmes
import Samples
import Testing

@Suite("Figures")
struct FigureTests {
  @Test("Of every child, month and indicator there is exactly one standing; they sum up to S")
  func sums() throws {
    var numbers = SeededNumbers(seed: 31)
    var cells: [CivilMonth: CubeCell] = [:]
    var children: [CivilMonth: Int] = [:]
    for person in 1...300 {
      let months = try Story.random(person: person, using: &numbers).months()
      #expect(Set(months.map(\.month)).count == months.count)
      #expect(months.map(\.month) == months.map(\.month).sorted())
      for month in months {
        #expect(month.contributions.count == Indicator.allCases.count)
        cells[month.month, default: CubeCell()].add(month, times: 1)
        children[month.month, default: 0] += 1
      }
    }
    #expect(cells.count > 60)
    for (month, cell) in cells {
      for indicator in Indicator.allCases {
        let figure = cell.figure(indicator)
        let all = figure.reached + figure.missed + figure.excluded + figure.unknown
        #expect(Int(all) == children[month])
        var parts = Figure()
        for position in 0..<Stratum.count {
          let stratum = Stratum(position: position)
          parts += cell.figure(indicator) { $0 == stratum }
        }
        #expect(parts == figure)
      }
    }
  }

  @Test("Relations that hold in every month of every child")
  func relations() throws {
    var numbers = SeededNumbers(seed: 32)
    for person in 1...300 {
      for month in try Story.random(person: person, using: &numbers).months() {
        func isReached(_ indicator: Indicator) -> Bool { month[indicator].standing == .reached }
        let implied: [(Indicator, Indicator)] = [
          (.severelyStunted, .stunted), (.severelyWasted, .wasted), (.obese, .overweight),
          (.overweight, .riskOfOverweight), (.severelyUnderweight, .underweight),
          (.notGainedTwice, .notGained), (.gainedOfWeighed, .weighed), (.notGained, .weighed),
          (.gainedOfComparable, .gainedOfWeighed), (.belowRedLine, .severelyUnderweight),
        ]
        for (one, other) in implied where isReached(one) {
          #expect(isReached(other), "\(one) without \(other) in \(month.month)")
        }
        // Oedema is seen without scales; else whoever is underweight was weighed.
        if month[.underweight].reason != .oedema, isReached(.underweight) {
          #expect(isReached(.weighed), "underweight without weighed in \(month.month)")
        }
        #expect(!(isReached(.gainedOfWeighed) && isReached(.notGained)))
        #expect(!(isReached(.stunted) && isReached(.tall)))
        #expect(!(isReached(.wasted) && isReached(.overweight)))
      }
    }
  }

  /// Four boys of one Posyandu in April 2024: N, T, B and O.
  static func posyandu() throws -> CubeCell {
    var cell = CubeCell()
    let weighings: [[(String, Int32)]] = [
      [("2024-03-10", 9_000), ("2024-04-10", 9_300)],
      [("2024-03-10", 9_000), ("2024-04-10", 9_000)],
      [("2024-04-10", 9_000)],
      [("2024-02-10", 9_000), ("2024-04-10", 9_300)],
    ]
    for (person, dates) in weighings.enumerated() {
      var story = Story(person: person + 1, .male, born: "2023-01-15")
      for (date, grams) in dates { story.visit(date, grams: grams) }
      for found in try story.months() where found.month == month("2024-04") {
        cell.add(found, times: 1)
      }
    }
    return cell
  }

  @Test("N/D is of all weighed, N/(D−B−O) leaves out first weighings and those missed last month")
  func gained() throws {
    let cell = try Self.posyandu()
    #expect(cell.figure(.weighed).reached == 4)
    #expect(cell.figure(.gainedOfWeighed).percent(.gainedOfWeighed) == 25)
    #expect(cell.figure(.gainedOfWeighed).denominator(.gainedOfWeighed) == 4)
    #expect(cell.figure(.gainedOfComparable).percent(.gainedOfComparable) == 50)
    #expect(cell.figure(.gainedOfComparable).denominator(.gainedOfComparable) == 2)
    #expect(cell.figure(.gainedOfComparable).excluded == 2)
    #expect(cell.figure(.firstWeighing).percent(.firstWeighing) == 25)
    #expect(cell.figure(.notWeighedLastMonth).percent(.notWeighedLastMonth) == 25)
    #expect(cell.figure(.notGained).percent(.notGained) == 25)
    #expect(cell.figure(.notGainedTwice).percent(.notGainedTwice) == 0)
  }

  @Test("K/S counts those of whom it is not known; the others leave them out")
  func unknown() throws {
    let cell = try Self.posyandu()
    #expect(cell.figure(.hasChildHealthBook).denominator(.hasChildHealthBook) == 4)
    #expect(cell.figure(.hasChildHealthBook).percent(.hasChildHealthBook) == 0)
    #expect(cell.figure(.stunted).unknown == 4)
    #expect(cell.figure(.stunted).percent(.stunted) == nil)
  }

  @Test("2T is reached on the second T in a row, and not across a missed month")
  func twice() throws {
    var story = Story(.male, born: "2023-01-15")
    for date in ["2024-01-10", "2024-02-10", "2024-03-10", "2024-05-10", "2024-06-10"] {
      story.visit(date, grams: 9_000)
    }
    let months = try story.months()
    let reached = months.filter { $0[.notGainedTwice].standing == .reached }.map(\.month)
    #expect(reached == [month("2024-03")])
  }

  @Test("A figure of nobody has no percentage")
  func nobody() {
    for indicator in Indicator.allCases { #expect(Figure().percent(indicator) == nil) }
  }

  @Test("Definitions stand in the order of their numbers, each with a code of its own")
  func definitions() {
    #expect(Indicator.definitions.map(\.indicator) == Indicator.allCases)
    #expect(Set(Indicator.definitions.map(\.code)).count == Indicator.allCases.count)
    for indicator in Indicator.allCases {
      #expect(Indicator(code: indicator.definition.code) == indicator)
      let hasTarget = indicator.definition.targetPercent != nil
      #expect(hasTarget == (indicator.definition.targetSource != nil))
    }
    #expect(Indicator(code: "NO_SUCH_CODE") == nil)
    #expect(Set(Reason.allCases.map(\.code)).count == Reason.allCases.count)
  }
}
