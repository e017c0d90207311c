import Health

extension Evaluation {
  /// A figure of the pregnancy in question.
  func value(of figure: PregnancyFigure) -> Int32? {
    // A pregnancy is large: only what is asked for is taken out of it.
    switch figure {
    case .gravida: return pregnancy?.told.gravida
    case .para: return pregnancy?.told.para
    case .losses: return pregnancy?.told.losses
    case .livingChildren: return pregnancy?.told.livingChildren
    case .fetuses: return pregnancy?.told.fetuses
    case .monthsSinceLastPregnancy:
      guard let beginning = pregnancy?.beginning,
        let last = pregnancy?.told.lastPregnancyEnded ?? endBefore
      else { return nil }
      return beginning.completedMonths(since: last).count
    case .ageAtBeginning:
      guard let birth = record.birthDate, let beginning = pregnancy?.beginning else { return nil }
      return beginning.completedYears(since: birth).count
    case .outcome: return pregnancy?.end.map { Int32($0.outcome.rawValue) }
    case .bornAlive: return pregnancy?.end?.bornAlive
    case .birthMode: return pregnancy?.end?.mode.map { Int32($0.rawValue) }
    case .gestationAtEnd:
      if let told = pregnancy?.end?.gestation { return told }
      guard let ended = pregnancy?.endedOn, let beginning = pregnancy?.beginning else { return nil }
      return (ended - beginning).count
    case .lateUltrasoundDifference: return pregnancy?.lateUltrasoundDifference
    }
  }

  /// The birth of living children in the 42 days up to the day, and how many: one where nobody told.
  public var recentBirth: (on: CivilDate, bornAlive: Int)? {
    guard let pregnancy, let on = pregnancy.endedOn, let end = pregnancy.end,
      end.outcome == .liveBirth, record.day <= on + .days(PregnancyEpisode.daysAfterEnd)
    else { return nil }
    return (on, Int(end.bornAlive ?? 1))
  }

  /// The end of the pregnancy before.
  private var endBefore: CivilDate? {
    guard let pregnancy else { return nil }
    return record.pregnancies.last {
      $0.id != pregnancy.id && $0.knownSince < pregnancy.knownSince
    }?.endedOn
  }
}

extension PregnancyFigure {
  /// The element that forms ask for it by; its code stands for it where it is missing.
  public var element: DataElement {
    switch self {
    case .gravida: DataElement(21, "gravida", .quantity(.count, 1...25))
    case .para: DataElement(22, "para", .quantity(.count, 0...25))
    case .losses: DataElement(23, "losses", .quantity(.count, 0...25))
    case .livingChildren: DataElement(24, "living_children", .quantity(.count, 0...25))
    case .monthsSinceLastPregnancy:
      DataElement(25, "last_pregnancy_ended", .day)
    case .fetuses: DataElement(26, "fetuses", .quantity(.count, 1...8))
    case .ageAtBeginning: DataElement(27, "age_at_beginning", .quantity(.years, 8...60))
    case .outcome: DataElement(196, "pregnancy_outcome", .choice(5))
    case .bornAlive: DataElement(197, "born_alive", .quantity(.count, 0...8))
    case .birthMode: DataElement(198, "birth_mode", .choice(3))
    case .gestationAtEnd: DataElement(199, "gestation_at_end", .quantity(.days, 14...315))
    case .lateUltrasoundDifference:
      DataElement(28, "late_ultrasound_difference", .quantity(.days, 0...315))
    }
  }
}
