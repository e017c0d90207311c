import Health
import Samples
import Testing

@Suite("Identifiers")
struct IdentifierTests {
  @Test("Version 7 carries the time, the version and the variant, whatever the random bits")
  func version7() {
    var numbers = SeededNumbers(seed: 5)
    var random: [(UInt64, UInt64)] = [(0, 0), (.max, .max)]
    for _ in 0..<200 { random.append((numbers.next(), numbers.next())) }
    for milliseconds: Int64 in [0, 1, 1_709_225_999_999, 0xFFFF_FFFF_FFFF] {
      for bits in random {
        let made = Identifier(at: Instant(milliseconds: milliseconds), random: bits)
        #expect(made.high >> 16 == UInt64(milliseconds))
        #expect((made.high >> 12) & 0xF == 7)
        #expect(made.low >> 62 == 0b10)
        #expect(made.high & 0xFFF == bits.0 & 0xFFF)
        #expect(made.low << 2 == bits.1 << 2)
      }
    }
  }

  @Test("Version 8 keeps all other bits of the digest")
  func version8() {
    for bits: UInt64 in [0, .max, 0x0123_4567_89AB_CDEF] {
      let made = Identifier(contentDigest: bits, ~bits)
      #expect((made.high >> 12) & 0xF == 8)
      #expect(made.low >> 62 == 0b10)
      #expect((made.high ^ bits) & 0xFFFF_FFFF_FFFF_0FFF == 0)
      #expect((made.low ^ ~bits) << 2 == 0)
    }
  }

  @Test("Later version 7 identifiers are greater")
  func sorted() {
    let early = Identifier(at: Instant(milliseconds: 1_000), random: (.max, .max))
    let late = Identifier(at: Instant(milliseconds: 1_001), random: (0, 0))
    #expect(early < late)
  }

  @Test("The order is that of the bytes")
  func order() {
    var numbers = SeededNumbers(seed: 6)
    for _ in 0..<2_000 {
      let left = (0..<16).map { _ in UInt8.random(in: 0...1, using: &numbers) &* 200 }
      let right = (0..<16).map { _ in UInt8.random(in: 0...1, using: &numbers) &* 200 }
      let one = Identifier { left[$0] }
      let other = Identifier { right[$0] }
      #expect((one < other) == left.lexicographicallyPrecedes(right))
    }
  }
}
