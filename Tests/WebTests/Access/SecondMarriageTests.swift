import Health
import Journal
import Services
import Testing

@testable import Web

/// A second marriage while the first one lasts: asked about, never refused; and what else the page
/// of a marriage and the way to a newborn ask.
@Suite struct SecondMarriageTests {
  private static let north = TwoPuskesmas.Side.north
  private static let husbandLaw = "Menurut UU 1/1974 seorang perempuan hanya boleh bersuami satu."
  private static let wifeLaw = "perlu izin pengadilan untuk menikah lagi."

  /// Sends the marriage of two, once without and once with the confirmation.
  private static func marry(
    _ person: Identifier, _ other: Identifier, _ nurse: inout Browser, _ clock: TestClock
  ) async throws -> (first: RawAnswer, second: RawAnswer) {
    clock.advance(milliseconds: 1)
    let path = Links.person(person) + "/marriage"
    let page = try await nurse.get("\(path)?with=\(other.text)").text
    let form = try #require(try PageForm(to: path, holding: "name=\"home\"", in: page))
    let fields = form.filled([("home", "apart"), ("on", "2025-06-10")])
    let first = try await nurse.post(path, fields)
    clock.advance(milliseconds: 1)
    return (first, try await nurse.post(path, fields + [("is_bound_checked", "1")]))
  }

  @Test func aLivingHusbandOrWifeIsAskedAbout() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let (groom, bride) = try await MarriageTests.newlyWed(&nurse)
    let man = try await MarriageTests.register(
      "Wiryo Kedua", "male", born: "1989-05-05", in: &nurse)
    let woman = try await MarriageTests.register(
      "Sari Kedua", "female", born: "1992-05-05", in: &nurse)
    // Begun by whoever of the two.
    let second = try await Self.marry(man, bride, &nurse, clock)
    #expect(second.first.status == 400)
    let told = "Rini Pengantin tercatat masih menikah dengan Joko Pengantin. \(Self.husbandLaw)"
    #expect(second.first.text.contains(told))
    #expect(second.second.status == 303)
    let other = try await Self.marry(groom, woman, &nurse, clock)
    #expect(other.first.status == 400 && other.first.text.contains(Self.wifeLaw))
    #expect(other.second.status == 303)
    #expect(try server.district.person(groom)?.spouses.map(\.id) == [bride, woman])
  }

  /// An end or a death frees; so does nothing else.
  @Test(arguments: ["end", "death"])
  func whoIsFreeIsNotAsked(_ by: String) async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let (groom, bride) = try await MarriageTests.newlyWed(&nurse)
    let man = try await MarriageTests.register(
      "Wiryo Kedua", "male", born: "1989-05-05", in: &nurse)
    clock.advance(milliseconds: 1)
    let path = by == "death" ? "/death" : "/marriage"
    let fields = [("on", "2025-06-05"), ("other", bride.text)] + (by == "end" ? [("act", by)] : [])
    #expect(try await nurse.post(Links.person(groom) + path, fields).status == 303)
    #expect(try await Self.marry(bride, man, &nurse, clock).first.status == 303)
  }

  /// Whom a list made husband or wife of the head is married, though nobody recorded the day; and
  /// of a spouse out of reach it is not told who.
  @Test func aSpouseOfTheFamilyCounts() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var nurse = try await server.signIn(.clusterWorker)
    let mother = Self.north.mother(2)
    let registered = try await nurse.post(
      "/people",
      [
        ("name", "Karto Suami"), ("sex", "male"), ("born", "1990-05-05"), ("relation", "2"),
        ("since", "2025-01-01"), ("place", Self.north.posyandu(2).text), ("is_new", "1"),
        ("family", Self.north.family(2).text),
      ])
    try #require(registered.status == 303)
    let man = try await MarriageTests.register(
      "Wiryo Kedua", "male", born: "1989-05-05", in: &nurse)
    let asked = try await Self.marry(mother, man, &nurse, clock).first
    #expect(asked.status == 400 && asked.text.contains("masih menikah dengan Karto Suami."))
    let far = Self.north.mother(1)
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    let body = RelationBody(other: TwoPuskesmas.Side.south.mother(1), kind: .spouse)
    _ = try await server.district.record([
      recording.fact(.relation, of: far, on: TwoPuskesmas.day(2025, 6, 1), body.bytes)
    ])
    let other = try await MarriageTests.register(
      "Bagyo Ketiga", "male", born: "1989-05-05", in: &nurse)
    let hidden = try await Self.marry(far, other, &nurse, clock).first
    #expect(hidden.text.contains("masih menikah dengan seseorang di luar wilayah Anda."))
    #expect(!hidden.text.contains(TwoPuskesmas.southern))
  }

  @Test func nobodyMarriesThemselves() async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let mother = Self.north.mother(1)
    let path = Links.person(mother) + "/marriage"
    let page = try await nurse.get("\(path)?with=\(mother.text)").text
    #expect(page.contains("dengan dirinya sendiri") && !page.contains("name=\"home\""))
    let before = try server.facts()
    let fields = [("other", mother.text), ("home", "apart"), ("on", "2025-06-10")]
    let answer = try await nurse.post(path, fields)
    #expect(answer.status == 400 && answer.text.contains("dengan dirinya sendiri"))
    #expect(try server.facts() == before)
  }

  /// Beside a girl under fifteen no newborn is offered; on her own page it is, and asked about. The
  /// day before the fifteenth birthday, and the day.
  @Test(arguments: [("2010-06-21", true), ("2010-06-20", false)])
  func whetherAGirlIsTheMotherIsAsked(_ born: String, _ isAsked: Bool) async throws {
    let server = try await SignedInServer.start()
    var nurse = try await server.signIn(.clusterWorker)
    let family = Self.north.family(2)
    let registered = try await nurse.post(
      "/people",
      [
        ("name", "Gadis Muda"), ("sex", "female"), ("born", born), ("relation", "3"),
        ("since", "2025-01-01"), ("place", Self.north.posyandu(2).text), ("is_new", "1"),
        ("family", family.text),
      ])
    let path = try #require(registered["Location"]?.split(separator: "?").first)
    let girl = try #require(Identifier(text: String(path.split(separator: "/").last ?? "")))
    let page = PageText.unescaped(try await nurse.get(Links.family(family)).text)
    #expect(page.contains("mother_id=\(girl.text)") == !isAsked)
    let own = try await nurse.get(Links.person(girl)).text
    let way = try #require(try PageText.link("Daftarkan bayi", in: own))
    let form = try await nurse.get(way).text
    #expect(form.contains("name=\"is_mother_checked\"") == isAsked)
    let fields = [
      ("name", "Bayi Gadis"), ("sex", "female"), ("born", "2025-06-15"), ("relation", "5"),
      ("since", "2025-06-15"), ("place", Self.north.posyandu(2).text), ("is_new", "1"),
      ("family", family.text), ("mother_id", girl.text),
    ]
    if isAsked {
      let before = try server.facts()
      let refused = try await nurse.post("/people", fields)
      #expect(refused.status == 400 && refused.text.contains("tidak tercatat hamil"))
      #expect(try server.facts() == before)
    }
    let known = isAsked ? [("is_mother_checked", "1")] : []
    #expect(try await nurse.post("/people", fields + known).status == 303)
  }
}
