import Foundation
import GRDB
import Guidance
import Health
import Journal
import Programmes
import Samples
import Testing

@testable import Services

/// A pregnant woman whose arm is 23.2 cm: KEK where the limit is 23.5, and not where it is 23.
@Suite("The district's settings of mothers and children are in force")
struct ClinicalSettingsInForceTests {
  private static let today = day("2026-08-20")

  private final class Folder {
    private let url = URL.temporaryDirectory.appending(path: "sikilap-\(UUID().uuidString)")
    var database: String { url.appending(path: "district.sqlite").path() }

    init() throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
  }

  private static func edition(_ changes: (ClinicalSetting, Int32)...) -> SettingsEdition {
    var care = ClinicalSettings()
    for (setting, number) in changes {
      let isSet = care.set(setting, to: number)
      precondition(isSet)
    }
    return SettingsEdition(name: "lain", growth: GrowthSettings(), named: [:], care: care)
  }

  private static let other = edition((.energyDeficiencyArm, 2_300))

  private static var mother: Story {
    var mother = Story(.female, born: "2000-01-10")
    var pregnancy = PregnancyBody()
    pregnancy.lastMenstrualPeriod = day("2026-05-28")
    mother.tell(.pregnancy, on: day("2026-07-20"), body: pregnancy.bytes)
    var visit = VisitBody(setting: .puskesmas, performer: .midwife, purposes: .antenatal)
    visit[DataElement.armCircumference.code] = 2_320
    mother.tell(.visit, on: day("2026-07-20"), body: visit.bytes)
    return mother
  }

  /// The table of KEK; its first row is KEK.
  private static let table = CareBook.motherAndChild.tables.values
    .first { "\($0.name)" == "energy_deficiency" }

  /// Whether a plan says KEK; nothing where it does not say.
  private static func isDeficient(_ plan: CarePlan) -> Bool? {
    plan.classes.first { $0.table == table?.number }.flatMap { found in
      if case .row(let place, _) = found.answer { return place == 0 }
      return nil
    }
  }

