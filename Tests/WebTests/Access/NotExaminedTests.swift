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

  @Test func aKaderIsToldToBringTheChildAndNoClass() async throws {
    let server = try await SignedInServer.start()
    var kader = try await server.signIn(.kader)
    let sent = Self.sent([(.coughOrHardBreathing, 1), (.fits, 0)])
    let text = try await kader.post("\(Self.visit)/consequences?form=sick_child", sent).text
    #expect(text.contains("bawa ke bidan atau Puskesmas hari ini"))
    #expect(!text.contains("Masih mungkin"))
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
