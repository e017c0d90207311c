import Foundation
import Health
import Journal
import Monitoring
import Services
import Testing

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
