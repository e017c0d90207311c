import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// Who sees and writes down the tests of the first antenatal visit: HIV by a right of its own,
/// syphilis and hepatitis B by looking after mothers, and none of them a kader.
@Suite struct AntenatalTestRightTests {
  private static let mother = MotherAndChild.mother
  private static let care = Links.person(mother) + "/care"
  private static let form = "/people/\(mother.text)/visit?form=antenatal"
  private static let tests: [DataElement] = [.hivTest, .syphilisTest, .hepatitisBTest]

  /// Gives a worker the right to HIV, beside the role that the worker has.
  private static func allow(_ role: Role, in server: SignedInServer) async throws {
    let recording = Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.administrator))
    let body = AssignmentBody(
      role: role, place: TwoPuskesmas.place(of: role), sensitiveMatters: .infection)
    _ = try await server.district.record([
      recording.fact(
        .assignment, of: TwoPuskesmas.worker(role), on: TwoPuskesmas.day(2025, 1, 1), body.bytes)
    ])
  }

  /// Writes down that all three tests were reactive, as older versions did.
  private static func test(_ server: SignedInServer) async throws {
    var seen = VisitBody(setting: .puskesmas, performer: .midwife, purposes: .antenatal)
    for element in tests { seen[element.code] = 2 }
    let recording = Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker))
    _ = try await server.district.record([
      recording.fact(
        .visit, of: mother, on: MotherAndChild.today, at: TwoPuskesmas.Side.north.posyandu(1),
        seen.bytes)
    ])
  }

  /// What each role is asked and told: the three tests, and the line on those of others.
  @Test(
    arguments: [
      (.kader, false, [false, false, false], false), (.kader, true, [false, false, false], false),
      (.pustuWorker, false, [false, true, true], true),
      (.pustuWorker, true, [true, true, true], false),
      (.clusterWorker, false, [false, true, true], true),
      (.clusterWorker, true, [true, true, true], false),
    ] as [(Role, Bool, [Bool], Bool)])
  func eachSeesWhatIsTheirs(
    role: Role, isAllowed: Bool, sees: [Bool], isReminded: Bool
  ) async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    if isAllowed { try await Self.allow(role, in: server) }
    let words = Words(try Phrases(.indonesian))
    let worker = try await server.signIn(role)
    let names = ["hiv_tested", "syphilis_tested", "hepatitis_b_tested"]
      .map { words["care.services.\($0)"] }
    let before = try await worker.get(Self.care).text
    let form = try await worker.get(Self.form).text
    #expect(names.map(before.contains) == sees)
    #expect(Self.tests.map { form.contains("name=\"e\($0.code)\"") } == sees)
    for page in [before, form] {
      #expect(page.contains(words["care.tests_of_others"]) == isReminded)
    }
    try await Self.test(server)
    let after = try await worker.get(Self.care).text
    let tables = ["hiv_in_pregnancy", "syphilis_and_hepatitis_b"]
      .map { words["care.tables.\($0)"] + ": <strong>" }
    #expect(tables.map(after.contains) == [sees[0], sees[1]])
    // The line says the same whatever was tested and found.
    #expect(after.contains(words["care.tests_of_others"]) == isReminded)
  }

  @Test func noPageTellsAKaderOfThem() async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    try await Self.test(server)
    try await Self.allow(.kader, in: server)
    let kader = try await server.signIn(.kader)
    let person = Links.person(Self.mother)
    for path in [
      person, Self.care, person + "/history", person + "/pregnancy", person + "/pregnancy/sheet",
      person + "/referral", Self.form, Links.person(Self.mother) + "/visit?form=pregnancy_risks",
    ] {
      let page = try await kader.get(path).text
      for word in ["Tes HIV", "Tes sifilis", "Tes hepatitis B", "HBsAg", "reaktif"] {
        #expect(!page.contains(word), "\(path): \(word)")
      }
    }
  }
}
