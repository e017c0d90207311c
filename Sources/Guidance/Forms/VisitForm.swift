import Health

/// One question of a form.
public struct FormQuestion: Hashable, Sendable {
  /// What is asked.
  public let element: DataElement
  /// Of whom it is asked.
  public let when: Criterion
  /// Whether a visit without it is not worth keeping.
  public let isNeeded: Bool
  /// Who asks, measures or tests it: it stands on nobody else's form.
  public let performers: Performers

  /// A question.
  public init(
    _ element: DataElement, when: Criterion = .always, isNeeded: Bool = false,
    by performers: Performers = .anybody
  ) {
    self.element = element
    self.when = when
    self.isNeeded = isNeeded
    self.performers = performers
  }

  /// The same question, asked by these only.
  public func asked(by performers: Performers) -> FormQuestion {
    FormQuestion(element, when: when, isNeeded: isNeeded, by: performers)
  }
}

extension [FormQuestion] {
  /// The same questions, all asked by these only.
  public func asked(by performers: Performers) -> [FormQuestion] {
    map { $0.asked(by: performers) }
  }
}

/// A part of a form under one heading.
public struct FormSection: Hashable, Sendable {
  /// The heading, in catalogues.
  public let name: StaticString
  /// Whether its yes-or-no questions are signs and risks that most people do not have, so that one
  /// choice may answer with no all that were not seen.
  public let areSigns: Bool
  /// Whether it may be shown folded as long as nothing in it is owed today, answered or wrong.
  /// Signs never are.
  public let folds: Bool
  /// The questions.
  public let questions: [FormQuestion]

  /// A section.
  public init(
    _ name: StaticString, areSigns: Bool = false, folds: Bool = false, _ questions: [FormQuestion]
  ) {
    self.name = name
    self.areSigns = areSigns
    self.folds = folds
    self.questions = questions
  }

  /// The same section with other questions.
  public func asking(_ questions: [FormQuestion]) -> FormSection {
    FormSection(name, areSigns: areSigns, folds: folds, questions)
  }

  /// The same section, all of it asked by these only.
  public func asked(by performers: Performers) -> FormSection {
    asking(questions.asked(by: performers))
  }

  /// How it is drawn, as a byte: 1 for signs, 2 for what folds, 0 for neither.
  var drawing: UInt8 { (areSigns ? 1 : 0) | (folds ? 2 : 0) }

  /// The same heading with the same questions.
  public static func == (left: FormSection, right: FormSection) -> Bool {
    left.questions == right.questions
  }

  /// Hashes the questions.
  public func hash(into hasher: inout Hasher) { hasher.combine(questions) }
}

/// A form of a visit: defined once, drawn by the pages and by the phone. It asks only what its
/// guideline needs of this person today.
public struct VisitForm: Sendable {
  /// The number; never used again for another one.
  public let number: UInt16
  /// The name in catalogues and addresses.
  public let name: StaticString
  /// For what a visit by this form is.
  public let purposes: CarePurpose
  /// For whom it is.
  public let applies: Criterion
  /// The parts.
  public let sections: [FormSection]
  /// For whom it is, then of whom each question is asked.
  private let prepared: PreparedCriterion

  /// A form.
  public init(
    _ number: UInt16, _ name: StaticString, purposes: CarePurpose, for applies: Criterion,
    _ sections: [FormSection]
  ) {
    self.number = number
    self.name = name
    self.purposes = purposes
    self.applies = applies
    self.sections = sections
    prepared = PreparedCriterion(
      [applies] + sections.flatMap { section in section.questions.map { $0.when } })
  }

  /// Whether any of these performers has something to ask on it.
  public func isAsked(by performers: Performers) -> Bool {
    sections.contains { section in
      section.questions.contains { !$0.performers.isDisjoint(with: performers) }
    }
  }

  /// Whether it is for this person today.
  public func answer(_ evaluation: inout Evaluation) -> Answer { prepared.answer(&evaluation) }

  /// The questions that are asked of this person, each told with the place of its part: all that
  /// are not known to be beside the point.
  func asked(_ evaluation: inout Evaluation, _ tell: (Int, FormQuestion) -> Void) {
    var root = 0
    for (place, section) in sections.enumerated() {
      for question in section.questions {
        root += 1
        if prepared.answer(Int(prepared.roots[root]), &evaluation) != .no { tell(place, question) }
      }
    }
  }

  /// The parts with those questions that are asked of this person: all that are not known to be
  /// beside the point.
  public func sections(asking evaluation: inout Evaluation) -> [FormSection] {
    var asked = [[FormQuestion]](repeating: [], count: sections.count)
    self.asked(&evaluation) { asked[$0].append($1) }
    return sections.indices.filter { !asked[$0].isEmpty }.map { sections[$0].asking(asked[$0]) }
  }
}
