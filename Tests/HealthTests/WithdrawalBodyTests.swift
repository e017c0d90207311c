import Testing

@testable import Health

/// Why something was taken back, and that older withdrawals, which tell nothing, are read.
@Suite struct WithdrawalBodyTests {
  private static func read(_ bytes: [UInt8]) throws -> WithdrawalBody {
    try bytes.withUnsafeBufferPointer { try WithdrawalBody($0) }
  }

  @Test(arguments: WithdrawalReason.allCases) func aReasonComesBack(
    _ reason: WithdrawalReason
  ) throws {
    #expect(try Self.read(WithdrawalBody(reason: reason).bytes).reason == reason)
  }

  @Test func withoutAReasonThereAreNoBytesAndNoneAreRead() throws {
    #expect(WithdrawalBody().bytes.isEmpty)
    #expect(try Self.read([]).reason == nil)
  }

  @Test func aReasonOfALaterVersionIsNone() throws {
    var writer = FieldWriter()
    writer.number(1, Int32(200))
    #expect(try Self.read(writer.bytes).reason == nil)
  }
}
