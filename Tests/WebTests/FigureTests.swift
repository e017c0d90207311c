import Foundation
import Health
import Journal
import Monitoring
import Services
import Testing

@testable import Web

/// The figures on the pages are the children behind them.
@Suite struct FigureTests {
  @Test(arguments: Indicator.definitions.map(\.code))
  func everyFigureOpensToItsNames(_ code: String) async throws {
    let server = try await RunningServer.shared()
    let indicator = try #require(Indicator(code: code))
    for place in try server.district.places().places.values {
      let choice = "place=\(place.id.text)&indicator=\(code)&month=2025-06"
      let figures = try server.district.figures(
        of: place, from: CivilMonth(year: 2025, ordinal: 6),
        through: CivilMonth(year: 2025, ordinal: 6))
      let figure = figures.figure(indicator, in: CivilMonth(year: 2025, ordinal: 6))
      let page = try await server.client.get("/nutrition/names?\(choice)").text
      let tabs = try PageText.tabs(page)
      #expect(
        tabs
          == [figure.reached, figure.missed, figure.excluded, figure.unknown].map { Int($0) })
      let states = zip(["reached", "missed", "excluded", "unknown"], tabs)
      for (state, count) in states where count > 0 {
        let csv = try await server.client.get("/nutrition/names.csv?\(choice)&state=\(state)").text
        #expect(PageText.rows(csv).count == count)
        let list = try await server.client.get("/nutrition/names?\(choice)&state=\(state)").text
        #expect(
          try PageText.matches("<th scope=\"row\"><a href=\"/children/", in: list).count == count)
      }
    }
  }

  @Test func pageAgreesWithItsLinks() async throws {
    let client = try await RunningServer.shared().client
    for definition in Indicator.definitions {
      let page = try await client.get("/nutrition?indicator=\(definition.code)&month=2025-06").text
      let headline = try #require(
        PageText.matches("headline-fraction\"><a href=\"[^\"]*\">([0-9./]+)", in: page).first)
      let link = try #require(
        PageText.matches("headline-fraction\"><a href=\"([^\"]*)\"", in: page).first)
      let tabs = try await PageText.tabs(client.get(PageText.unescaped(link)).text)
      let parts = headline.split(separator: "/").compactMap { PageText.number(String($0)) }
      let unknown = Indicator(code: definition.code)?.definition.countsUnknown == true ? tabs[3] : 0
      #expect(parts == [tabs[0], tabs[0] + tabs[1] + unknown])
    }
  }

  @Test func knownFigures() async throws {
    let client = try await RunningServer.shared().client
    let csv = try await client.get("/nutrition.csv?indicator=D_S&month=2025-06").text
    // Ten children live here in June 2025, and eight of them were weighed.
    #expect(csv.contains(",2025-06,8,10,80.0,"))
    let names = try await client.get("/nutrition/names?indicator=D_S&month=2025-06").text
    #expect(names.contains("Contoh Citra"))
    #expect(names.contains("••••••000000•••2"))
    #expect(!names.contains("6371000000001102"))
  }

  @Test func monthsAheadAreNotShown() async throws {
    let client = try await RunningServer.shared().client
    for path in ["/", "/nutrition", "/nutrition/names", "/nutrition/report"] {
      let html = try await client.get(path).text
      #expect(html.contains("value=\"2025-06\" selected"))
      #expect(!html.contains("2025-07"))
    }
    #expect(try await client.get("/nutrition?month=2025-07").status == 400)
  }

  @Test func reportAddsUp() async throws {
    let client = try await RunningServer.shared().client
    let csv = try await client.get("/nutrition/report.csv?month=2025-06").text
    let rows = PageText.rows(csv).map { row in
      row.split(separator: ",", omittingEmptySubsequences: false).suffix(32).map { Int($0) ?? -1 }
    }
    #expect(!rows.isEmpty)
    for row in rows {
      #expect(row.count == 32)
      #expect(row.allSatisfy { $0 >= 0 })
      #expect(row[9..<13].reduce(0, +) == row[13])
      #expect(row[16..<20].reduce(0, +) == row[20])
      #expect(row[23..<29].reduce(0, +) == row[29])
      // Nobody died: whoever is registered is judged, excluded or unknown.
      for judged in [13, 20, 29] { #expect(row[judged...judged + 2].reduce(0, +) == row[0]) }
    }
    // The whole: two villages and the Puskesmas, each by nine groups.
    #expect(rows.count == 27)
    // S, K, D, B, O, N, T, 2T, BGM: Intan, Dedi, Hadi and "=HYPERLINK" are weighed first (B). Of
    // Gita nobody knows the sex, so she is neither N nor T.
    #expect(Array(rows[18][0..<9]) == [10, 8, 8, 4, 0, 2, 1, 1, rows[18][8]])
  }

  @Test func spreadsheetsAreSafe() async throws {
    let client = try await RunningServer.shared().client
    let answer = try await client.get("/nutrition/names.csv?indicator=D_S&state=reached")
    #expect(answer.status == 200)
    #expect(answer["Content-Type"] == "text/csv; charset=utf-8")
    #expect(
      answer["Content-Disposition"]
        == "attachment; filename=\"D_S-reached-Contoh--Raya--2025-06.csv\"")
    #expect(answer.body.starts(with: [0xEF, 0xBB, 0xBF]))
    #expect(answer.text.contains("\r\n'=HYPERLINK(1),"))
    #expect(answer.text.contains("\"<b>Ibu</b>, \"\"dua\"\"\""))
    let child = try await client.get(
      "/children/\(SmallDistrict.Child.severelyWasted.id.text)/measurements.csv")
    #expect(child.status == 200)
    #expect(child.text.contains(",7.000,80.00,"))
    #expect(try PageText.matches(",(-[0-9]+\\.[0-9]{2}),", in: child.text).count > 1)
  }

  @Test func cellsAreNeverFormulas() {
    for text in ["=1", "+1", "-1", "@x", "\t=1", "\r=1"] {
      #expect(Spreadsheet.Cell.text(text).field.drop { $0 == "\"" }.hasPrefix("'"))
    }
    #expect(Spreadsheet.Cell.decimal(-1.5, digits: 2).field == "-1.50")
    #expect(Spreadsheet.Cell.text("a;b").field == "\"a;b\"")
    // To Swift a quotation mark with an accent is another character, to a spreadsheet it is not.
    #expect(
      Array(Spreadsheet.Cell.text("a\"\u{301},=1").field.utf8)
        == Array("\"a\"\"\u{301},=1\"".utf8))
  }
}
