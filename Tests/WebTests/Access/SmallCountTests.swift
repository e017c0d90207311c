import Foundation
import Health
import Journal
import Monitoring
import Testing

@testable import Services
@testable import Web

/// What other sectors are not told, and that they cannot work it out.
@Suite struct SmallCountTests {
  @Test func nothingSmallIsToldAndNothingCanBeSubtracted() {
    func hidden(_ rows: [(name: String, parts: [Int])]) -> Set<String> { SmallCounts.hidden(rows) }
    #expect(hidden([("a", [11, 30]), ("b", [12, 11])]).isEmpty)
    // The next smallest goes with it.
    #expect(hidden([("a", [10, 30]), ("b", [90, 90]), ("c", [20, 20])]) == ["a", "c"])
    // Two are enough only where their sum is not small.
    #expect(
      hidden([("a", [3, 30]), ("b", [4, 30]), ("c", [50, 50]), ("d", [20, 20])]).count == 3)
    #expect(hidden([("a", [6, 30]), ("b", [5, 30]), ("c", [50, 50])]) == ["a", "b"])
    #expect(hidden([("a", [0, 0])]) == ["a"])
    #expect(hidden([]).isEmpty)
  }

  /// Whatever the counts are: a reader with the total of all rows is left with no small sum.
  @Test func noTotalGivesAnythingAway() {
    var state: UInt64 = 7
    func random(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    for _ in 0..<2_000 {
      let rows = (0..<(1 + random(8))).map { (name: $0, parts: [random(60), random(200)]) }
      let hidden = SmallCounts.hidden(rows)
      for row in rows where !hidden.contains(row.name) {
        #expect(row.parts.allSatisfy { $0 >= SmallCounts.least })
      }
      guard !hidden.isEmpty, hidden.count < rows.count else { continue }
      #expect(hidden.count > 1)
      for part in 0..<2 {
        let sum = rows.filter { hidden.contains($0.name) }.reduce(0) { $0 + $1.parts[part] }
        #expect(sum >= SmallCounts.least)
      }
    }
  }

  /// Children who belong to no row count as a row that is never told.
  @Test func whoIsElsewhereIsNotGivenAwayEither() {
    func hidden(_ rows: [(name: String, parts: [Int])], _ elsewhere: [Int]) -> Set<String> {
      SmallCounts.hidden(rows, elsewhere: elsewhere)
    }
    #expect(hidden([("a", [50, 50]), ("b", [20, 20])], [11, 11]).isEmpty)
    #expect(hidden([("a", [50, 50]), ("b", [20, 20])], [10, 11]) == ["b"])
    #expect(hidden([("a", [3, 50]), ("b", [20, 20])], [8, 11]) == ["a"])
    #expect(hidden([("a", [3, 50]), ("b", [20, 20])], [7, 11]) == ["a", "b"])
  }

  /// Girls of all ages 15 of 85, those of two years and more 12 of 49: three of 36 are younger.
  @Test func aSexIsNotToldTogetherWithAPartOfItsAges() {
    var table = Table(children: 0)
    let girls: [[Int]] = [[1, 10], [1, 11], [1, 12], [12, 37]]
    let boys: [[Int]] = [[1, 10], [1, 21], [2, 21], [14, 57]]
    for (age, parts) in zip(AgeGroup.allCases, girls) {
      table.counts[0, default: [:]][Stratum(sex: .female, ageGroup: age).position] = parts
    }
    for (age, parts) in zip(AgeGroup.allCases, boys) {
      table.counts[0, default: [:]][Stratum(sex: .male, ageGroup: age).position] = parts
    }
    #expect(table.tells(0))
    #expect(table.tells(0, StratumFilter(sex: .female)))
    #expect(table.tells(0, StratumFilter(sex: .male)))
    for age in AgeGroup.allCases {
      #expect(!table.tells(0, StratumFilter(ageGroup: age)))
      #expect(!table.tells(0, StratumFilter(sex: .female, ageGroup: age)))
    }
    // Whose sex nobody told are what is left of the total.
    table.counts[0]?[Stratum(sex: nil, ageGroup: .months24To59).position] = [0, 3]
    #expect(table.tells(0) && !table.tells(0, StratumFilter(sex: .female)))
  }

  /// Whatever the counts are: no sum and no difference of figures that are told, however many are
  /// taken together, is the count of a few children of some sex, age and places.
  @Test func noDifferenceOfFiguresThatAreToldIsSmall() {
    var state: UInt64 = 11
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    var crossings = 0
    for _ in 0..<200 {
      var table = Table(children: 2)
      let size = [4, 12, 30, 90][random(4)]
      // The last ones live at neither of the places below.
      for place in 1...3 where place < 3 || random(3) == 0 {
        for position in 0..<Stratum.count {
          let isUntold = Stratum(position: position)?.sex == nil
          if isUntold, random(4) > 0 { continue }
          let few: Int? = random(25) == 0 ? random(12) : nil
          let reached: Int = few ?? (size / 2 + random(size))
          let missed: Int = size / 2 + random(2 * size)
          table.counts[place, default: [:]][position] = [reached, missed]
        }
      }
      var span = Span()
      for place in 0...2 {
        for filter in Table.filters where table.tells(place, filter) {
          span.insert(table.cells(place, filter))
          if filter.sex != nil, filter.ageGroup != nil { crossings += 1 }
        }
      }
      for target in Table.targets where span.holds(target) {
        let counts = table.count(target)
        let isNobody = counts.allSatisfy { $0 == 0 }
        #expect(isNobody || counts.allSatisfy { $0 >= SmallCounts.least }, "\(table) \(target)")
      }
    }
    // Else the test would say nothing.
    #expect(crossings > 100)
  }

  /// The district of the test has eight children, all of them few.
  @Test func otherSectorsAreToldNoCountOfFew() async throws {
    let server = try await SignedInServer.shared()
    let sector = try await server.signIn(.otherSector)
    let manager = try await server.signIn(.districtManager)
    let district = TwoPuskesmas.district.text
    let south = TwoPuskesmas.Side.south.puskesmas.text
    for path in [
      "/", "/places/\(south)", "/nutrition?place=\(district)&month=2025-06",
      "/nutrition?place=\(south)&month=2025-06&sex=male",
      "/nutrition/report?place=\(district)&month=2025-06",
      "/nutrition.csv?place=\(district)&month=2025-06",
      "/nutrition/report.csv?place=\(district)&month=2025-06",
    ] {
      let told = try await sector.get(path)
      let whole = try await manager.get(path)
      #expect(told.status == 200 && whole.status == 200, "\(path)")
      let isFile = path.contains(".csv")
      let mark = "ditutup"
      #expect(told.text.contains(mark), "\(path)")
      #expect(!whole.text.contains(mark), "\(path)")
      #expect(!told.text.contains("/nutrition/names"))
      #expect(!told.text.contains("ditutup ditutup"), "\(path)")
      if path != "/", !isFile {
        #expect(told.text.contains("angka di bawah 11"), "\(path)")
        #expect(!whole.text.contains("angka di bawah 11"), "\(path)")
      }
      if isFile {
        for row in PageText.rows(told.text) {
          let cells = row.split(separator: ",", omittingEmptySubsequences: false).dropFirst(3)
          #expect(cells.allSatisfy { Double($0) == nil }, "\(row)")
        }
      } else {
        RouteTests.expectNoCounts(told.text, path)
      }
    }
  }

  /// Twelve girls more who were weighed, and twelve who were not: the total can be told, and not
  /// how boys and girls are, for there are eight boys.
  @Test func whereACrossingIsClosedThePageSaysWhyAndLeadsToTheTotal() async throws {
    let server = try await SignedInServer.start()
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    let home = TwoPuskesmas.Side.north.posyandu(1)
    var facts: [Fact] = []
    for number in 0..<24 {
      let id = Identifier.fresh(at: SmallDistrict.today)
      var girl = PersonBody()
      girl.name = Array("Anak Hitung \(number)".utf8)
      girl.sex = .female
      girl.birthDate = TwoPuskesmas.day(2024, 1, 1 + number)
      let born = TwoPuskesmas.day(2024, 1, 1 + number)
      facts.append(recording.fact(.person, of: id, on: born, at: home, girl.bytes))
      facts.append(
        recording.fact(
          .residence, of: id, on: born, at: home, ResidenceBody(place: home).bytes))
      guard number < 12 else { continue }
      var weight = MeasurementBody()
      weight.weight = Mass(grams: 9000)
      facts.append(
        recording.fact(
          .measurement, of: id, on: TwoPuskesmas.day(2025, 6, 10), at: home, weight.bytes))
    }
    _ = try await server.district.record(facts)
    let district = try #require(try server.district.places().places[TwoPuskesmas.district])
    let month = CivilMonth(year: 2025, ordinal: 6)
    let whole = Links.nutrition(district, .weighed, month)
    let boys = Links.nutrition(district, .weighed, month, filter: StratumFilter(sex: .male))
    let sector = try await server.signIn(.otherSector)
    for (language, reason) in [
      (Language.indonesian, "karena ada bagian yang kecil"), (.english, "since some part is small"),
    ] {
      let page = try await sector.get(boys + "&lang=\(language.rawValue)")
      try RouteTests.expectSound(page, language: language)
      #expect(page.text.contains(reason))
      let link = Markup.escape(whole)
      #expect(page.text.contains("<a href=\"\(link)\">"), "\(link)")
    }
    let total = try await sector.get(whole + "&lang=id").text
    #expect(!total.contains("karena ada bagian yang kecil") && total.contains("62,5 %"))
    // Who sees every count is told nothing of it.
    let manager = try await server.signIn(.districtManager)
    #expect(try await !manager.get(boys).text.contains("karena ada bagian yang kecil"))
  }
}

