import Health
import Samples
import Testing

@testable import struct Health.PackedLetters

@Suite("Similarity of letters")
struct NameSimilarityTests {
  // Examples of W.E. Winkler's papers, as quoted in many textbooks.
  @Test(
    "Published examples",
    arguments: [
      ("martha", "marhta", 9_611), ("dwayne", "duane", 8_400), ("dixon", "dicksonx", 8_133),
      ("jones", "johnson", 8_324), ("abc", "xyz", 0), ("", "", 0), ("a", "", 0), ("a", "a", 10_000),
    ])
  func published(left: String, right: String, similarity: Int32) {
    #expect(NameSimilarity.jaroWinkler(Array(left.utf8), Array(right.utf8)) == similarity)
    #expect(NameSimilarity.jaroWinkler(Array(right.utf8), Array(left.utf8)) == similarity)
  }

  @Test("Packed letters give the same as plain ones")
  func packed() {
    var random = SeededNumbers(seed: 3)
    var unlike = 0
    for _ in 0..<20_000 {
      func word() -> [UInt8] {
        (0..<Int.random(in: 0...24, using: &random)).map { _ in
          UInt8.random(in: 0x61...0x67, using: &random)
        }
      }
      let left = word()
      let right = word()
      if PackedLetters(left).similarity(to: PackedLetters(right))
        != NameSimilarity.jaroWinkler(left, right)
      {
        unlike += 1
      }
    }
    #expect(unlike == 0)
  }

  @Test(
    "One slip of the finger",
    arguments: [
      ("sulastri", "sulastri", true), ("sulastri", "sulsatri", true), ("sulastri", "sulatri", true),
      ("sulastri", "sulasstri", true), ("sulastri", "sulastru", true),
      ("sulastri", "ulastri", true),
      ("sulastri", "sulasti", true), ("rafapratama", "rafipratama", true),
      ("sulastri", "sulatsir", false), ("sulastri", "silastru", false), ("ab", "abcd", false),
      ("", "a", true), ("", "", true), ("abcdefghijklmn", "abcdefghijklnm", true),
    ])
  func slip(left: String, right: String, isOne: Bool) {
    let mine = PackedLetters(Array(left.utf8))
    let theirs = PackedLetters(Array(right.utf8))
    #expect(mine.isOneSlip(from: theirs) == isOne)
    #expect(theirs.isOneSlip(from: mine) == isOne)
  }
}
