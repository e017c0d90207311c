import Health

/// How a kader stands to one skill on a day.
public enum KaderSkillState: Hashable, Sendable {
  /// Shown on that day, and it counts; until the last day, where there is one.
  case mastered(on: CivilDate, until: CivilDate?)
  /// Assessed on that day, and not shown.
  case notShown(on: CivilDate)
  /// Shown on that day, and no longer counted after its last day: nobody knows whether it is still
  /// mastered.
  case expired(on: CivilDate, until: CivilDate)
  /// Nobody assessed it.
  case neverAssessed

  /// Whether it counts.
  public var isMastered: Bool {
    if case .mastered = self { return true }
    return false
  }

  /// Whether nobody knows: it was never assessed, or too long ago.
  public var isUnknown: Bool {
    switch self {
    case .expired, .neverAssessed: true
    case .mastered, .notShown: false
    }
  }
}

/// One of the five T as last seen.
public struct KaderTermState: Hashable, Sendable {
  /// Whether the kader has it.
  public let holds: Bool
  /// The day on which it was seen.
  public let seenOn: CivilDate
  /// The fact.
  public let fact: Identifier
}

/// What is known of a kader's skills and of the five T.
public struct KaderRecord: Hashable, Sendable {
  /// One assessment of one skill.
  struct Assessment: Hashable, Sendable {
    let on: CivilDate
    let body: KaderSkillBody
  }

  /// One look at the five T.
  struct Look: Hashable, Sendable {
    let on: CivilDate
    let fact: Identifier
    let body: KaderTermsBody
  }

  private(set) var assessments: [Assessment] = []
  private(set) var looks: [Look] = []

  /// Reads the facts about one worker, packed in order as ``Timeline`` packs a person's; corrections
  /// and withdrawals are settled as there.
  public init(facts: UnsafeBufferPointer<UInt8>) throws(WireError) {
    for entry in try TimelineReader.standingFacts(of: facts) {
      switch entry.kind {
      case .kaderSkill:
        assessments.append(Assessment(on: entry.occurredOn, body: try KaderSkillBody(entry.body)))
      case .kaderTerms:
        looks.append(
          Look(on: entry.occurredOn, fact: entry.id, body: try KaderTermsBody(entry.body)))
      default: continue
      }
    }
  }

  /// How the kader stands to a skill: the last assessment until that day decides.
  public func state(
    of skill: KaderSkill, on day: CivilDate, settings: KaderSettings = KaderSettings()
  ) -> KaderSkillState {
    guard
      let last = assessments.last(where: { $0.body.skill == skill.rawValue && $0.on <= day })
    else { return .neverAssessed }
    guard last.body.isMastered else { return .notShown(on: last.on) }
    var until = last.body.until
    if until == nil, settings.skillMonths > 0 {
      until = last.on.addingMonths(Int(settings.skillMonths))
    }
    if let until, until < day { return .expired(on: last.on, until: until) }
    return .mastered(on: last.on, until: until)
  }

  /// One of the five T as last seen until that day; nothing where nobody looked.
  public func state(of term: KaderTerm, on day: CivilDate) -> KaderTermState? {
    for look in looks.reversed() where look.on <= day {
      if let holds = look.body[term] {
        return KaderTermState(holds: holds, seenOn: look.on, fact: look.fact)
      }
    }
    return nil
  }

  /// How the kader stands to all skills on a day.
  public func standing(
    on day: CivilDate, settings: KaderSettings = KaderSettings()
  ) -> KaderStanding {
    KaderStanding(
      states: KaderSkill.allCases.map { state(of: $0, on: day, settings: settings) },
      settings: settings)
  }
}

/// A kader's level on a day, as far as it is known.
public struct KaderStanding: Hashable, Sendable {
  /// How the kader stands to each skill, in the order of their numbers.
  public let states: [KaderSkillState]
  /// The settings it was worked out with.
  public let settings: KaderSettings
  /// The level that is proved by what was assessed; none where not even Purwa is.
  public let atLeast: KaderLevel?
  /// The level if all that nobody knows were mastered; none where what was not shown rules all out.
  public let atMost: KaderLevel?

  init(states: [KaderSkillState], settings: KaderSettings) {
    self.states = states
    self.settings = settings
    func state(_ skill: KaderSkill) -> KaderSkillState { states[Int(skill.rawValue) - 1] }
    atLeast = settings.level { state($0).isMastered }
    atMost = settings.level { state($0).isMastered || state($0).isUnknown }
  }

  /// How the kader stands to a skill.
  public subscript(skill: KaderSkill) -> KaderSkillState { states[Int(skill.rawValue) - 1] }

  /// Whether the kader has a level: yes where it is proved, no where what was assessed rules it
  /// out, else unknown.
  public func has(_ level: KaderLevel) -> Answer {
    if let atLeast, atLeast >= level { return .yes }
    if let atMost, atMost >= level { return .unknown(.skillAssessment) }
    return .no
  }

  /// How many skills of a group count.
  public func mastered(in group: KaderSkillGroup) -> Int {
    KaderSkill.allCases.filter { $0.group == group && self[$0].isMastered }.count
  }

  /// How many of the 25 skills count.
  public var masteredCount: Int { states.filter { $0.isMastered }.count }
}

/// The kader of one Posyandu on a day.
public enum PosyanduKader {
  /// Whether a Posyandu has as many kader as it needs, one of them Purwa at least.
  public static func areEnough(
    _ kader: [KaderStanding], settings: KaderSettings = KaderSettings()
  ) -> Answer {
    guard kader.count >= settings.leastKader else { return .no }
    return kader.reduce(.no) { $0 || $1.has(.purwa) }
  }
}
