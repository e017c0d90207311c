import Foundation
import GRDB
import Health
import Journal
import Samples
import Testing

@testable import Services

@Suite("Sessions") struct SessionTests {
  private static let minute = 60
  private static let hour = 3600
  private static let day = 86_400

  @Test("An official's session ends after half an hour without a page, and not before")
  func idle() async throws {
    let temporary = try TemporaryAccess()
    let siti = try await temporary.official(5, named: "siti")
    let token = try await temporary.signIn("siti", at: moment(0)).get().token
    #expect(try await temporary.state(token, at: moment(30 * Self.minute - 1)).isActive)
    let later = 60 * Self.minute - 2
    #expect(try await temporary.state(token, at: moment(later)).isActive)
    let (state, events) = try await temporary.access.session(
      token, at: moment(later + 30 * Self.minute))
    #expect(state == .ended)
    #expect(events.map(\.what) == [.sessionEnded(.idle)])
    #expect(events.first?.worker == siti)
    let again = try await temporary.access.session(token, at: moment(later + 30 * Self.minute))
    #expect(again.events == [])
    #expect(try await temporary.state(token, at: moment(0)) == .ended)
  }

  @Test("An official's session ends after twelve hours in any case")
  func absolute() async throws {
    let temporary = try TemporaryAccess()
    _ = try await temporary.official(5, named: "siti")
    let token = try await temporary.signIn("siti", at: moment(0)).get().token
    for step in 1..<(12 * 3) {
      #expect(try await temporary.state(token, at: moment(step * 20 * Self.minute)).isActive)
    }
    guard case .active(let session) = try await temporary.state(token, at: moment(43_199)) else {
      Issue.record("ended too early")
      return
    }
    #expect(session.endsAt == moment(12 * Self.hour))
    let (state, events) = try await temporary.access.session(token, at: moment(12 * Self.hour))
    #expect(state == .ended)
    #expect(events.map(\.what) == [.sessionEnded(.tooOld)])
  }

