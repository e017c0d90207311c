import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// What goes wrong where doses are written down: one that is there already, one that is written
/// twice, a twin's book, and days that cannot be. The child was born on 1 January 2024; it is 20 June
/// 2025.
@Suite struct VaccinationEdgeTests {
  private static let child = TwoPuskesmas.patient
  private static let today = SmallDistrict.today.day(hoursEastOfGreenwich: 7)
  private static let dpt = OfferedVaccine.card(.dptHBHib).service

  private static func path(_ page: String) -> String {
    "/people/\(child.text)/immunizations" + page
  }

  private static func told(_ server: SignedInServer) throws -> PersonImmunization {
    try #require(try server.district.immunization(of: child, on: today))
  }

  /// Gives DPT-HB-Hib 1 on 10 June 2025.
  private static func give(_ server: SignedInServer) async throws -> Browser {
    var midwife = try await server.signIn(.pustuWorker)
    let given = [("on", "2025-06-10"), ("v\(dpt)", "given")]
    #expect(try await midwife.post(path("/today"), given).status == 303)
    return midwife
  }

  @Test(
    "A dose of the book that lies two weeks or less from one that is there is asked about",
    arguments: [
      ("27-05-2025", true), ("26-05-2025", false), ("12-06-2025", true), ("05-2025", true),
      ("04-2025", false), ("2024", false),
    ])
  func nearlyTheSame(written: String, isAsked: Bool) async throws {
    let server = try await SignedInServer.start()
    var midwife = try await Self.give(server)
    // The same product as it stands among the other vaccines.
    let sent = [("p1", "198"), ("x1", written)]
    let before = try server.facts()
    let answer = try await midwife.post(Self.path("/book"), sent)
    #expect(answer.text.contains("mungkin sama dengan DPT-HB-Hib 1") == isAsked, "\(written)")
    guard isAsked else { return }
    #expect(answer.status == 400 && answer.text.contains("10 Juni 2025"))
    #expect(answer.text.contains("Diberikan di sini"))
    #expect(try server.facts() == before)
    let kept = try await midwife.post(Self.path("/book"), sent + [("confirm_doses", "1")])
    #expect(kept.status == 303)
    #expect(try Self.told(server).doses.count == 2)
  }

