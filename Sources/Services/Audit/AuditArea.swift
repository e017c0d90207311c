import Foundation
import GRDB
import Health
import Journal

/// Tells which entries of the log belong to an area: those about a place in it, of workers who have
/// or had a role there, and about persons who live there.
///
/// What was looked up is kept, so one of them is for one page or file.
public final class AuditArea {
  private let district: District
  private let places: Set<Identifier>
  private var isWorkerThere: [Identifier: Bool] = [:]
  private var livesThere: [Identifier: Bool] = [:]

  /// The entries of these places.
  public init(_ places: Set<Identifier>, in district: District) {
    self.places = places
    self.district = district
  }

  /// Whether an entry belongs to the area. Of an entry about very many, only the subjects that come
  /// with it are looked at.
  public func contains(_ entry: AuditEntry) throws -> Bool {
    if let place = entry.place, places.contains(place) { return true }
    if let worker = entry.author.worker, try isThere(worker: worker) { return true }
    return try entry.subjects.contains { try isThere($0) }
  }

  private func isThere(worker id: Identifier) throws -> Bool {
    if let known = isWorkerThere[id] { return known }
    let worker = try district.workers([id]).first
    let isThere = worker?.assignments.contains { places.contains($0.body.place) } ?? false
    isWorkerThere[id] = isThere
    return isThere
  }

  private func isThere(_ subject: Identifier) throws -> Bool {
    if let known = livesThere[subject] { return known }
    let home = try district.entry(subject)?.place
    let isThere = try home.map { places.contains($0) } ?? isThere(worker: subject)
    livesThere[subject] = isThere
    return isThere
  }
}

extension AuditFile {
  /// The most entries that are read for one page of an area: rare ones take several pages.
  public static let readPerPage = 2_000

  /// Entries that a filter lets through and that belong to an area, newest first.
  ///
  /// - Parameter area: nothing for all entries.
  /// - Returns: fewer than `limit` where ``readPerPage`` were read; `next` goes on from there.
  public func entries(
    _ filter: AuditFilter, in area: AuditArea?, before: Int64? = nil, limit: Int = 50
  ) throws -> AuditPage {
    guard let area else { return try entries(filter, before: before, limit: limit) }
    var found: [StoredAuditEntry] = []
    var next = before
    var read = 0
    repeat {
      let page = try entries(filter, before: next, limit: 100)
      for stored in page.entries where try area.contains(stored.entry) {
        found.append(stored)
        if found.count == limit {
          let isLast = page.next == nil && stored.sequence == page.entries.last?.sequence
          return AuditPage(entries: found, next: isLast ? nil : stored.sequence)
        }
      }
      read += page.entries.count
      next = page.next
    } while next != nil && read < AuditFile.readPerPage
    return AuditPage(entries: found, next: next)
  }

  /// Entries about any of several records of one person, newest first.
  public func entries(
    aboutAny subjects: [Identifier], before: Int64? = nil, limit: Int = 50
  ) throws(AuditProblem) -> AuditPage {
    var known: [Int64: StoredAuditEntry] = [:]
    var areThereMore = false
    for subject in subjects {
      let page = try entries(about: subject, before: before, limit: limit)
      for stored in page.entries { known[stored.sequence] = stored }
      if page.next != nil { areThereMore = true }
    }
    let newest = known.values.sorted { $1.sequence < $0.sequence }
    let shown = Array(newest.prefix(limit))
    return AuditPage(
      entries: shown,
      next: areThereMore || newest.count > limit ? shown.last?.sequence : nil)
  }
}

extension District {
  /// How many facts there are and the link of the last: two journals with the same link hold the
  /// same facts.
  public func head() throws -> (facts: Int64, chain: ChainHash) {
    try journal.pool.read { db in
      let row = try Row.fetchOne(
        db.cachedStatement(sql: "SELECT sequence, chain FROM fact ORDER BY sequence DESC LIMIT 1"))
      guard let row else { return (0, .start) }
      let stored: Data = row[1]
      guard
        let chain = stored.withUnsafeBytes({ bytes in
          ChainHash(stored: bytes.bindMemory(to: UInt8.self))
        })
      else { throw AuditProblem.unreadableFact(sequence: row[0]) }
      return (row[0], chain)
    }
  }
}
