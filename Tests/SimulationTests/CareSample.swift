import Guidance
import Health
import Simulation

/// What the sample's facts tell of the care of mothers and children.
struct CareSample: Sendable {
  /// A visit of somebody.
  struct Visit: Sendable {
    let person: Identifier
    let day: CivilDate
    let fact: Fact
    let body: VisitBody

    func isYes(_ element: DataElement) -> Bool { body[element.code] == 1 }
    func value(_ element: DataElement) -> Int32? { body[element.code] }
  }

  /// A pregnancy with what is told of it.
  struct Pregnancy: Sendable {
    let mother: Identifier
    /// The fact by which it came to be known; nothing where it only ended.
    var known: Fact?
    var told = PregnancyBody()
    var hasUltrasound = false
    var end: (day: CivilDate, body: PregnancyEndBody)?

    /// The day from which its weeks are counted in truth.
    var beginning: CivilDate? {
      guard let end, let gestation = end.body.gestation else { return nil }
      return CivilDate(dayNumber: end.day.dayNumber - gestation)
    }
  }

  let people: PopulationSample
  private(set) var visits: [Visit] = []
  private(set) var pregnancies: [Pregnancy] = []

  static let usual = Result { try CareSample(PopulationSample.usual.get()) }

  init(_ people: PopulationSample) throws {
    self.people = people
    var episodes: [Identifier: Int] = [:]
    for fact in people.facts {
      switch fact.kind {
      case .visit:
        let body = try fact.read { bytes throws(WireError) in try VisitBody(bytes) }
        visits.append(Visit(person: fact.subject, day: fact.occurredOn, fact: fact, body: body))
      case .pregnancy:
        let body = try fact.read { bytes throws(WireError) in try PregnancyBody(bytes) }
        if let episode = body.episode {
          if let place = episodes[episode] { pregnancies[place].hasUltrasound = true }
        } else {
          episodes[fact.id] = pregnancies.count
          pregnancies.append(Pregnancy(mother: fact.subject, known: fact, told: body))
        }
      default: break
      }
    }
    // An end may be recorded before a late entry of its beginning.
    for fact in people.facts where fact.kind == .pregnancyEnd {
      let body = try fact.read { bytes throws(WireError) in try PregnancyEndBody(bytes) }
      if let place = body.episode.flatMap({ episodes[$0] }) {
        pregnancies[place].end = (fact.occurredOn, body)
      } else {
        pregnancies.append(
          Pregnancy(mother: fact.subject, end: (fact.occurredOn, body)))
      }
    }
  }

  /// Pregnancies whose whole course lies in the months of care.
  var whole: [Pregnancy] {
    pregnancies.filter { pregnancy in
      guard let beginning = pregnancy.beginning, let end = pregnancy.end else { return false }
      return beginning >= people.plan.firstCareMonth.firstDay
        && end.day <= people.plan.lastDay + AgeInDays(-60)
    }
  }

  /// Whole pregnancies that ended with a living child, of women who lived there all the time.
  var births: [Pregnancy] {
    whole.filter { pregnancy in
      guard let beginning = pregnancy.beginning,
        let first = people.residences[pregnancy.mother]?.first
      else { return false }
      return pregnancy.end?.body.outcome == .liveBirth && first.day <= beginning
    }
  }

  /// Visits of somebody for a purpose, of some days.
  func visits(
    of person: Identifier, for purpose: CarePurpose, in days: ClosedRange<CivilDate>
  ) -> [Visit] {
    byPerson(person).filter { $0.body.purposes == purpose && days.contains($0.day) }
  }

  private func byPerson(_ person: Identifier) -> [Visit] {
    visits.filter { $0.person == person }
  }

  /// Visits for a purpose.
  func visits(for purpose: CarePurpose) -> [Visit] {
    visits.filter { $0.body.purposes == purpose }
  }

  /// The day on which a child was born, as it is registered in the end.
  func birth(of child: Identifier) -> CivilDate? { people.last[child]?.birthDate }
}
