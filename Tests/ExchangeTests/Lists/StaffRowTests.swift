import Health
import Samples
import Testing

@testable import Exchange

@Suite("Rows of a list of workers")
struct StaffRowTests {
  static let heading = [
    "Nama", "NIK", "Peran", "Tempat Tugas", "Desa", "Kecamatan", "Puskesmas", "Klaster",
    "Nama Pengguna", "No. HP", "STR", "SIP", "TMT", "Sampai",
  ]
  static let ani = [
    "Ani Contoh", "9903014508010001", "Kader", "Posyandu Melati", "Sidomulyo", "Kapuas Hulu", "",
    "", "Ani.Contoh", "081234567890", "", "", "01/02/2024", "2026-12-31",
  ]
  static let rina = [
    "Rina Contoh", "", "Petugas Klaster", "Puskesmas Hilir", "", "", "", "2, 3", "rina", "",
    "STR-99", "SIP-99", "", "",
  ]

  static func row(_ base: [String], _ changes: [String: String]) -> [String] {
    zip(heading, base).map { changes[$0] ?? $1 }
  }

  static func read(_ rows: [[String]]) throws -> [ListReading<StaffRow>] {
    func read(_ table: some TableReader) throws -> [ListReading<StaffRow>] {
      var table = table
      var reader = StaffRowReader(
        columns: try ListColumns(heading: table.heading), places: ListDistrict.places)
      var found: [ListReading<StaffRow>] = []
      while let row = try table.next({ reader.read($0) }) { found.append(row) }
      return found
    }
    let tables = try ListTables.both([heading] + rows)
    let found = try tables.map { try read($0) }
    #expect(found[0].map(\.row) == found[1].map(\.row))
    #expect(found[0].map { $0.problems.map(\.key) } == found[1].map { $0.problems.map(\.key) })
    #expect(found[0].map { $0.warnings.map(\.key) } == found[1].map { $0.warnings.map(\.key) })
    #expect(found[1].allSatisfy { ListGaps.areFilled($0.problems, $0.warnings) })
    return found[1]
  }

