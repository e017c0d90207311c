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
  private let tree: PlaceTree
  private var paths: [Identifier: [Int64]] = [:]
  private var cells: [CubeKey: CubeCell] = [:]

  init(tree: PlaceTree) { self.tree = tree }

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
    let path: [Int64]
    if let known = paths[month.place] {
      path = known
    } else {
      path = tree.path(from: month.place).map(\.number)
      paths[month.place] = path
    }
    for place in path {
      cells[CubeKey(place: place, month: month.month), default: CubeCell()]
        .add(month, times: times)
    }
  }

  func apply(in db: Database) throws {
    for key in cells.keys.sorted() {
      guard let change = cells[key], !change.isEmpty else { continue }
      var cell = try CubeRow.fetch(key, in: db) ?? CubeCell()
      cell += change
      try CubeRow.store(cell, at: key, in: db)
    }
  }
}

/// Cells in and out of the cube's table.
enum CubeRow {
  static func fetch(_ key: CubeKey, in db: Database) throws -> CubeCell? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT bytes FROM cube WHERE place = ? AND month = ?"),
      arguments: [key.place, Int64(key.month.number)]
    ).map { try cell($0[0]) }
  }

  /// A place's cells from `first` to `last`, in order.
  static func fetch(
    place: Int64, from first: CivilMonth, through last: CivilMonth, in db: Database
  ) throws -> [CivilMonth: CubeCell] {
    var cells: [CivilMonth: CubeCell] = [:]
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: "SELECT month, bytes FROM cube WHERE place = ? AND month BETWEEN ? AND ?"),
      arguments: [place, Int64(first.number), Int64(last.number)])
    while let row = try rows.next() {
      cells[CivilMonth(number: Int32(truncatingIfNeeded: row[0] as Int))] = try cell(row[1])
    }
    return cells
  }

  static func cell(_ bytes: Data) throws -> CubeCell {
    try [UInt8](bytes).withUnsafeBufferPointer { buffer in try CubeCell(packed: buffer) }
  }

  static func store(_ cell: CubeCell, at key: CubeKey, in db: Database) throws {
    if cell.isEmpty {
      try db.cachedStatement(sql: "DELETE FROM cube WHERE place = ? AND month = ?")
        .execute(arguments: [key.place, Int64(key.month.number)])
      return
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO cube (place, month, bytes) VALUES (?, ?, ?)
        ON CONFLICT (place, month) DO UPDATE SET bytes = excluded.bytes
        """
    ).execute(arguments: [key.place, Int64(key.month.number), Data(cell.packed)])
  }

  /// Adds everything up again from the contributions: needed where the tree of places changed,
  /// since a Posyandu's figures count in all places above it.
  static func sumAgain(tree: PlaceTree, in db: Database) throws {
    var all = CubeDifference(tree: tree)
    try db.execute(sql: "DELETE FROM cube; DELETE FROM counted_at")
    let rows = try Row.fetchCursor(db, sql: "SELECT person, bytes FROM contribution")
    while let row = try rows.next() {
      let months = try NutritionProjection.unpack([UInt8](row[1] as Data))
      all.replace([], with: months)
      for place in months.distinctPlaces {
        guard let number = tree.places[place]?.number else { continue }
        try db.cachedStatement(
          sql: "INSERT OR IGNORE INTO counted_at (place, person) VALUES (?, ?)"
        ).execute(arguments: [number, row[0] as Int64])
      }
    }
    try all.apply(in: db)
  }
}
