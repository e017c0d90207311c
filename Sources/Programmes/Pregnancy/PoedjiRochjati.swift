import Guidance
import Health

/// What the score card asks beside age, births and measurements. Codes 160 to 189.
extension DataElement {
  /// Has lost a pregnancy or child before (pernah gagal kehamilan).
  public static let failedPregnancy = DataElement(
    160, "failed_pregnancy", .yesNo, matter: .loss)
  /// Was delivered by vacuum or traction before.
  public static let pulledBirthBefore = DataElement(161, "pulled_birth_before", .yesNo)
  /// Afterbirth was removed by hand before.
  public static let placentaByHandBefore = DataElement(162, "placenta_by_hand_before", .yesNo)
  /// Had infusion or blood at a birth before.
  public static let transfusionBefore = DataElement(163, "transfusion_before", .yesNo)
  /// Had a caesarean section before.
  public static let caesareanBefore = DataElement(164, "caesarean_before", .yesNo)
  /// Has anaemia or malaria.
  public static let anaemiaOrMalaria = DataElement(165, "anaemia_or_malaria", .yesNo)
  /// Has tuberculosis of the lungs or a heart failure.
  public static let tuberculosisOrHeart = DataElement(166, "tuberculosis_or_heart", .yesNo)
  /// Has diabetes.
  public static let diabetes = DataElement(167, "diabetes", .yesNo)
  /// Has an infection passed on by sex.
  public static let sexuallyTransmitted = DataElement(
    168, "sexually_transmitted", .yesNo, matter: .infection)
  /// Swelling of face and legs with high pressure.
  public static let swellingAndPressure = DataElement(169, "swelling_and_pressure", .yesNo)
  /// Too much water around the child (hidramnion).
  public static let muchWater = DataElement(170, "much_water", .yesNo)
  /// The child died in the womb.
  public static let diedInWomb = DataElement(171, "died_in_womb", .yesNo)
  /// Pregnancy beyond its term.
  public static let beyondTerm = DataElement(172, "beyond_term", .yesNo)
  /// Bleeding in this pregnancy.
  public static let bleedingThisPregnancy = DataElement(173, "bleeding_this_pregnancy", .yesNo)
  /// Severe preeclampsia or fits.
  public static let severePreeclampsia = DataElement(174, "severe_preeclampsia", .yesNo)
  /// Married for four years and more before this first pregnancy.
  public static let longMarriedBeforeFirst = DataElement(175, "long_married_before_first", .yesNo)
}

extension CareAction {
  /// Plan the birth with a doctor, in a Puskesmas that looks after births with complications
  /// (PONED) or a hospital.
  public static let planBirthWithDoctor = CareAction(342, "plan_birth_with_doctor")
}

extension Instrument {
  private static func figure(
    _ name: StaticString, _ points: Int32, _ figure: PregnancyFigure, _ comparison: Comparison,
    and other: Criterion? = nil
  ) -> Item {
    let asked = Criterion.pregnancyFigure(figure, comparison)
    return Item(name, points, when: other.map { asked && $0 } ?? asked)
  }

  private static let isFirst = Criterion.not(
    .pregnancyFigure(.gravida, .atLeast(.fixed(.times(2)))))
  private static let isOld = Criterion.pregnancyFigure(
    .ageAtBeginning, .atLeast(.fixed(Amount(35, .years))))

  /// What a birth before left behind is asked only where there was one.
  private static func earlier(_ element: DataElement, _ points: Int32) -> Item {
    Item(element.name, points, when: !isFirst && element.isYes(.thisPregnancy))
  }

  /// What was written down as such, or follows from what was measured.
  private static func either(
    _ element: DataElement, _ points: Int32, _ measured: Criterion
  ) -> Item {
    Item(element.name, points, when: element.isYes(.thisPregnancy) || measured)
  }

