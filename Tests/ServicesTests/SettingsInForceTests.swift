import Foundation
import GRDB
import Health
import Journal
import Monitoring
import Programmes
import Samples
import Synchronization
import Testing

@testable import Services

@Suite("Settings in force are noted beside the figures")
struct SettingsInForceTests {
  /// Settings under which almost every weighing is T, and most children stand under the red line.
  private static let strict = {
    var growth = GrowthSettings()
    _ = growth.set(.minimumWeightGainBoys, to: [Int32](repeating: 1900, count: 12))
    _ = growth.set(.minimumWeightGainGirls, to: [Int32](repeating: 1900, count: 12))
    _ = growth.set(.redLine, to: [-100])
    return SettingsEdition(name: "ketat", growth: growth, named: [:])
  }()

  private final class Folder {
    let url = URL.temporaryDirectory.appending(path: "sikilap-\(UUID().uuidString)")
    var database: String { url.appending(path: "district.sqlite").path() }

    init() throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
  }

  private static func fill(_ district: District, seed: UInt64) throws {
    var events = RandomDistrict(seed: seed)
    let facts = ExamplePlaces.facts + events.batch(of: 400)
    _ = try district.journal.acceptAndWait(facts, now: IncrementalTests.now)
  }

  private static func cells(_ district: District) throws -> [Identifier: [CivilMonth: CubeCell]] {
    try district.journal.pool.read { try Stored($0).cells }
  }

  @Test("Other settings are refused; a recount under them gives what they give from the start")
  func others() throws {
    let folder = try Folder()
    let first = try District(path: folder.database)
    try Self.fill(first, seed: 80)
    let before = try Self.cells(first)
    try first.journal.close()
    let problem = try #require(throws: SettingsProblem.self) {
      try District(path: folder.database, settings: Self.strict)
    }
    #expect(problem.code == .otherSettings)
    #expect(problem.details["recorded"]?.contains("sikilap-1") == true)

    let told = Mutex<[String?]>([])
    let second = try District(
      path: folder.database, settings: Self.strict,
      whereOthers: .recount(told: { name in told.withLock { $0.append(name) } }, progress: { _ in })
    )
    #expect(told.withLock { $0.count } == 1)
    let recounted = try Self.cells(second)
    #expect(recounted != before)
    var numbers = SeededNumbers(seed: 81)
    try expectStoredEqualsRecount(second, using: &numbers, "after the recount")
    #expect(try second.verify().mismatch == nil)
    try second.journal.close()

    let other = try Folder()
    let fresh = try District(path: other.database, settings: Self.strict)
    try Self.fill(fresh, seed: 80)
    #expect(try Self.cells(fresh) == recounted)
    try fresh.journal.close()

    let third = try District(path: folder.database, settings: Self.strict)
    let names = try third.journal.pool.read {
      try String.fetchAll($0, sql: "SELECT name FROM settings_edition ORDER BY number")
    }
    #expect(names == ["sikilap-1", "ketat"])
    try third.journal.close()
  }

  @Test("A program whose settings were replaced meanwhile mixes nothing in and shows nothing")
  func replacedMeanwhile() throws {
    let folder = try Folder()
    let server = try District(path: folder.database)
    var events = RandomDistrict(seed: 82)
    let first = ExamplePlaces.facts + events.batch(of: 400)
    _ = try server.journal.acceptAndWait(first, now: IncrementalTests.now)
    let other = try District(
      path: folder.database, settings: Self.strict, whereOthers: .leave)
    try other.rebuild()
    let cells = try Self.cells(other)
    #expect(throws: SettingsProblem.self) { try server.extent() }
    let more = events.batch(of: 20)
    #expect(throws: SettingsProblem.self) {
      try server.journal.acceptAndWait(more, now: IncrementalTests.now)
    }
    #expect(try Self.cells(other) == cells)
    let facts = try other.extent().facts
    _ = try other.journal.acceptAndWait(more, now: IncrementalTests.now)
    #expect(try other.extent().facts > facts)
    try server.journal.close()
    try other.journal.close()
  }

  @Test("A database that never noted its settings is not taken to have been counted under these")
  func neverNoted() throws {
    let folder = try Folder()
    let first = try District(path: folder.database)
    try Self.fill(first, seed: 84)
    // As a database of the step before looks after its tables were brought up to date.
    try first.journal.pool.write { db in
      try db.execute(
        sql: """
          DROP TRIGGER settings_edition_is_never_removed; DELETE FROM settings_edition
          """)
    }
    try first.journal.close()
    #expect(throws: SettingsProblem.self) { try District(path: folder.database) }
    let again = try District(
      path: folder.database, whereOthers: .recount(told: { #expect($0 == nil) }, progress: { _ in })
    )
    #expect(try again.verify().mismatch == nil)
    try again.journal.close()
    _ = try District(path: folder.database)
  }

  @Test("The same rules under another name are noted without counting")
  func renamed() throws {
    let folder = try Folder()
    let first = try District(path: folder.database)
    try Self.fill(first, seed: 85)
    try first.journal.close()
    let renamed = SettingsEdition(name: "Kabupaten Contoh", growth: GrowthSettings(), named: [:])
    let second = try District(
      path: folder.database, settings: renamed,
      whereOthers: .recount(told: { _ in Issue.record("counted anew") }, progress: { _ in }))
    let record = try second.journal.pool.read { try SettingsRecord.fetch(in: $0) }
    #expect(record?.name == "Kabupaten Contoh")
    try second.journal.close()
  }
}
