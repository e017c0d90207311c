import Foundation
import Health
import Hummingbird
import Journal
import Monitoring
import NIOCore
import Services
import Testing

@testable import Web

/// Every page over HTTP, in both languages.
@Suite struct RouteTests {
  static let place = SmallDistrict.puskesmas.text

  static let pages: [String] = {
    var pages = [
      "/", "/places/\(place)", "/places/\(SmallDistrict.posyanduThree.text)", "/nutrition",
      "/nutrition/report", "/nutrition?place=\(SmallDistrict.posyanduOne.text)&sex=male&age=12-23",
      "/nutrition?month=2024-01", "/nutrition/report?month=2024-01&place=\(place)",
      "/search?q=melati", "/search?q=contoh+ani", "/search?q=%3Cscript%3E", "/search", "/imports",
      "/guidelines", "/calculator",
      "/children/\(SmallDistrict.Child.corrected.id.text)/measurements/"
        + SmallDistrict.correctedFact.text,
      "/children/\(SmallDistrict.Child.corrected.id.text)/measurements/"
        + SmallDistrict.correction.text,
    ]
    for definition in Indicator.definitions {
      pages.append("/nutrition?place=\(place)&indicator=\(definition.code)&month=2025-06")
      for state in Standing.allCases {
        pages.append("/nutrition/names?indicator=\(definition.code)&state=\(state.code)")
      }
    }
    for child in SmallDistrict.Child.allCases {
      pages += [Links.child(child.id), Links.birth(of: child.id)]
    }
    return pages
  }()

  @Test(arguments: pages) func answers(_ path: String) async throws {
    let client = try await RunningServer.shared().client
    for language in Language.allCases {
      let answer = try await client.get(
        path, headers: ["Cookie": "x=1; __Host-lang=\(language.rawValue)"])
      #expect(answer.status == 200)
      try Self.expectSound(answer, language: language)
    }
  }

  /// The catalogue's sections: a key that has no text shows as itself.
  private static let sections: String = {
    let keys = (try? Phrases(.indonesian).keys) ?? []
    return Set(keys.compactMap { $0.split(separator: ".").first.map(String.init) })
      .joined(separator: "|")
  }()

  /// Headers are strict, nothing is inline, no text is missing, the language is the one asked for.
  static func expectSound(_ answer: RawAnswer, language: Language) throws {
    let html = answer.text
    #expect(answer["Content-Type"] == "text/html; charset=utf-8")
    #expect(answer["Content-Security-Policy"] == SecurityHeaders.policy)
    #expect(answer["X-Content-Type-Options"] == "nosniff")
    #expect(answer["Referrer-Policy"] == "same-origin")
    #expect(answer["Cache-Control"] == "no-store")
    #expect(answer["Permissions-Policy"] != nil)
    #expect(answer["Cross-Origin-Opener-Policy"] == "same-origin")
    #expect(answer["Cross-Origin-Resource-Policy"] == "same-origin")
    #expect(html.contains("<html lang=\"\(language.rawValue)\">"))
    let inline = "\\sstyle=|<style|\\son[a-z]+=|<script(?![^>]*\\ssrc=)|javascript:"
    #expect(try PageText.matches(inline, in: html).isEmpty)
    #expect(try PageText.matches("(?:src|href)=\"(?:https?:)?//[^\"]*", in: html).isEmpty)
    let gaps = try PageText.matches(
      "(?<![\\w/.-])(?:\(sections))\\.[A-Za-z_0-9]+\\b(?!\\.)", in: PageText.visible(html))
    #expect(gaps.isEmpty)
    #expect(try PageText.matches("\\{[a-z_]+\\}", in: PageText.visible(html)).isEmpty)
    #expect(!html.contains("href=\"\""))
  }

