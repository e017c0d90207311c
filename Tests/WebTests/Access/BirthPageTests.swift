import Foundation
import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// The end of a pregnancy: what hardly fits the weeks is asked once more, and its children come to
/// be registered. It is 20 June 2025.
@Suite struct BirthPageTests {
  private static let mother = TwoPuskesmas.Side.north.mother(1)
  private static let path = "/people/\(mother.text)/pregnancy/end"
  private static let care = "/people/\(mother.text)/care"

  /// A mother who is so many days pregnant.
  private static func server(_ days: Int32) async throws -> SignedInServer {
    let server = try await SignedInServer.start()
    let today = SmallDistrict.today.day(hoursEastOfGreenwich: 7)
    var body = PregnancyBody()
    body.lastMenstrualPeriod = CivilDate(dayNumber: today.dayNumber - days)
    let recording = Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker))
    _ = try await server.district.record([
      recording.fact(
        .pregnancy, of: mother, on: today, at: TwoPuskesmas.Side.north.posyandu(1), body.bytes)
    ])
    return server
  }

  @Test(
    "Which end is asked about, by the days of gestation",
    arguments: [
      (.liveBirth, 139, "alive_early"), (.liveBirth, 140, nil), (.stillbirth, 139, "dead_early"),
      (.stillbirth, 140, nil), (.miscarriage, 139, nil), (.miscarriage, 140, "lost_late"),
      (.ectopic, 50, nil), (.molar, 273, "lost_late"),
    ] as [(PregnancyOutcome, Int32, String?)])
  func doubts(outcome: PregnancyOutcome, days: Int32, expected: String?) {
    let doubt = PregnancyPage.doubt(about: outcome, at: .init(days), ClinicalSettings())
    #expect(doubt?.name == expected)
  }

  @Test func aMiscarriageAtTermIsAskedAboutAndKeptOnceItIsSaidToBeRight() async throws {
    let server = try await Self.server(273)
    var midwife = try await server.signIn(.clusterWorker)
    let before = try server.facts()
    let sent = [("on", "2025-06-20"), ("outcome", "3")]
    let asked = try await midwife.post(Self.path, sent)
    #expect(asked.status == 400)
    #expect(asked.text.contains("39 minggu 0 hari"))
    #expect(asked.text.contains("name=\"sure\" value=\"3 2025-06-20\""))
    #expect(try server.facts() == before)
    // What was said to be right is this end, and no other one.
    let other = [("on", "2025-06-19"), ("outcome", "3"), ("sure", "3 2025-06-20")]
    #expect(try await midwife.post(Self.path, other).status == 400)
    #expect(try await midwife.post(Self.path, sent + [("sure", "3 2025-06-20")]).status == 303)
    let plan = try await midwife.get(Self.care).text
    #expect(plan.contains("akhir kehamilan dan usia kehamilan tidak cocok"))
    #expect(plan.contains("form=after_loss") && !plan.contains("form=postnatal"))
  }

  @Test func afterABirthOfTwoEachOfThemIsOfferedForRegistration() async throws {
    let server = try await Self.server(270)
    var midwife = try await server.signIn(.clusterWorker)
    let sent = [("on", "2025-06-19"), ("outcome", "1"), ("born_alive", "2")]
    #expect(try await midwife.post(Self.path, sent).status == 303)
    let plan = try await midwife.get(Self.care).text
    #expect(plan.contains("Daftarkan bayi 1 dari 2") && plan.contains("Kembar: 2 bayi"))
    let link = try #require(
      try PageText.matches("href=\"(/people/new[^\"]+)\"", in: plan).first
        .map(PageText.unescaped))
    let form = try await midwife.get(link).text
    #expect(form.contains("value=\"2025-06-19\""))
    #expect(form.contains("name=\"mother_id\" value=\"\(Self.mother.text)\""))
    let home = TwoPuskesmas.Side.north.posyandu(1).text
    func baby(_ order: String) -> [(String, String)] {
      [
        ("name", "By. Ny. Contoh"), ("sex", "female"), ("born", "2025-06-19"),
        ("relation", "3"), ("birth_order", order), ("place", home), ("since", "2025-06-19"),
        ("mother_id", Self.mother.text), ("mother", "Sulastri1 Utaranita"),
        ("family", TwoPuskesmas.Side.north.family(1).text),
      ]
    }
    #expect(try await midwife.post("/people", baby("1")).status == 303)
    #expect(try await midwife.get(Self.care).text.contains("Daftarkan bayi 2 dari 2"))
    // The second twin is not taken for the first, though both are called by the mother's name.
    #expect(try await midwife.post("/people", baby("2")).status == 303)
    #expect(try await !midwife.get(Self.care).text.contains("Daftarkan bayi"))
  }

  /// A birth that is copied 50 days later: its child is registered, its visits are entered, each on
  /// a day of the 42 days.
  @Test func aBirthThatIsEnteredLateHasItsChildAndItsVisits() async throws {
    let server = try await Self.server(330)
    var midwife = try await server.signIn(.clusterWorker)
    let sent = [("on", "2025-05-01"), ("outcome", "1"), ("born_alive", "2")]
    #expect(try await midwife.post(Self.path, sent).status == 303)
    let plan = try await midwife.get(Self.care).text
    #expect(plan.contains("Daftarkan bayi 1 dari 2"))
    let words = Words(try Phrases(.indonesian))
    #expect(plan.contains(words["care.past_visits.postnatal"]))
    let form = "/people/\(Self.mother.text)/visit?form=postnatal"
    #expect(try await midwife.get(form).status == 404)
    #expect(try await midwife.get(form + "&on=2025-06-13").status == 404)
    #expect(try await midwife.get(form + "&on=2025-06-12").status == 200)
    for (day, status) in [("2025-06-13", 400), ("", 400), ("2025-05-02", 303)] {
      let visit = [
        ("on", day), ("setting", "3"), ("performer", "2"),
        ("e\(DataElement.systolicPressure.code)", "110"),
        ("e\(DataElement.diastolicPressure.code)", "70"), ("act", "save"),
      ]
      #expect(try await midwife.post(form + "&on=2025-06-12", visit).status == status, "\(day)")
    }
    // No kader's visit counts among them.
    let kader = try await server.signIn(.kader)
    #expect(try await !kader.get(Self.care).text.contains(words["care.past_visits.postnatal"]))
    #expect(try await kader.get(form + "&on=2025-06-12").status == 404)
  }

  /// The form of a newborn of a known mother, as it is sent.
  private static func newborn(_ birth: [(String, String)]) -> [(String, String)] {
    [
      ("name", "By. Ny. Contoh"), ("sex", "female"), ("born", "2025-06-19"), ("relation", "3"),
      ("place", TwoPuskesmas.Side.north.posyandu(1).text), ("since", "2025-06-19"),
      ("mother_id", mother.text), ("mother", "Sulastri1 Utaranita"),
      ("family", TwoPuskesmas.Side.north.family(1).text),
    ] + birth
  }

  @Test(
    "Weight and length at birth are taken as told, and the plan judges them",
    arguments: [
      ("2100", "46", 2100, true), ("2.100", "46,5", 2100, true), ("2,1", "", 2100, true),
      ("3000", "", 3000, false), ("", "48", nil, false),
    ] as [(String, String, Int32?, Bool)])
  func birthSize(weight: String, length: String, grams: Int32?, isLow: Bool) async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.clusterWorker)
    let asked = try await midwife.get("/people/new?mother_id=\(Self.mother.text)").text
    #expect(asked.contains("name=\"birth_weight\"") && asked.contains("name=\"birth_length\""))
    let sent = Self.newborn([("birth_weight", weight), ("birth_length", length)])
    let saved = try await midwife.post("/people", sent)
    #expect(saved.status == 303)
    let page = try #require(saved["Location"]?.split(separator: "?").first.map(String.init))
    let baby = try #require(page.split(separator: "/").last.flatMap { Identifier(text: "\($0)") })
    let known = try #require(try server.district.person(baby)).summary.person
    #expect(known.birthWeight?.grams == grams)
    #expect(
      known.birthLength?.tenthsOfMillimetre == ["46": 4600, "46,5": 4650, "48": 4800][length])
    let plan = try await midwife.get(page + "/care").text
    #expect(plan.contains("Berat lahir: <strong>rendah (BBLR)</strong>") == isLow)
  }

  @Test func impossibleBirthSizesAreSaidWithTheirLimits() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.clusterWorker)
    let before = try server.facts()
    for (field, value, problem) in [
      ("birth_weight", "299", "299 g di luar yang mungkin (300 g sampai 7.000 g)"),
      ("birth_weight", "7001", "7.001 g di luar yang mungkin (300 g sampai 7.000 g)"),
      ("birth_weight", "dua kilo", "Tulis angka saja"),
      ("birth_length", "19,9", "19,9 cm di luar yang mungkin (20,0 cm sampai 65,0 cm)"),
      ("birth_length", "65,1", "65,1 cm di luar yang mungkin (20,0 cm sampai 65,0 cm)"),
    ] {
      let answer = try await midwife.post("/people", Self.newborn([(field, value)]))
      #expect(answer.status == 400 && answer.text.contains(problem), "\(field) \(value)")
      #expect(answer.text.contains("value=\"\(value)\""))
    }
    #expect(try server.facts() == before)
  }

  @Test func onlyOfANewbornTheFormAsksForItsSize() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.clusterWorker)
    let field = "name=\"birth_weight\""
    #expect(!(try await midwife.get("/people/new").text.contains(field)))
    for (born, isAsked) in [("2025-05-22", false), ("2025-05-23", true), ("2025-06-20", true)] {
      let sent = [("name", "Bayi Contoh"), ("born", born), ("birth_weight", "2100")]
      let answer = try await midwife.post("/people", sent)
      #expect(answer.status == 400 && answer.text.contains(field) == isAsked, "\(born)")
    }
  }

  @Test func aMethodThatIsNotForHerAndFeverAreSaidBeforeSavingAndOnThePlan() async throws {
    let server = try await Self.server(271)
    var midwife = try await server.signIn(.clusterWorker)
    let end = [("on", "2025-06-11"), ("outcome", "1"), ("born_alive", "1")]
    #expect(try await midwife.post(Self.path, end).status == 303)
    let form = "/people/\(Self.mother.text)/visit?form=postnatal"
    func field(_ element: DataElement) -> String { "e\(element.code)" }
    let sent = [
      ("on", "2025-06-20"), ("performer", "2"), (field(.breastfeeding), "1"),
      (field(.contraceptiveMethod), "8"), (field(.temperature), "39,5"),
    ]
    let preview = try await midwife.post(form, sent + [("act", "preview")]).text
    #expect(try await midwife.post(form, sent + [("act", "save")]).status == 303)
    let plan = try await midwife.get(Self.care).text
    for page in [preview, plan] {
      #expect(page.contains("tidak boleh untuk ibu ini") && page.contains("Jangan diberikan"))
      #expect(page.contains("Suhu badan 39,5"))
    }
    // The other methods stand beside it.
    #expect(plan.contains("Kontrasepsi: kondom"))
  }
}
