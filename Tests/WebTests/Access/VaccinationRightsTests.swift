import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// Who may write down what about vaccinations: only who vaccinates says "given here".
@Suite struct VaccinationRightsTests {
  private static let child = TwoPuskesmas.patient
  private static let today = SmallDistrict.today.day(hoursEastOfGreenwich: 7)
  private static let dpt = OfferedVaccine.card(.dptHBHib).service
  private static let measles = OfferedVaccine.card(.measlesRubella).service

  private static func path(_ page: String) -> String {
    "/people/\(child.text)/immunizations" + page
  }

  private static func told(_ server: SignedInServer) throws -> PersonImmunization {
    try #require(try server.district.immunization(of: child, on: today))
  }

  @Test(arguments: ["/today", "/visit"])
  func aKaderCopiesAndNeverGives(_ page: String) async throws {
    let server = try await SignedInServer.start()
    var kader = try await server.signIn(.kader)
    let path =
      page == "/today" ? Self.path(page) : "/people/\(Self.child.text)/visit?form=child"
    let form = try await kader.get(path).text
    #expect(form.contains("name=\"v\(Self.dpt)\" value=\"in_book\""))
    #expect(form.contains("name=\"v\(Self.dpt)\" value=\"unwell\""))
    #expect(!form.contains("value=\"given\"") && !form.contains("name=\"b\(Self.dpt)\""))
    let before = try server.facts()
    let given = [("on", "2025-06-20"), ("act", "save"), ("v\(Self.dpt)", "given")]
    let refused = try await kader.post(path, given)
    #expect(refused.status == 400 && refused.text.contains("dicatat oleh yang memberikan vaksin"))
    #expect(try server.facts() == before)
    let copied = [
      ("on", "2025-06-20"), ("act", "save"), ("v\(Self.dpt)", "in_book"),
      ("b\(Self.dpt)", "B-1"), ("v\(Self.measles)", "family"),
    ]
    #expect(try await kader.post(path, copied).status == 303)
    let told = try Self.told(server)
    let dose = try #require(told.doses.first)
    #expect(told.doses.count == 1 && dose.body.origin == .book && dose.body.batch.isEmpty)
    #expect(told.refusals.map(\.reason) == [.family])
    #expect(kader.cookies[Cookies.batches] == nil)
  }

  @Test func whoVaccinatesIsNotAskedForTheBook() async throws {
    let server = try await SignedInServer.start()
    for role in [Role.pustuWorker, .clusterWorker, .privateFacility] {
      var worker = try await server.signIn(role)
      let form = try await worker.get(Self.path("/today")).text
      #expect(form.contains("value=\"given\"") && !form.contains("value=\"in_book\""), "\(role)")
      #expect(form.contains("name=\"b\(Self.dpt)\""))
      let sent = [("on", "2025-06-20"), ("v\(Self.dpt)", "in_book")]
      #expect(try await worker.post(Self.path("/today"), sent).status == 400, "\(role)")
    }
    #expect(try Self.told(server).doses.isEmpty)
  }

  @Test func aBookTellsOfNothingThatWasGivenHere() async throws {
    let server = try await SignedInServer.start()
    var kader = try await server.signIn(.kader)
    let page = try await kader.get(Self.path("/book")).text
    #expect(page.contains("name=\"origin\" value=\"3\"") && page.contains("value=\"4\""))
    #expect(!page.contains("name=\"origin\" value=\"2\""))
    let before = try server.facts()
    for origin in ["1", "2", "9", "x"] {
      let answer = try await kader.post(
        Self.path("/book"), [("d3-1", "10-04-2024"), ("origin", origin)])
      #expect(answer.status == 400, "\(origin)")
    }
    var midwife = try await server.signIn(.pustuWorker)
    let here = [("d3-1", "10-04-2024"), ("origin", "1")]
    #expect(try await midwife.post(Self.path("/book"), here).status == 400)
    #expect(try server.facts() == before)
    let elsewhere = [("d3-1", "10-04-2024"), ("origin", "2")]
    #expect(try await midwife.post(Self.path("/book"), elsewhere).status == 303)
    #expect(try Self.told(server).doses.map(\.body.origin) == [.givenElsewhere])
  }

