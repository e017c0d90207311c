import Foundation
import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// What was not examined is not told to be well, while a form is filled in and afterwards. The child
/// is 17 months old on 20 June 2025.
@Suite struct NotExaminedTests {
  private static let child = TwoPuskesmas.patient
  private static let visit = "/people/\(child.text)/visit"

  private static func sent(_ answers: [(DataElement, Int32)]) -> [(String, String)] {
    [("on", "2025-06-20")] + answers.map { ("e\($0.code)", "\($1)") }
  }

  private static let goodNews = [
    "batuk bukan pneumonia", "tanpa dehidrasi", "tidak anemia", "tidak ada masalah pemberian makan",
  ]

  @Test func coughAloneIsNoPneumoniaExcluded() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let sent = Self.sent([(.coughOrHardBreathing, 1), (.diarrhoea, 1)])
    let text = try await midwife.post("\(Self.visit)/consequences?form=sick_child", sent).text
    #expect(text.contains("Belum dapat dinilai") && text.contains("Masih mungkin"))
    let open = try #require(text.range(of: "Belum dapat dinilai"))
    for news in Self.goodNews { #expect(!text[..<open.lowerBound].contains(news), "\(news)") }
    // What is missing is named.
    #expect(text.contains("Tarikan dinding dada"))
  }

  @Test func aSymptomThatWasNotAskedAboutStandsBeforeWhatWasFound() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let signs: [DataElement] = [
      .abnormalAppearance, .abnormalBreathing, .abnormalCirculation, .cannotDrink, .vomitsAll,
      .fits, .lethargic, .stridor, .coldLimbs,
    ]
    let sent = Self.sent(signs.map { ($0, 0) } + [(.diarrhoea, 1), (.fever, 0)])
    let text = try await midwife.post("\(Self.visit)/consequences?form=sick_child", sent).text
    let unfinished = try #require(text.range(of: "belum selesai dinilai"))
    let stable = try #require(text.range(of: "stabil"))
    #expect(unfinished.lowerBound < stable.lowerBound)
    let named = text[unfinished.lowerBound..<stable.lowerBound]
    #expect(named.contains("Mata cekung"))
    // What was answered is asked no more, nor is a symptom that is not there.
    let asked = Self.sent(
      signs.map { ($0, 0) } + [
        (.diarrhoea, 1), (.fever, 0), (.sunkenEyes, 0), (.drinking, 1), (.skinPinch, 1),
        (.restless, 0), (.diarrhoeaDays, 2), (.bloodInStool, 0),
      ])
    let done = try await midwife.post("\(Self.visit)/consequences?form=sick_child", asked).text
    #expect(!done.contains("belum selesai dinilai"))
  }

  @Test func actionsAreToldAsTheirReaderDoesThem() async throws {
    let server = try await SignedInServer.start()
    let sent = Self.sent([(.childTuberculosisSymptom, 1), (.feverOrIll, 1)])
    let path = "\(Self.visit)/consequences?form=child"
    var kader = try await server.signIn(.kader)
    let brings = try await kader.post(path, sent).text
    #expect(brings.contains("Bawa ke Puskesmas untuk pemeriksaan TBC"))
    #expect(brings.contains("Bawa ke bidan hari ini") && !brings.contains("Periksa TBC"))
    var midwife = try await server.signIn(.pustuWorker)
    let examines = try await midwife.post(path, sent).text
    #expect(examines.contains("Periksa TBC") && examines.contains("Periksa hari ini"))
    #expect(!examines.contains("Bawa ke bidan hari ini"))
  }

  @Test func askingTheSignsOfDangerLeadsToTheirForm() async throws {
    let server = try await SignedInServer.start()
    let sent = Self.sent([(.feverOrIll, 1)])
    let link = "<a href=\"\(Self.visit)?form=sick_child\">Tanyakan tanda bahaya"
    var kader = try await server.signIn(.kader)
    // Before it is saved nothing leads away from what was entered.
    for path in ["\(Self.visit)/consequences?form=child", "\(Self.visit)?form=child"] {
      let shown = try await kader.post(path, sent + [("act", "preview")]).text
      #expect(shown.contains("Tanyakan tanda bahaya") && !shown.contains(link))
    }
    let kept = try await kader.post("\(Self.visit)?form=child", sent + [("act", "save")])
    #expect(kept.status == 303)
    let plan = Links.person(Self.child) + "/care"
    #expect(try await kader.get(plan).text.contains(link))
    #expect(try await kader.get("\(Self.visit)?form=sick_child").status == 200)
    // Once they were asked, what they found says more.
    let asked = Self.sent([(.cannotDrink, 0), (.fits, 0)])
    let signs = try await kader.post("\(Self.visit)?form=sick_child", asked + [("act", "save")])
    #expect(signs.status == 303)
    #expect(try await !kader.get(plan).text.contains(link))
  }

  /// A kader brings a child for what is done neither at the Posyandu nor at home.
  @Test func aKaderBringsAChildForScreenings() async throws {
    let server = try await SignedInServer.start()
    let plan = Links.person(Self.child) + "/care"
    let kader = try await server.signIn(.kader)
    #expect(try await kader.get(plan).text.contains("Bawa ke bidan atau Puskesmas: "))
    let midwife = try await server.signIn(.pustuWorker)
    #expect(try await !midwife.get(plan).text.contains("Bawa ke bidan atau Puskesmas: "))
  }

  @Test func aKaderIsToldToBringTheChildAndNoClass() async throws {
    let server = try await SignedInServer.start()
    var kader = try await server.signIn(.kader)
    let sent = Self.sent([(.coughOrHardBreathing, 1), (.fits, 0)])
    let text = try await kader.post("\(Self.visit)/consequences?form=sick_child", sent).text
    #expect(text.contains("bawa ke bidan atau Puskesmas hari ini"))
    #expect(!text.contains("Masih mungkin") && !text.contains("belum selesai dinilai"))
    for news in Self.goodNews { #expect(!text.contains(news), "\(news)") }
  }

  @Test func theFindingsOfAReferralHoldWhatItsReasonWasDecidedBy() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let sent = Self.sent([
      (.coughOrHardBreathing, 1), (.breathsPerMinute, 58), (.chestIndrawing, 1), (.fits, 1),
    ])
    let kept = try await midwife.post(
      "\(Self.visit)?form=sick_child", sent + [("act", "save")])
    #expect(kept.status == 303)
    let page = try await midwife.get(Links.person(Self.child) + "/referral").text
    #expect(page.contains("58") && page.contains("Tarikan dinding dada"))
  }
}