  @Test func theSameDayIsKnownAndAnotherVaccineIsNot() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await Self.give(server)
    let same = try await midwife.post(Self.path("/book"), [("p1", "198"), ("x1", "10-06-2025")])
    #expect(same.status == 400 && same.text.contains("sudah tercatat"))
    #expect(!same.text.contains("mungkin sama dengan"))
    // Polio drops on the day after are another vaccine.
    let polio = try await midwife.post(Self.path("/book"), [("d2-1", "11-06-2025")])
    #expect(polio.status == 303)
    // The page of the day asks as well.
    let again = [("on", "2025-06-20"), ("v\(Self.dpt)", "given")]
    let asked = try await midwife.post(Self.path("/today"), again)
    #expect(asked.status == 400)
  }

  @Test func aDayThatIsWrittenTwiceIsSaidAtItsField() async throws {
    let server = try await SignedInServer.start()
    var kader = try await server.signIn(.kader)
    let before = try server.facts()
    let sent = [("d3-1", "10-04-2024"), ("d3-2", "10-04-2024"), ("d2-1", "10-04-2024")]
    let answer = try await kader.post(Self.path("/book"), sent)
    #expect(answer.status == 400 && answer.text.contains("ditulis dua kali"))
    #expect(
      try PageText.matches("<label class=\"book-dose\">.*?</label>", in: answer.text)
        .filter { $0.contains("ditulis dua kali") }.count == 1)
    #expect(try server.facts() == before)
  }

  @Test func aFamilyPageCountsDosesThatAreLate() async throws {
    let server = try await SignedInServer.shared()
    let told = try Self.told(server)
    let late = told.planned.count { $0.state == .overdue }
    #expect(late > 3)
    let person = try #require(try server.district.person(Self.child)).person
    let care = try #require(try server.district.care(of: Self.child, on: Self.today, knowing: .all))
    let services = care.plan.services.count { planned in
      guard case .overdue = planned.status else { return false }
      return CareBook.motherAndChild.services[planned.service]?.matters.isEmpty == true
    }
    let needs = try #require(
      try server.district.careNeeds(of: [person], on: Self.today, knowing: [])[person.number])
    #expect(needs.overdue == services + late)
    let family = Links.family(TwoPuskesmas.Side.north.family(1))
    let page = try await server.signIn(.pustuWorker).get(family).text
    #expect(page.contains("\(needs.overdue) layanan terlambat"))
  }

  @Test func aTwinsBookIsWarnedOf() async throws {
    let server = try await SignedInServer.start()
    let side = TwoPuskesmas.Side.north
    let midwife = try await server.signIn(.pustuWorker)
    for page in ["/book", "/today"] {
      #expect(!(try await midwife.get(Self.path(page)).text.contains("saudara kembar")))
    }
    let twin = TwoPuskesmas.id(777)
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    var body = PersonBody()
    body.name = Array("Bagus Kembar".utf8)
    body.sex = .male
    // Born after midnight.
    body.birthDate = TwoPuskesmas.day(2024, 1, 2)
    body.mother = side.mother(1)
    _ = try await server.district.record([
      recording.fact(.person, of: twin, on: Self.today, at: side.posyandu(1), body.bytes),
      recording.fact(
        .residence, of: twin, on: TwoPuskesmas.day(2024, 1, 2), at: side.posyandu(1),
        ResidenceBody(
          place: side.posyandu(1), household: side.family(1), relation: .child
        ).bytes),
    ])
    for page in ["/book", "/today"] {
      let shown = try await midwife.get(Self.path(page)).text
      #expect(shown.contains("Punya saudara kembar: Bagus Kembar"), "\(page)")
    }
  }

  @Test(arguments: [
    ("31-12-2023", "Sebelum tanggal lahir"), ("21-06-2025", "belum tiba"),
    ("31-02-2025", "Bukan tanggal"), ("", "Bukan tanggal"), ("2025", "tanggal lengkapnya"),
  ])
  func aCorrectionToADayThatCannotBeIsSaidAtTheField(
    written: String, words: String
  ) async throws {
    let server = try await SignedInServer.start()
    var midwife = try await Self.give(server)
    let dose = try #require(try Self.told(server).doses.first)
    let path = Self.path("/\(dose.fact.text)")
    let before = try server.facts()
    let answer = try await midwife.post(
      path, [("act", "correct"), ("product", "198"), ("on", written)])
    #expect(answer.status == 400)
    let field = try PageText.matches("<input name=\"on\".*?</label>", in: answer.text).first
    #expect(field?.contains(words) == true, "\(written)")
    #expect(try server.facts() == before)
  }

  @Test func aCorrectionOntoAnotherDoseIsAskedAbout() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var midwife = try await Self.give(server)
    #expect(
      try await midwife.post(Self.path("/book"), [("p1", "198"), ("x1", "10-04-2025")]).status
        == 303)
    let copy = try #require(try Self.told(server).doses.first { $0.body.origin == .book })
    let path = Self.path("/\(copy.fact.text)")
    clock.advance(milliseconds: 1)
    let page = try await midwife.get(path).text
    let basis = try #require(
      try PageText.matches("name=\"based_on\" value=\"([^\"]+)\"", in: page).first)
    func correct(_ day: String) -> [(String, String)] {
      [("act", "correct"), ("based_on", basis), ("product", "198"), ("on", day)]
    }
    let near = try await midwife.post(path, correct("2025-06-05"))
    #expect(near.status == 400 && near.text.contains("mungkin sama dengan"))
    let same = try await midwife.post(path, correct("2025-06-10"))
    #expect(same.status == 400 && same.text.contains("sudah tercatat"))
    // Beside itself a dose is no other one.
    #expect(try await midwife.post(path, correct("2025-04-11")).status == 303)
    #expect(try Self.told(server).doses.map(\.day).min() == TwoPuskesmas.day(2025, 4, 11))
  }
}
