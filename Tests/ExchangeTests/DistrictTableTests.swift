import Foundation
import Health
import Samples
import Testing

@testable import Exchange

/// Lists of areas and facilities, row by row.
@Suite("Lists of areas and facilities")
struct DistrictTableTests {
  static let today = day("2025-06-30")
  static let areaHeading = "code,kind,name,within,latitude,longitude,source,as_of"

  static func areas(_ rows: String..., heading: String = areaHeading) throws -> AreaTable {
    let reader = CSVReader(bytes: Array(([heading] + rows).joined(separator: "\n").utf8))
    return AreaTable(try DistrictTable<AreaField>(CSVTable(reader)), today: today)
  }

  static func facilities(heading: String, _ rows: String...) throws -> FacilityTable {
    let reader = CSVReader(bytes: Array(([heading] + rows).joined(separator: "\n").utf8))
    return FacilityTable(try DistrictTable<FacilityField>(CSVTable(reader)), today: today)
  }

  static let province = "99,province,Provinsi Contoh,,,,Contoh,2024-01-01"
  static let district = "99.01,district,Kabupaten Contoh,99,,,Contoh,2024-01-01"
  static let subdistrict = "99.01.01,subdistrict,Contoh Hulu,99.01,-2.5,111.5,Contoh,2024-01-01"
  static let village = "99.01.01.2001,village,Contoh,99.01.01,-2.51,111.52,Contoh,2024-01-01"

  @Test("Areas come with those above first, whatever their order in the file")
  func order() throws {
    let table = try Self.areas(Self.village, Self.subdistrict, Self.province, Self.district)
    #expect(table.problems.isEmpty)
    #expect(table.areas.map(\.code) == ["99", "99.01", "99.01.01", "99.01.01.2001"])
    #expect(table.areas[3].position == (try Position(latitude: -2.51, longitude: 111.52)))
    #expect(table.areas[3].asOf == day("2024-01-01"))
  }

  @Test("Around a district stand its province and all below it, and nothing of its neighbour")
  func around() throws {
    let table = try Self.areas(
      Self.province, Self.district, Self.subdistrict, Self.village,
      "99.02,district,Kota Contoh,99,,,Contoh,2024-01-01",
      "99.02.01,subdistrict,Lain,99.02,,,Contoh,2024-01-01",
      "99.010,district,Salah,99,,,Contoh,2024-01-01")
    #expect(table.around("99.01").map(\.code) == ["99", "99.01", "99.01.01", "99.01.01.2001"])
    #expect(table.problems.map(\.code) == [.badAreaCode])
  }

