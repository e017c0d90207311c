import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// A visit that was entered wrongly is corrected or taken back, and a second weighing of a day takes
/// the place of the first. The child was born on 1 January 2024 and weighed 9 kg on 10 June 2025; it
/// is 20 June 2025.
@Suite struct VisitCorrectionTests {
  private static let (mother, child) = (MotherAndChild.mother, MotherAndChild.child)
  private static let weight = "e\(DataElement.weight.code)"
  private static let confirmed = ("c\(DataElement.weight.code)", "1")
  private static let form = "/people/\(child.text)/visit?form=child"
  private static let history = Links.person(child) + "/history"

  private static func field(_ name: String, _ page: String) throws -> String? {
    try PageText.matches("name=\"\(name)\"[^>]* value=\"([^\"]*)\"", in: page).first
  }

  /// A form as it was opened, with what is entered.
  private static func sent(
    _ page: String, _ fields: [(String, String)]
  ) throws -> [(String, String)] {
    let entries = try PageText.matches("name=\"entry\" value=\"([^\"]+)\"", in: page)
    let basis = try PageText.matches("name=\"based_on\" value=\"([^\"]+)\"", in: page).first
    return [("entry", try #require(entries.first))] + (basis.map { [("based_on", $0)] } ?? [])
      + fields
  }

  private static func kept(
    of person: Identifier = child, in server: SignedInServer
  ) throws -> [KeptVisit] {
    try server.district.keptVisits(of: try #require(try server.district.person(person)).person)
  }

  /// The visits of the day on which tests write.
  private static func today(_ server: SignedInServer) throws -> [KeptVisit] {
    try kept(in: server).filter { $0.main?.occurredOn == MotherAndChild.today }
  }

  private static func path(_ kept: KeptVisit, of person: Identifier = child) throws -> String {
    "/people/\(person.text)/visits/\(try #require(kept.main).id.text)"
  }

  private static func visit(_ kilograms: String) -> [(String, String)] {
    [("on", "2025-06-20"), (weight, kilograms), ("act", "save")]
  }

  private static func latestWeight(_ server: SignedInServer) throws -> Int32? {
    try server.district.care(of: child, on: MotherAndChild.today, knowing: .all)?
      .record.latest(.weight)?.value
  }

  @Test func aWeightIsCorrectedOnTheFormOfItsVisit() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var kader = try await server.signIn(.kader)
    let answered = [("e\(DataElement.childTuberculosisSymptom.code)", "0")]
    let first = Self.visit("9,4") + answered
    #expect(try await kader.post(Self.form, first).status == 303)
    clock.advance(milliseconds: 1)
    let old = try #require(try Self.today(server).first)
    let path = try Self.path(old)
    #expect(try await kader.get(Self.history).text.contains("href=\"\(path)\""))
    let page = try await kader.get(path).text
    #expect(try Self.field(Self.weight, page) == "9,4")
    #expect(try Self.field("on", page) == "2025-06-20")
    #expect(page.contains("action=\"\(path)\"") && page.contains("\(path)/withdraw"))

    // What is the same is no correction; what contradicts and what is hardly believed is asked.
    let before = try server.facts()
    let same = try await kader.post(path, Self.sent(page, Self.visit("9,4") + answered))
    #expect(same.status == 400 && same.text.contains("Belum ada yang diubah"))
    let doubted = try await kader.post(path, Self.sent(page, Self.visit("15") + answered))
    #expect(doubted.status == 400 && doubted.text.contains("Terakhir 9 kg pada 10 Juni 2025"))
    #expect(try await kader.post(path + "/consequences", Self.visit("9,2")).status == 200)
    #expect(try server.facts() == before)

    let correction = try Self.sent(page, Self.visit("9,2") + answered)
    let answer = try await kader.post(path, correction)
    #expect(answer.status == 303 && answer["Location"]?.hasSuffix("done=saved") == true)
    let now = try #require(try Self.today(server).first)
    #expect(try Self.today(server).count == 1 && now.measured.weight?.grams == 9_200)
    #expect(now.measurement?.replaces == old.measurement?.id)
    #expect(try Self.latestWeight(server) == 9_200)
    let grown = try #require(try server.district.child(Self.child)).record.measurements
    #expect(grown.last?.body.weight?.grams == 9_200)
    // Sent twice it is kept once; an older page changes nothing.
    #expect(
      try await kader.post(path, correction)["Location"]?.hasSuffix("done=saved_before") == true)
    let stale = try Self.sent(page, Self.visit("9,3"))
      .map { $0.0 == "entry" ? ("entry", Identifier.fresh(at: clock.now).text) : $0 }
    #expect(try await kader.post(path, stale).status == 409)
    #expect(try Self.latestWeight(server) == 9_200)
  }

  @Test func aMidwifeSetsRightWhatAKaderWrote() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var kader = try await server.signIn(.kader)
    #expect(try await kader.post(Self.form, Self.visit("9,4")).status == 303)
    clock.advance(milliseconds: 1)
    let old = try #require(try Self.today(server).first)
    let path = try Self.path(old)
    var midwife = try await server.signIn(.pustuWorker)
    #expect(try await midwife.get(Self.history).text.contains("href=\"\(path)\""))
    let page = try await midwife.get(path).text
    let performer = [("performer", "\(CarePerformer.kader.rawValue)")]
    let sent = try Self.sent(page, Self.visit("9,2") + performer)
    #expect(try await midwife.post(path, sent).status == 303)
    let now = try #require(try Self.today(server).first)
    #expect(now.measured.weight?.grams == 9_200 && now.performer == .kader)
    // A new visit she still does not say to be a kader's.
    let claimed = try await midwife.post(Self.form, Self.visit("9,1") + performer)
    #expect(claimed.status == 400)
  }

