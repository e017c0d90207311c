import Health

/// A questionnaire that is scored: the points of its items add up, and the sum has a class.
public struct Instrument: Sendable {
  /// One item and its points.
  public struct Item: Sendable {
    /// When the item counts.
    public let when: Criterion
    let prepared: PreparedCriterion
    /// Its name in catalogues.
    public let name: StaticString
    /// How many points it gives; where ``counted`` stands, the most that it can give.
    public let points: Int32
    /// Where the answer itself is the number of points: the element and in what observations.
    public let counted: DataElement?
    /// In what observations ``counted`` is looked for.
    public let scope: Scope

    /// An item that gives points where the criterion holds.
    public init(_ name: StaticString, _ points: Int32, when: Criterion) {
      self.name = name
      self.points = points
      self.when = when
      prepared = PreparedCriterion(when)
      (counted, scope) = (nil, .ever)
    }

    /// An item whose answer is its points, from 0 up to the most.
    public init(pointsOf element: DataElement, upTo most: Int32, _ scope: Scope) {
      when = element.isKnown(scope)
      prepared = PreparedCriterion(when)
      name = element.name
      points = most
      (counted, self.scope) = (element, scope)
    }

    /// An item that gives points where the element's latest value within the scope is yes.
    public init(_ element: DataElement, _ points: Int32, _ scope: Scope) {
      self.init(element.name, points, when: element.isYes(scope))
    }
  }

  /// The number; never used again for another one.
  public let number: UInt16
  /// The name in catalogues.
  public let name: StaticString
  /// Where it stands.
  public let source: Source
  /// To whom it is put.
  public let applies: Criterion
  let prepared: PreparedCriterion
  /// The points that everybody has.
  public let base: Int32
  /// The items.
  public let items: [Item]
  /// The classes by points.
  public let bands: Classification<Band>

  /// A class of the sum.
  public struct Band: Hashable, Sendable {
    /// Its number within the instrument.
    public let number: UInt8
    /// Its name in catalogues.
    public let name: StaticString
    /// How urgent it is.
    public let urgency: Urgency
    /// What to do.
    public let actions: [CareAction]

    /// A class.
    public init(
      _ number: UInt8, _ name: StaticString, _ urgency: Urgency, _ actions: CareAction...
    ) {
      self.number = number
      self.name = name
      self.urgency = urgency
      self.actions = actions
    }

    /// The same class has the same number.
    public static func == (left: Band, right: Band) -> Bool { left.number == right.number }

    /// Hashes the number.
    public func hash(into hasher: inout Hasher) { hasher.combine(number) }
  }

  /// An instrument.
  public init(
    _ number: UInt16, _ name: StaticString, source: Source, for applies: Criterion,
    base: Int32 = 0, _ items: [Item], bands: Classification<Band>
  ) {
    self.number = number
    self.name = name
    self.source = source
    self.applies = applies
    prepared = PreparedCriterion(applies)
    self.base = base
    self.items = items
    self.bands = bands
  }

  /// The person's score; nothing where it is not put to this person.
  ///
  /// - Parameter matters: the sensitive matters that its reader may know of. An item of another one
  ///   stands as not answered, whatever was answered, so that the sum gives nothing away; where no
  ///   item is left there is no score.
  public func score(
    _ evaluation: inout Evaluation, knowing matters: SensitiveMatters = .all
  ) -> InstrumentScore? {
    guard evaluation.answer(prepared) == .yes, isTold(to: matters) else { return nil }
    let hides = matters != .all
    var (least, most) = (base, base)
    var missing: Missing?
    var unanswered: Int32 = 0
    // What each choice of a question that is not answered gives, by the question and the choice.
    var choices: [UInt16: [Int32: Int32]] = [:]
    for place in items.indices {
      if hides, !matters.isSuperset(of: items[place].when.matter) {
        unanswered += 1
        let points = items[place].points
        if points > 0 { most += points } else { least += points }
        continue
      }
      let answer = evaluation.answer(items[place].prepared)
      if answer == .no { continue }
      let item = items[place]
      switch answer {
      case .no: continue
      case .yes:
        var points = item.points
        if let counted = item.counted, let found = evaluation.latest(counted, in: item.scope) {
          points = min(max(found.value, 0), points)
        }
        least += points
        most += points
      case .unknown(let what):
        unanswered += 1
        missing = missing ?? what
        if case .latest(let element, .oneOf(let mask), _) = item.when, item.points > 0 {
          for choice in Int32(0)..<32 where mask & 1 << UInt32(choice) != 0 {
            choices[element.code, default: [:]][choice, default: 0] += item.points
          }
        } else if item.points > 0 {
          most += item.points
        } else {
          least += item.points
        }
      }
    }
    // One choice alone will be the answer: a fetus does not lie breech and across.
    for question in choices.values { most += question.values.max() ?? 0 }
    return InstrumentScore(
      least: least, most: most, unanswered: unanswered, missing: missing,
      band: bands.category(of: least), bandAtMost: bands.category(of: most))
  }
}

extension Instrument: Hashable {
  /// The same instrument has the same number.
  public static func == (left: Instrument, right: Instrument) -> Bool {
    left.number == right.number
  }

  /// Hashes the number.
  public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

/// What an instrument says of a person. Where items are not answered the sum lies between two
/// figures; the class is certain only where both have the same.
public struct InstrumentScore: Hashable, Sendable {
  /// The sum if no unanswered item counts.
  public let least: Int32
  /// The sum if every unanswered item counts, and of the choices of one question the one that gives
  /// most.
  public let most: Int32
  /// How many items were not answered.
  public let unanswered: Int32
  /// The first thing that is missing.
  public let missing: Missing?
  /// The class of the least sum.
  public let band: Instrument.Band
  /// The class of the greatest sum.
  public let bandAtMost: Instrument.Band
  /// Whether the class cannot become another one by what is missing.
  public var isCertain: Bool { band == bandAtMost }
}
