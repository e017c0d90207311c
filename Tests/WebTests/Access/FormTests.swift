import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// Forms of strangers, stolen and planted sessions, and what cookies say.
@Suite struct FormTests {
  private static let ours = ["Sec-Fetch-Site": "same-origin"]
  private static let path = Links.person(TwoPuskesmas.Side.north.mother(2)) + "/death"

  @Test func onlyOurOwnFormsCount() async throws {
    let server = try await SignedInServer.start()
    let browser = try await server.signIn(.clusterWorker)
    let other = try await server.signIn(.clusterWorker)
    let token = try #require(browser.formToken)
    let otherToken = try #require(other.formToken)
    #expect(token != otherToken)
    let fields = [("on", "2025-06-01")]
    let host = "127.0.0.1:\(server.client.port)"
    let before = try server.facts()
    let refused: [([(String, String)], [String: String])] = [
      (fields, Self.ours),
      (fields + [("form_token", "")], Self.ours),
      (fields + [("form_token", otherToken)], Self.ours),
      (fields + [("form_token", token)], [:]),
      (fields + [("form_token", token)], ["Sec-Fetch-Site": "cross-site"]),
      (fields + [("form_token", token)], ["Sec-Fetch-Site": "same-site"]),
      (fields + [("form_token", token)], ["Sec-Fetch-Site": "none"]),
      (fields + [("form_token", token)], ["Origin": "https://example.org"]),
      (fields + [("form_token", token)], ["Origin": "null"]),
      (fields + [("form_token", token)], ["Origin": "http://\(host).example.org"]),
    ]
    for (fields, headers) in refused {
      #expect(try await browser.send(Self.path, fields, headers: headers).status == 403)
    }
    #expect(try server.facts() == before)
    // Whoever was made to send them can be told.
    var filter = AuditFilter()
    filter.actions = ["recordDeath"]
    let told = try server.log.entries(filter).entries
    #expect(told.count == refused.count)
    #expect(told.allSatisfy { $0.entry.outcome == .refused })
    #expect(told.allSatisfy { $0.entry.author.worker == TwoPuskesmas.worker(.clusterWorker) })
    let allowed = try await browser.send(
      Self.path, fields + [("form_token", token)], headers: ["Origin": "http://\(host)"])
    #expect(allowed.status == 303)
    #expect(try server.facts() == before + 1)
  }

  @Test func formsHaveLimits() async throws {
    let server = try await SignedInServer.start()
    let browser = try await server.signIn(.clusterWorker)
    let token = try #require(browser.formToken)
    let before = try server.facts()
    let fields = [("on", "2025-06-01"), ("form_token", token)]
    let long = fields + [("note", String(repeating: "x", count: Form.largest))]
    #expect(try await browser.send(Self.path, long, headers: Self.ours).status == 400)
    for type in ["text/plain", "application/json", "multipart/form-data; boundary=x"] {
      let answer = try await browser.send(
        Self.path, fields, headers: ["Sec-Fetch-Site": "same-origin", "Content-Type": type])
      #expect(answer.status == 400)
    }
    #expect(try server.facts() == before)
  }

  @Test func methodsThatPagesDoNotHaveAreRefused() async throws {
    let server = try await SignedInServer.shared()
    let browser = try await server.signIn(.clusterWorker)
    let cookie = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    for method in ["TRACE", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT"] {
      for path in ["/", Self.path, Links.person(TwoPuskesmas.patient)] {
        let answer = try await server.client.send(
          method, path, headers: ["Cookie": cookie, "X-Echo": "sikilap-echo"])
        #expect([400, 404, 405, 501].contains(answer.status), "\(method) \(path)")
        #expect(!answer.text.contains("sikilap-echo"))
        #expect(!answer.text.contains(TwoPuskesmas.northern))
      }
    }
  }
}

