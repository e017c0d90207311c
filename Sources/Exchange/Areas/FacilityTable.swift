import Foundation
import Health

/// What a column of a list of facilities tells.
enum FacilityField: String, DistrictField {
  case kind, name, code
  case codeIsExample = "code_is_example"
  case village, subdistrict, catchment
  case agreementNumber = "agreement_number"
  case agreementStart = "agreement_start"
  case agreementEnd = "agreement_end"
  case agreementWith = "agreement_with"
  case organizationNumber = "organization_number"
  case telephone, latitude, longitude, source
  case asOf = "as_of"

  var headings: [String] {
    switch self {
    case .kind: ["jenis"]
    case .name: ["nama"]
    case .code: ["kode"]
    case .codeIsExample: ["kode_contoh"]
    case .village: ["desa", "kelurahan", "desa/kelurahan"]
    case .subdistrict: ["kecamatan"]
    case .catchment: ["wilayah_kerja", "desa_wilayah_kerja"]
    case .agreementNumber: ["nomor_perjanjian", "nomor_pks"]
    case .agreementStart: ["mulai_perjanjian", "mulai_pks"]
    case .agreementEnd: ["akhir_perjanjian", "akhir_pks"]
    case .agreementWith: ["perjanjian_dengan"]
    case .organizationNumber: ["satusehat", "id_organisasi_satusehat", "organization_id"]
    case .telephone: ["telepon", "phone"]
    case .latitude: ["lintang", "lat"]
    case .longitude: ["bujur", "lon"]
    case .source: ["sumber"]
    case .asOf: ["per_tanggal"]
    }
  }

  var isNeeded: Bool { self == .kind || self == .name }
}

/// A facility as a list tells it. What a list leaves empty it does not tell: what is known stays.
public struct FacilityRow: Hashable, Sendable {
  /// The line of the file, from 1.
  public let line: Int
  /// What kind of facility.
  public let kind: PlaceKind
  /// The name.
  public let name: String
  /// Its code, or empty.
  public let code: String
  /// Whether the code is an example and not official.
  public let codeIsExample: Bool
  /// The village that it stands in, by name or code, or empty.
  public let village: String
  /// The kecamatan of that village, or empty.
  public let subdistrict: String
  /// The villages that it looks after, by names or codes.
  public let catchment: [String]
  /// The agreement by which it takes part in the network.
  public let agreement: AgreementRow?
  /// The organisation id in SATUSEHAT, or empty.
  public let organizationNumber: String
  /// Telephone, or empty.
  public let telephone: String
  /// Where it stands.
  public let position: Position?
  /// Where this is known from, or empty.
  public let source: String
  /// The day from which on it is so; nothing for the day on which the list is brought in.
  public let asOf: CivilDate?
  /// The headings of the columns by the names of the fields, for telling where a problem stands.
  public let columns: [String: String]
}

/// An agreement as a list tells it.
public struct AgreementRow: Hashable, Sendable {
  /// The number of the paper, or empty.
  public let number: String
  /// The first day.
  public let start: CivilDate
  /// The last day.
  public let end: CivilDate?
  /// The Puskesmas with whom, by name or code; empty for the one that looks after the village.
  public let with: String
}

/// A list of a district's facilities: Puskesmas with their villages, Pustu, Posyandu, schools, and
/// the private network with its agreements. Format: docs/formats/areas.md.
public struct FacilityTable: Sendable {
  /// The facilities in the order of the file.
  public private(set) var rows: [FacilityRow] = []
  /// What is wrong with rows; a list with problems is not taken.
  public private(set) var problems: [DistrictProblem] = []

  /// Reads a file.
  ///
  /// - Parameter today: nothing is told of for a later day, save the days of agreements.
  /// - Throws: ``CSVProblem`` or ``DistrictTableProblem`` where it cannot be read at all.
  public init(path: String, today: CivilDate) throws {
    try self.init(DistrictTable<FacilityField>(path: path), today: today)
  }

  init(_ table: DistrictTable<FacilityField>, today: CivilDate) {
    problems = table.problems
    for entry in table.entries {
      do throws(DistrictProblem) {
        rows.append(try FacilityTable.row(entry, today: today))
      } catch { problems.append(error) }
    }
  }

