import Exchange
import Foundation
import Guidance
import Health
import Programmes
import Testing

/// A schedule read from a file, and cases answered by it.
@Suite("Schedule file")
struct ScheduleFileTests {
  static let text = """
    {"format": "sikilap-immunization-schedule", "version": 1, "edition": "made up",
     "grace": "4 days", "monthOverflow": "firstOfNextMonth", "antigens": ["A", "B"],
     "products": [{"code": 7, "antigens": [{"antigen": "A"}]},
                  {"code": 8, "antigens": [{"antigen": "B", "untilAge": "5 years"}]}],
     "groups": [{"name": "GA", "antigens": ["A"]}, {"name": "GB", "antigens": ["B"]}],
     "series": [{"antigen": "A", "name": "A usual", "kind": "standard", "default": true,
       "doses": [{"ages": [{"minimum": "6 weeks", "recommended": "2 months"}]},
                 {"intervals": [{"after": "previous", "minimum": "4 weeks"}]}]},
       {"antigen": "B", "name": "B usual", "kind": "standard", "default": true, "doses": [{}]}]}
    """

  private func read(_ text: String) throws -> ScheduleFile {
    try ScheduleFile(Data(text.utf8))
  }

  private func problem(_ old: String, _ new: String) -> ScheduleFileProblem? {
    #expect(ScheduleFileTests.text.contains(old))
    let text = ScheduleFileTests.text.replacingOccurrences(of: old, with: new)
    do {
      _ = try ScheduleFile(Data(text.utf8))
      return nil
    } catch {
      return error
    }
  }

  @Test("what stands in the file is in the schedule")
  func reads() throws {
    let file = try read(ScheduleFileTests.text)
    #expect(file.edition == "made up")
    #expect(file.groupNames == ["GA", "GB"])
    #expect(file.schedule.grace == .days(4))
    #expect(file.schedule.series[0].doses[0].ages[0].minimum == .weeks(6))
    #expect(file.schedule.series[0].doses[1].intervals[0].start == .previousDose)
    #expect(file.schedule.products[1].contents[0].until == .years(5))
  }

