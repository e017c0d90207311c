import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// Vaccinations in the browser: what is due and why, the doses of a day, what a book tells, what was
/// written down by mistake, and the card. The child was born on 1 January 2024 and has no dose; it
/// is 20 June 2025.
@Suite struct ImmunizationPageTests {
  private static let child = TwoPuskesmas.patient
  private static let other = TwoPuskesmas.Side.north.child(2)
  private static let mother = TwoPuskesmas.Side.north.mother(1)
  private static let today = SmallDistrict.today.day(hoursEastOfGreenwich: 7)
  private static let dpt = OfferedVaccine.card(.dptHBHib).service
  private static let measles = OfferedVaccine.card(.measlesRubella).service

  private static func path(_ page: String, of person: Identifier = child) -> String {
    "/people/\(person.text)/immunizations" + page
  }

  private static func told(
    _ server: SignedInServer, of person: Identifier = child
  ) throws -> PersonImmunization {
    try #require(try server.district.immunization(of: person, on: today))
  }

  private static func basis(_ page: String) throws -> String {
    try #require(try PageText.matches("name=\"based_on\" value=\"([^\"]+)\"", in: page).first)
  }

  /// What stands in a field of text.
  private static func value(of field: String, in page: String) throws -> String? {
    try PageText.matches("name=\"\(field)\"[^>]* value=\"([^\"]*)\"", in: page).first
  }

  @Test func theCarePlanSaysWhichDosesAreDueAndWhy() async throws {
    let server = try await SignedInServer.shared()
    let care = "/people/\(Self.child.text)/care"
    let page = try await server.signIn(.pustuWorker).get(care).text
    #expect(page.contains("<h2 id=\"immunization\">Imunisasi</h2>"))
    #expect(page.contains("DPT-HB-Hib 1") && page.contains("31 Maret 2024"))
    #expect(page.contains("Buku KIA: pelayanan imunisasi") && page.contains("id-kmk-35-2025"))
    #expect(page.contains("Menurut umur") && page.contains("Tidak lengkap pada waktunya"))
    #expect(page.contains(Self.path("/today")) && page.contains(Self.path("/book")))
    // Whoever may not write care down is led to no form.
    let head = try await server.signIn(.puskesmasHead).get(care).text
    #expect(head.contains("DPT-HB-Hib 1") && head.contains(Self.path("")))
    #expect(!head.contains(Self.path("/today")) && !head.contains(Self.path("/book")))
  }

