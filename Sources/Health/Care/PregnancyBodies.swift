/// A pregnancy came to be known: the episode that its fact's id stands for. Later findings on its
/// dating are corrections or further facts of this kind that name it.
public struct PregnancyBody: Hashable, Sendable {
  /// The episode; nothing in the fact that begins it, whose own id it then is.
  public var episode: Identifier?
  /// First day of the last menstrual period (HPHT).
  public var lastMenstrualPeriod: CivilDate?
  /// Gestational age in days that an ultrasound found on ``ultrasoundOn``.
  public var ultrasoundGestation: Int32?
  /// The day of that ultrasound.
  public var ultrasoundOn: CivilDate?
  /// Pregnancies with this one (gravida).
  public var gravida: Int32?
  /// Births after the time of viability before this one (para).
  public var para: Int32?
  /// Pregnancies lost before it (abortus).
  public var losses: Int32?
  /// Children who live.
  public var livingChildren: Int32?
  /// The day on which the last pregnancy ended.
  public var lastPregnancyEnded: CivilDate?
  /// How many fetuses, where it is known.
  public var fetuses: Int32?

  /// Nothing known yet but that she is pregnant.
  public init() {}

  /// Reads the fields; those that this version does not know are passed over.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    episode = fields.identifier(1)
    lastMenstrualPeriod = try fields.day(2)
    ultrasoundGestation = try fields.number32(3)
    ultrasoundOn = try fields.day(4)
    gravida = try fields.number32(5)
    para = try fields.number32(6)
    losses = try fields.number32(7)
    livingChildren = try fields.number32(8)
    lastPregnancyEnded = try fields.day(9)
    fetuses = try fields.number32(10)
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.identifier(1, episode)
    writer.day(2, lastMenstrualPeriod)
    writer.number(3, ultrasoundGestation)
    writer.day(4, ultrasoundOn)
    writer.number(5, gravida)
    writer.number(6, para)
    writer.number(7, losses)
    writer.number(8, livingChildren)
    writer.day(9, lastPregnancyEnded)
    writer.number(10, fetuses)
    return writer.bytes
  }
}

/// How a pregnancy ended.
public enum PregnancyOutcome: UInt8, Hashable, Sendable, CaseIterable {
  /// At least one child born alive.
  case liveBirth = 1
  /// All children born dead, from 28 weeks or 1000 g.
  case stillbirth = 2
  /// Lost before 20 weeks, or before it could live (abortus, keguguran).
  case miscarriage = 3
  /// Pregnancy outside the womb.
  case ectopic = 4
  /// Molar pregnancy.
  case molar = 5
}

/// How a child came into the world.
public enum BirthMode: UInt8, Hashable, Sendable, CaseIterable {
  /// Through the birth canal without instruments.
  case spontaneous = 1
  /// Vacuum or forceps.
  case assisted = 2
  /// Caesarean section.
  case caesarean = 3
}

/// What went wrong for the mother at a birth; none of them is not the same as nothing told.
public struct BirthComplications: OptionSet, Hashable, Sendable {
  /// One bit for each.
  public let rawValue: UInt32
  /// These complications.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  /// She lost more than 500 ml of blood, 1000 ml in a caesarean section.
  public static let bleeding = BirthComplications(rawValue: 1)
  /// Fits.
  public static let fits = BirthComplications(rawValue: 2)
  /// The birth went on too long, or did not go on.
  public static let prolonged = BirthComplications(rawValue: 4)
  /// The placenta did not come within half an hour, or not whole.
  public static let retainedPlacenta = BirthComplications(rawValue: 8)
  /// A tear that was stitched.
  public static let tear = BirthComplications(rawValue: 16)
  /// Infection.
  public static let infection = BirthComplications(rawValue: 32)
}

/// A pregnancy ended on the fact's day.
public struct PregnancyEndBody: Hashable, Sendable {
  /// The episode; nothing where the pregnancy was not known before it ended.
  public var episode: Identifier?
  /// How it ended.
  public var outcome: PregnancyOutcome
  /// How the child was born.
  public var mode: BirthMode?
  /// Where.
  public var setting: BirthPlace?
  /// Who attended.
  public var attendant: BirthAttendant?
  /// Children born alive.
  public var bornAlive: Int32?
  /// Children born dead.
  public var bornDead: Int32?
  /// Completed days of gestation at the end, where nothing else tells.
  public var gestation: Int32?
  /// What went wrong for the mother; nothing where nobody told.
  public var complications: BirthComplications?

  /// An end of a pregnancy.
  public init(outcome: PregnancyOutcome, episode: Identifier? = nil) {
    self.outcome = outcome
    self.episode = episode
  }

  /// Reads the fields; an end without a known outcome is of unknown form.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    guard let outcome: PregnancyOutcome = fields.code(2) else { throw .unknownForm }
    self.init(outcome: outcome, episode: fields.identifier(1))
    mode = fields.code(3)
    setting = fields.code(4)
    attendant = fields.code(5)
    bornAlive = try fields.number32(6)
    bornDead = try fields.number32(7)
    gestation = try fields.number32(8)
    complications = try fields.number32(9).map {
      BirthComplications(rawValue: UInt32(bitPattern: $0))
    }
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.identifier(1, episode)
    writer.code(2, outcome)
    writer.code(3, mode)
    writer.code(4, setting)
    writer.code(5, attendant)
    writer.number(6, bornAlive)
    writer.number(7, bornDead)
    writer.number(8, gestation)
    writer.number(9, complications.map { Int32(bitPattern: $0.rawValue) })
    return writer.bytes
  }
}

/// A service was offered on the fact's day and not taken.
public struct RefusalBody: Hashable, Sendable {
  /// Why.
  public enum Reason: UInt8, Hashable, Sendable, CaseIterable {
    /// The person or family did not want it.
    case declined = 1
    /// Afraid of harm after it (KIPI).
    case fear = 2
    /// For reasons of faith.
    case faith = 3
    /// The family does not allow it.
    case family = 4
    /// Another reason.
    case other = 5
    /// The person was too ill on that day.
    case unwell = 6
    /// There was none left to give.
    case outOfStock = 7
  }

  /// The number of the service in the guidelines.
  public var service: UInt16
  /// Why.
  public var reason: Reason?
  /// In what words, or empty.
  public var note: [UInt8]

  /// A refusal of a service.
  public init(service: UInt16, reason: Reason? = nil, note: [UInt8] = []) {
    self.service = service
    self.reason = reason
    self.note = note
  }

  /// Reads the fields; a refusal of no service is of unknown form.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    guard let number = fields.number(1), let service = UInt16(exactly: number) else {
      throw .unknownForm
    }
    self.init(service: service, reason: fields.code(2), note: fields.text(3))
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.number(1, Int64(service))
    writer.code(2, reason)
    writer.bytes(3, note)
    return writer.bytes
  }
}
