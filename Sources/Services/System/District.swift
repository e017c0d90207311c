import Foundation
import GRDB
import Health
import Journal
import Monitoring
import Programmes

/// A district's system: the journal with all that is computed from it, and its settings.
public struct District: Sendable {
  /// The stored facts.
  public let journal: JournalFile
  /// What the district may set, with names and sources.
  public let edition: SettingsEdition
  /// What the growth rules are computed with.
  public var settings: GrowthSettings { edition.growth }
  /// Hours east of Greenwich at which moments are shown: WIB 7, WITA 8, WIT 9.
  public let hoursEastOfGreenwich: Int
  /// By which care plans are worked out: its edition is made once, and asked at every look at one.
  let planning: CarePlanProjection
  /// By which vaccinations are judged.
  let vaccinations: VaccinationBook
  /// Who looks; nothing for the program itself, from which nobody is hidden.
  var sight: Sight?

  /// Opens the journal at a path, or makes it.
  ///
  /// - Parameters:
  ///   - others: what to do where its figures were counted under other settings.
  ///   - hoursEastOfGreenwich: WIB 7, WITA 8, WIT 9.
  ///   - recounting: called where the figures were packed by another edition of the formats, and
  ///     are computed anew because of it: with how many persons are done, of how many.
  /// - Throws: ``SettingsProblem`` where the figures are of other settings and that is refused.
  public init(
    path: String, settings edition: SettingsEdition = .standard,
    whereOthers others: OtherSettings = .refuse, hoursEastOfGreenwich: Int = 7,
    recounting: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws {
    self.edition = edition
    vaccinations = VaccinationBook(settings: edition.programmes.immunization)
    self.hoursEastOfGreenwich = hoursEastOfGreenwich
    planning = CarePlanProjection(
      settings: edition, vaccinations: vaccinations, hoursEastOfGreenwich: hoursEastOfGreenwich)
    journal = try JournalFile(
      path: path, projections: [NutritionProjection(edition: edition), planning])
    try settleSettings(others)
    try bringFiguresUpToDate(recounting)
  }

  /// The tree of places.
  public func places() throws -> PlaceTree {
    try journal.pool.read { try PlaceTree.fetch(in: $0) }
  }

  /// How many facts there are, when the last one was recorded, and when places and workers changed.
  ///
  /// - Throws: ``SettingsProblem`` where another program has counted the figures under other
  ///   settings meanwhile.
  public func extent() throws -> Extent {
    try journal.pool.read { db in
      try SettingsProblem.require(edition, in: db, path: journal.path)
      let row = try Row.fetchOne(
        db.cachedStatement(
          sql: "SELECT sequence, recorded_at FROM fact ORDER BY sequence DESC LIMIT 1"))
      return Extent(
        facts: row?[0] ?? 0, lastRecorded: (row?[1] as Int64?).map { Instant(milliseconds: $0) },
        changed: try LastChange.fetch(in: db))
    }
  }

  /// The last month, not after `month`, in which anybody was weighed: what pages open on.
  ///
  /// - Parameter roots: whose figures are looked at; nothing for those of the whole tree.
  public func lastMonthWithWeighings(
    notAfter month: CivilMonth, below roots: [Place]? = nil
  ) throws -> CivilMonth? {
    let roots = try roots ?? places().roots
    // Nearly always the first or second month; ten years are looked through where nobody came.
    for back in 0..<120 {
      let month = month.advanced(by: -back)
      let isFound = try figures(of: roots, from: month, through: month).contains { root in
        root.cells.values.contains { $0.figure(.weighed).reached > 0 }
      }
      if isFound { return month }
    }
    return nil
  }
}

/// How far the journal reaches.
public struct Extent: Hashable, Sendable {
  /// How many facts there are.
  public let facts: Int64
  /// When the last one was recorded; nothing where there is none.
  public let lastRecorded: Instant?
  /// When places and workers changed last.
  public let changed: LastChange
}

/// The moment by the machine's clock; the only place that asks it.
public enum Clock {
  /// Now.
  public static func now() -> Instant {
    Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }
}
