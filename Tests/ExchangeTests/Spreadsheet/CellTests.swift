import Health
import Testing

@testable import Exchange

@Suite("What cells hold")
struct CellTests {
  func day(_ year: Int, _ month: Int, _ day: Int) throws -> CivilDate {
    try #require(CivilDate(year: year, month: month, day: day))
  }

  @Test("Text: shared, in the cell, rich, with reading aids, escaped characters and white space")
  func texts() throws {
    let shared = [
      "<t>Siti</t>", "<r><t>Siti </t></r><r><rPr><b/></rPr><t>Aminah</t></r>",
      "<t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh>", "<t xml:space=\"preserve\"> a </t>",
      "<t>a_x000A_b_x005F_x000D__x0000_ &amp; _x00G1_</t>", "",
    ]
    let expected = [
      "Siti", "Siti Aminah", "東京", " a ", "a\nb_x000D__x0000_ & _x00G1_",
    ]
    for (number, text) in expected.enumerated() {
      let found = try cell("<c r=\"A1\" t=\"s\"><v>\(number)</v></c>", shared: shared)
      #expect(found?.value == .text(text))
    }
    #expect(try cell("<c r=\"A1\" t=\"s\"><v>5</v></c>", shared: shared) == nil)
    let inline =
      "<c t=\"inlineStr\"><is><r><t>Budi</t></r><rPh><t>x</t></rPh><r><t> S</t></r></is></c>"
    #expect(try cell(inline)?.value == .text("Budi S"))
    #expect(try cell("<c t=\"inlineStr\"><is><t>a<![CDATA[<b>]]></t></is></c>")?.text == "a<b>")
  }

  @Test("Numbers keep their digits, and are shown as the cell shows them")
  func numbers() throws {
    #expect(try cell("<c><v>12.5</v></c>")?.value == .number(12.5, digits: 1))
    #expect(try cell("<c t=\"n\"><v>-3</v></c>")?.text == "-3")
    #expect(try cell("<c><v>12.300000000000001</v></c>")?.text == "12.3")
    #expect(try cell("<c><v>1.5E3</v></c>")?.text == "1500")
    #expect(try cell("<c><v>0</v></c>")?.text == "0")
    #expect(try cell("<c s=\"1\"><v>7</v></c>", formats: ["000"])?.text == "007")
    #expect(try cell("<c s=\"1\"><v>12.5</v></c>", formats: ["\"Rp\"#,##0"])?.text == "12.5")
    #expect(try cell("<c><v></v></c>") == nil)
    for text in ["1e999", "0x10", "nan", "12,5", "1 2", "--1", String(repeating: "1", count: 500)] {
      let found = try cell("<c><v>\(text)</v></c>")
      #expect(found?.problem == .unreadableValue(String(text.prefix(100))), "\(text)")
    }
  }

  @Test("The quick way of reading numbers gives what the exact one gives")
  func quickNumbers() throws {
    for text in ["0.1", "123456789.012345", "-0.000001", "999999999999999", "3.14159265358979"] {
      let quick = Array(text.utf8).withUnsafeBufferPointer { DecimalText.number($0) }
      #expect(quick == Double(text))
    }
  }

  @Test("A NIK that was kept as a number is marked, and so is one shortened as text")
  func identityNumbers() throws {
    let numeric = try cell("<c><v>6203015708240000</v></c>")
    #expect(numeric?.text == "6203015708240000")
    #expect(numeric?.notes == .digitsMayBeLost)
    #expect(try cell("<c><v>6.20301570824E+15</v></c>")?.notes == .digitsMayBeLost)
    #expect(try cell("<c><v>999999999999999</v></c>")?.notes == [])
    let text = "<c t=\"inlineStr\"><is><t>%</t></is></c>"
    let scientific = try cell(text.replacing("%", with: "6.20301E+15"))
    #expect(scientific?.notes == .scientificText)
    #expect(try cell(text.replacing("%", with: "6,20301E+15"))?.notes == .scientificText)
    #expect(try cell(text.replacing("%", with: "6203015708240001"))?.notes == [])
    #expect(try cell(text.replacing("%", with: "Blok 3E5"))?.notes == [])
    #expect(try cell(text.replacing("%", with: "1E2"))?.notes == [])
    let inText = try cell("<c s=\"1\"><v>12</v></c>", formats: ["49"])
    #expect(inText?.notes == .numberInTextFormat)
  }

