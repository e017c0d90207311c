import Foundation
import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// What the letter of a pregnant woman says: pressure as one value, pregnancies and births, blood
/// group, birth plan and telephone, and that a Puskesmas is no hospital. It is 20 June 2025.
@Suite struct ReferralLetterTests {
  private static let mother = TwoPuskesmas.Side.north.mother(1)
  private static let path = Links.person(mother) + "/referral"
  private static let today = SmallDistrict.today.day(hoursEastOfGreenwich: 7)

  private static func record(
    _ kind: FactKind, of person: Identifier = mother, on day: CivilDate = today,
    replacing: Identifier? = nil, _ body: [UInt8],
    in server: SignedInServer
  ) async throws {
    let recording = Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker))
    _ = try await server.district.record([
      recording.fact(
        kind, of: person, on: day, at: TwoPuskesmas.Side.north.posyandu(1), replacing: replacing,
        body)
    ])
  }

  private static func makePregnant(_ server: SignedInServer) async throws {
    var body = PregnancyBody()
    body.lastMenstrualPeriod = TwoPuskesmas.day(2024, 12, 12)
    (body.gravida, body.para, body.losses, body.livingChildren) = (4, 2, 1, 2)
    try await record(.pregnancy, on: TwoPuskesmas.day(2025, 2, 20), body.bytes, in: server)
  }

  private static func visit(
    _ observed: [(DataElement, Int32)], on day: CivilDate = today, in server: SignedInServer
  ) async throws {
    var seen = VisitBody(setting: .puskesmas, performer: .midwife, purposes: .antenatal)
    for (element, value) in observed { seen[element.code] = value }
    try await record(.visit, on: day, seen.bytes, in: server)
  }

  /// What stands in the field of findings.
  private static func findings(_ page: String) throws -> String {
    try #require(
      try PageText.matches("(?s)<textarea name=\"findings\"[^>]*>([^<]*)</textarea>", in: page)
        .first)
  }

  @Test(
    arguments: [
      ((162, today), (112, today), ["Tekanan darah: 162/112 mmHg"], ["sistolik", "diastolik"]),
      (
        (162, today), nil, ["Tekanan darah atas (sistolik): 162 mmHg"],
        ["diastolik", "Tekanan darah: 162"]
      ),
      (
        nil, (112, today), ["Tekanan darah bawah (diastolik): 112 mmHg"],
        ["sistolik", "Tekanan darah: "]
      ),
      (
        (162, today), (112, TwoPuskesmas.day(2025, 6, 19)), ["162 mmHg", "112 mmHg"],
        ["162/112"]
      ), (nil, nil, [], ["mmHg"]),
    ] as [((Int32, CivilDate)?, (Int32, CivilDate)?, [String], [String])])
  func bothPressuresOfADayAreOne(
    systolic: (Int32, CivilDate)?, diastolic: (Int32, CivilDate)?, says: [String],
    saysNot: [String]
  ) async throws {
    let server = try await SignedInServer.start()
    try await Self.makePregnant(server)
    if let systolic {
      try await Self.visit([(.systolicPressure, systolic.0)], on: systolic.1, in: server)
    }
    if let diastolic {
      try await Self.visit([(.diastolicPressure, diastolic.0)], on: diastolic.1, in: server)
    }
    let page = try await server.signIn(.pustuWorker).get(Self.path).text
    let findings = try Self.findings(page)
    for text in says { #expect(findings.contains(text), "\(text)") }
    for text in saysNot { #expect(!findings.contains(text), "\(text)") }
  }

  @Test func pregnanciesBirthsBloodGroupAndPlanAreFilledIn() async throws {
    let server = try await SignedInServer.start()
    try await Self.makePregnant(server)
    let midwife = try await server.signIn(.pustuWorker)
    let before = try Self.findings(try await midwife.get(Self.path).text)
    // As on the page of the pregnancy; a kader reads the births alone on both.
    #expect(before.contains("G4 P2 A1, Jumlah anak hidup: 2"))
    let sheet = Links.person(Self.mother) + "/pregnancy/sheet"
    #expect(try await midwife.get(sheet).text.contains("G4 P2 A1"))
    let kader = try await server.signIn(.kader)
    let own = try Self.findings(try await kader.get(Self.path).text)
    #expect(own.contains("P2, Jumlah anak hidup: 2"), "\(own)")
    #expect(!own.contains("G4") && !own.contains("A1") && !own.contains("…"))
    #expect(!(try await kader.get(sheet).text.contains("G4")))
    for text in ["Golongan darah", "Rhesus", "Kendaraan", "Pendamping"] {
      #expect(!before.contains(text), "\(text)")
    }
    // A blood group of an earlier pregnancy stays; a plan of one does not count.
    try await Self.visit(
      [(.bloodGroup, 4), (.rhesusFactor, 1), (.companionReady, 1)],
      on: TwoPuskesmas.day(2023, 6, 20), in: server)
    try await Self.visit([(.transportReady, 0)], in: server)
    let after = try Self.findings(try await midwife.get(Self.path).text)
    #expect(after.contains("Golongan darah: O") && after.contains("Rhesus: "))
    #expect(
      after.contains("Kendaraan sudah ada: Tidak") && !after.contains("Pendamping"), "\(after)")
  }

  /// The hospital reads that she gave birth, when, how and whether the child lives, and what was
  /// measured; a kader reads on no letter which of both it is.
  @Test(arguments: [PregnancyOutcome.liveBirth, .stillbirth])
  func afterABirthTheLetterTellsOfIt(_ outcome: PregnancyOutcome) async throws {
    let server = try await SignedInServer.start()
    try await Self.makePregnant(server)
    var end = PregnancyEndBody(outcome: outcome)
    end.mode = .caesarean
    try await Self.record(.pregnancyEnd, on: TwoPuskesmas.day(2025, 6, 15), end.bytes, in: server)
    try await Self.visit(
      [(.pulse, 132), (.breathsPerMinute, 32), (.temperature, 386)], in: server)
    let lives = outcome == .liveBirth ? "Lahir hidup" : "Lahir mati"
    var midwife = try await server.signIn(.pustuWorker)
    let told = try Self.findings(try await midwife.get(Self.path).text)
    for text in [
      "Melahirkan 15 Juni 2025: Operasi sesar, \(lives)", "Nadi: 132 kali/menit",
      "Napas: 32 kali/menit", "38,6",
    ] { #expect(told.contains(text), "\(text): \(told)") }
    let kader = try await server.signIn(.kader)
    let own = try Self.findings(try await kader.get(Self.path).text)
    #expect(own.contains("Melahirkan 15 Juni 2025: Operasi sesar") && !own.contains("Lahir"))
    let sent = [
      ("facility", TwoPuskesmas.clinic.text), ("urgency", "1"), ("words", "Demam"),
      ("findings", told),
    ]
    let letter = try #require(try await midwife.post(Self.path, sent)["Location"])
    #expect(try await midwife.get(letter).text.contains(lives))
    #expect(try await server.signIn(.privateFacility).get(letter).text.contains(lives))
    let read = try await kader.get(letter)
    #expect(read.status == 200 && !read.text.contains("Demam") && !read.text.contains(lives))
  }

  /// The printed page of a pregnancy names no later visit beside a referral of today.
  @Test(
    arguments: [
      ([(.systolicPressure, 118), (.diastolicPressure, 76)], nil, true),
      (
        [(.systolicPressure, 165), (.diastolicPressure, 112)], "Dirujuk ke rumah sakit sekarang",
        false
      ),
      ([(.fits, 1)], "Dirujuk ke rumah sakit sekarang", false),
      ([(.feverTwoDays, 1)], "Dirujuk hari ini", false),
      // What no paper tells leaves a line to write on.
      ([(.sleeplessAnxious, 1)], nil, false),
    ] as [([(DataElement, Int32)], String?, Bool)])
  func theSheetSaysThatSheIsReferred(
    observed: [(DataElement, Int32)], says: String?, comesAgain: Bool
  ) async throws {
    let server = try await SignedInServer.start()
    try await Self.makePregnant(server)
    try await Self.visit(observed, in: server)
    let page = try await server.signIn(.pustuWorker)
      .get(Links.person(Self.mother) + "/pregnancy/sheet").text
    let next = try #require(
      try PageText.matches("<dt>Kunjungan berikut</dt><dd>(.*?)</dd>", in: page).first)
    #expect(next.contains("2025") == comesAgain, "\(next)")
    if let says { #expect(next == says) } else { #expect(!next.contains("Dirujuk")) }
  }

  /// A loss is on the letter where its writer ticks it, and only then; a kader is not offered it.
  @Test(
    arguments: [
      (nil, nil), (.miscarriage, "Keguguran 16 Juni 2025, umur kehamilan 26 minggu"),
      (.molar, "Hamil anggur 16 Juni 2025, umur kehamilan 26 minggu"), (.stillbirth, nil),
    ] as [(PregnancyOutcome?, String?)])
  func aLossIsToldByChoice(_ outcome: PregnancyOutcome?, _ says: String?) async throws {
    let server = try await SignedInServer.start()
    try await Self.makePregnant(server)
    if let outcome {
      try await Self.record(
        .pregnancyEnd, on: TwoPuskesmas.day(2025, 6, 16), PregnancyEndBody(outcome: outcome).bytes,
        in: server)
    }
    var midwife = try await server.signIn(.pustuWorker)
    let page = try await midwife.get(Self.path).text
    #expect(page.contains("name=\"tells_loss\"") == (says != nil))
    #expect(try PageText.matches("name=\"tells_loss\"[^>]*checked", in: page).isEmpty)
    let kader = try await server.signIn(.kader)
    #expect(!(try await kader.get(Self.path).text.contains("tells_loss")))
    let sent = [
      ("facility", TwoPuskesmas.clinic.text), ("urgency", "1"), ("words", "Demam"),
      ("findings", "Suhu badan: 38,6 °C"),
    ]
    for isTicked in [false, true] {
      let form = isTicked ? sent + [("tells_loss", "1")] : sent
      let letter = try #require(try await midwife.post(Self.path, form)["Location"])
      let text = try await midwife.get(letter).text
      #expect(text.contains("38,6"))
      #expect(text.contains(says ?? "umur kehamilan 26") == (isTicked && says != nil))
      #expect(!(try await kader.get(letter).text.contains("umur kehamilan 26")))
    }
    // What has to be mended on the form does not lose the choice.
    if says != nil {
      let again = try await midwife.post(Self.path, [("urgency", "1"), ("tells_loss", "1")]).text
      #expect(!(try PageText.matches("name=\"tells_loss\"[^>]*checked", in: again).isEmpty))
    }
  }

  @Test func beforeABirthAndAfterALossTheLetterTellsOfNone() async throws {
    for outcome in [nil, PregnancyOutcome.miscarriage] {
      let server = try await SignedInServer.start()
      try await Self.makePregnant(server)
      if let outcome {
        try await Self.record(
          .pregnancyEnd, PregnancyEndBody(outcome: outcome).bytes, in: server)
      }
      let page = try await server.signIn(.pustuWorker).get(Self.path).text
      let findings = try Self.findings(page)
      #expect(!findings.contains("Melahirkan") && !findings.contains("Keguguran"))
    }
  }

  @Test func theTelephoneStandsOnTheLetterOfWhoKnowsThePerson() async throws {
    let server = try await SignedInServer.start()
    let record = try #require(try server.district.person(Self.mother))
    var person = record.summary.person
    person.telephone = Array("0812 0000 1111".utf8)
    try await Self.record(.person, replacing: record.personFact, person.bytes, in: server)
    var worker = try await server.signIn(.clusterWorker)
    let sent = [("facility", TwoPuskesmas.clinic.text), ("urgency", "1"), ("words", "Nyeri dada")]
    let letter = try #require(try await worker.post(Self.path, sent)["Location"])
    #expect(try await worker.get(letter).text.contains("0812 0000 1111"))
    // The receiver is shown the letter alone, and reads the number on its paper.
    let clinic = try await server.signIn(.privateFacility).get(letter)
    #expect(clinic.status == 200 && !clinic.text.contains("0812 0000 1111"))
  }

  /// Fits of a child stand in the book of sick children, those of a woman in her own; who the mother
  /// is stands on a child's letter alone, and not on that of the receiver.
  @Test func theLetterOfAChildIsOfAChild() async throws {
    let server = try await SignedInServer.start()
    let child = TwoPuskesmas.Side.north.child(2)
    try await Self.makePregnant(server)
    for (person, purpose): (Identifier, CarePurpose) in [
      (child, .sickChild), (Self.mother, .antenatal),
    ] {
      var seen = VisitBody(setting: .puskesmas, performer: .midwife, purposes: purpose)
      seen[DataElement.fits.code] = 1
      try await Self.record(.visit, of: person, seen.bytes, in: server)
    }
    var worker = try await server.signIn(.clusterWorker)
    let sent = [
      ("facility", TwoPuskesmas.clinic.text), ("urgency", "1"), ("words", "Kejang"),
      ("reason", "d\(DataElement.fits.code)"),
    ]
    let path = Links.person(child) + "/referral"
    #expect(try await worker.get(path).text.contains("Manajemen Terpadu Balita Sakit"))
    let address = try #require(try await worker.post(path, sent)["Location"])
    let letter = try await worker.get(address).text
    #expect(letter.contains("Manajemen Terpadu Balita Sakit"))
    #expect(!letter.contains("ibu hamil, bersalin") && letter.contains("Sulastri2"))
    let clinic = try await server.signIn(.privateFacility).get(address)
    #expect(clinic.status == 200 && !clinic.text.contains("Sulastri2"))

    let own = try #require(try await worker.post(Self.path, sent)["Location"])
    let mothers = try await worker.get(own).text
    #expect(mothers.contains("ibu hamil, bersalin"))
    #expect(!mothers.contains("Manajemen Terpadu Balita Sakit"))
    let label = "<dt>\(Words(try Phrases(.indonesian))["child.mother"])</dt>"
    #expect(!mothers.contains(label) && letter.contains(label))
  }

  @Test(
    arguments: [
      (162, 112, "facility", true), (162, 112, "facility_name", false),
      (139, 89, "facility", false),
    ] as [(Int32, Int32, String, Bool)])
  func whatNeedsAHospitalIsSaidBeforePrinting(
    systolic: Int32, diastolic: Int32, field: String, isSaid: Bool
  ) async throws {
    let server = try await SignedInServer.start()
    try await Self.makePregnant(server)
    try await Self.visit(
      [(.systolicPressure, systolic), (.diastolicPressure, diastolic)], in: server)
    var midwife = try await server.signIn(.pustuWorker)
    let form = try await midwife.get(Self.path).text
    let words = Words(try Phrases(.indonesian))
    #expect(form.contains(words["referrals.needs_hospital"]) == (systolic > 160))
    let reasons = try PageText.matches(
      "name=\"reason\" value=\"(c[^\"]+)\" checked", in: form)
    #expect(reasons.isEmpty == (systolic < 160))
    let puskesmas = TwoPuskesmas.Side.north.puskesmas
    let place = field == "facility" ? puskesmas.text : "RSUD Contoh"
    let sent = [(field, place), ("urgency", "1"), ("words", "Pusing")]
    let letter = try #require(
      try await midwife.post(Self.path, sent + reasons.map { ("reason", $0) })["Location"])
    let page = try await midwife.get(letter).text
    #expect(page.contains("perlu rumah sakit sekarang") == isSaid)
    if isSaid {
      #expect(page.contains(words("referrals.not_a_hospital", ["to": "Puskesmas Utara"])))
    }
  }
}
