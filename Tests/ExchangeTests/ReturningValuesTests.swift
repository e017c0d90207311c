import Health
import Journal
import Programmes
import Samples
import Services
import Testing

@testable import Exchange

@Suite("Values that come back")
struct ReturningValuesTests {
  private static func row(_ kilograms: String, posyandu: String = "Melati") -> String {
    ImportedDistrict.row(1, on: "2025-10-07", kilograms: kilograms, posyandu: posyandu)
  }

  private static func other(_ number: Int) -> String {
    ImportedDistrict.row(number, on: "2025-10-07")
  }

  @Test("A value that was corrected comes back with another file, as often as files say so")
  func comesBack() throws {
    let work = try ImportedDistrict()
    _ = try work.bring([Self.row("7.9")])
    for (round, kilograms) in ["8.1", "7.9", "8.1", "7.9", "8.3", "8.1"].enumerated() {
      // Another row makes it another file.
      let summary = try work.bring([Self.row(kilograms), Self.other(round + 2)])
      #expect(summary.accepted == 2 && summary.refused == 0)
      let weights = try work.records()["Contoh Anak 1"]?.measurements.map(\.body.weight)
      #expect(weights == [Mass(grams: Int32((Double(kilograms) ?? 0) * 1000))])
      let isBack = [1, 2, 3, 5].contains(round)
      #expect(summary.warnings == (isBack ? [.earlierValueReturned: 1] : [:]), "round \(round)")
    }
  }

  @Test("A file that was read before changes nothing, whatever was corrected since")
  func readAgain() throws {
    let work = try ImportedDistrict()
    let files = [[Self.row("7.9")], [Self.row("8.1")], [Self.row("7.9"), Self.other(2)]]
    for file in files { _ = try work.bring(file) }
    let facts = try work.facts
    let weights = [Mass(grams: 7_900)]
    for (number, file) in (files + files.reversed() + files).enumerated() {
      let summary = try work.bring(file)
      #expect(summary.accepted == 0 && summary.refused == 0, "reading \(number)")
      #expect(summary.alreadyThere == file.count)
      let isOld = file == files[1]
      #expect(summary.warnings == (isOld ? [.correctedSince: 1] : [:]), "reading \(number)")
    }
    #expect(try work.facts == facts)
    #expect(try work.records()["Contoh Anak 1"]?.measurements.map(\.body.weight) == weights)
  }

  @Test("Whoever says so brings the values of a known file back, and then again nothing")
  func broughtBack() throws {
    let work = try ImportedDistrict()
    _ = try work.bring([Self.row("7.9")])
    _ = try work.bring([Self.row("8.1")])
    #expect(try work.bring([Self.row("7.9")]).accepted == 0)
    #expect(try work.weights() == [8_100])
    #expect(try work.bring([Self.row("7.9")], bringsBack: true).accepted == 1)
    #expect(try work.weights() == [7_900])
    let facts = try work.facts
    for bringsBack in [true, false] {
      #expect(try work.bring([Self.row("7.9")], bringsBack: bringsBack).alreadyThere == 1)
    }
    #expect(try work.facts == facts)
  }

  @Test("A place that was corrected comes back too, and with it the residence")
  func placeComesBack() throws {
    let work = try ImportedDistrict()
    var homes: [Identifier?] = []
    for (round, posyandu) in ["Melati", "Mawar", "Melati", "Mawar"].enumerated() {
      _ = try work.bring([Self.row("7.9", posyandu: posyandu), Self.other(round + 2)])
      let record = try #require(try work.records()["Contoh Anak 1"])
      #expect(record.measurements.count == 1)
      homes.append(record.place(on: day("2025-10-07")))
      #expect(record.measurements[0].place == homes[round])
      #expect(record.residences.count == 1)
    }
    #expect(homes[0] == homes[2] && homes[1] == homes[3] && homes[0] != homes[1])
  }

  @Test("A file that contradicts itself is refused on the second reading too")
  func contradiction() throws {
    let work = try ImportedDistrict()
    let file = [Self.row("7.9"), Self.row("8.1")]
    for reading in 1...3 {
      let summary = try work.bring(file)
      #expect(summary.problems == [.contradictsRow: 1], "reading \(reading)")
      #expect(try work.weights() == [7_900])
    }
    let places = [Self.row("9", posyandu: "Melati"), Self.row("9", posyandu: "Mawar")]
    let summary = try ImportedDistrict().bring(places)
    #expect(summary.accepted == 1 && summary.problems == [.contradictsRow: 1])
  }

  @Test("A row that brings a NIK does not contradict the row before it")
  func learned() throws {
    let work = try ImportedDistrict()
    let unknown = ImportedDistrict.row(1, on: "2025-10-07", identity: "")
    let known = ImportedDistrict.row(1, on: "2025-10-07")
    let summary = try work.bring([unknown, known])
    #expect(summary.accepted == 2 && summary.refused == 0)
    #expect(try work.records().count == 1)
  }

  @Test("What a person recorded or withdrew is not changed by a file, old or new")
  func people() throws {
    let work = try ImportedDistrict()
    _ = try work.bring([Self.row("7.9")])
    let subject = ChildFinder.subject(
      of: try RowReaderTests.read(
        Self.row("7.9"), heading: ImportedDistrict.heading), at: id(0))
    let measured = try #require(try work.records()["Contoh Anak 1"]?.measurements.first)
    func record(_ number: Int, _ kind: FactKind, _ body: [UInt8], replacing: Identifier) throws {
      let now = Instant(milliseconds: 1_780_000_000_000 + Int64(number))
      let results = try work.district.journal.acceptAndWait(
        [
          Fact(
            id: id(number), subject: subject, kind: kind, occurredOn: day("2025-10-07"),
            recordedAt: now, place: measured.place, replaces: replacing, body: body)
        ], now: now)
      #expect(results.allSatisfy { if case .accepted = $0 { true } else { false } })
    }
    var body = MeasurementBody()
    body.weight = Mass(grams: 8_500)
    body.length = Length(tenthsOfMillimetre: 7_850)
    try record(1, .measurement, body.bytes, replacing: measured.fact)
    let summary = try work.bring([Self.row("7.9"), Self.other(2)])
    #expect(summary.refused == 0 && summary.warnings == [.correctedSince: 1])
    #expect(try work.bring([Self.row("7.7")]).problems == [.measuredOtherwise: 1])
    #expect(try work.bring([Self.row("8.5")]).alreadyThere == 1)
    #expect(
      try work.records()["Contoh Anak 1"]?.measurements.map(\.body.weight)
        == [Mass(grams: 8_500)])
    try record(2, .withdrawal, [], replacing: id(1))
    try record(3, .withdrawal, [], replacing: measured.fact)
    for rows in [[Self.row("7.9")], [Self.row("7.9"), Self.other(3)]] {
      _ = try work.bring(rows)
      #expect(try work.records()["Contoh Anak 1"]?.measurements.isEmpty == true)
    }
  }
}
