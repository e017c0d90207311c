import GRDB
import Health
import Journal
import Monitoring

/// The cube and the lists of who was counted where, added up anew from contributions.
struct FigureRecount: Sendable {
  let tree: PlaceTree
  private var difference = CubeDifference()
  private var counted: Set<Pair> = []
  private var awaited: Set<AwaitedPair> = []

  private struct Pair: Hashable {
    let place: Int64
    let person: Int64
  }

  private struct AwaitedPair: Hashable {
    let place: Identifier
    let person: Int64
  }

  init(tree: PlaceTree) { self.tree = tree }

  /// Counts a child.
  mutating func count(_ months: [ChildMonth], of person: Int64) {
    difference.replace([], with: months)
    for place in months.distinctPlaces {
      guard let number = tree.places[place]?.number else {
        awaited.insert(AwaitedPair(place: place, person: person))
        continue
      }
      counted.insert(Pair(place: number, person: person))
    }
  }

  /// Adds what another processor counted.
  mutating func add(_ other: FigureRecount) {
    difference.add(other.difference)
    counted.formUnion(other.counted)
    awaited.formUnion(other.awaited)
  }

  /// Compares to what is stored.
  ///
  /// - Returns: how many cells there are.
  func compare(in db: Database) throws -> Int {
    var cells = difference.cells(along: tree)
    var compared = 0
    try BareStatement("SELECT place, month, bytes FROM cube", in: db).forEach { row in
      let month = CivilMonth(number: Int32(truncatingIfNeeded: row.integer(1)))
      let key = CubeKey(place: row.integer(0), month: month)
      guard let stored = try? CubeCell(packed: row.bytes(2)), stored == cells[key] else {
        throw Found(.cube(place: key.place, month: key.month))
      }
      cells[key] = nil
      compared += 1
      return true
    }
    if let lost = cells.keys.min() { throw Found(.cube(place: lost.place, month: lost.month)) }
    try compareCounted(in: db)
    try compareAwaited(in: db)
    return compared
  }

  private func compareCounted(in db: Database) throws {
    var expected = counted
    try BareStatement("SELECT place, person FROM counted_at", in: db).forEach { row in
      guard expected.remove(Pair(place: row.integer(0), person: row.integer(1))) != nil else {
        throw Found(.countedAt(place: row.integer(0), person: row.integer(1)))
      }
      return true
    }
    if let lost = expected.first {
      throw Found(.countedAt(place: lost.place, person: lost.person))
    }
  }

  private func compareAwaited(in db: Database) throws {
    var expected = awaited
    try BareStatement("SELECT place, person FROM awaited_place", in: db).forEach { row in
      guard let place = row.identifier(0) else { throw Found(.damagedFile("awaited_place")) }
      guard expected.remove(AwaitedPair(place: place, person: row.integer(1))) != nil else {
        throw Found(.awaited(place: place, person: row.integer(1)))
      }
      return true
    }
    if let lost = expected.first {
      throw Found(.awaited(place: lost.place, person: lost.person))
    }
  }
}
