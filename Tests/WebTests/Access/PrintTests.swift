import Foundation
import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// Sheets of paper of one person: what stands on them, who may print them, and that it is noted.
@Suite struct PrintTests {
  private static let child = TwoPuskesmas.Side.north.child(2)
  private static let today = SmallDistrict.today.day(hoursEastOfGreenwich: 7)

  private static func record(
    _ kind: FactKind, of person: Identifier, on day: CivilDate, _ body: [UInt8],
    in server: SignedInServer, later milliseconds: Int64 = 0
  ) async throws {
    let recording = Recording(
      at: Instant(milliseconds: SmallDistrict.today.milliseconds + milliseconds),
      recorder: TwoPuskesmas.worker(.clusterWorker))
    _ = try await server.district.record([
      recording.fact(kind, of: person, on: day, at: TwoPuskesmas.Side.north.posyandu(1), body)
    ])
  }

  private static func count(_ text: String, in page: String) -> Int {
    page.split(separator: text, omittingEmptySubsequences: false).count - 1
  }

  // MARK: KMS

  @Test func theKMSHasTwoSheetsWithEachMonthsMark() async throws {
    let server = try await SignedInServer.shared()
    let page = try await server.signIn(.kader).get(
      Links.child(TwoPuskesmas.patient) + "/kms"
    ).text
    #expect(Self.count("<svg class=\"kms-chart\"", in: page) == 2)
    // Weighed in April, May and June with 9.0 kg each.
    for mark in ["B", "T", "2T"] {
      #expect(Self.count(">\(mark)</text>", in: page) == 1, "\(mark)")
    }
    #expect(Self.count(">9,0</text>", in: page) == 3)
    // The least gains of the first months of life, once each on the first sheet.
    #expect(Self.count(">900</text>", in: page) == 1)
    #expect(page.contains("garis merah") && page.contains("garis oranye"))
    #expect(page.contains("ditulis dari ingatan"))
  }

  @Test func belowTheRedLineAndBreastMilkStandOnTheKMS() async throws {
    let server = try await SignedInServer.start()
    let path = Links.child(Self.child) + "/kms"
    let before = try await server.signIn(.clusterWorker).get(path).text
    // The row's name alone.
    #expect(Self.count(">BGM</text>", in: before) == 2)
    #expect(Self.count(">✓</text>", in: before) == 0)
    var measured = MeasurementBody()
    measured.weight = Mass(grams: 7000)
    try await Self.record(
      .measurement, of: Self.child, on: TwoPuskesmas.day(2025, 6, 18), measured.bytes, in: server)
    for (month, answer) in [(3, Int32(1)), (5, 0)] {
      var visit = VisitBody()
      visit[DataElement.onlyBreastMilk.code] = answer
      try await Self.record(
        .visit, of: Self.child, on: TwoPuskesmas.day(2024, month, 10), visit.bytes, in: server)
    }
    let page = try await server.signIn(.clusterWorker).get(path).text
    #expect(Self.count(">BGM</text>", in: page) == 3)
    #expect(page.contains(">−2.000</text>"))
    #expect(Self.count(">✓</text>", in: page) == 1)
    #expect(Self.count(">✗</text>", in: page) == 1)
  }

  /// Weighs the child on days of June 2025, one after the other.
  private static func weigh(
    _ weighings: [(day: Int, grams: Int32)], in server: SignedInServer
  ) async throws {
    for (place, weighing) in weighings.enumerated() {
      var measured = MeasurementBody()
      measured.weight = Mass(grams: weighing.grams)
      try await record(
        .measurement, of: child, on: TwoPuskesmas.day(2025, 6, weighing.day), measured.bytes,
        in: server, later: Int64(place))
    }
  }

  @Test func ofSeveralWeighingsOfOneDayTheLastStandsOnTheKMS() async throws {
    let server = try await SignedInServer.start()
    let path = Links.child(Self.child) + "/kms"
    let worker = try await server.signIn(.clusterWorker)
    let before = Self.count("<circle class=\"kms-point", in: try await worker.get(path).text)
    try await Self.weigh([(17, 8_900), (18, 8_800), (18, 9_400)], in: server)
    let page = try await worker.get(path).text
    #expect(Self.count("<circle class=\"kms-point", in: page) == before + 2)
    // The row of the month tells the same.
    #expect(page.contains(">9,4</text>") && !page.contains(">8,8</text>"))
  }

  /// A weight that was kept in spite of a doubt is drawn as the legend says, at the edge where the
  /// chart does not reach that far; one that is believed is no open dot.
  @Test func whatIsDoubtedStandsOnTheKMSAsAnOpenDot() async throws {
    let server = try await SignedInServer.start()
    let path = Links.child(Self.child) + "/kms"
    let worker = try await server.signIn(.clusterWorker)
    let doubtful = "<circle class=\"kms-point doubtful\""
    #expect(try await Self.count(doubtful, in: worker.get(path).text) == 0)
    try await Self.weigh([(17, 9_000), (18, 95_000), (19, 1_000)], in: server)
    let page = try await worker.get(path).text
    #expect(Self.count(doubtful, in: page) == 2)
    #expect(page.contains(">95,0 kg?</text>") && page.contains(">1,0 kg?</text>"))
    #expect(!page.contains(">9,0 kg?</text>"))
  }

