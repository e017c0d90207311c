import Foundation
import Journal
import Samples
import Services
import Testing

@testable import Web

/// What happens to requests that make no sense, or mean harm.
@Suite struct ProblemTests {
  static let wrong: [(path: String, status: Int)] = [
    ("/nothing", 404), ("/places/1", 404), ("/places/\(SmallDistrict.id(77).text)", 404),
    ("/children/\(SmallDistrict.id(77).text)", 404), ("/children/x", 404),
    ("/children/\(SmallDistrict.Child.gaining.id.text)/measurements/x", 404),
    (
      "/children/\(SmallDistrict.Child.gaining.id.text)/measurements/"
        + SmallDistrict.correction.text, 404
    ),
    ("/imports/\(SmallDistrict.id(77).text)", 404),
    ("/imports/\(SmallDistrict.id(77).text)/refused.csv", 404), ("/assets/none.css", 404),
    ("/nutrition?month=2025-13", 400), ("/nutrition?month=juni", 400),
    ("/nutrition?month=2025-6", 400), ("/nutrition?month=%FF", 400),
    ("/nutrition?month=+025-06", 400), ("/nutrition?indicator=XYZ", 400),
    ("/nutrition?place=\(SmallDistrict.id(77).text)", 404), ("/nutrition?place=1", 400),
    ("/nutrition?sex=x", 400), ("/nutrition?age=7", 400), ("/nutrition/names?state=x", 400),
    ("/nutrition/names?page=0", 400), ("/nutrition/names?page=99", 400),
    ("/nutrition/names?page=9999999999999999999999", 400), ("/?lang=xx", 400),
    ("/nutrition.csv?month=x", 400), ("/nutrition/report?month=2025-07", 400),
    ("/nutrition?month=2025-07", 400), ("/places/\(RouteTests.place)?month=2030-01", 400),
  ]

  @Test(arguments: wrong) func saysWhatIsWrong(_ path: String, _ status: Int) async throws {
    let client = try await RunningServer.shared().client
    for language in Language.allCases {
      let answer = try await client.get(
        path, headers: ["Cookie": "__Host-lang=\(language.rawValue)"])
      #expect(answer.status == status)
      try RouteTests.expectSound(answer, language: language)
      #expect(answer.text.contains("class=\"error-page\""))
    }
  }

  @Test func namesTheParameter() async throws {
    let client = try await RunningServer.shared().client
    let html = try await client.get("/nutrition?indicator=%3Cscript%3E").text
    #expect(html.contains("Nilai indikator tidak dikenal: &lt;script&gt;."))
    #expect(!html.contains("<script>."))
  }

  @Test(arguments: [
    "example.com", "127.0.0.1.example.com", "localhost.example.com", "127.0.0.1:80@example.com",
    "192.168.1.5:8080", "localhost:", "localhost:99999", "0.0.0.0",
  ])
  func refusesOtherHosts(_ host: String) async throws {
    let client = try await RunningServer.shared().client
    let answer = try await client.get("/", headers: ["Host": host])
    #expect(answer.status == 421 || answer.status == 400)
    #expect(!answer.text.contains("Contoh"))
  }

  @Test(arguments: ["localhost", "localhost:8080", "127.0.0.1", "LOCALHOST", "[::1]:8080"])
  func acceptsItsOwnNames(_ host: String) async throws {
    let client = try await RunningServer.shared().client
    #expect(try await client.get("/healthz", headers: ["Host": host]).status == 200)
  }

  @Test(arguments: ["POST", "PUT", "DELETE"]) func onlyReads(_ method: String) async throws {
    let client = try await RunningServer.shared().client
    let answer = try await client.send(method, "/nutrition", headers: ["Content-Length": "0"])
    #expect(answer.status == 404 || answer.status == 405)
  }

  @Test func headHasNoBody() async throws {
    let client = try await RunningServer.shared().client
    let answer = try await client.send("HEAD", "/nutrition")
    #expect(answer.status == 200)
    #expect(answer.body.isEmpty)
  }

  @Test(arguments: [
    "/assets/../Templates/pws.mustache", "/assets/..%2FTemplates%2Fpws.mustache",
    "/assets/%2e%2e/core.wasm", "/assets//etc/passwd", "/assets/pws.mustache", "/assets/",
  ])
  func servesOnlyItsFiles(_ path: String) async throws {
    let client = try await RunningServer.shared().client
    #expect(try await client.get(path).status == 404)
  }

  @Test(arguments: [
    ("core.wasm", "application/wasm"), ("care.wasm", "application/wasm"),
    ("core.js", "text/javascript; charset=utf-8"),
    ("sikilap.css", "text/css; charset=utf-8"), ("favicon.svg", "image/svg+xml"),
  ])
  func filesAreNotSentTwice(_ name: String, _ type: String) async throws {
    let client = try await RunningServer.shared().client
    let first = try await client.get("/assets/\(name)")
    #expect(first.status == 200)
    #expect(first["Content-Type"] == type)
    #expect(!first.body.isEmpty)
    let tag = try #require(first["ETag"])
    let second = try await client.get("/assets/\(name)", headers: ["If-None-Match": tag])
    #expect(second.status == 304)
    #expect(second.body.isEmpty)
  }

  @Test func emptyDistrictIsFriendly() async throws {
    let folder = try TemporaryFolder.make()
    let district = try District(path: folder.appending(path: "empty.sqlite").path)
    let server = try await RunningServer.start(district)
    for path in ["/", "/nutrition", "/nutrition/report", "/imports", "/search?q=a"] {
      let answer = try await server.client.get(path)
      #expect(answer.status == 200)
      try RouteTests.expectSound(answer, language: .indonesian)
    }
    #expect(try await server.client.get("/").text.contains("sikilap import measurements"))
  }
}
