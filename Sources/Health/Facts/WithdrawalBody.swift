/// Why a visit or a vaccination was taken back.
public enum WithdrawalReason: UInt8, Hashable, Sendable, CaseIterable {
  /// It was entered for another person.
  case otherPerson = 1
  /// It did not take place.
  case neverHappened = 2
  /// The same was entered twice.
  case enteredTwice = 3
  /// What was entered is wrong, and nobody knows what was right.
  case wrongValues = 4
}

/// That an older fact no longer stands; the fact names it. Facts written before a reason was asked,
/// and those of which none is asked, have no fields.
public struct WithdrawalBody: Hashable, Sendable {
  /// Why; nothing where it was not told, or is not known here.
  public var reason: WithdrawalReason?

  /// A withdrawal.
  public init(reason: WithdrawalReason? = nil) { self.reason = reason }

  /// Reads the fields; those that this version does not know are passed over.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    self.init(reason: try FieldTable(body).code(1))
  }

  /// The canonical bytes; none where no reason was told.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.code(1, reason)
    return writer.bytes
  }
}
