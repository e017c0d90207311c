import Health
import Journal
import Services
import Testing

@testable import Web

/// Who belongs to a home in reach and lives out of reach is counted there, and not named.
@Suite struct MemberElsewhereTests {
  private static let north = TwoPuskesmas.Side.north
  private static let south = TwoPuskesmas.Side.south
  private static let marker = "Rantau Selatan"

  /// Somebody of the first northern family who lives in the south.
  private static func member(
    _ server: SignedInServer, relation: HouseholdRelation, isHead: Bool = false
  ) async throws -> Identifier {
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    var body = PersonBody()
    body.name = Array(marker.utf8)
    body.sex = .male
    body.birthDate = TwoPuskesmas.day(1990, 2, 3)
    let id = Identifier.fresh(at: recording.at)
    var registration = Registration(
      person: body, place: south.posyandu(1), relation: relation,
      since: TwoPuskesmas.day(2025, 1, 1))
    registration.household = north.family(1)
    var facts = registration.facts(recording, as: id)
    if isHead {
      var household = try #require(try server.district.household(north.family(1))).body
      household.head = id
      facts.append(
        recording.fact(
          .household, of: north.family(1), on: TwoPuskesmas.day(2025, 6, 1), household.bytes))
    }
    _ = try await server.district.record(facts)
    return id
  }

  @Test(arguments: [Role.kader, .clusterWorker])
  func isOneNeutralLine(_ role: Role) async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(role)
    let path = Links.family(Self.north.family(1))
    let line = "anggota lain tinggal di tempat lain"
    #expect(!(try await browser.get(path).text.contains(line)))
    let member = try await Self.member(server, relation: .otherRelative)
    #expect(try await browser.get(Links.person(member)).status == 404)
    let page = try await browser.get(path).text
    #expect(page.contains("1 \(line)"))
    #expect(page.contains("Sulastri1 \(TwoPuskesmas.northern)") && page.contains("2 orang"))
    let form = try await browser.get(path + "/edit").text
    for text in [page, form] {
      #expect(!text.contains(Self.marker) && !text.contains(member.text))
    }
    // What the form does not ask nobody answers.
    let sent = try #require(try PageForm(to: path + "/edit", in: form))
    let before = try server.facts()
    let forged =
      sent.fields + [("relation_\(member.text)", "3"), ("insurance_\(member.text)", "1")]
    #expect(try await browser.post(sent.path, forged).status == 303)
    #expect(try server.facts() == before)
  }

  @Test func asHeadStaysHeadWithoutAName() async throws {
    let server = try await SignedInServer.start()
    var kader = try await server.signIn(.kader)
    let head = try await Self.member(server, relation: .head, isHead: true)
    let path = Links.family(Self.north.family(1))
    let page = try await kader.get(path).text
    #expect(page.contains("<h1>Keluarga Sulastri1 \(TwoPuskesmas.northern)</h1>"))
    let form = try await kader.get(path + "/edit").text
    let addition = try await kader.get("/people/new?family=\(Self.north.family(1).text)").text
    for text in [page, form, addition] { #expect(!text.contains(Self.marker)) }
    #expect(form.contains(">anggota yang tinggal di tempat lain</option>"))
    let sent = try #require(try PageForm(to: path + "/edit", in: form))
    #expect(sent["head"] == head.text)
    #expect(try await kader.post(sent.path, sent.filled([("rt", "7")])).status == 303)
    #expect(try server.district.household(Self.north.family(1))?.body.head == head)
  }

  @Test func isNamedWhereTheirOwnPageOpens() async throws {
    let server = try await SignedInServer.start()
    try MoveAcrossTests.workInTheSouth(.dataManager, server)
    let member = try await Self.member(server, relation: .otherRelative)
    let manager = try await server.signIn(.dataManager)
    #expect(try await manager.get(Links.person(member)).status == 200)
    let page = try await manager.get(Links.family(Self.north.family(1))).text
    #expect(page.contains(Self.marker))
    #expect(!page.contains("Sulastri1 \(TwoPuskesmas.northern)"))
  }
}
