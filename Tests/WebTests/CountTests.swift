import Foundation
import Health
import Journal
import Monitoring
import Services
import Testing

@testable import Web

/// Every count on a page opens to exactly as many names, and no link leads to an empty list.
@Suite struct CountTests {
  /// A count that leads to names.
  private struct Count {
    let link: String
    let number: Int
  }

  private static func counts(_ html: String) throws -> [Count] {
    let pattern = "<a href=\"(/nutrition/names\\?[^\"]*)\">([0-9.]+)(?:/[0-9.]+)?</a>"
    let links = try PageText.matches(pattern, in: html)
    let numbers = try PageText.matches(
      pattern.replacing("(/nutrition", with: "(?:/nutrition"), in: html)
    return try zip(links, numbers).map {
      Count(link: PageText.unescaped($0), number: try #require(PageText.number($1)))
    }
  }

  private static func names(_ count: Count, _ client: RawClient) async throws -> Int {
    let csv = count.link.replacing("/names?", with: "/names.csv?")
    let rows = PageText.rows(try await client.get(csv).text)
    // The page and the file are made from one list; comparing them for one place will do.
    if count.link.contains(SmallDistrict.villageB.text) {
      let page = try await client.get(count.link).text
      let listed = try PageText.matches("<th scope=\"row\"><a href=\"/children/", in: page)
      #expect(listed.count == rows.count, "\(count.link)")
    }
    return rows.count
  }

  @Test func everyCountOfTheReportOpensToItsNames() async throws {
    let server = try await RunningServer.shared()
    var opened = 0
    for place in try server.district.places().places.values {
      let html = try await server.client.get(
        "/nutrition/report?place=\(place.id.text)&month=2025-06"
      ).text
      for count in try Self.counts(html) {
        #expect(try await Self.names(count, server.client) == count.number, "\(count.link)")
        #expect(count.number > 0)
        opened += 1
      }
      // What leads nowhere is a count of nobody, a percentage, or a count of no denominator.
      let plain = try PageText.matches("<td class=\"num\">([0-9.]+)[ <]", in: html)
      #expect(plain.allSatisfy { $0 == "0" }, "\(place.name): \(plain)")
    }
    #expect(opened > 300)
  }

  @Test func everyCountOfPlacesAndPWSOpensToItsNames() async throws {
    let server = try await RunningServer.shared()
    var opened = 0
    for place in try server.district.places().places.values {
      let paths =
        ["/places/\(place.id.text)"]
        + ["D_S", "K_S", "N_DBO", "B_D", "STUNTING"].map {
          "/nutrition?place=\(place.id.text)&indicator=\($0)&month=2025-06"
        }
      for path in paths {
        let html = try await server.client.get(path).text
        // A fraction leads to the group that matters most, and that has another number of names.
        for count in try Self.counts(html.replacing("headline-fraction", with: "x"))
        where !html.contains("\(count.number)/") {
          #expect(try await Self.names(count, server.client) == count.number, "\(count.link)")
          opened += 1
        }
      }
    }
    #expect(opened > 50)
  }

  @Test func noLinkLeadsToAnEmptyList() async throws {
    let server = try await RunningServer.shared()
    var pages: [String] = []
    for place in try server.district.places().places.values {
      pages += ["/places/\(place.id.text)", "/nutrition/report?place=\(place.id.text)"]
      for definition in Indicator.definitions {
        pages.append("/nutrition?place=\(place.id.text)&indicator=\(definition.code)")
      }
    }
    var seen: Set<String> = []
    for page in pages {
      let html = try await server.client.get(page).text
      for link in try PageText.matches("href=\"(/nutrition/names\\?[^\"]*)\"", in: html)
      where seen.insert(link).inserted {
        let names = try await server.client.get(PageText.unescaped(link)).text
        #expect(!names.contains("class=\"empty\""), "\(page) leads to \(link)")
      }
    }
    #expect(seen.count > 300)
  }

  @Test func standingsOfAFigureAreShownWithTheirCounts() async throws {
    let client = try await RunningServer.shared().client
    // Of two children nobody recorded whether there is a book; one family has none.
    let html = try await client.get("/nutrition?indicator=K_S&month=2025-06").text
    let shown = try PageText.matches("standings\">(.*)</ul>", in: html)
    let texts = try PageText.matches(
      ">([^<]+) <strong>[0-9.]+</strong>", in: try #require(shown.first))
    let counts = try PageText.matches("<strong>([0-9.]+)</strong>", in: try #require(shown.first))
    #expect(texts == ["Tercapai", "Belum tercapai", "Tidak diketahui"])
    #expect(counts.compactMap { PageText.number($0) }.reduce(0, +) == 10)
    // A list that says nothing of whom it wants is one with names in it.
    for definition in Indicator.definitions {
      let list = try await client.get(
        "/nutrition/names?indicator=\(definition.code)&month=2025-06"
      ).text
      #expect(!list.contains("class=\"empty\""), "\(definition.code)")
    }
  }

  @Test func thoseLeftOutAreLeftOut() async throws {
    let client = try await RunningServer.shared().client
    let names = "/nutrition/names.csv?state=reached&indicator="
    let all = try await client.get(names + "D_S").text
    let below = try await client.get(names + "BGM_D").text
    let rest = try await client.get(names + "D_S&without=BGM_D").text
    func people(_ csv: String) -> Set<String> {
      Set(PageText.rows(csv).compactMap { $0.split(separator: ",").first.map(String.init) })
    }
    #expect(people(rest) == people(all).subtracting(people(below)))
    #expect(!people(below).isEmpty)
    let page = try await client.get("/nutrition/names?indicator=D_S&without=BGM_D").text
    #expect(page.contains("D/S, tanpa BGM/D"))
    #expect(try await client.get("/nutrition/names?without=X").status == 400)
  }

  @Test func childrenWithoutABirthDateAreListed() async throws {
    let client = try await RunningServer.shared().client
    for (place, isShown) in [
      (SmallDistrict.puskesmas, true), (SmallDistrict.posyanduTwo, true),
      (SmallDistrict.posyanduOne, false),
    ] {
      let html = try await client.get("/places/\(place.text)").text
      let path = "/places/\(place.text)/without-birth-date"
      #expect(html.contains("1 anak tanpa tanggal lahir") == isShown)
      #expect(html.contains("href=\"\(path)\"") == isShown)
      let list = try await client.get(path)
      #expect(list.status == 200)
      #expect(list.text.contains("Contoh Kartika") == isShown)
      try RouteTests.expectSound(list, language: .indonesian)
      let csv = try await client.get(path + ".csv").text
      #expect(PageText.rows(csv).count == (isShown ? 1 : 0))
    }
    #expect(try await client.get("/places/x/without-birth-date").status == 404)
  }
}
