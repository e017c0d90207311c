import Health

/// From what the beginning of a pregnancy is reckoned.
public enum DatingMethod: UInt8, Hashable, Sendable {
  /// The first day of the last menstrual period.
  case lastMenstrualPeriod = 1
  /// An ultrasound early enough to be better than the last menstrual period.
  case ultrasound = 2
  /// The gestation at the end, counted back.
  case end = 3
}

/// One pregnancy from the day on which it is reckoned to begin until 42 days after its end.
public struct PregnancyEpisode: Hashable, Sendable {
  /// The id of the fact that began it.
  public let id: Identifier
  /// The day on which it came to be known.
  public var knownSince: CivilDate
  /// Everything told of it, later facts filling or replacing what earlier ones said.
  public var told: PregnancyBody
  /// The fact that told its dating.
  public var datingFact: Identifier?
  /// The end.
  public var end: PregnancyEndBody?
  /// The day of the end.
  public var endedOn: CivilDate?
  /// The fact that told the end.
  public var endFact: Identifier?

  /// Days from the first day of the last menstrual period to the day of birth that is expected
  /// (Naegele's rule).
  public static let length: Int32 = 280
  /// The last day after the end on which it still counts as the time after birth (nifas).
  public static let daysAfterEnd: Int32 = 42
  /// The greatest difference in days between period and ultrasound that leaves the dating to the
  /// period (from memory).
  public static let ultrasoundMayDiffer: Int32 = 7

  /// From what ``beginning`` is reckoned.
  public var dating: DatingMethod? { reckoned?.method }

  /// The day from which the weeks are counted; nothing where nobody knows.
  public var beginning: CivilDate? { reckoned?.day }

  /// The expected day of birth (HPL).
  public var expectedBirth: CivilDate? {
    beginning.map { $0 + AgeInDays(PregnancyEpisode.length) }
  }

  /// An ultrasound before 24 weeks overrides the last menstrual period where both differ by more
  /// than 7 days (from memory).
  private var reckoned: (day: CivilDate, method: DatingMethod)? {
    if let period = told.lastMenstrualPeriod {
      if let byUltrasound, !ultrasoundIsLate,
        abs((byUltrasound - period).count) > PregnancyEpisode.ultrasoundMayDiffer
      {
        return (byUltrasound, .ultrasound)
      }
      return (period, .lastMenstrualPeriod)
    }
    if let byUltrasound { return (byUltrasound, .ultrasound) }
    if let endedOn, let gestation = end?.gestation {
      return (CivilDate(dayNumber: endedOn.dayNumber - gestation), .end)
    }
    return nil
  }

  /// The beginning as the ultrasound tells it.
  private var byUltrasound: CivilDate? {
    guard let gestation = told.ultrasoundGestation, let on = told.ultrasoundOn else { return nil }
    return CivilDate(dayNumber: on.dayNumber - gestation)
  }

  /// Whether the ultrasound was too late to date better than the period: from 24 weeks.
  private var ultrasoundIsLate: Bool { (told.ultrasoundGestation ?? 0) >= 24 * 7 }

  /// Days between the beginning by the period and that by an ultrasound that is too late to date;
  /// 0 where both are not told.
  public var lateUltrasoundDifference: Int32 {
    ultrasoundIsLate ? ultrasoundDifference ?? 0 : 0
  }

  /// Days between the beginning by the period and that by the ultrasound, whichever dates; nothing
  /// where not both are told.
  public var ultrasoundDifference: Int32? {
    guard let byUltrasound, let period = told.lastMenstrualPeriod else { return nil }
    return abs((byUltrasound - period).count)
  }

  /// Completed days of gestation on a day.
  public func gestation(on day: CivilDate) -> AgeInDays? { beginning.map { day - $0 } }
}

extension HealthRecord {
  /// The pregnancy that a plan is about: the latest; but a new one that was written down within 42
  /// days of a birth waits until those are over, since the care after the birth is still owed.
  public var pregnancyInQuestion: PregnancyEpisode? {
    guard let last = pregnancies.last, waitsForCareAfterBirth else { return pregnancies.last }
    return pregnancies.last { $0.id != last.id && $0.isAfterBirth(on: day) } ?? last
  }

