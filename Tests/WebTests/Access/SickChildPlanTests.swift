import Foundation
import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// What the plan of a sick child says first, what is told before all is answered, and what is not
/// told beside a red class. The child is 17 months old on 20 June 2025.
@Suite struct SickChildPlanTests {
  private static let visit = "/people/\(TwoPuskesmas.patient.text)/visit"
  private static let plan = "/people/\(TwoPuskesmas.patient.text)/care"
  private static let notExcluded = "Yang lebih berat belum dapat disingkirkan"

  private static func sent(_ answers: [(DataElement, Int32)]) -> [(String, String)] {
    [("on", "2025-06-20")] + answers.map { ("e\($0.code)", "\($1)") }
  }

  @Test func theNextVisitStandsOnTopAndBeforeWhatComesLater() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let sent = Self.sent([
      (.coughOrHardBreathing, 1), (.breathsPerMinute, 58), (.chestIndrawing, 0),
    ])
    #expect(
      try await midwife.post("\(Self.visit)?form=sick_child", sent + [("act", "save")]).status
        == 303)
    let page = try await midwife.get(Self.plan).text
    let again = "Kontrol ulang: pneumonia"
    let top = try #require(page.range(of: "Kunjungan berikut: "))
    let name = try #require(page.range(of: "– \(again)"))
    let groups = try #require(page.range(of: "<details class=\"care-group\""))
    #expect(top.lowerBound < name.lowerBound && name.upperBound < groups.lowerBound)
    let upcoming = try #require(page.range(of: "Akan datang"))
    let lines = page[upcoming.upperBound...].split(separator: "care-name\">")
    #expect(lines.dropFirst().first?.hasPrefix(again) == true)
  }

  @Test func whatIsKnownIsToldThoughAnswersOpenQuestions() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let asked: [DataElement] = [.coughOrHardBreathing, .fits]
    let sent =
      Self.sent([(.coughOrHardBreathing, 1), (.fits, 1)])
      + [("asked", asked.map { "\($0.code)" }.joined(separator: " "))]
    let path = "\(Self.visit)?form=sick_child"
    let page = try await midwife.post(path, sent + [("act", "preview")]).text
    #expect(page.contains("Jika disimpan") && page.contains("Jawab juga: "))
    let preview = try #require(page.range(of: "Jika disimpan"))
    #expect(page[preview.upperBound...].contains("Tarikan dinding dada"))
    #expect(page[preview.upperBound...].contains("Rujuk segera"))
    // To save asks for what was opened first, and keeps nothing.
    let again = try await midwife.post(path, sent + [("act", "save")])
    #expect(again.status == 200 && again.text.contains("Belum ada yang disimpan"))
    #expect(!again.text.contains("Jika disimpan"))
    // Help comes before the list of what there is to answer, on a narrow screen too, and the page
    // opens at it.
    let danger = try #require(again.text.range(of: "class=\"danger-now\""))
    let list = try #require(again.text.range(of: "Belum ada yang disimpan"))
    #expect(danger.lowerBound < list.lowerBound)
    #expect(
      try PageText.matches("<div class=\"([a-z-]+)\"[^>]* autofocus", in: again.text) == [
        "danger-now"
      ])
    // Where nothing is dangerous the list is what the page opens at.
    let harmless =
      Self.sent([(.coughOrHardBreathing, 1)])
      + [("asked", "\(DataElement.coughOrHardBreathing.code)"), ("act", "save")]
    let calm = try await midwife.post(path, harmless).text
    #expect(!calm.contains("danger-now"))
    #expect(
      try PageText.matches("<div class=\"([a-z-]+)\"[^>]* autofocus", in: calm) == ["alert"])
  }

  @Test func anAnswerThatClosesAQuestionDoesNotKeepTheFormFromBeingSaved() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let path = "\(Self.visit)?form=sick_child"
    var page = try await midwife.get(path).text
    var answers: [(DataElement, Int32)] = [(.fever, 1)]
    // Fever opens the test and whether none can be done here; the result closes the latter, while
    // the days of fever open further questions.
    for more: [(DataElement, Int32)] in [[(.feverDays, 3), (.malariaTest, 1)], []] {
      let asked = try #require(
        try PageText.matches("name=\"asked\"[^>]* value=\"([^\"]*)\"", in: page).first)
      let sent = Self.sent(answers) + [("asked", asked), ("act", "save")]
      page = try await midwife.post(path, sent).text
      #expect(page.contains("Belum ada yang disimpan"))
      answers += more
    }
    let asked = try #require(
      try PageText.matches("name=\"asked\"[^>]* value=\"([^\"]*)\"", in: page).first)
    let sent = Self.sent(answers) + [("asked", asked), ("act", "save")]
    #expect(try await midwife.post(path, sent).status == 303)
  }

  static let exclusions: [([(DataElement, Int32)], Bool)] = [
    // Yellow: chest indrawing would make it red.
    ([(.coughOrHardBreathing, 1), (.breathsPerMinute, 58)], true),
    // Red already, whatever else is found.
    ([(.coughOrHardBreathing, 1), (.breathsPerMinute, 58), (.chestIndrawing, 1)], false),
    ([(.diarrhoea, 1), (.lethargic, 1), (.sunkenEyes, 1)], false),
  ]

  @Test(arguments: exclusions)
  func aGraverClassIsNamedWhereThereIsOne(
    answers: [(DataElement, Int32)], isTold: Bool
  ) async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let text = try await midwife.post(
      "\(Self.visit)/consequences?form=sick_child", Self.sent(answers)
    ).text
    #expect(text.contains(Self.notExcluded) == isTold)
  }

  private static let signs: [(DataElement, Int32)] = [
    .abnormalAppearance, .abnormalBreathing, .abnormalCirculation, .cannotDrink, .vomitsAll, .fits,
    .lethargic, .stridor, .coldLimbs,
  ].map { ($0, 0) }

  static let calm: [(answers: [(DataElement, String)], isStable: Bool)] = [
    ([], true),
    // Cold below 35.5 degrees.
    ([(.temperature, "35,6")], true),
    ([(.temperature, "35,5")], true),
    ([(.temperature, "35,4")], false),
    // Treated: the first look is stable all the same.
    ([(.earProblem, "1"), (.earPain, "1"), (.swellingBehindEar, "0")], true),
    // Red, without and with a sign of danger.
    ([(.earProblem, "1"), (.swellingBehindEar, "1")], false),
    ([(.fever, "1"), (.stiffNeck, "1")], false),
  ]

  @Test(arguments: calm)
  func theFirstLookContradictsNothing(
    answers: [(DataElement, String)], isStable: Bool
  ) async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let confirmed = VisitPage.confirmation(of: "e\(DataElement.temperature.code)")
    let sent =
      Self.sent(Self.signs) + answers.map { ("e\($0.0.code)", $0.1) } + [(confirmed, "1")]
    let path = "\(Self.visit)?form=sick_child"
    let told = try await midwife.post("\(Self.visit)/consequences?form=sick_child", sent).text
    #expect(told.contains("stabil") == isStable)
    #expect(try await midwife.post(path, sent + [("act", "save")]).status == 303)
    let plan = try await midwife.get(Self.plan).text
    #expect(isStable || !plan.contains("stabil"))
  }

  @Test func breathsAreComparedWithTheLimitOfTheAgeAlone() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let sent = Self.sent([
      (.coughOrHardBreathing, 1), (.breathsPerMinute, 45), (.chestIndrawing, 0),
    ])
    #expect(
      try await midwife.post("\(Self.visit)?form=sick_child", sent + [("act", "save")]).status
        == 303)
    let plan = try await midwife.get(Self.plan).text
    #expect(plan.contains("40 kali/menit atau lebih"))
    #expect(!plan.contains("50 kali/menit atau lebih"))
  }

  @Test func aKaderIsNotAskedToExamine() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let sent = Self.sent([(.fever, 1), (.feverDays, 3), (.stiffNeck, 0)])
    #expect(
      try await midwife.post("\(Self.visit)?form=sick_child", sent + [("act", "save")]).status
        == 303)
    let words = Words(try Phrases(.indonesian))
    let brought = words["care.kader_unfinished"]
    let examined = "belum selesai dinilai: tanyakan atau periksa"
    let plan = try await midwife.get(Self.plan).text
    #expect(plan.contains(examined) && !plan.contains(brought))
    let kader = try await server.signIn(.kader)
    let hers = try await kader.get(Self.plan).text
    #expect(hers.contains(brought) && !hers.contains(examined))
  }

  @Test func aReasonNamesTheSettingOfItsLimit() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let sent = Self.sent([(.coughOrHardBreathing, 1), (.chestIndrawing, 1)])
    #expect(
      try await midwife.post("\(Self.visit)?form=sick_child", sent + [("act", "save")]).status
        == 303)
    let words = Words(try Phrases(.indonesian))
    let setting = words["care.settings.low_oxygen"]
    #expect(try await midwife.get(Self.plan).text.contains("(menurut pengaturan “\(setting)”)"))
  }
}