  @Test("what is wrong is said, and where")
  func problems() {
    #expect(problem("\"version\": 1", "\"version\": 2") == .otherVersion(2))
    #expect(problem("sikilap-immunization-schedule", "else") == .otherFormat("else"))
    #expect(
      problem("6 weeks", "6 moons") == .period(at: "A usual dose 1", "6 moons"))
    #expect(problem("6 weeks", "199 years") == .period(at: "A usual dose 1", "199 years"))
    #expect(problem("6 weeks", "weeks") == .period(at: "A usual dose 1", "weeks"))
    #expect(
      problem("[\"A\"]}, {", "[\"C\"]}, {") == .antigen(at: "groups GA", "C"))
    #expect(
      problem("\"kind\": \"standard\", \"default\": true,\n", "\"kind\": \"odd\",\n")
        == .word(at: "A usual kind", "odd"))
    #expect(problem("\"code\": 7", "\"code\": 70000") == .product(at: "products", "70000"))
    guard case .unreadable(at: "series [1] doses", _) = problem("\"doses\": [{\"a", "\"x\": [{\"a")
    else {
      Issue.record("the place of what is missing")
      return
    }
  }

  static let cases = """
    [{"id": "one", "group": "GA", "dob": "2024-01-31", "sex": "F",
      "assessment_date": "2024-06-01",
      "doses": [{"date": "2024-03-10", "cvx": "07"}, {"date": "2024-03-11", "cvx": "08"},
                {"date": "2024-03-12", "cvx": "07"}]}]
    """

  @Test("cases are answered in the words of CDC's test cases")
  func answers() throws {
    let file = try read(ScheduleFileTests.text)
    let cases = try ImmunizationCases(Data(ScheduleFileTests.cases.utf8), for: file)
    let answer = try #require(ImmunizationCaseAnswers(cases, by: file).answers.first)
    // 31 January and 6 weeks less 4 days is 9 March.
    #expect(answer.doses.map(\.status) == ["Valid", "Valid", "Not Valid"])
    #expect(answer.doses.map(\.reason) == ["", "", "Interval: too short"])
    #expect(answer.seriesStatus == "Not complete")
    #expect(answer.forecastNumber == "2")
    #expect(answer.earliest == "2024-04-09")
    #expect(answer.recommended == "2024-04-09")
    #expect(answer.pastDue == nil)
  }

  @Test("the Indonesian schedule answers cases as well, by the names of the card's rows")
  func indonesian() throws {
    let file = ScheduleFile(.kmk1098Changed2025)
    let text = ScheduleFileTests.cases.replacingOccurrences(of: "GA", with: "bcg")
      .replacingOccurrences(of: "\"07\"", with: "\"19\"")
    let cases = try ImmunizationCases(Data(text.utf8), for: file)
    let answer = try #require(ImmunizationCaseAnswers(cases, by: file).answers.first)
    #expect(answer.seriesStatus == "Complete")
    // The HB is one of DPT-HB-Hib, and too early for it.
    #expect(answer.doses.map(\.status) == ["Valid", "Not Valid", "Extraneous"])
    #expect(file.groupNames.count == file.schedule.groups.count)
    #expect(file.antigenNames.count == file.schedule.antigenCount)
    #expect(file.seriesNames.count == file.schedule.series.count)
  }

  private func answer(
    _ old: String, _ new: String
  ) throws -> (problems: [ImmunizationCaseProblem], answer: ImmunizationCaseAnswers.Answer) {
    #expect(ScheduleFileTests.cases.contains(old))
    let file = try read(ScheduleFileTests.text)
    let text = ScheduleFileTests.cases.replacingOccurrences(of: old, with: new)
    let cases = try ImmunizationCases(Data(text.utf8), for: file)
    let answer = try #require(ImmunizationCaseAnswers(cases, by: file).answers.first)
    return (answer.problems, answer)
  }

  @Test(
    "a case that cannot be answered says why, and is unknown",
    arguments: [
      ("\"GA\"", "\"GZ\"", .unknownGroup, "group", "GZ"),
      ("\"GA\"", "[]", .unknownGroup, "group", ""),
      ("2024-03-12", "2024-02-30", .impossibleDay, "doses 3 date", "2024-02-30"),
      ("2024-03-12", "9999-01-01", .impossibleDay, "doses 3 date", "9999-01-01"),
      ("\"F\"", "\"Q\"", .unknownSex, "sex", "Q"),
      ("\"2024-01-31\"", "null", .noBirthDate, "dob", ""),
      ("\"2024-01-31\"", "\"\"", .noBirthDate, "dob", ""),
      ("\"2024-01-31\"", "\"31/01/2024\"", .impossibleDay, "dob", "31/01/2024"),
      ("assessment_date", "assessed", .missing, "assessment_date", ""),
      ("2024-06-01", "2023-06-01", .beforeBirth, "assessment_date", "2023-06-01"),
      ("\"doses\": [", "\"doses\": 5, \"x\": [", .missing, "doses", ""),
      ("{\"date\": \"2024-03-10\", \"cvx\": \"07\"}", "7", .notAnObject, "doses 1", ""),
    ] as [(String, String, ImmunizationCaseProblem.Code, String, String)])
  func unanswered(
    old: String, new: String, code: ImmunizationCaseProblem.Code, field: String, value: String
  ) throws {
    let (problems, answer) = try answer(old, new)
    #expect(problems == [ImmunizationCaseProblem(code: code, field: field, value: value)])
    #expect(answer.id == "one")
    #expect(answer.seriesStatus == "Unknown")
    #expect(answer.forecastNumber == "-")
    #expect(answer.earliest == nil)
    #expect(answer.doses.allSatisfy { $0.status.isEmpty })
  }

  @Test("a dose of a vaccine that the schedule does not know is named; the others are judged")
  func unknownVaccine() throws {
    for written in ["\"999\"", "\"x\"", "null", "70000"] {
      let (problems, answer) = try answer("\"08\"", written)
      let value = written == "null" ? "" : written.filter { $0 != "\"" }
      #expect(
        problems == [
          ImmunizationCaseProblem(code: .unknownVaccine, field: "doses 2 cvx", value: value)
        ])
      #expect(answer.doses.map(\.status) == ["Valid", "", "Not Valid"])
      #expect(answer.seriesStatus == "Not complete")
    }
  }

  @Test("a dose before birth is named and does not count")
  func doseBeforeBirth() throws {
    let (problems, answer) = try answer("2024-03-10", "2023-03-10")
    #expect(problems.map(\.code) == [.beforeBirth])
    #expect(answer.doses[0].reason == "Age: Too Young")
  }

  @Test("one case in which everything is wrong stops no other")
  func hostileCases() throws {
    let file = try read(ScheduleFileTests.text)
    let one = ScheduleFileTests.cases.dropFirst().dropLast()
    let text = "[7, null, [], {}, {\"id\": 12, \"doses\": {\"a\": 1}}, \(one)]"
    let cases = try ImmunizationCases(Data(text.utf8), for: file)
    let answers = ImmunizationCaseAnswers(cases, by: file).answers
    #expect(answers.map(\.id) == ["[1]", "[2]", "[3]", "[4]", "12", "one"])
    #expect(answers.dropLast().allSatisfy { $0.seriesStatus == "Unknown" && !$0.problems.isEmpty })
    #expect(answers.last?.seriesStatus == "Not complete")
    #expect(throws: ScheduleFileProblem.self) {
      _ = try ImmunizationCases(Data("{\"id\": 1}".utf8), for: file)
    }
    #expect(throws: ScheduleFileProblem.self) { _ = try ImmunizationCases(Data(), for: file) }
    let deep = Data(String(repeating: "[", count: 100_000).utf8)
    #expect(throws: ScheduleFileProblem.self) { _ = try ImmunizationCases(deep, for: file) }
  }

  @Test("days at the ends of the calendar are answered")
  func farDays() throws {
    let file = try read(
      ScheduleFileTests.text.replacingOccurrences(of: "6 weeks", with: "180 years + 15000 days")
        .replacingOccurrences(of: "4 weeks", with: "180 years"))
    for birth in ["1696-03-20", "2517-07-29"] {
      let text = """
        [{"id": "far", "group": "GA", "dob": "\(birth)", "sex": "F",
          "assessment_date": "\(birth)", "doses": []}]
        """
      let cases = try ImmunizationCases(Data(text.utf8), for: file)
      let answer = try #require(ImmunizationCaseAnswers(cases, by: file).answers.first)
      #expect(answer.problems.isEmpty && answer.seriesStatus == "Not complete")
    }
  }
}
