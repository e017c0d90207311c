import Health

/// How urgent something is, as the colours of MTBS say.
public enum Urgency: UInt8, Hashable, Sendable, Comparable, CaseIterable {
  /// Green: care at home, advice.
  case homeCare = 1
  /// Yellow: treatment here, and seen again.
  case treat = 2
  /// Red: refer on the same day.
  case refer = 3
  /// Yellow: refer with an appointment, within the days that the service has.
  case referPlanned = 4
  /// Red: help at once, and refer now.
  case referNow = 5

  /// Less urgent ones come first.
  public static func < (left: Urgency, right: Urgency) -> Bool { left.rank < right.rank }

  private var rank: UInt8 {
    switch self {
    case .homeCare: 0
    case .treat: 1
    case .referPlanned: 2
    case .refer: 3
    case .referNow: 4
    }
  }
}

/// Something that is to be done, by a number that the catalogues put into words.
public struct CareAction: Hashable, Sendable {
  /// The number; never used again for another thing.
  public let number: UInt16
  /// The name in catalogues.
  public let name: StaticString
  /// The figure that its words tell: the one in force where readings differ.
  public let figure: ClinicalSetting?

  /// An action.
  public init(_ number: UInt16, _ name: StaticString, telling figure: ClinicalSetting? = nil) {
    self.number = number
    self.name = name
    self.figure = figure
  }

  /// The same action has the same number.
  public static func == (left: CareAction, right: CareAction) -> Bool {
    left.number == right.number
  }

  /// Hashes the number.
  public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

/// A guideline's table that finds one class: the first row, from the gravest down, that holds.
public struct DecisionTable: Sendable {
  /// A row of the table.
  public struct Row: Sendable {
    /// Its number within the table; never used again for another class.
    public let number: UInt16
    /// The class, in catalogues.
    public let name: StaticString
    /// How urgent the class is.
    public let urgency: Urgency
    /// When it holds.
    public let when: Criterion
    let prepared: PreparedCriterion
    /// What to do.
    public let actions: [CareAction]

    /// A row.
    public init(
      _ number: UInt16, _ name: StaticString, _ urgency: Urgency, when: Criterion,
      _ actions: CareAction...
    ) {
      self.number = number
      self.name = name
      self.urgency = urgency
      self.when = when
      prepared = PreparedCriterion(when)
      self.actions = actions
    }
  }

  /// The number of the table; never used again for another one.
  public let number: UInt16
  /// The name in catalogues.
  public let name: StaticString
  /// Where it stands.
  public let source: Source
  /// As of which day it is asked.
  public let moment: Moment
  /// For whom it is asked.
  public let applies: Criterion
  let prepared: PreparedCriterion
  /// The rows, the gravest first.
  public let rows: [Row]
  /// The numbers of the services of the same guideline that it says how to give: a plan asks it only
  /// while one of them is owed. Nothing where it stands for itself.
  public let services: [UInt16]

  /// As of which day a table is asked.
  public enum Moment: Hashable, Sendable {
    /// The day itself.
    case today
    /// The latest visit for that purpose of the last so long: what was found then, at the age of
    /// then. Without such a visit the table is not asked.
    case lastVisit(CarePurpose, within: Span)
  }

  /// A table.
  public init(
    _ number: UInt16, _ name: StaticString, source: Source, at moment: Moment = .today,
    for applies: Criterion, whileOwed services: [UInt16] = [], _ rows: [Row]
  ) {
    self.number = number
    self.name = name
    self.source = source
    self.moment = moment
    self.applies = applies
    prepared = PreparedCriterion(applies)
    self.rows = rows
    self.services = services
  }

  /// What the table says of the person.
  public func classify(_ evaluation: inout Evaluation) -> TableAnswer {
    evaluation.atMoment(of: self) { answer(&$0) } ?? .notApplicable
  }

  private func answer(_ evaluation: inout Evaluation) -> TableAnswer {
    let place = evaluation.foundClass(by: self)
    let found = evaluation.foundClasses[place]
    switch found.applies {
    case .no: return .notApplicable
    case .unknown(let missing): return .unknown(missing)
    case .yes: break
    }
    let missing = found.unknown.first?.missing
    guard let place = found.place else { return missing.map { .unknown($0) } ?? .none }
    // What was not examined at a visit is not told to be well: the mildest class is found only where
    // every graver one was looked for. What is known from day to day says what it says: that blood
    // pressure was normal holds for longer than that it was high.
    if let graver = graverNotExcluded(found) { return .unknown(graver.missing) }
    return .row(place, notExcluded: missing)
  }

  /// The first row that asks for more than care at home and is not excluded, where a table of a
  /// visit found care at home.
  func graverNotExcluded(_ found: FoundClass) -> (row: UInt16, missing: Missing)? {
    guard case .lastVisit = moment, let place = found.place,
      rows[Int(place)].urgency == .homeCare
    else { return nil }
    return found.unknown.first { unknown in
      rows.contains { $0.number == unknown.row && $0.urgency > .homeCare }
    }
  }

