import Health
import Programmes
import Samples
import Testing

@Suite("Kader: skills, levels, the five T")
struct KaderLevelTests {
  /// A kader's facts.
  private struct Kader {
    var story = Story(person: 800)

    mutating func shows(
      _ skill: KaderSkill, on date: String = "2026-01-15", isMastered: Bool = true,
      until: String? = nil
    ) {
      let body = KaderSkillBody(
        skill: skill.rawValue, isMastered: isMastered, assessor: id(5),
        until: until.map { day($0) })
      story.tell(.kaderSkill, on: day(date), body: body.bytes)
    }

    mutating func shows(_ groups: [KaderSkillGroup], on date: String = "2026-01-15") {
      for skill in KaderSkill.allCases where groups.contains(skill.group) {
        shows(skill, on: date)
      }
    }

    func record() throws -> KaderRecord {
      try story.timeline.reading { try KaderRecord(facts: $0) }
    }

    func standing(
      on date: String = "2026-11-22", _ settings: KaderSettings = KaderSettings()
    ) throws -> KaderStanding {
      try record().standing(on: day(date), settings: settings)
    }
  }

  @Test("Twenty-five skills in five groups of 4, 7, 6, 3 and 5, each with its code")
  func reference() {
    #expect(KaderSkill.allCases.map(\.rawValue) == Array(1...25))
    let sizes = KaderSkillGroup.allCases.map { group in
      KaderSkill.allCases.filter { $0.group == group }.count
    }
    #expect(sizes == [4, 7, 6, 3, 5])
    let codes = KaderSkill.allCases.map { "\($0.code)" }
    let letters = [
      KaderSkillGroup.management: "M", .children: "B", .mothers: "H", .schoolAge: "R",
      .adults: "D",
    ]
    #expect(codes == KaderSkill.allCases.map { "\(letters[$0.group] ?? "")\($0.order)" })
    #expect(codes.first == "M1" && codes.last == "D5" && Set(codes).count == 25)
  }

  /// Every choice of complete groups, and what each reading makes of it.
  @Test("Levels of all 32 choices of complete groups, by both readings of Madya")
  func levels() throws {
    for bits in 0..<32 {
      let groups = KaderSkillGroup.allCases.filter { bits & (1 << ($0.rawValue - 1)) != 0 }
      var kader = Kader()
      kader.shows(groups)
      let has = Set(groups)
      let isBase = has.isSuperset(of: [.management, .children])
      let more = has.subtracting([.management, .children])
      let wide: KaderLevel? =
        !isBase || more.isEmpty ? nil : [nil, .purwa, .madya, .utama][more.count]
      let narrow: KaderLevel? =
        more == [.schoolAge, .adults] || more.count == 3 ? wide : (wide == nil ? nil : .purwa)
      #expect(try kader.standing().atLeast == wide, "\(groups)")
      var settings = KaderSettings()
      settings.madya = .schoolAgeAndAdults
      #expect(try kader.standing(settings).atLeast == narrow, "\(groups)")
    }
  }

  @Test("The seventeen of management, children and mothers are Purwa; one less is not")
  func purwa() throws {
    var kader = Kader()
    kader.shows([.management, .children, .mothers])
    let standing = try kader.standing()
    #expect(standing.masteredCount == 17 && standing.atLeast == .purwa)
    #expect(standing.mastered(in: .mothers) == 6 && standing.mastered(in: .adults) == 0)
    kader.shows(.weighing, on: "2026-02-01", isMastered: false)
    let lost = try kader.standing()
    #expect(lost.masteredCount == 16 && lost.atLeast == nil)
    #expect(lost[.weighing] == .notShown(on: day("2026-02-01")))
    #expect(lost.has(.purwa) == .no, "without weighing no level can be")
    #expect(lost.atMost == nil)
  }

  @Test("What was never assessed is unknown: proved and possible levels are told apart")
  func unknown() throws {
    var kader = Kader()
    let nothing = try kader.standing()
    #expect(nothing.atLeast == nil && nothing.atMost == .utama)
    #expect(nothing.has(.purwa) == .unknown(.skillAssessment))
    kader.shows([.management, .children, .mothers])
    kader.shows(.schoolImmunization, isMastered: false)
    let some = try kader.standing()
    #expect(some.atLeast == .purwa && some.atMost == .madya)
    #expect(some.has(.purwa) == .yes && some.has(.madya) == .unknown(.skillAssessment))
    #expect(some.has(.utama) == .no)
    var narrow = KaderSettings()
    narrow.madya = .schoolAgeAndAdults
    #expect(try kader.standing(narrow).has(.madya) == .no)
  }

