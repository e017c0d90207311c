import Foundation
import Samples
import Testing

@testable import Services

@Suite("Rules of good passwords and PINs") struct PasswordRuleTests {
  private static let rules = (try? CommonPasswords.shipped()).map(PasswordRules.init)

  private func problems(_ password: String, _ context: [String] = []) throws -> [PasswordProblem] {
    try #require(Self.rules).problems(Secret(password), context: context)
  }

  @Test(
    "Good ones, of any characters",
    arguments: [
      "kuda melati di bawah hujan", "x7Gq!vT2pL", "pohon-ember-42-sepeda", "ÄpfelÜberWände",
      "セキュリティのための合言葉", "puskesmas tempat kuda terbang",
    ])
  func good(password: String) throws {
    #expect(try problems(password, ["Siti Rahayu", "Puskesmas Contoh"]) == [])
  }

  @Test("Nine characters are too few, ten are enough; 128 bytes are enough, 129 too many")
  func length() throws {
    #expect(try problems("x7Gq!vT2p") == [.tooShort])
    #expect(try problems("x7Gq!vT2pL") == [])
    let long = (0..<128).map { _ in String("abcdefghkmnpqrstuvwxyz23456789".randomElement() ?? "a")
    }
    #expect(try problems(long.joined()) == [])
    #expect(try problems(long.joined() + "z") == [.tooLong])
  }

  @Test(
    "Common ones, and common words with little around them",
    arguments: [
      "qwertyuiop123", "sayangsayang", "password2024", "Sayangku123!", "bismillah12345",
      "123indonesia", "P4ssw0rd!!", "1q2w3e4r5t", "doraemon99999", "sayangkucing",
    ])
  func common(password: String) throws {
    #expect(try problems(password).contains(.common), "\(password)")
  }

  @Test("The list has at least three thousand of ten characters and more, in order")
  func list() throws {
    let list = try CommonPasswords.shipped()
    #expect(list.count > 20_000)
    #expect(list.contains("bismillah"))
    #expect(!list.contains("kuda melati di bawah hujan"))
    #expect(throws: AccessProblem.noPasswordList) { try CommonPasswords(bytes: []) }
    #expect(throws: AccessProblem.noPasswordList) {
      try CommonPasswords(bytes: Array("SKPW0001".utf8) + Array(repeating: 7, count: 16))
    }
  }

  @Test("Names, places and words of this work are no password")
  func context() throws {
    let names = ["Siti Rahayu", "siti.rahayu", "Posyandu Mawar Merah"]
    #expect(try problems("SitiRahayu99", names) == [.contextWord])
    #expect(try problems("Zubaidah1985041", ["Zubaidah Contoh"]).contains(.contextWord))
    #expect(!(try problems("Zubaidah1985041", []).contains(.contextWord)))
    #expect(try problems("posyandumawar7", names) == [.contextWord])
    #expect(try problems("Sikilap-2026!").contains(.contextWord))
    #expect(try problems("pu5k3sm4s2026").contains(.contextWord))
    #expect(try problems("bidanbidan12").contains(.contextWord))
    #expect(try problems("bidan kuda terbang tinggi", names) == [])
  }

  @Test("Repetition and sequence")
  func patterns() throws {
    #expect(try problems("aaaaaaaaaaaa").contains(.repeated))
    #expect(try problems("xyvxyvxyvxyv").contains(.repeated))
    #expect(try problems("abababccabab").contains(.repeated))
    #expect(try problems("abcdefghijkl").contains(.sequence))
    #expect(try problems("9876543210").contains(.sequence))
    #expect(try problems("poiuytrewq").contains(.sequence))
    #expect(try problems("asdfghjkl12345").contains(.sequence))
  }

  @Test(
    "PINs that are guessed first",
    arguments: [
      ("123456", PINProblem.sequence), ("654321", .sequence), ("890123", .sequence),
      ("111111", .repeated), ("121212", .repeated), ("123123", .repeated), ("112233", .repeated),
      ("717177", .repeated), ("170845", .date), ("041285", .date), ("851204", .date),
      ("198807", .date), ("951999", .date), ("12345", .notSixDigits), ("1234567", .notSixDigits),
      ("12345a", .notSixDigits), ("", .notSixDigits), ("１２３４５６", .notSixDigits),
    ])
  func weakPINs(pin: String, problem: PINProblem) {
    #expect(PINRules.problem(Secret(pin)) == problem)
  }

  @Test("Most PINs are free")
  func freePINs() {
    #expect(PINRules.problem(Secret("807416")) == nil)
    let free = stride(from: 0, to: 1_000_000, by: 97).filter { number in
      let digits = String(number)
      let pin = String(repeating: "0", count: 6 - digits.count) + digits
      return PINRules.problem(Secret(pin)) == nil
    }
    #expect(free.count > 1_000_000 / 97 * 85 / 100, "\(free.count)")
  }

  @Test("User names")
  func userNames() {
    #expect(UserName(" Siti.Rahayu ")?.text == "siti.rahayu")
    #expect(UserName("bidan-7_a")?.text == "bidan-7_a")
    #expect(UserName(String(repeating: "a", count: 40)) != nil)
    let wrong = ["", "ab", "1abc", ".abc", "siti rahayu", "sitì", "а́bcd", "abc\u{0}", "a@b.c"]
    for name in wrong + [String(repeating: "a", count: 41)] {
      #expect(UserName(name) == nil, "\(name)")
    }
  }
}