  @Test(
    "A bad row of a list of areas says what, where and of what value",
    arguments: [
      ("99.01.01.2002,village,,99.01.01,,,Contoh,2024-01-01", .missingValue, "name"),
      ("9901012002,village,X,99.01.01,,,Contoh,2024-01-01", .statisticsCode, "code"),
      ("99.01.01.202,village,X,99.01.01,,,Contoh,2024-01-01", .badAreaCode, "code"),
      ("99.01.01,village,X,99.01,,,Contoh,2024-01-01", .badAreaCode, "code"),
      ("99.01.01.2001,village,X,99.01.01,,,Contoh,2024-01-01", .codeTwice, "code"),
      ("99.01.01.2002,village,X,99.01,,,Contoh,2024-01-01", .wrongParent, "within"),
      ("99.01.02.2001,village,X,99.01.02,,,Contoh,2024-01-01", .missingParent, "within"),
      ("99.01.01.2002,dusun,X,99.01.01,,,Contoh,2024-01-01", .unknownKind, "kind"),
      (
        "99.01.01.2002,village,X,99.01.01,111.5,-2.5,Contoh,2024-01-01", .swappedCoordinates,
        "latitude"
      ),
      (
        "99.01.01.2002,village,X,99.01.01,-2.5,11.5,Contoh,2024-01-01", .outsideIndonesia,
        "latitude"
      ),
      ("99.01.01.2002,village,X,99.01.01,-2.5,,Contoh,2024-01-01", .halfAPosition, "longitude"),
      (
        "99.01.01.2002,village,X,99.01.01,selatan,111,Contoh,2024-01-01", .notACoordinate,
        "latitude"
      ),
      ("99.01.01.2002,village,X,99.01.01,,,,2024-01-01", .missingValue, "source"),
      ("99.01.01.2002,village,X,99.01.01,,,Contoh,", .missingValue, "as_of"),
      ("99.01.01.2002,village,X,99.01.01,,,Contoh,2024-02-30", .noSuchDay, "as_of"),
      ("99.01.01.2002,village,X,99.01.01,,,Contoh,kemarin", .notADate, "as_of"),
      ("99.01.01.2002,village,X,99.01.01,,,Contoh,2025-07-01", .dateInFuture, "as_of"),
      ("99.01.01.2002,village,X,99.01.01,,,Contoh", .wrongColumnCount, ""),
      ("99.01.01.2002,village,\"X\"Y,99.01.01,,,Contoh,2024-01-01", .textBehindQuote, "name"),
    ] as [(String, DistrictProblem.Code, String)])
  func badArea(row: String, code: DistrictProblem.Code, column: String) throws {
    let table = try Self.areas(
      Self.province, Self.district, Self.subdistrict, Self.village, row)
    #expect(table.problems.map(\.code) == [code])
    let problem = try #require(table.problems.first)
    #expect(problem.line == 6)
    #expect(problem.column == column)
    if !column.isEmpty, problem.code != .missingValue, problem.code != .halfAPosition,
      problem.code != .textBehindQuote
    {
      #expect(row.contains(problem.value) && !problem.value.isEmpty)
    }
  }

  @Test("One bad row above brings up no problems below it")
  func onlyOneProblem() throws {
    let table = try Self.areas(
      Self.province, Self.district, "99.01.01,subdistrict,,99.01,,,Contoh,2024-01-01",
      Self.village)
    #expect(table.problems.map(\.line) == [4])
  }

