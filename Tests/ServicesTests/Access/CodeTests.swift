import Foundation
import GRDB
import Health
import Samples
import Testing

@testable import Services

@Suite("One-time codes") struct CodeTests {
  private static let good = "pohon ember sepeda biru"

  private func look(
    _ temporary: TemporaryAccess, _ code: String, at seconds: Int,
    from address: ClientAddress = TemporaryAccess.address
  ) async throws -> AccessRefusal? {
    try await temporary.access.look(atCode: code, address: address, at: moment(seconds)).refusal
  }

  @Test("A code tells for whom and for what it is, as it is typed")
  func grant() async throws {
    let temporary = try TemporaryAccess()
    let outcome = try await temporary.access.issueCode(
      .enrolKader, for: id(7), at: TemporaryAccess.posyandu, by: TemporaryAccess.midwife,
      at: moment(0))
    let code = try outcome.get()
    #expect(outcome.events.map(\.what) == [.codeIssued(.enrolKader)])
    #expect(code.expiresAt == moment(600))
    #expect(code.short.count == 9)
    #expect(code.long.count == 32)
    #expect("\(code)" == "a one-time code")
    let sloppy = code.short.lowercased().replacingOccurrences(of: "-", with: " ")
      .replacingOccurrences(of: "0", with: "o").replacingOccurrences(of: "1", with: "l")
    for entered in [code.short, code.long, sloppy, code.long.lowercased()] {
      let grant = try await temporary.access.look(
        atCode: entered, address: TemporaryAccess.address, at: moment(1)
      ).get()
      #expect(grant.id == code.id)
      #expect(grant.worker == id(7))
      #expect(grant.place == TemporaryAccess.posyandu)
      #expect(grant.purpose == .enrolKader)
      #expect(grant.issuedBy == TemporaryAccess.midwife)
    }
  }

  @Test("A used code of the same beginning does not stand before one that lives")
  func sameBeginning() async throws {
    let temporary = try TemporaryAccess()
    _ = try await temporary.kader(7)
    let code = try await temporary.access.issueCode(
      .enrolKader, for: id(8), at: TemporaryAccess.posyandu, by: TemporaryAccess.midwife,
      at: moment(1)
    ).get()
    // Two in a thousand begin alike by chance; here they do, and the used one is the later.
    try await temporary.other().write { db in
      try db.execute(
        sql: """
          UPDATE one_time_code SET issued_at = issued_at + 5000,
            selector = (SELECT selector FROM one_time_code WHERE used_at IS NULL)
          WHERE used_at IS NOT NULL
          """)
      #expect(db.changesCount == 1)
    }
    #expect(try await look(temporary, code.short, at: 2) == nil)
  }

  @Test("A single wrong character and two that changed places are typing errors, and cost no try")
  func typing() async throws {
    let temporary = try TemporaryAccess()
    let code = try await temporary.code(.enrolKader, for: id(7))
    let characters = Array(code.short.replacingOccurrences(of: "-", with: ""))
    let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    for position in 0..<8 {
      for other in alphabet where other != characters[position] {
        var wrong = characters
        wrong[position] = other
        #expect(throws: AccessRefusal.codeMistyped) { try CodeText(String(wrong)) }
      }
    }
    for position in 0..<7 where characters[position] != characters[position + 1] {
      var wrong = characters
      wrong.swapAt(position, position + 1)
      #expect(try await look(temporary, String(wrong), at: 1) == .codeMistyped)
    }
    for wrong in [
      "", "ABC", "ABCDEFGHJ", "UUUUUUUU", "АААААААА", String(repeating: "A", count: 33),
    ] {
      #expect(try await look(temporary, wrong, at: 1) == .codeMistyped)
    }
    #expect(try await look(temporary, code.short, at: 1) == nil)
  }

  @Test("A code lives ten minutes and is used once")
  func lifetime() async throws {
    let temporary = try TemporaryAccess()
    let late = try await temporary.code(.enrolKader, for: id(7))
    #expect(try await look(temporary, late.short, at: 599) == nil)
    #expect(try await look(temporary, late.short, at: 600) == .codeExpired)
    #expect(try await look(temporary, late.long, at: 600) == .codeExpired)
    let code = try await temporary.code(.enrolKader, for: id(8))
    let enrolment = PhoneEnrolment(
      code: code.short, pin: Secret("807416"), deviceName: "", address: TemporaryAccess.address)
    #expect(try await temporary.access.enrol(enrolment, at: moment(599)).refusal == nil)
    let second = try await temporary.access.enrol(enrolment, at: moment(599))
    #expect(second.refusal == .codeUsed)
    #expect(second.events.map(\.what) == [.codeRefused(.codeUsed)])
    #expect(second.events.first?.worker == id(8))
    #expect(try await look(temporary, code.long, at: 599) == .codeUsed)
  }

  @Test("Of two who use a code at the same moment one is let in", arguments: 0..<8)
  func together(round: Int) async throws {
    let temporary = try TemporaryAccess()
    let code = try await temporary.code(.enrolKader, for: id(7))
    let refusals = try await withThrowingTaskGroup(of: AccessRefusal?.self) { group in
      for number in 0..<4 {
        group.addTask {
          try await temporary.access.enrol(
            PhoneEnrolment(
              code: number % 2 == 0 ? code.short : code.long, pin: Secret("807416"),
              deviceName: "", address: TemporaryAccess.address), at: moment(1)
          ).refusal
        }
      }
      return try await group.reduce(into: [AccessRefusal?]()) { $0.append($1) }
    }
    #expect(refusals.filter { $0 == nil }.count == 1)
    #expect(refusals.filter { $0 == .codeUsed }.count == 3)
    #expect(try temporary.access.devices(at: TemporaryAccess.posyandu).count == 1)
    #expect(try temporary.access.sessions(of: id(7), at: moment(1)).count == 1)
  }

