import Foundation
import GRDB
import Health
import Samples
import Testing

@testable import Journal

@Suite("The tree of places")
struct PlaceTreeTests {
  static func fact(
    _ place: Int, _ kind: PlaceKind, partOf: Int?, number: Int, name: String = "Tempat Contoh",
    on date: String = "2020-01-01"
  ) -> Fact {
    let body = PlaceBody(
      kind: kind, name: Array(name.utf8), code: [], partOf: partOf.map { id($0) })
    return Fact(
      id: id(5_000 + number), subject: id(place), kind: .place, occurredOn: day(date),
      recordedAt: Instant(milliseconds: Int64(number)), body: body.bytes)
  }

  static let district: [Fact] = [
    fact(1, .district, partOf: nil, number: 1), fact(2, .puskesmas, partOf: 1, number: 2),
    fact(3, .village, partOf: 2, number: 3), fact(4, .posyandu, partOf: 3, number: 4),
    fact(5, .posyandu, partOf: 3, number: 5),
  ]

  static func tree(_ temporary: TemporaryJournal) throws -> PlaceTree {
    try temporary.journal.pool.read { try PlaceTree.fetch(in: $0) }
  }

  @Test("A place inside itself, directly or by a detour, is refused and changes nothing")
  func cycles() async throws {
    let temporary = try TemporaryJournal()
    _ = try await temporary.journal.accept(Self.district, now: now)
    let before = try Self.tree(temporary).places
    let cycles: [(Int, PlaceKind, Int)] = [
      (1, .district, 1), (1, .district, 2), (1, .district, 3), (1, .district, 4),
      (2, .puskesmas, 4), (3, .village, 5), (4, .posyandu, 4),
    ]
    for (number, (place, kind, above)) in cycles.enumerated() {
      let fact = Self.fact(place, kind, partOf: above, number: 100 + number, on: "2021-01-01")
      let results = try await temporary.journal.accept([fact], now: now)
      #expect(results == [.refused(.placeInsideItself)], "\(place) in \(above)")
    }
    #expect(try Self.tree(temporary).places == before)
  }