  @Test("A list without a needed column, or with one twice, cannot be read")
  func columns() throws {
    #expect(throws: DistrictTableProblem.self) {
      try Self.areas("99", heading: "code,kind,name,within,source")
    }
    #expect(
      throws: DistrictTableProblem.columnTwice("name", headings: ["name", "Nama"])
    ) { try Self.areas("99", heading: "code,kind,name,within,source,as_of,Nama") }
    #expect(throws: Never.self) {
      try Self.areas(heading: "Kode;Tingkat;Nama;Induk;Sumber;Per Tanggal")
    }
  }

  static let facilityHeading =
    "jenis;nama;kode;desa;kecamatan;wilayah kerja;nomor perjanjian;mulai perjanjian;"
    + "akhir perjanjian;telepon;lintang;bujur"

  @Test("A list of facilities is read by the headings that people write")
  func facility() throws {
    let table = try Self.facilities(
      heading: Self.facilityHeading,
      "Puskesmas;Puskesmas Contoh;P9901;Contoh;;Contoh; 99.01.01.2002 ;;;;;",
      "Puskesmas;Puskesmas Lain;;;;\"Contoh; 99.01.01.2002 ;\";;;;0532-21234;-2,5;111,5",
      "Praktik bidan;Bidan Contoh;;Contoh;Contoh Hulu;Contoh;A/1;01-01-2025;31-12-2025;;;")
    // A list of villages without quotation marks spills into the columns behind it.
    #expect(table.problems.map(\.code) == [.unexpectedAgreement])
    #expect(table.rows.map(\.kind) == [.puskesmas, .midwifePractice])
    #expect(table.rows[0].catchment == ["Contoh", "99.01.01.2002"])
    #expect(table.rows[1].catchment == ["Contoh"])
    #expect(table.rows[0].position == (try Position(latitude: -2.5, longitude: 111.5)))
    #expect(table.rows[1].agreement?.start == day("2025-01-01"))
    #expect(table.rows[1].agreement?.end == day("2025-12-31"))
  }

  @Test(
    "A bad row of a list of facilities says what, where and of what value",
    arguments: [
      ("Dukun;X;;;;;;;;;;", .unknownKind, "jenis"),
      ("Posyandu;X;;;;;;;;;;", .missingValue, "desa"),
      ("Posyandu;;;Contoh;;;;;;;;", .missingValue, "nama"),
      ("Sekolah;X;;Contoh;;Contoh;;;;;;", .unexpectedCatchment, "wilayah kerja"),
      ("Puskesmas;X;;;;;A/1;;;;;", .unexpectedAgreement, "nomor perjanjian"),
      ("Apotek;X;;Contoh;;;A/1;;;;;", .agreementWithoutStart, "mulai perjanjian"),
      ("Apotek;X;;Contoh;;;A/1;2025-01-02;2025-01-01;;;", .endBeforeStart, "akhir perjanjian"),
      ("Apotek;X;;Contoh;;;A/1;2025-13-02;;;;", .noSuchDay, "mulai perjanjian"),
      ("Apotek;X;;Contoh;;;;;;tanya Budi;;", .badTelephone, "telepon"),
      ("Apotek;X;;Contoh;;;;;;;111,5;-2,5", .swappedCoordinates, "lintang"),
    ] as [(String, DistrictProblem.Code, String)])
  func badFacility(row: String, code: DistrictProblem.Code, column: String) throws {
    let table = try Self.facilities(heading: Self.facilityHeading, row)
    #expect(table.problems.map(\.code) == [code])
    #expect(table.problems.first?.column == column)
    #expect(table.problems.first?.line == 2)
  }

  @Test("A spreadsheet is a list like any other; a cell that shows an error is told")
  func spreadsheet() throws {
    let rows: [[ListTables.Cell]] = [
      ["kind", "name", "village", "agreement_number", "agreement_start", "latitude", "longitude"],
      [
        "klinik", "Klinik Contoh", "Contoh", "A/1", .number("45658", style: 1), .number("-2.5"),
        .number("111.5"),
      ],
      [
        "apotek", "Apotek Contoh", "Contoh", "", "",
        .xml("<c r=\"{r}\" t=\"e\"><v>#N/A</v></c>"), .number("111.5"),
      ],
    ]
    let table = FacilityTable(
      try DistrictTable<FacilityField>(try ListTables.sheet(rows)), today: Self.today)
    #expect(table.rows.map(\.agreement?.start) == [day("2025-01-01")])
    #expect(table.rows.first?.position == (try Position(latitude: -2.5, longitude: 111.5)))
    #expect(table.problems.map(\.key) == ["errors.cell.error_value"])
    #expect(table.problems.map(\.column) == ["latitude"])
    #expect(table.problems.map(\.line) == [3])
  }

  @Test("Codes of areas by their form")
  func codes() {
    #expect(AreaCode.kind(of: "62.03.01.2001") == .village)
    #expect(AreaCode.kind(of: "62.03") == .district)
    for other in ["", "6", "6203", "62.3", "62.03.", "62.03.01.200a", "62.03.01.20011", "٦٢"] {
      #expect(AreaCode.kind(of: other) == nil, "\(other)")
    }
    #expect(AreaCode.isStatistical("6203010001"))
    #expect(!AreaCode.isStatistical("62.03.01.2001"))
    #expect(AreaCode.dotted("6203012001") == "62.03.01.2001")
    #expect(AreaCode.dotted("620301") == "62.03.01")
    #expect(AreaCode.dotted("6203") == "62.03")
    #expect(AreaCode.dotted("6203010") == "6203010")
  }
}
