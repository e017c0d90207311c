import Foundation
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

  @Test func aKaderIsNotRememberedForWhoMayClaimAProfession() async throws {
    let server = try await SignedInServer.start()
    let path = Self.form("child", of: Self.child)
    var doctor = try await server.signIn(.clusterWorker)
    let sent = [
      ("on", "2025-06-20"), ("setting", "3"), ("performer", "1"),
      (Self.field(.weight), "9,4"), ("act", "save"),
    ]
    #expect(try await doctor.post(path, sent).status == 303)
    let page = try await doctor.get(path).text
    #expect(try PageText.matches("<option value=\"1\" selected>(Kader)", in: page).isEmpty)
  }

  @Test func byWhomIsAskedWhereNothingTellsIt() async throws {
    let server = try await SignedInServer.start()
    let path = Self.form("child", of: Self.child)
    let asked = "Pilih siapa yang melayani"
    let none = "<option value=\"\">–</option>"
    let sent = [("on", "2025-06-20"), ("setting", "3"), (Self.field(.weight), "9,4")]
    let save = [("act", "save")]
    for role in [Role.clusterWorker, .privateFacility] {
      var worker = try await server.signIn(role)
      let own = sent.map { $0.0 == "setting" ? ($0.0, role == .clusterWorker ? "3" : "6") : $0 }
      let before = try Self.visits(of: Self.child, in: server).count
      let refused = try await worker.post(path, own + save)
      #expect(refused.status == 400 && refused.text.contains(asked), "\(role)")
      #expect(try Self.visits(of: Self.child, in: server).count == before, "\(role)")
      let told = try await worker.post(path.replacing("visit?", with: "visit/consequences?"), own)
      #expect(told.text.contains(asked), "\(role)")
      // A dose alone is no visit, and an empty form says that it is empty.
      let empty = try await worker.post(path, Array(own.prefix(2)) + save)
      #expect(empty.status == 400 && !empty.text.contains(asked), "\(role)")
    }
    // Of a Pustu it is known, and can be changed and not be left out.
    var midwife = try await server.signIn(.pustuWorker)
    let page = try await midwife.get(path).text
    let by = try #require(page.split(separator: "id=\"performer\"").dropFirst().first)
    #expect(!by.prefix { $0 != "\n" }.contains(none))
    let unsaid = sent.map { $0.0 == "setting" ? ($0.0, "2") : $0 }
    #expect(try await midwife.post(path, unsaid + save).status == 303)
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

  /// A visit that is copied from the mother's book lies before the day on which her pregnancy was
  /// written down: what is dangerous today is told before it is kept, as the plan tells it then.
  @Test(arguments: ["2025-06-20", "2025-06-17", "2025-06-08"])
  func dangerOfTodayIsToldOfAVisitBeforeThePregnancyWasKnown(_ day: String) async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    var midwife = try await server.signIn(.pustuWorker)
    let form = Self.form("antenatal", of: Self.mother)
    let sent = [
      ("on", day), (Self.field(.watersBroke), "1"), (Self.field(.systolicPressure), "170"),
      (Self.field(.diastolicPressure), "115"),
    ]
    let words = Words(try Phrases(.indonesian))
    let told = [
      words["care.elements.waters_broke"], words["care.tables.pressure_in_pregnancy"],
    ]
    let parts = [
      try await midwife.post(form.replacing("visit?", with: "visit/consequences?"), sent).text,
      try await midwife.post(form, sent + [("act", "preview")]).text,
    ]
    for part in parts {
      let shown = try #require(part.components(separatedBy: "class=\"preview\"").last)
      #expect(part.contains("class=\"preview\""))
      for name in told { #expect(shown.contains("\(name)"), "\(name)") }
    }
    // On the consequences each once.
    let dangers = parts[0].components(separatedBy: "danger-now").last ?? ""
    for name in told { #expect(dangers.components(separatedBy: "<strong>\(name)").count == 2) }
    #expect(try await midwife.post(form, sent + [("act", "save")]).status == 303)
    let plan = try await midwife.get(Links.person(Self.mother) + "/care").text
    for name in told { #expect(plan.contains(name)) }
  }

  /// The pregnancy began on 12 December 2024: the day before, that day, and the day before confirmed.
  @Test func aVisitBeforeThePregnancyBeganIsAskedAbout() async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    var midwife = try await server.signIn(.pustuWorker)
    let form = Self.form("antenatal", of: Self.mother)
    let question = "Kehamilan ini dimulai 12 Desember 2024"
    func sent(_ day: String, _ act: String = "save") -> [(String, String)] {
      [
        ("on", day), ("act", act), (Self.field(.systolicPressure), "110"),
        (Self.field(.diastolicPressure), "70"),
      ]
    }
    let before = try Self.visits(of: Self.mother, in: server).count
    #expect(try await midwife.post(form, sent("2024-12-11", "preview")).text.contains(question))
    let asked = try await midwife.post(form, sent("2024-12-11"))
    #expect(asked.status == 400 && asked.text.contains(question))
    #expect(asked.text.contains("name=\"cn\" value=\"1\"> "))
    #expect(try Self.visits(of: Self.mother, in: server).count == before)
    let confirmed = try await midwife.post(form, sent("2024-12-11") + [("cn", "1")])
    #expect(confirmed.status == 303)
    let onTheDay = try await midwife.post(form, sent("2024-12-12"))
    #expect(onTheDay.status == 303)
  }

  /// An answer that opens questions keeps nothing yet: the message leads to them, and what is
  /// dangerous already is told with its first aid.
  @Test func whatWasOpenedIsNamedAndADangerIsTold() async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    var midwife = try await server.signIn(.pustuWorker)
    let form = Self.form("antenatal", of: Self.mother)
    let page = try await midwife.get(form).text
    let asked = try #require(
      try PageText.matches("name=\"asked\" value=\"([^\"]*)\"", in: page).first)
    let sent = [
      ("on", "2025-06-20"), ("asked", asked), (Self.field(.systolicPressure), "85"),
      (Self.field(.diastolicPressure), "55"), (Self.field(.fits), "1"),
    ]
    let words = Words(try Phrases(.indonesian))
    let before = try Self.visits(of: Self.mother, in: server).count
    for act in ["save", "preview"] {
      let again = try await midwife.post(form, sent + [("act", act)]).text
      let head = try #require(again.components(separatedBy: "class=\"visit-head\"").first)
      #expect(
        head.contains("<div class=\"alert\" role=\"alert\"") && head.contains("Belum ada yang"))
      #expect(head.contains("<a href=\"#\(Self.field(.shockSigns))-label\">"))
      #expect(!head.contains("#\(Self.field(.weight))"))
      #expect(head.contains(words["care.elements.fits"]))
      #expect(head.contains(words["care.actions.care_for_fits"]))
      #expect(again.contains("id=\"\(Self.field(.shockSigns))-label\""))
    }
    #expect(try Self.visits(of: Self.mother, in: server).count == before)
  }

  @Test func aFacilityWithoutConsentReadsItsOwnRecordsOnly() async throws {
    let server = try await SignedInServer.start()
    func write(_ role: Role, _ weight: String) async throws {
      var worker = try await server.signIn(role)
      let sent = [
        ("on", "2025-06-20"), ("setting", role == .kader ? "1" : "6"),
        ("performer", role == .kader ? "" : "2"),
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
    let sent = [
      ("on", "2025-06-20"), ("performer", "2"), (Self.field(.weight), "9,5"), ("act", "preview"),
    ]
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
