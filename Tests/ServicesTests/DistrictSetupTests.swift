import Exchange
import Foundation
import GRDB
import Health
import Journal
import Samples
import Testing

@testable import Services

/// A district from lists, as an administrator sets it up.
@Suite("Setting up a district")
struct DistrictSetupTests {
  /// 1 January 2026, noon in Jakarta, and a moment for each step after it.
  static func moment(_ step: Int) -> Instant {
    Instant(milliseconds: 1_767_243_600_000 + Int64(step) * 86_400_000)
  }

  static func file(_ text: String) throws -> String {
    let path = URL.temporaryDirectory.appending(path: "sikilap-\(UUID().uuidString).csv").path
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  static let heading =
    "kind,name,code,village,catchment,agreement_number,agreement_start,agreement_end,agreement_with,"
    + "telephone,as_of"

  static func facilities(_ rows: String...) throws -> FacilityTable {
    let path = try file(([heading] + rows).joined(separator: "\n"))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try FacilityTable(path: path, today: day("2027-01-01"))
  }

  static let kapuas = "62.03"

  /// Plans and carries out.
  @discardableResult
  static func setUp(
    _ district: District, areas: Bool = false, _ facilities: FacilityTable? = nil, step: Int
  ) throws -> DistrictPlan {
    let table = try areas ? ShippedAreasTests.table(kapuas) : nil
    let plan = try district.plan(
      areas: table, of: areas ? kapuas : nil, facilities: facilities, now: moment(step))
    if plan.problems.isEmpty { try district.carryOut(plan, now: moment(step)) }
    return plan
  }

  static func facts(_ district: District) throws -> [Fact] {
    try district.journal.pool.read { db in
      var facts: [Fact] = []
      try FactRow.forEach(in: db) { row in
        if let fact = try FactRow.fact(row) { facts.append(fact) }
        return true
      }
      return facts
    }
  }

  static func village(_ district: District, _ code: String) throws -> Place {
    try #require(try district.places().places.values.first { $0.code == code })
  }

  static let rows = [
    "puskesmas,Puskesmas Selat,,,Murung Keramat; 62.03.01.1007,,,,,0513-21234,",
    "puskesmas,Puskesmas Lain,,,Sidomulyo (Tamban Catur),,,,,,",
    "posyandu,Posyandu Melati,,Murung Keramat,,,,,,,",
    "pustu,Pustu Hilir,,Selat Hilir,Selat Hilir,,,,,,",
    "klinik,Klinik Contoh,K01,Selat Hilir,Selat Hilir;Murung Keramat,PKS/7,2026-01-01,2026-12-31,,,",
    "sekolah,SDN 1 Contoh,,Selat Hilir,,,,,,,",
  ]

  static func list(_ rows: [String] = rows) throws -> FacilityTable {
    let path = try file(([heading] + rows).joined(separator: "\n"))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try FacilityTable(path: path, today: day("2027-01-01"))
  }

  @Test("A district comes whole, twice changes nothing, and on every machine it is the same")
  func areas() throws {
    let (one, other) = (try TemporaryDistrict(), try TemporaryDistrict())
    let plan = try Self.setUp(one.district, areas: true, step: 0)
    #expect(plan.count(.village, .new) == 231)
    #expect(plan.count(.subdistrict, .new) == 17)
    #expect(plan.factCount == 250)
    #expect(plan.villagesWithoutPuskesmas.count == 231)
    let again = try Self.setUp(one.district, areas: true, step: 1)
    #expect((again.factCount, again.count(.village, .same)) == (0, 231))
    try Self.setUp(other.district, areas: true, step: 7)
    let facts = try Self.facts(one.district)
    #expect(facts.count == 250)
    #expect(try Self.facts(other.district) == facts)
    let tree = try one.district.places()
    #expect(tree.roots.map(\.name) == ["Kabupaten Kapuas"])
    let village = try Self.village(one.district, "62.03.01.1007")
    #expect(
      tree.administrativePath(of: village.id).map(\.name) == [
        "Selat Hilir", "Selat", "Kabupaten Kapuas", "Kalimantan Tengah",
      ])
    #expect(village.source.contains("Kemendagri"))
    #expect(try one.district.verify().mismatch == nil)
  }

