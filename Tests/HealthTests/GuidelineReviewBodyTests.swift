import Health
import Testing

/// What clinicians say of guidelines, on the wire.
@Suite("Reviews of guidelines")
struct GuidelineReviewBodyTests {
  private static let digest = [UInt8](repeating: 7, count: 32)

  private static func body(
    _ decision: GuidelineDecision, number: String = "STR-1", _ objections: [GuidelineObjection] = []
  ) -> GuidelineReviewBody {
    GuidelineReviewBody(
      guideline: Array("pregnancy".utf8), edition: Array("2023".utf8), digest: digest,
      decision: decision, registrationNumber: Array(number.utf8), objections: objections)
  }

  private static func objection(_ rule: String, _ text: String) -> GuidelineObjection {
    GuidelineObjection(rule: Array(rule.utf8), text: Array(text.utf8))
  }

  private func read(_ bytes: [UInt8]) throws -> GuidelineReviewBody {
    try bytes.withUnsafeBufferPointer { try GuidelineReviewBody($0) }
  }

  @Test("What was said is read back as it was said")
  func roundTrip() throws {
    let signed = Self.body(.signed)
    #expect(try read(signed.bytes) == signed)
    let objected = Self.body(
      .objections,
      [Self.objection("table-3", "Batas Hb 10,5, bukan 11"), Self.objection("", "Halaman 12")])
    #expect(try read(objected.bytes) == objected)
    let most = Self.body(
      .objections,
      (0..<GuidelineReviewBody.mostObjections).map {
        Self.objection(
          "service-\($0)", String(repeating: "a", count: GuidelineReviewBody.longestText))
      })
    #expect(try read(most.bytes) == most)
    #expect(most.bytes.count < Timeline.bodyLimit)
  }

  @Test("Nobody signs without a registration number, and objections say what is wrong")
  func refused() {
    for body in [
      Self.body(.signed, number: ""), Self.body(.objections),
      Self.body(.signed, [Self.objection("table-3", "salah")]),
      Self.body(.objections, [Self.objection("table-3", "")]),
    ] {
      #expect(throws: WireError.unknownForm) { try read(body.bytes) }
    }
    #expect(throws: WireError.unknownForm) { try read([]) }
  }

  @Test("Bytes that were cut or changed are refused or read, never more than that")
  func damaged() {
    let bytes = Self.body(.objections, [Self.objection("table-3", "salah")]).bytes
    for end in bytes.indices {
      #expect(throws: WireError.self) { try read(Array(bytes[..<end])) }
    }
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 0xFF
      _ = try? read(changed)
    }
  }

  @Test("Reviews are about the system's own rules")
  func subject() { #expect(FactKind.guidelineReview.subject == .system) }
}
