import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// Who reads, signs and marks guidelines, and what every "why?" then says.
@Suite struct GuidelinePageTests {
  private static let path = "/guidelines/child"
  private static let today = SmallDistrict.today.day(hoursEastOfGreenwich: 7)
  private static let child = TwoPuskesmas.patient
  private static let unsigned = "Belum disahkan oleh tenaga kesehatan"

  /// Gives a worker a registration number.
  private static func register(_ role: Role, in server: SignedInServer) async throws {
    let worker = try #require(try server.district.worker(TwoPuskesmas.worker(role)))
    var body = worker.body
    body.registrationNumber = Array("STR-\(role.rawValue)-2025".utf8)
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    _ = try await server.district.record([
      recording.fact(
        .worker, of: worker.id, on: today, replacing: worker.fact, body.bytes)
    ])
  }

  private static func digest(_ code: String) throws -> String {
    try #require(GuidelineBook().chapter(code)).digest.hexadecimal
  }

  private static func reviews(_ server: SignedInServer) throws -> [GuidelineReview] {
    let chapter = try #require(GuidelineBook().chapter("child"))
    return try server.district.guidelineReviews().history(of: chapter)
  }

  /// One browser reads all: a worker has a few sessions at once, and other tests have theirs.
  @Test func everyChapterIsRead() async throws {
    let server = try await SignedInServer.shared()
    var browser = try await server.signIn(.kader)
    for code in GuidelineBook().chapters.map(\.code) {
      for language in Language.allCases {
        browser.cookies[Cookies.language] = language.rawValue
        let answer = try await browser.get("/guidelines/\(code)")
        #expect(answer.status == 200, "\(code)")
        try RouteTests.expectSound(answer, language: language)
        // A kader reads and signs nothing.
        #expect(!answer.text.contains("name=\"decision\""), "\(code)")
        #expect(!answer.text.contains("<textarea"), "\(code)")
        let words = Words(try Phrases(language))
        #expect(answer.text.contains(words["guidelines.who_signs"]), "\(code)")
        let ids = try PageText.matches(" id=\"([^\"]+)\"", in: answer.text)
        #expect(Set(ids).count == ids.count, "\(code)")
      }
      let index = try await browser.get("/guidelines").text
      #expect(index.contains("href=\"/guidelines/\(code)\""))
    }
    #expect(try await browser.get("/guidelines/tidak_ada").status == 404)
  }

  @Test func onlyWhoHasARegistrationNumberSigns() async throws {
    let server = try await SignedInServer.start()
    var head = try await server.signIn(.puskesmasHead)
    let before = try server.facts()
    let page = try await head.get(Self.path).text
    #expect(page.contains("Nomor STR Anda belum tercatat"))
    #expect(!page.contains("name=\"decision\"") && !page.contains("Pedoman disahkan oleh kepala"))
    let fields = [("decision", "signed"), ("digest", try Self.digest("child"))]
    let refused = try await head.post(Self.path, fields)
    #expect(refused.status == 400)
    #expect(refused.text.contains("Nomor STR Anda belum tercatat"))
    #expect(try server.facts() == before)
    var midwife = try await server.signIn(.clusterWorker)
    #expect(try await midwife.post(Self.path, fields).status == 403)
    #expect(try server.facts() == before)
  }

