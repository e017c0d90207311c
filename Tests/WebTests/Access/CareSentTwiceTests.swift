import Foundation
import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// A form of care that is sent twice records once, and leads to the same page.
@Suite struct CareSentTwiceTests {
  private static let child = TwoPuskesmas.patient
  private static let mother = TwoPuskesmas.Side.north.mother(1)

  /// The identifier that a form carries.
  private static func entry(_ page: String) throws -> String {
    try #require(try PageText.matches("name=\"entry\" value=\"([^\"]+)\"", in: page).first)
  }

  private static func count(
    _ kind: FactKind, of person: Identifier, in server: SignedInServer
  ) throws -> Int {
    let record = try #require(try server.district.person(person))
    return try server.district.history(ofPerson: record.person)
      .count { $0.stored.fact.kind == kind }
  }

  private static func visit(_ entry: String, act: String = "save") -> [(String, String)] {
    [
      ("entry", entry), ("on", "2025-06-20"), ("setting", "3"), ("performer", "2"),
      ("e\(DataElement.weight.code)", "9,4"), ("act", act),
    ]
  }

  @Test func aVisitIsKeptOnce() async throws {
    let server = try await SignedInServer.start()
    var worker = try await server.signIn(.clusterWorker)
    let path = "/people/\(Self.child.text)/visit?form=child"
    let measured = try Self.count(.measurement, of: Self.child, in: server)
    let entry = try Self.entry(try await worker.get(path).text)
    // What follows is shown under the same identifier: nothing was kept yet.
    let preview = try await worker.post(path, Self.visit(entry, act: "preview"))
    #expect(preview.status == 200)
    #expect(try Self.entry(preview.text) == entry)
    let first = try await worker.post(path, Self.visit(entry))
    #expect(first.status == 303 && first["Location"]?.hasSuffix("/care?done=saved") == true)
    let before = try server.facts()
    let second = try await worker.post(path, Self.visit(entry))
    let location = try #require(second["Location"])
    #expect(second.status == 303 && location.hasSuffix("/care?done=saved_before"))
    #expect(try server.facts() == before)
    #expect(try await worker.get(location).text.contains("sudah tersimpan sebelumnya"))
    #expect(try Self.count(.visit, of: Self.child, in: server) == 1)
    #expect(try Self.count(.measurement, of: Self.child, in: server) == measured + 1)
    // Another form is another visit, though it says the same.
    let other = try Self.entry(try await worker.get(path).text)
    #expect(other != entry)
    let third = try await worker.post(path, Self.visit(other))
    #expect(third["Location"]?.hasSuffix("/care?done=saved") == true)
    #expect(try Self.count(.visit, of: Self.child, in: server) == 2)
  }

  @Test func ofTwoSendingsAtOneMomentOneIsKept() async throws {
    let server = try await SignedInServer.start()
    let worker = try await server.signIn(.clusterWorker)
    let path = "/people/\(Self.child.text)/visit?form=child"
    let entry = try Self.entry(try await worker.get(path).text)
    let answers = try await withThrowingTaskGroup(of: String?.self) { group in
      for _ in 0..<4 {
        group.addTask {
          var own = worker
          return try await own.post(path, Self.visit(entry))["Location"]
        }
      }
      return try await group.reduce(into: [String?]()) { $0.append($1) }
    }
    #expect(answers.count { $0?.hasSuffix("done=saved") == true } == 1, "\(answers)")
    #expect(answers.count { $0?.hasSuffix("done=saved_before") == true } == 3, "\(answers)")
    #expect(try Self.count(.visit, of: Self.child, in: server) == 1)
  }

  @Test func aPregnancyAndItsEndAreKeptOnce() async throws {
    let server = try await SignedInServer.start()
    var worker = try await server.signIn(.pustuWorker)
    let path = "/people/\(Self.mother.text)/pregnancy"
    let forms: [(String, FactKind, [(String, String)])] = [
      (path, .pregnancy, [("on", "2025-03-01"), ("last_period", "2025-01-10")]),
      (path + "/end", .pregnancyEnd, [("on", "2025-05-20"), ("outcome", "3")]),
    ]
    for (path, kind, fields) in forms {
      let sent = [("entry", try Self.entry(try await worker.get(path).text))] + fields
      let first = try await worker.post(path, sent)
      #expect(first.status == 303 && first["Location"]?.hasSuffix("done=saved") == true)
      let second = try await worker.post(path, sent)
      #expect(second.status == 303 && second["Location"]?.hasSuffix("done=saved_before") == true)
      #expect(try Self.count(kind, of: Self.mother, in: server) == 1)
    }
  }

  @Test(
    arguments: [
      (["0"], 303, BirthComplications()), (["1", "32"], 303, [.bleeding, .infection]),
      ([], 303, nil), (["0", "2"], 400, nil),
    ] as [([String], Int, BirthComplications?)])
  func anEndTellsComplicationsOrThatThereWereNone(
    ticked: [String], status: Int, told: BirthComplications?
  ) async throws {
    let server = try await SignedInServer.start()
    var worker = try await server.signIn(.pustuWorker)
    let path = "/people/\(Self.mother.text)/pregnancy"
    let begun = [("on", "2025-03-01"), ("last_period", "2024-09-10")]
    #expect(try await worker.post(path, begun).status == 303)
    let sent =
      [("on", "2025-06-12"), ("outcome", "1")] + ticked.map { ("complications", $0) }
    #expect(try await worker.post(path + "/end", sent).status == status)
    let record = try #require(try server.district.person(Self.mother))
    let ends = try server.district.history(ofPerson: record.person).map(\.stored.fact)
      .filter { $0.kind == .pregnancyEnd }
    #expect(ends.count == (status == 303 ? 1 : 0))
    guard let end = ends.first else { return }
    let body = try end.body.withUnsafeBufferPointer { try PregnancyEndBody($0) }
    #expect(body.complications == told)
  }

