import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// The care plan of a pregnant woman on a page: what stands on it, and what it tells to whom.
@Suite struct CarePageTests {
  private static let mother = TwoPuskesmas.Side.north.mother(1)
  private static let care = Links.person(mother) + "/care"

  private static func record(
    _ kind: FactKind, on day: CivilDate, _ body: [UInt8], in server: SignedInServer
  ) async throws {
    let recording = Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker))
    _ = try await server.district.record([
      recording.fact(kind, of: mother, on: day, at: TwoPuskesmas.Side.north.posyandu(1), body)
    ])
  }

  /// Writes that she is pregnant since the 12th of December 2024, lost one before, and was seen.
  private static func makePregnant(_ server: SignedInServer) async throws {
    var body = PregnancyBody()
    body.lastMenstrualPeriod = TwoPuskesmas.day(2024, 12, 12)
    (body.gravida, body.para, body.losses) = (3, 1, 1)
    try await record(.pregnancy, on: TwoPuskesmas.day(2025, 2, 20), body.bytes, in: server)
    var seen = VisitBody(setting: .puskesmas, performer: .doctor, purposes: .antenatal)
    seen[DataElement.systolicPressure.code] = 110
    seen[DataElement.diastolicPressure.code] = 70
    seen[DataElement.sexuallyTransmitted.code] = 1
    seen[DataElement.caesareanBefore.code] = 1
    try await record(.visit, on: TwoPuskesmas.day(2025, 2, 20), seen.bytes, in: server)
  }

  private static func count(_ text: String, in page: String) -> Int {
    page.split(separator: text, omittingEmptySubsequences: false).count - 1
  }

  @Test func theScoreStandsOnThePlanWithItsItems() async throws {
    let server = try await SignedInServer.start()
    try await Self.makePregnant(server)
    let page = try await server.signIn(.pustuWorker).get(Self.care).text
    // 2, a caesarean before 8, a loss before 4; the infection is not hers to know.
    #expect(page.contains("Skor Poedji Rochjati: <strong>14: risiko sangat tinggi (KRST)</strong>"))
    #expect(page.contains("1 butir rahasia tidak ikut dinilai"))
    #expect(page.contains("Pernah operasi sesar: <strong>8</strong>"))
    // The kader is told neither of the infection nor of the loss.
    let kader = try await server.signIn(.kader).get(Self.care).text
    #expect(
      kader.contains("Skor Poedji Rochjati: <strong>sementara 10, risiko tinggi (KRT)</strong>"))
    #expect(kader.contains("2 butir rahasia tidak ikut dinilai"))
    // A scar needs a hospital that can operate: the score sends to no doctor and no PONED beside it.
    for (text, place) in [
      (page, "rencanakan bersalin di sana"), (kader, "harus bersalin di rumah sakit yang bisa"),
    ] {
      #expect(text.contains(place))
      #expect(text.contains("Ikuti rujukan yang lebih berat di halaman ini"))
      #expect(!text.contains("Rencanakan persalinan bersama dokter"))
      #expect(!text.contains("Rujuk ke dokter Puskesmas"))
      #expect(!text.contains("Bawa ke Puskesmas untuk diperiksa dokter"))
    }
  }

  /// The ultrasound says so many days less than the period; 7 leave the dating to the period.
  @Test(arguments: [(7, false), (8, true)] as [(Int32, Bool)])
  func bothDatingsAreNamed(difference: Int32, isNamed: Bool) async throws {
    let server = try await SignedInServer.start()
    var body = PregnancyBody()
    body.lastMenstrualPeriod = TwoPuskesmas.day(2024, 12, 12)
    body.ultrasoundOn = TwoPuskesmas.day(2025, 2, 20)
    body.ultrasoundGestation = 70 - difference
    try await Self.record(.pregnancy, on: TwoPuskesmas.day(2025, 2, 20), body.bytes, in: server)
    let page = try await server.signIn(.pustuWorker).get(Self.care).text
    #expect(page.contains(isNamed ? "(dari USG)" : "(dari HPHT)"))
    let both = "HPHT 12 Desember 2024 dan USG 20 Februari 2025 berbeda 8 hari"
    #expect(page.contains(both) == isNamed)
  }

  @Test func whatAVisitOwesStandsTogether() async throws {
    let server = try await SignedInServer.start()
    try await Self.makePregnant(server)
    let page = try await server.signIn(.pustuWorker).get(Self.care).text
    let now = try #require(page.split(separator: "care-content").dropFirst().first)
    let block = try #require(now.split(separator: "</ul></li>").first)
    #expect(page.contains("Isi periksa hamil"))
    // Each has its own why, with the days of the plan.
    #expect(Self.count("class=\"care-why\"", in: String(block)) > 3)
    #expect(block.contains("Hari rencana ini: <strong>20 Juni 2025</strong>"))
    #expect(block.contains("Usia kehamilan hari itu: <strong>27 minggu 1 hari</strong>"))
  }

  @Test func aDoctorWithoutUltrasoundIsSaid() async throws {
    let server = try await SignedInServer.start()
    try await Self.makePregnant(server)
    let page = try await server.signIn(.pustuWorker).get(Self.care).text
    #expect(page.contains("20 Februari 2025: periksa hamil oleh: Dokter, tanpa "))
  }

  @Test func aValueThatIsTooOldIsCalledSo() async throws {
    let server = try await SignedInServer.start()
    try await Self.makePregnant(server)
    var seen = VisitBody(setting: .pustu, performer: .midwife, purposes: .antenatal)
    seen[DataElement.fetalHeartRate.code] = 140
    try await Self.record(.visit, on: TwoPuskesmas.day(2025, 5, 1), seen.bytes, in: server)
    let page = try await server.signIn(.pustuWorker).get(Self.care).text
    #expect(page.contains("terakhir 1 Mei 2025 (140 kali/menit), terlalu lama untuk ini"))
  }

  @Test func aLossIsNotToldToAKader() async throws {
    let server = try await SignedInServer.start()
    try await Self.makePregnant(server)
    let kader = try await server.signIn(.kader)
    let midwife = try await server.signIn(.pustuWorker)
    let sheet = Links.person(Self.mother) + "/pregnancy/sheet"
    let before = try await kader.get(sheet).text
    // Pregnancies less births would be the losses.
    #expect(before.contains("P1") && !before.contains("G3") && !before.contains("A1"))
    #expect(!before.contains("Tes HIV"))
    #expect(try await midwife.get(sheet).text.contains("G3 P1 A1"))
    let end = PregnancyEndBody(outcome: .miscarriage)
    try await Self.record(.pregnancyEnd, on: TwoPuskesmas.day(2025, 6, 10), end.bytes, in: server)
    let history = Links.person(Self.mother) + "/history"
    // No sheet of a pregnancy of which she may know no more than that it ended.
    #expect(try await kader.get(sheet).status == 404)
    for path in [history, Self.care, Links.person(Self.mother)] {
      let page = try await kader.get(path)
      #expect(page.status == 200, "\(path)")
      #expect(!page.text.lowercased().contains("keguguran"), "\(path)")
    }
    #expect(try await kader.get(history).text.contains("Kehamilan berakhir"))
    let told = try await midwife.get(history).text
    #expect(told.contains("Keguguran") && told.contains("Jumlah keguguran: 1"))
  }

  @Test func theFormOfALossIsRefusedToAKader() async throws {
    let server = try await SignedInServer.start()
    try await Self.makePregnant(server)
    let end = PregnancyEndBody(outcome: .miscarriage)
    try await Self.record(.pregnancyEnd, on: TwoPuskesmas.day(2025, 6, 10), end.bytes, in: server)
    let form = Links.person(Self.mother) + "/visit?form=after_loss"
    let consequences = Links.person(Self.mother) + "/visit/consequences?form=after_loss"
    let sent = [
      ("on", "2025-06-20"), ("setting", "1"), ("e\(DataElement.bleeding.code)", "1"),
      ("act", "save"),
    ]
    var kader = try await server.signIn(.kader)
    let before = try server.facts()
    let answers = [
      try await kader.get(form), try await kader.post(form, sent),
      try await kader.post(consequences, sent),
    ]
    for answer in answers {
      #expect(answer.status == 404)
      #expect(!answer.text.lowercased().contains("keguguran"))
    }
    #expect(try server.facts() == before)
    #expect(try await !kader.get(Self.care).text.contains("after_loss"))
    // Who looks after mothers has it.
    var midwife = try await server.signIn(.pustuWorker)
    #expect(try await midwife.get(form).status == 200)
    #expect(try await midwife.post(consequences, sent).status == 200)
  }

  @Test func aMethodThatIsNotForHerStandsWithTheAdviceAndNotAmongWhatIsToBeDone() async throws {
    let server = try await SignedInServer.start()
    let end = PregnancyEndBody(outcome: .liveBirth)
    try await Self.record(.pregnancyEnd, on: TwoPuskesmas.day(2025, 6, 10), end.bytes, in: server)
    var seen = VisitBody(setting: .pustu, performer: .midwife, purposes: .postnatal)
    seen[DataElement.breastfeeding.code] = 1
    try await Self.record(.visit, on: TwoPuskesmas.day(2025, 6, 19), seen.bytes, in: server)
    let midwife = try await server.signIn(.pustuWorker)
    let page = try await midwife.get(Self.care).text
    let findings = page.split(separator: "id=\"findings\"").dropFirst().first
      .flatMap { $0.split(separator: "</section>").first }
    #expect(findings?.contains("tidak boleh") != true)
    let advice = try #require(page.split(separator: "id=\"classes\"").dropFirst().first)
    let line = try #require(
      advice.split(separator: "<li ").first { $0.contains("<strong>tidak boleh</strong>") })
    // In no colour, with what to do instead, why and source.
    #expect(line.contains("tone-none") && line.contains("care-why"))
    #expect(line.contains("Pilih cara lain") || line.contains("cara lain"))
    let referral = try await midwife.get(Links.person(Self.mother) + "/referral").text
    #expect(!referral.contains("tidak boleh"))
  }

  @Test func theWhyOfAScoreIsTheScoreWithItsItems() async throws {
    let server = try await SignedInServer.start()
    var seen = VisitBody(setting: .puskesmas, performer: .doctor, purposes: .tuberculosis)
    seen[DataElement.tuberculosisContactKind.code] = 3
    seen[DataElement.tuberculin.code] = 120
    seen[DataElement.chestImage.code] = 2
    let recording = Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker))
    let child = TwoPuskesmas.Side.north.child(2)
    _ = try await server.district.record([
      recording.fact(
        .visit, of: child, on: TwoPuskesmas.day(2025, 6, 19),
        at: TwoPuskesmas.Side.north.posyandu(1), seen.bytes)
    ])
    let page = try await server.signIn(.pustuWorker).get(Links.person(child) + "/care").text
    // 3 of the contact, 3 of the reaction, 1 of the image; the rest can change no class.
    #expect(page.contains("Ya · 7: "))
    #expect(page.contains("12 mm"))
  }

  @Test func aNoIsToldWhereWhatIsOwedStands() async throws {
    let server = try await SignedInServer.start()
    try await Self.makePregnant(server)
    var seen = VisitBody(setting: .pustu, performer: .midwife, purposes: .antenatal)
    seen[DataElement.counselled.code] = 0
    try await Self.record(.visit, on: TwoPuskesmas.day(2025, 6, 19), seen.bytes, in: server)
    let page = try await server.signIn(.pustuWorker).get(Self.care).text
    #expect(page.contains("19 Juni 2025: “") && page.contains("” dijawab: Tidak."))
  }
}
