import Health
import Journal
import Samples
import Testing

@testable import Exchange

@Suite("What a list of workers would bring")
struct StaffPlanTests {
  static let heading = ["Nama", "NIK", "Peran", "Tempat Tugas", "Klaster", "Akun", "TMT", "Sampai"]
  static let ani = ["Ani", "9901014101900001", "Kader", "Mawar", "", "", "2024-01-01", ""]
  static let today = day("2026-11-22")

  /// A worker of the register with roles, each with its first and last day.
  static func known(
    _ number: UInt64, _ name: String, nik: String = "", user: String = "", left: String? = nil,
    _ roles: [(Role, Identifier, String, String?)]
  ) throws -> Worker {
    let id = ListDistrict.id(number)
    var timeline = Timeline()
    var body = WorkerBody()
    body.name = Array(name.utf8)
    body.nationalIdentityNumber = Array(nik.utf8)
    body.userName = Array(user.utf8)
    body.endedOn = left.map { day($0) }
    var next = number * 100
    func add(_ kind: FactKind, _ date: CivilDate, _ bytes: [UInt8]) throws {
      next += 1
      try timeline.insert(
        Fact(
          id: ListDistrict.id(next), subject: id, kind: kind, occurredOn: date,
          recordedAt: Instant(milliseconds: Int64(next)), body: bytes))
    }
    try add(.worker, day("2020-01-01"), body.bytes)
    for (role, place, since, until) in roles {
      let assignment = AssignmentBody(role: role, place: place, until: until.map { day($0) })
      try add(.assignment, day(since), assignment.bytes)
    }
    return try #require(try Worker(id, StandingSubject(timeline: timeline)))
  }

  static func plan(
    _ rows: [[String]], known: [Worker] = [], reach: ListReach = .everything
  ) throws -> [PlannedStaffRow] {
    var table = try ListTables.csv([heading] + rows)
    var planner = StaffListPlanner(
      reader: StaffRowReader(
        columns: try ListColumns(heading: heading), places: ListDistrict.places), known: known,
      districts: [ListDistrict.district], today: today,
      identities: ListIdentities(batch: ListDistrict.id(99), secret: [1]),
      reach: reach)
    var planned: [PlannedStaffRow] = []
    while let row = try table.next({ planner.plan($0) }) { planned.append(row) }
    #expect(planned.allSatisfy { ListGaps.areFilled($0.problems, $0.warnings) })
    return planned
  }

  @Test("A new worker with two roles is one worker; without a NIK, one for each place")
  func new() throws {
    let second = ["Ani", "9901014101900001", "Petugas Pustu", "Pustu Anjir Contoh", "", "", "", ""]
    let two = try Self.plan([Self.ani, second])
    #expect(two.map(\.outcome) == [.new, .new] && two[0].worker == two[1].worker)
    #expect(two[0].body != nil && two[1].body == nil && two[1].assignment?.since == Self.today)
    let nameless = try Self.plan([
      ["Siti", "", "Kader", "Mawar", "", "", "", ""],
      ["Siti", "", "Kader", "Anjir Contoh", "", "", "", ""],
    ])
    #expect(nameless[0].worker != nameless[1].worker)
  }

  @Test("What is known stays, what is told changes, and the same list again is the same")
  func changes() throws {
    let known = try Self.known(
      50, "Ani", nik: "9901014101900001", [(.kader, ListDistrict.mawar, "2024-01-01", nil)])
    #expect(try Self.plan([Self.ani], known: [known]).map(\.outcome) == [.same])
    let changed = try Self.plan(
      [["Ani", "9901014101900001", "Kader", "Mawar", "", "ani.m", "", "2026-12-31"]],
      known: [known])
    #expect(changed[0].outcome == .changed)
    #expect(changed[0].changes.map(\.attribute) == [.userName, .end])
    #expect(changed[0].replacedAssignment == known.assignments[0].fact)
    #expect(changed[0].replacedWorker == known.fact)
    #expect(changed[0].assignment?.since == day("2024-01-01"))
    // Found by name at the same place, the NIK is learned.
    let nameless = try Self.known(51, "Ani", [(.kader, ListDistrict.mawar, "2024-01-01", nil)])
    let learned = try Self.plan([Self.ani], known: [nameless])
    #expect(learned[0].worker == nameless.id)
    #expect(learned[0].changes.map(\.attribute) == [.nationalIdentityNumber])
  }

