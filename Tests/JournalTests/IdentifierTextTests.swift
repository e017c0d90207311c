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
}
