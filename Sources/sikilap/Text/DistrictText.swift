import Exchange
import Health
import Journal
import Services

/// What the commands about a district have in common.
enum DistrictText {
  /// Kinds of places as people list them: areas from above, then those who look after them.
  static let kinds: [PlaceKind] =
    [.province, .district, .subdistrict, .village, .puskesmas, .pustu, .posyandu]
    + PlaceKind.allCases.filter { $0 == .school || $0.isNetworkFacility }

  /// How many problems or warnings are told at once.
  private static let toldAtOnce = 20

  /// Problems of a file: nothing of it was taken.
  static func show(_ problems: [DistrictProblem], at place: String, of file: String) {
    for problem in problems.prefix(toldAtOnce) {
      tell(
        text(
          problem.key, mark: " ", place: place, line: problem.line,
          column: problem.column, value: problem.value, details: problem.details))
    }
    more(problems.count)
    tell(
      words(
        "commands.district.refused", ["count": String(problems.count), "file": file]))
  }

  /// Warnings of a file that is taken.
  static func show(_ warnings: [DistrictWarning], at place: String, of file: String) {
    if warnings.isEmpty { return }
    tell(words("commands.district.warnings", ["count": String(warnings.count), "file": file]))
    for warning in warnings.prefix(toldAtOnce) {
      tell(
        text(
          "warnings.district.\(warning.code.rawValue)", mark: "!", place: place, line: warning.line,
          column: warning.column, value: warning.value, details: warning.details))
    }
    more(warnings.count)
  }

  private static func text(
    _ key: String, mark: String, place: String, line: Int, column: String, value: String,
    details: [String: String]
  ) -> String {
    words(
      column.isEmpty ? "commands.district.\(place)_alone" : "commands.district.\(place)",
      [
        "mark": mark, "line": String(line), "column": column, "value": value,
        "what": words("\(key).what", details), "mend": words("\(key).mend", details),
      ])
  }

  private static func more(_ count: Int) {
    if count > toldAtOnce {
      tell(words("commands.refused_more", ["count": String(count - toldAtOnce)]))
    }
  }

  /// The first names of a long list.
  static func shortened(_ names: [String]) -> String {
    names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
  }

  static func named(_ place: Place) -> String {
    place.code.isEmpty ? place.name : "\(place.name) (\(place.code))"
  }

  /// A day written as 2025-06-30 that has come.
  static func day(_ text: String, notAfter today: CivilDate) throws -> CivilDate {
    guard let day = KnownOptions.day(text) else { throw Refusal("bad_day", ["value": text]) }
    guard day <= today else { throw Refusal("future_day", ["value": text]) }
    return day
  }
}