/// A place with two parts of children by sex and age, and places below it. Cells of the table are
/// numbered by place and stratum; the first place is the one above, and holds no cell of its own
/// where there are others.
private struct Table {
  let places: [Place]
  /// The parts by place, and by the position of the stratum.
  var counts: [Int: [Int: [Int]]] = [:]

  static let filters: [StratumFilter] = {
    let sexes: [Sex?] = [nil, .male, .female]
    let ages: [AgeGroup?] = [nil] + AgeGroup.allCases
    var filters: [StratumFilter] = []
    for sex in sexes {
      for age in ages { filters.append(StratumFilter(sex: sex, ageGroup: age)) }
    }
    return filters
  }()

  init(children: Int) {
    places = (0...children).map { number in
      Place(
        number: Int64(number), id: SmallDistrict.id(UInt64(900 + number)), kind: .village,
        name: "", code: "", codeIsExample: true,
        partOf: number == 0 ? nil : SmallDistrict.id(900))
    }
  }

  /// The cells of a filter at a place: the place above holds all.
  func cells(_ place: Int, _ filter: StratumFilter) -> Set<Int> {
    var cells: Set<Int> = []
    for holder in place == 0 ? 0...3 : place...place {
      for position in 0..<Stratum.count {
        guard let stratum = Stratum(position: position), filter.accepts(stratum) else { continue }
        cells.insert(holder * Stratum.count + position)
      }
    }
    return cells
  }

