import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// The real application with real accounts: somebody with a role has signed in over HTTP, and the
/// log is kept.
struct AdministrationServer: Sendable {
  static let password = "mangga jendela kapal biru"

  let district: District
  let access: Access
  let log: AuditFile
  let client: RawClient
  /// Who has signed in.
  let worker: Identifier
  private let cookie: String
  private let token: String

  /// A new small district in which somebody has a role.
  static func start(_ role: Role, at place: Identifier) async throws -> AdministrationServer {
    let district = try SmallDistrict.make()
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "sikilap-access-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let access = try Access(path: folder.appending(path: "access.sqlite").path)
    let log = try AuditFile(path: folder.appending(path: "audit.sqlite").path)
    let worker = try await add("Contoh Pengguna", role, at: place, to: district)
    let set = try await access.setPassword(
      of: worker, userName: UserName("contoh.pengguna"), Secret(password), context: [],
      mustChange: false, by: nil, at: SmallDistrict.today)
    guard case .success = set.result else { throw NotSignedIn(status: 0) }
    let server = try await RunningServer.start(
      WebServer(
        district: district, entrance: .signIn(access, log), version: "0.0-test",
        clock: { SmallDistrict.today }), of: district)
    let client = server.client
    let answer = try await client.post(
      "/sign-in", ["user_name": "contoh.pengguna", "password": password])
    let session = answer.headers.first {
      $0.name.lowercased() == "set-cookie" && $0.value.hasPrefix(Cookies.session)
    }
    guard let cookie = session?.value.split(separator: ";").first.map(String.init),
      let token = SessionToken(text: String(cookie.dropFirst(Cookies.session.count + 1)))
    else { throw NotSignedIn(status: answer.status) }
    return AdministrationServer(
      district: district, access: access, log: log, client: client, worker: worker,
      cookie: cookie, token: token.formToken)
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
    try await client.get(path, headers: ["Cookie": "\(cookie); __Host-lang=\(language.rawValue)"])
  }

  /// Sends a form with the session's token.
  func post(
    _ path: String, _ fields: [(String, String)] = [], token other: String? = nil
  ) async throws -> RawAnswer {
    try await client.post(
      path, fields + [("form_token", other ?? token)],
      headers: ["Cookie": "\(cookie); __Host-lang=en"])
  }

  /// How many facts there are.
  func factCount() throws -> Int64 { try district.extent().facts }
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
