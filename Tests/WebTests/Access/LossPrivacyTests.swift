import Foundation
import Guidance
import Health
import HTTPTypes
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// What a kader is told of a woman whose pregnancy was lost: that it ended, and nothing from which
/// the loss, its day or its week follows, on whatever page or in whatever file.
@Suite struct LossPrivacyTests {
  private static let mother = TwoPuskesmas.Side.north.mother(1)
  private static let sentBefore = TwoPuskesmas.id(5_001)

  private static func record(
    _ kind: FactKind, on day: CivilDate, _ body: [UInt8], as id: Identifier? = nil,
    in server: SignedInServer
  ) async throws {
    let recording = Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker))
    let fact = recording.fact(
      kind, of: mother, on: day, at: TwoPuskesmas.Side.north.posyandu(1), body)
    _ = try await server.district.record([id.map { fact.identified(as: $0) } ?? fact])
  }

  /// Pregnant since the 27th of March 2025, sent to a doctor in the pregnancy, lost on the 11th of
  /// June (10 weeks and 6 days), and seen after it.
  private static func lose(
    _ outcome: PregnancyOutcome, in server: SignedInServer
  ) async throws {
    var pregnancy = PregnancyBody()
    pregnancy.lastMenstrualPeriod = TwoPuskesmas.day(2025, 3, 27)
    try await record(.pregnancy, on: TwoPuskesmas.day(2025, 5, 5), pregnancy.bytes, in: server)
    var referral = ReferralBody(facility: nil, facilityName: Array("RS Contoh Rujukan".utf8))
    referral.words = Array("perdarahan hamil muda".utf8)
    try await record(
      .referral, on: TwoPuskesmas.day(2025, 6, 9), referral.bytes, as: sentBefore, in: server)
    let end = PregnancyEndBody(outcome: outcome)
    try await record(.pregnancyEnd, on: TwoPuskesmas.day(2025, 6, 11), end.bytes, in: server)
    var seen = VisitBody(setting: .pustu, performer: .midwife, purposes: .postnatal)
    seen[DataElement.smellyLochia.code] = 0
    seen[DataElement.wombInfection.code] = 1
    seen[DataElement.bleeding.code] = 1
    seen[DataElement.lossReviewed.code] = 1
    try await record(.visit, on: TwoPuskesmas.day(2025, 6, 12), seen.bytes, in: server)
    var planning = VisitBody(setting: .pustu, performer: .midwife, purposes: .familyPlanning)
    planning[DataElement.wombInfection.code] = 1
    try await record(.visit, on: TwoPuskesmas.day(2025, 6, 19), planning.bytes, in: server)
    let refused = RefusalBody(service: 131, reason: .declined)
    try await record(.refusal, on: TwoPuskesmas.day(2025, 6, 12), refused.bytes, in: server)
  }

  /// Every page and file of the permissions table that is about the woman, her family or her place,
  /// and the forms by name.
  private static var paths: [String] {
    let ids: [(String, Identifier)] = [
      ("/people/{id}", mother), ("/children/{id}", mother),
      ("/families/{id}", TwoPuskesmas.Side.north.family(1)),
      ("/places/{id}", TwoPuskesmas.Side.north.posyandu(1)),
    ]
    let own = RoutePermissions.table.keys.filter { $0.method == .get }.compactMap { route in
      ids.first { route.path.hasPrefix($0.0) }.map { pattern, id in
        route.path.replacing(pattern, with: pattern.replacing("{id}", with: id.text))
          .replacing("{fact}", with: sentBefore.text).replacing("{place}", with: sentBefore.text)
      }
    }
    let forms = CareBook.motherAndChild.forms.map { "/people/\(mother.text)/visit?form=\($0.name)" }
    let lists = ["/", "/families", "/families.csv", "/search?q=sulastri", "/search.csv?q=sulastri"]
    return (own + forms + lists + [ReferralLetter.address(sentBefore)]).sorted()
  }

  /// Words of the catalogue that tell of a loss, its day and its week, and what was answered after
  /// it.
  private static func telling(_ words: Words) -> [String] {
    let keys =
      ["miscarriage", "ectopic", "molar"].map { "care.outcomes.\($0)" }
      + ["loss_seen_again", "contraception_after_loss"].map { "care.services.\($0)" }
      + ["smelly_lochia", "womb_infection", "loss_reviewed"].map { "care.elements.\($0)" }
      + ["care.tables.end_of_pregnancy", "care.forms.after_loss", "care.forms.postnatal"]
      + ["care.outcomes.live_birth", "referrals.no_answer"]
    return keys.map { words[$0] } + [
      "11 Juni 2025", "12 Juni 2025", "10 minggu 6 hari", "lahir hidup", "post-abortion",
      "perdarahan hamil muda",
    ]
  }

  @Test(arguments: [PregnancyOutcome.miscarriage, .ectopic, .molar])
  func noPageTellsAKader(_ outcome: PregnancyOutcome) async throws {
    let server = try await SignedInServer.start()
    try await Self.lose(outcome, in: server)
    let kader = try await server.signIn(.kader)
    let words = Words(try Phrases(.indonesian))
    var opened = 0
    for path in Self.paths {
      let answer = try await kader.get(path)
      if answer.status == 200 { opened += 1 }
      for telling in Self.telling(words) {
        #expect(!answer.text.contains(telling), "\(path): \(telling)")
      }
    }
    #expect(opened > 12)
    // That it ended she is told, that what was found is urgent, and that is all.
    let call = words["care.kader_calls.hospital_now"]
    let care = try await kader.get(Links.person(Self.mother) + "/care").text
    #expect(care.contains(call) && !care.contains("Kunjungan berikut"))
    #expect(!care.contains(words["care.elements.bleeding"]))
    for path in ["", "/history"] {
      #expect(try await !kader.get(Links.person(Self.mother) + path).text.contains(call))
    }
    let ended = words["care.outcome_not_told"]
    #expect(try await kader.get(Links.person(Self.mother) + "/care").text.contains(ended))
    #expect(try await kader.get(Links.person(Self.mother) + "/history").text.contains(ended))
    #expect(
      try await kader.get(Links.person(Self.mother) + "/pregnancy/sheet").status == 404)
  }

  @Test func aKaderAsksForSignsOfDangerAndSendsHerOnTheSameDay() async throws {
    let server = try await SignedInServer.start()
    try await Self.lose(.miscarriage, in: server)
    var kader = try await server.signIn(.kader)
    let words = Words(try Phrases(.indonesian))
    let page = Links.person(Self.mother) + "/care"
    let name = words["care.forms.mother_danger_signs"]
    #expect(try await kader.get(page).text.contains(name))
    let form = "/people/\(Self.mother.text)/visit?form=mother_danger_signs"
    let sent = [("on", "2025-06-20"), ("e\(DataElement.fits.code)", "1")]
    let preview = try await kader.post(form, sent + [("act", "preview")])
    #expect(preview.text.contains(words["care.elements.fits"]))
    #expect(try await kader.post(form, sent + [("act", "save")]).status == 303)
    let after = try await kader.get(page).text
    #expect(after.contains(words["care.elements.fits"]))
    // What she saw herself is as urgent: nothing more is to be said.
    #expect(!after.contains(words["care.kader_calls.hospital_now"]))
    for telling in Self.telling(words) { #expect(!after.contains(telling), "\(telling)") }
    // Who looks after mothers has the form of a loss, and sees what the kader saw.
    let midwife = try await server.signIn(.pustuWorker).get(page).text
    #expect(!midwife.contains(name) && midwife.contains(words["care.elements.fits"]))
  }

  @Test func aPregnancyThatStoodOpenDoesNotComeBack() async throws {
    let server = try await SignedInServer.start()
    var older = PregnancyBody()
    older.lastMenstrualPeriod = TwoPuskesmas.day(2025, 1, 2)
    try await Self.record(
      .pregnancy, on: TwoPuskesmas.day(2025, 3, 5), older.bytes, in: server)
    try await Self.lose(.miscarriage, in: server)
    let kader = try await server.signIn(.kader)
    let words = Words(try Phrases(.indonesian))
    let page = try await kader.get(Links.person(Self.mother) + "/care").text
    #expect(page.contains(words["care.outcome_not_told"]))
    for telling in [words["care.forms.antenatal"], words["care.form_pregnancy_end"]] {
      #expect(!page.contains(telling), "\(telling)")
    }
    let sheet = try await kader.get(Links.person(Self.mother) + "/pregnancy/sheet")
    #expect(sheet.status == 404)
  }

  @Test func whoLooksAfterMothersReadsAllOfIt() async throws {
    let server = try await SignedInServer.start()
    try await Self.lose(.miscarriage, in: server)
    let midwife = try await server.signIn(.pustuWorker)
    let words = Words(try Phrases(.indonesian))
    let history = try await midwife.get(Links.person(Self.mother) + "/history").text
    for told in [
      words["care.outcomes.miscarriage"], words["care.elements.womb_infection"],
      words["care.services.contraception_after_loss"], "11 Juni 2025",
    ] { #expect(history.contains(told), "\(told)") }
    let care = try await midwife.get(Links.person(Self.mother) + "/care").text
    #expect(care.contains(words["care.forms.after_loss"]))
    #expect(try await midwife.get(Links.person(Self.mother) + "/pregnancy/sheet").status == 200)
    #expect(try await midwife.get(ReferralLetter.address(Self.sentBefore)).status == 200)
  }

  @Test func aStillbirthIsCaredForAndHowItEndedIsNotTold() async throws {
    let server = try await SignedInServer.start()
    try await Self.lose(.stillbirth, in: server)
    let kader = try await server.signIn(.kader)
    let words = Words(try Phrases(.indonesian))
    for path in ["/care", "/history", "/pregnancy/sheet"] {
      let page = try await kader.get(Links.person(Self.mother) + path)
      #expect(page.status == 200, "\(path)")
      for telling in [
        words["care.outcomes.stillbirth"], "lahir hidup",
        words["care.classes.ended_stillbirth"], "10 minggu 6 hari",
      ] { #expect(!page.text.contains(telling), "\(path): \(telling)") }
    }
    let care = try await kader.get(Links.person(Self.mother) + "/care").text
    #expect(care.contains(words["care.forms.postnatal"]))
  }

  /// What a health worker writes freely may tell of a stillbirth anywhere: of a letter of others a
  /// kader reads who, from where, to where, how soon and when; of her own all of it.
  @Test func theWordsOfALetterAreReadByAKaderWhereSheWroteThem() async throws {
    let server = try await SignedInServer.start()
    try await Self.lose(.stillbirth, in: server)
    let words = Words(try Phrases(.indonesian))
    let free = ["Lahir mati 38 minggu", "Rahim lembek", "Oksitosin 10 IU"]
    let answered = ["Sudah dikuret", "Dukungan duka"]
    func refer(_ client: inout Browser) async throws -> String {
      let sent = [
        ("facility", TwoPuskesmas.clinic.text), ("urgency", "1"), ("words", free[0]),
        ("findings", free[1]), ("treatment", free[2]),
      ]
      let path = Links.person(Self.mother) + "/referral"
      return try #require(try await client.post(path, sent)["Location"])
    }
    func answer(_ letter: String) async throws {
      var clinic = try await server.signIn(.privateFacility)
      let code = try #require(
        letter.split(separator: "code=").last.flatMap { String($0).removingPercentEncoding })
      let sent = [
        ("code", code), ("outcome", "2"), ("findings", answered[0]), ("advice", answered[1]),
      ]
      #expect(try await clinic.post("/referrals", sent).status == 303)
    }
    let carePage = Links.person(Self.mother) + "/care"
    var midwife = try await server.signIn(.pustuWorker)
    var kader = try await server.signIn(.kader)
    let letter = try await refer(&midwife)
    try await answer(letter)
    let read = try await kader.get(letter)
    #expect(read.status == 200)
    for shown in [
      "Klinik Uji", "Rujuk segera", "20 Juni 2025", words["referrals.words_withheld"],
      "Petugas \(TwoPuskesmas.userName(.pustuWorker))", words["referrals.outcomes.sent_back"],
    ] { #expect(read.text.contains(shown), "\(shown)") }
    let full = try await midwife.get(letter).text
    let plan = try await kader.get(carePage).text
    for told in free + answered + [words["referrals.reasons"]] {
      #expect(!read.text.contains(told) && !plan.contains(told), "\(told)")
      #expect(full.contains(told), "\(told)")
    }
    #expect(!full.contains(words["referrals.words_withheld"]))
    #expect(try await midwife.get(carePage).text.contains(answered[1]))
    let own = try await refer(&kader)
    try await answer(own)
    let ownText = try await kader.get(own).text
    for told in free + answered { #expect(ownText.contains(told), "\(told)") }
    #expect(!ownText.contains(words["referrals.words_withheld"]))
    #expect(try await kader.get(carePage).text.contains(answered[1]))
  }

  /// After a loss too she opens what she wrote; of the answer she reads how it ended, for its words
  /// may tell of the loss. Letters of others stay closed.
  @Test func afterALossAKaderOpensHerOwnLetter() async throws {
    let server = try await SignedInServer.start()
    try await Self.lose(.miscarriage, in: server)
    let words = Words(try Phrases(.indonesian))
    var kader = try await server.signIn(.kader)
    let sent = [
      ("facility", TwoPuskesmas.clinic.text), ("urgency", "1"), ("words", "Lemas dan pucat"),
    ]
    let letter = try #require(
      try await kader.post(Links.person(Self.mother) + "/referral", sent)["Location"])
    #expect(try await kader.get(letter).text.contains("Lemas dan pucat"))
    var clinic = try await server.signIn(.privateFacility)
    let code = try #require(
      letter.split(separator: "code=").last.flatMap { String($0).removingPercentEncoding })
    let answer = [
      ("code", code), ("outcome", "2"), ("findings", "Sisa keguguran"), ("advice", "Kuret"),
    ]
    #expect(try await clinic.post("/referrals", answer).status == 303)
    let read = try await kader.get(letter)
    #expect(read.status == 200 && read.text.contains("Lemas dan pucat"))
    #expect(read.text.contains(words["referrals.outcomes.sent_back"]))
    for told in ["Sisa keguguran", "Kuret"] { #expect(!read.text.contains(told)) }
    #expect(try await kader.get(ReferralLetter.address(Self.sentBefore)).status == 404)
  }
}
