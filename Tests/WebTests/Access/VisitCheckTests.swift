import Foundation
import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// What a form of a visit asks of whom, what it refuses, what it asks about once more, and what it
/// shows while it is filled in. The child was born on 1 January 2024 and weighed 9 kg with 76 cm on
/// 10 June 2025; the mother is in her 28th week; it is 20 June 2025.
@Suite struct VisitCheckTests {
  private static let (mother, child) = (MotherAndChild.mother, MotherAndChild.child)
  private static let entry = "0190a000-0000-7000-8000-00000000abcd"

  private static func form(_ name: String, of person: Identifier) -> String {
    "/people/\(person.text)/visit?form=\(name)"
  }

  private static func consequences(_ name: String, of person: Identifier) -> String {
    "/people/\(person.text)/visit/consequences?form=\(name)"
  }

  private static func field(_ element: DataElement) -> String { "e\(element.code)" }

  private static func names(in page: String) throws -> Set<String> {
    Set(try PageText.matches("name=\"(e\\d+)\"", in: page))
  }

  // MARK: Who asks what

  @Test func aKadersFormHasWhatAKaderDoes() async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    let kader = try await server.signIn(.kader)
    let midwife = try await server.signIn(.pustuWorker)
    let path = Self.form("antenatal", of: Self.mother)
    let short = try Self.names(in: try await kader.get(path).text)
    let long = try Self.names(in: try await midwife.get(path).text)
    let both: [DataElement] = [
      .weight, .systolicPressure, .diastolicPressure, .armCircumference, .bleeding,
      .fewMovements, .ironTabletsGiven, .ironTabletsTaken,
    ]
    #expect(short.isSuperset(of: both.map(Self.field)) && long.isSuperset(of: short))
    let examined: [DataElement] = [
      .fundalHeight, .fetalHeartRate, .haemoglobin, .urineProtein, .bloodGroup, .tetanusStatus,
      .counselled, .fastingGlucose,
    ]
    #expect(short.isDisjoint(with: examined.map(Self.field)))
    #expect(long.isSuperset(of: examined.map(Self.field)))
    // Half of the pregnancy is over.
    #expect(!long.contains(Self.field(.weightBeforePregnancy)))
    // Tests of development are for health workers: no form, and no way to it.
    #expect(try await kader.get(Self.form("development", of: Self.child)).status == 404)
    #expect(try await midwife.get(Self.form("development", of: Self.child)).status == 200)
    let care = try await kader.get("/people/\(Self.child.text)/care").text
    #expect(care.contains("visit?form=child") && !care.contains("visit?form=development"))
  }

  @Test func whatAKaderDoesNotAskIsNotTakenFromAForgedForm() async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    var kader = try await server.signIn(.kader)
    let sent = [
      ("on", "2025-06-20"), (Self.field(.weight), "55"), (Self.field(.haemoglobin), "8"),
      (Self.field(.ironTabletsGiven), "30"), ("act", "save"),
    ]
    #expect(try await kader.post(Self.form("antenatal", of: Self.mother), sent).status == 303)
    let record = try #require(try server.district.person(Self.mother))
    let visit = try #require(
      try server.district.history(ofPerson: record.person).map(\.stored.fact)
        .first { $0.kind == .visit })
    let body = try visit.body.withUnsafeBufferPointer { try VisitBody($0) }
    #expect(body[DataElement.ironTabletsGiven.code] == 30)
    #expect(body[DataElement.haemoglobin.code] == nil)
    #expect(body.performer == .kader)
  }

  // MARK: Who claims what

  @Test func nobodyClaimsWhatTheRoleCannotKnow() async throws {
    let server = try await SignedInServer.start()
    let path = Self.form("child", of: Self.child)
    let before = try server.facts()
    let forged: [(Role, String, String)] = [
      (.kader, "1", "4"), (.kader, "3", ""), (.kader, "2", "1"), (.kader, "7", ""),
      (.pustuWorker, "2", "4"), (.pustuWorker, "2", "1"), (.pustuWorker, "3", "2"),
      (.privateFacility, "1", "4"), (.privateFacility, "6", "1"), (.privateFacility, "7", "4"),
      (.clusterWorker, "99", "2"), (.clusterWorker, "3", "99"), (.clusterWorker, "x", ""),
    ]
    var workers: [Role: Browser] = [:]
    for (role, setting, performer) in forged {
      var worker =
        if let known = workers[role] { known } else { try await server.signIn(role) }
      workers[role] = worker
      let answer = try await worker.post(
        path,
        [
          ("on", "2025-06-20"), ("setting", setting), ("performer", performer),
          (Self.field(.weight), "9,2"), ("act", "save"),
        ])
      #expect(answer.status == 400, "\(role) \(setting) \(performer)")
      #expect(answer.text.contains("Peran Anda tidak mencatat"), "\(role) \(setting) \(performer)")
    }
    #expect(try server.facts() == before)
  }

  @Test func aPuskesmasTypesInWhatAKaderWrote() async throws {
    let server = try await SignedInServer.start()
    var worker = try await server.signIn(.clusterWorker)
    let page = try await worker.get(Self.form("child", of: Self.child)).text
    for performer in CarePerformer.allCases {
      #expect(page.contains("<option value=\"\(performer.rawValue)\""))
    }
    let sent = [
      ("on", "2025-06-20"), ("setting", "1"), ("performer", "1"), (Self.field(.weight), "9,2"),
      ("act", "save"),
    ]
    #expect(try await worker.post(Self.form("child", of: Self.child), sent).status == 303)
    let clinic = try await server.signIn(.privateFacility)
      .get(Self.form("child", of: Self.child)).text
    #expect(clinic.contains("Klinik atau praktik swasta</option>"))
    #expect(!clinic.contains("Posyandu</option>") && !clinic.contains("Kader</option>"))
  }

  // MARK: What is refused, and what is asked about

  @Test func aPressureThatContradictsItselfIsRefused() async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    var midwife = try await server.signIn(.pustuWorker)
    let path = Self.form("antenatal", of: Self.mother)
    let page = try await midwife.get(path).text
    #expect(page.contains("data-below=\"e100\"") && page.contains("data-not-below="))
    for (systolic, diastolic, status) in [("60", "115", 400), ("90", "90", 400), ("91", "90", 303)]
    {
      let sent = [
        ("on", "2025-06-20"), (Self.field(.systolicPressure), systolic),
        (Self.field(.diastolicPressure), diastolic), ("c100", "1"), ("c101", "1"), ("act", "save"),
      ]
      let answer = try await midwife.post(path, sent)
      #expect(answer.status == status, "\(systolic)/\(diastolic)")
      #expect(answer.text.contains("harus lebih rendah daripada") == (status == 400))
    }
    // What is counted has no decimals, and the example has none.
    for (element, example) in [(DataElement.ironTabletsGiven, "30"), (.weight, "7,9")] {
      let below = [("on", "2025-06-20"), (Self.field(element), "-5"), ("act", "save")]
      let answer = try await midwife.post(path, below)
      #expect(answer.status == 400 && answer.text.contains("class=\"wrong\""), "\(example)")
      #expect(answer.text.contains("saja, misalnya \(example).</span>"), "\(example)")
    }
    let slow = [("on", "2025-06-20"), (Self.field(.fetalHeartRate), "20"), ("act", "save")]
    let refused = try await midwife.post(path, slow)
    #expect(refused.status == 400 && refused.text.contains("Benar?"))
    let fast = [("on", "2025-06-20"), (Self.field(.fetalHeartRate), "241"), ("act", "save")]
    let beyond = try await midwife.post(path, fast)
    #expect(beyond.status == 400 && beyond.text.contains("di luar yang mungkin"))
  }

  @Test func aWeightFarFromTheLastIsKeptOnceItIsSaidToBeRight() async throws {
    let server = try await SignedInServer.start()
    var kader = try await server.signIn(.kader)
    let path = Self.form("child", of: Self.child)
    // The page carries what it needs to ask while typing, in the same words.
    let page = try await kader.get(path).text
    let question = "Benar? Terakhir 9 kg pada 10 Juni 2025."
    #expect(page.contains("<p data-from=\"8.1\" data-to=\"10.0\" hidden>\(question)</p>"))
    #expect(page.contains("data-from=\"0.3\" data-to=\"300.0\" data-decimals=\"3\""))
    let before = try server.facts()
    func send(_ weight: String, _ more: [(String, String)]) async throws -> RawAnswer {
      try await kader.post(
        path, [("on", "2025-06-20"), (Self.field(.weight), weight), ("act", "save")] + more)
    }
    let asked = try await send("8,09", [])
    #expect(asked.status == 400)
    #expect(asked.text.contains("<p data-from=\"8.1\" data-to=\"10.0\">\(question)</p>"))
    #expect(asked.text.contains("Ya, sudah diukur ulang") && asked.text.contains("value=\"8,09\""))
    // The message takes the focus and leads to the field; nothing else takes it.
    #expect(asked.text.contains("role=\"alert\" tabindex=\"-1\" autofocus>"))
    #expect(asked.text.contains("<li><a href=\"#e1\">") && asked.text.contains("id=\"e1\""))
    #expect(!asked.text.contains("href=\"#e2\"") && !page.contains("autofocus"))
    #expect(try server.facts() == before)
    // Another field's tick says nothing of this one.
    #expect(try await send("8,09", [("c2", "1")]).status == 400)
    #expect(try await send("8,09", [("c1", "1")]).status == 303)
    #expect(try server.facts() > before)
  }

  /// Before the first weighing, of 10 April, nothing is compared but the weight with the length beside it.
  @Test func aWeightThatHardlyFitsItsLengthIsAskedAbout() async throws {
    let server = try await SignedInServer.start()
    var kader = try await server.signIn(.kader)
    let path = Self.form("child", of: Self.child)
    func send(_ weight: String, _ more: [(String, String)] = []) async throws -> RawAnswer {
      let sent = [
        ("on", "2025-04-09"), (Self.field(.weight), weight), (Self.field(.lengthOrHeight), "76"),
        ("act", "save"),
      ]
      return try await kader.post(path, sent + more)
    }
    let asked = try await send("5,5")
    #expect(asked.status == 400 && asked.text.contains("Untuk panjang atau tinggi 76 cm"))
    #expect(try await send("5,5", [("c2", "1")]).status == 400)
    #expect(try await send("7,2").status == 303)
    // Now it is asked beside what was weighed on that day already.
    let both = try await send("5,5").text
    #expect(both.contains("Untuk panjang atau tinggi 76 cm") && both.contains("7,2 kg"))
    #expect(try await send("5,5", [("c1", "1")]).status == 303)
  }

  @Test func aChildThatShrankAndADayBeforeBirthAreNotKeptUnasked() async throws {
    let server = try await SignedInServer.start()
    var kader = try await server.signIn(.kader)
    let path = Self.form("child", of: Self.child)
    let page = try await kader.get(path).text
    #expect(page.contains("data-to=\"2025-06-20\"") && page.contains("data-from=\"2024-01-01\""))
    for (length, status) in [("74,99", 400), ("75", 303)] {
      let sent = [("on", "2025-06-20"), (Self.field(.lengthOrHeight), length), ("act", "save")]
      #expect(try await kader.post(path, sent).status == status, "\(length)")
    }
    let early = [("on", "2023-12-31"), (Self.field(.weight), "3"), ("act", "save")]
    #expect(try await kader.post(path, early).status == 400)
  }

  // MARK: What follows, while it is filled in

  @Test func whatFollowsIsAShortPartOfThePageAndNothingIsKept() async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    var midwife = try await server.signIn(.pustuWorker)
    let path = Self.consequences("antenatal", of: Self.mother)
    let before = try server.facts()
    let nothing = try await midwife.post(path, [("on", "2025-06-20"), ("asked", "1 100 101")])
    #expect(nothing.status == 200 && !nothing.text.contains("belum disimpan"))
    let sent = [
      ("entry", Self.entry), ("on", "2025-06-20"), (Self.field(.systolicPressure), "170"),
      (Self.field(.diastolicPressure), "112"), (Self.field(.fits), "1"),
    ]
    let answer = try await midwife.post(path, sent)
    #expect(answer.status == 200)
    let text = answer.text
    // Danger stands first, with its urgency; it is a part and no page.
    let danger = try #require(text.range(of: "BAHAYA"))
    #expect(text.contains("Sekarang juga: tolong, lalu rujuk"))
    #expect(text.contains("class=\"danger-now\""))
    if let found = text.range(of: "care-line") { #expect(danger.lowerBound < found.lowerBound) }
    #expect(!text.contains("<html") && !text.contains("<h1"))
    // What stood in the plan before is not told again.
    #expect(text.count < 10_000)
    #expect(try server.facts() == before)
    // What is wrong in one field hides nothing that follows from the others.
    let partly = try await midwife.post(path, sent + [(Self.field(.weight), "abc")])
    #expect(partly.text.contains("BAHAYA"))
  }

  /// A weight that is hardly believed: dangers count, nothing else follows before it is confirmed.
  @Test func fromAValueThatIsHardlyBelievedNothingFollowsButDanger() async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    var midwife = try await server.signIn(.pustuWorker)
    let sent = [
      ("entry", Self.entry), ("on", "2025-06-20"), (Self.field(.weight), "12"),
      (Self.field(.lengthOrHeight), "76"), ("position", "1"),
    ]
    let path = Self.consequences("child", of: Self.child)
    #expect(!(try await midwife.post(path, sent).text).contains("<strong>gizi lebih"))
    #expect(try await midwife.post(path, sent + [("c1", "1")]).text.contains("<strong>gizi lebih"))
    let form = Self.form("child", of: Self.child)
    let shown = try await midwife.post(form, sent + [("act", "preview")]).text
    #expect(!shown.contains("<strong>gizi lebih") && shown.contains("Benar?"))
    let pressure = [
      ("entry", Self.entry), ("on", "2025-06-20"), (Self.field(.systolicPressure), "235"),
      (Self.field(.diastolicPressure), "150"),
    ]
    let urgent = try await midwife.post(Self.consequences("antenatal", of: Self.mother), pressure)
    #expect(urgent.text.contains("BAHAYA"))
  }

  @Test func answersOpenQuestionsWhileItIsFilledIn() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let page = try await midwife.get(Self.form("sick_child", of: Self.child)).text
    let asked = try #require(
      try PageText.matches("name=\"asked\" value=\"([^\"]*)\"", in: page).first)
    let sent = [("on", "2025-06-20"), ("asked", asked), (Self.field(.fever), "1")]
    let part = try await midwife.post(Self.consequences("sick_child", of: Self.child), sent).text
    let opened = try Self.names(in: part)
    #expect(opened.contains(Self.field(.feverDays)) && !opened.contains(Self.field(.weight)))
    let all = try #require(try PageText.matches("data-asked=\"([^\"]*)\"", in: part).first)
    let codes = Set(all.split(separator: " "))
    #expect(codes.isSuperset(of: asked.split(separator: " ")))
    #expect(codes.contains("\(DataElement.feverDays.code)"))
    // They know their place among the parts of the form, which is not its end.
    func places(_ text: String) throws -> [Int] {
      try PageText.matches("data-place=\"([0-9]+)\"", in: text).compactMap { Int($0) }
    }
    let known = try places(page)
    #expect(!known.isEmpty && known == Set(known).sorted())
    let more = try places(part)
    #expect(!more.isEmpty && more.allSatisfy { place in known.contains { $0 > place } })
    // With them on the page nothing more is opened.
    let again = try await midwife.post(
      Self.consequences("sick_child", of: Self.child),
      [("on", "2025-06-20"), ("asked", all), (Self.field(.fever), "1")])
    #expect(try Self.names(in: again.text).isEmpty)
  }

  @Test func theLogTellsOfItOncePerForm() async throws {
    let server = try await SignedInServer.start()
    var kader = try await server.signIn(.kader)
    let route = "POST /people/{id}/visit/consequences"
    func told() throws -> Int {
      try server.log.entries(about: Self.child).entries.map(\.entry)
        .count { $0.route == route && $0.outcome == .allowed }
    }
    for weight in ["9,1", "9,2", "9,3"] {
      let sent = [
        ("entry", Self.entry), ("on", "2025-06-20"), (Self.field(.weight), weight),
      ]
      #expect(
        try await kader.post(Self.consequences("child", of: Self.child), sent).status == 200)
    }
    #expect(try told() == 1)
    let other = [
      ("entry", "0190a000-0000-7000-8000-00000000abce"), ("on", "2025-06-20"),
      (Self.field(.weight), "9,2"),
    ]
    #expect(try await kader.post(Self.consequences("child", of: Self.child), other).status == 200)
    #expect(try told() == 2)
  }

  @Test func whatFollowsIsForThoseWhoMayRecordCare() async throws {
    let server = try await SignedInServer.start()
    let path = Self.consequences("child", of: Self.child)
    let sent = [("on", "2025-06-20"), (Self.field(.weight), "9,2")]
    var head = try await server.signIn(.puskesmasHead)
    #expect(try await head.post(path, sent).status == 403)
    var kader = try await server.signIn(.kader)
    let far = Self.consequences("child", of: TwoPuskesmas.Side.south.child(1))
    #expect(try await kader.post(far, sent).status != 200)
    // Without the session's token it is another site's form.
    let foreign = try await kader.send(
      path, sent, headers: ["Sec-Fetch-Site": "same-origin"])
    #expect(foreign.status == 403)
  }
}