  func count(_ cells: Set<Int>) -> [Int] {
    cells.reduce(into: [0, 0]) { sum, cell in
      let parts = counts[cell / Stratum.count]?[cell % Stratum.count] ?? [0, 0]
      for part in 0..<2 { sum[part] += parts[part] }
    }
  }

  func tells(_ place: Int, _ filter: StratumFilter = StratumFilter()) -> Bool {
    func figures(_ places: ArraySlice<Place>) -> [PlaceFigures] {
      places.map { PlaceFigures(place: $0, cells: [:]) }
    }
    let small = SmallCounts(
      levels: [figures(places.prefix(1)), figures(places.dropFirst())],
      above: [nil, places[0].id])
    return !small.hides(
      places[place], { count(cells(Int($0.place.number), $1)) }, filter: filter)
  }

  /// What somebody may want to work out: one or all sexes, ages, and any of the places.
  static let targets: [Set<Int>] = {
    let sexes: [Set<Sex?>] = [[nil], [.male], [.female], [nil, .male, .female]]
    var ages: [Set<AgeGroup>] = AgeGroup.allCases.map { [$0] }
    ages.append(Set(AgeGroup.allCases))
    var targets: [Set<Int>] = []
    for sex in sexes {
      for age in ages {
        for places in 1..<8 {
          targets.append(cells(of: sex, age, atPlacesOf: places))
        }
      }
    }
    return targets
  }()

