import Foundation
import GRDB
import Health
import Journal
import Samples
import Testing

@testable import Services

@Suite("Kader and their phones") struct PhoneTests {
  private static let stranger = ClientAddress("198.51.100.9")

  @Test("A midwife's code enrols a phone, and the PIN lets the kader in on it")
  func enrol() async throws {
    let temporary = try TemporaryAccess()
    let code = try await temporary.code(.enrolKader, for: id(7))
    let outcome = try await temporary.access.enrol(
      PhoneEnrolment(
        code: code.short, pin: Secret("807416"), deviceName: "HP Bu Ani",
        address: TemporaryAccess.address), at: moment(60))
    let phone = try outcome.get()
    #expect(
      outcome.events.map(\.what) == [
        .codeUsed(.enrolKader), .deviceEnrolled, .pinSet, .signedIn(.pinAndDevice),
      ])
    #expect(outcome.events[1].by == TemporaryAccess.midwife)
    #expect(outcome.events[1].place == TemporaryAccess.posyandu)
    #expect(phone.signedIn.deviceKey == phone.deviceKey)
    #expect(phone.signedIn.session.strength == .pinAndDevice)
    let device = try #require(try temporary.access.device(phone.deviceKey))
    #expect(device.name == "HP Bu Ani")
    #expect(device.workers == [id(7)])
    #expect(device.enrolledBy == TemporaryAccess.midwife)
    #expect(try temporary.access.devices(at: TemporaryAccess.posyandu) == [device])
    let again = try await temporary.signIn(
      id(7), pin: "807416", key: phone.deviceKey, at: moment(70))
    #expect(again.events.map(\.what) == [.sessionEnded(.replaced), .signedIn(.pinAndDevice)])
    #expect(try await temporary.state(phone.signedIn.token, at: moment(70)) == .ended)
  }

  @Test("Five wrong PINs in a row lock that kader's PIN until the midwife enrols anew")
  func lock() async throws {
    let temporary = try TemporaryAccess()
    let phone = try await temporary.kader(7)
    let key = phone.deviceKey
    for left in [4, 3, 2, 1] {
      let outcome = try await temporary.signIn(id(7), pin: "000001", key: key, at: moment(1))
      #expect(outcome.refusal == .wrongPIN(triesLeft: left))
    }
    #expect(
      try await temporary.signIn(id(7), pin: "807416", key: key, at: moment(2)).refusal == nil)
    for left in [4, 3, 2, 1] {
      let outcome = try await temporary.signIn(id(7), pin: "000001", key: key, at: moment(3))
      #expect(outcome.refusal == .wrongPIN(triesLeft: left))
    }
    let fifth = try await temporary.signIn(id(7), pin: "000001", key: key, at: moment(3))
    #expect(fifth.refusal == .pinLocked)
    #expect(fifth.events.map(\.what) == [.signInRefused(.pinLocked)])
    let right = try await temporary.signIn(
      id(7), pin: "807416", key: key, at: moment(100 * 86_400))
    #expect(right.refusal == .pinLocked)
    let anew = try await temporary.kader(7, at: moment(200), key: key)
    #expect(anew.deviceKey == key)
    #expect(anew.device == phone.device)
    #expect(
      try await temporary.signIn(id(7), pin: "807416", key: key, at: moment(201)).refusal == nil)
  }

  @Test("Guesses at the same moment are counted one by one")
  func together() async throws {
    let temporary = try TemporaryAccess()
    let phone = try await temporary.kader(7)
    let refusals = try await withThrowingTaskGroup(of: AccessRefusal?.self) { group in
      for _ in 0..<20 {
        group.addTask {
          try await temporary.signIn(
            id(7), pin: "000001", key: phone.deviceKey, at: moment(1)
          ).refusal
        }
      }
      return try await group.reduce(into: [AccessRefusal?]()) { $0.append($1) }
    }
    #expect(refusals.filter { $0 == .pinLocked }.count == 16)
    for left in 1...4 { #expect(refusals.contains(.wrongPIN(triesLeft: left))) }
  }

  @Test("A stranger without the phone's key never comes to the PIN, and keeps no kader out")
  func stranger() async throws {
    let temporary = try TemporaryAccess()
    let phone = try await temporary.kader(7)
    var unknown = 0
    for number in 0..<200 {
      let made = try DeviceKey.fresh()
      let outcome = try await temporary.access.signIn(
        PINSignIn(
          worker: id(7), pin: Secret("807416"), deviceKey: made, address: Self.stranger),
        at: moment(number))
      #expect(outcome.refusal != nil)
      if outcome.refusal == .unknownDevice { unknown += 1 }
    }
    #expect(unknown < 20)
    // Not even through the stranger's own address.
    let own = try await temporary.access.signIn(
      PINSignIn(
        worker: id(7), pin: Secret("807416"), deviceKey: phone.deviceKey, address: Self.stranger),
      at: moment(200))
    #expect(own.refusal == nil)
  }

  @Test("A PIN is worth nothing with another phone's key, or in another phone's row")
  func bound() async throws {
    let temporary = try TemporaryAccess()
    let one = try await temporary.kader(7)
    let other = try await temporary.kader(8)
    #expect(
      try await temporary.signIn(id(7), pin: "807416", key: other.deviceKey, at: moment(1)).refusal
        == .notOnThisDevice)
    // Both chose the same PIN. Whoever can write to the file swaps the hashes: to no avail.
    try await temporary.other().write { db in
      try db.execute(
        sql: "UPDATE pin SET hash = (SELECT hash FROM pin WHERE worker = ?) WHERE worker = ?",
        arguments: [id(8).data, id(7).data])
    }
    #expect(
      try await temporary.signIn(id(7), pin: "807416", key: one.deviceKey, at: moment(2)).refusal
        == .wrongPIN(triesLeft: 4))
  }

  @Test("A shared phone: each kader has a PIN, and one can be taken off")
  func shared() async throws {
    let temporary = try TemporaryAccess()
    let phone = try await temporary.kader(7)
    let key = phone.deviceKey
    let code = try await temporary.code(.enrolKader, for: id(8), at: moment(5))
    let outcome = try await temporary.access.enrol(
      PhoneEnrolment(
        code: code.long, pin: Secret("638027"), deviceName: "lain", deviceKey: key,
        address: TemporaryAccess.address), at: moment(6))
    let second = try outcome.get()
    #expect(outcome.events.map(\.what).contains(.deviceShared))
    #expect(second.device == phone.device)
    #expect(second.signedIn.deviceKey == nil)
    #expect(try temporary.access.device(key)?.workers == [id(7), id(8)])
    #expect(try temporary.access.device(key)?.name == "HP Contoh")
    #expect(
      try await temporary.signIn(id(8), pin: "807416", key: key, at: moment(7)).refusal
        == .wrongPIN(triesLeft: 4))
    #expect(
      try await temporary.signIn(id(7), pin: "807416", key: key, at: moment(7)).refusal == nil)
    let events = try await temporary.access.remove(
      worker: id(8), from: phone.device, by: TemporaryAccess.midwife, at: moment(8))
    #expect(events.map(\.what) == [.deviceLeft, .sessionEnded(.deviceRevoked)])
    #expect(
      try await temporary.signIn(id(8), pin: "638027", key: key, at: moment(9)).refusal
        == .notOnThisDevice)
    #expect(
      try await temporary.signIn(id(7), pin: "807416", key: key, at: moment(9)).refusal == nil)
  }

  @Test("A phone of another Posyandu is not taken over")
  func otherPlace() async throws {
    let temporary = try TemporaryAccess()
    let phone = try await temporary.kader(7)
    let code = try await temporary.access.issueCode(
      .enrolKader, for: id(8), at: id(31), by: TemporaryAccess.midwife, at: moment(1)
    ).get()
    let outcome = try await temporary.access.enrol(
      PhoneEnrolment(
        code: code.short, pin: Secret("638027"), deviceName: "", deviceKey: phone.deviceKey,
        address: TemporaryAccess.address), at: moment(2))
    #expect(outcome.refusal == .deviceOfOtherPlace)
    // The code was not used up by that.
    let fresh = try await temporary.access.enrol(
      PhoneEnrolment(
        code: code.short, pin: Secret("638027"), deviceName: "", address: TemporaryAccess.address),
      at: moment(3))
    #expect(fresh.refusal == nil)
  }

  @Test("A lost phone is let in no more at once, for all its kader")
  func revoke() async throws {
    let temporary = try TemporaryAccess()
    let phone = try await temporary.kader(7)
    let second = try await temporary.kader(8, key: phone.deviceKey)
    let events = try await temporary.access.revoke(
      device: phone.device, by: TemporaryAccess.midwife, at: moment(9))
    #expect(
      events.map(\.what) == [
        .deviceRevoked, .sessionEnded(.deviceRevoked), .sessionEnded(.deviceRevoked),
      ])
    for token in [phone.signedIn.token, second.signedIn.token] {
      #expect(try await temporary.state(token, at: moment(9)) == .ended)
    }
    #expect(
      try await temporary.signIn(id(7), pin: "807416", key: phone.deviceKey, at: moment(9)).refusal
        == .unknownDevice)
    #expect(try temporary.access.device(phone.deviceKey) == nil)
    #expect(try temporary.access.devices(of: id(7)).map(\.revokedAt) == [moment(9)])
    let again = try await temporary.access.revoke(
      device: phone.device, by: TemporaryAccess.midwife, at: moment(10))
    #expect(again == [])
    // Whoever enrols it once more gets a new key: the old one stays without worth.
    let anew = try await temporary.kader(7, at: moment(20), key: phone.deviceKey)
    #expect(anew.deviceKey != phone.deviceKey)
    #expect(anew.device != phone.device)
  }

  @Test("The PIN is changed with the current one")
  func changePIN() async throws {
    let temporary = try TemporaryAccess()
    let phone = try await temporary.kader(7)
    let key = phone.deviceKey
    let token = phone.signedIn.token
    let access = temporary.access
    let weak = try await access.changePIN(
      token, current: Secret("807416"), new: Secret("123456"), deviceKey: key, at: moment(1))
    #expect(weak.refusal == .pin(.sequence))
    let wrong = try await access.changePIN(
      token, current: Secret("807417"), new: Secret("638027"), deviceKey: key, at: moment(2))
    #expect(wrong.refusal == .wrongPIN(triesLeft: 4))
    // Asked for again before something that needs it: a wrong one counts, a right one forgives.
    let asked = try await access.confirmPIN(
      token, Secret("807417"), deviceKey: key, at: moment(2))
    #expect(asked.refusal == .wrongPIN(triesLeft: 3))
    let confirmed = try await access.confirmPIN(
      token, Secret("807416"), deviceKey: key, at: moment(2))
    #expect(confirmed.refusal == nil && confirmed.events.isEmpty)
    let outcome = try await access.changePIN(
      token, current: Secret("807416"), new: Secret("638027"), deviceKey: key, at: moment(3))
    #expect(outcome.events.map(\.what) == [.pinSet])
    #expect(try await temporary.state(token, at: moment(3)) == .ended)
    #expect(try await temporary.state(outcome.get(), at: moment(3)).isActive)
    #expect(
      try await temporary.signIn(id(7), pin: "638027", key: key, at: moment(4)).refusal == nil)
  }

  @Test("A session is unlocked on its own phone only")
  func unlock() async throws {
    let temporary = try TemporaryAccess()
    let phone = try await temporary.kader(7)
    let other = try await temporary.kader(8)
    let later = moment(3600)
    let access = temporary.access
    let wrong = try await access.unlock(
      phone.signedIn.token, pin: Secret("807416"), deviceKey: other.deviceKey, at: later)
    #expect(wrong.refusal == .unknownDevice)
    #expect(wrong.events.map(\.what) == [.unlockRefused(.unknownDevice)])
    let mistake = try await access.unlock(
      phone.signedIn.token, pin: Secret("638027"), deviceKey: phone.deviceKey, at: later)
    #expect(mistake.refusal == .wrongPIN(triesLeft: 4))
    #expect(try await temporary.state(phone.signedIn.token, at: later).isLocked)
    let right = try await access.unlock(
      phone.signedIn.token, pin: Secret("807416"), deviceKey: phone.deviceKey, at: later)
    #expect(right.events.map(\.what) == [.unlocked])
    #expect(try await temporary.state(right.get(), at: later).isActive)
  }

  @Test("A weaker hash is made anew when the PIN is given")
  func rehash() async throws {
    let temporary = try TemporaryAccess()
    let phone = try await temporary.kader(7)
    try temporary.access.close()
    var settings = temporary.access.settings
    settings.pin = HashingParameters(passes: 2, memoryKiB: 8)
    let later = try Access(path: temporary.path, settings: settings)
    var token = phone.signedIn.token
    for (number, isRenewed) in [true, false].enumerated() {
      let outcome = try await later.unlock(
        token, pin: Secret("807416"), deviceKey: phone.deviceKey, at: moment(3600 + number))
      token = try outcome.get()
      #expect(outcome.events.map(\.what) == (isRenewed ? [.rehashed, .unlocked] : [.unlocked]))
    }
    let stored = try await temporary.other().read {
      try String.fetchOne($0, sql: "SELECT hash FROM pin")
    }
    #expect(stored?.hasPrefix("$argon2id$v=19$m=8,t=2,p=1$") == true)
  }
}
