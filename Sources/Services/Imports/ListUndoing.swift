import Exchange
import Foundation
import GRDB
import Health
import Journal

/// What taking a list back does, for pages.
public struct ListUndoing: Sendable {
  /// A fact that stays.
  public struct Kept: Sendable {
    /// Whom it is about.
    public let subject: Identifier
    /// What it tells.
    public let kind: FactKind
    /// Why it stays: `corrected`, `used` or `not_allowed`.
    public let reason: String
  }

  /// How many facts are withdrawn by it.
  public let count: Int
  /// How many were withdrawn before.
  public let withdrawnBefore: Int
  /// Those that stay.
  public let kept: [Kept]

  init(_ undo: ListUndo) {
    count = undo.count
    withdrawnBefore = undo.withdrawnBefore
    kept = undo.kept.map {
      Kept(subject: $0.subject, kind: $0.kind, reason: $0.reason.rawValue)
    }
  }
}

extension District {
  /// What taking a list back would do; nothing where no list of households or workers was written
  /// under that name.
  public func plannedUndo(
    of batch: Identifier, limits: ListLimits = .none
  ) throws -> ListUndoing? {
    do {
      return ListUndoing(
        try journal.pool.read { try ListUndo(of: batch, reach: limits.reach, in: $0) })
    } catch ListUndoProblem.noSuchBatch { return nil }
  }

  /// Takes a list back, on a thread of its own: whoever goes away stops nothing.
  ///
  /// - Parameters:
  ///   - limits: which workers whoever takes it back may change.
  ///   - written: called with the sequence numbers of the withdrawals, once they are on the disk.
  /// - Returns: nothing where the list is still being written.
  public func undo(
    _ batch: Identifier, by recorder: Identifier?, limits: ListLimits, now: Instant,
    written: @escaping @Sendable (ClosedRange<Int64>) throws -> Void
  ) async throws -> ListUndoing? {
    let (journal, hours) = (journal, hoursEastOfGreenwich)
    return try await withCheckedThrowingContinuation { waiting in
      Thread.detachNewThread {
        waiting.resume(
          with: Result {
            do {
              return ListUndoing(
                try ListUndo.carryOut(
                  of: batch, in: journal, by: recorder, now: now, reach: limits.reach,
                  hoursEastOfGreenwich: hours, told: written))
            } catch ListUndoProblem.stillWritten { return nil }
          })
      }
    }
  }

  /// An empty list of a kind, with the columns that it may have and a row as an example.
  ///
  /// - Returns: the bytes of a spreadsheet (XLSX), or of CSV.
  public func listTemplate(_ kind: ImportKind, asSpreadsheet: Bool) throws -> [UInt8] {
    let columns = ListTemplate.columns(of: kind)
    guard asSpreadsheet else {
      var writer = CSVWriter()
      writer.row(columns.map(\.heading))
      return [UInt8](writer.take())
    }
    let writer = try SpreadsheetWriter()
    try writer.beginSheet(
      "Data",
      columns: columns.map { .init($0.heading, width: 22, isIdentifier: $0.isIdentifier) })
    return try writer.finish()
  }
}
