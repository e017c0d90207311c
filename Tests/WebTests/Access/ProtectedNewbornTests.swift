import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// What is known of a newborn does not name its mother where she is hidden.
@Suite struct ProtectedNewbornTests {
  private static let north = TwoPuskesmas.Side.north
  private static let mother = TwoPuskesmas.Side.north.mother(1)
  private static let marker = "Sulastri1 \(TwoPuskesmas.northern)"

  /// A newborn called by its mother's name, in her home.
  private static func newborn(
    _ server: SignedInServer, naming: Bool, number: String = ""
  ) async throws -> Identifier {
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    let born = TwoPuskesmas.day(2025, 6, 10)
    var body = PersonBody()
    body.name = Array("By. Ny. \(marker)".utf8)
    body.sex = .female
    body.birthDate = born
    body.nationalIdentityNumber = Array(number.utf8)
    if naming { body.mother = mother }
    let id = Identifier.fresh(at: recording.at)
    _ = try await server.district.record(
      Registration(
        person: body, place: north.posyandu(1), household: north.family(1), relation: .child,
        since: born
      ).facts(recording, as: id))
    return id
  }

  @Test(arguments: [true, false])
  func aNewbornCalledByItsMotherDoesNotNameHer(_ naming: Bool) async throws {
    let server = try await ProtectionTests.protected()
    let baby = try await Self.newborn(server, naming: naming)
    let paths = [
      Links.person(baby), Links.person(baby) + "/history", Links.child(baby),
      Links.family(Self.north.family(1)), "/search?q=sulastri1",
      "/nutrition/names?place=\(Self.north.posyandu(1).text)&indicator=D_S&state=denominator"
        + "&month=2025-06",
    ]
    for role in [Role.kader, .dataManager] {
      let browser = try await server.signIn(role)
      for path in paths {
        let page = try await browser.get(path)
        #expect(!page.text.contains(Self.marker), "\(role) \(path)")
      }
      #expect(try await browser.get(paths[0]).status == 200)
      // Nobody is found by a name that is not shown.
      #expect(!(try await browser.get(paths[4]).text.contains(baby.text)))
    }
    var kader = try await server.signIn(.kader)
    let entered = [
      ("name", "By. Ny. \(Self.marker)"), ("sex", "female"), ("born", "2025-06-10"),
      ("mother", Self.marker), ("mother_nik", Self.north.number(1)), ("relation", "3"),
      ("since", "2025-06-10"), ("place", Self.north.posyandu(1).text),
    ]
    let answer = try await kader.post("/people", entered).text
    #expect(!answer.contains("ibu sama") && !answer.contains("ibu mirip"))
    let nurse = try await server.signIn(.clusterWorker)
    #expect(try await nurse.get(Links.person(baby)).text.contains("By. Ny. \(Self.marker)"))
    #expect(try await nurse.get(paths[4]).text.contains(baby.text))
  }

  @Test(arguments: ["mother_id", "mother_nik"])
  func aNewbornIsProtectedWithItsMother(_ key: String) async throws {
    let server = try await ProtectionTests.protected()
    var nurse = try await server.signIn(.clusterWorker)
    let form = "/people/new?mother_id=\(Self.mother.text)"
    #expect(try await nurse.get(form).text.contains("Bayi ini ikut dilindungi"))
    let told = key == "mother_id" ? Self.mother.text : Self.north.number(1)
    let answer = try await nurse.post(
      "/people",
      [
        ("name", "Bayi Melati Sekali"), ("sex", "female"), ("born", "2025-06-18"),
        ("relation", "3"), ("since", "2025-06-18"), ("place", Self.north.posyandu(1).text),
        (key, told), ("is_new", "1"), ("family", Self.north.family(1).text),
      ])
    let path = try #require(answer["location"]).split(separator: "?").first.map(String.init)
    let page = try #require(path)
    #expect(try await nurse.get(page).text.contains("Dilindungi"))
    let kader = try await server.signIn(.kader)
    #expect(try await kader.get(page).status == 404)
    #expect(!(try await kader.get("/search?q=melati+sekali").text.contains("Melati Sekali")))
  }

  /// One newborn on record twice: who the two are as one is told before and after they are joined.
  @Test func twoRecordsOfANewbornAreJoinedWithoutItsMothersName() async throws {
    let server = try await ProtectionTests.protected()
    let number = Self.north.number(301)
    let one = try await Self.newborn(server, naming: true, number: number)
    let two = try await Self.newborn(server, naming: false, number: number)
    let pages = [one, two].map { Links.person($0) + "/same" }
    let nurse = try await server.signIn(.clusterWorker)
    var manager = try await server.signIn(.dataManager)
    func expectHidden(_ text: String, _ comment: Comment) {
      #expect(!text.contains(Self.marker), comment)
    }
    for path in pages {
      let known = try await nurse.get(path).text
      #expect(known.contains("Sesudah digabung: By. Ny. \(Self.marker), lahir 10 Juni 2025"))
      let hidden = try await manager.get(path).text
      #expect(hidden.contains("Sesudah digabung: (tanpa nama), lahir 10 Juni 2025"))
      expectHidden(hidden, "\(path)")
    }
    let list = try await DuplicatesAcrossTests.list(manager)
    #expect(list.contains("Sesudah digabung: (tanpa nama), lahir 10 Juni 2025"))
    expectHidden(list, "the list of the Puskesmas")
    let joined = try await manager.post(pages[0], [("other", two.text), ("decision", "same")])
    #expect(joined.status == 303)
    for path in [pages[0], pages[1], Links.person(one), Links.person(one) + "/history"] {
      let page = try await manager.get(path)
      #expect(page.status == 200, "\(path)")
      expectHidden(page.text, "\(path)")
    }
    #expect(try await manager.get(pages[0]).text.contains("(tanpa nama) dan (tanpa nama)"))
    #expect(try await nurse.get(Links.person(one)).text.contains("By. Ny. \(Self.marker)"))
  }
}
