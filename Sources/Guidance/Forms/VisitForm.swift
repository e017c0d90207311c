import Health

/// One question of a form.
public struct FormQuestion: Hashable, Sendable {
  /// What is asked.
  public let element: DataElement
  /// Of whom it is asked.
  public let when: Criterion
  /// Whether a visit without it is not worth keeping.
  public let isNeeded: Bool

  /// A question.
  public init(_ element: DataElement, when: Criterion = .always, isNeeded: Bool = false) {
    self.element = element
    self.when = when
    self.isNeeded = isNeeded
  }
}

/// A part of a form under one heading.
public struct FormSection: Hashable, Sendable {
  /// The heading, in catalogues.
  public let name: StaticString
  /// Whether its yes-or-no questions are signs and risks that most people do not have, so that one
  /// choice may answer with no all that were not seen.
  public let areSigns: Bool
  /// The questions.
  public let questions: [FormQuestion]

  /// A section.
  public init(_ name: StaticString, areSigns: Bool = false, _ questions: [FormQuestion]) {
    self.name = name
    self.areSigns = areSigns
    self.questions = questions
  }

  /// The same section with other questions.
  public func asking(_ questions: [FormQuestion]) -> FormSection {
    FormSection(name, areSigns: areSigns, questions)
  }

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
  }

  /// The parts with those questions that are asked of this person: all that are not known to be
  /// beside the point.
  public func sections(asking evaluation: inout Evaluation) -> [FormSection] {
    var asked: [FormSection] = []
    for section in sections {
      var questions: [FormQuestion] = []
      for question in section.questions where evaluation.answer(question.when) != .no {
        questions.append(question)
      }
      if !questions.isEmpty { asked.append(section.asking(questions)) }
    }
    return asked
  }
}
