import ArgumentParser
import Exchange
import Foundation
import Programmes
import Services

/// `sikilap forecast --schedule SCHEDULE --cases CASES.json --output OUT.json`: judges the doses of
/// cases and forecasts the next ones by any immunisation schedule, without a database.
struct Forecast: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: words("commands.forecast.about"),
      discussion: words(
        "commands.forecast.discussion",
        ["schedules": ShippedSchedules.names.joined(separator: ", ")]))
  }

  @Option(help: ArgumentHelp(words("commands.forecast.schedule"))) var schedule: String
  @Option(help: ArgumentHelp(words("commands.forecast.cases"))) var cases: String
  @Option(help: ArgumentHelp(words("commands.forecast.output"))) var output: String
  @Option(help: ArgumentHelp(words("commands.forecast.settings"))) var settings: String?

  /// How many problems are told at once.
  private static let toldAtOnce = 20

  func run() throws {
    try inWords {
      try refuseToOverwrite()
      let file = try scheduleFile()
      let found = try inFile(cases) { (bytes) throws(ScheduleFileProblem) in
        try ImmunizationCases(bytes, for: file)
      }
      let answers = ImmunizationCaseAnswers(found, by: file)
      try OutputFile.write(answers.json { text($0, file) }, to: output)
      let problems = found.cases.flatMap { item in item.problems.map { (item.id, $0) } }
      for (id, problem) in problems.prefix(Forecast.toldAtOnce) {
        tell(
          words("commands.forecast.problem", ["case": id, "problem": text(problem, file)]))
      }
      if problems.count > Forecast.toldAtOnce {
        let more = problems.count - Forecast.toldAtOnce
        tell(words("commands.refused_more", ["count": String(more)]))
      }
      let answered = found.cases.count(where: \.canBeAnswered)
      tell(
        words(
          "commands.forecast.done",
          [
            "answered": String(answered), "cases": String(found.cases.count),
            "schedule": file.edition, "path": output,
          ]))
      if answered == 0, !found.cases.isEmpty { throw ExitCode.failure }
    }
  }

  /// The schedule that is shipped under the name, or that stands in the file.
  private func scheduleFile() throws -> ScheduleFile {
    if let edition = ShippedSchedules.edition(named: schedule) {
      let chosen = try settings.map { try SettingsEdition(path: $0) } ?? .standard
      return ScheduleFile(edition, settings: chosen.programmes.immunization)
    }
    if settings != nil { throw Refusal("schedule_without_settings", ["name": schedule]) }
    let path = ShippedSchedules.path(of: schedule) ?? schedule
    guard FileManager.default.fileExists(atPath: path) else {
      throw Refusal(
        "unknown_schedule",
        ["name": schedule, "known": ShippedSchedules.names.joined(separator: ", ")])
    }
    return try inFile(path) { (bytes) throws(ScheduleFileProblem) in try ScheduleFile(bytes) }
  }

  /// Reads a file, and names it where something in it is wrong.
  private func inFile<Content>(
    _ path: String, _ read: (Data) throws(ScheduleFileProblem) -> Content
  ) throws -> Content {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw Refusal("unreadable", ["path": path])
    }
    do {
      return try read(bytes)
    } catch { throw Refusal(schedule: error, in: path) }
  }

  private func text(_ problem: ImmunizationCaseProblem, _ file: ScheduleFile) -> String {
    let key = "errors.case.\(problem.code.rawValue)"
    let values = [
      "field": problem.field, "value": problem.value,
      "groups": file.groupNames.joined(separator: ", "),
    ]
    return words("\(key).what", values) + " " + words("\(key).mend", values)
  }

  /// What is read is never written over.
  private func refuseToOverwrite() throws {
    guard output != "-" else { return }
    func plain(_ path: String) -> String {
      URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }
    for path in [cases, schedule, settings].compactMap({ $0 }) where plain(path) == plain(output) {
      throw Refusal("output_is_input", ["path": output])
    }
  }
}

extension Refusal {
  /// The words for a file of a schedule or of cases that cannot be used.
  init(schedule problem: ScheduleFileProblem, in path: String) {
    switch problem {
    case .unreadable(let place, let reason):
      self.init(
        place.isEmpty ? "json_unreadable" : "json_unreadable_at",
        ["path": path, "place": place, "reason": reason])
    case .otherFormat(let value):
      self.init("schedule_other_format", ["path": path, "value": value])
    case .otherVersion(let value):
      self.init("schedule_other_version", ["path": path, "value": String(value)])
    case .period(let place, let value):
      self.init("schedule_period", ["path": path, "place": place, "value": value])
    case .day(let place, let value):
      self.init("schedule_day", ["path": path, "place": place, "value": value])
    case .word(let place, let value):
      self.init("schedule_word", ["path": path, "place": place, "value": value])
    case .antigen(let place, let value):
      self.init("schedule_antigen", ["path": path, "place": place, "value": value])
    case .product(let place, let value):
      self.init("schedule_product", ["path": path, "place": place, "value": value])
    case .tooMany(let name, let most):
      self.init("schedule_too_many", ["path": path, "name": name, "most": String(most)])
    }
  }
}
