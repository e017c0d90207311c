import Foundation
import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// Referrals: the form, the letter, who opens it by its code, and the answer.
@Suite struct ReferralTests {
  private static let child = TwoPuskesmas.Side.north.child(2)
  private static let path = Links.person(child) + "/referral"

  private static func sent(_ more: [(String, String)] = []) -> [(String, String)] {
    [
      ("facility", TwoPuskesmas.clinic.text), ("urgency", "1"), ("words", "Sesak napas berat"),
      ("findings", "Napas 62 kali/menit\r\nSuhu 39,1"), ("treatment", "Oksigen"),
    ] + more
  }

  /// Refers the child to the clinic.
  ///
  /// - Returns: where the letter is.
  private static func refer(_ server: SignedInServer) async throws -> String {
    var worker = try await server.signIn(.clusterWorker)
    #expect(try await worker.get(path).text.contains("Klinik Uji"))
    let answer = try await worker.post(path, sent())
    #expect(answer.status == 303)
    return try #require(answer["Location"])
  }

  @Test func hospitalsStandFirst() async throws {
    let server = try await SignedInServer.start()
    let hospital = Identifier.fresh(at: SmallDistrict.today)
    let body = PlaceBody(
      kind: .hospital, name: Array("RS Zaitun".utf8), code: [], partOf: nil)
    _ = try await server.district.record([
      Recording(at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker)).fact(
        .place, of: hospital, on: SmallDistrict.today.day(hoursEastOfGreenwich: 7), at: nil,
        body.bytes)
    ])
    let page = try await server.signIn(.clusterWorker).get(Self.path).text
    let far = try #require(page.range(of: "RS Zaitun"))
    let near = try #require(page.range(of: "Klinik Uji"))
    #expect(far.lowerBound < near.lowerBound)
  }

  @Test func theLetterSaysWhatTheReceiverNeeds() async throws {
    let server = try await SignedInServer.start()
    let letter = try await Self.refer(server)
    let page = try await server.signIn(.clusterWorker).get(letter).text
    for text in [
      "Surat rujukan", "Klinik Uji", "Bagas2 \(TwoPuskesmas.northern)", "Rujuk segera",
      "Sesak napas berat", "Napas 62 kali/menit; Suhu 39,1", "Oksigen",
      "Petugas \(TwoPuskesmas.userName(.clusterWorker))", "<svg class=\"qr\"",
    ] {
      #expect(page.contains(text), "\(text)")
    }
    // Neither the address nor the code tells who it is, and no number of the person is printed.
    #expect(!letter.contains(Self.child.text))
    #expect(!page.contains(TwoPuskesmas.Side.north.number(102)))
    let entries = try server.log.entries(about: Self.child).entries.map(\.entry)
    #expect(entries.contains { $0.route == "GET /referrals" && $0.detail.form == "print" })
    #expect(entries.contains { $0.route == "POST /people/{id}/referral" })
  }

  @Test func theReceiverOpensTheLetterAndAnswers() async throws {
    let server = try await SignedInServer.start()
    let letter = try await Self.refer(server)
    var clinic = try await server.signIn(.privateFacility)
    // The letter, and nothing else of the record.
    #expect(try await clinic.get(Links.person(Self.child)).status == 404)
    let page = try await clinic.get(letter)
    #expect(page.status == 200)
    #expect(page.text.contains("Sesak napas berat") && page.text.contains("Jawab rujukan ini"))
    let code = try #require(
      letter.split(separator: "code=").last.flatMap { String($0).removingPercentEncoding })
    #expect(try await clinic.post("/referrals", [("code", code)]).status == 400)
    let before = try server.facts()
    let answer = try await clinic.post(
      "/referrals",
      [
        ("code", code), ("outcome", "2"), ("findings", "Pneumonia, membaik"),
        ("advice", "Kontrol tiga hari lagi"),
      ])
    #expect(answer.status == 303)
    #expect(try server.facts() == before + 1)
    let worker = try await server.signIn(.clusterWorker)
    let answered = try await worker.get(letter).text
    #expect(answered.contains("Pneumonia, membaik"))
    #expect(answered.contains("Kontrol tiga hari lagi"))
    #expect(!answered.contains("Jawab rujukan ini"))
    let care = try await worker.get(Links.person(Self.child) + "/care").text
    #expect(care.contains("Sudah ditangani, dikembalikan ke pengirim"))
    // Who answered, when and where, and what the sender is asked to do.
    let who = "oleh Petugas \(TwoPuskesmas.userName(.privateFacility)), Klinik Uji."
    for page in [answered, care] {
      #expect(page.contains("Dijawab 20 Juni 2025") && page.contains(who))
      #expect(page.contains("Kontrol tiga hari lagi"))
    }
    // What the receiver wrote the sender does not take back.
    let history = try await worker.get(Links.person(Self.child) + "/history").text
    let own = try #require(try server.district.person(Self.child)).person
    let given = try #require(
      try server.district.keptVisits(of: own).first { $0.alone?.kind == .referralAnswer }?.main)
    #expect(history.contains("/withdraw") && !history.contains("\(given.id.text)/withdraw"))
    // Whoever received somebody knows them from then on.
    #expect(try await clinic.get(Links.person(Self.child)).status == 200)
  }

  @Test func aReferralThatWasNoneIsTakenBack() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    let letter = try await Self.refer(server)
    clock.advance(milliseconds: 1)
    let person = try #require(try server.district.person(Self.child)).person
    let kept = try #require(
      try server.district.keptVisits(of: person).first { $0.alone?.kind == .referral })
    let fact = try #require(kept.main).id.text
    let path = "/people/\(Self.child.text)/visits/\(fact)"
    var worker = try await server.signIn(.clusterWorker)
    let history = try await worker.get(Links.person(Self.child) + "/history").text
    #expect(history.contains("\(path)/withdraw") && !history.contains("\(path)\""))
    #expect(try await server.signIn(.kader).get(path + "/withdraw").status == 404)
    let page = try await worker.get(path + "/withdraw").text
    #expect(page.contains("Rujukan ini tidak jadi dibuat"))
    let fields = try ["entry", "based_on"].map { name in
      (
        name,
        try #require(try PageText.matches("name=\"\(name)\" value=\"([^\"]+)\"", in: page).first)
      )
    }
    #expect(try await worker.get(letter).status == 200)
    let answer = try await worker.post(path + "/withdraw", fields + [("reason", "2")])
    #expect(answer.status == 303)
    #expect(try server.district.referrals(of: person).isEmpty)
    #expect(try await worker.get(letter).status == 404)
    let now = try await worker.get(Links.person(Self.child) + "/history").text
    #expect(now.contains("Rujukan ini tidak jadi dibuat"))
  }

  @Test func nobodyElseOpensTheLetter() async throws {
    let server = try await SignedInServer.start()
    let letter = try await Self.refer(server)
    // Another Posyandu's kader, and roles that see nobody's care.
    #expect(try await server.signIn(.kader).get(letter).status == 404)
    for role in [Role.districtManager, .auditor, .otherSector, .administrator] {
      #expect(try await server.signIn(role).get(letter).status == 403)
    }
    let entries = try server.log.entries(about: Self.child).entries.map(\.entry)
    #expect(entries.contains { $0.route == "GET /referrals" && $0.outcome == .refused })
    // What is no number, and a number of no referral.
    let worker = try await server.signIn(.clusterWorker)
    let wrong = try await worker.get("/referrals?code=ABC")
    #expect(wrong.status == 404 && wrong.text.contains("Tidak ada rujukan dengan nomor ini"))
    let other = ReferralLetter.address(TwoPuskesmas.Side.north.measurement(2))
    #expect(try await worker.get(other).status == 404)
    #expect(try await worker.get("/referrals").status == 200)
  }

  @Test func aReferralNeedsWhereToWhenAndWhy() async throws {
    let server = try await SignedInServer.start()
    var worker = try await server.signIn(.clusterWorker)
    let before = try server.facts()
    for (name, value) in [
      ("facility", ""), ("facility", TwoPuskesmas.Side.north.posyandu(1).text), ("urgency", ""),
      ("words", ""), ("words", String(repeating: "x", count: 1_001)),
    ] {
      let fields = Self.sent().map { $0.0 == name ? (name, value) : $0 }
      let answer = try await worker.post(Self.path, fields)
      #expect(answer.status == 400, "\(name)")
      #expect(answer.text.contains("Oksigen"))
    }
    #expect(try server.facts() == before)
    // A facility of another district is written by its name.
    let elsewhere = Self.sent([("facility_name", "RSUD Contoh")])
      .map { $0.0 == "facility" ? ("facility", "") : $0 }
    let answer = try await worker.post(Self.path, elsewhere)
    #expect(answer.status == 303)
    let letter = try #require(answer["Location"])
    let page = try await worker.get(letter).text
    #expect(page.contains("RSUD Contoh"))
    // Nobody there has an account: the answer comes back on paper and is copied by the sender.
    #expect(page.contains("Salin jawaban dari surat rujukan balik"))
    let code = try #require(
      letter.split(separator: "code=").last.flatMap { String($0).removingPercentEncoding })
    let copied = [("code", code), ("outcome", "2"), ("findings", "Sudah pulang")]
    #expect(try await worker.post("/referrals", copied).status == 303)
    let care = try await worker.get(Links.person(Self.child) + "/care").text
    #expect(care.contains("dikembalikan ke pengirim"))
    #expect(care.contains("oleh Petugas \(TwoPuskesmas.userName(.clusterWorker))"))
  }

  @Test func anAnswerIsNotLostAndALaterOneStandsBesideIt() async throws {
    let server = try await SignedInServer.start()
    let letter = try await Self.refer(server)
    var clinic = try await server.signIn(.privateFacility)
    let code = try #require(
      letter.split(separator: "code=").last.flatMap { String($0).removingPercentEncoding })
    let wrong = try await clinic.post(
      "/referrals", [("code", code), ("findings", "Pneumonia"), ("advice", "Kontrol")])
    #expect(wrong.status == 400)
    #expect(
      wrong.text.contains(">Pneumonia</textarea>") && wrong.text.contains(">Kontrol</textarea>"))
    // The sender's findings are not the receiver's.
    let empty = try await clinic.get(letter).text
    #expect(empty.contains("name=\"findings\" maxlength=\"1000\"></textarea>"))
    for (outcome, found) in [("1", "Dirawat inap"), ("2", "Sembuh")] {
      let sent = [("code", code), ("outcome", outcome), ("findings", found)]
      #expect(try await clinic.post("/referrals", sent).status == 303)
    }
    let page = try await clinic.get(letter).text
    #expect(page.contains("Dirawat inap") && page.contains("Sembuh"))
    #expect(page.contains("Diterima dan ditangani") && page.contains("dikembalikan ke pengirim"))
    // The receiver finds the letter again from the care plan.
    let care = try await clinic.get(Links.person(Self.child) + "/care")
    #expect(care.status == 200 && care.text.contains("Rujukan 20 Juni 2025"))
  }

  @Test func onlyWhatMustBeReferredNowIsTicked() async throws {
    let server = try await SignedInServer.start()
    let mother = TwoPuskesmas.Side.north.mother(1)
    let recording = Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker))
    var pregnancy = PregnancyBody()
    pregnancy.lastMenstrualPeriod = TwoPuskesmas.day(2024, 12, 12)
    var measured = MeasurementBody()
    measured.armCircumference = Length(tenthsOfMillimetre: 2_200)
    let today = SmallDistrict.today.day(hoursEastOfGreenwich: 7)
    let place = TwoPuskesmas.Side.north.posyandu(1)
    _ = try await server.district.record([
      recording.fact(.pregnancy, of: mother, on: today, at: place, pregnancy.bytes),
      recording.fact(.measurement, of: mother, on: today, at: place, measured.bytes),
    ])
    let worker = try await server.signIn(.pustuWorker)
    let path = Links.person(mother) + "/referral"
    let page = try await worker.get(path).text
    // Chronic energy deficiency by the arm: to the doctor, and not today.
    let value = ReferralText.value(.classified(table: 2, row: 1))
    #expect(page.contains("name=\"reason\" value=\"\(value)\">"))
    #expect(!page.contains("value=\"\(value)\" checked"))
    // Nothing is urgent: how soon is for the sender to say.
    #expect(!page.contains("<option value=\"1\" selected>"))
    // Which rule it is, and what it asks for.
    #expect(page.contains("Tangani di fasilitas") && page.contains("#table-2"))
    var bleeding = VisitBody(setting: .puskesmas, performer: .midwife, purposes: .antenatal)
    bleeding[DataElement.bleeding.code] = 1
    _ = try await server.district.record([
      recording.fact(.visit, of: mother, on: today, at: place, bleeding.bytes)
    ])
    let both = try await worker.get(path).text
    #expect(both.contains("value=\"d\(DataElement.bleeding.code)\" checked"))
    #expect(!both.contains("value=\"\(value)\" checked"))
    #expect(both.contains("<option value=\"1\" selected>"))
    #expect(both.contains("(20 Juni 2025)") && both.contains("Sekarang juga: tolong, lalu rujuk"))
  }

  @Test func signsOfDangerAreOfferedAsReasonsWithTheirSource() async throws {
    let server = try await SignedInServer.start()
    let mother = TwoPuskesmas.Side.north.mother(1)
    let recording = Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker))
    var pregnancy = PregnancyBody()
    pregnancy.lastMenstrualPeriod = TwoPuskesmas.day(2024, 12, 12)
    var seen = VisitBody(setting: .puskesmas, performer: .midwife, purposes: .antenatal)
    seen[DataElement.bleeding.code] = 1
    let today = SmallDistrict.today.day(hoursEastOfGreenwich: 7)
    let place = TwoPuskesmas.Side.north.posyandu(1)
    _ = try await server.district.record([
      recording.fact(.pregnancy, of: mother, on: today, at: place, pregnancy.bytes),
      recording.fact(.visit, of: mother, on: today, at: place, seen.bytes),
    ])
    var worker = try await server.signIn(.pustuWorker)
    let path = Links.person(mother) + "/referral"
    let reason = "d\(DataElement.bleeding.code)"
    let page = try await worker.get(path).text
    #expect(page.contains("value=\"\(reason)\" checked"))
    #expect(page.contains("Hamil 27 minggu 1 hari"))
    let sent = Self.sent([("reason", reason)]).filter { $0.0 != "words" }
    let answer = try await worker.post(path, sent)
    #expect(answer.status == 303)
    let letter = try await worker.get(try #require(answer["Location"])).text
    #expect(letter.contains("Tanda bahaya: "))
    // What nobody found is no reason.
    let invented = Self.sent([("reason", "d\(DataElement.fits.code)")]).filter { $0.0 != "words" }
    #expect(try await worker.post(path, invented).status == 400)
  }
}
