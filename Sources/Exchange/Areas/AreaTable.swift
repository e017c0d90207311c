import Foundation
import Health

/// What a column of a list of areas tells.
enum AreaField: String, DistrictField {
  case code, kind, form, name, within, latitude, longitude, source
  case asOf = "as_of"

  var headings: [String] {
    switch self {
    case .code: ["kode", "kode_kemendagri"]
    case .kind: ["tingkat"]
    case .form: ["jenis"]
    case .name: ["nama"]
    case .within: ["induk"]
    case .latitude: ["lintang", "lat", "lat_centroid"]
    case .longitude: ["bujur", "lon", "lon_centroid"]
    case .source: ["sumber"]
    case .asOf: ["per_tanggal"]
    }
  }

  var isNeeded: Bool {
    switch self {
    case .code, .kind, .name, .within, .source, .asOf: true
    case .form, .latitude, .longitude: false
    }
  }
}

/// An area of the administration as a list tells it.
public struct Area: Hashable, Sendable {
  /// The line of the file, from 1.
  public let line: Int
  /// Province, district, subdistrict or village.
  public let kind: PlaceKind
  /// Kemendagri code, as `62.03.01.2001`.
  public let code: String
  /// The name.
  public let name: String
  /// The code of the area that it lies in; empty for a province.
  public let within: String
  /// Its middle, where known.
  public let position: Position?
  /// Where this is known from.
  public let source: String
  /// The day on which it stood so.
  public let asOf: CivilDate
}

/// A list of areas by Kemendagri code: a province, its districts, kecamatan, desa and kelurahan.
///
/// Format: docs/formats/areas.md.
public struct AreaTable: Sendable {
  /// The areas, those above first.
  public private(set) var areas: [Area] = []
  /// What is wrong with rows; a list with problems is not taken.
  public private(set) var problems: [DistrictProblem] = []

  /// Reads a file.
  ///
  /// - Parameter today: no area is told of for a later day.
  /// - Throws: ``CSVProblem`` or ``DistrictTableProblem`` where it cannot be read at all.
  public init(path: String, today: CivilDate) throws {
    try self.init(DistrictTable<AreaField>(path: path), today: today)
  }

  init(_ table: DistrictTable<AreaField>, today: CivilDate) {
    problems = table.problems
    var lines: [String: Int] = [:]
    for entry in table.entries {
      do throws(DistrictProblem) {
        let area = try AreaTable.area(entry, today: today)
        if let first = lines[area.code] {
          throw entry.problem(.codeTwice, .code, details: ["line": String(first)])
        }
        lines[area.code] = area.line
        areas.append(area)
      } catch { problems.append(error) }
    }
    // A parent whose own row has a problem is there: one mended row must not bring up new problems.
    let told = Set(table.entries.map { $0[.code] })
    for entry in table.entries where lines[entry[.code]] == entry.line {
      if !entry[.within].isEmpty, !told.contains(entry[.within]) {
        problems.append(entry.problem(.missingParent, .within))
      }
    }
    problems.sort { $0.line < $1.line }
    areas.sort { ($0.code.count, $0.code) < ($1.code.count, $1.code) }
  }

  /// The area with that code, all that it lies in, and all that lies in it.
  public func around(_ code: String) -> [Area] {
    areas.filter {
      $0.code == code || $0.code.hasPrefix(code + ".") || code.hasPrefix($0.code + ".")
    }
  }

  private static func area(
    _ entry: DistrictTable<AreaField>.Entry, today: CivilDate
  ) throws(DistrictProblem) -> Area {
    let kind = try kind(entry)
    let code = try entry.required(.code)
    guard AreaCode.kind(of: code) == kind else {
      throw entry.problem(
        AreaCode.isStatistical(code) ? .statisticsCode : .badAreaCode, .code,
        details: [
          "example": AreaCode.example(of: kind), "dotted": AreaCode.dotted(code), "name": "",
        ])
    }
    let name = try entry.required(.name)
    let within = try kind == .province ? entry.short(.within) : entry.required(.within)
    let expected = AreaCode.parent(of: code)
    guard within == expected else {
      throw entry.problem(.wrongParent, .within, details: ["code": code, "expected": expected])
    }
    guard let asOf = try entry.pastDay(.asOf, today: today) else {
      throw entry.problem(.missingValue, .asOf)
    }
    return Area(
      line: entry.line, kind: kind, code: code, name: name, within: within,
      position: try entry.position(.latitude, .longitude), source: try entry.required(.source),
      asOf: asOf)
  }

  private static func kind(
    _ entry: DistrictTable<AreaField>.Entry
  ) throws(DistrictProblem) -> PlaceKind {
    let words: [(PlaceKind, [String])] = [
      (.province, ["province", "provinsi"]),
      (.district, ["district", "kabupaten", "kota", "kabupaten/kota"]),
      (.subdistrict, ["subdistrict", "kecamatan"]),
      (.village, ["village", "desa", "kelurahan", "desa/kelurahan"]),
    ]
    let word = try entry.required(.kind).lowercased()
    for (kind, names) in words where names.contains(word) { return kind }
    throw entry.problem(
      .unknownKind, .kind, details: ["kinds": words.map { $0.1[0] }.joined(separator: ", ")])
  }
}

/// Codes of areas as the ministry of the interior (Kemendagri) gives them out, with dots.
public enum AreaCode {
  /// The kind of area of a code by its form: `62`, `62.03`, `62.03.01`, `62.03.01.2001`.
  public static func kind(of code: String) -> PlaceKind? {
    let parts = code.split(separator: ".", omittingEmptySubsequences: false)
    let lengths = parts.map(\.utf8.count)
    guard parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
      return nil
    }
    switch lengths {
    case [2]: return .province
    case [2, 2]: return .district
    case [2, 2, 2]: return .subdistrict
    case [2, 2, 2, 4]: return .village
    default: return nil
    }
  }

  /// The code of the area that it lies in; empty for a province.
  public static func parent(of code: String) -> String {
    code.split(separator: ".").dropLast().joined(separator: ".")
  }

  /// Whether it has as many digits and no dots as the codes of BPS, the statistics office: those are
  /// another system, and a Kemendagri code without dots cannot be told from them.
  public static func isStatistical(_ text: String) -> Bool {
    [4, 6, 7, 8, 10].contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Four, six or ten digits with the dots that a Kemendagri code has; other texts as they are.
  public static func dotted(_ text: String) -> String {
    guard isStatistical(text), [4, 6, 10].contains(text.utf8.count) else { return text }
    let digits = Array(text)
    return [0..<2, 2..<4, 4..<6, 6..<10].filter { $0.upperBound <= digits.count }
      .map { String(digits[$0]) }.joined(separator: ".")
  }

  static func example(of kind: PlaceKind) -> String {
    switch kind {
    case .province: "62"
    case .district: "62.03"
    case .subdistrict: "62.03.01"
    default: "62.03.01.2001"
    }
  }
}