  private static let highPressure =
    Criterion.whereObserved(
      .systolicPressure, .atLeast(.fixed(.millimetresOfMercury(140))), .last(.weeks(4)))
    || .whereObserved(
      .diastolicPressure, .atLeast(.fixed(.millimetresOfMercury(90))), .last(.weeks(4)))

  /// The score card of Poedji Rochjati: 2 points for every pregnancy, and those of each risk.
  public static let poedjiRochjati = Instrument(
    1, "poedji_rochjati", source: .poedjiRochjati, for: .pregnant, base: 2,
    [
      figure("too_young", 4, .ageAtBeginning, .below(.fixed(.init(17, .years)))),
      Item("first_too_old", 4, when: isOld && isFirst),
      Item(
        DataElement.longMarriedBeforeFirst.name, 4,
        when: isFirst && DataElement.longMarriedBeforeFirst.isYes(.thisPregnancy)),
      figure(
        "too_soon", 4, .monthsSinceLastPregnancy, .below(.setting(.shortIntervalMonths)),
        and: !isFirst),
      figure(
        "after_long", 4, .monthsSinceLastPregnancy, .atLeast(.fixed(.times(120))),
        and: !isFirst),
      figure("too_many", 4, .livingChildren, .atLeast(.fixed(.times(4)))),
      Item(
        "too_old", 4, when: isOld && (!isFirst || .setting(.firstPregnancyAt35CountsTwice))),
      Item(
        "too_short", 4,
        when: !DataElement.lengthOrHeight.atLeast(
          Amount(14_501, .tenthsOfMillimetre), .ever)),
      Item(
        DataElement.failedPregnancy.name, 4,
        when: !isFirst
          && (DataElement.failedPregnancy.isYes(.thisPregnancy)
            || .pregnancyFigure(.losses, .atLeast(.fixed(.times(1)))))
      ),
      earlier(.pulledBirthBefore, 4), earlier(.placentaByHandBefore, 4),
      earlier(.transfusionBefore, 4), earlier(.caesareanBefore, 8),
      either(
        .anaemiaOrMalaria, 4,
        // Anaemia as the plan names it: by the limit of the trimester of the sample.
        (.whereObserved(.haemoglobin, .known, .thisPregnancy)
          && .classified(.anaemia, as: 1, 2, 3))
          || .any(.malariaTest, .oneOf(1 << 2), .thisPregnancy)),
      Item(.tuberculosisOrHeart, 4, .thisPregnancy),
      // Diabetes that was measured counts as one that is known (own reading).
      either(.diabetes, 4, .diabetesWasMeasured),
      Item(.sexuallyTransmitted, 4, .thisPregnancy),
      // Protein beside the pressure is what swelling stood for on the card (own reading).
      either(
        .swellingAndPressure, 4,
        (DataElement.swollenFaceHands.isYesWhereObserved(.last(.weeks(4))) && highPressure)
          || .preeclampsiaWasMeasured),
      figure("twins", 4, .fetuses, .atLeast(.fixed(.times(2)))),
      Item(.muchWater, 4, .thisPregnancy),
      Item(.diedInWomb, 4, .thisPregnancy),
      either(.beyondTerm, 4, .pastTerm),
      Item("breech", 8, when: .latest(.presentation, .oneOf(1 << 2), .last(.weeks(4)))),
      Item("across", 8, when: .latest(.presentation, .oneOf(1 << 3), .last(.weeks(4)))),
      either(
        .bleedingThisPregnancy, 8, .any(.bleeding, .isYes, .thisPregnancy)),
      either(
        .severePreeclampsia, 8,
        .any(.fits, .isYes, .thisPregnancy) || .severePreeclampsiaWasMeasured),
    ],
    bands: Classification(
      source: .poedjiRochjati,
      [
        .init(.upTo(2), .init(1, "low_risk", .homeCare)),
        .init(
          .upTo(10),
          .init(2, "high_risk", .treat, .referToDoctor, .planBirthWithDoctor)),
      ], above: .init(3, "very_high_risk", .refer, .referToDoctor, .planHospitalBirth)))
}