  /// Whether the latest pregnancy goes on, and a birth was at most 42 days ago.
  public var waitsForCareAfterBirth: Bool {
    guard let last = pregnancies.last, last.endedOn == nil else { return false }
    return pregnancies.contains { $0.isAfterBirth(on: day) }
  }
}

extension PregnancyEpisode {
  /// Whether it ended in a birth in the 42 days up to a day.
  fileprivate func isAfterBirth(on day: CivilDate) -> Bool {
    guard let endedOn, let outcome = end?.outcome, !outcome.isEarlyLoss else { return false }
    return endedOn <= day && day <= endedOn + .days(PregnancyEpisode.daysAfterEnd)
  }
}

/// Puts the facts of pregnancies together to episodes. What names a pregnancy belongs to it, though
/// it happened before the pregnancy was written down, as an ultrasound that is copied from a book.
struct PregnancyEpisodes {
  private var episodes: [PregnancyEpisode] = []

  mutating func note(_ body: PregnancyBody, of entry: TimelineEntry) {
    let id = body.episode ?? entry.id
    guard let place = episodes.firstIndex(where: { $0.id == id }) else {
      let isDated = body.episode == nil || body.isDated
      episodes.append(
        PregnancyEpisode(
          id: id, knownSince: entry.occurredOn, told: body, datingFact: isDated ? entry.id : nil))
      return
    }
    if body.episode == nil {
      episodes[place].begin(body, fact: entry.id)
    } else {
      episodes[place].fill(body, fact: entry.id)
    }
  }

  mutating func note(_ body: PregnancyEndBody, of entry: TimelineEntry) {
    var place = body.episode.flatMap { id in episodes.firstIndex { $0.id == id } }
    if place == nil, body.episode == nil {
      // The pregnancy that was going on then, if it was known.
      place = episodes.lastIndex { $0.endedOn == nil && $0.knownSince <= entry.occurredOn }
    }
    if place == nil {
      episodes.append(
        PregnancyEpisode(
          id: body.episode ?? entry.id, knownSince: entry.occurredOn, told: PregnancyBody()))
      place = episodes.count - 1
    }
    if let place {
      episodes[place].end = body
      episodes[place].endedOn = entry.occurredOn
      episodes[place].endFact = entry.id
    }
  }

  func finished() -> [PregnancyEpisode] { episodes }
}

extension PregnancyBody {
  /// Whether it tells from what the weeks are counted.
  fileprivate var isDated: Bool { lastMenstrualPeriod != nil || ultrasoundGestation != nil }
}

extension PregnancyEpisode {
  /// Takes the fact that began it, read after others that name it: these fill and replace it as
  /// though they had been read after it.
  fileprivate mutating func begin(_ first: PregnancyBody, fact: Identifier) {
    let (later, dating) = (told, datingFact)
    told = first
    datingFact = fact
    fill(later, fact: dating ?? fact)
  }

  fileprivate mutating func fill(_ later: PregnancyBody, fact: Identifier) {
    if later.isDated { datingFact = fact }
    told.lastMenstrualPeriod = later.lastMenstrualPeriod ?? told.lastMenstrualPeriod
    if later.ultrasoundGestation != nil, let on = later.ultrasoundOn,
      told.ultrasoundOn.map({ on < $0 }) ?? true
    {
      // The earliest ultrasound dates best, so a later one does not replace it.
      (told.ultrasoundGestation, told.ultrasoundOn) = (later.ultrasoundGestation, on)
    }
    told.gravida = later.gravida ?? told.gravida
    told.para = later.para ?? told.para
    told.losses = later.losses ?? told.losses
    told.livingChildren = later.livingChildren ?? told.livingChildren
    told.lastPregnancyEnded = later.lastPregnancyEnded ?? told.lastPregnancyEnded
    told.fetuses = later.fetuses ?? told.fetuses
  }
}
