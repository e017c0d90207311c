import Foundation
import GRDB
import Health
import Samples
import Testing

@testable import Services

@Suite("Passwords are set and changed") struct AccountTests {
  private static let better = "pohon ember sepeda biru"

  @Test("The owner changes it with the current one; other sessions end, this one is renewed")
  func change() async throws {
    let temporary = try TemporaryAccess()
    let siti = try await temporary.official(5, named: "siti")
    let here = try await temporary.signIn("siti", at: moment(0)).get().token
    let there = try await temporary.signIn("siti", at: moment(1)).get().token
    let outcome = try await temporary.access.changePassword(
      here, current: Secret(TemporaryAccess.password), new: Secret(Self.better), context: [],
      at: moment(2))
    let fresh = try outcome.get()
    #expect(outcome.events.map(\.what) == [.passwordChanged, .sessionEnded(.passwordChanged)])
    #expect(try await temporary.state(here, at: moment(3)) == .ended)
    #expect(try await temporary.state(there, at: moment(3)) == .ended)
    #expect(try await temporary.state(fresh, at: moment(3)).isActive)
    #expect(try await temporary.signIn("siti", at: moment(4)).refusal == .wrongPassword)
    #expect(try await temporary.signIn("siti", Self.better, at: moment(5)).refusal == nil)
    #expect(try temporary.access.account(of: siti)?.changedAt == moment(2))
  }

  @Test("Without the current one nothing changes, and guessing is slowed")
  func wrongCurrent() async throws {
    let temporary = try TemporaryAccess()
    _ = try await temporary.official(5, named: "siti")
    let token = try await temporary.signIn("siti", at: moment(0)).get().token
    func change(_ seconds: Int) async throws -> Outcome<SessionToken> {
      try await temporary.access.changePassword(
        token, current: Secret("bukan kata sandinya"), new: Secret(Self.better), context: [],
        at: moment(seconds))
    }
    for second in 1...3 {
      let outcome = try await change(second)
      #expect(outcome.refusal == .wrongCurrentPassword)
      #expect(outcome.events.map(\.what) == [.changeRefused(.wrongCurrentPassword)])
    }
    #expect(try await change(4).refusal == .wait(seconds: 4))
    #expect(try await temporary.state(token, at: moment(5)).isActive)
    let confirmed = try await temporary.access.confirmPassword(
      token, Secret(TemporaryAccess.password), at: moment(20))
    #expect(confirmed.refusal == nil)
    #expect(
      try await temporary.access.confirmPassword(
        try SessionToken.fresh(), Secret(TemporaryAccess.password), at: moment(20)
      ).refusal == .sessionEnded)
  }

  @Test("A weak new one is refused with its reasons, the user name among the words")
  func weak() async throws {
    let temporary = try TemporaryAccess()
    let siti = try await temporary.official(5, named: "siti.rahayu")
    let token = try await temporary.signIn("siti.rahayu", at: moment(0)).get().token
    let outcome = try await temporary.access.changePassword(
      token, current: Secret(TemporaryAccess.password), new: Secret("siti.rahayu1"), context: [],
      at: moment(2))
    #expect(outcome.refusal == .password([.contextWord]))
    #expect(try await temporary.state(token, at: moment(3)).isActive)
    let set = try await temporary.access.setPassword(
      of: siti, userName: nil, Secret("x7Gq!"), context: [], mustChange: false, by: nil,
      at: moment(4))
    #expect(set.refusal == .password([.tooShort]))
    #expect(try await temporary.signIn("siti.rahayu", at: moment(5)).refusal == nil)
  }

  @Test("A user name is one person's, whatever its capitals")
  func names() async throws {
    let temporary = try TemporaryAccess()
    _ = try await temporary.official(5, named: "siti")
    func set(_ worker: Int, _ name: UserName?) async throws -> AccessRefusal? {
      try await temporary.access.setPassword(
        of: id(worker), userName: name, Secret(TemporaryAccess.password), context: [],
        mustChange: true, by: TemporaryAccess.administrator, at: moment(1)
      ).refusal
    }
    #expect(try await set(6, UserName("SITI")) == .userNameTaken)
    #expect(try await set(6, nil) == .userNameUnfit)
    #expect(try await set(6, UserName("dewi")) == nil)
    #expect(try await set(5, UserName("siti.baru")) == nil)
    #expect(try await set(6, UserName("siti")) == nil)
    #expect(try temporary.access.account(of: id(5))?.userName == "siti.baru")
    #expect(try await temporary.signIn("siti.baru", at: moment(2)).get().mustChangePassword)
    #expect(try temporary.access.account(of: id(7)) == nil)
  }

  @Test("Accounts follow the names of the register, also where two change theirs")
  func follow() async throws {
    let temporary = try TemporaryAccess()
    let access = temporary.access
    let siti = try await temporary.official(5, named: "siti")
    let dewi = try await temporary.official(6, named: "dewi")
    let names = try ["siti", "dewi", "rahayu"].map { try #require(UserName($0)) }
    func stored(_ worker: Identifier) throws -> String? {
      try access.account(of: worker)?.userName
    }
    try await access.follow([siti: names[1], dewi: names[0]])
    #expect(try stored(siti) == "dewi" && stored(dewi) == "siti")
    #expect(try access.worker(userName: names[0]) == dewi)
    // Somebody without an account gets a name that another has: that one has none until told.
    try await access.follow([id(7): names[0]])
    #expect(try access.worker(userName: names[0]) == nil)
    #expect(try stored(dewi).flatMap { UserName($0) } == nil)
    #expect(try await temporary.signIn("siti", at: moment(1)).refusal == .wrongPassword)
    #expect(try stored(id(7)) == nil)
    try await access.follow([dewi: names[2]])
    #expect(try await temporary.signIn("rahayu", at: moment(2)).refusal == nil)
    // Where the register tells one name of two, one of them keeps it and nothing fails.
    try await access.follow([siti: names[2], dewi: names[2]])
    #expect(try access.worker(userName: names[2]) == siti)
  }

  @Test("When the last role ends, nothing lets the worker in")
  func ended() async throws {
    let temporary = try TemporaryAccess()
    let siti = try await temporary.official(5, named: "siti")
    let phone = try await temporary.kader(5)
    let browser = try await temporary.signIn("siti", at: moment(1)).get().token
    let code = try await temporary.code(.resetPassword, for: siti)
    let events = try await temporary.access.endAccess(
      of: siti, by: TemporaryAccess.administrator, at: moment(2))
    #expect(
      events.map(\.what) == [
        .sessionEnded(.accessEnded), .sessionEnded(.accessEnded), .accessEnded,
      ])
    for token in [phone.signedIn.token, browser] {
      #expect(try await temporary.state(token, at: moment(2)) == .ended)
    }
    #expect(try await temporary.signIn("siti", at: moment(3)).refusal == .wrongPassword)
    let pin = try await temporary.signIn(
      siti, pin: "807416", key: phone.deviceKey, at: moment(3))
    #expect(pin.refusal == .notOnThisDevice)
    #expect(
      try await temporary.access.look(
        atCode: code.long, address: TemporaryAccess.address, at: moment(3)
      ).refusal == .codeUnknown)
    let rows = try await temporary.other().read { db in
      try ["pin", "password", "one_time_code"].map {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)")
      }
    }
    #expect(rows == [0, 0, 0])
  }
}