  /// - Parameter places: a bit for each place below, and for those who live at neither.
  private static func cells(
    of sexes: Set<Sex?>, _ ages: Set<AgeGroup>, atPlacesOf places: Int
  ) -> Set<Int> {
    var cells: Set<Int> = []
    for place in 1...3 where (places >> (place - 1)) & 1 == 1 {
      for position in 0..<Stratum.count {
        guard let stratum = Stratum(position: position), sexes.contains(stratum.sex),
          ages.contains(stratum.ageGroup)
        else { continue }
        cells.insert(place * Stratum.count + position)
      }
    }
    return cells
  }
}

/// Every count that follows from those that are told by adding and subtracting, any number of times
/// each: the span of their cells, over the numbers modulo a prime.
private struct Span {
  private static let prime = 2_147_483_647
  private static let width = 4 * Stratum.count
  /// Rows by their first cell, which is 1.
  private var rows: [Int: [Int]] = [:]

  private func rest(of cells: Set<Int>) -> [Int] {
    // The place above has no cells of its own.
    var row = [Int](repeating: 0, count: Span.width)
    for cell in cells where cell >= Stratum.count { row[cell] = 1 }
    for start in 0..<Span.width where row[start] != 0 {
      guard let known = rows[start] else { continue }
      let factor = row[start]
      for cell in start..<Span.width where known[cell] != 0 {
        row[cell] = (row[cell] + (Span.prime - factor) * known[cell]) % Span.prime
      }
    }
    return row
  }

  mutating func insert(_ cells: Set<Int>) {
    let row = rest(of: cells)
    guard let start = row.firstIndex(where: { $0 != 0 }) else { return }
    let inverse = Span.inverse(row[start])
    rows[start] = row.map { $0 * inverse % Span.prime }
  }

  func holds(_ cells: Set<Int>) -> Bool { rest(of: cells).allSatisfy { $0 == 0 } }

  /// What a number is multiplied with to become 1.
  private static func inverse(_ number: Int) -> Int {
    var result = 1
    var power = number
    var exponent = prime - 2
    while exponent > 0 {
      if exponent & 1 == 1 { result = result * power % prime }
      power = power * power % prime
      exponent >>= 1
    }
    return result
  }
}

extension RouteTests {
  /// No cell of a table and no fraction holds a number.
  static func expectNoCounts(_ html: String, _ path: String) {
    // Ranks are numbers of places: they stand before a row's heading.
    let bare = html.replacing(/<tr><td class="num">\d*<\/td>/, with: "<tr>")
    let cells = (try? PageText.matches("<td class=\"num\"[^>]*>(.*?)</td>", in: bare)) ?? []
    #expect(!cells.isEmpty, "\(path)")
    for cell in cells {
      let text = (try? PageText.visible(cell)) ?? ""
      #expect(!text.contains { $0.isNumber }, "\(path): \(cell)")
    }
  }
}
