import Foundation
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// The assessment of a kader over HTTP.
@Suite struct SkillTests {
  @Test func skillsAndTermsAreAssessed() async throws {
    let server = try await SignedInServer.start()
    let kader = TwoPuskesmas.worker(.kader)
    let path = "/workers/\(kader.text)/skills"
    var midwife = try await server.signIn(.pustuWorker)
    for language in Language.allCases {
      let page = try await midwife.get(path + "?lang=\(language.rawValue)")
      try RouteTests.expectSound(page, language: language)
      #expect(page.text.contains("name=\"skill_25\"") && page.text.contains("name=\"term_5\""))
    }
    let before = try server.facts()
    for wrong in [
      [("on", "2025-06-01")], [("on", "2999-01-01"), ("skill_1", "yes")],
      [("on", "2025-06-01"), ("until", "2025-05-01"), ("skill_1", "yes")],
    ] {
      #expect(try await midwife.post(path, wrong).status == 400)
    }
    #expect(try server.facts() == before)
    // Management and children, with a last day for one; and one group more makes a Purwa.
    let purwa = (1...17).map { ("skill_\($0)", "yes") }
    let answer = try await midwife.post(
      path, [("on", "2025-06-01"), ("skill_25", "no"), ("term_1", "yes"), ("term_4", "no")] + purwa)
    #expect(answer.status == 303)
    #expect(try server.facts() == before + 19)
    let today = TwoPuskesmas.day(2025, 6, 20)
    let record = try server.district.kaderRecord(of: kader)
    #expect(record.standing(on: today).atLeast == .purwa)
    #expect(record.state(of: .trained, on: today)?.holds == true)
    #expect(record.state(of: .paid, on: today)?.holds == false)
    #expect(record.state(of: .equipped, on: today) == nil)
    let page = try await midwife.get(path + "?lang=en").text
    #expect(page.contains("To become Kader Madya (second level): 3 more in"))
    let facts = try server.log.entries(about: kader).entries
    #expect(facts.contains { $0.entry.route == "POST /workers/{id}/skills" })
    // A skill that counts until a day counts no more after it, and the level follows.
    let until = [("on", "2025-06-02"), ("until", "2025-06-10"), ("skill_1", "yes")]
    #expect(try await midwife.post(path, until).status == 303)
    #expect(
      try server.district.kaderStanding(of: kader, on: TwoPuskesmas.day(2025, 6, 10))
        .atLeast == .purwa)
    #expect(try server.district.kaderStanding(of: kader, on: today).atLeast == nil)
    // The page says so: what is over, and until when it counted.
    for shown in [path, "/workers/\(kader.text)"] {
      let page = try await midwife.get(shown + "?lang=en").text
      #expect(
        page.contains("no longer counted, assess again, assessed 2 June 2025, valid until 10 June"))
    }
    #expect(try await midwife.get("/workers/\(kader.text)").text.contains(path))
    // Nobody assesses a kader elsewhere, and who is no kader has no such page.
    let other = try await SignedInServer.addWorker(
      "Kader Selatan", .kader, at: TwoPuskesmas.Side.south.posyandu(1), to: server.district)
    #expect(try await midwife.get("/workers/\(other.text)/skills").status == 404)
    let head = try await server.signIn(.puskesmasHead)
    let nurse = TwoPuskesmas.worker(.clusterWorker).text
    #expect(try await head.get("/workers/\(nurse)/skills").status == 404)
  }
}
