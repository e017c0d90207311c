import Foundation
import GRDB
import Health
import Samples
import Testing

@testable import Services

@Suite("Officials sign in") struct SignInTests {
  private static let stranger = ClientAddress("198.51.100.9")

  @Test("With user name and password; what happened is told")
  func signIn() async throws {
    let temporary = try TemporaryAccess()
    let siti = try await temporary.official(5, named: "Siti.Rahayu")
    let outcome = try await temporary.signIn(" SITI.rahayu", at: moment(10))
    let signedIn = try outcome.get()
    #expect(signedIn.session.worker == siti)
    #expect(signedIn.session.strength == .password)
    #expect(signedIn.session.endsAt == moment(10 + 1800))
    #expect(!signedIn.mustChangePassword)
    #expect(signedIn.deviceKey != nil)
    #expect(outcome.events.map(\.what) == [.browserRemembered, .signedIn(.password)])
    #expect(outcome.events.allSatisfy { $0.worker == siti && $0.at == moment(10) })
  }

  @Test("A wrong password and an unknown name are refused alike")
  func refused() async throws {
    let temporary = try TemporaryAccess()
    let siti = try await temporary.official(5, named: "siti")
    let wrong = try await temporary.signIn("siti", "Kuda melati di bawah hujan", at: moment(1))
    #expect(wrong.refusal == .wrongPassword)
    #expect(wrong.events.map(\.what) == [.signInRefused(.wrongPassword)])
    #expect(wrong.events.first?.worker == siti)
    #expect(wrong.events.first?.address == TemporaryAccess.address)
    let unknown = try await temporary.signIn("dewi", at: moment(1))
    #expect(unknown.refusal == .wrongPassword)
    #expect(unknown.events.first?.worker == nil)
    #expect(try await temporary.signIn("", at: moment(1)).refusal == .wrongPassword)
  }