  /// Words for kinds of facilities; the first of each is shown where none fits.
  private static let kinds: [(PlaceKind, [String])] = [
    (.puskesmas, ["puskesmas", "pkm"]), (.pustu, ["pustu", "puskesmas pembantu"]),
    (.posyandu, ["posyandu"]), (.school, ["sekolah", "school", "madrasah"]),
    (.clinic, ["klinik", "clinic"]),
    (.doctorPractice, ["praktik dokter", "doctor's practice", "doctorPractice", "dokter"]),
    (
      .midwifePractice, ["praktik bidan", "midwife's practice", "midwifePractice", "bidan", "tpmb"]
    ),
    (.pharmacy, ["apotek", "pharmacy", "apotik"]), (.laboratory, ["laboratorium", "laboratory"]),
    (.hospital, ["rumah sakit", "hospital", "rs"]),
  ]

  private static func row(
    _ entry: DistrictTable<FacilityField>.Entry, today: CivilDate
  ) throws(DistrictProblem) -> FacilityRow {
    let kind = try kind(entry)
    let catchment = entry[.catchment].split { $0 == ";" || $0.isNewline }
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    if !catchment.isEmpty, !kind.hasCatchment {
      throw entry.problem(.unexpectedCatchment, .catchment)
    }
    let village =
      try kind == .pustu || kind == .posyandu
      ? entry.required(.village) : entry.short(.village)
    return FacilityRow(
      line: entry.line, kind: kind, name: try entry.required(.name),
      code: try entry.short(.code), codeIsExample: try entry.flag(.codeIsExample) ?? false,
      village: village, subdistrict: try entry.short(.subdistrict), catchment: catchment,
      agreement: try agreement(entry, of: kind),
      organizationNumber: try entry.short(.organizationNumber), telephone: try telephone(entry),
      position: try entry.position(.latitude, .longitude), source: try entry.short(.source),
      asOf: try entry.pastDay(.asOf, today: today),
      columns: Dictionary(
        uniqueKeysWithValues: FacilityField.allCases.map { ($0.rawValue, entry.column($0)) }))
  }

  private static func kind(
    _ entry: DistrictTable<FacilityField>.Entry
  ) throws(DistrictProblem) -> PlaceKind {
    let word = TextValues.key(try entry.required(.kind))
    for (kind, names) in kinds where names.contains(where: { TextValues.key($0) == word }) {
      return kind
    }
    throw entry.problem(
      .unknownKind, .kind, details: ["kinds": kinds.map { $0.1[0] }.joined(separator: ", ")])
  }

  private static func agreement(
    _ entry: DistrictTable<FacilityField>.Entry, of kind: PlaceKind
  ) throws(DistrictProblem) -> AgreementRow? {
    let fields: [FacilityField] = [
      .agreementNumber, .agreementStart, .agreementEnd, .agreementWith,
    ]
    guard let filled = fields.first(where: { !entry[$0].isEmpty }) else { return nil }
    guard kind.isNetworkFacility else { throw entry.problem(.unexpectedAgreement, filled) }
    guard let start = try entry.day(.agreementStart) else {
      throw entry.problem(.agreementWithoutStart, .agreementStart)
    }
    let end = try entry.day(.agreementEnd)
    if let end, end < start {
      throw entry.problem(
        .endBeforeStart, .agreementEnd, details: ["start": DateText.iso(start)])
    }
    return AgreementRow(
      number: try entry.short(.agreementNumber), start: start, end: end,
      with: try entry.short(.agreementWith))
  }

  /// Digits with the signs that people write between them.
  private static func telephone(
    _ entry: DistrictTable<FacilityField>.Entry
  ) throws(DistrictProblem) -> String {
    let text = try entry.short(.telephone)
    if text.isEmpty { return "" }
    let digits = text.utf8.count { (0x30...0x39).contains($0) }
    guard (3...20).contains(digits), text.utf8.count <= 40,
      text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-()./ ".contains($0)) })
    else { throw entry.problem(.badTelephone, .telephone) }
    return text
  }
}
