import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// What was found stands first, and a name is found together with the village it was said with.
@Suite struct SearchPageTests {
  private static let north = TwoPuskesmas.Side.north
  private static let south = TwoPuskesmas.Side.south

  private static func found(_ browser: Browser, _ query: String) async throws -> [String] {
    let page = try await browser.get("/search?q=\(query)").text
    return try PageText.matches("result-name\">(Sulastri[0-9])", in: page).sorted()
  }

  @Test func whatWasFoundComesBeforeWhatElseMayBeAsked() async throws {
    let server = try await SignedInServer.start()
    let nurse = try await server.signIn(.clusterWorker)
    let empty = try await nurse.get("/search").text
    #expect(empty.contains("<form class=\"fields\"") && !empty.contains("<details><summary>Ubah"))

    let page = try await nurse.get("/search?q=sulastri").text
    let main = try #require(page.split(separator: "<main", maxSplits: 1).last)
    let before = try #require(main.split(separator: "class=\"result-list\"", maxSplits: 1).first)
    let form = try #require(before.range(of: "<form class=\"fields\""))
    let folded = try #require(before.range(of: "<details><summary>Ubah pencarian"))
    #expect(folded.lowerBound < form.lowerBound, "the form is folded")
    #expect(before.contains("hasil untuk “sulastri”"))
    for later in ["class=\"breadcrumbs\"", "href=\"/referrals\"", "href=\"/people/new\""] {
      #expect(!before.contains(later), "\(later) stands before what was found")
    }
    #expect(main.contains("href=\"/referrals\"") && main.contains("href=\"/people/new\""))

    // Whoever finds nobody has the form before them.
    let nobody = try await nurse.get("/search?q=wulandari").text
    #expect(nobody.contains("<form class=\"fields\"") && !nobody.contains("<details><summary>Ubah"))
  }

  /// A year or a day beside the name is that of the birth; the name is then written as it was asked.
  @Test func aYearBesideTheNameIsThatOfTheBirth() async throws {
    let server = try await SignedInServer.start()
    let nurse = try await server.signIn(.clusterWorker)
    let all = try await Self.found(nurse, "sulastri")
    #expect(all.count == 4)
    for typed in ["sulastri+1995", "1995+sulastri", "sulastri+02-03-1995"] {
      #expect(try await Self.found(nurse, typed) == all, "\(typed)")
      let page = try await nurse.get("/search?q=\(typed)").text
      #expect(page.contains("lahir 1995") && !page.contains("ejaan lain"))
    }
    for typed in ["sulastri+1994", "sulastri+1996"] {
      #expect(try await Self.found(nurse, typed).isEmpty, "\(typed)")
    }
  }

  /// Letters that make one sound begin very many names, and are the beginning of none.
  @Test func lettersOfOneSoundFindNobody() async throws {
    let server = try await SignedInServer.start()
    let nurse = try await server.signIn(.clusterWorker)
    for typed in ["zzz", "sss", "bbb"] {
      let page = try await nurse.get("/search?q=\(typed)").text
      #expect(!page.contains("result-name"), "\(typed)")
    }
    #expect(try await Self.found(nurse, "su").count == 4)
  }

  @Test func aTemporaryNumberFindsItsPerson() async throws {
    let server = try await SignedInServer.start()
    let nurse = try await server.signIn(.clusterWorker)
    let number = String(
      decoding: TemporaryNumber(Self.north.mother(2)).text, as: UTF8.self)
    for typed in [number, number.lowercased(), String(number.dropFirst(4))] {
      #expect(try await Self.found(nurse, typed) == ["Sulastri2"], "\(typed)")
    }
    let other = String(
      decoding: TemporaryNumber(Self.south.mother(2)).text, as: UTF8.self)
    #expect(try await Self.found(nurse, other).isEmpty)
  }

  @Test func theVillageIsChosenAmongThoseInReach() async throws {
    let server = try await SignedInServer.start()
    let nurse = try await server.signIn(.clusterWorker)
    let village = Self.north.village(2).text
    let page = try await nurse.get("/search?q=sulastri&place=\(village)").text
    #expect(try await Self.found(nurse, "sulastri&place=\(village)") == ["Sulastri3", "Sulastri4"])
    #expect(page.contains("<option value=\"\(village)\" selected>Desa Utara 2</option>"))
    #expect(page.contains("<option value=\"\(Self.north.village(1).text)\">Desa Utara 1</option>"))
    #expect(!page.contains(Self.south.village(1).text))
    #expect(page.contains("<p>di Desa Utara 2</p>"))
    #expect(page.contains("/search.xlsx?q=sulastri&amp;place=\(village)"))
    let elsewhere = try await nurse.get("/search?q=sulastri&place=\(Self.south.village(1).text)")
    #expect(elsewhere.status == 404)
    // All that a kader looks after lives in one village.
    let kader = try await server.signIn(.kader)
    #expect(!(try await kader.get("/search?q=sulastri").text).contains("<select name=\"place\""))
  }

  /// "Sulastri di Desa Utara 1": nobody has such a name, so the end of it is taken for the village.
  @Test func wordsOfAVillageAreReadAsThePlace() async throws {
    let server = try await SignedInServer.start()
    let nurse = try await server.signIn(.clusterWorker)
    let first = ["Sulastri1", "Sulastri2"]
    for typed in [
      "sulastri+desa+utara+1", "Sulastri,+di+desa+UTARA+1", "desa+utara+1+sulastri",
      "sulastri+desa+oetara+1",
    ] {
      #expect(try await Self.found(nurse, typed) == first, "\(typed)")
    }
    #expect(try await Self.found(nurse, "sulastri+desa+utara").count == 4)
    #expect(try await Self.found(nurse, "sulastri+desa+uta").count == 4)
    #expect(try await Self.found(nurse, "sulastri+desa+ut") == [], "two letters begin too much")
    for language in Language.allCases {
      let page = try await nurse.get("/search?q=sulastri+desa+utara+1&lang=\(language.rawValue)")
      try RouteTests.expectSound(page, language: language)
    }
    let page = try await nurse.get("/search?q=sulastri+desa+utara+1&lang=id").text
    #expect(page.contains("<p>Dibaca sebagai “sulastri” di Desa Utara 1</p>"))
    #expect(!page.contains("ejaan lain"))
    let file = try await nurse.get("/search.csv?q=sulastri+desa+utara+1").text
    #expect(file.split(separator: "\r\n").count == 3)
    // A village that was chosen stands, and one out of reach is no place to look at.
    let chosen = "sulastri+desa+utara+1&place=\(Self.north.village(2).text)"
    #expect(try await Self.found(nurse, chosen) == [])
    #expect(try await Self.found(nurse, "sulastri+desa+selatan+1") == [])

    // A kader's part of the village, and nothing of the other one.
    let kader = try await server.signIn(.kader)
    #expect(try await Self.found(kader, "sulastri+desa+utara+1") == ["Sulastri1"])
    #expect(try await Self.found(kader, "sulastri+desa+utara+2") == [])
    // Where its patients live is not told to a facility by finding them.
    let clinic = try await server.signIn(.privateFacility)
    #expect(try await clinic.get("/search?q=bagas1").text.contains(">Bagas1"))
    #expect(!(try await clinic.get("/search?q=bagas1+desa+utara+1").text).contains(">Bagas1"))
  }
}
