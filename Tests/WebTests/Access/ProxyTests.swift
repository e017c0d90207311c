import Foundation
import GRDB
import Health
import Journal
import Services
import Testing

@testable import Web

/// What changes behind a proxy with TLS, and what happens where the log cannot be written.
@Suite struct ProxyTests {
  private static let host = "sikilap.example.id"

  /// The same district behind a proxy.
  private static func proxied(_ server: SignedInServer) async throws -> RawClient {
    let behind = try WebServer(
      district: server.district, entrance: .signIn(server.access, server.log), publicHost: host,
      version: "0.0-test", clock: { SmallDistrict.today })
    return try await RunningServer.start(behind, of: server.district).client
  }

  @Test func browsersAreToldToStayWithTLS() async throws {
    let server = try await SignedInServer.start()
    let client = try await Self.proxied(server)
    let answer = try await client.get("/sign-in", headers: ["Host": Self.host])
    #expect(answer.status == 200)
    #expect(answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains")
    let missing = try await client.get("/nothing", headers: ["Host": Self.host])
    #expect(missing.status == 404)
    #expect(missing["Strict-Transport-Security"] != nil)
    let other = try await client.get("/sign-in", headers: ["Host": "other.example.id"])
    #expect(other.status == 421)
    let here = try await server.client.get("/sign-in")
    #expect(here["Strict-Transport-Security"] == nil)
  }

  /// Fails to sign in under ever new names, from addresses that the proxy tells last.
  private static func fail(
    _ client: RawClient, as name: String, from forwarded: String, to host: String
  ) async throws -> Int {
    try await Browser(client: client).send(
      "/sign-in", [("user_name", name), ("password", "bukan kata sandinya")],
      headers: [
        "Sec-Fetch-Site": "same-origin", "Host": host, "X-Forwarded-For": forwarded,
      ]
    ).status
  }

  @Test func theProxyIsBelievedAndNobodyElse() async throws {
    let server = try await SignedInServer.start()
    let client = try await Self.proxied(server)
    // Whatever the sender wrote stands in front; the proxy adds where it came from.
    for number in 0..<11 {
      // A sign that Swift takes together with the comma behind it must not hide the comma.
      let forwarded = "192.0.2.\(number)\(number == 5 ? "\u{600}" : ""), 198.51.100.7"
      #expect(
        try await Self.fail(client, as: "satu\(number)", from: forwarded, to: Self.host) == 403)
    }
    #expect(
      try await Self.fail(client, as: "satu", from: "192.0.2.99, 198.51.100.7", to: Self.host)
        == 429)
    #expect(
      try await Self.fail(client, as: "satu", from: "198.51.100.7, 203.0.113.9", to: Self.host)
        == 403)
    // Without a proxy nobody's word counts.
    let host = "127.0.0.1:\(server.client.port)"
    for number in 0..<11 {
      let forwarded = "203.0.113.\(100 + number)"
      #expect(
        try await Self.fail(server.client, as: "dua\(number)", from: forwarded, to: host) == 403)
    }
    #expect(
      try await Self.fail(server.client, as: "dua", from: "203.0.113.200", to: host) == 429)
  }

  @Test func nothingIsShownWithoutTheLog() async throws {
    let server = try await SignedInServer.start()
    let browser = try await server.signIn(.clusterWorker)
    let path = Links.person(TwoPuskesmas.patient)
    let shown = try await browser.get(path)
    #expect(shown.status == 200)
    #expect(shown.text.contains(TwoPuskesmas.northern))
    try await server.log.pool.write { db in
      try db.execute(
        sql: """
          CREATE TRIGGER audit_entry_of_no_test BEFORE INSERT ON audit_entry
          BEGIN SELECT RAISE(ABORT, 'no entry today'); END
          """)
    }
    let hidden = try await browser.get(path)
    #expect(hidden.status == 503)
    #expect(!hidden.text.contains(TwoPuskesmas.northern))
    var other = Browser(client: server.client)
    let refused = try await other.post(
      "/sign-in",
      [("user_name", TwoPuskesmas.userName(.auditor)), ("password", SignedInServer.password)])
    #expect(refused.status == 503)
    #expect(other.cookies[Cookies.session] == nil)
  }
}
