import Guidance
import Health
import Journal
import Programmes
import Testing

@testable import Web

/// A pregnancy that is written down: what hardly fits together is asked once and kept as it was told.
/// It is 20 June 2025.
@Suite struct PregnancyPageTests {
  private static let person = "/people/\(MotherAndChild.mother.text)"
  private static let path = "\(person)/pregnancy"

  private static func body(
    gravida: Int32? = nil, para: Int32? = nil, losses: Int32? = nil, living: Int32? = nil,
    period: CivilDate? = nil, scan: (on: CivilDate, days: Int32)? = nil
  ) -> PregnancyBody {
    var body = PregnancyBody()
    (body.gravida, body.para, body.losses) = (gravida, para, losses)
    (body.livingChildren, body.lastMenstrualPeriod) = (living, period)
    (body.ultrasoundOn, body.ultrasoundGestation) = (scan?.on, scan?.days)
    return body
  }

  @Test(
    "Fewer pregnancies than before and this one",
    arguments: [
      (1, 0, nil, false), (1, 1, nil, true), (2, 1, nil, false), (2, 1, 1, true), (3, 1, 1, false),
      (1, nil, 1, true), (1, nil, nil, false), (nil, 3, nil, false),
    ] as [(Int32?, Int32?, Int32?, Bool)])
  func gravida(gravida: Int32?, para: Int32?, losses: Int32?, isAsked: Bool) {
    let doubts = PregnancyDoubt.all(
      of: Self.body(gravida: gravida, para: para, losses: losses))
    #expect(!doubts.isEmpty == isAsked)
    #expect(doubts.allSatisfy { $0.field == "gravida" })
  }

  @Test(
    "More living children than births",
    arguments: [(2, 1, true), (1, 1, false), (0, 1, false), (1, nil, false), (nil, 1, false)]
      as [(Int32?, Int32?, Bool)])
  func living(living: Int32?, para: Int32?, isAsked: Bool) {
    let doubts = PregnancyDoubt.all(of: Self.body(para: para, living: living))
    #expect(!doubts.isEmpty == isAsked)
    #expect(doubts.allSatisfy { $0.field == "living_children" })
  }

  @Test(
    "Ultrasound and period, 70 days by the period",
    arguments: [(48, true), (49, false), (70, false), (91, false), (92, true)]
      as [(Int32, Bool)])
  func dates(days: Int32, isAsked: Bool) {
    let scan = TwoPuskesmas.day(2025, 6, 11)
    let period = CivilDate(dayNumber: scan.dayNumber - 70)
    let told = Self.body(period: period, scan: (scan, days))
    #expect(!PregnancyDoubt.all(of: told).isEmpty == isAsked)
    #expect(PregnancyDoubt.all(of: Self.body(period: period)).isEmpty)
    #expect(PregnancyDoubt.all(of: Self.body(scan: (scan, days))).isEmpty)
  }

  @Test func whatHardlyFitsIsAskedOnce() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.clusterWorker)
    let before = try server.facts()
    let sent = [("on", "2025-06-20"), ("gravida", "1"), ("para", "3"), ("living_children", "5")]
    let asked = try await midwife.post(Self.path, sent)
    #expect(asked.status == 400 && asked.text.contains("paling sedikit hamil ke-4"))
    #expect(asked.text.contains("Anak hidup 5, persalinan baru 3"))
    #expect(try server.facts() == before)
    let sure = try #require(
      try PageText.matches("name=\"sure\" value=\"([^\"]+)\"", in: asked.text).first)
    // What was said to be right are these values, and no others.
    let other = sent.map { $0.0 == "para" ? ("para", "4") : $0 } + [("sure", sure)]
    #expect(try await midwife.post(Self.path, other).status == 400)
    #expect(try await midwife.post(Self.path, sent + [("sure", sure)]).status == 303)
  }

  @Test(
    "A period is judged by the day of the entry: up to 322 days before it",
    arguments: [
      ("2025-06-20", "2024-08-02", 303), ("2025-06-20", "2024-08-01", 400),
      ("2024-06-20", "2023-08-03", 303), ("2024-06-20", "2023-08-02", 400),
      ("2025-05-02", "2024-07-20", 303),
    ])
  func period(on day: String, period: String, status: Int) async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.clusterWorker)
    let sent = [("on", day), ("last_period", period)]
    let answer = try await midwife.post(Self.path, sent)
    #expect(answer.status == .init(status))
    #expect(answer.text.contains("isi “Tanggal”") == (status == 400))
  }

  @Test func soonAfterABirthIsAskedAndTheCareAfterItStays() async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    var midwife = try await server.signIn(.clusterWorker)
    let end = [
      ("on", "2025-06-10"), ("outcome", "1"), ("born_alive", "1"), ("attendant", "8"),
      ("setting", "9"),
    ]
    #expect(try await midwife.post("\(Self.path)/end", end).status == 303)
    let history = try await midwife.get("\(Self.person)/history").text
    #expect(history.contains("Dukun bayi") && history.contains("Rumah dukun"))
    let sent = [("on", "2025-06-20"), ("last_period", "2025-06-15")]
    let asked = try await midwife.post(Self.path, sent)
    #expect(asked.status == 400 && asked.text.contains("Ibu melahirkan 10 hari sebelum"))
    #expect(
      try await midwife.post(Self.path, sent + [("sure", "soon_after_birth-10")]).status == 303)
    let plan = try await midwife.get("\(Self.person)/care").text
    #expect(plan.contains("Kehamilan baru sudah dicatat") && !plan.contains("Hamil 0 minggu"))
    #expect(plan.contains("form=postnatal") && plan.contains("Daftarkan bayi"))
    #expect(!plan.contains("form=antenatal") && plan.contains("Lengkapi data kehamilan"))
  }

  @Test func whoAttendedAndWhereIsChosenOfWhatThereIs() async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    let page = try await server.signIn(.clusterWorker).get("\(Self.path)/end").text
    for name in [
      "Dukun bayi", "Keluarga", "Tanpa penolong (sendiri)", "Di perjalanan", "Rumah dukun",
    ] {
      #expect(page.contains(">\(name)<"), "\(name)")
    }
    for name in ["Guru", "Dokter gigi", "Sekolah"] {
      #expect(!page.contains(">\(name)<"), "\(name)")
    }
  }
}
