import Foundation
import Guidance
import Health

/// The answers to cases, as they are written to a file.
public struct ImmunizationCaseAnswers: Sendable {
  /// The answer to one case, in the words of CDC's published test cases.
  public struct Answer: Sendable {
    /// The case's own name.
    public let id: String
    /// The doses, in the file's order.
    public let doses: [Dose]
    /// "Complete", "Not complete", "Aged out" and so on.
    public let seriesStatus: String
    /// The number of the next dose, or "-".
    public let forecastNumber: String
    /// The first day on which it may be given.
    public let earliest: String?
    /// The day from which it is recommended.
    public let recommended: String?
    /// The last day on which it is not overdue.
    public let pastDue: String?
    /// What decided the dates, or why there are none.
    public let reason: String
    /// What is wrong with the case.
    public let problems: [ImmunizationCaseProblem]
  }

  /// What became of one dose.
  public struct Dose: Encodable, Sendable {
    /// The day on which it was given, as the case writes it.
    public let date: String
    /// The product's code, as the case writes it.
    public let cvx: String
    /// "Valid", "Not Valid", "Extraneous", "Sub-standard", or nothing where it was not judged: it
    /// holds nothing that the schedule knows, or the case cannot be answered.
    public let status: String
    /// Why; nothing where the dose counts.
    public let reason: String
  }

  /// The answers, in the order of the cases.
  public let answers: [Answer]

  /// Answers cases by a schedule.
  public init(_ cases: ImmunizationCases, by file: ScheduleFile) {
    var forecaster = ImmunizationForecaster(file.schedule)
    answers = cases.cases.map { item in
      guard let group = item.group, let day = item.day, item.canBeAnswered else {
        return ImmunizationCaseAnswers.unanswered(item)
      }
      forecaster.assess(item.person, doses: item.doses.compactMap(\.given), on: day)
      return ImmunizationCaseAnswers.answer(item, group, forecaster)
    }
  }

  private static func answer(
    _ item: ImmunizationCase, _ group: Int, _ forecaster: borrowing ImmunizationForecaster
  ) -> Answer {
    let forecast = forecaster.groups[group]
    var doses: [Dose] = []
    var place = 0
    for dose in item.doses {
      var found: DoseEvaluation?
      if dose.given != nil {
        found = forecaster.evaluation(ofDose: place, inGroup: group)
        // A dose that holds nothing of the group is told by a group that it belongs to.
        for other in forecaster.groups.indices where found == nil {
          found = forecaster.evaluation(ofDose: place, inGroup: other)
        }
        place += 1
      }
      doses.append(
        Dose(
          date: dose.date, cvx: dose.cvx, status: found.map { words(for: $0.status) } ?? "",
          reason: found.map { words(for: $0.reason) } ?? ""))
    }
    return Answer(
      id: item.id, doses: doses, seriesStatus: words(for: forecast.status),
      forecastNumber: forecast.doseNumber == 0 ? "-" : "\(forecast.doseNumber)",
      earliest: forecast.earliest?.written, recommended: forecast.recommended?.written,
      pastDue: forecast.pastDue?.written, reason: words(for: forecast.reason),
      problems: item.problems)
  }

  private static func unanswered(_ item: ImmunizationCase) -> Answer {
    Answer(
      id: item.id,
      doses: item.doses.map { Dose(date: $0.date, cvx: $0.cvx, status: "", reason: "") },
      seriesStatus: words(for: SeriesStatus.unknown), forecastNumber: "-", earliest: nil,
      recommended: nil, pastDue: nil, reason: words(for: ForecastReason.missing),
      problems: item.problems)
  }

  /// The file: a list of objects, sorted keys, so that two runs can be compared.
  ///
  /// - Parameter words: what a problem is called, in the language of the run.
  /// - Throws: what the encoder throws; it has nothing that it cannot encode.
  public func json(_ words: (ImmunizationCaseProblem) -> String) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return try encoder.encode(
      answers.map { Written(answer: $0, problems: $0.problems.map(words)) })
  }

  /// An answer with the words of its problems.
  private struct Written: Encodable {
    let answer: Answer
    let problems: [String]

    enum CodingKeys: String, CodingKey {
      case id, doses, earliest, recommended, reason, problems
      case seriesStatus = "series_status"
      case forecastNumber = "forecast_num"
      case pastDue = "past_due"
    }

    /// Writes all fields, those without a value as null; problems only where there are any.
    func encode(to encoder: any Encoder) throws {
      var fields = encoder.container(keyedBy: CodingKeys.self)
      try fields.encode(answer.id, forKey: .id)
      try fields.encode(answer.doses, forKey: .doses)
      try fields.encode(answer.seriesStatus, forKey: .seriesStatus)
      try fields.encode(answer.forecastNumber, forKey: .forecastNumber)
      try fields.encode(answer.earliest, forKey: .earliest)
      try fields.encode(answer.recommended, forKey: .recommended)
      try fields.encode(answer.pastDue, forKey: .pastDue)
      try fields.encode(answer.reason, forKey: .reason)
      if !problems.isEmpty { try fields.encode(problems, forKey: .problems) }
    }
  }

  private static func words(for status: DoseStatus) -> String {
    switch status {
    case .valid: "Valid"
    case .notValid: "Not Valid"
    case .extraneous: "Extraneous"
    case .substandard: "Sub-standard"
    }
  }

  private static func words(for reason: DoseReason) -> String {
    switch reason {
    case .asRecommended, .withinGrace: ""
    case .tooYoung: "Age: Too Young"
    case .tooOld: "Age: Too Old"
    case .tooSoon: "Interval: too short"
    case .vaccineConflict: "Live Virus Conflict"
    case .inadvertentVaccine: "Inadvertent Vaccine"
    case .wrongVaccine: "Vaccine: not allowed"
    case .wrongAgeForVaccine: "Vaccine: not allowed at this age"
    case .seriesComplete: "Series Already Complete"
    case .substandard: "Sub-standard"
    }
  }

  private static func words(for status: SeriesStatus) -> String {
    switch status {
    case .notComplete: "Not complete"
    case .complete: "Complete"
    case .agedOut: "Aged out"
    case .immune: "Immune"
    case .contraindicated: "Contraindicated"
    case .notRecommended: "Not recommended"
    case .unknown: "Unknown"
    case .notApplicable: "Not applicable"
    }
  }

  private static func words(for reason: ForecastReason) -> String {
    switch reason {
    case .age: "Recommended based on age"
    case .interval: "Recommended based on interval"
    case .intervalFromInvalidDose: "Recommended based on minimum interval from invalid dose"
    case .vaccineConflict: "Recommended based on minimum interval from live virus vaccine"
    case .season: "Recommended based on seasonal start date"
    case .complete: "Not recommended: series complete"
    case .tooOld: "Not recommended: too old"
    case .cannotFinishInTime: "Not recommended: too old before the dose may be given"
    case .immune: "Not recommended: immune"
    case .contraindicated: "Not recommended: contraindicated"
    case .pastHistory: "Not recommended: past immunization history"
    case .pastSeason: "Not recommended: season is over"
    case .missing: "Unknown: something is missing"
    case .notApplicable: "Not recommended: not for this person"
    case .schoolMonth: "Recommended in the school month"
    }
  }
}
