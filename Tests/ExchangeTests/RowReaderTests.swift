import Foundation
import Health
import Samples
import Testing

@testable import Exchange

@Suite("Rows of measurements")
struct RowReaderTests {
  static let heading = "NIK,Nama,JK,Tgl Lahir,Desa,Tgl Ukur,Berat,Tinggi,BB Lahir"

  /// Reads one row on 1 November 2025.
  static func read(
    _ row: String, heading: String = heading, mapping: MeasurementMapping = .ePPGBM
  ) throws -> MeasurementRow {
    let rows = try MeasurementRowReader(
      mapping: mapping, heading: heading.components(separatedBy: ","), today: day("2025-11-01"))
    var reader = try CSVReader(size: 0, separator: UInt8(ascii: ","), source: source(row + "\n"))
    let read = try reader.next { row throws -> MeasurementRow in try rows.read(row) }
    return try #require(read)
  }

  private static func source(_ text: String) -> (Int) -> Data {
    var rest = Data(text.utf8)
    return { _ in
      defer { rest = Data() }
      return rest
    }
  }

  private static func problem(_ row: String) -> RowProblem? {
    do {
      _ = try read(row)
      return nil
    } catch { return error as? RowProblem }
  }

  @Test("A sound row")
  func sound() throws {
    let row = try Self.read(
      "'9901010101240001,Anak Contoh,L,01-01-2024,Desa Contoh,2025-10-07,\"9,4\",78.5,3.1")
    #expect(row.nationalIdentityNumber == "9901010101240001")
    #expect(row.sex == .male && row.birthDate == day("2024-01-01"))
    #expect(row.visitDate == day("2025-10-07") && row.body.weight == Mass(grams: 9_400))
    #expect(row.body.length == Length(tenthsOfMillimetre: 7_850))
    #expect(row.birthWeight == Mass(grams: 3_100))
    #expect(row.warnings.isEmpty)
  }

  @Test(
    "Days that cannot be are told by what they mean, however far away they lie",
    arguments: [
      ("2024-01-01", "2025-11-01", nil), ("2024-01-01", "2025-11-02", RowProblem.Code.dateInFuture),
      ("2024-01-01", "2101-01-01", .dateInFuture), ("2024-01-01", "2999-12-31", .dateInFuture),
      ("2024-01-01", "9999-12-31", .dateInFuture), ("2024-01-01", "2023-12-31", .beforeBirth),
      ("2999-01-01", "2025-10-07", .beforeBirth), ("2026-01-01", "2025-10-07", .beforeBirth),
      ("1899-12-31", "2025-10-07", .dateTooEarly), ("0202-08-05", "2025-10-07", .dateTooEarly),
      ("1900-01-01", "2025-10-07", nil), ("2024-01-01", "1899-12-31", .dateTooEarly),
    ] as [(String, String, RowProblem.Code?)])
  func days(birth: String, visit: String, code: RowProblem.Code?) {
    let problem = Self.problem(",Anak Contoh,L,\(birth),Desa Contoh,\(visit),9.4,78.5,")
    #expect(problem?.code == code)
    if code == .dateInFuture {
      #expect(problem?.field == .visitDate && problem?.value == visit)
      #expect(problem?.details["today"] == "2025-11-01")
    }
  }

  @Test(
    "A NIK that says otherwise is a warning, and the row is taken",
    arguments: [
      ("9901010101240001", "L", "2024-01-01", []),
      ("9901014101240001", "P", "2024-01-01", []),
      ("9901010101240001", "P", "2024-01-01", [RowWarning.Code.identityNumberOtherSex]),
      ("9901014101240001", "L", "2024-01-01", [.identityNumberOtherSex]),
      ("9901010101240001", "L", "2024-01-02", [.identityNumberOtherBirthDate]),
      (
        "9901010101240001", "P", "2024-01-02",
        [.identityNumberOtherBirthDate, .identityNumberOtherSex]
      ),
      ("9901013201240001", "L", "2024-01-01", [.identityNumberImpossible]),
      ("9901010101240000", "L", "2024-01-01", [.identityNumberImpossible]),
      ("", "L", "2024-01-01", []), ("-", "L", "2024-01-01", []), ("0", "L", "2024-01-01", []),
    ] as [(String, String, String, [RowWarning.Code])])
  func warnings(number: String, sex: String, birth: String, codes: [RowWarning.Code]) throws {
    let row = try Self.read("\(number),Anak,\(sex),\(birth),Desa Contoh,2025-10-07,9.4,78.5,")
    #expect(row.warnings.map(\.code) == codes)
    for warning in row.warnings {
      #expect(warning.field == .nationalIdentityNumber && warning.value == number)
    }
  }

  @Test("A birth date worked out from an age is not held against the NIK")
  func estimatedBirth() throws {
    let mapping = MeasurementMapping(columns: [
      .nationalIdentityNumber: ["NIK"], .sex: ["JK"], .ageMonths: ["Umur"], .village: ["Desa"],
      .visitDate: ["Tgl"], .weight: ["BB"],
    ])
    let row = try Self.read(
      "9901010101240001,L,20,Desa Contoh,2025-10-07,9.4", heading: "NIK,JK,Umur,Desa,Tgl,BB",
      mapping: mapping)
    #expect(row.birthDateCertainty == .estimatedFromAge && row.birthDate != day("2024-01-01"))
    #expect(row.warnings.isEmpty)
  }

  @Test("Text behind a quotation mark is refused: a part of the value would be lost")
  func textBehindQuote() {
    let problem = Self.problem(",\"Siti\" Aminah,L,2024-01-01,Desa Contoh,2025-10-07,9.4,78.5,")
    #expect(problem?.code == .textBehindQuote && problem?.field == .name)
    #expect(problem?.details["column"] == "Nama")
  }

  @Test("Another number of columns than the heading")
  func ragged() {
    for row in ["1,2", ",Anak,L,2024-01-01,Desa,2025-10-07,9.4,78.5,,"] {
      #expect(Self.problem(row)?.code == .wrongColumnCount)
    }
  }

  @Test("Any texts in any columns are a row or a problem, and a row keeps its promises")
  func hostile() {
    let texts = [
      "", "-", "0", "9901010101240001", "'9901014101240001", "L", "P", "x", "2024-01-01",
      "2999-01-01", "1/1/1800", "9.4", "-9", "9e9", "1234567", "Desa Contoh", "\"", "\u{0}x", "😀",
      String(repeating: "9", count: 400),
    ]
    var numbers = SeededNumbers(seed: 9)
    var read = 0
    for _ in 0..<20_000 {
      var values = ["", "Anak", "L", "2024-01-01", "Desa", "2025-10-07", "9.4", "78.5", "3"]
      for _ in 0..<Int.random(in: 1...3, using: &numbers) {
        values[Int.random(in: 0..<9, using: &numbers)] =
          texts[Int.random(in: texts.indices, using: &numbers)]
      }
      var writer = CSVWriter()
      writer.row(values)
      let text = String(decoding: writer.take(), as: UTF8.self)
      guard let row = try? Self.read(text) else { continue }
      read += 1
      #expect(row.visitDate <= day("2025-11-01"))
      #expect(row.birthDate.map { $0 <= row.visitDate } == true && row.sex != nil)
      #expect(row.body.weight != nil || row.body.length != nil)
    }
    #expect((1_000...19_000).contains(read), "\(read) rows read")
  }
}