  @Test func aDoseIsGivenWithOneTapAndItsBatchIsRememberedForTheSameWorker() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let page = try await midwife.get(Self.path("/today")).text
    #expect(page.contains("name=\"v\(Self.dpt)\"") && page.contains("name=\"v\(Self.measles)\""))
    // Past the age, or for school: not offered.
    let bcg = OfferedVaccine.card(.bcg).service
    #expect(!page.contains("name=\"v\(bcg)\""))
    let sent = [
      ("on", "2025-06-20"), ("v\(Self.dpt)", "given"), ("p\(Self.dpt)", "198"),
      ("b\(Self.dpt)", "CTH 7:a!"),
    ]
    #expect(try await midwife.post(Self.path("/today"), sent).status == 303)
    let dose = try #require(try Self.told(server).doses.first)
    #expect(dose.product == .pentavalent && dose.day == Self.today)
    #expect(dose.body.origin == .givenHere && dose.body.batch == Array("CTH 7:a!".utf8))
    #expect(String(decoding: dose.body.dose, as: UTF8.self) == "DPT-HB-Hib 1")
    #expect(dose.recorder == TwoPuskesmas.worker(.pustuWorker))
    let next = try await midwife.get(Self.path("/today", of: Self.other)).text
    #expect(try Self.value(of: "b\(Self.dpt)", in: next) == "CTH 7:a!")
    #expect(try Self.value(of: "b\(Self.measles)", in: next) == nil)
    var nurse = try await server.signIn(.clusterWorker)
    nurse.cookies[Cookies.batches] = midwife.cookies[Cookies.batches]
    let others = try await nurse.get(Self.path("/today", of: Self.other)).text
    #expect(try Self.value(of: "b\(Self.dpt)", in: others) == nil)
    // Who, when and with what can be read on the plan.
    let care = try await midwife.get("/people/\(Self.child.text)/care").text
    #expect(care.contains("CTH 7:a!") && care.contains("Dihitung"))
  }

  @Test func aBatchOfYesterdayIsNotOffered() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var midwife = try await server.signIn(.pustuWorker)
    let sent = [
      ("on", "2025-06-20"), ("v\(Self.dpt)", "given"), ("b\(Self.dpt)", "LAMA"),
    ]
    #expect(try await midwife.post(Self.path("/today"), sent).status == 303)
    let cookie = midwife.cookies[Cookies.batches]
    clock.advance(hours: 24)
    midwife = try await server.signIn(.pustuWorker)
    midwife.cookies[Cookies.batches] = cookie
    let page = try await midwife.get(Self.path("/today", of: Self.other)).text
    #expect(try Self.value(of: "b\(Self.dpt)", in: page) == nil)
  }

  @Test func whatWasNotGivenSaysWhyAndIsNotOfferedAgainToday() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let reasons: [(OfferedVaccine, String, RefusalBody.Reason)] = [
      (.card(.dptHBHib), "unwell", .unwell), (.card(.measlesRubella), "family", .family),
      (.card(.oralPolio), "out_of_stock", .outOfStock), (.card(.pneumococcus), "other", .other),
    ]
    let sent = [("on", "2025-06-20")] + reasons.map { ("v\($0.0.service)", $0.1) }
    #expect(try await midwife.post(Self.path("/today"), sent).status == 303)
    let told = try Self.told(server)
    #expect(told.doses.isEmpty && told.refusals.count == reasons.count)
    for (vaccine, _, reason) in reasons {
      #expect(told.refusals.contains { $0.vaccine == vaccine && $0.reason == reason })
    }
    let page = try await midwife.get(Self.path("/today")).text
    #expect(!page.contains("name=\"v\(Self.dpt)\"") && page.contains("sedang sakit"))
    let care = try await midwife.get("/people/\(Self.child.text)/care").text
    #expect(care.contains("Ditawarkan 20 Juni 2025, tidak diberikan: keluarga menolak"))
    let history = try await midwife.get(Links.person(Self.child) + "/history").text
    #expect(history.contains("DPT-HB-Hib: sedang sakit"))
    #expect(!history.contains("Layanan nomor"))
  }

  @Test func tooEarlyIsSaidWithTheFirstDayBeforeItIsKept() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let before = try server.facts()
    let sent = [("on", "2024-09-15"), ("v\(Self.measles)", "given"), ("p\(Self.measles)", "4")]
    let warned = try await midwife.post(Self.path("/today"), sent)
    #expect(warned.status == 400 && warned.text.contains("1 Oktober 2024"))
    #expect(warned.text.contains("name=\"confirm_doses\""))
    #expect(try server.facts() == before)
    #expect(
      try await midwife.post(Self.path("/today"), sent + [("confirm_doses", "1")]).status == 303)
    let dose = try #require(try Self.told(server).doses.first)
    #expect(dose.judgements.map(\.evaluation) == [DoseEvaluation(.notValid, .tooYoung)])
    // Sent twice it counts once.
    let twice = try await midwife.post(Self.path("/today"), sent + [("confirm_doses", "1")])
    #expect(twice.status == 400 && twice.text.contains("sudah tercatat"))
    #expect(try server.facts() == before + 1)
  }

  @Test func whatMeansNothingIsRefusedAndLosesNothing() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let before = try server.facts()
    let answered = ("v\(Self.dpt)", "given")
    let wrong: [([(String, String)], String)] = [
      ([("on", "2025-06-20")], "Belum ada yang diisi"),
      ([("on", ""), answered], "Bukan tanggal"),
      ([("on", "2025-06-21"), answered], "belum tiba"),
      ([("on", "2023-12-31"), answered], "Sebelum tanggal lahir"),
      ([("on", "2025-06-20"), answered, ("p\(Self.dpt)", "19")], "Pilih vaksinnya"),
      (
        [("on", "2025-06-20"), answered, ("b\(Self.dpt)", String(repeating: "x", count: 31))],
        "Terlalu panjang"
      ),
    ]
    for (sent, words) in wrong {
      let answer = try await midwife.post(Self.path("/today"), sent)
      #expect(answer.status == 400 && answer.text.contains(words), "\(words)")
    }
    #expect(try server.facts() == before)
  }

  @Test func theFormOfAVisitTakesTheDosesOfTheDay() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let form = "/people/\(Self.child.text)/visit?form=child"
    #expect(try await midwife.get(form).text.contains("name=\"v\(Self.dpt)\""))
    let weight = "e\(DataElement.weight.code)"
    let sent = [
      ("on", "2025-06-20"), ("setting", "2"), (weight, "9,4"), ("v\(Self.dpt)", "given"),
      ("b\(Self.dpt)", "B1"),
    ]
    let preview = try await midwife.post(form, sent + [("act", "preview")]).text
    #expect(preview.contains("Jika disimpan") && preview.contains("DPT-HB-Hib 2"))
    #expect(try Self.told(server).doses.isEmpty)
    #expect(try await midwife.post(form, sent + [("act", "save")]).status == 303)
    #expect(try Self.told(server).dose(1, of: .card(.dptHBHib))?.body.batch == Array("B1".utf8))
    // A dose alone is no visit.
    let before = try server.facts()
    let alone = [("on", "2025-06-20"), ("v\(Self.measles)", "given"), ("act", "save")]
    #expect(try await midwife.post(form, alone).status == 303)
    #expect(try server.facts() == before + 1)
    // What the engine objects to is read first, here as well.
    let early = [
      ("on", "2024-02-20"), ("v\(OfferedVaccine.card(.injectedPolio).service)", "given"),
      ("act", "save"),
    ]
    let warned = try await midwife.post(form, early)
    #expect(warned.status == 400 && warned.text.contains("1 Mei 2024"))
    #expect(try server.facts() == before + 1)
  }

  @Test func aPregnantWomanIsOfferedTetanusVaccineAlone() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let page = try await midwife.get(Self.path("/today", of: Self.mother)).text
    #expect(page.contains("Tidak ada dosis yang perlu"))
    var body = PregnancyBody()
    body.lastMenstrualPeriod = TwoPuskesmas.day(2025, 3, 1)
    let recording = Recording(at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.kader))
    _ = try await server.district.record([
      recording.fact(.pregnancy, of: Self.mother, on: Self.today, body.bytes)
    ])
    let form = "/people/\(Self.mother.text)/visit?form=antenatal"
    let service = OfferedVaccine.tetanus.service
    let offered = try await midwife.get(form).text
    #expect(try PageText.matches("name=\"v(\\d+)\"", in: offered).allSatisfy { $0 == "\(service)" })
    let sent = [("on", "2025-06-20"), ("v\(service)", "given"), ("act", "save")]
    #expect(try await midwife.post(form, sent).status == 303)
    #expect(try Self.told(server, of: Self.mother).tetanus?.level == 1)
    let care = try await midwife.get("/people/\(Self.mother.text)/care").text
    #expect(care.contains("Status T1, belum terlindung"))
  }

  @Test func aBookTellsDaysAsWellAsTheyAreKnown() async throws {
    let server = try await SignedInServer.start()
    var kader = try await server.signIn(.kader)
    let page = try await kader.get(Self.path("/book")).text
    #expect(page.contains("name=\"d1-1\"") && page.contains("name=\"d2-4\""))
    // What is given at school is not asked of a toddler.
    #expect(!page.contains("name=\"d10-1\""))
    let sent = [
      ("d1-1", "02-2024"), ("d3-1", "10-04-2024"), ("d2-1", "2024"), ("p1", "3"),
      ("x1", "2025-01-10"), ("origin", "3"), ("facility", "Klinik Sehat"),
    ]
    #expect(try await kader.post(Self.path("/book"), sent).status == 303)
    let told = try Self.told(server)
    #expect(
      told.doses.map(\.day) == [
        TwoPuskesmas.day(2024, 2, 15), TwoPuskesmas.day(2024, 4, 10),
        TwoPuskesmas.day(2024, 7, 1), TwoPuskesmas.day(2025, 1, 10),
      ])
    #expect(told.doses.map(\.body.dayKnownBy) == [.month, nil, .year, nil])
    #expect(told.doses.allSatisfy { $0.body.origin == .book && $0.body.batch.isEmpty })
    #expect(told.doses.allSatisfy { $0.body.facility == Array("Klinik Sehat".utf8) })
    #expect(told.dose(1, of: .card(.measlesRubella))?.product == .measlesMumpsRubella)
    let card = try await kader.get(Self.path("")).text
    #expect(
      card.contains("<strong>Februari 2024</strong>") && card.contains("<strong>2024</strong>"))
  }

  @Test func aDayThatCannotBeIsRefusedWithWhatMendsIt() async throws {
    let server = try await SignedInServer.start()
    var kader = try await server.signIn(.kader)
    let before = try server.facts()
    let wrong: [([(String, String)], String)] = [
      ([], "Belum ada yang diisi"), ([("d1-1", "31-02-2024")], "Bukan tanggal"),
      ([("d1-1", "13-2024")], "Bukan tanggal"), ([("d1-1", "07-2025")], "belum tiba"),
      ([("d1-1", "12-2023")], "Sebelum tanggal lahir"), ([("d1-1", "2025")], "tanggal lengkapnya"),
      ([("p1", "3")], "Pilih vaksin dan tulis tanggalnya"),
      ([("x1", "2025-01-10")], "Pilih vaksin dan tulis tanggalnya"),
      ([("d4-1", "01-02-2024")], "1 Maret 2024"),
    ]
    for (sent, words) in wrong {
      let answer = try await kader.post(Self.path("/book"), sent)
      #expect(answer.status == 400 && answer.text.contains(words), "\(words)")
    }
    #expect(try server.facts() == before)
  }

  @Test func aDoseIsCorrectedOrTakenBack() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var midwife = try await server.signIn(.pustuWorker)
    let sent = [("on", "2025-06-20"), ("v\(Self.dpt)", "given"), ("b\(Self.dpt)", "A1")]
    #expect(try await midwife.post(Self.path("/today"), sent).status == 303)
    let dose = try #require(try Self.told(server).doses.first)
    let path = Self.path("/\(dose.fact.text)")
    let page = try await midwife.get(path).text
    #expect(try Self.value(of: "batch", in: page) == "A1")
    clock.advance(milliseconds: 1)
    let correction = [
      ("act", "correct"), ("based_on", try Self.basis(page)), ("product", "1001"),
      ("on", "2025-06-18"), ("batch", "A2"), ("facility", ""), ("note", ""), ("spoiled", ""),
    ]
    #expect(try await midwife.post(path, correction).status == 303)
    let corrected = try #require(try Self.told(server).doses.first)
    #expect(corrected.product == .hexavalent && corrected.day == TwoPuskesmas.day(2025, 6, 18))
    #expect(corrected.body.batch == Array("A2".utf8) && corrected.body.dose.isEmpty)
    #expect(try Self.told(server).doses.count == 1)
    // The dose that was on the page stands no longer, and what was seen is not what is there.
    #expect(try await midwife.post(path, correction).status == 404)
    let now = Self.path("/\(corrected.fact.text)")
    let stale = [("act", "undo"), ("reason", "2"), ("based_on", try Self.basis(page))]
    let before = try server.facts()
    #expect(try await midwife.post(now, stale).status == 409)
    #expect(try server.facts() == before)
    clock.advance(milliseconds: 1)
    // Both lead to it: the card, and the history with its own link to taking back; paper does not.
    let address = Links.person(Self.child) + "/history"
    #expect(try await midwife.get(address).text.contains("href=\"\(now)#undo\""))
    #expect(try await midwife.get(Self.path("")).text.contains("href=\"\(now)\""))
    #expect(try await !midwife.get(Self.path("/print")).text.contains("href=\"\(now)\""))
    let seen = try await midwife.get(now).text
    let undo = [("act", "undo"), ("based_on", try Self.basis(seen))]
    let unsaid = try await midwife.post(now, undo)
    #expect(unsaid.status == 400 && unsaid.text.contains("Pilih alasannya"))
    #expect(try server.facts() == before)
    let answer = try await midwife.post(now, undo + [("reason", "2")])
    #expect(answer.status == 303 && answer["Location"]?.hasSuffix("done=withdrawn") == true)
    #expect(try Self.told(server).doses.isEmpty)
    #expect(try Self.told(server).owed.contains { $0.vaccine == .card(.dptHBHib) })
    let history = try await midwife.get(address).text
    #expect(history.contains("A1") && history.contains("A2"))
    #expect(history.contains("Dosis ini tidak diberikan") && !history.contains("#undo"))
  }

  @Test func aDoseThatWaitsForTheOneBeforeHasNoDayThatIsOver() async throws {
    let server = try await SignedInServer.shared()
    let card = try await server.signIn(.pustuWorker).get(Self.path("/print")).text
    let row = try #require(
      card.split(separator: "<th scope=\"row\" class=\"sticky\">DPT-HB-Hib").last)
    let cells = try #require(row.split(separator: "</tr>").first).split(separator: "</td>")
    #expect(cells[0].contains("Kejar") && cells[0].contains("mulai 1 Maret 2024"))
    // The others each at its distance from the one before, were that given on its first day.
    #expect(cells[1].contains("mulai 20 Juli 2025, setelah dosis 1"))
    #expect(cells[2].contains("mulai 20 Agustus 2025, setelah dosis 2"))
    #expect(cells[3].contains("mulai 20 Agustus 2026, setelah dosis 3"))
  }

  @Test func aDoseThatCountsUnderAnotherNumberSaysWhy() async throws {
    let care = "/people/\(Self.child.text)/care"
    for (written, says) in [
      ("DPT-HB-Hib 2", "Tertulis dosis 2, tetapi dosis sebelumnya belum tercatat"),
      ("DPT-HB-Hib 1", nil), ("", nil), ("Penta kedua", nil),
    ] as [(String, String?)] {
      let server = try await SignedInServer.start()
      let recording = Recording(
        at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker))
      let body = VaccinationBody(
        product: VaccineName.pentavalent.rawValue, dose: Array(written.utf8), origin: .book)
      _ = try await server.district.record([
        recording.fact(
          .vaccination, of: Self.child, on: TwoPuskesmas.day(2024, 4, 3),
          at: TwoPuskesmas.Side.north.posyandu(1), body.bytes)
      ])
      let page = try await server.signIn(.pustuWorker).get(care).text
      #expect(page.contains("DPT-HB-Hib 1: Dihitung"), "\(written)")
      #expect(page.contains("Tertulis dosis") == (says != nil), "\(written)")
      if let says { #expect(page.contains(says)) }
    }
  }

  @Test func thePlanLeadsToGrowth() async throws {
    let server = try await SignedInServer.shared()
    let midwife = try await server.signIn(.pustuWorker)
    let link = "href=\"\(Links.child(Self.child))\">"
    #expect(try await midwife.get("/people/\(Self.child.text)/care").text.contains(link))
    let mother = try await midwife.get("/people/\(Self.mother.text)/care").text
    #expect(!mother.contains("href=\"\(Links.child(Self.mother))\">"))
  }

  @Test func theCardIsPrintedAndTheLogSaysSo() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let sent = [("on", "2025-06-20"), ("v\(Self.dpt)", "given"), ("b\(Self.dpt)", "K-9")]
    #expect(try await midwife.post(Self.path("/today"), sent).status == 303)
    let card = try await midwife.get(Self.path("")).text
    #expect(card.contains("<strong>20 Juni 2025</strong>") && card.contains("Nomor bets K-9"))
    #expect(card.contains("mulai 20 Juli 2025") && card.contains("Tidak diberikan lagi"))
    func prints() throws -> Int {
      try server.log.entries(about: Self.child).entries
        .filter { $0.entry.detail.form == "print" && $0.entry.action == "seeCare" }.count
    }
    #expect(try prints() == 0)
    for paper in ["a4", "a5"] {
      let shown = try await midwife.get(Self.path("/print?paper=\(paper)")).text
      #expect(shown.contains("paper-\(paper)") && shown.contains("K-9"))
      #expect(shown.contains("per 20 Juni 2025"))
    }
    #expect(try prints() == 2)
  }
}
