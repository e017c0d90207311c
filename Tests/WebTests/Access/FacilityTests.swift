import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// What a private facility may do: its own patients, and of others what their number opens.
@Suite struct FacilityTests {
  private static let stranger = TwoPuskesmas.Side.south

  private static func entered(_ number: String = "") -> [(String, String)] {
    [
      ("name", "Pasien Klinik"), ("sex", "female"), ("born", "1990-03-04"), ("nik", number),
      ("mother", "Ibu Pasien"), ("relation", "1"), ("since", "2025-06-01"),
      ("place", TwoPuskesmas.Side.north.village(1).text),
    ]
  }

  private static func registered(_ answer: RawAnswer) throws -> Identifier {
    let location = try #require(answer["Location"])
    let id = location.split(separator: "/").last?.split(separator: "?").first
    return try #require(Identifier(text: String(id ?? "")))
  }

  @Test func itRegistersSomebodyOfAnyVillageAsItsPatient() async throws {
    let server = try await SignedInServer.start()
    var clinic = try await server.signIn(.privateFacility)
    let page = try await clinic.get("/people/new").text
    #expect(page.contains("Desa Utara 1") && page.contains("Desa Selatan 2"))
    #expect(!page.contains("Mawar"))
    let answer = try await clinic.post("/people", Self.entered())
    #expect(answer.status == 303)
    let id = try Self.registered(answer)
    let record = try #require(try server.district.person(id))
    #expect(record.person.place == TwoPuskesmas.Side.north.village(1))
    let history = try server.district.history(ofPerson: record.person)
    #expect(history.count == 2)
    #expect(history.allSatisfy { $0.stored.fact.place == TwoPuskesmas.clinic })
    // Its own patient: found by name, opened, and corrected for two days.
    #expect(try await clinic.get("/search?q=pasien+klinik").text.contains(id.text))
    #expect(try await clinic.get(Links.person(id)).status == 200)
    #expect(try await clinic.get(Links.person(id) + "/edit").status == 200)
    // Known to those who look after the village, and to no others.
    #expect(try await server.signIn(.clusterWorker).get(Links.person(id)).status == 200)
    #expect(try await server.signIn(.kader).get(Links.person(id)).status == 404)
    let told = try server.log.entries(about: id).entries.map(\.entry)
    #expect(
      told.contains {
        $0.action == AuditCode(Action.registerPerson)
          && $0.author.worker == TwoPuskesmas.worker(.privateFacility)
      })
  }

  @Test func aPlaceThatIsNoVillageIsNotTaken() async throws {
    let server = try await SignedInServer.start()
    var clinic = try await server.signIn(.privateFacility)
    var fields = Self.entered()
    fields[fields.count - 1].1 = TwoPuskesmas.Side.north.posyandu(1).text
    let before = try server.facts()
    #expect(try await clinic.post("/people", fields).status == 400)
    // The freedom is the facility's: a kader stays in the own Posyandu.
    var kader = try await server.signIn(.kader)
    #expect(try await kader.post("/people", Self.entered()).status == 400)
    #expect(try server.facts() == before)
  }

  @Test func namesFindItsOwnPatientsOnly() async throws {
    let server = try await SignedInServer.shared()
    let clinic = try await server.signIn(.privateFacility)
    let own = try await clinic.get("/search?q=bagas1").text
    #expect(own.contains(TwoPuskesmas.patient.text))
    #expect(!own.contains(TwoPuskesmas.southern))
    for name in [TwoPuskesmas.southern, "Sulastri2", "Siti"] {
      let answer = try await clinic.get("/search?q=\(name)")
      #expect(answer.status == 200)
      #expect(!answer.text.contains("/people/\(Self.stranger.child(1).text)"))
      #expect(!answer.text.contains("result-name"), "\(name)")
    }
    // The beginning of a number is not the number.
    let part = try await clinic.get("/search?q=\(Self.stranger.number(101).prefix(15))")
    #expect(!part.text.contains(TwoPuskesmas.southern))
  }

  @Test func theWholeNumberShowsTheEssentialRecordAndNoMore() async throws {
    let server = try await SignedInServer.start()
    let clinic = try await server.signIn(.privateFacility)
    let child = Self.stranger.child(1)
    let path = "/search?q=\(Self.stranger.number(101))"
    for language in Language.allCases {
      let page = try await clinic.get(path + "&lang=\(language.rawValue)").text
      #expect(page.contains("Bagas1 \(TwoPuskesmas.southern)"))
      #expect(page.contains("Desa Selatan"))
      #expect(!page.contains(child.text) && !page.contains(Self.stranger.number(101) + "<"))
    }
    #expect(try server.log.entries(about: child).entries.count == Language.allCases.count)
    #expect(try await clinic.get(Links.person(child)).status == 404)
    // A family card is no number of a person; nobody else is shown so.
    let card = try await clinic.get("/search?q=\(Self.stranger.card(1))").text
    #expect(!card.contains(TwoPuskesmas.southern))
    let kader = try await server.signIn(.kader)
    #expect(!(try await kader.get(path)).text.contains(TwoPuskesmas.southern))
  }

  @Test func numbersCannotBeTriedOut() async throws {
    let server = try await SignedInServer.start()
    let clinic = try await server.signIn(.privateFacility)
    for number in 0..<30 {
      #expect(try await clinic.get("/search?q=\(6_203_010_101_990_000 + number)").status == 200)
    }
    let answer = try await clinic.get("/search?q=\(Self.stranger.number(101))")
    #expect(answer.status == 429)
    #expect(!answer.text.contains(TwoPuskesmas.southern))
    // The own patients stay within reach.
    let own = try await clinic.get("/search?q=\(TwoPuskesmas.Side.north.number(101))")
    #expect(own.status == 200 && own.text.contains(TwoPuskesmas.patient.text))
  }

  @Test func somebodyKnownByTheNumberBecomesItsPatient() async throws {
    let server = try await SignedInServer.start()
    var clinic = try await server.signIn(.privateFacility)
    let child = Self.stranger.child(1)
    let before = try server.facts()
    let fields = Self.entered(Self.stranger.number(101))
    let shown = try await clinic.post("/people", fields)
    #expect(shown.status == 200 && shown.text.contains("Bagas1 \(TwoPuskesmas.southern)"))
    #expect(try server.facts() == before)
    // Nobody is taken on whose number was not entered.
    let other = try await clinic.post(
      "/people", fields + [("patient", Self.stranger.child(2).text)])
    #expect(other.status == 200)
    #expect(try server.facts() == before)
    #expect(try await clinic.post("/people", fields + [("patient", child.text)]).status == 303)
    #expect(try server.facts() == before + 1)
    #expect(try await clinic.get(Links.person(child)).status == 200)
    let record = try #require(try server.district.person(child))
    #expect(record.person.name == "Bagas1 \(TwoPuskesmas.southern)")
    #expect(record.person.place == Self.stranger.posyandu(1))
    // What others know of the child is not the clinic's to correct.
    #expect(try await clinic.get(Links.person(child) + "/edit").status == 404)
    #expect(try await clinic.get(Links.person(Self.stranger.child(2))).status == 404)
  }
}