  @Test("Sound rows fill the bodies")
  func sound() throws {
    let rows = try Self.read([Self.ani, Self.rina])
    let ani = try #require(rows[0].row)
    #expect(ani.line == 2 && ani.start == day("2024-02-01"))
    #expect(ani.worker.name == Array("Ani Contoh".utf8))
    #expect(ani.worker.nationalIdentityNumber == Array("9903014508010001".utf8))
    #expect(ani.worker.userName == Array("ani.contoh".utf8))
    #expect(ani.worker.telephone == Array("081234567890".utf8))
    #expect(ani.worker.place == ListDistrict.melatiHulu)
    #expect(
      ani.assignment
        == AssignmentBody(
          role: .kader, place: ListDistrict.melatiHulu, until: day("2026-12-31")))
    let rina = try #require(rows[1].row)
    #expect(rina.assignment.clusters == [.motherAndChild, .adult])
    #expect(rina.assignment.place == ListDistrict.hilir && rina.placeText == "Puskesmas Hilir")
    #expect(rina.worker.registrationNumber == Array("STR-99".utf8))
    #expect(rina.worker.practiceLicence == Array("SIP-99".utf8) && rina.start == nil)
    #expect(rows.allSatisfy { $0.warnings.isEmpty })
  }

  @Test("No heading belongs to two columns")
  func headings() {
    let keys = StaffField.allCases.flatMap { $0.headings.map { TextValues.key($0) } }
    #expect(Set(keys).count == keys.count)
  }

  @Test("Every role has a word, and a place where it can be")
  func roles() {
    for role in Role.allCases {
      #expect(!StaffWords.places(of: role).isEmpty)
      #expect(
        StaffWords.roles.known.split(separator: ", ").contains {
          StaffWords.roles[String($0)] == role
        })
    }
  }

  @Test(
    "What cannot be is refused",
    arguments: [
      ("Peran", "Bidan", "unknown_role"), ("Peran", "", "missing_value"),
      ("Nama", "", "missing_value"), ("Tempat Tugas", "", "missing_value"),
      ("Tempat Tugas", "Posyandu Anggrek", "unknown_place"),
      ("Tempat Tugas", "Puskesmas Hilir", "unknown_place"),
      ("Desa", "Sidomulya", "unknown_village"), ("Kecamatan", "", "ambiguous_village"),
      ("Klaster", "9", "unknown_cluster"), ("Nama Pengguna", "a b", "wrong_user_name"),
      ("Nama Pengguna", "ab", "wrong_user_name"), ("NIK", "123", "wrong_identity_number"),
      ("TMT", "kemarin", "not_a_date"), ("Sampai", "2023-01-01", "end_before_start"),
    ])
  func refused(column: String, value: String, code: String) throws {
    let problems = try Self.read([Self.row(Self.ani, [column: value])])[0].problems
    #expect(problems.map(\.key) == ["errors.list." + code])
    #expect(problems.first?.column == (code == "ambiguous_village" ? "Desa" : column))
    if code == "unknown_role" {
      #expect(problems[0].details["known"]?.contains("Kepala Puskesmas") == true)
    }
  }

  @Test("Places by name, by kind, by code; several of one name; and a role that is not there")
  func places() throws {
    func read(_ place: String, _ role: String, _ changes: [String: String] = [:]) throws
      -> ListReading<StaffRow>
    {
      let base = Self.row(
        Self.ani, ["Tempat Tugas": place, "Peran": role, "Desa": "", "Kecamatan": ""])
      return try Self.read([Self.row(base, changes)])[0]
    }
    let melati = try read("Melati", "Kader")
    #expect(melati.problems.map(\.key) == ["errors.list.ambiguous_place"])
    #expect(
      melati.problems[0].details["choices"]
        == "Melati, Sidomulyo, Kapuas Hulu; Posyandu Melati, Sidomulyo, Kapuas Hilir")
    let hilir = try read("Melati", "Kader", ["Kecamatan": "Kapuas Hilir"])
    #expect(hilir.row?.assignment.place == ListDistrict.melatiHilir)
    let pustu = try read("Anjir Contoh", "Petugas Pustu")
    #expect(pustu.problems.map(\.key) == ["errors.list.ambiguous_place"])
    #expect(
      try read("Pustu Anjir Contoh", "Petugas Pustu").row?.assignment.place == ListDistrict.pustu)
    #expect(
      try read("Puskesmas Pembantu Anjir Contoh", "Bidan Desa").row?.assignment.place
        == ListDistrict.pustu)
    #expect(try read("Desa Anjir Contoh", "Bidan Desa").row?.assignment.place == ListDistrict.anjir)
    #expect(try read("K-9901", "Fasilitas Swasta").row?.assignment.place == ListDistrict.clinic)
    let sehat = try read("Klinik Sehat", "Fasilitas Swasta", ["Desa": "Anjir Contoh"])
    #expect(sehat.row?.assignment.place == ListDistrict.clinic)
    #expect(try read("62.03", "Admin").row?.assignment.place == ListDistrict.district)
    let mawar = try read("Mawar", "Kepala Puskesmas")
    #expect(mawar.problems.map(\.key) == ["errors.list.role_not_there"])
    #expect(mawar.problems[0].details["place"] == "Mawar")
  }

  @Test("Clusters as people write them")
  func clusters() {
    #expect(StaffWords.clusters("Klaster 2") == .motherAndChild)
    #expect(StaffWords.clusters("K1/K4") == [.management, .communicable])
    #expect(StaffWords.clusters("2 dan 3") == [.motherAndChild, .adult])
    #expect(StaffWords.clusters("Lintas Klaster") == .crossCluster)
    #expect(StaffWords.clusters("2.3") == [.motherAndChild, .adult])
    for text in ["", "0", "6", "dua", "2, x", ","] { #expect(StaffWords.clusters(text) == nil) }
  }

  @Test("Workers beside one another: two roles of one, a NIK of two names, a user name of two")
  func beside() throws {
    let second = Self.row(Self.ani, ["Tempat Tugas": "Mawar", "Desa": "", "Kecamatan": ""])
    let otherName = Self.row(second, ["Nama": "Ina Contoh", "Nama Pengguna": ""])
    let otherUser = Self.row(second, ["NIK": "", "Nama": "Ina Contoh"])
    let rows = try Self.read([Self.ani, second, Self.ani, otherName, otherUser])
    #expect(rows[0].row != nil && rows[1].row != nil)
    #expect(
      rows[2...].map { $0.problems.first?.key } == [
        "errors.list.repeated_row", "errors.list.other_name", "errors.list.user_name_taken",
      ])
    #expect(rows[2...].allSatisfy { $0.problems.first?.details["line"] == "2" })
    let none = try Self.read([Self.row(Self.rina, ["Klaster": ""])])
    #expect(none[0].row != nil && none[0].warnings.map(\.key) == ["warnings.list.no_cluster"])
  }
}
