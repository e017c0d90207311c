import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// The form of a visit: what it opens with, what one choice answers, and whose records it reads.
@Suite struct VisitPageTests {
  private static let (mother, child) = (MotherAndChild.mother, MotherAndChild.child)

  private static func form(_ name: String, of person: Identifier) -> String {
    "/people/\(person.text)/visit?form=\(name)"
  }

  private static func field(_ element: DataElement) -> String { "e\(element.code)" }

  /// The option that is chosen in a list of the form.
  private static func chosen(_ name: String, in page: String) throws -> String? {
    let list = try #require(page.split(separator: "name=\"\(name)\">").dropFirst().first)
    let options = try #require(list.split(separator: "</select>").first)
    guard let option = options.split(separator: " selected>").dropFirst().first else { return nil }
    return option.split(separator: "<").first.map(String.init)
  }

  private static func visits(
    of person: Identifier, in server: SignedInServer
  ) throws -> [(place: Identifier?, body: VisitBody)] {
    let record = try #require(try server.district.person(person))
    return try server.district.history(ofPerson: record.person).map(\.stored.fact)
      .filter { $0.kind == .visit }.map { fact in
        (fact.place, try fact.body.withUnsafeBufferPointer { try VisitBody($0) })
      }
  }

  @Test func itOpensWithWhereTheWorkerIsAndWhatTheWorkerIs() async throws {
    let server = try await SignedInServer.shared()
    let path = Self.form("child", of: Self.child)
    let expected: [(Role, String, String?)] = [
      (.pustuWorker, "Pustu", "Bidan"),
      (.clusterWorker, "Puskesmas", nil), (.privateFacility, "Klinik atau praktik swasta", nil),
    ]
    for (role, place, performer) in expected {
      let page = try await server.signIn(role).get(path).text
      #expect(try Self.chosen("setting", in: page) == place)
      #expect(try Self.chosen("performer", in: page) == performer)
    }
    // A kader enters for nobody else, and is not asked.
    let page = try await server.signIn(.kader).get(path).text
    #expect(try Self.chosen("setting", in: page) == "Posyandu")
    #expect(page.contains("Oleh: Kader") && !page.contains("name=\"performer\""))
  }

  @Test func whoeverWasWrittenLastIsChosenForTheSameWorkerOnly() async throws {
    let server = try await SignedInServer.start()
    let path = Self.form("child", of: Self.child)
    var doctor = try await server.signIn(.clusterWorker)
    let sent = [
      ("on", "2025-06-20"), ("setting", "3"), ("performer", "4"),
      (Self.field(.weight), "9,4"), ("act", "save"),
    ]
    #expect(try await doctor.post(path, sent).status == 303)
    #expect(try Self.chosen("performer", in: await doctor.get(path).text) == "Dokter")
    var midwife = try await server.signIn(.pustuWorker)
    midwife.cookies[Cookies.performer] = doctor.cookies[Cookies.performer]
    #expect(try Self.chosen("performer", in: await midwife.get(path).text) == "Bidan")
  }