  /// Codes that begin like this one and are wrong.
  private func guesses(of code: IssuedCode, _ count: Int) throws -> [String] {
    var found: [String] = []
    while found.count < count {
      let guess = try CodeText.freshShort()
      let beginning = code.short.prefix(2)
      guard guess.hasPrefix(beginning), guess != code.short.replacingOccurrences(of: "-", with: "")
      else { continue }
      found.append(guess)
    }
    return found
  }

  @Test("Five wrong tries, then not even the right one; the QR code still lets in")
  func tries() async throws {
    let temporary = try TemporaryAccess()
    let code = try await temporary.code(.enrolKader, for: id(7))
    for guess in try guesses(of: code, 4) {
      #expect(try await look(temporary, guess, at: 1) == .codeUnknown)
    }
    #expect(try await look(temporary, code.short, at: 1) == nil)
    let fifth = try #require(try guesses(of: code, 1).first)
    #expect(try await look(temporary, fifth, at: 1) == .codeUnknown)
    #expect(try await look(temporary, code.short, at: 1) == .codeLocked)
    #expect(try await look(temporary, code.long, at: 1) == nil)
  }

  @Test("Codes that nobody has are slowed by address")
  func addresses() async throws {
    let temporary = try TemporaryAccess { $0.addressThrottle.limit = 3 }
    let code = try await temporary.code(.enrolKader, for: id(7))
    let stranger = ClientAddress("2001:db8::1")
    for _ in 0..<3 {
      let guess = try CodeText.freshLong()
      #expect(try await look(temporary, guess, at: 1, from: stranger) == .codeUnknown)
    }
    #expect(try await look(temporary, code.long, at: 2, from: stranger) == .wait(seconds: 899))
    #expect(try await look(temporary, code.long, at: 2) == nil)
  }

  @Test("A newer code takes the place of an older one; other workers' codes stay")
  func newer() async throws {
    let temporary = try TemporaryAccess()
    let old = try await temporary.code(.enrolKader, for: id(7))
    let other = try await temporary.code(.enrolKader, for: id(8))
    let new = try await temporary.code(.enrolKader, for: id(7), at: moment(1))
    #expect(try await look(temporary, old.long, at: 2) == .codeUnknown)
    #expect(try await look(temporary, other.long, at: 2) == nil)
    #expect(try await look(temporary, new.long, at: 2) == nil)
  }

  @Test("A first password and a reset")
  func passwords() async throws {
    let temporary = try TemporaryAccess()
    func choose(
      _ code: IssuedCode, _ name: UserName?, _ password: String
    ) async throws -> Outcome<Identifier> {
      try await temporary.access.choosePassword(
        code: code.short, userName: name, Secret(password), context: ["Siti Rahayu"],
        address: TemporaryAccess.address, at: moment(2))
    }
    let first = try await temporary.code(.firstPassword, for: id(5))
    #expect(try await choose(first, nil, Self.good).refusal == .userNameUnfit)
    #expect(
      try await choose(first, UserName("siti"), "rahayu-x4z").refusal
        == .password([.contextWord]))
    let set = try await choose(first, UserName("siti"), Self.good)
    #expect(try set.get() == id(5))
    #expect(set.events.map(\.what) == [.codeUsed(.firstPassword), .passwordSet])
    let token = try await temporary.signIn("siti", Self.good, at: moment(3)).get().token
    let reset = try await temporary.code(.resetPassword, for: id(5))
    let outcome = try await choose(reset, nil, "kuda melati di bawah hujan")
    #expect(
      outcome.events.map(\.what) == [
        .codeUsed(.resetPassword), .passwordReset, .sessionEnded(.passwordChanged),
      ])
    #expect(try await temporary.state(token, at: moment(4)) == .ended)
    #expect(try await temporary.signIn("siti", at: moment(5)).refusal == nil)
    #expect(try await choose(reset, nil, Self.good).refusal == .codeUsed)
  }

  @Test("A code is good for its purpose only, and is not used up by another")
  func purpose() async throws {
    let temporary = try TemporaryAccess()
    let phone = try await temporary.code(.enrolKader, for: id(7))
    let password = try await temporary.code(.firstPassword, for: id(5))
    let wrong = try await temporary.access.choosePassword(
      code: phone.short, userName: UserName("ani"), Secret(Self.good), context: [],
      address: TemporaryAccess.address, at: moment(1))
    #expect(wrong.refusal == .codeForSomethingElse)
    let other = try await temporary.access.enrol(
      PhoneEnrolment(
        code: password.short, pin: Secret("807416"), deviceName: "",
        address: TemporaryAccess.address), at: moment(1))
    #expect(other.refusal == .codeForSomethingElse)
    let weak = try await temporary.access.enrol(
      PhoneEnrolment(
        code: phone.short, pin: Secret("111111"), deviceName: "",
        address: TemporaryAccess.address), at: moment(1))
    #expect(weak.refusal == .pin(.repeated))
    for code in [phone, password] { #expect(try await look(temporary, code.short, at: 2) == nil) }
  }
}
