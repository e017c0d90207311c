import Health
import Journal

/// Names whom one taking in of a list makes known, and its facts.
///
/// A name is a digest of the journal's secret, the batch, and what the row tells: the same row of the
/// same batch has the same name, and nobody who sees one can try out of which NIK it was made. The
/// moment of the batch and the line stand in front, so that what comes together lies together in
/// every index. See docs/decisions/0031-lists.md.
public struct ListIdentities: Sendable {
  /// The batch, which every fact carries as its device.
  public let batch: Identifier
  private let secret: [UInt8]

  /// The names of a batch.
  ///
  /// - Parameter secret: see ``ImportSecret``.
  public init(batch: Identifier, secret: [UInt8]) {
    self.batch = batch
    self.secret = secret
  }

  private func name(_ space: String, line: Int, _ write: (inout ByteWriter) -> Void) -> Identifier {
    var writer = ByteWriter(capacity: 128)
    writer.raw(secret)
    writer.identifier(batch)
    write(&writer)
    return Identifier.ofContent(
      space, writer.bytes, at: batch.moment, number: UInt32(truncatingIfNeeded: line))
  }

  /// A new person.
  func person(_ row: HouseholdRow) -> Identifier {
    name("list-person", line: row.line) { writer in
      writer.signed(Int64(row.line))
      writer.raw(row.person.nationalIdentityNumber)
    }
  }

  /// A new household.
  ///
  /// - Parameter line: the line of its first member.
  func household(_ key: HouseholdRow.Key, line: Int) -> Identifier {
    name("list-household", line: line) { writer in
      switch key {
      case .familyCard(let number):
        writer.byte(1)
        writer.raw(Array(number.utf8))
      case .local(let number):
        writer.byte(2)
        writer.raw(Array(number.utf8))
      }
    }
  }

  /// A new worker whom a row is the first to tell of.
  func worker(line: Int) -> Identifier {
    name("list-worker", line: line) { $0.signed(Int64(line)) }
  }

  /// A fact that a row brings.
  func fact(_ kind: FactKind, _ subject: Identifier, line: Int) -> Identifier {
    name("list-fact", line: line) { writer in
      writer.identifier(subject)
      writer.unsigned(UInt64(kind.rawValue))
      writer.signed(Int64(line))
    }
  }
}
