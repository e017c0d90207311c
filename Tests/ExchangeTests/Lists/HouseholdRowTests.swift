import Health
import Journal
import Samples
import Testing

@testable import Exchange

@Suite("Rows of a list of households")
struct HouseholdRowTests {
  typealias Cell = ListTables.Cell

  static let heading = [
    "No. KK", "NIK", "Nama Lengkap", "JK", "Tgl Lahir", "Tempat Lahir", "SHDK", "Nama Ibu",
    "Nama Ayah", "Desa/Kelurahan", "Kecamatan", "Posyandu", "RT", "RW", "Alamat", "No. HP",
    "Sumber Air", "Jamban", "JKN",
  ]
  static let siti = [
    "9903010108200001", "9903014508010001", "Siti Contoh", "P", "05-08-2001", "Kuala Kapuas",
    "Istri", "Aminah Contoh", "Budi Contoh", "Sidomulyo", "Kapuas Hilir", "Melati", "003", "001",
    "Jl. Contoh 5", "0812-3456-7890", "PDAM", "Leher angsa sendiri", "PBI",
  ]

  /// Siti's row with other values in some columns.
  static func row(_ changes: [String: String] = [:]) -> [String] {
    zip(heading, siti).map { changes[$0] ?? $1 }
  }

  /// Reads the rows below the first on 22 November 2026.
  static func read(_ table: some TableReader) throws -> [ListReading<HouseholdRow>] {
    var table = table
    let reader = HouseholdRowReader(
      columns: try ListColumns(heading: table.heading), places: ListDistrict.places,
      today: day("2026-11-22"))
    var rows: [ListReading<HouseholdRow>] = []
    while let row = try table.next({ reader.read($0) }) { rows.append(row) }
    return rows
  }

  /// What is wrong with Siti's row where it has other values, in both kinds of files alike.
  static func problems(_ changes: [String: String]) throws -> [ListRowProblem] {
    let tables = try ListTables.both([heading, row(changes)])
    let found = try tables.map { try read($0)[0] }
    for reading in found {
      #expect((reading.row == nil) == !reading.problems.isEmpty)
      #expect(ListGaps.areFilled(reading.problems, reading.warnings))
    }
    #expect(found[0].problems.map(\.key) == found[1].problems.map(\.key))
    #expect(found[0].problems.map(\.value) == found[1].problems.map(\.value))
    #expect(found[0].problems.map(\.details) == found[1].problems.map(\.details))
    return found[1].problems
  }

  static func warnings(_ changes: [String: String]) throws -> [ListRowWarning] {
    let tables = try ListTables.both([heading, row(changes)])
    let found = try tables.map { try read($0)[0] }
    for reading in found {
      #expect(reading.row != nil, "\(reading.problems)")
      #expect(ListGaps.areFilled(reading.problems, reading.warnings))
    }
    #expect(found[0].warnings.map(\.key) == found[1].warnings.map(\.key))
    return found[1].warnings
  }

