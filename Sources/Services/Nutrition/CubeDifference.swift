import Foundation
import GRDB
import Health
import Journal
import Monitoring

/// A place and month of the cube.
struct CubeKey: Hashable, Comparable {
  let place: Int64
  let month: CivilMonth

  static func < (left: CubeKey, right: CubeKey) -> Bool {
    left.place != right.place ? left.place < right.place : left.month < right.month
  }
}

/// What has to be added to the cube's cells.
struct CubeDifference {
  /// By the place where children count; the places above it follow when the change is applied.
  private var counted: [CountedKey: CubeCell] = [:]

  private struct CountedKey: Hashable {
    let place: Identifier
    let month: CivilMonth
  }

  /// A child's months were `before` and are `now`; both in order. Months that did not change cost
  /// nothing.
  mutating func replace(_ before: [ChildMonth], with now: [ChildMonth]) {
    var old = 0
    var new = 0
    while old < before.count || new < now.count {
      if old < before.count, new < now.count, before[old] == now[new] {
        old += 1
        new += 1
      } else if new >= now.count || (old < before.count && before[old].month < now[new].month) {
        add(before[old], times: -1)
        old += 1
      } else if old >= before.count || now[new].month < before[old].month {
        add(now[new], times: 1)
        new += 1
      } else {
        add(before[old], times: -1)
        add(now[new], times: 1)
        old += 1
        new += 1
      }
    }
  }

  private mutating func add(_ month: ChildMonth, times: Int32) {
    counted[CountedKey(place: month.place, month: month.month), default: CubeCell()]
      .add(month, times: times)
  }

  /// The change of every place's cell: a child counts where it lives and in all places above.
  ///
  /// - Parameter path: the short numbers of a place and of all above it.
  func cells(_ path: (Identifier) throws -> [Int64]) rethrows -> [CubeKey: CubeCell] {
    var paths: [Identifier: [Int64]] = [:]
    var cells: [CubeKey: CubeCell] = [:]
    for (key, change) in counted where !change.isEmpty {
      let path = try paths[key.place] ?? path(key.place)
      paths[key.place] = path
      for place in path {
        cells[CubeKey(place: place, month: key.month), default: CubeCell()] += change
      }
    }
    return cells
  }

  /// As ``cells(_:)`` along a tree.
  func cells(along tree: PlaceTree) -> [CubeKey: CubeCell] {
    cells { tree.path(from: $0).map(\.number) }
  }

  /// Adds it to the stored cells, along the tree that is stored.
  func apply(in db: Database) throws {
    let cells = try cells { try PlaceTree.path(from: $0, in: db) }
    for (key, change) in cells.sorted(by: { $0.key < $1.key }) where !change.isEmpty {
      var cell = try CubeRow.fetch(key, in: db) ?? CubeCell()
      cell += change
      try CubeRow.store(cell, at: key, in: db)
    }
  }

  /// Adds another difference.
  mutating func add(_ other: CubeDifference) {
    for (key, change) in other.counted { counted[key, default: CubeCell()] += change }
  }
}

/// Cells in and out of the cube's table.
enum CubeRow {
  static func fetch(_ key: CubeKey, in db: Database) throws -> CubeCell? {
    let statement = try BareStatement(
      "SELECT bytes FROM cube WHERE place = ? AND month = ?", in: db)
    statement.bind(key.place, at: 1)
    statement.bind(Int64(key.month.number), at: 2)
    return try statement.first { try CubeCell(packed: $0.bytes(0)) }
  }

  /// A place's cells from `first` to `last`, in order.
  static func fetch(
    place: Int64, from first: CivilMonth, through last: CivilMonth, in db: Database
  ) throws -> [CivilMonth: CubeCell] {
    let statement = try BareStatement(
      "SELECT month, bytes FROM cube WHERE place = ? AND month BETWEEN ? AND ?", in: db)
    statement.bind(place, at: 1)
    statement.bind(Int64(first.number), at: 2)
    statement.bind(Int64(last.number), at: 3)
    var cells: [CivilMonth: CubeCell] = [:]
    try statement.forEach { row in
      let month = CivilMonth(number: Int32(truncatingIfNeeded: row.integer(0)))
      cells[month] = try CubeCell(packed: row.bytes(1))
      return true
    }
    return cells
  }

  /// Whether a place has any figures.
  static func isThere(for place: Int64, in db: Database) throws -> Bool {
    let statement = try BareStatement("SELECT 1 FROM cube WHERE place = ? LIMIT 1", in: db)
    statement.bind(place, at: 1)
    return try statement.first { _ in true } ?? false
  }

  static func store(_ cell: CubeCell, at key: CubeKey, in db: Database) throws {
    if cell.isEmpty {
      try db.cachedStatement(sql: "DELETE FROM cube WHERE place = ? AND month = ?")
        .execute(arguments: [key.place, Int64(key.month.number)])
      return
    }
    let statement = try BareStatement(
      """
      INSERT INTO cube (place, month, bytes) VALUES (?, ?, ?)
      ON CONFLICT (place, month) DO UPDATE SET bytes = excluded.bytes
      """, in: db)
    statement.bind(key.place, at: 1)
    statement.bind(Int64(key.month.number), at: 2)
    statement.bind(cell.packed, at: 3)
    try statement.execute()
  }

  /// Adds everything up again from the contributions: needed where the tree of places changed,
  /// since a Posyandu's figures count in all places above it.
  static func sumAgain(in db: Database) throws {
    var all = CubeDifference()
    try db.execute(
      sql: "DELETE FROM cube; DELETE FROM counted_at; DELETE FROM awaited_place")
    let rows = try Row.fetchCursor(db, sql: "SELECT person, bytes FROM contribution")
    while let row = try rows.next() {
      let months = try NutritionProjection.unpack([UInt8](row[1] as Data))
      all.replace([], with: months)
      for place in months.distinctPlaces {
        try CountedRow.add(row[0], at: place, in: db)
      }
    }
    try all.apply(in: db)
  }
}