  @Test("Days by their formats, around the day that never was")
  func days() throws {
    func of(_ serial: String, _ format: String = "14") throws -> SheetCell? {
      try cell("<c s=\"1\"><v>\(serial)</v></c>", formats: [format])
    }
    #expect(try of("1")?.value == .day(try day(1900, 1, 1)))
    #expect(try of("59")?.value == .day(try day(1900, 2, 28)))
    #expect(try of("60")?.problem == .falseLeapDay)
    #expect(try of("61")?.value == .day(try day(1900, 3, 1)))
    #expect(try of("45509")?.value == .day(try day(2024, 8, 5)))
    #expect(try of("2958465")?.value == .day(try day(9999, 12, 31)))
    for outside in ["0", "-1", "2958466", "1e10"] {
      #expect(try of(outside)?.problem?.code == .dayOutsideCalendar, "\(outside)")
    }
    let withTime = try of("45509.75")
    #expect(withTime?.value == .day(try day(2024, 8, 5)))
    #expect(withTime?.notes == .timeDropped)
    #expect(try of("45508.9999999999")?.value == .day(try day(2024, 8, 5)))
    #expect(try of("45509.0000000001")?.notes == [])
    for format in [
      "22", "dd/mm/yyyy", "[$-421]dd mmmm yyyy;@", "d-mmm", "mmm\\-yy", "[Red]yyyy", "mmmm",
    ] {
      #expect(try of("45509", format)?.value == .day(try day(2024, 8, 5)), "\(format)")
    }
    for format in [
      "2", "0.00", "#,##0", "\"day\" 0", "0\\d", "General", "[h]:mm", "0.00E+00", "[Red]0", "_d0",
      "@@", "46",
    ] {
      #expect(try of("45509", format)?.value == .number(45509, digits: 1), "\(format)")
    }
    for format in ["20", "hh:mm", "h:mm AM/PM", "mm:ss.0"] {
      #expect(try of("0.75", format)?.value == .time(seconds: 64_800), "\(format)")
      #expect(try of("45509.5", format)?.notes == .timeDropped, "\(format)")
    }
    #expect(try of("0.75", "20")?.text == "18:00:00")
  }

  @Test("Files that count from 1904, and days written out")
  func otherDays() throws {
    let property = "<workbookPr date1904=\"true\"/>"
    func of(_ serial: String) throws -> SheetCell? {
      try cell(
        "<c s=\"1\"><v>\(serial)</v></c>", formats: ["14"], workbookProperties: property)
    }
    #expect(try of("0")?.value == .day(try day(1904, 1, 1)))
    #expect(try of("60")?.value == .day(try day(1904, 3, 1)))
    #expect(try of("44047")?.value == .day(try day(2024, 8, 5)))
    #expect(try of("2957003")?.value == .day(try day(9999, 12, 31)))
    #expect(try of("2957004")?.problem?.code == .dayOutsideCalendar)
    #expect(try cell("<c t=\"d\"><v>2024-08-05</v></c>")?.value == .day(try day(2024, 8, 5)))
    let withTime = try cell("<c t=\"d\"><v>2024-08-05T10:30:00Z</v></c>")
    #expect(withTime?.notes == .timeDropped)
    #expect(try cell("<c t=\"d\"><v>2024-08-05T00:00:00</v></c>")?.notes == [])
    #expect(try cell("<c t=\"d\"><v>2024-02-30</v></c>")?.problem == .unreadableValue("2024-02-30"))
  }

  @Test("A day typed as text stays text")
  func dayAsText() throws {
    let found = try cell(
      "<c s=\"1\" t=\"inlineStr\"><is><t>03/04/2024</t></is></c>", formats: ["14"])
    #expect(found?.value == .text("03/04/2024"))
  }

  @Test("Formulas give their stored result, or say that there is none")
  func formulas() throws {
    let number = try cell("<c><f>A2+1</f><v>5</v></c>")
    #expect(number?.value == .number(5, digits: 1))
    #expect(number?.notes == .computed)
    #expect(try cell("<c t=\"str\"><f>A2</f><v>Siti</v></c>")?.notes == .computed)
    #expect(try cell("<c><f>A2+1</f></c>")?.problem == .formulaWithoutResult)
    #expect(try cell("<c><f>A2+1</f><v></v></c>")?.problem == .formulaWithoutResult)
    #expect(try cell("<c><f t=\"shared\" si=\"0\"/><v/></c>")?.problem == .formulaWithoutResult)
    #expect(try cell("<c t=\"str\"><f>\"\"</f></c>")?.problem == .formulaWithoutResult)
    #expect(try cell("<c t=\"str\"><f>\"\"</f><v></v></c>") == nil)
  }

  @Test("Yes and no, errors, and what no type explains")
  func others() throws {
    #expect(try cell("<c t=\"b\"><v>1</v></c>")?.value == .boolean(true))
    #expect(try cell("<c t=\"b\"><v>0</v></c>")?.text == "FALSE")
    #expect(try cell("<c t=\"b\"><v>2</v></c>")?.problem == .unreadableValue("2"))
    let error = try cell("<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>")
    #expect(error?.problem == .errorValue("#DIV/0!"))
    #expect(error?.text == "#DIV/0!")
    #expect(try cell("<c t=\"zzz\"><v>x</v></c>")?.problem == .unreadableValue("x"))
  }

  @Test("Names of cells and ranges")
  func references() {
    #expect(CellReference("B7") == CellReference(column: 2, line: 7))
    #expect(CellReference("$AB$12")?.description == "AB12")
    #expect(CellReference("XFD1048576")?.column == 16_384)
    for wrong in ["", "B", "7", "b7", "XFE1", "B0", "B7x", "AAAAAAAAAAAAAAAAAAA1", "A-1"] {
      #expect(CellReference(wrong) == nil, "\(wrong)")
    }
    #expect(CellRange("A1:C3")?.description == "A1:C3")
    for wrong in ["", "A1:", ":A1", "C3:A1", "A1:B2:C3", "A:C"] {
      #expect(CellRange(wrong) == nil, "\(wrong)")
    }
    for column in 1...16_384 {
      let name = CellReference(column: column, line: 1).description
      if CellReference(name)?.column != column { Issue.record("\(name)") }
    }
  }
}
