import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// The form of family planning on a plan, and what a kader asks on it. It is 20 June 2025.
@Suite struct FamilyPlanningPageTests {
  private static let mother = TwoPuskesmas.Side.north.mother(1)
  private static let care = "/people/\(mother.text)/care"
  private static let form = "/people/\(mother.text)/visit?form=family_planning"

  private static func field(_ element: DataElement) -> String { "e\(element.code)" }

  /// A mother who gave birth on that day.
  private static func server(_ ended: CivilDate) async throws -> SignedInServer {
    let server = try await SignedInServer.start()
    let end = PregnancyEndBody(outcome: .liveBirth)
    let recording = Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker))
    _ = try await server.district.record([
      recording.fact(
        .pregnancyEnd, of: mother, on: ended, at: TwoPuskesmas.Side.north.posyandu(1), end.bytes)
    ])
    return server
  }

  @Test func aKaderAsksAfterTheFortyTwoDaysAndIsToldThatBreastfeedingProtectsNoLonger() async throws
  {
    // 43 days before.
    let server = try await Self.server(TwoPuskesmas.day(2025, 5, 8))
    var kader = try await server.signIn(.kader)
    let plan = try await kader.get(Self.care).text
    #expect(plan.contains("form=family_planning") && !plan.contains("form=postnatal"))
    let page = try await kader.get(Self.form).text
    for element in [
      DataElement.contraceptiveMethod, .breastfeeding, .mensesReturned, .systolicPressure,
    ] { #expect(page.contains("name=\"\(Self.field(element))\""), "\(element.name)") }
    for element in [DataElement.contraceptionCounselled, .wombInfection] {
      #expect(!page.contains("name=\"\(Self.field(element))\""), "\(element.name)")
    }
    let sent = [
      ("on", "2025-06-20"), (Self.field(.contraceptiveMethod), "10"),
      (Self.field(.breastfeeding), "1"), (Self.field(.mensesReturned), "1"), ("act", "save"),
    ]
    #expect(try await kader.post(Self.form, sent).status == 303)
    let after = try await kader.get(Self.care).text
    #expect(after.contains("menyusui penuh (MAL) tidak melindungi lagi"))
    #expect(after.contains("Tambah cara KB lain sekarang"))
    #expect(!after.contains("Jangan diberikan"))
    // That it protects too little is in no colour, like every method that is not for her.
    let line = try #require(
      after.split(separator: "<li ").first { $0.contains("MAL belum atau tidak lagi cukup") })
    #expect(line.contains("tone-none"))
  }

  @Test func withinTheFortyTwoDaysTheFormOfThatTimeIsOffered() async throws {
    let server = try await Self.server(TwoPuskesmas.day(2025, 5, 9))
    let midwife = try await server.signIn(.pustuWorker)
    let plan = try await midwife.get(Self.care).text
    #expect(plan.contains("form=postnatal") && !plan.contains("form=family_planning"))
    #expect(try await midwife.get(Self.form).status == 404)
  }
}
