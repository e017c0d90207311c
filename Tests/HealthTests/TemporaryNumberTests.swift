import Health
import Samples
import Testing

@Suite("Numbers of people without a NIK")
struct TemporaryNumberTests {
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  private func text(_ number: TemporaryNumber) -> String {
    String(decoding: number.text, as: UTF8.self)
  }

  private func reads(_ text: [UInt8]) -> Bool {
    do throws(TemporaryNumberProblem) {
      _ = try TemporaryNumber(typed: text)
      return true
    } catch { return false }
  }

  @Test("The characters are the end of the id, the check character is as documented")
  func example() throws {
    // Weights are powers of x modulo x⁵ + x² + 1: x = 2, x² = 4, x³ = 8, x⁴ = 16, x⁵ = 5,
    // x⁶ = 10, x⁷ = 20, x⁸ = 13. A 1 in the eighth place has the check 2, in the first 13 (D).
    #expect(text(TemporaryNumber(Identifier(high: 9, low: 0))) == "TMP-000000000")
    #expect(text(TemporaryNumber(Identifier(high: 9, low: 1))) == "TMP-000000012")
    #expect(text(TemporaryNumber(Identifier(high: 9, low: 1 << 35))) == "TMP-10000000D")
    // 31 in the eighth place: twice 31 is 32 + 30, and 32 is 5; 30 xor 5 is 27, the letter V.
    #expect(text(TemporaryNumber(Identifier(high: 9, low: 31))) == "TMP-0000000ZV")
    // Only the last forty bits count.
    #expect(text(TemporaryNumber(Identifier(high: 0, low: 0xABCDEF << 40 | 1))) == "TMP-000000012")
  }

  @Test("What is written is read again, as people type it")
  func roundTrip() throws {
    var numbers = SeededNumbers(seed: 5)
    for _ in 0..<2_000 {
      let person = Identifier(
        high: .random(in: 0 ... .max, using: &numbers),
        low: .random(in: 0 ... .max, using: &numbers))
      let number = TemporaryNumber(person)
      let written = text(number)
      #expect(try TemporaryNumber(typed: written.utf8) == number)
      #expect(number.fits(person) && number.text.count == 13)
      let spoken = written.lowercased().replacing("0", with: "o").replacing("1", with: "l")
      #expect(try TemporaryNumber(typed: spoken.utf8) == number)
      #expect(try TemporaryNumber(typed: written.replacing("-", with: " ").utf8) == number)
      #expect(!number.fits(Identifier(high: person.high, low: person.low ^ 1)))
      #expect(NationalIdentityNumber(number.text) == nil)
    }
  }

  @Test("Every single wrong character is detected: all places, all characters")
  func singleErrors() {
    var numbers = SeededNumbers(seed: 7)
    for _ in 0..<200 {
      let low = UInt64.random(in: 0 ... .max, using: &numbers)
      let good = TemporaryNumber(Identifier(high: 0, low: low)).text
      for place in 4..<13 {
        for letter in Self.alphabet where letter != good[place] {
          var bad = good
          bad[place] = letter
          #expect(!reads(bad), "\(String(decoding: bad, as: UTF8.self))")
        }
      }
    }
  }

  @Test("Every swap of two characters is detected: all pairs of places, all pairs of characters")
  func swaps() {
    // The check is linear over the field, so a swap of a and b changes the sum by (a + b) times the
    // difference of two weights, whatever stands elsewhere: all pairs over zeros are all there are.
    for first in 0..<8 {
      for second in 0..<8 where second > first {
        for left in 0..<UInt64(32) {
          for right in 0..<UInt64(32) where right != left {
            let low = left << UInt64(35 - 5 * first) | right << UInt64(35 - 5 * second)
            var bad = TemporaryNumber(Identifier(high: 0, low: low)).text
            bad.swapAt(4 + first, 4 + second)
            #expect(!reads(bad), "\(first) \(second) \(left) \(right)")
          }
        }
      }
    }
    // With the check character, over random numbers.
    var numbers = SeededNumbers(seed: 8)
    for _ in 0..<5_000 {
      let low = UInt64.random(in: 0 ... .max, using: &numbers)
      let good = TemporaryNumber(Identifier(high: 0, low: low)).text
      for place in 4..<12 where good[place] != good[12] {
        var bad = good
        bad.swapAt(place, 12)
        #expect(!reads(bad), "\(String(decoding: bad, as: UTF8.self))")
      }
    }
  }

  @Test("What is wrong is told")
  func problems() {
    func problem(_ text: String) -> TemporaryNumberProblem? {
      do throws(TemporaryNumberProblem) {
        _ = try TemporaryNumber(typed: text.utf8)
        return nil
      } catch { return error }
    }
    #expect(problem("") == .noMark)
    #expect(problem("6203015708900012") == .noMark)
    #expect(problem("TMP") == .notNineCharacters(count: 0))
    #expect(problem("TMP-00000001") == .notNineCharacters(count: 8))
    #expect(problem("TMP-0000000123") == .notNineCharacters(count: 10))
    #expect(problem("TMP-0000U0012") == .unknownCharacter(position: 5))
    #expect(problem("TMP-00000*012") == .unknownCharacter(position: 6))
    #expect(problem("TMP-000000013") == .wrongCheck)
    #expect(problem("TMP-000000012") == nil)
  }

  @Test("Any bytes at all are read or told")
  func hostile() {
    var numbers = SeededNumbers(seed: 9)
    let good = TemporaryNumber(Identifier(high: 1, low: 0x1234_5678_9ABC)).text
    for _ in 0..<20_000 { _ = reads(numbers.damaged(good)) }
  }

  @Test("A newborn is known by the mother's NIK and the place in the birth")
  func newborn() throws {
    let mother = try #require(NationalIdentityNumber("6203015708900012".utf8))
    let single = try #require(NewbornIdentity(mother: mother))
    #expect(single.multipleBirthInteger == 0)
    #expect(String(decoding: single.text, as: UTF8.self) == "6203015708900012/1")
    let first = try #require(NewbornIdentity(mother: mother, isMultipleBirth: true))
    #expect(first.multipleBirthInteger == 1)
    let second = try #require(NewbornIdentity(mother: mother, order: 2))
    #expect(second.multipleBirthInteger == 2 && second.isMultipleBirth)
    #expect(NewbornIdentity(mother: mother, order: 0) == nil)
    #expect(NewbornIdentity(mother: mother, order: 9)?.multipleBirthInteger == 9)
    #expect(NewbornIdentity(mother: mother, order: 10) == nil)
    var person = PersonBody()
    #expect(NewbornIdentity(person) == nil)
    person.motherNationalIdentityNumber = Array("6203015708900012".utf8)
    #expect(NewbornIdentity(person) == single)
    person.birthOrder = 2
    #expect(NewbornIdentity(person) == second)
    person.motherNationalIdentityNumber = Array("620301570890001".utf8)
    #expect(NewbornIdentity(person) == nil)
  }
}