  @Test func aSignatureStandsInEveryWhyAndInTheLog() async throws {
    let server = try await SignedInServer.start()
    try await Self.register(.puskesmasHead, in: server)
    var head = try await server.signIn(.puskesmasHead)
    let midwife = try await server.signIn(.clusterWorker)
    let plan = "/people/\(Self.child.text)/care"
    let before = try await midwife.get(plan).text
    #expect(before.contains(Self.unsigned))
    #expect(before.contains("href=\"\(Self.path)#service-"))

    #expect(try await head.get(Self.path).text.contains("name=\"decision\""))
    let answer = try await head.post(
      Self.path, [("decision", "signed"), ("digest", try Self.digest("child"))])
    #expect(answer.status == 303)
    #expect(answer["location"] == "\(Self.path)?done=signed")
    let review = try #require(try Self.reviews(server).first)
    #expect(review.by == TwoPuskesmas.worker(.puskesmasHead))
    #expect(review.body.decision == .signed)
    #expect(review.registrationNumber == "STR-4-2025")

    let signature = "Disahkan oleh Petugas uji4 (STR STR-4-2025)"
    #expect(try await midwife.get(plan).text.contains(signature))
    #expect(try await midwife.get(Self.path).text.contains(signature))
    #expect(try await midwife.get("/guidelines").text.contains(signature))
    // Growth is a chapter of its own, which nobody has signed.
    let why = Links.measurement(TwoPuskesmas.Side.north.measurement(1), of: Self.child)
    #expect(try await midwife.get(why).text.contains(Self.unsigned))
    var filter = AuditFilter()
    filter.actions = [AuditCode(Action.signGuidelines)]
    let entries = try server.log.entries(filter).entries.map(\.entry)
    #expect(entries.count == 1)
    #expect(entries.first?.author.worker == TwoPuskesmas.worker(.puskesmasHead))
  }

  @Test func whatIsWrongIsKeptByRule() async throws {
    let server = try await SignedInServer.start()
    try await Self.register(.districtManager, in: server)
    var manager = try await server.signIn(.districtManager)
    let page = try await manager.get(Self.path).text
    let rule = try #require(
      try PageText.matches("name=\"wrong-(service-\\d+)\"", in: page).first)
    let sent = [
      ("decision", "objections"), ("digest", try Self.digest("child")),
      ("wrong-\(rule)", "Umurnya <12 bulan"), ("wrong-whole", "Sumber lama"),
      ("wrong-tidak-ada", "tidak dibaca"),
    ]
    #expect(try await manager.post(Self.path, sent).status == 303)
    let review = try #require(try Self.reviews(server).first)
    #expect(
      review.body.objections.map { String(decoding: $0.text, as: UTF8.self) }
        == ["Sumber lama", "Umurnya <12 bulan"])
    #expect(
      review.body.objections.map { String(decoding: $0.rule, as: UTF8.self) } == ["", rule])
    let shown = try await manager.get(Self.path).text
    #expect(shown.contains("Umurnya &lt;12 bulan"))
    #expect(shown.contains("href=\"\(Self.path)#\(rule)\""))
    #expect(shown.contains("Belum disahkan: Petugas uji7 (STR STR-7-2025) menandai yang keliru"))
  }

  /// Nothing is recorded, and what was written comes back.
  @Test func aHalfFilledFormComesBack() async throws {
    let server = try await SignedInServer.start()
    try await Self.register(.puskesmasHead, in: server)
    var head = try await server.signIn(.puskesmasHead)
    let digest = try Self.digest("child")
    let before = try server.facts()
    let wrong = ("wrong-whole", "Perlu dicek lagi")
    let cases: [([(String, String)], Int, String)] = [
      ([("digest", digest), wrong], 400, "Pilih dahulu"),
      ([("decision", "signed"), ("digest", digest), wrong], 400, "Anda memilih mengesahkan"),
      ([("decision", "objections"), ("digest", digest)], 400, "Tulis apa yang keliru"),
      (
        [("decision", "objections"), ("digest", try Self.digest("newborn")), wrong], 409,
        "Isi pedoman berubah"
      ),
    ]
    for (sent, status, message) in cases {
      let answer = try await head.post(Self.path, sent)
      #expect(answer.status == status, "\(message)")
      #expect(answer.text.contains(message))
      if sent.contains(where: { $0.0 == wrong.0 }) { #expect(answer.text.contains(wrong.1)) }
    }
    #expect(try server.facts() == before)
    #expect(try await head.post("/guidelines/tidak_ada", cases[0].0).status == 404)
  }
}
