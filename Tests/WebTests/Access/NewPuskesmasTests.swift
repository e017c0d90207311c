import Health
import Journal
import Services
import Testing

@testable import Web

/// A Puskesmas that has no villages yet: its workers are told so, and nothing breaks.
@Suite struct NewPuskesmasTests {
  private static let puskesmas = TwoPuskesmas.id(6)

  @Test func whoWorksThereIsToldWhatIsMissing() async throws {
    let server = try await SignedInServer.start()
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    let body = PlaceBody(
      kind: .puskesmas, name: Array("Barat".utf8), code: [], partOf: TwoPuskesmas.district)
    _ = try await server.district.record([
      recording.fact(
        .place, of: Self.puskesmas, on: TwoPuskesmas.day(2025, 1, 1), body.bytes)
    ])
    let worker = try await SignedInServer.addWorker(
      "Bidan Barat", .clusterWorker, at: Self.puskesmas, to: server.district)
    try await server.addAccount("bidan.barat", of: worker)
    var midwife = try await server.signInNow(as: "bidan.barat")
    for path in ["/", "/families", "/search?q=sulastri", "/people/new"] {
      let answer = try await midwife.get(path)
      #expect(answer.status == 200, "\(path)")
      #expect(!answer.text.contains(TwoPuskesmas.northern), "\(path)")
    }
    for language in Language.allCases {
      let form = try await midwife.get("/people/new?lang=\(language.rawValue)")
      try RouteTests.expectSound(form, language: language)
      #expect(form.text.contains(Words(try Phrases(language))["people.no_places"]))
    }
    let facts = try server.facts()
    let north = TwoPuskesmas.Side.north.posyandu(1).text
    let entered = BadEntryTests.entered(["place": north])
    #expect(try await midwife.post("/people", entered).status == 400)
    #expect(try server.facts() == facts)
    // Whoever can mend it finds it among what is missing.
    let administrator = try await server.signIn(.administrator)
    let list = try await administrator.get("/administration/places").text
    #expect(list.contains("Barat") && list.contains(PlaceListPage.link(Self.puskesmas)))
    #expect(list.contains(Words(try Phrases(.indonesian))["administration.gap_no_villages"]))
    // Those of other Puskesmas see no such notice.
    let nurse = try await server.signIn(.clusterWorker)
    let form = try await nurse.get("/people/new").text
    #expect(!form.contains(Words(try Phrases(.indonesian))["people.no_places"]))
  }
}