  @Test("Another setting gives another plan, and the reason is asked with its figure")
  func plan() throws {
    for (edition, isDeficient) in [(SettingsEdition.standard, true), (Self.other, false)] {
      let folder = try Folder()
      let district = try District(path: folder.database, settings: edition)
      defer { try? district.journal.close() }
      let mother = Self.mother
      _ = try district.journal.acceptAndWait(
        mother.facts, now: CarePlanTests.noon(Self.today))
      let care = try #require(try district.care(of: mother.subject, on: Self.today, knowing: .all))
      #expect(Self.isDeficient(care.plan) == isDeficient)
      #expect(care.isStored)
      #expect(care.settings == edition.care)
      // What pages take a rule apart with.
      var evaluation = care.evaluation
      let row = try #require(Self.table?.rows.first)
      #expect(evaluation.explain(row.when).answer == (isDeficient ? .yes : .no))
      // What follows from a visit before it is kept.
      var body = VisitBody(setting: .puskesmas, performer: .midwife, purposes: .antenatal)
      body[DataElement.armCircumference.code] = 2_340
      let draft = Fact(
        id: id(77), subject: mother.subject, kind: .visit, occurredOn: Self.today,
        recordedAt: CarePlanTests.noon(Self.today), body: body.bytes)
      let after = try #require(
        try district.care(of: mother.subject, on: Self.today, with: [draft], knowing: .all))
      #expect(Self.isDeficient(after.plan) == isDeficient)
    }
  }

  @Test("What is worked out before the rules are asked follows the settings too")
  func derived() throws {
    var child = Story(.male, born: "2026-08-18")
    var body = VisitBody(setting: .hospital, performer: .midwife, purposes: .newborn)
    body[DataElement.oxygenSaturation.code] = 97
    body[DataElement.footSaturation.code] = 95
    child.tell(.visit, on: day("2026-08-19"), body: body.bytes)
    var plans: [StoredCarePlan] = []
    for edition in [SettingsEdition.standard, Self.edition((.saturationThatPasses, 96))] {
      let folder = try Folder()
      let district = try District(path: folder.database, settings: edition)
      defer { try? district.journal.close() }
      _ = try district.journal.acceptAndWait(
        child.facts, now: CarePlanTests.noon(Self.today))
      plans.append(
        try district.journal.pool.read { db in
          let entry = try #require(try PersonEntry.person(child.subject, in: db))
          return try #require(try StoredCarePlan.fetch(entry.number, in: db))
        })
    }
    #expect(plans[0].bytes != plans[1].bytes)
  }

  @Test("After a change stored plans are believed by nobody, judged by nobody, and worked out anew")
  func stale() async throws {
    let folder = try Folder()
    let mother = Self.mother
    let first = try District(path: folder.database)
    _ = try await first.journal.accept(mother.facts, now: CarePlanTests.noon(Self.today))
    #expect(try await first.refreshPlans(on: Self.today) == 0)
    let before = try await CarePlanTests.stored(mother.subject, first)
    #expect(Self.isDeficient(try before.plan()) == true)
    try first.journal.close()

    // No figure is counted under them, so the database opens without a recount.
    let second = try District(path: folder.database, settings: Self.other)
    let entry = try await second.journal.pool.read { db in
      try #require(try PersonEntry.person(mother.subject, in: db))
    }
    let stale = try #require(try second.care(of: mother.subject, on: Self.today, knowing: .all))
    #expect(!stale.isStored && Self.isDeficient(stale.plan) == false)
    let needs = try #require(
      try second.careNeeds(of: [entry], on: Self.today, knowing: [])[entry.number])
    // The plan is of services alone; lists count the Td that is owed as well.
    var expected = CareNeeds(stale.plan, knowing: [])
    expected.due += 1
    #expect(needs == expected)
    #expect(try second.verify().mismatch == nil)

    #expect(try await second.refreshPlans(on: Self.today) == 1)
    #expect(try await second.refreshPlans(on: Self.today) == 0)
    let after = try await CarePlanTests.stored(mother.subject, second)
    #expect(Self.isDeficient(try after.plan()) == false)
    #expect(
      try #require(try second.care(of: mother.subject, on: Self.today, knowing: .all)).isStored)
    #expect(try second.verify().mismatch == nil)
    // What stands there now is judged again.
    try await second.journal.pool.write { db in
      try db.execute(sql: "UPDATE care_plan SET bytes = ?", arguments: [Data(before.bytes)])
    }
    #expect(try second.verify().mismatch == .carePlan(person: mother.subject))
    try second.rebuild()
    #expect(try second.verify().mismatch == nil)
    try second.journal.close()
  }

  @Test("Plans that a command with other settings writes meanwhile are found the next day")
  func writtenByOthers() async throws {
    let folder = try Folder()
    let server = try District(path: folder.database)
    let boy = Story(person: 2, .male, born: "2025-06-01")
    _ = try await server.journal.accept(boy.facts, now: CarePlanTests.noon(Self.today))
    #expect(try await server.refreshPlans(on: Self.today) == 0)
    let command = try District(path: folder.database, settings: Self.other)
    let mother = Self.mother
    _ = try await command.journal.accept(mother.facts, now: CarePlanTests.noon(Self.today))
    try command.journal.close()
    let care = try #require(try server.care(of: mother.subject, on: Self.today, knowing: .all))
    #expect(!care.isStored && Self.isDeficient(care.plan) == true)
    #expect(try await server.refreshPlans(on: Self.today) == 1)
    let stored = try await CarePlanTests.stored(mother.subject, server)
    #expect(Self.isDeficient(try stored.plan()) == true)
    try server.journal.close()
  }

  @Test("Every setting makes another edition, and a default that a file names makes none")
  func edition() {
    let standard = CareEdition(growth: GrowthSettings(), care: ClinicalSettings())
    var numbers: Set<Int64> = [standard.number]
    for setting in ClinicalSetting.motherAndChild {
      var care = ClinicalSettings()
      let isNamed = care.set(setting, to: setting.standard)
      #expect(isNamed && CareEdition(growth: GrowthSettings(), care: care) == standard)
      let other =
        setting.standard == setting.range.upperBound
        ? setting.range.lowerBound : setting.range.upperBound
      let isSet = care.set(setting, to: other)
      #expect(isSet)
      numbers.insert(CareEdition(growth: GrowthSettings(), care: care).number)
    }
    #expect(numbers.count == ClinicalSetting.motherAndChild.count + 1)
  }

  @Test("The book has other digests in the chapters that name the setting, and is unsigned there")
  func book() {
    let standard = GuidelineBook()
    for setting in ClinicalSetting.motherAndChild {
      let number =
        setting.standard == setting.range.upperBound
        ? setting.range.lowerBound : setting.range.upperBound
      let book = GuidelineBook(Self.edition((setting, number)))
      for (before, after) in zip(standard.chapters, book.chapters) {
        #expect(
          (before.digest != after.digest) == before.settings.contains(setting),
          "\(setting.code) in \(before.code)")
      }
    }
  }
}
