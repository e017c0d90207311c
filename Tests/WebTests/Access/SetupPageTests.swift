import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

@Suite("A district is set up in the browser")
struct SetupPageTests {
  private static let path = "/administration/setup"

  /// Sends a form with a file, or without one, as a browser does.
  private static func send(
    _ fields: [(String, String)], file: String? = nil, by browser: Browser
  ) async throws -> RawAnswer {
    try await browser.upload(
      fields, file: file.map { ("daftar.csv", Array($0.utf8)) }, to: path)
  }

  private static func preview(
    _ fields: [(String, String)], file: String? = nil, by browser: Browser
  ) async throws -> (path: String, page: RawAnswer) {
    let answer = try await send(fields, file: file, by: browser)
    try #require(answer.status == 303)
    let path = try #require(answer["location"])
    return (path, try await browser.get(path))
  }

  private static func mark(_ page: RawAnswer) throws -> String {
    try #require(
      try PageText.matches("name=\"mark\" value=\"([^\"]+)\"", in: page.text).first)
  }

  private static let areas = [("kind", "areas"), ("code", "62.03"), ("shipped", "yes")]

  /// The first administrator has named the district before: the list changes it, and brings its
  /// province, whose fact is as old as the list.
  @Test("A district that is there already gets its areas")
  func knownDistrict() async throws {
    let server = try await SignedInServer.start()
    let body = PlaceBody(
      kind: .district, name: Array("Kabupaten Kapuas".utf8), code: Array("62.03".utf8),
      partOf: nil)
    let known = Identifier.fresh(at: SmallDistrict.today)
    _ = try await server.district.record([
      Recording(at: SmallDistrict.today, recorder: nil).fact(
        .place, of: known, on: SmallDistrict.today.day(hoursEastOfGreenwich: 7), body.bytes)
    ])
    var browser = try await server.signIn(.administrator)
    _ = try await browser.get(Self.path)
    let (path, page) = try await Self.preview(Self.areas, by: browser)
    #expect(page.text.contains("Kabupaten Kapuas: wilayah induk"))
    let mark = try Self.mark(page)
    #expect(try await browser.post(path + "/take", [("mark", mark)]).status == 303)
    let places = try server.district.places().places.values
    let subdistricts = Set(places.filter { $0.within == known }.map(\.id))
    #expect(subdistricts.count == 17)
    #expect(places.count { $0.within.map(subdistricts.contains) == true } == 231)
  }

  @Test(
    "Areas that come along are looked at, taken once in the own name, then all there")
  func shippedAreas() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.administrator)
    #expect(try await browser.get("/administration/places").text.contains(Self.path))
    #expect(try await browser.get(Self.path).text.contains("Kabupaten Kapuas (62.03)"))
    let before = try server.facts()
    let (path, page) = try await Self.preview(Self.areas, by: browser)
    #expect(page.status == 200 && page.text.contains(">231<"))
    #expect(try await browser.post(path + "/take", [("mark", "x")]).status == 409)
    #expect(try server.facts() == before)
    let mark = try Self.mark(page)
    #expect(try await browser.post(path + "/take", [("mark", mark)]).status == 303)
    #expect(try await browser.get(path).status == 404)
    #expect(try server.facts() > before + 231)
    let village = try #require(
      try server.district.places().places.values.first { $0.code == "62.03.01.1007" })
    let record = try server.district.placeRecord(village.id)
    #expect(record.facts.map(\.recorder) == [TwoPuskesmas.worker(.administrator)])
    // Hundreds of gaps are one line; villages of one name are told apart.
    let places = try await browser.get("/administration/places").text
    #expect(
      try PageText.matches("<summary>([^<]*desa tanpa Puskesmas)</summary>", in: places).count == 1)
    #expect(try await browser.get("/phones").text.contains("Sidomulyo (Tamban Catur)"))
    let again = try await Self.preview(Self.areas, by: browser)
    #expect(again.page.text.contains("Semua sudah ada"))
    #expect(!again.page.text.contains("name=\"mark\""))
  }

  @Test("A list or map with problems tells them and cannot be taken; only its sender sees it")
  func problems() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.administrator)
    let first = try await Self.preview(Self.areas, by: browser)
    let mark = try Self.mark(first.page)
    _ = try await browser.post(first.path + "/take", [("mark", mark)])
    let before = try server.facts()
    let facilities = [("kind", "facilities"), ("code", "62.03")]
    let (path, page) = try await Self.preview(
      facilities, file: "jenis,nama,desa\nwarung,Bu Tini,Selat Hilir\nklinik,Contoh,Selat Hiilir\n",
      by: browser)
    #expect(page.text.contains("2 masalah") && page.text.contains("warung"))
    #expect(page.text.contains("Selat Hilir"))
    #expect(!page.text.contains("name=\"mark\""))
    #expect(try await browser.post(path + "/take", [("mark", mark)]).status == 409)
    let wrong = try await Self.preview(facilities, file: "nama\nA\n", by: browser)
    #expect(wrong.page.text.contains("Berkas tidak punya kolom"))
    let map = try await Self.preview([("kind", "boundaries")], file: "[1", by: browser)
    #expect(map.page.text.contains("GeoJSON"))
    // One at a time: what was sent before is gone.
    #expect(try await browser.get(path).status == 404)
    #expect(try server.facts() == before)
    let unfit: [([(String, String)], String?)] = [
      ([("kind", "areas"), ("code", "62")], "x"), ([("kind", "areas"), ("code", "99.99")], nil),
      ([("kind", "boundaries")], nil), ([("kind", "whim")], "x"),
    ]
    for (fields, file) in unfit {
      #expect(try await Self.send(fields, file: file, by: browser).status == 400)
    }
    let other = try await server.signIn(.puskesmasHead)
    #expect(try await other.get(map.path).status == 403)
  }
}
