import Foundation
import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// In which order a plan, the form of a referral and its letter tell what was found: to refer
/// today, to refer with an appointment, to treat. The child, a boy, is 17 months old on 20 June
/// 2025.
@Suite struct ReferralOrderTests {
  private static let child = TwoPuskesmas.patient
  private static let dangerous = ReferralReason.danger(DataElement.cannotDrink.code)
  private static let short = ReferralReason.classified(table: 71, row: 1)
  private static let tuberculosis = ReferralReason.classified(table: 30, row: 1)

  /// The places of texts on a page, by where they stand.
  private static func isInOrder(_ texts: [String], on page: String) throws -> Bool {
    let places = try texts.map { try #require(page.range(of: $0), "\($0)").lowerBound }
    return places == places.sorted()
  }

  private static func record(
    _ kind: FactKind, _ body: [UInt8], in server: SignedInServer
  ) async throws -> Identifier {
    let recording = Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker))
    let fact = recording.fact(
      kind, of: child, on: SmallDistrict.today.day(hoursEastOfGreenwich: 7),
      at: TwoPuskesmas.Side.north.posyandu(1), body)
    _ = try await server.district.record([fact])
    return fact.id
  }

  @Test(
    arguments: [
      ([], []), ([.treat], [0]), ([.homeCare, .refer], [1, 0]),
      ([.treat, .referPlanned], [1, 0]), ([.referPlanned, .treat], [0, 1]),
      ([.treat, .referPlanned, .refer], [2, 1, 0]),
      ([.homeCare, .treat, .refer, .treat, .referPlanned, .refer], [2, 5, 4, 1, 3, 0]),
    ] as [([Urgency], [Int])])
  func theMostUrgentFirst(urgencies: [Urgency], places: [Int]) {
    #expect(urgencies.indices.mostUrgentFirst { urgencies[$0] } == places)
  }

  @Test func planFormAndLetterTellItInOneOrder() async throws {
    let server = try await SignedInServer.start()
    var seen = VisitBody(setting: .puskesmas, performer: .midwife, purposes: [.sickChild])
    seen[DataElement.childTuberculosisSymptom.code] = 1
    seen[DataElement.lengthOrHeight.code] = 7_000
    seen[DataElement.cannotDrink.code] = 1
    _ = try await Self.record(.visit, seen.bytes, in: server)
    let worker = try await server.signIn(.clusterWorker)

    let form = try await worker.get(Links.person(Self.child) + "/referral").text
    let reasons = [Self.dangerous, Self.short, Self.tuberculosis]
    #expect(
      try Self.isInOrder(
        reasons.map { "name=\"reason\" value=\"\(ReferralText.value($0))\"" }, on: form))
    let care = try await worker.get(Links.person(Self.child) + "/care").text
    let classes = ["sangat pendek", "terduga TBC"].map { "<strong>\($0)</strong>" }
    #expect(try Self.isInOrder(classes, on: care))

    // A letter that was written in another order reads in this one.
    var body = ReferralBody(facility: TwoPuskesmas.clinic, facilityName: [])
    body.urgency = .atOnce
    body.reasons = reasons.reversed()
    let letter = try await Self.record(.referral, body.bytes, in: server)
    let page = try await worker.get(ReferralLetter.address(letter)).text
    #expect(try Self.isInOrder(["Tanda bahaya: ", "sangat pendek", "terduga TBC"], on: page))
  }

  @Test func aReasonThatTheBookDoesNotKnowIsNotLost() {
    #expect(ReferralText.urgency(of: Self.dangerous) == .referNow)
    #expect(ReferralText.urgency(of: Self.short) == .referPlanned)
    #expect(ReferralText.urgency(of: Self.tuberculosis) == .treat)
    #expect(ReferralText.urgency(of: .danger(4_000)) == .refer)
    #expect(ReferralText.urgency(of: .classified(table: 4_000, row: 1)) == .homeCare)
  }
}