  @Test func aKaderChangesCopiesAndNotWhatTheMidwifeGave() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let given = [("on", "2025-06-20"), ("v\(Self.dpt)", "given"), ("b\(Self.dpt)", "A1")]
    #expect(try await midwife.post(Self.path("/today"), given).status == 303)
    var kader = try await server.signIn(.kader)
    let copied = [("d7-1", "02-2025")]
    #expect(try await kader.post(Self.path("/book"), copied).status == 303)
    let told = try Self.told(server)
    let dose = try #require(told.doses.first { $0.body.origin == .givenHere })
    let copy = try #require(told.doses.first { $0.body.origin == .book })
    let care = try await kader.get("/people/\(Self.child.text)/care").text
    #expect(care.contains("href=\"\(Self.path("/\(copy.fact.text)"))\""))
    #expect(!care.contains("href=\"\(Self.path("/\(dose.fact.text)"))\""))
    #expect(try await kader.get(Self.path("/\(dose.fact.text)")).status == 404)
    let before = try server.facts()
    let undo = [("act", "undo"), ("reason", "2")]
    #expect(try await kader.post(Self.path("/\(dose.fact.text)"), undo).status == 404)
    #expect(try server.facts() == before)
    for page in [Self.path(""), Links.person(Self.child) + "/history"] {
      let text = try await kader.get(page).text
      #expect(text.contains(Self.path("/\(copy.fact.text)")), "\(page)")
      #expect(!text.contains(Self.path("/\(dose.fact.text)")), "\(page)")
    }
    // Of a copy a kader knows neither batch nor what became of the vaccine.
    let page = try await kader.get(Self.path("/\(copy.fact.text)")).text
    #expect(page.contains("name=\"facility\"") && page.contains("name=\"note\""))
    #expect(!page.contains("name=\"batch\"") && !page.contains("name=\"spoiled\""))
    #expect(try await midwife.get(Self.path("/\(copy.fact.text)")).text.contains("name=\"batch\""))
  }

  /// The rule of visits: a kader what she wrote, a midwife also a kader's, a facility its own.
  @Test func whoMayTakeADoseBack() async throws {
    let server = try await SignedInServer.start()
    let north = TwoPuskesmas.Side.north.posyandu(1)
    var body = VaccinationBody(product: VaccineName.bcg.rawValue)
    body.origin = .book
    let written: [(recorder: Role, place: Identifier?, may: Set<Role>)] = [
      (.kader, north, [.kader, .pustuWorker, .clusterWorker]),
      (.pustuWorker, north, [.pustuWorker, .clusterWorker]),
      (.privateFacility, TwoPuskesmas.clinic, [.pustuWorker, .clusterWorker, .privateFacility]),
      (.clusterWorker, TwoPuskesmas.clinic, [.pustuWorker, .clusterWorker, .privateFacility]),
      (.privateFacility, nil, [.pustuWorker, .clusterWorker, .privateFacility]),
    ]
    var doses: [(fact: Identifier, may: Set<Role>)] = []
    for (number, line) in written.enumerated() {
      let recording = Recording(
        at: SmallDistrict.today, recorder: TwoPuskesmas.worker(line.recorder))
      let fact = recording.fact(
        .vaccination, of: Self.child, on: TwoPuskesmas.day(2025, 1, 1 + number), at: line.place,
        body.bytes)
      _ = try await server.district.record([fact])
      doses.append((fact.id, line.may))
    }
    for role in [Role.kader, .pustuWorker, .clusterWorker, .privateFacility] {
      var worker = try await server.signIn(role)
      let card = try await worker.get(Self.path("")).text
      for (number, dose) in doses.enumerated() {
        let path = Self.path("/\(dose.fact.text)")
        let may = dose.may.contains(role)
        #expect(card.contains("href=\"\(path)\"") == may, "\(role), \(number)")
        #expect(try await worker.get(path).status == (may ? 200 : 404), "\(role), \(number)")
        if may { continue }
        let sent = [("act", "undo"), ("reason", "1")]
        #expect(try await worker.post(path, sent).status == 404, "\(role), \(number)")
      }
    }
    var head = try await server.signIn(.puskesmasHead)
    let path = Self.path("/\(doses[0].fact.text)")
    #expect(try await head.post(path, [("act", "undo"), ("reason", "1")]).status == 403)
    #expect(try Self.told(server).doses.count == written.count)
  }

  @Test func aPharmacyKeepsNoVaccinations() async throws {
    let server = try await SignedInServer.start()
    let pharmacy = TwoPuskesmas.id(5)
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    var weighed = MeasurementBody()
    weighed.weight = Mass(grams: 9_100)
    let name = Array("Apotek Uji".utf8)
    _ = try await server.district.record([
      recording.fact(
        .place, of: pharmacy, on: Self.today,
        PlaceBody(kind: .pharmacy, name: name, code: [], partOf: nil).bytes),
      recording.fact(
        .measurement, of: Self.child, on: Self.today, at: pharmacy, weighed.bytes),
    ])
    let worker = try await SignedInServer.addWorker(
      "Petugas Apotek", .privateFacility, at: pharmacy, to: server.district)
    try await server.addAccount("apotek", of: worker)
    var browser = try await server.signInNow(as: "apotek")
    let care = try await browser.get("/people/\(Self.child.text)/care")
    #expect(care.status == 200)
    #expect(!care.text.contains(Self.path("/today")) && !care.text.contains(Self.path("/book")))
    for page in ["/today", "/book"] {
      #expect(try await browser.get(Self.path(page)).status == 404)
      let sent = [("on", "2025-06-20"), ("v\(Self.dpt)", "given"), ("d3-1", "10-04-2024")]
      #expect(try await browser.post(Self.path(page), sent).status == 404)
    }
    let form = try await browser.get("/people/\(Self.child.text)/visit?form=child")
    #expect(form.status == 200 && !form.text.contains("name=\"v\(Self.dpt)\""))
    #expect(try Self.told(server).doses.isEmpty)
  }

  @Test func theTableAllowsOnlyThoseWhoTreatToGive() {
    for role in Role.allCases {
      let acts = VaccinationPolicy.acts(for: role, at: nil)
      let records = Permissions.reach(of: .recordCare, for: role) != nil
      #expect(acts.isEmpty != records, "\(role)")
      #expect(acts.contains(.give) == (records && role != .kader), "\(role)")
      for kind in [PlaceKind.pharmacy, .laboratory] {
        #expect(VaccinationPolicy.acts(for: role, at: kind).isEmpty)
      }
      for kind in [PlaceKind.clinic, .hospital, .midwifePractice, .doctorPractice] {
        #expect(VaccinationPolicy.acts(for: role, at: kind) == acts)
      }
    }
  }
}
