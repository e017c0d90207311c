import Health
import Journal
import Services
import Testing

@testable import Web

/// What is changed of a family, reached as people reach it: by the links of the pages.
@Suite struct FamilyTests {
  private static let north = TwoPuskesmas.Side.north
  private static let today = TwoPuskesmas.day(2025, 6, 20)

  /// The form behind "Ubah data keluarga", from the page of one who lives there.
  private static func form(
    from person: Identifier, _ browser: Browser
  ) async throws -> PageForm {
    let page = try await browser.get(Links.person(person)).text
    let home = try #require(try PageText.link("Keluarga", in: page))
    let family = try await browser.get(home).text
    let link = try #require(try PageText.link("Ubah data keluarga", in: family))
    return try #require(try PageForm(to: link, in: try await browser.get(link).text))
  }

  @Test(arguments: [Role.kader, .pustuWorker, .clusterWorker, .dataManager])
  func whoMayChangeAFamilyFindsTheWay(_ role: Role) async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(role)
    let form = try await Self.form(from: Self.north.mother(1), browser)
    #expect(form["head"] == Self.north.mother(1).text)
    let saved = try await browser.post(
      form.path, form.filled([("address", "Jalan Seroja 4"), ("rt", "3"), ("water", "1")]))
    #expect(saved.status == 303)
    let page = try await browser.get(try #require(saved["Location"])).text
    #expect(page.contains("Jalan Seroja 4") && page.contains("RT 003"))
    #expect(!page.contains("Siapa kepala keluarga sekarang?"))
  }

  @Test func whoMayNotChangeAFamilySeesNoWay() async throws {
    let server = try await SignedInServer.shared()
    let head = try await server.signIn(.puskesmasHead)
    let page = try await head.get(Links.family(Self.north.family(1))).text
    #expect(try PageText.link("Ubah data keluarga", in: page) == nil)
  }

  @Test func whereTheHeadDiedAnotherIsAskedFor() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let mother = Self.north.mother(2)
    let child = Self.north.child(2)
    let death = Links.person(mother) + "/death"
    let died = try await nurse.post(death, [("on", "2025-06-18")])
    // The page that follows asks at once, and is called by somebody who lives.
    let asked = try await nurse.get(try #require(died["Location"])).text
    #expect(asked.contains("Kematian tercatat."))
    #expect(asked.contains("<h1>Keluarga Bagas2 \(TwoPuskesmas.northern)</h1>"))
    let link = try #require(
      try PageText.matches("<a href=\"([^\"]*)\">Siapa kepala keluarga sekarang", in: asked).first)
    let form = try #require(try PageForm(to: link, in: try await nurse.get(link).text))
    // Nobody is head because the list begins with them.
    #expect(form["head"] == "")
    clock.advance(milliseconds: 1)
    let saved = try await nurse.post(
      form.path, form.filled([("head", child.text), ("head_checked", child.text)]))
    #expect(saved.status == 303)
    let page = try await nurse.get(try #require(saved["Location"])).text
    #expect(!page.contains("Siapa kepala keluarga sekarang"))
    #expect(try server.district.household(Self.north.family(2))?.body.head == child)
    #expect(try server.district.entry(child)?.relation == .head)
    // Another head is no move: there is nothing to take back.
    let move = try await nurse.get(Links.person(child) + "/move").text
    #expect(!move.contains("Kepindahan terakhir"))
  }

  /// How somebody stands to the head is mended where the family is, and is no move.
  @Test func relationsAreToldAnewWithTheHeadAndWithout() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let (mother, child) = (Self.north.mother(2), Self.north.child(2))
    func relations() throws -> [HouseholdRelation?] {
      try [mother, child].map { try server.district.entry($0)?.relation }
    }
    let first = try await Self.form(from: mother, nurse)
    // The head is chosen above, and is not asked how she stands to herself.
    #expect(first["relation_\(mother.text)"] == nil && first["relation_\(child.text)"] == "3")
    let before = try server.facts()
    #expect(try await nurse.post(first.path, first.fields).status == 303)
    // Who is head is not told by the relation.
    let two = first.filled([("relation_\(child.text)", "1")])
    #expect(try await nurse.post(first.path, two).status == 303)
    #expect(try server.facts() == before)
    clock.advance(milliseconds: 1)
    let grandchild = first.filled([("relation_\(child.text)", "5")])
    #expect(try await nurse.post(first.path, grandchild).status == 303)
    #expect(try relations() == [.head, .grandchild])
    #expect(try server.district.entry(child)?.place == Self.north.posyandu(2))
    #expect(
      !(try await nurse.get(Links.person(child) + "/move").text).contains("Kepindahan terakhir"))
    clock.advance(milliseconds: 1)
    let second = try await Self.form(from: child, nurse)
    let changed = second.filled([("head", child.text), ("relation_\(mother.text)", "6")])
    let asked = try await nurse.post(second.path, changed)
    #expect(try relations() == [.head, .grandchild])
    let told = try #require(try PageForm(to: second.path, in: asked.text))
    #expect(told["relation_\(mother.text)"] == "6" && told["relation_\(child.text)"] == nil)
    let checked = told.filled([("head_checked", child.text)])
    #expect(try await nurse.post(second.path, checked).status == 303)
    #expect(try relations() == [.parent, .head])
    // Who opened the page before is shown what stands now.
    let late = try await nurse.post(first.path, grandchild)
    #expect(late.status == 409 && late.text.contains("<td>cucu</td><td>kepala keluarga</td>"))
    #expect(try relations() == [.parent, .head])
  }

  @Test func aHeadWhoLeftStaysAway() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let mother = Self.north.mother(3)
    let path = Links.person(mother) + "/move"
    let move = try #require(
      try PageForm(to: path, holding: "name=\"goes\"", in: try await nurse.get(path).text))
    let away = move.filled([("goes", "away"), ("on", "2025-06-02")])
    #expect(try await nurse.post(path, away).status == 303)
    clock.advance(milliseconds: 1)
    let form = try await Self.form(from: Self.north.child(3), nurse)
    #expect(form["head"] == "")
    let child = Self.north.child(3).text
    let chosen = form.filled([("head", child), ("head_checked", child)])
    #expect(try await nurse.post(form.path, chosen).status == 303)
    #expect(try server.district.entry(mother)?.place == nil)
  }

  @Test func aChildLeadsToItsMother() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let mother = Links.person(Self.north.mother(1))
    let name = "Sulastri1 \(TwoPuskesmas.northern)"
    // A child whose record names her, and whom nobody has joined to hers.
    let saved = try await nurse.post(
      "/people",
      [
        ("name", "Anak Kedua"), ("sex", "male"), ("born", "2022-01-01"), ("relation", "3"),
        ("mother", name), ("since", "2022-01-01"), ("place", Self.north.posyandu(1).text),
        ("is_new", "1"), ("family", Self.north.family(1).text),
      ])
    for path in [try #require(saved["Location"]), Links.person(Self.north.child(1))] {
      let page = try await nurse.get(path).text
      #expect(try PageText.link(name, in: page) == mother)
      #expect(page.contains("Keluarga dekat") && page.contains("<span class=\"result-path\">ibu"))
    }
    let growth = try await nurse.get(Links.child(Self.north.child(1))).text
    #expect(try PageText.link(name, in: growth) == mother)
    // Where one is, is no link.
    let move = try await nurse.get(mother + "/move").text
    #expect(move.contains("<li><span aria-current=\"page\">Pindah</span></li>"))
    #expect(move.contains("<li><a href=\"\(mother)\">\(name)</a></li>"))
  }
}