/// Signing in and out.
@Suite struct SignInTests {
  @Test func cookiesStayWithThisHostAndOutOfScripts() async throws {
    let server = try await SignedInServer.shared()
    let answer = try await Browser(client: server.client).send(
      "/sign-in",
      [("user_name", TwoPuskesmas.userName(.auditor)), ("password", SignedInServer.password)],
      headers: ["Sec-Fetch-Site": "same-origin"])
    let cookies = answer.headers.filter { $0.name.lowercased() == "set-cookie" }.map(\.value)
    #expect(cookies.contains { $0.hasPrefix(Cookies.session + "=") })
    for cookie in cookies {
      #expect(cookie.hasPrefix("__Host-"))
      let parts = Set(
        cookie.split(separator: ";").dropFirst().map { $0.trimmingCharacters(in: .whitespaces) })
      #expect(parts.isSuperset(of: ["Path=/", "Secure", "HttpOnly", "SameSite=Strict"]))
      #expect(!cookie.contains("Domain"))
    }
  }

  /// A session that was planted before does not become the one of who signs in.
  @Test func signingInGivesAnotherSession() async throws {
    let server = try await SignedInServer.start()
    let planted = try await server.signIn(.auditor)
    var victim = planted
    let answer = try await victim.post(
      "/sign-in",
      [
        ("user_name", TwoPuskesmas.userName(.clusterWorker)),
        ("password", SignedInServer.password),
      ])
    #expect(answer.status == 303)
    #expect(victim.cookies[Cookies.session] != planted.cookies[Cookies.session])
    #expect(try await planted.get("/account").status == 303)
    #expect(try await victim.get("/account").status == 200)
    var nobody = Browser(client: server.client)
    nobody.cookies[Cookies.session] = String(repeating: "A", count: 43)
    let made = try await nobody.get("/account")
    #expect(made.status == 303)
  }

  /// The pages where people sign in can be used while another session is open.
  @Test func theFormOfThePageCarriesTheTokenOfTheSession() async throws {
    let server = try await SignedInServer.shared()
    let browser = try await server.signIn(.auditor)
    let token = try #require(browser.formToken)
    for path in ["/sign-in", "/enrol"] {
      let html = try await browser.get(path).text
      let form = try #require(
        PageText.matches(
          "(<form[^>]*action=\"\(path)\".*?</form>)", in: html.replacing("\n", with: " ")
        ).first)
      #expect(form.contains("name=\"form_token\" value=\"\(token)\""))
    }
  }

  @Test func oneComesBackToPagesOfOursOnly() async throws {
    let server = try await SignedInServer.start()
    let elsewhere = [
      "//example.org", "https://example.org", "/\\example.org", "\\\\example.org", "example.org",
      "javascript:alert(1)", "/ /example.org", "/\t/example.org", "/\r\nSet-Cookie: x=1", "",
    ]
    for next in elsewhere {
      let answer = try await Browser(client: server.client).send(
        "/sign-in",
        [
          ("user_name", TwoPuskesmas.userName(.auditor)), ("password", SignedInServer.password),
          ("next", next),
        ], headers: ["Sec-Fetch-Site": "same-origin"])
      #expect(answer.status == 303)
      #expect(answer["Location"] == "/", "\(next)")
    }
    let wanted = "/nutrition?month=2025-06"
    let sent = try await Browser(client: server.client).get(wanted)
    #expect(sent["Location"] == "/sign-in?next=%2Fnutrition%3Fmonth%3D2025-06")
  }

  @Test func whoMustWaitIsToldHowLong() async throws {
    let server = try await SignedInServer.start()
    let fields = [
      ("user_name", TwoPuskesmas.userName(.auditor)), ("password", "bukan kata sandinya"),
    ]
    var answers: [RawAnswer] = []
    for _ in 0..<4 {
      answers.append(
        try await Browser(client: server.client).send(
          "/sign-in", fields, headers: ["Sec-Fetch-Site": "same-origin"]))
    }
    #expect(answers.map(\.status) == [403, 403, 403, 429])
    #expect(answers[0]["Retry-After"] == nil)
    #expect(answers[3]["Retry-After"] == "5")
  }

  @Test func whoSignsOutIsOut() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.puskesmasHead)
    let kept = browser
    let out = try await browser.post("/sign-out")
    #expect(out.status == 303)
    #expect(out["Clear-Site-Data"] == "\"cache\", \"storage\"")
    #expect(browser.cookies[Cookies.session] == nil)
    #expect(try await kept.get("/account").status == 303)
    #expect(try await kept.get(Links.person(TwoPuskesmas.patient)).status == 303)
  }
}