  @Test func aVisitStandsAtTheWorkersPlaceOrWhereThePersonLives() async throws {
    let server = try await SignedInServer.start()
    var worker = try await server.signIn(.clusterWorker)
    for setting in ["3", "4"] {
      let answer = try await worker.post(
        Self.form("child", of: Self.child),
        [
          ("on", "2025-06-20"), ("setting", setting), ("performer", "2"),
          (Self.field(.weight), "9,4"), ("act", "save"),
        ])
      #expect(answer.status == 303)
    }
    let places = try Self.visits(of: Self.child, in: server).map(\.place)
    #expect(
      Set(places) == [TwoPuskesmas.Side.north.puskesmas, TwoPuskesmas.Side.north.posyandu(1)])
  }

  @Test func oneChoiceAnswersAllSignsThatWereNotSeen() async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    var worker = try await server.signIn(.pustuWorker)
    let path = Self.form("antenatal", of: Self.mother)
    let page = try await worker.get(path).text
    #expect(page.contains("Tidak ada tanda bahaya"))
    let sent = [
      ("on", "2025-06-20"), (Self.field(.bleeding), "1"), ("rest-danger_signs", "1"),
      ("act", "save"),
    ]
    #expect(try await worker.post(path, sent).status == 303)
    let body = try #require(try Self.visits(of: Self.mother, in: server).first?.body)
    #expect(body[DataElement.bleeding.code] == 1)
    let signs: [DataElement] = [
      .headacheBlurredSight, .fits, .severeAbdominalPain, .watersBroke, .swollenFaceHands,
      .feverTwoDays, .fewMovements,
    ]
    for sign in signs { #expect(body[sign.code] == 0, "\(sign.name)") }
    // The choice stands over its own part: what was given or tested is not answered by it.
    #expect(body[DataElement.counselled.code] == nil)
  }

  @Test func withoutTheChoiceAndWithoutAnAnswerNothingIsSaid() async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    var worker = try await server.signIn(.pustuWorker)
    let sent = [("on", "2025-06-20"), (Self.field(.fits), "0"), ("act", "save")]
    let path = Self.form("antenatal", of: Self.mother)
    #expect(try await worker.post(path, sent).status == 303)
    let body = try #require(try Self.visits(of: Self.mother, in: server).first?.body)
    #expect(body.observations.map(\.element) == [DataElement.fits.code])
  }

  @Test func aFacilityWithoutConsentReadsItsOwnRecordsOnly() async throws {
    let server = try await SignedInServer.start()
    func write(_ role: Role, _ weight: String) async throws {
      var worker = try await server.signIn(role)
      let sent = [
        ("on", "2025-06-20"), ("setting", role == .kader ? "1" : "6"),
        (Self.field(.vitaminA), role == .kader ? "1" : ""), (Self.field(.weight), weight),
        // The second of the day stands beside the first.
        ("c\(DataElement.weight.code)", role == .kader ? "" : "1"), ("act", "save"),
      ]
      #expect(try await worker.post(Self.form("child", of: Self.child), sent).status == 303)
    }
    try await write(.kader, "9,4")
    try await write(.privateFacility, "9,6")
    var clinic = try await server.signIn(.privateFacility)
    let care = "/people/\(Self.child.text)/care"
    let history = Links.person(Self.child) + "/history"
    let note = "Hanya layanan yang dicatat fasilitas Anda"
    #expect(try await !clinic.get(care).text.contains(note))
    #expect(try await clinic.get(history).text.components("Kapsul vitamin A diberikan: Ya") == 1)
    let body = ConsentBody(
      text: Array("network".utf8), edition: 1, decision: .withdrawn, givenAs: .parent,
      scope: .network)
    let later = Instant(milliseconds: SmallDistrict.today.milliseconds + 1000)
    let recording = Recording(at: later, recorder: TwoPuskesmas.worker(.kader))
    _ = try await server.district.record([
      recording.fact(.consent, of: Self.child, on: MotherAndChild.today, body.bytes)
    ])
    #expect(try await clinic.get(care).text.contains(note))
    #expect(try await clinic.get(history).text.components("Kapsul vitamin A diberikan: Ya") == 0)
    // It can still write down what it does, and sees what it wrote.
    #expect(try await clinic.get(Self.form("child", of: Self.child)).status == 200)
    #expect(try await clinic.get(history).text.contains("Klinik atau praktik swasta"))
    let sent = [("on", "2025-06-20"), (Self.field(.weight), "9,5"), ("act", "preview")]
    let preview = try await clinic.post(Self.form("child", of: Self.child), sent).text
    #expect(preview.contains("Jika disimpan"))
  }
}

extension String {
  /// How often a text stands in it.
  fileprivate func components(_ text: String) -> Int {
    split(separator: text, omittingEmptySubsequences: false).count - 1
  }
}
