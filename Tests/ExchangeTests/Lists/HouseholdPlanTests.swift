import Health
import Journal
import Samples
import Testing

@testable import Exchange

/// A register that a test writes by hand.
struct WrittenRegister: KnownHouseholds {
  var persons: [KnownPerson] = []
  var households: [KnownHousehold] = []

  func persons(withNationalIdentityNumber number: String) -> [KnownPerson] {
    persons.filter { $0.person.nationalIdentityNumber == Array(number.utf8) }
  }

  func persons(named key: String, born day: CivilDate) -> [KnownPerson] {
    persons.filter {
      PersonSummary.key(of: String(decoding: $0.person.name, as: UTF8.self)) == key
        && $0.person.birthDate == day
    }
  }

  func members(of household: Identifier, born day: CivilDate) -> [KnownPerson] {
    persons.filter { $0.residence?.household == household && $0.person.birthDate == day }
  }

  func households(_ key: HouseholdRow.Key) -> [KnownHousehold] {
    households.filter {
      switch key {
      case .familyCard(let number): $0.household.familyCardNumber == Array(number.utf8)
      case .local(let name): $0.household.localIdentifier == Array(name.utf8)
      }
    }
  }
}

@Suite("What a list of households would bring")
struct HouseholdPlanTests {
  static let heading = [
    "No KK", "NIK", "Nama", "JK", "Tgl Lahir", "SHDK", "Desa", "Kecamatan", "RT", "Alamat", "HP",
    "Sumber Air",
  ]
  static let budi = [
    "9903010108200001", "9903010101800001", "Budi Contoh", "L", "1980-01-01", "Kepala Keluarga",
    "Anjir Contoh", "", "001", "Jl. Contoh 5", "", "PDAM",
  ]
  static let siti = [
    "9903010108200001", "9903014508820001", "Siti Contoh", "P", "1982-08-05", "Istri", "", "", "",
    "", "", "",
  ]

  static func plan(
    _ rows: [[String]], known: WrittenRegister = WrittenRegister()
  ) throws -> HouseholdListPlan {
    let plans = try ListTables.both([heading] + rows).map { table in
      try HouseholdListPlan(
        of: table,
        read: HouseholdRowReader(
          columns: ListColumns(heading: table.heading), places: ListDistrict.places,
          today: day("2026-11-22")), known: known)
    }
    #expect(plans[0].rows.map(\.outcome) == plans[1].rows.map(\.outcome))
    #expect(plans[0].rows.map(\.changes) == plans[1].rows.map(\.changes))
    #expect(plans[0].rows.map(\.member) == plans[1].rows.map(\.member))
    #expect(plans[1].rows.allSatisfy { ListGaps.areFilled($0.problems, $0.warnings) })
    return plans[1]
  }

  /// A register in which all rows of a plan are stored, as taking it in would.
  static func register(after plan: HouseholdListPlan, _ before: WrittenRegister = .init())
    -> WrittenRegister
  {
    var known = before
    var next: UInt64 = 100
    func fresh() -> Identifier {
      next += 1
      return ListDistrict.id(next)
    }
    for case let member? in plan.rows.map(\.member) {
      let id = member.knownPerson ?? fresh()
      var home = known.households.firstIndex {
        $0.id == member.knownHousehold
          || $0.household.familyCardNumber == member.row.household.familyCardNumber
      }
      if home == nil {
        known.households.append(KnownHousehold(id: fresh(), household: HouseholdBody()))
        home = known.households.count - 1
      }
      guard let home else { continue }
      let head = known.households[home].household.head
      if let body = member.household {
        known.households[home].household = body
        known.households[home].household.head = member.becomesHead ? id : body.head ?? head
      }
      if let dwelling = member.dwelling { known.households[home].dwelling = dwelling }
      var person =
        known.persons.first { $0.id == id } ?? KnownPerson(id: id, person: PersonBody())
      if let body = member.person { person.person = body }
      if var residence = member.residence {
        residence.household = known.households[home].id
        person.residence = residence
      }
      known.persons.removeAll { $0.id == id }
      known.persons.append(person)
    }
    return known
  }

  static func row(_ base: [String], _ changes: [String: String]) -> [String] {
    zip(heading, base).map { changes[$0] ?? $1 }
  }