  @Test("A sound row fills the bodies, in both kinds of files alike")
  func sound() throws {
    let tables = try ListTables.both([Self.heading, Self.siti])
    let rows = try tables.map { try #require(try Self.read($0)[0].row) }
    #expect(rows[0] == rows[1])
    let row = rows[0]
    #expect(row.line == 2 && row.key == .familyCard("9903010108200001"))
    #expect(String(decoding: row.person.name, as: UTF8.self) == "Siti Contoh")
    #expect(row.person.sex == .female && row.person.birthDate == day("2001-08-05"))
    #expect(row.person.birthDateCertainty == .exact)
    #expect(row.person.nationalIdentityNumber == Array("9903014508010001".utf8))
    #expect(row.person.birthPlace == Array("Kuala Kapuas".utf8))
    #expect(row.person.motherName == Array("Aminah Contoh".utf8))
    #expect(row.person.fatherName == Array("Budi Contoh".utf8))
    #expect(row.person.telephone == Array("081234567890".utf8))
    #expect(row.residence.place == ListDistrict.melatiHilir && row.residence.relation == .spouse)
    #expect(row.household.place == ListDistrict.melatiHilir)
    #expect(row.household.familyCardNumber == Array("9903010108200001".utf8))
    #expect(row.household.neighbourhood == Array("003".utf8))
    #expect(row.household.communityUnit == Array("001".utf8))
    #expect(row.household.address == Array("Jl. Contoh 5".utf8))
    #expect(row.dwelling.water == .piped && row.dwelling.latrine == .waterSealOwn)
    #expect(row.insurance == .nationalSubsidised && row.home.village == "Sidomulyo")
    #expect(try Self.warnings([:]).isEmpty)
  }

  @Test("An extract of the civil registry and an English list have the same columns")
  func otherHeadings() throws {
    let extract = [
      [
        "NO_KK", "NIK", "NAMA_LGKP", "JENIS_KLMIN", "TMPT_LHR", "TGL_LHR", "STAT_HBKEL",
        "NAMA_LGKP_IBU", "NAMA_LGKP_AYAH", "NAMA_KEC", "NAMA_KEL", "NO_RT", "NO_RW", "ALAMAT",
      ],
      [
        "9903010108200001", "9903014508010001", "SITI CONTOH", "P", "KUALA KAPUAS", "2001-08-05",
        "ISTRI", "AMINAH", "BUDI", "KAPUAS HILIR", "SIDOMULYO", "3", "1", "JL. CONTOH",
      ],
    ]
    let english = [
      [
        "Family card number", "Identity number", "Full name", "Sex", "Place and date of birth",
        "Relation to head", "Mother's name", "Village", "RT/RW", "Hamlet", "Address",
      ],
      [
        "9903010108200001", "9903014508010001", "Siti Contoh", "F", "Kuala Kapuas, 5 August 2001",
        "Wife", "Aminah", "62.03.01.2001", "03/01", "Dusun II", "Jl. Contoh",
      ],
    ]
    for rows in [extract, english] {
      let row = try #require(try Self.read(try ListTables.csv(rows))[0].row)
      #expect(row.person.birthDate == day("2001-08-05") && row.residence.relation == .spouse)
      #expect(String(decoding: row.person.birthPlace, as: UTF8.self).uppercased() == "KUALA KAPUAS")
      #expect(row.residence.place == ListDistrict.sidomulyoHilir)
      #expect(row.household.neighbourhood == Array("003".utf8))
      #expect(row.household.communityUnit == Array("001".utf8))
      #expect(!row.household.address.isEmpty && !row.person.motherName.isEmpty)
    }
  }

  @Test("No heading belongs to two columns")
  func headings() {
    var owners: [String: HouseholdField] = [:]
    for field in HouseholdField.allCases {
      #expect(!field.headings.isEmpty)
      for heading in field.headings {
        let key = TextValues.key(heading)
        #expect(owners[key] == nil || owners[key] == field, "\(heading)")
        owners[key] = field
      }
    }
  }

  @Test("Columns that are missing, doubled, or not read are told")
  func columns() throws {
    typealias Columns = ListColumns<HouseholdField>
    #expect(
      throws: ListHeadingProblem.missingColumn(
        field: "sex", accepted: ["JK", "Jenis Kelamin", "L/P", "Jenis Klmin"],
        headings: ["No. KK", "Nama"])
    ) { try Columns(heading: ["No. KK", "Nama"]) }
    #expect(throws: ListHeadingProblem.twoColumns(field: "name", heading: "Nama")) {
      try Columns(heading: ["No. KK", "Nama", "JK", "NAMA "])
    }
    let found = try Columns(heading: ["No", "No KK", "Nama", "JK", "Agama", "", "JKN"])
    #expect(found.unread == ["No", "Agama"])
    let chosen = try Columns(
      heading: ["Kartu", "Nama", "JK"], chosen: [.familyCardNumber: "Kartu"])
    #expect(chosen.positions[.familyCardNumber] == 0)
  }

  @Test(
    "What cannot be is refused with its column, its value and what is needed to mend it",
    arguments: [
      ("Tgl Lahir", "31-02-2001", "no_such_day"), ("Tgl Lahir", "besok", "not_a_date"),
      ("Tgl Lahir", "23-11-2026", "date_in_future"), ("Tgl Lahir", "1899-12-31", "date_too_early"),
      ("Tgl Lahir", "37108", "bare_day_number"), ("JK", "X", "unknown_sex"),
      ("JK", "", "missing_value"), ("Nama Lengkap", "-", "missing_value"),
      ("No. KK", "", "missing_value"), ("SHDK", "Sepupu", "unknown_relation"),
      ("NIK", "99030145", "wrong_identity_number"),
      ("NIK", "990301450801000A", "wrong_identity_number"),
      ("Desa/Kelurahan", "Sidomulya", "unknown_village"),
      ("Kecamatan", "Kapuas Tengah", "village_elsewhere"), ("Kecamatan", "", "ambiguous_village"),
      ("Posyandu", "Malati", "unknown_posyandu"),
      ("Alamat", String(repeating: "x", count: 201), "too_long"),
    ])
  func refused(column: String, value: String, code: String) throws {
    let problems = try Self.problems([column: value])
    let problem = try #require(problems.first)
    #expect(problems.count == 1 && problem.key == "errors.list." + code)
    let isVillage = code.hasSuffix("village") || code == "village_elsewhere"
    let place = try #require(Self.heading.firstIndex(of: isVillage ? "Desa/Kelurahan" : column))
    #expect(problem.column == Self.heading[place])
    #expect(problem.cell == CellReference(column: place + 1, line: 2).description)
  }

  @Test("Everything that is wrong with a row is told at once")
  func together() throws {
    let problems = try Self.problems(["JK": "?", "Tgl Lahir": "30-02-2001", "SHDK": "Sepupu"])
    #expect(Set(problems.map(\.column)) == ["JK", "Tgl Lahir", "SHDK"])
    #expect(
      problems.first { $0.column == "SHDK" }?.details["known"]?.contains("Famili Lain") == true)
  }

  @Test("Two villages of one name: the kecamatan, the code or the Puskesmas tells which")
  func villages() throws {
    let ambiguous = try Self.problems(["Kecamatan": ""])
    #expect(
      ambiguous[0].details["choices"]
        == "Sidomulyo, Kapuas Hilir (62.03.01.2001); Sidomulyo, Kapuas Hulu (62.03.02.2001)")
    let elsewhere = try Self.problems(["Kecamatan": "Kapuas Tengah"])
    #expect(elsewhere[0].details["area"] == "Kapuas Tengah")
    let near = try Self.problems(["Desa/Kelurahan": "Anjir Conto"])
    #expect(near[0].details["near"] == "Anjir Contoh")
    for (changes, place) in [
      (["Kecamatan": "Kec. Kapuas Hulu"], ListDistrict.melatiHulu),
      (["Desa/Kelurahan": "6203022001", "Kecamatan": ""], ListDistrict.melatiHulu),
      (["Desa/Kelurahan": "Desa Sidomulyo", "Posyandu": ""], ListDistrict.sidomulyoHilir),
      (["Desa/Kelurahan": "", "Posyandu": "Posyandu Mawar"], ListDistrict.mawar),
    ] {
      let row = try Self.read(try ListTables.csv([Self.heading, Self.row(changes)]))[0]
      #expect(row.row?.residence.place == place, "\(row.problems)")
    }
    let ended = try Self.problems(["Desa/Kelurahan": "Anjir Lama", "Kecamatan": ""])
    #expect(ended.map(\.key) == ["errors.list.place_ended"])
    #expect(
      ended[0].details == ["ended": "2025-12-31", "successor": "Anjir Contoh, Kapuas Hulu"])
    let melati = try Self.problems(["Desa/Kelurahan": ""])
    #expect(melati.map(\.key) == ["errors.list.ambiguous_posyandu"])
  }

  @Test(
    "What is doubtful is taken with a warning",
    arguments: [
      ("NIK", "9903010508010001", ["identity_number_other_sex"]),
      ("NIK", "9903014608010001", ["identity_number_other_birth_date"]),
      ("NIK", "9903014508010000", ["identity_number_impossible"]),
      ("NIK", "9903010108200001", ["identity_number_is_family_card"]),
      ("No. KK", "RT003-12", ["family_card_not_sixteen_digits"]),
      ("No. KK", "990301010820000", ["family_card_not_sixteen_digits"]),
      ("Tgl Lahir", "", ["no_birth_date"]), ("Sumber Air", "Sumur gali", ["unknown_word"]),
      ("Jamban", "bagus", ["unknown_word"]), ("JKN", "?", ["unknown_word"]),
      ("No. HP", "ada", ["not_a_telephone"]), ("NIK", "", []), ("NIK", "-", []), ("NIK", "0", []),
      ("No. HP", "+62 812 3456 7890", []), ("No. HP", "81234567890", []),
    ])
  func doubtful(column: String, value: String, codes: [String]) throws {
    let warnings = try Self.warnings([column: value])
    #expect(warnings.map(\.key) == codes.map { "warnings.list." + $0 })
    for warning in warnings {
      #expect(warning.column == column && warning.value == value)
    }
    if column == "No. HP", codes.isEmpty {
      let row = try Self.read(try ListTables.csv([Self.heading, Self.row([column: value])]))[0]
      #expect(row.row?.person.telephone == Array("081234567890".utf8))
    }
  }

  @Test(
    "A number of sixteen digits that a spreadsheet cut: NIK is left out, a family card is refused")
  func lostDigits() throws {
    func sheet(_ column: Int, _ cell: Cell) throws -> ListReading<HouseholdRow> {
      var cells = Self.siti.map { Cell.text($0) }
      cells[column] = cell
      return try Self.read(
        try ListTables.sheet([Self.heading.map { Cell.text($0) }, cells]))[0]
    }
    // The third has more digits than 53 bits hold: another NIK would be read for it.
    for cell in [Cell.number("6.20301450801E+15"), "6.20301E+15", .number("9103014508010003")] {
      let nik = try sheet(1, cell)
      #expect(nik.row?.person.nationalIdentityNumber.isEmpty == true)
      #expect(nik.warnings.map(\.key) == ["warnings.list.identity_number_digits_lost"])
      #expect(nik.warnings[0].cell == "B2")
      let card = try sheet(0, cell)
      #expect(card.problems.map(\.key) == ["errors.list.family_card_digits_lost"])
    }
    let kept = try sheet(1, .number("6203014508010001"))
    #expect(kept.row?.person.nationalIdentityNumber == Array("6203014508010001".utf8))
    #expect(kept.warnings.map(\.key) == ["warnings.list.kept_as_number"])
    let csv = try Self.warnings(["NIK": "9.90301E+15"])
    #expect(csv.map(\.key) == ["warnings.list.identity_number_digits_lost"])
  }

  @Test("Days as days, as text and as bare numbers")
  func days() throws {
    var cells = Self.siti.map { Cell.text($0) }
    cells[4] = .number("37108", style: 1)
    let heading = Self.heading.map { Cell.text($0) }
    let shown = try Self.read(try ListTables.sheet([heading, cells]))[0]
    #expect(shown.row?.person.birthDate == day("2001-08-05") && shown.warnings.isEmpty)
    cells[4] = .number("37108")
    let bare = try Self.read(try ListTables.sheet([heading, cells]))[0]
    #expect(bare.problems.map(\.key) == ["errors.list.bare_day_number"])
    #expect(bare.problems[0].details["day"] == "2001-08-05")
    cells[4] = .number("60", style: 1)
    let never = try Self.read(try ListTables.sheet([heading, cells]))[0]
    #expect(never.problems.map(\.key) == ["errors.cell.false_leap_day"])
  }

  @Test("Merged cells, errors, formulas, and values beside the table")
  func spreadsheetCells() throws {
    let heading = Self.heading.map { Cell.text($0) }
    let sound = Self.siti.map { Cell.text($0) }
    func changed(_ column: Int, _ cell: Cell) -> [Cell] {
      var cells = sound
      cells[column] = cell
      return cells
    }
    let rows = try Self.read(
      try ListTables.sheet(
        [
          heading, sound, sound,
          changed(2, .xml("<c r=\"{r}\" t=\"e\"><v>#N/A</v></c>")),
          changed(2, .xml("<c r=\"{r}\" t=\"str\"><f>A1</f></c>")),
          changed(2, .xml("<c r=\"{r}\" t=\"str\"><f>A1</f><v>Siti Contoh</v></c>")),
          sound + ["catatan"],
        ], behind: "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>"))
    #expect(rows[0].row != nil)
    #expect(rows[1].problems.map(\.key) == ["errors.cell.covered"])
    #expect(rows[1].problems[0].details["range"] == "A2:A3")
    #expect(rows[2].problems.map(\.key) == ["errors.cell.error_value"])
    #expect(rows[2].problems[0].value == "#N/A" && rows[2].problems[0].cell == "C4")
    #expect(rows[3].problems.map(\.key) == ["errors.cell.formula_without_result"])
    #expect(rows[4].row != nil && rows[4].warnings.map(\.key) == ["warnings.cell.computed"])
    #expect(rows[5].problems.map(\.key) == ["errors.list.value_without_heading"])
    #expect(rows[5].problems[0].cell == "T7" && rows[5].problems[0].value == "catatan")
  }

  @Test("Rows of CSV with other columns, lost quotation marks and other encodings")
  func textRows() throws {
    func problem(_ line: String) throws -> ListRowProblem? {
      let bytes = Array(("No. KK,Nama,JK,Tgl Lahir,Desa\n" + line + "\n").unicodeScalars)
        .map { UInt8(truncatingIfNeeded: $0.value) }
      return try Self.read(try CSVTable(CSVReader(bytes: bytes)))[0].problems.first
    }
    #expect(try problem("9903010108200001,Siti,P,2001-08-05,Anjir Contoh") == nil)
    #expect(try problem("9903010108200001,Siti,P")?.key == "errors.list.wrong_column_count")
    let behind = try problem("9903010108200001,\"Siti\" C,P,2001-08-05,Anjir Contoh")
    #expect(behind?.key == "errors.list.text_behind_quote" && behind?.column == "Nama")
    let latin = try problem("9903010108200001,Ren\u{E9},P,2001-08-05,Anjir Contoh")
    #expect(latin?.key == "errors.list.not_utf8" && latin?.value == "Ren\u{FFFD}")
  }

  @Test("Any cells are a row or problems, and a row keeps its promises")
  func hostile() throws {
    let texts = [
      "", "-", "0", "9903014508010001", "'9903010508010001", "9.9E+15", "L", "P", "x", "2001-08-05",
      "2999-01-01", "37108", "Istri", "Anjir Contoh", "Sidomulyo", "\"", "a,b", "😀", "RT/RW", "\n",
      String(repeating: "9", count: 400), "Kuala Kapuas, 05-08-2001",
    ]
    var numbers = SeededNumbers(seed: 3)
    var table = [Self.heading]
    for _ in 0..<3_000 {
      var values = Self.siti
      for _ in 0..<Int.random(in: 1...3, using: &numbers) {
        values[Int.random(in: values.indices, using: &numbers)] =
          texts[Int.random(in: texts.indices, using: &numbers)]
      }
      table.append(values)
    }
    let readings = try Self.read(try ListTables.csv(table))
    #expect(readings.count == 3_000)
    #expect(readings.allSatisfy { ListGaps.areFilled($0.problems, $0.warnings) })
    var read = 0
    for reading in readings {
      guard let row = reading.row else {
        #expect(!reading.problems.isEmpty)
        continue
      }
      read += 1
      #expect(reading.problems.isEmpty && !row.person.name.isEmpty && row.person.sex != nil)
      #expect(row.person.birthDate.map { $0 <= day("2026-11-22") } ?? true)
      #expect(row.person.birthDate != nil || !row.person.nationalIdentityNumber.isEmpty)
      #expect(row.household.familyCardNumber.isEmpty != row.household.localIdentifier.isEmpty)
    }
    #expect((300...2_900).contains(read), "\(read) rows read")
  }

  @Test("Names with what nobody sees or says are refused with their place; one letter is doubtful")
  func names() throws {
    for column in ["Nama Lengkap", "Nama Ibu", "Nama Ayah", "Tempat Lahir"] {
      let turned = try Self.problems([column: "Siti\u{202E}otnoC"])
      #expect(turned.map(\.reason) == [.row(.invisibleCharacter)], "\(column)")
      #expect(turned.first?.details == ["position": "4", "code": "202E"])
      #expect(turned.first?.value == "Siti\u{FFFD}otnoC")
      let picture = try Self.problems([column: "Siti 😀"])
      #expect(picture.map(\.reason) == [.row(.pictureInName)], "\(column)")
      #expect(picture.first?.value == "Siti 😀")
    }
    #expect(try Self.problems(["Nama Lengkap": "123"]).map(\.reason) == [.row(.nameWithoutLetters)])
    #expect(try Self.warnings(["Nama Lengkap": "S."]).map(\.reason) == [.row(.oneLetterName)])
    #expect(try Self.warnings(["Nama Lengkap": "Sukarno"]).isEmpty)
  }
}