  @Test func withoutSexThereIsNoKMSAndThePageSaysSo() async throws {
    let path = "/children/\(SmallDistrict.Child.sexUnknown.id.text)/kms"
    let page = try await RunningServer.shared().client.get(path).text
    #expect(!page.contains("kms-chart"))
    #expect(page.contains("KMS memerlukan jenis kelamin dan tanggal lahir"))
  }

  @Test func whatWasPrintedStandsInTheLog() async throws {
    let server = try await SignedInServer.start()
    _ = try await server.signIn(.kader).get(Links.child(TwoPuskesmas.patient) + "/kms")
    let entries = try server.log.entries(about: TwoPuskesmas.patient).entries.map(\.entry)
    let entry = try #require(entries.first { $0.route == "GET /children/{id}/kms" })
    #expect(entry.detail.form == "print")
    #expect(entry.author.worker == TwoPuskesmas.worker(.kader))
  }

  // MARK: Pregnancy

  private static let mother = TwoPuskesmas.Side.north.mother(1)

  /// Writes that the mother is in the 28th week, and was seen once, in the 15th.
  private static func makePregnant(_ server: SignedInServer) async throws {
    var body = PregnancyBody()
    body.lastMenstrualPeriod = TwoPuskesmas.day(2024, 12, 12)
    body.gravida = 2
    try await record(
      .pregnancy, of: mother, on: TwoPuskesmas.day(2025, 3, 20), body.bytes, in: server)
    var seen = VisitBody(setting: .puskesmas, performer: .midwife, purposes: .antenatal)
    seen[DataElement.systolicPressure.code] = 110
    seen[DataElement.diastolicPressure.code] = 70
    seen[DataElement.haemoglobin.code] = 115
    seen[DataElement.hivTest.code] = 2
    seen[DataElement.fits.code] = 0
    try await record(.visit, of: mother, on: TwoPuskesmas.day(2025, 3, 20), seen.bytes, in: server)
  }

  @Test func thePregnancyPageHasItsDatesVisitsAndRoomForThoseToCome() async throws {
    let server = try await SignedInServer.start()
    let path = Links.person(Self.mother) + "/pregnancy/sheet"
    // She is not known to be pregnant.
    #expect(try await server.signIn(.pustuWorker).get(path).status == 404)
    try await Self.makePregnant(server)
    let care = try await server.signIn(.pustuWorker).get(Links.person(Self.mother) + "/care").text
    #expect(care.contains(path))
    let page = try await server.signIn(.pustuWorker).get(path).text
    #expect(page.contains("18 September 2025 (dari HPHT)"))
    #expect(page.contains("27 minggu 1 hari"))
    #expect(page.contains("G2 P… A…"))
    #expect(page.contains("<th scope=\"col\">K1<span class=\"sub\">20 Maret 2025</span>"))
    #expect(page.contains("<th scope=\"col\">K6<span class=\"sub\">mulai "))
    for cell in ["14+0", "Puskesmas, Bidan", "110/70", "11,5", "tidak ada"] {
      #expect(page.contains("<td>\(cell)</td>"), "\(cell)")
    }
    #expect(page.contains("write-line"))
  }

  @Test func onlyTestsThatWereDoneAreNamed() async throws {
    let server = try await SignedInServer.start()
    try await Self.makePregnant(server)
    var tested = VisitBody(setting: .puskesmas, performer: .midwife, purposes: .antenatal)
    tested[DataElement.syphilisTest.code] = 1
    tested[DataElement.hepatitisBTest.code] = 1
    try await Self.record(
      .visit, of: Self.mother, on: TwoPuskesmas.day(2025, 4, 24), tested.bytes, in: server)
    let page = try await server.signIn(.pustuWorker).get(
      Links.person(Self.mother) + "/pregnancy/sheet"
    ).text
    #expect(page.contains("<td>HIV</td>"))
    #expect(page.contains("<td>sifilis, hepatitis B</td>"))
  }

  @Test func noResultOfASensitiveTestIsPrinted() async throws {
    let server = try await SignedInServer.start()
    try await Self.makePregnant(server)
    for role in [Role.kader, .pustuWorker, .clusterWorker, .puskesmasHead] {
      let page = try await server.signIn(role).get(
        Links.person(Self.mother) + "/pregnancy/sheet"
      ).text
      // That she was tested at all is for those who record her care, and not for a kader.
      let tells = role == .pustuWorker || role == .clusterWorker
      #expect(page.contains("<td>HIV</td>") == tells)
      #expect(page.contains("Tes HIV") == tells)
      #expect(!page.lowercased().contains("reaktif"))
    }
    let entries = try server.log.entries(about: Self.mother).entries.map(\.entry)
    let printed = entries.filter { $0.route == "GET /people/{id}/pregnancy/sheet" }
    #expect(printed.count == 4)
    #expect(printed.allSatisfy { $0.detail.form == "print" })
  }
}