  @Test("A new family: one household, its head, and a member who lives where the household lives")
  func newFamily() throws {
    let plan = try Self.plan([Self.budi, Self.siti])
    #expect(plan.rows.map(\.outcome) == [.new, .new] && plan.counts == [.new: 2])
    #expect(plan.newHouseholds == 1 && plan.householdsWithoutHead.isEmpty)
    #expect(plan.rows.allSatisfy { $0.changes.isEmpty && $0.warnings.isEmpty })
    let head = try #require(plan.rows[0].member)
    #expect(head.becomesHead && head.household?.place == ListDistrict.anjir)
    #expect(head.dwelling?.water == .piped && head.knownPerson == nil)
    let wife = try #require(plan.rows[1].member)
    #expect(wife.residence?.place == ListDistrict.anjir && wife.household == nil)
    #expect(wife.residence?.relation == .spouse && wife.dwelling == nil)
    #expect(wife.person?.birthDate == day("1982-08-05"))
  }

  @Test("The same list again changes nothing")
  func again() throws {
    let known = Self.register(after: try Self.plan([Self.budi, Self.siti]))
    let plan = try Self.plan([Self.siti, Self.budi], known: known)
    #expect(plan.rows.map(\.outcome) == [.same, .same], "\(plan.rows.map(\.changes))")
    #expect(plan.rows.allSatisfy { $0.changes.isEmpty && $0.member?.isAnything == false })
    #expect(plan.newHouseholds == 0)
  }