  @Test func whatAKaderDidNotEnterIsNotHers() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var midwife = try await server.signIn(.pustuWorker)
    let entered = Self.visit("9,4") + [("setting", "1"), ("performer", "2")]
    #expect(try await midwife.post(Self.form, entered).status == 303)
    let kept = try #require(try Self.today(server).first)
    let path = try Self.path(kept)
    var kader = try await server.signIn(.kader)
    #expect(try await midwife.get(Self.history).text.contains(path))
    #expect(try await !kader.get(Self.history).text.contains("/visits/"))
    let before = try server.facts()
    for page in [path, path + "/withdraw"] {
      #expect(try await kader.get(page).status == 404, "\(page)")
      #expect(
        try await kader.post(page, Self.visit("9,2") + [("reason", "1")]).status == 404, "\(page)")
    }
    // Nor do those correct who record no care, or of another area.
    for role in [Role.puskesmasHead, .dataManager, .otherSector] {
      var other = try await server.signIn(role)
      #expect(try await other.post(path, Self.visit("9,2")).status == 403, "\(role)")
      #expect(try await other.post(path + "/withdraw", [("reason", "1")]).status == 403, "\(role)")
    }
    // A fact of another person is not found under this one.
    let far = TwoPuskesmas.Side.north.measurement(2).text
    #expect(try await midwife.get("/people/\(Self.child.text)/visits/\(far)").status == 404)
    #expect(try server.facts() == before)
  }

  /// A server whose mother is pregnant, a moment after that was written.
  private static func whereTheMotherIsPregnant() async throws -> (SignedInServer, TestClock) {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    try await MotherAndChild.makePregnant(server)
    clock.advance(milliseconds: 1)
    return (server, clock)
  }

  @Test func anEndOfAPregnancyThatWasNoneIsTakenBack() async throws {
    let (server, clock) = try await Self.whereTheMotherIsPregnant()
    let mother = MotherAndChild.mother
    var midwife = try await server.signIn(.pustuWorker)
    let recording = Recording(at: clock.now, recorder: TwoPuskesmas.worker(.pustuWorker))
    _ = try await server.district.record([
      recording.fact(
        .pregnancyEnd, of: mother, on: MotherAndChild.today,
        PregnancyEndBody(outcome: .miscarriage).bytes)
    ])
    clock.advance(milliseconds: 1)
    func isPregnant() throws -> Bool {
      try #require(
        try server.district.care(of: mother, on: MotherAndChild.today, knowing: .all)
      ).evaluation.isPregnant
    }
    #expect(try !isPregnant())
    let kept = try #require(
      try Self.kept(of: mother, in: server).first { $0.alone?.kind == .pregnancyEnd })
    let path = try Self.path(kept, of: mother)
    let history = try await midwife.get("/people/\(mother.text)/history").text
    #expect(history.contains("\(path)/withdraw") && !history.contains("\(path)\""))
    // A kader did not write it, and may not know of a loss.
    #expect(try await server.signIn(.kader).get(path + "/withdraw").status == 404)
    let page = try await midwife.get(path + "/withdraw").text
    let answer = try await midwife.post(path + "/withdraw", Self.sent(page, [("reason", "2")]))
    #expect(answer.status == 303)
    #expect(try isPregnant())
  }

  @Test func takingBackAPregnancySaysWhatItTakesFromTodaysPlan() async throws {
    let (server, clock) = try await Self.whereTheMotherIsPregnant()
    let mother = MotherAndChild.mother
    var midwife = try await server.signIn(.pustuWorker)
    let heat = DataElement.temperature
    let seen =
      [DataElement.fits, .watersBroke].map { ("e\($0.code)", "1") } + [("e\(heat.code)", "39,5")]
    let sent = [("on", "2025-06-20"), ("act", "save")] + seen
    let form = "/people/\(mother.text)/visit?form=antenatal"
    #expect(try await midwife.post(form, sent).status == 303)
    clock.advance(milliseconds: 1)
    let words = Words(try Phrases(.indonesian))
    let (fits, waters) = (words["care.elements.fits"], words["care.elements.waters_broke"])
    let care = try await midwife.get("/people/\(mother.text)/care").text
    #expect(care.contains(fits) && care.contains(waters))
    let kept = try #require(
      try Self.kept(of: mother, in: server).first { $0.alone?.kind == .pregnancy })
    let path = try Self.path(kept, of: mother) + "/withdraw"
    let page = try await midwife.get(path).text
    #expect(page.contains(words["care.correction.gone"]) && page.contains(waters))
    // What any woman can have stands, and goes with no pregnancy.
    let fever = words["care.elements.temperature"]
    #expect(!page.contains("\(fits): ") && !page.contains("\(fever): "))
    #expect(page.contains("Tidak lagi perlu dilayani hari ini"))
    #expect(page.contains("Ia ternyata tidak hamil") && !page.contains("Kunjungan ini tidak"))
    #expect(try await midwife.post(path, Self.sent(page, [("reason", "2")])).status == 303)
    let after = try await midwife.get("/people/\(mother.text)/care").text
    #expect(after.contains(fits) && after.contains(fever) && !after.contains(waters))
    #expect(after.contains(words["care.actions.care_for_woman_in_fits"]))
    #expect(!after.contains(words["care.actions.care_for_fits"]))
    let history = try await midwife.get("/people/\(mother.text)/history").text
    #expect(history.contains("Ia ternyata tidak hamil"))
    // A visit is taken back with the words of a visit, and what it showed goes with it.
    let visit = try #require(try Self.kept(of: mother, in: server).first { $0.visit != nil })
    let other = try await midwife.get(try Self.path(visit, of: mother) + "/withdraw").text
    #expect(other.contains("Kunjungan ini tidak terjadi") && other.contains("\(fits): "))
  }

  @Test func aVisitOfTheWrongPersonIsTakenBack() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var kader = try await server.signIn(.kader)
    #expect(try await kader.post(Self.form, Self.visit("9,4")).status == 303)
    clock.advance(milliseconds: 1)
    let others = try Self.kept(in: server).count
    let path = try Self.path(try #require(try Self.today(server).first)) + "/withdraw"
    let page = try await kader.get(path).text
    #expect(page.contains("Batalkan catatan ini") && page.contains("9,4 kg"))
    let unsaid = try await kader.post(path, Self.sent(page, []))
    #expect(unsaid.status == 400 && unsaid.text.contains("Pilih alasannya"))
    #expect(try Self.latestWeight(server) == 9_400)
    let sent = try Self.sent(page, [("reason", "1")])
    let answer = try await kader.post(path, sent)
    let next = try #require(answer["Location"])
    #expect(answer.status == 303 && next.hasSuffix("/care?done=withdrawn"))
    let told = try await kader.get(next).text
    #expect(told.contains("Catatan dibatalkan") && !told.contains("Tersimpan."))
    #expect(!told.contains("Salah isi?"))
    let saved = try await kader.get(next.replacing("withdrawn", with: "saved")).text
    #expect(saved.contains("Tersimpan.") && saved.contains("Salah isi?"))
    #expect(try Self.today(server).isEmpty && Self.kept(in: server).count == others - 1)
    #expect(try Self.latestWeight(server) == 9_000)
    #expect(try await kader.post(path, sent)["Location"] == next)
    #expect(try await kader.get(path).status == 404)
    let history = try await kader.get(Self.history).text
    #expect(history.contains("Untuk orang lain") && history.contains("tidak berlaku lagi"))
  }

  /// A visit of the wrong child goes whole, where that is said; its doses stay otherwise. Time goes
  /// on while the form is read, and what it tells is of one moment all the same.
  @Test(arguments: [false, true])
  func theDosesOfAVisitGoWithItWhereThatIsSaid(_ takesDoses: Bool) async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: {
      clock.advance(milliseconds: 1)
      return clock.now
    })
    let dpt = OfferedVaccine.card(.dptHBHib).service
    var midwife = try await server.signIn(.pustuWorker)
    let entered =
      Self.visit("9,4") + [("setting", "1"), ("performer", "2"), ("v\(dpt)", "given")]
    #expect(try await midwife.post(Self.form, entered).status == 303)
    clock.advance(milliseconds: 1)
    func doses() throws -> [RecordedDose] {
      try server.district.immunization(of: Self.child, on: MotherAndChild.today)?.doses ?? []
    }
    #expect(try doses().count == 1)
    let path = try Self.path(try #require(try Self.today(server).first)) + "/withdraw"
    let page = try await midwife.get(path).text
    #expect(page.contains("Batalkan juga 1 imunisasi yang dicatat bersamanya"))
    #expect(page.contains("name=\"doses\" value=\"1\"> "))
    let ticked = takesDoses ? [("doses", "1")] : []
    // What was ticked stays so where the reason is missing.
    let unsaid = try await midwife.post(path, Self.sent(page, ticked))
    #expect(unsaid.status == 400)
    #expect(unsaid.text.contains("name=\"doses\" value=\"1\" checked") == takesDoses)
    let answer = try await midwife.post(path, Self.sent(page, ticked + [("reason", "1")]))
    #expect(answer.status == 303)
    #expect(try Self.today(server).isEmpty)
    #expect(try doses().isEmpty == takesDoses)
    let card = try await midwife.get("/people/\(Self.child.text)/immunizations").text
    #expect(card.contains("perbaiki atau batalkan") != takesDoses)
  }

  @Test func aSecondWeighingOfTheDayIsAskedAboutAndTakesThePlace() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var kader = try await server.signIn(.kader)
    let length = ("e\(DataElement.lengthOrHeight.code)", "76,5")
    #expect(try await kader.post(Self.form, Self.visit("9,4") + [length]).status == 303)
    clock.advance(milliseconds: 1)
    let question = "9,4 kg sudah tercatat pada 20 Juni 2025"
    #expect(try await kader.get(Self.form).text.contains(question))
    let asked = try await kader.post(Self.form, Self.visit("9,1"))
    #expect(asked.status == 400 && asked.text.contains(question))
    #expect(asked.text.contains("Yang ini menggantikannya?"))
    #expect(try await kader.post(Self.form, Self.visit("9,1") + [Self.confirmed]).status == 303)
    let visits = try Self.today(server)
    #expect(visits.compactMap(\.measurement).count == 1 && visits.count == 2)
    // What was not measured anew stays.
    let measured = try #require(visits.last { $0.measurement != nil }).measured
    #expect(measured.weight?.grams == 9_100 && measured.length?.tenthsOfMillimetre == 7_650)

    // Taken back, the first one stands again.
    clock.advance(milliseconds: 1)
    let second = try #require(visits.last { $0.measurement != nil })
    let path = try Self.path(second) + "/withdraw"
    let page = try await kader.get(path).text
    #expect(try await kader.post(path, Self.sent(page, [("reason", "1")])).status == 303)
    #expect(try Self.latestWeight(server) == 9_400)
    #expect(try Self.today(server).count == 1)
    // A day without a weighing asks nothing.
    let earlier = [("on", "2025-06-19"), (Self.weight, "9,3"), ("act", "save")]
    #expect(try await kader.post(Self.form, earlier).status == 303)
  }

  @Test func whatSomebodyMayNotSeeStaysAsItWas() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    try await MotherAndChild.makePregnant(server)
    var seen = VisitBody(performer: .midwife, purposes: .antenatal)
    seen[DataElement.hivTest.code] = 2
    seen[DataElement.bloodGroup.code] = 1
    seen[DataElement.systolicPressure.code] = 120
    let recording = Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker))
    _ = try await server.district.record([
      recording.fact(
        .visit, of: Self.mother, on: MotherAndChild.today,
        at: TwoPuskesmas.Side.north.posyandu(1), seen.bytes)
    ])
    clock.advance(milliseconds: 1)
    var midwife = try await server.signIn(.pustuWorker)
    func antenatal() throws -> KeptVisit? {
      try Self.kept(of: Self.mother, in: server).first { $0.visit != nil }
    }
    let kept = try #require(try antenatal())
    let path = try Self.path(kept, of: Self.mother)
    let page = try await midwife.get(path).text
    // The blood group is known, so that a new form would not ask it; the correction does.
    #expect(page.contains("name=\"e\(DataElement.bloodGroup.code)\""))
    #expect(try Self.field("e\(DataElement.systolicPressure.code)", page) == "120")
    #expect(!page.contains("name=\"e\(DataElement.hivTest.code)\""))
    let fields = [
      ("on", "2025-06-20"), ("performer", "2"), ("e\(DataElement.bloodGroup.code)", "2"),
      ("e\(DataElement.hivTest.code)", "1"), ("act", "save"),
    ]
    #expect(try await midwife.post(path, Self.sent(page, fields)).status == 303)
    let values = try #require(try antenatal()).values
    #expect(values[DataElement.hivTest.code] == 2)
    #expect(values[DataElement.bloodGroup.code] == 2)
    // What was on the form and was emptied is gone.
    #expect(values[DataElement.systolicPressure.code] == nil)
    let care = try #require(
      try server.district.care(of: Self.mother, on: MotherAndChild.today, knowing: .all))
    #expect(care.record.latest(.bloodGroup)?.value == 2)
  }
}
