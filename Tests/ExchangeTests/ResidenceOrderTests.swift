import Health
import Journal
import Monitoring
import Programmes
import Samples
import Services
import Testing

@testable import Exchange

@Suite("Homes do not depend on the order of files")
struct ResidenceOrderTests {
  private static let posyandu = ["Melati", "Mawar", "Anggrek"]

  private struct Visit: Hashable {
    let child: Int
    let day: CivilDate
    let posyandu: String

    var row: String {
      ImportedDistrict.row(
        child, on: DateText.iso(day), kilograms: "\(6 + Int(day.dayNumber % 50))",
        posyandu: posyandu)
    }
  }

  /// Visits of some children that move now and then, each on a day of its own.
  private static func visits(using numbers: inout SeededNumbers) -> [Visit] {
    (1...4).flatMap { child -> [Visit] in
      var place = posyandu.randomElement(using: &numbers) ?? posyandu[0]
      var day = CivilDate(dayNumber: 19_740)
      return (0..<Int.random(in: 1...12, using: &numbers)).map { _ in
        day = day + AgeInDays(.random(in: 1...60, using: &numbers))
        if numbers.once(in: 3) { place = posyandu.randomElement(using: &numbers) ?? place }
        return Visit(child: child, day: day, posyandu: place)
      }
    }
  }

  /// A visit to each Posyandu by a child of its own, so that all places are there from the start.
  private static let first = posyandu.enumerated().map {
    ImportedDistrict.row(50 + $0, on: "2024-02-01", posyandu: $1)
  }

  @Test(
    "The same files in any order give the same home on every day and the same figures",
    arguments: 1...8 as ClosedRange<UInt64>)
  func anyOrder(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let visits = Self.visits(using: &numbers)
    let files = Dictionary(grouping: visits) { _ in Int.random(in: 0..<6, using: &numbers) }
      .sorted { $0.key < $1.key }.map { $0.value }
    var wanted: [String: CubeCell]?
    for order in 0..<4 {
      let work = try ImportedDistrict()
      _ = try work.bring(Self.first)
      var ordered = order == 0 ? [visits] : files.shuffled(using: &numbers)
      if order > 1 { ordered = ordered.map { $0.shuffled(using: &numbers) } }
      for file in ordered {
        #expect(try work.bring(file.map(\.row)).accepted == file.count)
      }
      try Self.expectHomes(of: visits, in: work, "order \(order)")
      let figures = try work.figures()
      #expect(wanted == nil || figures == wanted, "order \(order)")
      wanted = figures
      let facts = try work.facts
      for file in ordered.reversed() {
        #expect(try work.bring(file.map(\.row)).alreadyThere == file.count)
      }
      #expect(try work.facts == facts, "read again")
    }
  }

  /// On every day a child counts where it was seen last.
  private static func expectHomes(
    of visits: [Visit], in work: ImportedDistrict, _ comment: Comment
  ) throws {
    let records = try work.records()
    let places = try work.district.places().places.values
    for (child, seen) in Dictionary(grouping: visits, by: \.child) {
      let record = try #require(records["Contoh Anak \(child)"])
      let seen = seen.sorted { $0.day < $1.day }
      let last = try #require(seen.last).day.dayNumber + 40
      for number in 19_740...last {
        let day = CivilDate(dayNumber: number)
        let home = record.place(on: day).flatMap { id in places.first { $0.id == id } }
        #expect(home?.name == seen.last { $0.day <= day }?.posyandu, comment)
      }
    }
  }

  @Test("A late file tells of the earlier home and leaves the later one alone")
  func lateFile() throws {
    let work = try ImportedDistrict()
    func row(_ day: String, _ posyandu: String) -> String {
      ImportedDistrict.row(1, on: day, posyandu: posyandu)
    }
    _ = try work.bring([
      row("2024-03-01", "Melati"), row("2024-05-01", "Melati"), row("2024-09-01", "Mawar"),
    ])
    _ = try work.bring([row("2024-04-01", "Anggrek"), row("2024-02-01", "Anggrek")])
    let places = try work.district.places().places
    let record = try #require(try work.records()["Contoh Anak 1"])
    let days = [
      "2024-01-31", "2024-02-01", "2024-03-01", "2024-04-01", "2024-04-30", "2024-05-01",
      "2024-08-31", "2024-09-01",
    ]
    let homes = days.map { text in
      record.place(on: day(text)).flatMap { id in places.values.first { $0.id == id }?.name }
    }
    #expect(
      homes == [nil, "Anggrek", "Melati", "Anggrek", "Anggrek", "Melati", "Melati", "Mawar"])
  }

  @Test("A correction of one visit's place leaves the visits around it where they were")
  func correctedPlace() throws {
    let work = try ImportedDistrict()
    let days = ["2024-03-01", "2024-04-01", "2024-05-01", "2024-06-01"]
    let rows = days.map { ImportedDistrict.row(1, on: $0, posyandu: "Melati") }
    _ = try work.bring(rows)
    _ = try work.bring([ImportedDistrict.row(1, on: days[1], posyandu: "Mawar")])
    func homes() throws -> [String?] {
      let places = try work.district.places().places
      let record = try #require(try work.records()["Contoh Anak 1"])
      return days.map { text in
        record.place(on: day(text)).flatMap { id in places.values.first { $0.id == id }?.name }
      }
    }
    #expect(try homes() == ["Melati", "Mawar", "Melati", "Melati"])
    // And back, with a file that was not read before.
    _ = try work.bring(Array(rows[1...2]))
    #expect(try homes() == ["Melati", "Melati", "Melati", "Melati"])
  }

  @Test("A home that a person recorded stays when old files are read again")
  func recordedHome() throws {
    let work = try ImportedDistrict()
    let rows = ["2024-03-01", "2024-05-01"].map { ImportedDistrict.row(1, on: $0) }
    _ = try work.bring(rows + Self.first)
    let mawar = try #require(
      try work.district.places().places.values.first { $0.name == "Mawar" }?.id)
    let subject = ChildFinder.subject(
      of: try RowReaderTests.read(rows[0], heading: ImportedDistrict.heading), at: id(0))
    let now = Instant(milliseconds: 1_780_000_000_000)
    _ = try work.district.journal.acceptAndWait(
      [
        Fact(
          id: id(1), subject: subject, kind: .residence, occurredOn: day("2024-04-01"),
          recordedAt: now, body: ResidenceBody(place: mawar).bytes)
      ], now: now)
    let facts = try work.facts
    #expect(try work.bring(rows + Self.first).alreadyThere == 5)
    #expect(try work.bring(rows).alreadyThere == 2)
    #expect(try work.facts == facts)
    #expect(try work.records()["Contoh Anak 1"]?.place(on: day("2024-05-01")) == mawar)
  }
}