  private static let dpt = OfferedVaccine.card(.dptHBHib).service

  @Test(arguments: ["today", "book"]) func dosesAreKeptOnce(_ name: String) async throws {
    let server = try await SignedInServer.start()
    var worker = try await server.signIn(.pustuWorker)
    let path = "/people/\(Self.child.text)/immunizations/\(name)"
    let page = try await worker.get(path).text
    let sent = [
      ("entry", try Self.entry(page)), ("on", "2025-06-20"), ("v\(Self.dpt)", "given"),
      ("v\(OfferedVaccine.card(.pneumococcus).service)", "unwell"), ("d3-1", "10-04-2024"),
    ]
    let first = try await worker.post(path, sent)
    #expect(first.status == 303 && first["Location"]?.hasSuffix("done=saved") == true)
    let before = try server.facts()
    let second = try await worker.post(path, sent)
    let location = try #require(second["Location"])
    #expect(second.status == 303 && location.hasSuffix("done=saved_before"))
    #expect(try server.facts() == before)
    #expect(try Self.count(.vaccination, of: Self.child, in: server) == 1)
    #expect(try await worker.get(location).text.contains("sudah tersimpan sebelumnya"))
  }

  @Test func aDoseIsCorrectedAndTakenBackOnce() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var worker = try await server.signIn(.pustuWorker)
    let root = "/people/\(Self.child.text)/immunizations"
    let given = [("on", "2025-06-20"), ("v\(Self.dpt)", "given")]
    #expect(try await worker.post(root + "/today", given).status == 303)
    func dose() throws -> RecordedDose? {
      let day = SmallDistrict.today.day(hoursEastOfGreenwich: 7)
      return try server.district.immunization(of: Self.child, on: day)?.doses.first
    }
    for act in ["correct", "undo"] {
      clock.advance(milliseconds: 1)
      let known = try #require(try dose())
      let path = "\(root)/\(known.fact.text)"
      let page = try await worker.get(path).text
      let basis = try #require(
        try PageText.matches("name=\"based_on\" value=\"([^\"]+)\"", in: page).first)
      let entries = try PageText.matches("name=\"entry\" value=\"([^\"]+)\"", in: page)
      try #require(entries.count == 2 && entries[0] != entries[1])
      let sent = [
        ("entry", entries[act == "undo" ? 1 : 0]), ("act", act), ("based_on", basis),
        ("product", "198"), ("on", "2025-06-19"), ("reason", "2"),
      ]
      let first = try await worker.post(path, sent)
      let done = act == "undo" ? ("withdrawn", "withdrawn") : ("saved", "saved_before")
      #expect(
        first.status == 303 && first["Location"]?.hasSuffix("done=\(done.0)") == true, "\(act)")
      let before = try server.facts()
      let second = try await worker.post(path, sent)
      #expect(second["Location"]?.hasSuffix("done=\(done.1)") == true, "\(act)")
      #expect(try server.facts() == before, "\(act)")
    }
    #expect(try dose() == nil)
  }

  @Test func aReferralAndItsAnswerAreKeptOnce() async throws {
    let server = try await SignedInServer.start()
    var worker = try await server.signIn(.clusterWorker)
    let path = "/people/\(Self.child.text)/referral"
    let sent = [
      ("entry", try Self.entry(try await worker.get(path).text)),
      ("facility", TwoPuskesmas.clinic.text), ("urgency", "1"), ("words", "Sesak"),
    ]
    let letter = try #require(try await worker.post(path, sent)["Location"])
    let again = try #require(try await worker.post(path, sent)["Location"])
    #expect(again == letter + "&done=saved_before")
    #expect(try await worker.get(again).text.contains("Sudah tersimpan sebelumnya"))
    #expect(try Self.count(.referral, of: Self.child, in: server) == 1)
    var clinic = try await server.signIn(.privateFacility)
    let code = try #require(
      letter.split(separator: "code=").last.flatMap { String($0).removingPercentEncoding })
    let answer = [
      ("entry", try Self.entry(try await clinic.get(letter).text)), ("code", code),
      ("outcome", "1"),
    ]
    for done in ["answered", "saved_before"] {
      let location = try await clinic.post("/referrals", answer)["Location"]
      #expect(location == letter + "&done=\(done)")
    }
    #expect(try Self.count(.referralAnswer, of: Self.child, in: server) == 1)
  }

  @Test func whoMayNotRecordIsRefusedThoughTheFormWasKept() async throws {
    let server = try await SignedInServer.start()
    var worker = try await server.signIn(.clusterWorker)
    let path = "/people/\(Self.child.text)/visit?form=child"
    let entry = try Self.entry(try await worker.get(path).text)
    #expect(try await worker.post(path, Self.visit(entry)).status == 303)
    for role in [Role.dataManager, .otherSector] {
      var other = try await server.signIn(role)
      let answer = try await other.post(path, Self.visit(entry))
      #expect(answer.status == 403 && answer["Location"] == nil, "\(role)")
    }
  }
}
