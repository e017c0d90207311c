import Guidance
import Health
import Programmes
import Testing

/// The chart of the Buku KIA, dose by dose.
@Suite("Indonesian table")
struct IndonesianTableTests {
  @Test(
    "the day before, the day, and the day after the first day",
    arguments: TableRow.ideal + TableRow.distances)
  func firstDay(_ row: TableRow) {
    var forecaster = ImmunizationForecaster(TableRow.schedule)
    let first = day(row.first)
    let before = row.judge(&forecaster, on: first.plus(-1))
    let on = row.judge(&forecaster, on: first)
    let after = row.judge(&forecaster, on: first.plus(1))
    #expect(before?.status != .valid)
    #expect(on?.status == .valid)
    #expect(after?.status == .valid)
  }

  @Test("a dose too soon after the one before says so", arguments: TableRow.distances)
  func tooSoon(_ row: TableRow) {
    var forecaster = ImmunizationForecaster(TableRow.schedule)
    let before = row.judge(&forecaster, on: day(row.first).plus(-1))
    #expect(before == DoseEvaluation(.notValid, .tooSoon))
  }

  @Test(
    "the last day, the day it ends, and the day after",
    arguments: TableRow.ideal + TableRow.distances)
  func lastDay(_ row: TableRow) {
    var forecaster = ImmunizationForecaster(TableRow.schedule)
    let end = day(row.end)
    let before = row.judge(&forecaster, on: end.plus(-1))
    let on = row.judge(&forecaster, on: end)
    let after = row.judge(&forecaster, on: end.plus(1))
    #expect(before?.status == .valid)
    #expect(on?.status != .valid)
    #expect(after?.status != .valid)
  }

  @Test("when it is forecast", arguments: TableRow.ideal + TableRow.distances)
  func dates(_ row: TableRow) {
    var forecaster = ImmunizationForecaster(TableRow.schedule)
    let next = row.forecast(&forecaster)
    #expect(next.status == .notComplete)
    #expect(Int(next.doseNumber) == row.before.count + 1)
    #expect(next.earliest == day(row.due))
    #expect(next.recommended == day(row.due))
    #expect(next.pastDue == day(row.pastDue))
    #expect(next.latest == day(row.end).plus(-1))
  }

  @Test("PCV started after the first birthday takes two doses, eight weeks apart")
  func latePneumococcus() {
    let first = dose(.pneumococcus, "2025-01-15")
    let open = IndonesianImmunization.ask(
      born: "2024-01-15", [first], on: "2025-03-01", row: .pneumococcus)
    #expect(open.groups[CardVaccine.pneumococcus.place].earliest == day("2025-03-12"))
    #expect(open.groups[CardVaccine.pneumococcus.place].doseNumber == 2)
    let done = IndonesianImmunization.ask(
      born: "2024-01-15", [first, dose(.pneumococcus, "2025-03-12")], on: "2025-04-01")
    #expect(done.groups[CardVaccine.pneumococcus.place].status == .complete)
    // A day before the first birthday it is the usual series, with a third dose to come.
    let usual = IndonesianImmunization.ask(
      born: "2024-01-15",
      [dose(.pneumococcus, "2025-01-14"), dose(.pneumococcus, "2025-03-12")], on: "2025-04-01")
    #expect(usual.groups[CardVaccine.pneumococcus.place].doseNumber == 3)
  }

  @Test(
    "a child of two months, born on the last of a month, is due on the day, and overdue when the ideal month has passed"
  )
  func lastOfMonth() {
    let forecast = IndonesianImmunization.ask(born: "2024-01-31", [], on: "2024-02-15")
      .groups[CardVaccine.dptHBHib.place]
    #expect(forecast.status == .notComplete)
    #expect(forecast.doseNumber == 1)
    #expect(forecast.earliest == day("2024-03-31"))
    #expect(forecast.recommended == day("2024-03-31"))
    // Born on the 31st: the month of April ends on the 30th.
    #expect(forecast.pastDue == day("2024-04-29"))
    #expect(forecast.latest == day("2029-01-30"))
  }
}