  @Test("A kader's session asks for the PIN after a quarter of an hour, and lives ninety days")
  func kader() async throws {
    let temporary = try TemporaryAccess()
    let phone = try await temporary.kader(7)
    let token = phone.signedIn.token
    #expect(try await temporary.state(token, at: moment(15 * Self.minute - 1)).isActive)
    let seen = 15 * Self.minute - 1
    #expect(try await temporary.state(token, at: moment(seen + 15 * Self.minute - 1)).isActive)
    let last = seen + 15 * Self.minute - 1
    #expect(try await temporary.state(token, at: moment(last + 15 * Self.minute)).isLocked)
    // To look at a locked session does not unlock it.
    #expect(try await temporary.state(token, at: moment(last + 15 * Self.minute + 1)).isLocked)
    #expect(try await temporary.state(token, at: moment(last + 90 * Self.day - 1)).isLocked)
    let fresh = try await temporary.access.unlock(
      token, pin: Secret("807416"), deviceKey: phone.deviceKey,
      at: moment(last + 90 * Self.day - 1)
    ).get()
    #expect(fresh != token)
    #expect(try await temporary.state(token, at: moment(last + 90 * Self.day)) == .ended)
    let unlocked = last + 90 * Self.day - 1
    #expect(try await temporary.state(fresh, at: moment(unlocked + 1)).isActive)
    #expect(
      try await temporary.state(fresh, at: moment(unlocked + 1 + 90 * Self.day)) == .ended)
  }

  @Test("That a session was seen is written once a minute")
  func seenWrites() async throws {
    let temporary = try TemporaryAccess()
    _ = try await temporary.official(5, named: "siti")
    let token = try await temporary.signIn("siti", at: moment(0)).get().token
    let other = try temporary.other()
    func stored() throws -> Int64? {
      try other.read { try Int64.fetchOne($0, sql: "SELECT last_seen FROM session") }
    }
    func version() throws -> Int64? {
      try other.read { try Int64.fetchOne($0, sql: "PRAGMA data_version") }
    }
    let before = try version()
    for second in 1..<60 { _ = try await temporary.state(token, at: moment(second)) }
    #expect(try version() == before)
    #expect(try stored() == moment(0).milliseconds)
    _ = try await temporary.state(token, at: moment(60))
    #expect(try stored() == moment(60).milliseconds)
    // Half an hour counts from the last page, not from the last writing.
    _ = try await temporary.state(token, at: moment(119))
    #expect(try await temporary.state(token, at: moment(119 + 1799)).isActive)
  }

  @Test("A session that another program ended is over at the next page")
  func endedElsewhere() async throws {
    let temporary = try TemporaryAccess()
    let siti = try await temporary.official(5, named: "siti")
    let token = try await temporary.signIn("siti", at: moment(0)).get().token
    #expect(try await temporary.state(token, at: moment(1)).isActive)
    let program = try Access(path: temporary.path, settings: temporary.access.settings)
    let events = try await program.end(
      .all(worker: siti), as: .byAdministrator, by: TemporaryAccess.administrator, at: moment(2))
    #expect(events.map(\.what) == [.sessionEnded(.byAdministrator)])
    #expect(events.first?.by == TemporaryAccess.administrator)
    #expect(try await temporary.state(token, at: moment(2)) == .ended)
  }

  @Test("A sixth session ends the one that was seen longest ago")
  func atMostFive() async throws {
    let temporary = try TemporaryAccess()
    let siti = try await temporary.official(5, named: "siti")
    var tokens: [SessionToken] = []
    for number in 0..<5 {
      tokens.append(try await temporary.signIn("siti", at: moment(number)).get().token)
    }
    #expect(try await temporary.state(tokens[0], at: moment(10)).isActive)
    let sixth = try await temporary.signIn("siti", at: moment(11))
    #expect(sixth.events.map(\.what).contains(.sessionEnded(.tooMany)))
    #expect(try await temporary.state(tokens[1], at: moment(12)) == .ended)
    for token in [tokens[0], tokens[2], tokens[3], tokens[4]] {
      #expect(try await temporary.state(token, at: moment(12)).isActive)
    }
    #expect(try temporary.access.sessions(of: siti, at: moment(12)).count == 5)
  }

  @Test("Owners see their sessions, end one, end the others, sign out")
  func own() async throws {
    let temporary = try TemporaryAccess()
    let siti = try await temporary.official(5, named: "siti")
    let dewi = try await temporary.official(6, named: "dewi")
    let first = try await temporary.signIn("siti", at: moment(0)).get()
    let second = try await temporary.signIn("siti", at: moment(1)).get()
    let third = try await temporary.signIn("siti", at: moment(2)).get()
    let other = try await temporary.signIn("dewi", at: moment(3)).get()
    let access = temporary.access
    #expect(
      try access.sessions(of: siti, at: moment(4)).map(\.id)
        == [first, second, third].map(\.session.id))
    // Another one's session cannot be ended under one's own name.
    #expect(
      try await access.end(
        .one(other.session.id, worker: siti), as: .byOwner, by: siti, at: moment(4)) == [])
    _ = try await access.end(
      .one(first.session.id, worker: siti), as: .byOwner, by: siti, at: moment(4))
    #expect(try await temporary.state(first.token, at: moment(4)) == .ended)
    _ = try await access.end(
      .others(worker: siti, than: third.session.id), as: .byOwner, by: siti, at: moment(4))
    #expect(try await temporary.state(second.token, at: moment(4)) == .ended)
    #expect(try await temporary.state(third.token, at: moment(4)).isActive)
    let events = try await access.signOut(third.token, at: moment(5))
    #expect(events.map(\.what) == [.signedOut])
    #expect(try await access.signOut(third.token, at: moment(5)) == [])
    #expect(try await temporary.state(third.token, at: moment(5)) == .ended)
    #expect(try await temporary.state(other.token, at: moment(5)).isActive)
    #expect(try access.sessions(of: dewi, at: moment(5)).count == 1)
  }

  @Test("Changed rights ask for a new token; the old one is worth nothing then")
  func rotation() async throws {
    let temporary = try TemporaryAccess()
    let siti = try await temporary.official(5, named: "siti")
    let token = try await temporary.signIn("siti", at: moment(0)).get().token
    try await temporary.access.requireRotation(of: siti)
    guard case .active(let session) = try await temporary.state(token, at: moment(1)) else {
      Issue.record("not signed in")
      return
    }
    #expect(session.mustRotate)
    let fresh = try await temporary.access.rotate(token, at: moment(1)).get()
    #expect(try await temporary.state(token, at: moment(1)) == .ended)
    guard case .active(let renewed) = try await temporary.state(fresh, at: moment(1)) else {
      Issue.record("not signed in")
      return
    }
    #expect(renewed.id == session.id)
    #expect(!renewed.mustRotate)
    #expect(try await temporary.access.rotate(token, at: moment(1)).refusal == .sessionEnded)
  }

  @Test("A form's token belongs to one session")
  func forms() async throws {
    let one = try SessionToken.fresh()
    let other = try SessionToken.fresh()
    #expect(one.isFormToken(one.formToken))
    #expect(!one.isFormToken(other.formToken))
    #expect(!one.isFormToken(""))
    #expect(one.formToken != one.text)
    #expect(one.text.count == 43)
    #expect(SessionToken(text: one.text) == one)
    for wrong in ["", "abc", one.text + "A", String(one.text.dropLast()) + "=", one.text + "="] {
      #expect(SessionToken(text: wrong) == nil)
    }
    // 43 characters hold 258 bits: of the last one two do not count and must be zero.
    let last = try #require(one.text.last)
    let bits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    let position = try #require(bits.firstIndex(of: last))
    #expect(SessionToken(text: one.text.dropLast() + String(bits[position ^ 1])) == nil)
    #expect("\(one)" == "a session's token")
  }

  @Test("What is over is removed")
  func forgetting() async throws {
    let temporary = try TemporaryAccess()
    _ = try await temporary.official(5, named: "siti")
    _ = try await temporary.signIn("siti", at: moment(0))
    _ = try await temporary.signIn("siti", "bukan kata sandinya", at: moment(0))
    _ = try await temporary.code(.resetPassword, for: id(5), at: moment(0))
    let count = { (table: String) in
      try temporary.other().read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") }
    }
    let tables = ["session", "attempt", "one_time_code"]
    _ = try await temporary.access.forgetExpired(at: moment(60))
    for table in tables { #expect(try count(table) ?? 0 > 0, "\(table)") }
    let events = try await temporary.access.forgetExpired(at: moment(2 * Self.day))
    #expect(events.map(\.what) == [.sessionEnded(.tooOld)])
    for table in tables { #expect(try count(table) == 0, "\(table)") }
  }

  @Test("Sessions of many workers are counted at once as those of each one are")
  func counted() async throws {
    let temporary = try TemporaryAccess()
    let siti = try await temporary.official(5, named: "siti")
    let ani = try await temporary.official(6, named: "ani")
    _ = try await temporary.signIn("siti", at: moment(0)).get()
    _ = try await temporary.signIn("ani", at: moment(0)).get()
    _ = try await temporary.signIn("siti", at: moment(20 * Self.minute)).get()
    for (minutes, count) in [(20, 3), (29, 3), (30, 1), (49, 1), (50, 0)] {
      let at = moment(minutes * Self.minute)
      #expect(try temporary.access.sessionCount(of: [siti, ani], at: at) == count, "\(minutes)")
      let each = try [siti, ani].map { try temporary.access.sessions(of: $0, at: at).count }
      #expect(each.reduce(0, +) == count)
    }
    let at = moment(20 * Self.minute)
    #expect(try temporary.access.sessionCount(of: [ani], at: at) == 1)
    #expect(try temporary.access.sessionCount(of: [], at: at) == 0)
  }

  @Test("Who used a phone last, and when, is known while signed in and afterwards")
  func lastUse() async throws {
    let temporary = try TemporaryAccess()
    let phone = try await temporary.kader(7)
    let key = phone.deviceKey
    func last() throws -> Phone {
      try #require(try temporary.access.phones().first { $0.device.id == phone.device })
    }
    #expect(try last().lastUser == id(7) && last().lastUsed == moment(0))
    #expect(try await temporary.state(phone.signedIn.token, at: moment(600)).isActive)
    #expect(try last().lastUsed == moment(600))
    // A second kader on the same phone, who signs out.
    let second = try await temporary.kader(8, at: moment(700), key: key)
    #expect(try last().device.workers == [id(7), id(8)] && last().lastUser == id(8))
    // What the file does not know to the second is not forgotten with the session.
    #expect(try await temporary.state(second.signedIn.token, at: moment(730)).isActive)
    #expect(try last().lastUsed == moment(730))
    _ = try await temporary.access.signOut(second.signedIn.token, at: moment(760))
    #expect(try last().lastUser == id(8) && last().lastUsed == moment(730))
    // After it is revoked nobody is signed in any more, and it is known still.
    _ = try await temporary.access.revoke(
      device: phone.device, by: TemporaryAccess.midwife, at: moment(800))
    #expect(try last().lastUser == id(8) && last().device.revokedAt == moment(800))
    #expect(try temporary.access.device(phone.device)?.revokedAt == moment(800))
    // Browsers are no phones.
    _ = try await temporary.official(5, named: "siti")
    _ = try await temporary.signIn("siti", at: moment(900)).get()
    #expect(try temporary.access.phones().count == 1)
  }
}