  @Test("Every change is told, old and new; empty columns change nothing")
  func changes() throws {
    let known = Self.register(after: try Self.plan([Self.budi, Self.siti]))
    let changed = Self.row(
      Self.budi,
      [
        "Nama": "Budi Contoh Baru", "RT": "2", "Alamat": "", "HP": "0812345678",
        "Sumber Air": "Sungai", "Desa": "Sidomulyo", "Kecamatan": "Kapuas Hulu",
      ])
    let plan = try Self.plan([changed, Self.row(Self.siti, ["SHDK": "Menantu"])], known: known)
    #expect(plan.rows.map(\.outcome) == [.changed, .changed])
    #expect(
      plan.rows[0].changes == [
        ListChange(attribute: .name, old: .text("Budi Contoh"), new: .text("Budi Contoh Baru")),
        ListChange(attribute: .telephone, old: .nothing, new: .text("0812345678")),
        ListChange(
          attribute: .place, old: .place(ListDistrict.anjir),
          new: .place(ListDistrict.sidomulyoHulu)),
        ListChange(
          attribute: .householdPlace, old: .place(ListDistrict.anjir),
          new: .place(ListDistrict.sidomulyoHulu)),
        ListChange(attribute: .neighbourhood, old: .text("001"), new: .text("002")),
        ListChange(attribute: .water, old: .water(.piped), new: .water(.surface)),
      ])
    let member = try #require(plan.rows[0].member)
    #expect(member.household?.address == Array("Jl. Contoh 5".utf8))
    #expect(member.household?.head == member.knownPerson && member.knownPerson != nil)
    #expect(member.person?.sex == .male && member.person?.telephone == Array("0812345678".utf8))
    #expect(
      plan.rows[1].changes == [
        ListChange(
          attribute: .place, old: .place(ListDistrict.anjir),
          new: .place(ListDistrict.sidomulyoHulu)),
        ListChange(attribute: .relation, old: .relation(.spouse), new: .relation(.childInLaw)),
      ])
  }

  @Test("A baby, a new head and somebody from another household")
  func family() throws {
    let known = Self.register(after: try Self.plan([Self.budi, Self.siti]))
    let house = try #require(known.households.first?.id)
    let baby = Self.row(
      Self.siti,
      ["NIK": "", "Nama": "Anak Contoh", "Tgl Lahir": "2026-10-01", "SHDK": "Anak"])
    let plan = try Self.plan(
      [baby, Self.row(Self.siti, ["SHDK": "Kepala Keluarga"])], known: known)
    #expect(plan.rows.map(\.outcome) == [.new, .changed])
    #expect(plan.rows[0].member?.residence?.household == house)
    #expect(plan.rows[0].member?.knownHousehold == house)
    #expect(plan.rows[0].changes.isEmpty)
    let heads = plan.rows[1].changes.filter { $0.attribute == .head }
    let wife = try #require(plan.rows[1].member?.knownPerson)
    #expect(heads.map(\.new) == [.person(wife)] && plan.rows[1].member?.becomesHead == true)
    #expect(plan.rows[1].warnings.map(\.key) == ["warnings.list.other_head"])
    // A newcomer who takes the place of the head is looked at again, too.
    let newcomer = Self.row(
      Self.siti,
      ["NIK": "", "Nama": "Kepala Baru", "Tgl Lahir": "1990-10-01", "SHDK": "Kepala Keluarga"])
    let taken = try Self.plan([newcomer], known: known)
    #expect(taken.rows[0].outcome == .new)
    #expect(taken.rows[0].warnings.map(\.key) == ["warnings.list.other_head"])
    let moved = try Self.plan(
      [
        Self.row(
          Self.siti,
          ["No KK": "9903010108200009", "SHDK": "Kepala Keluarga", "Desa": "Anjir Contoh"])
      ], known: known)
    #expect(
      moved.rows[0].changes.first
        == ListChange(
          attribute: .household, old: .household(house), new: .new("9903010108200009")))
    #expect(moved.newHouseholds == 1 && moved.rows[0].member?.becomesHead == true)
  }

  @Test("A NIK twice, a person twice, and a household in two places")
  func repeated() throws {
    let other = Self.row(Self.siti, ["Nama": "Ani Contoh", "Tgl Lahir": "1990-02-01"])
    let plain = Self.row(Self.siti, ["NIK": ""])
    let away = Self.row(
      Self.siti,
      ["NIK": "", "Nama": "Ida", "Desa": "Sidomulyo", "Kecamatan": "Kapuas Hulu"])
    let plan = try Self.plan([Self.budi, Self.siti, other, plain, away])
    #expect(plan.rows.map(\.outcome) == [.new, .new, .refused, .refused, .refused])
    let problems = plan.rows.compactMap(\.problems.first)
    #expect(
      problems.map(\.key) == [
        "errors.list.duplicate_identity_number", "errors.list.repeated_row",
        "errors.list.other_place",
      ])
    #expect(problems.map { $0.details["line"] } == ["3", "3", "2"])
    #expect(problems.map(\.column) == ["NIK", "Nama", "Desa"])
    #expect(problems[0].cell == "B4" && plan.rows[2].member == nil)
    // The other way round: the row with the NIK is the second of the same person.
    let turned = try Self.plan([Self.budi, plain, Self.siti])
    #expect(turned.rows[2].problems.first?.key == "errors.list.repeated_row")
    // A row that was refused does not stand in the way of the right one.
    let mended = try Self.plan([Self.row(Self.budi, ["JK": "?"]), Self.budi])
    #expect(mended.rows.map(\.outcome) == [.refused, .new])
  }

  @Test("What rows of one household tell otherwise is noticed; the first stays")
  func household() throws {
    let second = Self.row(
      Self.siti, ["SHDK": "Kepala Keluarga", "Alamat": "Jl. Lain", "Sumber Air": "Sungai"])
    let plan = try Self.plan([Self.budi, second])
    #expect(
      plan.rows[1].warnings.map(\.key) == [
        "warnings.list.second_head", "warnings.list.household_differs",
        "warnings.list.household_differs",
      ])
    #expect(plan.rows[1].warnings.map(\.value) == ["Siti Contoh", "Jl. Lain", "Sungai"])
    #expect(plan.rows[1].warnings.allSatisfy { $0.details["line"] == "2" })
    #expect(plan.rows[1].member?.household == nil && plan.rows[1].member?.dwelling == nil)
    // One head is enough: how the second stands to the first is to be asked.
    #expect(plan.rows[0].member?.residence?.relation == .head)
    let stranger = try #require(plan.rows[1].member?.residence)
    #expect(stranger.relation == nil)
    let headless = try Self.plan([Self.row(Self.siti, ["Desa": "Anjir Contoh"])])
    #expect(headless.householdsWithoutHead == [2])
    let homeless = try Self.plan([Self.siti, Self.budi])
    #expect(homeless.rows[0].problems.map(\.key) == ["errors.list.missing_value"])
    #expect(homeless.rows[0].problems[0].column == "Desa" && homeless.rows[1].outcome == .new)
  }

  @Test("Whom the register knows: by NIK, by name and day of birth, somebody else, or several")
  func known() throws {
    var known = Self.register(after: try Self.plan([Self.budi, Self.siti]))
    // By NIK, with another day of birth alone: a correction to be looked at.
    let corrected = try Self.plan(
      [Self.row(Self.siti, ["Tgl Lahir": "1982-08-06"])], known: known)
    #expect(corrected.rows[0].changes.map(\.attribute) == [.birthDate])
    #expect(
      corrected.rows[0].warnings.map(\.key) == ["warnings.list.identity_number_other_birth_date"])
    // Name and day of birth are another's: one of the two numbers is wrong.
    let other = try Self.plan(
      [Self.row(Self.siti, ["Nama": "Ani Contoh", "Tgl Lahir": "1990-02-01"])], known: known)
    #expect(other.rows[0].problems.map(\.key) == ["errors.list.other_person"])
    // Whose NIK it is is not told to who brings the number.
    #expect(other.rows[0].problems[0].details.isEmpty)
    // Known without a NIK, who learns it.
    let index = try #require(known.persons.firstIndex { $0.person.sex == .female })
    known.persons[index].person.nationalIdentityNumber = []
    let learned = try Self.plan([Self.siti], known: known)
    #expect(
      learned.rows[0].changes == [
        ListChange(
          attribute: .nationalIdentityNumber, old: .nothing, new: .text("9903014508820001"))
      ])
    // Known with another NIK: another person of that name.
    known.persons[index].person.nationalIdentityNumber = Array("9903014508820002".utf8)
    #expect(try Self.plan([Self.siti], known: known).rows[0].outcome == .new)
    // Several of that name and day; the household tells which.
    known.persons[index].person.nationalIdentityNumber = []
    var twin = known.persons[index]
    twin.id = ListDistrict.id(500)
    twin.residence?.household = nil
    known.persons.append(twin)
    #expect(
      try Self.plan([Self.siti], known: known).rows[0].member?.knownPerson
        == known.persons[index].id)
    known.persons[index].residence?.household = nil
    let several = try Self.plan([Self.siti], known: known)
    #expect(several.rows[0].problems.map(\.key) == ["errors.list.ambiguous_person"])
    #expect(several.rows[0].problems[0].details == ["count": "2"])
    let house = try #require(known.households.first)
    known.households.append(KnownHousehold(id: ListDistrict.id(501), household: house.household))
    let houses = try Self.plan([Self.siti], known: known)
    #expect(houses.rows[0].problems.map(\.key) == ["errors.list.ambiguous_household"])
    known.households.removeLast()
    known.persons.removeLast()
    known.persons[index].isDead = true
    let dead = try Self.plan([Self.siti], known: known)
    #expect(dead.rows[0].warnings.map(\.key) == ["warnings.list.recorded_as_dead"])
  }

  /// A member of the same day of birth with a word more or less in the name is perhaps the same.
  @Test(arguments: [
    ("Siti Contoh Baru", "1982-08-05", "P", "", true),
    ("Siti", "1982-08-05", "P", "", true),
    ("Aminah Contoh Baru", "1982-08-05", "P", "", false),
    ("Siti Contoh Baru", "1982-08-06", "P", "", false),
    ("Siti Contoh Baru", "1982-08-05", "L", "", false),
    ("Siti Contoh Baru", "1982-08-05", "P", "9903014508820002", false),
  ])
  func perhapsKnown(
    _ name: String, _ born: String, _ sex: String, _ number: String, _ isWarned: Bool
  ) throws {
    let known = Self.register(after: try Self.plan([Self.budi, Self.siti]))
    let row = Self.row(
      Self.siti,
      ["Nama": name, "Tgl Lahir": born, "JK": sex, "NIK": number, "SHDK": "Anak"])
    let planned = try Self.plan([row], known: known).rows[0]
    #expect(planned.outcome == .new)
    #expect(planned.warnings.map(\.key).contains("warnings.list.perhaps_known") == isWarned)
  }

  @Test("Any list taken in is the same when it comes again")
  func closed() throws {
    var numbers = SeededNumbers(seed: 12)
    let texts = [
      "", "Anak", "Istri", "Kepala Keluarga", "Anjir Contoh", "2", "PDAM", "Sungai", "P",
    ]
    for _ in 0..<60 {
      var rows = [Self.budi, Self.siti]
      for number in 0..<Int.random(in: 0...6, using: &numbers) {
        rows.append(
          Self.row(
            Self.siti,
            [
              "NIK": Bool.random(using: &numbers) ? "" : "990301450882100\(number)",
              "Nama": "Anak \(Int.random(in: 0...4, using: &numbers))",
              "Tgl Lahir": "2010-08-0\(Int.random(in: 1...3, using: &numbers))",
              "No KK": "990301010820000\(Int.random(in: 1...3, using: &numbers))",
              "Desa": "Anjir Contoh",
            ]))
        let column = Int.random(in: 5..<Self.heading.count, using: &numbers)
        rows[rows.count - 1][column] = texts[Int.random(in: texts.indices, using: &numbers)]
      }
      let first = try Self.plan(rows)
      let taken = zip(rows, first.rows).filter { $1.member != nil }.map(\.0)
      let second = try Self.plan(taken, known: Self.register(after: first))
      for row in second.rows { #expect(row.outcome == .same, "\(row.changes) \(row.problems)") }
    }
  }
}
