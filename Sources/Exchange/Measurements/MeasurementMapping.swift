import Foundation

/// What a column of a measurement file tells.
public enum MeasurementField: String, Codable, CodingKeyRepresentable, Sendable, CaseIterable {
  /// NIK.
  case nationalIdentityNumber = "national_identity_number"
  /// What the source calls the child, where there is no NIK.
  case localIdentifier = "local_identifier"
  /// The child's name.
  case name
  /// Sex.
  case sex
  /// Day of birth.
  case birthDate = "birth_date"
  /// Age in months on the visit, where no day of birth is known.
  case ageMonths = "age_months"
  /// Age in days on the visit, where no day of birth is known.
  case ageDays = "age_days"
  /// The mother's or parents' name.
  case motherName = "mother_name"
  /// Weight at birth.
  case birthWeight = "birth_weight"
  /// Length at birth.
  case birthLength = "birth_length"
  /// Head circumference at birth.
  case birthHeadCircumference = "birth_head_circumference"
  /// Gestational age at birth: completed weeks, or weeks and days.
  case gestationalAge = "gestational_age_weeks"
  /// District, for making places.
  case district
  /// Puskesmas, for making places and for telling villages of one name apart.
  case puskesmas
  /// Village, by name or code.
  case village
  /// Posyandu, by name.
  case posyandu
  /// Day of the visit.
  case visitDate = "visit_date"
  /// Weight.
  case weight
  /// Length or height.
  case length
  /// Lying or standing.
  case position
  /// Head circumference.
  case headCircumference = "head_circumference"
  /// Mid-upper-arm circumference.
  case armCircumference = "arm_circumference"
  /// Triceps skinfold in millimetres.
  case tricepsSkinfold = "triceps_skinfold"
  /// Subscapular skinfold in millimetres.
  case subscapularSkinfold = "subscapular_skinfold"
  /// Oedema of both feet.
  case oedema
  /// Whether the family has the Buku KIA.
  case childHealthBook = "child_health_book"
}

extension MeasurementField {
  /// The units in which a file may hold it, the usual one first; none where it has no choice.
  var units: [String] {
    switch self {
    case .weight: ["kg", "g"]
    case .length, .headCircumference, .armCircumference, .birthLength, .birthHeadCircumference:
      ["cm", "mm"]
    default: []
    }
  }
}

/// Why a mapping cannot be used.
public enum MappingProblem: Error, Hashable, Sendable {
  /// There is no such mapping file, and no built-in mapping of that name.
  case notFound(String)
  /// The file is not a mapping; the text says where.
  case notAMapping(path: String, reason: String)
  /// The file has no column for something that is needed.
  case missingColumn(field: MeasurementField, headings: [String])
}

/// Which column of a file holds what. Written as JSON; see docs/formats/mapping.md.
public struct MeasurementMapping: Codable, Sendable {
  /// The headings under which a field may stand, by field; capitals, spaces and signs do not count.
  public var columns: [MeasurementField: [String]]
  /// Values for fields that the file has no column for: the survey's day, the village.
  public var constants: [MeasurementField: String]?
  /// What values of a field mean, where the file has codes of its own.
  public var values: [MeasurementField: [String: String]]?
  /// Units other than kg and cm: `g` for the weight, `mm` for lengths and circumferences.
  public var units: [MeasurementField: String]?
  /// Who gave out the local identifiers: the same number from another source is another child.
  /// Without it the mapping's own name is taken.
  public var source: String?
  /// Order of day and month where dates are numbers: `dmy` or `mdy`.
  public var dateOrder: String?

