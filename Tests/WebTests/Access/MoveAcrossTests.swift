import Health
import Journal
import Services
import Testing

@testable import Web

/// Moves to another Puskesmas of the district: chosen on the page, told afterwards, and seen with
/// all history by those who look after the person from then on.
@Suite struct MoveAcrossTests {
  private static let north = TwoPuskesmas.Side.north
  private static let south = TwoPuskesmas.Side.south
  private static let mother = north.mother(2)
  private static let child = north.child(2)

  static func accept(_ facts: [Fact], in server: SignedInServer) throws {
    for result in try server.district.journal.acceptAndWait(facts, now: SmallDistrict.today) {
      guard case .accepted = result else { throw SmallDistrict.NotAccepted(result: result) }
    }
  }

  /// Gives the work of a role to the south, and takes it from the north.
  static func workInTheSouth(_ role: Role, _ server: SignedInServer) throws {
    let body = AssignmentBody(role: role, place: south.puskesmas)
    try accept(
      [
        TwoPuskesmas.end(of: role),
        Fact(
          id: .fresh(at: SmallDistrict.today), subject: TwoPuskesmas.worker(role),
          kind: .assignment, occurredOn: TwoPuskesmas.day(2020, 1, 1),
          recordedAt: SmallDistrict.today, body: body.bytes),
      ], in: server)
  }

  /// The form of the page that offers the places of the south, by the choice on the page.
  private static func form(
    of person: Identifier, _ browser: Browser
  ) async throws -> (form: PageForm, page: String) {
    let path = Links.person(person) + "/move"
    let first = try await browser.get(path).text
    #expect(first.contains(north.posyandu(1).text) && !first.contains(south.posyandu(1).text))
    let choice = try #require(try PageForm(to: path, holding: "name=\"within\"", in: first))
    #expect(choice["within"] == north.puskesmas.text)
    #expect(first.contains("value=\"\(south.puskesmas.text)\""))
    let page = try await browser.get("\(path)?within=\(south.puskesmas.text)").text
    let form = try #require(try PageForm(to: path, holding: "name=\"goes\"", in: page))
    return (form, page)
  }

  @Test(arguments: [Role.pustuWorker, .clusterWorker, .dataManager, .puskesmasHead])
  func whoMovesToAnotherPuskesmasIsToldSoAndSeenThere(_ role: Role) async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(role)
    let (form, page) = try await Self.form(of: Self.child, browser)
    #expect(page.contains(Self.south.posyandu(3).text) && page.contains(Self.south.village(2).text))
    #expect(!page.contains("value=\"\(Self.north.posyandu(1).text)\""))
    // A mistake keeps the area that was chosen.
    let wrong = try await browser.post(form.path, form.filled([("on", "")]))
    #expect(wrong.status == 400 && wrong.text.contains(Self.south.posyandu(3).text))
    let values = [("place", Self.south.posyandu(3).text), ("relation", "3"), ("on", "2025-06-10")]
    let moved = try await browser.post(form.path, form.filled(values))
    #expect(moved.status == 303)
    let told = try await browser.get(try #require(moved["Location"]))
    #expect(told.status == 200)
    #expect(told.text.contains("Bagas2 \(TwoPuskesmas.northern) dipindahkan ke"))
    #expect(told.text.contains("Mawar Selatan 3") && told.text.contains("10 Juni 2025"))
    #expect(try server.district.entry(Self.child)?.place == Self.south.posyandu(3))
    // Sent twice it is told once more; the record itself is out of reach.
    let twice = try await browser.post(form.path, form.filled(values))
    #expect(twice.status == 303 && twice["Location"] == moved["Location"])
    #expect(try await browser.get(Links.person(Self.child)).status == 404)
  }

  @Test func aFamilyGoesTogetherAndTheReceivingSideSeesItsHistory() async throws {
    let server = try await SignedInServer.start()
    try Self.workInTheSouth(.dataManager, server)
    let receiving = try await server.signIn(.dataManager)
    #expect(try await receiving.get(Links.person(Self.child)).status == 404)
    var nurse = try await server.signIn(.clusterWorker)
    let (form, _) = try await Self.form(of: Self.mother, nurse)
    let moved = try await nurse.post(
      form.path,
      form.filled([
        ("place", Self.south.village(1).text), ("with_family", "1"), ("on", "2025-06-10"),
      ]))
    let told = try await nurse.get(try #require(moved["Location"])).text
    #expect(told.contains("Sulastri2 \(TwoPuskesmas.northern) dipindahkan ke Desa Selatan 1"))
    #expect(told.contains("Ikut pindah: Bagas2 \(TwoPuskesmas.northern)."))
    for person in [Self.mother, Self.child] {
      #expect(try await receiving.get(Links.person(person)).status == 200)
      let history = try await receiving.get(Links.person(person) + "/history").text
      #expect(history.contains("Mawar Utara 2") && history.contains("Desa Selatan 1"))
    }
    #expect(try await receiving.get(Links.child(Self.child)).status == 200)
    #expect(try server.district.verify().mismatch == nil)
  }

  /// Whoever did not record the move is not told where somebody went.
  @Test func onlyWhoMovedThemIsToldWhere() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let (form, _) = try await Self.form(of: Self.child, nurse)
    let moved = try await nurse.post(
      form.path, form.filled([("place", Self.south.posyandu(3).text), ("relation", "3")]))
    let path = try #require(moved["Location"])
    #expect(try await nurse.get(path).status == 200)
    let other = try await server.signIn(.puskesmasHead)
    #expect(try await other.get(path).status == 404)
    clock.advance(milliseconds: 86_400_000)
    let later = try await server.signIn(.clusterWorker)
    #expect(try await later.get(path).status == 404)
  }

  @Test func onlyHomesAreTaken() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let before = try server.facts()
    let (form, _) = try await Self.form(of: Self.child, nurse)
    for place in [Self.south.puskesmas, TwoPuskesmas.district, TwoPuskesmas.clinic] {
      let answer = try await nurse.post(
        form.path, form.filled([("place", place.text), ("relation", "3")]))
      #expect(answer.status == 400)
    }
    #expect(try server.facts() == before)
  }
}
