import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// What each role comes upon by following links, and what it must not.
@Suite struct CrawlTests {
  /// Pages about one person, where the number stands in full for who must compare it with a card.
  private static let wholeNumber = "^/people/(new|[0-9a-f-]+(/edit)?)(\\?.*)?$"

  @Test(arguments: Role.allCases) func nobodySeesMoreThanTheirs(_ role: Role) async throws {
    // A server of its own: a worker has five sessions at most, and where other tests sign in as the
    // same worker meanwhile, that of this long walk would be the one that ends.
    let server = try await SignedInServer.start()
    let browser = try await server.signIn(role)
    let mayName: Set<Role> = [
      .kader, .pustuWorker, .clusterWorker, .puskesmasHead, .dataManager, .privateFacility,
    ]
    let number = TwoPuskesmas.Side.north.number(101)
    var waiting = [
      "/", "/search?q=\(number)", "/search?q=sulastri", "/search?q=bagas", "/search?q=mawar",
      "/search?mother=sulastri",
    ]
    if mayName.contains(role) {
      waiting += ["", "/edit", "/move", "/same", "/history", "/access"].map {
        Links.person(TwoPuskesmas.patient) + $0
      }
      waiting.append("/families/\(TwoPuskesmas.Side.north.family(1).text)")
    }
    let seeds = Set(waiting)
    var seen = seeds
    var names = 0
    while let path = waiting.popLast(), seen.count < 700 {
      let answer = try await browser.get(path)
      // Every link that is offered can be followed.
      #expect(answer.status == 200 || seeds.contains(path), "\(role) \(path)")
      let text = answer.text
      #expect(!text.contains(TwoPuskesmas.southern), "\(role) \(path)")
      if text.contains(TwoPuskesmas.northern) {
        names += 1
        #expect(mayName.contains(role), "\(role) \(path)")
      }
      if try PageText.matches(Self.wholeNumber, in: path).isEmpty {
        let shown = text.replacing(number, with: path.contains(number) ? "" : number)
        #expect(try PageText.matches("\\b99990[12]0\\d{10}\\b", in: shown).isEmpty, "\(path)")
      }
      guard answer["Content-Type"]?.hasPrefix("text/html") == true else { continue }
      for link in try PageText.matches("href=\"([^\"]+)\"", in: text) {
        let target = PageText.unescaped(link).split(separator: "#").first.map(String.init) ?? ""
        guard target.hasPrefix("/"), !target.hasPrefix("//"), !target.contains("lang="),
          !target.hasPrefix("/assets/"), seen.insert(target).inserted
        else { continue }
        waiting.append(target)
      }
    }
    #expect((names > 0) == mayName.contains(role), "\(role)")
    #expect(seen.count > 8)
  }

  @Test func lookingChangesNothing() async throws {
    let server = try await SignedInServer.start()
    let browser = try await server.signIn(.clusterWorker)
    let before = try server.facts()
    let written = try server.log.head().entries
    for line in ExpectedAnswer.table where !line.route.isAct {
      _ = try await browser.get(line.own)
    }
    #expect(try server.facts() == before)
    // But it is known who looked.
    #expect(try server.log.head().entries > written)
  }
}
