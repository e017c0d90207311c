import Health
import Journal
import Samples
import Testing

@testable import Exchange

@Suite("Where a list of households puts a family")
struct HouseholdPlaceTests {
  private static let budi = HouseholdPlanTests.budi
  private static let siti = HouseholdPlanTests.siti
  private static let heading = HouseholdPlanTests.heading

  private typealias Home = (village: String, subdistrict: String, posyandu: String)

  private static let nowhere: Home = ("", "", "")
  private static let anjir: Home = ("Anjir Contoh", "", "")
  private static let mawar: Home = ("Anjir Contoh", "", "Mawar")
  private static let sidomulyo: Home = ("Sidomulyo", "Kapuas Hulu", "")
  private static let melati: Home = ("Sidomulyo", "Kapuas Hulu", "Melati")

  /// Rows of a family with village, kecamatan and Posyandu, as a file of either kind has them.
  private static func homes(
    _ homes: [Home], known: WrittenRegister = WrittenRegister()
  ) throws -> [PlannedHouseholdRow] {
    try plan(homes, known: known).rows
  }

  /// See ``homes(_:known:)``.
  private static func plan(
    _ homes: [Home], known: WrittenRegister = WrittenRegister()
  ) throws -> HouseholdListPlan {
    let rows = homes.enumerated().map { number, home in
      let person =
        number == 0
        ? budi
        : HouseholdPlanTests.row(
          Self.siti, ["NIK": "", "Nama": "Anak \(number)", "Tgl Lahir": "2015-03-0\(number)"])
      return HouseholdPlanTests.row(person, ["Desa": home.village, "Kecamatan": home.subdistrict])
        + [home.posyandu]
    }
    let tables = try ListTables.both([heading + ["Posyandu"]] + rows)
    let again = try ListTables.both([heading + ["Posyandu"]] + rows)
    let plans = try tables.indices.map { try plan(tables[$0], after: again[$0], known: known) }
    #expect(plans[0].rows.map(\.member) == plans[1].rows.map(\.member))
    return plans[1]
  }

  private static func plan(
    _ table: some TableReader, after ahead: any TableReader,
    known: WrittenRegister = WrittenRegister()
  ) throws -> HouseholdListPlan {
    try HouseholdListPlan(
      of: table, after: ahead,
      read: HouseholdRowReader(
        columns: ListColumns(heading: table.heading), places: ListDistrict.places,
        today: day("2026-11-22")), known: known)
  }

  @Test("A village beside a Posyandu in it is no other place, whichever row names it first")
  func villageBesidePosyandu() throws {
    let (anjir, mawar) = (Self.anjir, Self.mawar)
    for order in [[mawar, anjir, anjir], [anjir, mawar, anjir], [anjir, Self.nowhere, mawar]] {
      let rows = try Self.homes(order)
      #expect(rows.map(\.outcome) == [.new, .new, .new], "\(order) \(rows.map(\.problems))")
      // The finer place stands for the whole family, the earlier rows too.
      #expect(rows.allSatisfy { $0.member?.residence?.place == ListDistrict.mawar })
      #expect(rows[0].member?.household?.place == ListDistrict.mawar)
    }
    let alone = try Self.homes([anjir, Self.nowhere])
    #expect(alone.allSatisfy { $0.member?.residence?.place == ListDistrict.anjir })
  }

  @Test("A Posyandu of another village is another place, whichever row names it first")
  func posyanduElsewhere() throws {
    let (anjir, mawar, melati) = (Self.anjir, Self.mawar, Self.melati)
    for order in [[mawar, Self.sidomulyo], [anjir, melati], [melati, anjir]] {
      let rows = try Self.homes(order)
      #expect(rows.map(\.outcome) == [.new, .refused], "\(order)")
      #expect(rows[1].problems.map(\.key) == ["errors.list.other_place"])
      #expect(rows[1].problems.map { $0.details["line"] } == ["2"])
    }
    // The line that is told is the one that names the Posyandu.
    let third = try Self.homes([anjir, mawar, melati])
    #expect(third.map(\.outcome) == [.new, .new, .refused])
    #expect(third[2].problems.map { $0.details["line"] } == ["3"])
  }

  @Test("A village takes no known household out of a Posyandu in it; another village does")
  func villageOfAKnownHousehold() throws {
    let (anjir, mawar) = (Self.anjir, Self.mawar)
    func register(_ homes: [Home]) throws -> WrittenRegister {
      HouseholdPlanTests.register(after: try Self.plan(homes))
    }
    let known = try register([mawar, mawar])
    let same = try Self.homes([anjir, anjir], known: known)
    #expect(same.map(\.outcome) == [.same, .same], "\(same.map(\.changes))")
    let moved = try Self.homes([Self.sidomulyo, Self.nowhere], known: known)
    #expect(
      moved.map { $0.member?.residence?.place }
        == [ListDistrict.sidomulyoHulu, ListDistrict.sidomulyoHulu])
    #expect(moved[0].member?.household?.place == ListDistrict.sidomulyoHulu)
    // A Posyandu that the list names outranks the one that is known.
    let other = try Self.homes([Self.melati, Self.sidomulyo], known: known)
    #expect(other.allSatisfy { $0.member?.residence?.place == ListDistrict.melatiHulu })
    // Of a household that is known by the village alone a member may be known by a Posyandu.
    var coarse = try register([anjir, anjir])
    coarse.persons[0].residence?.place = ListDistrict.mawar
    #expect(try Self.homes([anjir, anjir], known: coarse).map(\.outcome) == [.same, .same])
  }

  @Test("A row that is refused tells nothing of where its family lives")
  func refusedPosyandu() throws {
    var broken = HouseholdPlanTests.row(Self.siti, ["JK": "?", "Desa": "Anjir Contoh"]) + ["Mawar"]
    func plan() throws -> [PlannedHouseholdRow] {
      let rows = [Self.heading + ["Posyandu"], Self.budi + [""], broken]
      return try Self.plan(ListTables.csv(rows), after: ListTables.csv(rows)).rows
    }
    #expect(try plan().map(\.outcome) == [.new, .refused])
    #expect(try plan()[0].member?.residence?.place == ListDistrict.anjir)
    broken[3] = "P"
    #expect(
      try plan().map { $0.member?.residence?.place } == [ListDistrict.mawar, ListDistrict.mawar])
  }
}
