import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// A ``SignedInServer`` over ``SmallDistrict`` in which one worker with a role has signed in.
struct AdministrationServer: Sendable {
  private let server: SignedInServer
  /// Who has signed in.
  let worker: Identifier
  private let browser: Browser

  var district: District { server.district }
  var access: Access { server.access }
  var log: AuditFile { server.log }
  var client: RawClient { server.client }

  /// A new small district in which somebody has a role.
  static func start(_ role: Role, at place: Identifier) async throws -> AdministrationServer {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "sikilap-access-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let server = try await SignedInServer.open(SmallDistrict.make(), in: folder)
    let worker = try await add("Contoh Pengguna", role, at: place, to: server.district)
    try await server.addAccount("contoh.pengguna", of: worker)
    return AdministrationServer(
      server: server, worker: worker,
      browser: try await server.signInNow(as: "contoh.pengguna"))
  }

  /// Writes that somebody works, with a role.
  static func add(
    _ name: String, _ role: Role, at place: Identifier, to district: District
  ) async throws -> Identifier {
    let id = Identifier.fresh(at: SmallDistrict.today)
    var body = WorkerBody()
    body.name = Array(name.utf8)
    body.place = place
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    let day = SmallDistrict.today.day(hoursEastOfGreenwich: 7)
    _ = try await district.record([
      recording.fact(.worker, of: id, on: day, body.bytes),
      recording.fact(.assignment, of: id, on: day, AssignmentBody(role: role, place: place).bytes),
    ])
    return id
  }

  struct NotSignedIn: Error { let status: Int }

  func get(_ path: String, in language: Language = .english) async throws -> RawAnswer {
    var browser = browser
    browser.cookies["__Host-lang"] = language.rawValue
    return try await browser.get(path)
  }

  /// Sends a form with the session's token, or with another.
  func post(
    _ path: String, _ fields: [(String, String)] = [], token: String? = nil
  ) async throws -> RawAnswer {
    var browser = browser
    browser.cookies["__Host-lang"] = Language.english.rawValue
    return try await browser.send(
      path, fields + [("form_token", token ?? browser.formToken ?? "")],
      headers: ["Sec-Fetch-Site": "same-origin"])
  }

  /// How many facts there are.
  func factCount() throws -> Int64 { try server.facts() }
}

extension RawClient {
  /// A form as a browser sends it from a page of the same server.
  func post(
    _ path: String, _ fields: [(String, String)], headers: [String: String] = [:]
  ) async throws -> RawAnswer {
    let body = fields.map { "\(Links.encoded($0.0))=\(Links.encoded($0.1))" }
      .joined(separator: "&")
    var all = [
      "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin",
      "Content-Length": "\(body.utf8.count)",
    ]
    all.merge(headers) { _, new in new }
    return try await send("POST", path, headers: all, body: body)
  }

  func post(_ path: String, _ fields: KeyValuePairs<String, String>) async throws -> RawAnswer {
    try await post(path, fields.map { ($0.key, $0.value) })
  }
}
