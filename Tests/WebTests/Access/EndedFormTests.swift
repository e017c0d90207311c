import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// What is written in a form whose session has ended is there again for its worker, is shown to
/// nobody else, and is never written by itself.
@Suite struct EndedFormTests {
  private static let name = "Warga \"Ditulis\" & Hilang"
  private static let fields = BadEntryTests.entered(["name": name, "sex": "male"])
  private static let half: Int64 = 30 * 60_000

  /// A form that comes when its session has been idle for too long.
  private static func late(
    _ server: SignedInServer, _ clock: TestClock, token: String? = nil
  ) async throws -> String {
    let nurse = try await server.signIn(.clusterWorker)
    #expect(try await nurse.get("/people/new").status == 200)
    clock.advance(milliseconds: half)
    let before = try server.facts()
    let answer = try await nurse.send(
      "/people",
      fields + [("form_token", token ?? nurse.formToken ?? ""), ("password", "rahasia")],
      headers: ["Sec-Fetch-Site": "same-origin"])
    #expect(answer.status == 303)
    #expect(try server.facts() == before)
    return try #require(answer["Location"])
  }

  @Test func itIsFilledInAgainForItsWorker() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    let next = try await Self.late(server, clock)
    #expect(next == "/sign-in?next=%2Fpeople%2Fnew%3Fkept%3D1&ended=kept")
    let stranger = Browser(client: server.client)
    let asked = try await stranger.get(next).text
    #expect(asked.contains("Sesi Anda sudah berakhir") && !asked.contains("Ditulis"))
    let before = try server.facts()
    var nurse = try await server.signIn(.clusterWorker)
    let page = try await nurse.get("/people/new?kept=1").text
    #expect(page.contains("Belum disimpan.") && !page.contains("rahasia"))
    let form = try #require(try PageForm(to: "/people", in: page))
    #expect(form["name"] == Self.name && form["sex"] == "male" && form["born"] == "1990-03-04")
    #expect(form["relation"] == "1" && form["place"] == TwoPuskesmas.Side.north.posyandu(1).text)
    #expect(form["form_token"] == nurse.formToken)
    #expect(try server.facts() == before)
    // Asked for without being led there, the form is empty.
    #expect(!(try await nurse.get("/people/new").text.contains("Ditulis")))
    clock.advance(milliseconds: 1)
    #expect(try await nurse.post("/people", form.filled([("is_new", "1")])).status == 303)
    #expect(!(try await nurse.get("/people/new?kept=1").text.contains("Ditulis")))
  }

  @Test func itIsForNobodyElseAndNotForLong() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    _ = try await Self.late(server, clock)
    for role in [Role.kader, .dataManager] {
      let page = try await server.signIn(role).get("/people/new?kept=1").text
      #expect(!page.contains("Ditulis") && !page.contains("Belum disimpan."), "\(role)")
    }
    clock.advance(milliseconds: Self.half - 1)
    let nurse = try await server.signIn(.clusterWorker)
    #expect(try await nurse.get("/people/new?kept=1").text.contains("Ditulis"))
    clock.advance(milliseconds: 1)
    #expect(!(try await nurse.get("/people/new?kept=1").text.contains("Ditulis")))
  }

  /// The token of no session keeps nothing for anybody.
  @Test(arguments: ["", "tampered"])
  func aTokenOfNobodyKeepsNothing(_ token: String) async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    let next = try await Self.late(server, clock, token: token)
    #expect(next == "/sign-in?next=%2Fpeople%2Fnew&ended=lost")
    let nurse = try await server.signIn(.clusterWorker)
    #expect(!(try await nurse.get("/people/new?kept=1").text.contains("Ditulis")))
  }

  @Test func textsChoicesBoxesAndListsAreFilledIn() throws {
    let html = """
      <form action="/other" method="post"><input name="a" value="x"></form>
      <form class="c" action="/here" method="post"><input type="hidden" name="form_token" value="t">
      <input name="a" value="&lt;old&gt;" required><input name="b">
      <input type="radio" name="r" value="1" checked><input type="radio" name="r" value="2">
      <input type="checkbox" name="k" value="1"><input type="checkbox" name="z" value="1" checked>
      <input type="password" name="p"><select name="s"><option value="">–</option>\
      <option value="7" selected>7</option><option value="8">8</option></select>
      <textarea name="t">before</textarea></form>
      """
    let kept = KeptForm(
      path: "/here", page: "/here",
      items: [
        ("a", "\"new\""), ("b", "B"), ("r", "2"), ("k", "1"), ("p", "no"), ("s", "8"),
        ("t", "<after>"), ("form_token", "stolen"),
      ], since: SmallDistrict.today)
    let page = try #require(FilledForm(kept).page(html))
    #expect(page.contains("<form action=\"/other\" method=\"post\"><input name=\"a\" value=\"x\">"))
    #expect(page.contains("<input name=\"a\" required value=\"&quot;new&quot;\">"))
    #expect(page.contains("<input name=\"b\" value=\"B\">"))
    #expect(page.contains("value=\"1\"><input type=\"radio\" name=\"r\" value=\"2\" checked>"))
    #expect(page.contains("name=\"k\" value=\"1\" checked>"))
    #expect(page.contains("name=\"z\" value=\"1\">") && page.contains("name=\"p\">"))
    #expect(page.contains("value=\"7\">7") && page.contains("value=\"8\" selected>8"))
    #expect(page.contains("<textarea name=\"t\">&lt;after&gt;</textarea>"))
    #expect(page.contains("name=\"form_token\" value=\"t\">"))
    #expect(FilledForm(kept).page("<p>nothing</p>") == nil)
    // An address may say which form of a visit it is; what goes elsewhere is another form.
    let asked = html.replacingOccurrences(of: "\"/here\"", with: "\"/here?form=x\"")
    #expect(FilledForm(kept).page(asked)?.contains("<input name=\"b\" value=\"B\">") == true)
    let elsewhere = html.replacingOccurrences(of: "\"/here\"", with: "\"/here/x\"")
    #expect(FilledForm(kept).page(elsewhere) == nil)
  }
}