  @Test("A skill counts until its last day, and is unknown after it")
  func expiry() throws {
    var kader = Kader()
    kader.shows(.weighing, on: "2026-01-31", until: "2026-06-30")
    #expect(try kader.standing(on: "2026-01-30")[.weighing] == .neverAssessed)
    let shown = KaderSkillState.mastered(on: day("2026-01-31"), until: day("2026-06-30"))
    #expect(try kader.standing(on: "2026-01-31")[.weighing] == shown)
    #expect(try kader.standing(on: "2026-06-30")[.weighing] == shown)
    let expired = try kader.standing(on: "2026-07-01")[.weighing]
    #expect(expired == .expired(on: day("2026-01-31"), until: day("2026-06-30")))
    #expect(expired.isUnknown && !expired.isMastered)
    // A setting gives a last day where the assessment has none.
    kader.shows(.plotting, on: "2025-02-28")
    var settings = KaderSettings()
    settings.skillMonths = 12
    #expect(try kader.standing(on: "2026-02-28", settings)[.plotting].isMastered)
    #expect(!(try kader.standing(on: "2026-03-01", settings)[.plotting].isMastered))
    #expect(try kader.standing(on: "2026-03-01")[.plotting].isMastered)
    // The assessment's own last day wins over the setting.
    #expect(!(try kader.standing(on: "2026-07-01", settings)[.weighing].isMastered))
    kader.shows(.weighing, on: "2026-07-01")
    #expect(try kader.standing(on: "2026-07-01")[.weighing].isMastered)
  }

  @Test("An assessment that was withdrawn is as if it had not been")
  func withdrawn() throws {
    var kader = Kader()
    kader.shows(.weighing)
    guard let fact = kader.story.facts.last else { return }
    kader.story.withdraw(fact.id, on: day("2026-02-01"))
    #expect(try kader.standing()[.weighing] == .neverAssessed)
  }

  @Test("The five T: the last look at each decides")
  func terms() throws {
    var kader = Kader()
    func look(_ date: String, _ terms: [KaderTerm: Bool]) {
      var body = KaderTermsBody()
      for (term, holds) in terms { body[term] = holds }
      kader.story.tell(.kaderTerms, on: day(date), body: body.bytes)
    }
    look("2026-01-10", [.trained: true, .paid: false])
    look("2026-05-10", [.paid: true])
    let record = try kader.record()
    #expect(record.state(of: .trained, on: day("2026-01-09")) == nil)
    #expect(record.state(of: .trained, on: day("2026-06-01"))?.holds == true)
    #expect(record.state(of: .trained, on: day("2026-06-01"))?.seenOn == day("2026-01-10"))
    #expect(record.state(of: .paid, on: day("2026-05-09"))?.holds == false)
    #expect(record.state(of: .paid, on: day("2026-05-10"))?.holds == true)
    #expect(record.state(of: .protected, on: day("2026-06-01")) == nil)
  }

  @Test("A Posyandu needs five kader, one of them Purwa")
  func posyandu() throws {
    var able = Kader()
    able.shows([.management, .children, .adults])
    var unable = Kader()
    unable.shows(.weighing, isMastered: false)
    let purwa = try able.standing()
    let none = try unable.standing()
    let open = try Kader().standing()
    #expect(PosyanduKader.areEnough([purwa, none, none, none]) == .no)
    #expect(PosyanduKader.areEnough([purwa, none, none, none, open]) == .yes)
    #expect(
      PosyanduKader.areEnough([none, none, none, none, open]) == .unknown(.skillAssessment))
    #expect(PosyanduKader.areEnough([none, none, none, none, none]) == .no)
  }

  @Test("Facts that are damaged give an error or a record, never a crash")
  func hostile() throws {
    var kader = Kader()
    kader.shows([.management, .children])
    let bytes = try kader.story.timeline.bytes
    var numbers = SeededNumbers(seed: 25)
    var read = 0
    for _ in 0..<2_000 {
      let record = numbers.damaged(bytes).withUnsafeBufferPointer { try? KaderRecord(facts: $0) }
      guard let record else { continue }
      read += 1
      let standing = record.standing(on: day("2026-11-22"))
      #expect(standing.states.count == 25)
      #expect((standing.atLeast?.rawValue ?? 0) <= (standing.atMost?.rawValue ?? 0))
    }
    #expect(read > 0)
  }
}