  @Test("A cycle that closes within one batch is refused where it closes")
  func cycleInBatch() async throws {
    let temporary = try TemporaryJournal()
    let facts = [
      Self.fact(7, .village, partOf: 8, number: 1), Self.fact(8, .village, partOf: 9, number: 2),
      Self.fact(9, .village, partOf: 7, number: 3),
    ]
    let results = try await temporary.journal.accept(facts, now: now)
    #expect(
      results == [.accepted(sequence: 1), .accepted(sequence: 2), .refused(.placeInsideItself)])
    #expect(try Self.tree(temporary).path(from: id(7)).map(\.id) == [id(7), id(8)])
  }

  @Test("Paths go up, subtrees go down, whatever order the places came in")
  func paths() async throws {
    for facts in [Self.district, Self.district.reversed()] {
      let temporary = try TemporaryJournal()
      _ = try await temporary.journal.accept(facts, now: now)
      let tree = try Self.tree(temporary)
      #expect(tree.path(from: id(4)).map(\.id) == [id(4), id(3), id(2), id(1)])
      #expect(tree.path(from: id(1)).map(\.id) == [id(1)])
      #expect(tree.path(from: id(77)).isEmpty)
      #expect(Set(tree.subtree(of: id(2)).map(\.id)) == [id(2), id(3), id(4), id(5)])
      #expect(tree.subtree(of: id(77)).isEmpty)
      #expect(tree.roots.map(\.id) == [id(1)])
      for place in tree.places.values { #expect(tree.place(number: place.number) == place) }
    }
  }

  @Test("The numbers of a place and of all above it, read without the tree, are the tree's")
  func numbers() async throws {
    let temporary = try TemporaryJournal()
    _ = try await temporary.journal.accept(
      Self.district + [Self.fact(6, .posyandu, partOf: 66, number: 6)], now: now)
    let tree = try Self.tree(temporary)
    for place in [1, 2, 3, 4, 5, 6, 66, 77].map({ id($0) }) {
      let (path, number) = try await temporary.journal.pool.read { db in
        (try PlaceTree.path(from: place, in: db), try PlaceTree.number(of: place, in: db))
      }
      #expect(path == tree.path(from: place).map(\.number))
      #expect(number == tree.places[place]?.number)
    }
  }

  @Test("A place whose upper place is not known is a root until that comes")
  func orphan() async throws {
    let temporary = try TemporaryJournal()
    _ = try await temporary.journal.accept([Self.district[2]], now: now)
    #expect(try Self.tree(temporary).roots.map(\.id) == [id(3)])
    _ = try await temporary.journal.accept(Self.district, now: now)
    #expect(try Self.tree(temporary).roots.map(\.id) == [id(1)])
  }

  @Test("The fact of the latest day decides, of those the later recorded; late ones change nothing")
  func latest() async throws {
    let temporary = try TemporaryJournal()
    let names = [("2021-01-01", "B"), ("2020-01-01", "A"), ("2021-01-01", "C")]
    for (number, (date, name)) in names.enumerated() {
      let fact = Self.fact(
        1, .district, partOf: nil, number: number + 1, name: name, on: date)
      _ = try await temporary.journal.accept([fact], now: now)
    }
    #expect(try Self.tree(temporary).places[id(1)]?.name == "C")
  }

  @Test("Taking back a place's fact makes nobody a person")
  func withdrawn() async throws {
    let temporary = try TemporaryJournal()
    var facts = Self.district
    var withdrawal = Self.fact(1, .district, partOf: nil, number: 50)
    (withdrawal.kind, withdrawal.replaces, withdrawal.body) = (.withdrawal, facts[0].id, [])
    facts.append(withdrawal)
    _ = try await temporary.journal.accept(facts, now: now)
    #expect(try temporary.count("SELECT count(*) FROM person") == 0)
  }

  static func area(_ place: Int, _ kind: PlaceKind, within: Int?, number: Int) -> Fact {
    var body = PlaceBody(kind: kind, name: Array("Wilayah".utf8), code: [], partOf: nil)
    body.within = within.map { id($0) }
    return Fact(
      id: id(7_000 + number), subject: id(place), kind: .place, occurredOn: day("2020-01-01"),
      recordedAt: Instant(milliseconds: Int64(number)), body: body.bytes)
  }

  @Test("Province, kecamatan, schools and villages that nobody looks after yet are no home pages")
  func administration() async throws {
    let temporary = try TemporaryJournal()
    let areas = [
      Self.area(10, .province, within: nil, number: 1),
      Self.area(11, .district, within: 10, number: 2),
      Self.area(12, .subdistrict, within: 11, number: 3),
      Self.area(13, .village, within: 12, number: 4),
      Self.area(14, .village, within: 12, number: 5),
      Self.area(15, .school, within: 13, number: 6),
    ]
    _ = try await temporary.journal.accept(areas, now: now)
    var tree = try Self.tree(temporary)
    #expect(tree.roots.map(\.id) == [id(11)])
    #expect(tree.administrativePath(of: id(13)).map(\.id) == [id(13), id(12), id(11), id(10)])
    #expect(tree.areas(within: id(12)).map(\.id) == [id(13), id(14)])
    #expect(tree.path(from: id(13)).map(\.id) == [id(13)])
    // A Posyandu makes its village a home page; a Puskesmas takes both into the district.
    _ = try await temporary.journal.accept(
      [Self.fact(16, .posyandu, partOf: 13, number: 20)], now: now)
    tree = try Self.tree(temporary)
    #expect(tree.roots.map(\.id) == [id(11), id(13)])
    #expect(tree.administrativePath(of: id(16)).map(\.id).prefix(2) == [id(16), id(13)])
    _ = try await temporary.journal.accept(
      [
        Self.fact(17, .puskesmas, partOf: 11, number: 21),
        Self.fact(13, .village, partOf: 17, number: 22, on: "2021-01-01"),
        Self.fact(18, .pustu, partOf: 17, number: 23),
      ], now: now)
    tree = try Self.tree(temporary)
    #expect(tree.roots.map(\.id) == [id(11)])
    #expect(tree.path(from: id(16)).map(\.id) == [id(16), id(13), id(17), id(11)])
    #expect(tree.children(of: id(17)).map(\.id) == [id(13)], "a Pustu has no figures of its own")
    #expect(Set(tree.subtree(of: id(17)).map(\.id)) == [id(17), id(13), id(16), id(18)])
  }

  @Test("An area inside itself by the administration is refused")
  func administrativeCycle() async throws {
    let temporary = try TemporaryJournal()
    let results = try await temporary.journal.accept(
      [
        Self.area(11, .district, within: 10, number: 1),
        Self.area(12, .subdistrict, within: 11, number: 2),
        Self.area(10, .province, within: 12, number: 3),
      ], now: now)
    #expect(
      results == [.accepted(sequence: 1), .accepted(sequence: 2), .refused(.placeInsideItself)])
  }
}
