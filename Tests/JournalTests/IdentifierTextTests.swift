import Foundation
import Health
import Journal
import Testing

@Suite("Identifiers as text")
struct IdentifierTextTests {
  @Test("The usual text, with leading zeros and hyphens in their places")
  func text() {
    let id = Identifier(high: 0x0123_4567_89AB_CDEF, low: 0x0000_0000_0000_00F1)
    #expect(id.text == "01234567-89ab-cdef-0000-0000000000f1")
    #expect(Identifier(high: 0, low: 0).text == "00000000-0000-0000-0000-000000000000")
    #expect(Identifier(high: .max, low: .max).text == "ffffffff-ffff-ffff-ffff-ffffffffffff")
  }

  @Test("Text and identifier are one to one, and as Foundation writes it")
  func roundTrip() {
    for _ in 0..<1_000 {
      let uuid = UUID()
      let read = Identifier(text: uuid.uuidString)
      #expect(read?.text == uuid.uuidString.lowercased())
    }
  }

  @Test("Identifiers of things in an order lie in that order, and are versions 7 and 8")
  func inOrder() {
    let moment = Instant(milliseconds: 1_780_000_000_000)
    let numbers: [UInt32] = [0, 1, 2, 0xF_FFFF, 0x10_0000, 0x10_0001, 123_456_789, .max]
    for text in [
      numbers.map { Identifier.fresh(at: moment, number: $0) },
      numbers.map { Identifier.ofContent("test", [7], at: moment, number: $0) },
    ] {
      #expect(text == text.sorted() && Set(text).count == numbers.count)
      #expect(text.allSatisfy { $0.moment == moment && $0.low >> 62 == 2 })
    }
    #expect(!Identifier.fresh(at: moment, number: 5).isOfContent)
    let content = Identifier.ofContent("test", [7], at: moment, number: 5)
    #expect(content.isOfContent && content == .ofContent("test", [7], at: moment, number: 5))
    #expect(content != .ofContent("test", [8], at: moment, number: 5))
    #expect(content != .ofContent("other", [7], at: moment, number: 5))
  }
}
