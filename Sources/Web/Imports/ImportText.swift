import Health
import Journal
import Services

/// An import in words.
struct ImportText {
  private let visit: Visit
  /// Who took imports back.
  private let workers: [Identifier: String]

  init(_ visit: Visit) {
    self.visit = visit
    workers = [:]
  }

  /// Words for these imports.
  init(_ visit: Visit, of batches: some Sequence<ImportBatch>) throws {
    self.visit = visit
    workers = try visit.district.workerNames(Set(batches.compactMap(\.undoneBy)))
  }

  func fields(of batch: ImportBatch) -> Fields {
    let format = visit.format
    return [
      "file": batch.fileName, "time": format.moment(batch.startedAt),
      "rows": format.whole(batch.rows), "accepted": format.whole(batch.accepted),
      "undone": undone(batch), "is_undone": batch.undoneAt != nil,
      "already": format.whole(batch.alreadyThere), "refused": format.whole(batch.refused),
      "status": status(of: batch),
    ]
  }

  /// That an import was taken back, when and by whom; nothing while it stands.
  func undone(_ batch: ImportBatch) -> String? {
    guard let moment = batch.undoneAt.map(visit.format.moment) else { return nil }
    guard let worker = batch.undoneBy.flatMap({ workers[$0] }) else {
      return visit.words("imports.undone_at", ["moment": moment])
    }
    return visit.words("imports.undone_by", ["moment": moment, "who": worker])
  }

  /// How far an import came, in words; of one that stopped, with how many rows were written.
  func state(of batch: ImportBatch) -> String {
    let state = batch.state(at: visit.site.now)
    let word = visit.words["imports.status.\(state.code)"]
    guard state == .stopped, let expected = batch.expectedRows else { return word }
    return visit.words(
      "imports.stopped_at",
      [
        "state": word, "done": visit.format.whole(batch.rows),
        "expected": visit.format.whole(expected),
      ])
  }

  private func status(of batch: ImportBatch) -> Fields {
    let tone =
      switch batch.state(at: visit.site.now) {
      case .running, .undone: "fair"
      case .done: "good"
      case .doneWithRefused: "poor"
      case .stopped: "bad"
      }
    return ["word": state(of: batch), "tone": tone]
  }

  /// All that is wrong with a refused row, each with its column, what stood there, and how to mend
  /// it.
  func problems(of row: RefusedRow) -> [Fields] {
    row.problems.map { problem in
      [
        "column": problem.column.isEmpty ? nil : problem.column,
        "value": problem.value.isEmpty ? nil : problem.value,
        "what": explanation(of: problem, "what"), "mend": explanation(of: problem, "mend"),
      ]
    }
  }

  /// A part of a refused row's explanation for one cell of a table: `what` or `mend`.
  func explanation(of row: RefusedRow, _ part: String) -> String {
    // What else is wrong with the row names its column, for the table has room for one.
    row.problems.enumerated().map { number, problem in
      let column = number == 0 || problem.column.isEmpty ? "" : "\(problem.column): "
      return column + explanation(of: problem, part)
    }.joined(separator: " ")
  }

  private func explanation(of problem: FurtherProblem, _ part: String) -> String {
    let code = problem.problem.contains(".") ? problem.problem : "import.\(problem.problem)"
    let key = "errors.\(code).\(part)"
    guard visit.words.find(key) != nil else { return visit.words["errors.import.other.\(part)"] }
    var values = visit.format.spelled(problem.details)
    values["column"] = values["column"] ?? problem.column
    values["value"] = values["value"] ?? problem.value
    return visit.words(key, values)
  }

  /// A part of a warning's explanation: `what` or `mend`.
  func explanation(of row: DoubtfulRow, _ part: String) -> String {
    let code = row.warning.contains(".") ? row.warning : "import.\(row.warning)"
    return visit.words("warnings.\(code).\(part)", visit.format.spelled(row.details))
  }
}

extension Format {
  /// What an explanation fills in, with each day in words: those who read a list write 2026-11-23
  /// for it.
  func spelled(_ details: [String: String]) -> [String: String] {
    details.mapValues { value in
      guard case .success(let day?) = PersonForm.day(value), Format.iso(day) == value else {
        return value
      }
      return date(day)
    }
  }
}
