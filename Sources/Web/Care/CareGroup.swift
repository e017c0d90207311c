import Guidance
import Services

/// The lines of a plan that stand alike: services one by one, and what belongs to visits of one kind
/// together, so that a midwife reads it as the content of one visit.
struct CareGroup {
  /// The services that stand by themselves.
  private(set) var lines: [CareLine] = []
  private var matrices: [CareMatrix] = []
  private var rows: [[CareLine]] = []

  /// How many services it holds.
  var count: Int { all.count }
  /// All of them, those of visits last.
  var all: [CareLine] { lines + rows.flatMap(\.self) }

  mutating func add(_ line: CareLine, of rule: CareBook.Rule) {
    guard case .content(let matrix) = rule else { return lines.append(line) }
    let number = matrix.rows.first?.number
    if let place = matrices.firstIndex(where: { $0.rows.first?.number == number }) {
      rows[place].append(line)
    } else {
      matrices.append(matrix)
      rows.append([line])
    }
  }

  /// What belongs to visits, one block for each kind. The status that most have is said once, on
  /// top; a row says its own only where it is another.
  func contents(_ text: CareText) -> [Fields] {
    zip(matrices, rows).map { matrix, rows in
      let statuses = rows.compactMap(\.status)
      let counts = Dictionary(grouping: statuses) { $0 }.mapValues(\.count)
      let most = counts.values.max() ?? 0
      let shared =
        most > 1 || rows.count == 1 ? statuses.first { counts[$0] == most } : nil
      let tones = rows.map(\.tone)
      return [
        "name": text.format.words(
          "care.contact_content", ["visit": text.purposes(matrix.series.purpose)]),
        "shared": shared,
        "tone": ([Tone.bad, .poor, .good].first { tones.contains($0) } ?? .plain).rawValue,
        "rows": rows.map { row in
          row.fields.merging(["own": row.status == shared ? nil : row.status])
        },
      ]
    }
  }
}
