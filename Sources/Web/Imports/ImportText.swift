import Health
import Journal
import Services

/// An import in words.
struct ImportText {
  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  func fields(of batch: ImportBatch) -> Fields {
    let format = visit.format
    return [
      "file": batch.fileName, "time": format.moment(batch.startedAt),
      "rows": format.whole(batch.rows), "accepted": format.whole(batch.accepted),
      "already": format.whole(batch.alreadyThere), "refused": format.whole(batch.refused),
      "status": status(of: batch),
    ]
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

  /// A part of a refused row's explanation: `what` or `mend`.
  func explanation(of row: RefusedRow, _ part: String) -> String {
    let first = explanation(row.problem, row.details, row.column, row.value, part)
    // What else is wrong with the row names its column, for the table has room for one.
    let others = row.further.map { other in
      (other.column.isEmpty ? "" : "\(other.column): ")
        + explanation(other.problem, other.details, other.column, other.value, part)
    }
    return ([first] + others).joined(separator: " ")
  }

  private func explanation(
    _ problem: String, _ details: [String: String], _ column: String, _ value: String,
    _ part: String
  ) -> String {
    let code = problem.contains(".") ? problem : "import.\(problem)"
    guard let text = visit.words.find("errors.\(code).\(part)") else {
      return visit.words["errors.import.other.\(part)"]
    }
    var values = details
    values["column"] = values["column"] ?? column
    values["value"] = values["value"] ?? value
    return Words.fill(text, values)
  }

  /// A part of a warning's explanation: `what` or `mend`.
  func explanation(of row: DoubtfulRow, _ part: String) -> String {
    let code = row.warning.contains(".") ? row.warning : "import.\(row.warning)"
    return Words.fill(visit.words["warnings.\(code).\(part)"], row.details)
  }
}
