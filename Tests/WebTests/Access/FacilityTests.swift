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
    #expect(!own.contains(TwoPuskesmas.southern) && !own.contains("· ·"))
    // The second word of a name is spelled as it is asked for, too.
    let second = try await clinic.get("/search?q=\(TwoPuskesmas.northern)").text
    #expect(second.contains(TwoPuskesmas.patient.text) && !second.contains("ejaan lain"))
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

  /// Writes down what was decided on sharing with private facilities.
  private static func decide(
    _ decision: ConsentDecision, _ child: Identifier, _ server: SignedInServer
  ) async throws {
    let body = ConsentBody(
      text: Array("network".utf8), edition: 1, decision: decision, givenAs: .parent,
      scope: .network)
    // Each a moment after the one before, or nobody could tell which was the last.
    let facts = try server.facts()
    let at = Instant(milliseconds: SmallDistrict.today.milliseconds + facts)
    let recording = Recording(at: at, recorder: TwoPuskesmas.worker(.kader))
    _ = try await server.district.record([
      recording.fact(.consent, of: child, on: TwoPuskesmas.day(2025, 6, 20), body.bytes)
    ])
  }

  @Test func withoutConsentTheNumberShowsWhoItIsAndNothingElse() async throws {
    let server = try await SignedInServer.start()
    let clinic = try await server.signIn(.privateFacility)
    let path = "/search?q=\(Self.stranger.number(101))"
    let child = Self.stranger.child(1)
    func isShared() async throws -> Bool {
      let page = try await clinic.get(path).text
      #expect(page.contains("Bagas1 \(TwoPuskesmas.southern)"))
      let told = ["Desa Selatan", "Sulastri1", "9,0 kg"].map { page.contains($0) }
      #expect(Set(told).count == 1, "\(told)")
      #expect(page.contains("belum menyetujui berbagi") == !told[0])
      return told[0]
    }
    #expect(try await !isShared())
    try await Self.decide(.no, child, server)
    #expect(try await !isShared())
    try await Self.decide(.yes, child, server)
    #expect(try await isShared())
    try await Self.decide(.withdrawn, child, server)
    #expect(try await !isShared())
  }

  @Test func whatOthersMeasuredOfAPatientIsSharedByConsentOnly() async throws {
    let server = try await SignedInServer.start()
    let clinic = try await server.signIn(.privateFacility)
    let patient = TwoPuskesmas.patient
    #expect(try await clinic.get(Links.child(patient)).status == 200)
    #expect(try await clinic.get(Links.person(patient) + "/history").text.contains("9,0 kg"))
    // Of the family it sees its patient, and is told that others may be there: not how many.
    let family = try await clinic.get(Links.family(TwoPuskesmas.Side.north.family(1))).text
    #expect(family.contains("Bagas1") && !family.contains(">Sulastri1"))
    #expect(family.contains("Hanya anggota keluarga yang dikenal fasilitas ini"))
    #expect(!family.contains("<p class=\"lead\">1 orang"))
    let whole = try await server.signIn(.clusterWorker)
      .get(Links.family(TwoPuskesmas.Side.north.family(1))).text
    #expect(whole.contains("<p class=\"lead\">2 orang"))
    #expect(!whole.contains("Hanya anggota keluarga yang dikenal"))
    try await Self.decide(.withdrawn, patient, server)
    let page = try await clinic.get(Links.person(patient))
    #expect(page.status == 200 && page.text.contains("Bagas1"))
    #expect(page.text.contains("yang dicatat fasilitas lain tidak ditampilkan"))
    #expect(!page.text.contains(Links.child(patient)))
    for path in ["", "/birth", "/measurements.csv", "/measurements.xlsx"] {
      #expect(try await clinic.get(Links.child(patient) + path).status == 404, "\(path)")
    }
    // One of three measurements is its own, and stays to be read.
    let history = try await clinic.get(Links.person(patient) + "/history").text
    #expect(history.components(separatedBy: "9,0 kg").count == 2)
    #expect(try await clinic.get(Links.family(TwoPuskesmas.Side.north.family(1))).status == 404)
    // Those whose duty it is need no consent.
    for role in [Role.kader, .clusterWorker] {
      let worker = try await server.signIn(role)
      #expect(try await worker.get(Links.child(patient)).status == 200)
    }
  }

  @Test func whatItMeasuredItselfAFacilitySeesAnyhow() async throws {
    let server = try await SignedInServer.start()
    var clinic = try await server.signIn(.privateFacility)
    let id = try Self.registered(try await clinic.post("/people", Self.entered()))
    var measured = MeasurementBody()
    measured.weight = Mass(grams: 52_000)
    let recording = Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.privateFacility))
    func measure(at place: Identifier) async throws {
      _ = try await server.district.record([
        recording.fact(
          .measurement, of: id, on: TwoPuskesmas.day(2025, 6, 19), at: place, measured.bytes)
      ])
    }
    try await measure(at: TwoPuskesmas.clinic)
    #expect(try await clinic.get(Links.child(id)).status == 200)
    try await measure(at: TwoPuskesmas.Side.north.posyandu(1))
    #expect(try await clinic.get(Links.child(id)).status == 404)
  }

  @Test func theWholeNumberShowsTheEssentialRecordAndNoMore() async throws {
    let server = try await SignedInServer.start()
    let clinic = try await server.signIn(.privateFacility)
    let child = Self.stranger.child(1)
    try await Self.decide(.yes, child, server)
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

  /// A clinic says that somebody is its patient whose NIK it was shown.
  private static func claimed(
    _ child: Identifier, _ number: String, by clinic: inout Browser
  ) async throws {
    let answer = try await clinic.post("/people", entered(number) + [("patient", child.text)])
    try #require(answer.status == 303)
  }

  @Test func whoIsClaimedAsAPatientIsNotTherebyShown() async throws {
    let server = try await SignedInServer.start()
    var clinic = try await server.signIn(.privateFacility)
    let side = TwoPuskesmas.Side.north
    let child = side.child(2)
    try await Self.claimed(child, side.number(102), by: &clinic)
    func pages() async throws -> [String] {
      let paths = [
        Links.person(child), Links.person(child) + "/history", "/search?q=\(side.number(102))",
        "/search?q=bagas2", Links.person(child) + "/consent", Links.person(child) + "/requests",
      ]
      var pages: [String] = []
      for path in paths {
        let answer = try await clinic.get(path)
        #expect(answer.status == 200 && answer.text.contains("Bagas2"), "\(path)")
        pages.append(answer.text)
      }
      return pages
    }
    for page in try await pages() {
      for secret in ["Sulastri2", "Mawar Utara 2", "9,0 kg", side.family(2).text] {
        #expect(!page.contains(secret), "\(secret)")
      }
    }
    let page = try await clinic.get(Links.person(child)).text
    #expect(!page.contains("Desa Utara"))
    #expect(page.contains("2 Januari 2024") && page.contains("fasilitas lain tidak ditampilkan"))
    #expect(!page.contains(side.number(102)))
    let masked = try #require(PersonText.maskedNumber(side.number(102)))
    #expect(page.contains(masked))
    #expect(try await clinic.get(Links.family(side.family(2))).status == 404)
    #expect(try await clinic.get(Links.child(child)).status == 404)
    let newborn = try await clinic.get("/people/new?mother_id=\(child.text)")
    #expect(newborn.status == 200 && !newborn.text.contains(side.number(102)))
    // The children of a mother are not found by her name.
    #expect(!(try await clinic.get("/search?mother=Sulastri2")).text.contains(child.text))
    try await Self.decide(.yes, child, server)
    let shared = try await pages()
    #expect(shared[0].contains("Sulastri2") && shared[0].contains("Mawar"))
    #expect(shared[1].contains("9,0 kg") && shared[2].contains("Sulastri2"))
  }

  @Test func aClaimIsReviewedAndEnded() async throws {
    let server = try await SignedInServer.start()
    var clinic = try await server.signIn(.privateFacility)
    var head = try await server.signIn(.puskesmasHead)
    var kader = try await server.signIn(.kader)
    let side = TwoPuskesmas.Side.north
    let child = side.child(2)
    let end = Links.person(child) + "/facilities/\(TwoPuskesmas.clinic.text)/end"
    #expect(try await head.get("/openings").text.contains("Tidak ada dalam 30 hari ini"))
    try await Self.claimed(child, side.number(102), by: &clinic)
    let waiting = try await head.get("/openings").text
    #expect(waiting.contains("Bagas2") && waiting.contains("Klinik Uji") && waiting.contains(end))
    #expect(try await head.get(Links.person(child)).text.contains(end))
    #expect(try await kader.post(end).status == 403)
    #expect(try await head.post(end).status == 303)
    let told = try await head.get(Links.person(child) + "/history").text
    #expect(told.contains("Hubungan dengan fasilitas diakhiri · Data diri, "))
    #expect(try await clinic.get(Links.person(child)).status == 404)
    #expect(!(try await clinic.get("/search?q=bagas2")).text.contains(child.text))
    #expect(!(try await head.get("/openings")).text.contains(end))
    let record = try #require(try server.district.person(child))
    #expect(record.person.nationalIdentityNumber == side.number(102))
    // Ended by one who may not see the person: as if there were nobody.
    #expect(try await clinic.post(end).status == 404)
    // The facility ends its own.
    try await Self.claimed(child, side.number(102), by: &clinic)
    let answer = try await clinic.post(end)
    #expect(answer.status == 303 && answer["Location"] == "/search")
    #expect(try await clinic.get(Links.person(child)).status == 404)
    // A facility keeps what it recorded itself.
    let before = try server.facts()
    let patient = Links.person(TwoPuskesmas.patient)
    let other = patient + "/facilities/\(TwoPuskesmas.clinic.text)/end"
    #expect(try await head.get(patient).text.contains("Klinik Uji"))
    #expect(try await head.post(other).status == 404)
    #expect(try await clinic.post(other).status == 404)
    #expect(try server.facts() == before)
  }

  /// Consent that a facility wrote down for itself ends with the tie, and is no right to correct.
  @Test func whoIsTakenOnAnewIsNotSharedByTheOldConsent() async throws {
    let server = try await SignedInServer.start()
    var clinic = try await server.signIn(.privateFacility)
    var head = try await server.signIn(.puskesmasHead)
    let side = TwoPuskesmas.Side.north
    let child = side.child(2)
    try await Self.claimed(child, side.number(102), by: &clinic)
    let consent = [
      ("text", "network"), ("decision", "yes"), ("giver", "parent"), ("relation", ""),
      ("giver_name", "Sulastri2"), ("form", "spoken"), ("on", "2025-06-20"),
    ]
    #expect(try await clinic.post(Links.person(child) + "/consent", consent).status == 303)
    #expect(try await clinic.get(Links.person(child)).text.contains("Sulastri2"))
    #expect(try await clinic.get(Links.person(child) + "/edit").status == 404)
    #expect(try await head.get("/openings").text.contains("mencatat sendiri persetujuannya"))
    let end = Links.person(child) + "/facilities/\(TwoPuskesmas.clinic.text)/end"
    #expect(try await head.post(end).status == 303)
    try await Self.claimed(child, side.number(102), by: &clinic)
    let page = try await clinic.get(Links.person(child))
    #expect(page.status == 200 && !page.text.contains("Sulastri2"))
  }

  /// A correction takes the place of the claim, and is no word on who is whose patient.
  @Test func aCorrectionEndsNoTie() async throws {
    let server = try await SignedInServer.start()
    var clinic = try await server.signIn(.privateFacility)
    let side = TwoPuskesmas.Side.north
    let child = side.child(2)
    try await Self.claimed(child, side.number(102), by: &clinic)
    let record = try #require(try server.district.person(child))
    var body = record.summary.person
    body.name = Array("Bagas Baru".utf8)
    let recording = Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker))
    _ = try await server.district.record(
      record.correction(body, recording, on: TwoPuskesmas.day(2025, 6, 20)))
    #expect(try await clinic.get(Links.person(child)).text.contains("Bagas Baru"))
  }
}
