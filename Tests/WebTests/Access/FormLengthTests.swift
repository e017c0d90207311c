import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// What a form of a visit folds and when it is open, and what it does not ask at all, so that it
/// stays short on a phone. The mother is in her 28th week; the child was born on 1 January 2024; it
/// is 20 June 2025.
@Suite struct FormLengthTests {
  private static let (mother, child) = (MotherAndChild.mother, MotherAndChild.child)
  private static let antenatal = "/people/\(mother.text)/visit?form=antenatal"
  private static let doses = "/people/\(child.text)/immunizations/today"
  private static let dpt = OfferedVaccine.card(.dptHBHib).service
  private static let measles = OfferedVaccine.card(.measlesRubella).service

  private static func field(_ element: DataElement) -> String { "e\(element.code)" }

  /// The part of a form that can be folded, from its own tag on; nothing where it has none.
  private static func folded(_ title: String, in page: String) throws -> String? {
    try PageText.matches("(?s)<details class=\"folded.*?</details>", in: page)
      .first { $0.contains("<summary><span>\(title)") }
  }

  private static func isOpen(_ part: String) -> Bool {
    part.hasPrefix("<details class=\"folded\" open ")
  }

  /// The line of a dose.
  private static func dose(_ service: UInt16, in page: String) throws -> String {
    try #require(
      page.split(separator: "<div class=\"dose ").first { $0.contains("name=\"v\(service)\"") }
        .map(String.init))
  }

  // MARK: Parts that fold

  @Test func whatIsOwedStandsOpenAndFoldsOnceItWasDone() async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    var midwife = try await server.signIn(.pustuWorker)
    let first = try await midwife.get(Self.antenatal).text
    let owed = try #require(try Self.folded("Laboratorium", in: first))
    #expect(Self.isOpen(owed))
    let told = try PageText.matches("<span class=\"owed\">[1-9]\\d* diminta hari ini", in: owed)
    #expect(told.count == 1)
    #expect(owed.contains("name=\"\(Self.field(.haemoglobin))\""))
    let sent = [
      ("on", "2025-06-20"), (Self.field(.haemoglobin), "12"), (Self.field(.bloodGroup), "1"),
      (Self.field(.rhesusFactor), "1"), (Self.field(.hivTest), "1"),
      (Self.field(.syphilisTest), "1"), (Self.field(.hepatitisBTest), "1"),
      (Self.field(.bloodGlucose), "100"), (Self.field(.fastingGlucose), "85"),
      (Self.field(.glucoseAfterTwoHours), "110"), ("act", "save"),
    ]
    #expect(try await midwife.post(Self.antenatal, sent).status == 303)
    let second = try await midwife.get(Self.antenatal).text
    // Protein is owed from 28 weeks on: it can be written down, and its line says so.
    let done = try #require(try Self.folded("Laboratorium", in: second))
    #expect(!Self.isOpen(done) && !done.contains("diminta hari ini"))
    #expect(done.contains("<span class=\"hint inside\">Protein urin"))
    #expect(done.contains("name=\"\(Self.field(.urineProtein))\""))
  }

  @Test func whatIsWrongOrAnsweredIsNeverFolded() async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    var midwife = try await server.signIn(.pustuWorker)
    let all = [
      Self.field(.haemoglobin), Self.field(.bloodGroup), Self.field(.rhesusFactor),
      Self.field(.hivTest), Self.field(.syphilisTest), Self.field(.hepatitisBTest),
    ]
    let sent =
      [("on", "2025-06-20"), (Self.field(.fastingGlucose), "85"), ("act", "save")]
      + all.map { ($0, $0 == Self.field(.haemoglobin) ? "12" : "1") }
    #expect(try await midwife.post(Self.antenatal, sent).status == 303)
    let protein = Self.field(.urineProtein)
    for (value, act, status) in [("99", "save", 400), ("1", "preview", 200)] {
      let answer = try await midwife.post(
        Self.antenatal, [("on", "2025-06-20"), (protein, value), ("act", act)])
      #expect(answer.status == status)
      let part = try #require(try Self.folded("Laboratorium", in: answer.text))
      #expect(Self.isOpen(part), "\(value)")
    }
    // Something wrong elsewhere does not open it.
    let other = try await midwife.post(
      Self.antenatal, [("on", "2025-06-20"), (Self.field(.weight), "abc"), ("act", "save")])
    #expect(other.status == 400)
    let part = try #require(try Self.folded("Laboratorium", in: other.text))
    #expect(!Self.isOpen(part))
  }

  @Test func signsOfDangerAreNotInAFold() async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    let midwife = try await server.signIn(.pustuWorker)
    let page = try await midwife.get(Self.antenatal).text
    let parts = try PageText.matches("(?s)<details class=\"folded.*?</details>", in: page)
    #expect(!parts.isEmpty && page.contains("class=\"questions lines signs\""))
    for part in parts {
      #expect(!part.contains("class=\"questions lines signs\""))
      #expect(!part.contains("name=\"\(Self.field(.bleeding))\""))
    }
    // A kader's form has nothing that is rare enough.
    let short = try await server.signIn(.kader).get(Self.antenatal).text
    #expect(short.contains("name=\"\(Self.field(.bleeding))\"") && !short.contains("\"folded\""))
  }

  // MARK: Lying or standing

  @Test func onlyOfAChildIsAskedHowItWasMeasured() async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    var midwife = try await server.signIn(.pustuWorker)
    let adult = try await midwife.get(Self.antenatal).text
    #expect(adult.contains("name=\"\(Self.field(.lengthOrHeight))\""))
    #expect(!adult.contains("name=\"position\""))
    let path = "/people/\(Self.child.text)/visit?form=child"
    let young = try await midwife.get(path).text
    // Right below the length.
    let names = try PageText.matches("name=\"(e2|position|e3)\"", in: young)
    #expect(names == ["e2", "position", "position", "e3"])
    let sent = [
      ("on", "2025-06-20"), (Self.field(.lengthOrHeight), "78"), ("position", "2"),
    ]
    let preview = try await midwife.post(path, sent + [("act", "preview")])
    #expect(
      try PageText.matches("name=\"position\" value=\"(\\d)\" checked", in: preview.text) == ["2"])
    #expect(try await midwife.post(path, sent + [("act", "save")]).status == 303)
    let record = try #require(try server.district.person(Self.child))
    let measurement = try #require(
      try server.district.history(ofPerson: record.person).map(\.stored.fact)
        .first { $0.kind == .measurement && $0.occurredOn == MotherAndChild.today })
    let body = try measurement.body.withUnsafeBufferPointer { try MeasurementBody($0) }
    #expect(body.position == .standing)
  }

  @Test func aPositionThatIsNotAskedIsNotTakenFromAForgedForm() async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    var midwife = try await server.signIn(.pustuWorker)
    let sent = [
      ("on", "2025-06-20"), (Self.field(.lengthOrHeight), "155"), ("position", "1"),
      ("act", "save"),
    ]
    #expect(try await midwife.post(Self.antenatal, sent).status == 303)
    let record = try #require(try server.district.person(Self.mother))
    let measurement = try #require(
      try server.district.history(ofPerson: record.person).map(\.stored.fact)
        .first { $0.kind == .measurement })
    let body = try measurement.body.withUnsafeBufferPointer { try MeasurementBody($0) }
    #expect(body.length != nil && body.position == nil)
  }

  // MARK: Doses

  @Test func aDoseIsALineThatUnfoldsWhatIsRarelyNeeded() async throws {
    let server = try await SignedInServer.start()
    let page = try await server.signIn(.pustuWorker).get(Self.doses).text
    for service in [Self.dpt, Self.measles] {
      let line = try Self.dose(service, in: page)
      #expect(line.contains("<details><summary>Tidak<span class=\"visually-hidden\">"))
      let open = try #require(line.split(separator: "<details>").first)
      #expect(open.contains("value=\"given\"") && !open.contains("value=\"unwell\""))
      // Nothing is chosen beforehand.
      #expect(line.contains("name=\"v\(service)\" value=\"\" checked"))
    }
  }

  @Test func whyADoseWasNotGivenStandsOpenWhenTheFormComesBack() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let long = String(repeating: "x", count: 31)
    let answer = try await midwife.post(
      Self.doses,
      [
        ("on", "2025-06-20"), ("v\(Self.dpt)", "family"), ("v\(Self.measles)", "given"),
        ("b\(Self.measles)", long),
      ])
    #expect(answer.status == 400)
    let refused = try Self.dose(Self.dpt, in: answer.text)
    #expect(refused.contains("<details open>") && refused.contains("value=\"family\" checked"))
    let given = try Self.dose(Self.measles, in: answer.text)
    #expect(given.contains("<details><summary>") && given.contains("value=\"given\" checked"))
    #expect(given.contains("value=\"\(long)\" aria-invalid=\"true\""))
    // An answer that is not the visitor's to give stands open as well.
    var kader = try await server.signIn(.kader)
    let forged = try await kader.post(
      Self.doses, [("on", "2025-06-20"), ("v\(Self.dpt)", "given")])
    #expect(forged.status == 400)
    #expect(try Self.dose(Self.dpt, in: forged.text).contains("<details open>"))
  }
}
