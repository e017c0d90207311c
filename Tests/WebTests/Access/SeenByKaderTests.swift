import Foundation
import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// A sick child's form that only a kader filled in, on the plan: nothing of a well child, and of an
/// ill one what its reader does. The child is 17 months old on 20 June 2025.
@Suite struct SeenByKaderTests {
  private static let visit = "/people/\(TwoPuskesmas.patient.text)/visit?form=sick_child"
  private static let plan = "/people/\(TwoPuskesmas.patient.text)/care"
  private static let words = try? Words(Phrases(.indonesian))

  private static let well: [DataElement: String] = [
    .cannotDrink: "0", .vomitsAll: "0", .fits: "0", .lethargic: "0", .coughOrHardBreathing: "0",
    .diarrhoea: "0", .fever: "0", .earProblem: "0", .temperature: "36,8",
  ]

  /// A server on which a kader saved the form of a child that is well but for some answers.
  private static func saved(_ changes: [DataElement: String]) async throws -> SignedInServer {
    let server = try await SignedInServer.start()
    var kader = try await server.signIn(.kader)
    let answers = well.merging(changes) { _, new in new }
    let sent =
      [("on", "2025-06-20"), ("act", "save")] + answers.map { ("e\($0.key.code)", $0.value) }
    #expect(try await kader.post(visit, sent).status == 303)
    return server
  }

  private static let readers: [Role] = [.kader, .pustuWorker, .clusterWorker]

  @Test func aWellChildRaisesNoAlarm() async throws {
    let words = try #require(Self.words)
    let server = try await Self.saved([:])
    for role in Self.readers {
      let page = try await server.signIn(role).get(Self.plan).text
      #expect(!page.contains(words["care.seen_by_kader.name"]), "\(role)")
      #expect(!page.contains("class=\"danger-now alarm\""), "\(role)")
      #expect(!page.contains("Periksa hari ini (MTBS)"), "\(role)")
    }
    // A kader classifies nobody; who examines reads what was not looked at.
    let asked = "care-name\">\(words["care.tables.emergency"])<"
    #expect(try await !server.signIn(.kader).get(Self.plan).text.contains(asked))
    #expect(try await server.signIn(.pustuWorker).get(Self.plan).text.contains(asked))
  }

  @Test(
    arguments: [
      ([.diarrhoea: "1"], .diarrhoea, "· Ya, <a"),
      ([.temperature: "38,1"], .temperature, "· 38,1"),
    ] as [([DataElement: String], DataElement, String)])
  func anIllChildIsBroughtByAKaderAndExaminedByOthers(
    changes: [DataElement: String], made: DataElement, value: String
  ) async throws {
    let words = try #require(Self.words)
    let server = try await Self.saved(changes)
    let name = words["care.elements.\(made.name)"]
    let brought = "Bawa ke bidan atau Puskesmas hari ini: \(name)"
    let examined = "Periksa hari ini (MTBS): \(name)"
    for role in Self.readers {
      let page = try await server.signIn(role).get(Self.plan).text
      #expect(page.contains(words["care.seen_by_kader.name"]), "\(role)")
      #expect(page.contains(brought) == (role == .kader), "\(role)")
      #expect(page.contains(examined) == (role != .kader), "\(role)")
      #expect(!page.contains("Rujuk hari ini"), "\(role)")
      // Why: the answer that made it.
      let line = try #require(page.range(of: words["care.seen_by_kader.name"] + ": <strong>"))
      let why = try #require(
        page[line.upperBound...].components(separatedBy: "</details>").first)
      #expect(why.contains(name) && why.contains(value), "\(role)")
    }
  }

  @Test func whoeverExaminesClearsIt() async throws {
    let words = try #require(Self.words)
    let server = try await Self.saved([.diarrhoea: "1"])
    var midwife = try await server.signIn(.pustuWorker)
    let child = Self.visit.replacing("sick_child", with: "child")
    let sent = [("on", "2025-06-20"), ("act", "save"), ("e\(DataElement.feverOrIll.code)", "0")]
    #expect(try await midwife.post(child, sent).status == 303)
    let name = words["care.seen_by_kader.name"]
    #expect(try await midwife.get(Self.plan).text.contains(name))
    let examined = [("on", "2025-06-20"), ("act", "save"), ("e\(DataElement.fits.code)", "0")]
    #expect(try await midwife.post(Self.visit, examined).status == 303)
    #expect(try await !midwife.get(Self.plan).text.contains(name))
  }
}
