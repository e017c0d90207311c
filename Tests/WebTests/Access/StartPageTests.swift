import Health
import Journal
import Services
import Testing

@testable import Web

/// What people find where they arrive, by their role.
@Suite struct StartPageTests {
  @Test func everybodyFindsTheOwnWork() async throws {
    let server = try await SignedInServer.start()
    let links: [(Role, String, Bool)] = [
      (.auditor, "/log", true), (.administrator, "/lists/staff", true),
      (.administrator, "/log", false), (.auditor, "/lists/staff", false),
      (.kader, "/people/new", true), (.clusterWorker, "/people/new", true),
      (.puskesmasHead, "/people/new", false),
    ]
    for (role, link, isThere) in links {
      let page = try await server.signIn(role).get("/").text
      let main = page.split(separator: "<main").dropFirst().joined()
      #expect(main.contains("href=\"\(link)\"") == isThere, "\(role) \(link)")
    }
  }

  /// A newborn is told by the mother's NIK and the order of birth: these are not folded away.
  @Test func theFieldsOfANewbornAreOpen() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.clusterWorker)
    func isOpen(_ changes: [String: String]) async throws -> Bool {
      // The relation is missing, so that the form comes back; which alone opens it, too.
      let answer = try await midwife.post("/people", BadEntryTests.entered(changes))
      return answer.text.contains("<details open><summary>Isian lain")
    }
    let mother = TwoPuskesmas.Side.north.mother(1)
    let newborn = try await midwife.get("/people/new?mother_id=\(mother.text)").text
    #expect(newborn.contains("<details open><summary>Isian lain"))
    #expect(!(try await midwife.get("/people/new").text).contains("<details open>"))
    #expect(try await isOpen(["relation": ""]))
    let child = Links.person(TwoPuskesmas.Side.north.child(1)) + "/edit"
    #expect(!(try await midwife.get(child).text).contains("<details open>"))
  }
}