  @Test func everyMeasurementExplainsItself() async throws {
    let server = try await RunningServer.shared()
    for child in SmallDistrict.Child.allCases {
      let path = "/children/\(child.id.text)"
      let html = try await server.client.get(path).text
      let links = try PageText.matches("href=\"(\(path)/measurements/[^\".]*)\"", in: html)
      for link in Set(links) {
        let parts = link.split(separator: "#")
        let answer = try await server.client.get(String(parts[0]))
        #expect(answer.status == 200)
        try Self.expectSound(answer, language: .indonesian)
        if parts.count > 1 { #expect(answer.text.contains("id=\"\(parts[1])\"")) }
      }
    }
  }

  @Test func everyLinkLeadsSomewhere() async throws {
    let client = try await RunningServer.shared().client
    var seen: Set<String> = []
    var waiting = ["/"]
    while let path = waiting.popLast(), seen.count < 600 {
      let answer = try await client.get(path)
      if answer.status == 303, let next = answer["Location"], !next.hasPrefix("/sign-in") {
        // A visit that no form can correct can be taken back.
        if seen.insert(next).inserted { waiting.append(next) }
        continue
      }
      #expect(answer.status == 200, "\(path)")
      guard answer["Content-Type"]?.hasPrefix("text/html") == true else { continue }
      for link in try PageText.matches("href=\"([^\"]+)\"", in: answer.text) {
        let target = PageText.unescaped(link).split(separator: "#").first.map(String.init) ?? ""
        guard target.hasPrefix("/"), !target.hasPrefix("//"), !target.contains("lang="),
          seen.insert(target).inserted
        else { continue }
        waiting.append(target)
      }
    }
    #expect(seen.count > 100)
  }

  @Test func textIsEscaped() async throws {
    let client = try await RunningServer.shared().client
    let child = try await client.get("/children/\(SmallDistrict.Child.formula.id.text)").text
    #expect(!child.contains("<b>Ibu"))
    #expect(child.contains("&lt;b&gt;Ibu&lt;/b&gt;"))
    let place = try await client.get("/").text
    #expect(!place.contains("<Raya>"))
    let search = try await client.get("/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").text
    #expect(!search.contains("<script>alert"))
  }

  /// Swift takes what stands before and behind into one character; a browser does not.
  @Test(arguments: [
    ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;"),
  ])
  func nothingHidesASign(_ sign: String, _ escaped: String) {
    for before in ["", "a", "\u{600}", "\u{110BD}", "a\u{301}", "\r", "\u{1F468}\u{200D}"] {
      for after in ["", "b", "\u{301}", "\u{338}", "\u{200D}", "\u{FE0F}", "\n"] {
        let wanted = before + escaped + after
        #expect(Array(Markup.escape(before + sign + after).utf8) == Array(wanted.utf8))
      }
    }
  }

  @Test func kindIsSaidOnce() throws {
    let site = try WebServer(
      district: SmallDistrict.make(), entrance: .tester, version: "", clock: { SmallDistrict.today }
    ).site
    func named(
      _ name: String, _ kind: PlaceKind, _ language: Language = .indonesian
    ) throws -> String {
      let path = "/?lang=\(language.rawValue)"
      let visit = try Visit(
        Request(
          head: HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: path),
          body: RequestBody(buffer: ByteBuffer())), site: site, visitor: .tester)
      return visit.named(
        Place(
          number: 1, id: SmallDistrict.puskesmas, kind: kind, name: name, code: "",
          codeIsExample: true, partOf: nil))
    }
    #expect(try named("Contoh", .puskesmas) == "Puskesmas Contoh")
    #expect(try named("Puskesmas Contoh", .puskesmas) == "Puskesmas Contoh")
    #expect(try named("Kota Contoh", .district) == "Kota Contoh")
    #expect(try named("Desa Contoh", .village) == "Desa Contoh")
    // Names are Indonesian in English, too.
    #expect(try named("Kabupaten Contoh", .district, .english) == "Kabupaten Contoh")
    #expect(try named("Klinik Contoh", .clinic, .english) == "Klinik Contoh")
    #expect(try named("Contoh", .clinic, .english) == "Clinic Contoh")
  }

  @Test func languageIsKept() async throws {
    let client = try await RunningServer.shared().client
    let chosen = try await client.get("/?lang=en")
    let cookie = try #require(chosen["Set-Cookie"])
    #expect(cookie.hasPrefix("__Host-lang=en; Path=/; Secure; HttpOnly; SameSite=Strict;"))
    #expect(chosen.text.contains("<html lang=\"en\">"))
    #expect(try await client.get("/").text.contains("<html lang=\"id\">"))
    #expect(try await client.get("/")["Set-Cookie"] == nil)
    #expect(
      try await client.get("/", headers: ["Cookie": "__Host-lang=xx"]).text.contains(
        "<html lang=\"id\">"))
    #expect(
      try await client.get("/nutrition", headers: ["Cookie": "__Host-lang=en"]).text.contains(
        "80.0%"))
    #expect(try await client.get("/nutrition").text.contains("80,0 %"))
  }
}