  /// Whether its question is put of the person, as far as is known.
  public func isAsked(_ evaluation: inout Evaluation) -> Bool {
    evaluation.atMoment(of: self) { $0.answer(prepared) } == .yes
  }

  /// What was observed of all that its rows ask for, in the order in which they ask.
  public func inputs(_ evaluation: inout Evaluation) -> [Observation] {
    evaluation.atMoment(of: self) { moment in
      var inputs: [Observation] = []
      for criterion in [applies] + rows.map({ $0.when }) {
        moment.explain(criterion).collect(into: &inputs)
      }
      return inputs
    } ?? []
  }

  /// The classes that it may still find, and what was not observed that tells them apart; nothing
  /// where it is not asked of the person.
  public func open(_ evaluation: inout Evaluation) -> OpenClasses? {
    evaluation.atMoment(of: self) { moment in
      var open = OpenClasses()
      for place in rows.indices {
        let explanation = moment.explain(rows[place].when)
        if explanation.answer == .no { continue }
        open.rows.append(UInt8(place))
        if explanation.answer == .yes { break }
        for missing in explanation.missing where !open.missing.contains(missing) {
          open.missing.append(missing)
        }
      }
      return open
    }
  }
}

extension DecisionTable: Hashable {
  /// The same table has the same number.
  public static func == (left: DecisionTable, right: DecisionTable) -> Bool {
    left.number == right.number
  }

  /// Hashes the number.
  public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

/// What a table says of a person.
public enum TableAnswer: Hashable, Sendable {
  /// That row; where something was not observed, a graver one is not excluded. Of a visit,
  /// care at home is never told while one that asks for more is not excluded.
  case row(UInt8, notExcluded: Missing?)
  /// No row holds.
  case none
  /// It is not asked of this person.
  case notApplicable
  /// It cannot be told; this is missing.
  case unknown(Missing)
}

/// Among which classes a table cannot tell yet.
public struct OpenClasses: Hashable, Sendable {
  /// The places of the rows that may hold, the gravest first; the last one holds where none of the
  /// others does.
  public internal(set) var rows: [UInt8] = []
  /// What was not observed, in the order in which the rows ask for it.
  public internal(set) var missing: [Missing] = []
}

/// What to do at once about a sign of danger, before and while somebody is referred.
public struct FirstAid: Sendable {
  /// What to do, in that order.
  public let actions: [CareAction]
  /// Where it stands, which often is another publication than that of the sign.
  public let source: Source

  /// First aid.
  public init(_ actions: [CareAction], source: Source) {
    self.actions = actions
    self.source = source
  }
}

/// A sign that needs somebody the same day, or at once.
public struct DangerSign: Sendable {
  /// What is asked or seen.
  public let element: DataElement
  /// How urgent it is.
  public let urgency: Urgency
  /// In whom it is one.
  public let applies: Criterion
  let prepared: PreparedCriterion
  /// When it is there: most often that the element is yes.
  public let comparison: Comparison
  /// For so long after it was seen it is shown, unless it was seen to be gone.
  public let shownFor: Period
  /// Where it stands.
  public let source: Source
  /// What to do at once; nothing where it is enough that somebody is seen on the same day.
  public let firstAid: FirstAid?

  /// A danger sign.
  public init(
    _ element: DataElement, _ comparison: Comparison = .isYes, _ urgency: Urgency = .refer,
    in applies: Criterion, shownFor: Period = .days(14), source: Source, firstAid: FirstAid? = nil
  ) {
    self.element = element
    self.comparison = comparison
    self.urgency = urgency
    self.applies = applies
    prepared = PreparedCriterion(applies)
    self.shownFor = shownFor
    self.source = source
    self.firstAid = firstAid
  }

  /// What shows it, as one criterion beside ``applies``.
  public var isSeen: Criterion { .latest(element, comparison, .last(shownFor)) }

  /// Whether a "no" of the same day leaves it standing: what cannot wait and was seen once that day
  /// is not undone by a form that is filled in later, when the fit is over.
  var standsForItsDay: Bool { urgency == .referNow && comparison == .isYes }

  /// Whether it is one in somebody, seen or not.
  public func isSign(in evaluation: inout Evaluation) -> Bool {
    evaluation.answer(prepared) == .yes
  }

  /// The observation that shows it; nothing where it is not there.
  public func seen(_ evaluation: inout Evaluation) -> Observation? {
    guard evaluation.answer(prepared) != .no,
      let found = evaluation.latest(element, in: .last(shownFor))
    else { return nil }
    if evaluation.compare(found.value, comparison) == .yes { return found }
    guard standsForItsDay else { return nil }
    var earlier = evaluation.record.before(found)
    while let seen = earlier, seen.on == found.on {
      if evaluation.compare(seen.value, comparison) == .yes { return seen }
      earlier = evaluation.record.before(seen)
    }
    return nil
  }
}