  /// The e-PPGBM export with the variants of its headings that were seen.
  public static let ePPGBM = MeasurementMapping(
    columns: [
      .nationalIdentityNumber: ["NIK", "NIK Anak", "NIK Balita"],
      .localIdentifier: ["ID Anak", "ID Balita"],
      .name: ["Nama", "Nama Anak", "Nama Balita"],
      .sex: ["JK", "Jenis Kelamin", "L/P"],
      .birthDate: ["Tgl Lahir", "Tanggal Lahir", "TglLahir"],
      .birthWeight: ["BB Lahir", "Berat Lahir"],
      .birthLength: ["TB Lahir", "PB Lahir", "Panjang Lahir"],
      // Not in the export as we saw it; for those who add the columns.
      .birthHeadCircumference: ["LK Lahir", "Lingkar Kepala Lahir"],
      .gestationalAge: ["gestational_age_weeks", "Usia Kehamilan Saat Lahir"],
      .motherName: ["Nama Ortu", "Nama Orang Tua", "Nama Ibu"],
      .district: ["Kab/Kota", "Kabupaten", "Kabupaten/Kota"],
      .puskesmas: ["Pukesmas", "Puskesmas"],
      .village: ["Desa/Kel", "Desa", "Kelurahan", "Desa/Kelurahan"],
      .posyandu: ["Posyandu", "Nama Posyandu"],
      .visitDate: ["Tanggal Pengukuran", "Tgl Pengukuran", "Tanggal Ukur", "Tgl Ukur"],
      .weight: ["Berat", "BB", "Berat Badan"],
      .length: ["Tinggi", "TB", "Tinggi Badan", "PB/TB"],
      .position: ["Cara Ukur", "Posisi Ukur"],
      .headCircumference: ["LK", "Lingkar Kepala", "LiKa"],
      .armCircumference: ["LiLA", "Lingkar Lengan", "Lingkar Lengan Atas"],
      .oedema: ["Edema", "Oedema", "Bengkak"],
      .childHealthBook: ["KIA", "Buku KIA"],
    ])

  /// A mapping with these columns.
  public init(columns: [MeasurementField: [String]]) { self.columns = columns }

  /// The built-in mapping of that name (`eppgbm`), or the mapping in that file.
  public init(named name: String) throws(MappingProblem) {
    if name.lowercased() == "eppgbm" || name.lowercased() == "e-ppgbm" {
      self = .ePPGBM
      source = "eppgbm"
      return
    }
    guard let data = FileManager.default.contents(atPath: name) else { throw .notFound(name) }
    try self.init(json: data, path: name)
  }

  /// Reads a mapping of `path`, strictly: what is misspelt would else be passed over in silence.
  init(json: Data, path name: String) throws(MappingProblem) {
    do {
      self = try JSONDecoder().decode(MeasurementMapping.self, from: json)
    } catch {
      throw .notAMapping(path: name, reason: MeasurementMapping.reason(error))
    }
    let keys = CodingKeys.allCases.map(\.stringValue)
    let written = (try? JSONSerialization.jsonObject(with: json)) as? [String: Any] ?? [:]
    if let unknown = written.keys.sorted().first(where: { !keys.contains($0) }) {
      throw .notAMapping(path: name, reason: "\(unknown) (\(keys.joined(separator: ", ")))")
    }
    source = source ?? URL(fileURLWithPath: name).lastPathComponent
    if let order = dateOrder, TextValues.DateOrder(rawValue: order) == nil {
      throw .notAMapping(path: name, reason: "dateOrder: \(order) (dmy, mdy)")
    }
    for (field, unit) in units ?? [:] where !field.units.contains(unit) {
      let known = field.units.isEmpty ? "–" : field.units.joined(separator: ", ")
      throw .notAMapping(path: name, reason: "units.\(field.rawValue): \(unit) (\(known))")
    }
  }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case columns, constants, values, units, source, dateOrder
  }

  private static func reason(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return error.localizedDescription }
    switch error {
    case .dataCorrupted(let context), .keyNotFound(_, let context),
      .typeMismatch(_, let context), .valueNotFound(_, let context):
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      return (path.isEmpty ? "" : path + ": ") + context.debugDescription
    @unknown default: return error.localizedDescription
    }
  }

  /// Finds the columns in a file's heading.
  func columns(in heading: [String]) throws(MappingProblem) -> [MeasurementField: Int] {
    let keys = heading.map { TextValues.key($0) }
    var found: [MeasurementField: Int] = [:]
    for (field, names) in columns {
      for name in names {
        if let position = keys.firstIndex(of: TextValues.key(name)) {
          found[field] = position
          break
        }
      }
    }
    func has(_ field: MeasurementField) -> Bool {
      found[field] != nil || constants?[field] != nil
    }
    for field in [MeasurementField.sex, .visitDate] where !has(field) {
      throw .missingColumn(field: field, headings: heading)
    }
    if ![.birthDate, .ageMonths, .ageDays].contains(where: has) {
      throw .missingColumn(field: .birthDate, headings: heading)
    }
    if ![.nationalIdentityNumber, .localIdentifier, .name].contains(where: has) {
      throw .missingColumn(field: .name, headings: heading)
    }
    if !has(.weight) && !has(.length) && !has(.armCircumference) {
      throw .missingColumn(field: .weight, headings: heading)
    }
    if !has(.village) && !has(.posyandu) {
      throw .missingColumn(field: .village, headings: heading)
    }
    return found
  }
}
