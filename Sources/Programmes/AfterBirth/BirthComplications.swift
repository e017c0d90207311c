import Guidance
import Health

/// What went wrong for the mother at the birth: told with the end of the pregnancy, or by her at the
/// first visit after it. Codes 917 to 922.
extension DataElement {
  /// She lost more than 500 ml of blood, 1000 ml in a caesarean section.
  public static let birthBleeding = DataElement(917, "birth_bleeding", .yesNo)
  /// Fits at the birth.
  public static let birthFits = DataElement(918, "birth_fits", .yesNo)
  /// The birth went on too long, or did not go on.
  public static let birthProlonged = DataElement(919, "birth_prolonged", .yesNo)
  /// The placenta did not come within half an hour, or not whole.
  public static let retainedPlacenta = DataElement(920, "retained_placenta", .yesNo)
  /// A tear that was stitched.
  public static let birthTear = DataElement(921, "birth_tear", .yesNo)
  /// Infection at the birth.
  public static let birthInfection = DataElement(922, "birth_infection", .yesNo)

  /// Each complication that the end of a pregnancy tells, with the element that rules and forms have
  /// for it; in the order in which they are asked.
  public static let birthComplications: [(element: DataElement, told: BirthComplications)] = [
    (.birthBleeding, .bleeding), (.birthFits, .fits), (.birthProlonged, .prolonged),
    (.retainedPlacenta, .retainedPlacenta), (.birthTear, .tear), (.birthInfection, .infection),
  ]
}

extension HealthRecord {
  /// Adds the complications that the ends of pregnancies tell, each observed on the day of the end.
  /// What a visit told since counts instead.
  mutating func observeBirthComplications() {
    for episode in pregnancies {
      guard let told = episode.end?.complications, let ended = episode.endedOn else { continue }
      for (element, complication) in DataElement.birthComplications
      where latest(element, since: ended) == nil {
        observe(
          element.code, told.contains(complication) ? 1 : 0, on: ended,
          fact: episode.endFact ?? episode.id)
      }
    }
  }
}

extension DecisionTable {
  private static let isTold = Criterion.one(
    DataElement.birthComplications.map { .whereObserved($0.element, .known, .sinceBirth) })
  private static let bled =
    DataElement.birthBleeding.isYes(.sinceBirth)
    || DataElement.retainedPlacenta.isYes(.sinceBirth)

  /// What a complicated birth asks of the visits after it. Nothing is said where nobody told how the
  /// birth went; several at once ask for all of it.
  static let birthComplications = DecisionTable(
    252, "birth_complications", source: .ownReading,
    for: .afterBirth && .ended(.liveBirth, .stillbirth) && isTold,
    [
      Row(
        1, "several_birth_complications", .treat,
        when: .atLeast(
          2,
          of: [
            DataElement.birthFits.isYes(.sinceBirth), bled,
            DataElement.birthInfection.isYes(.sinceBirth),
          ]),
        .referToDoctor, .pressureAtEveryVisit, .testHaemoglobin, .watchWombAndWound),
      Row(
        2, "birth_with_fits", .treat, when: DataElement.birthFits.isYes(.sinceBirth),
        .referToDoctor, .pressureAtEveryVisit),
      Row(
        3, "birth_with_bleeding", .treat, when: bled, .testHaemoglobin, .ironDaily,
        .watchWombAndWound),
      Row(
        4, "birth_with_infection", .treat, when: DataElement.birthInfection.isYes(.sinceBirth),
        .referToDoctor, .watchWombAndWound),
      Row(
        5, "birth_hard_on_womb", .treat,
        when: DataElement.birthProlonged.isYes(.sinceBirth)
          || DataElement.birthTear.isYes(.sinceBirth),
        .watchWombAndWound),
      Row(
        6, "birth_without_complications", .homeCare,
        when: .all(
          DataElement.birthComplications.map { $0.element.isKnown(.sinceBirth) })),
    ])
}

extension CareAction {
  /// Measure the pressure at every visit after birth.
  public static let pressureAtEveryVisit = CareAction(295, "pressure_at_every_visit")
  /// Look at womb, bleeding and wound at every visit after birth.
  public static let watchWombAndWound = CareAction(296, "watch_womb_and_wound")
}
