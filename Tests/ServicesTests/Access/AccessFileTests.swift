import Foundation
import GRDB
import Health
import Journal
import Samples
import Testing

@testable import Services

@Suite("The file of signing in") struct AccessFileTests {
  @Test("Its owner alone reads it, also what SQLite lays beside it")
  func mode() async throws {
    let temporary = try TemporaryAccess()
    _ = try await temporary.official(5, named: "siti")
    for suffix in ["", "-wal", "-shm"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: temporary.path + suffix)
      #expect(attributes[.posixPermissions] as? Int == 0o600, "\(suffix)")
    }
    #expect(temporary.path.hasSuffix("/district.access.sqlite"))
  }

  @Test("A file that others could read is closed to them when it is opened")
  func tightened() throws {
    let temporary = try TemporaryAccess()
    try temporary.access.close()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: temporary.path)
    let access = try Access(path: temporary.path)
    let attributes = try FileManager.default.attributesOfItem(atPath: temporary.path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    try access.close()
  }

  @Test("What was written is on the disk")
  func durable() throws {
    let temporary = try TemporaryAccess()
    #expect(try temporary.access.durabilityLevel() == 2)
  }

  @Test("No token, key, password, PIN or code stands in the file")
  func secrets() async throws {
    let temporary = try TemporaryAccess()
    _ = try await temporary.official(5, named: "siti")
    let signedIn = try await temporary.signIn("siti", at: moment(0)).get()
    let setup = try await temporary.access.prepareTimeCode(signedIn.token, at: moment(1)).get()
    let phone = try await temporary.kader(7)
    let code = try await temporary.code(.enrolKader, for: id(8))
    let short = code.short.replacingOccurrences(of: "-", with: "")
    let bytes = try temporary.bytes()
    let secrets =
      [signedIn.token.text, phone.signedIn.token.text, phone.deviceKey.text]
      + [TemporaryAccess.password, "807416", short, code.short, code.long, setup.secret]
    for text in secrets {
      #expect(bytes.range(of: Data(text.utf8)) == nil, "\(text)")
    }
    for text in [signedIn.token.text, phone.signedIn.token.text, phone.deviceKey.text] {
      let raw = try #require(RandomSecret(text: text)).bytes
      #expect(bytes.range(of: Data(raw)) == nil)
    }
    // The control: what is there is found.
    #expect(bytes.range(of: Data("siti".utf8)) != nil)
    #expect(bytes.range(of: signedIn.token.digest) != nil)
  }

  @Test("What was removed leaves no bytes behind")
  func removed() async throws {
    let temporary = try TemporaryAccess()
    let siti = try await temporary.official(5, named: "siti")
    let hash = try #require(
      try await temporary.other().read { try String.fetchOne($0, sql: "SELECT hash FROM password") }
    )
    _ = try await temporary.access.endAccess(
      of: siti, by: TemporaryAccess.administrator, at: moment(1))
    try temporary.access.close()
    #expect(try temporary.bytes().range(of: Data(hash.utf8)) == nil)
  }

  @Test("It stays what it was when it is opened again; a newer one is refused")
  func reopened() async throws {
    let temporary = try TemporaryAccess()
    _ = try await temporary.official(5, named: "siti")
    let token = try await temporary.signIn("siti", at: moment(0)).get().token
    try temporary.access.close()
    let access = try Access(path: temporary.path)
    #expect(try await access.session(token, at: moment(1)).state.isActive)
    try access.close()
    try await temporary.other().write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 from the future')")
    }
    #expect(throws: JournalError.fromNewerVersion) { try Access(path: temporary.path) }
  }

  @Test("Every table and column has its meaning")
  func described() throws {
    let temporary = try TemporaryAccess()
    let text = try temporary.access.describeTables()
    let tables = [
      "password", "time_code", "attempt", "device", "device_worker", "pin", "session",
      "one_time_code", "opening",
    ]
    for table in tables { #expect(text.contains("## \(table)\n"), "\(table)") }
    let columns = try temporary.other().read { db in
      try tables.flatMap { try db.columns(in: $0).map(\.name) }
    }
    #expect(text.components(separatedBy: "\n| `").count - 1 == columns.count)
  }

  @Test("Every refusal, reason and event has words", arguments: Language.allCases)
  func words(language: Language) throws {
    let phrases = try Phrases(language)
    var keys = AccessRefusal.examples.flatMap {
      ["access.refusals.\($0.code).what", "access.refusals.\($0.code).mend"]
    }
    keys += PasswordProblem.allCases.map { "access.password.\($0.rawValue)" }
    keys += PINProblem.allCases.map { "access.pin.\($0.rawValue)" }
    keys += AccessEvent.What.examples.map { "access.events.\($0.code)" }
    keys += SessionEnd.allCases.map { "access.ends.\($0.code)" }
    keys += SessionStrength.allCases.map { "access.strengths.\($0.code)" }
    keys += CodePurpose.allCases.map { "access.purposes.\($0.code)" }
    for key in keys { #expect(phrases[key] != key, "\(key)") }
    let known = Set(keys)
    for key in phrases.keys where key.hasPrefix("access.") {
      #expect(known.contains(key), "\(key) is said nowhere")
    }
    for refusal in AccessRefusal.examples {
      let text =
        phrases("access.refusals.\(refusal.code).what", refusal.values)
        + phrases("access.refusals.\(refusal.code).mend", refusal.values)
      #expect(!text.contains("{"), "\(text)")
    }
  }

  @Test("A page costs little")
  func cost() async throws {
    let temporary = try TemporaryAccess()
    _ = try await temporary.official(5, named: "siti")
    let token = try await temporary.signIn("siti", at: moment(0)).get().token
    let time = try await ContinuousClock().measure {
      for _ in 0..<1000 { _ = try await temporary.state(token, at: moment(1)) }
    }
    #expect(time < .seconds(2), "\(time) for a thousand")
  }
}
