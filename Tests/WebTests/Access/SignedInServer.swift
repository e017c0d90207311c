import Foundation
import Health
import Journal
import Samples
import Services
import Testing

@testable import Web

/// The real application with sign-in and log, all files in a folder of its own: over
/// ``TwoPuskesmas`` with an account for each role, or over ``SmallDistrict`` with one worker who has
/// signed in.
struct SignedInServer: Sendable {
  static let password = "kuda melati di bawah hujan"

  let district: District
  let access: Access
  let log: AuditFile
  let client: RawClient
  /// Where it was started for one worker.
  private var own: (worker: Identifier, browser: Browser)?

  private static let started = Task { try await start() }

  /// One for all tests that write nothing.
  static func shared() async throws -> SignedInServer { try await started.value }

  /// One of a test's own, with an account for each role of ``TwoPuskesmas``.
  static func start(
    settings: SettingsEdition = .standard,
    clock: @escaping @Sendable () -> Instant = { SmallDistrict.today }
  ) async throws -> SignedInServer {
    let folder = try TemporaryFolder.make()
    let server = try await open(
      TwoPuskesmas.make(in: folder, settings: settings), in: folder, clock: clock)
    for role in Role.allCases {
      try await server.addAccount(TwoPuskesmas.userName(role), of: TwoPuskesmas.worker(role))
    }
    return server
  }

  /// One over a new ``SmallDistrict``, in which somebody with a role has signed in, who reads
  /// English.
  static func start(_ role: Role, at place: Identifier) async throws -> SignedInServer {
    let folder = try TemporaryFolder.make()
    var server = try await open(SmallDistrict.make(), in: folder)
    let worker = try await addWorker("Contoh Pengguna", role, at: place, to: server.district)
    try await server.addAccount("contoh.pengguna", of: worker)
    var browser = try await server.signInNow(as: "contoh.pengguna")
    browser.cookies[Cookies.language] = Language.english.rawValue
    server.own = (worker, browser)
    return server
  }

  /// Writes that somebody works, with a role.
  static func addWorker(
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

  private var one: (worker: Identifier, browser: Browser) {
    guard let own else { preconditionFailure("this server was started for all roles") }
    return own
  }

  /// The one worker who has signed in.
  var worker: Identifier { one.worker }

  /// A page as that worker sees it.
  func get(_ path: String, in language: Language = .english) async throws -> RawAnswer {
    var browser = one.browser
    browser.cookies[Cookies.language] = language.rawValue
    return try await browser.get(path)
  }

  /// Sends a form as that worker, with the session's token or with another.
  func post(
    _ path: String, _ fields: [(String, String)] = [], token: String? = nil
  ) async throws -> RawAnswer {
    try await one.browser.send(
      path, fields + [("form_token", token ?? one.browser.formToken ?? "")],
      headers: ["Sec-Fetch-Site": "same-origin"])
  }

  /// The application over a district, with accounts and log beside it in a folder. Hashes cost next
  /// to nothing.
  static func open(
    _ district: District, in folder: URL,
    clock: @escaping @Sendable () -> Instant = { SmallDistrict.today }, demo: DemoAccounts? = nil
  ) async throws -> SignedInServer {
    let path = folder.appending(path: "test.sqlite").path
    var settings = AccessSettings()
    settings.password = HashingParameters(passes: 1, memoryKiB: 8)
    settings.pin = HashingParameters(passes: 1, memoryKiB: 8)
    let access = try Access(path: Access.path(beside: path), settings: settings)
    let log = try AuditFile(path: AuditFile.path(beside: path))
    let server = try WebServer(
      district: district, entrance: .signIn(access, log), demo: demo, version: "0.0-test",
      clock: clock)
    let running = try await RunningServer.start(server, of: district)
    return SignedInServer(
      district: district, access: access, log: log, client: running.client)
  }

  func addAccount(_ userName: String, of worker: Identifier) async throws {
    _ = try await access.setPassword(
      of: worker, userName: UserName(userName), Secret(SignedInServer.password), context: [],
      mustChange: false, by: nil, at: SmallDistrict.today
    ).get()
  }

  /// Signs in as the worker of a role.
  ///
  /// One after the other: so many at once from one address are told to wait, as guesses are.
  func signIn(_ role: Role) async throws -> Browser {
    try await SignedInServer.turns.take { try await signInNow(role) }
  }

  private static let turns = Turns()

  private func signInNow(_ role: Role) async throws -> Browser {
    try await signInNow(as: TwoPuskesmas.userName(role))
  }

  func signInNow(as userName: String) async throws -> Browser {
    var browser = Browser(client: client)
    let answer = try await browser.post(
      "/sign-in", [("user_name", userName), ("password", SignedInServer.password)])
    try #require(answer.status == 303)
    try #require(browser.cookies[Cookies.session] != nil)
    return browser
  }

  /// How many facts there are.
  func facts() throws -> Int64 { try district.extent().facts }
}

/// Lets one after the other through, in the order in which they come.
actor Turns {
  private var last: Task<Void, Never>?

  func take<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let before = last
    let mine = Task {
      await before?.value
      return try await work()
    }
    last = Task { _ = try? await mine.value }
    return try await mine.value
  }
}

/// Keeps a visitor's cookies, as browsers do, and sends forms as our pages do.
struct Browser: Sendable {
  let client: RawClient
  var cookies: [String: String] = [:]

  /// What the pages of this session put into their forms.
  var formToken: String? {
    cookies[Cookies.session].flatMap(SessionToken.init(text:))?.formToken
  }

  var cookieHeader: [String: String] {
    cookies.isEmpty
      ? [:] : ["Cookie": cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")]
  }

  func get(_ path: String) async throws -> RawAnswer {
    try await client.get(path, headers: cookieHeader)
  }

  /// Sends a form of our own page, with the session's token.
  mutating func post(
    _ path: String, _ fields: [(String, String)] = []
  ) async throws -> RawAnswer {
    let answer = try await send(
      path, fields + (formToken.map { [("form_token", $0)] } ?? []),
      headers: ["Sec-Fetch-Site": "same-origin"])
    take(answer)
    return answer
  }

  /// Sends a form just so.
  func send(
    _ path: String, _ fields: [(String, String)], headers: [String: String]
  ) async throws -> RawAnswer {
    var all = cookieHeader
    all["Content-Type"] = "application/x-www-form-urlencoded"
    all.merge(headers) { _, new in new }
    let body = fields.map { "\($0.0)=\(Links.encoded($0.1))" }.joined(separator: "&")
    return try await client.send("POST", path, headers: all, body: body)
  }

  private mutating func take(_ answer: RawAnswer) {
    for header in answer.headers where header.name.lowercased() == "set-cookie" {
      let pair = header.value.split(separator: ";")[0].split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let isForgotten = header.value.contains("Max-Age=0")
      cookies[String(pair[0])] = isForgotten ? nil : String(pair[1])
    }
  }
}
