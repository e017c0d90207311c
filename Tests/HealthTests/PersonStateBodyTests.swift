import Health
import Samples
import Testing

/// Bodies that tell of insurance, consent, requests, protection, cards, and of families' replies.
@Suite("Bodies of consent, protection and replies")
struct PersonStateBodyTests {
  private func read<Body>(
    _ bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) throws -> Body
  ) throws -> Body {
    try bytes.withUnsafeBufferPointer { try body($0) }
  }

  private func written(_ write: (inout FieldWriter) -> Void) -> [UInt8] {
    var writer = FieldWriter()
    write(&writer)
    return writer.bytes
  }

  @Test("Each keeps what it holds, whatever of it is there")
  func roundTrip() throws {
    var numbers = SeededNumbers(seed: 13)
    for _ in 0..<500 {
      func maybe<Value>(_ value: Value) -> Value? { numbers.once(in: 2) ? value : nil }
      func text(_ value: String) -> [UInt8] { numbers.once(in: 2) ? Array(value.utf8) : [] }
      let insurance = InsuranceBody(
        kind: try #require(InsuranceKind.allCases.randomElement(using: &numbers)),
        number: text("0001234567890"), until: maybe(day("2026-12-31")))
      #expect(try read(insurance.bytes) { try InsuranceBody($0) } == insurance)

      let departure = DepartureBody(area: text("62.01"), destination: text("Kotawaringin Barat"))
      #expect(try read(departure.bytes) { try DepartureBody($0) } == departure)

      var consent = ConsentBody(
        text: Array("reminders".utf8), edition: .random(in: 1...99, using: &numbers),
        decision: try #require(ConsentDecision.allCases.randomElement(using: &numbers)),
        giver: maybe(id(1)), givenAs: maybe(.guardian),
        scope: ConsentScope(rawValue: .random(in: 0 ... .max, using: &numbers)))
      consent.form = maybe(.spoken)
      consent.giverName = text("Ibu Contoh")
      consent.relation = text("nenek")
      consent.request = maybe(id(9))
      #expect(try read(consent.bytes) { try ConsentBody($0) } == consent)

      let request = SubjectRequestBody(
        kind: try #require(SubjectRequestKind.allCases.randomElement(using: &numbers)),
        receivedAt: Instant(milliseconds: .random(in: Instant.recordable, using: &numbers)),
        askedBy: maybe(id(2)), text: text("Mohon salinan"))
      #expect(try read(request.bytes) { try SubjectRequestBody($0) } == request)

      let answer = SubjectAnswerBody(
        request: id(3),
        outcome: try #require(SubjectRequestOutcome.allCases.randomElement(using: &numbers)),
        text: text("Dikirim"), legalReason: text("Permenkes 24/2022"),
        ground: maybe(.recordedUnlawfully))
      #expect(try read(answer.bytes) { try SubjectAnswerBody($0) } == answer)

      let restriction = RestrictionBody(
        reason: maybe(.protection), until: maybe(day("2027-01-31")))
      #expect(try read(restriction.bytes) { try RestrictionBody($0) } == restriction)

      let card = CardBody(number: id(4), isRevoked: numbers.once(in: 2))
      #expect(try read(card.bytes) { try CardBody($0) } == card)

      var replies = FamilyIndexAnswerBody()
      for item in FamilyIndexItem.allCases {
        replies[item] = maybe(FamilyIndexReply.allCases.randomElement(using: &numbers)) ?? nil
      }
      replies.asked = maybe(id(5))
      #expect(try read(replies.bytes) { try FamilyIndexAnswerBody($0) } == replies)

      var terms = KaderTermsBody()
      for term in KaderTerm.allCases { terms[term] = maybe(numbers.once(in: 2)) }
      #expect(try read(terms.bytes) { try KaderTermsBody($0) } == terms)

      let skill = KaderSkillBody(
        skill: .random(in: 1...25, using: &numbers), isMastered: numbers.once(in: 2),
        assessor: maybe(id(6)), until: maybe(day("2027-06-30")))
      #expect(try read(skill.bytes) { try KaderSkillBody($0) } == skill)
    }
  }

  @Test("A skill of the first version, without a last day, reads as it did")
  func olderSkill() throws {
    let bytes = written { writer in
      writer.number(1, Int32(7))
      writer.flag(2, true)
      writer.identifier(3, id(6))
    }
    let skill = KaderSkillBody(skill: 7, isMastered: true, assessor: id(6))
    #expect(try read(bytes) { try KaderSkillBody($0) } == skill)
    #expect(skill.bytes == bytes)
  }

  @Test("What decides nothing is refused")
  func refused() throws {
    #expect(throws: WireError.unknownForm) { try read([]) { try InsuranceBody($0) } }
    // Before anybody was asked where to, departures had no fields.
    let untold = DepartureBody()
    #expect(untold.bytes == [])
    #expect(try read([]) { try DepartureBody($0) } == untold)
    #expect(throws: WireError.unknownForm) { try read([]) { try ConsentBody($0) } }
    #expect(throws: WireError.unknownForm) { try read([]) { try SubjectRequestBody($0) } }
    #expect(throws: WireError.unknownForm) { try read([]) { try SubjectAnswerBody($0) } }
    #expect(throws: WireError.unknownForm) { try read([]) { try CardBody($0) } }
    // A card of fifteen bytes.
    let short = written { $0.bytes(1, [UInt8](repeating: 1, count: 15)) }
    #expect(throws: WireError.unknownForm) { try read(short) { try CardBody($0) } }
    // A kind of insurance and a decision that nobody knows.
    for code in [Int64(0), 5, 256, -1] {
      let unknown = written { $0.number(1, code) }
      #expect(throws: WireError.unknownForm) { try read(unknown) { try InsuranceBody($0) } }
    }
    for (edition, decision, scope) in [
      (Int64(1), Int64(4), Int64(0)), (0, 1, 0), (-1, 1, 0), (1, 1, -1),
      (1, 1, 1 << 32),
    ] {
      let consent = written { writer in
        writer.bytes(1, Array("reminders".utf8))
        writer.number(2, edition)
        writer.number(3, decision)
        writer.number(6, scope)
      }
      #expect(throws: WireError.unknownForm) { try read(consent) { try ConsentBody($0) } }
    }
    let never = written { writer in
      writer.number(1, Int64(1))
      writer.number(2, Int64.max)
    }
    #expect(throws: WireError.unknownForm) { try read(never) { try SubjectRequestBody($0) } }
  }

  @Test("A restriction for a reason nobody knows still restricts")
  func unknownReason() throws {
    let bytes = written { $0.number(1, Int64(200)) }
    let body = try read(bytes) { try RestrictionBody($0) }
    #expect(body.reason == nil)
    #expect(body.holds(on: day("2026-11-22"), since: day("2026-11-22")))
  }

  @Test("A restriction holds from its day to its last day")
  func restrictionDays() {
    let body = RestrictionBody(reason: .protection, until: day("2026-12-31"))
    let since = day("2026-11-22")
    #expect(!body.holds(on: day("2026-11-21"), since: since))
    #expect(body.holds(on: since, since: since))
    #expect(body.holds(on: day("2026-12-31"), since: since))
    #expect(!body.holds(on: day("2027-01-01"), since: since))
  }

  @Test("A request is due 72 hours after it was received")
  func due() {
    let request = SubjectRequestBody(
      kind: .access, receivedAt: Instant(milliseconds: 1_795_305_600_000))
    #expect(request.dueAt.milliseconds == 1_795_564_800_000)
  }

  @Test("A reply that nobody knows is no reply")
  func unknownReply() throws {
    let bytes = written { writer in
      writer.number(1, Int64(1))
      writer.number(2, Int64(4))
      writer.number(3, Int64(0))
      writer.number(14, Int64(9))
    }
    let body = try read(bytes) { try FamilyIndexAnswerBody($0) }
    #expect(body[.familyPlanning] == .yes)
    #expect(body[.facilityDelivery] == nil && body[.basicImmunization] == nil)
  }

  @Test("Bytes that are damaged give a body or an error, never a crash")
  func hostile() {
    var numbers = SeededNumbers(seed: 17)
    var replies = FamilyIndexAnswerBody()
    for item in FamilyIndexItem.allCases { replies[item] = .no }
    let consent = ConsentBody(text: Array("a".utf8), edition: 1, decision: .yes, giver: id(1))
    let seeds = [
      replies.bytes, consent.bytes, CardBody(number: id(2), isRevoked: true).bytes,
      InsuranceBody(kind: .none, until: day("2026-12-31")).bytes,
      SubjectRequestBody(kind: .erasure, receivedAt: Instant(milliseconds: 1)).bytes,
    ]
    for _ in 0..<5_000 {
      let bytes = numbers.damaged(seeds.randomElement(using: &numbers) ?? [])
      bytes.withUnsafeBufferPointer { buffer in
        _ = try? FamilyIndexAnswerBody(buffer)
        if let body = try? ConsentBody(buffer) {
          #expect(!body.text.isEmpty && body.edition > 0)
        }
        _ = try? CardBody(buffer)
        _ = try? InsuranceBody(buffer)
        if let body = try? SubjectRequestBody(buffer) {
          #expect(body.dueAt > body.receivedAt)
        }
        _ = try? SubjectAnswerBody(buffer)
        _ = try? RestrictionBody(buffer)
        _ = try? KaderTermsBody(buffer)
      }
    }
  }

  @Test("The new kinds are about what their numbers say")
  func subjects() {
    for kind in [
      FactKind.insurance, .consent, .subjectRequest, .subjectAnswer, .restriction, .card,
    ] { #expect(kind.subject == .person) }
    #expect(FactKind.familyIndexAnswer.subject == .household)
    #expect(FactKind.kaderTerms.subject == .worker)
  }
}