  @Test("Facilities take their villages and agreements; the same list again changes nothing")
  func facilities() throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let plan = try Self.setUp(district, areas: true, try Self.list(), step: 0)
    #expect(plan.problems.isEmpty && plan.warnings.isEmpty)
    #expect(plan.count(.puskesmas, .new) == 2)
    #expect(plan.catchments == [.new: 6])
    #expect(plan.agreements == [.new: 1])
    #expect(plan.villagesWithoutPuskesmas.count == 228)
    let tree = try district.places()
    let posyandu = try #require(tree.places.values.first { $0.name == "Posyandu Melati" })
    #expect(
      tree.path(from: posyandu.id).map(\.name) == [
        "Posyandu Melati", "Murung Keramat", "Puskesmas Selat", "Kabupaten Kapuas",
      ])
    #expect(tree.administrativePath(of: posyandu.id).map(\.kind).last == .province)
    let village = try Self.village(district, "62.03.01.1007")
    #expect(village.source.contains("Kemendagri"), "what stood before is carried on")
    let again = try Self.setUp(district, areas: true, try Self.list(), step: 1)
    #expect(again.factCount == 0)
    #expect(again.catchments == [.same: 6])
    #expect(again.agreements == [.same: 1])
    #expect(try district.verify().mismatch == nil)
    let overview = try district.overview(
      of: try #require(tree.roots.first), on: day("2026-06-30"))
    #expect(overview.units.map(\.villages.count) == [1, 2])
    #expect((overview.runningAgreements, overview.endedAgreements) == (1, 0))
    #expect(overview.villagesWithoutPuskesmas.count == 228)
    #expect(overview.facilities.first { $0.kind == .school }?.places.count == 1)
  }

  @Test(
    "A village that moves to another Puskesmas takes its figures along and ends the old catchment")
  func moved() throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    try Self.setUp(district, areas: true, try Self.list(), step: 0)
    let village = try Self.village(district, "62.03.01.1007")
    let plan = try Self.setUp(
      district,
      try Self.facilities(
        "puskesmas,Puskesmas Lain,,,Sidomulyo (Tamban Catur);Selat Hilir,,,,,,2026-02-01"),
      step: 60)
    #expect(plan.catchments == [.new: 1, .changed: 1, .same: 1])
    #expect(plan.places.first { $0.name == "Selat Hilir" }?.details == [.partOf])
    let tree = try district.places()
    #expect(tree.path(from: village.id)[1].name == "Puskesmas Lain")
    let rows = try district.journal.pool.read { try PlaceRows.catchments(in: $0) }
      .filter { $0.village == village.id && tree.places[$0.facility]?.kind == .puskesmas }
      .sorted { $0.since < $1.since }
    #expect(rows.map(\.since) == [day("2026-01-01"), day("2026-02-01")])
    #expect(rows.map(\.until) == [day("2026-01-31"), nil])
    #expect(try district.verify().mismatch == nil)
    // The list of areas is older than that, and does not take the village away again.
    #expect(try Self.setUp(district, areas: true, step: 61).factCount == 0)
  }

  @Test("A catchment that would end before it began is withdrawn")
  func movedOnTheSameDay() throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    try Self.setUp(district, areas: true, try Self.list(), step: 0)
    try Self.setUp(
      district,
      try Self.facilities("puskesmas,Puskesmas Lain,,,Sidomulyo (Tamban Catur);Selat Hilir,,,,,,"),
      step: 0)
    let village = try Self.village(district, "62.03.01.1007")
    let tree = try district.places()
    let rows = try district.journal.pool.read { try PlaceRows.catchments(in: $0) }
      .filter { $0.village == village.id && tree.places[$0.facility]?.kind == .puskesmas }
    #expect(rows.map { tree.places[$0.facility]?.name } == ["Puskesmas Lain"])
    #expect(tree.path(from: village.id)[1].name == "Puskesmas Lain")
    #expect(try district.verify().mismatch == nil)
  }

  @Test("A longer agreement corrects the known one; another paper is another agreement")
  func agreements() throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    try Self.setUp(district, areas: true, try Self.list(), step: 0)
    let plan = try Self.setUp(
      district,
      try Self.facilities(
        "klinik,Klinik Contoh,K01,Selat Hilir,,PKS/7,2026-01-01,2027-06-30,,,"), step: 1)
    #expect(plan.agreements == [.changed: 1])
    try Self.setUp(
      district,
      try Self.facilities(
        "klinik,Klinik Contoh,K01,Selat Hilir,,PKS/8,2027-07-01,,Puskesmas Lain,,"), step: 2)
    let rows = try district.journal.pool.read { try PlaceRows.agreements(in: $0) }
    #expect(rows.map(\.number) == ["PKS/7", "PKS/8"])
    #expect(rows.map(\.end) == [day("2027-06-30"), nil])
    let names = try rows.map { row in try district.places().places[try #require(row.with)]?.name }
    #expect(names == ["Puskesmas Selat", "Puskesmas Lain"])
    #expect(try district.verify().mismatch == nil)
  }

  @Test(
    "What a list says wrongly is told, and nothing of it is written",
    arguments: [
      (
        ["puskesmas,A,,,Selat Hilir,,,,,,", "puskesmas,B,,,62.03.01.1007,,,,,,"], .villageOfTwo,
        ["one": "A", "line": "2", "other": "B"]
      ),
      (["puskesmas,A,,,Sidomulyo,,,,,,"], .ambiguousVillage, [:]),
      (["puskesmas,A,,,Selat Hulu;Selat Hiilir,,,,,,"], .unknownVillage, [:]),
      (["puskesmas,A,,,62.01.01.1011,,,,,,"], .unknownVillage, ["near": ""]),
      (
        ["puskesmas,A,,,6203011007,,,,,,"], .statisticsCode,
        ["dotted": "62.03.01.1007", "name": "Selat Hilir"]
      ),
      (["puskesmas,A,,,6203010001,,,,,,"], .statisticsCode, [:]),
      (
        ["puskesmas,A,,,Selat Hilir,,,,,,", "puskesmas,UPT Puskesmas A,,,,,,,,,"], .facilityTwice,
        ["line": "2"]
      ),
      (
        ["klinik,K,,Selat Hilir,,1,2026-01-01,,Puskesmas Takada,,"], .unknownPuskesmas,
        ["near": ""]
      ),
    ] as [([String], DistrictProblem.Code, [String: String])])
  func refused(
    rows: [String], code: DistrictProblem.Code, details: [String: String]
  ) throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let plan = try Self.setUp(district, areas: true, try Self.list(rows), step: 0)
    #expect(plan.problems.map(\.code) == [code])
    let problem = try #require(plan.problems.first)
    #expect(problem.line == rows.count + 1)
    for (key, value) in details { #expect(problem.details[key] ?? "" == value) }
    // Where no name is alike, the explanation proposes none.
    let unlike = details["near"] == "" ? "_unlike" : ""
    #expect(problem.key == "errors.district.\(code.rawValue)\(unlike)")
    if code == .ambiguousVillage {
      let choices = try #require(problem.details["choices"])
      #expect(
        choices.contains("Sidomulyo (Tamban Catur), Sidomulyo (")
          || choices.contains("), Sidomulyo (Tamban Catur)"))
    }
    #expect(plan.factCount == 0)
    #expect(try Self.facts(district).isEmpty)
  }

  @Test("Every village of a row that cannot be found is told, not only the first")
  func allProblems() throws {
    let temporary = try TemporaryDistrict()
    let plan = try Self.setUp(
      temporary.district, areas: true,
      try Self.list(["puskesmas,A,,Takada,Sidomulyo;6203010001;Selat Hilir,,,,,,"]), step: 0)
    #expect(
      plan.problems.map(\.code).sorted { $0.rawValue < $1.rawValue } == [
        .ambiguousVillage, .statisticsCode, .unknownVillage,
      ])
  }

  @Test("What is doubtful is told, and taken")
  func warnings() throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let plan = try Self.setUp(
      district, areas: true,
      try Self.list([
        "puskesmas,A,,,Selat Hilir;Murung Keramat,,,,,,", "puskesmas,B,,,,,,,,,",
        "posyandu,P,,62.03.01.1008,,,,,,,",
      ]), step: 0)
    #expect(plan.warnings.map(\.code) == [.puskesmasWithoutVillages, .villageWithoutPuskesmas])
    #expect(plan.warnings.map(\.line) == [3, 4])
    let next = try Self.setUp(
      district, try Self.facilities("puskesmas,A,,,Selat Hilir,,,,,,"), step: 1)
    #expect(next.warnings.map(\.code) == [.villageLeftOut])
    #expect(next.warnings.map(\.value) == ["Murung Keramat"])
    let village = try Self.village(district, "62.03.01.1006")
    #expect(village.partOf != nil, "it stays where it was")
  }

  @Test("Which district is meant must be clear")
  func whichDistrict() throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let list = try Self.list(["sekolah,SDN 1,,,,,,,,,"])
    #expect(throws: DistrictSetupProblem.noDistrict) {
      try district.plan(areas: nil, of: nil, facilities: list, now: Self.moment(0))
    }
    #expect(throws: DistrictSetupProblem.notInList("62.01")) {
      try district.plan(
        areas: try ShippedAreasTests.table("62.03"), of: "62.01", facilities: nil,
        now: Self.moment(0))
    }
    for code in ["62.01", "62.03"] {
      let plan = try district.plan(
        areas: try ShippedAreasTests.table(code), of: code, facilities: nil, now: Self.moment(0))
      try district.carryOut(plan, now: Self.moment(0))
    }
    #expect(
      throws: DistrictSetupProblem.severalDistricts(
        [
          "Kabupaten Kotawaringin Barat (62.01)", "Kabupaten Kapuas (62.03)",
        ].sorted())
    ) {
      do {
        _ = try district.plan(areas: nil, of: nil, facilities: list, now: Self.moment(0))
      } catch DistrictSetupProblem.severalDistricts(let choices) {
        throw DistrictSetupProblem.severalDistricts(choices.sorted())
      }
    }
    #expect(try district.places().places.values.count { $0.kind == .province } == 1)
    let plan = try district.plan(
      areas: nil, of: "62.01", facilities: list, now: Self.moment(0))
    #expect(plan.count(.school, .new) == 1)
  }

  @Test("What is set up has an author, or says that it was told by the command line")
  func author() throws {
    let (nobody, worker) = (try TemporaryDistrict(), try TemporaryDistrict())
    for (district, author) in [(nobody.district, nil), (worker.district, id(77))] {
      let begun = try district.plan(
        district: Self.kapuas, named: "Kabupaten Kapuas", now: Self.moment(0))
      try district.carryOut(begun, by: author, now: Self.moment(0))
      #expect(try district.places().roots.map(\.name) == ["Kabupaten Kapuas"])
      let plan = try district.plan(
        areas: try ShippedAreasTests.table(Self.kapuas), of: Self.kapuas, facilities: nil,
        now: Self.moment(1))
      #expect(plan.district == begun.district)
      #expect(plan.count(.village, .new) == 231)
      try district.carryOut(plan, by: author, now: Self.moment(1))
      let facts = try Self.facts(district)
      #expect(facts.count == begun.factCount + plan.factCount)
      #expect(facts.allSatisfy { $0.recorder == author })
      #expect(facts.allSatisfy { District.isOfCommandLine($0) == (author == nil) })
    }
  }

  @Test("A village that an import made by its name gets its code and keeps its figures")
  func adopted() throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let fact = ExamplePlaces.fact(id(77), .village, partOf: nil, number: 1)
    var named = fact
    named.body =
      PlaceBody(kind: .village, name: Array("DESA SELAT HILIR".utf8), code: [], partOf: nil)
      .bytes
    _ = try district.journal.acceptAndWait([named], now: Self.moment(0))
    let plan = try Self.setUp(district, areas: true, step: 1)
    #expect(plan.count(.village, .changed) == 1)
    let village = try Self.village(district, "62.03.01.1007")
    #expect((village.id, village.name) == (id(77), "Selat Hilir"))
    #expect(try Self.setUp(district, areas: true, step: 2).factCount == 0)
  }

  static func map(_ code: String, side: Double) throws -> BoundaryFile {
    let corners = [(114.3, -3.1), (114.3, -3.1 + side), (114.3 + side, -3.1 + side), (114.3, -3.1)]
    let points = corners.map { "[\($0.0),\($0.1)]" }.joined(separator: ",")
    return try BoundaryFile(
      data: Data(
        """
        {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"kode":"\(code)"},
        "geometry":{"type":"Polygon","coordinates":[[\(points)]]}}]}
        """.utf8))
  }

  @Test("A map's boundaries are found by code; the same map again changes nothing")
  func boundaries() throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    try Self.setUp(district, areas: true, step: 0)
    func bring(_ file: BoundaryFile, _ step: Int) throws -> BoundaryPlan {
      let plan = try district.plan(
        boundaries: file, source: "Contoh", asOf: day("2026-01-01"), now: Self.moment(step))
      try district.carryOut(plan, now: Self.moment(step))
      return plan
    }
    let first = try bring(try Self.map("62.03.01.1007", side: 0.2), 1)
    #expect(first.boundaries == [.new: 1])
    #expect(first.warnings.isEmpty)
    #expect(try bring(try Self.map("62.03.01.1007", side: 0.2), 2).boundaries == [.same: 1])
    let smaller = try bring(try Self.map("62.03.01.1007", side: 0.01), 3)
    #expect(smaller.boundaries == [.changed: 1])
    #expect(smaller.warnings.map(\.code) == [.centreOutside])
    let unknown = try bring(try Self.map("62.01.01.1011", side: 0.2), 4)
    #expect(unknown.warnings.map(\.code) == [.unknownCode])
    #expect(unknown.boundaries.isEmpty)
    let rows = try district.journal.pool.read { try PlaceRows.boundaries(in: $0) }
    #expect(rows.map(\.place) == [try Self.village(district, "62.03.01.1007").id])
    #expect(try district.verify().mismatch == nil)
  }
}
