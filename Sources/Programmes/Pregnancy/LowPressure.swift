import Guidance
import Health

/// What is counted and seen where blood pressure is low. Codes 930 and 931.
extension DataElement {
  /// Beats of the pulse in a minute.
  public static let pulse = DataElement(930, "pulse", .quantity(.perMinute, 30...220))
  /// Signs of shock: pale, cold and sweating, restless or drowsy.
  public static let shockSigns = DataElement(931, "shock_signs", .yesNo)
}

extension ClinicalSetting {
  /// A systolic pressure below this is low in pregnancy and in the 42 days after it: it may be shock.
  public static let lowPressureBelow = ClinicalSetting(
    260, "low_pressure_below", in: .millimetresOfMercury, within: 80...100, .init(90, .quickCheck))
  /// A pulse from this on, with a low pressure, is a sign of shock: more than 110.
  public static let fastPulseFrom = ClinicalSetting(
    261, "fast_pulse_from", in: .perMinute, within: 100...121, .init(111, .quickCheck))
}

extension Criterion {
  private static func isLow(_ scope: Scope) -> Criterion {
    .whereObserved(.systolicPressure, .below(.setting(.lowPressureBelow)), scope)
  }
  /// The latest pressure of the last two weeks was low; no where there is none.
  static let lowPressure = isLow(.last(.days(14)))

  private static func seen(_ element: DataElement, _ comparison: Comparison) -> Criterion {
    .whereObserved(element, comparison, .last(.days(14)))
  }

  /// Anything beside a low pressure that makes it shock until it is known to be none: a sign of
  /// danger of mothers, fever, a fast pulse, what shock looks like. Distress is no sign of shock, and
  /// whoever may not know of it must see this table.
  fileprivate static let anySignBesideLowPressure = Criterion.one(
    [
      seen(.shockSigns, .isYes), seen(.pulse, .atLeast(.setting(.fastPulseFrom))),
      seen(.temperature, .atLeast(.setting(.mothersFeverFrom))), seen(.pallor, .isYes),
      seen(.looksWell, .below(.fixed(.times(1)))), seen(.bleedingAmount, .oneOf(1 << 3)),
    ] + DangerSign.askedOfMothers.filter { $0.matter.isEmpty }.map { seen($0, .isYes) })

  /// For as long as a normal pressure counts.
  fileprivate static let wasLow = isLow(.last(.days(45)))
}

extension DecisionTable {
  /// A low pressure in pregnancy and after it is never normal: with bleeding, fever, a fast pulse or
  /// another sign of danger it is shock until it is known to be none. Alone it is measured again,
  /// and a doctor sees her on the same day. It stands until a later pressure, for as long as a normal
  /// one counts.
  static let lowPressure = DecisionTable(
    260, "low_pressure", source: .quickCheck, for: (.pregnant || .afterBirth) && .wasLow,
    [
      Row(
        1, "shock_suspected", .referNow, when: .lowPressure && .anySignBesideLowPressure,
        .careForShock, .referToHospitalNow),
      Row(
        2, "low_pressure_alone", .refer, when: .lowPressure, .lieOnLeftAndMeasureAgain,
        .lookForShock, .referToDoctor),
      Row(
        3, "low_pressure_before", .treat, when: .wasLow, .watchPressure),
    ])
}

extension CareAction {
  /// Let her lie on her left side and measure again.
  public static let lieOnLeftAndMeasureAgain = CareAction(330, "lie_on_left_and_measure_again")
  /// Count the pulse, look for signs of shock and ask for signs of danger.
  public static let lookForShock = CareAction(331, "look_for_shock")
}