  @Test("After two free tries each failure costs more time; five fill a quarter of an hour")
  func slowing() async throws {
    let temporary = try TemporaryAccess()
    _ = try await temporary.official(5, named: "siti")
    func attempt(_ seconds: Int) async throws -> AccessRefusal? {
      try await temporary.signIn("siti", "bukan kata sandinya", at: moment(seconds)).refusal
    }
    for second in 0..<3 { #expect(try await attempt(second) == .wrongPassword) }
    #expect(try await attempt(3) == .wait(seconds: 4))
    #expect(try await attempt(6) == .wait(seconds: 1))
    #expect(try await attempt(7) == .wrongPassword)
    #expect(try await attempt(16) == .wait(seconds: 1))
    #expect(try await attempt(17) == .wrongPassword)
    #expect(try await attempt(18) == .wait(seconds: 882))
    // The right password must wait too: else guessing would go on unseen.
    let right = try await temporary.signIn("siti", at: moment(899))
    #expect(right.refusal == .wait(seconds: 1))
    #expect(right.events.map(\.what) == [.signInRefused(.wait(seconds: 1))])
    #expect(try await temporary.signIn("siti", at: moment(900)).refusal == nil)
    // Success forgets the failures.
    #expect(try await attempt(901) == .wrongPassword)
    #expect(try await attempt(902) == .wrongPassword)
  }

  @Test("Names that nobody has are slowed like others")
  func unknownNames() async throws {
    let temporary = try TemporaryAccess()
    for second in 0..<3 {
      #expect(
        try await temporary.signIn("nobody", "x", at: moment(second)).refusal == .wrongPassword)
    }
    #expect(
      try await temporary.signIn("nobody", "x", at: moment(3)).refusal == .wait(seconds: 4))
  }

  @Test("A stranger who fails under a name does not keep its owner out of a known browser")
  func stranger() async throws {
    let temporary = try TemporaryAccess()
    _ = try await temporary.official(5, named: "siti")
    let key = try #require(try await temporary.signIn("siti", at: moment(0)).get().deviceKey)
    var second = 1
    for _ in 0..<5 {
      second += 100
      let refusal = try await temporary.signIn(
        "siti", "bukan kata sandinya", address: Self.stranger, at: moment(second)
      ).refusal
      #expect(refusal == .wrongPassword)
    }
    let elsewhere = try await temporary.signIn("siti", at: moment(second + 1))
    #expect(elsewhere.refusal == .wait(seconds: 499))
    let known = try await temporary.signIn("siti", key: key, at: moment(second + 1))
    #expect(known.refusal == nil)
    #expect(try known.get().deviceKey == nil)
    // A key that somebody made up is no known browser.
    let made = try DeviceKey.fresh()
    let refused = try await temporary.signIn("siti", key: made, at: moment(second + 1))
    #expect(refused.refusal == .wait(seconds: 499))
    // Nor is the browser of somebody else.
    _ = try await temporary.official(6, named: "dewi")
    let dewi = try #require(
      try await temporary.signIn("dewi", at: moment(second + 1)).get().deviceKey)
    #expect(
      try await temporary.signIn("siti", key: dewi, at: moment(second + 2)).refusal
        == .wait(seconds: 498))
  }

  @Test("A known browser has its own five tries, which keep nobody else out")
  func knownBrowser() async throws {
    let temporary = try TemporaryAccess()
    _ = try await temporary.official(5, named: "siti")
    let key = try #require(try await temporary.signIn("siti", at: moment(0)).get().deviceKey)
    for number in 0..<5 {
      _ = try await temporary.signIn(
        "siti", "bukan kata sandinya", key: key, at: moment(10 + number * 100))
    }
    #expect(
      try await temporary.signIn("siti", key: key, at: moment(411)).refusal == .wait(seconds: 499))
    #expect(try await temporary.signIn("siti", at: moment(411)).refusal == nil)
  }

  @Test("One address fails twenty times in a quarter of an hour, whatever the names")
  func addresses() async throws {
    let temporary = try TemporaryAccess()
    _ = try await temporary.official(5, named: "siti")
    var second = 0
    for number in 0..<20 {
      let refusal = try await temporary.signIn(
        "name\(number)", "x", address: Self.stranger, at: moment(second)
      ).refusal
      #expect(refusal == .wrongPassword, "\(number)")
      second += number < 10 ? 0 : 1 << (number - 10)
      if number == 0 { second = 1 }
      // Another's success through the same address changes nothing.
    }
    let own = try await temporary.signIn("siti", address: Self.stranger, at: moment(899))
    #expect(own.refusal == .wait(seconds: 1))
    #expect(try await temporary.signIn("siti", at: moment(899)).refusal == nil)
    #expect(
      try await temporary.signIn("siti", address: Self.stranger, at: moment(900)).refusal == nil)
  }

  @Test("Whoever has an account does not clear the address's failures with it")
  func ownSuccess() async throws {
    let temporary = try TemporaryAccess { $0.addressThrottle.limit = 3 }
    _ = try await temporary.official(5, named: "siti")
    for number in 0..<2 {
      _ = try await temporary.signIn("name\(number)", "x", at: moment(number))
      #expect(try await temporary.signIn("siti", at: moment(number)).refusal == nil)
    }
    #expect(try await temporary.signIn("name3", "x", at: moment(3)).refusal == .wrongPassword)
    #expect(try await temporary.signIn("siti", at: moment(4)).refusal == .wait(seconds: 896))
  }

  @Test("Addresses of one customer are one")
  func networks() {
    #expect(
      ClientAddress("2001:db8:1:2::1").network == ClientAddress("2001:db8:1:2:3:4:5:6").network)
    #expect(ClientAddress("2001:db8:1:2::1").network != ClientAddress("2001:db8:1:3::1").network)
    #expect(ClientAddress("::ffff:192.0.2.7").network == ClientAddress("192.0.2.7").network)
    #expect(ClientAddress("192.0.2.8").network != ClientAddress("192.0.2.7").network)
  }

  @Test("Guesses at the same moment do not slip through together")
  func together() async throws {
    let temporary = try TemporaryAccess()
    _ = try await temporary.official(5, named: "siti")
    let refusals = try await withThrowingTaskGroup(of: AccessRefusal?.self) { group in
      for number in 0..<24 {
        group.addTask {
          try await temporary.signIn("siti", "kata sandi \(number)", at: moment(0)).refusal
        }
      }
      return try await group.reduce(into: [AccessRefusal?]()) { $0.append($1) }
    }
    #expect(refusals.filter { $0 == .wrongPassword }.count == 3)
    #expect(refusals.filter { $0 == .wait(seconds: 5) }.count == 21)
  }

  @Test("The browser's earlier session ends")
  func replacing() async throws {
    let temporary = try TemporaryAccess()
    _ = try await temporary.official(5, named: "siti")
    let old = try await temporary.signIn("siti", at: moment(0)).get()
    let outcome = try await temporary.access.signIn(
      PasswordSignIn(
        userName: "siti", password: Secret(TemporaryAccess.password), deviceKey: old.deviceKey,
        replacing: old.token, address: TemporaryAccess.address), at: moment(1))
    #expect(outcome.events.map(\.what) == [.sessionEnded(.replaced), .signedIn(.password)])
    #expect(try await temporary.state(old.token, at: moment(1)) == .ended)
  }

  @Test("Of many browsers the first is forgotten")
  func browsers() async throws {
    let temporary = try TemporaryAccess { $0.browsersPerWorker = 2 }
    let siti = try await temporary.official(5, named: "siti")
    let first = try await temporary.signIn("siti", at: moment(0)).get()
    _ = try await temporary.signIn("siti", at: moment(1))
    let third = try await temporary.signIn("siti", at: moment(2))
    #expect(third.events.map(\.what).prefix(2) == [.browserRemembered, .deviceRevoked])
    #expect(try temporary.access.device(try #require(first.deviceKey)) == nil)
    #expect(try await temporary.state(first.token, at: moment(3)) == .ended)
    #expect(try temporary.access.devices(of: siti).filter { $0.revokedAt == nil }.count == 2)
  }

  @Test("A weaker hash is made anew when its owner signs in")
  func rehash() async throws {
    let temporary = try TemporaryAccess()
    _ = try await temporary.official(5, named: "siti")
    try temporary.access.close()
    var settings = temporary.access.settings
    settings.password = HashingParameters(passes: 2, memoryKiB: 16)
    let later = try Access(path: temporary.path, settings: settings)
    let request = PasswordSignIn(
      userName: "siti", password: Secret(TemporaryAccess.password),
      address: TemporaryAccess.address)
    let outcome = try await later.signIn(request, at: moment(1))
    #expect(outcome.events.map(\.what).contains(.rehashed))
    let stored = try await temporary.other().read {
      try String.fetchOne($0, sql: "SELECT hash FROM password")
    }
    #expect(stored?.hasPrefix("$argon2id$v=19$m=16,t=2,p=1$") == true)
    let again = try await later.signIn(request, at: moment(2))
    #expect(!again.events.map(\.what).contains(.rehashed))
    #expect(again.refusal == nil)
  }

  @Test("A damaged hash lets nobody in, is told, and is mended by a reset")
  func damaged() async throws {
    let temporary = try TemporaryAccess()
    let siti = try await temporary.official(5, named: "siti")
    try await temporary.other().write {
      try $0.execute(sql: "UPDATE password SET hash = replace(hash, 'm=8', 'm=4000000')")
    }
    await #expect(throws: AccessProblem.damagedHash) {
      try await temporary.signIn("siti", at: moment(1))
    }
    let code = try await temporary.code(.resetPassword, for: siti)
    _ = try await temporary.access.choosePassword(
      code: code.long, userName: nil, Secret("pohon ember sepeda biru"), context: [],
      address: TemporaryAccess.address, at: moment(2)
    ).get()
    #expect(
      try await temporary.signIn("siti", "pohon ember sepeda biru", at: moment(3)).refusal == nil)
  }
}
