import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// Whatever the pages of vaccinations can name has words in both languages.
@Suite struct ImmunizationWordsTests {
  @Test(arguments: Language.allCases) func everyNameHasText(_ language: Language) throws {
    let words = Words(try Phrases(language))
    var names = OfferedVaccine.allCases.map { "vaccines.\($0.name)" }
    names += VaccineName.allCases.map { "products.\($0.catalogueName)" }
    names += VaccinationWindow.allCases.map { "windows.\($0.name)" }
    names += DoseStatus.allCases.map { "dose_status.\($0.name)" } + ["dose_status.too_late"]
    names += DoseReason.allCases.map { "dose_reasons.\($0.name)" }
    names += ForecastReason.allCases.map { "forecast_reasons.\($0.name)" }
    names += VaccinationOrigin.allCases.map { "origins.\($0.code)" }
    names += SpoiledVaccine.allCases.map { "spoiled.\($0.code)" }
    names += RefusalBody.Reason.allCases.map { "not_given.\($0.code)" }
    names += VaccineEntries.Outcome.allCases.map { "outcomes.\($0.rawValue)" }
    names += ReachedGoal.Kind.allCases.map { "goals.\($0.rawValue)" }
    names += ["no_day", "in_future", "before_birth", "needs_day"].map { "problems.\($0)" }
    for name in names { #expect(words.find("immunization.\(name)") != nil, "\(name)") }
  }

  @Test func aDoseAfterTheGreatestAgeCameTooLateAndIsNotMoreThanNeeded() {
    #expect(DoseEvaluation(.extraneous, .tooOld).code == "too_late")
    #expect(DoseEvaluation(.extraneous, .seriesComplete).code == "extraneous")
    #expect(DoseEvaluation(.notValid, .tooYoung).code == "not_valid")
    #expect(DoseEvaluation(.valid, .asRecommended).code == "valid")
  }

  @Test func aDayIsReadAsWellAsItIsKnown() throws {
    let born = TwoPuskesmas.day(2024, 3, 10)
    let today = TwoPuskesmas.day(2025, 6, 20)
    func read(_ text: String) throws -> WrittenDay? {
      try WrittenDay.read(text, born: born, today: today).get()
    }
    #expect(try read("") == nil)
    #expect(try read("14/05/2024") == WrittenDay(day: TwoPuskesmas.day(2024, 5, 14), knownBy: nil))
    #expect(
      try read("2024-05") == WrittenDay(day: TwoPuskesmas.day(2024, 5, 15), knownBy: .month))
    #expect(try read("03.2024") == WrittenDay(day: TwoPuskesmas.day(2024, 3, 15), knownBy: .month))
    #expect(try read("2024") == WrittenDay(day: TwoPuskesmas.day(2024, 7, 1), knownBy: .year))
    let wrong: [(String, WrittenDay.Problem)] = [
      ("09-03-2024", .beforeBirth), ("2023", .beforeBirth), ("02-2024", .beforeBirth),
      ("21-06-2025", .inFuture), ("2026", .inFuture), ("2025", .needsDay), ("5", .notADay),
      ("00-2024", .notADay), ("abc", .notADay), ("1-2-3-2024", .notADay),
    ]
    for (text, problem) in wrong {
      #expect(throws: problem) { try read(text) }
    }
    // A month in which the day that stands for it lies before the birth.
    let late = WrittenDay.read("03-2024", born: TwoPuskesmas.day(2024, 3, 20), today: today)
    #expect(throws: WrittenDay.Problem.needsDay) { try late.get() }
  }
}