  @Test("Who left, what ended, what has not begun, and names that belong to others")
  func refused() throws {
    func problem(_ row: [String], _ known: Worker) throws -> String? {
      try Self.plan([row], known: [known])[0].problems.first?.key
    }
    func known(left: String? = nil, until: String? = nil) throws -> Worker {
      try Self.known(
        52, "Ani", nik: "9901014101900001", user: "ani.m", left: left,
        [(.kader, ListDistrict.mawar, "2023-01-01", until)])
    }
    #expect(
      try problem(Self.ani, known(left: "2026-01-31")) == "errors.list.worker_left")
    let ended = try known(until: "2025-01-31")
    #expect(try problem(Self.ani, ended) == "errors.list.role_ended")
    var row = Self.ani
    row[6] = ""
    #expect(try problem(row, ended) == "errors.list.role_ended")
    row[6] = "2026-01-01"
    #expect(try Self.plan([row], known: [ended])[0].outcome == .changed)
    row[6] = "2027-01-01"
    #expect(try problem(row, ended) == "errors.list.start_in_future")
    row = Self.ani
    row[0] = "Budi"
    #expect(try problem(row, try known()) == "errors.list.other_worker")
    let user = ["Budi", "", "Kader", "Mawar", "", "Ani.M", "", ""]
    #expect(try problem(user, try known()) == "errors.list.user_name_of_another")
  }

  @Test("A name by which somebody signs in is nobody else's, though the register does not know it")
  func namesOfAccounts() throws {
    let silent = try Self.known(54, "Sari", [(.kader, ListDistrict.mawar, "2023-01-01", nil)])
    var reach = ListReach.everything
    reach.userNamesOfAccounts = ["sari.m": silent.id]
    func key(_ name: String, _ user: String, _ known: Worker) throws -> String? {
      try Self.plan(
        [[name, "", "Kader", "Mawar", "", user, "", ""]], known: [known], reach: reach
      )[0].problems.first?.key
    }
    #expect(try key("Budi", "Sari.M", silent) == "errors.list.user_name_of_another")
    #expect(try key("Sari", "sari.m", silent) == nil)
    // Once the register calls her otherwise, her account follows: the name is free.
    let named = try Self.known(
      54, "Sari", user: "sari.n", [(.kader, ListDistrict.mawar, "2023-01-01", nil)])
    #expect(try key("Budi", "sari.m", named) == nil)
  }

  @Test("A list does not end the last administrator of the district")
  func lastAdministrator() throws {
    func administrator(_ number: UInt64, _ name: String, until: String? = nil) throws -> Worker {
      try Self.known(
        number, name, [(.administrator, ListDistrict.district, "2020-01-01", until)])
    }
    func row(_ name: String, until: String = "", since: String = "") -> [String] {
      [name, "", "Administrator", "Kapuas", "", "", since, until]
    }
    func keys(_ rows: [[String]], _ known: [Worker]) throws -> [String?] {
      try Self.plan(rows, known: known).map(\.problems.first?.key)
    }
    let refused = "errors.list.last_administrator"
    let ani = try administrator(55, "Ani")
    #expect(try keys([row("Ani", until: "2026-11-22")], [ani]) == [refused])
    // A day to come leaves nobody either.
    #expect(try keys([row("Ani", until: "2027-12-31")], [ani]) == [refused])
    // One who goes on the same day is no successor; one who stays a day longer is.
    let same = try administrator(56, "Budi", until: "2026-12-31")
    #expect(try keys([row("Ani", until: "2026-12-31")], [ani, same]) == [refused])
    #expect(try keys([row("Ani", until: "2026-12-30")], [ani, same]) == [nil])
    // Of two, a list ends one and not both; a successor stands above.
    let budi = try administrator(56, "Budi")
    let both = [row("Ani", until: "2026-12-31"), row("Budi", until: "2026-12-31")]
    #expect(try keys(both, [ani, budi]) == [nil, refused])
    let successor = row("Citra", since: "2026-11-22")
    #expect(try keys([successor, row("Ani", until: "2026-12-31")], [ani]) == [nil, nil])
    // A Puskesmas can go without one of its own.
    let hulu = try Self.known(57, "Dedi", [(.administrator, ListDistrict.hulu, "2020-01-01", nil)])
    let ended = ["Dedi", "", "Administrator", "Puskesmas Hulu", "", "", "", "2026-12-31"]
    #expect(try keys([ended], [hulu]) == [nil])
  }

  @Test("Nobody gives a role beyond the own right, or works on somebody beyond it")
  func rights() throws {
    let reach = ListReach(
      area: [ListDistrict.mawar, ListDistrict.hulu], grants: { role, _ in role == .kader },
      changes: { $0.name != "Kepala" })
    let head = try Self.known(
      53, "Kepala", nik: "9901014101900009",
      [(.puskesmasHead, ListDistrict.hulu, "2020-01-01", nil)])
    let rows = [
      Self.ani, ["B", "", "Pengelola Data", "Puskesmas Hulu", "", "", "", ""],
      ["C", "", "Kader", "Desa Anjir Contoh", "", "", "", ""],
      ["Kepala", "9901014101900009", "Kader", "Mawar", "", "", "", ""],
      ["Kepala", "9901014101900009", "Kepala Puskesmas", "Puskesmas Hulu", "", "", "", ""],
    ]
    let planned = try Self.plan(rows, known: [head], reach: reach)
    #expect(planned.map(\.outcome) == [.new, .refused, .refused, .refused, .same])
    #expect(
      planned.compactMap(\.problems.first?.key) == [
        "errors.list.role_not_granted", "errors.list.outside_area",
        "errors.list.worker_not_changed",
      ])
  }
}
