import Guidance
import Health
import Programmes
import Testing

/// Every figure of the schedule, moved by its smallest step, is noticed by a row of the table.
@Suite("Mutation of the schedule")
struct MutationTests {
  /// The schedule with one figure moved, and which. The antigens of one vaccine have their figures
  /// from one row, and are moved together.
  private static func mutants() -> [(name: String, schedule: VaccineSchedule)] {
    let original = TableRow.schedule
    var result: [(String, VaccineSchedule)] = []
    for vaccine in CardVaccine.allCases {
      let places = vaccine.antigens.map { antigen in
        original.series.indices.filter { original.series[$0].antigen == antigen.antigen }
      }
      for series in places[0].indices {
        let doses = original.series[places[0][series]].doses
        for number in doses.indices {
          for days: Int32 in [-1, 1] {
            for (field, change) in changes(days, isImplied: isImplied(number, in: doses)) {
              var mutant = original
              var isChanged = false
              for own in places {
                isChanged = change(&mutant.series[own[series]].doses[number]) || isChanged
              }
              guard isChanged else { continue }
              result.append(
                ("\(vaccine) series \(series + 1) dose \(number + 1) \(field) \(days)", mutant))
            }
          }
        }
      }
    }
    return result
  }

  /// Whether the dose before and the distance from it already make for the least age, so that a
  /// lower one changes nothing.
  private static func isImplied(_ number: Int, in doses: [SeriesDose]) -> Bool {
    guard number > 0, let before = doses[number - 1].ages.first?.minimum,
      let distance = doses[number].intervals.first?.minimum,
      let least = doses[number].ages.first?.minimum
    else { return false }
    return (before + distance).months >= least.months
  }

  private typealias Change = (inout SeriesDose) -> Bool

  /// Each figure of a dose; nothing is done where it is not there, or cannot matter: nobody is
  /// given a dose before birth.
  private static func changes(_ days: Int32, isImplied: Bool) -> [(String, Change)] {
    func age(_ field: WritableKeyPath<DoseAge, Period?>) -> Change {
      { dose in
        guard let old = dose.ages.first?[keyPath: field], old != Period.none || days > 0 else {
          return false
        }
        dose.ages[0][keyPath: field] = old + .days(days)
        return true
      }
    }
    func interval(_ field: WritableKeyPath<DoseInterval, Period?>) -> Change {
      { dose in
        guard let old = dose.intervals.first?[keyPath: field] else { return false }
        dose.intervals[0][keyPath: field] = old + .days(days)
        return true
      }
    }
    return [
      ("minimum age", isImplied && days < 0 ? { _ in false } : age(\.minimum)),
      ("past due age", age(\.pastDue)),
      ("maximum age", age(\.maximum)), ("minimum interval", interval(\.minimum)),
      ("absolute minimum interval", interval(\.absoluteMinimum)),
      ("past due interval", interval(\.pastDue)),
      (
        "school month",
        { dose in
          guard let month = dose.schoolMonth else { return false }
          dose.schoolMonth = SchoolMonth(
            month: UInt8(Int32(month.month) + days), age: month.age)
          return true
        }
      ),
      (
        "school class",
        { dose in
          guard let month = dose.schoolMonth else { return false }
          dose.schoolMonth = SchoolMonth(
            month: month.month, age: UInt8(Int32(month.age) + days))
          return true
        }
      ),
    ]
  }

  /// A first dose in its last days counts by the usual series all the same, so that the late and
  /// the six-in-one series may end a day earlier without anybody's answer changing.
  private static let equivalent = [
    "pneumococcus series 2 dose 1 maximum age -1",
    "injectedPolio series 2 dose 1 maximum age -1",
  ]

  @Test("no moved figure survives")
  func survivors() {
    let rows = TableRow.ideal + TableRow.distances
    var forecaster = ImmunizationForecaster(TableRow.schedule)
    for row in rows {
      let holds = row.holds(in: &forecaster)
      #expect(holds, "\(row.testDescription) after \(row.before)")
    }
    var survivors: [String] = []
    let mutants = MutationTests.mutants()
    for (name, mutant) in mutants {
      var forecaster = ImmunizationForecaster(mutant)
      var isNoticed = false
      for row in rows where !isNoticed { isNoticed = !row.holds(in: &forecaster) }
      if !isNoticed, !MutationTests.equivalent.contains(name) { survivors.append(name) }
    }
    #expect(mutants.count > 150)
    #expect(survivors.isEmpty, "\(survivors.joined(separator: "; "))")
  }
}
