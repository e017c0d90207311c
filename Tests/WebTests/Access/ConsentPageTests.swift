import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// Decisions on texts that ask for consent, over HTTP.
@Suite struct ConsentPageTests {
  private static let child = TwoPuskesmas.Side.north.child(1)

  private static func form(
    _ decision: String, text: String = "reminders", giver: String = "parent",
    on: String = "2025-06-20", form: String = "paper", name: String = "Sulastri",
    relation: String = ""
  ) -> [(String, String)] {
    [
      ("text", text), ("decision", decision), ("giver", giver), ("on", on), ("form", form),
      ("giver_name", name), ("relation", relation),
    ]
  }

  private static func reminders(_ server: SignedInServer) throws -> [ConsentRecord] {
    let person = try #require(try server.district.entry(child))
    return try server.district.consents(of: person).filter { $0.code == "reminders" }
  }

  @Test func aDecisionIsRecordedTakenBackAndKept() async throws {
    let server = try await SignedInServer.start()
    var kader = try await server.signIn(.kader)
    let path = Links.person(Self.child) + "/consent"
    let first = try await kader.get(path).text
    #expect(first.contains("Belum pernah ditanyakan"))
    // What the clinic may see is the one text that was agreed to.
    func withdrawable(_ page: String) throws -> Int {
      try PageText.matches("value=\"(withdrawn)\"", in: page).count
    }
    #expect(try withdrawable(first) == 1)
    let wrong = [
      Self.form("maybe"), Self.form("yes", text: "care"), Self.form("yes", giver: ""),
      Self.form("yes", on: "2025-06-21"), Self.form("yes", on: "2023-12-31"),
      Self.form("yes", form: ""), Self.form("yes", name: ""),
      Self.form("yes", giver: "guardian"), Self.form("yes", giver: "oneself"),
    ]
    for form in wrong { #expect(try await kader.post(path, form).status == 400) }
    #expect(try await kader.post(path, Self.form("withdrawn")).status == 409)
    #expect(try await kader.post(path, Self.form("yes", on: "2025-06-10")).status == 303)
    #expect(try Self.reminders(server).map(\.permits) == [true])
    #expect(try withdrawable(try await kader.get(path).text) == 2)
    let guardian = Self.form("withdrawn", giver: "guardian", form: "spoken", relation: "nenek")
    #expect(try await kader.post(path, guardian).status == 303)
    let all = try Self.reminders(server)
    #expect(all.map(\.body.decision) == [.withdrawn, .yes])
    #expect(all.allSatisfy { $0.body.edition == 1 && $0.body.scope == .reminders })
    let page = try await kader.get(path).text
    #expect(page.contains("Ditarik kembali, 20 Juni 2025"))
    #expect(page.contains("Setuju, 10 Juni 2025, oleh orang tua (Sulastri), tertulis"))
    #expect(page.contains("oleh wali (Sulastri, nenek), lisan di depan petugas"))
    #expect(all.map(\.body.form) == [.spoken, .paper])
    #expect(all.map { String(decoding: $0.body.relation, as: UTF8.self) } == ["nenek", ""])
    // The other texts are untouched, and no other place is reached.
    #expect(try await kader.post(path, Self.form("no", text: "research")).status == 303)
    #expect(try Self.reminders(server).count == 2)
    let south = Links.person(TwoPuskesmas.Side.south.child(1)) + "/consent"
    #expect(try await kader.post(south, Self.form("yes")).status == 404)
  }

  @Test(arguments: Language.allCases) func everyTextHasItsWords(_ language: Language) throws {
    let words = Words(try Phrases(language))
    for text in ConsentText.all {
      for edition in 1...text.edition {
        let key = "consents.texts.\(text.code).\(edition)"
        #expect(words.find("\(key).title") != nil)
        #expect(words.find("\(key).body") != nil)
      }
    }
    #expect(Set(ConsentText.all.map(\.code)).count == ConsentText.all.count)
  }
}
