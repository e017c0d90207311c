import Foundation
import GRDB
import Health
import Journal
import Monitoring
import Programmes
import Samples
import Testing

@testable import Services

/// Everything that is counted, worked out from the facts alone, in another way than the product's:
/// timelines put together in random order, every child added to every place above it.
struct Recount {
  /// Packed months by the child's id; children that count nowhere have none.
  var months: [Identifier: [ChildMonth]] = [:]
  /// Where each child was ever counted.
  var countedAt: Set<[Identifier]> = []
  /// Cells by place and month; empty ones are left out.
  var cells: [Identifier: [CivilMonth: CubeCell]] = [:]

  init(_ db: Database, settings: GrowthSettings, using numbers: inout SeededNumbers) throws {
    var facts: [Fact] = []
    try FactRow.forEach(in: db) { row in
      facts.append(try #require(try FactRow.fact(row)))
      return true
    }
    facts.shuffle(using: &numbers)
    let parents = Recount.parents(facts.filter { $0.kind == .place })
    let told = Dictionary(grouping: facts.filter { $0.kind.isAboutPerson }, by: \.subject)
    let persons = try Recount.joined(told)
    for (person, facts) in persons {
      var timeline = Timeline()
      for fact in facts { try timeline.insert(fact) }
      let months = try timeline.reading {
        try GrowthRecord(timeline: $0, settings: settings).childMonths(settings: settings)
      }
      self.months[person] = months
      for month in months {
        guard parents[month.place] != nil else { continue }
        countedAt.insert([month.place, person])
        var place: Identifier? = month.place
        while let known = place, let above = parents[known] {
          cells[known, default: [:]][month.month, default: CubeCell()].add(month, times: 1)
          place = above
        }
      }
    }
  }

  /// The facts of records that are one person together, under the smallest id; the other records
  /// without any.
  private static func joined(_ told: [Identifier: [Fact]]) throws -> [Identifier: [Fact]] {
    var groups = told.keys.map { Set([$0]) }
    for (record, facts) in told {
      var timeline = Timeline()
      for fact in facts { try timeline.insert(fact) }
      let others = try timeline.reading { bytes in
        try TimelineReader.standingFacts(of: bytes).filter { $0.kind == .merge }
          .map { try SamenessBody($0.body).other }
      }
      for other in others {
        let touched = groups.filter { $0.contains(record) || $0.contains(other) }
        groups.removeAll { touched.contains($0) }
        groups.append(touched.reduce(into: [record, other]) { $0.formUnion($1) })
      }
    }
    var persons: [Identifier: [Fact]] = [:]
    for group in groups {
      let known = group.filter { told[$0] != nil }.sorted()
      for record in known { persons[record] = [] }
      if let first = known.first { persons[first] = known.flatMap { told[$0] ?? [] } }
    }
    return persons
  }

  /// What each place is part of, by the latest of its facts.
  private static func parents(_ facts: [Fact]) -> [Identifier: Identifier?] {
    var latest: [Identifier: Fact] = [:]
    for fact in facts {
      if let known = latest[fact.subject],
        (known.occurredOn, known.recordedAt, known.id)
          > (fact.occurredOn, fact.recordedAt, fact.id)
      {
        continue
      }
      latest[fact.subject] = fact
    }
    return latest.mapValues { fact in
      fact.body.withUnsafeBufferPointer { bytes in (try? PlaceBody(bytes))??.partOf }
    }
  }
}

/// What is stored, read row by row.
struct Stored {
  var months: [Identifier: [ChildMonth]] = [:]
  var countedAt: Set<[Identifier]> = []
  var cells: [Identifier: [CivilMonth: CubeCell]] = [:]

  init(_ db: Database) throws {
    for row in try Row.fetchAll(
      db,
      sql: """
        SELECT person.id, contribution.bytes FROM contribution
        JOIN person ON person.number = contribution.person
        """)
    {
      months[try Stored.identifier(row[0])] = try NutritionProjection.unpack(
        [UInt8](row[1] as Data))
    }
    for row in try Row.fetchAll(
      db,
      sql: """
        SELECT place.id, person.id FROM counted_at
        JOIN place ON place.number = counted_at.place
        JOIN person ON person.number = counted_at.person
        """)
    {
      countedAt.insert([try Stored.identifier(row[0]), try Stored.identifier(row[1])])
    }
    for row in try Row.fetchAll(
      db,
      sql: "SELECT place.id, month, bytes FROM cube JOIN place ON place.number = cube.place")
    {
      let cell = try [UInt8](row[2] as Data).withUnsafeBufferPointer { try CubeCell(packed: $0) }
      let month = CivilMonth(number: Int32(truncatingIfNeeded: row[1] as Int))
      cells[try Stored.identifier(row[0]), default: [:]][month] = cell
    }
  }

  private static func identifier(_ data: Data) throws -> Identifier {
    try #require(Identifier(stored: data))
  }
}

/// Compares what is stored with a recount from nothing.
func expectStoredEqualsRecount(
  _ district: District, using numbers: inout SeededNumbers, _ when: String,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  var drawn = numbers
  let (recount, stored) = try district.journal.pool.read { db in
    (try Recount(db, settings: district.settings, using: &drawn), try Stored(db))
  }
  numbers = drawn
  #expect(
    stored.months == recount.months, "contributions \(when)", sourceLocation: sourceLocation)
  #expect(
    stored.countedAt == recount.countedAt, "counted_at \(when)", sourceLocation: sourceLocation)
  let isSame = stored.cells == recount.cells
  #expect(isSame, "cube \(when)", sourceLocation: sourceLocation)
  #expect(
    !stored.cells.values.contains { $0.values.contains(where: \.isEmpty) },
    "an empty cell is stored \(when)", sourceLocation: sourceLocation)
}
