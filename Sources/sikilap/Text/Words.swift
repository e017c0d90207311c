import ArgumentParser
import Exchange
import Foundation
import Health
import Journal
import Services
import Web

/// The texts of this run, in the language that SIKILAP_LANGUAGE names; Indonesian otherwise.
let words: Phrases = {
  let wanted = ProcessInfo.processInfo.environment["SIKILAP_LANGUAGE"] ?? ""
  do {
    return try Phrases(Language(rawValue: wanted) ?? .indonesian)
  } catch {
    FileHandle.standardError.write(
      Data("sikilap: the string catalogues beside the program cannot be read: \(error)\n".utf8))
    exit(70)
  }
}()

/// A failure told in the user's words: what is wrong, and how to mend it.
struct Refusal: Error, CustomStringConvertible {
  let description: String

  init(_ code: String, _ values: [String: String] = [:]) {
    let key = "errors.file.\(code)"
    description = words("\(key).what", values) + " " + words("\(key).mend", values)
  }

  /// The words for an error of any part of the system.
  init(_ error: any Error) {
    switch error {
    case let refusal as Refusal: self = refusal
    case KnownProblem.notNoted(let moment):
      let day = moment.day(hoursEastOfGreenwich: 7).components
      let text = String(format: "%04d-%02d-%02d", day.year, day.month, day.day)
      self.init("known_not_noted", ["moment": text])
    case KnownProblem.noSuchSequence(let sequence, let last):
      self.init("no_such_sequence", ["sequence": String(sequence), "last": String(last)])
    case KnownProblem.unreadableFact(let sequence), JournalError.unreadableFact(let sequence):
      self.init("unreadable_fact", ["sequence": String(sequence)])
    case let problem as AuditProblem: self.init(log: problem)
    case let problem as ErasureProblem: self.init(erasure: problem)
    case let error as SettingsProblem: self.init(text: error.text(words))
    case let error as ResidentMoveProblem: self.init(residents: error)
    case let error as CSVProblem: self = Refusal(file: error)
    case ListenProblem.noSuchPort(let port): self.init("no_such_port", ["port": String(port)])
    case ListenProblem.portTaken(let port):
      self.init("port_taken", ["port": String(port), "other": String(port + 1)])
    case ListenProblem.portNotAllowed(let port):
      self.init("port_not_allowed", ["port": String(port)])
    case let error as SpreadsheetProblem: self.init(words.sentences(error))
    case let error as SpreadsheetWriteProblem: self.init(words.sentences(error))
    case ImportProblem.file(let error): self = Refusal(file: error)
    case ImportProblem.mapping(let error): self = Refusal(mapping: error)
    case let error as MappingProblem: self = Refusal(mapping: error)
    case let error as ListHeadingProblem:
      let key = "errors.list_heading.\(error.code.rawValue)"
      self.init((words(key + ".what", error.details), words(key + ".mend", error.details)))
    case ListUndoProblem.stillWritten: self.init("still_written")
    case ListWriteProblem.stopped: self.init("list_taken_back")
    case ListWriteProblem.tooBusy, ListUndoProblem.tooBusy: self.init("too_busy")
    case ImportProblem.cannotWriteRefused(let path): self.init("cannot_write", ["path": path])
    case GrowthTableProblem.file(let error): self = Refusal(file: error)
    case GrowthTableProblem.missingColumn(let columns):
      self.init("no_growth_column", ["columns": columns.joined(separator: ", ")])
    case GrowthTableProblem.raggedRow(let line):
      self.init("ragged_row", ["line": String(line)])
    case GrowthTableProblem.badValue(let line, let column, let value):
      self.init("bad_survey_value", ["line": String(line), "column": column, "value": value])
    case GrowthTableProblem.cannotWrite(let path): self.init("cannot_write", ["path": path])
    case JournalError.diskFull: self.init("disk_full")
    case JournalError.cannotOpen(let path, let reason):
      self.init("cannot_open_database", ["path": path, "reason": reason])
    case JournalError.fromNewerVersion: self.init("newer_database")
    case JournalError.notDurable(let level): self.init("not_durable", ["level": String(level)])
    default:
      if let told = DistrictFileExplanation(error) {
        self.init(told.code, told.values)
      } else {
        self.init("unexpected", ["reason": String(describing: error)])
      }
    }
  }

  private init(text: String) { description = text }

  private init(_ sentences: (what: String, mend: String)) {
    description = sentences.what + " " + sentences.mend
  }

  private init(file error: CSVProblem) {
    switch error {
    case .unreadable(let path): self.init("unreadable", ["path": path])
    case .isFolder(let path): self.init("is_folder", ["path": path])
    case .empty: self.init("empty")
    case .isSpreadsheet: self.init("is_spreadsheet")
    case .isUTF16: self.init("is_utf16")
    case .isBinary(let line): self.init("is_binary", ["line": String(line)])
    case .unclosedQuote(let line): self.init("unclosed_quote", ["line": String(line)])
    case .rowTooLong(let line): self.init("row_too_long", ["line": String(line)])
    case .tooManyColumns(let line): self.init("too_many_columns", ["line": String(line)])
    case .cutOff(let line): self.init("cut_off", ["line": String(line)])
    }
  }

  private init(mapping error: MappingProblem) {
    switch error {
    case .notFound(let path): self.init("mapping_not_found", ["path": path])
    case .notAMapping(let path, let reason):
      self.init("not_a_mapping", ["path": path, "reason": reason])
    case .missingColumn(let field, let headings):
      self.init(
        "missing_column",
        ["field": field.rawValue, "headings": headings.joined(separator: ", ")])
    }
  }
}

/// Runs a command's work, and turns every failure into words and a failing exit.
func inWords(_ work: () throws -> Void) throws {
  do {
    try work()
  } catch { throw told(error) }
}

/// As ``inWords(_:)``, for work that waits.
func inWords(_ work: () async throws -> Void) async throws {
  do {
    try await work()
  } catch { throw told(error) }
}

/// Tells a failure in words, unless that was done; the exit with which the command ends.
private func told(_ error: any Error) -> ExitCode {
  if let code = error as? ExitCode { return code }
  FileHandle.standardError.write(Data("sikilap: \(Refusal(error))\n".utf8))
  return .failure
}

/// Seconds and rates as people read them.
func seconds(since start: ContinuousClock.Instant) -> (text: String, value: Double) {
  let passed = ContinuousClock.now - start
  let value = Double(passed.components.seconds) + Double(passed.components.attoseconds) / 1e18
  return (String(format: "%.1f", value), max(value, 1e-9))
}

/// Writes a line for people, apart from what a program reads from standard output.
func tell(_ line: String, end: String = "\n") {
  FileHandle.standardError.write(Data((line + end).utf8))
}
