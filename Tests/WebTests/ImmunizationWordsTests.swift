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

  /// The child was born on 1 January 2024 and has no dose.
  @Test func whatIsGivenNoMoreOrComesTooLateIsNotAmongWhatIsStillToBeGiven() async throws {
    let server = try await SignedInServer.shared()
    let format = Format(words: Words(try Phrases(.indonesian)), hoursEastOfGreenwich: 7)
    func said(_ kind: ReachedGoal.Kind, on day: CivilDate) throws -> String {
      let told = try #require(
        try server.district.immunization(of: TwoPuskesmas.patient, on: day))
      let goal = try #require(told.goals.first { $0.kind == kind })
      return ImmunizationText(format: format).goal(goal, planned: told.planned)
    }
    let all = "HB0, BCG, Polio tetes (OPV) 4, DPT-HB-Hib 3, Polio suntik (IPV) 2"
    #expect(
      try said(.basic, on: TwoPuskesmas.day(2024, 1, 2))
        == "Belum lengkap, masih ada waktu sampai 31 Desember 2024. "
        + "Masih perlu diberikan sampai dosis ini: \(all), Campak-rubela (MR) 1.")
    // At nine months OPV 4 and IPV 2 no longer fit into the first year, but are given all the same.
    #expect(
      try said(.basic, on: TwoPuskesmas.day(2024, 10, 10))
        == "Tidak dapat lengkap pada waktunya lagi. Tidak diberikan lagi: HB0. "
        + "Sudah terlambat untuk itu: Polio tetes (OPV) 4, Polio suntik (IPV) 2; "
        + "dosis yang masih boleh tetap diberikan. Masih perlu diberikan sampai dosis ini: "
        + "BCG, DPT-HB-Hib 3, Campak-rubela (MR) 1.")
    #expect(
      try said(.newAntigens, on: TwoPuskesmas.day(2025, 9, 1))
        == "Tidak lengkap pada waktunya. Tidak diberikan lagi: Rotavirus (RV) 3. "
        + "Masih perlu diberikan sampai dosis ini: PCV 2, Polio suntik (IPV) 2.")
    // The day before the fifth birthday, and that day: nothing of it is given any more.
    let last = try said(.basic, on: TwoPuskesmas.day(2028, 12, 31))
    #expect(last.contains("Tidak diberikan lagi: HB0, BCG. Masih perlu diberikan"))
    #expect(
      try said(.basic, on: TwoPuskesmas.day(2029, 12, 1))
        == "Tidak lengkap pada waktunya. Tidak diberikan lagi: \(all), Campak-rubela (MR) 1.")
  }

  /// What a form wrote in one language is read in the other; free words stay as they are.
  @Test func theNameOfADoseIsToldInTheLanguageOfTheReader() throws {
    let all = try Language.allCases.map { Words(try Phrases($0)) }
    func name(_ written: String, in language: Language) throws -> String {
      let format = Format(words: Words(try Phrases(language)), hoursEastOfGreenwich: 7)
      return ImmunizationText(format: format, written: all).name(Array(written.utf8), product: 10)
    }
    let names = [
      ("Polio suntik (IPV) 2", "Injected polio (IPV) 2"), ("PCV 1", "PCV 1"), ("BCG", "BCG"),
      ("Campak-rubela (MR) 1", "Measles-rubella (MR) 1"),
    ]
    for (indonesian, english) in names {
      for written in [indonesian, english] {
        #expect(try name(written, in: .indonesian) == indonesian, "\(written)")
        #expect(try name(written, in: .english) == english, "\(written)")
      }
    }
    for written in ["Penta kedua", "Polio suntik (IPV) 12", "Polio suntik"] {
      #expect(try name(written, in: .english) == written)
    }
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
