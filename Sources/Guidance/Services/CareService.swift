import Health

/// Those who may give a service.
public struct Performers: OptionSet, Hashable, Sendable {
  /// One bit for each performer, by its number.
  public let rawValue: UInt16
  /// These performers.
  public init(rawValue: UInt16) { self.rawValue = rawValue }
  /// That performer alone.
  public init(_ performer: CarePerformer) { rawValue = 1 << UInt16(performer.rawValue) }
  /// Midwife, nurse, doctor.
  public static let healthWorkers: Performers = [
    Performers(.midwife), Performers(.nurse), Performers(.doctor),
  ]
  /// Whoever is trained and registered in a health profession, whichever it is.
  public static let anyHealthWorker: Performers = [
    .healthWorkers, .dentist, Performers(.otherHealthWorker),
  ]
  /// Kader.
  public static let kader = Performers(.kader)
  /// Doctor.
  public static let doctor = Performers(.doctor)
  /// Dentist.
  public static let dentist = Performers(.dentist)
  /// Anybody.
  public static let anybody = Performers(rawValue: .max)
}

/// The settings in which a service may be given.
public struct CareSettings: OptionSet, Hashable, Sendable {
  /// One bit for each setting, by its number.
  public let rawValue: UInt16
  /// These settings.
  public init(rawValue: UInt16) { self.rawValue = rawValue }
  /// That setting alone.
  public init(_ setting: CareSetting) { rawValue = 1 << UInt16(setting.rawValue) }
  /// Posyandu.
  public static let posyandu = CareSettings(.posyandu)
  /// Pustu.
  public static let pustu = CareSettings(.pustu)
  /// Puskesmas.
  public static let puskesmas = CareSettings(.puskesmas)
  /// At home.
  public static let home = CareSettings(.home)
  /// School.
  public static let school = CareSettings(.school)
  /// Private facility.
  public static let privateFacility = CareSettings(.privateFacility)
  /// Hospital.
  public static let hospital = CareSettings(.hospital)
  /// Facilities with a doctor.
  public static let withDoctor: CareSettings = [.puskesmas, .privateFacility, .hospital]
  /// Everywhere.
  public static let everywhere = CareSettings(rawValue: .max)
}

/// By what a service is known to have been given.
public indirect enum Evidence: Hashable, Sendable {
  /// A visit for that purpose, by one of these.
  case contact(CarePurpose, by: Performers)
  /// The element was observed, whatever it showed.
  case observed(DataElement)
  /// The element was observed to be yes: a tablet given, a test done.
  case yes(DataElement)
  /// The element was observed with a value for which the comparison holds: one tablet or more, any
  /// method but none.
  case value(DataElement, Comparison)
  /// One of them.
  case one([Evidence])
  /// All of them, on one day.
  case together([Evidence])

  /// Every question of a questionnaire was answered, all on one day.
  public static func whole(_ questions: [DataElement]) -> Evidence {
    .together(questions.map { .observed($0) })
  }

  /// The questions of which all are to be answered on one day; nothing where it is other evidence.
  public var wholeQuestionnaire: [DataElement]? {
    guard case .together(let parts) = self else { return nil }
    var questions: [DataElement] = []
    for part in parts {
      guard case .observed(let question) = part else { return nil }
      questions.append(question)
    }
    return questions
  }
}

/// When a service is owed.
public enum Timing: Hashable, Sendable {
  /// Once, so long after the anchor: from `opens`; it is late from `late` on, and can no longer be
  /// made up for from `closes` on.
  case once(Anchor, opens: Span, late: Span, closes: Span?)
  /// Again and again while it applies: first `first` after the anchor, or where that is no time at
  /// all at the visit as of which it applies, then so long after the last.
  case every(Span, first: Span, after: Anchor)
  /// In rounds: in these months of every year, one bit for each, January being bit 1.
  case rounds(UInt16)
  /// Once, as soon as it applies, and late after so long; in pregnancy on the day on which the birth
  /// is expected at the latest.
  case whenever(late: Span)
  /// Seen again: so long after a visit for that purpose as of which the service applied; it is
  /// late, and no longer owed, so long after that. A service of this timing that applied at no
  /// visit of the time in question does not apply.
  case afterVisit(CarePurpose, due: Span, late: Span, closes: Span)
  /// Once at each of these ages, so long after the anchor: from it until the next one, the last
  /// until it ends; late so long after each.
  case milestones(Anchor, [Span], late: Span, ends: Span)
  /// Once after the latest value for which the comparison holds, so long after its day. What was
  /// given on that day itself counts only where it opens on it.
  case following(DataElement, Comparison, opens: Span, late: Span, closes: Span?)
}

/// A service that a guideline owes to those to whom it applies.
public struct CareService: Sendable {
  /// Its number, by which plans, refusals and lists know it; never used again for another one.
  public let number: UInt16
  /// The name in catalogues.
  public let name: StaticString
  /// Where the rule stands.
  public let source: Source
  /// To whom it is owed.
  public let applies: Criterion
  let prepared: PreparedCriterion
  /// When it is owed.
  public let timing: Timing
  /// By what it is known to have been given.
  public let evidence: Evidence
  /// Where it may be given.
  public let settings: CareSettings

  /// A service.
  public init(
    _ number: UInt16, _ name: StaticString, source: Source, for applies: Criterion,
    _ timing: Timing, doneBy evidence: Evidence, in settings: CareSettings = .everywhere
  ) {
    self.number = number
    self.name = name
    self.source = source
    self.applies = applies
    prepared = PreparedCriterion(applies)
    self.timing = timing
    self.evidence = evidence
    self.settings = settings
  }
}

/// How a service stands on a day.
public enum ServiceStatus: Hashable, Sendable {
  /// Given, on that day, as that fact tells.
  case done(on: CivilDate, fact: Identifier)
  /// Owed since a day; late from another on.
  case due(since: CivilDate, late: CivilDate?)
  /// Owed and late.
  case overdue(since: CivilDate, late: CivilDate)
  /// Not yet owed.
  case upcoming(from: CivilDate)
  /// Not given while it could be.
  case missed(since: CivilDate)
  /// Offered and not taken.
  case refused(on: CivilDate, fact: Identifier)
  /// Not owed to this person.
  case notApplicable
  /// It cannot be told; this is missing.
  case unknown(Missing)

  /// Whether it is owed on the day, in time or late.
  public var isOwed: Bool {
    switch self {
    case .due, .overdue: true
    default: false
    }
  }

  /// Whether it is owed on the day or will be.
  public var isToCome: Bool {
    if case .upcoming = self { return true }
    return isOwed
  }
}
