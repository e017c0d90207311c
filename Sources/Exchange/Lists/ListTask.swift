import Foundation
import Health
import Journal

/// A list to be looked at or taken in: which file, for which place, and by whom.
public struct ListTask: Sendable {
  /// Households or workers.
  public let kind: ImportKind
  /// The file.
  public let path: String
  /// How the file is called by whoever brings it.
  public let fileName: String
  /// The place that the list is for: whoever's area holds it sees its refused rows.
  public let place: Identifier?
  /// Who brings it; nothing for the command line.
  public let recorder: Identifier?
  /// Where it may tell of anybody.
  public let reach: ListReach

  /// A list of households or of workers.
  public init(
    kind: ImportKind, path: String, fileName: String? = nil, place: Identifier? = nil,
    recorder: Identifier? = nil, reach: ListReach = .everything
  ) {
    precondition(kind != .measurements, "measurements have an import of their own")
    self.kind = kind
    self.path = path
    self.fileName = fileName ?? URL(fileURLWithPath: path).lastPathComponent
    self.place = place
    self.recorder = recorder
    self.reach = reach
  }
}

/// How looking at a list, or taking it in, went so far.
public struct ListSummary: Sendable {
  /// The batch under which it is written; of a list that is only looked at it stands nowhere.
  public let batch: Identifier
  /// How many rows there are of each outcome.
  public internal(set) var counts: [ListOutcome: Int] = [:]
  /// How many households are new.
  public internal(set) var newHouseholds = 0
  /// Lines of the first member of each new household that names no head of the family.
  public internal(set) var householdsWithoutHead: [Int] = []
  /// Headings of columns that nothing is stored of.
  public internal(set) var unstoredColumns: [String] = []
  /// How often each problem occurred first on a row, by the key of its explanation.
  public internal(set) var problems: [String: Int] = [:]
  /// How often each warning occurred, by the key of its explanation.
  public internal(set) var warnings: [String: Int] = [:]
  /// The first rows that are refused, changed or doubtful, for showing at once.
  public internal(set) var examples: [ListedRow] = []
  /// The file with the refused rows, where there are any.
  public internal(set) var refusedFile: String?
  /// The last line that was read.
  public internal(set) var lastLine = 0
  /// How many facts were written.
  public internal(set) var facts = 0
  /// The heading as a line of CSV.
  public internal(set) var heading: [UInt8] = []

  init(batch: Identifier) { self.batch = batch }

  /// How many rows there are of an outcome.
  public subscript(outcome: ListOutcome) -> Int { counts[outcome] ?? 0 }

  /// All rows read so far.
  public var rows: Int { counts.values.reduce(0, +) }

  mutating func count(_ row: ListedRow) {
    counts[row.outcome, default: 0] += 1
    lastLine = max(lastLine, row.line)
    facts += row.facts.count
    if let problem = row.problems.first { problems[problem.key, default: 0] += 1 }
    for warning in row.warnings { warnings[warning.key, default: 0] += 1 }
    let isTold = row.outcome == .refused || row.outcome == .changed || !row.warnings.isEmpty
    let alike = examples.count { $0.outcome == row.outcome }
    if isTold, alike < ListSummary.toldOfEach {
      var example = row
      example.facts = []
      examples.append(example)
    }
  }

  /// How many rows of each outcome are told at once.
  static let toldOfEach = 20
}

/// How far a list is.
public struct ListProgress: Sendable {
  /// Bytes read of the file.
  public let bytes: Int
  /// Bytes of the whole file.
  public let totalBytes: Int
  /// What became of the rows so far; of a list that is written, of those on the disk.
  public let summary: ListSummary
}
